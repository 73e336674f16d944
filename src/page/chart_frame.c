#include "page/chart_frame.h"

#include <inttypes.h>

#include "page/html.h"
#include "page/scale.h"

enum {
    CHART_TOP = 8,      /* px above the field, for half of a mark's text */
    CHART_FIELD = 180,  /* px */
    CHART_HEIGHT = 216, /* px: with the days below */
    CHART_AXIS = 44,    /* px: the width of the marks' texts */
    CHART_LEAST_DAYS = 14,
    CHART_MOST_LABELS = 5
};

struct chart_days chart_days_of(const struct figures_day *days, size_t count)
{
    struct chart_days chart = {days, count, days[0].day, days[count - 1].day - days[0].day + 1};

    if (chart.length < CHART_LEAST_DAYS) {
        chart.first -= CHART_LEAST_DAYS - chart.length;
        chart.length = CHART_LEAST_DAYS;
    }
    return chart;
}

/* In percent of the field: the left end of a day's place plus so many tenths of it. */
static void chart_put_x(struct buffer *out, const struct chart_days *chart, int64_t day, int tenths)
{
    int64_t permyriad = ((day - chart->first) * 10 + tenths) * 1000 / chart->length;

    buffer_printf(out, "%" PRId64 ".%02d%%", permyriad / 100, (int)(permyriad % 100));
}

/* The texts of the marks stand in a picture of their own, left of the field. */
void chart_begin(struct buffer *out, const struct chart_axis *axis)
{
    buffer_printf(out,
        "<div class=\"plot\"><svg class=\"axis\" width=\"%d\" height=\"%d\" "
        "aria-hidden=\"true\">",
        CHART_AXIS, CHART_HEIGHT);
    for (int64_t mark = axis->low; mark <= axis->high; mark += axis->step) {
        buffer_printf(out, "<text x=\"%d\" y=\"%d\">", CHART_AXIS - 6,
            CHART_TOP + scale_place(mark, axis->low, axis->high, CHART_FIELD) + 4);
        html_number(out, mark);
        buffer_printf(out, "%s</text>", axis->unit);
    }
    buffer_printf(out,
        "</svg><svg class=\"field\" width=\"100%%\" height=\"%d\" role=\"img\" "
        "aria-label=\"",
        CHART_HEIGHT);
}

static void chart_put_lines(struct buffer *out, const struct chart_axis *axis)
{
    for (int64_t mark = axis->low; mark <= axis->high; mark += axis->step) {
        int y = CHART_TOP + scale_place(mark, axis->low, axis->high, CHART_FIELD);

        buffer_printf(out, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
            mark == axis->low ? "base" : "grid", y, y);
    }
}

/* The days below the field; the first and the last stay within it. */
static void chart_put_labels(struct buffer *out, const struct chart_days *chart)
{
    for (int i = 0; i < CHART_MOST_LABELS; i++) {
        int64_t day = chart->first + (chart->length - 1) * i / (CHART_MOST_LABELS - 1);
        bool is_last = i == CHART_MOST_LABELS - 1;

        buffer_append_text(out, "<text class=\"day\" x=\"");
        chart_put_x(out, chart, day, i == 0 ? 0 : is_last ? 10 : 5);
        buffer_printf(out, "\" y=\"%d\" text-anchor=\"%s\">", CHART_TOP + CHART_FIELD + 22,
            i == 0    ? "start"
            : is_last ? "end"
                      : "middle");
        html_day(out, day, false);
        buffer_append_text(out, "</text>");
    }
}

/* Days without a run, those of which nothing is known too: a band and a foot. */
static void chart_put_gap(struct buffer *out, const struct chart_days *chart, int64_t day)
{
    static const struct {
        const char *class;
        int y;
        int height;
    } parts[] = {{"gap", CHART_TOP, CHART_FIELD}, {"foot", CHART_TOP + CHART_FIELD, 5}};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buffer_printf(out, "<rect class=\"%s\" x=\"", parts[i].class);
        chart_put_x(out, chart, day, 0);
        buffer_append_text(out, "\" width=\"");
        chart_put_x(out, chart, chart->first + 1, 0);
        buffer_printf(out, "\" y=\"%d\" height=\"%d\"/>", parts[i].y, parts[i].height);
    }
}

static void chart_put_gaps(struct buffer *out, const struct chart_days *chart)
{
    int64_t day = chart->days[0].day;

    for (size_t i = 0; i < chart->count; i++) {
        for (; day < chart->days[i].day; day++) {
            chart_put_gap(out, chart, day);
        }
        if (!chart->days[i].has_run) {
            chart_put_gap(out, chart, day);
        }
        day = chart->days[i].day + 1;
    }
}

/* What a pointer is told of a day. */
static void chart_put_tips(struct buffer *out, const struct chart_days *chart)
{
    for (size_t i = 0; i < chart->count; i++) {
        const struct figures_day *day = &chart->days[i];

        buffer_append_text(out, "<rect class=\"tip\" x=\"");
        chart_put_x(out, chart, day->day, 0);
        buffer_append_text(out, "\" width=\"");
        chart_put_x(out, chart, chart->first + 1, 0);
        buffer_printf(out, "\" y=\"%d\" height=\"%d\"><title>", CHART_TOP, CHART_FIELD);
        html_day(out, day->day, true);
        buffer_append_text(out, ": ");
        html_share(out, day->counts.compliant, day->counts.devices);
        buffer_append_text(out, " of ");
        html_count(out, day->counts.devices, "device is compliant", "devices are compliant");
        buffer_printf(
            out, "%s</title></rect>", day->has_run ? "" : " (no run; as on the day before)");
    }
}

/* The field itself, in units: as wide as the days, and stretched. */
void chart_begin_field(
    struct buffer *out, const struct chart_days *chart, const struct chart_axis *axis)
{
    buffer_append_text(out, "\">");
    chart_put_lines(out, axis);
    chart_put_gaps(out, chart);
    buffer_printf(out,
        "<svg y=\"%d\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 %" PRId64
        " %d\" preserveAspectRatio=\"none\">",
        CHART_TOP, CHART_FIELD, chart->length * CHART_DAY, CHART_UNITS);
}

void chart_end(struct buffer *out, const struct chart_days *chart)
{
    buffer_append_text(out, "</svg>");
    chart_put_labels(out, chart);
    chart_put_tips(out, chart);
    buffer_append_text(out, "</svg></div>");
}
