#include "load/postgres/pg_publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "load/postgres/pg_keep.h"
#include "load/postgres/pg_kept.h"

/* A number of a result's first row. */
static int64_t pg_number(const PGresult *result, int column)
{
    return strtoll(PQgetvalue(result, 0, column), NULL, 10);
}

/* Runs a statement when it has something to do, and adds the rows that it wrote. */
static bool pg_publish_step(struct pg *pg, bool wanted, const char *name,
    const struct pg_fragments *fragments, int64_t *rows, struct error *err)
{
    int64_t written = 0;
    bool ok = !wanted || pg_run_count(pg, name, fragments->variables, &written, err);

    *rows += written;
    return ok;
}

/* Leaves of what was staged the rows that count: of a key the last one, when no removal of it, or
 * of its owner's rows, came after that. */
static bool pg_publish_settle(struct pg *pg, const struct pg_target *target,
    const struct pg_fragments *fragments, struct error *err)
{
    bool rows = target->rows.used;
    int64_t ignored = 0;

    return pg_publish_step(pg, rows, "stage_last.sql", fragments, &ignored, err) &&
           pg_publish_step(
               pg, rows && target->removed, "stage_remove.sql", fragments, &ignored, err) &&
           pg_publish_step(
               pg, rows && target->replaced, "stage_replace.sql", fragments, &ignored, err);
}

static bool pg_publish_keyed(struct pg_staging *staging, const struct pg_target *target,
    struct load_counts *counts, struct error *err)
{
    const struct relation *relation = target->shape->there;
    struct pg *pg = staging->pg;
    struct pg_fragments fragments;
    PGresult *staged = NULL;
    bool rows = target->rows.used;
    bool ok = pg_staging_fragments(staging, relation, NULL, &fragments, err) &&
              pg_publish_settle(pg, target, &fragments, err) &&
              pg_run(pg, "stage_count.sql", fragments.variables, &staged, err) &&
              pg_publish_step(
                  pg, target->removed, "publish_remove.sql", &fragments, &counts->deleted, err) &&
              pg_publish_step(
                  pg, target->replaced, "publish_replace.sql", &fragments, &counts->deleted, err) &&
              pg_publish_step(pg, target->all_replaced > 0, "publish_replace_all.sql", &fragments,
                  &counts->deleted, err) &&
              pg_publish_step(pg, rows, "publish_update.sql", &fragments, &counts->updated, err) &&
              pg_publish_step(pg, rows, "publish_insert.sql", &fragments, &counts->inserted, err);

    if (ok) {
        counts->unchanged = pg_number(staged, 0) - counts->updated - counts->inserted;
    }
    PQclear(staged);
    return ok;
}

static bool pg_publish_log(struct pg_staging *staging, const struct pg_target *target,
    struct load_counts *counts, struct error *err)
{
    struct pg_fragments fragments;

    return pg_staging_fragments(staging, target->relation, NULL, &fragments, err) &&
           pg_publish_step(staging->pg, target->rows.used, "publish_log.sql", &fragments,
               &counts->inserted, err);
}

/* New items first, as the lists name them; `last` gets the latest of those that were there. */
static bool pg_publish_items(struct pg_staging *staging, const struct pg_target *target, char *last,
    size_t size, struct error *err)
{
    struct pg_fragments fragments;
    PGresult *result = NULL;
    int64_t inserted = 0;
    bool ok = pg_staging_fragments(staging, &target->set->item, target->set, &fragments, err) &&
              pg_run(staging->pg, "item_last.sql", fragments.variables, &result, err) &&
              pg_publish_step(
                  staging->pg, target->rows.used, "item_insert.sql", &fragments, &inserted, err);

    if (ok) {
        (void)snprintf(last, size, "%" PRId64, pg_number(result, 0));
    }
    PQclear(result);
    return ok;
}

