#include "load/csv/csv_old.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/csv/csv_text.h"

/* Most columns that PostgreSQL takes, and so of any file of ours. */
enum { CSV_FIELDS_MAX = 1600 };

struct csv_guard csv_guard_of(const struct csv_store *store, bool now)
{
    return (struct csv_guard){now, store->state_known ? store->state.safe : now};
}

void csv_file_name(const char *relation, char name[CSV_FILE_NAME_SIZE])
{
    (void)snprintf(name, CSV_FILE_NAME_SIZE, "%s.csv", relation);
}

static bool csv_old_damaged(const struct csv_old *old, const char *what, struct error *err)
{
    char text[96];

    (void)snprintf(text, sizeof text, "record %" PRId64 " %s", old->records, what);
    return csv_input_damaged(&old->input, text, err);
}

/* Splits a line without its \n. False when it is broken or has more than `most` fields. */
static bool csv_old_split(struct str rest, struct str *fields, size_t most, size_t *count)
{
    bool ok = true;

    *count = 0;
    while (ok && rest.data != NULL) {
        ok = *count < most && csv_next_field(&rest, &fields[*count]);
        ++*count;
    }
    return ok;
}

/* An editor's byte order mark or \r makes a name that no column has: better refused than taken
 * for a column that went. */
static bool csv_old_is_column(struct str name)
{
    bool ok = name.size > 0;

    for (size_t i = 0; ok && i < name.size; i++) {
        char c = name.data[i];

        ok = (c >= 'a' && c <= 'z') || str_is_digit(c) || c == '_';
    }
    return ok;
}

/* Where every field of the file is still a column, and in the same order, rows that differed do so
 * still, and their order is the same: new columns are NULL in all of them. */
static void csv_old_map_columns(struct csv_old *old)
{
    size_t found = 0;
    size_t next = 0; /* the field behind the last one that was found */

    for (size_t i = 0; i < old->relation->column_count; i++) {
        old->from[i] = SIZE_MAX;
        for (size_t j = 0; j < old->field_count; j++) {
            if (str_is(old->fields[j], old->relation->columns[i].name)) {
                old->from[i] = j;
            }
        }
        if (old->from[i] != SIZE_MAX) {
            found += old->from[i] >= next ? 1 : 0;
            next = old->from[i] + 1;
        }
    }
    old->reordered = old->relation->kind == RELATION_SET && found < old->field_count;
}

static bool csv_old_read_header(struct csv_old *old, struct error *err)
{
    struct str header = {0};
    bool more = false;
    bool ok = csv_input_record(&old->input, &header, &more, err) &&
              (more || csv_input_damaged(&old->input, "it has no header", err));

    if (ok) {
        old->header_bytes = header.size;
        csv_append_header(&old->line, old->relation);
        old->same_layout =
            str_equal(header, buffer_view(&old->line)) && old->guard.now == old->guard.then;
        header.size--;
        ok = csv_old_split(header, old->fields, CSV_FIELDS_MAX, &old->field_count);
        for (size_t i = 0; ok && i < old->field_count; i++) {
            ok = csv_old_is_column(old->fields[i]);
        }
        ok = (ok && str_is(old->fields[0], old->relation->columns[0].name)) ||
             csv_input_damaged(&old->input, "its header is not uemsync's", err);
    }
    if (ok) {
        csv_old_map_columns(old);
    }
    return ok;
}

bool csv_old_open(struct csv_old *old, const struct csv_folder *folder,
    const struct relation *relation, const char *tenant, struct csv_guard guard, bool *found,
    struct error *err)
{
    char name[CSV_FILE_NAME_SIZE];
    bool ok = true;

