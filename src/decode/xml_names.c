#include "decode/xml_names.h"

#include <string.h>

#include "base/hash.h"

bool xml_names_init(struct xml_names *names, struct error *err)
{
    memset(names, 0, sizeof *names);
    arena_init(&names->arena, 2 * (size_t)CEILING_NAMES * CEILING_NAME);
    return hash_random(&names->seed, sizeof names->seed, err);
}

void xml_names_release(struct xml_names *names)
{
    arena_release(&names->arena);
}

void xml_names_clear(struct xml_names *names)
{
    memset(names->slots, 0, sizeof names->slots);
    names->count = 0;
    arena_reset(&names->arena);
}

static uint64_t name_hash(const struct xml_names *names, struct str name)
{
    uint8_t digest[HASH_FAST_SIZE];
    uint64_t hash;

    hash_fast(names->seed, name, digest);
    memcpy(&hash, digest, sizeof hash);
    return hash;
}

static bool name_is(const char *text, struct str name)
{
    return strncmp(text, name.data, name.size) == 0 && text[name.size] == '\0';
}

char *xml_names_keep(struct xml_names *names, struct str name)
{
    uint64_t hash = name_hash(names, name);
    size_t at = hash % XML_NAMES_SLOTS;
    char *kept;

    while (names->slots[at].text != NULL &&
           (names->slots[at].hash != hash || !name_is(names->slots[at].text, name))) {
        at = (at + 1) % XML_NAMES_SLOTS;
    }
    kept = names->slots[at].text;
    if (kept == NULL && names->count < CEILING_NAMES && name.size <= CEILING_NAME) {
        kept = arena_copy(&names->arena, name);
        if (kept != NULL) {
            names->slots[at].hash = hash;
            names->slots[at].text = kept;
            names->count++;
        }
    }
    return kept;
}
