/* `uemsync export`: one entity of one tenant, straight from the server, as CSV. No destination is
 * touched. */
#ifndef UEMSYNC_SYNC_EXPORT_H
#define UEMSYNC_SYNC_EXPORT_H

#include <stdio.h>

#include "base/log.h"
#include "sync/catalogue.h"
#include "sync/limits.h"
#include "sync/progress.h"
#include "sync/report.h"
#include "sync/settings.h"

enum { EXPORT_MOST_STATUS = 16 };

/* All borrowed. */
struct export_settings {
    const struct sync_tenant *tenant;
    const struct mapping *mapping; /* of the entity */
    const struct limits *limits;
    const char *version;
    const struct log *log;
    const struct progress *progress; /* or NULL */
    const char *columns;             /* names between commas; NULL for all */
    const char *status;              /* statuses between commas; NULL for all devices */
    bool safe;                       /* csv_safe */
    FILE *out;
};

/* Checks columns and statuses, before anything is called: ERROR_USAGE. Then writes the header and
 * a line for each device as it arrives. report->missing tells how many the server counts and did
 * not list; the error of a run that broke off is returned, with what came before written. */
bool export_devices(
    const struct export_settings *settings, struct sync_entity_report *report, struct error *err);

#endif
