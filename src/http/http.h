/* The HTTP client: the only user of libcurl. One client is one server account: its address, its
 * identity, its open connections.
 *
 * TLS 1.2 or newer, certificate and name verified, redirects never followed, only https (plain
 * http on loopback alone). It knows nothing of the server's API: which calls may be made is the
 * business of uem/. */
#ifndef UEMSYNC_HTTP_HTTP_H
#define UEMSYNC_HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ceilings.h"
#include "base/error.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "http/limiter.h"

/* Borrowed for the life of the client. */
struct http_settings {
    const char *base_url; /* scheme, host, port and path, without a slash at its end */
    const char *username; /* basic authentication; NULL for none */
    const struct secret *password;
    const struct secret *p12; /* a PKCS #12 file's bytes; NULL or unset for none */
    const struct secret *p12_password;
    const char *ca_file; /* NULL: the system's authorities */
    const char *user_agent;
    int retries;                  /* further tries of one call; 0 or more */
    int connections;              /* most connections kept open */
    struct http_limiter *limiter; /* shared by all clients of a cluster; NULL: no limits */
    uint64_t random;              /* seed of the jitter */

    /* 0 takes the default; tests shorten them. */
    long connect_timeout_ms; /* name, connection and TLS together; 15 s */
    long stall_timeout_s;    /* how long less than a byte a second may come; 60 s */
    int64_t retry_base_ms;   /* the first wait of http/retry.h; 500 ms */
    int64_t answer_ceiling;  /* most bytes of one answer, unpacked; CEILING_ANSWER */
};

struct http_client;

/* One call. `path` begins with a slash, is percent-encoded by its maker, and is appended to the
 * base URL as it is. */
struct http_request {
    const char *method; /* "GET" or "POST" */
    const char *path;
    struct str body;    /* POST: application/json; else empty */
    size_t limit_class; /* of the limiter */
    const char *accept; /* "application/json" or "application/xml" */

    /* Called before the first byte of each try's answer with status 200 (also of an empty one),
     * and so again when a try failed half-way and the call is made anew: what came before is
     * void. */
    bool (*begin)(void *context, struct error *err);
    /* The answer's bytes, unpacked, as they come; only of an answer with status 200. */
    bool (*bytes)(void *context, const char *bytes, size_t size, struct error *err);
    /* Called once the answer is whole, before the call counts as done; an ERROR_SERVER from it
     * (a document that ends in the middle) makes the call be tried again. */
    bool (*end)(void *context, struct error *err);
    void *context;
};

/* What came of a call, also when it failed. */
struct http_response {
    long status;      /* of the last try; 0 when no answer came */
    int tries;        /* 1 for a call that worked at once */
    int64_t received; /* bytes of all tries' bodies on the wire, as packed */
    char content_type[128];
    /* The beginning of an answer with another status than 200, with a NUL; the password is masked
     * in it, should the server send it back. */
    char body[CEILING_ERROR_BODY];
};

/* What a client has done so far. */
struct http_counts {
    int64_t calls;   /* tries that reached for the server, and what libcurl had to send twice */
    int64_t retries; /* those of them that were not the first of their call */
    int64_t bytes;   /* received on the wire, bodies alone */
};

/* Connects to nothing yet. ERROR_CONFIG for what can be told without the server: an address that
 * may not be called, a certificate file or `ca_file` that cannot be used. *client is the caller's.
 */
bool http_client_new(struct http_client **client, const struct http_settings *settings,
    const struct log *log, struct error *err);
void http_client_free(struct http_client *client);

/* Makes the call and waits for its end, with retries as http/retry.h decides. Errors:
 * ERROR_CREDENTIALS for 401 and for a client certificate that the server turns down or misses
 * within TLS, ERROR_ROLE for 403, ERROR_SERVER for everything else the server or the way to it did,
 * ERROR_INTERRUPTED when the stop flag was raised, and whatever the callbacks set. `response` is
 * filled in every case. */
bool http_call(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct error *err);

struct http_counts http_client_counts(const struct http_client *client);

#endif
