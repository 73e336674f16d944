#include "load/postgres/postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ceilings.h"
#include "base/stop.h"
#include "load/postgres/pg.h"
#include "load/postgres/pg_binary.h"
#include "load/postgres/pg_fragments.h"
#include "load/postgres/pg_schema.h"

enum {
    /* Rows are handed to libpq in pieces of this size. */
    POSTGRES_PIECE = 64 * 1024,
    /* How often a lock that another has is tried again: for three seconds. */
    POSTGRES_LOCK_TRIES = 30,
    POSTGRES_LOCK_PAUSE_MS = 100,
};

struct postgres {
    struct load load; /* first: the interface's own part */
    struct pg pg;
    const struct load_settings *settings;
    const struct load_run *run;
    const struct load_schema *schema;
    const struct relation *copying; /* whose stage a COPY is open to; NULL: none is */
    struct buffer piece;            /* rows not yet handed to libpq */
    int64_t order;                  /* of the next staged row */
    const struct relation *marked;  /* whose staging is marked, one at a time; or NULL */
    int64_t mark;                   /* `order` then */
    struct arena arena;             /* the fragments of one statement */
};

/* Removals are rows of a stage table as well, and take the same way. */
static const struct column removal_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"relation", "", COLUMN_TEXT},
    {"key", "", COLUMN_TEXT_ARRAY},
};
static const struct relation removal_relation = {
    "removal", "", removal_columns, 3, 3, RELATION_KEYED, 0};

static bool postgres_fragments(struct postgres *postgres, const struct relation *relation,
    struct pg_fragments *fragments, struct error *err)
{
    arena_reset(&postgres->arena);
    return pg_fragments_init(fragments, &postgres->arena, relation, postgres->settings->schema,
               postgres->run->tenant) ||
           error_memory(err);
}

static bool postgres_flush(struct postgres *postgres, struct error *err)
{
    bool ok = buffer_ok(&postgres->piece) || error_memory(err);

    ok = ok && pg_copy_bytes(&postgres->pg, postgres->piece.data, postgres->piece.size, err);
    buffer_clear(&postgres->piece);
    return ok;
}

static bool postgres_end_copy(struct postgres *postgres, bool failed, struct error *err)
{
    bool ok = true;

    if (postgres->copying != NULL) {
        const char *name = postgres->copying->name;

        postgres->copying = NULL;
        if (!failed) {
            pg_binary_end(&postgres->piece);
            ok = postgres_flush(postgres, err);
        }
        ok = pg_copy_end(&postgres->pg, failed || !ok, err) && ok;
        if (!ok) {
            (void)error_context(err, "staging %s", name);
        }
    }
    return ok;
}

static bool postgres_begin_copy(
    struct postgres *postgres, const struct relation *relation, struct error *err)
{
    struct pg_fragments fragments;
    bool ok = postgres_end_copy(postgres, false, err) &&
              postgres_fragments(postgres, relation, &fragments, err) &&
              pg_copy_begin(&postgres->pg, "stage_copy.sql", fragments.variables, err);

    if (ok) {
        postgres->copying = relation;
        buffer_clear(&postgres->piece);
        pg_binary_begin(&postgres->piece);
    }
    return ok;
}

static bool postgres_stage(struct load *load, const struct row *row, struct error *err)
{
    struct postgres *postgres = (struct postgres *)load;
    bool ok = true;

    if (postgres->copying != row->relation) {
        ok = postgres_begin_copy(postgres, row->relation, err);
    }
    if (ok) {
        pg_binary_row(&postgres->piece, row, postgres->order++);
        ok = buffer_ok(&postgres->piece) || error_memory(err);
    }
    if (ok && postgres->piece.size >= POSTGRES_PIECE) {
        ok = postgres_flush(postgres, err);
    }
    return ok;
}

static bool postgres_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err)
{
    struct postgres *postgres = (struct postgres *)load;
    struct cell cells[] = {
        {.is_set = true, .text = str_of(postgres->run->tenant)},
        {.is_set = true, .text = str_of(relation->name)},
        {.is_set = true, .list = {key, relation->key_count - 1}},
    };
    const struct row row = {&removal_relation, cells};

    return postgres_stage(load, &row, err);
}

struct postgres_key_context {
    load_key_fn *each;
    void *context;
    size_t count;
};

