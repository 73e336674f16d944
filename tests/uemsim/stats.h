/* What the server counts, and its log. All functions may be called from any thread. */
#ifndef UEMSIM_STATS_H
#define UEMSIM_STATS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "buf.h"

/* Rows of the route table that can be counted. */
#define STATS_ROUTES_MAX 64
/* Requests that `GET /uemsim/log` goes back to. */
#define STATS_LOG_MAX 10000

struct stats {
    pthread_mutex_t lock;
    uint64_t calls[STATS_ROUTES_MAX]; /* by row of the route table */
    uint64_t writes, unknown_paths, failed_logins, limited, faulted;
    uint64_t bytes_sent; /* of bodies, as they went out (after gzip) */
    uint64_t clients_seen, clients_open, clients_most;
    char **lines; /* ring of STATS_LOG_MAX owned lines */
    uint64_t logged;
    FILE *file; /* borrowed; NULL: no log file */
};

enum stats_counter {
    STATS_WRITES,
    STATS_UNKNOWN,
    STATS_FAILED_LOGINS,
    STATS_LIMITED,
    STATS_FAULTED
};

bool stats_init(struct stats *stats, FILE *file);
void stats_release(struct stats *stats);
/* Zeroes the counters and empties the log; clients that are connected stay counted as open. */
void stats_reset(struct stats *stats);

void stats_call(struct stats *stats, size_t route);
void stats_count(struct stats *stats, enum stats_counter counter);
void stats_bytes(struct stats *stats, uint64_t bytes);
/* A client connected (+1) or left (-1). */
void stats_client(struct stats *stats, int change);
/* One line a request; `target` is path and query as the client sent them, status 0 is no answer. */
void stats_log(struct stats *stats, const char *method, const char *target, unsigned status);
void stats_write_log(struct stats *stats, struct buf *out);
/* A copy of the counters; lines and file are not meant to be used. */
struct stats stats_now(struct stats *stats);

#endif
