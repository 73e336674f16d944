#include "page/tiles.h"

#include <stdbool.h>

#include "base/str.h"
#include "page/html.h"
#include "page/scale.h"

enum { TILES_TREND_DAYS = 30, TILES_MOST_STATUSES = 3 };

static void tiles_begin(struct buffer *out, const char *class, const char *name)
{
    buffer_printf(out, "<li class=\"tile\"><span class=\"name\">%s</span> <b%s%s%s>", name,
        *class != '\0' ? " class=\"" : "", class, *class != '\0' ? "\"" : "");
}

static void tiles_note(struct buffer *out)
{
    buffer_append_text(out, "</b> <span class=\"note\">");
}

static void tiles_end(struct buffer *out)
{
    buffer_append_text(out, "</span></li>\n");
}

/* Of the latest day and the one that many before, in tenths of a percent. */
static void tiles_trend(struct buffer *out, const struct figures *figures)
{
    const struct figures_day *last =
        figures->day_count > 0 ? &figures->days[figures->day_count - 1] : NULL;

    for (size_t i = 0; last != NULL && i < figures->day_count; i++) {
        const struct figures_day *day = &figures->days[i];

        if (day->day == last->day - TILES_TREND_DAYS && day->counts.devices > 0 &&
            last->counts.devices > 0) {
            int change = scale_permille(last->counts.compliant, last->counts.devices) -
                         scale_permille(day->counts.compliant, day->counts.devices);
            int size = change < 0 ? -change : change;

            buffer_printf(out, "; %s%d.%d points in %d days",
                change < 0   ? "\xe2\x88\x92"
                : change > 0 ? "+"
                             : "\xc2\xb1",
                size / 10, size % 10, TILES_TREND_DAYS);
        }
    }
}

static bool tiles_is_active(const struct figures_number *status)
{
    return status->name != NULL && str_is(str_of(status->name), "ACTIVE");
}

/* The commonest of those that count for nothing else here. */
static void tiles_statuses(struct buffer *out, const struct figures_summary *summary)
{
    int64_t others = 0;
    size_t shown = 0;

    for (size_t i = 0; i < summary->status_count; i++) {
        others += tiles_is_active(&summary->statuses[i]) ? 0 : summary->statuses[i].devices;
    }
    if (others > 0) {
        html_count(out, others, "more is not active: ", "more are not active: ");
    }
    for (size_t i = 0; i < summary->status_count; i++) {
        const struct figures_number *status = &summary->statuses[i];

        if (!tiles_is_active(status) && shown <= TILES_MOST_STATUSES) {
            buffer_append_text(out, shown > 0 ? ", " : "");
            if (shown < TILES_MOST_STATUSES) {
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

static void tiles_measures(struct buffer *out, const struct figures_summary *summary)
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

void tiles_write(
    struct buffer *out, const struct figures_summary *summary, const struct figures *figures)
{
    const struct figures_counts *counts = &summary->counts;
    int64_t unseen = figures->seen[FIGURES_SEEN_QUARTER] + figures->seen[FIGURES_SEEN_LONGER];

    buffer_append_text(out, "<ul class=\"tiles\">\n");
    tiles_begin(out, "", "Active devices");
    html_data(out, counts->devices);
    tiles_note(out);
    tiles_statuses(out, summary);
    tiles_end(out);
    tiles_begin(out, counts->compliant > 0 ? "is-good" : "", "Compliant");
    html_share(out, counts->compliant, counts->devices);
    tiles_note(out);
    html_data(out, counts->compliant);
    buffer_append_text(out, counts->compliant == 1 ? " device" : " devices");
    tiles_trend(out, figures);
    tiles_end(out);
    tiles_begin(out, counts->not_compliant > 0 ? "is-bad" : "", "Not compliant");
    html_data(out, counts->not_compliant);
    tiles_note(out);
    tiles_measures(out, summary);
    tiles_end(out);
    tiles_begin(out, "", "Unknown");
    html_data(out, counts->unknown);
    tiles_note(out);
    html_share(out, counts->unknown, counts->devices);
    buffer_append_text(out, counts->unknown > 0 ? "; the server does not say" : "");
    tiles_end(out);
    tiles_begin(out, "", "Not seen for 30 days");
    html_data(out, unseen);
    tiles_note(out);
    html_share(out, unseen, counts->devices);
    tiles_end(out);
    tiles_begin(out, "", "Certificates about to end");
    html_data(out, figures->ends[FIGURES_END_30].certificates);
    tiles_note(out);
    buffer_append_text(out, "within 30 days; ");
    html_data(out, figures->ends[FIGURES_ENDED].certificates);
    buffer_append_text(out, " have ended");
    tiles_end(out);
    buffer_append_text(out, "</ul>\n");
}
