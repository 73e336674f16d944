/* What charts of days have in common, as SVG within HTML: the axis and its lines, the days below,
 * the days without a run, and what a pointer is told of a day. A chart is as wide as its place:
 * what is across is in percent, so that texts and lines keep their size.
 *
 * A chart is chart_begin, a text without elements for those who do not see it, chart_begin_field,
 * paths in the field's units, chart_end. */
#ifndef UEMSYNC_PAGE_CHART_FRAME_H
#define UEMSYNC_PAGE_CHART_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "sync/figures.h"

/* The field's units, from its upper left corner: how wide a day is, and how high the field. */
enum { CHART_DAY = 10, CHART_UNITS = 1000 };

/* The days that a chart has room for: those that are known, and some before where there are few. */
struct chart_days {
    const struct figures_day *days; /* borrowed; one at least */
    size_t count;
    int64_t first;  /* since 1970-01-01 */
    int64_t length; /* in days */
};

struct chart_days chart_days_of(const struct figures_day *days, size_t count);

/* The marks from low to high are numbers with the unit, which is ours, behind them. */
struct chart_axis {
    int64_t low;
    int64_t high;
    int64_t step;
    const char *unit;
};

void chart_begin(struct buffer *out, const struct chart_axis *axis);
void chart_begin_field(
    struct buffer *out, const struct chart_days *chart, const struct chart_axis *axis);
void chart_end(struct buffer *out, const struct chart_days *chart);

#endif
