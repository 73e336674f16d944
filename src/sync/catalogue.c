#include "sync/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ceilings.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/str.h"
#include "mapping/rules.h"
#include "sync/catalogue_views.h"
#include "sync/ledger.h"
#include "sync/run_ledger.h"

enum { CATALOGUE_PATH_SIZE = 4096 };

/* A file that says nothing of v1 leaves CPS to speak alone; one that does has its keys. */
static bool catalogue_has_v1_key(
    const struct mapping *users, const struct mapping *shipped, size_t place)
{
    bool is_same = users->v1 == NULL || shipped->v1 == NULL;

    if (!is_same) {
        const struct mapping_column *a = &users->v1->columns[place];
        const struct mapping_column *b = &shipped->v1->columns[place];

        is_same = a->rule == b->rule && a->source_count == b->source_count;
        for (size_t i = 0; is_same && i < a->source_count; i++) {
            is_same = strcmp(users->v1->properties[a->sources[i]],
                          shipped->v1->properties[b->sources[i]]) == 0;
        }
    }
    return is_same;
}

static bool catalogue_check_key(
    const struct mapping *users, const struct mapping *shipped, size_t place, struct error *err)
{
    const char *name = shipped->relation.columns[place].name;
    const struct rule *rule = shipped->columns[place].rule;
    char key[64];
    bool ok = true;

    if (strcmp(users->relation.columns[place].name, name) != 0 ||
        users->columns[place].rule != rule) {
        (void)snprintf(key, sizeof key, "columns[%zu]", place);
        ok = mapping_fail(users, key, err, "it has to be %s with the rule %s, as a part of the key",
            name, rule->name);
    } else if (!catalogue_has_v1_key(users, shipped, place)) {
        (void)snprintf(key, sizeof key, "columns[%zu].v1", place);
        ok = mapping_fail(
            users, key, err, "it has to be as in the shipped file, as a part of the key");
    }
    return ok;
}

/* A user's file may change what is in a relation, and not which relation it is, its key, nor whose
 * list its rows are in: runs know rows by these. */
static bool catalogue_check(
    const struct mapping *users, const struct mapping *shipped, struct error *err)
{
    const struct relation *a = &users->relation;
    const struct relation *b = &shipped->relation;
    bool ok = true;

    if (strcmp(a->name, b->name) != 0) {
        ok = mapping_fail(users, "entity", err, "this file is for %s", b->name);
    } else if (a->key_count != b->key_count) {
        ok =
            mapping_fail(users, "key", err, "the key of %s has %zu columns", b->name, b->key_count);
    } else if (a->kind != b->kind) {
        ok = mapping_fail(users, "set", err, "it has to be %s, as %s is %s",
            b->kind == RELATION_SET ? "true" : "false", b->name,
            b->kind == RELATION_SET ? "a set of rows" : "no set of rows");
    } else if (a->owner != b->owner) {
        ok = mapping_fail(users, "owner", err, "the owner of %s is %s", b->name,
            b->owner > 0 ? b->columns[b->owner].name : "the tenant alone");
    }
    for (size_t i = 0; ok && i < b->key_count; i++) {
        ok = catalogue_check_key(users, shipped, i, err);
    }
    return ok;
}

/* The user's file takes the place of the one that is carried along, but for what is personal: a
 * file that knows nothing of that is to let nothing out. */
static bool catalogue_replace(struct mapping **mapping, const char *folder, const char *name,
    struct hash *texts, struct error *err)
{
    char path[CATALOGUE_PATH_SIZE];
    struct mapping *users = NULL;
    struct buffer text;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    bool ok = length < (int)sizeof path ||
              error_set(err, ERROR_CONFIG, "mappings: the name of the folder is too long");

    buffer_init(&text, CEILING_FILE);
    /* Whatever hides a file that is there is told by the reading of it. */
    if (ok && (access(path, F_OK) == 0 || errno != ENOENT)) {
        ok = file_read(path, &text, err) && mapping_new(&users, path, buffer_view(&text), err) &&
             catalogue_check(users, *mapping, err) && mapping_add_personal(users, *mapping, err) &&
             hash_add(texts, text.data, text.size, err);
    }
    if (ok && users != NULL) {
        mapping_free(*mapping);
        *mapping = users;
    } else {
        mapping_free(users);
    }
    buffer_release(&text);
    return ok;
}

static bool catalogue_add(struct catalogue *catalogue, const struct embedded_file *file,
    const char *folder, struct hash *texts, struct error *err)
{
    char path[CATALOGUE_PATH_SIZE];
    struct mapping **mapping = &catalogue->mappings[catalogue->schema.count];
    const struct str text = {file->text, file->size};
    bool ok;

    (void)snprintf(path, sizeof path, "mappings/%s", file->name);
    ok = mapping_new(mapping, path, text, err) && hash_add(texts, text.data, text.size, err) &&
         (folder == NULL || catalogue_replace(mapping, folder, file->name, texts, err));
    if (ok) {
        catalogue->relations[catalogue->schema.count++] = &(*mapping)->relation;
    }
    return ok;
}

static bool catalogue_is_mapping(const char *name)
{
    size_t size = strlen(name);

    return name[0] != '.' && size > 5 && strcmp(name + size - 5, ".yaml") == 0;
}

