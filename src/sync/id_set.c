#include "sync/id_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { ID_FIRST_CAPACITY = 1024, ID_KEY_SIZE = 16 };

struct id_set {
    uint64_t *slots; /* digests, 0 where there is none; owned */
    size_t capacity; /* a power of two */
    size_t count;
    struct hash *hash;
    uint8_t key[ID_KEY_SIZE];
};

bool id_set_new(struct id_set **set, struct error *err)
{
    struct id_set *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->capacity = ID_FIRST_CAPACITY;
        made->slots = calloc(made->capacity, sizeof *made->slots);
        made->hash = hash_new(err);
        ok = made->hash != NULL && (made->slots != NULL || error_memory(err)) &&
             hash_random(made->key, sizeof made->key, err);
    }
    if (!ok) {
        id_set_free(made);
        made = NULL;
    }
    *set = made;
    return ok;
}

void id_set_free(struct id_set *set)
{
    if (set != NULL) {
        hash_free(set->hash);
        free(set->slots);
    }
    free(set);
}

void id_set_clear(struct id_set *set)
{
    memset(set->slots, 0, set->capacity * sizeof *set->slots);
    set->count = 0;
}

/* Never 0. */
static bool id_set_digest(
    const struct id_set *set, struct str id, uint64_t *digest, struct error *err)
{
    uint8_t whole[HASH_SIZE];
    bool ok = hash_add(set->hash, set->key, sizeof set->key, err) &&
              hash_add(set->hash, id.data, id.size, err) && hash_end(set->hash, whole, err);

    *digest = 0;
    if (ok) {
        memcpy(digest, whole, sizeof *digest);
        *digest += *digest == 0 ? 1 : 0;
    }
    return ok;
}

/* The slot that holds the digest, or the free one where it belongs. The digest is random by itself,
 * so it is the place. */
static uint64_t *id_set_slot(uint64_t *slots, size_t capacity, uint64_t digest)
{
    size_t place = (size_t)digest & (capacity - 1);

    while (slots[place] != 0 && slots[place] != digest) {
        place = (place + 1) & (capacity - 1);
    }
    return &slots[place];
}

static bool id_set_grow(struct id_set *set, struct error *err)
{
    size_t capacity = 2 * set->capacity;
    uint64_t *slots = calloc(capacity, sizeof *slots);
    bool ok = slots != NULL || error_memory(err);

    for (size_t i = 0; ok && i < set->capacity; i++) {
        if (set->slots[i] != 0) {
            *id_set_slot(slots, capacity, set->slots[i]) = set->slots[i];
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
    uint64_t digest = 0;
    bool ok = id_set_digest(set, id, &digest, err);

    if (ok && set->count * 4 >= set->capacity * 3) {
        ok = id_set_grow(set, err);
    }
    if (ok) {
        uint64_t *slot = id_set_slot(set->slots, set->capacity, digest);

        *is_new = *slot == 0;
        if (*slot == 0 && set->count < CEILING_DEVICES) {
            *slot = digest;
            set->count++;
        } else if (*slot == 0) {
            ok = error_set(
                err, ERROR_SERVER, "the listing has more than %d records", CEILING_DEVICES);
        }
    }
    return ok;
}

bool id_set_has(const struct id_set *set, struct str id, bool *has, struct error *err)
{
    uint64_t digest = 0;
    bool ok = id_set_digest(set, id, &digest, err);

    *has = ok && *id_set_slot(set->slots, set->capacity, digest) != 0;
    return ok;
}
