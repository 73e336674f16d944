#include "uem/walk.h"

void uem_walk_begin(struct uem_walk *walk, int limit)
{
    *walk = (struct uem_walk){.limit = limit};
}

/* A page that brings the page before once more, whole: a server that knows no pages. Not one that
 * says itself that there are more. */
static bool uem_walk_is_unpaged(const struct uem_walk *walk, const struct uem_page *page)
{
    return walk->may_not_turn && walk->pages == 1 && page->fresh == 0 &&
           page->received == walk->received && page->results <= page->received &&
           (page->is_repeated || page->received == 1);
}

/* Whether as many records were seen as there are, by the server's count or else by what the answer
 * says. `results` that are as many as the page's may be the page's alone. */
static bool uem_walk_is_complete(
    const struct uem_walk *walk, const struct uem_page *page, int64_t total)
{
    bool tells = total < 0 && page->results >= 0 && page->results != page->received;
    int64_t all = tells ? page->results : total;

    return all >= 0 && walk->distinct == all && !walk->torn;
}

/* Takes the records of a page, and moves on. */
static void uem_walk_take(struct uem_walk *walk, const struct uem_page *page)
{
    walk->torn = walk->torn || (walk->overlap > 0 && !page->holds_last);
    walk->distinct += page->fresh;
    walk->overlap = page->received > 1 ? 1 : 0;
    walk->offset += page->received - walk->overlap;
}

enum uem_walk_step uem_walk_page(struct uem_walk *walk, const struct uem_page *page, int64_t total)
{
    enum uem_walk_step step = UEM_WALK_ON;

    walk->stale = page->fresh > 0 ? 0 : walk->stale + 1;
    if (page->received == 0) {
        /* The page asked for began with a record that was there a moment ago. */
        walk->torn = walk->torn || walk->overlap > 0;
        /* `results` of a page without records is no count of the page's own. */
        walk->is_whole = total >= 0 || page->results <= walk->distinct;
        step = UEM_WALK_END;
    } else if (uem_walk_is_unpaged(walk, page)) {
        /* As many as were asked for: the server may mind the limit, and cut the list. */
        walk->is_whole = page->received != walk->limit;
        step = UEM_WALK_END;
    } else if (page->is_repeated || walk->stale >= UEM_WALK_STALE) {
        step = UEM_WALK_STUCK;
    } else {
        uem_walk_take(walk, page);
        if (uem_walk_is_complete(walk, page, total)) {
            walk->is_whole = true;
            step = UEM_WALK_END;
        }
    }
    walk->received = page->received;
    walk->pages++;
    return step;
}

bool uem_walk_is_proven(const struct uem_walk *walk, int64_t total)
{
    return !walk->torn && walk->is_whole && (total < 0 || walk->distinct == total);
}

int64_t uem_walk_pages(int64_t total, int limit)
{
    int64_t step = limit > 1 ? limit - 1 : 1;

    return total > limit ? 1 + (total - limit + step - 1) / step : 1;
}
