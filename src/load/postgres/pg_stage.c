#include "load/postgres/pg_stage.h"

#include <stdlib.h>

#include "base/ceilings.h"
#include "load/postgres/pg_binary.h"

enum {
    /* A piece of this size is handed over; with a row beyond it, it still fits in 256 KiB. Smaller
     * ones would change between the stages more often, and each change waits for the server. */
    PG_STAGE_PIECE = 240 * 1024,
    /* What a stage keeps: a rare large row must not leave its size with each of them. */
    PG_STAGE_KEPT = 256 * 1024,
};

static const struct column removal_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"relation", "", COLUMN_TEXT},
    {"key", "", COLUMN_TEXT_ARRAY},
};
const struct relation pg_removal_relation = {
    "removal", "", removal_columns, 3, 3, RELATION_KEYED, 0};

static const struct column replace_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"relation", "", COLUMN_TEXT},
    {"owner", "", COLUMN_TEXT},
};
const struct relation pg_replace_relation = {
    "replace", "", replace_columns, 3, 3, RELATION_KEYED, 0};

static const struct column run_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"fingerprint", "", COLUMN_TEXT},
};
const struct relation pg_run_relation = {"run", "", run_columns, 2, 1, RELATION_KEYED, 0};

static void pg_stage_init(struct pg_stage *stage, const struct relation *relation, bool is_list)
{
    *stage = (struct pg_stage){.relation = relation, .is_list = is_list};
    buffer_init(&stage->piece, PG_STAGE_PIECE + 2 * CEILING_ROW);
}

bool pg_stage_is_for(const struct relation *relation)
{
    return relation->kind != RELATION_RUN && relation->kind != RELATION_HISTORY;
}

static void pg_target_init(struct pg_target *target, const struct relation *relation,
    const struct pg_shape *shape, const struct pg_set *set)
{
    const struct relation *there = shape != NULL ? shape->there : relation;

    *target = (struct pg_target){.relation = relation, .shape = shape, .set = set};
    if (pg_stage_is_for(relation)) {
        pg_stage_init(&target->rows, set != NULL ? &set->item : there, false);
    }
    pg_stage_init(&target->lists, set != NULL ? &set->list : NULL, true);
}

bool pg_staging_init(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_shape *shapes, const struct pg_set *sets, struct error *err)
{
    staging->order = 1;
    staging->count = 0;
    staging->fetched = NULL;
    pg_target_init(&staging->removal, &pg_removal_relation, NULL, NULL);
    pg_target_init(&staging->replace, &pg_replace_relation, NULL, NULL);
    pg_target_init(&staging->run, &pg_run_relation, NULL, NULL);
    staging->targets = calloc(schema->count + 1, sizeof *staging->targets);
    if (staging->targets != NULL) {
        for (size_t i = 0; i < schema->count; i++) {
            const struct relation *relation = schema->relations[i];
            struct pg_target *target = &staging->targets[i];

            pg_target_init(
                target, relation, &shapes[i], relation->kind == RELATION_SET ? sets++ : NULL);
            staging->fetched = relation == schema->fetched ? target : staging->fetched;
        }
        staging->count = schema->count;
    }
    return staging->targets != NULL || error_memory(err);
}

/* There is none where nothing is staged, nor in a load that failed to open. */
static bool pg_stage_call(
    struct pg_staging *staging, struct pg_stage *stage, pg_stage_fn *each, struct error *err)
{
    return stage->relation == NULL || each(staging, stage, err);
}

bool pg_staging_each(struct pg_staging *staging, pg_stage_fn *each, struct error *err)
{
    bool ok = pg_stage_call(staging, &staging->removal.rows, each, err) &&
              pg_stage_call(staging, &staging->replace.rows, each, err) &&
              pg_stage_call(staging, &staging->run.rows, each, err);

    for (size_t i = 0; ok && i < staging->count; i++) {
        struct pg_target *target = &staging->targets[i];

        ok = pg_stage_call(staging, &target->rows, each, err) &&
             pg_stage_call(staging, &target->lists, each, err);
    }
    return ok;
}

