/* Places of a record, as mapping files name them, and the ways into it. Part of privacy. */
#ifndef UEMSYNC_MAPPING_PRIVACY_PLACE_H
#define UEMSYNC_MAPPING_PRIVACY_PLACE_H

#include <stdbool.h>

#include "base/str.h"
#include "decode/record.h"
#include "mapping/mapping.h"
#include "mapping/privacy.h"

/* One place of the mapping. */
struct privacy_place {
    struct str names;                     /* without the dots around them */
    bool is_any_depth;                    /* a dot in front */
    bool is_within;                       /* a dot behind */
    const struct mapping_personal *value; /* NULL: of `texts` */
    enum privacy_act act;
};

/* The names on the way to a value; lists have none. */
struct privacy_way {
    const struct privacy_way *up; /* NULL: the record itself */
    struct str name;              /* data is NULL likewise */
};

/* A place of mapping.h's form, which is borrowed. */
struct privacy_place privacy_place_of(
    const char *text, const struct mapping_personal *value, enum privacy_act act);

/* The way one further, to a child of `parent`, which is at `up`; an element of a list is on the way
 * of that. A pair of v1 that did not become a member (see decode/xml_tree.h) is on the way that it
 * would have been on: `entry` is none, and its `value` has the name that its `key` is. */
struct privacy_way privacy_way_to(
    const struct privacy_way *up, const cJSON *parent, const cJSON *child);

/* Whether the way leads to the place, or into it where it has everything within. */
bool privacy_is_at(const struct privacy_place *place, const struct privacy_way *way);

#endif
