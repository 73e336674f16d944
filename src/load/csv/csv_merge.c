#include "load/csv/csv_merge.h"

#include <string.h>

#include "load/csv/csv_old.h"
#include "load/csv/csv_scope.h"
#include "load/csv/csv_text.h"

struct csv_merge {
    struct csv_snapshot *snapshot;
    const struct relation *relation;
    size_t index;
    struct csv_staged *staged;
    struct csv_scope scope;
    struct csv_old old;
    struct csv_entry row; /* the published row at hand */
    bool old_more;
    struct csv_file file; /* the new one, once `writing` */
    bool writing;
    struct buffer line; /* of the staged row of a set, once `made` */
    bool made;
    int64_t same; /* bytes of the published file that the new one begins with */
    int64_t rows; /* of the new file */
    struct load_counts *counts;
};

void csv_prefix_append(struct buffer *key, size_t relation, enum csv_part part)
{
    size_t prefix = 2 * relation + part;

    buffer_append_char(key, (char)(unsigned char)(prefix >> 8));
    buffer_append_char(key, (char)(unsigned char)(prefix & 255));
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
            size_t relation = ((size_t)prefix[0] << 8 | prefix[1]) / 2;

            if (entry->ordinal > staged->plans[relation].counting) {
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

static bool csv_merge_is_set(const struct csv_merge *merge)
{
    return merge->relation->kind == RELATION_SET;
}

/* Is the staged entry a row of a list that another one took the place of? Its owner's mark, which
 * comes before it, tells. */
static bool csv_merge_is_stale(struct csv_merge *merge)
{
    const struct csv_staged *staged = merge->staged;
    uint64_t ordinal = 0;

    return csv_merge_staged_more(merge) && csv_merge_is_set(merge) &&
           !csv_scope_is_mark(merge->relation, staged->key) &&
           !(csv_scope_find(&merge->scope, staged->key, &ordinal) &&
               staged->entry.ordinal > ordinal);
}

static bool csv_merge_next_staged(struct csv_merge *merge, struct error *err)
{
    bool ok = csv_staged_next(merge->staged, err);

    merge->made = false;
    while (ok && csv_merge_is_stale(merge)) {
        ok = csv_staged_next(merge->staged, err);
    }
    return ok;
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

/* The line of the staged row. */
static bool csv_merge_line(struct csv_merge *merge, struct str *line, struct error *err)
{
    bool is_set = csv_merge_is_set(merge);

    if (is_set && !merge->made) {
        buffer_clear(&merge->line);
        csv_append_key_line(&merge->line, merge->relation, merge->snapshot->store->tenant,
            merge->staged->key, merge->snapshot->safe);
        merge->made = true;
    }
    *line = is_set ? buffer_view(&merge->line) : merge->staged->entry.line;
    return !is_set || buffer_ok(&merge->line) || error_memory(err);
}

static bool csv_merge_put(struct csv_merge *merge, struct error *err)
{
    struct str line = {0};

    merge->rows++;
    return csv_merge_line(merge, &line, err) && csv_merge_diverge(merge, err) &&
           csv_file_write(&merge->file, line, err);
}

/* A published row that was not staged. */
static bool csv_merge_old(struct csv_merge *merge, struct error *err)
{
    uint64_t ordinal = 0;
    bool ok = true;

    if (merge->scope.all || csv_scope_find(&merge->scope, merge->row.key, &ordinal)) {
        merge->counts->deleted++;
        ok = csv_merge_diverge(merge, err);
    } else {
        ok = csv_merge_keep(merge, err);
    }
    return ok;
}

/* A staged row that was not published; one that is to be removed is not there already. */
static bool csv_merge_new(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    if (csv_merge_is_set(merge) || merge->staged->entry.line.size > 0) {
        merge->counts->inserted++;
        ok = csv_merge_put(merge, err);
    }
    return ok;
}

/* Both speak of one row. */
static bool csv_merge_both(struct csv_merge *merge, struct error *err)
{
    struct str line = merge->staged->entry.line;
    bool ok = true;

    if (csv_merge_is_set(merge)) {
        merge->counts->unchanged++;
        ok = csv_merge_keep(merge, err);
    } else if (line.size == 0) {
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

/* Is the published row's key, as far as it is known, what the staged one begins with? */
static bool csv_merge_is_near(const struct csv_merge *merge)
{
    struct str begin = {merge->staged->key.data, merge->row.key.size};

    return merge->staged->key.size >= begin.size && str_equal(begin, merge->row.key);
}

/* Of two rows of one owner in a set: their lines are mostly the same, and then the published one's
 * key need not be read. */
static bool csv_merge_compare_near(struct csv_merge *merge, int *order, struct error *err)
{
    bool is_mark = csv_scope_is_mark(merge->relation, merge->staged->key);
    struct str line = {0};
    bool ok = is_mark || csv_merge_line(merge, &line, err);

    *order = 0;
    if (ok && (is_mark || !str_equal(line, merge->row.line))) {
        ok = csv_old_complete(&merge->old, &merge->row, err);
        *order = str_compare(merge->row.key, merge->staged->key);
    }
    return ok;
}

/* Whose row is next: below 0 the published one, above 0 the staged one, 0 both. */
static bool csv_merge_order(struct csv_merge *merge, int *order, struct error *err)
{
    bool ok = true;

    *order = -1;
    if (csv_merge_staged_more(merge) && !merge->old_more) {
        *order = 1;
    } else if (csv_merge_staged_more(merge) && csv_merge_is_set(merge) &&
               csv_merge_is_near(merge)) {
        ok = csv_merge_compare_near(merge, order, err);
    } else if (csv_merge_staged_more(merge)) {
        *order = str_compare(merge->row.key, merge->staged->key);
    }
    return ok;
}

/* A mark, one row of the new file, or a row that goes. */
static bool csv_merge_step(struct csv_merge *merge, struct error *err)
{
    int order = 0;
    bool ok = csv_merge_order(merge, &order, err);

    if (!ok) {
        /* said so */
    } else if (order < 0) {
        ok = csv_merge_old(merge, err);
    } else if (order == 0) {
        ok = csv_merge_both(merge, err);
    } else if (csv_scope_is_mark(merge->relation, merge->staged->key)) {
        ok = csv_scope_add(&merge->scope, merge->staged->key, merge->staged->entry.ordinal, err);
    } else {
        ok = csv_merge_new(merge, err);
    }
    if (ok && order <= 0) {
        ok = csv_old_next(&merge->old, &merge->row, &merge->old_more, err);
    }
    if (ok && order >= 0) {
        ok = csv_merge_next_staged(merge, err);
    }
    return ok;
}

/* Takes the marks that come ahead of all rows. */
static bool csv_merge_marks(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    while (ok && csv_scope_is_apart(merge->relation) && csv_merge_staged_more(merge) &&
           csv_scope_is_mark(merge->relation, merge->staged->key)) {
        ok = csv_scope_add(&merge->scope, merge->staged->key, merge->staged->entry.ordinal, err) &&
             csv_merge_next_staged(merge, err);
    }
    return ok;
}

/* Without staged rows to come, without a difference so far and out of every scope, the rest is the
 * same unread. */
static bool csv_merge_goes_on(struct csv_merge *merge)
{
    return csv_merge_staged_more(merge) ||
           (merge->old_more &&
               (merge->writing || csv_scope_goes_on(&merge->scope, merge->row.key)));
}

static bool csv_merge_rows(struct csv_merge *merge, struct error *err)
{
    bool open = merge->old.input.path != NULL;
    bool touched = merge->writing || csv_merge_staged_more(merge) || merge->scope.all;
    bool ok = csv_merge_marks(merge, err);

    if (ok && open && touched) {
        ok = csv_old_next(&merge->old, &merge->row, &merge->old_more, err);
    }
    while (ok && csv_merge_goes_on(merge)) {
        ok = csv_merge_step(merge, err);
    }
    return ok;
}

/* A file that is new, or whose rows are laid out anew, differs from its header on. */
static bool csv_merge_begin(struct csv_merge *merge, struct error *err)
{
    const struct csv_store *store = merge->snapshot->store;
    struct csv_guard guard = csv_guard_of(store, merge->snapshot->safe);
    bool found = false;
    bool ok = true;

    if (store->published != NULL) {
        ok = csv_old_open(
            &merge->old, &store->current, merge->relation, store->tenant, guard, &found, err);
    }
    if (ok && found && merge->old.reordered) {
        ok = csv_old_sort(&merge->old, &store->home, err);
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
    const struct csv_plan *plan = &staged->plans[index];
    struct csv_merge merge = {.snapshot = snapshot,
        .relation = snapshot->schema->relations[index],
        .index = index,
        .staged = staged,
        .counts = counts};
    bool ok = true;

    csv_scope_init(&merge.scope, merge.relation, plan->replaced > plan->counting);
    buffer_init(&merge.line, 2 * CSV_LINE_CEILING);
    ok = csv_merge_begin(&merge, err) && csv_merge_rows(&merge, err) && csv_merge_end(&merge, err);
    csv_file_release(&merge.file);
    buffer_release(&merge.line);
    csv_old_release(&merge.old);
    csv_scope_release(&merge.scope);
    return ok;
}
