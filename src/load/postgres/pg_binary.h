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

/* A row of texts, an integer[] of `count` numbers and, behind it, `order` as a bigint: begin, each
 * number, end. */
void pg_binary_list_begin(
    struct buffer *out, const struct str *texts, size_t text_count, size_t count);
void pg_binary_list_number(struct buffer *out, int32_t number);
void pg_binary_list_end(struct buffer *out, int64_t order);

#endif
