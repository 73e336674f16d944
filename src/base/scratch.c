#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/ceilings.h"

enum { SCRATCH_PERMISSIONS = 0600 };

bool scratch_fail(const struct scratch *scratch, const char *reason, struct error *err)
{
    return error_set(err, ERROR_DESTINATION, "temporary file in %s: %s", scratch->folder, reason);
}

/* A file that has a name for a moment, where the file system knows none without. */
static int scratch_open_named(const char *folder)
{
    struct buffer path;
    int fd = -1;

    buffer_init(&path, CEILING_FILE);
    buffer_printf(&path, "%s/uemsync.XXXXXX", folder);
    if (buffer_ok(&path)) {
        fd = mkostemp(path.data, O_CLOEXEC);
    } else {
        errno = ENOMEM;
    }
    if (fd >= 0 && unlink(path.data) != 0) {
        int reason = errno;

        (void)close(fd);
        fd = -1;
        errno = reason;
    }
    buffer_release(&path);
    return fd;
}

/* With O_EXCL it cannot be given a name later. */
static int scratch_open_in(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, SCRATCH_PERMISSIONS);

    if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        fd = scratch_open_named(folder);
    }
    return fd;
}

bool scratch_open(struct scratch *scratch, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    bool ok;

    *scratch = SCRATCH_CLOSED;
    scratch->folder = strdup(folder != NULL && folder[0] != '\0' ? folder : "/tmp");
    ok = scratch->folder != NULL || error_memory(err);
    if (ok) {
        scratch->fd = scratch_open_in(scratch->folder);
        ok = scratch->fd >= 0 || scratch_fail(scratch, strerror(errno), err);
    }
    return ok;
}

void scratch_close(struct scratch *scratch)
{
    if (scratch->fd >= 0) {
        (void)close(scratch->fd);
    }
    free(scratch->folder);
    *scratch = SCRATCH_CLOSED;
}

bool scratch_clear(const struct scratch *scratch, struct error *err)
{
    return ftruncate(scratch->fd, 0) == 0 || scratch_fail(scratch, strerror(errno), err);
}

bool scratch_write(
    const struct scratch *scratch, uint64_t offset, struct str bytes, struct error *err)
{
    bool ok = true;

    while (ok && bytes.size > 0) {
        ssize_t written = pwrite(scratch->fd, bytes.data, bytes.size, (off_t)offset);

        if (written >= 0) {
            bytes.data += written;
            bytes.size -= (size_t)written;
            offset += (uint64_t)written;
        } else if (errno != EINTR) {
            ok = scratch_fail(scratch, strerror(errno), err);
        }
    }
    return ok;
}

ssize_t scratch_read(const struct scratch *scratch, uint64_t offset, void *bytes, size_t size)
{
    ssize_t got;

    do {
        got = pread(scratch->fd, bytes, size, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    return got;
}
