/* Sorts staged rows by key in bounded memory: they are collected up to a ceiling, then sorted and
 * spilled as a run file, and the runs are merged at the end. Of one key staged twice, the last
 * one counts. */
#ifndef UEMSYNC_LOAD_CSV_CSV_SORT_H
#define UEMSYNC_LOAD_CSV_CSV_SORT_H

#include <stdbool.h>
#include <stddef.h>

#include "load/csv/csv_runs.h"

struct csv_sort;

/* What a sorter has on disk: all that is to be known to go on from there. */
struct csv_sort_files {
    uint64_t ordinal; /* none of an entry is above it */
    struct csv_whole whole;
    size_t first;   /* the number of the first run */
    int64_t *sizes; /* of the runs first to first + count - 1, in bytes; owned, as the voids are */
    size_t count;
};

void csv_sort_files_release(struct csv_sort_files *files);

/* Called when there are other runs than before, ahead of the removal of those that went. */
typedef bool csv_sort_watch_fn(void *context, struct error *err);

/* The folders that sorters work in, side by side: for what is staged, and for a published file. */
#define CSV_WORK "work"
#define CSV_AGAIN "again"

/* `ceiling` is in bytes, for entries and their index; one entry may be larger than all of it.
 * Runs are written to home/work, a folder that is made with the first of them. Borrows `home` and
 * `work`. */
bool csv_sort_new(struct csv_sort **sort, const struct csv_folder *home, const char *work,
    size_t ceiling, struct error *err);

/* Removes home/work as well, but for what csv_sort_keep said. */
void csv_sort_free(struct csv_sort *sort);

/* Nothing was added yet. From here on `watch` is told of the runs, and nothing that is added is
 * whole until csv_sort_mark_whole. Borrows the context. */
void csv_sort_watch(struct csv_sort *sort, csv_sort_watch_fn *watch, void *context);

/* Nothing was added yet. Goes on from `files`, which are in home/work and all whole; moves them out
 * of the caller's struct. */
bool csv_sort_take(struct csv_sort *sort, struct csv_sort_files *files, struct error *err);

/* Everything that was added until now stays for who takes the files, should the program die. */
void csv_sort_mark_whole(struct csv_sort *sort);

/* Writes what is in memory as a run. Also after csv_sort_finish, and after errors. */
bool csv_sort_save(struct csv_sort *sort, struct error *err);

/* Whether home/work stays when the sorter is freed. */
void csv_sort_keep(struct csv_sort *sort, bool keep);

const struct csv_sort_files *csv_sort_files(const struct csv_sort *sort);

/* home/work, which is made where it is missing; NULL with an error. */
const struct csv_folder *csv_sort_work(struct csv_sort *sort, struct error *err);

/* Reads what is on disk, whatever is in memory: as few runs as can be read at once are left, and
 * `runs` is open for csv_runs_next and csv_runs_release. Ahead of csv_sort_finish. */
bool csv_sort_open_runs(struct csv_sort *sort, struct csv_runs *runs, struct error *err);

/* Copies the entry, with an ordinal above all before it: 1 is the first. */
bool csv_sort_add(struct csv_sort *sort, const struct csv_entry *entry, struct error *err);

/* Ends the adding: from here on entries are read, in ascending order of their keys. */
bool csv_sort_finish(struct csv_sort *sort, struct error *err);

/* The next entry, valid until the next call; *more is false at the end. */
bool csv_sort_next(struct csv_sort *sort, struct csv_entry *entry, bool *more, struct error *err);

/* An ordinal between that of what was added last and that of what is added next. */
uint64_t csv_sort_stamp(struct csv_sort *sort);

/* Run files written so far, for tests and the log. */
size_t csv_sort_run_count(const struct csv_sort *sort);

/* For tests: the ceiling from here on. */
void csv_sort_set_ceiling(struct csv_sort *sort, size_t ceiling);

#endif
