#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "page/chart_bars.h"

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

static void segments_of_a_bar_meet(void **state)
{
    const struct chart_segment thirds[] = {{1, "good"}, {1, "bad"}, {1, "unknown"}};

    (void)state;
    chart_bar(&out, thirds, 3, 3);
    has("class=\"good\" x=\"0.0%\" width=\"33.3%\"");
    has("class=\"bad\" x=\"33.3%\" width=\"33.4%\"");
    has("class=\"unknown\" x=\"66.7%\" width=\"33.3%\"");
}

static void a_bar_of_nothing_is_its_rail(void **state)
{
    const struct figures_counts none = {0, 0, 0, 0};

    (void)state;
    chart_compliance_bar(&out, &none);
    is_counted(1, "<rect");
    has("class=\"rail\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(segments_of_a_bar_meet, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bar_of_nothing_is_its_rail, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
