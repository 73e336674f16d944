/* The entity `device`: lists every device of a tenant, proves the listing, and finds out which
 * published devices are gone. */
#ifndef UEMSYNC_SYNC_DEVICES_H
#define UEMSYNC_SYNC_DEVICES_H

#include <stdbool.h>

#include "base/error.h"
#include "base/log.h"
#include "load/load.h"
#include "mapping/mapping.h"
#include "sync/progress.h"
#include "sync/report.h"
#include "sync/server.h"
#include "sync/settings.h"

/* What the stage works with; all borrowed. */
struct devices_input {
    struct server *server;
    struct load *load;
    const struct mapping *mapping;
    const struct sync_tenant *tenant;
    const struct log *log;
    const struct progress *progress;
    const char *status; /* devices of this status alone; NULL for all */
    bool allow_removal;
    bool once; /* no second walk, as staged rows cannot be taken back; and no removals */
};

/* Fetches and stages every device, and stages the removal of those that are gone. Fills
 * fetched, rejected, missing, kept and completeness of the report. ERROR_GUARD when more would go
 * than the guard allows; nothing has been looked up then. */
bool devices_fetch(
    const struct devices_input *input, struct sync_entity_report *report, struct error *err);

#endif
