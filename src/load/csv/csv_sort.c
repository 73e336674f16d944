#include "load/csv/csv_sort.h"

#include <stdlib.h>
#include <string.h>

/* An entry in memory, before its key's and its line's bytes. */
struct csv_sort_head {
    uint32_t key;
    uint32_t line;
    uint64_t ordinal;
};

struct csv_sort {
    const struct csv_folder *home;
    const char *name;
    struct csv_folder work; /* home/name; open once there is a run */
    size_t ceiling;
    char *bytes; /* heads, keys and lines, one entry after the other */
    size_t used;
    size_t capacity;
    uint32_t *index; /* where in `bytes` each entry begins */
    size_t count;
    size_t index_capacity;
    size_t at;     /* the entry of `index` that is read next */
    size_t handed; /* and where in `bytes` the one is that was handed out last */
    struct csv_sort_files files;
    size_t files_capacity;
    csv_sort_watch_fn *watch; /* or NULL */
    void *context;
    struct csv_runs runs;
    bool merging;
    bool keep;
};

bool csv_sort_new(struct csv_sort **sort, const struct csv_folder *home, const char *work,
    size_t ceiling, struct error *err)
{
    *sort = calloc(1, sizeof **sort);
    if (*sort != NULL) {
        (*sort)->home = home;
        (*sort)->name = work;
        (*sort)->ceiling = ceiling;
        (*sort)->files.whole.last = UINT64_MAX;
    }
    return *sort != NULL || error_memory(err);
}

void csv_sort_files_release(struct csv_sort_files *files)
{
    free(files->sizes);
    free(files->whole.voids);
    *files = (struct csv_sort_files){0};
}

static void csv_sort_free_memory(struct csv_sort *sort)
{
    free(sort->index);
    free(sort->bytes);
    sort->index = NULL;
    sort->bytes = NULL;
    sort->capacity = 0;
    sort->index_capacity = 0;
}

void csv_sort_free(struct csv_sort *sort)
{
    struct error ignored; /* what stays is removed by the next run */

    if (sort != NULL) {
        csv_runs_release(&sort->runs);
        if (sort->work.path != NULL && !sort->keep) {
            (void)csv_folder_remove(sort->home, sort->name, &ignored);
        }
        csv_folder_release(&sort->work);
        csv_sort_files_release(&sort->files);
        csv_sort_free_memory(sort);
    }
    free(sort);
}

void csv_sort_watch(struct csv_sort *sort, csv_sort_watch_fn *watch, void *context)
{
    sort->watch = watch;
    sort->context = context;
    sort->files.whole.last = sort->files.ordinal;
}

bool csv_sort_take(struct csv_sort *sort, struct csv_sort_files *files, struct error *err)
{
    bool ok = csv_folder_open(&sort->work, sort->home, sort->name, CSV_FOLDER_OPEN, err);

    if (ok) {
        csv_sort_files_release(&sort->files);
        sort->files = *files;
        sort->files_capacity = files->count;
        *files = (struct csv_sort_files){0};
    }
    return ok;
}

void csv_sort_mark_whole(struct csv_sort *sort)
{
    sort->files.whole.last = sort->files.ordinal;
}

void csv_sort_keep(struct csv_sort *sort, bool keep)
{
    sort->keep = keep;
}

const struct csv_sort_files *csv_sort_files(const struct csv_sort *sort)
{
    return &sort->files;
}

const struct csv_folder *csv_sort_work(struct csv_sort *sort, struct error *err)
{
    bool ok = sort->work.path != NULL ||
              csv_folder_open(&sort->work, sort->home, sort->name, CSV_FOLDER_MAKE, err);

    return ok ? &sort->work : NULL;
}

static struct csv_entry csv_sort_entry(const struct csv_sort *sort, size_t offset)
{
    const char *bytes = sort->bytes + offset;
    struct csv_sort_head head;

    memcpy(&head, bytes, sizeof head);
    bytes += sizeof head;
    return (struct csv_entry){{bytes, head.key}, {bytes + head.key, head.line}, head.ordinal};
}

/* By key; of equal ones the latest first. */
static int csv_sort_compare(const void *a, const void *b, void *context)
{
    const struct csv_sort *sort = context;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order = str_compare(csv_sort_entry(sort, left).key, csv_sort_entry(sort, right).key);

    return order != 0 ? order : (left < right) - (left > right);
}

