/* `uemsync forget`: leaves no trace of a tenant, or of one of its devices, in the destination. */
#ifndef UEMSYNC_SYNC_FORGET_H
#define UEMSYNC_SYNC_FORGET_H

#include <stdbool.h>
#include <stddef.h>

#include "load/settings.h"
#include "sync/catalogue.h"

/* `device` is a device_id (a GUID in either case), or NULL for the whole tenant. `text` gets one
 * phrase about what was removed. See load_erase. */
bool forget(const struct load_settings *settings, const struct catalogue *catalogue,
    const char *tenant, const char *device, char *text, size_t size, struct error *err);

#endif
