#include "sync/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "base/scratch.h"

enum { SPOOL_BLOCK = 64 * 1024, SPOOL_MIB = 1024 * 1024 };

/* A record has a digest before it: of its bytes and, by the seed, of its place. */
struct spool {
    struct scratch file;
    char *block;      /* what is not written yet: whole records; owned */
    size_t used;      /* of the block */
    uint64_t written; /* bytes of the file: where the block will be */
    uint64_t seed;
};

bool spool_new(struct spool **spool, struct error *err)
{
    struct spool *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->file = SCRATCH_CLOSED;
        made->block = malloc(SPOOL_BLOCK);
        ok = (made->block != NULL || error_memory(err)) &&
             hash_random(&made->seed, sizeof made->seed, err) && scratch_open(&made->file, err);
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
        scratch_close(&spool->file);
        free(spool->block);
    }
    free(spool);
}

/* After a failure all is as before, and can be tried again. */
static bool spool_flush(struct spool *spool, struct error *err)
{
    bool ok =
        scratch_write(&spool->file, spool->written, (struct str){spool->block, spool->used}, err);

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
    bool ok = scratch_write(&spool->file, spool->written, digest, err) &&
              scratch_write(&spool->file, spool->written + digest.size, bytes, err);

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
        ssize_t got = scratch_read(&spool->file, offset, bytes, size);

        if (got > 0) {
            bytes += got;
            size -= (size_t)got;
            offset += (uint64_t)got;
        } else {
            ok = scratch_fail(&spool->file, got == 0 ? "it was cut short" : strerror(errno), err);
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
             scratch_fail(&spool->file, "it was changed", err);
    }
    return ok;
}
