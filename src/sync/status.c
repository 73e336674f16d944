#include "sync/status.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/str.h"
#include "base/timestamp.h"
#include "load/load.h"
#include "sync/entities.h"
#include "sync/run_ledger.h"

/* A run that published something, for the rows of its entities. */
struct status_past {
    char run_id[SYNC_RUN_ID_SIZE];
    int64_t started_at;
    uint64_t named; /* a bit for each entity that its message says something of */
};
static_assert((int)SYNC_MOST_ENTITIES <= 64, "each has its bit");

struct status_reading {
    struct status *status;
    struct buffer past;                     /* of struct status_past */
    int64_t refused_at[SYNC_MOST_ENTITIES]; /* of each entity, when it was last not offered */
};

static const struct status_past *status_runs(const struct status_reading *reading, size_t *count)
{
    *count = reading->past.size / sizeof(struct status_past);
    return (const struct status_past *)(const void *)reading->past.data;
}

static void status_copy(char *to, size_t size, struct str text)
{
    (void)snprintf(to, size, "%.*s", text.data != NULL ? (int)text.size : 0,
        text.data != NULL ? text.data : "");
    str_make_line(to);
}

static int64_t status_time(struct str text)
{
    int64_t ms = STATUS_NEVER;

    return text.data != NULL && timestamp_parse_iso(text, &ms) ? ms : STATUS_NEVER;
}

/* Keeps the latest, in order. */
static void status_note_run(struct status *status, const struct str *texts, int64_t started_at)
{
    struct status_run *runs = status->runs;
    size_t place = 0;

    while (place < status->run_count && runs[place].started_at >= started_at) {
        place++;
    }
    if (place < STATUS_MOST_RUNS) {
        status->run_count += status->run_count < STATUS_MOST_RUNS ? 1 : 0;
        memmove(&runs[place + 1], &runs[place], (status->run_count - place - 1) * sizeof *runs);
        runs[place] =
            (struct status_run){.started_at = started_at, .finished_at = status_time(texts[2])};
        status_copy(runs[place].run_id, sizeof runs[place].run_id, texts[0]);
        status_copy(runs[place].outcome, sizeof runs[place].outcome, texts[3]);
        status_copy(runs[place].message, sizeof runs[place].message, texts[4]);
    }
}

/* texts: run_id, started_at, finished_at, outcome, message. */
static bool status_take_run(void *context, const struct str *texts, struct error *err)
{
    struct status_reading *reading = context;
    int64_t started_at = status_time(texts[1]);
    bool published = str_is(texts[3], "complete") || str_is(texts[3], "partial");

    if (texts[0].data != NULL && started_at != STATUS_NEVER) {
        status_note_run(reading->status, texts, started_at);
    }
    if (published && texts[0].size < SYNC_RUN_ID_SIZE && started_at != STATUS_NEVER) {
        struct status_past past = {.started_at = started_at};

        status_copy(past.run_id, sizeof past.run_id, texts[0]);
        for (size_t i = 0; texts[4].data != NULL && i < reading->status->entity_count; i++) {
            bool is_named = sync_message_names(texts[4], reading->status->entities[i].entity);

            past.named |= is_named ? UINT64_C(1) << i : 0;
        }
        buffer_append(&reading->past, &past, sizeof past);
    }
    return buffer_ok(&reading->past) || error_memory(err);
}

static int status_compare(const void *a, const void *b)
{
    return strcmp(((const struct status_past *)a)->run_id, ((const struct status_past *)b)->run_id);
}

/* The run of that id; NULL: it published nothing. */
static const struct status_past *status_find_run(
    const struct status_reading *reading, struct str run_id)
{
    struct status_past wanted = {.started_at = 0};
    size_t count;
    const struct status_past *runs = status_runs(reading, &count);

    status_copy(wanted.run_id, sizeof wanted.run_id, run_id);
    return count > 0 ? bsearch(&wanted, runs, count, sizeof *runs, status_compare) : NULL;
}

static bool status_is_some(struct str number)
{
    return number.data != NULL && number.size > 0 && number.data[0] != '-' && !str_is(number, "0");
}

/* See struct status_entity. What is asked of devices has fetched what it loads; of the rest, rows
 * were loaded, changed or not. */
static bool status_was_loaded(const char *name, const struct str *texts, bool is_named)
{
    const struct entity *entity = entity_find(name);
    bool of_devices = entity != NULL && entity->way == ENTITY_OF_INVENTORY;
    bool came = status_is_some(texts[3]);
    bool was_loaded = str_is(texts[2], "proven");

    if (!was_loaded && !came) {
        was_loaded = !is_named;
    } else if (!was_loaded && of_devices) {
        was_loaded = true;
    } else {
        for (size_t i = 4; !was_loaded && i < 8; i++) {
            was_loaded = status_is_some(texts[i]);
        }
    }
    return was_loaded;
}

