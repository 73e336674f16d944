/* Which published devices are gone: those that a proven listing lacks and a look-up lacks too
 * (promise 2), within the guard (promise 8). */
#ifndef UEMSYNC_SYNC_REMOVAL_H
#define UEMSYNC_SYNC_REMOVAL_H

#include <stdbool.h>

#include "load/load.h"
#include "mapping/mapper.h"
#include "sync/id_set.h"
#include "sync/report.h"
#include "sync/server.h"

/* All borrowed. */
struct removal_input {
    struct server *server;
    struct load *load;
    const struct mapping *mapping;
    struct mapper *mapper;
    const struct id_set *seen;        /* every device_id that was listed */
    const struct id_set *identifiers; /* "mdm:" and the identifier of every device listed */
    const struct sync_tenant *tenant;
    const struct log *log;
    bool allow_removal;
};

/* Stages the removal of devices that are gone, and the rows of those that the listing lacked and
 * the look-up found. ERROR_GUARD before any look-up when too many lack; a look-up that fails keeps
 * its devices and counts them in report->kept. */
bool removal_find(
    const struct removal_input *input, struct sync_entity_report *report, struct error *err);

/* The guard: whether `missing` of `published` devices may go. More than ten and more than the
 * share `most` (0 to 1) of them may not. */
bool removal_is_allowed(int64_t missing, int64_t published, double most);

#endif
