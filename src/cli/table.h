/* A table for people to read: columns as wide as what is in them. On a terminal it fits into its
 * width: columns in which nothing is are left out, and so are those that matter least where there
 * is no room, and where that does not do, a row is a line a cell; numbers have commas. Elsewhere it
 * is the same whatever is in it, for scripts that do read it (--json is made for them): each
 * column, each row by itself, numbers as they are. */
#ifndef UEMSYNC_CLI_TABLE_H
#define UEMSYNC_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "cli/style.h"

enum { TABLE_MOST_COLUMNS = 20 };

struct table_column {
    const char *name;
    bool is_right;
    bool is_kept; /* on a terminal also when nothing is in it */
    bool may_be_cut;
    int rank; /* of those that may be left out, the highest goes first; 0: none does */
};

struct table_row;

struct table {
    struct arena arena;
    const struct style *style;
    const struct table_column *columns;
    size_t count;
    struct table_row *first;
    struct table_row *last;
    size_t at; /* the next cell of the last row */
    bool failed;
};

/* `style` and `columns` (`count` of them) are borrowed. */
void table_init(struct table *table, const struct style *style, const struct table_column *columns,
    size_t count);
void table_release(struct table *table);

/* Begins a row, whose cells are given in their order; those that are not are empty. Texts are
 * copied, and are lines as str_make_line makes them. There may be any number of rows, each with
 * CEILING_TABLE_ROW. */
void table_row(struct table *table);
void table_cell(struct table *table, enum style_tone tone, const char *text);
/* 0 is nothing, for a column of numbers. */
void table_number(struct table *table, enum style_tone tone, int64_t number);

/* A line of its own between the rows. */
void table_line(struct table *table, enum style_tone tone, const char *text);

/* With a line of the columns' names above; on a terminal not where there are lines alone. What
 * there was no memory for fails `out`. */
void table_write(struct buffer *out, const struct table *table);

#endif
