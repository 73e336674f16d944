#include "cli/sync_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/table.h"

enum { SYNC_TABLE_LINE_SIZE = SYNC_MESSAGE_SIZE + 256 };

/* For people: the higher the rank, the sooner a column goes where the terminal is narrow. */
static const struct table_column sync_columns[] = {
    {"entity", .is_kept = true, .may_be_cut = true},
    {"outcome", .is_kept = true},
    {"fetched", .is_right = true, .is_kept = true},
    {"inserted", .is_right = true, .rank = 1},
    {"updated", .is_right = true, .rank = 2},
    {"deleted", .is_right = true, .rank = 2},
    {"unchanged", .is_right = true, .rank = 5},
    {"rejected", .is_right = true, .rank = 1},
    {"missing", .is_right = true, .rank = 3},
    {"failed", .is_right = true, .rank = 1},
    {"unanswered", .is_right = true, .rank = 4},
    {"retries", .is_right = true, .rank = 6},
    {"calls", .is_right = true, .rank = 8},
    {"received", .is_right = true, .rank = 9},
    {"time", .is_right = true, .rank = 7},
};

/* For scripts, as ever. */
static const struct table_column sync_plain_columns[] = {
    {.name = "tenant"},
    {.name = "outcome"},
    {.name = "entity"},
    {.name = "listing"},
    {"fetched", .is_right = true},
    {"inserted", .is_right = true},
    {"updated", .is_right = true},
    {"deleted", .is_right = true},
    {"unchanged", .is_right = true},
    {"rejected", .is_right = true},
    {"calls", .is_right = true},
    {"seconds", .is_right = true},
};

/* Who takes what there is to do next: one line each. */
typedef void sync_advice_taker(void *context, const char *tenant, const char *text);

/* Who is advised. */
struct sync_advice_about {
    const struct sync_table_settings *settings;
    sync_advice_taker *take;
    void *context;
};

/* ---- what to do next ---- */

static int64_t sync_sum(const struct sync_report *report, size_t offset)
{
    int64_t sum = 0;

    for (size_t i = 0; i < report->entity_count; i++) {
        int64_t number;

        memcpy(&number, (const char *)&report->entities[i] + offset, sizeof number);
        sum += number;
    }
    return sum;
}

static void sync_advise_rejected(
    const struct sync_report *report, const struct sync_advice_about *about)
{
    const struct load_settings *destination = about->settings->destination;
    char text[SYNC_TABLE_LINE_SIZE];

    if (destination->type == LOAD_POSTGRES) {
        (void)snprintf(text, sizeof text,
            "which records were rejected, and why: SELECT entity, record_key, reason FROM "
            "\"%s\".rejected_record WHERE run_id = '%s'",
            destination->schema, report->run_id);
    } else {
        char *folder = file_absolute(destination->directory);

        (void)snprintf(text, sizeof text,
            "which records were rejected, and why: %s/.uemsync/%s/rejected_record/",
            folder != NULL ? folder : destination->directory, report->tenant);
        free(folder);
    }
    str_make_line(text);
    about->take(about->context, report->tenant, text);
}

/* The file, as a shell takes it: in quotes where it is more than a plain name. */
static void sync_add_file(struct buffer *out, const char *file)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+-";
    bool is_plain = *file != '\0' && file[strspn(file, plain)] == '\0';

    buffer_append_text(out, is_plain ? "" : "'");
    for (; *file != '\0'; file++) {
        if (*file == '\'') {
            buffer_append_text(out, "'\\''");
        } else {
            buffer_append_char(out, *file);
        }
    }
    buffer_append_text(out, is_plain ? "" : "'");
}

/* "WHY: uemsync COMMAND --config FILE --tenant NAME", with the file that this run was given. */
static void sync_advise_command(const struct sync_report *report,
    const struct sync_advice_about *about, const char *why, const char *command)
{
    char text[SYNC_TABLE_LINE_SIZE];
    struct buffer file;

    buffer_init(&file, SYNC_TABLE_LINE_SIZE);
    if (about->settings->config != NULL) {
        buffer_append_text(&file, " --config ");
        sync_add_file(&file, about->settings->config);
    }
    (void)snprintf(text, sizeof text, "%s: uemsync %s%s --tenant %s", why, command,
        buffer_ok(&file) && file.size > 0 ? buffer_text(&file) : "", report->tenant);
    str_make_line(text);
    about->take(about->context, report->tenant, text);
    buffer_release(&file);
}

static void sync_advise_failed(
    const struct sync_report *report, const struct sync_advice_about *about)
{
    if (report->kept > 0) {
        about->take(about->context, report->tenant,
            "what was fetched is kept: the next run goes on from there");
    }
    switch (report->error.kind) {
    case ERROR_GUARD:
        sync_advise_command(report, about, "if they are really gone", "sync --allow-removal");
        break;
    case ERROR_BUSY:
        sync_advise_command(report, about, "to see the other run", "status");
        break;
    case ERROR_CREDENTIALS:
    case ERROR_ROLE:
    case ERROR_SERVER:
    case ERROR_DESTINATION:
        sync_advise_command(report, about, "to see what fails", "check");
        break;
    default:
        break;
    }
}

