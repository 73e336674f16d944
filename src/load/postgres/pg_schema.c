#include "load/postgres/pg_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/postgres/pg_fragments.h"

/* What the catalogue says of the schema's tables: one row a column. */
struct pg_catalogue {
    PGresult *columns; /* table, column, type */
};

static bool pg_catalogue_read(
    struct pg *pg, const char *schema, struct pg_catalogue *catalogue, struct error *err)
{
    const struct pg_variable variables[] = {{"schema", schema}, {NULL, NULL}};

    return pg_run(pg, "schema_columns.sql", variables, &catalogue->columns, err);
}

/* The type of a column, "" for any column of the table with `column` NULL; NULL when not there. */
static const char *pg_catalogue_type(
    const struct pg_catalogue *catalogue, const char *table, const char *column)
{
    const char *type = NULL;

    for (int i = 0; type == NULL && i < PQntuples(catalogue->columns); i++) {
        if (strcmp(PQgetvalue(catalogue->columns, i, 0), table) == 0) {
            if (column == NULL) {
                type = "";
            } else if (strcmp(PQgetvalue(catalogue->columns, i, 1), column) == 0) {
                type = PQgetvalue(catalogue->columns, i, 2);
            }
        }
    }
    return type;
}

/* format_type's word for a type. */
static const char *pg_catalogue_word(enum column_type type)
{
    return type == COLUMN_TIMESTAMPTZ ? "timestamp with time zone" : column_type_name(type);
}

static bool pg_read_version(
    struct pg *pg, const struct pg_catalogue *catalogue, int *version, struct error *err)
{
    PGresult *result = NULL;
    bool ok = true;

