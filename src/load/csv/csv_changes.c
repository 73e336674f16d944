#include "load/csv/csv_changes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/csv/csv_old.h"
#include "load/csv/csv_store.h"
#include "load/csv/csv_text.h"

void csv_changes_init(struct csv_changes *changes, const struct csv_store *store,
    const struct load_schema *schema, const char *run_id)
{
    *changes = (struct csv_changes){.store = store, .schema = schema, .run_id = run_id};
}

void csv_changes_release(struct csv_changes *changes, bool switched)
{
    struct error ignored; /* what stays is removed by the next run */

    csv_file_release(&changes->file);
    csv_folder_release(&changes->target);
    csv_folder_release(&changes->folder);
    if (changes->parent.path != NULL && !switched) {
        (void)csv_folder_remove(&changes->store->home, CSV_CHANGES_NEW, &ignored);
    }
    csv_folder_release(&changes->parent);
    *changes = (struct csv_changes){0};
}

void csv_changes_begin(struct csv_changes *changes, const struct relation *relation)
{
    if (changes != NULL) {
        const struct relation *fetched = changes->schema->fetched;
        bool has_changes = relation->kind == RELATION_KEYED || relation->kind == RELATION_SET;
        bool is_fetched = fetched != NULL && strcmp(fetched->name, relation->name) == 0;

        changes->relation = has_changes && !is_fetched ? relation : NULL;
    }
}

static bool csv_changes_open_folder(struct csv_changes *changes, struct error *err)
{
    return changes->folder.path != NULL || (csv_folder_open(&changes->parent, &changes->store->home,
                                                CSV_CHANGES_NEW, CSV_FOLDER_MAKE, err) &&
                                               csv_folder_open(&changes->folder, &changes->parent,
                                                   changes->run_id, CSV_FOLDER_MAKE, err));
}

static bool csv_changes_open_file(struct csv_changes *changes, struct error *err)
{
    char name[CSV_FILE_NAME_SIZE];
    struct buffer header;
    bool ok = true;

    csv_file_name(changes->relation->name, name);
    buffer_init(&header, CSV_LINE_CEILING);
    buffer_append_text(&header, "op,");
    csv_append_header(&header, changes->relation);
    ok = (buffer_ok(&header) || error_memory(err)) && csv_changes_open_folder(changes, err) &&
         csv_file_create(&changes->file, &changes->folder, name, CSV_FILE_DURABLE, err) &&
         csv_file_write(&changes->file, buffer_view(&header), err);
    buffer_release(&header);
    return ok;
}

bool csv_changes_add(struct csv_changes *changes, enum csv_change change, struct str begin,
    struct str end, struct error *err)
{
    static const char *const ops[] = {
        [CSV_INSERT] = "insert,", [CSV_UPDATE] = "update,", [CSV_DELETE] = "delete,"};

    return changes == NULL || changes->relation == NULL ||
           ((changes->file.path != NULL || csv_changes_open_file(changes, err)) &&
               csv_file_write(&changes->file, str_of(ops[change]), err) &&
               csv_file_write(&changes->file, begin, err) &&
               csv_file_write(&changes->file, end, err));
}

bool csv_changes_end(struct csv_changes *changes, struct error *err)
{
    return changes == NULL || changes->file.path == NULL ||
           csv_file_finish(&changes->file, NULL, err);
}

/* The tenant's folder of changes, where it is there. */
static bool csv_changes_find(
    struct csv_folder *target, const struct csv_store *store, bool *found, struct error *err)
{
    struct csv_folder all = {0};
    bool ok = csv_folder_find(&all, &store->root, CSV_CHANGES, found, err) &&
              (!*found || csv_folder_find(target, &all, store->tenant, found, err));

    csv_folder_release(&all);
    return ok;
}

/* The same, made where it is missing. */
static bool csv_changes_make(
    struct csv_folder *target, const struct csv_store *store, struct error *err)
{
    struct csv_folder all = {0};
    bool ok = csv_folder_open(&all, &store->root, CSV_CHANGES, CSV_FOLDER_MAKE, err) &&
              csv_folder_open(target, &all, store->tenant, CSV_FOLDER_MAKE, err);

