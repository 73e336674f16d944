/* A temporary file without a name, for what does not fit into memory. It is in $TMPDIR, else in
 * /tmp, open to its user alone, and gone with the program, whatever ends that. Where the folder is
 * a file system in memory it takes memory there, but none of the program's. */
#ifndef UEMSYNC_BASE_SCRATCH_H
#define UEMSYNC_BASE_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/str.h"

struct scratch {
    int fd;       /* -1: not open */
    char *folder; /* owned */
};

#define SCRATCH_CLOSED ((struct scratch){.fd = -1})

/* Errors of the file, here and below, are ERROR_DESTINATION with the folder and the reason, such as
 * "temporary file in /tmp: No space left on device". */
bool scratch_open(struct scratch *scratch, struct error *err);

/* May be called again. */
void scratch_close(struct scratch *scratch);

/* Sets `err` to what is the matter with the file. Returns false. */
bool scratch_fail(const struct scratch *scratch, const char *reason, struct error *err);

/* Gives the disk back what the file took. */
bool scratch_clear(const struct scratch *scratch, struct error *err);

/* All of the bytes, from `offset` on. */
bool scratch_write(
    const struct scratch *scratch, uint64_t offset, struct str bytes, struct error *err);

/* Up to `size` bytes from `offset` on: how many there were, 0 at the end; -1 with errno. */
ssize_t scratch_read(const struct scratch *scratch, uint64_t offset, void *bytes, size_t size);

#endif
