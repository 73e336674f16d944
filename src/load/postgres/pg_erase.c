#include "load/postgres/pg_erase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/postgres/pg_keep.h"
#include "load/postgres/pg_kept.h"

/* A name of PostgreSQL with its NUL. */
enum { PG_ERASE_NAME_SIZE = 64 };

/* The catalogue says what is gone through, and not the mapping files: a table whose file is gone
 * or has another name now is no less the tenant's. Columns are told by their names. */
struct pg_erase_what {
    const char *table;
    const char *column; /* that names devices; or "" */
    const char *other;  /* of a list the table of its items, and the other way round; or "" */
    const char *device; /* or "" */
};

/* What a statement may name. */
enum { PG_ERASE_VARIABLES = 7 };

static void pg_erase_variables(const struct pg_erase *erase, const struct pg_erase_what *what,
    struct pg_variable variables[PG_ERASE_VARIABLES])
{
    const struct relation *runs = pg_keep_runs(erase->schema);
    const struct pg_variable all[PG_ERASE_VARIABLES] = {{"relation", what->table},
        {"tenant", erase->staging->tenant}, {"column", what->column}, {"other", what->other},
        {"device", what->device}, {"runs", runs != NULL ? runs->name : ""}, {NULL, NULL}};

    memcpy(variables, all, sizeof all);
}

/* A statement that removes rows of the table. */
static bool pg_erase_run(struct pg_erase *erase, const char *statement,
    const struct pg_erase_what *what, int64_t *rows, struct error *err)
{
    struct pg_variable variables[PG_ERASE_VARIABLES];

    pg_erase_variables(erase, what, variables);
    return pg_run_count(erase->staging->pg, statement, variables, rows, err) ||
           error_context(err, "erasing in %s", what->table);
}

static bool pg_erase_counted(struct pg_erase *erase, const char *statement,
    const struct pg_erase_what *what, struct error *err)
{
    int64_t rows = 0;
    bool ok = pg_erase_run(erase, statement, what, &rows, err);

    erase->rows += rows;
    return ok;
}

/* A statement that says itself how many rows went, as readers count them. */
static bool pg_erase_told_count(struct pg_erase *erase, const char *statement,
    const struct pg_erase_what *what, struct error *err)
{
    struct pg_variable variables[PG_ERASE_VARIABLES];
    PGresult *result = NULL;
    bool ok;

    pg_erase_variables(erase, what, variables);
    ok = pg_run(erase->staging->pg, statement, variables, &result, err);
    if (ok) {
        erase->rows += strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    }
    PQclear(result);
    return ok || error_context(err, "erasing in %s", what->table);
}

static bool pg_erase_has(const struct pg_erase *erase, const char *table, const char *column)
{
    return pg_catalogue_type(erase->catalogue, table, column) != NULL;
}

static bool pg_erase_is_stage(const struct pg_erase *erase, const char *table)
{
    return strncmp(table, "stage_", 6) == 0 && pg_erase_has(erase, table, "stage_order");
}

/* Of NAME and this ending the table NAME and the other one, where it is there. */
static bool pg_erase_find_other(const struct pg_erase *erase, const char *table, const char *ending,
    const char *other_ending, char other[PG_ERASE_NAME_SIZE])
{
    size_t size = strlen(table);
    size_t end = strlen(ending);
    bool ends = size > end && size < PG_ERASE_NAME_SIZE && strcmp(table + size - end, ending) == 0;

    other[0] = '\0';
    if (ends) {
        (void)snprintf(other, PG_ERASE_NAME_SIZE, "%.*s%s", (int)(size - end), table, other_ending);
    }
    return ends && pg_catalogue_kind(erase->catalogue, other) != NULL;
}

/* See pg_set.h. No column of a mapping file has the type of `items`. */
static bool pg_erase_is_list(
    const struct pg_erase *erase, const char *table, char item[PG_ERASE_NAME_SIZE])
{
    const char *type = pg_catalogue_type(erase->catalogue, table, "items");

    return type != NULL && strcmp(type, "integer[]") == 0 && !pg_erase_is_stage(erase, table) &&
           pg_erase_find_other(erase, table, "_list", "_item", item);
}

/* Be it staged. */
static bool pg_erase_is_item(
    const struct pg_erase *erase, const char *table, char list[PG_ERASE_NAME_SIZE])
{
    return pg_erase_has(erase, table, "digest") &&
           pg_erase_find_other(erase, table, "_item", "_list", list) &&
           pg_erase_has(erase, list, "items");
}

/* Made of relations, which are counted already. */
static bool pg_erase_is_kept(const struct pg_erase *erase, const char *table)
{
    const struct load_kept *kept = pg_kept_find(erase->schema, table);

    return kept != NULL && kept->relation.kind == RELATION_KEPT;
}

typedef bool pg_erase_fn(
    struct pg_erase *erase, const char *table, const char *text, struct error *err);

