/* The headline of a tenant's chapter: a tile for each of its six main numbers. */
#ifndef UEMSYNC_PAGE_TILES_H
#define UEMSYNC_PAGE_TILES_H

#include "base/buffer.h"
#include "sync/figures.h"

void tiles_write(
    struct buffer *out, const struct figures_summary *summary, const struct figures *figures);

#endif
