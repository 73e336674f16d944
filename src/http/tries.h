/* The tries of a client's calls: when the next one of a call may begin, what the limiter is told of
 * it, and what its end means for the call and for those beside it. It keeps no call, and has no
 * loop: see http/client.c. */
#ifndef UEMSYNC_HTTP_TRIES_H
#define UEMSYNC_HTTP_TRIES_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "http/http.h"
#include "http/limiter.h"
#include "http/transfer.h"

/* Of one client. Borrows everything. */
struct tries {
    const struct http_settings *settings;
    const struct log *log;
    CURLM *multi;
    struct http_limiter *limiter; /* the settings', or one of a single class without limits */
    int running;                  /* tries on their way */
    int64_t told_until;           /* the log knows of a wait for the limits so long */
    struct http_counts counts;
};

/* Makes the transfer wait for its first try. `random` is the state of its jitter. */
void tries_init(const struct tries *tries, struct transfer *transfer, uint64_t random);

/* Begins the next try of a transfer that is WAITING, if it may begin now, and returns 0; a handle
 * that libcurl does not take leaves the transfer DONE, with its error. Else returns how long it has
 * to wait, in ms; HTTP_LIMITER_LATER when it is to be asked again once another try has ended. */
int64_t tries_begin(struct tries *tries, struct transfer *transfer, int64_t now);

/* libcurl is done with a try: the transfer is DONE, or WAITING for the next. */
void tries_end(struct tries *tries, struct transfer *transfer, CURLcode code);

/* Gives up the try that is RUNNING, at once: a name that is being resolved is not waited for. The
 * transfer is DONE, and may only be freed. */
void tries_drop(struct tries *tries, struct transfer *transfer);

#endif
