#include "load/csv/csv_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { CSV_FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC, CSV_FOLDER_PERMISSIONS = 0700 };

char *csv_folder_path(const struct csv_folder *folder, const char *name)
{
    char *path = NULL;

    return asprintf(&path, "%s/%s", folder->path, name) >= 0 ? path : NULL;
}

bool csv_folder_error(
    const struct csv_folder *folder, const char *name, const char *what, struct error *err)
{
    const char *reason = strerror(errno);

    return error_set(err, ERROR_DESTINATION, "%s%s%s: cannot %s: %s", folder->path,
        name != NULL ? "/" : "", name != NULL ? name : "", what, reason);
}

bool csv_folder_sync(const struct csv_folder *folder, struct error *err)
{
    /* Some file systems have nothing to sync in a folder, and say EINVAL. */
    bool ok = fsync(folder->fd) == 0 || errno == EINVAL;

    return ok ? ok : csv_folder_error(folder, NULL, "sync", err);
}

/* Parents may be searchable without being readable, and then cannot be synced: that is left to
 * the system, as it is not ours to insist. */
static void csv_folder_sync_parent(int fd)
{
    int readable = openat(fd, ".", CSV_FOLDER_FLAGS);

    if (readable >= 0) {
        (void)fsync(readable);
        (void)close(readable);
    }
}

/* Only what was made here gets its mode from here. */
static bool csv_folder_make_at(int fd, const char *name)
{
    bool made = mkdirat(fd, name, CSV_FOLDER_PERMISSIONS) == 0;
    bool ok = made || errno == EEXIST;

    if (made) {
        ok = fchmodat(fd, name, CSV_FOLDER_PERMISSIONS, 0) == 0;
        csv_folder_sync_parent(fd);
    }
    return ok;
}

/* Opens *fd/name in place of *fd, made when it is missing. */
static bool csv_folder_descend(int *fd, const char *name)
{
    int next = openat(*fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (next < 0 && errno == ENOENT && csv_folder_make_at(*fd, name)) {
        next = openat(*fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (next >= 0) {
        (void)close(*fd);
        *fd = next;
    }
    return next >= 0;
}

/* The descriptor of `path`, which is cut into its parts; -1 with errno. */
static int csv_folder_walk(char *path)
{
    int fd = open(path[0] == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int readable = -1;
    bool ok = fd >= 0;

    for (char *end = path; ok && end != NULL; path = end != NULL ? end + 1 : path) {
        end = strchr(path, '/');
        if (end != NULL) {
            *end = '\0';
        }
        ok = *path == '\0' || csv_folder_descend(&fd, path);
    }
    if (ok) {
        readable = openat(fd, ".", CSV_FOLDER_FLAGS);
    }
    if (fd >= 0) {
        int kept = errno;

        (void)close(fd);
        errno = kept;
    }
    return readable;
}

bool csv_folder_open_root(struct csv_folder *folder, const char *path, struct error *err)
{
    char *parts = strdup(path);
    bool ok = true;

    *folder = (struct csv_folder){.fd = -1, .path = file_absolute(path)};
    if (parts == NULL || folder->path == NULL) {
        ok = error_memory(err);
    } else {
        folder->fd = csv_folder_walk(parts);
        if (folder->fd < 0) {
            ok = csv_folder_error(folder, NULL, "open or make the folder", err);
        }
    }
    if (!ok) {
        csv_folder_release(folder);
    }
    free(parts);
    return ok;
}

bool csv_folder_open(struct csv_folder *folder, const struct csv_folder *parent, const char *name,
    enum csv_folder_mode mode, struct error *err)
{
    bool ok = true;

    *folder = (struct csv_folder){.fd = -1, .path = csv_folder_path(parent, name)};
    if (folder->path == NULL) {
        ok = error_memory(err);
    } else if (mode == CSV_FOLDER_MAKE && mkdirat(parent->fd, name, CSV_FOLDER_PERMISSIONS) == 0) {
        ok = (fchmodat(parent->fd, name, CSV_FOLDER_PERMISSIONS, 0) == 0 ||
                 csv_folder_error(folder, NULL, "set the mode", err)) &&
             csv_folder_sync(parent, err);
    } else if (mode == CSV_FOLDER_MAKE && errno != EEXIST) {
        ok = csv_folder_error(folder, NULL, "make the folder", err);
    }
    if (ok) {
        folder->fd = openat(parent->fd, name, CSV_FOLDER_FLAGS | O_NOFOLLOW);
        ok = folder->fd >= 0 || csv_folder_error(folder, NULL, "open the folder", err);
    }
    if (!ok) {
        csv_folder_release(folder);
    }
    return ok;
}

bool csv_folder_find(struct csv_folder *folder, const struct csv_folder *parent, const char *name,
    bool *found, struct error *err)
{
    bool ok = true;

    *folder = (struct csv_folder){
        .fd = -1, .path = parent != NULL ? csv_folder_path(parent, name) : file_absolute(name)};
    *found = false;
    if (folder->path == NULL) {
        ok = error_memory(err);
    } else {
        folder->fd = parent != NULL ? openat(parent->fd, name, CSV_FOLDER_FLAGS | O_NOFOLLOW)
                                    : openat(AT_FDCWD, name, CSV_FOLDER_FLAGS);
        *found = folder->fd >= 0;
        ok = *found || errno == ENOENT || csv_folder_error(folder, NULL, "open the folder", err);
    }
    if (!*found) {
        csv_folder_release(folder);
    }
    return ok;
}

void csv_folder_release(struct csv_folder *folder)
{
    if (folder->path != NULL && folder->fd >= 0) {
        (void)close(folder->fd);
    }
    free(folder->path);
    *folder = (struct csv_folder){0};
}

bool csv_folder_each(
    const struct csv_folder *folder, csv_folder_each_fn *each, void *context, struct error *err)
{
    int fd = openat(folder->fd, ".", CSV_FOLDER_FLAGS);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry = NULL;
    bool ok = stream != NULL || csv_folder_error(folder, NULL, "list the folder", err);

    while (ok && (errno = 0, entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            ok = each(context, entry->d_name, err);
        }
    }
    if (ok && errno != 0) {
        ok = csv_folder_error(folder, NULL, "list the folder", err);
    }
    if (stream != NULL) {
        (void)closedir(stream);
    } else if (fd >= 0) {
        (void)close(fd);
    }
    return ok;
}

static bool csv_folder_remove_each(void *context, const char *name, struct error *err)
{
    return csv_folder_remove(context, name, err);
}

/* Ours are two levels deep; what a user put deeper goes as well, as the recursion is bounded by
 * the longest path that the system takes. */
bool csv_folder_remove(const struct csv_folder *parent, const char *name, struct error *err)
{
    struct csv_folder folder = {0};
    bool ok = unlinkat(parent->fd, name, 0) == 0 || errno == ENOENT;

    if (!ok && (errno == EISDIR || errno == EPERM)) {
        ok = csv_folder_open(&folder, parent, name, CSV_FOLDER_OPEN, err) &&
             csv_folder_each(&folder, csv_folder_remove_each, &folder, err);
        csv_folder_release(&folder);
        if (ok && unlinkat(parent->fd, name, AT_REMOVEDIR) != 0) {
            ok = csv_folder_error(parent, name, "remove", err);
        }
    } else if (!ok) {
        ok = csv_folder_error(parent, name, "remove", err);
    }
    return ok;
}
