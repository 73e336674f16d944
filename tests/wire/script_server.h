/* A server for tests: it answers each request with the next reply of a script, byte for byte, over
 * plain TCP or TLS on loopback, and keeps what it was asked. Each connection has its thread; it
 * waits for nothing but its clients, and where a reply says so, for further requests. */
#ifndef UEMSYNC_TESTS_WIRE_SCRIPT_SERVER_H
#define UEMSYNC_TESTS_WIRE_SCRIPT_SERVER_H

#include <openssl/ssl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum script_after {
    SCRIPT_CLOSE,     /* closes the connection in order; unless the reply announces it, or is cut
                         short, the client may still send its next request on it */
    SCRIPT_KEEP,      /* waits for the next request on it */
    SCRIPT_RESET,     /* resets it */
    SCRIPT_STALL,     /* says nothing more until the client goes away */
    SCRIPT_REPEAT,    /* sends `again` until the client goes away */
    SCRIPT_STOP_FLAG, /* as SCRIPT_STALL, after raising the stop flag */
};

/* One reply. A script ends with one whose bytes are NULL; a request beyond it gets 599. */
struct script_reply {
    const char *bytes;
    size_t size; /* 0: bytes is a C string */
    enum script_after after;
    const char *again; /* SCRIPT_REPEAT: a C string */
    const char *on;    /* only for a request that holds it; NULL: for any */
    int await;         /* sent only once so many requests have come in all, */
    int await_ms;      /* or that time has passed; 0: for ever */
};

enum {
    SCRIPT_REPLIES = 128,
    SCRIPT_REQUESTS = 128,
    SCRIPT_CONNECTIONS = 32,
    SCRIPT_REQUEST_SIZE = 4096
};

struct script_server {
    const struct script_reply *replies;
    SSL_CTX *tls; /* NULL: plain; borrowed */
    int listener;
    int wake[2]; /* a pipe: its end stops the server */
    int port;
    pthread_t thread;
    pthread_t threads[SCRIPT_CONNECTIONS]; /* of the connections */
    pthread_mutex_t lock;                  /* of what follows */
    pthread_cond_t came;                   /* a request did, or the end */
    bool is_used[SCRIPT_REPLIES];
    bool stops;
    int replied; /* to so many requests */

    /* To be read after script_stop. */
    int connections;
    int requests;
    char request[SCRIPT_REQUESTS][SCRIPT_REQUEST_SIZE]; /* head and body, cut */
    int replied_before[SCRIPT_REQUESTS]; /* how many requests had their reply when it came */
};

/* Aborts when it cannot listen. The server lives until script_stop. */
void script_start(struct script_server *server, const struct script_reply *replies, SSL_CTX *tls);
void script_stop(struct script_server *server);

/* How many requests have come so far; at any time. */
int script_requests(struct script_server *server);

#endif
