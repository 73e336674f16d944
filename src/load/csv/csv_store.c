#include "load/csv/csv_store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/csv/csv_changes.h"
#include "load/csv/csv_log.h"
#include "load/csv/csv_sort.h"

enum { CSV_NAME_LENGTH = CSV_NAME_SIZE - 1, CSV_LOCK_PERMISSIONS = 0600, CSV_STORE_ATTEMPTS = 16 };

#define CSV_NEW_LINK "link"

bool csv_name_ok(const char *name)
{
    size_t size = strlen(name);
    bool ok = size > 0 && size <= CSV_NAME_LENGTH && name[0] != '.' && name[0] != '-';

    for (size_t i = 0; ok && i < size; i++) {
        char c = str_lower(name[i]);

        ok = (c >= 'a' && c <= 'z') || str_is_digit(c) || c == '.' || c == '_' || c == '-';
    }
    return ok;
}

/* Where the link of a tenant leads to, seen from DIRECTORY, as far as the run. */
static int csv_store_link_prefix(const struct csv_store *store, char *text, size_t size)
{
    return snprintf(text, size, CSV_PRIVATE "/%s/snapshots/", store->tenant);
}

static bool csv_store_foreign(const struct csv_store *store, struct error *err)
{
    return error_set(err, ERROR_DESTINATION,
        "%s/%s: exists and is no link that uemsync made; move it away", store->root.path,
        store->tenant);
}

bool csv_store_read_link(
    const struct csv_store *store, char run_id[CSV_NAME_SIZE], struct error *err)
{
    char prefix[PATH_MAX];
    char target[PATH_MAX];
    size_t prefix_size = (size_t)csv_store_link_prefix(store, prefix, sizeof prefix);
    ssize_t size = readlinkat(store->root.fd, store->tenant, target, sizeof target - 1);
    bool ok = true;

    run_id[0] = '\0';
    if (size >= 0) {
        target[size] = '\0';
        ok = strncmp(target, prefix, prefix_size) == 0 && csv_name_ok(target + prefix_size);
        if (ok) {
            memcpy(run_id, target + prefix_size, strlen(target + prefix_size) + 1);
        } else {
            ok = csv_store_foreign(store, err);
        }
    } else if (errno == EINVAL) {
        ok = csv_store_foreign(store, err);
    } else if (errno != ENOENT) {
        ok = csv_folder_error(&store->root, store->tenant, "read the link", err);
    }
    return ok;
}

bool csv_store_lock(struct csv_store *store, struct error *err)
{
    bool ok = true;

    store->lock = openat(
        store->home.fd, CSV_LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, CSV_LOCK_PERMISSIONS);
    if (store->lock < 0 || fchmod(store->lock, CSV_LOCK_PERMISSIONS) != 0) {
        ok = csv_folder_error(&store->home, CSV_LOCK, "open", err);
    } else if (flock(store->lock, LOCK_EX | LOCK_NB) != 0) {
        ok = errno == EWOULDBLOCK ? error_set(err, ERROR_BUSY,
                                        "another run of tenant %s is under way", store->tenant)
                                  : csv_folder_error(&store->home, CSV_LOCK, "lock", err);
    }
    return ok;
}

bool csv_store_holder(const struct csv_store *store, char run_id[CSV_NAME_SIZE], struct error *err)
{
    ssize_t size = pread(store->lock, run_id, CSV_NAME_SIZE - 1, 0);
    bool ok = size >= 0 || csv_folder_error(&store->home, CSV_LOCK, "read", err);

    run_id[ok ? size : 0] = '\0';
    run_id[strcspn(run_id, "\n")] = '\0';
    if (!csv_name_ok(run_id)) {
        run_id[0] = '\0';
    }
    return ok;
}

bool csv_store_hold(const struct csv_store *store, const char *run_id, struct error *err)
{
    char text[CSV_NAME_SIZE + 1];
    int size = snprintf(text, sizeof text, "%s\n", run_id);

    return (pwrite(store->lock, text, (size_t)size, 0) == size &&
               ftruncate(store->lock, size) == 0 && fsync(store->lock) == 0) ||
           csv_folder_error(&store->home, CSV_LOCK, "write", err);
}

