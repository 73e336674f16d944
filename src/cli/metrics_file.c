#include "cli/metrics_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/file.h"
#include "base/timestamp.h"
#include "cli/metrics.h"
#include "sync/check.h"
#include "sync/status.h"

enum { METRICS_FILE_MODE = 0644 };

static const struct sync_report *metrics_report(const struct runs *runs, const char *tenant)
{
    const struct sync_report *found = NULL;

    for (int i = 0; found == NULL && runs->reports != NULL && i < runs->count; i++) {
        found = strcmp(runs->reports[i].tenant, tenant) == 0 ? &runs->reports[i] : NULL;
    }
    return found;
}

/* Those that runs of the tenant fetch, whatever this one was asked for. A destination that failed
 * the run is not asked once more, as that may take as long again. */
static void metrics_read_status(const struct cli *cli, const struct sync_tenant *tenant,
    const struct sync_report *report, struct status *status)
{
    const struct status_settings settings = {
        .destination = &cli->config.destination, .catalogue = &cli->catalogue, .log = &cli->log};
    struct error err = {0};
    bool is_lost = report != NULL && report->error.kind == ERROR_DESTINATION;

    if (is_lost) {
        status_list(&settings, tenant, status);
    } else {
        (void)status_read(&settings, tenant, status, &err);
    }
}

static void metrics_fill(const struct cli *cli, const struct runs *runs,
    const struct sync_tenant *tenant, struct str former, struct metrics_tenant *metrics)
{
    struct status status;

    *metrics =
        (struct metrics_tenant){.name = tenant->name, .report = metrics_report(runs, tenant->name)};
    metrics->has_certificate = check_certificate_end(tenant, &metrics->certificate_ends);
    metrics_read_status(cli, tenant, metrics->report, &status);
    metrics->loaded_count = status.entity_count;
    for (size_t i = 0; i < status.entity_count; i++) {
        const struct status_entity *entity = &status.entities[i];
        int64_t at = entity->loaded_at;

        metrics->loaded[i] = (struct metrics_loaded){entity->entity,
            at != STATUS_NEVER ? at : metrics_find_loaded(former, tenant->name, entity->entity)};
    }
}

static bool metrics_save_file(
    const struct cli *cli, const struct runs *runs, int exit_code, struct error *err)
{
    const struct config *config = &cli->config;
    const char *path = cli->options.metrics_file;
    struct metrics_tenant *tenants = calloc(config->tenant_count + 1, sizeof *tenants);
    struct metrics metrics = {
        .version = UEMSYNC_VERSION, .exit_code = exit_code, .tenants = tenants};
    struct buffer former;
    struct buffer text;
    struct error ignored = {0};
    bool there = false;
    bool ok = (tenants != NULL || error_memory(err)) && file_is_there(path, &there, err);

    buffer_init(&former, cli_told_ceiling(cli));
    buffer_init(&text, cli_told_ceiling(cli));
    if (ok && there && !file_read(path, &former, &ignored)) {
        buffer_clear(&former);
    }
    for (size_t i = 0; ok && i < config->tenant_count; i++) {
        if (config->tenants[i].is_wanted) {
            metrics_fill(cli, runs, &config->tenants[i], buffer_view(&former),
                &tenants[metrics.tenant_count++]);
        }
    }
    metrics.now = timestamp_now();
    if (ok) {
        metrics_write(&text, &metrics);
    }
    ok = ok && (buffer_ok(&text) || error_memory(err)) &&
         file_replace(path, buffer_view(&text), METRICS_FILE_MODE, err);
    buffer_release(&text);
    buffer_release(&former);
    free(tenants);
    return ok;
}

void metrics_save(const struct cli *cli, const struct runs *runs, int exit_code)
{
    struct error err = {0};

    if (!metrics_save_file(cli, runs, exit_code, &err)) {
        log_event(&cli->log, LOG_WARNING, "the metrics of this run are not written: %s", err.text);
    }
}
