/* Reading what is published: load_published, for a run and for a reader beside one. */
#ifndef UEMSYNC_LOAD_CSV_CSV_READ_H
#define UEMSYNC_LOAD_CSV_CSV_READ_H

#include "load/csv/csv_store.h"
#include "load/load.h"

/* See load_published. A column that the file does not have yet is NULL in every row. Rows of a
 * RELATION_LOG or a RELATION_RUN are not published here: ERROR_DESTINATION. `safe`: see
 * csv_guard_of. */
bool csv_read(const struct csv_store *store, bool safe, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err);

#endif
