/* Lists of items in an order that depends on nothing but what they are, so that equal lists are
 * equal arrays. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_LIST_H
#define UEMSYNC_LOAD_POSTGRES_PG_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "load/load.h"

/* The items' numbers, which are their forms, in the order of their digests, each item once.
 * `numbers` has room for `count`; *kept is how many there are. `last` is the number of the last
 * item that there is: ERROR_MEMORY for an item that has another, which is a mistake of the caller.
 */
bool pg_list_order(const struct load_item *items, size_t count, int32_t last, int32_t *numbers,
    size_t *kept, struct error *err);

#endif