/* A file whose name no relation has would be passed over without a word. */
static bool catalogue_check_name(const char *folder, const char *name, struct error *err)
{
    const char *names[CATALOGUE_MOST] = {NULL};
    size_t count = 0;
    bool found = !catalogue_is_mapping(name);
    const char *nearest;

    for (const struct embedded_file *file = mapping_files;
         file->name != NULL && count < CATALOGUE_MOST; file++) {
        names[count++] = file->name;
        found = found || strcmp(file->name, name) == 0;
    }
    nearest = str_nearest(name, names, count);
    return found || error_set(err, ERROR_CONFIG, "mappings: %s/%s: no relation has this name%s%s%s",
                        folder, name, nearest != NULL ? "; did you mean `" : "",
                        nearest != NULL ? nearest : "", nearest != NULL ? "`?" : "");
}

static bool catalogue_check_folder(const char *folder, struct error *err)
{
    DIR *list = opendir(folder);
    bool ok =
        list != NULL || error_set(err, ERROR_CONFIG, "mappings: %s: %s", folder, strerror(errno));

    for (struct dirent *entry = ok ? readdir(list) : NULL; ok && entry != NULL;
         entry = readdir(list)) {
        ok = catalogue_check_name(folder, entry->d_name, err);
    }
    if (list != NULL) {
        (void)closedir(list);
    }
    return ok;
}

static const struct column history_times[] = {
    {"valid_from", "The start of the run that found the device in this state.", COLUMN_TIMESTAMPTZ},
    {"valid_to", "The start of the run that found it in another one, or gone; NULL: it is so now.",
        COLUMN_TIMESTAMPTZ},
};

/* What changes at every check-in, or may, makes no state (the product's page, "Relations"),
 * whatever a user's file says. */
static bool catalogue_is_state(const struct mapping *device, size_t place)
{
    static const char *const never[] = {"last_check_in_at", "eas_last_sync_at", "details", "extra"};
    bool is_state = device->columns[place].is_state;

    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        is_state = is_state && strcmp(device->relation.columns[place].name, never[i]) != 0;
    }
    return is_state;
}

/* The key's columns of `device`, the times, and the columns of `device` that make a state. */
static bool catalogue_make_history(
    struct catalogue *catalogue, const struct mapping *device, struct error *err)
{
    const struct relation *of = &device->relation;
    struct column *columns = calloc(of->column_count + 2, sizeof *columns);
    size_t count = 0;
    bool ok = columns != NULL || error_memory(err);

    for (size_t i = 0; ok && i < of->column_count; i++) {
        if (i == of->key_count) {
            columns[count++] = history_times[0];
            columns[count++] = history_times[1];
        }
        if (i < of->key_count || catalogue_is_state(device, i)) {
            columns[count++] = of->columns[i];
        }
    }
    catalogue->history = (struct relation){.name = "device_history",
        .about = "Every state that a device was in, with the time in which it was: a device that "
                 "left is here alone.",
        .columns = columns,
        .column_count = count,
        .key_count = of->key_count + 1,
        .kind = RELATION_HISTORY};
    return ok;
}

static void catalogue_add_relation(struct catalogue *catalogue, const struct relation *relation)
{
    if (catalogue->schema.count < CATALOGUE_MOST) {
        catalogue->relations[catalogue->schema.count++] = relation;
    }
}

/* Relations that no record of the server fills. */
static bool catalogue_add_own(struct catalogue *catalogue, struct error *err)
{
    const struct mapping *device = catalogue_find(catalogue, "device");
    bool ok = device != NULL || error_set(err, ERROR_CONFIG, "no mapping file for device");

    ok = ok && catalogue_make_history(catalogue, device, err);
    if (ok) {
        catalogue_add_relation(catalogue, &ledger_device_fetch);
        catalogue_add_relation(catalogue, &catalogue->history);
        catalogue_add_relation(catalogue, &run_ledger_run);
        catalogue_add_relation(catalogue, &run_ledger_entity);
        catalogue_add_relation(catalogue, &ledger_rejected_record);
        catalogue->schema.fetched = &ledger_device_fetch;
        catalogue->schema.history = &catalogue->history;
        catalogue->schema.history_of = &device->relation;
    }
    return ok && catalogue_views_make(catalogue, err);
}

bool catalogue_load(struct catalogue *catalogue, const char *folder, struct error *err)
{
    struct hash *texts = hash_new(err);
    bool ok = texts != NULL && (folder == NULL || catalogue_check_folder(folder, err));

    *catalogue = (struct catalogue){.schema = {.relations = catalogue->relations}};
    for (const struct embedded_file *file = mapping_files;
         ok && file->name != NULL && catalogue->schema.count < CATALOGUE_MOST; file++) {
        ok = catalogue_add(catalogue, file, folder, texts, err);
    }
    ok = ok && hash_end_hex(texts, catalogue->digest, err) && catalogue_add_own(catalogue, err);
    hash_free(texts);
    return ok;
}

void catalogue_release(struct catalogue *catalogue)
{
    for (size_t i = 0; i < CATALOGUE_MOST; i++) {
        mapping_free(catalogue->mappings[i]);
        catalogue->mappings[i] = NULL;
    }
    free((void *)(uintptr_t)catalogue->history.columns);
    catalogue->history.columns = NULL;
    catalogue_views_release(catalogue);
    catalogue->schema.count = 0;
}

bool catalogue_has_relation(const struct catalogue *catalogue, const char *name)
{
    const struct load_schema *schema = &catalogue->schema;
    bool has = false;

    for (size_t i = 0; !has && i < schema->count; i++) {
        has = strcmp(schema->relations[i]->name, name) == 0;
    }
    for (size_t i = 0; !has && i < schema->kept_count; i++) {
        has = schema->kept[i].relation.kind == RELATION_OWN &&
              strcmp(schema->kept[i].relation.name, name) == 0;
    }
    for (size_t i = 0; !has && i < schema->view_count; i++) {
        has = strcmp(schema->views[i].relation.name, name) == 0;
    }
    return has;
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
