#include "listing.h"

#include <errno.h>
#include <stdlib.h>

#include "edit.h"

/* CPS guide, "Handling Paged Responses". */
#define DEFAULT_LIMIT 50

bool listing_read_number(
    const struct request *request, const char *name, uint64_t absent, uint64_t *number)
{
    const char *const text = request_argument(request, name);
    char *end = NULL;
    bool ok = true;

    *number = absent;
    if (text != NULL) {
        errno = 0;
        *number = strtoull(text, &end, 10);
        ok = *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
    }
    return ok;
}

bool listing_read_page(const struct request *request, struct page *page, struct reply *reply)
{
    const uint64_t cap = request->server->options->page_cap;
    const char *wrong = NULL;

    *page = (struct page){0};
    if (!listing_read_number(request, "offset", 0, &page->offset)) {
        wrong = "offset is no number";
    } else if (!listing_read_number(request, "limit", DEFAULT_LIMIT, &page->asked) ||
               page->asked == 0) {
        wrong = "limit is no positive number";
    }
    page->limit = page->asked < cap ? page->asked : cap;
    if (request->hit.has[FAULT_REPEAT]) {
        page->offset = 0;
    }
    if (wrong != NULL) {
        reply_error(reply, 400, "BAD_REQUEST", wrong);
    }
    return wrong == NULL;
}

void listing_count(struct listing *listing, const struct page *page)
{
    listing->start = listing->end;
    listing->total = 0;
    for (uint64_t number = listing->first; number < listing->end; number++) {
        if (listing->matches(listing, number)) {
            listing->start = listing->total == page->offset ? number : listing->start;
            listing->total++;
        }
    }
}

/* `drop`: leaves out of the middle, so that who goes on by the number of records never sees them.
 */
static bool is_dropped(const struct fault_hit *hit, uint64_t place, uint64_t places)
{
    const uint64_t count = hit->number[FAULT_DROP] < places ? hit->number[FAULT_DROP] : places;
    const uint64_t from = (places - count) / 2;

    return hit->has[FAULT_DROP] && place >= from && place < from + count;
}

static void append_record(const struct listing *listing, uint64_t number, uint64_t place,
    uint64_t places, struct buf *out)
{
    const struct fault_hit *const hit = &listing->request->hit;
    const bool bad = hit->has[FAULT_BAD_RECORD] && place == places / 2;
    const size_t from = out->len;

    if (bad && hit->number[FAULT_BAD_RECORD] == 0) {
        buf_text(out, "\"not a device\"");
    } else {
        listing->write(listing, number, bad, out);
        if (hit->has[FAULT_HUGE_RECORD] && place == 0) {
            edit_widen(out, from, listing->long_member, (size_t)hit->number[FAULT_HUGE_RECORD]);
        }
    }
}

/* Appends the page's records; returns how many there are. */
static uint64_t append_page(const struct listing *listing, const struct page *page, struct buf *out)
{
    const uint64_t left = page->offset < listing->total ? listing->total - page->offset : 0;
    const uint64_t places = left < page->limit ? left : page->limit;
    uint64_t number = listing->start;
    uint64_t count = 0;

    for (uint64_t place = 0; place < places && !out->failed; place++) {
        while (listing->matches != NULL && !listing->matches(listing, number)) {
            number++;
        }
        if (!is_dropped(&listing->request->hit, place, places)) {
            buf_put(out, ",", count == 0 ? 0 : 1);
            append_record(listing, number, place, places, out);
            count++;
        }
        number++;
    }
    return count;
}

void listing_answer(const struct listing *listing, const struct page *page, struct buf *out)
{
    const struct options *const options = listing->request->server->options;

    const char *const spoilt = reply_spoilt_list(listing->request, "[]");
    uint64_t count = 0;

    buf_text(out, "{\"searchResults\":");
    if (spoilt != NULL) {
        buf_text(out, spoilt);
    } else {
        buf_text(out, "[");
        count = append_page(listing, page, out);
        buf_text(out, "]");
    }
    buf_text(out, ",\"results\":");
    buf_number(out, options->results == 1 ? listing->total : count);
    buf_text(out, ",\"offset\":");
    buf_number(out, page->offset);
    buf_text(out, ",\"limit\":");
    buf_number(out, options->limit_echo == 1 ? page->limit : page->asked);
    buf_text(out, "}");
}

void listing_answer_count(uint64_t count, struct buf *out)
{
    buf_text(out, "{\"result\":");
    buf_number(out, count);
    buf_text(out, "}");
}
