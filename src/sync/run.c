#include "sync/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/stop.h"
#include "base/timestamp.h"
#include "load/load.h"
#include "sync/entities.h"
#include "sync/flows.h"
#include "sync/personal.h"
#include "sync/run_ledger.h"
#include "sync/server.h"

enum { RUN_FINGERPRINT_SIZE = 512 };

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

/* Who tells of the run's end, once it is known what was written. */
struct run_end {
    struct load *load;
    const struct run_settings *settings;
    struct sync_report *report;
    const struct load_counts *counts;
    size_t count;
};

static bool run_tell_end(void *context, struct error *err)
{
    const struct run_end *end = context;

    for (size_t i = 0; i < end->count; i++) {
        run_fill_counts(end->report, &end->counts[i]);
    }
    end->report->finished_at = timestamp_now();
    return run_ledger_end(end->load, end->report, end->settings->version, err);
}

/* A publish that failed wrote nothing after all. */
static void run_forget_counts(struct sync_report *report)
{
    for (size_t i = 0; i < report->entity_count; i++) {
        struct sync_entity_report *entity = &report->entities[i];

        entity->inserted = 0;
        entity->updated = 0;
        entity->deleted = 0;
        entity->unchanged = 0;
    }
}

/* Every relation is published: a device that is gone takes its rows of all of them with it. */
static bool run_publish(const struct run_settings *settings, struct load *load,
    const struct log *log, struct sync_report *report, struct error *err)
{
    int64_t from = timestamp_monotonic();
    const struct load_schema *schema = &settings->catalogue->schema;
    struct load_counts counts[CATALOGUE_MOST];
    struct run_end context = {load, settings, report, counts, schema->count};
    const struct load_end end = {run_tell_end, &context};
    bool ok = stop_signal == 0 || error_set(err, ERROR_INTERRUPTED, "interrupted");

    for (size_t i = 0; i < schema->count; i++) {
        counts[i] = (struct load_counts){.relation = schema->relations[i]};
    }
    progress_say(settings->progress, report->tenant, "publishing", false);
    /* What is in memory alone would be lost by a kill amid publishing. */
    ok = ok && load_save(load, err);
    if (ok) {
        error_clear(err); /* what a retry overcame is no outcome */
    }
    ok = ok && load_publish(load, counts, schema->count, &end, &report->changed, err);
    report->published = ok;
    if (!ok) {
        run_forget_counts(report);
    }
    log_event(
        log, LOG_DEBUG, "publishing took %.2f s", (double)(timestamp_monotonic() - from) / 1000.0);
    return ok;
}

/* What was fetched is for the next run; where it cannot be saved any more, it is fetched again. */
static void run_keep(const struct run_settings *settings, struct load *load, const struct log *log,
    const struct fetch_saving *saving, struct sync_report *report)
{
    struct error err = {0};
    bool saved = load_save(load, &err);
    int64_t kept = saving->resumed + saving->saved + (saved ? saving->unsaved : 0);

    if (!saving->is_dropped && kept > 0 && !settings->dry_run) {
        report->kept = kept;
        log_event(log, LOG_INFO,
            "%" PRId64 " answers of devices are kept for the next run, and not asked for again",
            kept);
    }
}

/* A run that publishes nothing ends its row of the ledger alone. */
static void run_fail(const struct run_settings *settings, struct load *load, const struct log *log,
    struct sync_report *report)
{
    struct error err = {0};

    report->finished_at = timestamp_now();
    if (!run_ledger_end(load, report, settings->version, &err)) {
        log_event(log, LOG_WARNING, "the run's end cannot be noted in sync_run: %s", err.text);
    }
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

/* Of all that decides what a record becomes: the program, the mappings, and what of the tenant's
 * settings the mapper is told. */
static bool run_fingerprint(const struct run_settings *settings, const struct sync_tenant *tenant,
    char hex[HASH_HEX_SIZE], struct error *err)
{
    char text[RUN_FINGERPRINT_SIZE];
    struct hash *hash = hash_new(err);
    int size = snprintf(text, sizeof text, "%s %s %d %d %s", settings->version,
        settings->catalogue->digest, (int)tenant->kind, tenant->profile_content ? 1 : 0,
        tenant->timezone != NULL ? tenant->timezone : "");
    bool keeps_coordinates =
        personal_keeps_coordinates(tenant, settings->entities, settings->entity_count);
    bool ok = hash != NULL && hash_add(hash, text, (size_t)size, err) &&
              personal_add_to(hash, tenant, keeps_coordinates, err) && hash_end_hex(hash, hex, err);

    hash_free(hash);
    return ok;
}

static bool run_fetch(const struct run_settings *settings, const struct sync_tenant *tenant,
    struct load *load, const struct load_run *run, const struct log *log,
    struct sync_report *report, struct error *err)
{
    struct server server = {0};
    struct fetch_saving saving = {.resumed = 0};
    struct fetch fetch = {
        .server = &server,
        .load = load,
        .catalogue = settings->catalogue,
        .tenant = tenant,
        .run = run,
        .log = log,
        .progress = settings->progress,
        .saving = &saving,
        .names = settings->entities,
        .name_count = settings->entity_count,
        .full = settings->full,
        .allow_removal = settings->allow_removal,
    };
    bool is_open;
    bool ok;