/* Calls `each` for every table there is. */
static bool pg_erase_each(
    struct pg_erase *erase, pg_erase_fn *each, const char *text, struct error *err)
{
    int place = 0;
    const char *table = pg_catalogue_next_table(erase->catalogue, &place);
    bool ok = true;

    while (ok && table != NULL) {
        ok = each(erase, table, text, err);
        table = pg_catalogue_next_table(erase->catalogue, &place);
    }
    return ok;
}

/* Before the runs themselves go, as these say whose they are. */
static bool pg_erase_told(
    struct pg_erase *erase, const char *table, const char *text, struct error *err)
{
    const struct relation *runs = pg_keep_runs(erase->schema);
    const struct pg_erase_what what = {table, "", "", text};
    bool is_told = runs != NULL && pg_erase_has(erase, table, "run_id") &&
                   !pg_erase_has(erase, table, "tenant") &&
                   pg_erase_has(erase, runs->name, "run_id") &&
                   pg_erase_has(erase, runs->name, "tenant");

    return !is_told || pg_erase_counted(erase, "erase_runs.sql", &what, err);
}

static bool pg_erase_table(
    struct pg_erase *erase, const char *table, const char *text, struct error *err)
{
    const struct pg_erase_what what = {table, "", "", text};
    char other[PG_ERASE_NAME_SIZE];
    int64_t ignored = 0;
    bool ok = true;

    if (!pg_erase_has(erase, table, "tenant")) {
        ok = true;
    } else if (pg_erase_is_list(erase, table, other)) {
        ok = pg_erase_told_count(erase, "erase_lists.sql", &what, err);
    } else if (pg_erase_is_item(erase, table, other) || pg_erase_is_kept(erase, table)) {
        ok = pg_erase_run(erase, "erase_tenant.sql", &what, &ignored, err);
    } else {
        ok = pg_erase_counted(erase, "erase_tenant.sql", &what, err);
    }
    return ok;
}

static bool pg_erase_stage(
    struct pg_erase *erase, const char *table, const char *text, struct error *err)
{
    const struct pg_erase_what what = {table, "", "", text};
    int64_t ignored = 0;

    return !pg_erase_is_stage(erase, table) || !pg_erase_has(erase, table, "tenant") ||
           pg_erase_run(erase, "erase_tenant.sql", &what, &ignored, err);
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

static bool pg_erase_rejects(
    struct pg_erase *erase, const char *table, const char *words, struct error *err)
{
    const struct pg_variable variables[] = {
        {"relation", table}, {"tenant", erase->staging->tenant}, {"words", words}, {NULL, NULL}};
    int64_t rows = 0;
    bool ok = true;

    if (!pg_erase_is_stage(erase, table) && pg_erase_has(erase, table, "tenant") &&
        pg_erase_has(erase, table, "record_key") && pg_erase_has(erase, table, "payload")) {
        ok = pg_run_count(erase->staging->pg, "erase_rejects.sql", variables, &rows, err) ||
             error_context(err, "erasing in %s", table);
        erase->rows += rows;
    }
    return ok;
}

/* By a column that names devices. */
static bool pg_erase_by(struct pg_erase *erase, const char *table, const char *column,
    const char *device, struct error *err)
{
    char other[PG_ERASE_NAME_SIZE];
    const struct pg_erase_what what = {table, column, other, device};
    bool ok;

    if (pg_erase_is_list(erase, table, other)) {
        ok = pg_erase_told_count(erase, "erase_list.sql", &what, err);
    } else if (pg_erase_is_item(erase, table, other)) {
        ok = pg_erase_told_count(erase, "erase_items.sql", &what, err);
    } else {
        ok = pg_erase_counted(erase, "erase_device.sql", &what, err);
    }
    return ok;
}

/* As in CSV: device_id, and whatever ends with _device_id. */
static bool pg_erase_names_device(const char *column)
{
    static const char end[] = "_device_id";
    size_t size = strlen(column);

    return strcmp(column, end + 1) == 0 ||
           (size >= sizeof end && strcmp(column + size - (sizeof end - 1), end) == 0);
}

static bool pg_erase_rows(
    struct pg_erase *erase, const char *table, const char *device, struct error *err)
{
    bool is_its = pg_erase_has(erase, table, "tenant") && !pg_erase_is_stage(erase, table) &&
                  !pg_erase_is_kept(erase, table);
    int place = 0;
    const char *column = pg_catalogue_next_column(erase->catalogue, table, &place);
    bool ok = true;

    while (ok && is_its && column != NULL) {
        ok = !pg_erase_names_device(column) || pg_erase_by(erase, table, column, device, err);
        column = pg_catalogue_next_column(erase->catalogue, table, &place);
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
         pg_erase_each(erase, pg_erase_rows, device, err) &&
         pg_kept_erase(erase->staging, erase->schema, erase->catalogue, err);
    buffer_release(&words);
    return pg_erase_end(erase, ok, err);
}