    *version = 0;
    if (pg_catalogue_type(catalogue, "schema_version", NULL) != NULL) {
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

static bool pg_look_at_relation(const struct pg_catalogue *catalogue,
    const struct relation *relation, const char *table, struct pg_schema_state *state,
    struct error *err)
{
    bool ok = true;

    if (pg_catalogue_type(catalogue, table, NULL) == NULL) {
        pg_note_missing(state, "table", table, "", "");
    } else {
        for (size_t i = 0; ok && i < relation->column_count; i++) {
            const struct column *column = &relation->columns[i];
            const char *type = pg_catalogue_type(catalogue, table, column->name);

            if (type == NULL) {
                pg_note_missing(state, "column", column->name, " of table ", table);
            } else if (strcmp(type, pg_catalogue_word(column->type)) != 0) {
                ok = error_set(err, ERROR_DESTINATION,
                    "column %s.%s is of type %s, and the mapping says %s", table, column->name,
                    type, column_type_name(column->type));
            }
        }
    }
    return ok;
}

static bool pg_look_at_grant(struct pg *pg, const struct load_settings *settings,
    const struct relation *relation, struct pg_schema_state *state, struct error *err)
{
    const struct pg_variable variables[] = {{"schema", settings->schema},
        {"relation", relation->name}, {"role", settings->reader_role}, {NULL, NULL}};
    PGresult *result = NULL;
    bool ok = pg_run(pg, "grant_missing.sql", variables, &result, err);

    if (ok && *PQgetvalue(result, 0, 0) == 't') {
        pg_note_missing(state, "right of", settings->reader_role, " to read ", relation->name);
    }
    PQclear(result);
    return ok;
}

static bool pg_look_with_catalogue(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, const struct pg_catalogue *catalogue,
    struct pg_schema_state *state, struct error *err)
{
    struct arena arena;
    bool ok = pg_read_version(pg, catalogue, &state->version, err);

    arena_init(&arena, CEILING_DOCUMENT);
    *state = (struct pg_schema_state){.version = state->version, .complete = true};
    if (state->version < PG_SCHEMA_VERSION) {
        pg_note_missing(state, "schema", settings->schema, "", "");
    }
    if (pg_catalogue_type(catalogue, "stage_removal", NULL) == NULL) {
        pg_note_missing(state, "table", "stage_removal", "", "");
    }
    for (size_t i = 0; ok && i < schema->count; i++) {
        const struct relation *relation = schema->relations[i];
        const char *stage = pg_stage_name(&arena, relation);

        ok = stage != NULL || error_memory(err);
        ok = ok && pg_look_at_relation(catalogue, relation, relation->name, state, err) &&
             pg_look_at_relation(catalogue, relation, stage, state, err);
        if (ok && settings->reader_role != NULL &&
            pg_catalogue_type(catalogue, relation->name, NULL) != NULL) {
            ok = pg_look_at_grant(pg, settings, relation, state, err);
        }
    }
    arena_release(&arena);
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

bool pg_schema_look(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct pg_schema_state *state, struct error *err)
{
    struct pg_catalogue catalogue = {NULL};
    bool exists = false;
    bool ok = pg_schema_exists(pg, settings->schema, &exists, err) &&
              pg_catalogue_read(pg, settings->schema, &catalogue, err) &&
              pg_look_with_catalogue(pg, settings, schema, &catalogue, state, err);

    PQclear(catalogue.columns);
    return ok;
}

static bool pg_add_column(
    struct pg *pg, const char *table, const struct column *column, struct error *err)
{
    const struct pg_variable variables[] = {{"relation", table}, {"column", column->name},
        {"type", column_type_name(column->type)}, {"about", column->about}, {NULL, NULL}};

    return pg_run(pg, "column_add.sql", variables, NULL, err);
}

static bool pg_comment(struct pg *pg, const struct relation *relation, struct error *err)
{
    const struct pg_variable table[] = {
        {"relation", relation->name}, {"about", relation->about}, {NULL, NULL}};
    bool ok = pg_run(pg, "relation_comment.sql", table, NULL, err);

    for (size_t i = 0; ok && i < relation->column_count; i++) {
        const struct pg_variable column[] = {{"relation", relation->name},
            {"column", relation->columns[i].name}, {"about", relation->columns[i].about},
            {NULL, NULL}};

        ok = pg_run(pg, "column_comment.sql", column, NULL, err);
    }
    return ok;
}

static bool pg_extend_table(struct pg *pg, const struct pg_catalogue *catalogue,
    const struct relation *relation, const char *table, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < relation->column_count; i++) {
        if (pg_catalogue_type(catalogue, table, relation->columns[i].name) == NULL) {
            ok = pg_add_column(pg, table, &relation->columns[i], err);
        }
    }
    return ok;
}

static bool pg_migrate_relation(struct pg *pg, const struct load_settings *settings,
    const struct pg_catalogue *catalogue, const struct relation *relation, struct error *err)
{
    struct arena arena;
    struct pg_fragments fragments;
    bool ok;

    arena_init(&arena, CEILING_DOCUMENT);
    ok = pg_fragments_init(&fragments, &arena, relation, settings->schema, "") || error_memory(err);
    if (ok) {
        const char *stage = pg_stage_name(&arena, relation);
        const struct pg_variable grant[] = {
            {"relation", relation->name}, {"role", settings->reader_role}, {NULL, NULL}};

        if (pg_catalogue_type(catalogue, relation->name, NULL) == NULL) {
            ok = pg_run(pg, "relation_create.sql", fragments.variables, NULL, err);
        } else {
            ok = pg_extend_table(pg, catalogue, relation, relation->name, err);
        }
        if (ok && pg_catalogue_type(catalogue, stage, NULL) == NULL) {
            ok = pg_run(pg, "stage_create.sql", fragments.variables, NULL, err);
        } else if (ok) {
            ok = pg_extend_table(pg, catalogue, relation, stage, err);
        }
        ok = ok && pg_comment(pg, relation, err);
        if (ok && settings->reader_role != NULL) {
            ok = pg_run(pg, "grant_relation.sql", grant, NULL, err);
        }
    }
    arena_release(&arena);
    return ok;
}

static bool pg_migrate_all(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    char version[16];
    const struct pg_variable variables[] = {{"schema", settings->schema},
        {"role", settings->reader_role}, {"version", version}, {"program", "uemsync"},
        {NULL, NULL}};
    struct pg_catalogue catalogue = {NULL};
    int found = 0;
    bool ok = pg_catalogue_read(pg, settings->schema, &catalogue, err) &&
              pg_read_version(pg, &catalogue, &found, err);

    (void)snprintf(version, sizeof version, "%d", PG_SCHEMA_VERSION);
    if (ok && found == 0) {
        ok = pg_run(pg, "schema_version_create.sql", variables, NULL, err);
    }
    ok = ok && pg_run(pg, "removal_create.sql", variables, NULL, err);
    for (size_t i = 0; ok && i < schema->count; i++) {
        ok = pg_migrate_relation(pg, settings, &catalogue, schema->relations[i], err);
    }
    if (ok && settings->reader_role != NULL) {
        ok = pg_run(pg, "grant_schema.sql", variables, NULL, err);
    }
    ok = ok && pg_run(pg, "schema_version_insert.sql", variables, NULL, err);
    PQclear(catalogue.columns);
    return ok;
}

static bool pg_migrate_begun(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    const struct pg_variable variables[] = {{"schema", settings->schema}, {NULL, NULL}};
    bool exists = false;
    bool ok = pg_begin(pg, err) && pg_run(pg, "schema_lock.sql", variables, NULL, err) &&
              pg_schema_exists(pg, settings->schema, &exists, err);

    if (ok && !exists) {
        ok = pg_run(pg, "schema_create.sql", variables, NULL, err);
    }
    ok = ok && pg_migrate_all(pg, settings, schema, err);
    if (!ok) {
        pg_rollback(pg);
        (void)error_context(err, "creating or extending the schema %s", settings->schema);
    }
    return ok;
}

bool pg_schema_try(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    bool ok = pg_migrate_begun(pg, settings, schema, err);

    pg_rollback(pg);
    return ok;
}

bool pg_schema_migrate(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err)
{
    return pg_migrate_begun(pg, settings, schema, err) && pg_commit(pg, err);
}
