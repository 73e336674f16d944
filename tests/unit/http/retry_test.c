#include "http/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/timestamp.h"

enum { SEEDS = 2000 };

static struct http_retry retry_of(int limit, uint64_t random)
{
    return (struct http_retry){.limit = limit, .base_ms = HTTP_RETRY_BASE_MS, .random = random};
}

static int64_t wait_for(enum http_outcome outcome, long status, int64_t after, int tried)
{
    struct http_retry retry = retry_of(5, 1);

    return http_retry_wait(&retry, outcome, status, after, tried);
}

static int64_t at(const char *iso)
{
    int64_t ms = 0;

    assert_true(timestamp_parse_iso(str_of(iso), &ms));
    return ms;
}

static int64_t after(const char *value, const char *now)
{
    return http_retry_after(str_of(value), at(now));
}

static void only_statuses_that_may_change_are_tried_again(void **state)
{
    (void)state;
    for (long status = 200; status < 600; status++) {
        bool expected = status == 408 || status == 429 || status == 500 || status == 502 ||
                        status == 503 || status == 504;

        assert_int_equal(wait_for(HTTP_ANSWERED, status, -1, 1) >= 0, expected);
    }
}

static void refused_credentials_are_never_tried_again(void **state)
{
    (void)state;
    assert_int_equal(wait_for(HTTP_ANSWERED, 401, 0, 1), -1);
    assert_int_equal(wait_for(HTTP_ANSWERED, 403, 0, 1), -1);
}

static void a_lost_connection_is_tried_again_and_a_final_failure_is_not(void **state)
{
    (void)state;
    assert_true(wait_for(HTTP_UNREACHABLE, 0, -1, 1) >= 0);
    assert_true(wait_for(HTTP_BROKEN, 0, -1, 1) >= 0);
    assert_true(wait_for(HTTP_BROKEN, 200, -1, 1) >= 0);
    assert_int_equal(wait_for(HTTP_FINAL, 0, -1, 1), -1);
    assert_int_equal(wait_for(HTTP_FINAL, 503, 1000, 1), -1);
}

static void the_limit_counts_the_tries_after_the_first(void **state)
{
    struct http_retry none = retry_of(0, 1);
    struct http_retry two = retry_of(2, 1);

    (void)state;
    assert_int_equal(http_retry_wait(&none, HTTP_UNREACHABLE, 0, -1, 1), -1);
    assert_true(http_retry_wait(&two, HTTP_UNREACHABLE, 0, -1, 1) >= 0);
    assert_true(http_retry_wait(&two, HTTP_UNREACHABLE, 0, -1, 2) >= 0);
    assert_int_equal(http_retry_wait(&two, HTTP_UNREACHABLE, 0, -1, 3), -1);
}

static void a_malformed_answer_is_tried_again_once(void **state)
{
    struct http_retry retry = retry_of(5, 1);

    (void)state;
    assert_true(http_retry_wait(&retry, HTTP_MALFORMED, 200, -1, 1) >= 0);
    assert_true(http_retry_wait(&retry, HTTP_BROKEN, 0, -1, 2) >= 0);
    assert_int_equal(http_retry_wait(&retry, HTTP_MALFORMED, 200, -1, 3), -1);
}

static void a_malformed_answer_after_other_failures_still_gets_its_try(void **state)
{
    struct http_retry retry = retry_of(5, 1);

    (void)state;
    assert_true(http_retry_wait(&retry, HTTP_ANSWERED, 503, -1, 1) >= 0);
    assert_true(http_retry_wait(&retry, HTTP_MALFORMED, 200, -1, 2) >= 0);
    assert_int_equal(http_retry_wait(&retry, HTTP_MALFORMED, 200, -1, 3), -1);
}

static void a_call_may_want_fewer_tries_of_a_failing_answer(void **state)
{
    struct http_retry once = retry_of(5, 1);
    struct http_retry thrice = retry_of(5, 1);
    struct http_retry few = retry_of(1, 1);

    (void)state;
    once.tries_of_failed = 1;
    assert_true(http_retry_wait(&once, HTTP_ANSWERED, 503, -1, 1) >= 0);
    assert_true(http_retry_wait(&once, HTTP_BROKEN, 0, -1, 2) >= 0);
    assert_true(http_retry_wait(&once, HTTP_ANSWERED, 502, -1, 3) >= 0);
    assert_int_equal(http_retry_wait(&once, HTTP_ANSWERED, 500, -1, 4), -1);
    thrice.tries_of_failed = 3;
    assert_true(http_retry_wait(&thrice, HTTP_MALFORMED, 200, -1, 1) >= 0);
    assert_true(http_retry_wait(&thrice, HTTP_ANSWERED, 500, -1, 2) >= 0);
    assert_int_equal(http_retry_wait(&thrice, HTTP_MALFORMED, 200, -1, 3), -1);
    few.tries_of_failed = 5;
    assert_true(http_retry_wait(&few, HTTP_ANSWERED, 500, -1, 1) >= 0);
    assert_int_equal(http_retry_wait(&few, HTTP_ANSWERED, 500, -1, 2), -1);
}

