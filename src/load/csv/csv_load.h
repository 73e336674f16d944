/* One run's hold on one tenant in CSV, and what it stages. */
#ifndef UEMSYNC_LOAD_CSV_CSV_LOAD_H
#define UEMSYNC_LOAD_CSV_CSV_LOAD_H

#include "load/csv/csv_changes.h"
#include "load/csv/csv_log.h"
#include "load/csv/csv_merge.h"
#include "load/csv/csv_renames.h"
#include "load/csv/csv_resume.h"
#include "load/csv/csv_store.h"
#include "load/csv/csv_text.h"
#include "load/load.h"

struct csv_load {
    struct load load; /* first, as load.h wants it */
    const struct load_schema *schema;
    struct load_run run;
    const struct log *log;
    bool safe;
    int keep; /* see load_settings, for the next three too */
    int keep_changes;
    int64_t keep_history_ms;
    int64_t keep_runs_ms;
    struct csv_store store;
    struct csv_sort *sort;
    struct csv_logs logs;
    struct csv_changes changes;
    struct csv_renames renames;
    struct csv_encoder encoder;
    struct csv_plan *plans; /* one a relation of the schema; owned */
    size_t last_relation;   /* of the schema: rows come in runs of one relation */
    struct csv_resume resume;
    bool telling;   /* load_end.tell is under way */
    bool switched;  /* the link leads to this run's snapshot */
    bool published; /* csv_publish did its work */
    bool has_left;  /* and left some for the next run, in HOME/pending */
};

static inline struct csv_load *csv_load_of(struct load *load)
{
    return (struct csv_load *)(void *)load;
}

/* See the functions of load.h. */
bool csv_stage(struct load *load, const struct row *row, struct error *err);
bool csv_item(struct load *load, const struct row *row, struct load_item *item, struct error *err);
bool csv_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err);
bool csv_replace(
    struct load *load, const struct relation *relation, const struct str *owner, struct error *err);
bool csv_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err);
bool csv_mark(struct load *load, const struct relation *relation, struct error *err);
bool csv_forget(struct load *load, const struct relation *relation, struct error *err);

#endif
