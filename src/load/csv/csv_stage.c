#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/csv/csv_block.h"
#include "load/csv/csv_load.h"
#include "load/csv/csv_scope.h"

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

static bool csv_begin_key(struct csv_load *csv, const struct relation *relation, enum csv_part part,
    size_t *index, struct error *err)
{
    bool ok = csv_find_relation(csv, relation, index, err);

    buffer_clear(&csv->encoder.key);
    buffer_clear(&csv->encoder.line);
    if (ok) {
        csv_prefix_append(&csv->encoder.key, *index, part);
    }
    return ok;
}

/* Adds what the encoder holds. */
static bool csv_add_entry(struct csv_load *csv, const struct relation *relation, struct error *err)
{
    const struct buffer *key = &csv->encoder.key;
    struct csv_entry entry = {.key = buffer_view(key), .line = buffer_view(&csv->encoder.line)};
    bool ok = true;

    if (!buffer_ok(key)) {
        ok = key->no_memory ? error_memory(err)
                            : error_set(err, ERROR_RECORD, "%s: a key is too long", relation->name);
    }
    return ok && csv_sort_add(csv->sort, &entry, err);
}

/* A log's tenant may stand in any column, or in none. */
static bool csv_check_tenant(const struct csv_load *csv, const struct row *row, struct error *err)
{
    const struct relation *relation = row->relation;
    bool is_log = relation->kind == RELATION_LOG;
    bool ok = true;

    for (size_t i = 0; ok && i < (is_log ? relation->column_count : 1); i++) {
        if (!is_log || strcmp(relation->columns[i].name, "tenant") == 0) {
            ok = (row->cells[i].is_set && str_is(row->cells[i].text, csv->run.tenant)) ||
                 error_set(err, ERROR_RECORD, "%s: a row of another tenant", relation->name);
        }
    }
    return ok;
}

bool csv_stage(struct load *load, const struct row *row, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_begin_key(csv, row->relation, CSV_PART_ROWS, &index, err) &&
              csv_check_tenant(csv, row, err) && csv_encode_row(&csv->encoder, row, err);

    if (ok && row->relation->kind == RELATION_LOG) {
        ok = csv_logs_add(&csv->logs, index, buffer_view(&csv->encoder.line), err);
    } else if (ok) {
        ok = csv_add_entry(csv, row->relation, err);
    }
    if (ok) {
        csv_resume_mark(csv, index, row);
    }
    return ok;
}

bool csv_item(struct load *load, const struct row *row, struct load_item *item, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    bool ok = csv_encode_item(&csv->encoder, row, err);

    item->form = buffer_view(&csv->encoder.form);
    return ok;
}

/* Appends the owner's part of a key; of a mark without the 0 at its end. */
static bool csv_append_owner(
    struct buffer *key, const struct relation *relation, struct str owner, struct error *err)
{
    bool ok = owner.size <= CEILING_KEY ||
              error_set(err, ERROR_RECORD, "%s: a key is too long", relation->name);

    if (ok && csv_scope_owner(relation) > 0) {
        ok = csv_key_append(key, owner) ||
             error_set(err, ERROR_RECORD, "%s: a key holds a NUL", relation->name);
    }
    return ok;
}

/* From here on the owner's rows are replaced. */
static bool csv_add_mark(
    struct csv_load *csv, const struct relation *relation, struct str owner, struct error *err)
{
    bool is_apart = csv_scope_is_apart(relation);
    struct buffer *key = &csv->encoder.key;
    size_t index = 0;
    bool ok =
        csv_begin_key(csv, relation, is_apart ? CSV_PART_MARKS : CSV_PART_ROWS, &index, err) &&
        csv_append_owner(key, relation, owner, err);

    if (ok && key->size > CSV_PREFIX_SIZE) {
        key->size--;
    }
    return ok && csv_add_entry(csv, relation, err);
}

/* The bytes of an item's form ahead of the owner's column. */
static size_t csv_find_owner(struct str form, size_t owner)
{
    const char *begin = form.data;

    for (size_t i = 1; i < owner; i++) {
        (void)csv_key_next(&form);
    }
    return (size_t)(form.data - begin);
}

/* Adds the rows of a list, each as an entry: the owner's column stands behind others, so that they
 * are all over the file. */
static bool csv_add_rows(struct csv_load *csv, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct buffer *key = &csv->encoder.key;
    size_t index = 0;
    bool ok = csv_begin_key(csv, relation, CSV_PART_ROWS, &index, err);

    for (size_t i = 0; ok && i < count; i++) {
        struct str columns = items[i].form;
        size_t split = csv_find_owner(columns, csv_scope_owner(relation));

        key->size = CSV_PREFIX_SIZE;
        buffer_append(key, columns.data, split);
        ok = csv_append_owner(key, relation, owner, err);
        buffer_append(key, columns.data + split, columns.size - split);
        ok = ok && csv_add_entry(csv, relation, err);
    }
    return ok;
}