static void the_server_says_how_long_429_and_503_wait(void **state)
{
    (void)state;
    assert_int_equal(wait_for(HTTP_ANSWERED, 429, 7000, 1), 7000);
    assert_int_equal(wait_for(HTTP_ANSWERED, 503, 0, 3), 0);
    assert_int_equal(wait_for(HTTP_ANSWERED, 429, 599999, 1), 599999);
}

static void nobody_is_waited_for_longer_than_ten_minutes(void **state)
{
    (void)state;
    assert_int_equal(wait_for(HTTP_ANSWERED, 429, 600001, 1), 600000);
    assert_int_equal(wait_for(HTTP_ANSWERED, 503, INT64_MAX, 1), 600000);
}

static void retry_after_counts_for_429_and_503_alone(void **state)
{
    (void)state;
    assert_in_range(wait_for(HTTP_ANSWERED, 500, 7000, 1), 250, 500);
    assert_in_range(wait_for(HTTP_BROKEN, 0, 7000, 1), 250, 500);
}

/* Over many seeds: within [half, whole] of the doubled base, and near both ends. */
static void check_bounds(int tried, int64_t whole)
{
    int64_t least = INT64_MAX;
    int64_t most = 0;

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct http_retry retry = retry_of(100, seed);
        int64_t wait = http_retry_wait(&retry, HTTP_UNREACHABLE, 0, -1, tried);

        assert_in_range(wait, whole / 2, whole);
        least = wait < least ? wait : least;
        most = wait > most ? wait : most;
    }
    assert_true(least < whole / 2 + whole / 20);
    assert_true(most > whole - whole / 20);
}

static void the_wait_doubles_up_to_a_minute_and_half_of_it_is_chance(void **state)
{
    static const int64_t wholes[] = {500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};

    (void)state;
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        check_bounds((int)i + 1, wholes[i]);
    }
    check_bounds(100, 60000);
}

static void a_base_beyond_the_ceiling_and_one_of_nothing_are_both_bounded(void **state)
{
    struct http_retry huge = {.limit = 100, .base_ms = INT64_MAX, .random = 3};
    struct http_retry odd = {.limit = 100, .base_ms = 59999, .random = 3};
    struct http_retry nothing = {.limit = 100, .base_ms = 0, .random = 3};
    struct http_retry one = {.limit = 100, .base_ms = 1, .random = 3};

    (void)state;
    assert_in_range(http_retry_wait(&huge, HTTP_BROKEN, 0, -1, 50), 30000, 60000);
    assert_in_range(http_retry_wait(&odd, HTTP_BROKEN, 0, -1, 2), 30000, 60000);
    assert_int_equal(http_retry_wait(&nothing, HTTP_BROKEN, 0, -1, 50), 0);
    assert_in_range(http_retry_wait(&one, HTTP_BROKEN, 0, -1, 1), 0, 1);
}

static void the_same_seed_gives_the_same_waits_and_two_waits_differ(void **state)
{
    struct http_retry a = retry_of(100, 42);
    struct http_retry b = retry_of(100, 42);
    int64_t first = http_retry_wait(&a, HTTP_BROKEN, 0, -1, 20);

    (void)state;
    assert_int_equal(first, http_retry_wait(&b, HTTP_BROKEN, 0, -1, 20));
    assert_int_not_equal(first, http_retry_wait(&a, HTTP_BROKEN, 0, -1, 20));
}

static void retry_after_is_read_as_seconds(void **state)
{
    (void)state;
    assert_int_equal(after("0", "2024-01-01T00:00:00Z"), 0);
    assert_int_equal(after("120", "2024-01-01T00:00:00Z"), 120000);
    assert_int_equal(after(" 007\t", "2024-01-01T00:00:00Z"), 7000);
}

static void huge_seconds_stay_huge_and_do_not_overflow(void **state)
{
    (void)state;
    assert_int_equal(after("99999999999999999999999999", "2024-01-01T00:00:00Z"), TIMESTAMP_MAX);
    assert_int_equal(after("9223372036854775807", "2024-01-01T00:00:00Z"), TIMESTAMP_MAX);
    assert_int_equal(after("18446744073709551616", "2024-01-01T00:00:00Z"), TIMESTAMP_MAX);
    assert_int_equal(after("253402300798", "2024-01-01T00:00:00Z"), INT64_C(253402300798000));
}

