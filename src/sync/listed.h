/* An entity that is one plain listing of the server: device_group, app_catalog. */
#ifndef UEMSYNC_SYNC_LISTED_H
#define UEMSYNC_SYNC_LISTED_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

/* The call that lists the entity of that name; UEM_CALL_COUNT when it is none of these. */
enum uem_call_id listed_call(const char *name);

/* Whether published device groups have ids of CPS: with CPS off for a night they stay as they are,
 * as v1 knows labels by other ids, and all members would change twice. */
bool listed_keeps_groups(const struct fetch *fetch, bool *keeps, struct error *err);

/* The call by which a Core's v1 lists it too; UEM_CALL_COUNT when it does not. */
enum uem_call_id listed_v1_call(const char *name);

struct listed;

/* `fetch` and `report` are borrowed. */
bool listed_new(struct listed **listed, struct fetch *fetch, struct sync_entity_report *report,
    struct error *err);
void listed_free(struct listed *listed);

/* The flow that lists all, once more when the listing moved, and stages what came. What a proven
 * listing lacks goes; an unproven one adds and changes, and where rows are a set it changes
 * nothing. */
struct flow listed_flow(struct listed *listed);

#endif
