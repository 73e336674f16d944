/* Charts as SVG within HTML, without a script. They are as wide as the place that they are in: what
 * is across is in percent, so that texts and lines keep their size. */
#ifndef UEMSYNC_PAGE_CHART_H
#define UEMSYNC_PAGE_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "sync/figures.h"

/* A part of a bar. The classes, as styles know them, are ours: "good", "bad", "unknown" ... */
struct chart_segment {
    int64_t value;
    const char *class;
};

/* A bar of these segments side by side, as long as they are of the whole; for the eye alone, as the
 * numbers stand beside it. */
void chart_bar(
    struct buffer *out, const struct chart_segment *segments, size_t count, int64_t whole);

/* The bar of devices that comply, that do not, and of which nobody knows. */
void chart_compliance_bar(struct buffer *out, const struct figures_counts *counts);

/* Which share of the devices complied, as a line over the days; and the devices by compliance, as
 * stairs. Days without a run are marked. There is one day at least. The axis of the share may begin
 * above 0, which is said below it. */
void chart_share_of_days(struct buffer *out, const struct figures_day *days, size_t count);
void chart_devices_of_days(struct buffer *out, const struct figures_day *days, size_t count);

/* A small square in the colour of a class, for what explains a chart. */
void chart_swatch(struct buffer *out, const char *class);

#endif
