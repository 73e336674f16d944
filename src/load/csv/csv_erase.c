#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "load/csv/csv.h"
#include "load/csv/csv_filter.h"
#include "load/csv/csv_log.h"
#include "load/csv/csv_old.h"
#include "load/csv/csv_snapshot.h"
#include "load/csv/csv_sort.h"
#include "load/csv/csv_store.h"
#include "load/csv/csv_traces.h"

#define CSV_CHANGES "changes"

struct csv_erase {
    const struct load_settings *settings;
    const struct load_schema *schema;
    struct csv_store store;
    struct csv_traces traces;
    struct csv_filter filter;        /* of tables: without traces */
    struct csv_filter text_filter;   /* of logs */
    bool found;                      /* there was something, be it in old snapshots */
    int64_t removed;                 /* rows */
    const struct csv_folder *folder; /* that is gone through */
};

static bool csv_erase_is_csv(const char *name)
{
    size_t size = strlen(name);

    return size > 4 && strcmp(name + size - 4, ".csv") == 0;
}

static bool csv_erase_find_traces(struct csv_erase *erase, struct error *err)
{
    bool ok = csv_traces_find(&erase->traces, &erase->store, erase->settings->csv_safe,
        erase->schema, erase->filter.device, err);

    erase->text_filter = erase->filter;
    erase->text_filter.traces = csv_traces_list(&erase->traces, &erase->text_filter.trace_count);
    return ok;
}

/* A file of the new snapshot. */
struct csv_erase_file {
    struct csv_snapshot *snapshot;
    const struct relation *relation;
};

static bool csv_erase_create_file(void *context, struct csv_file *file, struct error *err)
{
    const struct csv_erase_file *of = context;

    return csv_snapshot_create(of->snapshot, of->relation, file, err);
}

static bool csv_erase_filter_table(
    struct csv_erase *erase, struct csv_snapshot *snapshot, size_t index, struct error *err)
{
    struct csv_outcome *outcome = &snapshot->outcomes[index];
    struct csv_erase_file of = {snapshot, snapshot->schema->relations[index]};
    struct csv_filtered filtered = {0};
    char name[CSV_FILE_NAME_SIZE];
    bool ok = true;

    csv_file_name(of.relation->name, name);
    ok = csv_filter_file(
        &erase->filter, &erase->store.current, name, csv_erase_create_file, &of, &filtered, err);
    if (ok && filtered.removed > 0) {
        outcome->written = true;
        outcome->file.rows = filtered.rows;
        outcome->file.bytes = filtered.bytes;
        memcpy(outcome->file.sha256, filtered.sha256, sizeof outcome->file.sha256);
        memcpy(outcome->file.relation, of.relation->name, strlen(of.relation->name) + 1);
        erase->removed += filtered.removed;
        erase->found = true;
    }
    return ok;
}

/* The relations of the schema that the published snapshot has; an upgrade may have brought others,
 * which the next sync publishes. `relations` has room for all. */
