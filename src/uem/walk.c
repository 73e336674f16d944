#include "uem/walk.h"

void uem_walk_begin(struct uem_walk *walk, int limit)
{
    *walk = (struct uem_walk){.limit = limit};
}

enum uem_walk_step uem_walk_page(struct uem_walk *walk, const struct uem_page *page, int64_t total)
{
    enum uem_walk_step step = UEM_WALK_ON;

    walk->stale = page->fresh > 0 ? 0 : walk->stale + 1;
    if (page->received == 0) {
        /* The page asked for began with a record that was there a moment ago. */
        walk->torn = walk->torn || walk->overlap > 0;
        step = UEM_WALK_END;
    } else if (page->is_repeated || walk->stale >= UEM_WALK_STALE) {
        step = UEM_WALK_STUCK;
    } else {
        walk->torn = walk->torn || (walk->overlap > 0 && !page->holds_last);
        walk->distinct += page->fresh;
        walk->overlap = page->received > 1 ? 1 : 0;
        walk->offset += page->received - walk->overlap;
        if (total >= 0 && walk->distinct == total && !walk->torn) {
            step = UEM_WALK_END;
        }
    }
    walk->pages++;
    return step;
}

bool uem_walk_is_proven(const struct uem_walk *walk, int64_t total)
{
    return !walk->torn && walk->distinct == total;
}

int64_t uem_walk_pages(int64_t total, int limit)
{
    int64_t step = limit > 1 ? limit - 1 : 1;

    return total > limit ? 1 + (total - limit + step - 1) / step : 1;
}
