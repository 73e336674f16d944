#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/timestamp.h"
#include "base/zone.h"

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

static void every_format_of_the_guides_is_read(void **state)
{
    static const struct {
        const char *text;
        const char *utc;
    } cases[] = {
        {"Jan 1 2010", "2010-01-01T00:00:00.000Z"},
        {"January 1, 2010", "2010-01-01T00:00:00.000Z"},
        {"January 1, 2010, 00:00:00", "2010-01-01T00:00:00.000Z"},
        {"2010-03-10T15:04:06+00:00", "2010-03-10T15:04:06.000Z"},
        {"03-12-2010 13:23:12", "2010-03-12T13:23:12.000Z"},
        {"01-31-2010 13:23:12", "2010-01-31T13:23:12.000Z"},
        {"7/6/2010 11:29:33 AM", "2010-07-06T11:29:33.000Z"},
        {"7/7/2010 12:14:52 PM", "2010-07-07T12:14:52.000Z"},
        {"7/7/2010 12:14:52 AM", "2010-07-07T00:14:52.000Z"},
        {"7/7/2010 1:14:52 pm", "2010-07-07T13:14:52.000Z"},
        {"12/31/2010", "2010-12-31T00:00:00.000Z"},
        {"12-31-2010", "2010-12-31T00:00:00.000Z"},
        {"Apr 8 2011 12:02:24", "2011-04-08T12:02:24.000Z"},
        {"Apr  8 2011 12:02:24", "2011-04-08T12:02:24.000Z"},
        {"apr 08, 2011 9:02 PM", "2011-04-08T21:02:00.000Z"},
        {"SEPTEMBER 30,2011", "2011-09-30T00:00:00.000Z"},
        {"May 4 2017", "2017-05-04T00:00:00.000Z"},
        {"May 4 2017 13:49:39.5 UTC", "2017-05-04T13:49:39.500Z"},
        {"5/4/2017 1:49 PM GMT", "2017-05-04T13:49:00.000Z"},
        {"5/4/2017 13:49:39+02:00", "2017-05-04T11:49:39.000Z"},
        {"5/4/2017 13:49:39 -0730", "2017-05-04T21:19:39.000Z"},
        {"5/4/2017 13:49:39Z", "2017-05-04T13:49:39.000Z"},
        {"20140407185418.0Z", "2014-04-07T18:54:18.000Z"},
        {"20140407185418Z", "2014-04-07T18:54:18.000Z"},
        {"20140407185418-0100", "2014-04-07T19:54:18.000Z"},
        {" 2020-02-27T09:36:11.062Z\n", "2020-02-27T09:36:11.062Z"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TIMESTAMP_TEXT_SIZE] = "nothing";
        int64_t ms = 0;

        if (timestamp_parse(str_of(cases[i].text), NULL, &ms)) {
            (void)timestamp_format(ms, text);
        }
        if (strcmp(text, cases[i].utc) != 0) {
            fail_msg("%s: %s", cases[i].text, text);
        }
    }
}

static void what_is_no_date_is_refused_in_every_format(void **state)
{
    static const char *const cases[] = {"", " ", "x", "7", "1326179585000", "1326179585",
        "20140407185418", "20141307185418Z", "20140407245418Z", "20140407185418Zx",
        "2014040718541Z", "13/1/2010", "0/1/2010", "2/30/2010", "2/29/2011", "31/12/2010", "7/6/10",
        "7/6-2010", "7-6/2010", "7//2010", "/7/2010", "7/6/2010x", "7/6/2010 ,", "7/6/2010,",
        "7/6/201011:29", "7/6/2010 11", "7/6/2010 11:2", "7/6/2010 25:00", "7/6/2010 24:00",
        "7/6/2010 13:00 AM", "7/6/2010 13:00 PM", "7/6/2010 0:30 AM", "7/6/2010 11:60",
        "7/6/2010 11:29:60", "7/6/2010 11:29:33 XM", "7/6/2010 11:29:33 AM PM",
        "7/6/2010 11:29:33 AM x", "7/6/2010 11:29:33 utc", "7/6/2010 11:29:33.", "7/6/0000",
        "007/6/2010", "7/006/2010", "Jan", "Jan 1", "Jan 2010", "Jan 1 10", "Jan1 2010",
        "Jan 1,, 2010", "Jan 12010", "Jan 32 2010", "Feb 29 2010", "Ja 1 2010", "Janu 1 2010",
        "Foo 1 2010", "Mayo 1 2010", "1 Jan 2010", "Jan 1 2010 x", "2020-13-10", "2020-02-30 10:00",
        "2020-02-27T09:36:11 UTC", "2010/03/10"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t ms = 0;

        if (timestamp_parse(str_of(cases[i]), NULL, &ms)) {
            fail_msg("%s is taken for a time", cases[i]);
        }
    }
}

/* A text in memory of its own size, so that a sanitizer sees a byte read too much. */
static void a_cut_text_is_read_no_further(void **state)
{
    static const char *const cases[] = {"January 1, 2010, 00:00:00 AM +01:00",
        "7/6/2010 11:29:33.062 PM UTC", "20140407185418.0-0130", "2010-03-10T15:04:06.1+00:00"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t size = 0; size <= strlen(cases[i]); size++) {
            char *copy = test_malloc(size + 1);
            int64_t ms = 0;

            memcpy(copy + 1, cases[i], size);
            (void)timestamp_parse((struct str){copy + 1, size}, NULL, &ms);
            test_free(copy);
        }
    }
}

static void a_time_without_zone_is_in_the_one_given(void **state)
{
    static const struct {
        const char *text;
        const char *utc;
    } cases[] = {
        {"7/6/2010 11:29:33 AM", "2010-07-06T09:29:33.000Z"},
        {"Jan 1 2010", "2009-12-31T23:00:00.000Z"},
        {"2010-07-06", "2010-07-05T22:00:00.000Z"},
        {"2010-07-06T11:29:33", "2010-07-06T09:29:33.000Z"},
        /* These say theirs. */
        {"2010-07-06T11:29:33Z", "2010-07-06T11:29:33.000Z"},
        {"2010-07-06T11:29:33-01:00", "2010-07-06T12:29:33.000Z"},
        {"7/6/2010 11:29:33 AM GMT", "2010-07-06T11:29:33.000Z"},
        {"20140407185418.0Z", "2014-04-07T18:54:18.000Z"},
    };
    struct zone *zone = NULL;
    struct error err;
    int64_t ms = 0;

    (void)state;
    assert_true(zone_new(&zone, "Europe/Berlin", &err));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TIMESTAMP_TEXT_SIZE];

        assert_true(timestamp_parse(str_of(cases[i].text), zone, &ms));
        (void)timestamp_format(ms, text);
        assert_string_equal(text, cases[i].utc);
    }
    assert_false(timestamp_parse(str_of("0001-01-01"), zone, &ms));
    assert_true(timestamp_parse(str_of("0001-01-01"), NULL, &ms));
    zone_free(zone);
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
        cmocka_unit_test(every_format_of_the_guides_is_read),
        cmocka_unit_test(what_is_no_date_is_refused_in_every_format),
        cmocka_unit_test(a_cut_text_is_read_no_further),
        cmocka_unit_test(a_time_without_zone_is_in_the_one_given),
        cmocka_unit_test(days_count_on_across_every_month),
        cmocka_unit_test(clocks_go_forward),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
