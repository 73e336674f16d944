#include "page/chart_days.h"

#include <inttypes.h>

#include "page/chart_frame.h"
#include "page/html.h"
#include "page/scale.h"

enum { CHART_MARKS = 5 /* at most, but for that of 0 */ };

/* The first and the last day in words, for who does not see the days between; the folded table has
 * them all. */
static void chart_put_ends(struct buffer *out, const struct figures_day *days, size_t count,
    void (*put)(struct buffer *out, const struct figures_day *day))
{
    for (size_t i = 0; i<count; i += count> 1 ? count - 1 : 1) {
        buffer_append_text(out, i == 0 ? ", day by day: " : "; ");
        html_day(out, days[i].day, true);
        buffer_append_text(out, ": ");
        put(out, &days[i]);
    }
    buffer_append_text(out, ". The table below has all days.");
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

static bool chart_is_told(const struct chart_days *chart, size_t place)
{
    return place < chart->count && chart->days[place].counts.devices > 0;
}

/* Whether the line goes on from the day before this one: it ends where a day is missing, or has no
 * device that could comply. */
static bool chart_is_joined(const struct chart_days *chart, size_t place)
{
    return place > 0 && chart_is_told(chart, place - 1) && chart_is_told(chart, place) &&
           chart->days[place].day == chart->days[place - 1].day + 1;
}

/* The days that stand alone, as after the first run, or all others. */
static void chart_put_line(struct buffer *out, const struct chart_days *chart,
    const struct scale_axis *axis, bool is_alone)
{
    buffer_printf(out, "<path class=\"line%s\" vector-effect=\"non-scaling-stroke\" d=\"",
        is_alone ? " alone" : "");
    for (size_t i = 0; i < chart->count; i++) {
        const struct figures_day *day = &chart->days[i];
        bool begins = !chart_is_joined(chart, i);

        if (chart_is_told(chart, i) && is_alone == (begins && !chart_is_joined(chart, i + 1))) {
            int64_t x = (day->day - chart->first) * CHART_DAY + CHART_DAY / 2;
            int y = scale_place(chart_share(day), axis->low * 10, axis->high * 10, CHART_UNITS);

            buffer_printf(out, begins ? "M%" PRId64 " %d%s" : "L%" PRId64 " %d%s", x, y,
                is_alone ? "h0" : "");
        }
    }
    buffer_append_text(out, "\"/>");
}

static void chart_put_share(struct buffer *out, const struct figures_day *day)
{
    html_share(out, day->counts.compliant, day->counts.devices);
}

void chart_share_of_days(struct buffer *out, const struct figures_day *days, size_t count)
{
    const struct chart_days chart = chart_days_of(days, count);
    const struct scale_axis axis = chart_share_axis(&chart);
    const struct chart_axis marks = {axis.low, axis.high, axis.step, "\xe2\x80\xaf%"};

    chart_begin(out, &marks);
    buffer_append_text(out, "Compliant share of the active devices");
    chart_put_ends(out, days, count, chart_put_share);
    chart_begin_field(out, &chart, &marks);
    chart_put_line(out, &chart, &axis, false);
    chart_put_line(out, &chart, &axis, true);
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

static void chart_put_counts(struct buffer *out, const struct figures_day *day)
{
    html_count(out, day->counts.devices, "device, ", "devices, ");
    html_number(out, day->counts.compliant);
    buffer_append_text(out, " compliant, ");
    html_number(out, day->counts.not_compliant);
    buffer_append_text(out, " not compliant, ");
    html_number(out, day->counts.unknown);
    buffer_append_text(out, " unknown");
}

void chart_devices_of_days(struct buffer *out, const struct figures_day *days, size_t count)
{
    const struct chart_days chart = chart_days_of(days, count);
    struct chart_axis axis = {.low = 0, .unit = ""};
    int64_t most = 0;

    for (size_t i = 0; i < count; i++) {
        most = days[i].counts.devices > most ? days[i].counts.devices : most;
    }
    axis.step = scale_step(most, CHART_MARKS);
    axis.high = scale_top(most, axis.step);
    chart_begin(out, &axis);
    buffer_append_text(out, "Active devices by compliance");
    chart_put_ends(out, days, count, chart_put_counts);
    chart_begin_field(out, &chart, &axis);
    for (int state = 0; state < 3; state++) {
        chart_put_state(out, &chart, state, true, axis.high);
        chart_put_state(out, &chart, state, false, axis.high);
    }
    chart_end(out, &chart);
}
