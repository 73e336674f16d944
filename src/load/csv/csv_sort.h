/* Sorts staged rows by key in bounded memory: they are collected up to a ceiling, then sorted and
 * spilled as a run file, and the runs are merged at the end. Of one key staged twice, the last
 * one counts. */
#ifndef UEMSYNC_LOAD_CSV_CSV_SORT_H
#define UEMSYNC_LOAD_CSV_CSV_SORT_H

#include <stdbool.h>
#include <stddef.h>

#include "load/csv/csv_runs.h"

struct csv_sort;

/* The folders that sorters work in, side by side: for what is staged, and for a published file. */
#define CSV_WORK "work"
#define CSV_AGAIN "again"

/* `ceiling` is in bytes, for entries and their index; one entry may be larger than all of it.
 * Runs are written to home/work, a folder that is made with the first of them. Borrows `home` and
 * `work`. */
bool csv_sort_new(struct csv_sort **sort, const struct csv_folder *home, const char *work,
    size_t ceiling, struct error *err);

/* Removes home/work as well. */
void csv_sort_free(struct csv_sort *sort);

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

#endif
