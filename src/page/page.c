#include "page/page.h"

#include "base/embedded.h"
#include "base/hash.h"
#include "page/chart_bars.h"
#include "page/html.h"
#include "page/section_parts.h"
#include "page/sections.h"
#include "page/stale.h"
#include "page/tiles.h"

enum { PAGE_DIGEST_TEXT = 45 };

/* Base64 of RFC 4648, of a digest: 32 bytes make 43 characters and one '='. */
static void page_write_digest(const uint8_t digest[HASH_SIZE], char text[PAGE_DIGEST_TEXT])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = 0;

    for (size_t i = 0; i < HASH_SIZE; i += 3) {
        uint32_t three = (uint32_t)digest[i] << 16;

        three |= i + 1 < HASH_SIZE ? (uint32_t)digest[i + 1] << 8 : 0;
        three |= i + 2 < HASH_SIZE ? digest[i + 2] : 0;
        text[length++] = digits[three >> 18];
        text[length++] = digits[three >> 12 & 63];
        text[length++] = digits[three >> 6 & 63];
        text[length++] = i + 2 < HASH_SIZE ? digits[three & 63] : '=';
    }
    text[length] = '\0';
}

/* The styles are the only thing that a browser may take beside the page's own text: whatever a
 * text of the database were to become, it loads, sends and runs nothing. */
static bool page_write_head(struct buffer *out, const struct page *page, struct error *err)
{
    const struct embedded_file *styles = embedded_find(style_files, "report.css");
    uint8_t digest[HASH_SIZE];
    char text[PAGE_DIGEST_TEXT];
    bool ok = hash_of((struct str){styles->text, styles->size}, digest, err);

    if (ok) {
        page_write_digest(digest, text);
        buffer_printf(out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\"/>\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
            "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
            "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
            "<meta name=\"robots\" content=\"noindex\"/>\n"
            "<meta name=\"generator\" content=\"uemsync ",
            text);
        html_text(out, page->version);
        buffer_append_text(out, "\"/>\n<title>Device compliance");
        for (size_t i = 0; page->tenant_count == 1 && i < page->tenant_count; i++) {
            buffer_append_text(out, " of ");
            html_text(out, page->tenants[i].tenant);
        }
        buffer_append_text(out, "</title>\n<style>");
        buffer_append(out, styles->text, styles->size);
        buffer_append_text(out, "</style>\n</head>\n");
    }
    return ok;
}

/* When the devices were loaded; FIGURES_NEVER. */
static int64_t page_loaded_at(const struct figures_summary *summary)
{
    int64_t loaded_at = FIGURES_NEVER;

    for (size_t i = 0; i < summary->entity_count; i++) {
        if (str_is(str_of(summary->entities[i].name), "device")) {
            loaded_at = summary->entities[i].loaded_at;
        }
    }
    return loaded_at;
}

/* Whether devices were ever loaded: none that are known are not none. */
static bool page_is_known(const struct figures_summary *summary)
{
    return page_loaded_at(summary) != FIGURES_NEVER || summary->status_count > 0 ||
           summary->counts.devices > 0;
}

static void page_write_age(struct buffer *out, int64_t loaded_at, int64_t now, const char *before)
{
    if (loaded_at != FIGURES_NEVER) {
        buffer_append_text(out, before);
        section_age(out, loaded_at, now);
    } else {
        buffer_append_text(out, *before != '\0' ? "never loaded" : "never");
    }
}

/* The age stands below the name too, for screens that have no room for its column. */
static void page_write_comparison_row(struct buffer *out, const struct page *page,
    const struct figures_summary *summary, size_t place)
{
    int64_t loaded_at = page_loaded_at(summary);

    buffer_printf(out, "<tr><th scope=\"row\"><a href=\"#t%zu\">", place + 1);
    html_text(out, summary->tenant);
    buffer_append_text(out, "</a><small class=\"age\">");
    page_write_age(out, loaded_at, page->now, "Age: ");
    buffer_append_text(out, "</small>");
    chart_compliance_bar(out, &summary->counts);
    buffer_append_text(out, "</th>");
    if (page_is_known(summary)) {
        section_compliance_cells(out, &summary->counts);
    } else {
        buffer_append_text(out, "<td>\xe2\x80\x93</td><td>\xe2\x80\x93</td>"
                                "<td>\xe2\x80\x93</td><td>\xe2\x80\x93</td>");
    }
    buffer_append_text(out, "<td>");
    page_write_age(out, loaded_at, page->now, "");
    buffer_append_text(out, "</td></tr>\n");
}

