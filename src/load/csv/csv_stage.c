#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
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
static size_t csv_form_split(struct str form, size_t owner)
{
    const char *begin = form.data;

    for (size_t i = 1; i < owner; i++) {
        (void)csv_key_next(&form);
    }
    return (size_t)(form.data - begin);
}

/* Adds the rows of a list: of every one but the part ahead of the owner's column the key begins as
 * the one before it. */
static bool csv_add_items(struct csv_load *csv, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct buffer *key = &csv->encoder.key;
    size_t place = csv_scope_owner(relation);
    size_t index = 0;
    bool ok = csv_begin_key(csv, relation, CSV_PART_ROWS, &index, err);

    if (ok && place <= 1) {
        ok = csv_append_owner(key, relation, owner, err);
    }
    for (size_t i = 0, begin = key->size; ok && i < count; i++) {
        struct str form = items[i].form;
        size_t split = place > 1 ? csv_form_split(form, place) : 0;

        key->size = begin;
        if (place > 1) {
            buffer_append(key, form.data, split);
            ok = csv_append_owner(key, relation, owner, err);
        }
        buffer_append(key, form.data + split, form.size - split);
        ok = ok && csv_add_entry(csv, relation, err);
    }
    return ok;
}

bool csv_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    bool ok = relation->kind == RELATION_SET ||
              error_set(err, ERROR_DESTINATION, "%s: is no set of rows", relation->name);

    return ok && csv_add_mark(csv, relation, owner, err) &&
           csv_add_items(csv, relation, owner, items, count, err);
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
