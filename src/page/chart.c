#include "page/chart.h"

#include <inttypes.h>
#include <stdio.h>

#include "page/html.h"
#include "page/scale.h"

enum {
    CHART_TOP = 8,      /* px above the field, for half of a mark's text */
    CHART_FIELD = 180,  /* px */
    CHART_HEIGHT = 216, /* px: with the days below */
    CHART_AXIS = 44,    /* px: the width of the marks' texts */
    CHART_LEAST_DAYS = 14,
    CHART_MOST_LABELS = 5,
    CHART_MARKS = 5,   /* at most, but for that of 0 */
    CHART_DAY = 10,    /* units of the field that a day is wide */
    CHART_UNITS = 1000 /* units that the field is high */
};

/* The days that a chart has room for: those that are known, and some before where there are few. */
struct chart_days {
    const struct figures_day *days;
    size_t count;
    int64_t first;
    int64_t length;
};

static struct chart_days chart_days_of(const struct figures_day *days, size_t count)
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

/* ---- bars ---- */

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

/* ---- what charts of days have in common ---- */

/* The lines across and their texts: the texts stand in a picture of their own, left of the field.
 */
static void chart_begin(struct buffer *out, int64_t low, int64_t high, int64_t step,
    const char *unit, const char *about)
{
    buffer_printf(out,
        "<div class=\"plot\"><svg class=\"axis\" width=\"%d\" height=\"%d\" "
        "aria-hidden=\"true\">",
        CHART_AXIS, CHART_HEIGHT);
    for (int64_t mark = low; mark <= high; mark += step) {
        buffer_printf(out, "<text x=\"%d\" y=\"%d\">", CHART_AXIS - 6,
            CHART_TOP + scale_place(mark, low, high, CHART_FIELD) + 4);
        html_number(out, mark);
        buffer_printf(out, "%s</text>", unit);
    }
    buffer_printf(out,
        "</svg><svg class=\"field\" width=\"100%%\" height=\"%d\" role=\"img\" "
        "aria-label=\"%s\">",
        CHART_HEIGHT, about);
    for (int64_t mark = low; mark <= high; mark += step) {
        int y = CHART_TOP + scale_place(mark, low, high, CHART_FIELD);

        buffer_printf(out, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
            mark == low ? "base" : "grid", y, y);
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
static void chart_begin_field(struct buffer *out, const struct chart_days *chart)
{
    buffer_printf(out,
        "<svg y=\"%d\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 %" PRId64
        " %d\" preserveAspectRatio=\"none\">",
        CHART_TOP, CHART_FIELD, chart->length * CHART_DAY, CHART_UNITS);
}

static void chart_end(struct buffer *out, const struct chart_days *chart)
{
    buffer_append_text(out, "</svg>");
    chart_put_labels(out, chart);
    chart_put_tips(out, chart);
    buffer_append_text(out, "</svg></div>");
}

/* ---- the share ---- */

static int chart_share(const struct figures_day *day)
{
    return scale_permille(day->counts.compliant, day->counts.devices);
}

static struct scale_axis chart_share_axis(const struct chart_days *chart)
{
    int least = 1000;
    int most = 0;

    for (size_t i = 0; i < chart->count; i++) {
        if (chart->days[i].counts.devices > 0) {
            int share = chart_share(&chart->days[i]);

            least = share < least ? share : least;
            most = share > most ? share : most;
        }
    }
    return least <= most ? scale_share_axis(least, most) : (struct scale_axis){0, 100, 20};
}

/* The line ends where a day is missing, or has no device that could comply. */
static void chart_put_line(
    struct buffer *out, const struct chart_days *chart, const struct scale_axis *axis)
{
    int64_t next = INT64_MIN;

    buffer_append_text(out, "<path class=\"line\" vector-effect=\"non-scaling-stroke\" d=\"");
    for (size_t i = 0; i < chart->count; i++) {
        const struct figures_day *day = &chart->days[i];

        if (day->counts.devices > 0) {
            int64_t x = (day->day - chart->first) * CHART_DAY + CHART_DAY / 2;
            int y = scale_place(chart_share(day), axis->low * 10, axis->high * 10, CHART_UNITS);

            /* A line from a point to itself is a dot where it stands alone. */
            buffer_printf(out, day->day == next ? "L%" PRId64 " %d" : "M%" PRId64 " %dh0", x, y);
            next = day->day + 1;
        }
    }
    buffer_append_text(out, "\"/>");
}

void chart_share_of_days(struct buffer *out, const struct figures_day *days, size_t count)
{
    const struct chart_days chart = chart_days_of(days, count);
    const struct scale_axis axis = chart_share_axis(&chart);

    chart_begin(out, axis.low, axis.high, axis.step, "\xe2\x80\xaf%",
        "Compliant share of the active devices, day by day; the table below has the numbers");
    chart_put_gaps(out, &chart);
    chart_begin_field(out, &chart);
    chart_put_line(out, &chart, &axis);
    chart_end(out, &chart);
    if (axis.low > 0) {
        buffer_append_text(out, "<p class=\"note\">The axis begins at ");
        html_number(out, axis.low);
        buffer_append_text(out, "\xe2\x80\xaf%.</p>");
    }
}

/* ---- the devices ---- */

/* Where the part of the devices that is in this state ends, below and above, in units from the top.
 */
struct chart_span {
    int from;
    int to;
};

static struct chart_span chart_span_of(const struct figures_day *day, int state, int64_t top)
{
    const int64_t values[] = {
        day->counts.compliant, day->counts.not_compliant, day->counts.unknown};
    int64_t before = 0;

    for (int i = 0; i < state; i++) {
        before += values[i];
    }
    return (struct chart_span){scale_place(before, 0, top, CHART_UNITS),
        scale_place(before + values[state], 0, top, CHART_UNITS)};
}

/* Whether the place's day goes on from that before it, as one figure. */
static bool chart_goes_on(const struct chart_days *chart, size_t place)
{
    const struct figures_day *day = &chart->days[place];

    return place > 0 && place < chart->count && day->day == day[-1].day + 1 &&
           day->has_run == day[-1].has_run;
}

/* The days from..to as stairs: over their tops, and back below them. Columns side by side would
 * leave seams between them. */
static void chart_put_stairs(struct buffer *out, const struct chart_days *chart, size_t from,
    size_t to, int state, int64_t top)
{
    struct chart_span span = chart_span_of(&chart->days[from], state, top);

    buffer_printf(
        out, "M%" PRId64 " %d", (chart->days[from].day - chart->first) * CHART_DAY, span.from);
    for (size_t i = from; i < to; i++) {
        span = chart_span_of(&chart->days[i], state, top);
        buffer_printf(out, "V%dh%d", span.to, CHART_DAY);
    }
    for (size_t i = to; i > from; i--) {
        span = chart_span_of(&chart->days[i - 1], state, top);
        buffer_printf(out, "V%dh-%d", span.from, CHART_DAY);
    }
    buffer_append_char(out, 'z');
}

/* All that is in this state; days without a run are a path of their own. */
static void chart_put_state(
    struct buffer *out, const struct chart_days *chart, int state, bool has_run, int64_t top)
{
    static const char *const classes[] = {"good", "bad", "unknown"};
    size_t from = 0;

    buffer_printf(out, "<path class=\"%s%s\" d=\"", classes[state], has_run ? "" : " carried");
    for (size_t i = 1; i <= chart->count; i++) {
        if (!chart_goes_on(chart, i)) {
            if (chart->days[from].has_run == has_run) {
                chart_put_stairs(out, chart, from, i, state, top);
            }
            from = i;
        }
    }
    buffer_append_text(out, "\"/>");
}

void chart_devices_of_days(struct buffer *out, const struct figures_day *days, size_t count)
{
    const struct chart_days chart = chart_days_of(days, count);
    int64_t most = 0;
    int64_t step;
    int64_t top;

    for (size_t i = 0; i < count; i++) {
        most = days[i].counts.devices > most ? days[i].counts.devices : most;
    }
    step = scale_step(most, CHART_MARKS);
    top = scale_top(most, step);
    chart_begin(out, 0, top, step, "",
        "Active devices by compliance, day by day; the table below has the numbers");
    chart_put_gaps(out, &chart);
    chart_begin_field(out, &chart);
    for (int state = 0; state < 3; state++) {
        chart_put_state(out, &chart, state, true, top);
        chart_put_state(out, &chart, state, false, top);
    }
    chart_end(out, &chart);
}
