/* How what people read is written: colours and widths of a terminal, and numbers. Colours are for
 * terminals alone, and for nobody who has set NO_COLOR (https://no-color.org). */
#ifndef UEMSYNC_CLI_STYLE_H
#define UEMSYNC_CLI_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buffer.h"

enum style_tone {
    STYLE_PLAIN,
    STYLE_GOOD,
    STYLE_WARNING,
    STYLE_BAD,
    STYLE_FAINT,
    STYLE_STRONG,
    STYLE_ACTIVE,
};

struct style {
    bool is_terminal; /* one that can move its cursor */
    bool colour;
    bool utf8;   /* the locale's characters are UTF-8 */
    int columns; /* 0: no terminal, any width is right */
    int rows;
};

enum { STYLE_TEXT_SIZE = 32 };

/* Of where `file` leads to, by the environment. */
struct style style_of(FILE *file);

/* Asks the terminal anew how large it is. */
void style_measure(struct style *style, FILE *file);

void style_add(
    struct buffer *out, const struct style *style, enum style_tone tone, const char *text);

/* Likewise, in so many columns: cut where it is longer, which an ellipsis shows, and filled with
 * blanks where it is shorter, before it where `is_right`. */
void style_add_cell(struct buffer *out, const struct style *style, enum style_tone tone,
    const char *text, size_t columns, bool is_right);

/* A text that goes on in further lines of `columns` columns, which begin with `indent` blanks; it
 * begins behind as many that are written already. Ends with a line's end. 0 columns: one line. */
void style_add_wrapped(struct buffer *out, const char *text, size_t indent, int columns);

/* "20,000". Each returns `text`. */
const char *style_number(int64_t number, char text[STYLE_TEXT_SIZE]);
/* "812 B", "12.3 MB" */
const char *style_bytes(int64_t bytes, char text[STYLE_TEXT_SIZE]);
/* "0:07", "12:40", "3:05:00"; what is begun counts as a second */
const char *style_clock(int64_t ms, char text[STYLE_TEXT_SIZE]);
/* The same of what is over, with tenths below ten seconds: "0:00.3" */
const char *style_took(int64_t ms, char text[STYLE_TEXT_SIZE]);
/* "120/s", "2.5/s", "6/min"; "" for less than 0 */
const char *style_rate(double a_second, char text[STYLE_TEXT_SIZE]);

/* As struct style.colour, of what the environment has. */
bool style_wants_colour(bool is_terminal, const char *no_color, const char *term);

#endif
