/* Publishing: what was staged becomes the tenant's state, by statements over whole relations that
 * write only rows that differ. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_PUBLISH_H
#define UEMSYNC_LOAD_POSTGRES_PG_PUBLISH_H

#include <stdbool.h>

#include "load/load.h"
#include "load/postgres/pg_history.h"
#include "load/postgres/pg_stage.h"

/* See load_publish. Everything must have been handed over, see pg_staging_flush. The stages are
 * empty afterwards; after a failure everything is as before. */
bool pg_publish(struct pg_staging *staging, struct pg_past *past, struct load_counts *counts,
    size_t count, const struct load_end *end, bool *changed, struct error *err);

#endif
