/* The flows of the entities that are asked for, made and turned together: what `sync` and `export`
 * share. */
#ifndef UEMSYNC_SYNC_FLOWS_H
#define UEMSYNC_SYNC_FLOWS_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

/* Fetches the entities whose names are in the report's rows (`count` of them), side by side, and
 * stages what came. `fetch` has everything but roster, memo, known and rejects, which are made
 * here. */
bool flows_fetch(
    struct fetch *fetch, struct sync_entity_report *reports, size_t count, struct error *err);

#endif
