/* A list of rows of a set while it is gathered: the items, and their forms in one piece. */
#ifndef UEMSYNC_SYNC_ITEM_LIST_H
#define UEMSYNC_SYNC_ITEM_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "load/load.h"
#include "sync/ledger.h"

struct item_list {
    struct load_item *items; /* form.data is set by item_list_order; owned */
    size_t count;
    size_t capacity;
    struct buffer forms;
    bool is_too_long; /* beyond CEILING_LIST or CEILING_LIST_BYTES: what it holds is not all */
};

void item_list_init(struct item_list *list);
void item_list_release(struct item_list *list);

/* Empties it, and keeps its memory. */
void item_list_clear(struct item_list *list);

/* Copies the item and its form. One that is too much sets is_too_long, which is no error. */
bool item_list_add(struct item_list *list, const struct load_item *item, struct error *err);

/* Sorts the items by digest, drops repeats, and gives them their forms: the list is ready for
 * load_list. To be called once, as the forms stay in the order in which they came. */
void item_list_order(struct item_list *list);

/* The digest of an ordered list: of its rows' digests, so that the order in which they came does
 * not matter. `hash` is fresh, and fresh again after a success. */
bool item_list_digest(const struct item_list *list, struct hash *hash,
    uint8_t digest[LEDGER_DIGEST_SIZE], struct error *err);

#endif
