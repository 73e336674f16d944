#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/file.h"
#include "base/json.h"
#include "base/stop.h"
#include "base/str.h"
#include "base/timestamp.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "sync/status.h"

enum {
    STATUS_MESSAGE_SIZE = 4096,
    STATUS_TIMES = 3,           /* columns of when a run was */
    STATUS_MESSAGE_SHOWN = 100, /* bytes of a message where no terminal is; --json has all of it */
};

/* A tenant, and what was found of it. */
struct told {
    const struct sync_tenant *tenant;
    struct status status;
    struct error error; /* it cannot be read */
};

/* What there is to tell of all tenants. */
struct telling {
    struct told *told; /* owned */
    size_t count;
    bool cut_short;     /* a signal came before each tenant was read */
    int64_t now;        /* ms */
    int64_t max_age_ms; /* 0: none is asked for */
    int code;
};

static bool status_is_old(const struct telling *telling, const struct status_entity *entity)
{
    return telling->max_age_ms > 0 && status_is_too_old(entity, telling->now, telling->max_age_ms);
}

/* ---- for people ---- */

/* "2026-11-22 03:40:00Z", or "-". */
static void status_show_time(int64_t ms, char text[TIMESTAMP_TEXT_SIZE])
{
    (void)snprintf(text, TIMESTAMP_TEXT_SIZE, "-");
    if (ms != STATUS_NEVER) {
        (void)timestamp_format(ms, text);
        text[10] = ' ';
        text[19] = 'Z';
        text[20] = '\0';
    }
}

static enum style_tone status_tone(const char *outcome)
{
    static const struct {
        const char *outcome;
        enum style_tone tone;
    } tones[] = {{"complete", STYLE_GOOD}, {"partial", STYLE_WARNING},
        {"interrupted", STYLE_WARNING}, {"running", STYLE_ACTIVE}};
    enum style_tone tone = STYLE_BAD;

    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++) {
        tone = strcmp(tones[i].outcome, outcome) == 0 ? tones[i].tone : tone;
    }
    return tone;
}

/* What a destination has may be anybody's. Where the table does not cut it, it is cut here. */
static void status_add_text(struct table *table, enum style_tone tone, const char *text)
{
    char shown[STATUS_MESSAGE_SIZE];

    (void)snprintf(shown, sizeof shown, "%s", text);
    if (table->style->columns == 0 && strlen(shown) > STATUS_MESSAGE_SHOWN) {
        size_t size = STATUS_MESSAGE_SHOWN;

        while (size > 0 && ((unsigned char)shown[size] & 0xc0) == 0x80) {
            size--;
        }
        (void)snprintf(&shown[size], sizeof shown - size, "...");
    }
    str_make_line(shown);
    table_cell(table, tone, shown);
}

static void status_add_run(struct table *table, const struct telling *telling, const char *tenant,
    const struct status_run *run)
{
    char began[TIMESTAMP_TEXT_SIZE];
    char age[DURATION_TEXT_SIZE];
    char took[DURATION_TEXT_SIZE] = "-";

    status_show_time(run->started_at, began);
    if (run->finished_at != STATUS_NEVER) {
        (void)duration_words(run->finished_at - run->started_at, took);
    }
    table_row(table);
    table_cell(table, STYLE_PLAIN, tenant);
    table_cell(table, STYLE_PLAIN, began);
    table_cell(table, STYLE_PLAIN, duration_words(telling->now - run->started_at, age));
    table_cell(table, STYLE_PLAIN, took);
    status_add_text(table, status_tone(run->outcome), run->outcome);
    status_add_text(table, STYLE_PLAIN, run->message);
}

/* Why a tenant cannot be read. For scripts it is a row as any other; for people a line, and what
 * keeps the tenant before from being read, too, is told once. */
static void status_add_failure(
    struct table *table, const struct told *told, const struct told *before)
{
    const char *name = told->tenant->name;
    char text[STATUS_MESSAGE_SIZE];

    if (table->style->columns == 0) {
        table_row(table);
        table_cell(table, STYLE_PLAIN, name);
        for (size_t i = 0; i < STATUS_TIMES; i++) {
            table_cell(table, STYLE_PLAIN, "-");
        }
        table_cell(table, STYLE_PLAIN, "unreadable");
        status_add_text(table, STYLE_PLAIN, told->error.text);
    } else if (before != NULL && strcmp(before->error.text, told->error.text) == 0) {
        (void)snprintf(text, sizeof text, "%s  cannot be read, for the same reason", name);
        table_line(table, STYLE_BAD, text);
    } else {
        (void)snprintf(text, sizeof text, "%s  cannot be read: %s", name, told->error.text);
        table_line(table, STYLE_BAD, text);
    }
}

