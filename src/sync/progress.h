/* How far a run is, for whoever watches. */
#ifndef UEMSYNC_SYNC_PROGRESS_H
#define UEMSYNC_SYNC_PROGRESS_H

#include <stdint.h>

struct progress {
    /* `done` of about `total` (-1: not known) records of the entity; NULL: nobody watches. */
    void (*show)(
        void *context, const char *tenant, const char *entity, int64_t done, int64_t total);
    /* Now and then, by the process that waits for the runs of others; NULL: nobody watches. */
    void (*tick)(void *context);
    void *context;
};

#endif
