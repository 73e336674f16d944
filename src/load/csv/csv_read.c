#include "load/csv/csv_read.h"

#include <stdlib.h>

#include "load/csv/csv.h"
#include "load/csv/csv_old.h"
#include "load/csv/csv_snapshot.h"
#include "load/csv/csv_text.h"
#include "load/csv/csv_told_read.h"

bool csv_texts_init(struct csv_texts *texts, size_t count, struct error *err)
{
    *texts = (struct csv_texts){.texts = calloc(count + 1, sizeof *texts->texts),
        .scratches = calloc(count + 1, sizeof *texts->scratches),
        .count = count};
    for (size_t i = 0; texts->scratches != NULL && i < count; i++) {
        buffer_init(&texts->scratches[i], 2 * CSV_LINE_CEILING);
    }
    return (texts->texts != NULL && texts->scratches != NULL) || error_memory(err);
}

void csv_texts_release(struct csv_texts *texts)
{
    for (size_t i = 0; texts->scratches != NULL && i < texts->count; i++) {
        buffer_release(&texts->scratches[i]);
    }
    free(texts->scratches);
    free(texts->texts);
}

static bool csv_texts_fill(
    struct csv_texts *texts, const struct csv_old *old, const size_t *columns, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < texts->count; i++) {
        size_t field = old->from[columns[i]];
        bool guarded = old->guard.then && old->relation->columns[columns[i]].type == COLUMN_TEXT;

        texts->texts[i] = field != SIZE_MAX
                              ? csv_field_text(old->fields[field], guarded, &texts->scratches[i])
                              : (struct str){0};
        ok = buffer_ok(&texts->scratches[i]) || error_memory(err);
    }
    return ok;
}

bool csv_texts_of_line(struct csv_texts *texts, const struct relation *relation, struct str line,
    bool safe, const size_t *columns, struct error *err)
{
    struct str rest = {line.data, line.size > 0 ? line.size - 1 : 0};
    bool ok = true;

    for (size_t i = 0; ok && i < relation->column_count; i++) {
        bool guarded = safe && relation->columns[i].type == COLUMN_TEXT;
        struct str field = {0};

        ok = (rest.data != NULL && csv_next_field(&rest, &field)) ||
             error_set(err, ERROR_DESTINATION, "a staged row of %s is damaged", relation->name);
        for (size_t j = 0; ok && j < texts->count; j++) {
            if (columns[j] == i) {
                texts->texts[j] = csv_field_text(field, guarded, &texts->scratches[j]);
                ok = buffer_ok(&texts->scratches[j]) || error_memory(err);
            }
        }
    }
    return ok;
}

bool csv_read(const struct csv_store *store, bool safe, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err)
{
    struct csv_guard guard = csv_guard_of(store, safe);
    struct csv_old old = {0};
    struct csv_texts texts = {0};
    bool more = false;
    bool ok = csv_snapshot_has(relation) ||
              error_set(err, ERROR_DESTINATION, "%s: a log is not read", relation->name);

    ok = ok && csv_texts_init(&texts, count, err);
    if (ok && store->published != NULL) {
        ok = csv_old_open(&old, &store->current, relation, store->tenant, guard, &more, err) &&
             (more || csv_store_check_kept(store, err));
    }
    while (ok && more) {
        ok = csv_old_next_fields(&old, &more, err);
        if (ok && more) {
            ok = csv_texts_fill(&texts, &old, columns, err) && each(context, texts.texts, err);
        }
    }
    csv_texts_release(&texts);
    csv_old_release(&old);
    return ok;
}

struct csv_reader {
    struct load load; /* first, as load.h wants it */
    struct csv_store store;
    bool safe;
};

static struct csv_reader *csv_reader_of(struct load *load)
{
    return (struct csv_reader *)(void *)load;
}

static bool csv_reader_published(struct load *load, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err)
{
    const struct csv_reader *reader = csv_reader_of(load);

    return (relation->kind == RELATION_RUN ? csv_told_read : csv_read)(
        &reader->store, reader->safe, relation, columns, count, each, context, err);
}

static bool csv_count_row(void *context, const struct str *texts, struct error *err)
{
    int64_t *rows = context;

    (void)texts;
    (void)err;
    (*rows)++;
    return true;
}

/* The snapshot's state says how many; where it is lost, they are counted. */
static bool csv_reader_count(
    struct load *load, const struct relation *relation, int64_t *rows, struct error *err)
{
    const struct csv_store *store = &csv_reader_of(load)->store;
    const struct csv_state_file *file = csv_state_find(&store->state, relation->name);
    bool ok = true;

    if (file != NULL) {
        *rows = file->rows;
    } else {
        ok = csv_read(store, false, relation, NULL, 0, csv_count_row, rows, err);
    }
    return ok;
}

static void csv_reader_close(struct load *load)
{
    struct csv_reader *reader = csv_reader_of(load);

    csv_store_close(&reader->store);
    free(reader);
}

static const struct load_ops csv_reader_ops = {
    .published = csv_reader_published,
    .count = csv_reader_count,
    .close = csv_reader_close,
};

bool csv_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    struct csv_reader *reader = calloc(1, sizeof *reader);
    bool ok = reader != NULL || error_memory(err);

    (void)schema;
    (void)log;
    ok = ok && csv_store_open_reader(&reader->store, settings->directory, run->tenant, err);
    if (ok) {
        reader->load.ops = &csv_reader_ops;
        reader->safe = settings->csv_safe;
    } else {
        free(reader);
        reader = NULL;
    }
    *load = reader != NULL ? &reader->load : NULL;
    return ok;
}
