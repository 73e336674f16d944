/* `uemsync plan`: what a run would call, and the shortest time that the limits allow. */
#ifndef UEMSYNC_SYNC_PLAN_H
#define UEMSYNC_SYNC_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/log.h"
#include "load/settings.h"
#include "sync/catalogue.h"
#include "sync/limits.h"
#include "sync/settings.h"
#include "uem/calls.h"

/* All borrowed. */
struct plan_settings {
    const struct load_settings *destination;
    const struct catalogue *catalogue;
    const struct limits *limits;
    const char *version;
    const struct log *log;
    const char *const *entities; /* these alone, by name; none: as configured */
    size_t entity_count;
};

struct plan {
    int64_t devices;               /* that the server counts; that are published, with CPS off */
    int64_t calls[UEM_CALL_COUNT]; /* of each call of uem/calls.h, at most; look-ups of what is gone
                                      or missing come on top and cannot be foreseen */
    int64_t total;
    int64_t seconds;  /* that the limits make the calls take at least */
    bool knows_a_run; /* an earlier run says how many devices are iOS ones, and how many groups
                         there are; else every device counts as one, and lists as short */
};

/* Asks the server for its counts: two calls at most; and reads what the last run has published. A
 * destination that cannot be read is a warning. */
bool plan_tenant(const struct plan_settings *settings, const struct sync_tenant *tenant,
    struct plan *plan, struct error *err);

/* The least time in seconds of `calls` calls where `limit` come in any 60 s; 0 for no limit. */
int64_t plan_seconds(int64_t calls, int limit);

#endif
