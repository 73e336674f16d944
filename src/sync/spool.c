#include "sync/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/hash.h"

enum { SPOOL_BLOCK = 64 * 1024, SPOOL_PERMISSIONS = 0600, SPOOL_MIB = 1024 * 1024 };

/* A record has a digest before it: of its bytes and, by the seed, of its place. */
struct spool {
    int fd;
    char *folder;     /* owned */
    char *block;      /* what is not written yet: whole records; owned */
    size_t used;      /* of the block */
    uint64_t written; /* bytes of the file: where the block will be */
    uint64_t seed;
};

static bool spool_fail(const struct spool *spool, int reason, struct error *err)
{
    return error_set(
        err, ERROR_DESTINATION, "temporary file in %s: %s", spool->folder, strerror(reason));
}

/* A file that has a name for a moment, where the file system knows none without. */
static int spool_open_named(const char *folder)
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
static bool spool_open(struct spool *spool, struct error *err)
{
    spool->fd = open(spool->folder, O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, SPOOL_PERMISSIONS);
    if (spool->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        spool->fd = spool_open_named(spool->folder);
    }
    return spool->fd >= 0 || spool_fail(spool, errno, err);
}

bool spool_new(struct spool **spool, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    struct spool *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->fd = -1;
        made->folder = strdup(folder != NULL && folder[0] != '\0' ? folder : "/tmp");
        made->block = malloc(SPOOL_BLOCK);
        ok = ((made->folder != NULL && made->block != NULL) || error_memory(err)) &&
             hash_random(&made->seed, sizeof made->seed, err) && spool_open(made, err);
    }
    if (!ok) {
        spool_free(made);
        made = NULL;
    }
    *spool = made;
    return ok;
}

void spool_free(struct spool *spool)
{
    if (spool != NULL) {
        if (spool->fd >= 0) {
            (void)close(spool->fd);
        }
        free(spool->block);
        free(spool->folder);
    }
    free(spool);
}

static bool spool_write(
    const struct spool *spool, uint64_t offset, struct str bytes, struct error *err)
{
    bool ok = true;

    while (ok && bytes.size > 0) {
        ssize_t written = pwrite(spool->fd, bytes.data, bytes.size, (off_t)offset);

        if (written >= 0) {
            bytes.data += written;
            bytes.size -= (size_t)written;
            offset += (uint64_t)written;
        } else if (errno != EINTR) {
            ok = spool_fail(spool, errno, err);
        }
    }
    return ok;
}

/* After a failure all is as before, and can be tried again. */
static bool spool_flush(struct spool *spool, struct error *err)
{
    bool ok = spool_write(spool, spool->written, (struct str){spool->block, spool->used}, err);

    if (ok) {
        spool->written += spool->used;
        spool->used = 0;
    }
    return ok;
}

/* What is larger than a block goes past it. */
static bool spool_write_large(
    struct spool *spool, struct str digest, struct str bytes, struct error *err)
{
    bool ok = spool_write(spool, spool->written, digest, err) &&
              spool_write(spool, spool->written + digest.size, bytes, err);

    spool->written += ok ? digest.size + bytes.size : 0;
    return ok;
}

static void spool_keep(struct spool *spool, struct str bytes)
{
    if (bytes.size > 0) {
        memcpy(spool->block + spool->used, bytes.data, bytes.size);
        spool->used += bytes.size;
    }
}

bool spool_put(struct spool *spool, struct str bytes, struct spool_place *place, struct error *err)
{
    uint8_t digest[HASH_FAST_SIZE];
    const struct str head = {(const char *)digest, sizeof digest};
    uint64_t offset = spool->written + spool->used;
    size_t size = head.size + bytes.size;
    bool ok = offset + size <= (uint64_t)CEILING_SPOOL_MIB * SPOOL_MIB ||
              error_set(err, ERROR_SERVER, "the records of the listing take more than %d MiB",
                  CEILING_SPOOL_MIB);

    if (ok && size > SPOOL_BLOCK - spool->used) {
        ok = spool_flush(spool, err);
    }
    if (ok) {
        hash_fast(spool->seed + offset, bytes, digest);
        if (size > SPOOL_BLOCK) {
            ok = spool_write_large(spool, head, bytes, err);
        } else {
            spool_keep(spool, head);
            spool_keep(spool, bytes);
        }
        *place = (struct spool_place){offset, (uint32_t)bytes.size};
    }
    return ok;
}

static bool spool_read(
    const struct spool *spool, uint64_t offset, char *bytes, size_t size, struct error *err)
{
    bool ok = true;

    while (ok && size > 0) {
        ssize_t got = pread(spool->fd, bytes, size, (off_t)offset);

        if (got > 0) {
            bytes += got;
            size -= (size_t)got;
            offset += (uint64_t)got;
        } else if (got == 0) {
            ok = error_set(
                err, ERROR_DESTINATION, "temporary file in %s: it was cut short", spool->folder);
        } else if (errno != EINTR) {
            ok = spool_fail(spool, errno, err);
        }
    }
    return ok;
}

bool spool_get(const struct spool *spool, struct spool_place place, struct arena *arena,
    struct str *bytes, struct error *err)
{
    uint8_t digest[HASH_FAST_SIZE];
    size_t size = sizeof digest + place.size;
    char *record = arena_alloc(arena, size);
    bool ok = record != NULL || error_memory(err);

    if (ok && place.offset >= spool->written) {
        memcpy(record, spool->block + (place.offset - spool->written), size);
    } else if (ok) {
        ok = spool_read(spool, place.offset, record, size, err);
    }
    if (ok) {
        *bytes = (struct str){record + sizeof digest, place.size};
        hash_fast(spool->seed + place.offset, *bytes, digest);
        ok = memcmp(record, digest, sizeof digest) == 0 ||
             error_set(
                 err, ERROR_DESTINATION, "temporary file in %s: it was changed", spool->folder);
    }
    return ok;
}
