#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"
#include "cli/commands.h"
#include "sync/entities.h"
#include "sync/export.h"

/* A plain file, or a new one, is written beside its place and renamed into it when it is whole.
 * What is none (a device, a pipe) is written to as it is. A link stays, and what it leads to is
 * replaced.
 */
struct export_file {
    const char *path; /* as given; NULL: standard output */
    char *target;     /* the place behind all links; NULL: written to as it is; owned */
    char made[CLI_PATH_SIZE];
    mode_t mode;
    FILE *out;
};

/* Whether there is something that a rename would destroy. */
static bool export_is_special(const char *path, mode_t *mode)
{
    struct stat what;
    bool is_there = stat(path, &what) == 0;

    *mode = is_there ? what.st_mode & 07777 : S_IRUSR | S_IWUSR;
    return is_there && !S_ISREG(what.st_mode);
}

static int export_make(struct export_file *file)
{
    int made = -1;

    file->target = realpath(file->path, NULL);
    if (file->target == NULL && errno == ENOENT) {
        file->target = strdup(file->path);
    }
    if (file->target != NULL &&
        snprintf(file->made, sizeof file->made, "%s.part", file->target) < CLI_PATH_SIZE) {
        made = open(
            file->made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    }
    if (made >= 0 && fchmod(made, file->mode) != 0) {
        (void)close(made);
        made = -1;
    }
    return made;
}

static bool export_open(struct export_file *file, const char *path, struct error *err)
{
    bool ok = true;

    *file = (struct export_file){.path = path, .out = stdout};
    if (path != NULL) {
        int made = export_is_special(path, &file->mode) ? open(path, O_WRONLY | O_CLOEXEC)
                                                        : export_make(file);

        file->out = made >= 0 ? fdopen(made, "w") : NULL;
        ok = file->out != NULL || error_set(err, ERROR_DESTINATION, "%s: %s",
                                      file->target != NULL ? file->made : path, strerror(errno));
    }
    return ok;
}

static bool export_close(struct export_file *file, bool whole, struct error *err)
{
    bool ok = true;

    if (file->path != NULL && file->out != NULL) {
        bool is_plain = file->target != NULL;

        ok = fflush(file->out) == 0 && (!whole || !is_plain || fsync(fileno(file->out)) == 0);
        ok = fclose(file->out) == 0 && ok;
        if (ok && whole && is_plain) {
            ok = rename(file->made, file->target) == 0;
        }
        if (!ok && whole) {
            (void)error_set(err, ERROR_DESTINATION, "%s: %s", file->path, strerror(errno));
        }
        if (is_plain && (!ok || !whole)) {
            (void)unlink(file->made);
        }
    }
    free(file->target);
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

/* The error of an entity that was given up: what came of it is not whole. */
static const struct error *export_failure(const struct sync_entity_report *reports, size_t count)
{
    const struct error *failure = NULL;

    for (size_t i = 0; failure == NULL && i < count; i++) {
        failure = reports[i].error.kind != ERROR_NONE ? &reports[i].error : NULL;
    }
    return failure;
}

/* Says what came; returns 1 when that is less than the server has. */
static int export_tell(
    const struct log *log, const struct sync_entity_report *reports, size_t count)
{
    const struct sync_entity_report *last = &reports[count - 1];
    int code = 0;

    for (size_t i = 0; i < count; i++) {
        code = sync_entity_is_partial(&reports[i]) ? 1 : code;
    }
    log_event(log, LOG_INFO, "%s: %" PRId64 " exported, %" PRId64 " rejected, %" PRId64 " missing",
        last->entity, last->fetched, last->rejected,
        last->missing + last->failed + last->unanswered);
    return code;
}

/* *whole says whether the file may take its place. */
static bool export_run(
    struct cli *cli, struct export_file *file, bool *whole, int *code, struct error *err)
{
    const struct sync_tenant *tenant = export_tenant(cli, err);
    const struct mapping *mapping = catalogue_find(&cli->catalogue, cli->options.operand);
    struct board *board = cli_open_board(cli, cli->options.output == NULL);
    struct sync_entity_report reports[SYNC_MOST_ENTITIES];
    size_t count = 0;
    struct log log = cli->log;
    const char *const operand = cli->options.operand;
    bool ok = tenant != NULL;

    ok = ok && entity_check("export", cli->options.operand, err) &&
         entity_check_tenant("export", tenant, &operand, 1, err);
    ok = ok && export_open(file, cli->options.output, err);
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
            .out = file->out,
        };

        log.tenant = tenant->name;
        log.block = board_block(board);
        ok = export_entity(&settings, reports, &count, err);
        board_end(board, stop_signal != 0);
        *code = ok ? export_tell(&log, reports, count) : 0;
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
    struct export_file file = {0};
    struct error err = {0};
    int code = 0;
    bool whole = false;
    bool ok =
        cli->options.operand != NULL ||
        error_set(&err, ERROR_USAGE, "export wants an entity, such as `uemsync export device`");

    ok = ok && export_run(cli, &file, &whole, &code, &err);
    ok = export_close(&file, whole, &err) && ok;
    return ok ? code : cli_fail(cli, &err);
}
