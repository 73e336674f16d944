#include "load/postgres/pg_load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/stop.h"
#include "load/postgres/pg_keep.h"
#include "load/postgres/pg_list.h"
#include "load/postgres/pg_publish.h"
#include "load/postgres/pg_read.h"
#include "load/postgres/pg_resume.h"
#include "load/postgres/pg_tell.h"

/* The row as its table takes it: what is told of rows that lack a column is not to be known by the
 * next run, which would leave them so. `cells` is the caller's to free. */
static bool pg_load_shape(struct pg_load *self, const struct pg_target *target,
    const struct row *row, struct cell **cells, struct row *there, struct error *err)
{
    const struct pg_staging *staging = &self->staging;
    bool ok = true;

    *cells = NULL;
    *there = *row;
    if (self->waits) {
        *cells = calloc(row->relation->column_count, sizeof **cells);
        ok = *cells != NULL || error_memory(err);
    }
    if (ok && self->waits) {
        size_t digest = relation_find_typed(target->shape->there, "digest", COLUMN_TEXT);

        *there = pg_shape_row(target->shape, row, *cells);
        for (size_t i = 0; i < staging->count; i++) {
            const struct pg_shape *shape = staging->targets[i].shape;

            if (target == staging->fetched && shape->places != NULL &&
                digest < there->relation->column_count &&
                str_is((*cells)[2].text, shape->relation->name)) {
                (*cells)[digest] = (struct cell){.is_set = false};
            }
        }
    }
    return ok;
}

static bool pg_load_stage(struct load *load, const struct row *row, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;
    struct pg_staging *staging = &self->staging;
    struct pg_target *target = NULL;
    struct cell *cells = NULL;
    struct row there;
    bool ok = pg_staging_find(staging, row->relation, &target, err) &&
              (target->rows.relation != NULL ||
                  error_set(err, ERROR_MEMORY, "%s is not staged", row->relation->name)) &&
              pg_load_shape(self, target, row, &cells, &there, err) &&
              pg_stage_row(staging, &target->rows, &there, staging->order++, err);

    free(cells);
    return ok;
}

/* Stages an item under the next number. */
static bool pg_load_stage_item(struct pg_load *self, struct pg_target *target,
    const struct row *row, const uint8_t digest[ROW_DIGEST_SIZE], struct error *err)
{
    const struct relation *relation = &target->set->item;
    struct cell *cells = calloc(relation->column_count, sizeof *cells);
    struct cell *own = NULL;
    struct row there;
    bool ok =
        (cells != NULL || error_memory(err)) && pg_load_shape(self, target, row, &own, &there, err);

    if (ok && target->items == INT32_MAX) {
        ok = error_set(err, ERROR_MEMORY, "too many rows of %s", row->relation->name);
    }
    if (ok) {
        const struct row item = {relation, cells};

        pg_set_item(target->set, &there, str_of(self->run->tenant), digest, cells);
        /* The whole row is another one: the next run is not to find that it has it. */
        for (size_t i = 0; target->shape->places != NULL && i < ROW_DIGEST_SIZE; i++) {
            cells[1].uuid[i] ^= UINT8_MAX;
        }
        ok = pg_stage_row(&self->staging, &target->rows, &item, ++target->items, err);
    }
    free(own);
    free(cells);
    return ok &&
           (pg_seen_put(&self->seen, row->relation, digest, target->items) || error_memory(err));
}

static bool pg_load_item(
    struct load *load, const struct row *row, struct load_item *item, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;
    struct pg_target *target = NULL;
    bool ok = pg_staging_find(&self->staging, row->relation, &target, err);

    if (ok) {
        self->item = pg_seen_find(&self->seen, row->relation, item->digest);
        if (self->item == 0) {
            ok = pg_load_stage_item(self, target, row, item->digest, err);
            self->item = target->items;
        }
    }
    item->form = (struct str){(const char *)&self->item, sizeof self->item};
    return ok;
}

static bool pg_load_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct pg_staging *staging = &((struct pg_load *)load)->staging;
    struct pg_target *target = NULL;
    int32_t *numbers = calloc(count + 1, sizeof *numbers);
    bool ok = (numbers != NULL || error_memory(err)) &&
              pg_staging_find(staging, relation, &target, err) &&
              pg_list_numbers(items, count, target->items, numbers, err) &&
              pg_stage_list(staging, &target->lists, owner, numbers, count, staging->order++, err);

    free(numbers);
    return ok || error_context(err, "staging %s", relation->name);
}

static bool pg_load_replace_rows(
    struct pg_staging *staging, struct pg_target *target, struct str owner, struct error *err)
{
    const struct cell cells[] = {
        {.is_set = true, .text = str_of(staging->tenant)},
        {.is_set = true, .text = str_of(target->relation->name)},
        {.is_set = true, .text = owner},
    };
    const struct row row = {&pg_replace_relation, cells};

