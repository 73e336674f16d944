/* Owners (devices) that have another name from now on, held in memory: CEILING_RENAMES. Names are
 * handed in and out as the column of a key (csv_text.h). */
#ifndef UEMSYNC_LOAD_CSV_CSV_RENAMES_H
#define UEMSYNC_LOAD_CSV_CSV_RENAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Places in `names`: the one name stands from `from` to `to`, the other one up to `end`. */
struct csv_pair {
    uint32_t from;
    uint32_t to;
    uint32_t end;
    bool taken; /* `to` has rows of its own */
};

struct csv_renames {
    struct buffer names;
    struct csv_pair *pairs; /* owned; once sorted, by `from`, each once */
    size_t count;
    size_t capacity;
    uint32_t *by_to; /* the pairs' places in the order of `to`; once sorted; owned */
};

void csv_renames_init(struct csv_renames *renames);
void csv_renames_release(struct csv_renames *renames);

/* ERROR_RECORD for a name that is too long or holds a NUL. */
bool csv_renames_add(
    struct csv_renames *renames, struct str from, struct str to, struct error *err);

/* Ends the adding. Of two new names for one owner the last counts; of two owners that get one name
 * the first. */
bool csv_renames_sort(struct csv_renames *renames, struct error *err);

/* The owner has rows of its own: who was to get its name keeps his. */
void csv_renames_take(struct csv_renames *renames, struct str owner);

/* The owner's new name; data is NULL where it keeps its old one. */
struct str csv_renames_to(const struct csv_renames *renames, struct str owner);

#endif
