/* One document of Core's v1 web services, which come whole and not in pages: every record of it is
 * mapped and handed on. The sister of sync/listing.h. */
#ifndef UEMSYNC_SYNC_WHOLE_H
#define UEMSYNC_SYNC_WHOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/rejects.h"
#include "sync/report.h"
#include "sync/server.h"

/* What is read; all borrowed. */
struct whole_input {
    const struct fetch *fetch;
    enum uem_call_id call;
    struct mapper *mapper;
    bool is_part; /* of what the caller shows the progress of */
    /* A try begins: what came of the one before is void. May be NULL, where what comes again does
     * no harm. */
    void (*begin)(void *context);
    /* Takes a usable record; ERROR_RECORD for one that is none after all. */
    bool (*take)(void *context, const struct row *row, const cJSON *record, struct error *err);
    void *context;
};

struct whole {
    struct whole_input input;
    struct uem_arguments arguments;    /* the caller's */
    struct sync_entity_report *report; /* calls and rejects are counted here */
    bool is_under_way;
    bool is_ended;
    struct server_result result; /* once it is ended */
    int64_t received;            /* records of the latest try, the unusable ones too */
    int64_t before;              /* likewise, of the documents before: for the progress */
    int64_t unusable;            /* those of them that were rejected, or could not be read */
    struct rejects_pending rejects;
};

/* `input` is copied. */
void whole_init(
    struct whole *whole, const struct whole_input *input, struct sync_entity_report *report);
void whole_release(struct whole *whole);

/* Another document, for which the caller has changed the arguments. */
void whole_begin(struct whole *whole);

/* Starts the call where that is not done. Once whole->is_ended, whole->result says how it went: an
 * answer that says itself that there is no data is one without records. */
bool whole_step(struct whole *whole, struct error *err);

#endif
