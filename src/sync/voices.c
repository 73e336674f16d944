#include "sync/voices.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/hash.h"
#include "sync/row_pack.h"
#include "sync/spool.h"

enum { VOICES_FIRST_ROWS = 1024, VOICES_FIRST_SLOTS = 2048 };

/* Bits that a place takes in an entry. */
enum { VOICES_OFFSET_BITS = 39, VOICES_SIZE_BITS = 24 };

_Static_assert((UINT64_C(1) << VOICES_OFFSET_BITS) >= (uint64_t)CEILING_SPOOL_MIB * 1024 * 1024 &&
                   (1 << VOICES_SIZE_BITS) > CEILING_ROW,
    "a place fits into an entry");

/* What is kept of a row. */
struct voices_entry {
    uint8_t digest[HASH_FAST_SIZE]; /* of its key */
    uint64_t offset : VOICES_OFFSET_BITS;
    uint64_t size : VOICES_SIZE_BITS;
    uint64_t is_found : 1;
};

struct voices {
    const struct relation *relation; /* borrowed */
    size_t key;
    struct spool *spool;          /* owned */
    struct voices_entry *entries; /* in the order in which their keys came; owned */
    size_t count;
    size_t capacity;
    uint32_t *slots;   /* places of entries and 1, or 0; owned */
    size_t slot_count; /* a power of two */
    uint64_t seed;
    struct buffer packed; /* the row under way */
    struct arena arena;   /* of voices_each_left */
};

bool voices_new(
    struct voices **voices, const struct relation *relation, size_t key, struct error *err)
{
    struct voices *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->relation = relation;
        made->key = key;
        buffer_init(&made->packed, CEILING_ROW);
        arena_init(&made->arena, CEILING_TREE);
        made->capacity = VOICES_FIRST_ROWS;
        made->slot_count = VOICES_FIRST_SLOTS;
        made->entries = malloc(made->capacity * sizeof *made->entries);
        made->slots = calloc(made->slot_count, sizeof *made->slots);
        ok = ((made->entries != NULL && made->slots != NULL) || error_memory(err)) &&
             hash_random(&made->seed, sizeof made->seed, err) && spool_new(&made->spool, err);
    }
    if (!ok) {
        voices_free(made);
        made = NULL;
    }
    *voices = made;
    return ok;
}

void voices_free(struct voices *voices)
{
    if (voices != NULL) {
        arena_release(&voices->arena);
        buffer_release(&voices->packed);
        spool_free(voices->spool);
        free(voices->slots);
        free(voices->entries);
    }
    free(voices);
}

/* The slot of the digest, or the free one where it belongs. The digest is random by itself, so it
 * begins with the place. */
static uint32_t *voices_slot(const struct voices *voices, const uint8_t digest[HASH_FAST_SIZE])
{
    uint64_t place;

    memcpy(&place, digest, sizeof place);
    place &= voices->slot_count - 1;
    while (voices->slots[place] != 0 &&
           memcmp(voices->entries[voices->slots[place] - 1].digest, digest, HASH_FAST_SIZE) != 0) {
        place = (place + 1) & (voices->slot_count - 1);
    }
    return &voices->slots[place];
}

/* Fills empty slots. */
static void voices_fill_slots(struct voices *voices)
{
    for (size_t i = 0; i < voices->count; i++) {
        *voices_slot(voices, voices->entries[i].digest) = (uint32_t)(i + 1);
    }
}

static bool voices_grow_slots(struct voices *voices, struct error *err)
{
    size_t slot_count = 2 * voices->slot_count;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    bool ok = slots != NULL || error_memory(err);

    if (ok) {
        free(voices->slots);
        voices->slots = slots;
        voices->slot_count = slot_count;
        voices_fill_slots(voices);
    }
    return ok;
}

/* By a quarter: memory is to be near 40 bytes a row. */
static bool voices_grow_entries(struct voices *voices, struct error *err)
{
    size_t capacity = voices->capacity + voices->capacity / 4;
    struct voices_entry *entries = realloc(voices->entries, capacity * sizeof *entries);
    bool ok = entries != NULL || error_memory(err);

    if (ok) {
        voices->entries = entries;
        voices->capacity = capacity;
    }
    return ok;
}

/* Makes room for one more. */
static bool voices_reserve(struct voices *voices, struct error *err)
{
    bool ok = voices->count < CEILING_DEVICES ||
              error_set(err, ERROR_SERVER, "the listing has more than %d records", CEILING_DEVICES);

    if (ok && voices->count == voices->capacity) {
        ok = voices_grow_entries(voices, err);
    }
    if (ok && voices->count * 4 >= voices->slot_count * 3) {
        ok = voices_grow_slots(voices, err);
    }
    return ok;
}

