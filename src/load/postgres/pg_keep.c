#include "load/postgres/pg_keep.h"

#include "base/timestamp.h"

static bool pg_keep_has(const struct relation *relation, const char *name, enum column_type type)
{
    return relation_find_typed(relation, name, type) < relation->column_count;
}

const struct relation *pg_keep_runs(const struct load_schema *schema)
{
    const struct relation *runs = NULL;

    for (size_t i = 0; runs == NULL && i < schema->count; i++) {
        const struct relation *relation = schema->relations[i];

        if (relation->kind == RELATION_RUN && pg_keep_has(relation, "tenant", COLUMN_TEXT) &&
            pg_keep_has(relation, "started_at", COLUMN_TIMESTAMPTZ)) {
            runs = relation;
        }
    }
    return runs;
}

/* Runs a statement about a relation, and says how many rows went. `runs` may be NULL where the
 * statement does not name it. */
static bool pg_keep_step(const struct pg_past *past, struct pg_staging *staging, const char *name,
    const struct relation *relation, const struct relation *runs, int64_t kept_ms, int64_t *rows,
    struct error *err)
{
    /* What would be before all times is nothing. */
    int64_t before =
        past->started_at - TIMESTAMP_MIN > kept_ms ? past->started_at - kept_ms : TIMESTAMP_MIN;
    struct pg_fragments fragments;
    char text[TIMESTAMP_TEXT_SIZE];

    (void)timestamp_format(before, text);
    return pg_staging_fragments(staging, relation, NULL, &fragments, err) &&
           pg_fragments_add(&fragments, "before", text, err) &&
           pg_fragments_add(&fragments, "runs", runs != NULL ? runs->name : "", err) &&
           pg_run_count(staging->pg, name, fragments.variables, rows, err);
}

/* Of one relation that is told of runs, but the one that says which there were. */
static bool pg_keep_told(const struct pg_past *past, struct pg_staging *staging,
    const struct relation *relation, const struct relation *runs, struct error *err)
{
    int64_t kept = past->keep_runs_ms;
    bool is_log = relation->kind == RELATION_LOG;
    bool is_told = relation != runs && (is_log || relation->kind == RELATION_RUN) &&
                   pg_keep_has(relation, "run_id", COLUMN_TEXT);
    int64_t ignored = 0;
    bool ok = !is_told ||
              pg_keep_step(past, staging, "keep_of_runs.sql", relation, runs, kept, &ignored, err);

    if (ok && is_told && is_log && pg_keep_has(relation, "tenant", COLUMN_TEXT) &&
        pg_keep_has(relation, "rejected_at", COLUMN_TIMESTAMPTZ)) {
        ok = pg_keep_step(
            past, staging, "keep_of_lost_runs.sql", relation, runs, kept, &ignored, err);
    }
    return ok;
}

static bool pg_keep_all_runs(
    const struct pg_past *past, struct pg_staging *staging, struct error *err)
{
    const struct relation *runs = pg_keep_runs(&past->schema);
    int64_t ignored = 0;
    bool ok = true;

    for (size_t i = 0; ok && runs != NULL && i < past->schema.count; i++) {
        ok = pg_keep_told(past, staging, past->schema.relations[i], runs, err);
    }
    return ok && (runs == NULL || pg_keep_step(past, staging, "keep_runs.sql", runs, NULL,
                                      past->keep_runs_ms, &ignored, err));
}

bool pg_keep(
    const struct pg_past *past, struct pg_staging *staging, int64_t *states, struct error *err)
{
    bool ok = true;

    *states = 0;
    if (past->schema.history != NULL && past->keep_history_ms > 0) {
        ok = pg_keep_step(past, staging, "keep_history.sql", past->schema.history, NULL,
            past->keep_history_ms, states, err);
    }
    if (ok && past->keep_runs_ms > 0) {
        ok = pg_keep_all_runs(past, staging, err);
    }
    return ok || error_context(err, "dropping what is too old");
}
