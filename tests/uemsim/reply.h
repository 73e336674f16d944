/* An answer, and the ways in which it can go wrong on its way out. */
#ifndef UEMSIM_REPLY_H
#define UEMSIM_REPLY_H

#include "request.h"

struct reply {
    unsigned status;
    const char *content_type;
    struct buf body;
    enum fault_retry retry; /* form of Retry-After */
    uint64_t retry_after;   /* seconds */
    const char *location;   /* borrowed; NULL: none */
    bool challenge;         /* asks for a password */
    bool as_is;             /* neither compressed nor broken */
    bool quiet;             /* neither logged nor counted: control */
    /* What writes the body while it is sent, instead of `body`; NULL: nothing does. */
    MHD_ContentReaderCallback read;
    MHD_ContentReaderFreeCallback release;
    void *source; /* owned; release() frees it */
    bool packed;  /* what it writes is compressed */
};

/* Makes it a JSON error. The guide documents no error body; this is the plainest one. */
void reply_error(struct reply *reply, unsigned status, const char *type, const char *message);
/* tenant_begin() for a handler. false: there is no memory, and the reply says so. */
bool reply_begin(struct request *request, bool by_status, struct reply *reply);
/* What faults put in the place of a list, or of an object that is `empty` so; NULL: nothing. */
const char *reply_spoilt_list(const struct request *request, const char *empty);
bool reply_wants_gzip(const struct request *request);
/* Breaks what stands in the body from `from` on, in its middle. */
void reply_malform(struct buf *body, size_t from, bool json);
/* Ends a body that a reader writes: by a reset, a wait for the client to leave (`parked` says that
 * it was), or an orderly one that lacks the end. The result is the reader's. */
ssize_t reply_break_off(struct request *request, enum fault_kind kind, bool *parked);
/* Sends the reply, releases it, and logs the request. */
enum MHD_Result reply_send(struct request *request, struct reply *reply);
/* Sends the records of the proper answer again and again; devices where it holds no list. */
enum MHD_Result reply_send_endless(struct request *request);

#endif
