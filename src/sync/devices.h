/* The entity `device`: lists every device of a tenant, proves the listing, and finds out which
 * published devices are gone. */
#ifndef UEMSYNC_SYNC_DEVICES_H
#define UEMSYNC_SYNC_DEVICES_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

struct devices;

/* `fetch` and `report` are borrowed. ERROR_CONFIG when there is no mapping file for device. */
bool devices_new(struct devices **devices, struct fetch *fetch, struct sync_entity_report *report,
    struct error *err);
void devices_free(struct devices *devices);

/* The flow that fetches and stages every device, and fills the roster: fetched, rejected, missing
 * and completeness of the report. ERROR_GUARD as soon as the listing is proven, when more would go
 * than the guard allows. */
struct flow devices_flow(struct devices *devices);

/* To be called when all flows are done: looks up what a proven listing lacks, and stages the
 * removal of the devices that are gone, and of all their inventory. Fills `kept` of the report. */
bool devices_remove(struct devices *devices, struct error *err);

#endif
