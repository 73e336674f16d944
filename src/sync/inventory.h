/* The inventory of devices (device_app and its like): which devices are asked for, in batches of as
 * many as a call takes, and what becomes of a batch that fails. */
#ifndef UEMSYNC_SYNC_INVENTORY_H
#define UEMSYNC_SYNC_INVENTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

/* What tells one entity of inventory from another. */
struct inventory_entity {
    const char *name;
    enum uem_call_id call;
    bool ios_only;
    bool is_checked_in; /* it changes with a check-in alone, so that it is not due without one */
    /* A call for each of these, and a row for each at most; NULL ends them. NULL: one call. */
    const char *const *settings;
};

/* Whether the removal guard counts its rows: lists, which a check-in alone changes. Groups are no
 * device's own: who is in them changes at the stroke of a pen. */
bool inventory_is_guarded(const struct inventory_entity *entity);

/* The one of that name; NULL when it is no inventory. */
const struct inventory_entity *inventory_find(const char *name);

struct inventory;

/* `entity` is its place in the report, and among the entities of fetch->known. All is borrowed. */
bool inventory_new(struct inventory **inventory, struct fetch *fetch, size_t entity,
    struct sync_entity_report *report, struct error *err);
void inventory_free(struct inventory *inventory);

/* The flow that asks every device that is due, and stages what came. */
struct flow inventory_flow(struct inventory *inventory);

/* The server, a Core, does not say which groups a device is in: the members are to be found in the
 * other way (sync/members.h). */
bool inventory_wants_members(const struct inventory *inventory);

#endif
