#include "sync/run.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/stop.h"
#include "base/timestamp.h"
#include "load/load.h"
#include "sync/devices.h"
#include "sync/server.h"

/* "20261122T031500Z-1a2b3c4d": sorts by time, and two runs of one second differ. */
static bool run_make_id(struct sync_report *report, struct error *err)
{
    char text[TIMESTAMP_TEXT_SIZE];
    uint32_t random = 0;
    bool ok = hash_random(&random, sizeof random, err);

    timestamp_format_compact(report->started_at, text);
    (void)snprintf(report->run_id, sizeof report->run_id, "%.16s-%08" PRIx32, text, random);
    return ok;
}

static void run_fill_counts(struct sync_report *report, const struct load_counts *counts)
{
    report->device.inserted = counts->inserted;
    report->device.updated = counts->updated;
    report->device.deleted = counts->deleted;
    report->device.unchanged = counts->unchanged;
}

static bool run_publish(
    struct load *load, const struct mapping *mapping, struct sync_report *report, struct error *err)
{
    struct load_counts counts = {.relation = &mapping->relation};
    bool ok = stop_signal == 0 || error_set(err, ERROR_INTERRUPTED, "interrupted");

    ok = ok && load_publish(load, &counts, 1, &report->changed, err);
    if (ok) {
        run_fill_counts(report, &counts);
        report->published = true;
    }
    return ok;
}

static bool run_open_load(const struct run_settings *settings, const struct load_run *run,
    const struct log *log, struct load **load, struct error *err)
{
    return settings->dry_run ? load_open_null(load, err)
                             : load_open(settings->destination, &settings->catalogue->schema, run,
                                   log, load, err);
}

/* The destination comes first: a run that has nowhere to go makes no call. */
static bool run_all(const struct run_settings *settings, const struct sync_tenant *tenant,
    const struct log *log, struct sync_report *report, struct error *err)
{
    const struct load_run run = {
        report->run_id, tenant->name, report->started_at, settings->version};
    const struct mapping *mapping = catalogue_find(settings->catalogue, "device");
    struct load *load = NULL;
    struct server server = {0};
    bool ok = mapping != NULL || error_set(err, ERROR_CONFIG, "no mapping file for device");

    ok = ok && run_open_load(settings, &run, log, &load, err) &&
         server_open(
             &server, tenant, limits_find(settings->limits, tenant), settings->version, log, err);
    if (ok) {
        const struct devices_input input = {
            .server = &server,
            .load = load,
            .mapping = mapping,
            .tenant = tenant,
            .log = log,
            .progress = settings->progress,
            .allow_removal = settings->allow_removal,
        };
        struct http_counts counts;

        ok = devices_fetch(&input, &report->device, err) && run_publish(load, mapping, report, err);
        counts = http_client_counts(server.http);
        report->calls = counts.calls;
        report->retries = counts.retries;
        report->bytes = counts.bytes;
    }
    server_close(&server);
    load_close(load);
    return ok;
}

void run_tenant(const struct run_settings *settings, const struct sync_tenant *tenant,
    struct sync_report *report)
{
    struct log log = *settings->log;
    int64_t from = timestamp_monotonic();

    *report = (struct sync_report){.tenant = tenant->name, .started_at = timestamp_now()};
    report->device.entity = "device";
    log.tenant = tenant->name;
    if (run_make_id(report, &report->error)) {
        log_event(&log, LOG_INFO, "run %s begins", report->run_id);
        if (run_all(settings, tenant, &log, report, &report->error)) {
            error_clear(&report->error); /* what a retry overcame is no outcome */
        }
    }
    report->device.seconds = (double)(timestamp_monotonic() - from) / 1000.0;
    report->finished_at = timestamp_now();
    if (report->error.kind != ERROR_NONE) {
        log_event(&log, LOG_ERROR, "run %s %s: %s", report->run_id, sync_report_outcome(report),
            report->error.text);
    } else {
        log_event(&log, LOG_INFO,
            "run %s %s: %" PRId64 " devices, %" PRId64 " inserted, %" PRId64 " updated, %" PRId64
            " deleted, %" PRId64 " unchanged, %" PRId64 " rejected, %" PRId64 " calls, %.1f s",
            report->run_id, sync_report_outcome(report), report->device.fetched,
            report->device.inserted, report->device.updated, report->device.deleted,
            report->device.unchanged, report->device.rejected, report->calls,
            report->device.seconds);
    }
}
