/* Folders by descriptor: everything below DIRECTORY is opened relative to its folder and without
 * following symbolic links, so that nobody can lead a write out of the tree. */
#ifndef UEMSYNC_LOAD_CSV_CSV_FOLDER_H
#define UEMSYNC_LOAD_CSV_CSV_FOLDER_H

#include <stdbool.h>

#include "base/error.h"

struct csv_folder {
    int fd;
    char *path; /* for messages, from the root on; NULL when the folder is not open; owned */
};

enum csv_folder_mode { CSV_FOLDER_OPEN, CSV_FOLDER_MAKE };

/* Opens DIRECTORY, and makes it and its parents (0700) where they are missing. This path may lead
 * through symbolic links: it is the user's own word. */
bool csv_folder_open_root(struct csv_folder *folder, const char *path, struct error *err);

/* Opens parent/name; with CSV_FOLDER_MAKE it is made (0700 whatever the umask) when missing. */
bool csv_folder_open(struct csv_folder *folder, const struct csv_folder *parent, const char *name,
    enum csv_folder_mode mode, struct error *err);

/* Opens parent/name, or the path `name` where `parent` is NULL, when it is there: else `found` is
 * false, and the folder is not open. */
bool csv_folder_find(struct csv_folder *folder, const struct csv_folder *parent, const char *name,
    bool *found, struct error *err);

/* Does nothing for a folder that is not open. */
void csv_folder_release(struct csv_folder *folder);

/* Makes what was created, renamed or removed in the folder durable. */
bool csv_folder_sync(const struct csv_folder *folder, struct error *err);

/* Removes parent/name with all that is in it; nothing there is fine. Links are removed, never
 * followed. */
bool csv_folder_remove(const struct csv_folder *parent, const char *name, struct error *err);

typedef bool csv_folder_each_fn(void *context, const char *name, struct error *err);

/* Calls `each` for every name in the folder but . and .., in no order; `each` may remove it. */
bool csv_folder_each(
    const struct csv_folder *folder, csv_folder_each_fn *each, void *context, struct error *err);

/* "PATH/NAME", which is the caller's to free, or NULL. */
char *csv_folder_path(const struct csv_folder *folder, const char *name);

/* ERROR_DESTINATION "PATH/NAME: cannot WHAT: reason of errno"; returns false. `name` may be NULL.
 */
bool csv_folder_error(
    const struct csv_folder *folder, const char *name, const char *what, struct error *err);

#endif
