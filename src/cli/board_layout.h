/* Which columns the lines of a progress display have, how wide they are, and what stands in them:
 * pure. A line is a mark, a name, and these columns. */
#ifndef UEMSYNC_CLI_BOARD_LAYOUT_H
#define UEMSYNC_CLI_BOARD_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/board_picture.h"

enum { BOARD_GAP = 2, BOARD_MARK = 2 }; /* columns between two, and before a name */

/* The columns behind the name. */
enum board_column {
    BOARD_BAR,
    BOARD_COUNT,
    BOARD_PERCENT,
    BOARD_RATE,
    BOARD_LEFT,
    BOARD_TO_GO,
    BOARD_COLUMNS
};

struct board_layout {
    size_t name;                  /* with the mark before it */
    size_t widths[BOARD_COLUMNS]; /* 0: left out */
};

/* Lays out the lines of all entities in `room` columns of a terminal. */
void board_layout_make(struct board_layout *layout, const struct board_picture_tenant *tenants,
    size_t count, size_t room);

/* What stands above a column, and in it; "" for nothing. The bar is no text. */
const char *board_layout_heading(enum board_column column);
void board_layout_text(
    const struct board_picture_entity *entity, enum board_column column, char *text, size_t size);

/* How much of the bar is filled, from 0 to 1, where there is one. */
bool board_layout_has_bar(const struct board_picture_entity *entity);
double board_layout_share(const struct board_picture_entity *entity);

/* The last column in which something stands. */
enum board_column board_layout_last(
    const struct board_layout *layout, const struct board_picture_entity *entity);

/* Whether the entity is under way, and not only waiting for others. */
bool board_layout_is_active(const struct board_picture_entity *entity);

#endif
