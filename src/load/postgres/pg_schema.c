#include "load/postgres/pg_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/timestamp.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_fragments.h"
#include "load/postgres/pg_kept.h"
#include "load/postgres/pg_read.h"
#include "load/postgres/pg_tables.h"

/* How long a migration waits for a lock: who reads the table after it waits as long. A run tries
 * more often instead, and leaves out what cannot be had in the end. */
static const char pg_lock_wait[] = "5s";
static const char pg_lock_try[] = "200ms";
enum { PG_SCHEMA_TRIES = 4 };

struct pg_migration {
    const struct load_settings *settings;
    const struct load_schema *schema;
    struct pg_catalogue catalogue; /* what was there before */
    /* Where it is to be said that a relation was left as it is, as a lock could not be had in time;
     * NULL: that is an error. */
    bool *waits;
    bool is_trial; /* it is taken back: what takes long and changes no table is left out */
};

static bool pg_read_version(
    struct pg *pg, const struct pg_catalogue *catalogue, int *version, struct error *err)
{
    PGresult *result = NULL;
    bool ok = true;

    *version = 0;
    if (pg_catalogue_kind(catalogue, "schema_version") != NULL) {
        ok = pg_run(pg, "schema_version.sql", NULL, &result, err);
        *version = ok ? (int)strtol(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    }
    if (ok && *version > PG_SCHEMA_VERSION) {
        ok = error_set(err, ERROR_DESTINATION,
            "the schema is at version %d, newer than this program, which knows %d: use the newer "
            "uemsync",
            *version, PG_SCHEMA_VERSION);
    }
    PQclear(result);
    return ok;
}

static void pg_note_missing(struct pg_schema_state *state, const char *what, const char *name,
    const char *of, const char *table)
{
    if (state->complete) {
        (void)snprintf(state->missing, sizeof state->missing, "%s %s%s%s", what, name, of, table);
    }
    state->complete = false;
}

/* `is_query`: a view, which can be made anew with another type. */
static bool pg_look_at_columns(const struct pg_catalogue *catalogue, const struct pg_table *table,
    bool is_query, struct pg_schema_state *state, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < table->relation->column_count; i++) {
        const struct column *column = &table->relation->columns[i];
        const char *type = pg_catalogue_type(catalogue, table->name, column->name);

        bool is_another = type != NULL && strcmp(type, pg_catalogue_word(column->type)) != 0;

        if (type == NULL || (is_another && is_query)) {
            char of[24];

            (void)snprintf(of, sizeof of, " of %s ", table->kind);
            pg_note_missing(state, "column", column->name, of, table->name);
        } else if (is_another) {
            ok = error_set(err, ERROR_DESTINATION,
                "column %s.%s is of type %s, and the mapping says %s", table->name, column->name,
                type, column_type_name(column->type));
        }
    }
    return ok;
}

/* A name that a later version of the schema took may be that of something of the user's own. What
 * is ours says what it is. */
static bool pg_is_of_others(const struct pg_catalogue *catalogue, const struct pg_table *table,
    int since, const struct pg_schema_state *state)
{
    return state->version < since &&
           strcmp(pg_catalogue_about(catalogue, table->name), table->relation->about) != 0;
}

static bool pg_look_at_table(const struct pg_catalogue *catalogue, const struct pg_table *table,
    const struct pg_tables *tables, struct pg_schema_state *state, struct error *err)
{
    const char *kind = pg_catalogue_kind(catalogue, table->name);
    bool ok = true;

    if (kind == NULL) {
        pg_note_missing(state, table->kind, table->name, "", "");
    } else if (strcmp(kind, table->kind) != 0) {
        ok = error_set(err, ERROR_DESTINATION, "%s is a %s, and has to be a %s: rename it",
            table->name, kind, table->kind);
    } else if (pg_is_of_others(catalogue, table, tables->since, state)) {
        ok = error_set(err, ERROR_DESTINATION,
            "there is a %s %s already, which uemsync has not made: rename it", kind, table->name);
    } else {
        ok = pg_look_at_columns(catalogue, table, tables->is_query, state, err);
    }
    return ok;
}

