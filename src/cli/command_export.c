#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/progress_line.h"
#include "sync/export.h"

/* A file is written beside its place and renamed into it when it is whole. */
struct export_file {
    const char *path; /* NULL: standard output */
    char made[CLI_PATH_SIZE];
    FILE *out;
};

static bool export_open(struct export_file *file, const char *path, struct error *err)
{
    bool ok = true;

    *file = (struct export_file){.path = path, .out = stdout};
    if (path != NULL) {
        int made = -1;

        if (snprintf(file->made, sizeof file->made, "%s.part", path) < CLI_PATH_SIZE) {
            made = open(file->made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        }
        file->out = made >= 0 ? fdopen(made, "w") : NULL;
        ok = file->out != NULL ||
             error_set(err, ERROR_DESTINATION, "%s: %s", file->made, strerror(errno));
    }
    return ok;
}

static bool export_close(struct export_file *file, bool whole, struct error *err)
{
    bool ok = true;

    if (file->path != NULL && file->out != NULL) {
        ok = fflush(file->out) == 0 && (!whole || fsync(fileno(file->out)) == 0);
        ok = fclose(file->out) == 0 && ok;
        if (ok && whole) {
            ok = rename(file->made, file->path) == 0;
        }
        if (!ok && whole) {
            (void)error_set(err, ERROR_DESTINATION, "%s: %s", file->path, strerror(errno));
        }
        if (!ok || !whole) {
            (void)unlink(file->made);
        }
    }
    return ok;
}

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

static bool export_run(struct cli *cli, struct export_file *file, struct error *err, int *code)
{
    const struct sync_tenant *tenant = export_tenant(cli, err);
    const struct mapping *mapping = catalogue_find(&cli->catalogue, cli->options.operand);
    struct progress_line line;
    const struct progress progress = progress_line_init(&line, &cli->line_open);
    struct sync_entity_report report = {0};
    struct log log = cli->log;
    bool ok = tenant != NULL;

    if (ok && mapping == NULL) {
        ok = error_set(
            err, ERROR_USAGE, "export %s: no such entity in this version", cli->options.operand);
    }
    ok = ok && export_open(file, cli->options.output, err);
    if (ok) {
        const struct export_settings settings = {
            .tenant = tenant,
            .mapping = mapping,
            .limits = cli->limits,
            .version = UEMSYNC_VERSION,
            .log = &log,
            .progress = cli_wants_progress(cli) ? &progress : NULL,
            .columns = cli->options.columns,
            .status = cli->options.status,
            .safe = cli->config.destination.csv_safe,
            .out = file->out,
        };

        log.tenant = tenant->name;
        ok = export_devices(&settings, &report, err);
        progress_line_end(&line);
        if (ok) {
            log_event(&log, LOG_INFO,
                "%s: %" PRId64 " exported, %" PRId64 " rejected, %" PRId64 " missing",
                mapping->relation.name, report.fetched, report.rejected, report.missing);
        }
        *code = report.rejected > 0 || report.missing > 0 ? 1 : 0;
    }
    return ok;
}

int command_export(struct cli *cli)
{
    struct export_file file = {0};
    struct error err = {0};
    int code = 0;
    bool ok =
        cli->options.operand != NULL ||
        error_set(&err, ERROR_USAGE, "export wants an entity, such as `uemsync export device`");

    ok = ok && export_run(cli, &file, &err, &code);
    ok = export_close(&file, ok, &err) && ok;
    return ok ? code : cli_fail(cli, &err);
}
