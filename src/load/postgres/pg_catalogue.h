/* What the catalogue says of the schema's tables and views. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_CATALOGUE_H
#define UEMSYNC_LOAD_POSTGRES_PG_CATALOGUE_H

#include <stdbool.h>

#include "load/postgres/pg.h"
#include "mapping/relation.h"

struct pg_catalogue {
    PGresult *columns; /* one row a column, in order: table, column, type, "table" or "view",
                          and what is said of that */
};

/* A schema that is not there has no tables. */
bool pg_catalogue_read(
    struct pg *pg, const char *schema, struct pg_catalogue *catalogue, struct error *err);
void pg_catalogue_release(struct pg_catalogue *catalogue);

/* "table" or "view"; NULL when nothing has that name. */
const char *pg_catalogue_kind(const struct pg_catalogue *catalogue, const char *table);

/* Its comment; "" where it has none. */
const char *pg_catalogue_about(const struct pg_catalogue *catalogue, const char *table);

/* The type of a column, as format_type names it; NULL when it is not there. */
const char *pg_catalogue_type(
    const struct pg_catalogue *catalogue, const char *table, const char *column);

/* The next table (no view), or column of one; NULL behind the last. *place is 0 for the first, and
 * the function's own from there on. */
const char *pg_catalogue_next_table(const struct pg_catalogue *catalogue, int *place);
const char *pg_catalogue_next_column(
    const struct pg_catalogue *catalogue, const char *table, int *place);

/* format_type's word for a type. */
const char *pg_catalogue_word(enum column_type type);

/* Whether the table has no column beside the relation's first ones, and these in order. */
bool pg_catalogue_begins(const struct pg_catalogue *catalogue, const struct relation *relation);

#endif
