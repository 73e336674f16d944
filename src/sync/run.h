/* One run: one `sync` of one tenant, from its start to its outcome. */
#ifndef UEMSYNC_SYNC_RUN_H
#define UEMSYNC_SYNC_RUN_H

#include <stdbool.h>

#include "base/log.h"
#include "sync/catalogue.h"
#include "sync/limits.h"
#include "sync/progress.h"
#include "sync/report.h"
#include "sync/settings.h"

/* What a run is asked to do; all borrowed. */
struct run_settings {
    const struct load_settings *destination;
    const struct catalogue *catalogue;
    struct limits *limits;
    const char *version; /* of the program */
    const struct log *log;
    const struct progress *progress; /* or NULL */
    const char *const *entities;     /* these alone, by name; none: as configured */
    size_t entity_count;
    bool full;    /* nothing is taken from what earlier runs know */
    bool dry_run; /* loads nothing */
    bool allow_removal;
    bool is_told;     /* what came of each entity is told otherwise, to whom the log is for */
    bool is_end_told; /* and why the run failed, right behind its end */
};

/* Runs, and fills the report in every case. */
void run_tenant(const struct run_settings *settings, const struct sync_tenant *tenant,
    struct sync_report *report);

#endif
