/* A row as bytes, and back. */
#include "unit/sync/every_type.h"

#include "base/ceilings.h"
#include "sync/row_pack.h"

struct packing {
    struct cell cells[EVERY_COLUMNS];
    struct row row;
    struct buffer packed;
    struct arena arena;
};

static int setup(void **state)
{
    struct packing *packing = test_calloc(1, sizeof *packing);

    buffer_init(&packing->packed, CEILING_ROW);
    arena_init(&packing->arena, CEILING_TREE);
    every_fill(packing->cells, "1", str_of("some text"));
    packing->row = (struct row){&every_type, packing->cells};
    *state = packing;
    return 0;
}

static int teardown(void **state)
{
    struct packing *packing = *state;

    arena_release(&packing->arena);
    buffer_release(&packing->packed);
    test_free(packing);
    return 0;
}

static void comes_back(struct packing *packing)
{
    const struct row *row = NULL;
    struct error err = {0};

    arena_reset(&packing->arena);
    buffer_clear(&packing->packed);
    row_pack(&packing->packed, &packing->row);
    assert_true(buffer_ok(&packing->packed));
    if (!row_unpack(&every_type, buffer_view(&packing->packed), &packing->arena, &row, &err)) {
        fail_msg("%s", err.text);
    }
    every_is(row, packing->cells);
}

static void every_type_comes_back(void **state)
{
    comes_back(*state);
}

static void every_null_comes_back(void **state)
{
    struct packing *packing = *state;

    for (unsigned nulls = 0; nulls < 1U << EVERY_COLUMNS; nulls++) {
        for (size_t i = 0; i < EVERY_COLUMNS; i++) {
            packing->cells[i].is_set = (nulls >> i & 1U) == 0;
        }
        comes_back(packing);
    }
}

static void what_is_empty_is_not_null(void **state)
{
    struct packing *packing = *state;

    packing->cells[7].json = str_of("{}");
    packing->cells[8].list.count = 0;
    packing->cells[9].text = str_of("");
    packing->cells[2].boolean = false;
    packing->cells[4].real = 0;
    comes_back(packing);
}

static void a_large_row_comes_back(void **state)
{
    struct packing *packing = *state;
    char *large = test_malloc(CEILING_CELLS);

    memset(large, 'x', CEILING_CELLS);
    packing->cells[9].text = (struct str){large, CEILING_CELLS};
    comes_back(packing);
    test_free(large);
}

static void refuses(struct packing *packing, struct str bytes)
{
    const struct row *row = NULL;
    struct error err = {0};
    /* Of its own size, so that a read behind it is seen. */
    char *copy = malloc(bytes.size + 1);

    assert_non_null(copy);
    memcpy(copy + 1, bytes.data, bytes.size);
    arena_reset(&packing->arena);
    bytes.data = copy + 1;
    assert_false(row_unpack(&every_type, bytes, &packing->arena, &row, &err));
    assert_null(row);
    assert_int_equal(err.kind, ERROR_MEMORY);
    assert_string_equal(err.text, "what was kept is no row of thing");
    free(copy);
}

static void bytes_of_no_row_are_refused(void **state)
{
    struct packing *packing = *state;
    struct str bytes;

    row_pack(&packing->packed, &packing->row);
    bytes = buffer_view(&packing->packed);
    while (bytes.size > 0) {
        bytes.size--;
        refuses(packing, bytes);
    }
    buffer_append_char(&packing->packed, 'x');
    refuses(packing, buffer_view(&packing->packed));
}

/* Nor is memory asked for what a false number of items would take. */
static void a_list_that_is_longer_than_its_bytes_is_refused(void **state)
{
    struct packing *packing = *state;

    for (size_t i = 0; i < EVERY_COLUMNS; i++) {
        packing->cells[i].is_set = every_columns[i].type == COLUMN_TEXT_ARRAY;
    }
    packing->cells[8].list.count = 0;
    row_pack(&packing->packed, &packing->row);
    assert_int_equal(packing->packed.size, 2 + sizeof(uint32_t));
    memset(packing->packed.data + 2, 0xFF, sizeof(uint32_t));
    refuses(packing, buffer_view(&packing->packed));
}

static void a_full_arena_is_an_error(void **state)
{
    struct packing *packing = *state;
    struct arena none;
    const struct row *row = NULL;
    struct error err = {0};

    arena_init(&none, 0);
    row_pack(&packing->packed, &packing->row);
    assert_false(row_unpack(&every_type, buffer_view(&packing->packed), &none, &row, &err));
    assert_int_equal(err.kind, ERROR_MEMORY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_type_comes_back),
        TEST(every_null_comes_back),
        TEST(what_is_empty_is_not_null),
        TEST(a_large_row_comes_back),
        TEST(bytes_of_no_row_are_refused),
        TEST(a_list_that_is_longer_than_its_bytes_is_refused),
        TEST(a_full_arena_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
