#include "load/csv/csv_runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/csv/csv_text.h"

/* What stands before an entry's bytes in a run. A program that takes over the files of one that
 * died is of the same machine and knows the same form (CSV_JOURNAL_VERSION). */
struct csv_run_head {
    uint32_t key;
    uint32_t line;
    uint64_t ordinal;
};

void csv_run_name(size_t number, char name[CSV_RUN_NAME_SIZE])
{
    (void)snprintf(name, CSV_RUN_NAME_SIZE, "run-%06zu", number);
}

bool csv_run_write(struct csv_file *file, const struct csv_entry *entry, struct error *err)
{
    struct csv_run_head head = {
        (uint32_t)entry->key.size, (uint32_t)entry->line.size, entry->ordinal};

    return csv_file_write(file, (struct str){(const char *)&head, sizeof head}, err) &&
           csv_file_write(file, entry->key, err) && csv_file_write(file, entry->line, err);
}

static bool csv_run_read(struct csv_run *run, bool *more, struct error *err)
{
    struct csv_run_head head = {0};
    struct str bytes = {0};
    bool ok = csv_input_bytes(&run->input, sizeof head, &bytes, more, err);

    if (ok && *more) {
        memcpy(&head, bytes.data, sizeof head);
        ok = csv_input_bytes(&run->input, (size_t)head.key + head.line, &bytes, more, err) &&
             (*more || csv_input_damaged(&run->input, "it ends too early", err));
    }
    if (ok && *more) {
        run->entry = (struct csv_entry){
            {bytes.data, head.key}, {bytes.data + head.key, head.line}, head.ordinal};
    }
    return ok;
}

static bool csv_whole_is_void(const struct csv_whole *whole, uint64_t ordinal)
{
    bool found = false;

    for (size_t i = 0; i < whole->void_count && !found; i++) {
        found = ordinal > whole->voids[i].above && ordinal <= whole->voids[i].last;
    }
    return found;
}

static bool csv_run_next(
    struct csv_run *run, const struct csv_whole *whole, bool *more, struct error *err)
{
    bool ok = csv_run_read(run, more, err);

    while (ok && *more && csv_whole_is_void(whole, run->entry.ordinal)) {
        ok = csv_run_read(run, more, err);
    }
    return ok;
}

/* By key; of equal ones that which was added last comes first, so that it is handed out. */
static bool csv_runs_before(const struct csv_runs *runs, size_t a, size_t b)
{
    const struct csv_entry *left = &runs->runs[a].entry;
    const struct csv_entry *right = &runs->runs[b].entry;
    int order = str_compare(left->key, right->key);

    return order < 0 || (order == 0 && left->ordinal > right->ordinal);
}

static void csv_runs_sink(struct csv_runs *runs, size_t at)
{
    size_t *heap = runs->heap;
    bool done = false;

    while (!done) {
        size_t least = at;

        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
            if (child < runs->heap_count && csv_runs_before(runs, heap[child], heap[least])) {
                least = child;
            }
        }
        done = least == at;
        if (!done) {
            size_t held = heap[at];

            heap[at] = heap[least];
            heap[least] = held;
            at = least;
        }
    }
}

static bool csv_runs_open_one(
    struct csv_runs *runs, const struct csv_folder *work, size_t number, struct error *err)
{
    struct csv_run *run = &runs->runs[runs->count];
    char name[CSV_RUN_NAME_SIZE];
    bool more = false;
    bool ok = true;

    csv_run_name(number, name);
    ok = csv_input_open(&run->input, work, name, 2 * CSV_LINE_CEILING, NULL, err);
    if (ok) {
        runs->count++;
        ok = csv_run_next(run, &runs->whole, &more, err);
    }
    if (ok && more) {
        runs->heap[runs->heap_count++] = runs->count - 1;
    }
    return ok;
}

