/* The states that devices were in: the file of load_schema.history, part of each snapshot. It is
 * kept by one pass over it and over the rows of load_schema.history_of, both in the order of the
 * owner: a row that differs from its owner's open state ends that, and begins the next. */
#ifndef UEMSYNC_LOAD_CSV_CSV_HISTORY_H
#define UEMSYNC_LOAD_CSV_CSV_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "load/csv/csv_renames.h"
#include "load/csv/csv_snapshot.h"

/* To be called when all others are merged. States that ended before started_at - keep_ms (0: none)
 * go. Nothing is read where history_of stays as it is, no state is to go and there are no renames;
 * nothing is written where no state begins, ends or goes. An owner's states never overlap: where
 * the clock went back, a state begins at the end of the one before it, or 1 ms behind its begin.
 * Fills of the counts (of the history) what began, ended and went; the snapshot's outcome and
 * `ended`. Does nothing for a schema without a history. */
bool csv_history_keep(struct csv_snapshot *snapshot, struct csv_renames *renames, int64_t keep_ms,
    struct load_counts *counts, struct error *err);

#endif