    progress_say(settings->progress, report->tenant, NULL, false);
    is_open = server_open(
        &server, tenant, limits_find(settings->limits, tenant), settings->version, log, err);
    ok = is_open && flows_fetch(&fetch, report->entities, report->entity_count, err);
    if (is_open) {
        run_take_counts(report, &server);
    }
    ok = ok && run_publish(settings, load, log, report, err);
    if (!ok) {
        run_keep(settings, load, log, &saving, report);
    }
    server_close(&server);
    return ok;
}

/* Whose progress the destination tells of. */
struct run_watched {
    const struct progress *progress;
    const char *tenant;
};

static void run_watch_at(void *context, const char *relation)
{
    const struct run_watched *watched = context;

    progress_at(watched->progress, watched->tenant, relation);
}

static void run_watch_tick(void *context)
{
    const struct run_watched *watched = context;

    progress_tick(watched->progress);
}

/* The destination comes first: a run that has nowhere to go makes no call. */
static bool run_all(const struct run_settings *settings, const struct sync_tenant *tenant,
    const struct log *log, struct sync_report *report, struct error *err)
{
    char fingerprint[HASH_HEX_SIZE];
    const char *takes[SYNC_MOST_ENTITIES];
    struct run_watched watched = {settings->progress, tenant->name};
    const struct load_watch watch = {run_watch_at, run_watch_tick, &watched};
    const struct load_run run = {.run_id = report->run_id,
        .tenant = tenant->name,
        .started_at = report->started_at,
        .version = settings->version,
        .fingerprint = fingerprint,
        .takes = takes,
        .take_count = settings->full ? 0 : report->entity_count,
        .watch = &watch};
    struct load *load = NULL;
    bool is_begun;
    bool ok;

    for (size_t i = 0; i < report->entity_count; i++) {
        takes[i] = report->entities[i].entity;
    }
    progress_say(settings->progress, tenant->name, "opening the destination", false);
    is_begun = run_fingerprint(settings, tenant, fingerprint, err) &&
               run_open_load(settings, &run, log, &load, err) &&
               run_ledger_begin(load, report, settings->version, err);
    ok = is_begun && run_fetch(settings, tenant, load, &run, log, report, err);
    if (is_begun && !ok) {
        run_fail(settings, load, log, report);
    }
    load_close(load);
    return ok;
}

/* One line an entity, and one for the run. */
static void run_log_end(const struct run_settings *settings, const struct log *log,
    const struct sync_report *report, double seconds)
{
    for (size_t i = 0; report->error.kind == ERROR_NONE && i < report->entity_count; i++) {
        const struct sync_entity_report *entity = &report->entities[i];

        log_event(log, settings->is_told ? LOG_DEBUG : LOG_INFO,
            "%s %s: %" PRId64 " fetched, %" PRId64 " inserted, %" PRId64 " updated, %" PRId64
            " deleted, %" PRId64 " unchanged, %" PRId64 " rejected, %" PRId64 " calls",
            entity->entity, sync_completeness_name(entity), entity->fetched, entity->inserted,
            entity->updated, entity->deleted, entity->unchanged, entity->rejected, entity->calls);
    }
    if (report->error.kind != ERROR_NONE) {
        char text[SYNC_MESSAGE_SIZE];

        log_event(log, settings->is_end_told ? LOG_DEBUG : LOG_ERROR, "run %s %s", report->run_id,
            sync_report_failure(report, text));
    } else {
        char *folder = settings->dry_run || settings->destination->type != LOAD_CSV
                           ? NULL
                           : file_absolute(settings->destination->directory);

        log_event(log, LOG_INFO, "run %s %s: %" PRId64 " calls, %.1f s%s%s%s%s", report->run_id,
            sync_report_outcome(report), report->calls, seconds, folder != NULL ? ", into " : "",
            folder != NULL ? folder : "", folder != NULL ? "/" : "",
            folder != NULL ? report->tenant : "");
        free(folder);
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
        (void)run_all(settings, tenant, &log, report, &report->error);
    }
    report->finished_at = timestamp_now();
    progress_say(settings->progress, tenant->name, sync_report_outcome(report), true);
    run_log_end(settings, &log, report, (double)(timestamp_monotonic() - from) / 1000.0);
}
