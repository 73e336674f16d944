#include "sync/item_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { ITEM_LIST_FIRST = 256 };

void item_list_init(struct item_list *list)
{
    *list = (struct item_list){.items = NULL};
    buffer_init(&list->forms, CEILING_LIST_BYTES);
}

void item_list_release(struct item_list *list)
{
    buffer_release(&list->forms);
    free(list->items);
    list->items = NULL;
}

void item_list_clear(struct item_list *list)
{
    list->count = 0;
    list->is_too_long = false;
    buffer_clear(&list->forms);
}

static bool item_list_reserve(struct item_list *list, struct error *err)
{
    bool ok = true;

    if (list->count == CEILING_LIST) {
        list->is_too_long = true;
    } else if (list->count == list->capacity) {
        size_t capacity = list->capacity > 0 ? 2 * list->capacity : ITEM_LIST_FIRST;
        struct load_item *items = realloc(list->items, capacity * sizeof *items);

        ok = items != NULL || error_memory(err);
        if (ok) {
            list->items = items;
            list->capacity = capacity;
        }
    }
    return ok;
}

bool item_list_add(struct item_list *list, const struct load_item *item, struct error *err)
{
    bool ok = item_list_reserve(list, err);

    if (ok && !list->is_too_long) {
        buffer_append_str(&list->forms, item->form);
        ok = !list->forms.no_memory || error_memory(err);
        list->is_too_long = ok && !buffer_ok(&list->forms);
    }
    /* An item without its form would stand for bytes that are not there. */
    if (ok && !list->is_too_long) {
        list->items[list->count++] = *item;
    }
    return ok;
}

static int item_list_compare(const void *a, const void *b)
{
    const struct load_item *left = a;
    const struct load_item *right = b;

    return memcmp(left->digest, right->digest, sizeof left->digest);
}

void item_list_order(struct item_list *list)
{
    const char *form = buffer_text(&list->forms);
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        list->items[i].form.data = form;
        form += list->items[i].form.size;
    }
    if (list->count > 1) {
        qsort(list->items, list->count, sizeof *list->items, item_list_compare);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || item_list_compare(&list->items[kept - 1], &list->items[i]) != 0) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

bool item_list_digest(const struct item_list *list, struct hash *hash,
    uint8_t digest[LEDGER_DIGEST_SIZE], struct error *err)
{
    static const char mark[] = "list"; /* that of an empty list is not that of nothing */
    uint8_t whole[HASH_SIZE];
    bool ok = hash_add(hash, mark, sizeof mark, err);

    for (size_t i = 0; ok && i < list->count; i++) {
        ok = hash_add(hash, list->items[i].digest, ROW_DIGEST_SIZE, err);
    }
    ok = ok && hash_end(hash, whole, err);
    if (ok) {
        memcpy(digest, whole, LEDGER_DIGEST_SIZE);
    }
    return ok;
}
