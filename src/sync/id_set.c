#include "sync/id_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { ID_SIZE = 16, ID_FIRST_CAPACITY = 1024 };

struct id_slot {
    uint8_t digest[ID_SIZE];
    bool is_used;
};

struct id_set {
    struct id_slot *slots;
    size_t capacity; /* a power of two */
    size_t count;
};

bool id_set_new(struct id_set **set, struct error *err)
{
    struct id_set *made = calloc(1, sizeof *made);
    bool ok = made != NULL;

    if (ok) {
        made->capacity = ID_FIRST_CAPACITY;
        made->slots = calloc(made->capacity, sizeof *made->slots);
        ok = made->slots != NULL;
    }
    if (!ok) {
        id_set_free(made);
        made = NULL;
        (void)error_memory(err);
    }
    *set = made;
    return ok;
}

void id_set_free(struct id_set *set)
{
    if (set != NULL) {
        free(set->slots);
    }
    free(set);
}

void id_set_clear(struct id_set *set)
{
    memset(set->slots, 0, set->capacity * sizeof *set->slots);
    set->count = 0;
}

/* The slot that holds the digest, or the free one where it belongs. The digest is random by
 * itself, so its first bytes are the place. */
static struct id_slot *id_set_slot(
    struct id_slot *slots, size_t capacity, const uint8_t digest[ID_SIZE])
{
    size_t place;

    memcpy(&place, digest, sizeof place);
    place &= capacity - 1;
    while (slots[place].is_used && memcmp(slots[place].digest, digest, ID_SIZE) != 0) {
        place = (place + 1) & (capacity - 1);
    }
    return &slots[place];
}

static bool id_set_grow(struct id_set *set, struct error *err)
{
    size_t capacity = 2 * set->capacity;
    struct id_slot *slots = calloc(capacity, sizeof *slots);
    bool ok = slots != NULL || error_memory(err);

    for (size_t i = 0; ok && i < set->capacity; i++) {
        if (set->slots[i].is_used) {
            *id_set_slot(slots, capacity, set->slots[i].digest) = set->slots[i];
        }
    }
    if (ok) {
        free(set->slots);
        set->slots = slots;
        set->capacity = capacity;
    }
    return ok;
}

bool id_set_add(struct id_set *set, struct str id, bool *is_new, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    bool ok = hash_of(id, digest, err);

    if (ok && set->count * 4 >= set->capacity * 3) {
        ok = id_set_grow(set, err);
    }
    if (ok) {
        struct id_slot *slot = id_set_slot(set->slots, set->capacity, digest);

        *is_new = !slot->is_used;
        if (!slot->is_used && set->count < CEILING_DEVICES) {
            memcpy(slot->digest, digest, ID_SIZE);
            slot->is_used = true;
            set->count++;
        } else if (!slot->is_used) {
            ok = error_set(
                err, ERROR_SERVER, "the listing has more than %d records", CEILING_DEVICES);
        }
    }
    return ok;
}

bool id_set_has(const struct id_set *set, struct str id, bool *has, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    bool ok = hash_of(id, digest, err);

    *has = ok && id_set_slot(set->slots, set->capacity, digest)->is_used;
    return ok;
}
