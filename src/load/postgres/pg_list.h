/* Lists of items as arrays of their numbers. Items come in the order of their digests (see
 * load_list), which depends on nothing but what they are, so that equal lists are equal arrays. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_LIST_H
#define UEMSYNC_LOAD_POSTGRES_PG_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "load/load.h"

/* The items' numbers, which are their forms. `numbers` has room for `count`. `last` is the number
 * of the last item that there is: ERROR_MEMORY for an item that has another, which is a mistake of
 * the caller. */
bool pg_list_numbers(
    const struct load_item *items, size_t count, int32_t last, int32_t *numbers, struct error *err);

#endif
