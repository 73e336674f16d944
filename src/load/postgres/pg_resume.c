#include "load/postgres/pg_resume.h"

#include <stdlib.h>
#include <string.h>

/* The columns of load_schema.fetched behind the tenant. */
enum { PG_FETCHED_OWNER = 1, PG_FETCHED_RELATION = 2 };

static const char *pg_fetched_column(const struct pg_staging *staging, size_t place)
{
    return staging->fetched->relation->columns[place].name;
}

/* Fragments of a stage, and what a row of load_schema.fetched is found by. */
static bool pg_resume_fragments(struct pg_staging *staging, const struct pg_target *target,
    const struct pg_stage *stage, struct pg_fragments *fragments, struct error *err)
{
    return pg_staging_fragments(staging, stage->relation, NULL, fragments, err) &&
           pg_fragments_add(fragments, "published", target->relation->name, err) &&
           pg_fragments_add(fragments, "fetched",
               pg_stage_name(staging->arena, staging->fetched->relation), err) &&
           pg_fragments_add(
               fragments, "fetched_owner", pg_fetched_column(staging, PG_FETCHED_OWNER), err) &&
           pg_fragments_add(
               fragments, "fetched_relation", pg_fetched_column(staging, PG_FETCHED_RELATION), err);
}

static bool pg_resume_queue(
    struct pg_staging *staging, const struct pg_target *target, struct error *err)
{
    const struct pg_stage *stage = target->set != NULL ? &target->lists : &target->rows;
    const char *owner = pg_fetched_column(staging, PG_FETCHED_OWNER);
    bool has_owner = stage->relation != NULL &&
                     relation_find_column(stage->relation, owner) < stage->relation->column_count;
    const char *file = has_owner ? "stage_resume.sql" : "stage_clear.sql";
    struct pg_fragments fragments;

    /* Of the rows of fetched itself the last one of each key is wanted. Those of a log are facts,
     * whatever became of their run. Items that no list names any more do no harm. */
    if (target == staging->fetched) {
        file = "stage_last.sql";
    }
    return target->relation->kind == RELATION_LOG || !pg_stage_is_for(target->relation) ||
           (pg_resume_fragments(staging, target, stage, &fragments, err) &&
               pg_queue(staging->pg, file, fragments.variables, err));
}

static bool pg_resume_queue_all(struct pg_staging *staging, struct error *err)
{
    struct pg_fragments fragments;
    bool ok =
        pg_staging_fragments(staging, &pg_removal_relation, NULL, &fragments, err) &&
        pg_queue(staging->pg, "stage_clear.sql", fragments.variables, err) &&
        pg_resume_fragments(staging, staging->fetched, &staging->replace.rows, &fragments, err) &&
        pg_queue(staging->pg, "replace_resume.sql", fragments.variables, err);

    for (size_t i = 0; ok && i < staging->count; i++) {
        ok = pg_resume_queue(staging, &staging->targets[i], err);
    }
    return ok && pg_run_queued(staging->pg, "taking over what was staged", err);
}

/* Stages are joined as a publication joins them, and for the same reason. */
static bool pg_resume_clean(struct pg_staging *staging, struct error *err)
{
    bool ok = pg_begin(staging->pg, err) &&
              pg_run(staging->pg, "publish_begin.sql", NULL, NULL, err) &&
              pg_resume_queue_all(staging, err) && pg_commit(staging->pg, err);

    if (!ok) {
        pg_rollback(staging->pg);
    }
    return ok;
}

/* What is staged now: the numbers of what is to come are above it. */
static bool pg_resume_measure(struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    struct pg_fragments fragments;
    PGresult *result = NULL;
    bool ok = pg_staging_fragments(staging, stage->relation, NULL, &fragments, err) &&
              pg_run(staging->pg, "stage_extent.sql", fragments.variables, &result, err);

    stage->used = ok && PQgetisnull(result, 0, 0) == 0;
    stage->last = stage->used ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    stage->rows = ok ? strtoll(PQgetvalue(result, 0, 1), NULL, 10) : 0;
    PQclear(result);
    return ok;
}

