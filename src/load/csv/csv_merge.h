/* Merges a relation's published file with what was staged for it. */
#ifndef UEMSYNC_LOAD_CSV_CSV_MERGE_H
#define UEMSYNC_LOAD_CSV_CSV_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load/csv/csv_snapshot.h"
#include "load/csv/csv_sort.h"

/* Keys in the sorter begin with the relation's place in the schema, so that one sorter, and one
 * ceiling, does for all. */
enum { CSV_PREFIX_SIZE = 2, CSV_RELATIONS_MAX = 65536 };
void csv_prefix_append(struct buffer *key, size_t relation);

/* The entry of the sorter that is read next. */
struct csv_staged {
    struct csv_sort *sort;      /* borrowed */
    const uint8_t *generations; /* of each relation the first that counts; borrowed */
    struct csv_entry entry;
    size_t relation; /* of the schema; SIZE_MAX at the end */
    struct str key;  /* of the entry, without the prefix */
};

/* The last byte of an entry's line in the sorter is the relation's generation (see load_mark); here
 * it is taken off, and what was forgotten is passed over. */
bool csv_staged_next(struct csv_staged *staged, struct error *err);

/* Merges relation `index` of the schema. A staged row wins over the published one, a removed row
 * goes, every other stays. A file is written from the first difference on; without one, nothing
 * is. Fills the counts of what was staged, and the snapshot's outcome. Entries of the relation
 * are used up. */
bool csv_merge(struct csv_snapshot *snapshot, size_t index, struct csv_staged *staged,
    struct load_counts *counts, struct error *err);

#endif
