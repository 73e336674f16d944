/* Lists in pages: CPS guide, "Handling Paged Responses". */
#ifndef UEMSIM_LISTING_H
#define UEMSIM_LISTING_H

#include "reply.h"

/* What one list call asks for. */
struct page {
    uint64_t offset, asked, limit; /* `limit` is `asked` within --page-cap */
};

/* The records of a list: numbers from `first` up, or those of them that match. */
struct listing {
    const struct request *request;
    const void *query; /* what matches() and write() need to know; borrowed */
    uint64_t first, end;
    uint64_t total;          /* records that match, of first..end-1 */
    uint64_t start;          /* the number that the page begins with */
    const char *long_member; /* which `huge-record` makes long */
    bool (*matches)(const struct listing *listing, uint64_t number); /* NULL: each does */
    /* Appends the record; `nameless` is one without what identifies it. */
    void (*write)(const struct listing *listing, uint64_t number, bool nameless, struct buf *out);
};

/* A number of the query; `absent` without it. false: it is none. */
bool listing_read_number(
    const struct request *request, const char *name, uint64_t absent, uint64_t *number);
/* Reads offset and limit. false: the reply is an error. */
bool listing_read_page(const struct request *request, struct page *page, struct reply *reply);
/* Sets total and start by looking at all numbers. */
void listing_count(struct listing *listing, const struct page *page);
/* Appends the page's answer, spoilt as the request's faults say. */
void listing_answer(const struct listing *listing, const struct page *page, struct buf *out);
/* The result of a count call. */
void listing_answer_count(uint64_t count, struct buf *out);

#endif
