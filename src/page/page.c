#include "page/page.h"

#include <inttypes.h>

#include "base/embedded.h"
#include "base/hash.h"
#include "page/chart.h"
#include "page/html.h"
#include "page/scale.h"
#include "page/section_parts.h"
#include "page/sections.h"

enum { PAGE_DIGEST_TEXT = 45, PAGE_TREND_DAYS = 30, PAGE_MOST_STATUSES = 3 };

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

/* ---- how fresh it is ---- */

static size_t page_count_stale(const struct figures_summary *summary, int64_t now)
{
    size_t count = 0;

    for (size_t i = 0; i < summary->entity_count; i++) {
        count += figures_is_stale(&summary->entities[i], now) ? 1 : 0;
    }
    return count;
}

static bool page_is_empty(const struct figures_summary *summary)
{
    bool is_empty = true;

    for (size_t i = 0; is_empty && i < summary->entity_count; i++) {
        is_empty = summary->entities[i].loaded_at == FIGURES_NEVER;
    }
    return is_empty;
}

/* The entities that were never loaded, or those that are too old. */
static void page_write_stale(
    struct buffer *out, const struct figures_summary *summary, int64_t now, bool never)
{
    const char *before = never ? " Never loaded: " : " Loaded too long ago: ";
    bool is_any = false;

    for (size_t i = 0; i < summary->entity_count; i++) {
        const struct figures_entity *entity = &summary->entities[i];

        if (figures_is_stale(entity, now) && (entity->loaded_at == FIGURES_NEVER) == never) {
            buffer_append_text(out, before);
            html_text(out, entity->name);
            if (!never) {
                buffer_append_text(out, " (");
                section_age(out, entity->loaded_at, now);
                buffer_append_text(out, ")");
            }
            before = ", ";
            is_any = true;
        }
    }
    buffer_append_text(out, is_any ? "." : "");
}

