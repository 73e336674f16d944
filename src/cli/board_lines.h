/* The lines of a progress display: pure, a picture of the moment becomes text for a terminal. */
#ifndef UEMSYNC_CLI_BOARD_LINES_H
#define UEMSYNC_CLI_BOARD_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/str.h"
#include "cli/board_picture.h"
#include "cli/style.h"

enum { BOARD_WORD_SIZE = 128 };

/* Whether the terminal is large enough for any: on a smaller one lines would go on in the next row,
 * or move out of it at the top, where nothing is drawn over. */
bool board_lines_have_room(const struct style *style);

/* What the run is at: "publishing device_app, 0:07". The time is left out below a second. */
void board_lines_word(const struct board_picture_tenant *tenant, char text[BOARD_WORD_SIZE]);

/* Writes the lines, each with the end of it wiped and a line's end, in the terminal's width and two
 * rows less than its height at most: where there are more, entities that are done stand together,
 * and then only the first of those under way are shown. Returns how many lines there are. To be
 * called where board_lines_have_room. */
size_t board_lines_write(struct buffer *out, const struct style *style,
    const struct board_picture_tenant *tenants, size_t count);

/* How many rows such lines take on a terminal that has become so many columns wide since: lines
 * that are wider go on in further rows. */
size_t board_lines_rows(struct str lines, int columns);

/* A bar of so many columns, of which a share of 0 to 1 is filled. */
void board_lines_bar(struct buffer *out, const struct style *style, double share, size_t columns);

#endif
