/* The history: the states that the rows of a relation were in, kept by statements over all of them
 * whenever that relation is published. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_HISTORY_H
#define UEMSYNC_LOAD_POSTGRES_PG_HISTORY_H

#include <stdbool.h>

#include "load/load.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_stage.h"

/* What publishing does about what was before. */
struct pg_past {
    struct load_schema schema; /* its relations as the tables have them */
    int64_t started_at;        /* of the run, ms */
    int64_t keep_history_ms;   /* as in load_settings */
    int64_t keep_runs_ms;
    const struct pg_catalogue
        *waiting;          /* what is there, where a part of the schema waits; or NULL */
    struct buffer renames; /* pairs that wait: from and to, each ended by NUL; owned */
};

void pg_past_init(struct pg_past *past, const struct load_settings *settings,
    const struct load_schema *schema, const struct load_run *run);
void pg_past_release(struct pg_past *past);

/* See load_rename. ERROR_MEMORY beyond CEILING_RENAMES. */
bool pg_history_rename(struct pg_past *past, struct str from, struct str to, struct error *err);

/* Within the transaction that publishes, behind the relations: moves what was renamed, ends states
 * and begins new ones, and says so in `counts` (never NULL). `touched`: rows of the relation that
 * it is the history of were written. Where nothing can be to do, nearly nothing is. */
bool pg_history_publish(struct pg_past *past, struct pg_staging *staging, bool touched,
    struct load_counts *counts, struct error *err);

#endif
