#include "sync/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { KNOWN_FIRST_CAPACITY = 1024, KNOWN_MOST_ENTITIES = 32 };

struct known {
    const char *const *entities; /* borrowed */
    size_t entity_count;
    int64_t rows[KNOWN_MOST_ENTITIES]; /* that are published */
    int64_t lost[KNOWN_MOST_ENTITIES]; /* see known_lost */
    int64_t staged;
    bool is_staged;              /* what is read now is */
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
            .outcome = (unsigned)fetch->outcome & 3,
            .entity = (unsigned)entity & 31,
            .is_staged = known->is_staged ? 1 : 0};
        memcpy(made->digest, fetch->digest, sizeof made->digest);
    }
    return ok;
}

static int known_compare_key(const void *a, const void *b)
{
    const struct known_fetch *left = a;
    const struct known_fetch *right = b;
    int order = (left->entity > right->entity) - (left->entity < right->entity);

    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

/* What is staged comes behind what is published of the same device. */
static int known_compare(const void *a, const void *b)
{
    const struct known_fetch *left = a;
    const struct known_fetch *right = b;
    int order = known_compare_key(a, b);

    return order != 0 ? order : (int)left->is_staged - (int)right->is_staged;
}

/* Counts, and leaves of two of one device that which is staged. */
static void known_settle(struct known *known)
{
    size_t kept = 0;

    if (known->count > 0) {
        qsort(known->fetches, known->count, sizeof *known->fetches, known_compare);
    }
    for (size_t i = 0; i < known->count; i++) {
        const struct known_fetch fetch = known->fetches[i];
        struct known_fetch *last = kept > 0 ? &known->fetches[kept - 1] : NULL;
        bool is_same = last != NULL && last->id == fetch.id && last->entity == fetch.entity;

        known->staged += fetch.is_staged != 0 && fetch.outcome != LEDGER_FAILED ? 1 : 0;
        known->rows[fetch.entity] += fetch.is_staged == 0 ? fetch.rows : 0;
        if (is_same && last->rows > fetch.rows) {
            known->lost[fetch.entity] += last->rows - fetch.rows;
        }
        kept += is_same ? 0 : 1;
        known->fetches[kept - 1] = fetch;
    }
    known->count = kept;
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
        made->is_staged = true;
        ok = ok && (count == 0 || ledger_read_staged(load, known_take, made, err));
    }
    if (ok) {
        known_settle(made);
    } else {
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

const char *known_entity(const struct known *known, size_t entity)
{
    return known->entities[entity];
}

const struct known_fetch *known_find(const struct known *known, size_t entity, uint64_t id)
{
    const struct known_fetch wanted = {.id = id, .entity = (unsigned)entity & 31};

    return known->count > 0 ? bsearch(&wanted, known->fetches, known->count, sizeof *known->fetches,
                                  known_compare_key)
                            : NULL;
}

int64_t known_rows(const struct known *known, size_t entity)
{
    return known->rows[entity];
}

int64_t known_lost(const struct known *known, size_t entity)
{
    return known->lost[entity];
}

int64_t known_staged(const struct known *known)
{
    return known->staged;
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
