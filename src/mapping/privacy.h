/* Personal values of one record: what the configuration's `privacy` asks for is dropped from its
 * tree, or replaced by a keyed hash, before anything else sees it. So columns, `extra`, `details`,
 * a user's own columns and the payload of a rejected record all have what is left. Where they stand
 * is said by the mapping (`personal` and `texts`). */
#ifndef UEMSYNC_MAPPING_PRIVACY_H
#define UEMSYNC_MAPPING_PRIVACY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "decode/record.h"
#include "mapping/mapping.h"

/* The kind that needs no word of the configuration: where a device is. */
#define PRIVACY_COORDINATES "coordinates"

enum { PRIVACY_HASH_SIZE = 32 /* digits */ };

enum privacy_act { PRIVACY_DROP, PRIVACY_HASH };

struct privacy_choice {
    const char *kind;
    enum privacy_act act;
};

/* All borrowed. */
struct privacy_settings {
    const struct privacy_choice *choices;
    size_t count;
    struct str key; /* of the hashes; data is NULL without one, which PRIVACY_HASH needs */
};

struct privacy;

/* *privacy is the caller's, and NULL where the mapping has no place of what was chosen: a record
 * then costs nothing. `mapping` is that of the voice, and borrowed; `settings` may be NULL.
 * `drops_coordinates`: those go as well, unless a choice says something else of them. */
bool privacy_new(struct privacy **privacy, const struct mapping *mapping,
    const struct privacy_settings *settings, bool drops_coordinates, struct error *err);
void privacy_free(struct privacy *privacy);

/* Acts on the record in place. Texts that take the place of others are in `arena`. A value that was
 * found at its place is treated alike where another text equals it in any spelling or contains it:
 * a part is replaced by its hash, or by "***". In places of `texts`, so is what looks like a value,
 * and in properties that feed words, numbers, times or GUIDs and hold none. Those that do stay.
 *
 * A key of the relation cannot be dropped: it is hashed, or, without a key for that, goes
 * (privacy_has_lost). A boolean tells nobody from another, and is not hashed. After a failure
 * (ERROR_MEMORY, ERROR_RECORD) the record is empty. */
bool privacy_apply(struct privacy *privacy, struct arena *arena, cJSON *record, struct error *err);

/* Whether the last record lost a key of the relation for want of a key for hashes. */
bool privacy_has_lost(const struct privacy *privacy);

/* The hash of a value, in `arena`: 32 hexadecimal digits of HMAC-SHA-256 of its normal form. Empty
 * without a key. False without memory. */
bool privacy_hash(struct privacy *privacy, struct arena *arena, enum personal_form form,
    struct str text, struct str *hash, struct error *err);

/* Whether a text is a hash, or holds one: a run of hexadecimal digits as long as that. */
bool privacy_holds_hash(struct str text);

/* Whether the value was replaced by a hash: rules that read a form have nothing to say of it. */
bool privacy_is_hashed(const cJSON *value);

#endif
