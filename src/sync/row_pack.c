#include "sync/row_pack.h"

#include <string.h>

enum { ROW_PACK_BITS = 8 };

static void row_pack_length(struct buffer *out, size_t length)
{
    uint32_t number = (uint32_t)length;

    buffer_append(out, &number, sizeof number);
}

static void row_pack_str(struct buffer *out, struct str text)
{
    row_pack_length(out, text.size);
    buffer_append_str(out, text);
}

static void row_pack_list(struct buffer *out, const struct cell *cell)
{
    row_pack_length(out, cell->list.count);
    for (size_t i = 0; i < cell->list.count; i++) {
        row_pack_str(out, cell->list.items[i]);
    }
}

static void row_pack_cell(struct buffer *out, enum column_type type, const struct cell *cell)
{
    switch (type) {
    case COLUMN_TEXT:
        row_pack_str(out, cell->text);
        break;
    case COLUMN_JSONB:
        row_pack_str(out, cell->json);
        break;
    case COLUMN_BOOLEAN:
        buffer_append_char(out, cell->boolean ? 1 : 0);
        break;
    case COLUMN_BIGINT:
        buffer_append(out, &cell->number, sizeof cell->number);
        break;
    case COLUMN_DOUBLE:
        buffer_append(out, &cell->real, sizeof cell->real);
        break;
    case COLUMN_TIMESTAMPTZ:
        buffer_append(out, &cell->ms, sizeof cell->ms);
        break;
    case COLUMN_UUID:
        buffer_append(out, cell->uuid, sizeof cell->uuid);
        break;
    case COLUMN_TEXT_ARRAY:
        row_pack_list(out, cell);
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
}

void row_pack(struct buffer *out, const struct row *row)
{
    size_t count = row->relation->column_count;

    for (size_t i = 0; i < count; i += ROW_PACK_BITS) {
        unsigned bits = 0;

        for (size_t bit = 0; bit < ROW_PACK_BITS && i + bit < count; bit++) {
            bits |= row->cells[i + bit].is_set ? 1U << bit : 0;
        }
        buffer_append_char(out, (char)bits);
    }
    for (size_t i = 0; i < count; i++) {
        if (row->cells[i].is_set) {
            row_pack_cell(out, row->relation->columns[i].type, &row->cells[i]);
        }
    }
}

/* What is left of the bytes. */
struct row_unpacking {
    struct str rest;
    struct arena *arena;
    bool is_short; /* more was wanted than is there */
    bool is_full;  /* the arena is */
};

/* The next bytes; NULL where there are not as many. */
static const char *row_unpack_bytes(struct row_unpacking *from, size_t size)
{
    const char *bytes = NULL;

    if (!from->is_short && size <= from->rest.size) {
        bytes = from->rest.data;
        from->rest.data += size;
        from->rest.size -= size;
    } else {
        from->is_short = true;
    }
    return bytes;
}

static void row_unpack_number(struct row_unpacking *from, void *number, size_t size)
{
    const char *bytes = row_unpack_bytes(from, size);

    if (bytes != NULL) {
        memcpy(number, bytes, size);
    }
}

static struct str row_unpack_str(struct row_unpacking *from)
{
    uint32_t size = 0;
    struct str text;

    row_unpack_number(from, &size, sizeof size);
    text.data = row_unpack_bytes(from, size);
    text.size = text.data != NULL ? size : 0;
    return text;
}

/* No list has more items than there are lengths in the rest. */
static void row_unpack_list(struct row_unpacking *from, struct cell *cell)
{
    uint32_t count = 0;
    struct str *items = NULL;

    row_unpack_number(from, &count, sizeof count);
    from->is_short = from->is_short || count > from->rest.size / sizeof count;
    if (!from->is_short) {
        items = arena_alloc(from->arena, count * sizeof *items);
        from->is_full = from->is_full || items == NULL;
    }
    for (size_t i = 0; items != NULL && i < count; i++) {
        items[i] = row_unpack_str(from);
    }
    cell->list.items = items;
    cell->list.count = items != NULL ? count : 0;
}

static void row_unpack_cell(struct row_unpacking *from, enum column_type type, struct cell *cell)
{
    uint8_t boolean = 0;

    switch (type) {
    case COLUMN_TEXT:
        cell->text = row_unpack_str(from);
        break;
    case COLUMN_JSONB:
        cell->json = row_unpack_str(from);
        break;
    case COLUMN_BOOLEAN:
        row_unpack_number(from, &boolean, sizeof boolean);
        cell->boolean = boolean != 0;
        break;
    case COLUMN_BIGINT:
        row_unpack_number(from, &cell->number, sizeof cell->number);
        break;
    case COLUMN_DOUBLE:
        row_unpack_number(from, &cell->real, sizeof cell->real);
        break;
    case COLUMN_TIMESTAMPTZ:
        row_unpack_number(from, &cell->ms, sizeof cell->ms);
        break;
    case COLUMN_UUID:
        row_unpack_number(from, cell->uuid, sizeof cell->uuid);
        break;
    case COLUMN_TEXT_ARRAY:
        row_unpack_list(from, cell);
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
}

static void row_unpack_cells(
    struct row_unpacking *from, const struct relation *relation, struct cell *cells)
{
    size_t count = relation->column_count;
    const char *bits = row_unpack_bytes(from, (count + ROW_PACK_BITS - 1) / ROW_PACK_BITS);

    for (size_t i = 0; bits != NULL && i < count; i++) {
        unsigned eight = (unsigned char)bits[i / ROW_PACK_BITS];

        cells[i] = (struct cell){.is_set = (eight >> i % ROW_PACK_BITS & 1U) != 0};
        if (cells[i].is_set) {
            row_unpack_cell(from, relation->columns[i].type, &cells[i]);
        }
    }
}

bool row_unpack(const struct relation *relation, struct str bytes, struct arena *arena,
    const struct row **row, struct error *err)
{
    struct row_unpacking from = {.rest = bytes, .arena = arena};
    struct cell *cells = arena_alloc(arena, relation->column_count * sizeof *cells);
    struct row *made = arena_alloc(arena, sizeof *made);
    bool ok = cells != NULL && made != NULL;

    if (ok) {
        row_unpack_cells(&from, relation, cells);
        ok = !from.is_full;
    }
    if (!ok) {
        (void)error_memory(err);
    } else if (from.is_short || from.rest.size > 0) {
        ok = error_set(err, ERROR_MEMORY, "what was kept is no row of %s", relation->name);
    } else {
        *made = (struct row){relation, cells};
        *row = made;
    }
    return ok;
}
