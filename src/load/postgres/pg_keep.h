/* What is older than the settings keep: states of the history, and what runs said of themselves. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_KEEP_H
#define UEMSYNC_LOAD_POSTGRES_PG_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "load/postgres/pg_history.h"

/* Drops it, within the transaction that publishes. `states` gets how many states of the history
 * went. Of the schema's relations it takes those that have the columns by which it goes; which runs
 * there were is told by the RELATION_RUN that has `tenant` and `started_at`. */
bool pg_keep(
    const struct pg_past *past, struct pg_staging *staging, int64_t *states, struct error *err);

/* That relation; NULL where there is none. */
const struct relation *pg_keep_runs(const struct load_schema *schema);

#endif
