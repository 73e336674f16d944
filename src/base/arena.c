#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

enum { ARENA_BLOCK_SIZE = 64 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena, size_t ceiling)
{
    *arena = (struct arena){.ceiling = ceiling};
}

static void arena_free_after(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *next = block->next;

        free(block);
        block = next;
    }
}

void arena_release(struct arena *arena)
{
    arena_free_after(arena->first);
    arena_init(arena, arena->ceiling);
}

void arena_reset(struct arena *arena)
{
    if (arena->first != NULL) {
        arena_free_after(arena->first->next);
        arena->first->next = NULL;
        arena->last = arena->first;
        arena->total = arena->first->size;
    }
    arena->used = 0;
    arena->no_memory = false;
}

static bool arena_grow(struct arena *arena, size_t size)
{
    struct arena_block *block = NULL;
    size_t block_size = size > ARENA_BLOCK_SIZE ? size : ARENA_BLOCK_SIZE;

    if (block_size <= arena->ceiling - arena->total) {
        block = malloc(sizeof *block + block_size);
        arena->no_memory = arena->no_memory || block == NULL;
    }
    if (block != NULL) {
        *block = (struct arena_block){.size = block_size};
        if (arena->last != NULL) {
            arena->last->next = block;
        } else {
            arena->first = block;
        }
        arena->last = block;
        arena->used = 0;
        arena->total += block_size;
    }
    return block != NULL;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = NULL;
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);

    if (rounded >= size && ((arena->last != NULL && rounded <= arena->last->size - arena->used) ||
                               arena_grow(arena, rounded))) {
        memory = arena->last->data + arena->used;
        arena->used += rounded;
    }
    return memory;
}

char *arena_copy(struct arena *arena, struct str text)
{
    char *copy = arena_alloc(arena, text.size + 1);

    if (copy != NULL) {
        if (text.size > 0) {
            memcpy(copy, text.data, text.size);
        }
        copy[text.size] = '\0';
    }
    return copy;
}
