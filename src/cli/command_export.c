#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/stop.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "sync/entities.h"
#include "sync/export.h"

/* The one tenant that is meant: the named one, or the only one there is. */
static const struct sync_tenant *export_tenant(const struct cli *cli, struct error *err)
{
    const struct sync_tenant *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < cli->config.tenant_count; i++) {
        if (cli_wants_tenant(cli, cli->config.tenants[i].name)) {
            found = &cli->config.tenants[i];
            count++;
        }
    }
    if (count != 1) {
        (void)error_set(err, ERROR_USAGE, "export is of one tenant: say which with --tenant NAME");
        found = NULL;
    }
    return found;
}

/* The error of an entity that was given up: what came of it is not whole. */
static const struct error *export_failure(const struct sync_entity_report *reports, size_t count)
{
    const struct error *failure = NULL;

    for (size_t i = 0; failure == NULL && i < count; i++) {
        failure = reports[i].error.kind != ERROR_NONE ? &reports[i].error : NULL;
    }
    return failure;
}

/* Says what came; returns 1 when that is less than the server has. What was written counts: an
 * entity that was given up has no number of its own. */
static int export_tell(
    const struct log *log, const struct sync_entity_report *reports, size_t count, int64_t written)
{
    const struct sync_entity_report *last = &reports[count - 1];
    int code = 0;

    for (size_t i = 0; i < count; i++) {
        code = sync_entity_is_partial(&reports[i]) ? 1 : code;
    }
    log_event(log, LOG_INFO, "%s: %" PRId64 " exported, %" PRId64 " rejected, %" PRId64 " missing",
        last->entity, written, last->rejected, last->missing + last->failed + last->unanswered);
    return code;
}

/* *whole says whether the file may take its place. */
static bool export_run(
    struct cli *cli, struct output_file *file, bool *whole, int *code, struct error *err)
{
    const struct sync_tenant *tenant = export_tenant(cli, err);
    const struct mapping *mapping = catalogue_find(&cli->catalogue, cli->options.operand);
    struct board *board = cli_open_board(cli, cli->options.output == NULL);
    struct sync_entity_report reports[SYNC_MOST_ENTITIES];
    size_t count = 0;
    int64_t written = 0;
    struct log log = cli->log;
    const char *const operand = cli->options.operand;
    bool ok = tenant != NULL;

    ok = ok && cli_check_entity(cli, "export", cli->options.operand, err) &&
         entity_check_tenant("export", tenant, &operand, 1, err);
    ok = ok && output_open(file, cli->options.output, err);
    if (ok) {
        const struct export_settings settings = {
            .tenant = tenant,
            .catalogue = &cli->catalogue,
            .mapping = mapping,
            .limits = cli->limits,
            .version = UEMSYNC_VERSION,
            .log = &log,
            .progress = board_progress(board),
            .columns = cli->options.columns,
            .status = cli->options.status,
            .safe = cli->config.destination.csv_safe,
            .shown = isatty(fileno(file->out)) == 1,
            .out = file->out,
        };

        log.tenant = tenant->name;
        log.block = board_block(board);
        ok = export_entity(&settings, reports, &count, &written, err);
        board_end(board, stop_signal != 0);
        *code = ok ? export_tell(&log, reports, count, written) : 0;
        *whole = ok && export_failure(reports, count) == NULL;
        if (ok && !*whole && file->target != NULL) {
            log_event(&log, LOG_ERROR, "%s is left as it was", file->path);
        }
    }
    board_free(board);
    return ok;
}

int command_export(struct cli *cli)
{
    struct output_file file = {0};
    struct error err = {0};
    int code = 0;
    bool whole = false;
    bool ok =
        cli->options.operand != NULL ||
        error_set(&err, ERROR_USAGE, "export wants an entity, such as `uemsync export device`");

    ok = ok && export_run(cli, &file, &whole, &code, &err);
    ok = output_close(&file, whole, &err) && ok;
    if (!ok && err.kind == ERROR_PIPE && cli->options.output != NULL) {
        err.kind = ERROR_DESTINATION; /* the user's own pipe */
    }
    return ok ? code : cli_fail(cli, &err);
}