    csv_folder_release(&all);
    return ok;
}

bool csv_changes_finish(struct csv_changes *changes, struct error *err)
{
    struct stat info;
    bool ok = true;

    if (changes->folder.path != NULL) {
        ok = csv_folder_sync(&changes->folder, err) && csv_folder_sync(&changes->parent, err) &&
             csv_changes_make(&changes->target, changes->store, err);
        if (ok && fstatat(changes->target.fd, changes->run_id, &info, AT_SYMLINK_NOFOLLOW) == 0) {
            errno = EEXIST;
            ok = csv_folder_error(&changes->target, changes->run_id, "make the folder", err);
        }
    }
    return ok;
}

/* What somebody put there meanwhile stays, and the run's changes go: it is published by now. */
static bool csv_changes_move(const struct csv_folder *parent, const struct csv_folder *target,
    const char *run_id, struct error *err)
{
    bool ok = renameat(parent->fd, run_id, target->fd, run_id) == 0 || errno == EEXIST ||
              errno == ENOTEMPTY || errno == ENOTDIR;

    return ok ? csv_folder_sync(target, err) : csv_folder_error(target, run_id, "rename", err);
}

bool csv_changes_publish(struct csv_changes *changes, struct error *err)
{
    bool ok = true;

    if (changes->folder.path != NULL) {
        ok = csv_changes_move(&changes->parent, &changes->target, changes->run_id, err) &&
             csv_folder_remove(&changes->store->home, CSV_CHANGES_NEW, err);
    }
    return ok;
}

bool csv_changes_recover(const struct csv_store *store, struct error *err)
{
    struct csv_folder parent = {0};
    struct csv_folder folder = {0};
    struct csv_folder target = {0};
    bool found = false;
    bool ok = csv_folder_find(&parent, &store->home, CSV_CHANGES_NEW, &found, err);

    if (ok && found && store->published != NULL) {
        ok = csv_folder_find(&folder, &parent, store->published, &found, err);
        if (ok && found) {
            ok = csv_changes_make(&target, store, err) &&
                 csv_changes_move(&parent, &target, store->published, err);
        }
    }
    ok = ok && (parent.path == NULL || csv_folder_remove(&store->home, CSV_CHANGES_NEW, err));
    csv_folder_release(&target);
    csv_folder_release(&folder);
    csv_folder_release(&parent);
    return ok;
}

/* The runs that have changes. */
struct csv_changed_runs {
    char **names; /* owned, with each of them */
    size_t count;
};

static bool csv_changes_list_each(void *context, const char *name, struct error *err)
{
    struct csv_changed_runs *runs = context;
    bool ok = true;

    if (csv_name_ok(name)) {
        char **names = reallocarray(runs->names, runs->count + 1, sizeof *names);
        char *copy = strdup(name);

        runs->names = names != NULL ? names : runs->names;
        ok = names != NULL && copy != NULL;
        if (ok) {
            names[runs->count++] = copy;
        } else {
            free(copy);
            (void)error_memory(err);
        }
    }
    return ok;
}

/* The latest first: a run's id begins with its time. */
static int csv_changes_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

bool csv_changes_prune(
    const struct csv_store *store, const char *run_id, int keep, struct error *err)
{
    struct csv_changed_runs runs = {0};
    struct csv_folder target = {0};
    bool found = false;
    bool ok = csv_changes_find(&target, store, &found, err) &&
              (!found || csv_folder_each(&target, csv_changes_list_each, &runs, err));

    if (runs.count > 1) {
        qsort(runs.names, runs.count, sizeof *runs.names, csv_changes_compare);
    }
    for (size_t i = (size_t)(keep > 0 ? keep : 0); ok && i < runs.count; i++) {
        bool stays = keep > 0 && strcmp(runs.names[i], run_id) == 0;

        ok = stays || csv_folder_remove(&target, runs.names[i], err);
    }
    for (size_t i = 0; i < runs.count; i++) {
        free(runs.names[i]);
    }
    free(runs.names);
    csv_folder_release(&target);
    return ok;
}
