#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdalign.h>

#include "base/arena.h"

enum { BLOCK = 64 * 1024 };

static void pieces_are_aligned_and_apart(void **state)
{
    struct arena arena;
    char *before = NULL;

    (void)state;
    arena_init(&arena, 4 * BLOCK);
    for (size_t size = 0; size < 200; size++) {
        char *piece = arena_alloc(&arena, size);

        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
        memset(piece, 0x5A, size);
        assert_true(size == 0 || before == NULL || piece >= before);
        before = piece + size;
    }
    arena_release(&arena);
    arena_release(&arena);
}

static void a_copy_ends_with_nul(void **state)
{
    struct arena arena;
    const char *copy;

    (void)state;
    arena_init(&arena, BLOCK);
    assert_string_equal(arena_copy(&arena, (struct str){"abc", 2}), "ab");
    assert_string_equal(arena_copy(&arena, (struct str){NULL, 0}), "");
    copy = arena_copy(&arena, (struct str){"a\0b", 3});
    assert_memory_equal(copy, "a\0b", 4);
    arena_release(&arena);
}

static void the_ceiling_counts_all_blocks(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, 2 * BLOCK);
    assert_non_null(arena_alloc(&arena, BLOCK));
    assert_non_null(arena_alloc(&arena, BLOCK));
    assert_null(arena_alloc(&arena, 1));
    arena_reset(&arena);
    assert_non_null(arena_alloc(&arena, BLOCK));
    assert_null(arena_alloc(&arena, BLOCK + 1));
    arena_release(&arena);
    arena_init(&arena, BLOCK - 1);
    assert_null(arena_alloc(&arena, 1));
    arena_release(&arena);
}

static void a_size_beyond_all_memory_is_refused(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, SIZE_MAX / 2);
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_alloc(&arena, SIZE_MAX - 16));
    assert_non_null(arena_alloc(&arena, 1));
    assert_null(arena_alloc(&arena, SIZE_MAX));
    arena_release(&arena);
}

static void a_reset_keeps_the_first_block(void **state)
{
    struct arena arena;
    void *first;

    (void)state;
    arena_init(&arena, 10 * BLOCK);
    arena_reset(&arena);
    first = arena_alloc(&arena, 10);
    assert_non_null(arena_alloc(&arena, 3 * BLOCK));
    assert_int_equal(arena.total, 4 * BLOCK);
    arena_reset(&arena);
    assert_int_equal(arena.total, BLOCK);
    assert_ptr_equal(arena_alloc(&arena, 10), first);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_and_apart),
        cmocka_unit_test(a_copy_ends_with_nul),
        cmocka_unit_test(the_ceiling_counts_all_blocks),
        cmocka_unit_test(a_size_beyond_all_memory_is_refused),
        cmocka_unit_test(a_reset_keeps_the_first_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
