/* Memory that this process shares with those that it forks afterwards: it stands at the same
 * address in each of them, and goes when the last of them has ended or freed it. Or with any other,
 * by a file. */
#ifndef UEMSYNC_BASE_SHARED_H
#define UEMSYNC_BASE_SHARED_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* `size` bytes of zeros, 1 at least; NULL (ERROR_MEMORY) when there are none. */
void *shared_new(size_t size, struct error *err);

/* As shared_new, in a file that is open for reading and writing: its bytes are replaced. */
void *shared_new_in(int file, size_t size, struct error *err);

/* What shared_new_in of any process has put into the file, at an address of this process's own, and
 * its *size. ERROR_PROCESS when that is less than `least`. */
void *shared_open(int file, size_t least, size_t *size, struct error *err);

/* Frees this process's view of it. `size` as it was made; NULL is allowed. */
void shared_free(void *memory, size_t size);

/* A lock in such memory. It outlives its holder: one that was killed leaves it to the next who
 * asks, and whatever the holder had half done. */
bool shared_lock_init(pthread_mutex_t *lock, struct error *err);
void shared_lock_take(pthread_mutex_t *lock);
void shared_lock_leave(pthread_mutex_t *lock);

#endif