static bool pg_look_at_tables(const struct pg_catalogue *catalogue,
    const struct load_schema *schema, struct pg_schema_state *state, struct error *err)
{
    struct arena arena;
    bool ok = true;

    arena_init(&arena, CEILING_DOCUMENT);
    for (size_t i = 0; ok && i < pg_tables_count(schema); i++) {
        struct pg_tables tables;

        arena_reset(&arena);
        ok = pg_tables_at(&tables, &arena, schema, i, err);
        for (size_t j = 0; ok && j < tables.count; j++) {
            ok = pg_look_at_table(catalogue, &tables.tables[j], &tables, state, err);
        }
    }
    arena_release(&arena);
    return ok;
}

static bool pg_is_listed(const PGresult *names, const char *name)
{
    bool listed = false;

    for (int i = 0; !listed && i < PQntuples(names); i++) {
        listed = strcmp(PQgetvalue(names, i, 0), name) == 0;
    }
    return listed;
}

/* A role that does not exist has no rights that could be asked for, nor can it be given any. */
static bool pg_look_for_reader(
    struct pg *pg, const struct load_settings *settings, struct error *err)
{
    const struct pg_variable variables[] = {{"role", settings->reader_role}, {NULL, NULL}};
    PGresult *role = NULL;
    bool ok = settings->reader_role == NULL || pg_run(pg, "reader_role.sql", variables, &role, err);

    if (ok && role != NULL && *PQgetvalue(role, 0, 0) != 't') {
        ok = error_set(err, ERROR_DESTINATION,
            "destination.reader_role names the role %s, which PostgreSQL does not know: make it "
            "with CREATE ROLE %s",
            settings->reader_role, PQgetvalue(role, 0, 1));
    }
    PQclear(role);
    return ok;
}

/* Can the reader read every relation that is there? */
static bool pg_look_at_grants(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct pg_schema_state *state, struct error *err)
{
    const struct pg_variable variables[] = {
        {"schema", settings->schema}, {"role", settings->reader_role}, {NULL, NULL}};
    struct arena arena;
    PGresult *names = NULL;
    bool ok =
        settings->reader_role == NULL || pg_run(pg, "grants_missing.sql", variables, &names, err);

    arena_init(&arena, CEILING_DOCUMENT);
    for (size_t i = 0; ok && names != NULL && i < pg_tables_count(schema); i++) {
        struct pg_tables tables;

        arena_reset(&arena);
        ok = pg_tables_at(&tables, &arena, schema, i, err);
        if (ok && tables.published != NULL && pg_is_listed(names, tables.published->name)) {
            pg_note_missing(
                state, "right of", settings->reader_role, " to read ", tables.published->name);
        }
    }
    arena_release(&arena);
    PQclear(names);
    return ok;
}

/* Whether the schema is there. Without the right to look into it, its tables would seem missing. */
static bool pg_schema_exists(struct pg *pg, const char *schema, bool *exists, struct error *err)
{
    const struct pg_variable variables[] = {{"schema", schema}, {NULL, NULL}};
    PGresult *result = NULL;
    bool ok = pg_run(pg, "schema_rights.sql", variables, &result, err);

    *exists = ok && *PQgetvalue(result, 0, 0) == 't';
    if (*exists && *PQgetvalue(result, 0, 1) != 't') {
        ok = error_set(err, ERROR_DESTINATION,
            "PostgreSQL: user %s may not use the schema %s: no USAGE right on it",
            PQgetvalue(result, 0, 2), schema);
    }
    PQclear(result);
    return ok;
}

bool pg_schema_read(struct pg *pg, const struct load_settings *settings,
    struct pg_catalogue *catalogue, int *version, struct error *err)
{
    bool exists = false;

    catalogue->columns = NULL;
    return pg_schema_exists(pg, settings->schema, &exists, err) &&
           pg_catalogue_read(pg, settings->schema, catalogue, err) &&
           pg_read_version(pg, catalogue, version, err);
}

bool pg_schema_read_there(struct pg *pg, const struct load_settings *settings,
    struct pg_catalogue *catalogue, struct error *err)
{
    static const char table[] = "schema_version";
    bool exists = false;
    bool may = false;
    int version = 0;

    catalogue->columns = NULL;
    return pg_schema_exists(pg, settings->schema, &exists, err) &&
           pg_catalogue_read(pg, settings->schema, catalogue, err) &&
           (pg_catalogue_kind(catalogue, table) == NULL ||
               pg_may_read(pg, settings->schema, table, &may, err)) &&
           (!may || pg_read_version(pg, catalogue, &version, err));
}

