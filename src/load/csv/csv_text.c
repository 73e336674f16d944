#include "load/csv/csv_text.h"

#include <csv.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"

/* What stands around a cell's bytes at most: quotes, a guard, a comma. */
enum { CSV_DOUBLE_SIZE = 32, CSV_CELL_FRAME = 4 };

void csv_encoder_init(struct csv_encoder *encoder, bool safe)
{
    encoder->safe = safe;
    buffer_init(&encoder->key, CSV_LINE_CEILING);
    buffer_init(&encoder->line, CSV_LINE_CEILING);
    buffer_init(&encoder->form, CSV_FORM_CEILING);
    buffer_init(&encoder->scratch, CSV_LINE_CEILING);
    buffer_init(&encoder->other, CSV_LINE_CEILING);
}

void csv_encoder_release(struct csv_encoder *encoder)
{
    buffer_release(&encoder->other);
    buffer_release(&encoder->scratch);
    buffer_release(&encoder->form);
    buffer_release(&encoder->line);
    buffer_release(&encoder->key);
}

bool csv_encoder_reserve(struct csv_encoder *encoder, size_t size)
{
    buffer_clear(&encoder->scratch);
    buffer_clear(&encoder->other);
    return buffer_reserve(&encoder->scratch, size) && buffer_reserve(&encoder->other, size);
}

static bool csv_is_formula(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

/* Any number of ' before what looks like a formula counts: one is added to it and taken away
 * again, and no two texts become the same. */
static bool csv_wants_guard(struct str text)
{
    size_t i = 0;

    while (i < text.size && text.data[i] == '\'') {
        i++;
    }
    return i < text.size && csv_is_formula(text.data[i]);
}

static bool csv_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* \. alone is the end of data to older readers of COPY. */
static bool csv_wants_quotes(struct str text)
{
    bool wants = text.size == 0 || csv_is_blank(text.data[0]) ||
                 csv_is_blank(text.data[text.size - 1]) || (text.size == 2 && str_is(text, "\\."));

    for (size_t i = 0; !wants && i < text.size; i++) {
        char c = text.data[i];

        wants = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    return wants;
}

static void csv_append_quoted(struct buffer *line, struct str text)
{
    const char *data = text.data != NULL ? text.data : ""; /* libcsv writes nothing for NULL */
    size_t size = csv_write2(NULL, 0, data, text.size, CSV_QUOTE);

    if (buffer_reserve(line, size)) {
        (void)csv_write2(line->data + line->size, size, data, text.size, CSV_QUOTE);
        line->size += size;
        line->data[line->size] = '\0';
    }
}

/* The ' alone never makes quotes necessary, nor does it spare them. */
void csv_append_text(struct buffer *line, struct str text, bool safe)
{
    bool guard = safe && csv_wants_guard(text);
    size_t at = line->size;

    if (csv_wants_quotes(text)) {
        csv_append_quoted(line, text);
        at++;
    } else {
        buffer_append_str(line, text);
    }
    if (guard) {
        buffer_append_char(line, '\'');
        if (buffer_ok(line)) {
            memmove(line->data + at + 1, line->data + at, line->size - at - 1);
            line->data[at] = '\'';
        }
    }
}

void csv_append_header(struct buffer *line, const struct relation *relation)
{
    for (size_t i = 0; i < relation->column_count; i++) {
        if (i > 0) {
            buffer_append_char(line, ',');
        }
        buffer_append_text(line, relation->columns[i].name);
    }
    buffer_append_char(line, '\n');
}

/* The fewest digits that read back as the same number. */
static void csv_append_double(struct buffer *out, double real)
{
    char text[CSV_DOUBLE_SIZE];
    int digits = fabs(real) >= DBL_MIN ? DBL_DIG : 1; /* below, even 15 digits can be too many */
    bool exact = false;

    for (; !exact && digits <= DBL_DECIMAL_DIG; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, real);
        exact = strtod(text, NULL) == real;
    }
    buffer_append_text(out, text);
}

static void csv_append_timestamp(struct buffer *out, int64_t ms)
{
    char text[TIMESTAMP_TEXT_SIZE];

    buffer_append(out, text, timestamp_format(ms, text));
}

static void csv_append_uuid(struct buffer *out, const uint8_t uuid[ROW_UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < ROW_UUID_SIZE; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            buffer_append_char(out, '-');
        }
        buffer_append_char(out, digits[uuid[i] >> 4]);
        buffer_append_char(out, digits[uuid[i] & 15]);
    }
}

