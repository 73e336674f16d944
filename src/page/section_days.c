#include "page/chart_bars.h"
#include "page/chart_days.h"
#include "page/html.h"
#include "page/section_parts.h"
#include "page/sections.h"

enum {
    SECTION_DAYS_ON_PAPER = 14, /* as many as are printed one by one */
    SECTION_PAPER_STEP = 7      /* days: thirteen rows of the most that are shown */
};

/* Every so many days, counted back from the latest, which is the first. */
static void section_day_table(struct buffer *out, const struct figures *figures, int64_t step)
{
    static const char *const numbers[] = {
        "Devices", "Compliant", "Not compliant", "Unknown", "Share", NULL};
    int64_t last = figures->days[figures->day_count - 1].day;

    section_table_head(out, "Day", numbers);
    for (size_t i = figures->day_count; i > 0; i--) {
        const struct figures_day *day = &figures->days[i - 1];

        if ((last - day->day) % step == 0) {
            buffer_append_text(out, "<tr><th scope=\"row\">");
            html_day(out, day->day, true);
            buffer_append_text(out, day->has_run ? "" : " <span class=\"none\">no run</span>");
            buffer_append_text(out, "</th>");
            section_number_cell(out, day->counts.devices);
            section_number_cell(out, day->counts.compliant);
            section_number_cell(out, day->counts.not_compliant);
            section_number_cell(out, day->counts.unknown);
            section_share_cell(out, day->counts.compliant, day->counts.devices);
            buffer_append_text(out, "</tr>\n");
        }
    }
    section_table_end(out);
}

/* On a screen all days, folded away. Paper cannot be unfolded, and ninety days would fill two pages
 * of it: there a day a week stands beside the charts, which has room below them. */
static void section_day_numbers(struct buffer *out, const struct figures *figures)
{
    int64_t length = figures->days[figures->day_count - 1].day - figures->days[0].day + 1;
    int64_t step = length > SECTION_DAYS_ON_PAPER ? SECTION_PAPER_STEP : 1;

    buffer_append_text(out, "<details>\n<summary>The numbers, day by day</summary>\n");
    section_day_table(out, figures, 1);
    buffer_append_text(out, "</details>\n<div class=\"paper\">\n");
    if (step > 1) {
        section_note(out, "Every seventh day, from the latest back.");
    }
    section_day_table(out, figures, step);
    buffer_append_text(out, "</div>\n");
}

static int64_t section_days_without_run(const struct figures *figures)
{
    int64_t length = figures->days[figures->day_count - 1].day - figures->days[0].day + 1;

    for (size_t i = 0; i < figures->day_count; i++) {
        length -= figures->days[i].has_run ? 1 : 0;
    }
    return length;
}

void section_days(struct buffer *out, const struct figures *figures)
{
    section_begin(out, "days", "Compliance over the days");
    if (figures->day_count == 0) {
        section_note(out, "There is no history yet: it begins with the first run.");
    } else {
        int64_t missing = section_days_without_run(figures);

        buffer_append_text(out, "<div class=\"charts\">\n<figure>\n<figcaption>Compliant share of "
                                "the active devices</figcaption>\n");
        chart_share_of_days(out, figures->days, figures->day_count);
        buffer_append_text(out, "\n</figure>\n<figure>\n<figcaption>Active devices</figcaption>\n");
        chart_devices_of_days(out, figures->days, figures->day_count);
        buffer_append_text(out, "\n</figure>\n</div>\n");
        section_legend(out);
        if (missing > 0) {
            buffer_append_text(out, "<p class=\"note\">");
            chart_swatch(out, "foot");
            html_count(out, missing, "day was without a run: it has",
                "days were without a run: they have");
            buffer_append_text(out, " the figures of the day before.</p>\n");
        }
        section_day_numbers(out, figures);
    }
    section_end(out);
}
