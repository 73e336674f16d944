#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/style.h"

static const struct style plain = {.is_terminal = true, .columns = 80, .rows = 24};
static const struct style rich = {
    .is_terminal = true, .colour = true, .utf8 = true, .columns = 80, .rows = 24};

static void colours_are_for_terminals_and_for_who_wants_them(void **state)
{
    (void)state;
    assert_true(style_wants_colour(true, NULL, "xterm"));
    assert_true(style_wants_colour(true, "", "xterm"));
    assert_false(style_wants_colour(true, "1", "xterm"));
    assert_false(style_wants_colour(true, NULL, "dumb"));
    assert_false(style_wants_colour(true, NULL, NULL));
    assert_false(style_wants_colour(false, NULL, "xterm"));
}

static void cell_is(const struct style *style, enum style_tone tone, const char *text,
    size_t columns, bool is_right, const char *expected)
{
    struct buffer out;

    buffer_init(&out, 1000);
    style_add_cell(&out, style, tone, text, columns, is_right);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_cell_is_as_wide_as_it_should_be(void **state)
{
    (void)state;
    cell_is(&plain, STYLE_GOOD, "ok", 4, false, "ok  ");
    cell_is(&plain, STYLE_GOOD, "ok", 4, true, "  ok");
    cell_is(&rich, STYLE_GOOD, "ok", 4, true, "  \033[32mok\033[0m");
    cell_is(&plain, STYLE_PLAIN, "device_app", 6, false, "devic.");
    cell_is(&rich, STYLE_PLAIN, "device_app", 6, false, "devic\xE2\x80\xA6");
    cell_is(&rich, STYLE_PLAIN, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4, false,
        "\xE6\x97\xA5\xE2\x80\xA6 ");
    cell_is(&rich, STYLE_PLAIN, "\xC3\xA4\xC3\xB6\xC3\xBC", 3, false, "\xC3\xA4\xC3\xB6\xC3\xBC");
    cell_is(&plain, STYLE_PLAIN, "x", 0, false, "");
}

static void wraps(const char *text, size_t indent, int columns, const char *expected)
{
    struct buffer out;

    buffer_init(&out, 1000);
    style_add_wrapped(&out, text, indent, columns);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_long_text_goes_on_below_its_beginning(void **state)
{
    (void)state;
    wraps("a text", 2, 0, "a text\n");
    wraps("a text that is longer than its line", 2, 22, "a text that is\n  longer than its line\n");
    wraps("abcdefghijklmnopqrstuvwxyzabcdefgh", 0, 20, "abcdefghijklmnopqrst\nuvwxyzabcdefgh\n");
    wraps("too narrow for the indent", 18, 20, "too narrow for the indent\n");
    wraps("", 2, 20, "\n");
}

static void numbers_are_read_at_a_glance(void **state)
{
    char text[STYLE_TEXT_SIZE];

    (void)state;
    assert_string_equal(style_number(0, text), "0");
    assert_string_equal(style_number(999, text), "999");
    assert_string_equal(style_number(1000, text), "1,000");
    assert_string_equal(style_number(1234567, text), "1,234,567");
    assert_string_equal(style_number(-1234, text), "-1,234");
    assert_string_equal(style_number(INT64_MIN, text), "-9,223,372,036,854,775,808");
    assert_string_equal(style_bytes(0, text), "0 B");
    assert_string_equal(style_bytes(999, text), "999 B");
    assert_string_equal(style_bytes(1000, text), "1.0 kB");
    assert_string_equal(style_bytes(999960, text), "1.0 MB");
    assert_string_equal(style_bytes(INT64_MAX, text), "9223372.0 TB");
    assert_string_equal(style_clock(0, text), "0:00");
    assert_string_equal(style_clock(1, text), "0:01");
    assert_string_equal(style_clock(59000, text), "0:59");
    assert_string_equal(style_clock(3599001, text), "1:00:00");
    assert_string_equal(style_clock(-5, text), "0:00");
    assert_string_equal(style_took(-5, text), "0:00.0");
    assert_string_equal(style_took(0, text), "0:00.0");
    assert_string_equal(style_took(1, text), "0:00.1");
    assert_string_equal(style_took(1200, text), "0:01.2");
    assert_string_equal(style_took(9900, text), "0:09.9");
    assert_string_equal(style_took(9901, text), "0:10");
    assert_string_equal(style_took(61001, text), "1:02");
    assert_string_equal(style_rate(-1, text), "");
    assert_string_equal(style_rate(0.1, text), "6/min");
    assert_string_equal(style_rate(2.5, text), "2.5/s");
    assert_string_equal(style_rate(1234.5, text), "1,235/s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_for_terminals_and_for_who_wants_them),
        cmocka_unit_test(a_cell_is_as_wide_as_it_should_be),
        cmocka_unit_test(a_long_text_goes_on_below_its_beginning),
        cmocka_unit_test(numbers_are_read_at_a_glance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
