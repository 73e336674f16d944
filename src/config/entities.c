/* The entities that a tenant names. */
#include <stdio.h>
#include <string.h>

#include "config/parts.h"

/* The entities of the product. */
static const struct {
    const char *name;
    bool core_only;
} entities[] = {
    {"device", false},
    {"device_app", false},
    {"device_certificate", false},
    {"device_profile", false},
    {"device_group", false},
    {"device_group_member", false},
    {"user_account", false},
    {"app_catalog", false},
    {"device_setting", false},
    {"device_location", false},
    {"device_configuration", true},
    {"policy", true},
    {"policy_rule", true},
    {"app_setting", true},
    {"activesync_device", true},
    {"alert", true},
    {"appconnect_session", true},
    {"carrier", true},
    {"country", true},
};

enum { ENTITY_COUNT = sizeof entities / sizeof *entities };

static bool entity_check(
    const struct config_reader *reader, size_t index, size_t item, const char *name)
{
    const struct config_tenant_text *text = config_tenant_text(reader, index);
    const char *names[ENTITY_COUNT];
    const char *nearest;
    size_t found = 0;
    char key[YAML_KEY_PATH_SIZE];
    bool ok = true;

    for (size_t i = 0; i < ENTITY_COUNT; i++) {
        names[i] = entities[i].name;
    }
    while (found < ENTITY_COUNT && strcmp(names[found], name) != 0) {
        found++;
    }
    nearest = str_nearest(name, names, ENTITY_COUNT);
    (void)snprintf(key, sizeof key, "tenants[%zu].entities[%zu]", index, item);
    if (yaml_line(&reader->places, key) == 0) {
        (void)snprintf(key, sizeof key, "tenants[%zu].entities", index);
    }
    if (found == ENTITY_COUNT) {
        ok = yaml_fail(&reader->places, key, reader->err, "unknown entity `%.63s`%s%s%s", name,
            nearest != NULL ? "; did you mean `" : "", nearest != NULL ? nearest : "",
            nearest != NULL ? "`?" : "");
    } else if (entities[found].core_only && text->tenant.kind != SYNC_CORE) {
        ok = yaml_fail(&reader->places, key, reader->err,
            "`%s` is of `kind: core` alone, and this tenant is `kind: cloud`", name);
    } else if (strcmp(name, "appconnect_session") == 0 && text->appconnect_apps.count == 0) {
        ok = yaml_fail(&reader->places, key, reader->err,
            "`%s` needs the ids of apps in `appconnect_apps`", name);
    }
    return ok;
}

bool config_check_entities(const struct config_reader *reader, size_t index)
{
    struct config_tenant_text *text = config_tenant_text(reader, index);
    const struct yaml_strings *names = &text->entities;
    bool is_all = names->count == 1 && strcmp(names->items[0], "all") == 0;
    bool ok = true;

    if (names->count == 0) {
        ok = config_tenant_fail(reader, index, "entities", "the list is empty");
    } else if (text->appconnect_apps.count > 0 && text->tenant.kind != SYNC_CORE) {
        ok = config_tenant_fail(reader, index, "appconnect_apps", "is for `kind: core` alone");
    }
    for (size_t i = 0; ok && !is_all && i < names->count; i++) {
        ok = entity_check(reader, index, i, names->items[i]);
        for (size_t j = 0; ok && j < i; j++) {
            if (strcmp(names->items[i], names->items[j]) == 0) {
                ok = config_tenant_fail(
                    reader, index, "entities", "`%s` is named twice", names->items[i]);
            }
        }
    }
    text->tenant.appconnect_apps = text->appconnect_apps.items;
    text->tenant.all_entities = is_all;
    text->tenant.entities = is_all ? names->items + 1 : names->items;
    return ok;
}
