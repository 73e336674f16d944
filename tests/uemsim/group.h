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
/* Case does not matter (the guide calls it "not context sensitive"). */
bool group_has_prefix(uint64_t group, const char *prefix);
/* Reads an id; false: none of the first `groups` has it. */
bool group_find(const char *id, uint64_t groups, uint64_t *group);

#endif
