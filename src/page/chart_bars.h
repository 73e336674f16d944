/* Bars and swatches as SVG within HTML. They are for the eye alone, as the numbers stand beside
 * them.
 */
#ifndef UEMSYNC_PAGE_CHART_BARS_H
#define UEMSYNC_PAGE_CHART_BARS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "sync/figures.h"

/* A part of a bar. The classes, as styles know them, are ours: "good", "bad", "unknown" ... */
struct chart_segment {
    int64_t value;
    const char *class;
};

/* A bar of these segments side by side, as long as they are of the whole, and as wide as its place.
 */
void chart_bar(
    struct buffer *out, const struct chart_segment *segments, size_t count, int64_t whole);

/* The bar of devices that comply, that do not, and of which nobody knows. */
void chart_compliance_bar(struct buffer *out, const struct figures_counts *counts);

/* A small square in the colour of a class, for what explains a chart. */
void chart_swatch(struct buffer *out, const char *class);

#endif
