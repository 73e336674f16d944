#include "sync/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/timestamp.h"
#include "sync/limits_file.h"
#include "uem/limits.h"

enum {
    LIMITS_FILE_CEILING = 256 * 1024,
    LIMITS_PATH_SIZE = 4096,
    LIMITS_KEY_SIZE = 40,
    LIMITS_MOST_CALLS = 4096, /* of one class that are carried over; no limit is as large */
};

/* The file of a limiter: the word, and then a line a call, with its class and its end (ms). */
static const char limits_running[] = "running\n";
static const char limits_ended[] = "ended\n";

struct limits_row {
    const struct sync_tenant *tenant; /* the first that has this limiter */
    char key[LIMITS_KEY_SIZE];        /* the file's name */
    size_t class_count;
    double share;
    int most; /* of a Core */
    struct limits_file file;
    bool is_beside; /* others are at work whose limiter it cannot have: they tell their calls */
    struct http_limiter *limiter;
};

struct limits {
    const char *folder;
    const struct log *log;
    bool is_child;
    size_t count;
    struct limits_row rows[];
};

static const char *limits_name(const struct sync_tenant *tenant)
{
    return tenant->cluster != NULL ? tenant->cluster : tenant->url;
}

static bool limits_is_shared(const struct sync_tenant *a, const struct sync_tenant *b)
{
    return a->kind == b->kind && strcmp(limits_name(a), limits_name(b)) == 0;
}

static struct limits_row *limits_row(struct limits *limits, const struct sync_tenant *tenant)
{
    struct limits_row *found = NULL;

    for (size_t i = 0; found == NULL && i < limits->count; i++) {
        if (limits_is_shared(limits->rows[i].tenant, tenant)) {
            found = &limits->rows[i];
        }
    }
    return found;
}

/* One row for each cluster, or server, with the smallest share. */
static void limits_gather(struct limits *limits, const struct sync_tenant *tenants, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct limits_row *row = limits_row(limits, &tenants[i]);

        if (!tenants[i].is_wanted) {
            /* Its cluster may be another program's business just now. */
        } else if (row == NULL) {
            row = &limits->rows[limits->count++];
            *row = (struct limits_row){.tenant = &tenants[i],
                .file = {.file = -1},
                .share = tenants[i].rate_share,
                .most = tenants[i].max_calls_per_minute};
        } else {
            row->share = tenants[i].rate_share < row->share ? tenants[i].rate_share : row->share;
            row->most = tenants[i].max_calls_per_minute < row->most
                            ? tenants[i].max_calls_per_minute
                            : row->most;
        }
    }
}

static bool limits_path(const struct limits *limits, const struct limits_row *row,
    const char *suffix, char path[LIMITS_PATH_SIZE])
{
    return snprintf(path, LIMITS_PATH_SIZE, "%s/%s%s", limits->folder, row->key, suffix) <
           LIMITS_PATH_SIZE;
}

static bool limits_make(struct limits_row *row, struct uem_limits *table, struct error *err)
{
    static const char name[] = "cps.yaml";
    const struct embedded_file *file = embedded_find(limit_files, name);
    char digest[2 * HASH_SIZE + 1];
    struct hash *hash = hash_new(err);
    bool ok = hash != NULL;

    table->calls[0] = row->most;
    row->class_count = 1;
    if (ok && row->tenant->kind == SYNC_CLOUD) {
        row->class_count = UEM_CLASS_COUNT;
        ok = file != NULL &&
             uem_limits_read(table, "limits/cps.yaml", (struct str){file->text, file->size},
                 row->tenant->cluster, row->share, err);
    }
    ok = ok && hash_add(hash, limits_name(row->tenant), strlen(limits_name(row->tenant)), err) &&
         hash_end_hex(hash, digest, err);
    if (ok) {
        (void)snprintf(row->key, sizeof row->key, "limits-%.16s", digest);
    }
    hash_free(hash);
    return ok;
}

/* A run that never wrote its end may have made calls until a moment ago. */
static void limits_assume_used(struct limits_row *row, int64_t now)
{
    static const int64_t just_now = 0;

    for (size_t class = 0; class < row->class_count; class ++) {
        for (int i = 0; i < http_limiter_calls(row->limiter, class); i++) {
            http_limiter_restore(row->limiter, class, now, &just_now, 1);
        }
    }
}

/* A clock that was set back must not make a wait of hours. */
static int64_t limits_age(int64_t end, int64_t wall)
{
    int64_t age = wall - end;

    return age >= 0 ? age : 0;
}