    target->replaced = true;
    return pg_stage_row(staging, &staging->replace.rows, &row, staging->order++, err);
}

/* A list that goes is an empty one. */
static bool pg_load_replace(
    struct load *load, const struct relation *relation, const struct str *owner, struct error *err)
{
    struct pg_staging *staging = &((struct pg_load *)load)->staging;
    struct pg_target *target = NULL;
    bool ok = pg_staging_find(staging, relation, &target, err);

    if (ok && owner == NULL) {
        target->all_replaced = staging->order++;
    } else if (ok && target->set != NULL) {
        ok = pg_stage_list(staging, &target->lists, *owner, NULL, 0, staging->order++, err);
    } else if (ok) {
        ok = pg_load_replace_rows(staging, target, *owner, err);
    }
    return ok;
}

static bool pg_load_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err)
{
    struct pg_staging *staging = &((struct pg_load *)load)->staging;
    struct pg_target *target = NULL;
    const struct cell cells[] = {
        {.is_set = true, .text = str_of(staging->tenant)},
        {.is_set = true, .text = str_of(relation->name)},
        {.is_set = true, .list = {key, relation->key_count - 1}},
    };
    const struct row row = {&pg_removal_relation, cells};
    bool ok = pg_staging_find(staging, relation, &target, err);

    if (ok) {
        target->removed = true;
        ok = pg_stage_row(staging, &staging->removal.rows, &row, staging->order++, err);
    }
    return ok;
}

/* Of a reader, who finds what is there. */
static bool pg_load_is_there(const struct pg_load *self, const struct relation *relation)
{
    return self->catalogue.columns == NULL ||
           pg_catalogue_kind(&self->catalogue, relation->name) != NULL;
}

/* Rows of a relation that says whose they are; and else of the tenant's runs, where `runs` says
 * which they are. */
static bool pg_load_read(struct pg_load *self, const struct relation *relation,
    const struct relation *runs, const size_t *columns, size_t count, load_row_fn *each,
    void *context, struct error *err)
{
    const struct pg_catalogue *catalogue =
        self->catalogue.columns != NULL ? &self->catalogue : NULL;
    struct pg_fragments fragments;

    return pg_staging_pause(&self->staging, false, err) &&
           pg_staging_fragments(&self->staging, relation, NULL, &fragments, err) &&
           pg_read_texts(&fragments, &self->arena, relation, columns, count, catalogue, err) &&
           pg_fragments_add(&fragments, "runs", runs != NULL ? runs->name : "", err) &&
           pg_read_rows(&self->pg, runs != NULL ? "published_told.sql" : "published.sql",
               &fragments, count, each, context, err);
}

static bool pg_load_published(struct load *load, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;
    bool is_told = relation->kind == RELATION_RUN &&
                   relation_find_column(relation, "tenant") == relation->column_count;
    const struct relation *runs = is_told ? pg_keep_runs(&self->past.schema) : NULL;
    bool is_there = pg_load_is_there(self, relation) &&
                    (!is_told || (runs != NULL && pg_load_is_there(self, runs)));

    return !is_there || pg_load_read(self, relation, runs, columns, count, each, context, err);
}

/* *lists: the rows of a set are counted by its lists, which is quick; a reader who may not see them
 * counts those of the view. */
static bool pg_load_find_lists(struct pg_load *self, const struct relation *relation,
    struct pg_set *set, bool *lists, struct error *err)
{
    *lists = false;
    return relation->kind != RELATION_SET ||
           ((pg_set_init(set, &self->set_arena, relation) || error_memory(err)) &&
               pg_may_read(&self->pg, self->settings->schema, set->list.name, lists, err));
}

static bool pg_load_count(
    struct load *load, const struct relation *relation, int64_t *rows, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;
    struct pg_fragments fragments;
    struct pg_set set;
    PGresult *result = NULL;
    bool lists = false;
    bool is_there = pg_load_is_there(self, relation);
    bool ok =
        !is_there ||
        (pg_load_find_lists(self, relation, &set, &lists, err) &&
            pg_staging_fragments(&self->staging, relation, lists ? &set : NULL, &fragments, err) &&
            pg_run(&self->pg, lists ? "count_list.sql" : "count.sql", fragments.variables, &result,
                err));

    *rows = ok && is_there ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    PQclear(result);
    return ok;
}

static bool pg_load_staged(struct load *load, const size_t *columns, size_t count,
    load_row_fn *each, void *context, struct error *err)
{
    return pg_resume_read(&((struct pg_load *)load)->staging, columns, count, each, context, err);
}

/* After a signal: what is done now is the end of the run. */
static void pg_load_part(struct pg_load *self)
{
    if (stop_signal != 0) {
        pg_part(&self->pg);
    }
}

