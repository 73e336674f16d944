/* Whether and when a failed call is tried again: pure functions, the clock and the chance are
 * arguments. */
#ifndef UEMSYNC_HTTP_RETRY_H
#define UEMSYNC_HTTP_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum http_outcome {
    HTTP_ANSWERED,    /* an answer with a status came whole */
    HTTP_UNREACHABLE, /* no connection: refused, no route, name not found, connect time-out */
    HTTP_BROKEN,      /* a connection ended, or stalled, within the call; a body cut short */
    HTTP_MALFORMED,   /* the answer was whole and not what was asked for */
    HTTP_FINAL,       /* TLS verification, a callback's error, anything that stays as it is */
};

enum {
    HTTP_RETRY_BASE_MS = 500,
    HTTP_RETRY_MOST_MS = 60 * 1000,
    HTTP_RETRY_AFTER_MOST_MS = 600 * 1000
};

/* One call's retries. */
struct http_retry {
    int limit;           /* tries after the first */
    int tries_of_failed; /* as in struct http_request; 0: `limit` alone */
    int64_t base_ms;     /* the first wait without its jitter taken off; HTTP_RETRY_BASE_MS */
    uint64_t random;     /* state of the jitter's generator */
    int malformed;       /* malformed answers so far; 0 at first */
    int failed;          /* those, and answers with status 500; 0 at first */
};

/* How long to wait before try number `tried` + 1 (`tried` were made, 1 at least), in ms; -1 when
 * the call has failed for good. 429 and 503 wait as long as `retry_after_ms` says (-1: the server
 * said nothing), though no longer than 10 minutes; what else is worth a retry (500, 502, 504, 408,
 * and no answer) waits base_ms x 2^n, at most 60 s, of which a random half is jitter, so that many
 * clients do not come back as one. 401 and 403 are never retried: accounts lock. A malformed answer
 * is retried once, or as often as `tries_of_failed` says of it and of status 500. */
int64_t http_retry_wait(struct http_retry *retry, enum http_outcome outcome, long status,
    int64_t retry_after_ms, int tried);

/* Retry-After as RFC 9110 has it: seconds, or an HTTP date, of which `now` (ms) is taken. In ms
 * from now, 0 at least; -1 when it is neither. */
int64_t http_retry_after(struct str value, int64_t now);

#endif
