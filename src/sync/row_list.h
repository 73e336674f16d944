/* The rows of one owner while they are gathered: they are staged once all of them are there, and
 * only if they differ from what is known. The sister of sync/item_list.h, for rows with a key. */
#ifndef UEMSYNC_SYNC_ROW_LIST_H
#define UEMSYNC_SYNC_ROW_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "mapping/row.h"

struct row_list {
    struct arena arena; /* holds the cells, CEILING_LIST_BYTES at most */
    struct row *rows;   /* owned */
    size_t count;
    size_t capacity;
    bool is_too_long; /* beyond CEILING_LIST or CEILING_LIST_BYTES: what it holds is not all */
};

void row_list_init(struct row_list *list);
void row_list_release(struct row_list *list);

/* Empties it. */
void row_list_clear(struct row_list *list);

/* Copies the row. One that is too much sets is_too_long, which is no error. */
bool row_list_add(struct row_list *list, const struct row *row, struct error *err);

#endif
