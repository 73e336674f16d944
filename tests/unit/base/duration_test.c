#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/duration.h"

static void a_number_and_a_unit_are_a_duration(void **state)
{
    int64_t ms = -1;

    (void)state;
    assert_true(duration_parse(str_of("26h"), &ms));
    assert_int_equal(ms, 26 * 3600000);
    assert_true(duration_parse(str_of("7d"), &ms));
    assert_int_equal(ms, 7 * 86400000);
    assert_true(duration_parse(str_of("0090m"), &ms));
    assert_int_equal(ms, 90 * 60000);
    assert_true(duration_parse(str_of("0s"), &ms));
    assert_int_equal(ms, 0);
    assert_true(duration_parse(str_of("2147483647d"), &ms));
    assert_int_equal(ms, INT64_C(2147483647) * 86400000);
}

static void anything_else_is_none(void **state)
{
    static const char *const texts[] = {"", "h", "26", "26 h", " 26h", "26H", "2.5h", "-1h", "+1h",
        "1h30m", "26hours", "2147483648s", "99999999999999999999d", "1w"};
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ms = -1;
        if (duration_parse(str_of(texts[i]), &ms)) {
            fail_msg("`%s` is taken for %lld ms", texts[i], (long long)ms);
        }
        assert_int_equal(ms, 0);
    }
}

static void a_duration_is_written_as_it_is_read(void **state)
{
    static const char *const texts[] = {"26h", "7d", "90m", "61s", "0s"};
    char text[DURATION_TEXT_SIZE];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(duration_parse(str_of(texts[i]), &ms));
        duration_format(ms, text);
        assert_string_equal(text, texts[i]);
    }
    duration_format(INT64_C(2) * 86400000, text);
    assert_string_equal(text, "2d");
}

static void words_are_of_the_unit_that_tells_enough(void **state)
{
    static const struct {
        int64_t seconds;
        const char *words;
    } cases[] = {{-5, "0 s"}, {0, "0 s"}, {119, "119 s"}, {120, "2 min"}, {7199, "119 min"},
        {7200, "2 h"}, {3 * 3600 + 3599, "3 h"}, {172799, "47 h"}, {172800, "2 d"},
        {400 * 86400, "400 d"}};
    char text[DURATION_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(duration_words(cases[i].seconds * 1000, text), cases[i].words);
    }
    (void)duration_words(INT64_MAX, text);
    assert_string_equal(text, "106751991167 d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_and_a_unit_are_a_duration),
        cmocka_unit_test(anything_else_is_none),
        cmocka_unit_test(a_duration_is_written_as_it_is_read),
        cmocka_unit_test(words_are_of_the_unit_that_tells_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