static void page_write_comparison(struct buffer *out, const struct page *page)
{
    static const char *const numbers[] = {
        "Devices", "Compliant", "Not compliant", "Unknown", "Age", NULL};
    struct figures_counts all = {0};

    buffer_append_text(out, "<section class=\"card tenants\" id=\"all\">\n<h2>All tenants</h2>\n");
    section_legend(out);
    section_table_head(out, "Tenant", numbers);
    for (size_t i = 0; i < page->tenant_count; i++) {
        const struct figures_counts *counts = &page->tenants[i].counts;

        page_write_comparison_row(out, page, &page->tenants[i], i);
        all.devices += counts->devices;
        all.compliant += counts->compliant;
        all.not_compliant += counts->not_compliant;
        all.unknown += counts->unknown;
    }
    buffer_append_text(out, "</tbody>\n<tfoot><tr><th scope=\"row\">Together");
    chart_compliance_bar(out, &all);
    buffer_append_text(out, "</th>");
    section_compliance_cells(out, &all);
    buffer_append_text(out, "<td></td></tr></tfoot>\n</table>\n</section>\n");
}

/* A tenant that is alone has its name on the only chapter, right below. */
static void page_write_names(struct buffer *out, const struct page *page)
{
    if (page->tenant_count > 1) {
        for (size_t i = 0; i < page->tenant_count; i++) {
            buffer_append_text(out, i > 0 ? ", " : "<p class=\"names\">");
            html_text(out, page->tenants[i].tenant);
        }
        buffer_append_text(out, "</p>\n");
    }
}

bool page_begin(struct buffer *out, const struct page *page, struct error *err)
{
    bool ok = page_write_head(out, page, err);

    if (ok) {
        buffer_append_text(out, "<body>\n<header>\n<h1>Device compliance</h1>\n");
        page_write_names(out, page);
        buffer_append_text(out, "<p class=\"note\">As of ");
        html_time(out, page->now);
        if (page->tenant_count == 1 && page_loaded_at(&page->tenants[0]) != FIGURES_NEVER) {
            buffer_append_text(out, "; devices loaded by the run of ");
            html_time(out, page_loaded_at(&page->tenants[0]));
        }
        buffer_append_text(out, "</p>\n</header>\n<main>\n");
        stale_warning(out, page->tenants, page->tenant_count, page->now);
        if (page->tenant_count > 1) {
            page_write_comparison(out, page);
        }
    }
    return ok;
}

static void page_write_chapter(struct buffer *out, const struct page *page,
    const struct figures_summary *summary, const struct figures *figures)
{
    tiles_write(out, summary, figures);
    section_days(out, figures);
    buffer_append_text(out, "<div class=\"cards\">\n");
    section_compliance(out, "Compliance by operating system", "Operating system", &figures->by_os,
        "There are no active devices.");
    section_compliance(out, "Compliance by ownership", "Ownership", &figures->by_ownership,
        "There are no active devices.");
    section_reasons(out, figures, &summary->counts);
    section_compliance(out, "Compliance by group", "Group", &figures->by_group,
        "No active device is known to be in a group.");
    section_seen(out, figures);
    buffer_append_text(out, "</div>\n");
    section_os(out, figures);
    buffer_append_text(out, "<div class=\"cards\">\n");
    section_certificates(out, figures);
    section_freshness(out, summary, page->now);
    section_apps(out, figures);
    buffer_append_text(out, "</div>\n");
}

void page_tenant(
    struct buffer *out, const struct page *page, size_t place, const struct figures *figures)
{
    const struct figures_summary *summary = &page->tenants[place];

    buffer_printf(out, "<article id=\"t%zu\">\n<h2>", place + 1);
    html_text(out, summary->tenant);
    buffer_append_text(out, "</h2>\n");
    if (page_is_known(summary)) {
        page_write_chapter(out, page, summary, figures);
    } else {
        section_note(out, "Nothing is known of this tenant yet: no run has loaded its devices.");
    }
    buffer_append_text(out, "</article>\n");
}

void page_end(struct buffer *out, const struct page *page)
{
    buffer_append_text(out,
        "</main>\n<footer>\n<p class=\"note\">Counts are of ACTIVE devices unless "
        "they say otherwise. Days are those of UTC. Made by uemsync ");
    html_text(out, page->version);
    buffer_append_text(out, ".</p>\n</footer>\n</body>\n</html>\n");
}
