#include "sync/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/stop.h"
#include "base/timestamp.h"
#include "load/load.h"
#include "sync/entities.h"
#include "sync/flows.h"
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

static void run_choose(const struct run_settings *settings, const struct sync_tenant *tenant,
    struct sync_report *report)
{
    const struct entity *chosen[SYNC_MOST_ENTITIES];

    report->entity_count =
        entity_choose(tenant, settings->entities, settings->entity_count, chosen);
    for (size_t i = 0; i < report->entity_count; i++) {
        report->entities[i] = (struct sync_entity_report){.entity = chosen[i]->name};
    }
}

static void run_fill_counts(struct sync_report *report, const struct load_counts *counts)
{
    for (size_t i = 0; i < report->entity_count; i++) {
        struct sync_entity_report *entity = &report->entities[i];

        if (strcmp(entity->entity, counts->relation->name) == 0) {
            entity->inserted = counts->inserted;
            entity->updated = counts->updated;
            entity->deleted = counts->deleted;
            entity->unchanged = counts->unchanged;
        }
    }
}

/* Every relation is published: a device that is gone takes its rows of all of them with it. */
static bool run_publish(struct load *load, const struct load_schema *schema,
    struct sync_report *report, struct error *err)
{
    struct load_counts counts[CATALOGUE_MOST];
    bool ok = stop_signal == 0 || error_set(err, ERROR_INTERRUPTED, "interrupted");

    for (size_t i = 0; i < schema->count; i++) {
        counts[i] = (struct load_counts){.relation = schema->relations[i]};
    }
    ok = ok && load_publish(load, counts, schema->count, NULL, &report->changed, err);
    for (size_t i = 0; ok && i < schema->count; i++) {
        run_fill_counts(report, &counts[i]);
    }
    report->published = ok;
    return ok;
}

static bool run_open_load(const struct run_settings *settings, const struct load_run *run,
    const struct log *log, struct load **load, struct error *err)
{
    return settings->dry_run ? load_open_null(load, err)
                             : load_open(settings->destination, &settings->catalogue->schema, run,
                                   log, load, err);
}

static void run_take_counts(struct sync_report *report, const struct server *server)
{
    struct http_counts counts = http_client_counts(server->http);

    report->calls = counts.calls;
    report->retries = counts.retries;
    report->bytes = counts.bytes;
}

/* The destination comes first: a run that has nowhere to go makes no call. */
static bool run_all(const struct run_settings *settings, const struct sync_tenant *tenant,
    const struct log *log, struct sync_report *report, struct error *err)
{
    const struct load_run run = {.run_id = report->run_id,
        .tenant = tenant->name,
        .started_at = report->started_at,
        .version = settings->version};
    struct load *load = NULL;
    struct server server = {0};
    bool ok = run_open_load(settings, &run, log, &load, err) &&
              server_open(&server, tenant, limits_find(settings->limits, tenant), settings->version,
                  log, err);

    if (ok) {
        struct fetch fetch = {
            .server = &server,
            .load = load,
            .catalogue = settings->catalogue,
            .tenant = tenant,
            .run = &run,
            .log = log,
            .progress = settings->progress,
            .names = settings->entities,
            .name_count = settings->entity_count,
            .full = settings->full,
            .allow_removal = settings->allow_removal,
        };

        ok = flows_fetch(&fetch, report->entities, report->entity_count, err) &&
             run_publish(load, &settings->catalogue->schema, report, err);
        run_take_counts(report, &server);
    }
    server_close(&server);
    load_close(load);
    return ok;
}

/* One line an entity, and one for the run. */
static void run_log_end(const struct log *log, const struct sync_report *report, double seconds)
{
    for (size_t i = 0; report->error.kind == ERROR_NONE && i < report->entity_count; i++) {
        const struct sync_entity_report *entity = &report->entities[i];

        log_event(log, LOG_INFO,
            "%s %s: %" PRId64 " fetched, %" PRId64 " inserted, %" PRId64 " updated, %" PRId64
            " deleted, %" PRId64 " unchanged, %" PRId64 " rejected, %" PRId64 " calls",
            entity->entity, sync_completeness_name(entity), entity->fetched, entity->inserted,
            entity->updated, entity->deleted, entity->unchanged, entity->rejected, entity->calls);
    }
    if (report->error.kind != ERROR_NONE) {
        log_event(log, LOG_ERROR, "run %s %s: %s", report->run_id, sync_report_outcome(report),
            report->error.text);
    } else {
        log_event(log, LOG_INFO, "run %s %s: %" PRId64 " calls, %.1f s", report->run_id,
            sync_report_outcome(report), report->calls, seconds);
    }
}

void run_tenant(const struct run_settings *settings, const struct sync_tenant *tenant,
    struct sync_report *report)
{
    struct log log = *settings->log;
    int64_t from = timestamp_monotonic();

    *report = (struct sync_report){.tenant = tenant->name, .started_at = timestamp_now()};
    run_choose(settings, tenant, report);
    log.tenant = tenant->name;
    if (run_make_id(report, &report->error)) {
        log_event(&log, LOG_INFO, "run %s begins", report->run_id);
        if (run_all(settings, tenant, &log, report, &report->error)) {
            error_clear(&report->error); /* what a retry overcame is no outcome */
        }
    }
    report->finished_at = timestamp_now();
    run_log_end(&log, report, (double)(timestamp_monotonic() - from) / 1000.0);
}
