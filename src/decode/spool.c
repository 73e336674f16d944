#include "decode/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void spool_init(struct spool *spool, uint64_t ceiling)
{
    *spool = (struct spool){.fd = -1, .ceiling = ceiling};
}

void spool_release(struct spool *spool)
{
    if (spool->fd >= 0) {
        (void)close(spool->fd);
    }
    free(spool->folder);
    spool_init(spool, spool->ceiling);
}

static bool spool_error(const struct spool *spool, struct error *err)
{
    const char *reason = strerror(errno);

    return error_set(
        err, ERROR_DESTINATION, "cannot write a temporary file in %s: %s", spool->folder, reason);
}

/* mkostemp makes the file for its user alone, and refuses a name that is there. */
static bool spool_open(struct spool *spool, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    char *path = NULL;
    bool ok = true;

    spool->folder = strdup(folder != NULL && folder[0] != '\0' ? folder : "/tmp");
    if (spool->folder == NULL || asprintf(&path, "%s/uemsync.XXXXXX", spool->folder) < 0) {
        path = NULL;
        ok = error_memory(err);
    } else {
        spool->fd = mkostemp(path, O_CLOEXEC);
        ok = (spool->fd >= 0 && unlink(path) == 0) || spool_error(spool, err);
    }
    free(path);
    if (!ok) {
        spool_release(spool);
    }
    return ok;
}

bool spool_clear(struct spool *spool, struct error *err)
{
    bool ok = spool->fd < 0 || ftruncate(spool->fd, 0) == 0 || spool_error(spool, err);

    spool->size = 0;
    return ok;
}

bool spool_add(struct spool *spool, const char *bytes, size_t size, struct error *err)
{
    bool ok = true;

    if (size > spool->ceiling - spool->size) {
        ok = error_set(
            err, ERROR_SERVER, "the answer is larger than %ju bytes", (uintmax_t)spool->ceiling);
    } else if (spool->fd < 0 && size > 0) {
        ok = spool_open(spool, err);
    }
    while (ok && size > 0) {
        ssize_t written = pwrite(spool->fd, bytes, size, (off_t)spool->size);

        if (written >= 0) {
            bytes += written;
            size -= (size_t)written;
            spool->size += (uint64_t)written;
        } else if (errno != EINTR) {
            ok = spool_error(spool, err);
        }
    }
    return ok;
}

ssize_t spool_read(const struct spool *spool, uint64_t offset, void *bytes, size_t size)
{
    ssize_t got = 0;

    if (spool->fd >= 0) {
        do {
            got = pread(spool->fd, bytes, size, (off_t)offset);
        } while (got < 0 && errno == EINTR);
    }
    return got;
}
