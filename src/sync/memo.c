#include "sync/memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/hash.h"

enum { MEMO_SLOTS_FIRST = 1024, MEMO_SLOTS_MOST = 65536 };

/* A key has two halves: a tag, by which a slot is found, and the rest. The tags lie close together,
 * and a value takes half a line of the processor's cache: a million look-ups a run wait for both.
 */
struct memo_value {
    uint64_t rest;
    uint8_t digest[ROW_DIGEST_SIZE];
    uint32_t form; /* where its form begins in `forms` */
    uint32_t size;
};

_Static_assert((int)MEMO_KEY_SIZE == (int)HASH_FAST_SIZE && MEMO_KEY_SIZE == 2 * sizeof(uint64_t),
    "a key is such a digest");

struct memo {
    uint64_t *tags;            /* 0: the slot is free; owned */
    struct memo_value *values; /* one for each tag; owned */
    size_t slot_count;         /* a power of two */
    size_t count;
    struct buffer forms;
    uint64_t seed;
};

bool memo_new(struct memo **memo, struct error *err)
{
    struct memo *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        buffer_init(&made->forms, CEILING_MEMO);
        made->slot_count = MEMO_SLOTS_FIRST;
        made->tags = calloc(made->slot_count, sizeof *made->tags);
        made->values = malloc(made->slot_count * sizeof *made->values);
        ok = ((made->tags != NULL && made->values != NULL) || error_memory(err)) &&
             hash_random(&made->seed, sizeof made->seed, err);
    }
    if (!ok) {
        memo_free(made);
        made = NULL;
    }
    *memo = made;
    return ok;
}

void memo_free(struct memo *memo)
{
    if (memo != NULL) {
        buffer_release(&memo->forms);
        free(memo->values);
        free(memo->tags);
    }
    free(memo);
}

void memo_key(const struct memo *memo, uint8_t entity, struct str text, uint8_t key[MEMO_KEY_SIZE])
{
    hash_fast(memo->seed + entity, text, key);
}

static void memo_split_key(const uint8_t key[MEMO_KEY_SIZE], uint64_t *tag, uint64_t *rest)
{
    memcpy(tag, key, sizeof *tag);
    memcpy(rest, key + sizeof *tag, sizeof *rest);
    *tag += *tag == 0 ? 1 : 0;
}

/* The place of the key, or of the free slot where it belongs. */
static size_t memo_place(const struct memo *memo, uint64_t tag, uint64_t rest)
{
    size_t place = (size_t)tag & (memo->slot_count - 1);

    while (
        memo->tags[place] != 0 && !(memo->tags[place] == tag && memo->values[place].rest == rest)) {
        place = (place + 1) & (memo->slot_count - 1);
    }
    return place;
}

bool memo_find(const struct memo *memo, const uint8_t key[MEMO_KEY_SIZE], struct load_item *item)
{
    uint64_t tag;
    uint64_t rest;
    size_t place;
    bool found;

    memo_split_key(key, &tag, &rest);
    place = memo_place(memo, tag, rest);
    found = memo->tags[place] != 0;
    if (found) {
        const struct memo_value *value = &memo->values[place];

        memcpy(item->digest, value->digest, sizeof item->digest);
        item->form = (struct str){buffer_text(&memo->forms) + value->form, value->size};
    }
    return found;
}

static void memo_forget(struct memo *memo)
{
    memset(memo->tags, 0, memo->slot_count * sizeof *memo->tags);
    memo->count = 0;
    buffer_clear(&memo->forms);
}

/* Moves all that is used to a table of twice the size. */
static void memo_move(struct memo *memo, uint64_t *tags, struct memo_value *values)
{
    struct memo before = *memo;

    memo->tags = tags;
    memo->values = values;
    memo->slot_count = 2 * before.slot_count;
    for (size_t i = 0; i < before.slot_count; i++) {
        if (before.tags[i] != 0) {
            size_t place = memo_place(memo, before.tags[i], before.values[i].rest);

            memo->tags[place] = before.tags[i];
            memo->values[place] = before.values[i];
        }
    }
    free(before.values);
    free(before.tags);
}

/* Doubles the table. Without memory, or where it is as large as it may be, it forgets. */
static void memo_grow(struct memo *memo)
{
    size_t count = 2 * memo->slot_count;
    uint64_t *tags = count <= MEMO_SLOTS_MOST ? calloc(count, sizeof *tags) : NULL;
    struct memo_value *values = tags != NULL ? malloc(count * sizeof *values) : NULL;

    if (values == NULL) {
        free(tags);
        memo_forget(memo);
    } else {
        memo_move(memo, tags, values);
    }
}

void memo_add(struct memo *memo, const uint8_t key[MEMO_KEY_SIZE], const struct load_item *item)
{
    size_t form;
    uint64_t tag;
    uint64_t rest;

    if (2 * memo->count >= memo->slot_count) {
        memo_grow(memo);
    }
    form = memo->forms.size;
    memo_split_key(key, &tag, &rest);
    buffer_append_str(&memo->forms, item->form);
    if (!buffer_ok(&memo->forms)) {
        memo_forget(memo);
    } else {
        size_t place = memo_place(memo, tag, rest);
        struct memo_value *value = &memo->values[place];

        memo->count += memo->tags[place] == 0 ? 1 : 0;
        memo->tags[place] = tag;
        *value = (struct memo_value){
            .rest = rest, .form = (uint32_t)form, .size = (uint32_t)item->form.size};
        memcpy(value->digest, item->digest, sizeof value->digest);
    }
}