static void status_write_runs(
    struct buffer *out, const struct style *style, const struct telling *telling)
{
    static const struct table_column columns[] = {
        {.name = "tenant", .is_kept = true, .may_be_cut = true},
        {.name = "run began", .is_kept = true, .rank = 1},
        {.name = "age", .is_right = true, .is_kept = true},
        {.name = "took", .is_right = true, .is_kept = true, .rank = 2},
        {.name = "outcome", .is_kept = true},
        {.name = "message", .may_be_cut = true},
    };
    struct table table;

    table_init(&table, style, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < telling->count; i++) {
        const struct told *told = &telling->told[i];
        const char *name = told->tenant->name;
        char text[STATUS_MESSAGE_SIZE];

        for (size_t j = 0; j < told->status.run_count; j++) {
            status_add_run(&table, telling, name, &told->status.runs[j]);
        }
        if (told->error.kind != ERROR_NONE) {
            status_add_failure(&table, told, i > 0 ? told - 1 : NULL);
        } else if (told->status.run_count == 0) {
            (void)snprintf(text, sizeof text, "%s  no run yet", name);
            table_line(&table, STYLE_PLAIN, text);
        }
    }
    table_write(out, &table);
    table_release(&table);
}

static void status_add_entity(struct table *table, const struct telling *telling,
    const char *tenant, const struct status_entity *entity)
{
    char age[DURATION_TEXT_SIZE] = "never";
    char loaded[TIMESTAMP_TEXT_SIZE];
    bool is_old = status_is_old(telling, entity);

    if (entity->loaded_at != STATUS_NEVER) {
        (void)duration_words(telling->now - entity->loaded_at, age);
    }
    status_show_time(entity->loaded_at, loaded);
    table_row(table);
    table_cell(table, STYLE_PLAIN, tenant);
    status_add_text(table, STYLE_PLAIN, entity->entity);
    table_cell(table, is_old ? STYLE_BAD : STYLE_PLAIN, age);
    if (entity->rows >= 0) {
        table_number(table, STYLE_PLAIN, entity->rows);
    } else {
        table_cell(table, STYLE_PLAIN, "-");
    }
    table_cell(table, STYLE_PLAIN, loaded);
    if (is_old) {
        table_cell(table, STYLE_BAD, "too old");
    } else if (!entity->is_offered) {
        table_cell(table, STYLE_FAINT, "not offered by this server");
    }
}

static void status_write_table(
    struct buffer *out, const struct style *style, const struct telling *telling)
{
    static const struct table_column columns[] = {
        {.name = "tenant", .is_kept = true, .may_be_cut = true},
        {.name = "entity", .is_kept = true, .may_be_cut = true},
        {.name = "age", .is_right = true, .is_kept = true},
        {.name = "rows", .is_right = true, .is_kept = true, .rank = 2},
        {.name = "loaded by the run of", .is_kept = true, .rank = 3},
        {.name = "", .rank = 1, .may_be_cut = true},
    };
    struct table table;

    status_write_runs(out, style, telling);
    buffer_append_char(out, '\n');
    table_init(&table, style, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < telling->count; i++) {
        const struct told *told = &telling->told[i];

        for (size_t j = 0; told->error.kind == ERROR_NONE && j < told->status.entity_count; j++) {
            status_add_entity(&table, telling, told->tenant->name, &told->status.entities[j]);
        }
    }
    table_write(out, &table);
    table_release(&table);
}

/* ---- for scripts ---- */

static void status_member_time(struct json_writer *json, const char *name, int64_t ms)
{
    char text[TIMESTAMP_TEXT_SIZE];

    if (ms != STATUS_NEVER) {
        (void)timestamp_format(ms, text);
    }
    json_member_text(json, name, ms != STATUS_NEVER ? text : NULL);
}

/* null for what is not known. */
static void status_member_number(
    struct json_writer *json, const char *name, bool is_known, int64_t number)
{
    json_name(json, name);
    if (is_known) {
        json_int(json, number);
    } else {
        json_null(json);
    }
}

