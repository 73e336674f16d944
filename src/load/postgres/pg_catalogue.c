#include "load/postgres/pg_catalogue.h"

#include <string.h>

enum {
    PG_CATALOGUE_TABLE,
    PG_CATALOGUE_COLUMN,
    PG_CATALOGUE_TYPE,
    PG_CATALOGUE_KIND,
    PG_CATALOGUE_ABOUT
};

bool pg_catalogue_read(
    struct pg *pg, const char *schema, struct pg_catalogue *catalogue, struct error *err)
{
    const struct pg_variable variables[] = {{"schema", schema}, {NULL, NULL}};

    catalogue->columns = NULL;
    return pg_run(pg, "schema_columns.sql", variables, &catalogue->columns, err);
}

void pg_catalogue_release(struct pg_catalogue *catalogue)
{
    PQclear(catalogue->columns);
    catalogue->columns = NULL;
}

static bool pg_catalogue_is(
    const struct pg_catalogue *catalogue, int row, int field, const char *text)
{
    return strcmp(PQgetvalue(catalogue->columns, row, field), text) == 0;
}

/* What the field says of the table, in whichever row; NULL when nothing has that name. */
static const char *pg_catalogue_find(
    const struct pg_catalogue *catalogue, const char *table, int field)
{
    const char *found = NULL;

    for (int i = 0; found == NULL && i < PQntuples(catalogue->columns); i++) {
        if (pg_catalogue_is(catalogue, i, PG_CATALOGUE_TABLE, table)) {
            found = PQgetvalue(catalogue->columns, i, field);
        }
    }
    return found;
}

const char *pg_catalogue_kind(const struct pg_catalogue *catalogue, const char *table)
{
    return pg_catalogue_find(catalogue, table, PG_CATALOGUE_KIND);
}

const char *pg_catalogue_about(const struct pg_catalogue *catalogue, const char *table)
{
    const char *about = pg_catalogue_find(catalogue, table, PG_CATALOGUE_ABOUT);

    return about != NULL ? about : "";
}

const char *pg_catalogue_type(
    const struct pg_catalogue *catalogue, const char *table, const char *column)
{
    const char *type = NULL;

    for (int i = 0; type == NULL && i < PQntuples(catalogue->columns); i++) {
        if (pg_catalogue_is(catalogue, i, PG_CATALOGUE_TABLE, table) &&
            pg_catalogue_is(catalogue, i, PG_CATALOGUE_COLUMN, column)) {
            type = PQgetvalue(catalogue->columns, i, PG_CATALOGUE_TYPE);
        }
    }
    return type;
}

const char *pg_catalogue_next_table(const struct pg_catalogue *catalogue, int *place)
{
    const char *table = NULL;

    for (; table == NULL && *place < PQntuples(catalogue->columns); (*place)++) {
        const char *name = PQgetvalue(catalogue->columns, *place, PG_CATALOGUE_TABLE);

        if (pg_catalogue_is(catalogue, *place, PG_CATALOGUE_KIND, "table") &&
            (*place == 0 || !pg_catalogue_is(catalogue, *place - 1, PG_CATALOGUE_TABLE, name))) {
            table = name;
        }
    }
    return table;
}

const char *pg_catalogue_next_column(
    const struct pg_catalogue *catalogue, const char *table, int *place)
{
    const char *column = NULL;

    for (; column == NULL && *place < PQntuples(catalogue->columns); (*place)++) {
        if (pg_catalogue_is(catalogue, *place, PG_CATALOGUE_TABLE, table)) {
            column = PQgetvalue(catalogue->columns, *place, PG_CATALOGUE_COLUMN);
        }
    }
    return column;
}

const char *pg_catalogue_word(enum column_type type)
{
    return type == COLUMN_TIMESTAMPTZ ? "timestamp with time zone" : column_type_name(type);
}

bool pg_catalogue_begins(const struct pg_catalogue *catalogue, const struct relation *relation)
{
    size_t place = 0;
    bool begins = true;

    for (int i = 0; begins && i < PQntuples(catalogue->columns); i++) {
        if (pg_catalogue_is(catalogue, i, PG_CATALOGUE_TABLE, relation->name)) {
            begins =
                place < relation->column_count &&
                pg_catalogue_is(catalogue, i, PG_CATALOGUE_COLUMN, relation->columns[place].name);
            place++;
        }
    }
    return begins;
}
