#include "load/csv/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/csv/csv_merge.h"
#include "load/csv/csv_old.h"
#include "load/csv/csv_text.h"

struct csv_load {
    struct load load; /* first, as load.h wants it */
    const struct load_schema *schema;
    struct load_run run;
    const struct log *log;
    bool safe;
    int keep;
    struct csv_store store;
    struct csv_sort *sort;
    struct csv_encoder encoder;
    uint8_t *generations; /* of each relation: grows with each load_mark; owned */
    uint8_t *counting;    /* of each relation: the first generation that counts; owned */
    size_t last_relation; /* of the schema: rows come in runs of one relation */
};

static struct csv_load *csv_load_of(struct load *load)
{
    return (struct csv_load *)(void *)load;
}

/* The relation's place in the schema. */
static bool csv_find_relation(
    struct csv_load *csv, const struct relation *relation, size_t *index, struct error *err)
{
    const struct load_schema *schema = csv->schema;
    bool found =
        csv->last_relation < schema->count && schema->relations[csv->last_relation] == relation;

    for (size_t i = 0; i < schema->count && !found; i++) {
        if (strcmp(schema->relations[i]->name, relation->name) == 0) {
            csv->last_relation = i;
            found = true;
        }
    }
    *index = csv->last_relation;
    return found || error_set(err, ERROR_DESTINATION, "there is no relation %s", relation->name);
}

/* The texts of a key, column by column. */
static bool csv_hand_out_key(const struct csv_old *old, struct str key, struct str *columns,
    load_key_fn *each, void *context, struct error *err)
{
    for (size_t i = 0; i + 1 < old->relation->key_count; i++) {
        columns[i] = csv_key_next(&key);
    }
    return each(context, columns, err);
}

static bool csv_published_keys(struct load *load, const struct relation *relation,
    load_key_fn *each, void *context, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    const struct csv_store *store = &csv->store;
    struct csv_guard guard = {csv->safe, store->state_known ? store->state.safe : csv->safe};
    struct csv_old old = {0};
    struct csv_entry entry = {0};
    struct str *columns = calloc(relation->key_count, sizeof *columns);
    bool more = false;
    bool ok = columns != NULL || error_memory(err);

    if (ok && store->published != NULL) {
        ok = csv_old_open(&old, &store->current, relation, store->tenant, guard, &more, err);
    }
    while (ok && more) {
        ok = csv_old_next(&old, &entry, &more, err);
        if (ok && more) {
            ok = csv_hand_out_key(&old, entry.key, columns, each, context, err);
        }
    }
    csv_old_release(&old);
    free(columns);
    return ok;
}

static bool csv_begin_key(
    struct csv_load *csv, const struct relation *relation, size_t *index, struct error *err)
{
    bool ok = csv_find_relation(csv, relation, index, err);

    buffer_clear(&csv->encoder.key);
    if (ok) {
        csv_prefix_append(&csv->encoder.key, *index);
    }
    return ok;
}

/* Adds what the encoder holds, with the relation's generation behind the line. */
static bool csv_add_entry(struct csv_load *csv, size_t index, struct error *err)
{
    struct csv_entry entry;

    buffer_append_char(&csv->encoder.line, (char)csv->generations[index]);
    entry = (struct csv_entry){buffer_view(&csv->encoder.key), buffer_view(&csv->encoder.line)};
    return buffer_ok(&csv->encoder.line) ? csv_sort_add(csv->sort, &entry, err) : error_memory(err);
}

static bool csv_stage(struct load *load, const struct row *row, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_begin_key(csv, row->relation, &index, err);

    if (ok && !(row->cells[0].is_set && str_is(row->cells[0].text, csv->run.tenant))) {
        ok = error_set(err, ERROR_RECORD, "%s: a row of another tenant", row->relation->name);
    }
    ok = ok && csv_encode_row(&csv->encoder, row, err) && csv_add_entry(csv, index, err);
    return ok;
}

static bool csv_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_begin_key(csv, relation, &index, err);

    for (size_t i = 0; ok && i + 1 < relation->key_count; i++) {
        ok = csv_key_append(&csv->encoder.key, key[i]) ||
             error_set(err, ERROR_RECORD, "%s: a key holds a NUL", relation->name);
    }
    if (ok && !buffer_ok(&csv->encoder.key)) {
        ok = error_set(err, ERROR_RECORD, "%s: a key is too long", relation->name);
    }
    if (ok) {
        buffer_clear(&csv->encoder.line);
        ok = csv_add_entry(csv, index, err);
    }
    return ok;
}

static bool csv_mark(struct load *load, const struct relation *relation, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_find_relation(csv, relation, &index, err);

    if (ok && csv->generations[index] == UINT8_MAX) {
        ok = error_set(err, ERROR_DESTINATION, "%s was begun too often", relation->name);
    } else if (ok) {
        csv->generations[index]++;
    }
    return ok;
}

