#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "page/chart_days.h"

static struct buffer out;

static int setup(void **state)
{
    (void)state;
    buffer_init(&out, 1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    assert_true(buffer_ok(&out));
    buffer_release(&out);
    return 0;
}

static void has(const char *text)
{
    if (strstr(buffer_text(&out), text) == NULL) {
        fail_msg("no `%s` in\n%s", text, buffer_text(&out));
    }
}

static void is_counted(int wanted, const char *text)
{
    int count = 0;

    for (const char *at = strstr(buffer_text(&out), text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    assert_int_equal(count, wanted);
}

static struct figures_day day_of(int64_t day, bool has_run, int64_t compliant, int64_t devices)
{
    return (struct figures_day){day, has_run, {devices, compliant, devices - compliant, 0}};
}

static void one_day_stands_at_the_right_end(void **state)
{
    const struct figures_day day = day_of(20000, true, 3, 4);

    (void)state;
    chart_share_of_days(&out, &day, 1);
    has("viewBox=\"0 0 140 1000\"");
    has("class=\"line alone\" vector-effect=\"non-scaling-stroke\" d=\"M135 ");
    has("4 Oct"); /* 20000 is 2024-10-04 */
    is_counted(0, "class=\"gap\"");
}

static void the_line_breaks_where_a_day_is_missing(void **state)
{
    const struct figures_day days[] = {day_of(100, true, 1, 2), day_of(101, true, 1, 2),
        day_of(104, true, 2, 2), day_of(105, true, 2, 2)};

    (void)state;
    chart_share_of_days(&out, days, 4);
    has("d=\"M85 1000L95 1000M125 0L135 0\"");
    has("class=\"line alone\" vector-effect=\"non-scaling-stroke\" d=\"\"");
    is_counted(2, "class=\"gap\"");
    is_counted(2, "class=\"foot\"");
}

static void a_day_without_neighbours_is_a_dot(void **state)
{
    const struct figures_day days[] = {day_of(100, true, 1, 2), day_of(102, true, 1, 2),
        day_of(103, true, 0, 0), day_of(104, true, 2, 2), day_of(105, true, 2, 2)};

    (void)state;
    chart_share_of_days(&out, days, 5);
    has("class=\"line\" vector-effect=\"non-scaling-stroke\" d=\"M125 0L135 0\"");
    has("class=\"line alone\" vector-effect=\"non-scaling-stroke\" d=\"M85 1000h0M105 1000h0\"");
}

static void a_day_without_devices_has_no_share(void **state)
{
    const struct figures_day days[] = {
        day_of(100, true, 0, 0), day_of(101, true, 0, 0), day_of(102, true, 0, 0)};

    (void)state;
    chart_share_of_days(&out, days, 3);
    has("d=\"\"");
    chart_devices_of_days(&out, days, 3);
    is_counted(0, "nan");
    is_counted(0, "inf");
}

static void an_axis_that_does_not_begin_at_0_says_so(void **state)
{
    const struct figures_day high = day_of(100, true, 90, 100);
    const struct figures_day low = day_of(100, true, 1, 100);

    (void)state;
    chart_share_of_days(&out, &high, 1);
    has("</svg></div><p class=\"note\">The axis begins at 70\xe2\x80\xaf%.</p>");
    buffer_clear(&out);
    chart_share_of_days(&out, &low, 1);
    is_counted(0, "The axis begins");
}

static void a_day_without_a_run_is_marked_and_carries_on(void **state)
{
    const struct figures_day days[] = {
        day_of(100, true, 1, 2), day_of(101, false, 1, 2), day_of(102, true, 2, 2)};

    (void)state;
    chart_share_of_days(&out, days, 3);
    is_counted(1, "L125 ");
    is_counted(1, "L135 ");
    is_counted(1, "class=\"gap\"");
    is_counted(1, "(no run; as on the day before)");
}

static void devices_are_stairs_over_the_days(void **state)
{
    const struct figures_day days[] = {day_of(100, true, 5, 5), day_of(101, true, 4, 5)};

    (void)state;
    chart_devices_of_days(&out, days, 2);
    has("class=\"good\" d=\"M120 1000V0h10V200h10V1000h-10V1000h-10z\"");
    has("class=\"bad\" d=\"M120 0V0h10V0h10V200h-10V0h-10z\"");
    has("class=\"good carried\" d=\"\"");
}

static void who_sees_no_chart_hears_its_ends(void **state)
{
    const struct figures_day days[] = {
        {100, true, {4, 1, 2, 1}}, day_of(101, true, 1, 2), {102, true, {1, 1, 0, 0}}};

    (void)state;
    chart_share_of_days(&out, days, 3);
    has("aria-label=\"Compliant share of the active devices, day by day: 11 Apr 1970: "
        "25.0\xe2\x80\xaf%; 13 Apr 1970: 100.0\xe2\x80\xaf%. The table below has all days.\"");
    chart_devices_of_days(&out, days, 3);
    has("11 Apr 1970: 4 devices, 1 compliant, 2 not compliant, 1 unknown; "
        "13 Apr 1970: 1 device, 1 compliant, 0 not compliant, 0 unknown. ");
    buffer_clear(&out);
    chart_share_of_days(&out, days, 1);
    has("day by day: 11 Apr 1970: 25.0\xe2\x80\xaf%. The");
}

static void ninety_days_fill_the_field(void **state)
{
    struct figures_day days[FIGURES_MOST_DAYS];

    (void)state;
    for (size_t i = 0; i < FIGURES_MOST_DAYS; i++) {
        days[i] = day_of(20000 + (int64_t)i, true, 90, 100);
    }
    chart_share_of_days(&out, days, FIGURES_MOST_DAYS);
    has("viewBox=\"0 0 900 1000\"");
    has("M5 ");
    has("L895 ");
    is_counted(FIGURES_MOST_DAYS, "<title>");
    has("<rect class=\"tip\" x=\"98.88%\" width=\"1.11%\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_day_stands_at_the_right_end, setup, teardown),
        cmocka_unit_test_setup_teardown(the_line_breaks_where_a_day_is_missing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_day_without_neighbours_is_a_dot, setup, teardown),
        cmocka_unit_test_setup_teardown(a_day_without_devices_has_no_share, setup, teardown),
        cmocka_unit_test_setup_teardown(an_axis_that_does_not_begin_at_0_says_so, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_day_without_a_run_is_marked_and_carries_on, setup, teardown),
        cmocka_unit_test_setup_teardown(devices_are_stairs_over_the_days, setup, teardown),
        cmocka_unit_test_setup_teardown(who_sees_no_chart_hears_its_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(ninety_days_fill_the_field, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
