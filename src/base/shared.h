/* Memory that this process shares with those that it forks afterwards: it stands at the same
 * address in each of them, and goes when the last of them has ended or freed it. */
#ifndef UEMSYNC_BASE_SHARED_H
#define UEMSYNC_BASE_SHARED_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* `size` bytes of zeros, 1 at least; NULL (ERROR_MEMORY) when there are none. */
void *shared_new(size_t size, struct error *err);

/* Frees this process's view of it. `size` as it was made; NULL is allowed. */
void shared_free(void *memory, size_t size);

/* A lock in such memory. It outlives its holder: one that was killed leaves it to the next who
 * asks, and whatever the holder had half done. */
bool shared_lock_init(pthread_mutex_t *lock, struct error *err);
void shared_lock_take(pthread_mutex_t *lock);
void shared_lock_leave(pthread_mutex_t *lock);

#endif
