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

static bool pg_resume_clean(struct pg_staging *staging, struct error *err)
{
    struct pg_fragments fragments;
    bool ok = pg_staging_fragments(staging, &pg_removal_relation, NULL, &fragments, err) &&
              pg_queue(staging->pg, "stage_clear.sql", fragments.variables, err) &&
              pg_staging_fragments(staging, &pg_replace_relation, NULL, &fragments, err) &&
              pg_queue(staging->pg, "stage_clear.sql", fragments.variables, err);

    for (size_t i = 0; ok && i < staging->count; i++) {
        ok = pg_resume_queue(staging, &staging->targets[i], err);
    }
    return ok && pg_run_queued(staging->pg, "taking over what was staged", err);
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
    PQclear(result);
    return ok;
}

static bool pg_resume_take(struct pg_staging *staging, struct error *err)
{
    bool ok = pg_resume_clean(staging, err) && pg_staging_each(staging, pg_resume_measure, err);

    for (size_t i = 0; ok && i < staging->count; i++) {
        struct pg_target *target = &staging->targets[i];
        int64_t last = target->set != NULL ? target->lists.last : target->rows.last;

        target->items = target->set != NULL ? (int32_t)target->rows.last : 0;
        staging->order = last >= staging->order ? last + 1 : staging->order;
    }
    return ok;
}

static bool pg_resume_begin(struct pg_staging *staging, const char *fingerprint, struct error *err)
{
    const struct pg_variable variables[] = {
        {"tenant", staging->tenant}, {"fingerprint", fingerprint}, {NULL, NULL}};

    return pg_staging_clear(staging, false, err) &&
           (fingerprint == NULL || pg_run(staging->pg, "resume_begin.sql", variables, NULL, err));
}

bool pg_resume(struct pg_staging *staging, const char *fingerprint, struct error *err)
{
    struct pg_fragments fragments;
    PGresult *found = NULL;
    bool is_known = fingerprint != NULL && staging->fetched != NULL;
    bool is_same = false;
    bool ok = !is_known ||
              (pg_staging_fragments(staging, staging->fetched->relation, NULL, &fragments, err) &&
                  pg_run(staging->pg, "resume_find.sql", fragments.variables, &found, err));

    if (ok && is_known) {
        is_same =
            strcmp(PQgetvalue(found, 0, 0), fingerprint) == 0 && *PQgetvalue(found, 0, 1) == 't';
    }
    PQclear(found);
    return ok && (is_same ? pg_resume_take(staging, err)
                          : pg_resume_begin(staging, is_known ? fingerprint : NULL, err));
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
               pg_read_rows(staging->pg, &fragments, count, each, context, err));
}
