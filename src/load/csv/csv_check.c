#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "load/csv/csv.h"
#include "load/csv/csv_store.h"

static bool csv_check_error(const char *path, const char *what, struct error *err)
{
    const char *reason = strerror(errno);

    return error_set(err, ERROR_DESTINATION, "%s: %s: %s", path, what, reason);
}

/* To the superuser access() says yes to everything but a read-only file system, and of that not
 * every kernel tells: so it is asked for by itself. */
static bool csv_check_folder(const char *path, struct error *err)
{
    struct stat info;
    struct statvfs mount;
    bool ok = true;

    if (stat(path, &info) != 0) {
        ok = csv_check_error(path, "cannot be looked at", err);
    } else if (!S_ISDIR(info.st_mode)) {
        ok = error_set(err, ERROR_DESTINATION, "%s: is no folder", path);
    } else if (statvfs(path, &mount) == 0 && (mount.f_flag & ST_RDONLY) != 0) {
        ok = error_set(err, ERROR_DESTINATION, "%s: is on a read-only file system", path);
    } else if (access(path, R_OK | W_OK | X_OK) != 0) {
        ok = csv_check_error(path, "is not writable", err);
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
    char *copy = strdup(directory);
    bool ok = copy != NULL || error_memory(err);

    (void)schema;
    if (ok && missing) {
        const char *parent = csv_check_parent(copy);

        ok = csv_check_folder(parent, err);
        (void)snprintf(text, size, "%s will be created in %s", directory, parent);
    } else if (ok) {
        ok = csv_check_folder(directory, err);
        (void)snprintf(text, size, "%s is writable", directory);
    }
    free(copy);
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
        (void)snprintf(text, size, "%s %s; CSV has no schema to migrate", settings->directory,
            there ? "is there" : "was created");
    }
    csv_store_close(&store);
    return ok;
}