static void csv_erase_find_tables(
    const struct csv_erase *erase, const struct relation **relations, struct load_schema *schema)
{
    *schema = *erase->schema;
    schema->relations = relations;
    schema->count = 0;
    for (size_t i = 0; i < erase->schema->count; i++) {
        const struct relation *relation = erase->schema->relations[i];
        char name[CSV_FILE_NAME_SIZE];
        struct stat info;

        csv_file_name(relation->name, name);
        if (relation->kind != RELATION_LOG &&
            fstatat(erase->store.current.fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
            relations[schema->count++] = relation;
        }
    }
}

static bool csv_erase_make_run_id(char run_id[CSV_NAME_SIZE], struct error *err)
{
    uint64_t random = 0;
    bool ok = hash_random(&random, sizeof random, err);

    (void)snprintf(run_id, CSV_NAME_SIZE, "forget-%016" PRIx64, random);
    return ok;
}

/* A snapshot without the device takes the published one's place. */
static bool csv_erase_publish(struct csv_erase *erase, struct error *err)
{
    char run_id[CSV_NAME_SIZE];
    struct load_run run = {.run_id = run_id,
        .tenant = erase->store.tenant,
        .started_at = timestamp_now(),
        .version = UEMSYNC_VERSION};
    const struct relation **relations = calloc(erase->schema->count + 1, sizeof *relations);
    struct load_schema schema = {0};
    struct csv_snapshot snapshot = {0};
    bool changed = false;
    bool ok = (relations != NULL || error_memory(err)) && csv_erase_make_run_id(run_id, err);

    if (ok) {
        csv_erase_find_tables(erase, relations, &schema);
        ok = csv_snapshot_init(&snapshot, &erase->store, &schema, &run, erase->filter.safe, err);
    }
    for (size_t i = 0; ok && i < schema.count; i++) {
        ok = csv_erase_filter_table(erase, &snapshot, i, err);
    }
    ok = ok && csv_snapshot_publish(&snapshot, &changed, err);
    if (ok && changed) {
        free(erase->store.published);
        erase->store.published = strdup(run_id);
        ok = erase->store.published != NULL || error_memory(err);
    }
    csv_snapshot_release(&snapshot);
    free(relations);
    return ok;
}

/* Goes through what is in folder/name, if it is there and a folder. */
static bool csv_erase_each_of(struct csv_erase *erase, const struct csv_folder *parent,
    const char *name, csv_folder_each_fn *each, struct error *err)
{
    const struct csv_folder *above = erase->folder;
    struct csv_folder folder = {0};
    struct stat info;
    bool found =
        fstatat(parent->fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
    bool ok = !found || csv_folder_open(&folder, parent, name, CSV_FOLDER_OPEN, err);

    if (ok && found) {
        erase->folder = &folder;
        ok = csv_folder_each(&folder, each, erase, err);
        erase->folder = above;
    }
    csv_folder_release(&folder);
    return ok;
}

static bool csv_erase_look_into(void *context, const char *name, struct error *err)
{
    struct csv_erase *erase = context;
    struct csv_filtered filtered = {0};
    bool ok = !csv_erase_is_csv(name) ||
              csv_filter_file(&erase->filter, erase->folder, name, NULL, NULL, &filtered, err);

    erase->found = erase->found || filtered.removed > 0;
    return ok;
}

static bool csv_erase_is_published(const struct csv_erase *erase, const char *name)
{
    return erase->store.published != NULL && strcmp(erase->store.published, name) == 0;
}

/* A snapshot that is kept, and may have the device when the published one does not. */
static bool csv_erase_look_at_snapshot(void *context, const char *name, struct error *err)
{
    struct csv_erase *erase = context;

    return erase->found || csv_erase_is_published(erase, name) ||
           csv_erase_each_of(erase, &erase->store.snapshots, name, csv_erase_look_into, err);
}

static bool csv_erase_remove_snapshot(void *context, const char *name, struct error *err)
{
    const struct csv_erase *erase = context;

    return csv_erase_is_published(erase, name) || csv_folder_remove(erase->folder, name, err);
}

/* The states go first, as ever: a snapshot without one is removed by whoever comes next. */
static bool csv_erase_snapshots(struct csv_erase *erase, struct error *err)
{
    const struct csv_folder *home = &erase->store.home;
    bool ok = csv_erase_each_of(erase, home, "snapshots", csv_erase_look_at_snapshot, err);

    return ok &&
           (!erase->found ||
               (csv_erase_each_of(erase, home, "states", csv_erase_remove_snapshot, err) &&
                   csv_folder_sync(&erase->store.states, err) &&
                   csv_erase_each_of(erase, home, "snapshots", csv_erase_remove_snapshot, err) &&
                   csv_folder_sync(&erase->store.snapshots, err)));
}

/* What is written stands in HOME until it is whole, under a name that csv_store_open removes. */
static bool csv_erase_create_beside(void *context, struct csv_file *file, struct error *err)
{
    const struct csv_erase *erase = context;

    return csv_folder_remove(&erase->store.home, CSV_AGAIN, err) &&
           csv_file_create(file, &erase->store.home, CSV_AGAIN, CSV_FILE_DURABLE, err);
}

static bool csv_erase_rewrite(
    struct csv_erase *erase, const struct csv_filter *filter, const char *name, struct error *err)
{
    struct csv_filtered filtered = {0};
    bool ok = !csv_erase_is_csv(name) || csv_filter_file(filter, erase->folder, name,
                                             csv_erase_create_beside, erase, &filtered, err);

    if (ok && filtered.removed > 0) {
        erase->removed += filtered.removed;
        erase->found = true;
        ok = (renameat(erase->store.home.fd, CSV_AGAIN, erase->folder->fd, name) == 0 ||
                 csv_folder_error(erase->folder, name, "replace", err)) &&
             csv_folder_sync(erase->folder, err);
    }
    return ok;
}

static bool csv_erase_from_log(void *context, const char *name, struct error *err)
{
    struct csv_erase *erase = context;

    return csv_erase_rewrite(erase, &erase->text_filter, name, err);
}

static bool csv_erase_from_changes(void *context, const char *name, struct error *err)
{
    struct csv_erase *erase = context;

    return csv_erase_rewrite(erase, &erase->filter, name, err);
}

/* One of HOME's names: the folder of a relation's logs, or something else. */
static bool csv_erase_from_home(void *context, const char *name, struct error *err)
{
    struct csv_erase *erase = context;

    return !csv_log_name_ok(name) ||
           csv_erase_each_of(erase, &erase->store.home, name, csv_erase_from_log, err);
}

/* One run's folder of changes. */
static bool csv_erase_from_run(void *context, const char *name, struct error *err)
{
    struct csv_erase *erase = context;

    return csv_erase_each_of(erase, erase->folder, name, csv_erase_from_changes, err);
}

static bool csv_erase_changes(struct csv_erase *erase, struct error *err)
{
    struct csv_folder changes = {0};
    bool found = false;
    bool ok = csv_folder_find(&changes, &erase->store.root, CSV_CHANGES, &found, err) &&
              (!found ||
                  csv_erase_each_of(erase, &changes, erase->store.tenant, csv_erase_from_run, err));

    csv_folder_release(&changes);
    return ok;
}

/* Whatever is there of the tenant, without making anything. */
static bool csv_erase_find_home(struct csv_store *store, const char *directory, const char *tenant,
    bool *found, struct error *err)
{
    *store = (struct csv_store){.lock = -1, .tenant = tenant};
    *found = false;
    return ((csv_name_ok(tenant) && strcmp(tenant, CSV_CHANGES) != 0) ||
               error_set(err, ERROR_CONFIG, "\"%s\" cannot name a tenant's folder", tenant)) &&
           csv_folder_find(&store->root, NULL, directory, found, err) &&
           (!*found || csv_folder_find(&store->hidden, &store->root, CSV_PRIVATE, found, err)) &&
           (!*found || csv_folder_find(&store->home, &store->hidden, tenant, found, err));
}

static bool csv_erase_from_all(struct csv_erase *erase, struct error *err)
{
    struct csv_store *store = &erase->store;
    bool ok = csv_folder_remove(&store->home, CSV_WORK, err) &&
              csv_folder_remove(&store->home, CSV_PENDING, err) &&
              csv_erase_find_traces(erase, err);

    /* Logs first: the published rows tell what to look for in them. */
    ok = ok && csv_folder_each(&store->home, csv_erase_from_home, erase, err) &&
         csv_erase_changes(erase, err);
    if (ok && store->published != NULL) {
        ok = csv_erase_publish(erase, err);
    }
    return ok && csv_erase_snapshots(erase, err) && csv_folder_sync(&store->home, err);
}

static bool csv_erase_device(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    struct csv_erase erase = {
        .settings = settings, .schema = schema, .filter = {.device = str_of(device)}};
    bool found = false;
    bool ok = csv_erase_find_home(&erase.store, settings->directory, tenant, &found, err);

    csv_traces_init(&erase.traces);
    csv_store_close(&erase.store);
    if (ok && found) {
        ok = csv_store_open(&erase.store, settings->directory, tenant, err);
        erase.filter.safe = csv_guard_of(&erase.store, settings->csv_safe).then;
        ok = ok && csv_erase_from_all(&erase, err);
        csv_store_close(&erase.store);
    }
    if (ok && erase.found) {
        (void)snprintf(text, size, "removed device %s of tenant %s: %" PRId64 " rows", device,
            tenant, erase.removed);
    } else if (ok) {
        (void)snprintf(text, size, "there was nothing of device %s of tenant %s", device, tenant);
    }
    csv_traces_release(&erase.traces);
    return ok;
}

/* All in HOME but the lock. */
static bool csv_erase_home_each(void *context, const char *name, struct error *err)
{
    const struct csv_store *store = context;

    return strcmp(name, CSV_LOCK) == 0 || csv_folder_remove(&store->home, name, err);
}

/* The lock goes last, while it is held. */
static bool csv_erase_home(struct csv_store *store, struct error *err)
{
    return csv_folder_each(&store->home, csv_erase_home_each, store, err) &&
           csv_folder_remove(&store->home, CSV_LOCK, err) &&
           csv_folder_remove(&store->hidden, store->tenant, err) &&
           csv_folder_sync(&store->hidden, err);
}

static bool csv_erase_tenant_changes(struct csv_store *store, bool *found, struct error *err)
{
    struct csv_folder changes = {0};
    struct stat info;
    bool there = false;
    bool ok = csv_folder_find(&changes, &store->root, CSV_CHANGES, &there, err);

    *found = ok && there && fstatat(changes.fd, store->tenant, &info, AT_SYMLINK_NOFOLLOW) == 0;
    ok = ok && (!*found || (csv_folder_remove(&changes, store->tenant, err) &&
                               csv_folder_sync(&changes, err)));
    csv_folder_release(&changes);
    return ok;
}

/* The link goes first: from there on nobody sees what is removed piece by piece, and a run that
 * comes in between begins anew. */
static bool csv_erase_tenant_all(
    struct csv_store *store, bool has_home, bool *found, struct error *err)
{
    char run_id[CSV_NAME_SIZE] = "";
    bool changes = false;
    bool ok = (!has_home || csv_store_lock(store, err)) && csv_store_read_link(store, run_id, err);

    if (ok && run_id[0] != '\0') {
        ok = csv_folder_remove(&store->root, store->tenant, err) &&
             csv_folder_sync(&store->root, err);
    }
    ok = ok && csv_erase_tenant_changes(store, &changes, err) &&
         (!has_home || csv_erase_home(store, err));
    *found = has_home || changes || run_id[0] != '\0';
    return ok;
}

static bool csv_erase_tenant(const struct load_settings *settings, const char *tenant, char *text,
    size_t size, struct error *err)
{
    struct csv_store store = {0};
    bool has_home = false;
    bool found = false;
    bool ok = csv_erase_find_home(&store, settings->directory, tenant, &has_home, err);

    if (ok && store.root.path != NULL) {
        ok = csv_erase_tenant_all(&store, has_home, &found, err);
    }
    csv_store_close(&store);
    if (ok) {
        (void)snprintf(text, size,
            found ? "removed tenant %s: snapshots, changes, ledger"
                  : "there was nothing of tenant %s",
            tenant);
    }
    return ok;
}

bool csv_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    return device != NULL ? csv_erase_device(settings, schema, tenant, device, text, size, err)
                          : csv_erase_tenant(settings, tenant, text, size, err);
}
