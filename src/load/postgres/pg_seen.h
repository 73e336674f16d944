/* Which items a run has staged lately, so that an app that ten thousand devices have is not sent
 * ten thousand times. It forgets what was not asked for in a while: such an item is staged once
 * more, which does no harm. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_SEEN_H
#define UEMSYNC_LOAD_POSTGRES_PG_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "mapping/row.h"

struct pg_seen_item {
    const struct relation *relation; /* NULL: the place is free */
    int32_t number;
    uint8_t digest[ROW_DIGEST_SIZE];
};

struct pg_seen {
    struct pg_seen_item *items; /* 512 KiB once one was put in; owned */
};

void pg_seen_release(struct pg_seen *seen);

/* The number that the item was put in with, or 0. */
int32_t pg_seen_find(
    struct pg_seen *seen, const struct relation *relation, const uint8_t digest[ROW_DIGEST_SIZE]);

/* False without memory. `number` is at least 1. */
bool pg_seen_put(struct pg_seen *seen, const struct relation *relation,
    const uint8_t digest[ROW_DIGEST_SIZE], int32_t number);

#endif