/* What the rows of a list are put in order by. */
struct csv_order {
    struct csv_encoder *encoder;
    const struct relation *relation;
};

static int csv_compare_items(const void *a, const void *b, void *context)
{
    const struct csv_order *order = context;
    const struct load_item *left = *(const struct load_item *const *)a;
    const struct load_item *right = *(const struct load_item *const *)b;

    return csv_compare_ends(order->encoder, order->relation, left->form, right->form);
}

/* Adds what the encoder's line holds as the list's next block; `begin` is the size of the key
 * without its number. */
static bool csv_add_block(struct csv_load *csv, const struct relation *relation, size_t begin,
    size_t *number, struct error *err)
{
    char text[CSV_BLOCK_NUMBER_SIZE];
    bool ok = true;

    csv->encoder.key.size = begin;
    (void)snprintf(text, sizeof text, "%08zu", (*number)++);
    (void)csv_key_append(&csv->encoder.key, str_of(text));
    ok = (buffer_ok(&csv->encoder.line) || error_memory(err)) && csv_add_entry(csv, relation, err);
    buffer_clear(&csv->encoder.line);
    return ok;
}

/* Adds the rows of a list that are in their order, in blocks. */
static bool csv_add_blocks(struct csv_load *csv, const struct relation *relation, struct str owner,
    const struct load_item *const *items, size_t count, struct error *err)
{
    struct buffer *block = &csv->encoder.line;
    size_t index = 0;
    size_t number = 0;
    bool ok = csv_begin_key(csv, relation, CSV_PART_ROWS, &index, err) &&
              csv_append_owner(&csv->encoder.key, relation, owner, err);

    for (size_t i = 0, begin = csv->encoder.key.size; ok && i < count; i++) {
        struct str end = items[i]->form;

        if (i == 0 || !str_equal(items[i - 1]->form, end)) {
            ok = csv_block_fits(block, end) || csv_add_block(csv, relation, begin, &number, err);
            csv_block_append(block, end);
        }
        if (ok && i + 1 == count) {
            ok = csv_add_block(csv, relation, begin, &number, err);
        }
    }
    return ok;
}

/* Adds the rows of a list of which each owner's stand together in the file. */
static bool csv_add_list(struct csv_load *csv, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    const struct load_item **order = reallocarray(NULL, count + 1, sizeof *order);
    struct csv_order how = {&csv->encoder, relation};
    size_t largest = 0;
    bool ok = order != NULL || error_memory(err);

    for (size_t i = 0; ok && i < count; i++) {
        order[i] = &items[i];
        largest = items[i].form.size > largest ? items[i].form.size : largest;
    }
    ok = ok && (csv_encoder_reserve(&csv->encoder, largest) || error_memory(err));
    if (ok) {
        qsort_r(order, count, sizeof *order, csv_compare_items, &how);
        ok = csv_add_blocks(csv, relation, owner, order, count, err);
    }
    free(order);
    return ok;
}

bool csv_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    bool ok = relation->kind == RELATION_SET ||
              error_set(err, ERROR_DESTINATION, "%s: is no set of rows", relation->name);

    ok = ok && csv_add_mark(csv, relation, owner, err);
    if (ok && csv_scope_is_apart(relation)) {
        ok = csv_add_rows(csv, relation, owner, items, count, err);
    } else if (ok) {
        ok = csv_add_list(csv, relation, owner, items, count, err);
    }
    return ok;
}

bool csv_replace(
    struct load *load, const struct relation *relation, const struct str *owner, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_find_relation(csv, relation, &index, err);

    /* Where the key is the tenant alone there is one owner. */
    if (ok && (owner == NULL || (relation->kind != RELATION_SET && relation->key_count < 2))) {
        csv->plans[index].replaced = csv_sort_stamp(csv->sort);
    } else if (ok) {
        ok = csv_add_mark(csv, relation, *owner, err);
    }
    return ok;
}

bool csv_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_begin_key(csv, relation, CSV_PART_ROWS, &index, err);

    for (size_t i = 0; ok && i + 1 < relation->key_count; i++) {
        ok = csv_key_append(&csv->encoder.key, key[i]) ||
             error_set(err, ERROR_RECORD, "%s: a key holds a NUL", relation->name);
    }
    return ok && csv_add_entry(csv, relation, err);
}

bool csv_mark(struct load *load, const struct relation *relation, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_find_relation(csv, relation, &index, err);

    if (ok) {
        csv->plans[index].marked = csv_sort_stamp(csv->sort);
    }
    return ok;
}

bool csv_forget(struct load *load, const struct relation *relation, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    size_t index = 0;
    bool ok = csv_find_relation(csv, relation, &index, err);

    if (ok) {
        csv->plans[index].counting = csv->plans[index].marked;
    }
    return ok;
}
