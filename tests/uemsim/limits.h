/* The documented limits of calls a minute, and the busiest minute seen of each class.
 * CPS guide, "Aggregate API rate limits per cluster". */
#ifndef UEMSIM_LIMITS_H
#define UEMSIM_LIMITS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum limit_class {
    LIMIT_APPLICATION,
    LIMIT_MAC,
    LIMIT_DEVICE_LIST,
    LIMIT_USER,
    LIMIT_FORCE_CHECK_IN,
    LIMIT_NOTIFICATION,
    LIMIT_EMAIL,
    LIMIT_REMAINING,
    LIMIT_NONE, /* of v1 calls, for which no cluster has a limit */
    LIMIT_ALL,  /* every call: what a Core takes */
    LIMIT_CLASSES
};

enum limit_cluster {
    CLUSTER_NONE,
    CLUSTER_NA1,
    CLUSTER_NA2,
    CLUSTER_NA3,
    CLUSTER_EU1,
    CLUSTER_AP1,
    CLUSTER_AP2
};

/* The calls of the last minute, as a ring of times in nanoseconds. */
struct limit_window {
    uint64_t *times; /* owned */
    size_t cap, head, len;
};

struct limits {
    unsigned per_minute[LIMIT_CLASSES]; /* 0: no limit */
    unsigned shared;                    /* calls of each class that others make all the time */
    pthread_mutex_t lock;
    struct limit_window seen[LIMIT_CLASSES];     /* every call, also a refused one */
    struct limit_window admitted[LIMIT_CLASSES]; /* what counts against the limit */
    uint64_t busiest[LIMIT_CLASSES];             /* most of `seen` in any 60 s */
};

/* `core_limit` is for all calls together; 0: none. */
bool limits_init(
    struct limits *limits, enum limit_cluster cluster, unsigned core_limit, unsigned shared);
void limits_release(struct limits *limits);
/* Forgets all calls. */
void limits_reset(struct limits *limits);

/* `now` is of a clock that never goes back, in nanoseconds. */
void limits_see(struct limits *limits, enum limit_class class, uint64_t now);
/* true: the call may go on, and counts. false: 429, and *wait_ns is when the next one could. */
bool limits_admit(struct limits *limits, enum limit_class class, uint64_t now, uint64_t *wait_ns);

const char *limits_class_name(enum limit_class class);
uint64_t limits_busiest(struct limits *limits, enum limit_class class);

#endif
