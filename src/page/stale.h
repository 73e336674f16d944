/* The warning at the head of a page: what of tenants is too old, or was never loaded. */
#ifndef UEMSYNC_PAGE_STALE_H
#define UEMSYNC_PAGE_STALE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "sync/figures.h"

/* Nothing where all is fresh at `now`, in ms. */
void stale_warning(
    struct buffer *out, const struct figures_summary *tenants, size_t count, int64_t now);

#endif