static void retry_after_is_read_in_the_three_forms_of_a_date(void **state)
{
    static const char *const forms[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"};

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_int_equal(after(forms[i], "1994-11-06T08:49:07.500Z"), 29500);
    }
    assert_int_equal(after("Wed Nov 16 08:49:37 1994", "1994-11-16T08:49:36Z"), 1000);
    assert_int_equal(after("Thu, 29 Feb 2024 23:59:60 GMT", "2024-02-29T23:59:59Z"), 1000);
}

static void a_date_that_is_past_means_now(void **state)
{
    (void)state;
    assert_int_equal(after("Sun, 06 Nov 1994 08:49:37 GMT", "2024-01-01T00:00:00Z"), 0);
    assert_int_equal(after("Thu, 01 Jan 1970 00:00:00 GMT", "2024-01-01T00:00:00Z"), 0);
    assert_int_equal(after("Mon, 01 Jan 0001 00:00:00 GMT", "2024-01-01T00:00:00Z"), 0);
}

static void a_date_far_ahead_is_far_ahead(void **state)
{
    (void)state;
    assert_int_equal(after("Fri, 31 Dec 9999 23:59:59 GMT", "2024-01-01T00:00:00Z"),
        at("9999-12-31T23:59:59Z") - at("2024-01-01T00:00:00Z"));
}

static void a_year_of_two_digits_is_at_most_fifty_years_ahead(void **state)
{
    const char *now = "2024-01-01T00:00:00Z";

    (void)state;
    assert_int_equal(after("Monday, 01-Jan-73 00:00:00 GMT", now), at("2073-01-01") - at(now));
    assert_int_equal(after("Monday, 01-Jan-76 00:00:00 GMT", now), 0);
    assert_int_equal(after("Monday, 01-Jan-24 00:00:05 GMT", now), 5000);
    assert_int_equal(after("Friday, 01-Jan-00 00:00:02 GMT", "2099-12-31T23:59:59Z"), 3000);
}

static void what_is_neither_is_refused(void **state)
{
    static const char *const values[] = {"", " ", "-1", "+1", "1.5", "1s", "0x10", "soon",
        "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37 GMT tomorrow", "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
        "Wed, 29 Feb 2023 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 06 08:49:37 94", "Sun, ", "S"};

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_int_equal(after(values[i], "1994-01-01T00:00:00Z"), -1);
    }
}

static void bytes_behind_the_value_are_not_read(void **state)
{
    (void)state;
    assert_int_equal(http_retry_after((struct str){"12345", 2}, 0), 12000);
    assert_int_equal(http_retry_after((struct str){"Sun, 06 Nov 1994 08:49:37 GMT", 28}, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_statuses_that_may_change_are_tried_again),
        cmocka_unit_test(refused_credentials_are_never_tried_again),
        cmocka_unit_test(a_lost_connection_is_tried_again_and_a_final_failure_is_not),
        cmocka_unit_test(the_limit_counts_the_tries_after_the_first),
        cmocka_unit_test(a_malformed_answer_is_tried_again_once),
        cmocka_unit_test(a_malformed_answer_after_other_failures_still_gets_its_try),
        cmocka_unit_test(a_call_may_want_fewer_tries_of_a_failing_answer),
        cmocka_unit_test(the_server_says_how_long_429_and_503_wait),
        cmocka_unit_test(nobody_is_waited_for_longer_than_ten_minutes),
        cmocka_unit_test(retry_after_counts_for_429_and_503_alone),
        cmocka_unit_test(the_wait_doubles_up_to_a_minute_and_half_of_it_is_chance),
        cmocka_unit_test(a_base_beyond_the_ceiling_and_one_of_nothing_are_both_bounded),
        cmocka_unit_test(the_same_seed_gives_the_same_waits_and_two_waits_differ),
        cmocka_unit_test(retry_after_is_read_as_seconds),
        cmocka_unit_test(huge_seconds_stay_huge_and_do_not_overflow),
        cmocka_unit_test(retry_after_is_read_in_the_three_forms_of_a_date),
        cmocka_unit_test(a_date_that_is_past_means_now),
        cmocka_unit_test(a_date_far_ahead_is_far_ahead),
        cmocka_unit_test(a_year_of_two_digits_is_at_most_fifty_years_ahead),
        cmocka_unit_test(what_is_neither_is_refused),
        cmocka_unit_test(bytes_behind_the_value_are_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
