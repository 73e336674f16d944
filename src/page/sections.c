#include "page/sections.h"

#include <inttypes.h>
#include <string.h>

#include "page/chart.h"
#include "page/html.h"
#include "page/section_parts.h"

enum {
    SECTION_DAYS_ON_PAPER = 14, /* as many as are printed one by one */
    SECTION_PAPER_STEP = 7      /* days: thirteen rows of the most that are shown */
};

void section_compliance(struct buffer *out, const char *heading, const char *column,
    const struct figures_parts *parts, const char *nothing)
{
    static const char *const numbers[] = {"Devices", "Compliant", "Not compliant", "Unknown", NULL};

    section_begin(out, "compliance", heading);
    if (parts->count == 0) {
        section_note(out, nothing);
    } else {
        section_legend(out);
        section_table_head(out, column, numbers);
        for (size_t i = 0; i < parts->count; i++) {
            buffer_append_text(out, "<tr><th scope=\"row\">");
            html_name(out, parts->parts[i].name, "not told");
            chart_compliance_bar(out, &parts->parts[i].counts);
            buffer_append_text(out, "</th>");
            section_compliance_cells(out, &parts->parts[i].counts);
            buffer_append_text(out, "</tr>\n");
        }
        section_table_end(out);
        section_more(out, parts->count, parts->total,
            "more, with as few or fewer that do not comply",
            "more, with as few or fewer that do not comply");
    }
    section_end(out);
}

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

void section_reasons(
    struct buffer *out, const struct figures *figures, const struct figures_counts *counts)
{
    static const char *const numbers[] = {"Devices", "Of those not compliant", NULL};

    section_begin(out, "reasons", "Why devices are not compliant");
    if (counts->not_compliant == 0) {
        section_note(out, "No active device is known not to comply.");
    } else if (figures->reason_count == 0) {
        section_note(out, "No reasons are known.");
    } else {
        section_note(out, "A device with two reasons counts for both.");
        section_table_head(out, "Reason", numbers);
        for (size_t i = 0; i < figures->reason_count; i++) {
            const struct figures_number *reason = &figures->reasons[i];
            const struct chart_segment bar = {reason->devices, "bad"};

            buffer_append_text(out, "<tr><th scope=\"row\">");
            html_name(out, reason->name, "not told");
            chart_bar(out, &bar, 1, counts->not_compliant);
            buffer_append_text(out, "</th>");
            section_number_cell(out, reason->devices);
            section_share_cell(out, reason->devices, counts->not_compliant);
            buffer_append_text(out, "</tr>\n");
        }
        section_table_end(out);
        section_more(
            out, figures->reason_count, figures->reason_total, "more reason", "more reasons");
        for (size_t i = 0; i < figures->reason_count; i++) {
            if (figures->reasons[i].name != NULL &&
                strcmp(figures->reasons[i].name, "NOT_REPORTED") == 0) {
                section_note(out,
                    "NOT_REPORTED: the server says that a device does not comply, and "
                    "not why.");
            }
        }
    }
    section_end(out);
}

/* ---- freshness ---- */

void section_freshness(struct buffer *out, const struct figures_summary *summary, int64_t now)
{
    static const char *const columns[] = {"Loaded by the run of", "Age", NULL};

    section_begin(out, "freshness", "How fresh the data is");
    section_table_head(out, "Entity", columns);
    for (size_t i = 0; i < summary->entity_count; i++) {
        const struct figures_entity *entity = &summary->entities[i];

        buffer_append_text(out, "<tr><th scope=\"row\">");
        html_name(out, entity->name, "not told");
        buffer_append_text(out, "</th><td>");
        if (entity->loaded_at != FIGURES_NEVER) {
            html_time(out, entity->loaded_at);
        } else {
            buffer_append_text(out, entity->is_offered ? "never" : "not offered by this server");
        }
        buffer_append_text(out, "</td><td>");
        if (entity->loaded_at != FIGURES_NEVER) {
            section_age(out, entity->loaded_at, now);
        }
        if (figures_is_stale(entity, now)) {
            buffer_append_text(out, entity->loaded_at != FIGURES_NEVER
                                        ? " <span class=\"tag\">stale</span>"
                                        : "<span class=\"tag\">missing</span>");
        }
        buffer_append_text(out, "</td></tr>\n");
    }
    section_table_end(out);
    section_end(out);
}
