#include "load/csv/csv_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/csv/csv_sort.h"
#include "load/csv/csv_store.h"
#include "load/csv/csv_text.h"

/* Stand between relation and run in a name of `pending`: neither is in a relation's. */
enum { CSV_PENDING_LOG = '.', CSV_PENDING_TOLD = '+' };

bool csv_log_name_ok(const char *relation)
{
    static const char *const taken[] = {
        "lock", "link", CSV_TOLD, "snapshots", "states", CSV_WORK, CSV_AGAIN, CSV_PENDING};
    bool ok = strlen(relation) < CSV_NAME_SIZE && csv_name_ok(relation);

    for (size_t i = 0; ok && i < sizeof taken / sizeof *taken; i++) {
        ok = strcmp(relation, taken[i]) != 0;
    }
    return ok;
}

bool csv_logs_init(struct csv_logs *logs, const struct csv_folder *home,
    const struct load_schema *schema, const char *run_id, struct error *err)
{
    *logs = (struct csv_logs){.home = home,
        .schema = schema,
        .run_id = run_id,
        .logs = calloc(schema->count + 1, sizeof *logs->logs)};
    return logs->logs != NULL || error_memory(err);
}

void csv_logs_release(struct csv_logs *logs, bool keep)
{
    struct error ignored; /* what stays is removed by the next run */

    for (size_t i = 0; logs->logs != NULL && i < logs->schema->count; i++) {
        csv_file_release(&logs->logs[i].file);
    }
    if (logs->pending.path != NULL && !keep) {
        (void)csv_folder_remove(logs->home, CSV_PENDING, &ignored);
    }
    csv_folder_release(&logs->pending);
    free(logs->logs);
    *logs = (struct csv_logs){0};
}

static void csv_log_pending_name(
    const struct csv_logs *logs, size_t index, char name[CSV_LOG_NAME_SIZE])
{
    const struct relation *relation = logs->schema->relations[index];

    (void)snprintf(name, CSV_LOG_NAME_SIZE, "%s%c%s", relation->name,
        relation->kind == RELATION_RUN ? CSV_PENDING_TOLD : CSV_PENDING_LOG, logs->run_id);
}

static bool csv_logs_open_pending(struct csv_logs *logs, struct error *err)
{
    return logs->pending.path != NULL ||
           csv_folder_open(&logs->pending, logs->home, CSV_PENDING, CSV_FOLDER_MAKE, err);
}

static bool csv_log_begin(struct csv_logs *logs, size_t index, struct error *err)
{
    struct csv_file *file = &logs->logs[index].file;
    struct buffer header;
    char name[CSV_LOG_NAME_SIZE];
    bool ok = true;

    csv_log_pending_name(logs, index, name);
    buffer_init(&header, CSV_LINE_CEILING);
    csv_append_header(&header, logs->schema->relations[index]);
    ok = (buffer_ok(&header) || error_memory(err)) && csv_logs_open_pending(logs, err) &&
         csv_file_create(file, &logs->pending, name, CSV_FILE_DURABLE, err) &&
         csv_file_write(file, buffer_view(&header), err);
    buffer_release(&header);
    return ok;
}

bool csv_logs_add(struct csv_logs *logs, size_t index, struct str line, struct error *err)
{
    struct csv_log *log = &logs->logs[index];
    bool ok = (log->file.path != NULL || csv_log_begin(logs, index, err)) &&
              csv_file_write(&log->file, line, err);

    log->rows += ok ? 1 : 0;
    return ok;
}

bool csv_logs_flush(struct csv_logs *logs, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < logs->schema->count; i++) {
        struct csv_log *log = &logs->logs[i];

        if (log->file.path != NULL) {
            ok = csv_file_flush(&log->file, err);
            log->bytes = log->file.bytes;
        }
    }
    return ok;
}

/* What is there only in part must not be taken for whole by the next run. */
bool csv_logs_tell(struct csv_logs *logs, size_t index, struct str text, struct error *err)
{
    struct csv_file file = {0};
    struct error ignored;
    char name[CSV_LOG_NAME_SIZE];
    bool ok = csv_logs_open_pending(logs, err);

    csv_log_pending_name(logs, index, name);
    ok = ok && csv_folder_remove(&logs->pending, name, err) &&
         csv_file_create(&file, &logs->pending, name, CSV_FILE_DURABLE, err) &&
         csv_file_write(&file, text, err) && csv_file_finish(&file, NULL, err);
    csv_file_release(&file);
    logs->logs[index].told = ok;
    if (!ok && logs->pending.path != NULL) {
        (void)csv_folder_remove(&logs->pending, name, &ignored);
    }
    return ok;
}

