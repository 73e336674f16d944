/* Lengths of time as people write and read them. */
#ifndef UEMSYNC_BASE_DURATION_H
#define UEMSYNC_BASE_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { DURATION_TEXT_SIZE = 24 };

/* "26h": a whole number, 2147483647 at most, and one of d, h, m (minutes) and s. */
bool duration_parse(struct str text, int64_t *ms);

/* "7d" for seven days: in the largest unit that gives a whole number; below a second, "0s". */
void duration_format(int64_t ms, char text[DURATION_TEXT_SIZE]);

/* "45 s", "12 min", "3 h", "2 d": whole ones of the largest unit of which there are two. Returns
 * `text`. What is below 0, as of a clock that was set back, is "0 s". */
const char *duration_words(int64_t ms, char text[DURATION_TEXT_SIZE]);

#endif
