/* Taking over what an earlier run of the tenant staged and did not publish. The stages are unlogged
 * tables: they outlive a program that dies and a database that is stopped in order, and are empty
 * after a crash of the database. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_RESUME_H
#define UEMSYNC_LOAD_POSTGRES_PG_RESUME_H

#include "load/postgres/pg_read.h"
#include "load/postgres/pg_stage.h"

/* Leaves in the stages what load_schema.fetched says to be whole, where it was staged under the
 * run's fingerprint and of relations that it takes; otherwise nothing. `is_kept`: what this run
 * stages is for the next one. To be called before anything is staged, under the tenant's lock. */
bool pg_resume(
    struct pg_staging *staging, const struct load_run *run, bool is_kept, struct error *err);

/* See load_staged. */
bool pg_resume_read(struct pg_staging *staging, const size_t *columns, size_t count,
    load_row_fn *each, void *context, struct error *err);

#endif
