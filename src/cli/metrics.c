#include "cli/metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define METRICS_LOADED "uemsync_entity_last_success_timestamp_seconds"
#define METRICS_MS_PER_DAY 86400000.0

enum { METRICS_SERIES_SIZE = 512 };

/* ---- the format ---- */

static void metrics_begin(struct buffer *out, const char *name, const char *help)
{
    buffer_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* ',NAME="VALUE"', without the comma behind a brace. */
static void metrics_append_label(struct buffer *out, const char *name, const char *value)
{
    bool is_first = out->size > 0 && buffer_text(out)[out->size - 1] == '{';

    buffer_printf(out, "%s%s=\"", is_first ? "" : ",", name);
    for (; *value != '\0'; value++) {
        if (*value == '\n') {
            buffer_append_text(out, "\\n");
        } else {
            buffer_append_text(out, *value == '"' || *value == '\\' ? "\\" : "");
            buffer_append_char(out, *value);
        }
    }
    buffer_append_char(out, '"');
}

/* 'NAME{tenant="acme",LABEL="VALUE"': the braces are the caller's to close. `label` may be NULL. */
static void metrics_open_series(
    struct buffer *out, const char *name, const char *tenant, const char *label, const char *value)
{
    buffer_printf(out, "%s{", name);
    metrics_append_label(out, "tenant", tenant);
    if (label != NULL) {
        metrics_append_label(out, label, value);
    }
}

static void metrics_append_series(
    struct buffer *out, const char *name, const char *tenant, const char *label, const char *value)
{
    metrics_open_series(out, name, tenant, label, value);
    buffer_append_text(out, "} ");
}

/* A time or a length of time, in seconds. */
static void metrics_append_seconds(struct buffer *out, int64_t ms)
{
    buffer_printf(out, "%.3f\n", (double)ms / 1000.0);
}

/* ---- of a tenant ---- */

static int64_t metrics_started(const struct metrics_tenant *tenant)
{
    return tenant->report->started_at;
}

static int64_t metrics_duration(const struct metrics_tenant *tenant)
{
    const struct sync_report *report = tenant->report;
    int64_t ms = report->finished_at - report->started_at;

    return ms > 0 ? ms : 0;
}

static void metrics_write_times(struct buffer *out, const struct metrics *metrics)
{
    static const struct {
        const char *name;
        const char *help;
        int64_t (*ms)(const struct metrics_tenant *tenant);
    } times[] = {
        {"uemsync_run_start_timestamp_seconds", "When the tenant's run began.", metrics_started},
        {"uemsync_run_duration_seconds", "How long it took.", metrics_duration},
    };

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        metrics_begin(out, times[i].name, times[i].help);
        for (size_t j = 0; j < metrics->tenant_count; j++) {
            const struct metrics_tenant *tenant = &metrics->tenants[j];

            if (tenant->report != NULL) {
                metrics_append_series(out, times[i].name, tenant->name, NULL, NULL);
                metrics_append_seconds(out, times[i].ms(tenant));
            }
        }
    }
}

static void metrics_write_outcomes(struct buffer *out, const struct metrics *metrics)
{
    static const char name[] = "uemsync_run_outcome";
    static const char *const outcomes[] = {
        "complete", "partial", "refused", "interrupted", "failed"};

    metrics_begin(out, name, "1 for how the tenant's run ended, 0 for the other outcomes.");
    for (size_t i = 0; i < metrics->tenant_count; i++) {
        const struct metrics_tenant *tenant = &metrics->tenants[i];

        for (size_t j = 0; tenant->report != NULL && j < sizeof outcomes / sizeof *outcomes; j++) {
            bool is_it = strcmp(sync_report_outcome(tenant->report), outcomes[j]) == 0;

            metrics_append_series(out, name, tenant->name, "outcome", outcomes[j]);
            buffer_append_text(out, is_it ? "1\n" : "0\n");
        }
    }
}

/* Whole numbers of a report, by their place in it. */
struct metrics_number {
    const char *name;
    const char *help;
    size_t offset;
};

static int64_t metrics_number_of(const void *report, size_t offset)
{
    int64_t number;

    memcpy(&number, (const char *)report + offset, sizeof number);
    return number;
}

