#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "load/csv/csv.h"
#include "load/csv/csv_changes.h"
#include "load/csv/csv_store.h"

static bool csv_check_error(const char *path, const char *what, struct error *err)
{
    const char *reason = strerror(errno);

    return error_set(err, ERROR_DESTINATION, "%s: %s: %s", path, what, reason);
}

/* File systems of the kernel's own, in which access() says yes to the superuser and nothing can be
 * made. */
static bool csv_check_is_kernels(const char *path)
{
    /* statfs(2): proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, devpts. */
    static const long kinds[] = {
        0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x64626720, 0x74726163, 0x73636673, 0x1cd1};
    struct statfs mount;
    bool is_one = false;

    if (statfs(path, &mount) == 0) {
        for (size_t i = 0; !is_one && i < sizeof kinds / sizeof *kinds; i++) {
            is_one = (long)mount.f_type == kinds[i];
        }
    }
    return is_one;
}

/* To the superuser access() says yes to everything but a read-only file system, and of that not
 * every kernel tells: so it is asked for by itself. `shown` is the path for messages. */
static bool csv_check_folder(const char *path, const char *shown, struct error *err)
{
    struct stat info;
    struct statvfs mount;
    bool ok = true;

    if (stat(path, &info) != 0) {
        ok = csv_check_error(shown, "cannot be looked at", err);
    } else if (!S_ISDIR(info.st_mode)) {
        ok = error_set(err, ERROR_DESTINATION, "%s: is no folder", shown);
    } else if (statvfs(path, &mount) == 0 && (mount.f_flag & ST_RDONLY) != 0) {
        ok = error_set(err, ERROR_DESTINATION, "%s: is on a read-only file system", shown);
    } else if (csv_check_is_kernels(path)) {
        ok = error_set(
            err, ERROR_DESTINATION, "%s: is the kernel's own, and takes no folder", shown);
    } else if (access(path, R_OK | W_OK | X_OK) != 0) {
        ok = csv_check_error(shown, "is not writable", err);
    }
    return ok;
}

/* The nearest folder above that exists; `path` is cut. A dangling link is no missing folder. */
static char *csv_check_parent(char *path)
{
    struct stat info;
    char *parent = path;
    bool missing = true;

    while (missing) {
        parent = dirname(parent);
        missing = lstat(parent, &info) != 0 && errno == ENOENT;
    }
    return parent;
}

bool csv_check(const struct load_settings *settings, const struct load_schema *schema, char *text,
    size_t size, struct error *err)
{
    const char *directory = settings->directory;
    struct stat info;
    bool missing = lstat(directory, &info) != 0 && errno == ENOENT;
    char *absolute = file_absolute(directory);
    char *copy = absolute != NULL ? strdup(absolute) : NULL;
    bool ok = copy != NULL || error_memory(err);

    (void)schema;
    if (ok && missing) {
        const char *parent = csv_check_parent(copy);

        ok = csv_check_folder(parent, parent, err);
        (void)snprintf(text, size, "%s will be created in %s", absolute, parent);
    } else if (ok) {
        ok = csv_check_folder(directory, absolute, err);
        (void)snprintf(text, size, "%s is writable", absolute);
    }
    free(copy);
    free(absolute);
    return ok;
}

static bool csv_check_open_folder(const struct csv_folder *folder, struct error *err)
{
    return folder->path == NULL || csv_check_folder(folder->path, folder->path, err);
}

static bool csv_check_changes(const struct csv_store *store, struct error *err)
{
    struct csv_folder changes = {0};
    bool found = false;
    bool ok = csv_folder_find(&changes, &store->root, CSV_CHANGES, &found, err) &&
              csv_check_open_folder(&changes, err);

    csv_folder_release(&changes);
    return ok;
}

static bool csv_check_lock(const struct csv_store *store, struct error *err)
{
    return store->home.path == NULL || faccessat(store->home.fd, CSV_LOCK, R_OK | W_OK, 0) == 0 ||
           errno == ENOENT || csv_folder_error(&store->home, CSV_LOCK, "open", err);
}

bool csv_check_tenant(const struct load_settings *settings, const char *tenant, struct error *err)
{
    struct csv_store store;
    char run_id[CSV_NAME_SIZE];
    bool ok = csv_store_open_reader(&store, settings->directory, tenant, err);

    if (ok && store.root.path != NULL) {
        /* Where a folder is missing, the reader has not looked at the link. */
        ok = csv_store_read_link(&store, run_id, err) &&
             (run_id[0] == '\0' || store.published != NULL ||
                 error_set(err, ERROR_DESTINATION, "%s/%s: points to a snapshot that is gone",
                     store.root.path, tenant)) &&
             csv_check_open_folder(&store.hidden, err) && csv_check_open_folder(&store.home, err) &&
             csv_check_open_folder(&store.snapshots, err) &&
             csv_check_open_folder(&store.states, err) && csv_check_lock(&store, err) &&
             (settings->keep_changes == 0 || csv_check_changes(&store, err));
    }
    csv_store_close(&store);
    return ok;
}

bool csv_migrate(const struct load_settings *settings, const struct load_schema *schema, char *text,
    size_t size, struct error *err)
{
    struct csv_store store = {0};
    struct stat info;
    bool there = stat(settings->directory, &info) == 0;
    bool ok = csv_store_open_root(&store, settings->directory, err);

    (void)schema;
    if (ok) {
        (void)snprintf(text, size, "%s %s; CSV has no schema to migrate", store.root.path,
            there ? "is there" : "was created");
    }
    csv_store_close(&store);
    return ok;
}
