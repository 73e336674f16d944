/* What runs say of themselves (RELATION_RUN): a file a run, HOME/RELATION/RUN_ID.csv, that is
 * always replaced as a whole; see csv_log.h for what is told from within a publish. And what goes
 * of it, and of the logs, after some time. */
#ifndef UEMSYNC_LOAD_CSV_CSV_TOLD_H
#define UEMSYNC_LOAD_CSV_CSV_TOLD_H

#include <stdint.h>

#include "base/log.h"
#include "load/csv/csv_load.h"

/* See load_tell. ERROR_RECORD for a row of another run or tenant. */
bool csv_tell(struct load *load, const struct row *rows, size_t count, struct error *err);

/* The run that had the lock before: where its row still says that it is running, it is rewritten.
 * The row is that of the RELATION_RUN with columns `outcome` and `message`; without one, and
 * without such a run, nothing is done. A file that cannot be read is a warning. */
bool csv_told_bury(const struct csv_store *store, const struct load_schema *schema,
    const struct log *log, struct error *err);

/* Removes the files of logs and of what was told of runs that began before `cutoff` (ms), as their
 * ids say. Names that are none of a run's id (YYYYMMDDTHHMMSSZ-xxxxxxxx.csv) stay. */
bool csv_told_prune(const struct csv_folder *home, const struct load_schema *schema, int64_t cutoff,
    struct error *err);

#endif
