#include "load/csv/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/csv/csv_history.h"
#include "load/csv/csv_load.h"
#include "load/csv/csv_read.h"
#include "load/csv/csv_told.h"

static bool csv_published(struct load *load, const struct relation *relation, const size_t *columns,
    size_t count, load_row_fn *each, void *context, struct error *err)
{
    const struct csv_load *csv = csv_load_of(load);

    return csv_read(&csv->store, csv->safe, relation, columns, count, each, context, err);
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

/* For each relation of the schema its place in `counts`, emptied; NULL: it is not to be published.
 * The caller's to free. */
static struct load_counts **csv_map_counts(
    const struct csv_load *csv, struct load_counts *counts, size_t count, struct error *err)
{
    struct load_counts **map = calloc(csv->schema->count + 1, sizeof *map);

    for (size_t i = 0; i < count; i++) {
        counts[i] = (struct load_counts){.relation = counts[i].relation};
    }
    for (size_t i = 0; map != NULL && i < csv->schema->count; i++) {
        map[i] = csv_find_counts(counts, count, csv->schema->relations[i]);
    }
    if (map == NULL) {
        (void)error_memory(err);
    }
    return map;
}

/* Merges every relation that rows are staged of: those that are not to be published have nothing
 * staged, as it were. */
static bool csv_merge_all(struct csv_load *csv, struct csv_snapshot *snapshot,
    struct load_counts *const *counts, struct error *err)
{
    struct csv_staged staged = {.sort = csv->sort, .plans = csv->plans};
    bool ok = csv_sort_finish(csv->sort, err) && csv_staged_next(&staged, err);

    for (size_t i = 0; ok && i < csv->schema->count; i++) {
        const struct relation *relation = csv->schema->relations[i];
        bool is_merged = relation->kind == RELATION_KEYED || relation->kind == RELATION_SET;
        struct load_counts unused = {0};

        while (ok && (counts[i] == NULL || !is_merged) && staged.relation == i) {
            ok = csv_staged_next(&staged, err);
        }
        if (counts[i] == NULL) {
            csv->plans[i].replaced = 0;
        }
        if (ok && is_merged) {
            load_watch_at(csv->run.watch, relation->name);
            ok = csv_merge(snapshot, i, &staged, counts[i] != NULL ? counts[i] : &unused, err);
        }
        if (!ok) {
            (void)error_context(err, "publishing %s", relation->name);
        }
    }
    return ok;
}

/* Behind all merges, as it goes by what became of the rows. */
static bool csv_publish_history(struct csv_load *csv, struct csv_snapshot *snapshot,
    struct load_counts *counts, size_t count, struct error *err)
{
    const struct relation *history = csv->schema->history;
    struct load_counts *found = history != NULL ? csv_find_counts(counts, count, history) : NULL;
    struct load_counts unused = {0};

    if (history != NULL) {
        load_watch_at(csv->run.watch, history->name);
    }
    return csv_history_keep(
        snapshot, &csv->renames, csv->keep_history_ms, found != NULL ? found : &unused, err);
}

static bool csv_publish_end(struct csv_load *csv, const struct load_end *end, struct error *err)
{
    bool ok = true;

    csv->telling = true;
    ok = end == NULL || end->tell(end->context, err);
    csv->telling = false;
    return ok;
}

/* What a run leaves behind, one after the other once the link leads to its snapshot. */
static bool csv_publish_names(struct csv_load *csv, struct error *err)
{
    return csv_changes_publish(&csv->changes, err) && csv_logs_publish(&csv->logs, err);
}

/* Once the link leads to the run's snapshot, the run is published: what cannot be put beside it is
 * done by the next run. */
static bool csv_publish_rest(
    struct csv_load *csv, struct load_counts *const *map, struct error *err)
{
    bool ok = csv_resume_publish_logs(csv, map, err) && csv_publish_names(csv, err);

    if (!ok && csv->switched) {
        log_event(csv->log, LOG_WARNING,
            "the run is published; what it leaves beside is put there by the next one: %s",
            err->text);
        error_clear(err);
        csv->has_left = true;
        ok = true;
    }
    return ok;
}

/* The run is published by now: what cannot be removed is no failure of it. */
static void csv_prune(const struct csv_load *csv, bool switched)
{
    int64_t cutoff = csv->run.started_at - csv->keep_runs_ms;
    struct error err = {0};

    if (switched && !csv_store_prune(&csv->store, csv->keep, &err)) {
        log_event(csv->log, LOG_WARNING, "an old snapshot stays: %s", err.text);
    }
    if (!csv_changes_prune(&csv->store, csv->run.run_id, csv->keep_changes, &err)) {
        log_event(csv->log, LOG_WARNING, "an old run's changes stay: %s", err.text);
    }
    if (csv->keep_runs_ms > 0 && !csv_told_prune(&csv->store.home, csv->schema, cutoff, &err)) {
        log_event(csv->log, LOG_WARNING, "what is known of an old run stays: %s", err.text);
    }
}

static bool csv_publish(struct load *load, struct load_counts *counts, size_t count,
    const struct load_end *end, bool *changed, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    struct csv_snapshot snapshot = {0};
    struct load_counts **map = csv_map_counts(csv, counts, count, err);
    bool logged = false;
    bool ok = map != NULL;

    *changed = false;
    ok = ok && csv_snapshot_init(&snapshot, &csv->store, csv->schema, &csv->run, csv->safe, err);
    snapshot.changes = csv->keep_changes > 0 ? &csv->changes : NULL;
    ok = ok && csv_merge_all(csv, &snapshot, map, err) &&
         csv_publish_history(csv, &snapshot, counts, count, err) &&
         csv_publish_end(csv, end, err) && csv_logs_finish(&csv->logs, map, &logged, err) &&
         csv_resume_finish_logs(csv, map, &logged, err) && csv_changes_finish(&csv->changes, err) &&
         csv_snapshot_publish(&snapshot, changed, err);
    csv->switched = snapshot.switched;
    ok = ok && csv_publish_rest(csv, map, err);
    csv->published = ok;
    if (ok) {
        csv_prune(csv, *changed);
    }
    *changed = *changed || logged;
    csv_snapshot_release(&snapshot);
    free(map);
    return ok;
}

static bool csv_rename(struct load *load, struct str from, struct str to, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);

    return csv->schema->history == NULL || csv_renames_add(&csv->renames, from, to, err);
}