static bool postgres_each_key(void *context, const PGresult *row, struct error *err)
{
    const struct postgres_key_context *keys = context;
    struct str key[8];

    for (size_t i = 0; i < keys->count; i++) {
        key[i] = (struct str){PQgetvalue(row, 0, (int)i), (size_t)PQgetlength(row, 0, (int)i)};
    }
    return keys->each(keys->context, key, err);
}

static bool postgres_published_keys(struct load *load, const struct relation *relation,
    load_key_fn *each, void *context, struct error *err)
{
    struct postgres *postgres = (struct postgres *)load;
    struct pg_fragments fragments;
    struct postgres_key_context keys = {each, context, relation->key_count - 1};

    return postgres_end_copy(postgres, false, err) &&
           postgres_fragments(postgres, relation, &fragments, err) &&
           pg_run_each(
               &postgres->pg, "keys.sql", fragments.variables, postgres_each_key, &keys, err);
}

static bool postgres_publish_relation(
    struct postgres *postgres, struct load_counts *counts, struct error *err)
{
    struct pg_fragments fragments;
    struct pg *pg = &postgres->pg;
    PGresult *staged = NULL;
    int64_t doubled = 0;
    bool ok = postgres_fragments(postgres, counts->relation, &fragments, err) &&
              pg_run_count(pg, "stage_last.sql", fragments.variables, &doubled, err) &&
              pg_run(pg, "stage_count.sql", fragments.variables, &staged, err) &&
              pg_run_count(pg, "publish_remove.sql", fragments.variables, &counts->deleted, err) &&
              pg_run_count(pg, "publish_update.sql", fragments.variables, &counts->updated, err) &&
              pg_run_count(pg, "publish_insert.sql", fragments.variables, &counts->inserted, err) &&
              pg_run_count(pg, "stage_clear.sql", fragments.variables, &doubled, err);

    if (ok) {
        counts->unchanged =
            strtoll(PQgetvalue(staged, 0, 0), NULL, 10) - counts->updated - counts->inserted;
    } else {
        (void)error_context(err, "publishing %s", counts->relation->name);
    }
    PQclear(staged);
    return ok;
}

static bool postgres_clear_stage(
    struct postgres *postgres, const struct relation *relation, struct error *err)
{
    struct pg_fragments fragments;

    return postgres_fragments(postgres, relation, &fragments, err) &&
           pg_run(&postgres->pg, "stage_clear.sql", fragments.variables, NULL, err);
}

/* Everything that the tenant has staged. */
static bool postgres_clear_all(struct postgres *postgres, struct error *err)
{
    bool ok = postgres_clear_stage(postgres, &removal_relation, err);

    for (size_t i = 0; ok && i < postgres->schema->count; i++) {
        ok = postgres_clear_stage(postgres, postgres->schema->relations[i], err);
    }
    return ok;
}

static bool postgres_mark(struct load *load, const struct relation *relation, struct error *err)
{
    struct postgres *postgres = (struct postgres *)load;

    (void)err;
    postgres->marked = relation;
    postgres->mark = postgres->order;
    return true;
}

static bool postgres_forget(struct load *load, const struct relation *relation, struct error *err)
{
    struct postgres *postgres = (struct postgres *)load;
    struct pg_fragments fragments;
    char order[24];
    bool ok = postgres->marked == relation;

    if (ok) {
        (void)snprintf(order, sizeof order, "%" PRId64, postgres->mark);
        ok = postgres_end_copy(postgres, false, err) &&
             postgres_fragments(postgres, relation, &fragments, err) &&
             pg_fragments_add(&fragments, "order", order, err) &&
             pg_run(&postgres->pg, "stage_forget.sql", fragments.variables, NULL, err) &&
             pg_run(&postgres->pg, "removal_forget.sql", fragments.variables, NULL, err);
    } else {
        ok = error_set(err, ERROR_DESTINATION, "%s has no mark", relation->name);
    }
    return ok;
}

static bool postgres_publish(
    struct load *load, struct load_counts *counts, size_t count, bool *changed, struct error *err)
{
    struct postgres *postgres = (struct postgres *)load;
    bool ok = postgres_end_copy(postgres, false, err) && pg_begin(&postgres->pg, err) &&
              pg_run(&postgres->pg, "publish_begin.sql", NULL, NULL, err);

