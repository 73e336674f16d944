/* What earlier runs know of each device's inventory (device_fetch), in memory while a run decides
 * what to ask for, and whether what came is new. */
#ifndef UEMSYNC_SYNC_KNOWN_H
#define UEMSYNC_SYNC_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "load/load.h"
#include "sync/ledger.h"

/* Of one device and one entity: there are some of them for each device of a tenant, so they are
 * kept small. */
enum { KNOWN_MOST_ROWS = (1 << 24) - 1 };
struct known_fetch {
    uint64_t id; /* the first bytes of the SHA-256 of the device_id */
    int64_t check_in_at;
    uint32_t fetched_at; /* seconds */
    uint32_t rows : 24;
    uint32_t outcome : 2;   /* of enum ledger_outcome */
    uint32_t entity : 5;    /* its place among those given to known_read */
    uint32_t is_staged : 1; /* by an earlier run, and not published */
    uint8_t digest[LEDGER_DIGEST_SIZE];
};

struct known;

/* Reads what is published for these entities (`count` of them, 32 at most; borrowed), and then what
 * an earlier run left staged, which counts before that. */
bool known_read(struct known **known, struct load *load, const char *const *entities, size_t count,
    struct error *err);
void known_free(struct known *known);

/* The name of the entity at that place. */
const char *known_entity(const struct known *known, size_t entity);

/* What is known of the device and the entity at that place; NULL: nothing. */
const struct known_fetch *known_find(const struct known *known, size_t entity, uint64_t id);

/* How many rows of that entity are published, by what is known of each device. */
int64_t known_rows(const struct known *known, size_t entity);

/* By how many rows the lists of that entity that an earlier run staged are shorter than those that
 * are published; and those of one device alone, as known_find gave it. */
int64_t known_lost(const struct known *known, size_t entity);
int64_t known_lost_of(const struct known *known, const struct known_fetch *fetch);

/* How many rows are published, of what known_find gave. */
int64_t known_published(const struct known *known, const struct known_fetch *fetch);

/* How many answers an earlier run left staged, of all entities; a failure is none. */
int64_t known_staged(const struct known *known);

/* How a device is called here. */
bool known_id(struct str device_id, uint64_t *id, struct error *err);

/* Whether inventory is to be fetched (promise 4): it is new, failed before, the device checked in
 * since, or it is older than `refetch_after` (ms). The last is spread evenly: each device has its
 * own moment in each such span of time. `fetch` may be NULL; `check_in_at` is the device's now. */
bool known_is_due(const struct known_fetch *fetch, uint64_t id, int64_t check_in_at, int64_t now,
    int64_t refetch_after);

#endif
