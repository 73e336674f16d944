/* What stands in a tenant's own chapter of a page. */
#ifndef UEMSYNC_SYNC_FIGURES_CHAPTER_H
#define UEMSYNC_SYNC_FIGURES_CHAPTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "load/load.h"
#include "sync/figures.h"

/* Texts go to the arena. */
bool figures_read_chapter(struct load *load, const char *tenant, struct figures *figures,
    struct arena *arena, struct error *err);

#endif