    *changed = false;
    for (size_t i = 0; ok && i < count; i++) {
        ok = postgres_publish_relation(postgres, &counts[i], err);
        *changed = *changed || counts[i].inserted + counts[i].updated + counts[i].deleted > 0;
    }
    ok = ok && postgres_clear_stage(postgres, &removal_relation, err) &&
         pg_commit(&postgres->pg, err);
    if (!ok) {
        pg_rollback(&postgres->pg);
        *changed = false;
    }
    return ok;
}

/* What is staged goes with a run that was not published. Where the connection does not serve any
 * more, the next run of the tenant clears it. */
static void postgres_close(struct load *load)
{
    struct postgres *postgres = (struct postgres *)load;
    struct error ignored;

    (void)postgres_end_copy(postgres, true, &ignored);
    if (postgres->order > 0 && PQtransactionStatus(postgres->pg.connection) == PQTRANS_IDLE) {
        (void)postgres_clear_all(postgres, &ignored);
    }
    pg_close(&postgres->pg);
    arena_release(&postgres->arena);
    buffer_release(&postgres->piece);
    free(postgres);
}

static const struct load_ops postgres_ops = {
    .published_keys = postgres_published_keys,
    .stage = postgres_stage,
    .remove = postgres_remove,
    .mark = postgres_mark,
    .forget = postgres_forget,
    .publish = postgres_publish,
    .close = postgres_close,
};

static bool postgres_try_lock(struct postgres *postgres, bool *locked, struct error *err)
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
static bool postgres_lock(struct postgres *postgres, struct error *err)
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
    return error_set(err, ERROR_DESTINATION,
        "%s is missing; destination.auto_migrate is false, so run `uemsync migrate`",
        state->missing);
}

static bool postgres_prepare_schema(struct postgres *postgres, const struct load_schema *schema,
    const struct log *log, struct error *err)
{
    struct pg_schema_state state;
    bool ok = pg_schema_look(&postgres->pg, postgres->settings, schema, &state, err);

    if (ok && !state.complete && postgres->settings->auto_migrate) {
        log_event(log, LOG_INFO, "creating or extending the schema %s: %s is missing",
            postgres->settings->schema, state.missing);
        ok = pg_schema_migrate(&postgres->pg, postgres->settings, schema, err);
    } else if (ok && !state.complete) {
        ok = postgres_fail_missing(&state, err);
    }
    return ok;
}

bool postgres_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    struct postgres *postgres = calloc(1, sizeof *postgres);
    bool ok = postgres != NULL || error_memory(err);

    if (ok) {
        postgres->load.ops = &postgres_ops;
        postgres->settings = settings;
        postgres->run = run;
        postgres->schema = schema;
        buffer_init(&postgres->piece, POSTGRES_PIECE + 2 * CEILING_ROW);
        arena_init(&postgres->arena, CEILING_DOCUMENT);
        ok = pg_open(&postgres->pg, settings, err) && postgres_lock(postgres, err) &&
             postgres_prepare_schema(postgres, schema, log, err) &&
             postgres_clear_all(postgres, err);
    }
    if (!ok && postgres != NULL) {
        postgres_close(&postgres->load);
        postgres = NULL;
    }
    *load = ok ? &postgres->load : NULL;
    return ok;
}

/* What is missing is created, and taken back: that tells best whether a run could. */
static bool postgres_try_migration(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, const struct pg_schema_state *state, struct error *err)
{
    return settings->auto_migrate ? pg_schema_try(pg, settings, schema, err)
                                  : postgres_fail_missing(state, err);
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

static bool postgres_check_rights(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    struct arena arena;
    bool ok = postgres_check_table(pg, settings, "stage_removal", err);

    arena_init(&arena, CEILING_DOCUMENT);
    for (size_t i = 0; ok && i < schema->count; i++) {
        const char *stage = pg_stage_name(&arena, schema->relations[i]);

        ok = (stage != NULL || error_memory(err)) &&
             postgres_check_table(pg, settings, schema->relations[i]->name, err) &&
             postgres_check_table(pg, settings, stage, err);
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
    bool ok = pg_open(&pg, settings, err) && pg_schema_look(&pg, settings, schema, &state, err);

    if (ok && !state.complete) {
        ok = pg_schema_migrate(&pg, settings, schema, err);
        (void)snprintf(text, size, "schema %s created or extended (%s was missing)",
            settings->schema, state.missing);
    } else if (ok) {
        (void)snprintf(text, size, "schema %s is up to date", settings->schema);
    }
    pg_close(&pg);
    return ok;
}

bool postgres_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    return postgres_open(settings, schema, run, log, load, err);
}
