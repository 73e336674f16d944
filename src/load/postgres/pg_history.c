#include "load/postgres/pg_history.h"

#include <string.h>

#include "base/ceilings.h"
#include "base/timestamp.h"

enum {
    /* Columns of a history before those that are kept. */
    PG_HISTORY_KEPT = 4,
    /* What one statement takes of the pairs: about a thousand. */
    PG_HISTORY_PAIRS = 128 * 1024,
};

void pg_past_init(struct pg_past *past, const struct load_settings *settings,
    const struct load_schema *schema, const struct load_run *run)
{
    *past = (struct pg_past){.schema = *schema,
        .started_at = run->started_at,
        .keep_history_ms = settings->keep_history_ms,
        .keep_runs_ms = settings->keep_runs_ms};
    buffer_init(&past->renames, CEILING_RENAMES);
}

void pg_past_release(struct pg_past *past)
{
    buffer_release(&past->renames);
}

bool pg_history_rename(struct pg_past *past, struct str from, struct str to, struct error *err)
{
    bool ok = true;

    if (past->schema.history != NULL) {
        buffer_append_str(&past->renames, from);
        buffer_append_char(&past->renames, '\0');
        buffer_append_str(&past->renames, to);
        buffer_append_char(&past->renames, '\0');
        ok = buffer_ok(&past->renames) ||
             error_set(err, ERROR_MEMORY, "too many devices have another name than before");
    }
    return ok;
}

/* A list over the columns that are kept, each after a comma. */
static const char *pg_history_list(
    struct arena *arena, const struct relation *history, const char *format)
{
    return pg_list(arena, history, PG_HISTORY_KEPT, history->column_count, format, "");
}

static bool pg_history_fragments(const struct pg_past *past, struct pg_staging *staging,
    struct pg_fragments *fragments, struct error *err)
{
    const struct relation *history = pg_staging_there(staging, past->schema.history);
    char text[TIMESTAMP_TEXT_SIZE];

    (void)timestamp_format(past->started_at, text);
    return pg_staging_fragments(staging, past->schema.history, NULL, fragments, err) &&
           pg_fragments_add(fragments, "current", past->schema.history_of->name, err) &&
           pg_fragments_add(
               fragments, "started_at", arena_copy(staging->arena, str_of(text)), err) &&
           pg_fragments_add(
               fragments, "kept", pg_history_list(staging->arena, history, ", @"), err) &&
           pg_fragments_add(
               fragments, "current_kept", pg_history_list(staging->arena, history, ", r.@"), err) &&
           pg_fragments_add(fragments, "same_state",
               pg_history_list(staging->arena, history, " AND r.@ IS NOT DISTINCT FROM h.@"), err);
}

/* Appends the pairs from *at on, as many as one statement takes: "(1, 'a', 'b'), ...". */
static bool pg_history_pairs(struct pg_past *past, struct pg *pg, size_t *at, struct buffer *pairs)
{
    const struct buffer *renames = &past->renames;
    bool ok = true;

    buffer_clear(pairs);
    while (ok && *at < renames->size && pairs->size < PG_HISTORY_PAIRS) {
        struct str from = str_of(renames->data + *at);
        struct str to = str_of(from.data + from.size + 1);

        buffer_printf(pairs, "%s(%zu, ", pairs->size > 0 ? ",\n    " : "", *at);
        ok = pg_append_literal(pg, pairs, from);
        buffer_append_text(pairs, ", ");
        ok = ok && pg_append_literal(pg, pairs, to);
        buffer_append_char(pairs, ')');
        *at += from.size + to.size + 2;
    }
    return ok && buffer_ok(pairs);
}

static bool pg_history_move(struct pg_past *past, struct pg_staging *staging, struct error *err)
{
    struct buffer pairs;
    size_t at = 0;
    bool ok = true;

    buffer_init(&pairs, CEILING_DOCUMENT);
    while (ok && at < past->renames.size) {
        struct pg_fragments fragments;

        ok = pg_history_pairs(past, staging->pg, &at, &pairs) || error_memory(err);
        ok = ok && pg_history_fragments(past, staging, &fragments, err) &&
             pg_fragments_add(&fragments, "pairs", buffer_text(&pairs), err) &&
             pg_run(staging->pg, "history_rename.sql", fragments.variables, NULL, err);
    }
    buffer_release(&pairs);
    return ok;
}

/* Whether rows have no states that should have some. */
static bool pg_history_is_wanted(
    struct pg_past *past, struct pg_staging *staging, bool *wanted, struct error *err)
{
    struct pg_fragments fragments;
    PGresult *result = NULL;
    bool ok = pg_history_fragments(past, staging, &fragments, err) &&
              pg_run(staging->pg, "history_wanted.sql", fragments.variables, &result, err);

    *wanted = ok && *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return ok;
}

bool pg_history_publish(struct pg_past *past, struct pg_staging *staging, bool touched,
    struct load_counts *counts, struct error *err)
{
    struct pg_fragments fragments;
    bool wanted = past->schema.history != NULL && (touched || past->renames.size > 0);
    bool ok = true;

    if (past->schema.history != NULL) {
        load_watch_at(staging->pg->watch, past->schema.history->name);
    }
    if (past->schema.history != NULL && !wanted) {
        ok = pg_history_is_wanted(past, staging, &wanted, err);
    }
    if (ok && wanted) {
        ok = pg_history_move(past, staging, err) &&
             pg_history_fragments(past, staging, &fragments, err) &&
             pg_run_count(
                 staging->pg, "history_close.sql", fragments.variables, &counts->updated, err) &&
             pg_run_count(
                 staging->pg, "history_open.sql", fragments.variables, &counts->inserted, err);
    }
    return ok || error_context(err, "publishing %s", past->schema.history->name);
}
