#include "page/sections.h"

#include <string.h>

#include "page/chart_bars.h"
#include "page/html.h"
#include "page/section_parts.h"

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
