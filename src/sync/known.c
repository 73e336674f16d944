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
    int64_t staged;                    /* see known_staged */
    struct known_fetch *fetches;       /* owned */
    size_t sorted;       /* so many are published, by entity and id; the others are staged alone */
    uint32_t *published; /* rows of the former, where something is staged; owned */
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

/* What is kept of a row; false for an entity that nobody asked for. */
static bool known_make(const struct known *known, const struct ledger_fetch *fetch,
    struct known_fetch *made, bool *is_wanted, struct error *err)
{
    size_t entity = 0;
    uint64_t id = 0;
    bool ok = true;

    while (entity < known->entity_count && !str_is(fetch->entity, known->entities[entity])) {
        entity++;
    }
    *is_wanted = entity < known->entity_count;
    if (*is_wanted) {
        ok = known_id(fetch->device_id, &id, err);
        *made = (struct known_fetch){.id = id,
            .fetched_at = known_seconds(fetch->fetched_at),
            .check_in_at = fetch->check_in_at,
            .rows = (uint32_t)(fetch->rows < KNOWN_MOST_ROWS ? fetch->rows : KNOWN_MOST_ROWS) &
                    KNOWN_MOST_ROWS,
            .outcome = (unsigned)fetch->outcome & 3,
            .entity = (unsigned)entity & 31};
        memcpy(made->digest, fetch->digest, sizeof made->digest);
    }
    return ok;
}

static bool known_append(struct known *known, const struct known_fetch *made, struct error *err)
{
    bool ok = known_reserve(known, err);

    if (ok) {
        known->fetches[known->count++] = *made;
    }
    return ok;
}

static bool known_take(void *context, const struct ledger_fetch *fetch, struct error *err)
{
    struct known *known = context;
    struct known_fetch made;
    bool is_wanted = false;
    bool ok = known_make(known, fetch, &made, &is_wanted, err);

    if (ok && is_wanted) {
        known->rows[made.entity] += made.rows;
        ok = known_append(known, &made, err);
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

static struct known_fetch *known_search(
    const struct known *known, size_t from, size_t to, const struct known_fetch *wanted)
{
    return to > from ? bsearch(wanted, known->fetches + from, to - from, sizeof *known->fetches,
                           known_compare)
                     : NULL;
}

/* From here on it is remembered how many rows are published, as what is staged takes the place. */
static bool known_remember(struct known *known, struct error *err)
{
    bool ok = true;

    if (known->published == NULL && known->sorted > 0) {
        known->published = calloc(known->sorted, sizeof *known->published);
        ok = known->published != NULL || error_memory(err);
        for (size_t i = 0; ok && i < known->sorted; i++) {
            known->published[i] = known->fetches[i].rows;
        }
    }
    return ok;
}

static bool known_take_staged(void *context, const struct ledger_fetch *fetch, struct error *err)
{
    struct known *known = context;
    struct known_fetch made;
    struct known_fetch *place = NULL;
    bool is_wanted = false;
    bool ok = known_make(known, fetch, &made, &is_wanted, err) &&
              (!is_wanted || known_remember(known, err));

    if (ok && is_wanted) {
        made.is_staged = 1;
        known->staged += made.outcome != LEDGER_FAILED ? 1 : 0;
        place = known_search(known, 0, known->sorted, &made);
    }
    if (place != NULL) {
        *place = made;
        known->lost[made.entity] += known_lost_of(known, place);
    } else if (ok && is_wanted) {
        ok = known_append(known, &made, err);
    }
    return ok;
}

static void known_sort(struct known *known, size_t from)
{
    if (known->count > from) {
        qsort(known->fetches + from, known->count - from, sizeof *known->fetches, known_compare);
    }
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
        known_sort(made, 0);
        made->sorted = made->count;
        ok = ok && (count == 0 || ledger_read_staged(load, known_take_staged, made, err));
        known_sort(made, made->sorted);
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
        free(known->published);
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
    const struct known_fetch *found = known_search(known, 0, known->sorted, &wanted);

    return found != NULL ? found : known_search(known, known->sorted, known->count, &wanted);
}

int64_t known_rows(const struct known *known, size_t entity)
{
    return known->rows[entity];
}

int64_t known_lost(const struct known *known, size_t entity)
{
    return known->lost[entity];
}

int64_t known_published(const struct known *known, const struct known_fetch *fetch)
{
    size_t place = (size_t)(fetch - known->fetches);
    int64_t rows = fetch->is_staged != 0 ? 0 : fetch->rows;

    return known->published != NULL && place < known->sorted ? known->published[place] : rows;
}

int64_t known_lost_of(const struct known *known, const struct known_fetch *fetch)
{
    int64_t published = known_published(known, fetch);

    return published > fetch->rows ? published - fetch->rows : 0;
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
