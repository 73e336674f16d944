#include "load/postgres/pg_erase.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/postgres/pg_keep.h"
#include "load/postgres/pg_tables.h"

/* One statement about one table, with what it may name. */
static bool pg_erase_run(struct pg_erase *erase, const char *statement, const char *table,
    const char *device, int64_t *rows, struct error *err)
{
    const struct relation *runs = pg_keep_runs(erase->schema);
    const struct pg_variable variables[] = {{"relation", table}, {"tenant", erase->staging->tenant},
        {"device", device}, {"runs", runs != NULL ? runs->name : ""}, {NULL, NULL}};

    return pg_run_count(erase->staging->pg, statement, variables, rows, err) ||
           error_context(err, "erasing in %s", table);
}

static bool pg_erase_counted(struct pg_erase *erase, const char *statement, const char *table,
    const char *device, struct error *err)
{
    int64_t rows = 0;
    bool ok = pg_erase_run(erase, statement, table, device, &rows, err);

    erase->rows += rows;
    return ok;
}

static bool pg_erase_has(const struct pg_erase *erase, const char *table, const char *column)
{
    return pg_catalogue_type(erase->catalogue, table, column) != NULL;
}

static bool pg_erase_lists(struct pg_erase *erase, const char *table, struct error *err)
{
    const struct pg_variable variables[] = {
        {"relation", table}, {"tenant", erase->staging->tenant}, {NULL, NULL}};
    PGresult *result = NULL;
    bool ok = pg_run(erase->staging->pg, "erase_lists.sql", variables, &result, err);

    if (ok) {
        erase->rows += strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    }
    PQclear(result);
    return ok || error_context(err, "erasing in %s", table);
}

/* A stage has another name than what it is the stage of. */
static bool pg_erase_is_stage(const struct pg_table *table)
{
    return strcmp(table->name, table->relation->name) != 0;
}

typedef bool pg_erase_fn(struct pg_erase *erase, const struct pg_tables *tables,
    const struct pg_table *table, const char *device, struct error *err);

/* Calls `each` for every table that is there. */
static bool pg_erase_each(
    struct pg_erase *erase, pg_erase_fn *each, const char *device, struct error *err)
{
    struct arena arena;
    bool ok = true;

    arena_init(&arena, CEILING_DOCUMENT);
    for (size_t i = 0; ok && i < pg_tables_count(erase->schema); i++) {
        struct pg_tables tables;

        arena_reset(&arena);
        ok = pg_tables_at(&tables, &arena, erase->schema, i, err);
        for (size_t j = 0; ok && j < tables.count; j++) {
            const char *kind = pg_catalogue_kind(erase->catalogue, tables.tables[j].name);

            if (kind != NULL && strcmp(kind, "table") == 0) {
                ok = each(erase, &tables, &tables.tables[j], device, err);
            }
        }
    }
    arena_release(&arena);
    return ok;
}

/* Before the runs themselves go, as these say whose they are. */
static bool pg_erase_told(struct pg_erase *erase, const struct pg_tables *tables,
    const struct pg_table *table, const char *device, struct error *err)
{
    const struct relation *runs = pg_keep_runs(erase->schema);
    bool is_told = table->relation->kind == RELATION_RUN && runs != NULL &&
                   !pg_erase_has(erase, table->name, "tenant") &&
                   pg_erase_has(erase, runs->name, "tenant");

    (void)tables;
    return !is_told || pg_erase_counted(erase, "erase_runs.sql", table->name, device, err);
}

static bool pg_erase_table(struct pg_erase *erase, const struct pg_tables *tables,
    const struct pg_table *table, const char *device, struct error *err)
{
    int64_t ignored = 0;
    bool ok = true;

    if (tables->set != NULL && !pg_erase_is_stage(table) && table->relation == &tables->set->list) {
        ok = pg_erase_lists(erase, table->name, err);
    } else if (tables->set != NULL && table->relation == &tables->set->item) {
        ok = pg_erase_run(erase, "erase_tenant.sql", table->name, device, &ignored, err);
    } else if (pg_erase_has(erase, table->name, "tenant")) {
        ok = pg_erase_counted(erase, "erase_tenant.sql", table->name, device, err);
    }
    return ok;
}

static bool pg_erase_stage(struct pg_erase *erase, const struct pg_tables *tables,
    const struct pg_table *table, const char *device, struct error *err)
{
    int64_t ignored = 0;

    (void)tables;
    return !pg_erase_is_stage(table) ||
           pg_erase_run(erase, "erase_tenant.sql", table->name, device, &ignored, err);
}