static bool pg_publish_set(struct pg_staging *staging, const struct pg_target *target,
    struct load_counts *counts, struct error *err)
{
    struct pg *pg = staging->pg;
    struct pg_fragments fragments;
    PGresult *result = NULL;
    int64_t ignored = 0;
    char last[24];
    bool ok = pg_staging_fragments(staging, &target->set->list, target->set, &fragments, err) &&
              pg_publish_step(
                  pg, target->all_replaced > 0, "list_replace.sql", &fragments, &ignored, err) &&
              pg_publish_step(pg, true, "stage_last.sql", &fragments, &ignored, err) &&
              pg_publish_items(staging, target, last, sizeof last, err) &&
              pg_staging_fragments(staging, &target->set->list, target->set, &fragments, err) &&
              pg_fragments_add(&fragments, "last", last, err) &&
              pg_run(pg, "list_publish.sql", fragments.variables, &result, err);

    if (ok) {
        int64_t both = pg_number(result, 3);

        counts->inserted = pg_number(result, 1) - both;
        counts->deleted = pg_number(result, 2) - both;
        counts->unchanged = pg_number(result, 0) - counts->inserted;
    }
    PQclear(result);
    return ok;
}

static bool pg_publish_relation(
    struct pg_staging *staging, struct load_counts *counts, struct error *err)
{
    static bool (*const publish[])(struct pg_staging * staging, const struct pg_target *target,
        struct load_counts *counts, struct error *err) = {
        [RELATION_KEYED] = pg_publish_keyed,
        [RELATION_SET] = pg_publish_set,
        [RELATION_LOG] = pg_publish_log,
    };
    struct pg_target *target = NULL;
    bool ok = pg_staging_find(staging, counts->relation, &target, err);

    counts->inserted = counts->updated = counts->deleted = counts->unchanged = 0;
    if (ok && pg_target_is_used(target)) {
        load_watch_at(staging->pg->watch, counts->relation->name);
        ok = publish[target->relation->kind](staging, target, counts, err);
    }
    return ok || error_context(err, "publishing %s", counts->relation->name);
}

static bool pg_counts_differ(const struct load_counts *counts)
{
    return counts->inserted + counts->updated + counts->deleted > 0;
}

/* What publishing the relations did to the history, and what became too old. */
static bool pg_publish_past(struct pg_staging *staging, struct pg_past *past,
    struct load_counts *counts, size_t count, bool *changed, struct error *err)
{
    struct load_counts own = {.relation = past->schema.history};
    struct load_counts *history = &own;
    bool touched = false;
    bool ok;

    for (size_t i = 0; i < count; i++) {
        if (counts[i].relation == past->schema.history_of) {
            touched = touched || pg_counts_differ(&counts[i]);
        } else if (counts[i].relation == past->schema.history) {
            history = &counts[i];
        }
    }
    ok = pg_history_publish(past, staging, touched, history, err) &&
         pg_keep(past, staging, &history->deleted, err);
    *changed = *changed || pg_counts_differ(history);
    return ok;
}

bool pg_publish(struct pg_staging *staging, struct pg_past *past, struct load_counts *counts,
    size_t count, const struct load_end *end, bool *changed, struct error *err)
{
    bool ok =
        pg_begin(staging->pg, err) && pg_run(staging->pg, "publish_begin.sql", NULL, NULL, err);

    *changed = false;
    for (size_t i = 0; ok && i < count; i++) {
        ok = pg_publish_relation(staging, &counts[i], err);
        *changed = *changed || pg_counts_differ(&counts[i]);
    }
    ok = ok && pg_publish_past(staging, past, counts, count, changed, err) &&
         pg_kept_publish(staging, &past->schema, past->waiting, past->started_at, err) &&
         (end == NULL || end->tell(end->context, err)) && pg_staging_clear(staging, true, err) &&
         pg_commit(staging->pg, err);
    if (!ok) {
        pg_rollback(staging->pg);
        *changed = false;
    }
    return ok;
}
