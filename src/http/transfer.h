/* One call under way: its libcurl handle, what of its answer came so far, and how a try of it
 * ended. It knows nothing of other calls, of waiting and of trying again: see http/client.c. */
#ifndef UEMSYNC_HTTP_TRANSFER_H
#define UEMSYNC_HTTP_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "http/address.h"
#include "http/http.h"
#include "http/retry.h"

struct transfer {
    struct transfer *next; /* in one of the client's lists */
    const struct http_settings *settings;
    const struct http_address *address;
    const struct http_request *request;
    struct http_response *response;
    CURL *easy;
    struct curl_slist *headers;

    /* The client's: when and how often. */
    enum { TRANSFER_WAITING, TRANSFER_RUNNING, TRANSFER_DONE } state;
    struct http_retry retry;
    bool is_awaited; /* by http_call, which does not want `done` called */
    bool is_told;    /* WAITING: the log knows of it */
    int64_t ticket;  /* of the limiter, for the try under way */
    int64_t due;     /* WAITING: no try begins before, by timestamp_monotonic */
    int64_t started; /* when the try under way began */
    bool ok;         /* DONE: the call worked */

    /* The try under way. */
    bool begun;       /* `begin` was called */
    bool refused;     /* a callback ended the transfer, and `error` says why */
    bool is_final;    /* and no other try would go better */
    int64_t unpacked; /* bytes of the body */
    size_t header_bytes;
    size_t body_size;    /* bytes in response->body */
    bool sent;           /* the request went out, as far as can be known */
    bool is_lost;        /* and libcurl would have sent it again: see transfer_on_request */
    int64_t answered;    /* when the answer began to come, or 0 */
    int64_t received;    /* once it ended: bytes of the body on the wire */
    int64_t retry_after; /* once it ended: ms, or -1 */
    struct error error;  /* once it ended in another way than wanted */
    int lost;            /* tries that were */
    char curl_text[CURL_ERROR_SIZE];
};

/* Everything is borrowed until transfer_free; `response` is cleared. *transfer is the caller's. */
bool transfer_new(struct transfer **transfer, const struct http_settings *settings,
    const struct http_address *address, const struct http_request *request,
    struct http_response *response, struct error *err);

/* NULL is allowed. The handle must not be part of a multi handle any more. */
void transfer_free(struct transfer *transfer);

/* To be called before each try. */
void transfer_prepare(struct transfer *transfer);

/* To be called when libcurl is done with a try: fills the response, calls `end`. True when the
 * answer is there whole and taken; else transfer->error is set, and *outcome tells
 * http_retry_wait. */
bool transfer_finish(struct transfer *transfer, CURLcode code, enum http_outcome *outcome);

#endif
