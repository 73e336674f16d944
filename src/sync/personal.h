/* The configuration's `privacy`, which names kinds of personal values, and the mapping files, which
 * say which kinds there are: what both know together. */
#ifndef UEMSYNC_SYNC_PERSONAL_H
#define UEMSYNC_SYNC_PERSONAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/hash.h"
#include "mapping/privacy.h"
#include "sync/catalogue.h"
#include "sync/settings.h"

enum { PERSONAL_MOST_KINDS = 128 };

/* The tenant's choices as mappers take them; they point into the tenant and into `choices`. */
struct personal {
    struct privacy_choice choices[PERSONAL_MOST_KINDS];
    struct privacy_settings settings;
};

/* Refuses kinds that no mapping file names, and the dropping of what a row is known by where there
 * is no key to hash it with. ERROR_CONFIG with file, line and key. */
bool personal_check(const struct catalogue *catalogue, const struct sync_tenant *tenants,
    size_t count, struct error *err);

/* Of a tenant that was checked. */
void personal_fill(struct personal *personal, const struct sync_tenant *tenant);

/* Whether the run may keep where devices are: device_location is asked for by its name. `names` are
 * those of the command line, as for entity_choose. */
bool personal_keeps_coordinates(
    const struct sync_tenant *tenant, const char *const *names, size_t count);

/* Adds all of that to a digest of the settings. One key is told from another, which the digest does
 * not tell. */
bool personal_add_to(
    struct hash *hash, const struct sync_tenant *tenant, bool keeps_coordinates, struct error *err);

#endif
