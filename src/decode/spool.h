/* Bytes that have to be whole before they can be read, kept on disk meanwhile. The file lies in
 * $TMPDIR, or /tmp, is open to its user alone, and has no name: it goes with the program, however
 * that ends. */
#ifndef UEMSYNC_DECODE_SPOOL_H
#define UEMSYNC_DECODE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct spool {
    int fd;       /* -1 before the first byte */
    char *folder; /* where the file lies; NULL before the first byte; owned */
    uint64_t size;
    uint64_t ceiling; /* most bytes it may hold */
};

/* An empty spool; makes no file yet. */
void spool_init(struct spool *spool, uint64_t ceiling);
void spool_release(struct spool *spool);

/* Empties it, and gives the disk back what it took. */
bool spool_clear(struct spool *spool, struct error *err);

/* Appends. ERROR_DESTINATION with the folder when it cannot be written (no room, no right),
 * ERROR_SERVER beyond the ceiling. */
bool spool_add(struct spool *spool, const char *bytes, size_t size, struct error *err);

/* Up to `size` bytes from `offset` on: how many there were, 0 at the end; -1 with errno. */
ssize_t spool_read(const struct spool *spool, uint64_t offset, void *bytes, size_t size);

#endif
