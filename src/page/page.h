/* The page that `uemsync report` writes: HTML with its styles and charts in it, which asks nobody
 * for anything. It is written in pieces: the head, a chapter for each tenant in their order, the
 * end. It is well-formed as XML too. */
#ifndef UEMSYNC_PAGE_PAGE_H
#define UEMSYNC_PAGE_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "sync/figures.h"

/* All borrowed. */
struct page {
    const char *version; /* of the program */
    int64_t now;         /* ms: the moment whose figures these are */
    const struct figures_summary *tenants;
    size_t tenant_count;
};

/* Up to the first chapter: how fresh all is, and the tenants beside each other where they are
 * several. The buffer says whether there was memory. */
bool page_begin(struct buffer *out, const struct page *page, struct error *err);

/* The chapter of the tenant at `place`. */
void page_tenant(
    struct buffer *out, const struct page *page, size_t place, const struct figures *figures);

void page_end(struct buffer *out, const struct page *page);

#endif