    *old = (struct csv_old){.relation = relation, .tenant = tenant, .guard = guard};
    buffer_init(&old->line, 2 * CSV_LINE_CEILING);
    buffer_init(&old->key, CSV_LINE_CEILING);
    buffer_init(&old->previous, CSV_LINE_CEILING);
    buffer_init(&old->scratch, 2 * CSV_LINE_CEILING);
    csv_file_name(relation->name, name);
    ok = csv_input_open(&old->input, folder, name, 2 * CSV_LINE_CEILING, found, err);
    if (ok && *found) {
        old->from = calloc(relation->column_count, sizeof *old->from);
        old->fields = calloc(CSV_FIELDS_MAX, sizeof *old->fields);
        ok = ((old->from != NULL && old->fields != NULL) || error_memory(err)) &&
             csv_old_read_header(old, err);
    }
    if (!ok || !*found) {
        csv_old_release(old);
    }
    return ok;
}

void csv_old_release(struct csv_old *old)
{
    buffer_release(&old->scratch);
    buffer_release(&old->previous);
    buffer_release(&old->key);
    buffer_release(&old->line);
    csv_sort_free(old->sort);
    free(old->fields);
    free(old->from);
    csv_input_release(&old->input);
    *old = (struct csv_old){0};
}

/* The fields of the record at hand. */
static bool csv_old_split_record(struct csv_old *old, struct str record, struct error *err)
{
    size_t count = 0;
    struct str line = {record.data, record.size - 1};

    return (csv_old_split(line, old->fields, CSV_FIELDS_MAX, &count) &&
               count == old->field_count) ||
           csv_old_damaged(old, "does not fit the header", err);
}

/* The record at hand with the columns that the relation has now, in `line`. */
static bool csv_old_lay_out(struct csv_old *old, struct str record, struct error *err)
{
    bool ok = csv_old_split_record(old, record, err);

    buffer_clear(&old->line);
    for (size_t i = 0; ok && i < old->relation->column_count; i++) {
        struct str field =
            old->from[i] != SIZE_MAX ? old->fields[old->from[i]] : (struct str){NULL, 0};
        bool regard = old->guard.now != old->guard.then && field.size > 0 &&
                      old->relation->columns[i].type == COLUMN_TEXT;

        if (i > 0) {
            buffer_append_char(&old->line, ',');
        }
        if (regard) {
            csv_append_text(
                &old->line, csv_field_text(field, old->guard.then, &old->scratch), old->guard.now);
        } else {
            buffer_append_str(&old->line, field);
        }
    }
    buffer_append_char(&old->line, '\n');
    return ok && ((buffer_ok(&old->line) && buffer_ok(&old->scratch)) || error_memory(err));
}

static bool csv_old_is_of_tenant(struct csv_old *old, struct str text, struct error *err)
{
    return str_is(text, old->tenant) || csv_old_damaged(old, "is of another tenant", err);
}

static bool csv_old_read_tenant(struct csv_old *old, struct str *rest, struct error *err)
{
    const struct column *column = &old->relation->columns[0];
    bool guarded = old->guard.now && column->type == COLUMN_TEXT;
    struct str field = {0};

    return csv_next_field(rest, &field)
               ? csv_old_is_of_tenant(old, csv_field_text(field, guarded, &old->scratch), err)
               : csv_old_damaged(old, "is broken", err);
}

/* Appends columns `from` to `end` of a record to the key; `rest` begins with the first of them. */
static bool csv_old_read_key(
    struct csv_old *old, struct str *rest, size_t from, size_t end, struct error *err)
{
    bool ok = true;

    for (size_t i = from; ok && i < end; i++) {
        ok = csv_key_append_field(
                 &old->key, rest, &old->relation->columns[i], old->guard.now, &old->scratch) ||
             csv_old_damaged(old, "is broken", err);
    }
    return ok && ((buffer_ok(&old->key) && buffer_ok(&old->scratch)) || error_memory(err));
}

/* A set's rows may be alike as far as they are looked at here. */
static bool csv_old_check_order(struct csv_old *old, struct error *err)
{
    struct str previous = {buffer_view(&old->previous).data, old->previous_begin};
    int order = str_compare(previous, buffer_view(&old->key));

    return old->records == 1 || order < 0 || (order == 0 && old->relation->kind == RELATION_SET) ||
           csv_old_damaged(old, "is not in the order of the keys", err);
}