/* The published snapshot, if there is one, and its state. */
static bool csv_store_open_current(struct csv_store *store, struct error *err)
{
    char run_id[CSV_NAME_SIZE];
    bool ok = csv_store_read_link(store, run_id, err);

    if (ok && run_id[0] != '\0') {
        store->published = strdup(run_id);
        ok = store->published != NULL || error_memory(err);
        ok =
            ok && csv_folder_open(&store->current, &store->snapshots, run_id, CSV_FOLDER_OPEN, err);
        if (!ok && err->kind == ERROR_DESTINATION) {
            (void)error_context(err,
                "%s/%s points to a snapshot that is gone (restore it, or "
                "remove the link to begin anew)",
                store->root.path, store->tenant);
        }
        ok = ok && csv_state_read(&store->state, &store->states, run_id, &store->state_known, err);
    } else if (ok) {
        store->state_known = true; /* nothing, that is */
    }
    return ok;
}

/* A list of finished snapshots. */
struct csv_kept {
    char run_id[CSV_NAME_SIZE];
    int64_t sequence;
};

struct csv_kept_list {
    const struct csv_store *store;
    struct csv_kept *items; /* owned */
    size_t count;
};

static bool csv_store_list_each(void *context, const char *name, struct error *err)
{
    struct csv_kept_list *list = context;
    struct csv_state state = {0};
    bool found = false;
    bool ok = !csv_name_ok(name) || csv_state_read(&state, &list->store->states, name, &found, err);

    if (ok && found) {
        struct csv_kept *items = reallocarray(list->items, list->count + 1, sizeof *list->items);

        if (items != NULL) {
            list->items = items;
            memcpy(items[list->count].run_id, name, strlen(name) + 1);
            items[list->count++].sequence = state.sequence;
        } else {
            ok = error_memory(err);
        }
    }
    csv_state_release(&state);
    return ok;
}

/* The latest first. */
static int csv_store_list_compare(const void *a, const void *b)
{
    const struct csv_kept *left = a;
    const struct csv_kept *right = b;

    return (left->sequence < right->sequence) - (left->sequence > right->sequence);
}

static bool csv_store_list(
    struct csv_kept_list *list, const struct csv_store *store, struct error *err)
{
    bool ok = true;

    *list = (struct csv_kept_list){.store = store};
    ok = csv_folder_each(&store->states, csv_store_list_each, list, err);
    if (list->count > 1) {
        qsort(list->items, list->count, sizeof *list->items, csv_store_list_compare);
    }
    return ok;
}

/* The state goes first: what has none is removed by the next run, should this one die here. */
static bool csv_store_remove(const struct csv_store *store, const char *run_id, struct error *err)
{
    return csv_folder_remove(&store->states, run_id, err) && csv_folder_sync(&store->states, err) &&
           csv_folder_remove(&store->snapshots, run_id, err);
}

