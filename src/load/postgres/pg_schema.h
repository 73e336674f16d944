/* The tables of the destination: compared with the relations that the mappings declare, and
 * created or extended where they lack something. Never drops anything but a view to make it anew.
 */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_SCHEMA_H
#define UEMSYNC_LOAD_POSTGRES_PG_SCHEMA_H

#include <stdbool.h>

#include "load/load.h"
#include "load/postgres/pg.h"
#include "load/postgres/pg_catalogue.h"

/* Version of the schema that this program writes. It grows with every change that is more than a
 * new relation or column. */
enum { PG_SCHEMA_VERSION = 2 };

struct pg_schema_state {
    int version;       /* 0: none there */
    bool complete;     /* every table, view, column and grant is there */
    char missing[128]; /* the first thing that is not, such as "table device" */
    bool are_many;     /* of which more than one is told */
};

/* As pg_schema_read, for who reads what is published: a user who may not know the version need not.
 */
bool pg_schema_read_there(struct pg *pg, const struct load_settings *settings,
    struct pg_catalogue *catalogue, struct error *err);

/* What is there, and its version: 0 for none. ERROR_DESTINATION when the schema is newer than the
 * program, or may not be looked into. *catalogue is the caller's to release, also after an error.
 */
bool pg_schema_read(struct pg *pg, const struct load_settings *settings,
    struct pg_catalogue *catalogue, int *version, struct error *err);

/* Looks, and changes nothing. ERROR_DESTINATION when the schema is newer than the program, or a
 * column is there with another type. */
bool pg_schema_look(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct pg_schema_state *state, struct error *err);

/* As pg_schema_migrate, and rolls it back: nothing is changed. */
bool pg_schema_try(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err);

/* Creates and extends what is missing, in one transaction. */
bool pg_schema_migrate(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, struct error *err);

/* As pg_schema_migrate, for a run: nobody who reads waits long for it. A relation whose tables are
 * locked is left as it is, and *waits says that there is one. */
bool pg_schema_extend(struct pg *pg, const struct load_settings *settings,
    const struct load_schema *schema, bool *waits, struct error *err);

#endif