static void sync_advise(const struct sync_report *report, const struct sync_advice_about *about)
{
    bool dry_run = about->settings->dry_run;

    if (dry_run) {
        about->take(about->context, report->tenant, "dry run: nothing was loaded");
    }
    if (sync_sum(report, offsetof(struct sync_entity_report, rejected)) > 0 && !dry_run) {
        sync_advise_rejected(report, about);
    }
    if (report->error.kind != ERROR_NONE) {
        sync_advise_failed(report, about);
    } else if (sync_sum(report, offsetof(struct sync_entity_report, failed)) > 0) {
        about->take(
            about->context, report->tenant, "the next run asks again for the devices that failed");
    }
}

static void sync_log_line(void *context, const char *tenant, const char *text)
{
    struct log log = *(const struct log *)context;

    log.tenant = tenant;
    log_event(&log, LOG_INFO, "%s", text);
}

void sync_table_log_advice(const struct log *log, const struct sync_report *reports, int count,
    const struct sync_table_settings *settings)
{
    struct log copy = *log;
    const struct sync_advice_about about = {settings, sync_log_line, &copy};

    for (int i = 0; i < count; i++) {
        sync_advise(&reports[i], &about);
    }
}

/* ---- for scripts ---- */

static void sync_add_plain(
    struct table *table, const struct sync_report *report, const struct sync_entity_report *entity)
{
    char seconds[STYLE_TEXT_SIZE];
    const int64_t numbers[] = {entity->fetched, entity->inserted, entity->updated, entity->deleted,
        entity->unchanged, entity->rejected, entity->calls};

    (void)snprintf(seconds, sizeof seconds, "%.1f", entity->seconds);
    table_row(table);
    table_cell(table, STYLE_PLAIN, report->tenant);
    table_cell(table, STYLE_PLAIN, sync_report_outcome(report));
    table_cell(table, STYLE_PLAIN, entity->entity);
    table_cell(table, STYLE_PLAIN, sync_completeness_name(entity));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        table_number(table, STYLE_PLAIN, numbers[i]);
    }
    table_cell(table, STYLE_PLAIN, seconds);
}

/* A run that failed before it had asked for anything: its end alone. */
static void sync_add_plain_failure(struct table *table, const struct sync_report *report)
{
    enum { BEFORE_CALLS = 8 };
    char seconds[STYLE_TEXT_SIZE];

    (void)snprintf(
        seconds, sizeof seconds, "%.1f", (double)(report->finished_at - report->started_at) / 1000);
    table_row(table);
    table_cell(table, STYLE_PLAIN, report->tenant);
    table_cell(table, STYLE_PLAIN, sync_report_outcome(report));
    for (size_t i = 0; i < BEFORE_CALLS; i++) {
        table_cell(table, STYLE_PLAIN, "-");
    }
    table_number(table, STYLE_PLAIN, report->calls);
    table_cell(table, STYLE_PLAIN, seconds);
}

static void sync_write_plain(
    struct buffer *out, const struct style *style, const struct sync_report *reports, int count)
{
    struct table table;

    table_init(
        &table, style, sync_plain_columns, sizeof sync_plain_columns / sizeof *sync_plain_columns);
    for (int i = 0; i < count; i++) {
        bool has_rows = false;

        for (size_t j = 0; j < reports[i].entity_count; j++) {
            if (sync_entity_was_asked(&reports[i], &reports[i].entities[j])) {
                sync_add_plain(&table, &reports[i], &reports[i].entities[j]);
                has_rows = true;
            }
        }
        if (!has_rows) {
            sync_add_plain_failure(&table, &reports[i]);
        }
    }
    table_write(out, &table);
    table_release(&table);
}

/* ---- for people ---- */

static const char *sync_entity_word(const struct sync_report *report,
    const struct sync_entity_report *entity, enum style_tone *tone)
{
    const char *word = "complete";

    *tone = STYLE_GOOD;
    if (report->error.kind != ERROR_NONE) {
        word = "not loaded";
        *tone = STYLE_FAINT;
    } else if (entity->error.kind != ERROR_NONE) {
        word = "given up";
        *tone = STYLE_BAD;
    } else if (entity->completeness == SYNC_NOT_OFFERED) {
        word = "not offered";
        *tone = STYLE_FAINT;
    } else if (sync_entity_is_partial(entity)) {
        word = "in part";
        *tone = STYLE_WARNING;
    } else if (entity->completeness == SYNC_UNPROVEN) {
        word = "unproven";
        *tone = STYLE_WARNING;
    }
    return word;
}

static void sync_add_entity(
    struct table *table, const struct sync_report *report, const struct sync_entity_report *entity)
{
    char text[STYLE_TEXT_SIZE + 32];
    enum style_tone tone;
    const char *word = sync_entity_word(report, entity, &tone);
    bool has_ended = entity->seconds > 0;