static void csv_sort_in_memory(struct csv_sort *sort)
{
    if (sort->count > 1) {
        qsort_r(sort->index, sort->count, sizeof *sort->index, csv_sort_compare, sort);
    }
    sort->at = 0;
    sort->handed = 0;
}

/* The next of the sorted entries: of equal keys the latest, and what `whole` (or NULL) needs. */
static bool csv_sort_next_in_memory(
    struct csv_sort *sort, const struct csv_whole *whole, struct csv_entry *entry)
{
    bool more = false;

    for (; !more && sort->at < sort->count; sort->at++) {
        struct csv_entry last = csv_sort_entry(sort, sort->handed);

        *entry = csv_sort_entry(sort, sort->index[sort->at]);
        more = sort->at == 0 || !str_equal(entry->key, last.key) ||
               (whole != NULL && csv_whole_needs(whole, last.ordinal, entry->ordinal));
        sort->handed = more ? sort->index[sort->at] : sort->handed;
    }
    return more;
}

static bool csv_sort_write_run(
    struct csv_sort *sort, size_t number, int64_t *size, struct error *err)
{
    struct csv_file file = {0};
    struct csv_entry entry = {0};
    struct error ignored;
    char name[CSV_RUN_NAME_SIZE];
    bool ok = true;

    csv_run_name(number, name);
    ok = csv_file_create(&file, &sort->work, name, CSV_FILE_SCRATCH, err);
    while (ok && csv_sort_next_in_memory(sort, &sort->files.whole, &entry)) {
        ok = csv_run_write(&file, &entry, err);
    }
    *size = file.bytes;
    ok = ok && csv_file_finish(&file, NULL, err);
    csv_file_release(&file);
    if (!ok) {
        /* There may be room again when it is tried once more. */
        (void)csv_folder_remove(&sort->work, name, &ignored);
    }
    return ok;
}

/* Makes room for one size more. */
static bool csv_sort_reserve_file(struct csv_sort *sort, struct error *err)
{
    size_t capacity = sort->files_capacity > 0 ? 2 * sort->files_capacity : 16;
    bool ok = true;

    if (sort->files.count == sort->files_capacity) {
        int64_t *sizes = reallocarray(sort->files.sizes, capacity, sizeof *sizes);

        if (sizes != NULL) {
            sort->files.sizes = sizes;
            sort->files_capacity = capacity;
        } else {
            ok = error_memory(err);
        }
    }
    return ok;
}

static bool csv_sort_tell(const struct csv_sort *sort, struct error *err)
{
    return sort->watch == NULL || sort->watch(sort->context, err);
}

static bool csv_sort_spill(struct csv_sort *sort, struct error *err)
{
    struct csv_sort_files *files = &sort->files;
    int64_t size = 0;
    bool ok = csv_sort_work(sort, err) != NULL && csv_sort_reserve_file(sort, err);

    if (ok) {
        csv_sort_in_memory(sort);
        ok = csv_sort_write_run(sort, files->first + files->count, &size, err);
    }
    if (ok) {
        files->sizes[files->count++] = size;
        sort->count = 0;
        sort->used = 0;
        ok = csv_sort_tell(sort, err);
    }
    return ok;
}

bool csv_sort_save(struct csv_sort *sort, struct error *err)
{
    return sort->count > 0 ? csv_sort_spill(sort, err) : csv_sort_tell(sort, err);
}

/* Doubles up to the ceiling, and goes beyond it only for one entry that needs it. */
static bool csv_sort_reserve(struct csv_sort *sort, size_t size, struct error *err)
{
    size_t needed = sort->used + size;
    size_t capacity = sort->capacity > 0 ? sort->capacity : 64 * 1024;
    bool ok = true;

    if (needed > sort->capacity) {
        char *bytes = NULL;

        while (capacity < needed) {
            capacity *= 2;
        }
        if (capacity > sort->ceiling) {
            capacity = needed > sort->ceiling ? needed : sort->ceiling;
        }
        bytes = realloc(sort->bytes, capacity);
        if (bytes == NULL) {
            ok = error_memory(err);
        } else {
            sort->bytes = bytes;
            sort->capacity = capacity;
        }
    }
    if (ok && sort->count == sort->index_capacity) {
        size_t count = sort->index_capacity > 0 ? sort->index_capacity * 2 : 1024;
        uint32_t *index = realloc(sort->index, count * sizeof *index);

        if (index == NULL) {
            ok = error_memory(err);
        } else {
            sort->index = index;
            sort->index_capacity = count;
        }
    }
    return ok;
}

