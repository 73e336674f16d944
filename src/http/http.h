/* The HTTP client: the only user of libcurl. One client is one server account: its address, its
 * identity, its open connections, its calls in flight.
 *
 * There are no threads: what is under way goes on while http_turn or http_call runs, and no
 * callback is called from anywhere else.
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
    const char *password_from; /* where it came from, for the message of a 401; or NULL */
    const struct secret *p12;  /* a PKCS #12 file's bytes; NULL or unset for none */
    const struct secret *p12_password;
    const char *ca_file; /* NULL: the system's authorities */
    const char *user_agent;
    bool hides_answers;           /* no error tells what an answer said: it may be personal */
    int retries;                  /* further tries of one call; 0 or more */
    int connections;              /* most tries on their way at once, and connections kept open */
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
    /* How many status 500 and malformed answers end the call: 1 for one that is not worth another
     * try, as its batch is going to be halved. 0: the settings' retries hold for 500 as for any
     * other failure, and the second malformed answer ends it. */
    int tries_of_failed;

    /* Called before the first byte of each try's answer with status 200 (also of an empty one),
     * and so again when a try failed half-way and the call is made anew: what came before is
     * void. */
    bool (*begin)(void *context, struct error *err);
    /* The answer's bytes, unpacked, as they come; only of an answer with status 200. */
    bool (*bytes)(void *context, const char *bytes, size_t size, struct error *err);
    /* Called once the answer is whole, before the call counts as done; an ERROR_SERVER from it
     * (a document that ends in the middle) makes the call be tried again. */
    bool (*end)(void *context, struct error *err);
    /* Of a call by http_start: called once, when the call is done and its request and response are
     * the caller's again. Not `ok`: `error` says why, as http_call would. It may start calls. */
    void (*done)(void *context, bool ok, const struct error *error);
    void *context;
};

/* What came of a call, also when it failed. */
struct http_response {
    long status;      /* of the last try; 0 when no answer came */
    int tries;        /* how often the server was called; 1 for a call that worked at once */
    int64_t received; /* bytes of all tries' bodies on the wire, as packed */
    char content_type[128];
    /* The beginning of an answer with another status than 200, with a NUL; the password is masked
     * in it, should the server send it back. */
    char body[CEILING_ERROR_BODY];
};

/* What a client has done so far. */
struct http_counts {
    int64_t calls;   /* tries that reached for the server */
    int64_t retries; /* those of them that were not the first of their call */
    int64_t bytes;   /* received on the wire, bodies alone */
};

/* Connects to nothing yet. ERROR_CONFIG for what can be told without the server: an address that
 * may not be called, a certificate file or `ca_file` that cannot be used. *client is the caller's.
 */
bool http_client_new(struct http_client **client, const struct http_settings *settings,
    const struct log *log, struct error *err);

/* Drops calls in flight without a word to anybody, at once. NULL is allowed. */
void http_client_free(struct http_client *client);

/* Begins a call, and returns at once; what happens, happens within http_turn. `request`, what it
 * points to, and `response` are borrowed until its `done` is called or the client is freed. Calls
 * begin in the order in which they were started, once a place among settings.connections is free;
 * one that waits for its class's limit, or for its next try, keeps nobody of another class
 * waiting. ERROR_MEMORY, or ERROR_INTERRUPTED with the stop flag up; `done` is not called then. */
bool http_start(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct error *err);

/* One turn of the loop: waits until something can be done, a tenth of a second at most, does it,
 * and calls `done` of each call that ended, in the order in which they did. ERROR_INTERRUPTED when
 * the stop flag is up, ERROR_SERVER or ERROR_MEMORY when libcurl itself fails; calls stay in flight
 * then. */
bool http_turn(struct http_client *client, struct error *err);

/* Calls that were started and whose `done` was not called yet. */
size_t http_in_flight(const struct http_client *client);

/* Makes the call and waits for its end, with retries as http/retry.h decides; its `done` is not
 * called, but those of other calls in flight are. Errors:
 * ERROR_CREDENTIALS for 401 and for a client certificate that the server turns down or misses
 * within TLS, ERROR_ROLE for 403, ERROR_SERVER for everything else the server or the way to it did,
 * ERROR_INTERRUPTED when the stop flag was raised, and whatever the callbacks set. `response` is
 * filled in every case. */
bool http_call(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct error *err);

struct http_counts http_client_counts(const struct http_client *client);

#endif
