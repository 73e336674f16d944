#include "sync/entities.h"

#include <string.h>

#include "base/str.h"

static const struct entity entities[] = {
    {"device", ENTITY_OF_DEVICES, false, false},
    {"device_app", ENTITY_OF_INVENTORY, false, false},
    {"device_certificate", ENTITY_OF_INVENTORY, false, false},
    {"device_profile", ENTITY_OF_INVENTORY, false, false},
    {"device_setting", ENTITY_OF_INVENTORY, false, false},
    {"device_location", ENTITY_OF_INVENTORY, true, false},
    {"device_group", ENTITY_OF_LISTING, false, false},
    {"device_group_member", ENTITY_OF_INVENTORY, false, false},
    {"user_account", ENTITY_OF_USERS, false, false},
    {"app_catalog", ENTITY_OF_LISTING, false, false},
    {"device_configuration", ENTITY_OF_INVENTORY, true, true},
    {"policy", ENTITY_OF_DOCUMENT, false, true},
    {"policy_rule", ENTITY_OF_DOCUMENT, false, true},
    {"app_setting", ENTITY_OF_DOCUMENT, false, true},
    {"activesync_device", ENTITY_OF_DOCUMENT, false, true},
    {"alert", ENTITY_OF_DOCUMENT, false, true},
    {"appconnect_session", ENTITY_OF_DOCUMENT, true, true},
    {"carrier", ENTITY_OF_DOCUMENT, false, true},
    {"country", ENTITY_OF_DOCUMENT, false, true},
};
enum { ENTITY_COUNT = sizeof entities / sizeof *entities };

_Static_assert(
    sizeof entities / sizeof *entities <= (size_t)SYNC_MOST_ENTITIES, "each has its report");

const struct entity *entity_all(size_t *count)
{
    *count = ENTITY_COUNT;
    return entities;
}

const struct entity *entity_find(const char *name)
{
    const struct entity *found = NULL;

    for (size_t i = 0; found == NULL && i < ENTITY_COUNT; i++) {
        found = strcmp(entities[i].name, name) == 0 ? &entities[i] : NULL;
    }
    return found;
}

bool entity_check(const char *what, const char *name, struct error *err)
{
    const char *names[ENTITY_COUNT];
    const char *nearest;

    for (size_t i = 0; i < ENTITY_COUNT; i++) {
        names[i] = entities[i].name;
    }
    nearest = str_nearest(name, names, ENTITY_COUNT);
    return entity_find(name) != NULL ||
           error_set(err, ERROR_USAGE, "%s %s: no such entity%s%s%s", what, name,
               nearest != NULL ? "; did you mean `" : " in this version",
               nearest != NULL ? nearest : "", nearest != NULL ? "`?" : "");
}

bool entity_is_named(
    const struct sync_tenant *tenant, const char *const *names, size_t count, const char *name)
{
    bool is_named = false;

    for (size_t i = 0; !is_named && i < count; i++) {
        is_named = strcmp(names[i], name) == 0;
    }
    for (const char *const *each = tenant->entities;
         !is_named && count == 0 && each != NULL && *each != NULL; each++) {
        is_named = strcmp(*each, name) == 0;
    }
    return is_named;
}

bool entity_check_tenant(const char *what, const struct sync_tenant *tenant,
    const char *const *names, size_t count, struct error *err)
{
    bool has_apps = tenant->appconnect_apps != NULL && tenant->appconnect_apps[0] != NULL;
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        const struct entity *entity = entity_find(names[i]);

        if (entity->core_only && tenant->kind != SYNC_CORE) {
            ok = error_set(err, ERROR_USAGE,
                "%s %s: it is of `kind: core` alone, and tenant %s is `kind: cloud`", what,
                names[i], tenant->name);
        } else if (strcmp(names[i], "appconnect_session") == 0 && !has_apps) {
            ok = error_set(err, ERROR_USAGE, "%s %s: tenant %s names no app in `appconnect_apps`",
                what, names[i], tenant->name);
        }
    }
    return ok;
}

/* Whether `all` means it, of this tenant. */
static bool entity_is_of_all(const struct entity *entity, const struct sync_tenant *tenant)
{
    return !entity->by_name_only && (!entity->core_only || tenant->kind == SYNC_CORE);
}

size_t entity_choose(const struct sync_tenant *tenant, const char *const *names, size_t count,
    const struct entity *chosen[SYNC_MOST_ENTITIES])
{
    bool wants_all = count == 0 && tenant->all_entities;
    bool wanted[ENTITY_COUNT];
    size_t chosen_count = 0;

    for (size_t i = 0; i < ENTITY_COUNT; i++) {
        wanted[i] = wants_all ? entity_is_of_all(&entities[i], tenant)
                              : entity_is_named(tenant, names, count, entities[i].name);
        wanted[0] = wanted[0] || (wanted[i] && entities[i].way == ENTITY_OF_INVENTORY);
    }
    for (size_t i = 0; i < ENTITY_COUNT; i++) {
        if (wanted[i]) {
            chosen[chosen_count++] = &entities[i];
        }
    }
    return chosen_count;
}
