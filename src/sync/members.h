/* The entity `device_group_member` of a Core older than 10.8, which does not say which groups a
 * device is in (CPS API guide, "What's new"): the devices of each group are listed, and turned
 * about. */
#ifndef UEMSYNC_SYNC_MEMBERS_H
#define UEMSYNC_SYNC_MEMBERS_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

struct members;

/* `entity` is its place in the report, and among the entities of fetch->known. All is borrowed. */
bool members_new(struct members **members, struct fetch *fetch, size_t entity,
    struct sync_entity_report *report, struct error *err);
void members_free(struct members *members);

/* The flow. Where the listing of a group cannot be proven, nothing is staged. */
struct flow members_flow(struct members *members);

#endif
