#include "sync/resumed.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "sync/id_set.h"
#include "sync/removal.h"

enum { RESUMED_FIRST_CAPACITY = 1024 };

struct resumed {
    struct arena arena;  /* holds the ids */
    struct id_set *seen; /* a device has a row for each of its entities */
    struct str *ids;     /* of devices; owned */
    size_t count;
    size_t capacity;
};

static bool resumed_add(struct resumed *resumed, struct str id, struct error *err)
{
    const char *copy = arena_copy(&resumed->arena, id);
    bool ok = copy != NULL;

    if (ok && resumed->count == resumed->capacity) {
        size_t capacity = resumed->capacity > 0 ? 2 * resumed->capacity : RESUMED_FIRST_CAPACITY;
        struct str *ids = reallocarray(resumed->ids, capacity, sizeof *ids);

        ok = ids != NULL;
        if (ok) {
            resumed->ids = ids;
            resumed->capacity = capacity;
        }
    }
    if (ok) {
        resumed->ids[resumed->count++] = (struct str){copy, id.size};
    }
    return ok || error_memory(err);
}

static bool resumed_take(void *context, const struct ledger_fetch *fetch, struct error *err)
{
    struct resumed *resumed = context;
    bool is_new = false;

    return id_set_add(resumed->seen, fetch->device_id, &is_new, err) &&
           (!is_new || resumed_add(resumed, fetch->device_id, err));
}

bool resumed_new(struct resumed **resumed, const struct fetch *fetch, struct error *err)
{
    struct resumed *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        arena_init(&made->arena, (size_t)CEILING_DEVICES * (CEILING_KEY + 16));
        ok = id_set_new(&made->seen, err) &&
             ledger_read_staged(fetch->load, resumed_take, made, err);
    }
    if (ok) {
        id_set_free(made->seen);
        made->seen = NULL;
    } else {
        resumed_free(made);
        made = NULL;
    }
    *resumed = made;
    return ok;
}

void resumed_free(struct resumed *resumed)
{
    if (resumed != NULL) {
        id_set_free(resumed->seen);
        free(resumed->ids);
        arena_release(&resumed->arena);
    }
    free(resumed);
}

static bool resumed_note_published(void *context, const struct str *key, struct error *err)
{
    struct id_set *published = context;
    bool is_new = false;

    return id_set_add(published, key[0], &is_new, err);
}

/* Drops it, unless it is published. */
static bool resumed_settle(const struct fetch *fetch, const struct relation *device,
    const struct id_set *published, struct str id, struct error *err)
{
    bool is_published = false;

    return id_set_has(published, id, &is_published, err) &&
           (is_published || removal_stage_inventory(fetch, device, id, err));
}

bool resumed_drop_strangers(
    const struct resumed *resumed, const struct fetch *fetch, struct error *err)
{
    static const size_t columns[] = {1};
    const struct mapping *mapping = NULL;
    struct id_set *published = NULL;
    bool ok = resumed->count == 0 || fetch_find_mapping(fetch, "device", &mapping, err);

    for (size_t i = 0; ok && i < resumed->count; i++) {
        size_t place = 0;

        ok = roster_find(fetch->roster, resumed->ids[i], &place, err);
        if (ok && place == roster_count(fetch->roster)) {
            if (published == NULL) {
                ok = id_set_new(&published, err) &&
                     load_published(fetch->load, &mapping->relation, columns, 1,
                         resumed_note_published, published, err);
            }
            ok = ok && resumed_settle(fetch, &mapping->relation, published, resumed->ids[i], err);
        }
    }
    id_set_free(published);
    return ok;
}
