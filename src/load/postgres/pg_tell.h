/* What runs say of themselves: the rows of the schema's RELATION_RUNs. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_TELL_H
#define UEMSYNC_LOAD_POSTGRES_PG_TELL_H

#include <stdbool.h>

#include "load/load.h"
#include "load/postgres/pg_stage.h"

/* See load_tell. Within the transaction that is under way, else in one of its own; no COPY may be
 * open. ERROR_MEMORY for a column of a type that nothing of a run has, which is a mistake. */
bool pg_tell(struct pg_staging *staging, const struct row *rows, size_t count, struct error *err);

/* Runs of the tenant that say that they go on have died: whoever calls this has the tenant's lock.
 * Where a relation says more than that of runs, they are told to have failed. */
bool pg_tell_of_dead(
    struct pg_staging *staging, const struct load_schema *schema, struct error *err);

#endif
