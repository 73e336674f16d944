/* Merges a relation's published file with what was staged for it. */
#ifndef UEMSYNC_LOAD_CSV_CSV_MERGE_H
#define UEMSYNC_LOAD_CSV_CSV_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load/csv/csv_snapshot.h"
#include "load/csv/csv_sort.h"

/* What the sorter holds, by its line:
 *
 *   a row of a RELATION_KEYED   its line, and its key columns as the key
 *   the removal of one          none
 *   a list of a RELATION_SET    a block of its rows (csv_block.h), and owner and number as the key;
 *                               where the owner stands behind other columns, an entry a row without
 *                               a line: the key is all columns, and the line is made from it
 *   a mark (csv_scope.h)        none
 *
 * Keys begin with the relation's place in the schema, so that one sorter, and one ceiling, does for
 * all; and with the part, as some relations have their marks ahead of their rows. */
enum { CSV_PREFIX_SIZE = 2, CSV_RELATIONS_MAX = 32768 };
enum csv_part { CSV_PART_MARKS, CSV_PART_ROWS };
void csv_prefix_append(struct buffer *key, size_t relation, enum csv_part part);

/* What is known of a relation beside its entries: when it was, as ordinals. */
struct csv_plan {
    uint64_t marked;   /* load_mark */
    uint64_t counting; /* the load_mark that load_forget went by: what is before it counts not */
    uint64_t replaced; /* load_replace of all owners */
};

/* The entry of the sorter that is read next. */
struct csv_staged {
    struct csv_sort *sort;        /* borrowed */
    const struct csv_plan *plans; /* one a relation of the schema; borrowed */
    struct csv_entry entry;
    size_t relation; /* of the schema; SIZE_MAX at the end */
    struct str key;  /* of the entry, without the prefix */
};

/* What was forgotten is passed over. */
bool csv_staged_next(struct csv_staged *staged, struct error *err);

/* Merges relation `index` of the schema. A staged row wins over the published one, a removed row
 * goes, and so does one of a scope that was replaced (see load_list and load_replace) and was not
 * staged; every other stays. What was staged before its owner's last mark counts not, and of a set
 * nothing without one. A file is written from the first difference on; without one, nothing is.
 * Fills the counts of what was staged, the snapshot's outcome, and its changes. Entries of the
 * relation are used up. */
bool csv_merge(struct csv_snapshot *snapshot, size_t index, struct csv_staged *staged,
    struct load_counts *counts, struct error *err);

#endif