static bool csv_forget(struct load *load, const struct relation *relation, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_find_relation(csv, relation, &index, err);

    if (ok) {
        csv->counting[index] = csv->generations[index];
    }
    return ok;
}

static struct load_counts *csv_find_counts(
    struct load_counts *counts, size_t count, const struct relation *relation)
{
    struct load_counts *found = NULL;

    for (size_t i = 0; i < count && found == NULL; i++) {
        if (strcmp(counts[i].relation->name, relation->name) == 0) {
            found = &counts[i];
        }
    }
    return found;
}

/* Merges every relation: those that are not to be published have nothing staged, as it were. */
static bool csv_merge_all(struct csv_load *csv, struct csv_snapshot *snapshot,
    struct load_counts *counts, size_t count, struct error *err)
{
    struct csv_staged staged = {.sort = csv->sort, .generations = csv->counting};
    bool ok = csv_sort_finish(csv->sort, err) && csv_staged_next(&staged, err);

    for (size_t i = 0; ok && i < csv->schema->count; i++) {
        struct load_counts unused = {0};
        struct load_counts *mine = csv_find_counts(counts, count, csv->schema->relations[i]);

        while (ok && mine == NULL && staged.relation == i) {
            ok = csv_staged_next(&staged, err);
        }
        ok = ok && csv_merge(snapshot, i, &staged, mine != NULL ? mine : &unused, err);
        if (!ok) {
            (void)error_context(err, "publishing %s", csv->schema->relations[i]->name);
        }
    }
    return ok;
}

/* The run is published by now: what cannot be removed is no failure of it. */
static void csv_prune(const struct csv_load *csv)
{
    struct error err = {0};

    if (!csv_store_prune(&csv->store, csv->keep, &err)) {
        log_event(csv->log, LOG_WARNING, "an old snapshot stays: %s", err.text);
    }
}

static bool csv_publish(
    struct load *load, struct load_counts *counts, size_t count, bool *changed, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    struct csv_snapshot snapshot = {0};
    bool ok = true;

    *changed = false;
    for (size_t i = 0; i < count; i++) {
        counts[i] = (struct load_counts){.relation = counts[i].relation};
    }
    ok = csv_snapshot_init(&snapshot, &csv->store, csv->schema, &csv->run, csv->safe, err) &&
         csv_merge_all(csv, &snapshot, counts, count, err) &&
         csv_snapshot_publish(&snapshot, changed, err);
    if (ok && *changed) {
        csv_prune(csv);
    }
    csv_snapshot_release(&snapshot);
    return ok;
}

static void csv_close(struct load *load)
{
    struct csv_load *csv = csv_load_of(load);

    csv_encoder_release(&csv->encoder);
    csv_sort_free(csv->sort);
    csv_store_close(&csv->store);
    free(csv->counting);
    free(csv->generations);
    free(csv);
}

static const struct load_ops csv_ops = {
    .published_keys = csv_published_keys,
    .stage = csv_stage,
    .remove = csv_remove,
    .mark = csv_mark,
    .forget = csv_forget,
    .publish = csv_publish,
    .close = csv_close,
};

static bool csv_check_names(
    const struct load_schema *schema, const struct load_run *run, struct error *err)
{
    bool ok = csv_name_ok(run->run_id) ||
              error_set(err, ERROR_DESTINATION, "\"%s\" cannot name a snapshot", run->run_id);

    ok = ok && (schema->count < CSV_RELATIONS_MAX ||
                   error_set(err, ERROR_DESTINATION, "there are too many relations"));
    for (size_t i = 0; ok && i < schema->count; i++) {
        ok = csv_name_ok(schema->relations[i]->name) ||
             error_set(
                 err, ERROR_DESTINATION, "\"%s\" cannot name a file", schema->relations[i]->name);
    }
    return ok;
}

bool csv_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    struct csv_load *csv = calloc(1, sizeof *csv);
    bool ok = true;

    *load = NULL;
    if (csv == NULL) {
        ok = error_memory(err);
    } else {
        csv->load.ops = &csv_ops;
        csv->schema = schema;
        csv->run = *run;
        csv->log = log;
        csv->safe = settings->csv_safe;
        csv->keep = settings->keep_snapshots;
        csv->generations = calloc(schema->count + 1, sizeof *csv->generations);
        csv->counting = calloc(schema->count + 1, sizeof *csv->counting);
        csv_encoder_init(&csv->encoder, csv->safe);
        ok = ((csv->generations != NULL && csv->counting != NULL) || error_memory(err)) &&
             csv_check_names(schema, run, err) &&
             csv_store_open(&csv->store, settings->directory, run->tenant, err) &&
             csv_sort_new(&csv->sort, &csv->store.home, CEILING_SORT, err);
    }
    if (ok) {
        *load = &csv->load;
    } else if (csv != NULL) {
        csv_close(&csv->load);
    }
    return ok;
}

bool csv_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    return csv_open(settings, schema, run, log, load, err);
}
