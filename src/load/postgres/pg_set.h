/* How a RELATION_SET is kept: NAME_item has each row that any owner of a tenant has once, NAME_list
 * which of them each owner has, and NAME is a view over both. A million apps on ten thousand
 * devices are a few thousand items then, and ten thousand short rows of numbers. Both tables are
 * relations as well, with stages of their own; beside the columns here their statements give them
 * `item_id` and `holders`, and `items`. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_SET_H
#define UEMSYNC_LOAD_POSTGRES_PG_SET_H

#include <stdbool.h>

#include "base/arena.h"
#include "load/postgres/pg_fragments.h"
#include "mapping/row.h"

struct pg_set {
    const struct relation *relation;
    struct relation item;     /* tenant, digest; then the columns but tenant and owner */
    struct relation list;     /* tenant; then the owner, where there is one */
    const char *owner;        /* the owner's column; the tenant's where there is none */
    const char *view_columns; /* of the view, in the relation's order */
};

/* Makes it in the arena, where it lives. False without memory. */
bool pg_set_init(struct pg_set *set, struct arena *arena, const struct relation *relation);

/* The item of a row: `cells` has room for set->item.column_count, and borrows the row's. */
void pg_set_item(const struct pg_set *set, const struct row *row, struct str tenant,
    const uint8_t digest[ROW_DIGEST_SIZE], struct cell *cells);

/* What statements about one of the two tables name of the other: item, stage_item, list,
 * stage_list, owner, view_columns, list_columns. */
bool pg_set_fragments(const struct pg_set *set, struct arena *arena, struct pg_fragments *fragments,
    struct error *err);

#endif