bool pg_schema_look(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct pg_schema_state *state, struct error *err)
{
    struct pg_catalogue catalogue = {NULL};
    int version = 0;
    bool exists = false;
    bool ok = pg_schema_exists(pg, settings->schema, &exists, err) &&
              pg_catalogue_read(pg, settings->schema, &catalogue, err) &&
              pg_read_version(pg, &catalogue, &version, err) &&
              pg_look_for_reader(pg, settings, err);

    *state = (struct pg_schema_state){.version = version, .complete = true};
    if (ok) {
        if (version == 0 && exists) {
            pg_note_missing(state, "the tables of schema", settings->schema, "", "");
            state->are_many = true;
        } else if (version == 0) {
            pg_note_missing(state, "schema", settings->schema, "", "");
        } else if (version < PG_SCHEMA_VERSION) {
            char wanted[16];

            (void)snprintf(wanted, sizeof wanted, "%d", PG_SCHEMA_VERSION);
            pg_note_missing(state, "version", wanted, " of schema ", settings->schema);
        }
        ok = pg_look_at_tables(&catalogue, schema, state, err) &&
             pg_look_at_grants(pg, settings, schema, state, err);
    }
    pg_catalogue_release(&catalogue);
    return ok;
}

/* Comments on a table or view and its columns, in one round trip. */
static bool pg_comment(struct pg *pg, const struct pg_table *table, struct error *err)
{
    const struct relation *relation = table->relation;
    const struct pg_variable variables[] = {
        {"kind", table->kind}, {"relation", table->name}, {"about", relation->about}, {NULL, NULL}};
    bool ok = pg_queue(pg, "relation_comment.sql", variables, err);

    for (size_t i = 0; ok && i < relation->column_count; i++) {
        const struct pg_variable column[] = {{"relation", table->name},
            {"column", relation->columns[i].name}, {"about", relation->columns[i].about},
            {NULL, NULL}};

        ok = pg_queue(pg, "column_comment.sql", column, err);
    }
    return ok && pg_run_queued(pg, "column_comment.sql", err);
}

static bool pg_add_column(
    struct pg *pg, const char *table, const struct column *column, struct error *err)
{
    const struct pg_variable variables[] = {{"relation", table}, {"column", column->name},
        {"type", column_type_name(column->type)}, {NULL, NULL}};

    return pg_run(pg, "column_add.sql", variables, NULL, err);
}

/* Adds the columns that the table lacks. */
static bool pg_extend_table(struct pg *pg, const struct pg_catalogue *catalogue,
    const struct pg_table *table, struct error *err)
{
    const struct relation *relation = table->relation;
    bool ok = true;

    for (size_t i = 0; ok && i < relation->column_count; i++) {
        if (pg_catalogue_type(catalogue, table->name, relation->columns[i].name) == NULL) {
            ok = pg_add_column(pg, table->name, &relation->columns[i], err);
        }
    }
    return ok;
}

/* A view that lacks a column is made anew; where the column is to be the last, in its place, so
 * that views upon it do not stand in the way. */
static bool pg_extend_view(struct pg *pg, const struct pg_catalogue *catalogue,
    const struct pg_table *view, const struct pg_fragments *fragments, struct error *err)
{
    const struct relation *relation = view->relation;
    bool complete = true;
    bool ok = true;

    for (size_t i = 0; i < relation->column_count; i++) {
        complete =
            complete && pg_catalogue_type(catalogue, view->name, relation->columns[i].name) != NULL;
    }
    if (!complete && !pg_catalogue_begins(catalogue, relation)) {
        ok = pg_run(pg, "view_drop.sql", fragments->variables, NULL, err);
    }
    return ok && (complete || pg_run(pg, view->create, fragments->variables, NULL, err));
}

/* A view of a query is made anew in its place: it may ask otherwise now. Where its columns are not
 * those, or of other types, that cannot be. */
