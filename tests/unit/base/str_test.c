#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void equality_counts_every_byte(void **state)
{
    (void)state;
    assert_true(str_is((struct str){"abc", 2}, "ab"));
    assert_false(str_is((struct str){"abc", 3}, "ab"));
    assert_false(str_is(str_of("ab"), "abc"));
    assert_false(str_is(str_of("ab"), "aB"));
    assert_false(str_equal((struct str){"a\0b", 3}, (struct str){"a\0c", 3}));
    assert_true(str_equal((struct str){NULL, 0}, str_of("")));
}

static void case_counts_for_nothing_in_ascii_alone(void **state)
{
    (void)state;
    assert_true(str_is_caseless(str_of("AcTiVe"), "active"));
    assert_true(str_is_caseless((struct str){NULL, 0}, ""));
    assert_false(str_is_caseless(str_of("active"), "activ"));
    assert_false(str_is_caseless(str_of("activ"), "active"));
    assert_false(str_is_caseless(str_of("\xC3\xA4"), "\xC3\x84"));
    assert_int_equal(str_lower('Z'), 'z');
    assert_int_equal(str_lower('['), '[');
    assert_int_equal(str_upper('a'), 'A');
    assert_int_equal(str_upper('{'), '{');
}

static void a_prefix_is_no_longer_than_its_text(void **state)
{
    (void)state;
    assert_true(str_starts(str_of("mdm:1"), "mdm:"));
    assert_true(str_starts(str_of("mdm:"), "mdm:"));
    assert_true(str_starts((struct str){NULL, 0}, ""));
    assert_false(str_starts((struct str){"mdm:", 3}, "mdm:"));
    assert_false(str_starts(str_of("MDM:"), "mdm:"));
}

