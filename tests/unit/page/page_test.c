#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "page/page.h"

#define NOW INT64_C(1700000000000)
#define HOUR INT64_C(3600000)

static struct buffer out;

static int setup(void **state)
{
    (void)state;
    buffer_init(&out, 4 * 1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buffer_release(&out);
    return 0;
}

static void write_page(
    const struct figures_summary *tenants, size_t count, const struct figures *figures)
{
    const struct page page = {"1.2.3", NOW, tenants, count};
    struct error err;

    assert_true(page_begin(&out, &page, &err));
    for (size_t i = 0; i < count; i++) {
        page_tenant(&out, &page, i, figures);
    }
    page_end(&out, &page);
    assert_true(buffer_ok(&out));
}

static void has(const char *text)
{
    if (strstr(buffer_text(&out), text) == NULL) {
        fail_msg("no `%s` in\n%s", text, buffer_text(&out));
    }
}

static void lacks(const char *text)
{
    const char *found = strstr(buffer_text(&out), text);

    if (found != NULL) {
        fail_msg("`%s` is there: %.60s", text, found);
    }
}

/* How often `text` stands behind `begin`, as far as its card goes. */
static int count_behind(const char *begin, const char *text)
{
    const char *from = strstr(buffer_text(&out), begin);
    const char *end = from != NULL ? strstr(from, "</section>") : NULL;
    int count = 0;

    assert_non_null(end);
    for (const char *at = strstr(from, text); at != NULL && at < end; at = strstr(at + 1, text)) {
        count++;
    }
    return count;
}

static void the_page_allows_its_own_styles_and_nothing_else(void **state)
{
    const struct figures_summary tenant = {.tenant = "acme"};
    static const struct figures none;

    (void)state;
    write_page(&tenant, 1, &none);
    has("default-src 'none'; style-src 'sha256-");
    has("<html lang=\"en\">");
    has("name=\"viewport\"");
    has("<title>Device compliance of acme</title>");
    lacks("http:");
    lacks("https:");
    lacks("src=");
    lacks("@import");
    lacks("url(");
    lacks("<script");
    lacks(" style=");
}

static void nothing_known_is_not_nothing(void **state)
{
    const struct figures_summary tenants[] = {
        {.tenant = "acme", .entities = {{"device", FIGURES_NEVER, true}}, .entity_count = 1},
        {.tenant = "b", .counts = {3, 3, 0, 0}}};
    static const struct figures none;

    (void)state;
    write_page(tenants, 1, &none);
    has("Nothing was ever loaded.");
    has("Nothing is known of this tenant yet: no run has loaded its devices.");
    lacks("class=\"tile\"");
    lacks("There are no active devices.");
    lacks("All tenants");
    buffer_clear(&out);
    write_page(tenants, 2, &none);
    has("</th><td>\xe2\x80\x93</td><td>\xe2\x80\x93</td><td>\xe2\x80\x93</td>"
        "<td>\xe2\x80\x93</td><td>never</td>");
    has(">acme</a><small class=\"age\">never loaded</small>");
}

static void no_devices_are_a_page_too(void **state)
{
    const struct figures_summary tenant = {
        .tenant = "acme", .entities = {{"device", NOW - HOUR, true}}, .entity_count = 1};
    static const struct figures none;

    (void)state;
    write_page(&tenant, 1, &none);
    has("There are no active devices.");
    has("There is no history yet");
    has("No apps are known.");
    has("None that is known has ended or ends within 90 days.");
    lacks(">nan");
    lacks("inf%");
    lacks("(null)");
    lacks("<tbody>\n</tbody>");
}

static void a_tenant_that_is_alone_is_named_once(void **state)
{
    const struct figures_summary tenant = {.tenant = "acme", .counts = {1, 1, 0, 0}};
    static const struct figures none;

    (void)state;
    write_page(&tenant, 1, &none);
    assert_int_equal(count_behind("<body>", "acme"), 1);
}

static void what_is_stale_is_said_at_the_top(void **state)
{
    const struct figures_summary tenants[] = {
        {.tenant = "fresh", .entities = {{"device", NOW - 26 * HOUR, true}}, .entity_count = 1},
        {.tenant = "old",
            .entities = {{"device", NOW - 26 * HOUR - 1, true}, {"alert", FIGURES_NEVER, true},
                {"policy", FIGURES_NEVER, false}},
            .entity_count = 3}};
    static const struct figures none;

    (void)state;
    write_page(tenants, 2, &none);
    has("<li><b>old</b>: Never loaded: alert. Loaded too long ago: device (26\xe2\x80\xafh).</li>");
    lacks("<li><b>fresh");
    has("not offered by this server");
}

static void nothing_stale_is_no_warning(void **state)
{
    const struct figures_summary tenant = {.tenant = "fresh",
        .entities = {{"device", NOW - HOUR, true}, {"policy", FIGURES_NEVER, false}},
        .entity_count = 2};
    static const struct figures none;

    (void)state;
    write_page(&tenant, 1, &none);
    lacks("class=\"warning\"");
    has("devices loaded by the run of");
}

static void several_tenants_stand_beside_each_other_and_have_chapters(void **state)
{
    const struct figures_summary tenants[] = {
        {.tenant = "a", .counts = {10, 8, 1, 1}}, {.tenant = "b", .counts = {30, 12, 18, 0}}};
    static const struct figures none;

    (void)state;
    write_page(tenants, 2, &none);
    has("<title>Device compliance</title>");
    has("<h1>Device compliance</h1>\n<p class=\"names\">a, b</p>");
    has("<a href=\"#t1\">a</a>");
    has("<article id=\"t2\">\n<h2>b</h2>");
    has("<data value=\"40\">40</data></td><td>50.0\xe2\x80\xaf%</td><td><data value=\"19\">");
}

static void names_are_escaped_wherever_they_stand(void **state)
{
    static const char hostile[] = "<i>\"&'\xe2\x80\xae";
    const struct figures_summary tenant = {.tenant = "acme",
        .counts = {1, 0, 1, 0},
        .statuses = {{hostile, 1}},
        .status_count = 1,
        .entities = {{hostile, NOW, true}},
        .entity_count = 1};
    static const struct figures figures = {
        .by_os = {{{hostile, {1, 0, 1, 0}}}, 1, 1},
        .by_ownership = {{{hostile, {1, 0, 1, 0}}}, 1, 1},
        .by_group = {{{hostile, {1, 0, 1, 0}}}, 1, 1},
        .reasons = {{hostile, 1}},
        .reason_count = 1,
        .os = {{.name = hostile,
            .baseline = hostile,
            .devices = 1,
            .versions = {{hostile, 1, FIGURES_BEHIND}},
            .version_count = 1}},
        .os_count = 1,
        .ends = {{1, 1, 1}},
        .certificates = {{hostile, true, false, hostile, hostile, 1, 1}},
        .certificate_count = 1,
        .apps = {{.name = hostile,
            .identifier = hostile,
            .os = hostile,
            .installations = 1,
            .version_total = 1,
            .versions = {{hostile, 1}},
            .version_count = 1}},
        .app_count = 1,
    };
    int count = 0;

    (void)state;
    write_page(&tenant, 1, &figures);
    lacks("<i>");
    lacks("\xe2\x80\xae");
    for (const char *at = strstr(buffer_text(&out), "&lt;i&gt;"); at != NULL;
         at = strstr(at + 1, "&lt;i&gt;")) {
        count++;
    }
    assert_int_equal(count, 16);
}

/* Of one operating system: so many devices have the newest version, which is not listed, and
 * others. */
static void judges(const char *baseline, int64_t newest, int64_t others, int64_t behind,
    int64_t unjudged, const char *wanted)
{
    const struct figures_summary tenant = {.tenant = "acme", .counts = {1, 1, 0, 0}};
    struct figures figures = {.os = {{.name = "IOS",
                                  .baseline = baseline,
                                  .devices = newest + others,
                                  .behind = behind,
                                  .unjudged = unjudged,
                                  .at_baseline = newest,
                                  .versions = {{"16", others, FIGURES_BEHIND}},
                                  .version_count = 1}},
        .os_count = 1};

    buffer_clear(&out);
    write_page(&tenant, 1, &figures);
    has(wanted);
}

static void what_cannot_be_judged_does_not_read_as_well(void **state)
{
    (void)state;
    judges("17.1", 90, 5, 5, 0, "without one, than the newest that at least 1 % of an operating");
    judges("17.1", 90, 5, 5, 0,
        "<data value=\"5\">5</data> of 95 devices are behind <bdi>17.1</bdi></p>");
    judges("seventeen", 90, 1, 0, 91,
        "<p class=\"note\">91 devices cannot be judged by <bdi>seventeen</bdi></p>");
    judges("17.1", 90, 5, 2, 3,
        "<p class=\"note\">3 devices cannot be judged; <data value=\"2\">2</data> of the other 92 "
        "devices are behind <bdi>17.1</bdi></p>");
    judges("17.1", 1, 0, 0, 0,
        "<p class=\"note\">1 device, which is judged by its own version, "
        "<bdi>17.1</bdi></p>");
    judges("17.1", 1, 90, 90, 0,
        "of 91 devices are behind <bdi>17.1</bdi>, which one device alone has</p>");
    judges("18", 0, 1, 1, 0, "of 1 device is behind <bdi>18</bdi></p>");
    judges(NULL, 2, 0, 0, 2, "<p class=\"note\">2 devices; no version to judge by</p>");
}

static void measures_say_of_whom_they_are(void **state)
{
    const struct figures_summary tenant = {
        .tenant = "acme", .counts = {24, 10, 13, 1}, .compromised = 1, .quarantined = 7};
    static const struct figures none;

    (void)state;
    write_page(&tenant, 1, &none);
    has("54.2\xe2\x80\xaf% of the active devices; of these, compliant or not, 1 is compromised, "
        "7 are quarantined</span>");
}

/* The views count the devices of a version, and two versions of a device stay two. */
static void what_is_counted_of_an_app_is_its_installations(void **state)
{
    static const struct figures figures = {.apps = {{.name = "Wallet",
                                               .installations = 3,
                                               .version_total = 2,
                                               .versions = {{"2.0", 2}, {"1.0", 1}},
                                               .version_count = 2}},
        .app_count = 1,
        .app_total = 1};
    const struct figures_summary tenant = {.tenant = "acme", .counts = {2, 2, 0, 0}};

    (void)state;
    write_page(&tenant, 1, &figures);
    has("<th scope=\"col\">App</th><th scope=\"col\">Installations</th>");
    has("A device with two versions of an app has two installations of it.");
    has("<td><data value=\"3\">3</data></td><td><data value=\"2\">2</data></td>");
}

static void lists_say_how_many_more_there_are(void **state)
{
    static struct figures figures = {.by_group = {.count = FIGURES_MOST_PARTS, .total = 47},
        .app_count = 1,
        .app_total = 2,
        .certificate_count = 1,
        .certificate_total = 1};
    const struct figures_summary tenant = {.tenant = "acme", .counts = {1, 1, 0, 0}};

    (void)state;
    write_page(&tenant, 1, &figures);
    has("and 27 more, with as few");
    has("and 1 more app</p>");
    lacks("more within 90 days");
}

static void an_issuer_that_may_be_a_person_is_not_named(void **state)
{
    static const struct figures figures = {.ends = {[FIGURES_END_30] = {1, 1, 1}},
        .certificates = {{NULL, true, true, "00112233445566778899", "2027-01-01", 3, 1}},
        .certificate_count = 1,
        .certificate_total = 1};
    const struct figures_summary tenant = {.tenant = "acme", .counts = {1, 1, 0, 0}};

    (void)state;
    write_page(&tenant, 1, &figures);
    has("<span class=\"none\">itself</span><small>identity, 001122334455\xe2\x80\xa6</small>");
}

static void the_share_is_compared_with_that_of_thirty_days_before(void **state)
{
    static const struct figures figures = {
        .days = {{100, true, {100, 90, 10, 0}}, {130, true, {200, 174, 26, 0}}}, .day_count = 2};
    const struct figures_summary tenant = {.tenant = "acme", .counts = {200, 174, 26, 0}};

    (void)state;
    write_page(&tenant, 1, &figures);
    has("; \xe2\x88\x92"
        "3.0 points in 30 days");
    has("29 days were without a run");
}

static void write_days(size_t count)
{
    static struct figures figures;
    const struct figures_summary tenant = {.tenant = "acme", .counts = {1, 1, 0, 0}};

    figures = (struct figures){.day_count = count};
    for (size_t i = 0; i < count; i++) {
        figures.days[i] =
            (struct figures_day){20000 + (int64_t)i, i != count - 8, {100, 90, 10, 0}};
    }
    buffer_clear(&out);
    write_page(&tenant, 1, &figures);
}

static void paper_has_a_day_a_week_and_a_screen_all(void **state)
{
    (void)state;
    write_days(FIGURES_MOST_DAYS);
    assert_int_equal(count_behind("<details>", "<tr><th scope=\"row\">"), 90 + 13);
    assert_int_equal(count_behind("<div class=\"paper\">", "<tr><th scope=\"row\">"), 13);
    /* 20089 is 2025-01-01, and the latest. */
    assert_int_equal(count_behind("<div class=\"paper\">", ">1 Jan 2025<"), 1);
    assert_int_equal(
        count_behind("<div class=\"paper\">", ">25 Dec 2024 <span class=\"none\">no run</span><"),
        1);
    assert_int_equal(count_behind("<div class=\"paper\">", "Every seventh day"), 1);
}

static void two_weeks_are_printed_day_by_day(void **state)
{
    (void)state;
    write_days(14);
    assert_int_equal(count_behind("<div class=\"paper\">", "<tr><th scope=\"row\">"), 14);
    assert_int_equal(count_behind("<div class=\"paper\">", "Every seventh day"), 0);
    write_days(15);
    assert_int_equal(count_behind("<div class=\"paper\">", "<tr><th scope=\"row\">"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_page_allows_its_own_styles_and_nothing_else, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_known_is_not_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(no_devices_are_a_page_too, setup, teardown),
        cmocka_unit_test_setup_teardown(a_tenant_that_is_alone_is_named_once, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_stale_is_said_at_the_top, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_stale_is_no_warning, setup, teardown),
        cmocka_unit_test_setup_teardown(
            several_tenants_stand_beside_each_other_and_have_chapters, setup, teardown),
        cmocka_unit_test_setup_teardown(names_are_escaped_wherever_they_stand, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_judged_does_not_read_as_well, setup, teardown),
        cmocka_unit_test_setup_teardown(measures_say_of_whom_they_are, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_is_counted_of_an_app_is_its_installations, setup, teardown),
        cmocka_unit_test_setup_teardown(lists_say_how_many_more_there_are, setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_issuer_that_may_be_a_person_is_not_named, setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_share_is_compared_with_that_of_thirty_days_before, setup, teardown),
        cmocka_unit_test_setup_teardown(paper_has_a_day_a_week_and_a_screen_all, setup, teardown),
        cmocka_unit_test_setup_teardown(two_weeks_are_printed_day_by_day, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
