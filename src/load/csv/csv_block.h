/* Rows of one owner's list in one piece. Where the owner is the first column behind the tenant, or
 * the tenant itself, a list's rows stand together in the file and come whole: so they go through
 * the sorter together, in their order, and each as the end of its line (see csv_encode_item), which
 * need only be written behind the owner's. A long list is several blocks, so that what is held of a
 * run that is read stays small. */
#ifndef UEMSYNC_LOAD_CSV_CSV_BLOCK_H
#define UEMSYNC_LOAD_CSV_CSV_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/str.h"

/* Most bytes of a block of several rows, so that mostly two of them fit what is read at once of a
 * run; one row may be longer. A list of 100 apps is one block. */
enum { CSV_BLOCK_SIZE = 16 * 1024 };

/* A block's number among its list's, as text in the order of the numbers. */
enum { CSV_BLOCK_NUMBER_SIZE = 24 };

/* Does one row more, with this end, fit? One does into an empty block. */
bool csv_block_fits(const struct buffer *block, struct str end);

void csv_block_append(struct buffer *block, struct str end);

/* Takes the first row off a block that is not empty; a view into it. */
struct str csv_block_next(struct str *block);

#endif
