/* One run's hold on a tenant in PostgreSQL, or a reader's: what the functions of load/load.h do. It
 * is opened by postgres.c. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_LOAD_H
#define UEMSYNC_LOAD_POSTGRES_PG_LOAD_H

#include "load/load.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_history.h"
#include "load/postgres/pg_seen.h"
#include "load/postgres/pg_stage.h"

struct pg_load {
    struct load load; /* first: the interface's own part */
    struct pg pg;
    const struct load_settings *settings;
    const struct load_run *run;
    struct pg_set *sets;           /* one a RELATION_SET; owned */
    struct arena set_arena;        /* what they are made of */
    struct arena arena;            /* the fragments of one statement */
    struct pg_staging staging;     /* of a run */
    struct pg_past past;           /* of a run */
    struct pg_seen seen;           /* items that were staged */
    int32_t item;                  /* the number of the latest item: what load_item hands out */
    bool published;                /* and so the stages are empty */
    bool is_dropped;               /* what is staged is not for the next run */
    const struct relation *marked; /* whose staging is marked, one at a time; or NULL */
    int64_t mark;                  /* the order then */
    struct pg_shape *shapes;       /* of a run: one a relation, in set_arena */
    bool waits;                    /* a column waits for the next run; and so nothing staged does */
    struct pg_catalogue catalogue; /* of a reader, and of a run of which a column waits */
};

extern const struct load_ops pg_load_ops;        /* of a run */
extern const struct load_ops pg_load_reader_ops; /* of a reader */

#endif
