#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/stop.h"
#include "base/timestamp.h"
#include "cli/commands.h"
#include "cli/metrics_file.h"
#include "cli/sync_table.h"
#include "sync/runs.h"

/* Whether one tenant is wanted. Of several, one may fail hours before the table is there. */
static bool sync_is_alone(const struct cli *cli)
{
    size_t count = 0;

    for (size_t i = 0; i < cli->config.tenant_count; i++) {
        count += cli->config.tenants[i].is_wanted ? 1 : 0;
    }
    return count == 1;
}

static bool sync_run_all(struct cli *cli, struct runs *runs, struct error *err)
{
    struct log log = cli->log;
    struct board *board = cli_open_board(cli, false);
    bool is_told =
        cli->err.is_terminal && cli->out.is_terminal && !cli->options.json && !cli->options.quiet;
    const struct run_settings settings = {
        .destination = &cli->config.destination,
        .catalogue = &cli->catalogue,
        .limits = cli->limits,
        .version = UEMSYNC_VERSION,
        .log = &log,
        .progress = board_progress(board),
        .entities = cli->options.entities,
        .entity_count = cli->options.entity_count,
        .full = cli->options.full,
        .dry_run = cli->options.dry_run,
        .allow_removal = cli->options.allow_removal,
        .is_told = is_told,
        .is_end_told = is_told && sync_is_alone(cli),
    };
    bool ok;

    log.block = board_block(board);
    ok = runs_make(runs, &settings, cli->config.tenants, cli->config.tenant_count, err);
    if (!runs->is_child) {
        board_end(board, stop_signal != 0);
    }
    board_free(board);
    return ok;
}

static void sync_write_entity(struct json_writer *json, const struct sync_entity_report *entity)
{
    json_object_begin(json);
    json_member_text(json, "entity", entity->entity);
    json_member_int(json, "calls", entity->calls);
    json_member_int(json, "retries", entity->retries);
    json_member_int(json, "bytes", entity->bytes);
    json_member_int(json, "fetched", entity->fetched);
    json_member_int(json, "inserted", entity->inserted);
    json_member_int(json, "updated", entity->updated);
    json_member_int(json, "deleted", entity->deleted);
    json_member_int(json, "unchanged", entity->unchanged);
    json_member_int(json, "rejected", entity->rejected);
    json_member_int(json, "missing", entity->missing);
    json_member_int(json, "kept", entity->kept);
    json_member_int(json, "asked", entity->asked);
    json_member_int(json, "unanswered", entity->unanswered);
    json_member_int(json, "failed", entity->failed);
    json_name(json, "seconds");
    json_number(json, entity->seconds);
    json_member_text(json, "completeness", sync_completeness_name(entity));
    json_member_text(json, "message", entity->error.kind != ERROR_NONE ? entity->error.text : NULL);
    json_member_text(json, "note", entity->note);
    json_object_end(json);
}

static void sync_write_report(struct json_writer *json, const struct sync_report *report)
{
    char time[TIMESTAMP_TEXT_SIZE];
    char message[SYNC_MESSAGE_SIZE];

    json_object_begin(json);
    json_member_text(json, "tenant", report->tenant);
    json_member_text(json, "run_id", *report->run_id != '\0' ? report->run_id : NULL);
    json_member_text(json, "outcome", sync_report_outcome(report));
    json_member_text(json, "message", sync_report_message(report, message));
    (void)timestamp_format(report->started_at, time);
    json_member_text(json, "started_at", time);
    (void)timestamp_format(report->finished_at, time);
    json_member_text(json, "finished_at", time);
    json_member_bool(json, "changed", report->changed);
    json_member_int(json, "kept", report->kept);
    json_member_int(json, "calls", report->calls);
    json_member_int(json, "retries", report->retries);
    json_member_int(json, "bytes", report->bytes);
    json_name(json, "entities");
    json_array_begin(json);
    for (size_t i = 0; i < report->entity_count; i++) {
        sync_write_entity(json, &report->entities[i]);
    }
    json_array_end(json);
    json_object_end(json);
}

static void sync_write_json(
    struct buffer *out, const struct sync_report *reports, int count, int code)
{
    struct json_writer json;

    json_init_shown(&json, out);
    json_object_begin(&json);
    json_name(&json, "tenants");
    json_array_begin(&json);
    for (int i = 0; i < count; i++) {
        sync_write_report(&json, &reports[i]);
    }
    json_array_end(&json);
    json_member_int(&json, "exit_code", code);
    json_object_end(&json);
    buffer_append_char(out, '\n');
}

/* What there is to tell, and the exit code. */
static int sync_tell(const struct cli *cli, const struct runs *runs)
{
    struct buffer text;
    int code = cli_signal_code(sync_reports_exit_code(runs->reports, runs->count), runs->cut_short);
    int printed = 0;
    const struct sync_table_settings settings = {.destination = &cli->config.destination,
        .dry_run = cli->options.dry_run,
        .config = cli->options.config};

    buffer_init(&text, cli_told_ceiling(cli));
    if (cli->options.json) {
        sync_write_json(&text, runs->reports, runs->count, code);
        printed = cli_print(cli, &text);
    } else if (!cli->options.quiet) {
        sync_table_write(&text, &cli->out, runs->reports, runs->count, &settings);
        printed = cli_print(cli, &text);
    }
    if (cli->out.columns == 0 || cli->options.json || cli->options.quiet) {
        sync_table_log_advice(&cli->log, runs->reports, runs->count, &settings);
    }
    buffer_release(&text);
    return code != 0 ? code : printed;
}

int command_sync(struct cli *cli)
{
    struct runs runs = {0};
    struct error err = {0};
    int code = 0;

    if (!sync_run_all(cli, &runs, &err)) {
        code = cli_fail(cli, &err);
    } else if (!runs.is_child) {
        code = sync_tell(cli, &runs);
    }
    if (!runs.is_child && cli->options.metrics_file != NULL) {
        metrics_save(cli, &runs, code);
    }
    runs_release(&runs);
    return code;
}
