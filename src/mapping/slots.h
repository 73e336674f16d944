/* The properties of one record, sorted by what a mapping reads: part of mapper. The sorting is one
 * pass, as it is done for millions of records. */
#ifndef UEMSYNC_MAPPING_SLOTS_H
#define UEMSYNC_MAPPING_SLOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "decode/record.h"
#include "mapping/mapping.h"

/* One property of the mapping. */
struct slot {
    const cJSON *value; /* NULL: absent or null */
    bool taken;         /* a column tells it */
    bool nested;        /* the value was found by a path, within another property */
};

struct slots {
    const struct mapping *mapping; /* borrowed */
    const char *dropped;           /* a property that is passed over, or NULL; borrowed */
    struct slot *items;            /* one for each of mapping->properties */
    size_t *followers;             /* which one came behind each of them in the record before */
    const cJSON **roots;           /* values of mapping->roots; NULL: absent or null */
    const cJSON **loose;           /* the properties that no column is read from; NULL: taken */
    size_t loose_count;
    size_t loose_capacity;
};

/* False without memory; slots_release is due in any case. */
bool slots_init(struct slots *slots, const struct mapping *mapping, const char *dropped);
void slots_release(struct slots *slots);

/* Forgets the record before. A property that is null is said to have no value: it is in no slot and
 * not loose. Of a repeated one the last counts; a loose one may repeat. False without memory. */
bool slots_sort(struct slots *slots, const cJSON *record);

/* What is left of a property's value, to be asked when all columns that read by name have theirs:
 * the value itself, or, where paths lead into it, a copy without the members that were taken.
 * *rest is NULL where nothing is left. Copies are in `arena`. False without memory. */
bool slots_rest(
    const struct slots *slots, struct arena *arena, const cJSON *value, const cJSON **rest);

/* Everything that no column took: *members, `count` of them, in `arena`. False without memory. */
bool slots_left(
    const struct slots *slots, struct arena *arena, const cJSON ***members, size_t *count);

#endif
