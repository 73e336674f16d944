#include <string.h>

#include "page/chart_bars.h"
#include "page/html.h"
#include "page/section_parts.h"
#include "page/sections.h"

/* ---- certificates ---- */

static void section_ends(struct buffer *out, const struct figures *figures)
{
    static const char *const numbers[] = {"Certificates", "Identities", "Devices", NULL};
    static const char *const names[FIGURES_ENDS] = {[FIGURES_ENDED] = "has ended",
        [FIGURES_END_30] = "ends within 30 days",
        [FIGURES_END_60] = "ends in 30 to 59 days",
        [FIGURES_END_90] = "ends in 60 to 89 days"};
    int64_t most = 0;

    for (size_t i = 0; i < FIGURES_ENDS; i++) {
        most = figures->ends[i].certificates > most ? figures->ends[i].certificates : most;
    }
    section_table_head(out, "End", numbers);
    for (size_t i = 0; i < FIGURES_ENDS; i++) {
        const struct figures_certificate_ends *ends = &figures->ends[i];
        const struct chart_segment bar = {
            ends->certificates, i <= FIGURES_END_30 ? "bad" : "plain"};

        buffer_printf(out, "<tr><th scope=\"row\">%s", names[i]);
        chart_bar(out, &bar, 1, most);
        buffer_append_text(out, "</th>");
        section_number_cell(out, ends->certificates);
        section_number_cell(out, ends->identities);
        section_number_cell(out, ends->devices);
        buffer_append_text(out, "</tr>\n");
    }
    section_table_end(out);
    section_note(out,
        "A certificate that several devices have counts once, and so does a device with several. "
        "An identity is one with its key.");
}

/* By the beginning of its thumbprint a certificate is found. */
enum { SECTION_THUMBPRINT = 12 };

static void section_certificate(struct buffer *out, const struct figures_certificate *certificate)
{
    char thumbprint[SECTION_THUMBPRINT + 1] = "";

    if (certificate->thumbprint != NULL) {
        (void)strncat(thumbprint, certificate->thumbprint, SECTION_THUMBPRINT);
    }
    buffer_append_text(out, "<tr><th scope=\"row\">");
    html_name(out, certificate->issuer, certificate->is_self_signed ? "itself" : "not told");
    buffer_append_text(out, "<small>");
    buffer_append_text(out, certificate->is_identity ? "identity" : "no identity");
    buffer_append_text(out, *thumbprint != '\0' ? ", " : "");
    html_text(out, thumbprint);
    buffer_append_text(
        out, *thumbprint != '\0' ? "\xe2\x80\xa6</small></th><td>" : "</small></th><td>");
    html_text(out, certificate->ends);
    buffer_append_text(out, "</td>");
    section_number_cell(out, certificate->days_left);
    section_number_cell(out, certificate->devices);
    buffer_append_text(out, "</tr>\n");
}

void section_certificates(struct buffer *out, const struct figures *figures)
{
    static const char *const numbers[] = {"Ends on", "Days left", "Devices", NULL};
    int64_t all = 0;

    for (size_t i = 0; i < FIGURES_ENDS; i++) {
        all += figures->ends[i].certificates;
    }
    section_begin(out, "certificates", "Certificates that end");
    if (all == 0) {
        section_note(out, "None that is known has ended or ends within 90 days.");
    } else {
        section_ends(out, figures);
    }
    if (figures->certificate_count > 0) {
        buffer_append_text(out, "<h4>The next to end</h4>\n");
        section_table_head(out, "Issuer", numbers);
        for (size_t i = 0; i < figures->certificate_count; i++) {
            section_certificate(out, &figures->certificates[i]);
        }
        section_table_end(out);
        section_more(out, figures->certificate_count, figures->certificate_total,
            "more within 90 days", "more within 90 days");
    }
    section_end(out);
}

/* ---- apps ---- */

static void section_app_bar(struct buffer *out, const struct figures_app *app, int64_t most)
{
    static const char *const classes[FIGURES_MOST_APP_VERSIONS + 1] = {
        "shade1", "shade2", "shade3", "shade4", "shade5", "shade6"};
    struct chart_segment segments[FIGURES_MOST_APP_VERSIONS + 1];
    int64_t others = app->installations;

    for (size_t i = 0; i < app->version_count; i++) {
        segments[i] = (struct chart_segment){app->versions[i].devices, classes[i]};
        others -= app->versions[i].devices;
    }
    segments[app->version_count] =
        (struct chart_segment){others > 0 ? others : 0, classes[FIGURES_MOST_APP_VERSIONS]};
    chart_bar(out, segments, app->version_count + 1, most);
}

static void section_app(struct buffer *out, const struct figures_app *app, int64_t most)
{
    static const char *const classes[FIGURES_MOST_APP_VERSIONS] = {
        "shade1", "shade2", "shade3", "shade4", "shade5"};
    int64_t more = app->version_total - (int64_t)app->version_count;

    buffer_append_text(out, "<tr><th scope=\"row\">");
    html_name(out, app->name != NULL ? app->name : app->identifier, "without a name");
    buffer_append_text(out, "<small>");
    html_name(out, app->os, "no operating system");
    if (app->identifier != NULL) {
        buffer_append_text(out, ", ");
        html_name(out, app->identifier, "no identifier");
    }
    buffer_append_text(out, "</small>");
    section_app_bar(out, app, most);
    buffer_append_text(out, "<ul class=\"versions\">");
    for (size_t i = 0; i < app->version_count; i++) {
        buffer_append_text(out, "<li>");
        chart_swatch(out, classes[i]);
        html_name(out, app->versions[i].name, "no version");
        buffer_append_text(out, ": ");
        html_number(out, app->versions[i].devices);
        buffer_append_text(out, "</li> ");
    }
    if (more > 0) {
        buffer_append_text(out, "<li>");
        chart_swatch(out, "shade6");
        html_number(out, more);
        buffer_append_text(out, " more</li>");
    }
    buffer_append_text(out, "</ul></th>");
    section_number_cell(out, app->installations);
    section_number_cell(out, app->version_total);
    buffer_append_text(out, "</tr>\n");
}

void section_apps(struct buffer *out, const struct figures *figures)
{
    static const char *const numbers[] = {"Installations", "Versions", NULL};

    section_begin(out, "apps", "The most installed apps and their versions");
    if (figures->app_count == 0) {
        section_note(out, "No apps are known.");
    } else {
        section_table_head(out, "App", numbers);
        for (size_t i = 0; i < figures->app_count; i++) {
            section_app(out, &figures->apps[i], figures->apps[0].installations);
        }
        section_table_end(out);
        section_more(out, figures->app_count, figures->app_total, "more app", "more apps");
        section_note(out, "A device with two versions of an app has two installations of it.");
    }
    section_end(out);
}
