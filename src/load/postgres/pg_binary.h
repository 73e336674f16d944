/* Rows in the format of COPY ... (FORMAT binary): PostgreSQL's manual, "COPY", "Binary Format". */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_BINARY_H
#define UEMSYNC_LOAD_POSTGRES_PG_BINARY_H

#include <stdint.h>

#include "base/buffer.h"
#include "mapping/row.h"

/* The header that a stream of rows begins with, and the trailer that ends it. */
void pg_binary_begin(struct buffer *out);
void pg_binary_end(struct buffer *out);

/* One row: its cells and, behind them, `order` as a bigint. */
void pg_binary_row(struct buffer *out, const struct row *row, int64_t order);

#endif
