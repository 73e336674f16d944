#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page/scale.h"

static void a_share_is_rounded_to_thousandths(void **state)
{
    (void)state;
    assert_int_equal(scale_permille(1, 3), 333);
    assert_int_equal(scale_permille(2, 3), 667);
    assert_int_equal(scale_permille(INT64_MAX / 2, INT64_MAX), 500);
}

static void none_and_all_are_not_rounded_to(void **state)
{
    (void)state;
    assert_int_equal(scale_permille(0, 5), 0);
    assert_int_equal(scale_permille(5, 5), 1000);
    assert_int_equal(scale_permille(1, 1000000), 1);
    assert_int_equal(scale_permille(999999, 1000000), 999);
}

static void a_share_of_nothing_is_none(void **state)
{
    (void)state;
    assert_int_equal(scale_permille(0, 0), 0);
    assert_int_equal(scale_permille(1, 0), 0);
    assert_int_equal(scale_permille(-1, 5), 0);
    assert_int_equal(scale_permille(6, 5), 1000);
}

static void marks_are_at_round_numbers(void **state)
{
    static const int64_t wanted[][2] = {{0, 1}, {1, 1}, {5, 1}, {6, 2}, {11, 5}, {25, 5}, {26, 10},
        {51, 20}, {101, 50}, {4200, 1000}, {5001, 2000}, {100000, 20000}};

    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_int_equal(scale_step(wanted[i][0], 5), wanted[i][1]);
    }
    assert_true(scale_step(INT64_MAX / 2, 5) > 0);
}

static void an_axis_ends_at_a_mark(void **state)
{
    (void)state;
    assert_int_equal(scale_top(0, 1), 1);
    assert_int_equal(scale_top(4200, 1000), 5000);
    assert_int_equal(scale_top(5000, 1000), 5000);
}

static void is_axis(int least, int most, int low, int high, int step)
{
    struct scale_axis axis = scale_share_axis(least, most);

    assert_int_equal(axis.low, low);
    assert_int_equal(axis.high, high);
    assert_int_equal(axis.step, step);
}

static void an_axis_of_shares_shows_what_changes(void **state)
{
    (void)state;
    is_axis(705, 815, 65, 85, 5);
    is_axis(0, 1000, 0, 100, 20);
    is_axis(1000, 1000, 80, 100, 5);
    is_axis(0, 0, 0, 20, 5);
    is_axis(999, 1000, 80, 100, 5);
    is_axis(520, 830, 50, 90, 10);
}

static void its_marks_meet_both_ends_and_all_values_are_between(void **state)
{
    (void)state;
    for (int least = 0; least <= 1000; least += 7) {
        for (int most = least; most <= 1000; most += 7) {
            struct scale_axis axis = scale_share_axis(least, most);

            assert_true(axis.step > 0 && (axis.high - axis.low) % axis.step == 0);
            assert_true(axis.low >= 0 && axis.low * 10 <= least);
            assert_true(axis.high <= 100 && axis.high * 10 >= most);
            assert_true(axis.high - axis.low >= 20);
        }
    }
}

static void a_place_is_counted_from_the_top(void **state)
{
    (void)state;
    assert_int_equal(scale_place(100, 0, 100, 180), 0);
    assert_int_equal(scale_place(0, 0, 100, 180), 180);
    assert_int_equal(scale_place(50, 0, 100, 180), 90);
    assert_int_equal(scale_place(75, 50, 100, 1000), 500);
    assert_int_equal(scale_place(INT64_MAX, 0, INT64_MAX, 1000), 0);
}

static void what_is_beyond_the_axis_is_at_its_edge(void **state)
{
    (void)state;
    assert_int_equal(scale_place(101, 0, 100, 180), 0);
    assert_int_equal(scale_place(-1, 0, 100, 180), 180);
    assert_int_equal(scale_place(5, 0, 0, 180), 180);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_rounded_to_thousandths),
        cmocka_unit_test(none_and_all_are_not_rounded_to),
        cmocka_unit_test(a_share_of_nothing_is_none),
        cmocka_unit_test(marks_are_at_round_numbers),
        cmocka_unit_test(an_axis_ends_at_a_mark),
        cmocka_unit_test(an_axis_of_shares_shows_what_changes),
        cmocka_unit_test(its_marks_meet_both_ends_and_all_values_are_between),
        cmocka_unit_test(a_place_is_counted_from_the_top),
        cmocka_unit_test(what_is_beyond_the_axis_is_at_its_edge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
