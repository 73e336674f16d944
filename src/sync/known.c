#include "sync/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { KNOWN_FIRST_CAPACITY = 1024 };

struct known {
    const char *const *entities; /* borrowed */
    size_t entity_count;
    struct known_fetch *fetches; /* by entity and id once all are read; owned */
    size_t count;
    size_t capacity;
};

bool known_id(struct str device_id, uint64_t *id, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    bool ok = hash_of(device_id, digest, err);

    *id = 0;
    if (ok) {
        memcpy(id, digest, sizeof *id);
    }
    return ok;
}

static bool known_reserve(struct known *known, struct error *err)
{
    bool ok = true;

    if (known->count == known->capacity) {
        size_t capacity =
            known->capacity > 0 ? known->capacity + known->capacity / 2 : KNOWN_FIRST_CAPACITY;
        struct known_fetch *fetches = realloc(known->fetches, capacity * sizeof *fetches);

        ok = fetches != NULL || error_memory(err);
        if (ok) {
            known->fetches = fetches;
            known->capacity = capacity;
        }
    }
    return ok;
}

/* Rounded down: nothing is to seem fetched later than it was. Before 1970, 0. */
static uint32_t known_seconds(int64_t ms)
{
    int64_t seconds = ms > 0 ? ms / 1000 : 0;

    return seconds < UINT32_MAX ? (uint32_t)seconds : UINT32_MAX;
}

static int64_t known_ms(uint32_t seconds)
{
    return (int64_t)seconds * 1000;
}

static bool known_take(void *context, const struct ledger_fetch *fetch, struct error *err)
{
    struct known *known = context;
    size_t entity = 0;
    uint64_t id = 0;
    bool ok = true;

    while (entity < known->entity_count && !str_is(fetch->entity, known->entities[entity])) {
        entity++;
    }
    if (entity < known->entity_count) {
        ok = known_reserve(known, err) && known_id(fetch->device_id, &id, err);
    }
    if (ok && entity < known->entity_count) {
        struct known_fetch *made = &known->fetches[known->count++];

        *made = (struct known_fetch){.id = id,
            .fetched_at = known_seconds(fetch->fetched_at),
            .check_in_at = fetch->check_in_at,
            .rows = (uint32_t)(fetch->rows < KNOWN_MOST_ROWS ? fetch->rows : KNOWN_MOST_ROWS) &
                    KNOWN_MOST_ROWS,
            .outcome = (unsigned)fetch->outcome & 7,
            .entity = (unsigned)entity & 31};
        memcpy(made->digest, fetch->digest, sizeof made->digest);
    }
    return ok;
}

static int known_compare(const void *a, const void *b)
{
    const struct known_fetch *left = a;
    const struct known_fetch *right = b;
    int order = (left->entity > right->entity) - (left->entity < right->entity);

    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

bool known_read(struct known **known, struct load *load, const char *const *entities, size_t count,
    struct error *err)
{
    struct known *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->entities = entities;
        made->entity_count = count;
        ok = count == 0 || ledger_read_fetches(load, known_take, made, err);
    }
    if (ok && made->count > 0) {
        qsort(made->fetches, made->count, sizeof *made->fetches, known_compare);
    }
    if (!ok) {
        known_free(made);
        made = NULL;
    }
    *known = made;
    return ok;
}

void known_free(struct known *known)
{
    if (known != NULL) {
        free(known->fetches);
    }
    free(known);
}

const struct known_fetch *known_find(const struct known *known, size_t entity, uint64_t id)
{
    const struct known_fetch wanted = {.id = id, .entity = (unsigned)entity & 31};

    return known->count > 0 ? bsearch(&wanted, known->fetches, known->count, sizeof *known->fetches,
                                  known_compare)
                            : NULL;
}

int64_t known_rows(const struct known *known, size_t entity)
{
    int64_t rows = 0;

    for (size_t i = 0; i < known->count; i++) {
        rows += known->fetches[i].entity == entity ? known->fetches[i].rows : 0;
    }
    return rows;
}

/* The latest moment of the device, one in each span, that is not after now. */
static int64_t known_moment(uint64_t id, int64_t now, int64_t span)
{
    int64_t phase = (int64_t)(id % (uint64_t)span);

    return now - ((now - phase) % span + span) % span;
}

bool known_is_due(const struct known_fetch *fetch, uint64_t id, int64_t check_in_at, int64_t now,
    int64_t refetch_after)
{
    bool is_due = fetch == NULL || fetch->outcome >= LEDGER_FAILED ||
                  fetch->check_in_at != check_in_at || known_ms(fetch->fetched_at) > now;

    if (!is_due && refetch_after > 0) {
        is_due = known_ms(fetch->fetched_at) < known_moment(id, now, refetch_after);
    }
    return is_due;
}
