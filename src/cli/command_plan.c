#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/stop.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "sync/plan.h"

/* A line a call, as scripts know it. */
static void plan_write_lines(struct buffer *out, const char *tenant, const struct plan *plan)
{
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        if (plan->calls[id] > 0) {
            buffer_printf(
                out, "%-18s %-30s %9" PRId64 "\n", tenant, uem_call(id)->name, plan->calls[id]);
        }
    }
    buffer_printf(out,
        "%-18s %-30s %9" PRId64 "  for %" PRId64 " devices%s, in %" PRId64
        " s at least by the server's limits\n",
        tenant, "all", plan->total, plan->devices,
        plan->knows_a_run ? "" : ", each taken for an iOS one as no run is known", plan->seconds);
}

static void plan_write_table(
    struct buffer *out, const struct style *style, const char *tenant, const struct plan *plan)
{
    const struct table_column columns[] = {
        {.name = tenant, .is_kept = true, .may_be_cut = true},
        {.name = "calls", .is_right = true, .is_kept = true},
    };
    char number[STYLE_TEXT_SIZE];
    char time[STYLE_TEXT_SIZE];
    char text[256];
    struct table table;

    table_init(&table, style, columns, sizeof columns / sizeof *columns);
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        if (plan->calls[id] > 0) {
            table_row(&table);
            (void)snprintf(text, sizeof text, "  %s", uem_call(id)->name);
            table_cell(&table, STYLE_PLAIN, text);
            table_number(&table, STYLE_PLAIN, plan->calls[id]);
        }
    }
    table_row(&table);
    table_cell(&table, STYLE_STRONG, "  all");
    table_number(&table, STYLE_STRONG, plan->total);
    (void)snprintf(text, sizeof text, "for %s devices%s%s%s%s", style_number(plan->devices, number),
        plan->knows_a_run ? "" : ", each taken for an iOS one as no run is known",
        plan->seconds > 0 ? ", in " : "",
        plan->seconds > 0 ? style_clock(plan->seconds * 1000, time) : "",
        plan->seconds > 0 ? " at least by the server's limits"
                          : ", which the server's limits do not slow");
    table_line(&table, STYLE_PLAIN, text);
    table_write(out, &table);
    table_release(&table);
}

static void plan_write_json(struct json_writer *json, const char *tenant, const struct plan *plan)
{
    json_object_begin(json);
    json_member_text(json, "tenant", tenant);
    json_member_int(json, "devices", plan->devices);
    json_name(json, "calls");
    json_object_begin(json);
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        if (plan->calls[id] > 0) {
            json_member_int(json, uem_call(id)->name, plan->calls[id]);
        }
    }
    json_object_end(json);
    json_member_int(json, "total", plan->total);
    json_member_int(json, "seconds", plan->seconds);
    json_member_bool(json, "knows_a_run", plan->knows_a_run);
    json_object_end(json);
}

/* Plans one tenant into `out`; returns its code. */
static int plan_one(
    struct cli *cli, const struct sync_tenant *tenant, struct buffer *out, struct json_writer *json)
{
    struct log log = cli->log;
    struct error err = {0};
    struct plan plan;
    const struct plan_settings settings = {
        .destination = &cli->config.destination,
        .catalogue = &cli->catalogue,
        .limits = cli->limits,
        .version = UEMSYNC_VERSION,
        .log = &log,
        .entities = cli->options.entities,
        .entity_count = cli->options.entity_count,
    };
    bool ok;

    log.tenant = tenant->name;
    ok = plan_tenant(&settings, tenant, &plan, &err);
    if (!ok) {
        log_event(&log, LOG_ERROR, "%s", err.text);
    } else if (cli->options.json) {
        plan_write_json(json, tenant->name, &plan);
    } else if (cli->out.columns > 0) {
        plan_write_table(out, &cli->out, tenant->name, &plan);
    } else {
        plan_write_lines(out, tenant->name, &plan);
    }
    return ok ? 0 : error_exit_code(err.kind);
}

/* Plans every tenant asked for into `out`, and returns the exit code: as with a run, one outcome
 * for all is that code, a mixture is 1. */
static int plan_all(struct cli *cli, struct buffer *out)
{
    struct json_writer json;
    int first_failure = 0;
    bool some_planned = false;
    bool cut_short = false;
    int code;

    json_init_shown(&json, out);
    for (size_t i = 0; i < cli->config.tenant_count; i++) {
        const struct sync_tenant *tenant = &cli->config.tenants[i];

        cut_short = cut_short || (tenant->is_wanted && stop_signal != 0);
        if (tenant->is_wanted && stop_signal == 0) {
            code = plan_one(cli, tenant, out, &json);
            some_planned = some_planned || code == 0;
            first_failure = first_failure != 0 ? first_failure : code;
        }
    }
    code = first_failure != 0 && some_planned ? 1 : first_failure;
    return cli_signal_code(code, cut_short);
}

int command_plan(struct cli *cli)
{
    struct buffer out;
    int code;
    int printed;

    buffer_init(&out, cli_told_ceiling(cli));
    if (cli->options.json) {
        buffer_append_text(&out, "{\"tenants\": [");
    }
    code = plan_all(cli, &out);
    if (cli->options.json) {
        buffer_printf(&out, "], \"exit_code\": %d}\n", code);
    }
    printed = cli_print(cli, &out);
    buffer_release(&out);
    return code != 0 ? code : printed;
}
