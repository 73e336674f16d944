/* A server for tests: a thread that answers each request with the next reply of a script, byte for
 * byte, over plain TCP or TLS on loopback, and keeps what it was asked. One connection at a time;
 * it waits for nothing but its client. */
#ifndef UEMSYNC_TESTS_WIRE_SCRIPT_SERVER_H
#define UEMSYNC_TESTS_WIRE_SCRIPT_SERVER_H

#include <openssl/ssl.h>
#include <pthread.h>
#include <stddef.h>

enum script_after {
    SCRIPT_CLOSE,     /* closes the connection in order */
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
};

enum { SCRIPT_REQUESTS = 16, SCRIPT_REQUEST_SIZE = 4096 };

struct script_server {
    const struct script_reply *replies;
    SSL_CTX *tls; /* NULL: plain; borrowed */
    int listener;
    int wake[2]; /* a pipe: its end stops the server */
    int port;
    pthread_t thread;
    int reply; /* the next one */

    /* To be read after script_stop. */
    int connections;
    int requests;
    char request[SCRIPT_REQUESTS][SCRIPT_REQUEST_SIZE]; /* head and body, cut */
};

/* Aborts when it cannot listen. The server lives until script_stop. */
void script_start(struct script_server *server, const struct script_reply *replies, SSL_CTX *tls);
void script_stop(struct script_server *server);

#endif
