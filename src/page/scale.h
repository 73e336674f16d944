/* The arithmetic of charts, in whole numbers. */
#ifndef UEMSYNC_PAGE_SCALE_H
#define UEMSYNC_PAGE_SCALE_H

#include <stdint.h>

/* The part of the whole in thousandths, rounded; but 0 is none of it and 1000 all of it: what
 * rounds to one of them and is not is 1, or 999. 0 where the whole is not above 0. */
int scale_permille(int64_t part, int64_t whole);

/* The distance of an axis' marks: the least of 1, 2, 5, 10, 20 ... that needs `parts` of them at
 * most to reach `most`. */
int64_t scale_step(int64_t most, int parts);

/* The least multiple of the step that is not below `most`, and one step at least. */
int64_t scale_top(int64_t most, int64_t step);

/* An axis of whole percents. */
struct scale_axis {
    int low;
    int high;
    int step; /* divides what is between them */
};

/* One for values from `least` to `most`, in thousandths, both within 0 to 1000. It shows what
 * changes: 20 percent at least, and not from 0 on. */
struct scale_axis scale_share_axis(int least, int most);

/* Where a value stands, counted from the top: 0 at `high`, `size` at `low`. Beyond them it is at
 * the edge. */
int scale_place(int64_t value, int64_t low, int64_t high, int size);

#endif
