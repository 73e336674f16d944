/* The tenant: which devices there are now. It is a range of indices, so that devices vanish at the
 * head and join at the end without anything being held. Locking: whoever builds a page holds the
 * read lock from tenant_begin() to tenant_end(), so that one page is one state. */
#ifndef UEMSIM_TENANT_H
#define UEMSIM_TENANT_H

#include <pthread.h>

#include "device.h"

struct tenant {
    struct device_world world;
    uint64_t first, end; /* devices first..end-1, in the order of registration */
    pthread_rwlock_t lock;
    /* How many devices of each status lie before each block of indices; for `status=`. */
    uint64_t (*before)[STATUS_COUNT];
    size_t blocks;     /* blocks summed up */
    size_t blocks_cap; /* rows allocated */
};

/* false: no memory. The world is copied. */
bool tenant_init(struct tenant *tenant, const struct device_world *world, uint64_t devices);
void tenant_release(struct tenant *tenant);

/* Takes the read lock; with `by_status` also brings the sums up to date. false: no memory. */
bool tenant_begin(struct tenant *tenant, bool by_status);
void tenant_end(struct tenant *tenant);

/* Between tenant_begin(.., true) and tenant_end(). */
uint64_t tenant_count_status(const struct tenant *tenant, enum device_status status);
/* The index of the `rank`-th (from 0) device of that status; `end` when there are fewer. */
uint64_t tenant_find_rank(const struct tenant *tenant, enum device_status status, uint64_t rank);

/* Devices at the head leave for good; devices join at the end. */
void tenant_remove_head(struct tenant *tenant, uint64_t count);
void tenant_add(struct tenant *tenant, uint64_t count);
/* Sets the number of devices and the revision; a NULL pointer leaves that one alone. */
void tenant_change(struct tenant *tenant, const uint64_t *devices, const uint32_t *revision);

#endif
