#include "sync/catalogue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/ceilings.h"
#include "base/embedded.h"
#include "base/file.h"

enum { CATALOGUE_PATH_SIZE = 1024 };

/* The user's file takes the place of the one that is carried along. */
static bool catalogue_add(struct catalogue *catalogue, const struct embedded_file *file,
    const char *folder, struct error *err)
{
    char path[CATALOGUE_PATH_SIZE];
    struct buffer text;
    struct mapping **mapping = &catalogue->mappings[catalogue->schema.count];
    bool is_users = false;
    bool ok = true;

    buffer_init(&text, CEILING_FILE);
    if (folder != NULL) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, file->name);
        is_users = access(path, F_OK) == 0;
    }
    if (is_users) {
        ok = file_read(path, &text, err) && mapping_new(mapping, path, buffer_view(&text), err);
    } else {
        (void)snprintf(path, sizeof path, "mappings/%s", file->name);
        ok = mapping_new(mapping, path, (struct str){file->text, file->size}, err);
    }
    if (ok) {
        catalogue->relations[catalogue->schema.count++] = &(*mapping)->relation;
    }
    buffer_release(&text);
    return ok;
}

bool catalogue_load(struct catalogue *catalogue, const char *folder, struct error *err)
{
    bool ok = true;

    *catalogue = (struct catalogue){.schema = {catalogue->relations, 0}};
    if (folder != NULL && access(folder, R_OK | X_OK) != 0) {
        ok = error_set(err, ERROR_CONFIG, "mappings: %s: %s", folder, strerror(errno));
    }
    for (const struct embedded_file *file = mapping_files;
         ok && file->name != NULL && catalogue->schema.count < CATALOGUE_MOST; file++) {
        ok = catalogue_add(catalogue, file, folder, err);
    }
    return ok;
}

void catalogue_release(struct catalogue *catalogue)
{
    for (size_t i = 0; i < CATALOGUE_MOST; i++) {
        mapping_free(catalogue->mappings[i]);
        catalogue->mappings[i] = NULL;
    }
    catalogue->schema.count = 0;
}

const struct mapping *catalogue_find(const struct catalogue *catalogue, const char *entity)
{
    const struct mapping *found = NULL;

    for (size_t i = 0; found == NULL && i < catalogue->schema.count; i++) {
        if (strcmp(catalogue->relations[i]->name, entity) == 0) {
            found = catalogue->mappings[i];
        }
    }
    return found;
}
