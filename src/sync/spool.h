/* Records that do not fit into memory: they wait in a temporary file (see base/scratch.h, also for
 * its errors), and can be read as soon as they are put. */
#ifndef UEMSYNC_SYNC_SPOOL_H
#define UEMSYNC_SYNC_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct spool;

/* Where a record is. */
struct spool_place {
    uint64_t offset; /* below CEILING_SPOOL_MIB */
    uint32_t size;   /* of what was put */
};

bool spool_new(struct spool **spool, struct error *err);
void spool_free(struct spool *spool);

/* Copies the bytes (CEILING_ROW at most). ERROR_SERVER beyond CEILING_SPOOL_MIB. */
bool spool_put(struct spool *spool, struct str bytes, struct spool_place *place, struct error *err);

/* The bytes that were put there, in `arena`. What is not as it was put is an error. */
bool spool_get(const struct spool *spool, struct spool_place place, struct arena *arena,
    struct str *bytes, struct error *err);

#endif
