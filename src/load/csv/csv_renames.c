#include "load/csv/csv_renames.h"

#include <stdlib.h>

#include "base/ceilings.h"
#include "load/csv/csv_text.h"

void csv_renames_init(struct csv_renames *renames)
{
    *renames = (struct csv_renames){0};
    buffer_init(&renames->names, CEILING_RENAMES);
}

void csv_renames_release(struct csv_renames *renames)
{
    free(renames->by_to);
    free(renames->pairs);
    buffer_release(&renames->names);
    *renames = (struct csv_renames){0};
}

static struct str csv_renames_from_of(
    const struct csv_renames *renames, const struct csv_pair *pair)
{
    return (struct str){renames->names.data + pair->from, pair->to - pair->from};
}

static struct str csv_renames_to_of(const struct csv_renames *renames, const struct csv_pair *pair)
{
    return (struct str){renames->names.data + pair->to, pair->end - pair->to};
}

static bool csv_renames_reserve(struct csv_renames *renames, struct error *err)
{
    bool ok = true;

    if (renames->count == renames->capacity) {
        size_t capacity = renames->capacity > 0 ? 2 * renames->capacity : 64;
        struct csv_pair *pairs = reallocarray(renames->pairs, capacity, sizeof *pairs);

        if (pairs != NULL) {
            renames->pairs = pairs;
            renames->capacity = capacity;
        } else {
            ok = error_memory(err);
        }
    }
    return ok;
}

bool csv_renames_add(struct csv_renames *renames, struct str from, struct str to, struct error *err)
{
    struct buffer *names = &renames->names;
    struct csv_pair pair = {.from = (uint32_t)names->size};
    bool ok = (from.size <= CEILING_KEY && to.size <= CEILING_KEY) ||
              error_set(err, ERROR_RECORD, "the name of a device is too long");

    ok = ok && csv_renames_reserve(renames, err);
    if (ok) {
        bool plain = csv_key_append(names, from);

        pair.to = (uint32_t)names->size;
        plain = csv_key_append(names, to) && plain;
        pair.end = (uint32_t)names->size;
        ok = plain || error_set(err, ERROR_RECORD, "the name of a device holds a NUL");
    }
    if (ok && !buffer_ok(names)) {
        ok = names->no_memory
                 ? error_memory(err)
                 : error_set(err, ERROR_DESTINATION,
                       "more devices are renamed than fit into %d bytes", CEILING_RENAMES);
    }
    if (ok && !str_equal(from, to)) {
        renames->pairs[renames->count++] = pair;
    }
    return ok;
}

/* By the old name; the later one of the same comes first. */
static int csv_renames_compare_from(const void *a, const void *b, void *context)
{
    const struct csv_pair *left = a;
    const struct csv_pair *right = b;
    int order =
        str_compare(csv_renames_from_of(context, left), csv_renames_from_of(context, right));

    return order != 0 ? order : (left->from < right->from) - (left->from > right->from);
}

/* By the new name; the earlier one of the same comes first. */
static int csv_renames_compare_to(const void *a, const void *b, void *context)
{
    const struct csv_renames *renames = context;
    const struct csv_pair *left = &renames->pairs[*(const uint32_t *)a];
    const struct csv_pair *right = &renames->pairs[*(const uint32_t *)b];
    int order = str_compare(csv_renames_to_of(renames, left), csv_renames_to_of(renames, right));

    return order != 0 ? order : (left->from > right->from) - (left->from < right->from);
}

/* Of each old name the first pair stays. */
static void csv_renames_drop_repeated(struct csv_renames *renames)
{
    size_t kept = 0;

    for (size_t i = 0; i < renames->count; i++) {
        if (kept == 0 || !str_equal(csv_renames_from_of(renames, &renames->pairs[kept - 1]),
                             csv_renames_from_of(renames, &renames->pairs[i]))) {
            renames->pairs[kept++] = renames->pairs[i];
        }
    }
    renames->count = kept;
}

static void csv_renames_sort_by_to(struct csv_renames *renames)
{
    for (size_t i = 0; i < renames->count; i++) {
        renames->by_to[i] = (uint32_t)i;
    }
    qsort_r(
        renames->by_to, renames->count, sizeof *renames->by_to, csv_renames_compare_to, renames);
    for (size_t i = 1; i < renames->count; i++) {
        struct csv_pair *pair = &renames->pairs[renames->by_to[i]];

        pair->taken = str_equal(csv_renames_to_of(renames, &renames->pairs[renames->by_to[i - 1]]),
            csv_renames_to_of(renames, pair));
    }
}

bool csv_renames_sort(struct csv_renames *renames, struct error *err)
{
    bool ok = true;

    if (renames->count > 0) {
        qsort_r(renames->pairs, renames->count, sizeof *renames->pairs, csv_renames_compare_from,
            renames);
        csv_renames_drop_repeated(renames);
        free(renames->by_to);
        renames->by_to = calloc(renames->count, sizeof *renames->by_to);
        ok = renames->by_to != NULL || error_memory(err);
    }
    if (ok && renames->count > 0) {
        csv_renames_sort_by_to(renames);
    }
    return ok;
}

void csv_renames_take(struct csv_renames *renames, struct str owner)
{
    size_t low = 0;
    size_t high = renames->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct csv_pair *pair = &renames->pairs[renames->by_to[middle]];

        if (str_compare(csv_renames_to_of(renames, pair), owner) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < renames->count &&
           str_equal(csv_renames_to_of(renames, &renames->pairs[renames->by_to[low]]), owner)) {
        renames->pairs[renames->by_to[low++]].taken = true;
    }
}

/* The pair of an owner, or NULL. */
static const struct csv_pair *csv_renames_find(const struct csv_renames *renames, struct str owner)
{
    const struct csv_pair *found = NULL;
    size_t low = 0;
    size_t high = renames->count;

    while (found == NULL && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(csv_renames_from_of(renames, &renames->pairs[middle]), owner);

        if (order == 0) {
            found = &renames->pairs[middle];
        } else if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found;
}

struct str csv_renames_to(const struct csv_renames *renames, struct str owner)
{
    const struct csv_pair *pair = csv_renames_find(renames, owner);

    return pair != NULL && !pair->taken ? csv_renames_to_of(renames, pair) : (struct str){0};
}