/* Appends what the relation knows the device by: ", ('352099001761481')". */
static bool pg_erase_words_of(struct pg_erase *erase, const struct relation *relation,
    const char *device, struct buffer *words, struct error *err)
{
    struct pg *pg = erase->staging->pg;
    const struct pg_variable variables[] = {{"relation", relation != NULL ? relation->name : ""},
        {"tenant", erase->staging->tenant}, {"device", device}, {NULL, NULL}};
    PGresult *result = NULL;
    bool ok = relation == NULL || !pg_erase_has(erase, relation->name, "device_id") ||
              pg_run(pg, "erase_words.sql", variables, &result, err);

    for (int i = 0; ok && result != NULL && i < PQntuples(result); i++) {
        buffer_append_text(words, ", (");
        ok = pg_append_literal(pg, words, str_of(PQgetvalue(result, i, 0))) || error_memory(err);
        buffer_append_char(words, ')');
    }
    PQclear(result);
    return ok;
}

/* "(lower('it's id')), ('word')": a device that left is known by its history alone. */
static bool pg_erase_words(
    struct pg_erase *erase, const char *device, struct buffer *words, struct error *err)
{
    bool ok;

    buffer_append_text(words, "(lower(");
    ok = pg_append_literal(erase->staging->pg, words, str_of(device)) || error_memory(err);
    buffer_append_text(words, "))");
    return ok && pg_erase_words_of(erase, erase->schema->history_of, device, words, err) &&
           pg_erase_words_of(erase, erase->schema->history, device, words, err) &&
           (buffer_ok(words) || error_memory(err));
}

static bool pg_erase_rejects(struct pg_erase *erase, const struct pg_tables *tables,
    const struct pg_table *table, const char *words, struct error *err)
{
    const struct pg_variable variables[] = {{"relation", table->name},
        {"tenant", erase->staging->tenant}, {"words", words}, {NULL, NULL}};
    int64_t rows = 0;
    bool ok = true;

    (void)tables;
    if (table->relation->kind == RELATION_LOG && !pg_erase_is_stage(table) &&
        pg_erase_has(erase, table->name, "record_key") &&
        pg_erase_has(erase, table->name, "payload")) {
        ok = pg_run_count(erase->staging->pg, "erase_rejects.sql", variables, &rows, err) ||
             error_context(err, "erasing in %s", table->name);
        erase->rows += rows;
    }
    return ok;
}

/* Its list is staged as an empty one and published, so that the items know of it. */
static bool pg_erase_list(
    struct pg_erase *erase, const struct pg_set *set, const char *device, struct error *err)
{
    struct pg_staging *staging = erase->staging;
    struct pg_fragments fragments;
    PGresult *result = NULL;
    bool ok = pg_staging_fragments(staging, &set->list, set, &fragments, err) &&
              pg_fragments_add(&fragments, "device", device, err) &&
              /* No item is new. */
              pg_fragments_add(&fragments, "last", "2147483647", err) &&
              pg_run(staging->pg, "erase_list.sql", fragments.variables, NULL, err) &&
              pg_run(staging->pg, "list_publish.sql", fragments.variables, &result, err) &&
              pg_run(staging->pg, "stage_clear.sql", fragments.variables, NULL, err);

    if (ok) {
        erase->rows += strtoll(PQgetvalue(result, 0, 2), NULL, 10);
    }
    PQclear(result);
    return ok || error_context(err, "erasing in %s", set->relation->name);
}

static bool pg_erase_rows(struct pg_erase *erase, const struct pg_tables *tables,
    const struct pg_table *table, const char *device, struct error *err)
{
    bool is_its = !pg_erase_is_stage(table) && pg_erase_has(erase, table->name, "device_id");
    bool ok = true;

    if (is_its && tables->set != NULL) {
        ok =
            table->relation != &tables->set->list || pg_erase_list(erase, tables->set, device, err);
    } else if (is_its) {
        ok = pg_erase_counted(erase, "erase_device.sql", table->name, device, err);
    }
    return ok;
}

static bool pg_erase_end(struct pg_erase *erase, bool ok, struct error *err)
{
    ok = ok && pg_commit(erase->staging->pg, err);
    if (!ok) {
        pg_rollback(erase->staging->pg);
    }
    return ok;
}

bool pg_erase_tenant(struct pg_erase *erase, struct error *err)
{
    bool ok = pg_begin(erase->staging->pg, err) && pg_erase_each(erase, pg_erase_told, "", err) &&
              pg_erase_each(erase, pg_erase_table, "", err);

    return pg_erase_end(erase, ok, err);
}

bool pg_erase_device(struct pg_erase *erase, const char *device, struct error *err)
{
    struct buffer words;
    bool ok;

    buffer_init(&words, CEILING_DOCUMENT);
    ok = pg_begin(erase->staging->pg, err) && pg_erase_each(erase, pg_erase_stage, device, err) &&
         pg_erase_words(erase, device, &words, err) &&
         pg_erase_each(erase, pg_erase_rejects, buffer_text(&words), err) &&
         pg_erase_each(erase, pg_erase_rows, device, err);
    buffer_release(&words);
    return pg_erase_end(erase, ok, err);
}
