#include "sync/row_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"

enum { ROW_LIST_FIRST_CAPACITY = 32 };

void row_list_init(struct row_list *list)
{
    *list = (struct row_list){.rows = NULL};
    arena_init(&list->arena, CEILING_LIST_BYTES);
}

void row_list_release(struct row_list *list)
{
    arena_release(&list->arena);
    free(list->rows);
    list->rows = NULL;
}

void row_list_clear(struct row_list *list)
{
    arena_reset(&list->arena);
    list->count = 0;
    list->is_too_long = false;
}

/* False where the arena is full, or there is no memory. */
static bool row_list_copy_text(struct arena *arena, struct str *text)
{
    const char *copy = arena_copy(arena, *text);

    text->data = copy;
    return copy != NULL;
}

static bool row_list_copy_items(struct arena *arena, struct cell *cell)
{
    struct str *items = arena_alloc(arena, (cell->list.count + 1) * sizeof *items);
    bool ok = items != NULL;

    for (size_t i = 0; ok && i < cell->list.count; i++) {
        items[i] = cell->list.items[i];
        ok = row_list_copy_text(arena, &items[i]);
    }
    cell->list.items = items;
    return ok;
}

/* The cell, copied as it stands, gets bytes of its own. */
static bool row_list_copy_cell(struct arena *arena, enum column_type type, struct cell *cell)
{
    bool ok = true;

    if (cell->is_set && type == COLUMN_TEXT) {
        ok = row_list_copy_text(arena, &cell->text);
    } else if (cell->is_set && type == COLUMN_JSONB) {
        ok = row_list_copy_text(arena, &cell->json);
    } else if (cell->is_set && type == COLUMN_TEXT_ARRAY) {
        ok = row_list_copy_items(arena, cell);
    }
    return ok;
}

static bool row_list_copy_cells(
    struct arena *arena, const struct row *row, const struct cell **copied)
{
    const struct relation *relation = row->relation;
    struct cell *cells = arena_alloc(arena, relation->column_count * sizeof *cells);
    bool ok = cells != NULL;

    for (size_t i = 0; ok && i < relation->column_count; i++) {
        cells[i] = row->cells[i];
        ok = row_list_copy_cell(arena, relation->columns[i].type, &cells[i]);
    }
    *copied = cells;
    return ok;
}

static bool row_list_reserve(struct row_list *list, struct error *err)
{
    bool ok = true;

    if (list->count == list->capacity) {
        size_t capacity = list->capacity > 0 ? 2 * list->capacity : ROW_LIST_FIRST_CAPACITY;
        struct row *rows = reallocarray(list->rows, capacity, sizeof *rows);

        ok = rows != NULL || error_memory(err);
        if (ok) {
            list->rows = rows;
            list->capacity = capacity;
        }
    }
    return ok;
}

bool row_list_add(struct row_list *list, const struct row *row, struct error *err)
{
    const struct cell *cells = NULL;
    bool ok = true;

    if (!list->is_too_long && list->count < CEILING_LIST) {
        ok = row_list_reserve(list, err);
        if (ok && row_list_copy_cells(&list->arena, row, &cells)) {
            list->rows[list->count++] = (struct row){row->relation, cells};
        } else if (ok && list->arena.no_memory) {
            ok = error_memory(err);
        } else {
            list->is_too_long = true;
        }
    } else {
        list->is_too_long = true;
    }
    return ok;
}
