/* What of a tenant stands at the head of a page: its totals, and how fresh they are. */
#ifndef UEMSYNC_SYNC_FIGURES_HEAD_H
#define UEMSYNC_SYNC_FIGURES_HEAD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "load/load.h"
#include "sync/figures.h"
#include "sync/settings.h"

/* Texts go to the arena. */
bool figures_read_head(struct load *load, const struct sync_tenant *tenant,
    struct figures_summary *summary, struct arena *arena, struct error *err);

#endif
