#include <stdlib.h>
#include <string.h>

#include "sync/roster.h"

/* A device under one of its names. */
struct roster_entry {
    const char *name;
    const struct roster_device *device;
};

struct roster_names {
    struct roster_entry *entries; /* by name; owned */
    size_t count;
};

static int roster_names_compare(const void *a, const void *b)
{
    const struct roster_entry *left = a;
    const struct roster_entry *right = b;

    return strcmp(left->name, right->name);
}

/* Of one name the device that it means comes last. */
static int roster_names_order(const void *a, const void *b)
{
    const struct roster_device *left = ((const struct roster_entry *)a)->device;
    const struct roster_device *right = ((const struct roster_entry *)b)->device;
    int order = roster_names_compare(a, b);

    order = order != 0 ? order : (int)left->is_latest - (int)right->is_latest;
    return order != 0 ? order
                      : (left->registered_at > right->registered_at) -
                            (left->registered_at < right->registered_at);
}

/* A device that is known by its identifier is looked for by no other name. */
static void roster_names_add(struct roster_names *names, const struct roster_device *device)
{
    bool is_hidden = device->alias != device->identifier;

    if (device->is_listed && device->identifier[0] != '\0' && (device->has_guid || is_hidden)) {
        names->entries[names->count++] = (struct roster_entry){device->identifier, device};
    }
    if (device->is_listed && device->has_guid && is_hidden && device->alias[0] != '\0') {
        names->entries[names->count++] = (struct roster_entry){device->alias, device};
    }
}

bool roster_names_new(struct roster_names **names, const struct roster *roster, struct error *err)
{
    struct roster_names *made = calloc(1, sizeof *made);
    bool ok = made != NULL;

    if (ok) {
        made->entries = calloc(2 * roster_count(roster) + 1, sizeof *made->entries);
        ok = made->entries != NULL;
    }
    for (size_t i = 0; ok && i < roster_count(roster); i++) {
        roster_names_add(made, roster_at(roster, i));
    }
    if (ok && made->count > 0) {
        qsort(made->entries, made->count, sizeof *made->entries, roster_names_order);
    }
    if (!ok) {
        roster_names_free(made);
        made = NULL;
        (void)error_memory(err);
    }
    *names = made;
    return ok;
}

void roster_names_free(struct roster_names *names)
{
    if (names != NULL) {
        free(names->entries);
    }
    free(names);
}

const struct roster_device *roster_names_find(
    const struct roster_names *names, const char *identifier)
{
    const struct roster_entry wanted = {.name = identifier};
    const struct roster_entry *end = names->entries + names->count;
    const struct roster_entry *found = names->count > 0
                                           ? bsearch(&wanted, names->entries, names->count,
                                                 sizeof *names->entries, roster_names_compare)
                                           : NULL;

    while (found != NULL && found + 1 < end && roster_names_compare(found, found + 1) == 0) {
        found++;
    }
    return found != NULL ? found->device : NULL;
}
