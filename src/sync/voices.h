/* What joins the two voices of a Core: v1's rows wait here until CPS speaks of the same device (see
 * mapping/merge.h), as v1 gives all devices at once and CPS a page of them. The rows are in a
 * temporary file (see spool.h); memory keeps about 40 bytes of each: a digest of its key by a seed
 * of chance, and where it is. A row is written to disk as it is: what must not be written anywhere
 * has to be gone from it before. */
#ifndef UEMSYNC_SYNC_VOICES_H
#define UEMSYNC_SYNC_VOICES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "mapping/row.h"

struct voices;

/* Takes a row that nobody found; it lives until the function returns. */
typedef bool voices_row_fn(void *context, const struct row *row, struct error *err);

/* `relation`: of the rows; borrowed. `key`: the place of the column that they are told by, a text.
 * ERROR_DESTINATION without a temporary file, here and below. */
bool voices_new(
    struct voices **voices, const struct relation *relation, size_t key, struct error *err);
void voices_free(struct voices *voices);

/* Keeps a row, copied. Of two with one key the later counts, in the place of the earlier (a device
 * that changes its status between two calls comes twice); *is_new says whether it is the first.
 * ERROR_RECORD for a row without a key, or that is too large to be kept; ERROR_SERVER for one that
 * is new beyond CEILING_DEVICES, and beyond CEILING_SPOOL_MIB. */
bool voices_add(struct voices *voices, const struct row *row, bool *is_new, struct error *err);

/* Sets *row to that of the key, all of it in `arena`, and notes it as found; NULL without one. An
 * arena of CEILING_TREE has room for any row. */
bool voices_find(struct voices *voices, struct str key, struct arena *arena, const struct row **row,
    struct error *err);

/* By place, from 0 in the order in which the keys came: sets *row as voices_find does, and notes
 * nothing; whether it was found; and notes that it is. */
bool voices_at(struct voices *voices, size_t place, struct arena *arena, const struct row **row,
    struct error *err);
bool voices_is_found(const struct voices *voices, size_t place);
void voices_note_found(struct voices *voices, size_t place);

/* Nobody was found yet: a listing is walked once more. */
void voices_begin_again(struct voices *voices);

/* Hands over each row that was not found, in the order in which their keys came first; ends with
 * the first that is refused. `each` adds none. */
bool voices_each_left(struct voices *voices, voices_row_fn *each, void *context, struct error *err);

/* Forgets all rows but the first `count` (by voices_count then): what came of a try that broke. A
 * row whose key was there before stays as the broken try has told it, until it is told again. */
void voices_rewind(struct voices *voices, size_t count);

/* Of rows, each key once. */
size_t voices_count(const struct voices *voices);

#endif
