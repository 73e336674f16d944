#include "page/stale.h"

#include <stdbool.h>

#include "page/html.h"
#include "page/section_parts.h"

static size_t stale_count(const struct figures_summary *summary, int64_t now)
{
    size_t count = 0;

    for (size_t i = 0; i < summary->entity_count; i++) {
        count += figures_is_stale(&summary->entities[i], now) ? 1 : 0;
    }
    return count;
}

static bool stale_is_empty(const struct figures_summary *summary)
{
    bool is_empty = true;

    for (size_t i = 0; is_empty && i < summary->entity_count; i++) {
        is_empty = summary->entities[i].loaded_at == FIGURES_NEVER;
    }
    return is_empty;
}

/* The entities that were never loaded, or those that are too old. */
static void stale_write(
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

void stale_warning(
    struct buffer *out, const struct figures_summary *tenants, size_t count, int64_t now)
{
    size_t stale = 0;

    for (size_t i = 0; i < count; i++) {
        stale += stale_count(&tenants[i], now);
    }
    if (stale > 0) {
        buffer_append_text(out,
            "<div class=\"warning\" role=\"note\">\n<h2>Not all of this is fresh</h2>\n"
            "<p>What was loaded more than 26 hours ago, or never, may be otherwise by now.</p>\n"
            "<ul>\n");
        for (size_t i = 0; i < count; i++) {
            if (stale_count(&tenants[i], now) > 0) {
                buffer_append_text(out, "<li><b>");
                html_text(out, tenants[i].tenant);
                buffer_append_text(out, "</b>:");
                if (stale_is_empty(&tenants[i])) {
                    buffer_append_text(out, " Nothing was ever loaded.");
                } else {
                    stale_write(out, &tenants[i], now, true);
                    stale_write(out, &tenants[i], now, false);
                }
                buffer_append_text(out, "</li>\n");
            }
        }
        buffer_append_text(out, "</ul>\n</div>\n");
    }
}
