#include "load/postgres/postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ceilings.h"
#include "base/stop.h"
#include "load/postgres/pg_erase.h"
#include "load/postgres/pg_load.h"
#include "load/postgres/pg_resume.h"
#include "load/postgres/pg_schema.h"
#include "load/postgres/pg_tables.h"
#include "load/postgres/pg_tell.h"

enum {
    /* How often a lock that another has is tried again: for three seconds. */
    POSTGRES_LOCK_TRIES = 30,
    POSTGRES_LOCK_PAUSE_MS = 100,
};

static bool postgres_try_lock(struct pg_load *postgres, bool *locked, struct error *err)
{
    const struct pg_variable variables[] = {
        {"schema", postgres->settings->schema}, {"tenant", postgres->run->tenant}, {NULL, NULL}};
    PGresult *result = NULL;
    bool ok = pg_run(&postgres->pg, "lock.sql", variables, &result, err);

    *locked = ok && *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return ok;
}

/* The session of a run that was killed keeps its lock until the server sees that nobody is there.
 */
static bool postgres_lock(struct pg_load *postgres, struct error *err)
{
    const struct timespec pause = {.tv_nsec = POSTGRES_LOCK_PAUSE_MS * 1000000};
    bool locked = false;
    bool ok = postgres_try_lock(postgres, &locked, err);

    for (int i = 0; ok && !locked && stop_signal == 0 && i < POSTGRES_LOCK_TRIES; i++) {
        (void)nanosleep(&pause, NULL);
        ok = postgres_try_lock(postgres, &locked, err);
    }
    if (ok && !locked && stop_signal != 0) {
        ok = error_set(err, ERROR_INTERRUPTED, "interrupted");
    } else if (ok && !locked) {
        ok = error_set(
            err, ERROR_BUSY, "another run of tenant %s is under way", postgres->run->tenant);
    }
    return ok;
}

static bool postgres_fail_missing(const struct pg_schema_state *state, struct error *err)
{
    return state->are_many
               ? error_set(err, ERROR_DESTINATION,
                     "%s are missing; destination.auto_migrate is false, so run `uemsync migrate`",
                     state->missing)
               : error_set(err, ERROR_DESTINATION,
                     "%s is missing; destination.auto_migrate is false, so run `uemsync migrate`",
                     state->missing);
}

static bool postgres_check_table(
    struct pg *pg, const struct load_settings *settings, const char *table, struct error *err)
{
    const struct pg_variable variables[] = {
        {"schema", settings->schema}, {"relation", table}, {NULL, NULL}};
    PGresult *rights = NULL;
    bool ok = pg_run(pg, "relation_rights.sql", variables, &rights, err);

    if (ok && *PQgetvalue(rights, 0, 0) != 't') {
        ok = error_set(err, ERROR_DESTINATION, "user %s may not read and write table %s.%s",
            PQgetvalue(rights, 0, 1), settings->schema, table);
    }
    PQclear(rights);
    return ok;
}

/* What is kept up is written at the very end: without the right to do so all calls were for
 * nothing. */
static bool postgres_check_kept(
    struct pg_load *postgres, const struct load_schema *schema, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < schema->kept_count; i++) {
        ok = schema->kept[i].relation.kind != RELATION_KEPT ||
             postgres_check_table(
                 &postgres->pg, postgres->settings, schema->kept[i].relation.name, err);
    }
    return ok;
}

static bool postgres_prepare_schema(struct pg_load *postgres, const struct load_schema *schema,
    const struct log *log, struct error *err)
{
    struct pg_schema_state state;
    bool ok = pg_schema_look(&postgres->pg, postgres->settings, schema, &state, err);

    if (ok && !state.complete && postgres->settings->auto_migrate) {
        log_event(log, LOG_INFO, "creating or extending the schema %s: %s %s missing",
            postgres->settings->schema, state.missing, state.are_many ? "are" : "is");
        ok = pg_schema_extend(&postgres->pg, postgres->settings, schema, &postgres->waits, err);
    } else if (ok && !state.complete) {
        ok = postgres_fail_missing(&state, err);
    }
    if (ok && postgres->waits) {
        postgres->is_dropped = true;
        log_event(log, LOG_WARNING,
            "another session holds a lock: the next run makes what is new in the schema %s",
            postgres->settings->schema);
        postgres->past.waiting = &postgres->catalogue;
        ok =
            pg_catalogue_read(&postgres->pg, postgres->settings->schema, &postgres->catalogue, err);
    }
    return ok && (postgres->waits || postgres_check_kept(postgres, schema, err)) &&
           pg_shapes_init(&postgres->shapes, &postgres->set_arena, schema,
               postgres->waits ? &postgres->catalogue : NULL, log, err);
}

static bool postgres_make_sets(
    struct pg_load *postgres, const struct load_schema *schema, struct error *err)
{
    size_t count = 0;
    bool ok;

    postgres->sets = calloc(schema->count + 1, sizeof *postgres->sets);
    ok = postgres->sets != NULL;
    for (size_t i = 0; ok && i < schema->count; i++) {
        if (schema->relations[i]->kind == RELATION_SET) {
            ok = pg_set_init(
                &postgres->sets[count++], &postgres->set_arena, postgres->shapes[i].there);
        }
    }
    return ok || error_memory(err);
}

/* One that is connected; *postgres is the caller's to free, also after an error. */
static bool postgres_new(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct load_ops *ops, struct pg_load **made,
    struct error *err)
{
    struct pg_load *postgres = calloc(1, sizeof *postgres);
    bool ok = postgres != NULL || error_memory(err);

