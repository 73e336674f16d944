#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/timestamp.h"
#include "load/postgres/pg_binary.h"

/* One cell of one type, and an order of 7. */
static void writes_cell(enum column_type type, struct cell cell, const void *expected, size_t size)
{
    const struct column column = {"c", "", type};
    const struct relation relation = {"r", "", &column, 1, 1, RELATION_KEYED, 0};
    const struct row row = {&relation, &cell};
    struct buffer out;

    buffer_init(&out, 10000);
    pg_binary_row(&out, &row, 7);
    assert_int_equal(out.size, 2 + size + 12);
    assert_memory_equal(out.data, "\0\2", 2);
    assert_memory_equal(out.data + 2, expected, size);
    assert_memory_equal(out.data + 2 + size, "\0\0\0\10\0\0\0\0\0\0\0\7", 12);
    buffer_release(&out);
}

/* A literal's bytes without its NUL. */
#define WRITES(type, cell, bytes) writes_cell(type, cell, bytes, sizeof(bytes) - 1)

/* PostgreSQL's manual, "COPY", "Binary Format". */
static void a_stream_has_a_header_and_a_trailer(void **state)
{
    struct buffer out;

    (void)state;
    buffer_init(&out, 100);
    pg_binary_begin(&out);
    assert_int_equal(out.size, 19);
    assert_memory_equal(out.data, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    buffer_clear(&out);
    pg_binary_end(&out);
    assert_int_equal(out.size, 2);
    assert_memory_equal(out.data, "\377\377", 2);
    buffer_release(&out);
}

static void null_is_a_length_of_minus_one(void **state)
{
    (void)state;
    for (enum column_type type = 0; type < COLUMN_TYPE_COUNT; type++) {
        WRITES(type, (struct cell){0}, "\377\377\377\377");
    }
}

static void text_is_its_bytes(void **state)
{
    (void)state;
    WRITES(COLUMN_TEXT, ((struct cell){.is_set = true, .text = {"", 0}}), "\0\0\0\0");
    WRITES(COLUMN_TEXT, ((struct cell){.is_set = true, .text = {"a\tb\\", 4}}), "\0\0\0\4a\tb\\");
}

static void numbers_are_big_endian(void **state)
{
    (void)state;
    WRITES(COLUMN_BOOLEAN, ((struct cell){.is_set = true, .boolean = true}), "\0\0\0\1\1");
    WRITES(COLUMN_BOOLEAN, ((struct cell){.is_set = true}), "\0\0\0\1\0");
    WRITES(COLUMN_BIGINT, ((struct cell){.is_set = true, .number = INT64_C(0x0102030405060708)}),
        "\0\0\0\10\1\2\3\4\5\6\7\10");
    WRITES(COLUMN_BIGINT, ((struct cell){.is_set = true, .number = INT64_MIN}),
        "\0\0\0\10\200\0\0\0\0\0\0\0");
    WRITES(COLUMN_DOUBLE, ((struct cell){.is_set = true, .real = -1.5}),
        "\0\0\0\10\277\370\0\0\0\0\0\0");
}

static void times_are_microseconds_since_2000(void **state)
{
    (void)state;
    WRITES(COLUMN_TIMESTAMPTZ, ((struct cell){.is_set = true, .ms = INT64_C(946684800000)}),
        "\0\0\0\10\0\0\0\0\0\0\0\0");
    WRITES(COLUMN_TIMESTAMPTZ, ((struct cell){.is_set = true, .ms = INT64_C(946684800001)}),
        "\0\0\0\10\0\0\0\0\0\0\3\350");
    WRITES(COLUMN_TIMESTAMPTZ, ((struct cell){.is_set = true, .ms = INT64_C(946684799999)}),
        "\0\0\0\10\377\377\377\377\377\377\374\30");
    /* What PostgreSQL 15 sends for the two ends. */
    WRITES(COLUMN_TIMESTAMPTZ, ((struct cell){.is_set = true, .ms = TIMESTAMP_MIN}),
        "\0\0\0\10\377\37\342\377\305\234\140\0");
    WRITES(COLUMN_TIMESTAMPTZ, ((struct cell){.is_set = true, .ms = TIMESTAMP_MAX}),
        "\0\0\0\10\3\200\347\13\221\73\174\30");
}

static void a_uuid_is_sixteen_bytes(void **state)
{
    struct cell cell = {.is_set = true};

    (void)state;
    memcpy(cell.uuid, "0123456789abcdef", ROW_UUID_SIZE);
    WRITES(COLUMN_UUID, cell, "\0\0\0\0200123456789abcdef");
}

static void jsonb_has_a_version_before_it(void **state)
{
    (void)state;
    WRITES(COLUMN_JSONB, ((struct cell){.is_set = true, .json = {"{}", 2}}), "\0\0\0\3\1{}");
}

static void an_array_has_one_dimension_or_none(void **state)
{
    static const struct str items[] = {{"ab", 2}, {"", 0}};
    struct cell cell = {.is_set = true};

    (void)state;
    WRITES(COLUMN_TEXT_ARRAY, cell, "\0\0\0\14\0\0\0\0\0\0\0\0\0\0\0\31");
    cell.list.items = items;
    cell.list.count = 2;
    WRITES(COLUMN_TEXT_ARRAY, cell,
        "\0\0\0\36\0\0\0\1\0\0\0\0\0\0\0\31\0\0\0\2\0\0\0\1\0\0\0\2ab\0\0\0\0");
}

static void a_row_is_all_its_cells(void **state)
{
    static const struct column columns[] = {
        {"a", "", COLUMN_TEXT}, {"b", "", COLUMN_BIGINT}, {"c", "", COLUMN_TEXT}};
    static const struct relation relation = {"r", "", columns, 3, 1, RELATION_KEYED, 0};
    const struct cell cells[] = {
        {.is_set = true, .text = {"x", 1}}, {.is_set = false}, {.is_set = true, .text = {"y", 1}}};
    const struct row row = {&relation, cells};
    struct buffer out;

    (void)state;
    buffer_init(&out, 100);
    pg_binary_row(&out, &row, -1);
    assert_int_equal(out.size, 28);
    assert_memory_equal(out.data,
        "\0\4\0\0\0\1x\377\377\377\377\0\0\0\1y\0\0\0\10\377\377\377\377\377\377\377\377", 28);
    buffer_release(&out);
}

static void a_list_is_texts_and_an_array_of_numbers(void **state)
{
    static const struct str key[] = {{"t", 1}, {"d1", 2}};
    struct buffer out;

    (void)state;
    buffer_init(&out, 200);
    pg_binary_list_begin(&out, key, 2, 2);
    pg_binary_list_number(&out, 0x01020304);
    pg_binary_list_number(&out, INT32_MAX);
    pg_binary_list_end(&out, 7);
    assert_int_equal(out.size, 2 + 5 + 6 + 40 + 12);
    assert_memory_equal(out.data,
        "\0\4\0\0\0\1t\0\0\0\2d1\0\0\0\44\0\0\0\1\0\0\0\0\0\0\0\27\0\0\0\2\0\0\0\1"
        "\0\0\0\4\1\2\3\4\0\0\0\4\177\377\377\377\0\0\0\10\0\0\0\0\0\0\0\7",
        out.size);
    buffer_clear(&out);
    pg_binary_list_begin(&out, key, 1, 0);
    assert_memory_equal(out.data, "\0\3\0\0\0\1t\0\0\0\14\0\0\0\0\0\0\0\0\0\0\0\27", out.size);
    assert_int_equal(out.size, 2 + 5 + 16);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_has_a_header_and_a_trailer),
        cmocka_unit_test(null_is_a_length_of_minus_one),
        cmocka_unit_test(text_is_its_bytes),
        cmocka_unit_test(numbers_are_big_endian),
        cmocka_unit_test(times_are_microseconds_since_2000),
        cmocka_unit_test(a_uuid_is_sixteen_bytes),
        cmocka_unit_test(jsonb_has_a_version_before_it),
        cmocka_unit_test(an_array_has_one_dimension_or_none),
        cmocka_unit_test(a_row_is_all_its_cells),
        cmocka_unit_test(a_list_is_texts_and_an_array_of_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