static bool csv_store_tidy_each(void *context, const char *name, struct error *err)
{
    const struct csv_store *store = context;
    struct csv_state state = {0};
    struct stat info;
    bool published = store->published != NULL && strcmp(store->published, name) == 0;
    bool whole = false;
    bool ok = true;

    if (!published && csv_name_ok(name)) {
        ok = csv_state_read(&state, &store->states, name, &whole, err);
        whole = whole && state.sequence <= store->state.sequence &&
                fstatat(store->snapshots.fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
        ok = ok && (whole || csv_store_remove(store, name, err));
    }
    csv_state_release(&state);
    return ok;
}

/* Somebody removed the link to begin anew, as a damaged file asks for: all comes from the server
 * again but the history, which is in the latest snapshot. */
static bool csv_store_find_last(struct csv_store *store, struct error *err)
{
    struct csv_kept_list list = {0};
    bool found = false;
    bool ok = csv_store_list(&list, store, err);

    if (ok && list.count > 0) {
        struct csv_state state = {0};

        ok = csv_folder_find(&store->last, &store->snapshots, list.items[0].run_id, &found, err) &&
             csv_state_read(&state, &store->states, list.items[0].run_id, &found, err);
        store->state.sequence = list.items[0].sequence;
        store->state.safe = state.safe;
        csv_state_release(&state);
    }
    free(list.items);
    return ok;
}

/* What a run that died left: a new link, logs and changes of what is published, snapshots never
 * finished, and one that was finished and never published, which is later than the published one.
 * What it staged is for csv_resume.h. */
static bool csv_store_tidy(struct csv_store *store, struct error *err)
{
    struct csv_kept_list list = {0};
    bool ok = csv_folder_remove(&store->home, CSV_AGAIN, err) &&
              csv_folder_remove(&store->home, CSV_NEW_LINK, err) &&
              csv_folder_remove(&store->home, CSV_TOLD, err) && csv_changes_recover(store, err) &&
              csv_logs_recover(&store->home, store->published, err);

    if (ok && !store->state_known) {
        ok = csv_store_list(&list, store, err);
        store->state.sequence = list.count > 0 ? list.items[0].sequence : 0;
        free(list.items);
    } else if (ok && store->published == NULL) {
        ok = csv_store_find_last(store, err);
    }
    return ok && csv_folder_each(&store->snapshots, csv_store_tidy_each, store, err) &&
           csv_folder_each(&store->states, csv_store_tidy_each, store, err);
}

bool csv_store_open_root(struct csv_store *store, const char *directory, struct error *err)
{
    *store = (struct csv_store){.lock = -1};
    return csv_folder_open_root(&store->root, directory, err) &&
           csv_folder_open(&store->hidden, &store->root, CSV_PRIVATE, CSV_FOLDER_MAKE, err);
}

bool csv_store_open(
    struct csv_store *store, const char *directory, const char *tenant, struct error *err)
{
    bool ok = true;

    *store = (struct csv_store){.lock = -1};
    /* `changes` is a folder of DIRECTORY itself. */
    if (!csv_name_ok(tenant) || strcmp(tenant, "changes") == 0) {
        ok = error_set(err, ERROR_CONFIG, "\"%s\" cannot name a tenant's folder", tenant);
    } else {
        ok = csv_store_open_root(store, directory, err);
        store->tenant = tenant;
        ok = ok && csv_folder_open(&store->home, &store->hidden, tenant, CSV_FOLDER_MAKE, err) &&
             csv_store_lock(store, err) &&
             csv_folder_open(&store->snapshots, &store->home, "snapshots", CSV_FOLDER_MAKE, err) &&
             csv_folder_open(&store->states, &store->home, "states", CSV_FOLDER_MAKE, err) &&
             csv_store_open_current(store, err) && csv_store_tidy(store, err);
    }
    if (!ok) {
        csv_store_close(store);
    }
    return ok;
}

/* Gives up what csv_store_open_current opened. */
static void csv_store_close_current(struct csv_store *store)
{
    csv_state_release(&store->state);
    csv_folder_release(&store->last);
    csv_folder_release(&store->current);
    free(store->published);
    store->published = NULL;
    store->state_known = false;
}

/* Does DIRECTORY/TENANT lead to the snapshot that is open? */
static bool csv_store_is_current(const struct csv_store *store, bool *is, struct error *err)
{
    char run_id[CSV_NAME_SIZE];
    bool ok = csv_store_read_link(store, run_id, err);

    *is = ok && strcmp(run_id, store->published != NULL ? store->published : "") == 0;
    return ok;
}

/* A run beside us can switch, and remove the snapshot that the link led to, while it is opened:
 * what the link leads to before and after is whole. */
static bool csv_store_find_current(struct csv_store *store, struct error *err)
{
    bool is_current = false;
    bool ok = true;

    for (int i = 0; ok && !is_current && i < CSV_STORE_ATTEMPTS; i++) {
        struct error first = {0};
        bool opened = false;

        csv_store_close_current(store);
        opened = csv_store_open_current(store, &first);
        ok = csv_store_is_current(store, &is_current, err);
        if (ok && is_current && !opened) {
            *err = first;
            ok = false;
        }
    }
    return ok && (is_current ||
                     error_set(err, ERROR_DESTINATION, "%s/%s: is switched too often to be read",
                         store->root.path, store->tenant));
}

bool csv_store_open_reader(
    struct csv_store *store, const char *directory, const char *tenant, struct error *err)
{
    bool found = false;
    bool ok = true;

    *store = (struct csv_store){.lock = -1, .tenant = tenant, .state_known = true};
    if (!csv_name_ok(tenant)) {
        ok = error_set(err, ERROR_CONFIG, "\"%s\" cannot name a tenant's folder", tenant);
    } else {
        ok = csv_folder_find(&store->root, NULL, directory, &found, err) &&
             (!found || csv_folder_find(&store->hidden, &store->root, CSV_PRIVATE, &found, err)) &&
             (!found || csv_folder_find(&store->home, &store->hidden, tenant, &found, err)) &&
             (!found ||
                 csv_folder_find(&store->snapshots, &store->home, "snapshots", &found, err)) &&
             (!found || csv_folder_find(&store->states, &store->home, "states", &found, err)) &&
             (!found || csv_store_find_current(store, err));
    }
    if (!ok) {
        csv_store_close(store);
    }
    return ok;
}

bool csv_store_check_kept(const struct csv_store *store, struct error *err)
{
    struct stat info;
    bool is_current = false;
    bool ok = csv_store_is_current(store, &is_current, err);

    if (ok && !is_current &&
        fstatat(store->states.fd, store->published, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        ok = error_set(err, ERROR_DESTINATION,
            "%s: was removed while it was read, as later ones came (see keep.snapshots); try again",
            store->current.path);
    }
    return ok;
}

void csv_store_close(struct csv_store *store)
{
    csv_store_close_current(store);
    csv_folder_release(&store->states);
    csv_folder_release(&store->snapshots);
    if (store->home.path != NULL && store->lock >= 0) {
        (void)close(store->lock);
    }
    csv_folder_release(&store->home);
    csv_folder_release(&store->hidden);
    csv_folder_release(&store->root);
    *store = (struct csv_store){.lock = -1};
}

/* Somebody may have put something else in the link's place since it was read at the beginning. */
static bool csv_store_check_link(const struct csv_store *store, struct error *err)
{
    bool is_current = false;
    bool ok = csv_store_is_current(store, &is_current, err);

    if (ok && !is_current) {
        ok = error_set(err, ERROR_DESTINATION, "%s/%s: was changed by somebody else meanwhile",
            store->root.path, store->tenant);
    }
    return ok;
}

bool csv_store_switch(
    const struct csv_store *store, const char *run_id, bool *switched, struct error *err)
{
    char target[PATH_MAX];
    size_t size = (size_t)csv_store_link_prefix(store, target, sizeof target);
    bool ok = true;

    *switched = false;
    (void)snprintf(target + size, sizeof target - size, "%s", run_id);
    ok = csv_store_check_link(store, err) && csv_folder_remove(&store->home, CSV_NEW_LINK, err) &&
         (symlinkat(target, store->home.fd, CSV_NEW_LINK) == 0 ||
             csv_folder_error(&store->home, CSV_NEW_LINK, "make the link", err)) &&
         csv_folder_sync(&store->home, err);
    if (ok) {
        *switched = renameat(store->home.fd, CSV_NEW_LINK, store->root.fd, store->tenant) == 0;
        ok = *switched || csv_folder_error(&store->root, store->tenant, "switch the link", err);
    }
    return ok && csv_folder_sync(&store->root, err) && csv_folder_sync(&store->home, err);
}

bool csv_store_prune(const struct csv_store *store, int keep, struct error *err)
{
    struct csv_kept_list list = {0};
    bool ok = csv_store_list(&list, store, err);

    for (size_t i = keep > 1 ? (size_t)keep : 1; ok && i < list.count; i++) {
        ok = csv_store_remove(store, list.items[i].run_id, err);
    }
    free(list.items);
    return ok;
}
