#include <stdlib.h>
#include <string.h>

#include "sync/roster.h"

struct roster_names {
    const struct roster_device **devices; /* by identifier; owned */
    size_t count;
};

static int roster_names_compare(const void *a, const void *b)
{
    const struct roster_device *left = *(const struct roster_device *const *)a;
    const struct roster_device *right = *(const struct roster_device *const *)b;

    return strcmp(left->identifier, right->identifier);
}

/* Of one identifier the device that it means comes last. */
static int roster_names_order(const void *a, const void *b)
{
    const struct roster_device *left = *(const struct roster_device *const *)a;
    const struct roster_device *right = *(const struct roster_device *const *)b;
    int order = roster_names_compare(a, b);

    order = order != 0 ? order : (int)left->is_latest - (int)right->is_latest;
    return order != 0 ? order
                      : (left->registered_at > right->registered_at) -
                            (left->registered_at < right->registered_at);
}

bool roster_names_new(struct roster_names **names, const struct roster *roster, struct error *err)
{
    struct roster_names *made = calloc(1, sizeof *made);
    bool ok = made != NULL;

    if (ok) {
        made->devices = calloc(roster_count(roster) + 1, sizeof *made->devices);
        ok = made->devices != NULL;
    }
    for (size_t i = 0; ok && i < roster_count(roster); i++) {
        const struct roster_device *device = roster_at(roster, i);

        if (device->is_listed && device->has_guid && device->identifier[0] != '\0') {
            made->devices[made->count++] = device;
        }
    }
    if (ok && made->count > 0) {
        qsort(made->devices, made->count, sizeof *made->devices, roster_names_order);
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
        free((void *)names->devices);
    }
    free(names);
}

const struct roster_device *roster_names_find(
    const struct roster_names *names, const char *identifier)
{
    const struct roster_device wanted = {.identifier = identifier};
    const struct roster_device *key = &wanted;
    const struct roster_device **end = names->devices + names->count;
    const struct roster_device **found = names->count > 0
                                             ? bsearch(&key, names->devices, names->count,
                                                   sizeof *names->devices, roster_names_compare)
                                             : NULL;

    while (found != NULL && found + 1 < end && roster_names_compare(found, found + 1) == 0) {
        found++;
    }
    return found != NULL ? *found : NULL;
}