static int64_t status_seconds(int64_t ms)
{
    return ms > 0 ? ms / 1000 : 0;
}

static void status_json_run(
    struct json_writer *json, const struct telling *telling, const struct status_run *run)
{
    json_object_begin(json);
    json_member_text(json, "run_id", run->run_id);
    status_member_time(json, "started_at", run->started_at);
    status_member_time(json, "finished_at", run->finished_at);
    json_member_int(json, "age_seconds", status_seconds(telling->now - run->started_at));
    json_member_text(json, "outcome", run->outcome);
    json_member_text(json, "message", *run->message != '\0' ? run->message : NULL);
    json_object_end(json);
}

static void status_json_entity(
    struct json_writer *json, const struct telling *telling, const struct status_entity *entity)
{
    bool was_loaded = entity->loaded_at != STATUS_NEVER;

    json_object_begin(json);
    json_member_text(json, "entity", entity->entity);
    status_member_time(json, "loaded_at", entity->loaded_at);
    json_member_text(json, "run_id", was_loaded ? entity->run_id : NULL);
    status_member_number(json, "age_seconds", was_loaded,
        was_loaded ? status_seconds(telling->now - entity->loaded_at) : 0);
    status_member_number(json, "rows", entity->rows >= 0, entity->rows);
    json_member_bool(json, "offered", entity->is_offered);
    json_member_bool(json, "too_old", status_is_old(telling, entity));
    json_object_end(json);
}

static void status_json_tenant(
    struct json_writer *json, const struct telling *telling, const struct told *told)
{
    bool is_read = told->error.kind == ERROR_NONE;

    json_object_begin(json);
    json_member_text(json, "tenant", told->tenant->name);
    json_member_text(json, "error", is_read ? NULL : told->error.text);
    json_name(json, "runs");
    json_array_begin(json);
    for (size_t i = 0; i < told->status.run_count; i++) {
        status_json_run(json, telling, &told->status.runs[i]);
    }
    json_array_end(json);
    json_name(json, "entities");
    json_array_begin(json);
    for (size_t i = 0; is_read && i < told->status.entity_count; i++) {
        status_json_entity(json, telling, &told->status.entities[i]);
    }
    json_array_end(json);
    json_object_end(json);
}

static void status_write_json(struct buffer *out, const struct telling *telling)
{
    struct json_writer json;

    json_init_shown(&json, out);
    json_object_begin(&json);
    status_member_time(&json, "at", telling->now);
    status_member_number(
        &json, "max_age_seconds", telling->max_age_ms > 0, telling->max_age_ms / 1000);
    json_name(&json, "tenants");
    json_array_begin(&json);
    for (size_t i = 0; i < telling->count; i++) {
        status_json_tenant(&json, telling, &telling->told[i]);
    }
    json_array_end(&json);
    json_member_int(&json, "exit_code", telling->code);
    json_object_end(&json);
    buffer_append_char(out, '\n');
}

/* ---- reading and judging ---- */

static void status_judge(const struct cli *cli, struct telling *telling, const struct told *told)
{
    struct log log = cli->log;
    char age[DURATION_TEXT_SIZE];
    char most[DURATION_TEXT_SIZE];

    log.tenant = told->tenant->name;
    duration_format(telling->max_age_ms, most);
    for (size_t i = 0; i < told->status.entity_count; i++) {
        const struct status_entity *entity = &told->status.entities[i];

        if (status_is_old(telling, entity) && entity->loaded_at == STATUS_NEVER) {
            log_event(&log, LOG_ERROR, "%s was never loaded", entity->entity);
            telling->code = telling->code != 0 ? telling->code : 1;
        } else if (status_is_old(telling, entity)) {
            log_event(&log, LOG_ERROR, "%s was loaded %s ago, more than %s", entity->entity,
                duration_words(telling->now - entity->loaded_at, age), most);
            telling->code = telling->code != 0 ? telling->code : 1;
        }
    }
}

/* What cannot be read is worse than what is too old. Where log and table are on the same terminal,
 * the table alone tells it. */
