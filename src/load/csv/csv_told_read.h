/* Reading what a tenant's runs said of themselves; see csv_told.h. */
#ifndef UEMSYNC_LOAD_CSV_CSV_TOLD_READ_H
#define UEMSYNC_LOAD_CSV_CSV_TOLD_READ_H

#include "load/csv/csv_store.h"
#include "load/load.h"

/* See load_published, of a RELATION_RUN: all rows that are told, those of the run that is under way
 * among them. A column that a file does not have is NULL. A file that goes meanwhile is passed
 * over, as a run removes those that are too old. `safe`: how text cells are written. */
bool csv_told_read(const struct csv_store *store, bool safe, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err);

#endif
