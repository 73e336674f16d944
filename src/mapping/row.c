#include "mapping/row.h"

#include <string.h>

#include "base/ceilings.h"

/* NULL, where the length of a cell stands; no cell is as long (see CEILING_ROW). */
#define ROW_NULL UINT32_MAX

enum { ROW_PIECE_SIZE = 1024 };

/* The writing of one row: what is short is gathered, as each piece costs a call. */
struct row_writer {
    struct hash *hash;
    struct error *err;
    bool ok;
    size_t size;
    uint8_t piece[ROW_PIECE_SIZE];
};

static void row_flush(struct row_writer *writer)
{
    writer->ok = writer->ok && hash_add(writer->hash, writer->piece, writer->size, writer->err);
    writer->size = 0;
}

static void row_put(struct row_writer *writer, const void *bytes, size_t size)
{
    if (size > sizeof writer->piece - writer->size) {
        row_flush(writer);
    }
    if (size > sizeof writer->piece) {
        writer->ok = writer->ok && hash_add(writer->hash, bytes, size, writer->err);
    } else if (size > 0) {
        memcpy(writer->piece + writer->size, bytes, size);
        writer->size += size;
    }
}

/* In network order, so that a digest means the same on every machine. */
static void row_put_number(struct row_writer *writer, uint64_t number, size_t size)
{
    uint8_t bytes[sizeof number];

    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(number >> (8 * (size - 1 - i)));
    }
    row_put(writer, bytes, size);
}

static void row_put_length(struct row_writer *writer, size_t length)
{
    row_put_number(writer, length, sizeof(uint32_t));
}

static void row_put_str(struct row_writer *writer, struct str text)
{
    row_put_length(writer, text.size);
    row_put(writer, text.data, text.size);
}

/* Items with their lengths within the length of the list, so that no two lists are alike. */
static void row_put_list(struct row_writer *writer, const struct cell *cell)
{
    size_t length = 0;

    for (size_t i = 0; i < cell->list.count; i++) {
        length += sizeof(uint32_t) + cell->list.items[i].size;
    }
    row_put_length(writer, length);
    for (size_t i = 0; i < cell->list.count; i++) {
        row_put_str(writer, cell->list.items[i]);
    }
}

static void row_put_int(struct row_writer *writer, int64_t number)
{
    row_put_length(writer, sizeof number);
    row_put_number(writer, (uint64_t)number, sizeof number);
}

/* -0 is written as 0: databases hold them to be equal. */
static void row_put_double(struct row_writer *writer, double real)
{
    double plain = real == 0 ? 0 : real;
    uint64_t bits;

    memcpy(&bits, &plain, sizeof bits);
    row_put_length(writer, sizeof bits);
    row_put_number(writer, bits, sizeof bits);
}

static void row_put_value(struct row_writer *writer, enum column_type type, const struct cell *cell)
{
    switch (type) {
    case COLUMN_TEXT:
        row_put_str(writer, cell->text);
        break;
    case COLUMN_JSONB:
        row_put_str(writer, cell->json);
        break;
    case COLUMN_BOOLEAN:
        row_put_length(writer, 1);
        row_put_number(writer, cell->boolean ? 1 : 0, 1);
        break;
    case COLUMN_BIGINT:
        row_put_int(writer, cell->number);
        break;
    case COLUMN_TIMESTAMPTZ:
        row_put_int(writer, cell->ms);
        break;
    case COLUMN_DOUBLE:
        row_put_double(writer, cell->real);
        break;
    case COLUMN_UUID:
        row_put_str(writer, (struct str){(const char *)cell->uuid, sizeof cell->uuid});
        break;
    case COLUMN_TEXT_ARRAY:
        row_put_list(writer, cell);
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
}

static void row_put_cell(struct row_writer *writer, enum column_type type, const struct cell *cell)
{
    if (cell->is_set) {
        row_put_value(writer, type, cell);
    } else {
        row_put_length(writer, ROW_NULL);
    }
}

bool row_digest(
    struct hash *hash, const struct row *row, uint8_t digest[ROW_DIGEST_SIZE], struct error *err)
{
    const struct relation *relation = row->relation;
    struct row_writer writer;
    uint8_t whole[HASH_SIZE];

    /* Not the piece: to clear it would cost as much as to fill it. */
    writer.hash = hash;
    writer.err = err;
    writer.ok = true;
    writer.size = 0;
    for (size_t i = 1; i < relation->column_count; i++) {
        if (i != relation->owner) {
            /* With its name: a column that a mapping calls otherwise is another one. */
            row_put(&writer, relation->columns[i].name, strlen(relation->columns[i].name) + 1);
            row_put_cell(&writer, relation->columns[i].type, &row->cells[i]);
        }
    }
    row_flush(&writer);
    writer.ok = writer.ok && hash_end(hash, whole, err);
    if (writer.ok) {
        memcpy(digest, whole, ROW_DIGEST_SIZE);
    }
    return writer.ok;
}

static size_t row_cell_size(enum column_type type, const struct cell *cell)
{
    size_t size = 0;

    if (cell->is_set && type == COLUMN_TEXT) {
        size = cell->text.size;
    } else if (cell->is_set && type == COLUMN_JSONB) {
        size = cell->json.size;
    }
    for (size_t i = 0; cell->is_set && type == COLUMN_TEXT_ARRAY && i < cell->list.count; i++) {
        size += cell->list.items[i].size;
    }
    return size;
}

bool row_check_size(const struct row *row, struct error *err)
{
    size_t size = 0;

    for (size_t i = 0; i < row->relation->column_count; i++) {
        size += row_cell_size(row->relation->columns[i].type, &row->cells[i]);
    }
    return size <= CEILING_CELLS ||
           error_set(err, ERROR_RECORD, "its row would be larger than %d bytes", CEILING_CELLS);
}
