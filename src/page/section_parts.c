#include "page/section_parts.h"

#include "base/duration.h"
#include "page/chart_bars.h"
#include "page/html.h"

void section_begin(struct buffer *out, const char *class, const char *heading)
{
    buffer_printf(out, "<section class=\"card %s\">\n<h3>%s</h3>\n", class, heading);
}

void section_note(struct buffer *out, const char *text)
{
    buffer_printf(out, "<p class=\"note\">%s</p>\n", text);
}

void section_end(struct buffer *out)
{
    buffer_append_text(out, "</section>\n");
}

void section_more(
    struct buffer *out, size_t shown, int64_t total, const char *one, const char *many)
{
    if (total > (int64_t)shown) {
        buffer_append_text(out, "<p class=\"more\">and ");
        html_count(out, total - (int64_t)shown, one, many);
        buffer_append_text(out, "</p>\n");
    }
}

void section_number_cell(struct buffer *out, int64_t number)
{
    buffer_append_text(out, "<td>");
    html_data(out, number);
    buffer_append_text(out, "</td>");
}

void section_share_cell(struct buffer *out, int64_t part, int64_t whole)
{
    buffer_append_text(out, "<td>");
    html_share(out, part, whole);
    buffer_append_text(out, "</td>");
}

void section_table_head(struct buffer *out, const char *name, const char *const *numbers)
{
    buffer_printf(out, "<table>\n<thead><tr><th scope=\"col\">%s</th>", name);
    for (; *numbers != NULL; numbers++) {
        buffer_printf(out, "<th scope=\"col\">%s</th>", *numbers);
    }
    buffer_append_text(out, "</tr></thead>\n<tbody>\n");
}

void section_table_end(struct buffer *out)
{
    buffer_append_text(out, "</tbody>\n</table>\n");
}

void section_compliance_cells(struct buffer *out, const struct figures_counts *counts)
{
    section_number_cell(out, counts->devices);
    section_share_cell(out, counts->compliant, counts->devices);
    section_number_cell(out, counts->not_compliant);
    section_number_cell(out, counts->unknown);
}

void section_age(struct buffer *out, int64_t ms, int64_t now)
{
    char age[DURATION_TEXT_SIZE];

    (void)duration_words(now > ms ? now - ms : 0, age);
    for (const char *c = age; *c != '\0'; c++) {
        buffer_append_text(out, *c == ' ' ? "\xe2\x80\xaf" : (const char[]){*c, '\0'});
    }
}

void section_legend(struct buffer *out)
{
    static const char *const items[][2] = {
        {"good", "compliant"}, {"bad", "not compliant"}, {"unknown", "unknown"}};

    buffer_append_text(out, "<p class=\"legend\">");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        buffer_append_text(out, "<span>");
        chart_swatch(out, items[i][0]);
        buffer_printf(out, "%s</span> ", items[i][1]);
    }
    buffer_append_text(out, "</p>\n");
}