/* The key moves on to `previous`, and the memory there takes the next one. */
static void csv_old_begin_key(struct csv_old *old)
{
    struct buffer held = old->previous;

    old->previous = old->key;
    old->previous_begin = old->key_begin;
    old->previous_whole = old->rest.data == NULL;
    old->key = held;
    buffer_clear(&old->key);
}

static bool csv_old_next_record(
    struct csv_old *old, struct csv_entry *entry, bool *more, struct error *err)
{
    const struct relation *relation = old->relation;
    struct str record = {0};
    bool ok = csv_input_record(&old->input, &record, more, err);

    if (ok && *more) {
        old->records++;
        csv_old_begin_key(old);
        if (!old->same_layout) {
            ok = csv_old_lay_out(old, record, err);
            record = buffer_view(&old->line);
        }
        old->rest = (struct str){record.data, record.size - 1};
        ok = ok && csv_old_read_tenant(old, &old->rest, err) &&
             csv_old_read_key(old, &old->rest, 1, relation->key_count, err) &&
             csv_old_check_order(old, err);
        old->key_begin = old->key.size;
        if (relation->kind != RELATION_SET) {
            old->rest = (struct str){0};
        }
        *entry = (struct csv_entry){.key = buffer_view(&old->key), .line = record};
    }
    return ok;
}

/* Of a file that was sorted anew. */
static bool csv_old_next_sorted(
    struct csv_old *old, struct csv_entry *entry, bool *more, struct error *err)
{
    bool ok = csv_sort_next(old->sort, entry, more, err);

    if (ok && *more) {
        buffer_clear(&old->line);
        csv_append_key_line(&old->line, old->relation, old->tenant, entry->key, old->guard.now);
        ok = buffer_ok(&old->line) || error_memory(err);
        entry->line = buffer_view(&old->line);
    }
    return ok;
}

bool csv_old_next(struct csv_old *old, struct csv_entry *entry, bool *more, struct error *err)
{
    return old->sort != NULL ? csv_old_next_sorted(old, entry, more, err)
                             : csv_old_next_record(old, entry, more, err);
}

bool csv_old_complete(struct csv_old *old, struct csv_entry *entry, struct error *err)
{
    bool ok = true;

    if (old->sort == NULL && old->rest.data != NULL) {
        const struct relation *relation = old->relation;

        ok = csv_old_read_key(old, &old->rest, relation->key_count, relation->column_count, err);
        if (ok && old->records > 1 && old->previous_whole && !old->reordered &&
            str_compare(buffer_view(&old->previous), buffer_view(&old->key)) >= 0) {
            ok = csv_old_damaged(old, "is not in the order of the keys", err);
        }
        entry->key = buffer_view(&old->key);
        old->rest = (struct str){0};
    }
    return ok;
}

bool csv_old_sort(struct csv_old *old, const struct csv_folder *home, struct error *err)
{
    struct csv_sort *sort = NULL;
    struct csv_entry entry = {0};
    bool more = true;
    bool ok = csv_sort_new(&sort, home, CSV_AGAIN, CEILING_SORT, err);

    while (ok && more) {
        ok = csv_old_next(old, &entry, &more, err);
        if (ok && more) {
            ok = csv_old_complete(old, &entry, err);
            entry.line = (struct str){"", 0};
            ok = ok && csv_sort_add(sort, &entry, err);
        }
    }
    ok = ok && csv_sort_finish(sort, err);
    old->sort = sort;
    return ok;
}

bool csv_old_next_fields(struct csv_old *old, bool *more, struct error *err)
{
    struct str record = {0};
    bool ok = csv_input_record(&old->input, &record, more, err);

    if (ok && *more) {
        old->records++;
        ok = csv_old_split_record(old, record, err) &&
             csv_old_is_of_tenant(
                 old, csv_field_text(old->fields[0], old->guard.then, &old->scratch), err);
    }
    return ok;
}
