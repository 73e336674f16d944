/* Connections that wait: for a time to pass (`slow`) or for their client to leave (`stall`). They
 * are suspended meanwhile, so that they hold up nobody else. */
#ifndef UEMSIM_PARK_H
#define UEMSIM_PARK_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As the time to wait: until the client leaves. */
#define PARK_FOREVER UINT64_MAX

struct park_place {
    struct MHD_Connection *connection;
    int socket;
    uint64_t due; /* monotonic nanoseconds */
};

struct park {
    pthread_mutex_t lock;
    pthread_t thread;
    struct park_place *places; /* owned */
    size_t count, cap;
    bool stopping;
};

/* Starts the watching thread. */
bool park_init(struct park *park);
/* Lets all connections go on and takes no more; to be called before the daemon stops. */
void park_stop(struct park *park);
void park_release(struct park *park);
/* Suspends the connection for `wait_ms`, or less if its client leaves. false: it was not. */
bool park_connection(
    struct park *park, struct MHD_Connection *connection, int socket, uint64_t wait_ms);
/* Lets all that wait now go on: `slow` answers, `stall` breaks off. */
void park_let_go(struct park *park);
size_t park_waiting(struct park *park);
/* Nanoseconds of a clock that never goes back. */
uint64_t park_clock(void);

#endif
