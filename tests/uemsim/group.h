/* Device groups: "device groups" on Cloud, "labels" on Core. Which devices belong to one is a
 * function of the world, the group and the device; it changes with the revision, check-in or not.
 * CPS guide, "Rules" and "Example device groups API scenario". */
#ifndef UEMSIM_GROUP_H
#define UEMSIM_GROUP_H

#include "device.h"

/* Most bytes that group_write() writes. */
#define GROUP_JSON_MAX 512

/* Groups 0, 1, ... of the tenant. */
bool group_has(const struct device_world *world, uint64_t group, uint64_t index);
/* Without its id for `nameless`. */
char *group_write(uint64_t group, bool nameless, char *to);
struct word;

/* What a group is called, in plain text but for the escapes of the description, which can be empty.
 */
struct group_words {
    char name[64]; /* ends with a NUL */
    const struct word *description;
    bool is_known;  /* one of those that every tenant has */
    bool is_static; /* has no definition */
};

void group_describe(uint64_t group, struct group_words *words);
/* Case does not matter (the guide calls it "not context sensitive"). */
bool group_has_prefix(uint64_t group, const char *prefix);
/* Reads an id; false: none of the first `groups` has it. */
bool group_find(const char *id, uint64_t groups, uint64_t *group);

#endif