bool csv_sort_add(struct csv_sort *sort, const struct csv_entry *entry, struct error *err)
{
    struct csv_sort_head head = {
        (uint32_t)entry->key.size, (uint32_t)entry->line.size, ++sort->files.ordinal};
    size_t size = sizeof head + entry->key.size + entry->line.size;
    /* Sorting takes the index a second time. */
    size_t index = 2 * (sort->count + 1) * sizeof *sort->index;
    bool ok =
        sort->count == 0 || sort->used + size + index <= sort->ceiling || csv_sort_spill(sort, err);

    ok = ok && csv_sort_reserve(sort, size, err);
    if (ok) {
        char *bytes = sort->bytes + sort->used;

        memcpy(bytes, &head, sizeof head);
        memcpy(bytes + sizeof head, entry->key.data, entry->key.size);
        if (entry->line.size > 0) {
            memcpy(bytes + sizeof head + entry->key.size, entry->line.data, entry->line.size);
        }
        sort->index[sort->count++] = (uint32_t)sort->used;
        sort->used += size;
    }
    return ok;
}

/* Makes one run of the oldest `some`. */
static bool csv_sort_merge_oldest(struct csv_sort *sort, size_t some, struct error *err)
{
    struct csv_sort_files *files = &sort->files;
    size_t first = files->first;
    int64_t size = 0;
    bool ok =
        csv_runs_merge(&sort->work, first, some, first + files->count, &files->whole, &size, err);

    if (ok) {
        files->first += some;
        files->count -= some;
        memmove(files->sizes, files->sizes + some, files->count * sizeof *files->sizes);
        files->sizes[files->count++] = size;
        ok = csv_sort_tell(sort, err) && csv_runs_remove(&sort->work, first, some, err);
    }
    return ok;
}

/* As long as there are too many runs, the oldest become one: no more of them than it takes, as each
 * of their entries is written once more. */
bool csv_sort_open_runs(struct csv_sort *sort, struct csv_runs *runs, struct error *err)
{
    const struct csv_sort_files *files = &sort->files;
    struct csv_whole all = files->whole;
    bool ok = true;

    while (ok && files->count > CSV_RUNS_FAN_IN) {
        size_t surplus = files->count - CSV_RUNS_FAN_IN + 1;

        ok =
            csv_sort_merge_oldest(sort, surplus < CSV_RUNS_FAN_IN ? surplus : CSV_RUNS_FAN_IN, err);
    }
    all.last = UINT64_MAX;
    return ok && csv_runs_open(runs, &sort->work, files->first, files->count, &all, err);
}

bool csv_sort_finish(struct csv_sort *sort, struct error *err)
{
    bool ok = true;

    if (sort->files.count == 0) {
        csv_sort_in_memory(sort);
    } else {
        ok = sort->count == 0 || csv_sort_spill(sort, err);
        if (ok) {
            csv_sort_free_memory(sort);
            sort->merging = true;
            ok = csv_sort_open_runs(sort, &sort->runs, err);
        }
    }
    return ok;
}

bool csv_sort_next(struct csv_sort *sort, struct csv_entry *entry, bool *more, struct error *err)
{
    bool ok = true;

    if (sort->merging) {
        ok = csv_runs_next(&sort->runs, entry, more, err);
    } else {
        *more = csv_sort_next_in_memory(sort, NULL, entry);
    }
    return ok;
}

uint64_t csv_sort_stamp(struct csv_sort *sort)
{
    return ++sort->files.ordinal;
}

size_t csv_sort_run_count(const struct csv_sort *sort)
{
    return sort->files.first + sort->files.count;
}

void csv_sort_set_ceiling(struct csv_sort *sort, size_t ceiling)
{
    sort->ceiling = ceiling;
}
