/* A listing of the server, page by page: every record is mapped and seen once, and the pages are
 * held against each other as uem/walk.h says. One page is in flight at a time; listing_step moves
 * it on. */
#ifndef UEMSYNC_SYNC_LISTING_H
#define UEMSYNC_SYNC_LISTING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/id_set.h"
#include "sync/rejects.h"
#include "sync/report.h"
#include "sync/server.h"
#include "uem/walk.h"

/* What is listed; all borrowed. */
struct listing_input {
    const struct fetch *fetch;
    enum uem_call_id call;
    struct mapper *mapper;
    size_t key;   /* the column that tells records apart; 0: all of them do */
    bool is_part; /* of what the caller shows the progress of */

    /* Takes a usable record. `is_new`: no record of this key was seen in this walk. Where it was
     * and this is another record all the same, *is_another is set: the server counts both. */
    bool (*take)(void *context, const struct row *row, const cJSON *record, bool is_new,
        bool *is_another, struct error *err);
    void *context;
};

struct listing {
    const struct listing_input *input;
    struct uem_arguments arguments;    /* of the next page; status and such are the caller's */
    struct sync_entity_report *report; /* calls and rejects are counted here */
    struct id_set *seen;               /* keys of the walk's records */
    struct hash *hash;
    struct uem_walk walk;
    int walks;
    int64_t total;                  /* what the server counts; -1: not known */
    int64_t shown_before;           /* for the progress: records of the walks before */
    int64_t shown_total;            /* and of all walks together; -1: `total` is it, or none */
    bool is_under_way;              /* a page is in flight */
    bool is_ended;                  /* the walk is */
    struct server_result result;    /* of the latest page */
    struct rejects_pending rejects; /* of the page under way */
    struct uem_page page;
    struct buffer first; /* id of the page's first record */
    struct buffer first_before;
    struct buffer last;
    struct buffer last_before;
};

bool listing_init(struct listing *listing, const struct listing_input *input,
    struct sync_entity_report *report, struct error *err);

/* May be called again. */
void listing_release(struct listing *listing);

/* Begins a walk over all pages, knowing nothing of an earlier one but what it rejected. */
void listing_begin(struct listing *listing);

/* Moves the walk on. Once listing->is_ended, listing->walk says how it went. A page that fails ends
 * it too: listing->result says why; where the server turns no pages, likewise (ERROR_SERVER). */
bool listing_step(struct listing *listing, struct error *err);

#endif
