#include "sync/entities.h"

#include <string.h>

#include "base/str.h"

static const struct entity entities[] = {
    {"device", ENTITY_OF_DEVICES, false},
    {"device_app", ENTITY_OF_INVENTORY, false},
    {"device_certificate", ENTITY_OF_INVENTORY, false},
    {"device_profile", ENTITY_OF_INVENTORY, false},
    {"device_setting", ENTITY_OF_INVENTORY, false},
    {"device_location", ENTITY_OF_INVENTORY, true},
    {"device_group", ENTITY_OF_LISTING, false},
    {"device_group_member", ENTITY_OF_INVENTORY, false},
    {"user_account", ENTITY_OF_USERS, false},
    {"app_catalog", ENTITY_OF_LISTING, false},
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

size_t entity_choose(const struct sync_tenant *tenant, const char *const *names, size_t count,
    const struct entity *chosen[SYNC_MOST_ENTITIES])
{
    bool wants_all = count == 0 && tenant->all_entities;
    bool wanted[ENTITY_COUNT];
    size_t chosen_count = 0;

    for (size_t i = 0; i < ENTITY_COUNT; i++) {
        wanted[i] = wants_all ? !entities[i].by_name_only
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
