/* What a run says of itself: one row of sync_run, from its start on, and at its end one of
 * sync_run_entity for each entity. */
#ifndef UEMSYNC_SYNC_RUN_LEDGER_H
#define UEMSYNC_SYNC_RUN_LEDGER_H

#include <stdbool.h>

#include "load/load.h"
#include "sync/report.h"

extern const struct relation run_ledger_run;
extern const struct relation run_ledger_entity;

/* The run is under way. `version` is the program's. */
bool run_ledger_begin(
    struct load *load, const struct sync_report *report, const char *version, struct error *err);

/* The run ended as the report says. */
bool run_ledger_end(
    struct load *load, const struct sync_report *report, const char *version, struct error *err);

#endif
