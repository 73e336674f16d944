/* `uemsync migrate`: creates or extends the destination's schema. The command layer reaches the
 * destinations through sync/ alone, so that it needs to know none of them. */
#ifndef UEMSYNC_SYNC_MIGRATE_H
#define UEMSYNC_SYNC_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

#include "load/settings.h"
#include "sync/catalogue.h"

/* `text` gets one phrase about what was done. */
bool migrate(const struct load_settings *settings, const struct catalogue *catalogue, char *text,
    size_t size, struct error *err);

#endif
