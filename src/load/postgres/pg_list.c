#include "load/postgres/pg_list.h"

#include <stdlib.h>
#include <string.h>

/* The digest as two numbers that have the order of its bytes, on any machine: what is sorted here
 * may be compared with what another one sorted. */
struct pg_member {
    uint64_t high;
    uint64_t low;
    int32_t number;
};

static int pg_compare_members(const void *left, const void *right)
{
    const struct pg_member *a = left;
    const struct pg_member *b = right;
    bool by_low = a->high == b->high;
    uint64_t x = by_low ? a->low : a->high;
    uint64_t y = by_low ? b->low : b->high;

    return (x > y) - (x < y);
}

static uint64_t pg_read_half(const uint8_t *bytes)
{
    uint64_t half = 0;

    for (size_t i = 0; i < sizeof half; i++) {
        half = half << 8 | bytes[i];
    }
    return half;
}

static bool pg_read_member(
    const struct load_item *item, int32_t last, struct pg_member *member, struct error *err)
{
    bool ok = item->form.size == sizeof member->number;

    if (ok) {
        member->high = pg_read_half(item->digest);
        member->low = pg_read_half(item->digest + sizeof member->high);
        memcpy(&member->number, item->form.data, sizeof member->number);
        ok = member->number > 0 && member->number <= last;
    }
    return ok || error_set(err, ERROR_MEMORY, "an item of a list was not made by this load");
}

bool pg_list_order(const struct load_item *items, size_t count, int32_t last, int32_t *numbers,
    size_t *kept, struct error *err)
{
    struct pg_member *members = calloc(count + 1, sizeof *members);
    bool ok = members != NULL || error_memory(err);

    *kept = 0;
    for (size_t i = 0; ok && i < count; i++) {
        ok = pg_read_member(&items[i], last, &members[i], err);
    }
    if (ok) {
        qsort(members, count, sizeof *members, pg_compare_members);
    }
    for (size_t i = 0; ok && i < count; i++) {
        if (i == 0 || pg_compare_members(&members[i - 1], &members[i]) != 0) {
            numbers[(*kept)++] = members[i].number;
        }
    }
    free(members);
    return ok;
}
