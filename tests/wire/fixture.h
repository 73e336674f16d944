/* One client and one scripted server, and everything that passed between them. */
#ifndef UEMSYNC_TESTS_WIRE_FIXTURE_H
#define UEMSYNC_TESTS_WIRE_FIXTURE_H

#include <stdio.h>

#include "base/secret.h"
#include "http/http.h"
#include "wire/script_server.h"

#define WIRE_USER "api@acme.example"
#define WIRE_PASSWORD "hunter2-and-more"
/* base 64 of user:password */
#define WIRE_BASIC "YXBpQGFjbWUuZXhhbXBsZTpodW50ZXIyLWFuZC1tb3Jl"

enum { WIRE_GOT_SIZE = 4096 };

struct wire {
    struct script_server server;
    char base_url[64];
    struct http_settings settings; /* to be changed before the first call */
    struct secret password;
    struct log log;
    char *log_text;
    size_t log_size;
    struct http_client *client;

    /* What the callbacks are to do: fail so many times, with that kind. */
    enum error_kind bytes_error;
    enum error_kind end_error;
    int failures;
    int tries_of_failed;    /* of the requests */
    bool stop_when_waiting; /* raises the stop flag once a try is announced in the log */

    /* What they saw. */
    int begun;
    int ended;
    char got[WIRE_GOT_SIZE]; /* since the last begin; cut */
    size_t got_size;
    int64_t got_total;

    /* Of the last call. */
    struct http_response response;
    struct http_counts counts;
    struct error err;
    int64_t ms;
};

/* Starts the server and sets the client up for it, with three retries that hardly wait. */
void wire_start(struct wire *wire, const struct script_reply *replies, SSL_CTX *tls);

/* Makes the client, where there is none yet. False when it cannot be made: see wire->err. */
bool wire_open(struct wire *wire);

/* GET base/v1/device?limit=2. */
bool wire_get(struct wire *wire);
bool wire_post(struct wire *wire, struct str body);

/* Ends client and server; then the server's and the log's records can be read. Asserts that no
 * secret is in them. */
void wire_stop(struct wire *wire);
void wire_release(struct wire *wire);

/* Asserts that the last call failed so. */
void wire_failed(const struct wire *wire, enum error_kind kind, const char *text);

void assert_contains(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);

#endif
