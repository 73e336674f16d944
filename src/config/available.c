/* What this version cannot serve yet. A key that did nothing would be worse than none. */
#include <stdio.h>
#include <string.h>

#include "config/parts.h"

static bool is_apps(const struct config_text *text, const struct config_tenant_text *tenant)
{
    (void)text;
    return tenant->appconnect_apps.count > 0;
}

static bool is_zone(const struct config_text *text, const struct config_tenant_text *tenant)
{
    (void)text;
    return strcmp(tenant->tenant.timezone, "UTC") != 0;
}

static const struct {
    const char *key;
    bool is_of_tenant;
    bool (*is_used)(const struct config_text *text, const struct config_tenant_text *tenant);
    const char *what;
} not_yet[] = {
    {"appconnect_apps", true, is_apps, "`appconnect_apps`"},
    {"timezone", true, is_zone, "a `timezone` other than UTC"},
};

/* The entities of the product; `all` asks for those that are available. */
static const struct {
    const char *name;
    bool is_available;
} entities[] = {
    {"device", true},
    {"device_app", true},
    {"device_certificate", true},
    {"device_profile", true},
    {"device_group", true},
    {"device_group_member", true},
    {"user_account", true},
    {"app_catalog", true},
    {"device_setting", true},
    {"device_location", true},
    {"device_configuration", false},
    {"policy", false},
    {"policy_rule", false},
    {"app_setting", false},
    {"activesync_device", false},
    {"alert", false},
    {"appconnect_session", false},
    {"carrier", false},
    {"country", false},
};

enum {
    NOT_YET_COUNT = sizeof not_yet / sizeof *not_yet,
    ENTITY_COUNT = sizeof entities / sizeof *entities
};

bool config_check_available(const struct config_reader *reader)
{
    bool ok = true;

    for (size_t i = 0; ok && i < NOT_YET_COUNT; i++) {
        if (!not_yet[i].is_of_tenant && not_yet[i].is_used(&reader->text, NULL)) {
            ok = yaml_fail(&reader->places, not_yet[i].key, reader->err,
                "%s is not available in this version", not_yet[i].what);
        }
        for (size_t t = 0; ok && not_yet[i].is_of_tenant && t < reader->text.tenants.count; t++) {
            if (not_yet[i].is_used(&reader->text, config_tenant_text(reader, t))) {
                ok = config_tenant_fail(reader, t, not_yet[i].key,
                    "%s is not available in this version", not_yet[i].what);
            }
        }
    }
    return ok;
}

static bool entity_check(
    const struct config_reader *reader, size_t index, size_t item, const char *name)
{
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
    } else if (!entities[found].is_available) {
        ok = yaml_fail(
            &reader->places, key, reader->err, "`%s` is not available in this version", name);
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
    text->tenant.all_entities = is_all;
    text->tenant.entities = is_all ? names->items + 1 : names->items;
    return ok;
}