static bool pg_replace_query(struct pg *pg, const struct pg_catalogue *catalogue,
    const struct pg_table *view, const struct pg_fragments *fragments, struct error *err)
{
    const struct relation *relation = view->relation;
    bool fits = pg_catalogue_begins(catalogue, relation);

    for (size_t i = 0; fits && i < relation->column_count; i++) {
        const struct column *column = &relation->columns[i];
        const char *type = pg_catalogue_type(catalogue, view->name, column->name);

        fits = type == NULL || strcmp(type, pg_catalogue_word(column->type)) == 0;
    }
    return (fits || pg_run(pg, "view_drop.sql", fragments->variables, NULL, err)) &&
           pg_run(pg, view->create, fragments->variables, NULL, err);
}

static bool pg_create_table(struct pg *pg, const struct pg_table *table,
    const struct pg_fragments *fragments, struct error *err)
{
    bool ok = pg_run(pg, table->create, fragments->variables, NULL, err);

    for (size_t i = 0; ok && i < PG_TABLE_INDEXES && table->indexes[i] != NULL; i++) {
        ok = pg_run(pg, table->indexes[i], fragments->variables, NULL, err);
    }
    return ok;
}

static bool pg_migrate_table(struct pg *pg, const struct pg_catalogue *catalogue,
    const struct pg_table *table, bool is_query, const struct pg_fragments *fragments,
    struct error *err)
{
    bool ok;

    if (pg_catalogue_kind(catalogue, table->name) == NULL) {
        ok = pg_create_table(pg, table, fragments, err);
    } else if (is_query) {
        ok = pg_replace_query(pg, catalogue, table, fragments, err);
    } else if (strcmp(table->kind, "view") == 0) {
        ok = pg_extend_view(pg, catalogue, table, fragments, err);
    } else {
        ok = pg_extend_table(pg, catalogue, table, err);
    }
    /* A stage has another name than what it is the stage of, and nobody looks at it. */
    return ok && (strcmp(table->name, table->relation->name) != 0 || pg_comment(pg, table, err));
}

/* Since when no state of the history is gone, as a time of PostgreSQL. */
static const char *pg_known_from(const struct load_settings *settings, struct arena *arena)
{
    char text[TIMESTAMP_TEXT_SIZE] = "-infinity";

    if (settings->keep_history_ms > 0) {
        (void)timestamp_format(timestamp_now() - settings->keep_history_ms, text);
    }
    return arena_copy(arena, str_of(text));
}

/* What is kept up for views is there from the first moment on. */
static bool pg_fill_table(struct pg *pg, const struct pg_migration *migration,
    const struct pg_tables *tables, const struct pg_table *table,
    const struct pg_fragments *fragments, struct error *err)
{
    bool is_new = pg_catalogue_kind(&migration->catalogue, table->name) == NULL;

    return tables->kept == NULL || !is_new || migration->is_trial ||
           pg_kept_fill(pg, tables->kept, fragments->variables, err);
}

static bool pg_migrate_tables(struct pg *pg, const struct pg_migration *migration,
    const struct pg_tables *tables, struct arena *arena, struct error *err)
{
    const struct load_settings *settings = migration->settings;
    const struct pg_catalogue *catalogue = &migration->catalogue;
    bool ok = true;

    for (size_t i = 0; ok && i < tables->count; i++) {
        const struct pg_table *table = &tables->tables[i];
        struct pg_fragments fragments;

        ok = pg_fragments_init(&fragments, arena, table->relation, settings->schema, "") ||
             error_memory(err);
        ok = ok &&
             pg_fragments_add(&fragments, "known_from", pg_known_from(settings, arena), err) &&
             (tables->set == NULL || pg_set_fragments(tables->set, arena, &fragments, err)) &&
             pg_migrate_table(pg, catalogue, table, tables->is_query, &fragments, err) &&
             pg_fill_table(pg, migration, tables, table, &fragments, err);
    }
    if (ok && tables->published != NULL && settings->reader_role != NULL) {
        const struct pg_variable grant[] = {
            {"relation", tables->published->name}, {"role", settings->reader_role}, {NULL, NULL}};

        ok = pg_run(pg, "grant_relation.sql", grant, NULL, err);
    }
    return ok;
}

/* As pg_migrate_tables, or not at all where a lock cannot be had: *waits is set then. What reads
 * something that waits cannot be made either, and does so too. */
