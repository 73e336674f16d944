/* Writing HTML: what comes from a server or a database is text here, whatever it holds. */
#ifndef UEMSYNC_PAGE_HTML_H
#define UEMSYNC_PAGE_HTML_H

#include <stdint.h>

#include "base/buffer.h"

/* Appends the text so that it is text in an element and in a quoted attribute. What nobody sees and
 * what turns or hides other text becomes U+FFFD: control characters, marks and overrides of the
 * direction of writing, line and paragraph separators, what is no character (HTML forbids it), and
 * bytes that are no UTF-8. A tab or the end of a line is a blank. NULL appends nothing. */
void html_text(struct buffer *out, const char *text);

/* As html_text, within <bdi>, so that a text that is written from right to left turns nothing
 * around it, and cut behind 80 characters; `instead` (of ours), marked as no name, where it is NULL
 * or empty. */
void html_name(struct buffer *out, const char *text, const char *instead);

/* "12 345" with narrow blanks that do not break. */
void html_number(struct buffer *out, int64_t number);

/* As html_number, for programs too: <data value="12345">. */
void html_data(struct buffer *out, int64_t number);

/* "81.2 %", as scale_permille has it; a dash where the whole is 0. */
void html_share(struct buffer *out, int64_t part, int64_t whole);

/* "1 device", "2 devices": a number and the word that goes with it. */
void html_count(struct buffer *out, int64_t number, const char *one, const char *many);

/* "27 Nov 2026", or "27 Nov" without the year, of days since 1970-01-01. */
void html_day(struct buffer *out, int64_t day, bool has_year);

/* "2026-11-27 05:18 UTC" within <time>; `ms` is within the bounds of base/timestamp.h. */
void html_time(struct buffer *out, int64_t ms);

#endif
