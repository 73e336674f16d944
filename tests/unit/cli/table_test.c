#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/table.h"

static const struct table_column columns[] = {
    {.name = "entity", .is_kept = true, .may_be_cut = true},
    {.name = "fetched", .is_right = true, .is_kept = true},
    {.name = "inserted", .is_right = true, .rank = 1},
    {.name = "rejected", .is_right = true, .rank = 2},
};

/* Two rows, with or without anything rejected. */
static void table_is(int width, int64_t rejected, const char *expected)
{
    const struct style style = {.is_terminal = width > 0, .columns = width};
    struct table table;
    struct buffer out;

    buffer_init(&out, 10000);
    table_init(&table, &style, columns, sizeof columns / sizeof *columns);
    table_row(&table);
    table_cell(&table, STYLE_GOOD, "device");
    table_number(&table, STYLE_PLAIN, 20000);
    table_number(&table, STYLE_PLAIN, 5);
    table_number(&table, STYLE_BAD, rejected);
    table_line(&table, STYLE_BAD, "a line of its own");
    table_row(&table);
    table_cell(&table, STYLE_PLAIN, "device_certificate");
    table_write(&out, &table);
    assert_true(buffer_ok(&out));
    assert_string_equal(buffer_text(&out), expected);
    table_release(&table);
    buffer_release(&out);
}

static void a_column_of_nothing_is_left_out_on_a_terminal(void **state)
{
    (void)state;
    table_is(80, 0,
        "entity              fetched  inserted\n"
        "device               20,000         5\n"
        "a line of its own\n"
        "device_certificate\n");
    table_is(80, 7,
        "entity              fetched  inserted  rejected\n"
        "device               20,000         5         7\n"
        "a line of its own\n"
        "device_certificate\n");
}

static void elsewhere_it_is_the_same_whatever_is_in_it(void **state)
{
    (void)state;
    table_is(0, 0,
        "entity              fetched  inserted  rejected\n"
        "device                20000         5         0\n"
        "a line of its own\n"
        "device_certificate\n");
}

static void what_matters_least_goes_where_there_is_no_room(void **state)
{
    (void)state;
    table_is(40, 7,
        "entity              fetched  inserted\n"
        "device               20,000         5\n"
        "a line of its own\n"
        "device_certificate\n");
    table_is(30, 7,
        "entity              fetched\n"
        "device               20,000\n"
        "a line of its own\n"
        "device_certificate\n");
    table_is(21, 7,
        "entity        fetched\n"
        "device         20,000\n"
        "a line of its own\n"
        "device_cert.\n");
}

/* A message is cut, as long as it tells something, before a column goes for it. */
static void a_long_text_takes_no_columns_place(void **state)
{
    static const struct table_column of_runs[] = {
        {.name = "age", .is_right = true, .is_kept = true},
        {.name = "took", .is_right = true, .rank = 1},
        {.name = "message", .may_be_cut = true},
    };
    static const struct {
        int width;
        const char *expected;
    } cases[] = {
        {80, "age  took  message\n4 s   7 s  the server answers with an error, which it tells at "
             "length and more .\n"},
        {41, "age  took  message\n4 s   7 s  the server answers with an er.\n"},
        {40, "age  message\n4 s  the server answers with an error, .\n"},
        {20, "age  message\n4 s  the server ans.\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct style style = {.is_terminal = true, .columns = cases[i].width};
        struct table table;
        struct buffer out;

        buffer_init(&out, 10000);
        table_init(&table, &style, of_runs, 3);
        table_row(&table);
        table_cell(&table, STYLE_PLAIN, "4 s");
        table_cell(&table, STYLE_PLAIN, "7 s");
        table_cell(&table, STYLE_BAD,
            "the server answers with an error, which it tells at length and more than once over");
        table_write(&out, &table);
        assert_string_equal(buffer_text(&out), cases[i].expected);
        table_release(&table);
        buffer_release(&out);
    }
}

/* Nothing is wider than the terminal, and nothing that is kept is missing. */
static void where_no_column_can_go_each_cell_has_a_line(void **state)
{
    (void)state;
    table_is(16, 7,
        "device\n"
        "  fetched:\n"
        "  20,000\n"
        "  inserted: 5\n"
        "  rejected: 7\n"
        "a line of its\n"
        "  own\n"
        "device_certifi\n"
        "  cate\n");
}

static void the_heading_alone_is_a_table(void **state)
{
    const struct style style = {.is_terminal = true, .colour = true, .columns = 80};
    struct table table;
    struct buffer out;

    (void)state;
    buffer_init(&out, 10000);
    table_init(&table, &style, columns, 2);
    table_write(&out, &table);
    assert_string_equal(buffer_text(&out), "\033[1mentity\033[0m  \033[1mfetched\033[0m\n");
    table_release(&table);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_of_nothing_is_left_out_on_a_terminal),
        cmocka_unit_test(elsewhere_it_is_the_same_whatever_is_in_it),
        cmocka_unit_test(what_matters_least_goes_where_there_is_no_room),
        cmocka_unit_test(a_long_text_takes_no_columns_place),
        cmocka_unit_test(where_no_column_can_go_each_cell_has_a_line),
        cmocka_unit_test(the_heading_alone_is_a_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
