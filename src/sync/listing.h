/* A listing of the server, page by page: every record is mapped and seen once, and the pages are
 * held against each other as uem/walk.h says. */
#ifndef UEMSYNC_SYNC_LISTING_H
#define UEMSYNC_SYNC_LISTING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/log.h"
#include "mapping/mapper.h"
#include "sync/id_set.h"
#include "sync/progress.h"
#include "sync/report.h"
#include "sync/server.h"
#include "uem/walk.h"

/* What is listed, and for whom; all borrowed. */
struct listing_input {
    struct server *server;
    enum uem_call_id call;
    const char *status; /* of the call's arguments; NULL for none */
    struct mapper *mapper;
    const struct sync_tenant *tenant;
    const struct log *log;
    const struct progress *progress; /* or NULL */

    /* Takes a usable record. `is_new`: no record of this key was seen in this walk. Where it was
     * and this is another record all the same, *is_another is set: the server counts both. */
    bool (*take)(
        void *context, const struct row *row, bool is_new, bool *is_another, struct error *err);
    void *context;
};

struct listing {
    const struct listing_input *input;
    struct sync_entity_report *report; /* `rejected` is counted here */
    struct id_set *seen;               /* keys of the walk's records: the second key column */
    struct uem_walk walk;
    int walks;
    int64_t total; /* what the server counts; -1: not known */
    struct uem_page page;
    struct buffer first; /* id of the page's first record */
    struct buffer first_before;
    struct buffer last;
    struct buffer last_before;
};

bool listing_init(struct listing *listing, const struct listing_input *input,
    struct sync_entity_report *report, struct error *err);
void listing_release(struct listing *listing);

/* Walks over all pages, knowing nothing of an earlier walk; listing->walk then says how it went.
 * ERROR_SERVER when the server turns no pages. */
bool listing_walk(struct listing *listing, struct error *err);

#endif