static bool pg_load_lacks(struct load *load, const struct relation *relation, size_t column)
{
    struct pg_load *self = (struct pg_load *)load;
    struct pg_target *target = NULL;
    struct error ignored;

    return pg_staging_find(&self->staging, relation, &target, &ignored) &&
           pg_shape_lacks(target->shape, column);
}

static bool pg_load_save(struct load *load, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;

    pg_load_part(self);
    return pg_staging_flush(&self->staging, err);
}

static void pg_load_drop(struct load *load)
{
    ((struct pg_load *)load)->is_dropped = true;
}

static bool pg_load_mark(struct load *load, const struct relation *relation, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;

    (void)err;
    self->marked = relation;
    self->mark = self->staging.order;
    return true;
}

static bool pg_load_forget(struct load *load, const struct relation *relation, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;
    struct pg_staging *staging = &self->staging;
    struct pg_fragments fragments;
    struct pg_target *target = NULL;
    char order[24];
    bool ok = self->marked == relation ||
              error_set(err, ERROR_DESTINATION, "%s has no mark", relation->name);

    (void)snprintf(order, sizeof order, "%" PRId64, self->mark);
    ok = ok && pg_staging_find(staging, relation, &target, err) && pg_staging_flush(staging, err) &&
         pg_staging_fragments(staging, relation, NULL, &fragments, err) &&
         pg_fragments_add(&fragments, "order", order, err) &&
         pg_queue(&self->pg, "stage_forget.sql", fragments.variables, err) &&
         pg_queue(&self->pg, "removal_forget.sql", fragments.variables, err) &&
         pg_queue(&self->pg, "replace_forget.sql", fragments.variables, err) &&
         pg_run_queued(&self->pg, "stage_forget.sql", err);
    if (ok && target->all_replaced < self->mark) {
        target->all_replaced = 0;
    }
    return ok;
}

static bool pg_load_publish(struct load *load, struct load_counts *counts, size_t count,
    const struct load_end *end, bool *changed, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;

    *changed = false;
    self->published = pg_staging_flush(&self->staging, err) &&
                      pg_publish(&self->staging, &self->past, counts, count, end, changed, err);
    return self->published;
}

static bool pg_load_tell(struct load *load, const struct row *rows, size_t count, struct error *err)
{
    struct pg_load *self = (struct pg_load *)load;
    struct pg_staging *staging = &self->staging;

    pg_load_part(self);
    return pg_staging_pause(staging, staging->is_broken, err) && pg_tell(staging, rows, count, err);
}

static bool pg_load_rename(struct load *load, struct str from, struct str to, struct error *err)
{
    return pg_history_rename(&((struct pg_load *)load)->past, from, to, err);
}

static void pg_load_free(struct pg_load *self)
{
    pg_staging_release(&self->staging);
    pg_past_release(&self->past);
    pg_seen_release(&self->seen);
    pg_catalogue_release(&self->catalogue);
    pg_close(&self->pg);
    arena_release(&self->arena);
    arena_release(&self->set_arena);
    free(self->sets);
    free(self);
}

/* Hands over what was gathered, as far as the connection serves. What was staged after something
 * that was lost is not whole. */
static void pg_load_keep(struct pg_load *self)
{
    struct pg_staging *staging = &self->staging;
    struct error ignored;

    pg_part(&self->pg);
    if (staging->is_broken || !pg_staging_flush(staging, &ignored)) {
        (void)pg_staging_pause(staging, true, &ignored);
    }
}

static void pg_load_close(struct load *load)
{
    struct pg_load *self = (struct pg_load *)load;
    struct error ignored;

    if (!self->published) {
        pg_load_keep(self);
    }
    if (self->is_dropped && PQtransactionStatus(self->pg.connection) == PQTRANS_IDLE) {
        (void)pg_staging_clear(&self->staging, false, &ignored);
    }
    pg_load_free(self);
}

static void pg_load_close_reader(struct load *load)
{
    pg_load_free((struct pg_load *)load);
}

const struct load_ops pg_load_ops = {
    .published = pg_load_published,
    .staged = pg_load_staged,
    .save = pg_load_save,
    .lacks = pg_load_lacks,
    .drop = pg_load_drop,
    .tell = pg_load_tell,
    .rename = pg_load_rename,
    .stage = pg_load_stage,
    .item = pg_load_item,
    .list = pg_load_list,
    .replace = pg_load_replace,
    .remove = pg_load_remove,
    .mark = pg_load_mark,
    .forget = pg_load_forget,
    .publish = pg_load_publish,
    .close = pg_load_close,
};

const struct load_ops pg_load_reader_ops = {
    .published = pg_load_published,
    .count = pg_load_count,
    .close = pg_load_close_reader,
};
