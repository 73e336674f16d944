/* The server's entities that a run can fetch, and which of them one is asked for. */
#ifndef UEMSYNC_SYNC_ENTITIES_H
#define UEMSYNC_SYNC_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>

#include "sync/report.h"
#include "sync/settings.h"

enum entity_way {
    ENTITY_OF_DEVICES,   /* sync/devices.h */
    ENTITY_OF_INVENTORY, /* sync/inventory.h */
    ENTITY_OF_LISTING,   /* sync/listed.h */
    ENTITY_OF_USERS,     /* sync/users.h */
    ENTITY_OF_DOCUMENT,  /* sync/document.h */
};

struct entity {
    const char *name;
    enum entity_way way;
    bool by_name_only; /* `all` does not mean it */
    bool core_only;    /* told by Core's v1 web services alone */
};

/* The entity of that name; NULL when there is none. */
const struct entity *entity_find(const char *name);

/* ERROR_USAGE for a name that is none, with the nearest one; `what` goes before it. */
bool entity_check(const char *what, const char *name, struct error *err);

/* ERROR_USAGE where the entities of the command line (`count` of them, each of which there is) are
 * none of this tenant: those of Core's v1 web services of a Cloud tenant, or appconnect_session
 * without an app to ask for. `what` goes before the name. */
bool entity_check_tenant(const char *what, const struct sync_tenant *tenant,
    const char *const *names, size_t count, struct error *err);

/* Every entity, and their number. */
const struct entity *entity_all(size_t *count);

/* What a run is asked for, in the order in which it is done. `names` are those of the command line
 * (`count` of them; none: the tenant's, as configured). The inventory of devices is never without
 * the devices. Returns how many there are. */
size_t entity_choose(const struct sync_tenant *tenant, const char *const *names, size_t count,
    const struct entity *chosen[SYNC_MOST_ENTITIES]);

/* Whether the entity is asked for by its name. */
bool entity_is_named(
    const struct sync_tenant *tenant, const char *const *names, size_t count, const char *name);

#endif