static bool pg_stage_release(struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    (void)staging;
    (void)err;
    buffer_release(&stage->piece);
    return true;
}

void pg_staging_release(struct pg_staging *staging)
{
    (void)pg_staging_each(staging, pg_stage_release, NULL);
    free(staging->targets);
    staging->targets = NULL;
    staging->count = 0;
}

bool pg_staging_find(struct pg_staging *staging, const struct relation *relation,
    struct pg_target **target, struct error *err)
{
    *target = NULL;
    for (size_t i = 0; *target == NULL && i < staging->count; i++) {
        if (staging->targets[i].relation == relation) {
            *target = &staging->targets[i];
        }
    }
    return *target != NULL ||
           error_set(err, ERROR_MEMORY, "%s is no relation of the schema", relation->name);
}

bool pg_target_is_used(const struct pg_target *target)
{
    return target->rows.used || target->lists.used || target->removed || target->replaced ||
           target->all_replaced > 0;
}

const struct relation *pg_staging_there(
    const struct pg_staging *staging, const struct relation *relation)
{
    const struct relation *there = relation;

    for (size_t i = 0; i < staging->count; i++) {
        if (staging->targets[i].relation == relation) {
            there = staging->targets[i].shape->there;
        }
    }
    return there;
}

bool pg_staging_fragments(struct pg_staging *staging, const struct relation *relation,
    const struct pg_set *set, struct pg_fragments *fragments, struct error *err)
{
    arena_reset(staging->arena);
    return (pg_fragments_init(fragments, staging->arena, pg_staging_there(staging, relation),
                staging->schema, staging->tenant) ||
               error_memory(err)) &&
           (set == NULL || pg_set_fragments(set, staging->arena, fragments, err));
}

/* Something was lost. What would be staged behind it could seem whole without it: so nothing is. */
static bool pg_staging_break(struct pg_staging *staging, const struct error *err)
{
    if (!staging->is_broken) {
        staging->is_broken = true;
        staging->broken = *err;
    }
    return false;
}

static bool pg_staging_check(const struct pg_staging *staging, struct error *err)
{
    if (staging->is_broken) {
        *err = staging->broken;
    }
    return !staging->is_broken;
}

/* The header or the trailer of a COPY. */
static bool pg_staging_put(
    struct pg_staging *staging, void (*write)(struct buffer *out), struct error *err)
{
    struct buffer bytes;
    bool ok;

    buffer_init(&bytes, PG_STAGE_KEPT);
    write(&bytes);
    ok = (buffer_ok(&bytes) || error_memory(err)) &&
         pg_copy_bytes(staging->pg, bytes.data, bytes.size, err);
    buffer_release(&bytes);
    return ok;
}

bool pg_staging_pause(struct pg_staging *staging, bool failed, struct error *err)
{
    bool ok = true;

    if (staging->copying != NULL) {
        const char *name = staging->copying->relation->name;

        staging->copying = NULL;
        ok = failed || pg_staging_put(staging, pg_binary_end, err);
        ok = pg_copy_end(staging->pg, failed || !ok, err) && ok;
        if (!ok) {
            (void)error_context(err, "staging %s", name);
            (void)pg_staging_break(staging, err);
        } else if (failed) {
            struct error given_up;

            (void)error_set(&given_up, ERROR_DESTINATION, "staging %s was given up", name);
            (void)pg_staging_break(staging, &given_up);
        }
    }
    return ok;
}

static bool pg_stage_begin(struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    struct pg_fragments fragments;
    bool ok = pg_staging_pause(staging, false, err) &&
              pg_staging_fragments(staging, stage->relation, NULL, &fragments, err) &&
              pg_copy_begin(staging->pg, stage->is_list ? "list_stage_copy.sql" : "stage_copy.sql",
                  fragments.variables, err);

    if (ok) {
        staging->copying = stage;
        ok = pg_staging_put(staging, pg_binary_begin, err);
    }
    return ok;
}