    if (ok) {
        postgres->load.ops = ops;
        postgres->settings = settings;
        postgres->run = run;
        postgres->is_dropped = run->fingerprint == NULL;
        postgres->staging = (struct pg_staging){.pg = &postgres->pg,
            .schema = settings->schema,
            .tenant = run->tenant,
            .arena = &postgres->arena};
        pg_past_init(&postgres->past, settings, schema, run);
        arena_init(&postgres->arena, CEILING_DOCUMENT);
        arena_init(&postgres->set_arena, CEILING_DOCUMENT);
        ok = pg_open(&postgres->pg, settings, err);
        postgres->pg.watch = run->watch;
    }
    *made = postgres;
    return ok;
}

/* Hands it on, or closes it after an error. */
static bool postgres_opened(struct pg_load *postgres, bool ok, struct load **load)
{
    if (!ok && postgres != NULL) {
        postgres->load.ops->close(&postgres->load);
    }
    *load = ok ? &postgres->load : NULL;
    return ok;
}

bool postgres_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    struct pg_load *postgres = NULL;
    bool ok = postgres_new(settings, schema, run, &pg_load_ops, &postgres, err) &&
              postgres_lock(postgres, err) && postgres_prepare_schema(postgres, schema, log, err) &&
              postgres_make_sets(postgres, schema, err) &&
              pg_staging_init(&postgres->staging, schema, postgres->shapes, postgres->sets, err) &&
              pg_resume(&postgres->staging, run, !postgres->waits, err) &&
              pg_tell_of_dead(&postgres->staging, schema, err);

    return postgres_opened(postgres, ok, load);
}

bool postgres_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    struct pg_load *postgres = NULL;
    bool ok = postgres_new(settings, schema, run, &pg_load_reader_ops, &postgres, err) &&
              pg_be_reader(&postgres->pg, err) &&
              pg_schema_read_there(&postgres->pg, settings, &postgres->catalogue, err);

    (void)log;
    return postgres_opened(postgres, ok, load);
}

/* What is missing is created, and taken back: that tells best whether a run could. */
static bool postgres_try_migration(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, const struct pg_schema_state *state, struct error *err)
{
    return settings->auto_migrate ? pg_schema_try(pg, settings, schema, err)
                                  : postgres_fail_missing(state, err);
}

static bool postgres_check_rights(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    struct arena arena;
    bool ok = true;

    arena_init(&arena, CEILING_DOCUMENT);
    for (size_t i = 0; ok && i < pg_tables_count(schema); i++) {
        struct pg_tables tables;

        arena_reset(&arena);
        ok = pg_tables_at(&tables, &arena, schema, i, err);
        for (size_t j = 0; ok && j < tables.count; j++) {
            ok = postgres_check_table(pg, settings, tables.tables[j].name, err);
        }
    }
    arena_release(&arena);
    return ok;
}

bool postgres_check(const struct load_settings *settings, const struct load_schema *schema,
    char *text, size_t size, struct error *err)
{
    struct pg pg;
    struct pg_schema_state state;
    bool ok = pg_open(&pg, settings, err) && pg_schema_look(&pg, settings, schema, &state, err);

    if (ok) {
        ok = state.complete ? postgres_check_rights(&pg, settings, schema, err)
                            : postgres_try_migration(&pg, settings, schema, &state, err);
    }
    if (ok) {
        int version = PQserverVersion(pg.connection);

        (void)snprintf(text, size, "PostgreSQL %d.%d, schema %s %s", version / 10000,
            version % 10000, settings->schema,
            state.complete ? "is up to date" : "will be created or extended by the first sync");
    }
    pg_close(&pg);
    return ok;
}

bool postgres_migrate(const struct load_settings *settings, const struct load_schema *schema,
    char *text, size_t size, struct error *err)
{
    struct pg pg;
    struct pg_schema_state state;
    bool ok = pg_open(&pg, settings, err);

    pg.role = PG_OWNER;
    ok = ok && pg_schema_look(&pg, settings, schema, &state, err);
    if (ok && !state.complete) {
        ok = pg_schema_migrate(&pg, settings, schema, err);
        (void)snprintf(text, size, "schema %s created or extended (%s %s missing)",
            settings->schema, state.missing, state.are_many ? "were" : "was");
    } else if (ok) {
        (void)snprintf(text, size, "schema %s is up to date", settings->schema);
    }
    pg_close(&pg);
    return ok;
}

static void postgres_say_erased(
    int64_t rows, const char *tenant, const char *device, char *text, size_t size)
{
    const char *device_text = device != NULL ? device : "";
    const char *of = device != NULL ? "device " : "";
    const char *tenant_of = device != NULL ? " of tenant " : "tenant ";

    if (rows > 0) {
        (void)snprintf(text, size, "removed %s%s%s%s: %" PRId64 " row%s", of, device_text,
            tenant_of, tenant, rows, rows == 1 ? "" : "s");
    } else {
        (void)snprintf(
            text, size, "there was nothing of %s%s%s%s", of, device_text, tenant_of, tenant);
    }
}

bool postgres_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    const struct load_run run = {.tenant = tenant};
    struct pg_load *postgres = NULL;
    struct load *load = NULL;
    int version = 0;
    /* As a reader is: closing it leaves all as it is. */
    bool ok = postgres_new(settings, schema, &run, &pg_load_reader_ops, &postgres, err) &&
              postgres_lock(postgres, err) &&
              pg_schema_read(&postgres->pg, settings, &postgres->catalogue, &version, err);

    if (ok) {
        struct pg_erase erase = {
            .staging = &postgres->staging, .schema = schema, .catalogue = &postgres->catalogue};

        ok = device != NULL ? pg_erase_device(&erase, device, err) : pg_erase_tenant(&erase, err);
        postgres_say_erased(erase.rows, tenant, device, text, size);
    }
    ok = postgres_opened(postgres, ok, &load);
    load_close(load);
    return ok;
}
