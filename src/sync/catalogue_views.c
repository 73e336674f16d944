#include "sync/catalogue_views.h"

#include <stdlib.h>
#include <string.h>

/* A view that shows some rows of one relation, and all of its columns but the one that says which.
 */
struct catalogue_part {
    const char *name;
    const char *about;
    const char *file;
    const char *of;
    const char *without;
};

static const struct catalogue_part parts[] = {
    {"device_policy",
        "The policies of each device of a Core: the rows of device_configuration of type POLICY.",
        "views/device_policy.sql", "device_configuration", "profile_type"},
    {"device_app_setting",
        "The configurations of each device of a Core: the rows of device_configuration of type "
        "APP.",
        "views/device_app_setting.sql", "device_configuration", "profile_type"},
};

_Static_assert(
    sizeof parts / sizeof *parts <= (size_t)CATALOGUE_MOST_VIEWS, "there is room for each");

static bool catalogue_views_add(struct catalogue *catalogue, const struct catalogue_part *part,
    const struct relation *of, struct error *err)
{
    struct column *columns = calloc(of->column_count, sizeof *columns);
    size_t count = 0;
    bool ok = columns != NULL || error_memory(err);

    for (size_t i = 0; ok && i < of->column_count; i++) {
        if (strcmp(of->columns[i].name, part->without) != 0) {
            columns[count++] = of->columns[i];
        }
    }
    if (ok) {
        catalogue->views[catalogue->schema.view_count++] =
            (struct load_view){{.name = part->name,
                                   .about = part->about,
                                   .columns = columns,
                                   .column_count = count,
                                   .kind = RELATION_VIEW},
                part->file};
    }
    return ok;
}

bool catalogue_views_make(struct catalogue *catalogue, struct error *err)
{
    bool ok = true;

    catalogue->schema.views = catalogue->views;
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
        const struct mapping *mapping = catalogue_find(catalogue, parts[i].of);

        ok = mapping == NULL || catalogue_views_add(catalogue, &parts[i], &mapping->relation, err);
    }
    return ok;
}

void catalogue_views_release(struct catalogue *catalogue)
{
    for (size_t i = 0; i < CATALOGUE_MOST_VIEWS; i++) {
        free((void *)(uintptr_t)catalogue->views[i].relation.columns);
        catalogue->views[i].relation.columns = NULL;
    }
    catalogue->schema.view_count = 0;
}
