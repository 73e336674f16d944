#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/board_lines.h"

static const struct board_picture_entity entities[] = {
    {"device", BOARD_DONE, 20000, 20000, -1, -1, 0, -1},
    {"device_app", BOARD_RUNNING, 7300, 20000, 120, 14, 40, 130000},
    {"device_setting", BOARD_RUNNING, 0, 20000, -1, 0, 40, -1},
    {"policy", BOARD_NOT_OFFERED, 0, -1, -1, -1, 0, -1},
    {"alert", BOARD_GIVEN_UP, 3, -1, -1, -1, 0, -1},
    {"carrier", BOARD_RUNNING, 512, -1, 2.5, 40, 40, -1},
};
static const struct board_picture_tenant tenant = {
    "acme", NULL, NULL, -1, false, entities, sizeof entities / sizeof *entities};

/* What the lines are, without the codes that wipe what stood there. */
static char *draw(const struct style *style, const struct board_picture_tenant *tenants,
    size_t count, size_t *lines)
{
    struct buffer out;
    char *text;
    char *to;

    buffer_init(&out, 100000);
    *lines = board_lines_write(&out, style, tenants, count);
    assert_true(buffer_ok(&out));
    text = strdup(buffer_text(&out));
    assert_non_null(text);
    to = text;
    for (const char *from = text; *from != '\0';) {
        if (strncmp(from, "\033[K\n", 4) == 0) {
            from += 3;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
    buffer_release(&out);
    return text;
}

static void draws(int columns, int rows, bool utf8, const char *expected)
{
    const struct style style = {
        .is_terminal = true, .utf8 = utf8, .columns = columns, .rows = rows};
    size_t lines;
    char *text = draw(&style, &tenant, 1, &lines);

    assert_string_equal(text, expected);
    free(text);
}

static void each_entity_has_a_line(void **state)
{
    (void)state;
    draws(80, 24, false,
        "acme                                    done            rate  calls left  to go\n"
        "+ device                              20,000\n"
        "  device_app      [###......]   7,300/20,000   36 %    120/s       14/40   2:10\n"
        "  device_setting                    0/20,000\n"
        "- policy                         not offered\n"
        "! alert                             given up\n"
        "  carrier                                512           2.5/s       40/40\n");
    draws(80, 24, true,
        "acme                                    done            rate  calls left  to go\n"
        "\xE2\x9C\x93 device                              20,000\n"
        "  device_app      "
        "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x91\xE2\x96\x91\xE2\x96\x91\xE2"
        "\x96\x91\xE2\x96\x91\xE2\x96\x91\xE2\x96\x91   7,300/20,000   36 %    120/s       14/40   "
        "2:10\n"
        "  device_setting                    0/20,000\n"
        "- policy                         not offered\n"
        "\xE2\x9C\x97 alert                             given up\n"
        "  carrier                                512           2.5/s       40/40\n");
}

static void narrow_terminals_keep_the_name_the_count_and_the_time(void **state)
{
    (void)state;
    draws(60, 24, false,
        "acme                       done         calls left  to go\n"
        "+ device                 20,000\n"
        "  device_app       7,300/20,000   36 %       14/40   2:10\n"
        "  device_setting       0/20,000\n"
        "- policy            not offered\n"
        "! alert                given up\n"
        "  carrier                   512              40/40\n");
    draws(40, 24, false,
        "acme                       done  to go\n"
        "+ device                 20,000\n"
        "  device_app       7,300/20,000   2:10\n"
        "  device_setting       0/20,000\n"
        "- policy            not offered\n"
        "! alert                given up\n"
        "  carrier                   512\n");
}

static void where_there_is_no_room_the_active_ones_stay(void **state)
{
    (void)state;
    draws(80, 8, false,
        "acme                                    done            rate  calls left  to go\n"
        "  device_app      [###......]   7,300/20,000   36 %    120/s       14/40   2:10\n"
        "  device_setting                    0/20,000\n"
        "  carrier                                512           2.5/s       40/40\n"
        "+ 3 done\n");
    draws(80, 6, false,
        "acme                                    done            rate  calls left  to go\n"
        "  device_app      [###......]   7,300/20,000   36 %    120/s       14/40   2:10\n"
        "  carrier                                512           2.5/s       40/40\n"
        "  and 1 more\n");
}

/* No line is wider than the terminal, and there are no more than it has rows. */
static void it_fits_into_every_terminal(void **state)
{
    const struct board_picture_tenant tenants[] = {tenant,
        {"a tenant with a long name", "publishing", "device_configuration", 754000, false, entities,
            6},
        {"over", "complete", NULL, -1, true, entities, 6},
        {"later", "not begun yet", NULL, -1, false, NULL, 0}};

    (void)state;
    for (int columns = 20; columns <= 200; columns += 3) {
        for (int rows = 1; rows <= 40; rows += 3) {
            for (size_t count = 1; count <= 4; count++) {
                const struct style style = {.is_terminal = true,
                    .utf8 = columns % 2 == 0,
                    .columns = columns,
                    .rows = rows};
                size_t lines;
                size_t seen = 0;
                char *text = draw(&style, tenants, count, &lines);
                char *rest = text;

                for (char *line = strsep(&rest, "\n"); rest != NULL; line = strsep(&rest, "\n")) {
                    assert_true(str_width(line) < (size_t)columns);
                    seen++;
                }
                assert_int_equal(seen, lines);
                assert_true(lines <= (size_t)(rows > 4 ? rows - 2 : 2));
                free(text);
            }
        }
    }
}

static void word_is(const char *word, const char *at, int64_t since, const char *expected)
{
    const struct board_picture_tenant said = {"acme", word, at, since, false, NULL, 0};
    const struct style style = {.is_terminal = true, .columns = 80, .rows = 24};
    char text[BOARD_WORD_SIZE];
    char line[BOARD_WORD_SIZE + 8];
    size_t lines;
    char *drawn = draw(&style, &said, 1, &lines);

    board_lines_word(&said, text);
    assert_string_equal(text, expected);
    (void)snprintf(line, sizeof line, "acme%s%s\n", *expected != '\0' ? ": " : "", expected);
    assert_string_equal(drawn, line);
    free(drawn);
}

static void what_a_run_is_at_has_its_time(void **state)
{
    (void)state;
    word_is(NULL, NULL, -1, "");
    word_is("publishing", NULL, 0, "publishing");
    word_is("publishing", "device_app", 999, "publishing device_app");
    word_is("publishing", "device_app", 1000, "publishing device_app, 0:01");
    word_is("publishing", NULL, 61999, "publishing, 1:01");
}

/* Terminals break lines anew when they become narrower. */
static void lines_that_are_broken_anew_take_more_rows(void **state)
{
    const char *lines = "\033[1m12345\033[0m6789\033[K\n\033[K\n\xE2\x96\x88\xE2\x96\x88\033[K\n";

    (void)state;
    assert_int_equal(board_lines_rows(str_of(""), 10), 0);
    assert_int_equal(board_lines_rows(str_of(lines), 10), 3);
    assert_int_equal(board_lines_rows(str_of(lines), 9), 3);
    assert_int_equal(board_lines_rows(str_of(lines), 8), 4);
    assert_int_equal(board_lines_rows(str_of(lines), 1), 9 + 1 + 2);
}

static void bar_is(double share, bool utf8, const char *expected)
{
    const struct style style = {.utf8 = utf8};
    struct buffer out;

    buffer_init(&out, 1000);
    board_lines_bar(&out, &style, share, 8);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

#define FULL "\xE2\x96\x88"
#define HALF "\xE2\x96\x8C"
#define NONE "\xE2\x96\x91"

static void a_bar_is_filled_by_its_share(void **state)
{
    (void)state;
    bar_is(0, false, "[......]");
    bar_is(0.5, false, "[###...]");
    bar_is(0.6, false, "[###-..]");
    bar_is(1, false, "[######]");
    bar_is(7, false, "[######]");
    bar_is(-1, false, "[......]");
    bar_is(0, true, NONE NONE NONE NONE NONE NONE NONE NONE);
    bar_is(0.32, true, FULL FULL HALF NONE NONE NONE NONE NONE);
    bar_is(0.999, true, FULL FULL FULL FULL FULL FULL FULL HALF);
    bar_is(1, true, FULL FULL FULL FULL FULL FULL FULL FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_entity_has_a_line),
        cmocka_unit_test(narrow_terminals_keep_the_name_the_count_and_the_time),
        cmocka_unit_test(where_there_is_no_room_the_active_ones_stay),
        cmocka_unit_test(it_fits_into_every_terminal),
        cmocka_unit_test(what_a_run_is_at_has_its_time),
        cmocka_unit_test(lines_that_are_broken_anew_take_more_rows),
        cmocka_unit_test(a_bar_is_filled_by_its_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
