/* Sorted runs on disk, and their merge. A run holds entries in ascending order of their keys; of
 * one key in several runs, the entry that was added last counts. A run holds a key once, or twice,
 * the latest entry first: beside an entry that may count for nothing if the program dies, that one
 * stays which counts then. */
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

/* Entries with an ordinal above `above`, `last` included. */
struct csv_range {
    uint64_t above;
    uint64_t last;
};

/* What stays of the entries if the program dies here: those up to the ordinal `last`. `voids` are
 * what programs that died left behind theirs: in ascending order, and passed over by every reader.
 */
struct csv_whole {
    uint64_t last; /* UINT64_MAX: nobody asks */
    struct csv_range *voids;
    size_t void_count;
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
    struct csv_whole whole; /* its voids are borrowed */
    struct buffer last;     /* the key handed out last */
    uint64_t last_ordinal;
    bool started;
};

/* The name of run `number` in the work folder. */
enum { CSV_RUN_NAME_SIZE = 32 };
void csv_run_name(size_t number, char name[CSV_RUN_NAME_SIZE]);

bool csv_run_write(struct csv_file *file, const struct csv_entry *entry, struct error *err);

/* Does the next entry of a key, going from the latest to the earliest, stand in a run beside the
 * one ahead of it? */
static inline bool csv_whole_needs(const struct csv_whole *whole, uint64_t latest, uint64_t next)
{
    return latest > whole->last && next <= whole->last;
}

/* Borrows the voids of `whole`. Each key comes once if whole->last is UINT64_MAX, else as in a run.
 */
bool csv_runs_open(struct csv_runs *runs, const struct csv_folder *work, size_t first, size_t count,
    const struct csv_whole *whole, struct error *err);
void csv_runs_release(struct csv_runs *runs);

/* The next entry, valid until the next call; *more is false at the end. */
bool csv_runs_next(struct csv_runs *runs, struct csv_entry *entry, bool *more, struct error *err);

/* Merges the runs into run `target`, of `size` bytes; they stay. */
bool csv_runs_merge(const struct csv_folder *work, size_t first, size_t count, size_t target,
    const struct csv_whole *whole, int64_t *size, struct error *err);

bool csv_runs_remove(const struct csv_folder *work, size_t first, size_t count, struct error *err);

#endif
