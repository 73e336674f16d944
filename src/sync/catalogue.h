/* Every relation and how it is mapped: the mapping files that the program carries, each replaced
 * by the user's file of the same name where there is one. */
#ifndef UEMSYNC_SYNC_CATALOGUE_H
#define UEMSYNC_SYNC_CATALOGUE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/hash.h"
#include "load/load.h"
#include "mapping/mapping.h"

enum {
    CATALOGUE_MOST = 40,
    CATALOGUE_MOST_VIEWS = 32,
    CATALOGUE_PARTS = 2, /* those of them that show a part of one relation, and own their columns */
    CATALOGUE_MOST_KEPT = 8,
};

struct catalogue {
    struct mapping *mappings[CATALOGUE_MOST]; /* of the first relations; else NULL; owned */
    const struct relation *relations[CATALOGUE_MOST];
    struct relation history; /* device_history, made of the mapping of device; columns are owned */
    struct load_view views[CATALOGUE_MOST_VIEWS];
    struct column *part_columns[CATALOGUE_PARTS]; /* owned */
    struct load_kept kept[CATALOGUE_MOST_KEPT];
    struct load_schema schema;
    char digest[HASH_HEX_SIZE]; /* of all mapping files */
};

/* `folder` holds the user's files, or is NULL. Errors are ERROR_CONFIG with file and line. */
bool catalogue_load(struct catalogue *catalogue, const char *folder, struct error *err);
void catalogue_release(struct catalogue *catalogue);

/* Whether there is a relation of that name, a table that is the user's own, or a view. */
bool catalogue_has_relation(const struct catalogue *catalogue, const char *name);

/* The mapping of an entity; NULL when there is none. */
const struct mapping *catalogue_find(const struct catalogue *catalogue, const char *entity);

#endif
