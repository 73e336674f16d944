/* The tables of load_schema.kept: what is brought up to date with every publish, so that views over
 * millions of rows answer at once. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_KEPT_H
#define UEMSYNC_LOAD_POSTGRES_PG_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "load/load.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_stage.h"

/* Within the transaction that has made the table: what it has from the first moment on, for all
 * tenants. `variables` are those of its load_kept.fill. */
bool pg_kept_fill(struct pg *pg, const struct load_kept *kept, const struct pg_variable *variables,
    struct error *err);

/* Within the transaction that publishes, behind all that it publishes and before the stages are
 * cleared. `started_at` (ms) is that of the run. What is as it was is not written. `waiting`: what
 * is there, where not all of the schema is; else NULL. */
bool pg_kept_publish(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_catalogue *waiting, int64_t started_at, struct error *err);

/* Within the transaction that erases, behind it: those that go with the rows, and are there. */
bool pg_kept_erase(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_catalogue *catalogue, struct error *err);

/* The table of that name, or NULL: what is in it is told by nobody but views. */
const struct load_kept *pg_kept_find(const struct load_schema *schema, const char *table);

#endif