    (void)snprintf(text, sizeof text, "  %s", entity->entity);
    table_row(table);
    table_cell(table, STYLE_PLAIN, text);
    table_cell(table, tone, word);
    table_number(table, STYLE_PLAIN, entity->fetched);
    table_number(table, STYLE_PLAIN, entity->inserted);
    table_number(table, STYLE_PLAIN, entity->updated);
    table_number(table, STYLE_PLAIN, entity->deleted);
    table_number(table, STYLE_PLAIN, entity->unchanged);
    table_number(table, STYLE_WARNING, entity->rejected);
    table_number(table, STYLE_WARNING, entity->missing);
    table_number(table, STYLE_WARNING, entity->failed);
    table_number(table, STYLE_PLAIN, entity->unanswered);
    table_number(table, STYLE_WARNING, entity->retries);
    table_number(table, STYLE_PLAIN, entity->calls);
    table_cell(table, STYLE_PLAIN, style_bytes(entity->bytes, text));
    table_cell(
        table, STYLE_PLAIN, has_ended ? style_took((int64_t)(entity->seconds * 1000), text) : "");
}

/* What the numbers do not tell: why an entity was given up, or what is missing of it. */
static void sync_add_reason(struct table *table, const struct sync_entity_report *entity)
{
    char text[SYNC_TABLE_LINE_SIZE];
    bool is_error = entity->error.kind != ERROR_NONE;

    if (is_error || entity->note != NULL) {
        (void)snprintf(text, sizeof text, "  %s: %s", entity->entity,
            is_error ? entity->error.text : entity->note);
        table_line(table, is_error ? STYLE_BAD : STYLE_WARNING, text);
    }
}

static void sync_add_tenant(struct table *table, const struct sync_report *report, bool dry_run)
{
    char text[SYNC_TABLE_LINE_SIZE];
    char failure[SYNC_MESSAGE_SIZE];
    bool has_failed = report->error.kind != ERROR_NONE;
    enum style_tone tone = sync_report_is_partial(report) ? STYLE_WARNING : STYLE_GOOD;

    (void)snprintf(text, sizeof text, "%s: %s%s", report->tenant,
        has_failed ? sync_report_failure(report, failure) : sync_report_outcome(report),
        has_failed || report->changed || dry_run ? "" : ", nothing has changed");
    table_line(table, has_failed ? STYLE_BAD : tone, text);
    for (size_t i = 0; i < report->entity_count; i++) {
        if (sync_entity_was_asked(report, &report->entities[i])) {
            sync_add_entity(table, report, &report->entities[i]);
        }
    }
    for (size_t i = 0; i < report->entity_count; i++) {
        sync_add_reason(table, &report->entities[i]);
    }
}

/* From the first run's beginning to the last one's end. */
static void sync_write_total(
    struct buffer *out, const struct style *style, const struct sync_report *reports, int count)
{
    char text[SYNC_TABLE_LINE_SIZE];
    char calls[STYLE_TEXT_SIZE];
    char bytes[STYLE_TEXT_SIZE];
    char time[STYLE_TEXT_SIZE];
    struct sync_report sum = {.calls = 0};

    for (int i = 0; i < count; i++) {
        const struct sync_report *report = &reports[i];

        sum.calls += report->calls;
        sum.bytes += report->bytes;
        sum.retries += report->retries;
        sum.started_at =
            i == 0 || report->started_at < sum.started_at ? report->started_at : sum.started_at;
        sum.finished_at =
            report->finished_at > sum.finished_at ? report->finished_at : sum.finished_at;
    }
    (void)snprintf(text, sizeof text, "total: %s call%s, %s in %s", style_number(sum.calls, calls),
        sum.calls == 1 ? "" : "s", style_bytes(sum.bytes, bytes),
        style_took(sum.finished_at - sum.started_at, time));
    style_add_wrapped(out, text, 2, style->columns);
}

struct sync_advice {
    struct buffer *out;
    const struct style *style;
};

static void sync_write_advice(void *context, const char *tenant, const char *text)
{
    const struct sync_advice *advice = context;
    char line[SYNC_TABLE_LINE_SIZE + 64];

    (void)snprintf(line, sizeof line, "%s: %s", tenant, text);
    style_add_wrapped(advice->out, line, 2, advice->style->columns);
}

void sync_table_write(struct buffer *out, const struct style *style,
    const struct sync_report *reports, int count, const struct sync_table_settings *settings)
{
    struct sync_advice advice = {out, style};
    const struct sync_advice_about about = {settings, sync_write_advice, &advice};
    struct table table;

    if (style->columns == 0) {
        sync_write_plain(out, style, reports, count);
    } else {
        table_init(&table, style, sync_columns, sizeof sync_columns / sizeof *sync_columns);
        for (int i = 0; i < count; i++) {
            sync_add_tenant(&table, &reports[i], settings->dry_run);
        }
        table_write(out, &table);
        table_release(&table);
        sync_write_total(out, style, reports, count);
        for (int i = 0; i < count; i++) {
            sync_advise(&reports[i], &about);
        }
    }
}
