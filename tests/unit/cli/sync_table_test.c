#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/sync_table.h"

static const struct load_settings postgres = {.type = LOAD_POSTGRES, .schema = "order"};
static const struct load_settings csv = {.type = LOAD_CSV, .directory = "/data"};
static const struct style terminal = {.is_terminal = true, .columns = 80, .rows = 24};
static const struct style pipe_style = {.columns = 0};

/* A run of two entities that went well. */
static struct sync_report report_new(void)
{
    struct sync_report report = {.tenant = "acme",
        .run_id = "20261122T031500Z-1a2b3c4d",
        .started_at = 1000,
        .finished_at = 63000,
        .calls = 1234,
        .bytes = 12345678,
        .published = true,
        .changed = true,
        .entity_count = 2};

    report.entities[0] = (struct sync_entity_report){.entity = "device",
        .calls = 34,
        .bytes = 345678,
        .fetched = 20000,
        .inserted = 12,
        .unchanged = 19988,
        .seconds = 61,
        .completeness = SYNC_PROVEN};
    report.entities[1] = (struct sync_entity_report){
        .entity = "device_app", .calls = 1200, .seconds = 62, .completeness = SYNC_PROVEN};
    return report;
}

static void writes(const struct style *style, const struct sync_report *reports, int count,
    const struct load_settings *destination, const char *expected)
{
    const struct sync_table_settings settings = {
        .destination = destination, .config = "/etc/u.yaml"};
    struct buffer out;

    buffer_init(&out, 100000);
    sync_table_write(&out, style, reports, count, &settings);
    assert_true(buffer_ok(&out));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_terminal_has_what_is_there_and_a_total(void **state)
{
    const struct sync_report report = report_new();

    (void)state;
    writes(&terminal, &report, 1, &csv,
        "entity        outcome   fetched  inserted  unchanged  calls  received  time\n"
        "acme: complete\n"
        "  device      complete   20,000        12     19,988     34  345.7 kB  1:01\n"
        "  device_app  complete        0         0          0  1,200       0 B  1:02\n"
        "total: 1,234 calls, 12.3 MB in 1:02\n");
}

static void a_pipe_has_the_same_columns_always(void **state)
{
    const struct sync_report report = report_new();

    (void)state;
    writes(&pipe_style, &report, 1, &csv,
        "tenant  outcome   entity      listing  fetched  inserted  updated  deleted  unchanged  "
        "rejected  calls  seconds\n"
        "acme    complete  device      proven     20000        12        0        0      19988  "
        "       0     34     61.0\n"
        "acme    complete  device_app  proven         0         0        0        0          0  "
        "       0   1200     62.0\n");
}

static void what_was_rejected_is_a_query_away(void **state)
{
    struct sync_report report = report_new();

    (void)state;
    report.entities[0].rejected = 3;
    report.entity_count = 1;
    writes(&terminal, &report, 1, &postgres,
        "entity    outcome  fetched  inserted  unchanged  rejected  calls  received  time\n"
        "acme: partial\n"
        "  device  in part   20,000        12     19,988         3     34  345.7 kB  1:01\n"
        "total: 1,234 calls, 12.3 MB in 1:02\n"
        "acme: which records were rejected, and why: SELECT entity, record_key, reason\n"
        "  FROM \"order\".rejected_record WHERE run_id = '20261122T031500Z-1a2b3c4d'\n");
    writes(&terminal, &report, 1, &csv,
        "entity    outcome  fetched  inserted  unchanged  rejected  calls  received  time\n"
        "acme: partial\n"
        "  device  in part   20,000        12     19,988         3     34  345.7 kB  1:01\n"
        "total: 1,234 calls, 12.3 MB in 1:02\n"
        "acme: which records were rejected, and why:\n"
        "  /data/.uemsync/acme/rejected_record/\n");
}

/* A run that failed has no line for what was not begun. */
static void a_run_that_failed_says_why_and_what_to_do(void **state)
{
    struct sync_report report = report_new();

    (void)state;
    report.entities[0] = (struct sync_entity_report){.entity = "device", .calls = 2};
    report.entities[1] = (struct sync_entity_report){.entity = "device_app"};
    report.kept = 7;
    (void)error_set(&report.error, ERROR_GUARD, "too many would go");
    writes(&terminal, &report, 1, &csv,
        "entity    outcome     fetched  calls  received\n"
        "acme: refused: too many would go\n"
        "  device  not loaded        0      2       0 B\n"
        "total: 1,234 calls, 12.3 MB in 1:02\n"
        "acme: what was fetched is kept: the next run goes on from there\n"
        "acme: if they are really gone: uemsync sync --allow-removal --config\n"
        "  /etc/u.yaml --tenant acme\n");
}

static void reasons_of_entities_stand_below_them(void **state)
{
    struct sync_report report = report_new();

    (void)state;
    report.changed = false;
    report.entities[0].completeness = SYNC_UNPROVEN;
    report.entities[0].note = "the v1 web services are not offered";
    report.entities[1].completeness = SYNC_NOT_OFFERED;
    (void)error_set(&report.entities[1].error, ERROR_SERVER, "POST /device/application failed");
    writes(&terminal, &report, 1, &csv,
        "entity        outcome   fetched  inserted  unchanged  calls  received  time\n"
        "acme: partial, nothing has changed\n"
        "  device      unproven   20,000        12     19,988     34  345.7 kB  1:01\n"
        "  device_app  given up        0         0          0  1,200       0 B  1:02\n"
        "  device: the v1 web services are not offered\n"
        "  device_app: POST /device/application failed\n"
        "total: 1,234 calls, 12.3 MB in 1:02\n");
}

static void who_reads_a_log_gets_the_advice_there(void **state)
{
    struct sync_report report = report_new();
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    const struct log log = {.out = file, .from = LOG_INFO};
    struct sync_table_settings settings = {.destination = &csv};

    (void)state;
    assert_non_null(file);
    sync_table_log_advice(&log, &report, 1, &settings);
    (void)fflush(file);
    assert_int_equal(size, 0);
    (void)error_set(&report.error, ERROR_CREDENTIALS, "refused");
    sync_table_log_advice(&log, &report, 1, &settings);
    settings.dry_run = true;
    settings.config = "my file's.yaml";
    sync_table_log_advice(&log, &report, 1, &settings);
    (void)fclose(file);
    assert_non_null(strstr(text, " info    acme: dry run: nothing was loaded\n"));
    assert_non_null(
        strstr(text, " info    acme: to see what fails: uemsync check --tenant acme\n"));
    assert_non_null(strstr(text, ": uemsync check --config 'my file'\\''s.yaml' --tenant acme\n"));
    free(text);
}

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
    const struct sync_table_settings settings = {&csv, dry_run, NULL};
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
        "acme: failed: refused\ntotal: 1 call, 0 B in 0:02.5\n"
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
        "total: 1 call, 0 B in 0:02.5\n");
    (void)error_set(&report.error, ERROR_INTERRUPTED, "interrupted while it waited");
    report.entities[0].calls = 0;
    table_is(
        &report, 80, false, "acme: interrupted while it waited\ntotal: 1 call, 0 B in 0:02.5\n");
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
        "total: 1 call, 0 B in 0:02.5\n"
        "acme: dry run: nothing was loaded\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_has_what_is_there_and_a_total),
        cmocka_unit_test(a_pipe_has_the_same_columns_always),
        cmocka_unit_test(what_was_rejected_is_a_query_away),
        cmocka_unit_test(a_run_that_failed_says_why_and_what_to_do),
        cmocka_unit_test(reasons_of_entities_stand_below_them),
        cmocka_unit_test(a_run_that_asked_for_nothing_has_its_end_alone),
        cmocka_unit_test(an_interrupted_run_says_so_once),
        cmocka_unit_test(a_dry_run_says_that_nothing_was_loaded),
        cmocka_unit_test(who_reads_a_log_gets_the_advice_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
