/* Memory that is given back all at once: one arena a record, reset when its rows are handed on.
 * A reset keeps the first block, so that a steady stream of records allocates nothing. */
#ifndef UEMSYNC_BASE_ARENA_H
#define UEMSYNC_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *first;
    struct arena_block *last;
    size_t used;    /* bytes handed out of the last block */
    size_t total;   /* bytes of all blocks */
    size_t ceiling; /* most bytes of all blocks */
    bool no_memory; /* since the last reset there was none to be had, below the ceiling */
};

void arena_init(struct arena *arena, size_t ceiling);
void arena_release(struct arena *arena);
void arena_reset(struct arena *arena);

/* Uninitialised memory aligned for any type, valid until reset; NULL when there is none, or
 * the ceiling is reached. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the bytes with a NUL behind them, or NULL. */
char *arena_copy(struct arena *arena, struct str text);

#endif