/* texts: run_id, entity, completeness, fetched, inserted, updated, deleted, unchanged. */
static bool status_take_entity(void *context, const struct str *texts, struct error *err)
{
    struct status_reading *reading = context;
    const struct status_past *run = status_find_run(reading, texts[0]);

    (void)err;
    for (size_t i = 0; run != NULL && i < reading->status->entity_count; i++) {
        struct status_entity *entity = &reading->status->entities[i];

        if (!str_is(texts[1], entity->entity)) {
            /* another one */
        } else if (str_is(texts[2], "not offered")) {
            reading->refused_at[i] =
                run->started_at > reading->refused_at[i] ? run->started_at : reading->refused_at[i];
        } else if (status_was_loaded(entity->entity, texts, (run->named & UINT64_C(1) << i) != 0) &&
                   run->started_at > entity->loaded_at) {
            entity->loaded_at = run->started_at;
            (void)snprintf(entity->run_id, sizeof entity->run_id, "%s", run->run_id);
        }
    }
    return true;
}

static bool status_read_ledger(struct status_reading *reading, struct load *load, struct error *err)
{
    static const char *const of_run[] = {
        "run_id", "started_at", "finished_at", "outcome", "message"};
    static const char *const of_entity[] = {"run_id", "entity", "completeness", "fetched",
        "inserted", "updated", "deleted", "unchanged"};
    enum { RUN_COUNT = sizeof of_run / sizeof *of_run };
    enum { ENTITY_COUNT = sizeof of_entity / sizeof *of_entity };
    size_t run_columns[RUN_COUNT];
    size_t entity_columns[ENTITY_COUNT];
    size_t count;
    bool ok;

    for (size_t i = 0; i < RUN_COUNT; i++) {
        run_columns[i] = relation_find_column(&run_ledger_run, of_run[i]);
    }
    for (size_t i = 0; i < ENTITY_COUNT; i++) {
        entity_columns[i] = relation_find_column(&run_ledger_entity, of_entity[i]);
    }
    ok = load_published(
        load, &run_ledger_run, run_columns, RUN_COUNT, status_take_run, reading, err);
    (void)status_runs(reading, &count);
    if (ok && count > 0) {
        qsort(reading->past.data, count, sizeof(struct status_past), status_compare);
    }
    return ok && load_published(load, &run_ledger_entity, entity_columns, ENTITY_COUNT,
                     status_take_entity, reading, err);
}

static bool status_count(const struct status_settings *settings, struct load *load,
    struct status *status, struct error *err)
{
    const struct load_schema *schema = &settings->catalogue->schema;
    bool ok = true;

    for (size_t i = 0; i < status->entity_count; i++) {
        for (size_t j = 0; ok && settings->counts_rows && j < schema->count; j++) {
            if (strcmp(schema->relations[j]->name, status->entities[i].entity) == 0) {
                ok = load_count(load, schema->relations[j], &status->entities[i].rows, err);
            }
        }
    }
    return ok;
}

/* The listing of devices comes along where what hangs on them is asked for. */
static void status_leave_out(struct status *status, const struct status_settings *settings)
{
    size_t kept = 0;

    for (size_t i = 0; i < status->entity_count; i++) {
        bool is_asked = settings->entity_count == 0;

        for (size_t j = 0; !is_asked && j < settings->entity_count; j++) {
            is_asked = strcmp(settings->entities[j], status->entities[i].entity) == 0;
        }
        if (is_asked) {
            status->entities[kept++] = status->entities[i];
        }
    }
    status->entity_count = kept;
}

void status_list(
    const struct status_settings *settings, const struct sync_tenant *tenant, struct status *status)
{
    const struct entity *chosen[SYNC_MOST_ENTITIES];
    size_t count = entity_choose(tenant, settings->entities, settings->entity_count, chosen);

    *status = (struct status){.entity_count = count};
    for (size_t i = 0; i < count; i++) {
        status->entities[i] = (struct status_entity){
            .entity = chosen[i]->name, .loaded_at = STATUS_NEVER, .rows = -1, .is_offered = true};
    }
    status_leave_out(status, settings);
}

bool status_read(const struct status_settings *settings, const struct sync_tenant *tenant,
    struct status *status, struct error *err)
{
    const struct load_run run = {.run_id = "status", .tenant = tenant->name};
    struct status_reading reading = {.status = status};
    struct load *load = NULL;
    bool ok;

    buffer_init(&reading.past, CEILING_ROW);
    status_list(settings, tenant, status);
    for (size_t i = 0; i < status->entity_count; i++) {
        reading.refused_at[i] = STATUS_NEVER;
    }
    ok = load_open_reader(settings->destination, &settings->catalogue->schema, &run, settings->log,
             &load, err) &&
         status_read_ledger(&reading, load, err) && status_count(settings, load, status, err);
    for (size_t i = 0; i < status->entity_count; i++) {
        struct status_entity *entity = &status->entities[i];

        entity->is_offered =
            entity->loaded_at != STATUS_NEVER || reading.refused_at[i] == STATUS_NEVER ||
            entity_is_named(tenant, settings->entities, settings->entity_count, entity->entity);
    }
    if (!ok) {
        status_list(settings, tenant, status);
    }
    load_close(load);
    buffer_release(&reading.past);
    return ok;
}

bool status_is_too_old(const struct status_entity *entity, int64_t now, int64_t max_age_ms)
{
    bool was_loaded = entity->loaded_at != STATUS_NEVER;

    return was_loaded ? now - entity->loaded_at > max_age_ms : entity->is_offered;
}
