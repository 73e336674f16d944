/* The n-th allocation fails: for tests that are linked with --wrap for malloc, calloc and realloc,
 * so that calls from the program's own objects go through these functions. */
#ifndef UEMSYNC_TESTS_UNIT_BASE_FAIL_H
#define UEMSYNC_TESTS_UNIT_BASE_FAIL_H

#include <stdbool.h>
#include <stddef.h>

/* The linker's names, by which it gives the calls of this program a detour. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

/* Allocations until one fails; below 0: none does. */
static int until_failure = -1;

static bool fails_now(void)
{
    bool now = until_failure == 0;

    if (until_failure >= 0) {
        until_failure--;
    }
    return now;
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails_now() ? NULL : __real_realloc(memory, size);
}

/* Whether the failure that was asked for came. */
static inline bool failure_came(void)
{
    bool came = until_failure < 0;

    until_failure = -1;
    return came;
}

#endif
