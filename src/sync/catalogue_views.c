#include "sync/catalogue_views.h"

#include <stdlib.h>
#include <string.h>

#include "sync/catalogue_reports.h"

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

_Static_assert(sizeof parts / sizeof *parts == (size_t)CATALOGUE_PARTS, "there is room for each");

const char *catalogue_views_of(const char *view)
{
    const char *of = NULL;

    for (size_t i = 0; of == NULL && i < sizeof parts / sizeof *parts; i++) {
        of = strcmp(parts[i].name, view) == 0 ? parts[i].of : NULL;
    }
    return of;
}

static bool catalogue_views_add(
    struct catalogue *catalogue, size_t place, const struct relation *of, struct error *err)
{
    const struct catalogue_part *part = &parts[place];
    struct column *columns = calloc(of->column_count, sizeof *columns);
    size_t count = 0;
    bool ok = columns != NULL || error_memory(err);

    for (size_t i = 0; ok && i < of->column_count; i++) {
        if (strcmp(of->columns[i].name, part->without) != 0) {
            columns[count++] = of->columns[i];
        }
    }
    catalogue->part_columns[place] = columns;
    if (ok) {
        catalogue->views[catalogue->schema.view_count++] =
            (struct load_view){.relation = {.name = part->name,
                                   .about = part->about,
                                   .columns = columns,
                                   .column_count = count,
                                   .kind = RELATION_VIEW},
                .file = part->file};
    }
    return ok;
}

bool catalogue_views_make(struct catalogue *catalogue, struct error *err)
{
    bool ok = true;

    catalogue->schema.views = catalogue->views;
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
        const struct mapping *mapping = catalogue_find(catalogue, parts[i].of);

        ok = mapping == NULL || catalogue_views_add(catalogue, i, &mapping->relation, err);
    }
    if (ok) {
        catalogue_reports_make(catalogue);
    }
    return ok;
}

void catalogue_views_release(struct catalogue *catalogue)
{
    for (size_t i = 0; i < CATALOGUE_PARTS; i++) {
        free(catalogue->part_columns[i]);
        catalogue->part_columns[i] = NULL;
    }
    catalogue->schema.view_count = 0;
    catalogue->schema.kept_count = 0;
}
