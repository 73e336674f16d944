/* Changes to JSON text that was just written to the end of a buffer: how faults spoil it, so
 * that what writes records need not know of faults. `from` is where the record begins. */
#ifndef UEMSIM_EDIT_H
#define UEMSIM_EDIT_H

#include "buf.h"

/* Puts `bytes` letters in front of the member's text, or adds the member to a record that has none.
 */
void edit_widen(struct buf *buf, size_t from, const char *member, size_t bytes);
/* Empties the member's text. */
void edit_empty(struct buf *buf, size_t from, const char *member);
/* Where the list that a body holds first lies, without its brackets; false: there is none, or it is
 * empty. */
bool edit_find_list(const struct buf *buf, size_t *from, size_t *to);
/* The first place from `from` on that lies in no string. */
size_t edit_find_outside(const struct buf *buf, size_t from);

#endif
