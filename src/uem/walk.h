/* Turning pages of a listing that moves while it is read: pure decisions, no I/O.
 *
 * A server may cut pages short, `results` may count the page or the total, and records ahead of
 * the offset may come and go meanwhile. So the walk advances by the records that came, every page
 * begins with the last record of the page before (a page that does not hold it shows that the
 * listing moved), and only an empty page or the proven total ends it. A listing is proven when the
 * distinct records are as many as the server counts and no page was torn from the one before. Where
 * there is no count to ask for, `results` is taken for one wherever it cannot be the page's own,
 * and an empty page proves as well. A server that ignores the offset is told by a page that begins
 * as the one before, or by UEM_WALK_STALE pages running that bring nothing new. (Field notes,
 * "CPS"; CPS API guide, "Handling Paged Responses".) */
#ifndef UEMSYNC_UEM_WALK_H
#define UEMSYNC_UEM_WALK_H

#include <stdbool.h>
#include <stdint.h>

enum { UEM_WALK_STALE = 16 };

/* One page, as it came. */
struct uem_page {
    int received;     /* records, the unusable ones too */
    int fresh;        /* of these, not seen before in this walk; unusable ones count as fresh */
    bool holds_last;  /* the last record of the page before is among them */
    bool is_repeated; /* its first record is the first of the page before, and it has more */
    int64_t results;  /* what the answer says; -1: nothing */
};

struct uem_walk {
    int limit;        /* asked for */
    int64_t offset;   /* of the next page */
    int64_t distinct; /* records seen in this walk */
    int overlap;      /* records of the next page that were in the one before */
    int pages;
    int stale;         /* pages running without a fresh record */
    bool torn;         /* a page did not hold the last record of the one before */
    bool may_not_turn; /* the offset is not documented: all may come on each page */
    bool is_whole;     /* the end was seen, and not only supposed */
    int received;      /* records of the page before */
};

enum uem_walk_step {
    UEM_WALK_ON,    /* ask for the next page */
    UEM_WALK_END,   /* that was all */
    UEM_WALK_STUCK, /* the server ignores the offset */
};

void uem_walk_begin(struct uem_walk *walk, int limit);

/* What to do after a page; `total` is what the server counts, -1 when it is not known. */
enum uem_walk_step uem_walk_page(struct uem_walk *walk, const struct uem_page *page, int64_t total);

/* How many pages a walk over `total` records takes, where every page has `limit` of them. */
int64_t uem_walk_pages(int64_t total, int limit);

/* Whether the walk, having ended, shows all that the server counts (`total`; -1: not known). */
bool uem_walk_is_proven(const struct uem_walk *walk, int64_t total);

#endif
