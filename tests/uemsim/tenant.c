#include "tenant.h"

#include <stdlib.h>
#include <string.h>

/* Indices in a block: what a look-up by status walks through at most. */
#define BLOCK 1024

bool tenant_init(struct tenant *tenant, const struct device_world *world, uint64_t devices)
{
    *tenant = (struct tenant){.world = *world, .end = devices};
    return pthread_rwlock_init(&tenant->lock, NULL) == 0;
}

void tenant_release(struct tenant *tenant)
{
    free(tenant->before);
    pthread_rwlock_destroy(&tenant->lock);
}

static bool sums_grow(struct tenant *tenant, size_t blocks)
{
    bool ok = true;

    if (blocks + 1 > tenant->blocks_cap) {
        const size_t cap = (blocks + 1) * 2;
        void *const rows = realloc(tenant->before, cap * sizeof tenant->before[0]);
        ok = rows != NULL;
        if (ok) {
            tenant->before = rows;
            tenant->blocks_cap = cap;
        }
    }
    return ok;
}

/* Sums up the whole blocks before `end`; the last, partial one is walked when asked for. */
static bool sums_update(struct tenant *tenant)
{
    const size_t blocks = (size_t)(tenant->end / BLOCK);
    const bool ok = sums_grow(tenant, blocks);

    if (ok && tenant->blocks == 0) {
        memset(tenant->before[0], 0, sizeof tenant->before[0]);
    }
    for (size_t block = tenant->blocks; ok && block < blocks; block++) {
        memcpy(tenant->before[block + 1], tenant->before[block], sizeof tenant->before[0]);
        for (uint64_t at = 0; at < BLOCK; at++) {
            tenant->before[block + 1][device_status_of(&tenant->world, block * BLOCK + at)]++;
        }
        tenant->blocks = block + 1;
    }
    return ok;
}

static bool sums_current(const struct tenant *tenant)
{
    return tenant->before != NULL && tenant->blocks >= tenant->end / BLOCK;
}

bool tenant_begin(struct tenant *tenant, bool by_status)
{
    bool ok = true;

    pthread_rwlock_rdlock(&tenant->lock);
    while (by_status && ok && !sums_current(tenant)) {
        pthread_rwlock_unlock(&tenant->lock);
        pthread_rwlock_wrlock(&tenant->lock);
        ok = sums_update(tenant);
        pthread_rwlock_unlock(&tenant->lock);
        pthread_rwlock_rdlock(&tenant->lock);
    }
    if (!ok) {
        pthread_rwlock_unlock(&tenant->lock);
    }
    return ok;
}

void tenant_end(struct tenant *tenant)
{
    pthread_rwlock_unlock(&tenant->lock);
}

/* Devices of that status among 0..index-1. */
static uint64_t rank_of(const struct tenant *tenant, enum device_status status, uint64_t index)
{
    const size_t block = (size_t)(index / BLOCK);
    uint64_t count = tenant->before[block][status];

    for (uint64_t at = block * (uint64_t)BLOCK; at < index; at++) {
        count += device_status_of(&tenant->world, at) == status ? 1 : 0;
    }
    return count;
}

uint64_t tenant_count_status(const struct tenant *tenant, enum device_status status)
{
    return rank_of(tenant, status, tenant->end) - rank_of(tenant, status, tenant->first);
}

uint64_t tenant_find_rank(const struct tenant *tenant, enum device_status status, uint64_t rank)
{
    const uint64_t gone = rank_of(tenant, status, tenant->first);
    const uint64_t wanted = rank > UINT64_MAX - gone ? UINT64_MAX : gone + rank;
    size_t low = 0;
    size_t high = (size_t)(tenant->end / BLOCK);

    /* The last block before which at most `wanted` devices lie. */
    while (low < high) {
        const size_t middle = low + (high - low + 1) / 2;
        if (tenant->before[middle][status] <= wanted) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    uint64_t seen = tenant->before[low][status];
    uint64_t at = low * (uint64_t)BLOCK;
    while (at < tenant->end) {
        const bool match = device_status_of(&tenant->world, at) == status;
        if (match && seen == wanted) {
            break;
        }
        seen += match ? 1 : 0;
        at++;
    }
    return at;
}

static void set_end(struct tenant *tenant, uint64_t end)
{
    tenant->end = end < DEVICE_INDEX_END ? end : DEVICE_INDEX_END;
}

void tenant_remove_head(struct tenant *tenant, uint64_t count)
{
    pthread_rwlock_wrlock(&tenant->lock);
    const uint64_t left = tenant->end - tenant->first;
    tenant->first += count < left ? count : left;
    pthread_rwlock_unlock(&tenant->lock);
}

void tenant_add(struct tenant *tenant, uint64_t count)
{
    pthread_rwlock_wrlock(&tenant->lock);
    set_end(tenant, tenant->end + (count < DEVICE_INDEX_END ? count : DEVICE_INDEX_END));
    pthread_rwlock_unlock(&tenant->lock);
}

void tenant_change(struct tenant *tenant, const uint64_t *devices, const uint32_t *revision)
{
    pthread_rwlock_wrlock(&tenant->lock);
    if (devices != NULL) {
        set_end(tenant, tenant->first + *devices);
    }
    if (revision != NULL && *revision != tenant->world.revision) {
        tenant->world.revision = *revision;
        tenant->blocks = 0;
    }
    pthread_rwlock_unlock(&tenant->lock);
}
