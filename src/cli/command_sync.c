#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/stop.h"
#include "base/timestamp.h"
#include "cli/commands.h"
#include "cli/progress_line.h"
#include "sync/run.h"

enum { SYNC_TEXT_CEILING = 1024 * 1024 };

/* *cut_short: a signal came before each tenant had its turn. */
static int sync_run_all(struct cli *cli, struct sync_report *reports, bool *cut_short)
{
    struct progress_line line;
    const struct progress progress = progress_line_init(&line, &cli->line_open);
    const struct run_settings settings = {
        .destination = &cli->config.destination,
        .catalogue = &cli->catalogue,
        .limits = cli->limits,
        .version = UEMSYNC_VERSION,
        .log = &cli->log,
        .progress = cli_wants_progress(cli) ? &progress : NULL,
        .dry_run = cli->options.dry_run,
        .allow_removal = cli->options.allow_removal,
    };
    int count = 0;

    *cut_short = false;
    for (size_t i = 0; i < cli->config.tenant_count; i++) {
        bool wanted = cli->config.tenants[i].is_wanted;

        *cut_short = *cut_short || (wanted && stop_signal != 0);
        if (wanted && stop_signal == 0) {
            line.from = 0;
            run_tenant(&settings, &cli->config.tenants[i], &reports[count++]);
            progress_line_end(&line);
        }
    }
    return count;
}

static void sync_write_report(struct json_writer *json, const struct sync_report *report)
{
    char time[TIMESTAMP_TEXT_SIZE];
    const struct sync_entity_report *device = &report->device;

    json_object_begin(json);
    json_member_text(json, "tenant", report->tenant);
    json_member_text(json, "run_id", report->run_id);
    json_member_text(json, "outcome", sync_report_outcome(report));
    json_member_text(json, "message", report->error.kind != ERROR_NONE ? report->error.text : NULL);
    (void)timestamp_format(report->started_at, time);
    json_member_text(json, "started_at", time);
    (void)timestamp_format(report->finished_at, time);
    json_member_text(json, "finished_at", time);
    json_member_bool(json, "changed", report->changed);
    json_member_int(json, "calls", report->calls);
    json_member_int(json, "retries", report->retries);
    json_member_int(json, "bytes", report->bytes);
    json_name(json, "entities");
    json_array_begin(json);
    json_object_begin(json);
    json_member_text(json, "entity", device->entity);
    json_member_int(json, "fetched", device->fetched);
    json_member_int(json, "inserted", device->inserted);
    json_member_int(json, "updated", device->updated);
    json_member_int(json, "deleted", device->deleted);
    json_member_int(json, "unchanged", device->unchanged);
    json_member_int(json, "rejected", device->rejected);
    json_member_int(json, "missing", device->missing);
    json_member_int(json, "kept", device->kept);
    json_name(json, "seconds");
    json_number(json, device->seconds);
    json_member_text(json, "completeness", sync_completeness_name(device));
    json_object_end(json);
    json_array_end(json);
    json_object_end(json);
}

static void sync_write_json(
    struct buffer *out, const struct sync_report *reports, int count, int code)
{
    struct json_writer json;

    json_init(&json, out);
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

static void sync_write_table(struct buffer *out, const struct sync_report *reports, int count)
{
    buffer_printf(out, "%-18s %-12s %-9s %9s %9s %9s %9s %9s %9s %7s %8s\n", "tenant", "outcome",
        "listing", "devices", "inserted", "updated", "deleted", "unchanged", "rejected", "calls",
        "seconds");
    for (int i = 0; i < count; i++) {
        const struct sync_report *report = &reports[i];
        const struct sync_entity_report *device = &report->device;

        buffer_printf(out,
            "%-18s %-12s %-9s %9" PRId64 " %9" PRId64 " %9" PRId64 " %9" PRId64 " %9" PRId64
            " %9" PRId64 " %7" PRId64 " %8.1f\n",
            report->tenant, sync_report_outcome(report), sync_completeness_name(device),
            device->fetched, device->inserted, device->updated, device->deleted, device->unchanged,
            device->rejected, report->calls, device->seconds);
    }
}

int command_sync(struct cli *cli)
{
    struct sync_report *reports = calloc(cli->config.tenant_count, sizeof *reports);
    struct error err = {0};
    struct buffer text;
    int code;

    buffer_init(&text, SYNC_TEXT_CEILING);
    if (reports == NULL) {
        (void)error_memory(&err);
        code = cli_fail(cli, &err);
    } else {
        bool cut_short;
        int count = sync_run_all(cli, reports, &cut_short);
        int printed = 0;

        code = cli_signal_code(sync_reports_exit_code(reports, count), cut_short);
        if (cli->options.json) {
            sync_write_json(&text, reports, count, code);
            printed = cli_print(cli, &text);
        } else if (!cli->options.quiet) {
            sync_write_table(&text, reports, count);
            printed = cli_print(cli, &text);
        }
        code = code != 0 ? code : printed;
    }
    buffer_release(&text);
    free(reports);
    return code;
}