static void status_read_all(struct cli *cli, struct telling *telling)
{
    const struct status_settings settings = {.destination = &cli->config.destination,
        .catalogue = &cli->catalogue,
        .log = &cli->log,
        .entities = cli->options.entities,
        .entity_count = cli->options.entity_count,
        .counts_rows = !cli->options.quiet || cli->options.json};
    bool is_told = cli->err.is_terminal && cli->out.is_terminal && cli->out.columns > 0 &&
                   !cli->options.json && !cli->options.quiet;

    for (size_t i = 0; i < cli->config.tenant_count; i++) {
        const struct sync_tenant *tenant = &cli->config.tenants[i];
        struct told *told = &telling->told[telling->count];

        telling->cut_short = telling->cut_short || (tenant->is_wanted && stop_signal != 0);
        if (tenant->is_wanted && stop_signal == 0) {
            told->tenant = tenant;
            telling->count++;
            if (!status_read(&settings, tenant, &told->status, &told->error)) {
                struct log log = cli->log;

                log.tenant = tenant->name;
                log_event(&log, is_told ? LOG_DEBUG : LOG_ERROR, "%s", told->error.text);
                telling->code =
                    telling->code > 1 ? telling->code : error_exit_code(told->error.kind);
            }
        }
    }
}

/* Whether this may not be all that there is: a tenant has no run, or what is there is too old. */
static bool status_is_doubtful(const struct telling *telling)
{
    bool is_doubtful = telling->code == 1;

    for (size_t i = 0; i < telling->count; i++) {
        const struct told *told = &telling->told[i];

        is_doubtful =
            is_doubtful || (told->error.kind == ERROR_NONE && told->status.run_count == 0);
    }
    return is_doubtful;
}

/* Whoever looks from another folder than that in which runs are made finds nothing, or what others
 * left there, and would take a destination that is fresh for one that is not. */
static void status_say_folder(const struct cli *cli, const struct telling *telling)
{
    const char *directory = cli->config.destination.directory;
    bool is_csv = cli->config.destination.type == LOAD_CSV;
    bool is_relative = is_csv && *directory != '/';
    bool is_missing = is_csv && access(directory, F_OK) != 0 && errno == ENOENT;
    char *absolute = is_relative ? file_absolute(directory) : NULL;
    const char *shown = absolute != NULL ? absolute : directory;
    const char *why = is_relative
                          ? ": destination.directory starts at the folder in which uemsync is run, "
                            "and `sync` may run in another one"
                          : "";

    if (is_missing) {
        log_event(&cli->log, LOG_WARNING, "%s is not there, so no run is known%s", shown, why);
    } else if (is_relative && status_is_doubtful(telling)) {
        log_event(&cli->log, LOG_WARNING, "this is what %s knows%s", shown, why);
    }
    free(absolute);
}

/* For people, below the tables. */
static void status_add_folder(struct buffer *out, const struct cli *cli)
{
    const char *directory = cli->config.destination.directory;
    bool is_relative = cli->config.destination.type == LOAD_CSV && *directory != '/';
    char *absolute = is_relative && cli->out.columns > 0 && access(directory, F_OK) == 0
                         ? file_absolute(directory)
                         : NULL;
    char line[STATUS_MESSAGE_SIZE + 64];

    if (absolute != NULL) {
        (void)snprintf(line, sizeof line, "this is what %s knows", absolute);
        str_make_line(line);
        buffer_append_char(out, '\n');
        style_add_wrapped(out, line, 2, cli->out.columns);
    }
    free(absolute);
}

int command_status(struct cli *cli)
{
    struct telling telling = {.told = calloc(cli->config.tenant_count + 1, sizeof(struct told)),
        .max_age_ms = cli->options.max_age_ms};
    struct error err = {0};
    struct buffer text;
    int printed = 0;

    buffer_init(&text, cli_told_ceiling(cli));
    if (telling.told == NULL) {
        (void)error_memory(&err);
        telling.code = cli_fail(cli, &err);
    } else {
        status_read_all(cli, &telling);
        telling.now = timestamp_now();
        for (size_t i = 0; i < telling.count; i++) {
            if (telling.told[i].error.kind == ERROR_NONE) {
                status_judge(cli, &telling, &telling.told[i]);
            }
        }
        status_say_folder(cli, &telling);
        telling.code = cli_signal_code(telling.code, telling.cut_short);
        if (cli->options.json) {
            status_write_json(&text, &telling);
            printed = cli_print(cli, &text);
        } else if (!cli->options.quiet) {
            status_write_table(&text, &cli->out, &telling);
            status_add_folder(&text, cli);
            printed = cli_print(cli, &text);
        }
    }
    free(telling.told);
    buffer_release(&text);
    return telling.code != 0 ? telling.code : printed;
}
