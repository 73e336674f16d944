/* The server: what all requests share, and the daemon that takes them. */
#ifndef UEMSIM_SERVER_H
#define UEMSIM_SERVER_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "limits.h"
#include "options.h"
#include "park.h"
#include "stats.h"
#include "tenant.h"

struct server {
    struct options *options; /* borrowed; its list of faults changes as control says */
    struct tenant tenant;
    struct limits limits;
    struct stats stats;
    struct park park;
    struct MHD_Daemon *daemon;
    FILE *log; /* owned; NULL: no log file */
    int stage; /* parts that started, in the order of server_start() */
    uint16_t port;
};

/* One connection, from its first byte to its end. */
struct client {
    int socket;
    struct auth_certificate certificate;
};

/* Listens. false: `why` says what is wrong. */
bool server_start(struct server *server, struct options *options, char *why, size_t why_size);
/* Ends all connections and frees everything; takes a server that did not start. */
void server_stop(struct server *server);

#endif
