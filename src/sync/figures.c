#include "sync/figures.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "load/load.h"
#include "sync/figures_chapter.h"
#include "sync/figures_head.h"
#include "sync/figures_rows.h"

struct figures_reader {
    struct load *load;
    struct arena summaries;
    struct arena texts; /* of one tenant's chapter */
};

bool figures_is_stale(const struct figures_entity *entity, int64_t now)
{
    bool was_loaded = entity->loaded_at != FIGURES_NEVER;

    return was_loaded ? now - entity->loaded_at > FIGURES_FRESH_MS : entity->is_offered;
}

static bool figures_take_moment(void *context, const struct str *texts, struct error *err)
{
    int64_t *now = context;

    *now = figures_time(texts[0]);
    return *now != FIGURES_NEVER ||
           error_set(err, ERROR_DESTINATION, "PostgreSQL does not say what time it is");
}

bool figures_open(const struct load_settings *destination, struct figures_reader **reader,
    int64_t *now, struct error *err)
{
    struct figures_reader *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        arena_init(&made->summaries, CEILING_FIGURES);
        arena_init(&made->texts, CEILING_FIGURES);
        ok = load_open_report(destination, &made->load, err) &&
             load_report(made->load, "moment", "", 1, figures_take_moment, now, err);
    }
    if (!ok) {
        figures_close(made);
        made = NULL;
    }
    *reader = made;
    return ok;
}

bool figures_read_summary(struct figures_reader *reader, const struct sync_tenant *tenant,
    struct figures_summary *summary, struct error *err)
{
    return figures_read_head(reader->load, tenant, summary, &reader->summaries, err);
}

bool figures_read(struct figures_reader *reader, const struct sync_tenant *tenant,
    struct figures *figures, struct error *err)
{
    arena_reset(&reader->texts);
    return figures_read_chapter(reader->load, tenant->name, figures, &reader->texts, err);
}

void figures_close(struct figures_reader *reader)
{
    if (reader != NULL) {
        load_close(reader->load);
        arena_release(&reader->summaries);
        arena_release(&reader->texts);
        free(reader);
    }
}
