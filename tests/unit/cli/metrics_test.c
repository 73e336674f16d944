#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/metrics.h"

#define LOADED "uemsync_entity_last_success_timestamp_seconds"

static const struct sync_report report = {.tenant = "a",
    .started_at = 1000500,
    .finished_at = 1003750,
    .calls = 7,
    .retries = 2,
    .bytes = INT64_MAX,
    .entities = {{.entity = "device",
        .calls = 4,
        .fetched = 10,
        .inserted = 1,
        .updated = 2,
        .deleted = 3,
        .unchanged = 5,
        .rejected = 6,
        .seconds = 1.5}},
    .entity_count = 1};

static void write_all(struct buffer *text, const struct metrics *metrics)
{
    buffer_init(text, 1024 * 1024);
    metrics_write(text, metrics);
    assert_true(buffer_ok(text));
}

static void has_line(const struct buffer *text, const char *line)
{
    const char *found = strstr(buffer_text(text), line);
    size_t size = strlen(line);

    while (found != NULL &&
           !((found == buffer_text(text) || found[-1] == '\n') && found[size] == '\n')) {
        found = strstr(found + 1, line);
    }
    if (found == NULL) {
        fail_msg("no line `%s` in\n%s", line, buffer_text(text));
    }
}

static void every_number_is_there(void **state)
{
    const struct metrics_tenant tenant = {.name = "a",
        .report = &report,
        .has_certificate = true,
        .certificate_ends = 1004000 + 36 * 3600000,
        .loaded = {{"device", 1000500}, {"device_app", METRICS_NEVER}},
        .loaded_count = 2};
    const struct metrics metrics = {"0.1.0", 1, 1004000, &tenant, 1};
    static const char *const lines[] = {"uemsync_info{version=\"0.1.0\"} 1", "uemsync_exit_code 1",
        "uemsync_end_timestamp_seconds 1004.000",
        "uemsync_run_outcome{tenant=\"a\",outcome=\"partial\"} 1",
        "uemsync_run_outcome{tenant=\"a\",outcome=\"complete\"} 0",
        "uemsync_run_start_timestamp_seconds{tenant=\"a\"} 1000.500",
        "uemsync_run_duration_seconds{tenant=\"a\"} 3.250", "uemsync_run_calls{tenant=\"a\"} 7",
        "uemsync_run_retries{tenant=\"a\"} 2",
        "uemsync_run_bytes{tenant=\"a\"} 9223372036854775807",
        "uemsync_client_certificate_expiry_days{tenant=\"a\"} 1.50",
        "uemsync_entity_duration_seconds{tenant=\"a\",entity=\"device\"} 1.500",
        "uemsync_entity_calls{tenant=\"a\",entity=\"device\"} 4",
        "uemsync_entity_rejected{tenant=\"a\",entity=\"device\"} 6",
        "uemsync_entity_rows{tenant=\"a\",entity=\"device\",change=\"inserted\"} 1",
        "uemsync_entity_rows{tenant=\"a\",entity=\"device\",change=\"updated\"} 2",
        "uemsync_entity_rows{tenant=\"a\",entity=\"device\",change=\"deleted\"} 3",
        "uemsync_entity_rows{tenant=\"a\",entity=\"device\",change=\"unchanged\"} 5",
        LOADED "{tenant=\"a\",entity=\"device\"} 1000.500"};
    struct buffer text;

    (void)state;
    write_all(&text, &metrics);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        has_line(&text, lines[i]);
    }
    assert_null(strstr(buffer_text(&text), "device_app"));
    buffer_release(&text);
}

static void a_tenant_without_a_run_has_what_is_known_of_it(void **state)
{
    const struct metrics_tenant tenant = {
        .name = "b", .loaded = {{"device", 5000}}, .loaded_count = 1};
    const struct metrics metrics = {"0.1.0", 143, 9000, &tenant, 1};
    struct buffer text;

    (void)state;
    write_all(&text, &metrics);
    has_line(&text, LOADED "{tenant=\"b\",entity=\"device\"} 5.000");
    assert_null(strstr(buffer_text(&text), "uemsync_run_calls{"));
    assert_null(strstr(buffer_text(&text), "uemsync_client_certificate_expiry_days{"));
    buffer_release(&text);
}

static void values_of_labels_are_escaped(void **state)
{
    const struct metrics_tenant tenant = {
        .name = "a\"b\\c\nd", .loaded = {{"device", 5000}}, .loaded_count = 1};
    const struct metrics metrics = {"0.1.0", 0, 9000, &tenant, 1};
    struct buffer text;

    (void)state;
    write_all(&text, &metrics);
    has_line(&text, LOADED "{tenant=\"a\\\"b\\\\c\\nd\",entity=\"device\"} 5.000");
    assert_int_equal(metrics_find_loaded(buffer_view(&text), tenant.name, "device"), 5000);
    buffer_release(&text);
}

static void what_was_written_is_found_again(void **state)
{
    const struct metrics_tenant tenants[] = {
        {.name = "a", .loaded = {{"device", 1764212345123}, {"device_app", 1}}, .loaded_count = 2},
        {.name = "ab", .loaded = {{"device", 2}}, .loaded_count = 1}};
    const struct metrics metrics = {"0.1.0", 0, 9000, tenants, 2};
    struct buffer text;

    (void)state;
    write_all(&text, &metrics);
    assert_int_equal(metrics_find_loaded(buffer_view(&text), "a", "device"), 1764212345123);
    assert_int_equal(metrics_find_loaded(buffer_view(&text), "a", "device_app"), 1);
    assert_int_equal(metrics_find_loaded(buffer_view(&text), "ab", "device"), 2);
    assert_int_equal(metrics_find_loaded(buffer_view(&text), "b", "device"), METRICS_NEVER);
    assert_int_equal(metrics_find_loaded(buffer_view(&text), "a", "dev"), METRICS_NEVER);
    buffer_release(&text);
}

static void anything_else_in_a_file_is_passed_over(void **state)
{
    static const char *const texts[] = {"", "x", LOADED "{tenant=\"a\",entity=\"device\"} ",
        LOADED "{tenant=\"a\",entity=\"device\"} \n",
        LOADED "{tenant=\"a\",entity=\"device\"} NaN\n",
        LOADED "{tenant=\"a\",entity=\"device\"} -5.000\n",
        LOADED "{tenant=\"a\",entity=\"device\"} 5\n",
        LOADED "{tenant=\"a\",entity=\"device\"} 5.0.00\n",
        LOADED "{tenant=\"a\",entity=\"device\"} 5.000",
        LOADED "{tenant=\"a\",entity=\"device\"} 99999999999999999.000\n",
        "# " LOADED "{tenant=\"a\",entity=\"device\"} 5.000\n"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(metrics_find_loaded(str_of(texts[i]), "a", "device"), METRICS_NEVER);
    }
    assert_int_equal(
        metrics_find_loaded(
            str_of("\n\nx\n" LOADED "{tenant=\"a\",entity=\"device\"} 5.001\n"), "a", "device"),
        5001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_there),
        cmocka_unit_test(a_tenant_without_a_run_has_what_is_known_of_it),
        cmocka_unit_test(values_of_labels_are_escaped),
        cmocka_unit_test(what_was_written_is_found_again),
        cmocka_unit_test(anything_else_in_a_file_is_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