static bool pg_migrate_if_free(struct pg *pg, const struct pg_migration *migration,
    const struct pg_tables *tables, struct arena *arena, struct error *err)
{
    bool *waits = migration->waits;
    bool began = pg_savepoint(pg, err);
    bool ok = began && pg_migrate_tables(pg, migration, tables, arena, err);

    if (began && !ok && (pg->lock_missed || *waits)) {
        *waits = true;
        ok = pg_savepoint_back(pg, err);
    }
    return ok;
}

static bool pg_migrate_relations(
    struct pg *pg, const struct pg_migration *migration, struct error *err)
{
    struct arena arena;
    bool ok = true;

    arena_init(&arena, CEILING_DOCUMENT);
    for (size_t i = 0; ok && i < pg_tables_count(migration->schema); i++) {
        struct pg_tables tables;

        arena_reset(&arena);
        ok = pg_tables_at(&tables, &arena, migration->schema, i, err) &&
             (migration->waits != NULL ? pg_migrate_if_free(pg, migration, &tables, &arena, err)
                                       : pg_migrate_tables(pg, migration, &tables, &arena, err));
    }
    arena_release(&arena);
    return ok;
}

static bool pg_migrate_all(struct pg *pg, struct pg_migration *migration, struct error *err)
{
    char version[16];
    const struct load_settings *settings = migration->settings;
    const struct pg_variable variables[] = {{"schema", settings->schema},
        {"role", settings->reader_role}, {"version", version}, {"program", "uemsync"},
        {NULL, NULL}};
    int found = 0;
    bool ok = pg_schema_read(pg, settings, &migration->catalogue, &found, err);

    (void)snprintf(version, sizeof version, "%d", PG_SCHEMA_VERSION);
    if (ok && found == 0) {
        ok = pg_run(pg, "schema_version_create.sql", variables, NULL, err);
    }
    ok = ok && pg_migrate_relations(pg, migration, err);
    if (ok && settings->reader_role != NULL) {
        ok = pg_run(pg, "grant_schema.sql", variables, NULL, err);
    }
    /* What was left as it is may be a view that only asks otherwise, which nothing but the version
     * tells: the next run is to see that it waits. */
    if (ok && (migration->waits == NULL || !*migration->waits)) {
        ok = pg_run(pg, "schema_version_insert.sql", variables, NULL, err);
    }
    pg_catalogue_release(&migration->catalogue);
    return ok;
}

static bool pg_migrate_begun(
    struct pg *pg, struct pg_migration *migration, const char *lock_wait, struct error *err)
{
    const struct pg_variable variables[] = {
        {"schema", migration->settings->schema}, {"lock_wait", lock_wait}, {NULL, NULL}};
    const enum pg_role role = pg->role;
    bool exists = false;
    bool ok = pg_begin(pg, err) && pg_run(pg, "schema_lock.sql", variables, NULL, err) &&
              pg_schema_exists(pg, migration->settings->schema, &exists, err);

    if (ok && !exists) {
        pg->role = PG_CREATOR;
        ok = pg_run(pg, "schema_create.sql", variables, NULL, err);
    }
    pg->role = PG_OWNER;
    ok = ok && pg_migrate_all(pg, migration, err);
    pg->role = role;
    if (!ok) {
        pg_rollback(pg);
        (void)error_context(
            err, "creating or extending the schema %s", migration->settings->schema);
    }
    return ok;
}

bool pg_schema_try(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    struct pg_migration migration = {.settings = settings, .schema = schema, .is_trial = true};
    bool ok = pg_migrate_begun(pg, &migration, pg_lock_wait, err);

    pg_rollback(pg);
    return ok;
}

bool pg_schema_migrate(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    struct pg_migration migration = {.settings = settings, .schema = schema};

    return pg_migrate_begun(pg, &migration, pg_lock_wait, err) && pg_commit(pg, err);
}

bool pg_schema_extend(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, bool *waits, struct error *err)
{
    bool ok = false;
    bool again = true;

    *waits = false;
    for (int i = 0; again && i < PG_SCHEMA_TRIES; i++) {
        struct pg_migration migration = {.settings = settings,
            .schema = schema,
            .waits = i == PG_SCHEMA_TRIES - 1 ? waits : NULL};

        pg->lock_missed = false;
        ok = pg_migrate_begun(pg, &migration, pg_lock_try, err) && pg_commit(pg, err);
        again = !ok && pg->lock_missed;
    }
    return ok;
}
