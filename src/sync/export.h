/* `uemsync export`: one entity of one tenant, straight from the server, as CSV. No destination is
 * touched. */
#ifndef UEMSYNC_SYNC_EXPORT_H
#define UEMSYNC_SYNC_EXPORT_H

#include <stdint.h>
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
    const struct catalogue *catalogue;
    const struct mapping *mapping; /* of the entity */
    const struct limits *limits;
    const char *version;
    const struct log *log;
    const struct progress *progress; /* or NULL */
    const char *columns;             /* names between commas; NULL for all */
    const char *status;              /* statuses between commas; NULL for devices of all of them */
    bool safe;                       /* csv_safe */
    bool shown;                      /* `out` is a terminal, which must not obey what comes */
    FILE *out;
};

/* Checks columns and statuses, before anything is called: ERROR_USAGE. Then writes the header
 * and a line for each row as it arrives; no header where it failed before the first row. What is
 * exported of devices needs their listing too; the reports (`count` of them, the exported entity's
 * is the last) tell what came of both, and *written how many lines went out. The error of a run
 * that broke off is returned, with what came before written. */
bool export_entity(const struct export_settings *settings,
    struct sync_entity_report reports[SYNC_MOST_ENTITIES], size_t *count, int64_t *written,
    struct error *err);

#endif
