#include "load/postgres/pg_binary.h"

#include <string.h>

/* 2000-01-01T00:00:00Z, from which PostgreSQL counts its microseconds. */
#define PG_EPOCH_MS INT64_C(946684800000)

enum { PG_INTEGER_OID = 23, PG_TEXT_OID = 25, PG_JSONB_VERSION = 1 };

static void pg_binary_int16(struct buffer *out, int16_t number)
{
    uint16_t bits = (uint16_t)number;
    unsigned char bytes[2] = {(unsigned char)(bits >> 8), (unsigned char)bits};

    buffer_append(out, bytes, sizeof bytes);
}

static void pg_binary_int32(struct buffer *out, int32_t number)
{
    uint32_t bits = (uint32_t)number;
    unsigned char bytes[4];

    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(bits >> (24 - 8 * i));
    }
    buffer_append(out, bytes, sizeof bytes);
}

static void pg_binary_int64(struct buffer *out, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(bits >> (56 - 8 * i));
    }
    buffer_append(out, bytes, sizeof bytes);
}

static void pg_binary_field(struct buffer *out, struct str text)
{
    pg_binary_int32(out, (int32_t)text.size);
    buffer_append_str(out, text);
}

/* One dimension, no NULL in it, from index 1; an empty array has no dimension. `size` is that of
 * its items. */
static void pg_binary_array_header(struct buffer *out, int32_t type, size_t count, size_t size)
{
    pg_binary_int32(out, (int32_t)(size + (count > 0 ? 20 : 12)));
    pg_binary_int32(out, count > 0 ? 1 : 0);
    pg_binary_int32(out, 0);
    pg_binary_int32(out, type);
    if (count > 0) {
        pg_binary_int32(out, (int32_t)count);
        pg_binary_int32(out, 1);
    }
}

static void pg_binary_array(struct buffer *out, const struct str *items, size_t count)
{
    size_t size = 0;

    for (size_t i = 0; i < count; i++) {
        size += 4 + items[i].size;
    }
    pg_binary_array_header(out, PG_TEXT_OID, count, size);
    for (size_t i = 0; i < count; i++) {
        pg_binary_field(out, items[i]);
    }
}

static void pg_binary_cell(struct buffer *out, enum column_type type, const struct cell *cell)
{
    int64_t bits;

    switch (type) {
    case COLUMN_TEXT:
        pg_binary_field(out, cell->text);
        break;
    case COLUMN_BOOLEAN:
        pg_binary_int32(out, 1);
        buffer_append_char(out, cell->boolean ? 1 : 0);
        break;
    case COLUMN_BIGINT:
        pg_binary_int32(out, 8);
        pg_binary_int64(out, cell->number);
        break;
    case COLUMN_DOUBLE:
        memcpy(&bits, &cell->real, sizeof bits);
        pg_binary_int32(out, 8);
        pg_binary_int64(out, bits);
        break;
    case COLUMN_TIMESTAMPTZ:
        pg_binary_int32(out, 8);
        pg_binary_int64(out, (cell->ms - PG_EPOCH_MS) * 1000);
        break;
    case COLUMN_UUID:
        pg_binary_field(out, (struct str){(const char *)cell->uuid, ROW_UUID_SIZE});
        break;
    case COLUMN_JSONB:
        pg_binary_int32(out, (int32_t)cell->json.size + 1);
        buffer_append_char(out, PG_JSONB_VERSION);
        buffer_append_str(out, cell->json);
        break;
    case COLUMN_TEXT_ARRAY:
        pg_binary_array(out, cell->list.items, cell->list.count);
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
}

void pg_binary_begin(struct buffer *out)
{
    static const char signature[] = "PGCOPY\n\377\r\n";

    buffer_append(out, signature, sizeof signature); /* with its NUL, which belongs to it */
    pg_binary_int32(out, 0);
    pg_binary_int32(out, 0);
}

void pg_binary_end(struct buffer *out)
{
    pg_binary_int16(out, -1);
}

void pg_binary_row(struct buffer *out, const struct row *row, int64_t order)
{
    const struct relation *relation = row->relation;

    pg_binary_int16(out, (int16_t)(relation->column_count + 1));
    for (size_t i = 0; i < relation->column_count; i++) {
        if (row->cells[i].is_set) {
            pg_binary_cell(out, relation->columns[i].type, &row->cells[i]);
        } else {
            pg_binary_int32(out, -1);
        }
    }
    pg_binary_int32(out, 8);
    pg_binary_int64(out, order);
}

void pg_binary_list_begin(
    struct buffer *out, const struct str *texts, size_t text_count, size_t count)
{
    pg_binary_int16(out, (int16_t)(text_count + 2));
    for (size_t i = 0; i < text_count; i++) {
        pg_binary_field(out, texts[i]);
    }
    pg_binary_array_header(out, PG_INTEGER_OID, count, 8 * count);
}

void pg_binary_list_number(struct buffer *out, int32_t number)
{
    uint32_t bits = (uint32_t)number;
    const unsigned char bytes[8] = {0, 0, 0, 4, (unsigned char)(bits >> 24),
        (unsigned char)(bits >> 16), (unsigned char)(bits >> 8), (unsigned char)bits};

    buffer_append(out, bytes, sizeof bytes);
}

void pg_binary_list_end(struct buffer *out, int64_t order)
{
    pg_binary_int32(out, 8);
    pg_binary_int64(out, order);
}