static void csv_close(struct load *load)
{
    struct csv_load *csv = csv_load_of(load);
    bool kept = csv_resume_close(csv);

    csv_renames_release(&csv->renames);
    csv_changes_release(&csv->changes, csv->switched);
    csv_logs_release(&csv->logs, kept || csv->has_left);
    csv_encoder_release(&csv->encoder);
    csv_sort_free(csv->sort);
    csv_store_close(&csv->store);
    free(csv->plans);
    free(csv);
}

static const struct load_ops csv_ops = {
    .published = csv_published,
    .staged = csv_resume_staged,
    .save = csv_resume_save,
    .drop = csv_resume_drop,
    .tell = csv_tell,
    .rename = csv_rename,
    .stage = csv_stage,
    .item = csv_item,
    .list = csv_list,
    .replace = csv_replace,
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
        bool has_file = csv_snapshot_has(schema->relations[i]);

        ok = (csv_name_ok(schema->relations[i]->name) &&
                 (has_file || csv_log_name_ok(schema->relations[i]->name))) ||
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
        csv->keep_changes = settings->keep_changes;
        csv->keep_history_ms = settings->keep_history_ms;
        csv->keep_runs_ms = settings->keep_runs_ms;
        csv->plans = calloc(schema->count + 1, sizeof *csv->plans);
        csv_encoder_init(&csv->encoder, csv->safe);
        csv_renames_init(&csv->renames);
        csv_changes_init(&csv->changes, &csv->store, schema, run->run_id);
        ok = (csv->plans != NULL || error_memory(err)) && csv_check_names(schema, run, err) &&
             csv_store_open(&csv->store, settings->directory, run->tenant, err) &&
             csv_logs_init(&csv->logs, &csv->store.home, schema, csv->run.run_id, err) &&
             csv_sort_new(&csv->sort, &csv->store.home, CSV_WORK, CEILING_SORT, err) &&
             csv_told_bury(&csv->store, schema, log, err) &&
             csv_store_hold(&csv->store, run->run_id, err) && csv_resume_open(csv, err);
    }
    if (ok) {
        *load = &csv->load;
    } else if (csv != NULL) {
        csv_close(&csv->load);
    }
    return ok;
}
