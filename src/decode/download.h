/* The bytes of an answer that has to be whole before it can be read, in a temporary file. */
#ifndef UEMSYNC_DECODE_DOWNLOAD_H
#define UEMSYNC_DECODE_DOWNLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/scratch.h"

struct download {
    struct scratch file; /* open from the first byte on */
    uint64_t size;
    uint64_t ceiling; /* most bytes it may hold */
};

/* An empty download; makes no file yet. */
void download_init(struct download *download, uint64_t ceiling);
void download_release(struct download *download);

/* Empties it, and gives the disk back what it took. */
bool download_clear(struct download *download, struct error *err);

/* Appends. ERROR_DESTINATION with the folder when it cannot be written (no room, no right),
 * ERROR_SERVER beyond the ceiling. */
bool download_add(struct download *download, const char *bytes, size_t size, struct error *err);

/* Up to `size` bytes from `offset` on: how many there were, 0 at the end; -1 with errno. */
ssize_t download_read(const struct download *download, uint64_t offset, void *bytes, size_t size);

#endif