static void order_is_bytewise_and_a_prefix_comes_first(void **state)
{
    static const char *const ordered[] = {"", "A", "AB", "B", "a", "\xC3\xA4"};

    (void)state;
    for (size_t i = 0; i < sizeof ordered / sizeof *ordered; i++) {
        for (size_t j = 0; j < sizeof ordered / sizeof *ordered; j++) {
            int order = str_compare(str_of(ordered[i]), str_of(ordered[j]));

            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    }
    assert_int_equal(str_compare((struct str){NULL, 0}, str_of("")), 0);
}

static void trimming_takes_blanks_at_both_ends(void **state)
{
    (void)state;
    assert_true(str_is(str_trim(str_of(" \t\r\na b\n ")), "a b"));
    assert_true(str_is(str_trim(str_of(" \n ")), ""));
    assert_true(str_is(str_trim((struct str){NULL, 0}), ""));
    assert_true(str_is(str_trim(str_of("\xC2\xA0x")), "\xC2\xA0x"));
}

static void a_hexadecimal_digit_has_its_value(void **state)
{
    static const char digits[] = "0123456789abcdef";

    (void)state;
    for (int i = 0; i < 16; i++) {
        assert_int_equal(str_hex_digit(digits[i]), i);
        assert_int_equal(str_hex_digit(str_upper(digits[i])), i);
    }
    assert_int_equal(str_hex_digit('g'), -1);
    assert_int_equal(str_hex_digit('/'), -1);
    assert_int_equal(str_hex_digit(':'), -1);
    assert_int_equal(str_hex_digit('\0'), -1);
    assert_int_equal(str_hex_digit('\xFF'), -1);
    assert_true(str_is_digit('9'));
    assert_false(str_is_digit('a'));
}

static void the_nearest_word_is_few_edits_away(void **state)
{
    static const char *const words[] = {"check", "sync", "schema", "migrate"};
    char beyond[65];
    const char *long_words[] = {beyond};

    (void)state;
    assert_string_equal(str_nearest("shema", words, 4), "schema");
    assert_string_equal(str_nearest("migarte", words, 4), "migrate");
    assert_string_equal(str_nearest("synk", words, 4), "sync");
    assert_string_equal(str_nearest("snyc", words, 4), "sync");
    assert_string_equal(str_nearest("ysnc", words, 4), "sync");
    assert_string_equal(str_nearest("sycn", words, 4), "sync");
    assert_null(str_nearest("cysn", words, 4));
    assert_null(str_nearest("sn", words, 4));
    assert_null(str_nearest("chickens", words, 4));
    assert_null(str_nearest("", words, 4));
    assert_null(str_nearest("sync", words, 0));
    memset(beyond, 'a', sizeof beyond - 1);
    beyond[64] = '\0';
    assert_null(str_nearest(beyond, long_words, 1));
    assert_null(str_nearest("a", long_words, 1));
    beyond[63] = '\0';
    assert_string_equal(str_nearest(beyond, long_words, 1), beyond);
}

static void of_equally_near_words_the_first_is_named(void **state)
{
    static const char *const words[] = {"cat", "bat"};

    (void)state;
    assert_string_equal(str_nearest("hat", words, 2), "cat");
}

static void makes_line(const char *text, const char *expected)
{
    char line[64];

    assert_true(strlen(text) < sizeof line);
    memcpy(line, text, strlen(text) + 1);
    str_make_line(line);
    assert_string_equal(line, expected);
}

static void a_line_holds_nothing_that_a_terminal_obeys(void **state)
{
    (void)state;
    makes_line("", "");
    makes_line("a\nb\tc\x1B[31m\x7F", "a?b?c?[31m?");
    makes_line("\xC2\x80\xC2\x9B"
               "2J\xC2\x9F\xC2\xA0",
        "??2J?\xC2\xA0");
}

static void a_line_is_valid_utf8(void **state)
{
    (void)state;
    makes_line("gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80",
        "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80");
    makes_line("cut \xF0\x9F\x98", "cut ???");
    makes_line("\xC3", "?");
    makes_line("\xC0\xAF \xE0\x80\x80 \xF0\x80\x80\x80", "?? ??? ????");
    makes_line("\xED\x9F\xBF \xED\xA0\x80 \xEE\x80\x80", "\xED\x9F\xBF ??? \xEE\x80\x80");
    makes_line("\xF4\x8F\xBF\xBF \xF4\x90\x80\x80 \xF5\x80", "\xF4\x8F\xBF\xBF ???? ??");
    makes_line("\x80x\xFF", "?x?");
}

static void utf8_is_told_from_other_bytes(void **state)
{
    (void)state;
    assert_true(str_is_utf8(""));
    assert_true(str_is_utf8("a\n\x7F"));
    assert_true(str_is_utf8("\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80"));
    assert_true(str_is_utf8("\xEF\xBF\xBD"));
    assert_false(str_is_utf8("a\xFF"));
    assert_false(str_is_utf8("\xC3"));
    assert_false(str_is_utf8("\xC3"
                             "a"));
    assert_false(str_is_utf8("\xC0\x80"));
    assert_false(str_is_utf8("\xED\xA0\x80"));
    assert_false(str_is_utf8("\xF4\x90\x80\x80"));
    assert_false(str_is_utf8("\x80"));
}

static void a_line_turns_no_order_around_and_hides_nothing(void **state)
{
    (void)state;
    makes_line("a\xE2\x80\xAE"
               "b\xE2\x81\xA6"
               "c\xE2\x80\x8F"
               "d",
        "a?b?c?d");
    makes_line("\xE2\x80\xA8|\xE2\x80\xA9|\xEF\xBB\xBF|\xF3\xA0\x81\x81", "?|?|?|?");
    makes_line("\xD7\xA9\xD7\x9C \xF0\x9F\x98\x80 e\xCC\x81",
        "\xD7\xA9\xD7\x9C \xF0\x9F\x98\x80 e\xCC\x81");
}

static void columns_are_counted_and_not_bytes(void **state)
{
    size_t taken;

    (void)state;
    assert_int_equal(str_width(""), 0);
    assert_int_equal(str_width("abc"), 3);
    assert_int_equal(str_width("\xC3\xA4\xC3\xB6"), 2);
    assert_int_equal(str_width("e\xCC\x81"), 1);
    assert_int_equal(str_width("\xE6\x97\xA5\xE6\x9C\xAC"), 4);
    assert_int_equal(str_fit("\xE6\x97\xA5\xE6\x9C\xAC", 3, &taken), 3);
    assert_int_equal(taken, 2);
    assert_int_equal(str_fit("\xC3\xA4\xC3\xB6x", 2, &taken), 4);
    assert_int_equal(taken, 2);
    assert_int_equal(str_fit("ab", 9, &taken), 2);
    assert_int_equal(taken, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_counts_every_byte),
        cmocka_unit_test(a_line_turns_no_order_around_and_hides_nothing),
        cmocka_unit_test(columns_are_counted_and_not_bytes),
        cmocka_unit_test(case_counts_for_nothing_in_ascii_alone),
        cmocka_unit_test(a_prefix_is_no_longer_than_its_text),
        cmocka_unit_test(order_is_bytewise_and_a_prefix_comes_first),
        cmocka_unit_test(trimming_takes_blanks_at_both_ends),
        cmocka_unit_test(a_hexadecimal_digit_has_its_value),
        cmocka_unit_test(the_nearest_word_is_few_edits_away),
        cmocka_unit_test(of_equally_near_words_the_first_is_named),
        cmocka_unit_test(a_line_holds_nothing_that_a_terminal_obeys),
        cmocka_unit_test(a_line_is_valid_utf8),
        cmocka_unit_test(utf8_is_told_from_other_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
