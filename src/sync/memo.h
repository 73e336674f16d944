/* Records that came before: the same app, to the letter, stands in thousands of devices' lists, and
 * is parsed, mapped and written once. A memo forgets everything when it is full. */
#ifndef UEMSYNC_SYNC_MEMO_H
#define UEMSYNC_SYNC_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "load/load.h"

enum { MEMO_KEY_SIZE = 16 };

struct memo;

bool memo_new(struct memo **memo, struct error *err);
void memo_free(struct memo *memo);

/* The key of a record's text: a digest by a seed of chance, so that two texts do not come
 * to have the same. (A server that could make them would gain nothing: it says what the texts are.)
 * `entity` tells whose record it is: one memo serves all entities of a run. */
void memo_key(const struct memo *memo, uint8_t entity, struct str text, uint8_t key[MEMO_KEY_SIZE]);

/* Sets *item to what was added under the key; item->form lives until the next memo_add. */
bool memo_find(const struct memo *memo, const uint8_t key[MEMO_KEY_SIZE], struct load_item *item);

/* Copies the item. One that finds no room is left out. */
void memo_add(struct memo *memo, const uint8_t key[MEMO_KEY_SIZE], const struct load_item *item);

#endif
