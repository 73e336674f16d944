/* The published states of a RELATION_HISTORY in the order of their keys: those of an owner that was
 * renamed come where its new name stands (see load_rename). */
#ifndef UEMSYNC_LOAD_CSV_CSV_STATES_H
#define UEMSYNC_LOAD_CSV_CSV_STATES_H

#include <stdbool.h>

#include "load/csv/csv_output.h"
#include "load/csv/csv_renames.h"
#include "load/csv/csv_sort.h"

struct csv_states {
    struct csv_output *output;         /* of the history; borrowed, as the next one */
    const struct csv_renames *renames; /* sorted */
    struct csv_sort *moved;            /* states under a new name; NULL: none; owned */
    struct csv_entry next_kept;        /* the next one of the file */
    bool kept_more;
    struct csv_entry next_moved; /* and of those that were moved */
    bool moved_more;
    /* The one at hand, while `more`: valid until the next call, as is what it is part of. */
    struct csv_entry state;
    bool more;
    bool is_moved; /* it stands elsewhere in the published file */
};

/* The column of the owner in a key, with the 0 at its end. */
struct str csv_states_owner(struct str key);

/* Reads the published file of the history ahead where there are renames, and the first state. */
bool csv_states_open(struct csv_states *states, struct csv_output *output,
    struct csv_renames *renames, struct error *err);
void csv_states_release(struct csv_states *states);

/* The next state. The output has taken the one at hand by now; it differs from here on where a
 * state is passed over, as it was moved. */
bool csv_states_next(struct csv_states *states, struct error *err);

#endif