static void page_write_warning(struct buffer *out, const struct page *page)
{
    size_t stale = 0;

    for (size_t i = 0; i < page->tenant_count; i++) {
        stale += page_count_stale(&page->tenants[i], page->now);
    }
    if (stale > 0) {
        buffer_append_text(out,
            "<div class=\"warning\" role=\"note\">\n<h2>Not all of this is fresh</h2>\n"
            "<p>What was loaded more than 26 hours ago, or never, may be otherwise by now.</p>\n"
            "<ul>\n");
        for (size_t i = 0; i < page->tenant_count; i++) {
            if (page_count_stale(&page->tenants[i], page->now) > 0) {
                buffer_append_text(out, "<li><b>");
                html_text(out, page->tenants[i].tenant);
                buffer_append_text(out, "</b>:");
                if (page_is_empty(&page->tenants[i])) {
                    buffer_append_text(out, " Nothing was ever loaded.");
                } else {
                    page_write_stale(out, &page->tenants[i], page->now, true);
                    page_write_stale(out, &page->tenants[i], page->now, false);
                }
                buffer_append_text(out, "</li>\n");
            }
        }
        buffer_append_text(out, "</ul>\n</div>\n");
    }
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

/* ---- the tenants beside each other ---- */

static void page_write_comparison_row(struct buffer *out, const struct page *page,
    const struct figures_summary *summary, size_t place)
{
    int64_t loaded_at = page_loaded_at(summary);

    buffer_printf(out, "<tr><th scope=\"row\"><a href=\"#t%zu\">", place + 1);
    html_text(out, summary->tenant);
    buffer_append_text(out, "</a>");
    chart_compliance_bar(out, &summary->counts);
    buffer_append_text(out, "</th>");
    section_compliance_cells(out, &summary->counts);
    buffer_append_text(out, "<td>");
    if (loaded_at != FIGURES_NEVER) {
        section_age(out, loaded_at, page->now);
    } else {
        buffer_append_text(out, "never");
    }
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

bool page_begin(struct buffer *out, const struct page *page, struct error *err)
{
    bool ok = page_write_head(out, page, err);

    if (ok) {
        buffer_append_text(out, "<body>\n<header>\n<h1>Device compliance</h1>\n<p>");
        for (size_t i = 0; i < page->tenant_count; i++) {
            buffer_append_text(out, i > 0 ? ", " : "");
            html_text(out, page->tenants[i].tenant);
        }
        buffer_append_text(out, "</p>\n<p class=\"note\">As of ");
        html_time(out, page->now);
        if (page->tenant_count == 1 && page_loaded_at(&page->tenants[0]) != FIGURES_NEVER) {
            buffer_append_text(out, "; devices loaded by the run of ");
            html_time(out, page_loaded_at(&page->tenants[0]));
        }
        buffer_append_text(out, "</p>\n</header>\n<main>\n");
        page_write_warning(out, page);
        if (page->tenant_count > 1) {
            page_write_comparison(out, page);
        }
    }
    return ok;
}

/* ---- a chapter ---- */

static void page_tile_begin(struct buffer *out, const char *class, const char *name)
{
    buffer_printf(out, "<li class=\"tile\"><span class=\"name\">%s</span> <b%s%s%s>", name,
        *class != '\0' ? " class=\"" : "", class, *class != '\0' ? "\"" : "");
}

static void page_tile_note(struct buffer *out)
{
    buffer_append_text(out, "</b> <span class=\"note\">");
}

static void page_tile_end(struct buffer *out)
{
    buffer_append_text(out, "</span></li>\n");
}

/* Of the latest day and the one that many before, in tenths of a percent. */
static void page_write_trend(struct buffer *out, const struct figures *figures)
{
    const struct figures_day *last =
        figures->day_count > 0 ? &figures->days[figures->day_count - 1] : NULL;

    for (size_t i = 0; last != NULL && i < figures->day_count; i++) {
        const struct figures_day *day = &figures->days[i];

        if (day->day == last->day - PAGE_TREND_DAYS && day->counts.devices > 0 &&
            last->counts.devices > 0) {
            int change = scale_permille(last->counts.compliant, last->counts.devices) -
                         scale_permille(day->counts.compliant, day->counts.devices);
            int size = change < 0 ? -change : change;

            buffer_printf(out, "; %s%d.%d points in %d days",
                change < 0   ? "\xe2\x88\x92"
                : change > 0 ? "+"
                             : "\xc2\xb1",
                size / 10, size % 10, PAGE_TREND_DAYS);
        }
    }
}

static bool page_is_active(const struct figures_number *status)
{
    return status->name != NULL && str_is(str_of(status->name), "ACTIVE");
}

/* The commonest of those that count for nothing else here. */
static void page_write_statuses(struct buffer *out, const struct figures_summary *summary)
{
    int64_t others = 0;
    size_t shown = 0;

    for (size_t i = 0; i < summary->status_count; i++) {
        others += page_is_active(&summary->statuses[i]) ? 0 : summary->statuses[i].devices;
    }
    if (others > 0) {
        html_count(out, others, "more is not active: ", "more are not active: ");
    }
    for (size_t i = 0; i < summary->status_count; i++) {
        const struct figures_number *status = &summary->statuses[i];

        if (!page_is_active(status) && shown <= PAGE_MOST_STATUSES) {
            buffer_append_text(out, shown > 0 ? ", " : "");
            if (shown < PAGE_MOST_STATUSES) {
                html_number(out, status->devices);
                buffer_append_text(out, " ");
                html_name(out, status->name, "without a status");
            } else {
                buffer_append_text(out, "\xe2\x80\xa6");
            }
            shown++;
        }
    }
}

static void page_write_measures(struct buffer *out, const struct figures_summary *summary)
{
    const struct {
        int64_t devices;
        const char *one;
        const char *many;
    } measures[] = {{summary->compromised, "is compromised", "are compromised"},
        {summary->quarantined, "is quarantined", "are quarantined"},
        {summary->blocked, "is blocked", "are blocked"}};
    const char *before = "; of these, compliant or not, ";

    html_share(out, summary->counts.not_compliant, summary->counts.devices);
    buffer_append_text(out, " of the active devices");
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        if (measures[i].devices > 0) {
            buffer_append_text(out, before);
            html_count(out, measures[i].devices, measures[i].one, measures[i].many);
            before = ", ";
        }
    }
}

static void page_write_tiles(
    struct buffer *out, const struct figures_summary *summary, const struct figures *figures)
{
    const struct figures_counts *counts = &summary->counts;
    int64_t unseen = figures->seen[FIGURES_SEEN_QUARTER] + figures->seen[FIGURES_SEEN_LONGER];

    buffer_append_text(out, "<ul class=\"tiles\">\n");
    page_tile_begin(out, "", "Active devices");
    html_data(out, counts->devices);
    page_tile_note(out);
    page_write_statuses(out, summary);
    page_tile_end(out);
    page_tile_begin(out, counts->compliant > 0 ? "is-good" : "", "Compliant");
    html_share(out, counts->compliant, counts->devices);
    page_tile_note(out);
    html_data(out, counts->compliant);
    buffer_append_text(out, counts->compliant == 1 ? " device" : " devices");
    page_write_trend(out, figures);
    page_tile_end(out);
    page_tile_begin(out, counts->not_compliant > 0 ? "is-bad" : "", "Not compliant");
    html_data(out, counts->not_compliant);
    page_tile_note(out);
    page_write_measures(out, summary);
    page_tile_end(out);
    page_tile_begin(out, "", "Unknown");
    html_data(out, counts->unknown);
    page_tile_note(out);
    html_share(out, counts->unknown, counts->devices);
    buffer_append_text(out, counts->unknown > 0 ? "; the server does not say" : "");
    page_tile_end(out);
    page_tile_begin(out, "", "Not seen for 30 days");
    html_data(out, unseen);
    page_tile_note(out);
    html_share(out, unseen, counts->devices);
    page_tile_end(out);
    page_tile_begin(out, "", "Certificates about to end");
    html_data(out, figures->ends[FIGURES_END_30].certificates);
    page_tile_note(out);
    buffer_append_text(out, "within 30 days; ");
    html_data(out, figures->ends[FIGURES_ENDED].certificates);
    buffer_append_text(out, " have ended");
    page_tile_end(out);
    buffer_append_text(out, "</ul>\n");
}

void page_tenant(
    struct buffer *out, const struct page *page, size_t place, const struct figures *figures)
{
    const struct figures_summary *summary = &page->tenants[place];

    buffer_printf(out, "<article id=\"t%zu\">\n<h2>", place + 1);
    html_text(out, summary->tenant);
    buffer_append_text(out, "</h2>\n");
    page_write_tiles(out, summary, figures);
    section_days(out, figures);
    buffer_append_text(out, "<div class=\"cards\">\n");
    section_compliance(out, "Compliance by operating system", "Operating system", &figures->by_os,
        "There are no active devices.");
    section_compliance(out, "Compliance by ownership", "Ownership", &figures->by_ownership,
        "There are no active devices.");
    section_compliance(out, "Compliance by group", "Group", &figures->by_group,
        "No active device is known to be in a group.");
    section_reasons(out, figures, &summary->counts);
    section_seen(out, figures);
    section_os(out, figures);
    section_apps(out, figures);
    section_certificates(out, figures);
    section_freshness(out, summary, page->now);
    buffer_append_text(out, "</div>\n</article>\n");
}

void page_end(struct buffer *out, const struct page *page)
{
    buffer_append_text(out,
        "</main>\n<footer>\n<p class=\"note\">Counts are of ACTIVE devices unless "
        "they say otherwise. Days are those of UTC. Made by uemsync ");
    html_text(out, page->version);
    buffer_append_text(out, ".</p>\n</footer>\n</body>\n</html>\n");
}
