/* A record as a tree: cJSON's, parsed into an arena. Numbers are exact: they stand in the tree as
 * the literals that the server sent (see json_split.h), and these accessors tell them apart. */
#ifndef UEMSYNC_DECODE_RECORD_H
#define UEMSYNC_DECODE_RECORD_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum record_type {
    RECORD_NULL, /* JSON null, or no value at all (a NULL pointer) */
    RECORD_BOOLEAN,
    RECORD_NUMBER,
    RECORD_STRING,
    RECORD_LIST,
    RECORD_OBJECT,
};

/* Parses what json_split handed on. The tree lives in the arena until its reset; nothing is to be
 * freed. ERROR_MEMORY when the arena's ceiling is reached, ERROR_RECORD for text that is no JSON.
 */
bool record_parse(struct arena *arena, struct str json, const cJSON **record, struct error *err);

enum record_type record_type(const cJSON *value);

/* The bytes of a string, or the literal of a number; "" for anything else. */
struct str record_text(const cJSON *value);

/* A whole number written without fraction and exponent that fits; false for anything else. */
bool record_int(const cJSON *value, int64_t *number);

/* The member of that name, the last where it repeats; NULL without one or without an object. */
const cJSON *record_member(const cJSON *object, const char *name);

#endif