static void metrics_write_totals(struct buffer *out, const struct metrics *metrics)
{
    static const struct metrics_number totals[] = {
        {"uemsync_run_calls", "Calls that the tenant's run made, further tries among them.",
            offsetof(struct sync_report, calls)},
        {"uemsync_run_retries", "Those of them that were not the first of their call.",
            offsetof(struct sync_report, retries)},
        {"uemsync_run_bytes", "Bytes of answers, as they came over the wire.",
            offsetof(struct sync_report, bytes)},
    };

    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        metrics_begin(out, totals[i].name, totals[i].help);
        for (size_t j = 0; j < metrics->tenant_count; j++) {
            const struct metrics_tenant *tenant = &metrics->tenants[j];

            if (tenant->report != NULL) {
                metrics_append_series(out, totals[i].name, tenant->name, NULL, NULL);
                buffer_printf(
                    out, "%" PRId64 "\n", metrics_number_of(tenant->report, totals[i].offset));
            }
        }
    }
}

static void metrics_write_certificates(struct buffer *out, const struct metrics *metrics)
{
    static const char ends[] = "uemsync_client_certificate_expiry_timestamp_seconds";
    static const char days[] = "uemsync_client_certificate_expiry_days";

    metrics_begin(out, ends, "When the tenant's client certificate ends.");
    for (size_t i = 0; i < metrics->tenant_count; i++) {
        if (metrics->tenants[i].has_certificate) {
            metrics_append_series(out, ends, metrics->tenants[i].name, NULL, NULL);
            metrics_append_seconds(out, metrics->tenants[i].certificate_ends);
        }
    }
    metrics_begin(out, days, "Days from the writing of this file until then.");
    for (size_t i = 0; i < metrics->tenant_count; i++) {
        const struct metrics_tenant *tenant = &metrics->tenants[i];

        if (tenant->has_certificate) {
            metrics_append_series(out, days, tenant->name, NULL, NULL);
            buffer_printf(out, "%.2f\n",
                (double)(tenant->certificate_ends - metrics->now) / METRICS_MS_PER_DAY);
        }
    }
}

/* ---- of an entity ---- */

/* A number of each entity, under one name; with a `change` it is one of the counts of rows. */
static void metrics_append_entities(struct buffer *out, const struct metrics *metrics,
    const char *name, const char *change, size_t offset)
{
    for (size_t i = 0; i < metrics->tenant_count; i++) {
        const struct metrics_tenant *tenant = &metrics->tenants[i];
        size_t count = tenant->report != NULL ? tenant->report->entity_count : 0;

        for (size_t j = 0; j < count; j++) {
            const struct sync_entity_report *entity = &tenant->report->entities[j];

            metrics_open_series(out, name, tenant->name, "entity", entity->entity);
            if (change != NULL) {
                metrics_append_label(out, "change", change);
            }
            buffer_append_text(out, "} ");
            buffer_printf(out, "%" PRId64 "\n", metrics_number_of(entity, offset));
        }
    }
}

static void metrics_write_numbers(struct buffer *out, const struct metrics *metrics)
{
    static const struct metrics_number numbers[] = {
        {"uemsync_entity_calls", "Calls made for the entity, further tries among them.",
            offsetof(struct sync_entity_report, calls)},
        {"uemsync_entity_retries", "Those of them that were not the first of their call.",
            offsetof(struct sync_entity_report, retries)},
        {"uemsync_entity_bytes", "Bytes of answers, as they came over the wire.",
            offsetof(struct sync_entity_report, bytes)},
        {"uemsync_entity_fetched", "Distinct records that were listed; rows, of an inventory.",
            offsetof(struct sync_entity_report, fetched)},
        {"uemsync_entity_rejected", "Records that could not be used.",
            offsetof(struct sync_entity_report, rejected)},
        {"uemsync_entity_failed_devices", "Devices that could not be asked for it.",
            offsetof(struct sync_entity_report, failed)},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        metrics_begin(out, numbers[i].name, numbers[i].help);
        metrics_append_entities(out, metrics, numbers[i].name, NULL, numbers[i].offset);
    }
}

static void metrics_write_rows(struct buffer *out, const struct metrics *metrics)
{
    static const char name[] = "uemsync_entity_rows";
    static const struct {
        const char *change;
        size_t offset;
    } changes[] = {
        {"inserted", offsetof(struct sync_entity_report, inserted)},
        {"updated", offsetof(struct sync_entity_report, updated)},
        {"deleted", offsetof(struct sync_entity_report, deleted)},
        {"unchanged", offsetof(struct sync_entity_report, unchanged)},
    };

    metrics_begin(out, name, "Rows of the destination, by what the run did to them.");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        metrics_append_entities(out, metrics, name, changes[i].change, changes[i].offset);
    }
}

