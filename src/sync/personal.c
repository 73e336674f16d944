#include "sync/personal.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "mapping/rules.h"
#include "sync/entities.h"

/* The kinds of all mapping files, each once. */
static size_t personal_gather(
    const struct catalogue *catalogue, const char *kinds[PERSONAL_MOST_KINDS])
{
    size_t count = 0;

    for (size_t m = 0; m < CATALOGUE_MOST; m++) {
        const struct mapping *mapping = catalogue->mappings[m];

        for (size_t i = 0; mapping != NULL && i < mapping->personal_count; i++) {
            const char *kind = mapping->personal[i].kind;
            size_t place = 0;

            while (place < count && strcmp(kinds[place], kind) != 0) {
                place++;
            }
            if (place == count && count < PERSONAL_MOST_KINDS) {
                kinds[count++] = kind;
            }
        }
    }
    return count;
}

static bool personal_check_kind(
    const struct sync_privacy *choice, const char *const *kinds, size_t count, struct error *err)
{
    const char *nearest = str_nearest(choice->kind, kinds, count);
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = strcmp(kinds[i], choice->kind) == 0;
    }
    return found ||
           error_set(err, ERROR_CONFIG, "%s: no mapping file has a personal value `%.63s`%s%s%s",
               choice->place, choice->kind, nearest != NULL ? "; did you mean `" : "",
               nearest != NULL ? nearest : "", nearest != NULL ? "`?" : "");
}

/* Whether a row of the mapping is known by what stands at this place. */
static bool personal_is_key(const struct mapping *mapping, const char *place)
{
    size_t property = mapping_property(mapping, place);
    bool found = false;

    for (size_t i = 0; property < mapping->property_count && i < mapping->relation.key_count; i++) {
        const struct mapping_column *column = &mapping->columns[i];

        for (size_t s = 0; !found && s < column->source_count; s++) {
            found = column->rule->scope == RULE_OF_VALUE && column->sources[s] == property;
        }
    }
    return found;
}

static bool personal_holds_key(const struct mapping *mapping, const char *kind)
{
    bool found = false;

    for (size_t i = 0; mapping != NULL && !found && i < mapping->personal_count; i++) {
        const char *const *place = mapping->personal[i].places;

        for (; strcmp(mapping->personal[i].kind, kind) == 0 && !found && *place != NULL; place++) {
            found = personal_is_key(mapping, *place);
        }
    }
    return found;
}

static bool personal_check_key(const struct catalogue *catalogue, const struct sync_tenant *tenant,
    const struct sync_privacy *choice, struct error *err)
{
    const struct entity *chosen[SYNC_MOST_ENTITIES];
    size_t count = entity_choose(tenant, NULL, 0, chosen);
    bool needs_key =
        !choice->is_hashed && (tenant->privacy_key == NULL || !secret_is_set(tenant->privacy_key));
    bool ok = true;

    for (size_t i = 0; needs_key && ok && i < count; i++) {
        ok = !personal_holds_key(catalogue_find(catalogue, chosen[i]->name), choice->kind) ||
             error_set(err, ERROR_CONFIG,
                 "%s: rows of %s are known by it, so that a hash takes its place even there, which "
                 "needs `privacy_key_file`",
                 choice->place, chosen[i]->name);
    }
    return ok;
}

bool personal_check(const struct catalogue *catalogue, const struct sync_tenant *tenants,
    size_t count, struct error *err)
{
    const char *kinds[PERSONAL_MOST_KINDS];
    size_t kind_count = personal_gather(catalogue, kinds);
    bool ok = true;

    for (size_t t = 0; ok && t < count; t++) {
        for (size_t i = 0; ok && i < tenants[t].privacy_count; i++) {
            ok = personal_check_kind(&tenants[t].privacy[i], kinds, kind_count, err) &&
                 (!tenants[t].is_wanted ||
                     personal_check_key(catalogue, &tenants[t], &tenants[t].privacy[i], err));
        }
    }
    return ok;
}

void personal_fill(struct personal *personal, const struct sync_tenant *tenant)
{
    size_t count =
        tenant->privacy_count < PERSONAL_MOST_KINDS ? tenant->privacy_count : PERSONAL_MOST_KINDS;

    for (size_t i = 0; i < count; i++) {
        personal->choices[i] = (struct privacy_choice){
            tenant->privacy[i].kind, tenant->privacy[i].is_hashed ? PRIVACY_HASH : PRIVACY_DROP};
    }
    personal->settings =
        (struct privacy_settings){.choices = personal->choices, .count = count, .key = {NULL, 0}};
    if (tenant->privacy_key != NULL && secret_is_set(tenant->privacy_key)) {
        personal->settings.key =
            (struct str){tenant->privacy_key->bytes, tenant->privacy_key->size};
    }
}

bool personal_keeps_coordinates(
    const struct sync_tenant *tenant, const char *const *names, size_t count)
{
    return entity_is_named(tenant, names, count, "device_location");
}

/* The key's own hash of a fixed text tells it from others. */
static bool personal_add_key(struct hash *hash, struct str key, struct error *err)
{
    struct hash_keyed *keyed = NULL;
    uint8_t digest[HASH_SIZE];
    bool ok = hash_keyed_new(&keyed, key, err) &&
              hash_keyed_of(keyed, str_of("uemsync: which key"), digest, err) &&
              hash_add(hash, digest, sizeof digest, err);

    hash_keyed_free(keyed);
    return ok;
}

bool personal_add_to(
    struct hash *hash, const struct sync_tenant *tenant, bool keeps_coordinates, struct error *err)
{
    struct personal personal;
    bool ok = hash_add(hash, keeps_coordinates ? " 1" : " 0", 2, err);

    personal_fill(&personal, tenant);
    for (size_t i = 0; ok && i < personal.settings.count; i++) {
        const struct privacy_choice *choice = &personal.choices[i];

        ok = hash_add(hash, choice->act == PRIVACY_HASH ? " hash " : " drop ", 6, err) &&
             hash_add(hash, choice->kind, strlen(choice->kind), err);
    }
    return ok && (personal.settings.count == 0 || personal.settings.key.data == NULL ||
                     personal_add_key(hash, personal.settings.key, err));
}