/* Whose owners it is that were listed anew is in the rows: to look in vain does no harm. */
static void pg_resume_replaced(struct pg_staging *staging)
{
    for (size_t i = 0; i < staging->count; i++) {
        struct pg_target *target = &staging->targets[i];

        target->replaced = staging->replace.rows.used && target->relation->kind == RELATION_KEYED &&
                           target->relation->key_count > 1;
    }
}

/* *is_whole: lists name their items by numbers, of which none may be missing. */
static bool pg_resume_take(struct pg_staging *staging, bool *is_whole, struct error *err)
{
    bool ok = pg_resume_clean(staging, err) && pg_staging_each(staging, pg_resume_measure, err);

    pg_resume_replaced(staging);
    *is_whole = true;
    for (size_t i = 0; ok && i < staging->count; i++) {
        struct pg_target *target = &staging->targets[i];
        int64_t last = target->set != NULL ? target->lists.last : target->rows.last;

        target->items = target->set != NULL ? (int32_t)target->rows.last : 0;
        *is_whole = *is_whole && (target->set == NULL || target->rows.rows == target->rows.last);
        staging->order = last >= staging->order ? last + 1 : staging->order;
    }
    return ok;
}

static bool pg_stage_forget(struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    (void)staging;
    (void)err;
    stage->used = false;
    return true;
}

/* With empty stages. */
static bool pg_resume_begin(struct pg_staging *staging, const char *fingerprint, struct error *err)
{
    const struct pg_variable variables[] = {
        {"tenant", staging->tenant}, {"fingerprint", fingerprint}, {NULL, NULL}};

    for (size_t i = 0; i < staging->count; i++) {
        staging->targets[i].items = 0;
        staging->targets[i].replaced = false;
    }
    return pg_staging_clear(staging, false, err) &&
           pg_staging_each(staging, pg_stage_forget, err) &&
           (fingerprint == NULL || pg_run(staging->pg, "resume_begin.sql", variables, NULL, err));
}

/* Whether there is something whole, and all of it may be taken over. */
static bool pg_resume_may_take(const PGresult *found, const struct load_run *run)
{
    bool may = PQntuples(found) > 0;

    for (int i = 0; may && i < PQntuples(found); i++) {
        may = strcmp(PQgetvalue(found, i, 0), run->fingerprint) == 0 &&
              load_run_takes(run, str_of(PQgetvalue(found, i, 1)));
    }
    return may;
}

static bool pg_resume_look(
    struct pg_staging *staging, const struct load_run *run, bool *may_take, struct error *err)
{
    struct pg_fragments fragments;
    PGresult *found = NULL;
    bool ok = pg_staging_fragments(staging, staging->fetched->relation, NULL, &fragments, err) &&
              pg_fragments_add(&fragments, "fetched_relation",
                  pg_fetched_column(staging, PG_FETCHED_RELATION), err) &&
              pg_run(staging->pg, "resume_find.sql", fragments.variables, &found, err);

    *may_take = ok && pg_resume_may_take(found, run);
    PQclear(found);
    return ok;
}

bool pg_resume(
    struct pg_staging *staging, const struct load_run *run, bool is_kept, struct error *err)
{
    bool is_known = is_kept && run->fingerprint != NULL && staging->fetched != NULL;
    bool is_taken = false;
    bool ok = !is_known || pg_resume_look(staging, run, &is_taken, err);

    ok = ok && (!is_taken || pg_resume_take(staging, &is_taken, err));
    return ok && (is_taken || pg_resume_begin(staging, is_known ? run->fingerprint : NULL, err));
}

bool pg_resume_read(struct pg_staging *staging, const size_t *columns, size_t count,
    load_row_fn *each, void *context, struct error *err)
{
    struct pg_fragments fragments;
    const struct relation *relation = staging->fetched != NULL ? staging->fetched->relation : NULL;

    return relation == NULL || !staging->fetched->rows.used ||
           (pg_staging_fragments(staging, relation, NULL, &fragments, err) &&
               pg_fragments_add(
                   &fragments, "relation", pg_stage_name(staging->arena, relation), err) &&
               pg_read_texts(&fragments, staging->arena, relation, columns, count, NULL, err) &&
               pg_read_rows(staging->pg, "published.sql", &fragments, count, each, context, err));
}
