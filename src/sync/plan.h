/* `uemsync plan`: what a run would call, and the shortest time that the limits allow. */
#ifndef UEMSYNC_SYNC_PLAN_H
#define UEMSYNC_SYNC_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/log.h"
#include "sync/limits.h"
#include "sync/settings.h"
#include "uem/calls.h"

struct plan {
    int64_t devices;               /* that the server counts */
    int64_t calls[UEM_CALL_COUNT]; /* of each call of uem/calls.h; look-ups of devices that are
                                      gone come on top and cannot be foreseen */
    int64_t total;
    int64_t seconds; /* that the limits make the calls take at least */
};

/* Asks the server for its count: one call. */
bool plan_tenant(const struct sync_tenant *tenant, const struct limits *limits, const char *version,
    const struct log *log, struct plan *plan, struct error *err);

/* The least time in seconds of `calls` calls where `limit` come in any 60 s; 0 for no limit. */
int64_t plan_seconds(int64_t calls, int limit);

#endif
