#include "load/csv/csv_old.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/csv/csv_text.h"

/* Most columns that PostgreSQL takes, and so of any file of ours. */
enum { CSV_FIELDS_MAX = 1600 };

void csv_file_name(const struct relation *relation, char name[CSV_FILE_NAME_SIZE])
{
    (void)snprintf(name, CSV_FILE_NAME_SIZE, "%s.csv", relation->name);
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

static void csv_old_map_columns(struct csv_old *old)
{
    for (size_t i = 0; i < old->relation->column_count; i++) {
        old->from[i] = SIZE_MAX;
        for (size_t j = 0; j < old->field_count; j++) {
            if (str_is(old->fields[j], old->relation->columns[i].name)) {
                old->from[i] = j;
            }
        }
    }
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
    csv_file_name(relation, name);
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
    free(old->fields);
    free(old->from);
    csv_input_release(&old->input);
    *old = (struct csv_old){0};
}

/* The record at hand with the columns that the relation has now, in `line`. */
static bool csv_old_lay_out(struct csv_old *old, struct str record, struct error *err)
{
    size_t count = 0;
    bool ok =
        (csv_old_split(record, old->fields, CSV_FIELDS_MAX, &count) && count == old->field_count) ||
        csv_old_damaged(old, "does not fit the header", err);

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

/* Fills `key` from a line in the relation's present layout. */
static bool csv_old_read_key(struct csv_old *old, struct str line, struct error *err)
{
    struct str rest = {line.data, line.size - 1};
    bool ok = true;

    buffer_clear(&old->key);
    for (size_t i = 0; ok && i < old->relation->key_count; i++) {
        bool guarded = old->guard.now && old->relation->columns[i].type == COLUMN_TEXT;
        struct str field = {0};
        struct str text = {0};

        ok = (rest.data != NULL && csv_next_field(&rest, &field)) ||
             csv_old_damaged(old, "is broken", err);
        if (ok) {
            text = csv_field_text(field, guarded, &old->scratch);
            ok = i > 0 ? csv_key_append(&old->key, text) || csv_old_damaged(old, "is broken", err)
                       : str_is(text, old->tenant) ||
                             csv_old_damaged(old, "is of another tenant", err);
        }
    }
    return ok && ((buffer_ok(&old->key) && buffer_ok(&old->scratch)) || error_memory(err));
}

static bool csv_old_check_order(struct csv_old *old, struct error *err)
{
    struct buffer held = old->previous;
    bool ok = old->records == 1 ||
              str_compare(buffer_view(&old->previous), buffer_view(&old->key)) < 0 ||
              csv_old_damaged(old, "is not in the order of the keys", err);

    /* The key moves on to `previous`, and the memory there takes the next key. */
    old->previous = old->key;
    old->key = held;
    return ok;
}

bool csv_old_next(struct csv_old *old, struct csv_entry *entry, bool *more, struct error *err)
{
    struct str record = {0};
    bool ok = csv_input_record(&old->input, &record, more, err);

    if (ok && *more) {
        old->records++;
        if (!old->same_layout) {
            ok = csv_old_lay_out(old, (struct str){record.data, record.size - 1}, err);
            record = buffer_view(&old->line);
        }
        ok = ok && csv_old_read_key(old, record, err) && csv_old_check_order(old, err);
        *entry = (struct csv_entry){buffer_view(&old->previous), record};
    }
    return ok;
}
