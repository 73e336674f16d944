#include "page/chart_bars.h"
#include "page/html.h"
#include "page/section_parts.h"
#include "page/sections.h"

void section_seen(struct buffer *out, const struct figures *figures)
{
    static const char *const numbers[] = {"Devices", "Share", NULL};
    static const char *const names[FIGURES_SEEN_COUNT] = {
        [FIGURES_SEEN_DAY] = "within a day",
        [FIGURES_SEEN_WEEK] = "1 to 6 days ago",
        [FIGURES_SEEN_MONTH] = "7 to 29 days ago",
        [FIGURES_SEEN_QUARTER] = "30 to 89 days ago",
        [FIGURES_SEEN_LONGER] = "90 days ago or more",
        [FIGURES_SEEN_NEVER] = "never, as far as is known",
    };
    int64_t all = 0;

    for (size_t i = 0; i < FIGURES_SEEN_COUNT; i++) {
        all += figures->seen[i];
    }
    section_begin(out, "seen", "When devices were last seen");
    if (all == 0) {
        section_note(out, "There are no active devices.");
    } else {
        section_table_head(out, "Last check-in", numbers);
        for (size_t i = 0; i < FIGURES_SEEN_COUNT; i++) {
            const struct chart_segment bar = {
                figures->seen[i], i < FIGURES_SEEN_QUARTER ? "plain" : "bad"};

            buffer_printf(out, "<tr><th scope=\"row\">%s", names[i]);
            chart_bar(out, &bar, 1, all);
            buffer_append_text(out, "</th>");
            section_number_cell(out, figures->seen[i]);
            section_share_cell(out, figures->seen[i], all);
            buffer_append_text(out, "</tr>\n");
        }
        section_table_end(out);
        if (figures->never_checked_in > 0) {
            buffer_append_text(out, "<p class=\"note\">");
            html_count(out, figures->never_checked_in, "device has never checked in and counts",
                "devices have never checked in and count");
            buffer_append_text(out, " from the registration on.</p>\n");
        }
    }
    section_end(out);
}

/* How many are behind. What cannot be judged comes first, and a device that is judged by itself is
 * told as that: neither is to read as if all were well. */
static void section_behind(struct buffer *out, const struct figures_os *os)
{
    if (os->baseline == NULL) {
        html_count(out, os->devices, "device", "devices");
        buffer_append_text(out, "; no version to judge by");
    } else if (os->unjudged >= os->devices) {
        html_count(out, os->devices, "device cannot be judged by ", "devices cannot be judged by ");
        html_name(out, os->baseline, "");
    } else if (os->devices == 1 && os->at_baseline == 1) {
        buffer_append_text(out, "1 device, which is judged by its own version, ");
        html_name(out, os->baseline, "");
    } else {
        if (os->unjudged > 0) {
            html_count(
                out, os->unjudged, "device cannot be judged; ", "devices cannot be judged; ");
        }
        html_data(out, os->behind);
        buffer_append_text(out, os->unjudged > 0 ? " of the other " : " of ");
        html_count(out, os->devices - os->unjudged, "device is", "devices are");
        buffer_append_text(out, " behind ");
        html_name(out, os->baseline, "");
        buffer_append_text(out, os->at_baseline == 1 ? ", which one device alone has" : "");
    }
}

static void section_one_os(struct buffer *out, const struct figures_os *os)
{
    static const char *const numbers[] = {"Devices", "Share", NULL};
    static const char *const classes[] = {
        [FIGURES_UP_TO_DATE] = "good", [FIGURES_BEHIND] = "bad", [FIGURES_UNJUDGED] = "unknown"};
    static const char *const words[] = {[FIGURES_UP_TO_DATE] = "",
        [FIGURES_BEHIND] = " <span class=\"tag\">behind</span>",
        [FIGURES_UNJUDGED] = "<span class=\"none\">, cannot be judged</span>"};

    buffer_append_text(out, "<div>\n<h4>");
    html_name(out, os->name, "not told");
    buffer_append_text(out, "</h4>\n<p class=\"note\">");
    section_behind(out, os);
    buffer_append_text(out, "</p>\n");
    section_table_head(out, "Version", numbers);
    for (size_t i = 0; i < os->version_count; i++) {
        const struct figures_os_version *version = &os->versions[i];
        const struct chart_segment bar = {version->devices, classes[version->age]};

        buffer_append_text(out, "<tr><th scope=\"row\">");
        html_name(out, version->version, "not told");
        buffer_append_text(out, words[version->age]);
        chart_bar(out, &bar, 1, os->devices);
        buffer_append_text(out, "</th>");
        section_number_cell(out, version->devices);
        section_share_cell(out, version->devices, os->devices);
        buffer_append_text(out, "</tr>\n");
    }
    section_table_end(out);
    section_more(out, os->version_count, os->version_total, "more version", "more versions");
    buffer_append_text(out, "</div>\n");
}

void section_os(struct buffer *out, const struct figures *figures)
{
    section_begin(out, "os", "Versions of operating systems");
    if (figures->os_count == 0) {
        section_note(out, "There are no active devices.");
    } else {
        section_note(out,
            "Behind is what is older than the version that you have set in os_baseline; "
            "without one, than the newest that at least 1 % of an operating system's devices "
            "have.");
        buffer_append_text(out, "<div class=\"systems\">\n");
        for (size_t i = 0; i < figures->os_count; i++) {
            section_one_os(out, &figures->os[i]);
        }
        buffer_append_text(out, "</div>\n");
    }
    section_more(out, figures->os_count, figures->os_total, "more operating system",
        "more operating systems");
    section_end(out);
}
