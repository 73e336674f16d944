#include "load/csv/csv_merge.h"

#include <string.h>

#include "load/csv/csv_old.h"
#include "load/csv/csv_text.h"

struct csv_merge {
    struct csv_snapshot *snapshot;
    const struct relation *relation;
    size_t index;
    struct csv_staged *staged;
    struct csv_old old;
    struct csv_entry row; /* the published row at hand */
    bool old_more;
    struct csv_file file; /* the new one, once `writing` */
    bool writing;
    int64_t same; /* bytes of the published file that the new one begins with */
    int64_t rows; /* of the new file */
    struct load_counts *counts;
};

void csv_prefix_append(struct buffer *key, size_t relation)
{
    buffer_append_char(key, (char)(unsigned char)(relation >> 8));
    buffer_append_char(key, (char)(unsigned char)(relation & 255));
}

bool csv_staged_next(struct csv_staged *staged, struct error *err)
{
    bool more = true;
    bool ok = true;

    staged->relation = SIZE_MAX;
    while (ok && more && staged->relation == SIZE_MAX) {
        ok = csv_sort_next(staged->sort, &staged->entry, &more, err);
        if (ok && more) {
            struct csv_entry *entry = &staged->entry;
            const unsigned char *prefix = (const unsigned char *)entry->key.data;
            size_t relation = (size_t)prefix[0] << 8 | prefix[1];
            uint8_t generation = (uint8_t)entry->line.data[--entry->line.size];

            if (generation >= staged->generations[relation]) {
                staged->relation = relation;
                staged->key = (struct str){
                    entry->key.data + CSV_PREFIX_SIZE, entry->key.size - CSV_PREFIX_SIZE};
            }
        }
    }
    return ok;
}

static bool csv_merge_staged_more(const struct csv_merge *merge)
{
    return merge->staged->relation == merge->index;
}

/* Here the new file begins to differ, if it did not before. */
static bool csv_merge_diverge(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    if (!merge->writing) {
        merge->writing = true;
        ok =
            csv_snapshot_create(merge->snapshot, merge->relation, &merge->file, err) &&
            (merge->same == 0 || csv_input_copy(&merge->old.input, merge->same, &merge->file, err));
    }
    return ok;
}

static bool csv_merge_keep(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    merge->rows++;
    if (merge->writing) {
        ok = csv_file_write(&merge->file, merge->row.line, err);
    } else {
        merge->same += (int64_t)merge->row.line.size;
    }
    return ok;
}

static bool csv_merge_put(struct csv_merge *merge, struct error *err)
{
    merge->rows++;
    return csv_merge_diverge(merge, err) &&
           csv_file_write(&merge->file, merge->staged->entry.line, err);
}

/* Both speak of one row. */
static bool csv_merge_both(struct csv_merge *merge, struct error *err)
{
    struct str line = merge->staged->entry.line;
    bool ok = true;

    if (line.size == 0) {
        merge->counts->deleted++;
        ok = csv_merge_diverge(merge, err);
    } else if (str_equal(line, merge->row.line)) {
        merge->counts->unchanged++;
        ok = csv_merge_keep(merge, err);
    } else {
        merge->counts->updated++;
        ok = csv_merge_put(merge, err);
    }
    return ok;
}

/* Whose row is next: below 0 the published one, above 0 the staged one, 0 both. */
static int csv_merge_order(const struct csv_merge *merge)
{
    int order = -1;

    if (csv_merge_staged_more(merge)) {
        order = merge->old_more ? str_compare(merge->row.key, merge->staged->key) : 1;
    }
    return order;
}

/* One row of the new file, or the removal of one. */
static bool csv_merge_step(struct csv_merge *merge, struct error *err)
{
    int order = csv_merge_order(merge);
    bool ok = true;

    if (order < 0) {
        ok = csv_merge_keep(merge, err);
    } else if (order == 0) {
        ok = csv_merge_both(merge, err);
    } else if (merge->staged->entry.line.size > 0) {
        merge->counts->inserted++;
        ok = csv_merge_put(merge, err);
    }
    if (ok && order <= 0) {
        ok = csv_old_next(&merge->old, &merge->row, &merge->old_more, err);
    }
    if (ok && order >= 0) {
        ok = csv_staged_next(merge->staged, err);
    }
    return ok;
}

/* Without staged rows to come, and without a difference so far, the rest is the same unread. */
static bool csv_merge_rows(struct csv_merge *merge, struct error *err)
{
    bool open = merge->old.input.path != NULL;
    bool ok = true;

    if (open && (merge->writing || csv_merge_staged_more(merge))) {
        ok = csv_old_next(&merge->old, &merge->row, &merge->old_more, err);
    }
    while (ok && ((merge->old_more && merge->writing) || csv_merge_staged_more(merge))) {
        ok = csv_merge_step(merge, err);
    }
    return ok;
}

/* A file that is new, or whose rows are laid out anew, differs from its header on. */
static bool csv_merge_begin(struct csv_merge *merge, struct error *err)
{
    const struct csv_store *store = merge->snapshot->store;
    struct csv_guard guard = {merge->snapshot->safe, merge->snapshot->safe};
    bool found = false;
    bool ok = true;

    if (store->published != NULL) {
        guard.then = store->state_known ? store->state.safe : guard.now;
        ok = csv_old_open(
            &merge->old, &store->current, merge->relation, store->tenant, guard, &found, err);
    }
    if (ok && found && merge->old.same_layout) {
        merge->same = (int64_t)merge->old.header_bytes;
    } else if (ok) {
        struct buffer header;

        buffer_init(&header, CSV_LINE_CEILING);
        csv_append_header(&header, merge->relation);
        ok = (buffer_ok(&header) || error_memory(err)) && csv_merge_diverge(merge, err) &&
             csv_file_write(&merge->file, buffer_view(&header), err);
        buffer_release(&header);
    }
    return ok;
}

static bool csv_merge_end(struct csv_merge *merge, struct error *err)
{
    struct csv_outcome *outcome = &merge->snapshot->outcomes[merge->index];
    bool ok = true;

    outcome->written = merge->writing;
    if (merge->writing) {
        const char *name = merge->relation->name;

        memcpy(outcome->file.relation, name, strlen(name) + 1);
        outcome->file.rows = merge->rows;
        outcome->file.bytes = merge->file.bytes;
        ok = csv_file_finish(&merge->file, outcome->file.sha256, err);
    }
    return ok;
}

bool csv_merge(struct csv_snapshot *snapshot, size_t index, struct csv_staged *staged,
    struct load_counts *counts, struct error *err)
{
    struct csv_merge merge = {.snapshot = snapshot,
        .relation = snapshot->schema->relations[index],
        .index = index,
        .staged = staged,
        .counts = counts};
    bool ok =
        csv_merge_begin(&merge, err) && csv_merge_rows(&merge, err) && csv_merge_end(&merge, err);

    csv_file_release(&merge.file);
    csv_old_release(&merge.old);
    return ok;
}