/* Hands over what the stage has gathered, which may end within a row. */
static bool pg_stage_send(struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    bool ok = pg_staging_check(staging, err) && (buffer_ok(&stage->piece) || error_memory(err));

    if (ok && stage->piece.size > 0) {
        ok = (staging->copying == stage || pg_stage_begin(staging, stage, err)) &&
             pg_copy_bytes(staging->pg, stage->piece.data, stage->piece.size, err);
    }
    ok = ok || pg_staging_break(staging, err);
    if (stage->piece.capacity > PG_STAGE_KEPT) {
        buffer_release(&stage->piece);
    }
    buffer_clear(&stage->piece);
    return ok;
}

/* Also when it failed, so that the failure is seen at once. */
static bool pg_stage_is_full(const struct pg_stage *stage)
{
    return stage->piece.size >= PG_STAGE_PIECE || !buffer_ok(&stage->piece);
}

bool pg_stage_row(struct pg_staging *staging, struct pg_stage *stage, const struct row *row,
    int64_t order, struct error *err)
{
    bool is_fetched = staging->fetched != NULL && stage == &staging->fetched->rows;

    stage->used = true;
    pg_binary_row(&stage->piece, row, order);
    return !pg_stage_is_full(stage) ||
           (is_fetched ? pg_staging_flush(staging, err) : pg_stage_send(staging, stage, err));
}

/* A list may be far larger than a piece. What was begun in one must be ended before the COPY takes
 * rows of another table. */
bool pg_stage_list(struct pg_staging *staging, struct pg_stage *stage, struct str owner,
    const int32_t *numbers, size_t count, int64_t order, struct error *err)
{
    const struct str key[] = {str_of(staging->tenant), owner};
    bool begun = false;
    bool ok = true;

    stage->used = true;
    pg_binary_list_begin(&stage->piece, key, stage->relation->key_count, count);
    for (size_t i = 0; ok && i < count; i++) {
        pg_binary_list_number(&stage->piece, numbers[i]);
        if (pg_stage_is_full(stage)) {
            ok = pg_stage_send(staging, stage, err);
            begun = true;
        }
    }
    pg_binary_list_end(&stage->piece, order);
    return ok && ((!begun && !pg_stage_is_full(stage)) || pg_stage_send(staging, stage, err));
}

static bool pg_stage_send_ahead(
    struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    bool is_fetched = staging->fetched != NULL && stage == &staging->fetched->rows;

    return is_fetched || pg_stage_send(staging, stage, err);
}

/* Each COPY is a transaction of its own: what was handed over before the last one began is there,
 * whatever becomes of this process. */
bool pg_staging_flush(struct pg_staging *staging, struct error *err)
{
    return pg_staging_each(staging, pg_stage_send_ahead, err) &&
           pg_staging_pause(staging, false, err) &&
           (staging->fetched == NULL || pg_stage_send(staging, &staging->fetched->rows, err)) &&
           pg_staging_pause(staging, false, err);
}

static bool pg_stage_queue_clear(
    struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    struct pg_fragments fragments;

    return pg_staging_fragments(staging, stage->relation, NULL, &fragments, err) &&
           pg_queue(staging->pg, "stage_clear.sql", fragments.variables, err);
}

static bool pg_stage_queue_clear_used(
    struct pg_staging *staging, struct pg_stage *stage, struct error *err)
{
    return !stage->used || pg_stage_queue_clear(staging, stage, err);
}

bool pg_staging_clear(struct pg_staging *staging, bool used_only, struct error *err)
{
    return pg_staging_each(
               staging, used_only ? pg_stage_queue_clear_used : pg_stage_queue_clear, err) &&
           pg_run_queued(staging->pg, "clearing the stages", err);
}
