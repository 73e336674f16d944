#include "uem/limits.h"

#include <string.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "yaml/yaml_bind.h"

enum { LIMITS_CLUSTERS = 6, LIMITS_MOST = 100000 };

/* A row of the file. */
struct limits_row {
    const char *class;
    const char *about;
    int calls[LIMITS_CLUSTERS];
};

struct limits_file {
    struct yaml_list classes;
};

#define ROW_AT(member) offsetof(struct limits_row, member)
#define CLUSTER(name, place)                                                                       \
    {                                                                                              \
        .key = name, .type = YAML_INTEGER, .offset = ROW_AT(calls) + (place) * sizeof(int),        \
        .required = true, .min = 1, .max = LIMITS_MOST, .about = "Calls a minute."                 \
    }

static const struct yaml_field row_fields[] = {
    {.key = "class",
        .type = YAML_STRING,
        .offset = ROW_AT(class),
        .required = true,
        .about = "The class of calls."},
    {.key = "about", .type = YAML_STRING, .offset = ROW_AT(about), .about = "What is of it."},
    CLUSTER("na1", 0),
    CLUSTER("na2", 1),
    CLUSTER("na3", 2),
    CLUSTER("eu1", 3),
    CLUSTER("ap1", 4),
    CLUSTER("ap2", 5),
};
static const struct yaml_table row_table = {
    row_fields, sizeof row_fields / sizeof *row_fields, sizeof(struct limits_row)};

static const struct yaml_field file_fields[] = {
    {.key = "classes",
        .type = YAML_LIST,
        .offset = offsetof(struct limits_file, classes),
        .required = true,
        .max = UEM_CLASS_COUNT,
        .table = &row_table,
        .about = "The classes of calls."},
};
static const struct yaml_table file_table = {
    file_fields, sizeof file_fields / sizeof *file_fields, sizeof(struct limits_file)};

static const char *const class_names[UEM_CLASS_COUNT] = {
    [UEM_CLASS_APPLICATION] = "application",
    [UEM_CLASS_DEVICE_LIST] = "device_list",
    [UEM_CLASS_USER_LIST] = "user_list",
    [UEM_CLASS_REMAINING] = "remaining",
};

/* The cluster's limit of a row; the smallest for a cluster that the row does not name. */
static int limits_of_row(const struct limits_row *row, const char *cluster)
{
    size_t first = sizeof row_fields / sizeof *row_fields - LIMITS_CLUSTERS;
    int least = row->calls[0];
    int named = 0;

    for (size_t i = 0; i < LIMITS_CLUSTERS; i++) {
        least = row->calls[i] < least ? row->calls[i] : least;
        if (cluster != NULL && strcmp(row_fields[first + i].key, cluster) == 0) {
            named = row->calls[i];
        }
    }
    return named > 0 ? named : least;
}

bool uem_limits_read(struct uem_limits *limits, const char *path, struct str text,
    const char *cluster, double share, struct error *err)
{
    struct arena arena;
    struct limits_file file;
    struct yaml_places places;
    bool ok;

    arena_init(&arena, CEILING_FILE);
    ok = yaml_bind(&arena, path, text, &file_table, &file, &places, err);
    if (ok && file.classes.count != UEM_CLASS_COUNT) {
        ok = yaml_fail(&places, "classes", err, "%d classes are wanted", UEM_CLASS_COUNT);
    }
    for (size_t i = 0; ok && i < UEM_CLASS_COUNT; i++) {
        const struct limits_row *row = (const struct limits_row *)file.classes.items + i;

        if (strcmp(row->class, class_names[i]) != 0) {
            ok = yaml_fail(&places, "classes", err, "class %zu is to be %s", i, class_names[i]);
        } else {
            double calls = (double)limits_of_row(row, cluster) * share;

            limits->calls[i] = calls >= 1 ? (int)calls : 1;
        }
    }
    arena_release(&arena);
    return ok;
}
