/* Staging: a run's rows wait in unlogged tables, one for each table that they go to. COPY takes
 * rows of one table at a time, and they come in turns: so each stage gathers a piece of its own,
 * and the COPY changes only when one is full. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_STAGE_H
#define UEMSYNC_LOAD_POSTGRES_PG_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "load/load.h"
#include "load/postgres/pg_fragments.h"
#include "load/postgres/pg_set.h"
#include "load/postgres/pg_shape.h"

struct pg_stage {
    const struct relation *relation; /* what it is the stage of; NULL: there is none */
    struct buffer piece;             /* rows not yet handed to libpq */
    bool is_list;                    /* it takes lists, and no rows */
    bool used;                       /* something was staged */
    int64_t last;                    /* the latest number that an earlier run staged under */
    int64_t rows;                    /* and how many rows it staged */
};

/* What a run stages for one relation of the schema. */
struct pg_target {
    const struct relation *relation;
    const struct pg_shape *shape; /* the relation as its tables are */
    const struct pg_set *set;     /* of a RELATION_SET; else NULL */
    struct pg_stage rows;         /* of a set: its items; none where nothing is staged of it */
    struct pg_stage lists;        /* of a set */
    int32_t items;                /* how many items were staged: the number of the last */
    bool removed;                 /* stage_removal has keys of it */
    bool replaced;                /* stage_replace has owners of it */
    int64_t all_replaced;         /* load_replace of everything: the order then; 0: none */
};

struct pg_staging {
    struct pg *pg;
    const char *schema;
    const char *tenant;
    struct arena *arena;       /* for the fragments of one statement; reset by each */
    struct pg_target removal;  /* keys of rows that are gone */
    struct pg_target replace;  /* owners whose rows were listed anew */
    struct pg_target run;      /* whose staging it is */
    struct pg_target *targets; /* one a relation of the schema, in its order; owned */
    size_t count;
    struct pg_target *fetched; /* of load_schema.fetched; or NULL */
    struct pg_stage *copying;  /* that a COPY is open to; or NULL */
    bool is_broken;            /* something that was staged was lost: nothing is to follow it */
    struct error broken;       /* why */
    int64_t order;             /* of the next staged row; from 1 */
};

/* The tables that removals and replaced owners are staged in, and what they were staged under. */
extern const struct relation pg_removal_relation;
extern const struct relation pg_replace_relation;
extern const struct relation pg_run_relation;

/* Whether rows of the relation are staged: not those that are written as a whole (RELATION_RUN), or
 * made by what is published (RELATION_HISTORY). */
bool pg_stage_is_for(const struct relation *relation);

/* A stage for each table that the relations need; `shapes` are those of all of them, `sets` are the
 * sets among them, in their order. All borrowed. */
bool pg_staging_init(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_shape *shapes, const struct pg_set *sets, struct error *err);
void pg_staging_release(struct pg_staging *staging);

/* The target of a relation of the schema; ERROR_MEMORY for another one, which is a mistake. */
bool pg_staging_find(struct pg_staging *staging, const struct relation *relation,
    struct pg_target **target, struct error *err);

/* Whether publishing has anything to do for it. */
bool pg_target_is_used(const struct pg_target *target);

/* Stages a row of the stage's relation. `order` is its stage_order. */
bool pg_stage_row(struct pg_staging *staging, struct pg_stage *stage, const struct row *row,
    int64_t order, struct error *err);

/* Stages a list: `numbers` are those of its items, each once. */
bool pg_stage_list(struct pg_staging *staging, struct pg_stage *stage, struct str owner,
    const int32_t *numbers, size_t count, int64_t order, struct error *err);

/* Ends the COPY that is open, so that the connection takes statements. With `failed`, what it took
 * is thrown away. */
bool pg_staging_pause(struct pg_staging *staging, bool failed, struct error *err);

/* Hands over everything that was gathered, and pauses: rows of load_schema.fetched last, when all
 * that they speak of is in the database. */
bool pg_staging_flush(struct pg_staging *staging, struct error *err);

/* Calls `each` for every stage that there is. */
typedef bool pg_stage_fn(struct pg_staging *staging, struct pg_stage *stage, struct error *err);
bool pg_staging_each(struct pg_staging *staging, pg_stage_fn *each, struct error *err);

/* Deletes what the tenant has in the stages; with `used_only` in those that this run used. */
bool pg_staging_clear(struct pg_staging *staging, bool used_only, struct error *err);

/* The relation as its tables are: without columns that wait. */
const struct relation *pg_staging_there(
    const struct pg_staging *staging, const struct relation *relation);

/* The fragments of a relation as its tables are, or of a set's item or list with those of the set.
 */
bool pg_staging_fragments(struct pg_staging *staging, const struct relation *relation,
    const struct pg_set *set, struct pg_fragments *fragments, struct error *err);

#endif