static void limits_restore_lines(struct limits_row *row, const char *text, int64_t now)
{
    int64_t wall = timestamp_now();
    int class = 0;
    int64_t end = 0;
    int size = 0;

    while (sscanf(text, "%d %" SCNd64 "\n%n", &class, &end, &size) == 2) {
        int64_t age = limits_age(end, wall);

        if (class >= 0 && (size_t) class < row->class_count && age < HTTP_LIMITER_WINDOW_MS) {
            http_limiter_restore(row->limiter, (size_t) class, now, &age, 1);
        }
        text += size;
    }
}

static void limits_warn(const struct limits *limits, const char *path, const char *problem)
{
    log_event(limits->log, LOG_WARNING,
        "%s: %s: the calls of this run are not told to the next one", path, problem);
}

static void limits_restore(const struct limits *limits, struct limits_row *row)
{
    char path[LIMITS_PATH_SIZE];
    struct buffer text;
    struct error err = {0};
    int64_t now = timestamp_monotonic();

    buffer_init(&text, LIMITS_FILE_CEILING);
    if (limits_path(limits, row, "", path) && access(path, F_OK) == 0) {
        if (!file_read(path, &text, &err)) {
            log_event(limits->log, LOG_WARNING, "%s", err.text);
        } else if (str_starts(buffer_view(&text), limits_ended)) {
            limits_restore_lines(row, buffer_text(&text) + sizeof limits_ended - 1, now);
        } else {
            log_event(limits->log, LOG_INFO,
                "%s: the last command that called it was killed and told no calls: a minute is "
                "waited",
                limits_name(row->tenant));
            limits_assume_used(row, now);
        }
    }
    buffer_release(&text);
}

static bool limits_write_file(const char *path, struct str text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = file >= 0 && write(file, text.data, text.size) == (ssize_t)text.size;

    if (file >= 0) {
        ok = close(file) == 0 && ok;
    }
    return ok;
}

static void limits_write(const struct limits *limits, const struct limits_row *row, struct str text)
{
    char path[LIMITS_PATH_SIZE];
    char made[LIMITS_PATH_SIZE];
    bool ok = limits_path(limits, row, "", path) && limits_path(limits, row, ".new", made) &&
              limits_write_file(made, text) && rename(made, path) == 0;

    if (!ok) {
        limits_warn(limits, path, strerror(errno));
    }
}

static void limits_save(const struct limits *limits, const struct limits_row *row)
{
    struct buffer text;
    int64_t wall = timestamp_now();
    int64_t now = timestamp_monotonic();

    buffer_init(&text, LIMITS_FILE_CEILING);
    buffer_append_text(&text, limits_ended);
    for (size_t class = 0; class < row->class_count; class ++) {
        int64_t ages[LIMITS_MOST_CALLS];
        size_t count = http_limiter_recent(row->limiter, class, now, ages, LIMITS_MOST_CALLS);

        for (size_t i = 0; i < count; i++) {
            buffer_printf(&text, "%zu %" PRId64 "\n", class, wall - ages[i]);
        }
    }
    if (buffer_ok(&text)) {
        limits_write(limits, row, buffer_view(&text));
    }
    buffer_release(&text);
}

/* Makes the folder and those above it that are missing. */
static bool limits_make_folder(const char *folder)
{
    char path[LIMITS_PATH_SIZE];
    bool ok = strlen(folder) < sizeof path;

    (void)snprintf(path, sizeof path, "%s", folder);
    for (char *slash = strchr(path + 1, '/'); ok && slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
    }
    return ok && (mkdir(path, 0700) == 0 || errno == EEXIST);
}

/* The first command has what earlier ones told. */
static void limits_begin(const struct limits *limits, struct limits_row *row)
{
    if (row->is_beside) {
        limits_assume_used(row, timestamp_monotonic());
    } else {
        limits_restore(limits, row);
        limits_write(limits, row, str_of(limits_running));
    }
}

/* All commands on this machine have the limiter in common, by a file. */
static bool limits_share(const struct limits *limits, struct limits_row *row,
    const struct uem_limits *table, struct error *err)
{
    char path[LIMITS_PATH_SIZE];
    bool is_first = false;
    bool ok = limits_path(limits, row, ".live", path)
                  ? limits_file_open(&row->file, path, &is_first, err)
                  : error_set(err, ERROR_PROCESS, "%s: its name is too long", limits->folder);

    ok = ok && (http_limiter_new_in(
                    &row->limiter, row->file.file, is_first, table->calls, row->class_count, err) ||
                   error_context(err, "%s", path));
    if (ok && is_first) {
        limits_begin(limits, row);
    }
    if (ok) {
        ok = limits_file_opened(&row->file, err);
    }
    if (!ok) {
        row->is_beside = row->file.file >= 0 && !is_first;
        http_limiter_free(row->limiter);
        row->limiter = NULL;
        limits_file_close(&row->file);
    }
    return ok;
}

