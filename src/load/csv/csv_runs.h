/* Sorted runs on disk, and their merge. A run holds entries in ascending order of their keys,
 * each key once; of one key in several runs, the entry that was added last counts. */
#ifndef UEMSYNC_LOAD_CSV_CSV_RUNS_H
#define UEMSYNC_LOAD_CSV_CSV_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "load/csv/csv_file.h"

/* Runs merged at once: so many files are open, with a block of 32 KiB each, which together take
 * what the sorter had before (CEILING_SORT). */
enum { CSV_RUNS_FAN_IN = 256 };

/* What was staged: a key (csv_text.h) and a CSV line; see csv_merge.h. */
struct csv_entry {
    struct str key;
    struct str line;
    uint64_t ordinal; /* counts up with what is added to the sorter; 0 for a published row */
};

/* One run being read. */
struct csv_run {
    struct csv_input input;
    struct csv_entry entry; /* the one at hand */
};

/* Runs first to first + count - 1, as one stream. */
struct csv_runs {
    struct csv_run *runs; /* owned */
    size_t *heap;         /* indices of runs that have an entry; the least key first; owned */
    size_t count;
    size_t heap_count;
    struct buffer last; /* the key handed out last */
    bool started;
};

/* The name of run `number` in the work folder. */
enum { CSV_RUN_NAME_SIZE = 32 };
void csv_run_name(size_t number, char name[CSV_RUN_NAME_SIZE]);

bool csv_run_write(struct csv_file *file, const struct csv_entry *entry, struct error *err);

bool csv_runs_open(struct csv_runs *runs, const struct csv_folder *work, size_t first, size_t count,
    struct error *err);
void csv_runs_release(struct csv_runs *runs);

/* The next entry, valid until the next call; *more is false at the end. */
bool csv_runs_next(struct csv_runs *runs, struct csv_entry *entry, bool *more, struct error *err);

/* Merges the runs into run `target`, and removes them. */
bool csv_runs_merge(
    const struct csv_folder *work, size_t first, size_t count, size_t target, struct error *err);

#endif
