#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/pace.h"

static void nothing_is_told_before_a_second(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 100, false, 5000);
    pace_note(&pace, 200, false, 5900);
    assert_true(pace_rate(&pace) < 0);
    assert_int_equal(pace_to_go(&pace, 100, 0), -1);
    pace_note(&pace, 300, false, 7000);
    assert_true(pace_rate(&pace) > 99.9 && pace_rate(&pace) < 100.1);
    assert_int_equal(pace_to_go(&pace, 100, 0), 1000);
}

static void the_time_to_go_is_never_below_what_the_limits_make(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 0, false, 0);
    pace_note(&pace, 10000, false, 2000);
    assert_int_equal(pace_to_go(&pace, 5000, 119000), 119000);
    assert_int_equal(pace_to_go(&pace, 0, 59000), 59000);
    assert_int_equal(pace_to_go(&pace, -1, 59000), -1);
}

/* A burst of a second, and the rest of the minute nothing: the wait is the limits' alone, and is
 * not counted twice. */
static void a_wait_for_the_limit_is_no_work(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 0, false, 0);
    pace_note(&pace, 1000, false, 1000);
    for (int64_t now = 1250; now <= 60000; now += 250) {
        pace_note(&pace, 1000, true, now);
    }
    assert_int_equal(pace_to_go(&pace, 2000, 0), 2000);
    assert_int_equal(pace_to_go(&pace, 2000, 60000), 60000);
    assert_true(pace_rate(&pace) < 17);
}

static void the_rate_is_of_the_last_minutes(void **state)
{
    struct pace pace = {0};
    int64_t done = 0;

    (void)state;
    for (int64_t now = 0; now <= 600000; now += 250) {
        pace_note(&pace, done, false, now);
        done += now < 300000 ? 25 : 250;
    }
    assert_true(pace_rate(&pace) > 990 && pace_rate(&pace) < 1010);
}

static void what_begins_anew_has_a_pace_of_its_own(void **state)
{
    struct pace pace = {0};

    (void)state;
    pace_note(&pace, 500, false, 0);
    pace_note(&pace, 900, false, 2000);
    pace_note(&pace, 0, false, 4000);
    assert_true(pace_rate(&pace) < 0);
    pace_note(&pace, 100, false, 6000);
    assert_true(pace_rate(&pace) > 49 && pace_rate(&pace) < 51);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_told_before_a_second),
        cmocka_unit_test(the_time_to_go_is_never_below_what_the_limits_make),
        cmocka_unit_test(a_wait_for_the_limit_is_no_work),
        cmocka_unit_test(the_rate_is_of_the_last_minutes),
        cmocka_unit_test(what_begins_anew_has_a_pace_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
