/* The tables and views that the destination has for the relations of the schema: one declaration,
 * by which they are looked for, made, extended and tried for rights. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_TABLES_H
#define UEMSYNC_LOAD_POSTGRES_PG_TABLES_H

#include <stdbool.h>

#include "load/load.h"
#include "load/postgres/pg_set.h"

enum { PG_TABLES_MOST = 5, PG_TABLE_INDEXES = 2 };

struct pg_table {
    const char *name;
    const char *kind;                      /* "table" or "view" */
    const char *create;                    /* the statement that makes it */
    const struct relation *relation;       /* whose columns it has */
    const char *indexes[PG_TABLE_INDEXES]; /* the statements that make more of them; or NULL */
};

/* Of one relation, in the order in which they can be made: a view is the last. */
struct pg_tables {
    const struct relation *published; /* what readers see; NULL: nothing */
    bool is_query;                    /* a view of load_schema.views */
    int since;                        /* see load_view.since */
    const struct load_kept *kept;     /* what fills it once it is made; or NULL */
    const struct pg_set *set;         /* or NULL */
    struct pg_set own_set;
    struct pg_table tables[PG_TABLES_MOST];
    size_t count;
};

/* How many of them there are: to stage in, those of each relation, what is kept for views, and then
 * the views. */
size_t pg_tables_count(const struct load_schema *schema);

/* Those at a place below pg_tables_count, in the arena; *tables must stay where it is. False, with
 * ERROR_MEMORY, without memory. */
bool pg_tables_at(struct pg_tables *tables, struct arena *arena, const struct load_schema *schema,
    size_t place, struct error *err);

/* As pg_tables_at, those of one relation of a schema. */
bool pg_tables_of(struct pg_tables *tables, struct arena *arena, const struct relation *relation,
    struct error *err);

#endif
