#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/timestamp.h"

static const struct {
    int64_t ms;
    const char *text;
} times[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {INT64_C(1582796171062), "2020-02-27T09:36:11.062Z"},
    {INT64_C(1582934400000), "2020-02-29T00:00:00.000Z"},
    {INT64_C(951782400000), "2000-02-29T00:00:00.000Z"},
    {INT64_C(4107542400000), "2100-03-01T00:00:00.000Z"},
    {INT64_C(2147483648000), "2038-01-19T03:14:08.000Z"},
    {TIMESTAMP_MIN, "0001-01-01T00:00:00.000Z"},
    {TIMESTAMP_MAX, "9999-12-31T23:59:59.999Z"},
};

static void a_time_is_written_and_read_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char text[TIMESTAMP_TEXT_SIZE];
        int64_t ms = 1;

        assert_int_equal(timestamp_format(times[i].ms, text), 24);
        assert_string_equal(text, times[i].text);
        assert_true(timestamp_parse_iso(str_of(text), &ms));
        assert_int_equal(ms, times[i].ms);
    }
}

static void every_iso_form_is_read(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } cases[] = {
        {"2020-02-27", INT64_C(1582761600000)},
        {"2020-02-27T09:36", INT64_C(1582796160000)},
        {"2020-02-27 09:36:11", INT64_C(1582796171000)},
        {"2020-02-27T09:36:11Z", INT64_C(1582796171000)},
        {"2020-02-27T09:36:11.5Z", INT64_C(1582796171500)},
        {"2020-02-27T09:36:11.06", INT64_C(1582796171060)},
        {"2020-02-27T09:36:11.062999999Z", INT64_C(1582796171062)},
        {"2020-02-27T09:36:11+00:00", INT64_C(1582796171000)},
        {"2020-02-27T11:36:11+02:00", INT64_C(1582796171000)},
        {"2020-02-27T11:36:11+0200", INT64_C(1582796171000)},
        {"2020-02-27T11:36:11+02", INT64_C(1582796171000)},
        {"2020-02-26T23:06:11.000-10:30", INT64_C(1582796171000)},
        {"2020-02-27T09:36Z", INT64_C(1582796160000)},
        {"0001-01-01T00:00:00-01:00", TIMESTAMP_MIN + 3600000},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t ms = 0;

        if (!timestamp_parse_iso(str_of(cases[i].text), &ms) || ms != cases[i].ms) {
            fail_msg("%s: %lld", cases[i].text, (long long)ms);
        }
    }
}

static void what_is_no_time_is_refused(void **state)
{
    static const char *const cases[] = {"", "2020", "2020-02", "2020-2-27", "20200227", "x",
        "0000-01-01", "2020-00-10", "2020-13-10", "2020-02-30", "2019-02-29", "1900-02-29",
        "2020-04-31", "2020-01-00", "2020-01-32", "2020-02-27T", "2020-02-27T09", "2020-02-27T9:36",
        "2020-02-27T24:00", "2020-02-27T09:60", "2020-02-27T09:36:60", "2020-02-27T09:36:11.",
        "2020-02-27T09:36:11.5.5", "2020-02-27T09:36:", "2020-02-27x09:36", "2020-02-27T09:36:11ZZ",
        "2020-02-27T09:36:11+", "2020-02-27T09:36:11+2",
        "2020-02-27T09:36:11+02:", "2020-02-27T09:36:11+16:00", "2020-02-27T09:36:11+02:60",
        "2020-02-27T09:36:11+02:00x", "2020-02-27T09:36:11 UTC", " 2020-02-27", "2020-02-27 ",
        "-2020-02-27", "2020/02/27", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
        "12020-02-27"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t ms = 0;

        if (timestamp_parse_iso(str_of(cases[i]), &ms)) {
            fail_msg("%s is taken for a time", cases[i]);
        }
    }
}

static void days_count_on_across_every_month(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t expected = -719162; /* 0001-01-01 */

    (void)state;
    assert_int_equal(timestamp_days(1970, 1, 1), 0);
    for (int year = 1; year <= 9999; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

        for (int month = 1; month <= 12; month++) {
            assert_int_equal(timestamp_days(year, month, 1), expected);
            expected += lengths[month - 1] + (month == 2 && leap ? 1 : 0);
        }
    }
}

static void clocks_go_forward(void **state)
{
    int64_t before = timestamp_monotonic();

    (void)state;
    assert_true(timestamp_monotonic() >= before);
    assert_true(timestamp_now() > INT64_C(1700000000000));
    assert_true(timestamp_now() < TIMESTAMP_MAX);
}

static void a_compact_time_may_stand_in_a_name(void **state)
{
    char text[TIMESTAMP_TEXT_SIZE];

    (void)state;
    timestamp_format_compact(INT64_C(1582796171062), text);
    assert_string_equal(text, "20200227T093611Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_compact_time_may_stand_in_a_name),
        cmocka_unit_test(a_time_is_written_and_read_back),
        cmocka_unit_test(every_iso_form_is_read),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(days_count_on_across_every_month),
        cmocka_unit_test(clocks_go_forward),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
