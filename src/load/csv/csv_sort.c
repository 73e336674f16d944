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
    size_t at; /* the entry of `index` that is read next */
    uint64_t ordinal;
    size_t first_run;
    size_t next_run; /* runs first_run to next_run - 1 are on disk */
    struct csv_runs runs;
    bool merging;
};

bool csv_sort_new(struct csv_sort **sort, const struct csv_folder *home, const char *work,
    size_t ceiling, struct error *err)
{
    *sort = calloc(1, sizeof **sort);
    if (*sort != NULL) {
        (*sort)->home = home;
        (*sort)->name = work;
        (*sort)->ceiling = ceiling;
    }
    return *sort != NULL || error_memory(err);
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
        if (sort->work.path != NULL) {
            (void)csv_folder_remove(sort->home, sort->name, &ignored);
        }
        csv_folder_release(&sort->work);
        csv_sort_free_memory(sort);
    }
    free(sort);
}

static struct csv_entry csv_sort_entry(const struct csv_sort *sort, size_t offset)
{
    const char *bytes = sort->bytes + offset;
    struct csv_sort_head head;

    memcpy(&head, bytes, sizeof head);
    bytes += sizeof head;
    return (struct csv_entry){{bytes, head.key}, {bytes + head.key, head.line}, head.ordinal};
}

/* By key; equal ones in the order in which they were added. */
static int csv_sort_compare(const void *a, const void *b, void *context)
{
    const struct csv_sort *sort = context;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order = str_compare(csv_sort_entry(sort, left).key, csv_sort_entry(sort, right).key);

    return order != 0 ? order : (left > right) - (left < right);
}

static void csv_sort_in_memory(struct csv_sort *sort)
{
    if (sort->count > 1) {
        qsort_r(sort->index, sort->count, sizeof *sort->index, csv_sort_compare, sort);
    }
    sort->at = 0;
}

/* The next of the sorted entries, of equal keys the last. */
static bool csv_sort_next_in_memory(struct csv_sort *sort, struct csv_entry *entry)
{
    bool more = sort->at < sort->count;
    bool repeated = more;

    while (repeated) {
        *entry = csv_sort_entry(sort, sort->index[sort->at++]);
        repeated = sort->at < sort->count &&
                   str_equal(entry->key, csv_sort_entry(sort, sort->index[sort->at]).key);
    }
    return more;
}

static bool csv_sort_write_run(struct csv_sort *sort, struct error *err)
{
    struct csv_file file = {0};
    struct csv_entry entry = {0};
    char name[CSV_RUN_NAME_SIZE];
    bool ok = true;

    csv_run_name(sort->next_run, name);
    ok = csv_file_create(&file, &sort->work, name, CSV_FILE_SCRATCH, err);
    while (ok && csv_sort_next_in_memory(sort, &entry)) {
        ok = csv_run_write(&file, &entry, err);
    }
    ok = ok && csv_file_finish(&file, NULL, err);
    csv_file_release(&file);
    return ok;
}

static bool csv_sort_spill(struct csv_sort *sort, struct error *err)
{
    bool ok = sort->work.path != NULL ||
              csv_folder_open(&sort->work, sort->home, sort->name, CSV_FOLDER_MAKE, err);

    if (ok) {
        csv_sort_in_memory(sort);
        ok = csv_sort_write_run(sort, err);
    }
    if (ok) {
        sort->next_run++;
        sort->count = 0;
        sort->used = 0;
    }
    return ok;
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
        (uint32_t)entry->key.size, (uint32_t)entry->line.size, ++sort->ordinal};
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

/* As long as there are too many runs, the oldest become one: no more of them than it takes, as each
 * of their entries is written once more. */
static bool csv_sort_start_merge(struct csv_sort *sort, struct error *err)
{
    size_t count = sort->next_run - sort->first_run;
    bool ok = true;

    while (ok && count > CSV_RUNS_FAN_IN) {
        size_t surplus = count - CSV_RUNS_FAN_IN + 1;
        size_t some = surplus < CSV_RUNS_FAN_IN ? surplus : CSV_RUNS_FAN_IN;

        ok = csv_runs_merge(&sort->work, sort->first_run, some, sort->next_run, err);
        sort->first_run += some;
        sort->next_run++;
        count = sort->next_run - sort->first_run;
    }
    sort->merging = true;
    return ok && csv_runs_open(&sort->runs, &sort->work, sort->first_run, count, err);
}

bool csv_sort_finish(struct csv_sort *sort, struct error *err)
{
    bool ok = true;

    if (sort->next_run == 0) {
        csv_sort_in_memory(sort);
    } else {
        ok = sort->count == 0 || csv_sort_spill(sort, err);
        csv_sort_free_memory(sort);
        ok = ok && csv_sort_start_merge(sort, err);
    }
    return ok;
}

bool csv_sort_next(struct csv_sort *sort, struct csv_entry *entry, bool *more, struct error *err)
{
    bool ok = true;

    if (sort->merging) {
        ok = csv_runs_next(&sort->runs, entry, more, err);
    } else {
        *more = csv_sort_next_in_memory(sort, entry);
    }
    return ok;
}

uint64_t csv_sort_stamp(struct csv_sort *sort)
{
    return ++sort->ordinal;
}

size_t csv_sort_run_count(const struct csv_sort *sort)
{
    return sort->next_run;
}
