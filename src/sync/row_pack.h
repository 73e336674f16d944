/* A row as bytes, and back: for rows that wait in a file (see spool.h). The bytes are for the
 * program that made them: numbers are as the machine has them. */
#ifndef UEMSYNC_SYNC_ROW_PACK_H
#define UEMSYNC_SYNC_ROW_PACK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "mapping/row.h"

/* Appends the row: a bit a column that is set, and then the cells that are. A row of CEILING_CELLS
 * finds room below CEILING_ROW. */
void row_pack(struct buffer *out, const struct row *row);

/* Sets *row to what was packed, for rows of the same relation. The row is in `arena`, and its cells
 * point into `bytes`. ERROR_MEMORY without memory, where the arena is full, or where the bytes are
 * none of such a row. */
bool row_unpack(const struct relation *relation, struct str bytes, struct arena *arena,
    const struct row **row, struct error *err);

#endif
