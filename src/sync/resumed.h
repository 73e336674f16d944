/* What an earlier run of the tenant left staged of devices, and this one publishes: of a device
 * that is neither listed any more nor published, nothing is to be. */
#ifndef UEMSYNC_SYNC_RESUMED_H
#define UEMSYNC_SYNC_RESUMED_H

#include <stdbool.h>

#include "sync/fetch.h"

struct resumed;

/* Notes which devices these are; nothing where there are none. To be called before anything is
 * staged. *resumed is the caller's. */
bool resumed_new(struct resumed **resumed, const struct fetch *fetch, struct error *err);
void resumed_free(struct resumed *resumed);

/* Drops what is staged of those that the roster lacks and that are not published. To be called when
 * all is fetched. */
bool resumed_drop_strangers(
    const struct resumed *resumed, const struct fetch *fetch, struct error *err);

#endif