static void metrics_write_durations(struct buffer *out, const struct metrics *metrics)
{
    static const char name[] = "uemsync_entity_duration_seconds";

    metrics_begin(out, name, "From the start of the run to the end of the entity.");
    for (size_t i = 0; i < metrics->tenant_count; i++) {
        const struct metrics_tenant *tenant = &metrics->tenants[i];
        size_t count = tenant->report != NULL ? tenant->report->entity_count : 0;

        for (size_t j = 0; j < count; j++) {
            const struct sync_entity_report *entity = &tenant->report->entities[j];

            metrics_append_series(out, name, tenant->name, "entity", entity->entity);
            buffer_printf(out, "%.3f\n", entity->seconds);
        }
    }
}

static void metrics_write_loaded(struct buffer *out, const struct metrics *metrics)
{
    metrics_begin(out, METRICS_LOADED,
        "Start of the latest run that loaded the entity, this one or another.");
    for (size_t i = 0; i < metrics->tenant_count; i++) {
        const struct metrics_tenant *tenant = &metrics->tenants[i];

        for (size_t j = 0; j < tenant->loaded_count; j++) {
            const struct metrics_loaded *loaded = &tenant->loaded[j];

            if (loaded->at != METRICS_NEVER) {
                metrics_append_series(out, METRICS_LOADED, tenant->name, "entity", loaded->entity);
                metrics_append_seconds(out, loaded->at);
            }
        }
    }
}

void metrics_write(struct buffer *out, const struct metrics *metrics)
{
    metrics_begin(out, "uemsync_info", "1, with the version of the program.");
    buffer_append_text(out, "uemsync_info{");
    metrics_append_label(out, "version", metrics->version);
    buffer_append_text(out, "} 1\n");
    metrics_begin(out, "uemsync_exit_code", "Exit code of the latest sync.");
    buffer_printf(out, "uemsync_exit_code %d\n", metrics->exit_code);
    metrics_begin(out, "uemsync_end_timestamp_seconds", "When it ended.");
    buffer_append_text(out, "uemsync_end_timestamp_seconds ");
    metrics_append_seconds(out, metrics->now);
    metrics_write_outcomes(out, metrics);
    metrics_write_times(out, metrics);
    metrics_write_totals(out, metrics);
    metrics_write_certificates(out, metrics);
    metrics_write_durations(out, metrics);
    metrics_write_numbers(out, metrics);
    metrics_write_rows(out, metrics);
    metrics_write_loaded(out, metrics);
}

/* ---- of a file that was written before ---- */

/* "1764212345.123" up to the end of the line, as ms. */
static int64_t metrics_parse_seconds(struct str text)
{
    int64_t ms = 0;
    size_t decimals = 0;
    size_t digits = 0;
    bool in_decimals = false;
    bool ok = true;
    size_t i = 0;

    for (; ok && i < text.size && text.data[i] != '\n'; i++) {
        if (str_is_digit(text.data[i]) && digits < 15) {
            ms = ms * 10 + (text.data[i] - '0');
            digits++;
            decimals += in_decimals;
        } else {
            ok = text.data[i] == '.' && !in_decimals && digits > 0;
            in_decimals = true;
        }
    }
    return ok && i < text.size && decimals == 3 ? ms : METRICS_NEVER;
}

int64_t metrics_find_loaded(struct str text, const char *tenant, const char *entity)
{
    struct buffer series;
    int64_t ms = METRICS_NEVER;
    size_t at = 0;

    buffer_init(&series, METRICS_SERIES_SIZE);
    metrics_append_series(&series, METRICS_LOADED, tenant, "entity", entity);
    while (buffer_ok(&series) && ms == METRICS_NEVER && at < text.size) {
        struct str line = {text.data + at, text.size - at};
        const char *end = memchr(line.data, '\n', line.size);

        if (str_starts(line, buffer_text(&series))) {
            ms = metrics_parse_seconds(
                (struct str){line.data + series.size, line.size - series.size});
        }
        at = end != NULL ? (size_t)(end - text.data) + 1 : text.size;
    }
    buffer_release(&series);
    return ms;
}