/* The run has no log of that relation yet. */
static bool csv_log_check_free(
    const struct csv_logs *logs, const struct relation *relation, struct error *err)
{
    char name[CSV_LOG_NAME_SIZE];
    struct stat info;
    bool ok = true;

    (void)snprintf(name, sizeof name, "%s/%s.csv", relation->name, logs->run_id);
    if (fstatat(logs->home->fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        ok = csv_folder_error(logs->home, name, "create", err);
    }
    return ok;
}

static bool csv_log_finish(
    struct csv_logs *logs, size_t index, struct load_counts *counts, struct error *err)
{
    struct csv_log *log = &logs->logs[index];
    char name[CSV_LOG_NAME_SIZE];
    bool ok = true;

    if (counts != NULL) {
        counts->inserted = log->rows;
        log->bytes = log->file.bytes;
        ok = csv_log_check_free(logs, logs->schema->relations[index], err) &&
             csv_file_finish(&log->file, NULL, err);
    } else {
        csv_log_pending_name(logs, index, name);
        csv_file_release(&log->file);
        log->rows = 0;
        ok = csv_folder_remove(&logs->pending, name, err);
    }
    return ok;
}

bool csv_logs_finish(
    struct csv_logs *logs, struct load_counts *const *counts, bool *any, struct error *err)
{
    bool told = false;
    bool ok = true;

    *any = false;
    for (size_t i = 0; ok && i < logs->schema->count; i++) {
        told = told || logs->logs[i].told;
        if (logs->logs[i].rows > 0) {
            ok = csv_log_finish(logs, i, counts[i], err);
            *any = *any || logs->logs[i].rows > 0;
        }
    }
    return ok && ((!*any && !told) || csv_folder_sync(&logs->pending, err));
}

/* Folder HOME/RELATION, and the name of the run's file in it. */
static bool csv_log_open(struct csv_folder *folder, const struct csv_folder *home,
    const char *relation, const char *run_id, char name[CSV_LOG_NAME_SIZE], struct error *err)
{
    (void)snprintf(name, CSV_LOG_NAME_SIZE, "%s.csv", run_id);
    return csv_folder_open(folder, home, relation, CSV_FOLDER_MAKE, err);
}

/* A hard link takes no other file's place. It may be there already, when the name in `pending` is
 * all that the dead run left. */
static bool csv_log_link(const struct csv_folder *home, const struct csv_folder *pending,
    const char *pending_name, const char *relation, const char *run_id, struct error *err)
{
    struct csv_folder folder = {0};
    char name[CSV_LOG_NAME_SIZE];
    bool ok = csv_log_open(&folder, home, relation, run_id, name, err);

    if (ok && linkat(pending->fd, pending_name, folder.fd, name, 0) != 0 && errno != EEXIST) {
        ok = csv_folder_error(&folder, name, "link", err);
    }
    ok = ok && csv_folder_sync(&folder, err);
    csv_folder_release(&folder);
    return ok;
}

bool csv_log_replace(const struct csv_folder *home, const struct csv_folder *from,
    const char *from_name, const char *relation, const char *run_id, struct error *err)
{
    struct csv_folder folder = {0};
    char name[CSV_LOG_NAME_SIZE];
    bool ok = csv_log_open(&folder, home, relation, run_id, name, err);

    if (ok && renameat(from->fd, from_name, folder.fd, name) != 0) {
        ok = csv_folder_error(&folder, name, "rename", err);
    }
    ok = ok && csv_folder_sync(&folder, err);
    csv_folder_release(&folder);
    return ok;
}

/* What a name in `pending` says. */
struct csv_pending_name {
    char relation[CSV_NAME_SIZE];
    const char *run_id; /* NULL: it is no name of ours */
    bool told;
};

static struct csv_pending_name csv_log_split(const char *name)
{
    struct csv_pending_name parts = {.run_id = NULL};
    size_t size = strcspn(name, ".+");

    if (name[size] != '\0' && size > 0 && size < CSV_NAME_SIZE) {
        memcpy(parts.relation, name, size);
        parts.run_id = name + size + 1;
        parts.told = name[size] == CSV_PENDING_TOLD;
    }
    return parts;
}

bool csv_log_name(const struct csv_folder *home, const struct csv_folder *pending, const char *name,
    struct error *err)
{
    struct csv_pending_name parts = csv_log_split(name);

    return parts.told ? csv_log_replace(home, pending, name, parts.relation, parts.run_id, err)
                      : csv_log_link(home, pending, name, parts.relation, parts.run_id, err);
}

bool csv_log_has_outcome(const struct relation *relation)
{
    return relation->kind == RELATION_RUN &&
           relation_find_column(relation, "outcome") < relation->column_count &&
           relation_find_column(relation, "message") < relation->column_count;
}

/* Gives the logs, or what tells of the run's end, their names. */
static bool csv_logs_name(struct csv_logs *logs, bool outcome, struct error *err)
{
    char name[CSV_LOG_NAME_SIZE];
    bool ok = true;

    for (size_t i = 0; ok && i < logs->schema->count; i++) {
        const struct csv_log *log = &logs->logs[i];

        if ((log->rows > 0 || log->told) &&
            csv_log_has_outcome(logs->schema->relations[i]) == outcome) {
            csv_log_pending_name(logs, i, name);
            ok = csv_log_name(logs->home, &logs->pending, name, err);
        }
    }
    return ok;
}

bool csv_logs_publish(struct csv_logs *logs, struct error *err)
{
    bool ok = csv_logs_name(logs, false, err) && csv_logs_name(logs, true, err) &&
              (logs->pending.path == NULL || csv_folder_remove(logs->home, CSV_PENDING, err));

    if (ok) {
        csv_folder_release(&logs->pending);
    }
    return ok;
}

struct csv_recovery {
    const struct csv_folder *home;
    const struct csv_folder *pending;
    const char *published;
};

static bool csv_logs_recover_each(void *context, const char *name, struct error *err)
{
    const struct csv_recovery *recovery = context;
    struct csv_pending_name parts = csv_log_split(name);
    bool ours = parts.run_id != NULL && recovery->published != NULL &&
                strcmp(parts.run_id, recovery->published) == 0;

    return !ours || (csv_log_name(recovery->home, recovery->pending, name, err) &&
                        csv_folder_remove(recovery->pending, name, err));
}

bool csv_logs_recover(const struct csv_folder *home, const char *published, struct error *err)
{
    struct csv_folder pending = {0};
    struct csv_recovery recovery = {home, &pending, published};
    bool found = false;
    bool ok = csv_folder_find(&pending, home, CSV_PENDING, &found, err);

    if (ok && found) {
        ok = csv_folder_each(&pending, csv_logs_recover_each, &recovery, err);
    }
    csv_folder_release(&pending);
    return ok;
}