bool csv_runs_open(struct csv_runs *runs, const struct csv_folder *work, size_t first, size_t count,
    const struct csv_whole *whole, struct error *err)
{
    bool ok = true;

    *runs = (struct csv_runs){.runs = calloc(count + 1, sizeof *runs->runs),
        .heap = calloc(count + 1, sizeof *runs->heap),
        .whole = *whole};
    buffer_init(&runs->last, CSV_LINE_CEILING);
    if (runs->runs == NULL || runs->heap == NULL) {
        ok = error_memory(err);
    }
    for (size_t i = 0; ok && i < count; i++) {
        ok = csv_runs_open_one(runs, work, first + i, err);
    }
    for (size_t i = runs->heap_count / 2; ok && i > 0; i--) {
        csv_runs_sink(runs, i - 1);
    }
    if (!ok) {
        csv_runs_release(runs);
    }
    return ok;
}

void csv_runs_release(struct csv_runs *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        csv_input_release(&runs->runs[i].input);
    }
    buffer_release(&runs->last);
    free(runs->heap);
    free(runs->runs);
    *runs = (struct csv_runs){0};
}

/* Moves the run with the least key on by one entry. */
static bool csv_runs_advance(struct csv_runs *runs, struct error *err)
{
    bool more = false;
    bool ok = csv_run_next(&runs->runs[runs->heap[0]], &runs->whole, &more, err);

    if (ok && !more) {
        runs->heap[0] = runs->heap[--runs->heap_count];
    }
    if (ok) {
        csv_runs_sink(runs, 0);
    }
    return ok;
}

/* Does the entry that is next count for nothing beside the one that was handed out? */
static bool csv_runs_is_repeated(const struct csv_runs *runs)
{
    const struct csv_entry *next = &runs->runs[runs->heap[0]].entry;

    return runs->started && str_equal(next->key, buffer_view(&runs->last)) &&
           !csv_whole_needs(&runs->whole, runs->last_ordinal, next->ordinal);
}

bool csv_runs_next(struct csv_runs *runs, struct csv_entry *entry, bool *more, struct error *err)
{
    bool ok = true;

    *more = false;
    while (ok && runs->heap_count > 0 && csv_runs_is_repeated(runs)) {
        ok = csv_runs_advance(runs, err);
    }
    if (ok && runs->heap_count > 0) {
        *entry = runs->runs[runs->heap[0]].entry;
        buffer_clear(&runs->last);
        buffer_append_str(&runs->last, entry->key);
        ok = buffer_ok(&runs->last) || error_memory(err);
        runs->last_ordinal = entry->ordinal;
        runs->started = true;
        *more = ok;
    }
    return ok;
}

static bool csv_runs_write(struct csv_runs *runs, struct csv_file *file, struct error *err)
{
    struct csv_entry entry = {0};
    bool more = true;
    bool ok = true;

    while (ok && more) {
        ok = csv_go_on(err) && csv_runs_next(runs, &entry, &more, err);
        if (ok && more) {
            ok = csv_run_write(file, &entry, err);
        }
    }
    return ok;
}

bool csv_runs_merge(const struct csv_folder *work, size_t first, size_t count, size_t target,
    const struct csv_whole *whole, int64_t *size, struct error *err)
{
    struct csv_runs runs = {0};
    struct csv_file file = {0};
    struct error ignored;
    char name[CSV_RUN_NAME_SIZE];
    bool ok = true;

    csv_run_name(target, name);
    ok = csv_runs_open(&runs, work, first, count, whole, err) &&
         csv_file_create(&file, work, name, CSV_FILE_SCRATCH, err) &&
         csv_runs_write(&runs, &file, err);
    *size = file.bytes;
    ok = ok && csv_file_finish(&file, NULL, err);
    csv_file_release(&file);
    csv_runs_release(&runs);
    if (!ok) {
        (void)csv_folder_remove(work, name, &ignored);
    }
    return ok;
}

bool csv_runs_remove(const struct csv_folder *work, size_t first, size_t count, struct error *err)
{
    char name[CSV_RUN_NAME_SIZE];
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        csv_run_name(first + i, name);
        ok = csv_folder_remove(work, name, err);
    }
    return ok;
}
