#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/sync_table.h"

static const struct load_settings destination = {.type = LOAD_CSV, .directory = "/srv/inventory"};

static struct sync_report report_of(enum error_kind kind, const char *text)
{
    struct sync_report report = {.tenant = "acme",
        .calls = 1,
        .finished_at = 2500,
        .entities = {{.entity = "device", .calls = 1}, {.entity = "device_app"}},
        .entity_count = 2};

    if (kind != ERROR_NONE) {
        (void)error_set(&report.error, kind, "%s", text);
    }
    return report;
}

static void table_is(
    const struct sync_report *report, int columns, bool dry_run, const char *expected)
{
    const struct style style = {.is_terminal = columns > 0, .columns = columns};
    const struct sync_table_settings settings = {&destination, dry_run};
    struct buffer out;

    buffer_init(&out, 10000);
    sync_table_write(&out, &style, report, 1, &settings);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

#define PLAIN_NAMES                                                                                \
    "tenant  outcome  entity  listing  fetched  inserted  updated  deleted  unchanged  "           \
    "rejected  calls  seconds\n"

static void a_run_that_asked_for_nothing_has_its_end_alone(void **state)
{
    struct sync_report report = report_of(ERROR_CREDENTIALS, "refused");

    (void)state;
    table_is(&report, 80, false,
        "acme: failed: refused\ntotal: 1 calls, 0 B in 0:03\n"
        "acme: to see what fails: uemsync check --tenant acme\n");
    table_is(&report, 0, false,
        PLAIN_NAMES
        "acme    failed   -       -              -         -        -        -          "
        "-         -      1      2.5\n");
}

static void an_interrupted_run_says_so_once(void **state)
{
    struct sync_report report = report_of(ERROR_INTERRUPTED, "interrupted");

    (void)state;
    report.entities[0].calls = 5;
    table_is(&report, 80, false,
        "entity    outcome     fetched  calls  received\n"
        "acme: interrupted\n"
        "  device  not loaded        0      5       0 B\n"
        "total: 1 calls, 0 B in 0:03\n");
    (void)error_set(&report.error, ERROR_INTERRUPTED, "interrupted while it waited");
    report.entities[0].calls = 0;
    table_is(
        &report, 80, false, "acme: interrupted while it waited\ntotal: 1 calls, 0 B in 0:03\n");
}

static void a_dry_run_says_that_nothing_was_loaded(void **state)
{
    struct sync_report report = report_of(ERROR_NONE, "");

    (void)state;
    report.entity_count = 1;
    report.entities[0].completeness = SYNC_PROVEN;
    table_is(&report, 80, true,
        "entity    outcome   fetched  calls  received\n"
        "acme: complete\n"
        "  device  complete        0      1       0 B\n"
        "total: 1 calls, 0 B in 0:03\n"
        "acme: dry run: nothing was loaded\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_asked_for_nothing_has_its_end_alone),
        cmocka_unit_test(an_interrupted_run_says_so_once),
        cmocka_unit_test(a_dry_run_says_that_nothing_was_loaded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
