#include "load/postgres/pg_set.h"

#include <string.h>

#include "base/buffer.h"

enum { PG_SET_TEXT_CEILING = 64 * 1024, PG_ITEM_KEY = 2 /* tenant, digest */ };

static const char *pg_set_text(struct arena *arena, const struct buffer *text)
{
    return buffer_ok(text) ? arena_copy(arena, buffer_view(text)) : NULL;
}

/* "device_app_item" */
static const char *pg_set_name(
    struct arena *arena, const struct relation *relation, const char *ending)
{
    struct buffer name;
    const char *text;

    buffer_init(&name, PG_SET_TEXT_CEILING);
    buffer_printf(&name, "%s_%s", relation->name, ending);
    text = pg_set_text(arena, &name);
    buffer_release(&name);
    return text;
}

/* Columns that every item has: all but the tenant's and the owner's. */
static bool pg_set_is_shared(const struct relation *relation, size_t place)
{
    return place != 0 && place != relation->owner;
}

static bool pg_set_init_item(struct pg_set *set, struct arena *arena)
{
    const struct relation *relation = set->relation;
    struct column *columns = arena_alloc(arena, (relation->column_count + 1) * sizeof *columns);
    size_t count = PG_ITEM_KEY;

    if (columns != NULL) {
        columns[0] = relation->columns[0];
        columns[1] = (struct column){"digest", "What tells the row from others.", COLUMN_UUID};
        for (size_t i = 0; i < relation->column_count; i++) {
            if (pg_set_is_shared(relation, i)) {
                columns[count++] = relation->columns[i];
            }
        }
    }
    set->item = (struct relation){.name = pg_set_name(arena, relation, "item"),
        .about = "Rows, each once for a tenant; holders says how many lists have it.",
        .columns = columns,
        .column_count = count,
        .key_count = PG_ITEM_KEY};
    return columns != NULL && set->item.name != NULL;
}

static bool pg_set_init_list(struct pg_set *set, struct arena *arena)
{
    const struct relation *relation = set->relation;
    struct column *columns = arena_alloc(arena, 2 * sizeof *columns);
    size_t count = relation->owner > 0 ? 2 : 1;

    if (columns != NULL) {
        columns[0] = relation->columns[0];
        columns[1] = relation->columns[relation->owner];
    }
    set->list = (struct relation){.name = pg_set_name(arena, relation, "list"),
        .about = "Which rows belong together: their numbers, in the order of their digests.",
        .columns = columns,
        .column_count = count,
        .key_count = count};
    set->owner = relation->columns[relation->owner].name;
    return columns != NULL && set->list.name != NULL;
}

static bool pg_set_init_view(struct pg_set *set, struct arena *arena)
{
    const struct relation *relation = set->relation;
    struct buffer list;

    buffer_init(&list, PG_SET_TEXT_CEILING);
    for (size_t i = 0; i < relation->column_count; i++) {
        buffer_printf(&list, "%s%c.\"%s\"", i > 0 ? ", " : "",
            pg_set_is_shared(relation, i) ? 'i' : 'l', relation->columns[i].name);
    }
    set->view_columns = pg_set_text(arena, &list);
    buffer_release(&list);
    return set->view_columns != NULL;
}

bool pg_set_init(struct pg_set *set, struct arena *arena, const struct relation *relation)
{
    *set = (struct pg_set){.relation = relation};
    return pg_set_init_item(set, arena) && pg_set_init_list(set, arena) &&
           pg_set_init_view(set, arena);
}

void pg_set_item(const struct pg_set *set, const struct row *row, struct str tenant,
    const uint8_t digest[ROW_DIGEST_SIZE], struct cell *cells)
{
    size_t count = PG_ITEM_KEY;

    cells[0] = (struct cell){.is_set = true, .text = tenant};
    cells[1] = (struct cell){.is_set = true};
    memcpy(cells[1].uuid, digest, ROW_UUID_SIZE);
    for (size_t i = 0; i < set->relation->column_count; i++) {
        if (pg_set_is_shared(set->relation, i)) {
            cells[count++] = row->cells[i];
        }
    }
}

bool pg_set_fragments(const struct pg_set *set, struct arena *arena, struct pg_fragments *fragments,
    struct error *err)
{
    const struct relation *list = &set->list;

    return pg_fragments_add(fragments, "item", set->item.name, err) &&
           pg_fragments_add(fragments, "stage_item", pg_stage_name(arena, &set->item), err) &&
           pg_fragments_add(fragments, "list", list->name, err) &&
           pg_fragments_add(fragments, "stage_list", pg_stage_name(arena, list), err) &&
           pg_fragments_add(fragments, "owner", set->owner, err) &&
           pg_fragments_add(fragments, "view_columns", set->view_columns, err) &&
           pg_fragments_add(fragments, "list_columns",
               pg_list(arena, list, 0, list->column_count, "@", ", "), err);
}