/* A command that cannot have it in common has one of its own: it waits a minute first where others
 * are at work, and a run is not to fail for it. */
static bool limits_start(const struct limits *limits, struct limits_row *row, struct error *err)
{
    struct uem_limits table = {0};
    struct error problem = {0};
    bool ok = limits_make(row, &table, err);

    if (ok && limits->folder != NULL && !limits_share(limits, row, &table, &problem)) {
        log_event(limits->log, LOG_WARNING,
            "%s: the limit of calls a minute is not shared with other commands", problem.text);
    }
    if (ok && row->limiter == NULL) {
        ok = http_limiter_new(&row->limiter, table.calls, row->class_count, err);
        if (ok && limits->folder != NULL) {
            limits_begin(limits, row);
        }
    }
    if (ok) {
        http_limiter_join(row->limiter, false, timestamp_monotonic());
    }
    return ok;
}

bool limits_open(struct limits **limits, const struct sync_tenant *tenants, size_t count,
    const char *folder, const struct log *log, struct error *err)
{
    struct limits *made = calloc(1, sizeof *made + count * sizeof *made->rows);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->folder = folder;
        made->log = log;
        limits_gather(made, tenants, count);
    }
    for (size_t i = 0; ok && i < made->count; i++) {
        struct limits_row *row = &made->rows[i];

        if (row->share <= 1) {
            if (made->folder != NULL && !limits_make_folder(made->folder)) {
                limits_warn(made, made->folder, strerror(errno));
                made->folder = NULL;
            }
            ok = limits_start(made, row, err);
        }
    }
    if (!ok) {
        limits_close(made);
        made = NULL;
    }
    *limits = made;
    return ok;
}

/* What one command writes would be without the calls that others still make, so the last one does
 * it for all. */
static void limits_end(const struct limits *limits, struct limits_row *row)
{
    bool is_last = !limits->is_child && !row->is_beside && limits_file_is_last(&row->file);

    if (row->limiter != NULL) {
        http_limiter_quit(row->limiter, timestamp_monotonic());
        if (is_last && limits->folder != NULL) {
            limits_save(limits, row);
        }
    }
    http_limiter_free(row->limiter);
    limits_file_close(&row->file);
}

void limits_close(struct limits *limits)
{
    for (size_t i = 0; limits != NULL && i < limits->count; i++) {
        limits_end(limits, &limits->rows[i]);
    }
    free(limits);
}

void limits_hand_to_child(struct limits *limits)
{
    limits->is_child = true;
    for (size_t i = 0; i < limits->count; i++) {
        if (limits->rows[i].limiter != NULL) {
            http_limiter_join(limits->rows[i].limiter, true, timestamp_monotonic());
        }
    }
}

void limits_child_ended(struct limits *limits)
{
    for (size_t i = 0; i < limits->count; i++) {
        if (limits->rows[i].limiter != NULL) {
            http_limiter_reap(limits->rows[i].limiter, timestamp_monotonic());
        }
    }
}

struct http_limiter *limits_find(const struct limits *limits, const struct sync_tenant *tenant)
{
    struct http_limiter *found = NULL;

    for (size_t i = 0; found == NULL && i < limits->count; i++) {
        if (limits_is_shared(limits->rows[i].tenant, tenant)) {
            found = limits->rows[i].limiter;
        }
    }
    return found;
}

int64_t limits_left(
    const struct limits *limits, const struct sync_tenant *tenant, size_t class, int *most)
{
    const struct http_limiter *limiter = limits_find(limits, tenant);

    *most = limiter != NULL ? http_limiter_calls(limiter, class) : 0;
    return limiter != NULL ? http_limiter_left(limiter, class, timestamp_monotonic()) : -1;
}

int64_t limits_forecast(
    const struct limits *limits, const struct sync_tenant *tenant, size_t class, int64_t calls)
{
    const struct http_limiter *limiter = limits_find(limits, tenant);

    return limiter != NULL ? http_limiter_forecast(limiter, class, calls, timestamp_monotonic())
                           : 0;
}
