#include "load/csv/csv_merge.h"

#include <string.h>

#include "load/csv/csv_block.h"
#include "load/csv/csv_changes.h"
#include "load/csv/csv_output.h"
#include "load/csv/csv_scope.h"
#include "load/csv/csv_text.h"

struct csv_merge {
    struct csv_snapshot *snapshot;
    const struct relation *relation;
    size_t index;
    struct csv_staged *staged;
    struct csv_scope scope;
    struct csv_output output;
    struct csv_entry row; /* the published row at hand */
    bool old_more;
    struct str block;    /* rows of the staged entry behind the one at hand */
    struct buffer begin; /* of the staged row's line, for a set */
    struct str end;      /* and its end */
    struct buffer key; /* of the staged row in a block: that of its owner, and see csv_merge_key */
    size_t owner_size; /* bytes of the owner's */
    struct buffer scratch;
    struct load_counts *counts;
    unsigned steps; /* as csv_tick counts them */
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

/* Does the staged entry count no more? Its owner's mark, which comes before it, tells: a row of a
 * set counts when it was staged after that, any other one also without a mark. */
static bool csv_merge_is_stale(struct csv_merge *merge)
{
    const struct csv_staged *staged = merge->staged;
    uint64_t ordinal = 0;
    bool is_row = csv_merge_staged_more(merge) && !csv_scope_is_mark(merge->relation, staged->key);

    return is_row &&
           (csv_scope_find(&merge->scope, staged->key, &ordinal) ? staged->entry.ordinal < ordinal
                                                                 : csv_merge_is_set(merge));
}

/* Are the rows of the relation's lists staged in blocks? */
static bool csv_merge_has_blocks(const struct csv_merge *merge)
{
    return csv_merge_is_set(merge) && !csv_scope_is_apart(merge->relation);
}

/* The block's first row, and what its rows have in common. */
static void csv_merge_open_block(struct csv_merge *merge)
{
    const struct csv_staged *staged = merge->staged;
    struct str rest = staged->key;

    for (size_t i = 0; i < csv_scope_owner(merge->relation); i++) {
        (void)csv_key_next(&rest);
    }
    buffer_clear(&merge->key);
    buffer_append(&merge->key, staged->key.data, staged->key.size - rest.size);
    merge->owner_size = merge->key.size;
    merge->block = staged->entry.line;
    merge->end = csv_block_next(&merge->block);
}

/* What is to be known of a row's line to write it, or to compare it: for a set it is not staged as
 * it stands in the file. */
static bool csv_merge_open(struct csv_merge *merge, struct error *err)
{
    const struct csv_staged *staged = merge->staged;
    const struct relation *relation = merge->relation;
    const struct csv_snapshot *snapshot = merge->snapshot;
    bool is_mark = csv_scope_is_mark(relation, staged->key);

    merge->end = staged->entry.line;
    buffer_clear(&merge->begin);
    if (csv_merge_has_blocks(merge) && !is_mark) {
        csv_append_begin(&merge->begin, relation, csv_scope_owner(relation),
            snapshot->store->tenant, staged->key, snapshot->safe);
        csv_merge_open_block(merge);
    } else if (csv_merge_is_set(merge) && !is_mark) {
        csv_append_key_line(
            &merge->begin, relation, snapshot->store->tenant, staged->key, snapshot->safe);
    }
    return buffer_ok(&merge->begin) || error_memory(err);
}

/* The next row of the block at hand, or the next entry. */
static bool csv_merge_next_staged(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    if (merge->block.size > 0) {
        merge->end = csv_block_next(&merge->block);
    } else {
        ok = csv_staged_next(merge->staged, err);
        while (ok && csv_merge_is_stale(merge)) {
            ok = csv_staged_next(merge->staged, err);
        }
        if (ok && csv_merge_staged_more(merge)) {
            ok = csv_merge_open(merge, err);
        }
    }
    return ok;
}

/* Is this the line of the staged row? */
static bool csv_merge_is_line(const struct csv_merge *merge, struct str line)
{
    struct str begin = buffer_view(&merge->begin);

    return line.size == begin.size + merge->end.size &&
           str_equal((struct str){line.data, begin.size}, begin) &&
           str_equal((struct str){line.data + begin.size, merge->end.size}, merge->end);
}

static bool csv_merge_keep(struct csv_merge *merge, struct error *err)
{
    return csv_output_keep(&merge->output, merge->row.line, err);
}

static bool csv_merge_put(struct csv_merge *merge, enum csv_change change, struct error *err)
{
    struct str begin = buffer_view(&merge->begin);

    return csv_output_put(&merge->output, begin, merge->end, err) &&
           csv_changes_add(merge->snapshot->changes, change, begin, merge->end, err);
}

/* The published row at hand goes. */
static bool csv_merge_drop(struct csv_merge *merge, struct error *err)
{
    merge->counts->deleted++;
    return csv_output_diverge(&merge->output, err) &&
           csv_changes_add(
               merge->snapshot->changes, CSV_DELETE, merge->row.line, (struct str){"", 0}, err);
}

/* A published row that was not staged. */
static bool csv_merge_old(struct csv_merge *merge, struct error *err)
{
    uint64_t ordinal = 0;
    bool ok = true;

    if (merge->scope.all || csv_scope_find(&merge->scope, merge->row.key, &ordinal)) {
        ok = csv_merge_drop(merge, err);
    } else {
        ok = csv_merge_keep(merge, err);
    }
    return ok;
}

/* A staged row that was not published; one that is to be removed is not there already. */
static bool csv_merge_new(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    if (csv_merge_is_set(merge) || merge->end.size > 0) {
        merge->counts->inserted++;
        ok = csv_merge_put(merge, CSV_INSERT, err);
    }
    return ok;
}

/* Both speak of one row. */
static bool csv_merge_both(struct csv_merge *merge, struct error *err)
{
    bool ok = true;

    if (csv_merge_is_set(merge)) {
        merge->counts->unchanged++;
        ok = csv_merge_keep(merge, err);
    } else if (merge->end.size == 0) {
        ok = csv_merge_drop(merge, err);
    } else if (csv_merge_is_line(merge, merge->row.line)) {
        merge->counts->unchanged++;
        ok = csv_merge_keep(merge, err);
    } else {
        merge->counts->updated++;
        ok = csv_merge_put(merge, CSV_UPDATE, err);
    }
    return ok;
}

/* Are both of one owner, or alike as far as the published row's key is known? */
static bool csv_merge_is_near(struct csv_merge *merge)
{
    struct str key = merge->staged->key;
    struct str known = merge->row.key;
    uint64_t ordinal = 0;

    return csv_merge_has_blocks(merge)
               ? csv_scope_find(&merge->scope, known, &ordinal)
               : key.size >= known.size && str_equal((struct str){key.data, known.size}, known);
}

/* The whole key of the staged row of a set: for a row of a block it is the owner's part of the
 * block's, and what the line tells. */
static bool csv_merge_key(struct csv_merge *merge, struct str *key, struct error *err)
{
    const struct relation *relation = merge->relation;
    size_t owner = csv_scope_owner(relation);
    size_t size = merge->end.size > 2 ? merge->end.size - 2 : 0; /* neither , nor \n */
    struct str rest = {merge->end.data + 1, size};
    bool ok = true;

    *key = merge->staged->key;
    if (csv_merge_has_blocks(merge)) {
        merge->key.size = merge->owner_size;
        for (size_t i = owner + 1; ok && i < relation->column_count; i++) {
            ok = csv_key_append_field(
                &merge->key, &rest, &relation->columns[i], merge->snapshot->safe, &merge->scratch);
        }
        *key = buffer_view(&merge->key);
    }
    return (ok && buffer_ok(&merge->key) && buffer_ok(&merge->scratch)) || error_memory(err);
}

/* Of two rows of one owner in a set: their lines are mostly the same, and then their keys need not
 * be known. */
static bool csv_merge_compare_near(struct csv_merge *merge, int *order, struct error *err)
{
    bool ok = true;

    *order = 0;
    if (!csv_merge_is_line(merge, merge->row.line)) {
        struct str key = {0};

        ok = csv_old_complete(&merge->output.old, &merge->row, err) &&
             csv_merge_key(merge, &key, err);
        *order = ok ? str_compare(merge->row.key, key) : 0;
    }
    return ok;
}

/* Whose row is next: below 0 the published one, above 0 the staged one, 0 both. */
static bool csv_merge_order(struct csv_merge *merge, int *order, struct error *err)
{
    bool is_mark =
        csv_merge_staged_more(merge) && csv_scope_is_mark(merge->relation, merge->staged->key);
    bool ok = true;

    *order = -1;
    if (csv_merge_staged_more(merge) && !merge->old_more) {
        *order = 1;
    } else if (is_mark) {
        *order = str_compare(merge->row.key, merge->staged->key) < 0 ? -1 : 1;
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
        ok = csv_old_next(&merge->output.old, &merge->row, &merge->old_more, err);
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
               (merge->output.writing || csv_scope_goes_on(&merge->scope, merge->row.key)));
}

static bool csv_merge_rows(struct csv_merge *merge, struct error *err)
{
    bool open = merge->output.old.input.path != NULL;
    bool touched = merge->output.writing || csv_merge_staged_more(merge) || merge->scope.all;
    bool ok = (!csv_merge_staged_more(merge) || csv_merge_open(merge, err)) &&
              csv_merge_marks(merge, err);

    if (ok && open && touched) {
        ok = csv_old_next(&merge->output.old, &merge->row, &merge->old_more, err);
    }
    while (ok && csv_merge_goes_on(merge)) {
        csv_tick(merge->snapshot->run->watch, &merge->steps);
        ok = csv_go_on(err) && csv_merge_step(merge, err);
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
    buffer_init(&merge.begin, 2 * CSV_LINE_CEILING);
    buffer_init(&merge.key, CSV_LINE_CEILING);
    buffer_init(&merge.scratch, CSV_LINE_CEILING);
    csv_changes_begin(snapshot->changes, merge.relation);
    ok = csv_output_open(&merge.output, snapshot, index, err) && csv_merge_rows(&merge, err) &&
         csv_output_end(&merge.output, err) && csv_changes_end(snapshot->changes, err);
    buffer_release(&merge.scratch);
    buffer_release(&merge.key);
    buffer_release(&merge.begin);
    csv_output_release(&merge.output);
    csv_scope_release(&merge.scope);
    return ok;
}
