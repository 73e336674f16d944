#include "load/postgres/pg_seen.h"

#include <stdlib.h>
#include <string.h>

/* An item has its place in one of so many rows, the one asked for last first. Eight thousand apps,
 * which is what a large tenant has, overflow one row in twenty. */
enum { PG_SEEN_ROWS = 4096, PG_SEEN_PLACES = 4 };

void pg_seen_release(struct pg_seen *seen)
{
    free(seen->items);
    seen->items = NULL;
}

/* The digest's own bytes are as good a hash as any. */
static struct pg_seen_item *pg_seen_row(
    const struct pg_seen *seen, const uint8_t digest[ROW_DIGEST_SIZE])
{
    size_t row = ((size_t)digest[0] << 8 | digest[1]) % PG_SEEN_ROWS;

    return seen->items + row * PG_SEEN_PLACES;
}

/* Puts an item first, and what stood before `place` one place back. */
static void pg_seen_move(struct pg_seen_item *row, size_t place, struct pg_seen_item item)
{
    memmove(row + 1, row, place * sizeof *row);
    row[0] = item;
}

int32_t pg_seen_find(
    struct pg_seen *seen, const struct relation *relation, const uint8_t digest[ROW_DIGEST_SIZE])
{
    struct pg_seen_item *row = seen->items != NULL ? pg_seen_row(seen, digest) : NULL;
    int32_t number = 0;

    for (size_t i = 0; row != NULL && number == 0 && i < PG_SEEN_PLACES; i++) {
        if (row[i].relation == relation && memcmp(row[i].digest, digest, ROW_DIGEST_SIZE) == 0) {
            number = row[i].number;
            pg_seen_move(row, i, row[i]);
        }
    }
    return number;
}

bool pg_seen_put(struct pg_seen *seen, const struct relation *relation,
    const uint8_t digest[ROW_DIGEST_SIZE], int32_t number)
{
    struct pg_seen_item item = {.relation = relation, .number = number};

    if (seen->items == NULL) {
        seen->items = calloc((size_t)PG_SEEN_ROWS * PG_SEEN_PLACES, sizeof *seen->items);
    }
    if (seen->items != NULL) {
        memcpy(item.digest, digest, ROW_DIGEST_SIZE);
        pg_seen_move(pg_seen_row(seen, digest), PG_SEEN_PLACES - 1, item);
    }
    return seen->items != NULL;
}