/* Of the row's key, which it has to have. */
static bool voices_digest(const struct voices *voices, const struct row *row,
    uint8_t digest[HASH_FAST_SIZE], struct error *err)
{
    const struct cell *key = &row->cells[voices->key];

    if (key->is_set) {
        hash_fast(voices->seed, key->text, digest);
    }
    return key->is_set || error_set(err, ERROR_RECORD, "it has no %s",
                              voices->relation->columns[voices->key].name);
}

static bool voices_put(
    struct voices *voices, const struct row *row, struct spool_place *place, struct error *err)
{
    bool ok = true;

    buffer_clear(&voices->packed);
    row_pack(&voices->packed, row);
    if (voices->packed.no_memory) {
        ok = error_memory(err);
    } else if (!buffer_ok(&voices->packed)) {
        ok = error_set(err, ERROR_RECORD, "its row would be larger than %d bytes", CEILING_ROW);
    }
    return ok && spool_put(voices->spool, buffer_view(&voices->packed), place, err);
}

static void voices_set_place(struct voices_entry *entry, struct spool_place place)
{
    entry->offset = place.offset & ((UINT64_C(1) << VOICES_OFFSET_BITS) - 1);
    entry->size = place.size & ((1U << VOICES_SIZE_BITS) - 1);
}

bool voices_add(struct voices *voices, const struct row *row, bool *is_new, struct error *err)
{
    uint8_t digest[HASH_FAST_SIZE] = {0};
    struct spool_place place;
    bool ok = voices_digest(voices, row, digest, err);

    *is_new = ok && *voices_slot(voices, digest) == 0;
    ok = ok && (!*is_new || voices_reserve(voices, err)) && voices_put(voices, row, &place, err);
    if (ok) {
        uint32_t *slot = voices_slot(voices, digest);

        if (*is_new) {
            memcpy(voices->entries[voices->count].digest, digest, sizeof digest);
            voices->entries[voices->count].is_found = 0;
            *slot = (uint32_t)++voices->count;
        }
        voices_set_place(&voices->entries[*slot - 1], place);
    }
    return ok;
}

static bool voices_get(const struct voices *voices, const struct voices_entry *entry,
    struct arena *arena, const struct row **row, struct error *err)
{
    const struct spool_place place = {entry->offset, (uint32_t)entry->size};
    struct str bytes;

    return spool_get(voices->spool, place, arena, &bytes, err) &&
           row_unpack(voices->relation, bytes, arena, row, err);
}

bool voices_find(struct voices *voices, struct str key, struct arena *arena, const struct row **row,
    struct error *err)
{
    uint8_t digest[HASH_FAST_SIZE];
    uint32_t slot;
    bool ok = true;

    hash_fast(voices->seed, key, digest);
    slot = *voices_slot(voices, digest);
    *row = NULL;
    if (slot != 0) {
        ok = voices_get(voices, &voices->entries[slot - 1], arena, row, err);
        voices->entries[slot - 1].is_found |= ok;
    }
    return ok;
}

bool voices_at(struct voices *voices, size_t place, struct arena *arena, const struct row **row,
    struct error *err)
{
    return voices_get(voices, &voices->entries[place], arena, row, err);
}

bool voices_is_found(const struct voices *voices, size_t place)
{
    return voices->entries[place].is_found;
}

void voices_note_found(struct voices *voices, size_t place)
{
    voices->entries[place].is_found = 1;
}

void voices_begin_again(struct voices *voices)
{
    for (size_t i = 0; i < voices->count; i++) {
        voices->entries[i].is_found = 0;
    }
}

bool voices_each_left(struct voices *voices, voices_row_fn *each, void *context, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < voices->count; i++) {
        const struct row *row = NULL;

        if (!voices->entries[i].is_found) {
            arena_reset(&voices->arena);
            ok = voices_get(voices, &voices->entries[i], &voices->arena, &row, err) &&
                 each(context, row, err);
        }
    }
    return ok;
}

void voices_rewind(struct voices *voices, size_t count)
{
    if (count < voices->count) {
        voices->count = count;
        memset(voices->slots, 0, voices->slot_count * sizeof *voices->slots);
        voices_fill_slots(voices);
    }
}

size_t voices_count(const struct voices *voices)
{
    return voices->count;
}