static bool csv_item_wants_quotes(struct str item)
{
    bool wants = item.size == 0 || str_is_caseless(item, "NULL");

    for (size_t i = 0; !wants && i < item.size; i++) {
        wants = memchr("\"\\{}, \t\n\r\v\f", item.data[i], 11) != NULL;
    }
    return wants;
}

/* As PostgreSQL prints an array (array_out): quotes where they are needed, backslashes in them. */
static void csv_append_list(struct buffer *out, const struct str *items, size_t count)
{
    buffer_append_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        bool quotes = csv_item_wants_quotes(items[i]);

        buffer_append_text(out, i > 0 ? "," : "");
        buffer_append_text(out, quotes ? "\"" : "");
        for (size_t j = 0; j < items[i].size; j++) {
            if (items[i].data[j] == '"' || items[i].data[j] == '\\') {
                buffer_append_char(out, '\\');
            }
            buffer_append_char(out, items[i].data[j]);
        }
        buffer_append_text(out, quotes ? "\"" : "");
    }
    buffer_append_char(out, '}');
}

/* A cell's text before quoting; what is text already is not copied. */
static struct str csv_cell_text(
    const struct cell *cell, enum column_type type, struct buffer *scratch)
{
    struct str text = {0};

    buffer_clear(scratch);
    switch (type) {
    case COLUMN_TEXT:
        text = cell->text;
        break;
    case COLUMN_JSONB:
        text = cell->json;
        break;
    case COLUMN_BOOLEAN:
        text = str_of(cell->boolean ? "t" : "f");
        break;
    case COLUMN_BIGINT:
        buffer_append_int(scratch, cell->number);
        break;
    case COLUMN_DOUBLE:
        csv_append_double(scratch, cell->real);
        break;
    case COLUMN_TIMESTAMPTZ:
        csv_append_timestamp(scratch, cell->ms);
        break;
    case COLUMN_UUID:
        csv_append_uuid(scratch, cell->uuid);
        break;
    case COLUMN_TEXT_ARRAY:
        csv_append_list(scratch, cell->list.items, cell->list.count);
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
    return text.data != NULL ? text : buffer_view(scratch);
}

/* Too large a row costs the row, and no memory ends the run. `wanted` is the
 * most that the line can have come to, every byte of the cell doubled. */
static bool csv_encode_failed(const struct relation *relation, size_t wanted, struct error *err)
{
    return wanted > CSV_LINE_CEILING
               ? error_set(err, ERROR_RECORD, "%s: a row is larger than %d bytes", relation->name,
                     CSV_LINE_CEILING)
               : error_memory(err);
}

/* Appends one cell to the line and, where it is of the key, to the key. */
static bool csv_encode_cell(
    struct csv_encoder *encoder, const struct row *row, size_t i, struct error *err)
{
    const struct column *column = &row->relation->columns[i];
    struct buffer *line = &encoder->line;
    struct str text = {0};
    size_t before = line->size;
    bool ok = true;

    if (row->cells[i].is_set) {
        text = csv_cell_text(&row->cells[i], column->type, &encoder->scratch);
        csv_append_text(line, text, encoder->safe && column->type == COLUMN_TEXT);
    }
    if (i > 0 && i < row->relation->key_count && !csv_key_append(&encoder->key, text)) {
        ok = error_set(
            err, ERROR_RECORD, "%s: column %s holds a NUL", row->relation->name, column->name);
    }
    buffer_append_char(line, i + 1 < row->relation->column_count ? ',' : '\n');
    if (ok && !(buffer_ok(line) && buffer_ok(&encoder->key) && buffer_ok(&encoder->scratch))) {
        ok = csv_encode_failed(row->relation, before + 2 * text.size + CSV_CELL_FRAME, err);
    }
    return ok;
}

bool csv_encode_row(struct csv_encoder *encoder, const struct row *row, struct error *err)
{
    bool ok = true;

    buffer_clear(&encoder->line);
    for (size_t i = 0; ok && i < row->relation->column_count; i++) {
        ok = csv_encode_cell(encoder, row, i, err);
    }
    return ok;
}

/* Appends one cell of a set's row to the form. A NUL is refused in any set, as its rows are ordered
 * by all columns. */
static bool csv_encode_item_cell(
    struct csv_encoder *encoder, const struct row *row, size_t i, struct error *err)
{
    const struct column *column = &row->relation->columns[i];
    struct str text = {0};
    bool ok = true;

    if (row->cells[i].is_set) {
        text = csv_cell_text(&row->cells[i], column->type, &encoder->scratch);
    }
    if (row->relation->owner > 1) {
        ok = csv_key_append(&encoder->form, text);
    } else {
        buffer_append_char(&encoder->form, ',');
        if (text.data != NULL) {
            csv_append_text(&encoder->form, text, encoder->safe && column->type == COLUMN_TEXT);
            ok = memchr(text.data, '\0', text.size) == NULL;
        }
    }
    return ok || error_set(err, ERROR_RECORD, "%s: column %s holds a NUL", row->relation->name,
                     column->name);
}

bool csv_encode_item(struct csv_encoder *encoder, const struct row *row, struct error *err)
{
    const struct relation *relation = row->relation;
    struct buffer *form = &encoder->form;
    bool ok = true;

    buffer_clear(form);
    buffer_clear(&encoder->scratch);
    for (size_t i = 1; ok && buffer_ok(&encoder->scratch) && i < relation->column_count; i++) {
        ok = i == relation->owner || csv_encode_item_cell(encoder, row, i, err);
    }
    buffer_append_text(form, relation->owner > 1 ? "" : "\n");
    if (ok && (form->no_memory || encoder->scratch.no_memory)) {
        ok = error_memory(err);
    } else if (ok && (!buffer_ok(form) || !buffer_ok(&encoder->scratch))) {
        ok = csv_encode_failed(relation, CSV_LINE_CEILING + 1, err);
    }
    return ok;
}

/* As csv_compare_ends, whatever the texts are. */
static int csv_compare_fields(
    struct csv_encoder *encoder, const struct relation *relation, struct str a, struct str b)
{
    struct str left = {a.data + 1, a.size - 2}; /* neither , nor \n */
    struct str right = {b.data + 1, b.size - 2};
    int order = 0;

    for (size_t i = relation->owner + 1; order == 0 && i < relation->column_count; i++) {
        bool guarded = encoder->safe && relation->columns[i].type == COLUMN_TEXT;
        struct str x = {0};
        struct str y = {0};

        (void)csv_next_field(&left, &x);
        (void)csv_next_field(&right, &y);
        x = csv_field_text(x, guarded, &encoder->scratch);
        y = csv_field_text(y, guarded, &encoder->other);
        order = x.data == NULL || y.data == NULL ? (x.data != NULL) - (y.data != NULL)
                                                 : str_compare(x, y);
    }
    return order;
}

/* A byte that ends a text is below all that are in one. */
static int csv_rank(char c)
{
    return c == ',' || c == '\n' ? 0 : (unsigned char)c;
}

/* Where the first difference comes ahead of all quotes and guards, it tells. */
int csv_compare_ends(
    struct csv_encoder *encoder, const struct relation *relation, struct str a, struct str b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    bool plain = true;
    size_t i = 0;
    int order = 0;

    while (plain && i < size && a.data[i] == b.data[i]) {
        plain = a.data[i] != '"' && a.data[i] != '\'';
        i++;
    }
    if (plain && i < size) {
        plain = memchr("\"'", a.data[i], 2) == NULL && memchr("\"'", b.data[i], 2) == NULL;
        order = csv_rank(a.data[i]) - csv_rank(b.data[i]);
    }
    return plain ? order : csv_compare_fields(encoder, relation, a, b);
}

void csv_append_begin(struct buffer *line, const struct relation *relation, size_t last,
    const char *tenant, struct str key, bool safe)
{
    csv_append_text(line, str_of(tenant), safe);
    for (size_t i = 1; i <= last; i++) {
        struct str text = csv_key_next(&key);

        buffer_append_char(line, ',');
        if (text.data != NULL) {
            csv_append_text(line, text, safe && relation->columns[i].type == COLUMN_TEXT);
        }
    }
}

void csv_append_key_line(struct buffer *line, const struct relation *relation, const char *tenant,
    struct str key, bool safe)
{
    csv_append_begin(line, relation, relation->column_count - 1, tenant, key, safe);
    buffer_append_char(line, '\n');
}

struct str csv_key_part(struct str key, size_t at)
{
    const char *end = NULL;

    for (; at > 0; at--) {
        (void)csv_key_next(&key);
    }
    end = memchr(key.data, '\0', key.size);
    return (struct str){key.data, end != NULL ? (size_t)(end - key.data) : key.size};
}

bool csv_key_append(struct buffer *key, struct str text)
{
    if (text.data != NULL) {
        buffer_append_char(key, '\1');
        buffer_append_str(key, text);
    }
    buffer_append_char(key, '\0');
    return text.size == 0 || memchr(text.data, '\0', text.size) == NULL;
}

struct str csv_key_next(struct str *key)
{
    const char *end = memchr(key->data, '\0', key->size);
    size_t size = end != NULL ? (size_t)(end - key->data) : key->size;
    struct str text = {0};

    if (size > 0) {
        text = (struct str){key->data + 1, size - 1};
    }
    if (end != NULL) {
        size++;
    }
    key->data += size;
    key->size -= size;
    return text;
}

/* Where the field that begins with a quote ends: behind its closing quote, or 0 without one. */
static size_t csv_quoted_size(struct str rest)
{
    size_t size = 1;
    bool closed = false;

    while (!closed && size < rest.size) {
        const char *quote = memchr(rest.data + size, '"', rest.size - size);

        if (quote == NULL) {
            size = rest.size;
        } else {
            size = (size_t)(quote - rest.data) + 1;
            closed = size == rest.size || rest.data[size] != '"';
            size += closed ? 0 : 1;
        }
    }
    return closed ? size : 0;
}

bool csv_next_field(struct str *rest, struct str *field)
{
    bool quoted = rest->size > 0 && rest->data[0] == '"';
    const char *comma = NULL;
    bool ok = true;

    *field = *rest;
    if (quoted) {
        field->size = csv_quoted_size(*rest);
        ok = field->size > 0 && (field->size == rest->size || rest->data[field->size] == ',');
    } else if (rest->size > 0 && (comma = memchr(rest->data, ',', rest->size)) != NULL) {
        field->size = (size_t)(comma - rest->data);
        ok = memchr(field->data, '"', field->size) == NULL;
    } else {
        ok = rest->size == 0 || memchr(field->data, '"', field->size) == NULL;
    }
    if (ok && field->size < rest->size) {
        rest->data += field->size + 1;
        rest->size -= field->size + 1;
    } else {
        *rest = (struct str){0};
    }
    return ok;
}

static struct str csv_unquote(struct str field, struct buffer *scratch)
{
    struct str text = {field.data + 1, field.size - 2};

    if (memchr(text.data, '"', text.size) != NULL) {
        buffer_clear(scratch);
        for (size_t i = 0; i < text.size; i++) {
            buffer_append_char(scratch, text.data[i]);
            i += text.data[i] == '"' ? 1 : 0;
        }
        text = buffer_view(scratch);
    }
    return text;
}

struct str csv_field_text(struct str field, bool safe, struct buffer *scratch)
{
    struct str text = {0};

    if (field.size > 0) {
        text = field.data[0] == '"' ? csv_unquote(field, scratch) : field;
        if (safe && text.size > 0 && text.data[0] == '\'' && csv_wants_guard(text)) {
            text.data++;
            text.size--;
        }
    }
    return text;
}

bool csv_key_append_field(struct buffer *key, struct str *rest, const struct column *column,
    bool safe, struct buffer *scratch)
{
    struct str field = {0};

    return rest->data != NULL && csv_next_field(rest, &field) &&
           csv_key_append(key, csv_field_text(field, safe && column->type == COLUMN_TEXT, scratch));
}
