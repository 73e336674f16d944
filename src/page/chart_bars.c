#include "page/chart_bars.h"

#include "page/scale.h"

void chart_bar(
    struct buffer *out, const struct chart_segment *segments, size_t count, int64_t whole)
{
    int64_t before = 0;

    buffer_append_text(out, "<svg class=\"bar\" width=\"100%\" height=\"10\" aria-hidden=\"true\">"
                            "<rect class=\"rail\" width=\"100%\" height=\"10\"/>");
    for (size_t i = 0; i < count; i++) {
        int from = scale_permille(before, whole);
        int to = scale_permille(before + segments[i].value, whole);

        before += segments[i].value;
        if (to > from) {
            buffer_printf(out, "<rect class=\"%s\" x=\"%d.%d%%\" width=\"%d.%d%%\" height=\"10\"/>",
                segments[i].class, from / 10, from % 10, (to - from) / 10, (to - from) % 10);
        }
    }
    buffer_append_text(out, "</svg>");
}

void chart_compliance_bar(struct buffer *out, const struct figures_counts *counts)
{
    const struct chart_segment segments[] = {
        {counts->compliant, "good"}, {counts->not_compliant, "bad"}, {counts->unknown, "unknown"}};

    chart_bar(out, segments, 3, counts->devices);
}

void chart_swatch(struct buffer *out, const char *class)
{
    buffer_printf(out,
        "<svg class=\"swatch\" width=\"10\" height=\"10\" aria-hidden=\"true\">"
        "<rect class=\"%s\" width=\"10\" height=\"10\"/></svg>",
        class);
}
