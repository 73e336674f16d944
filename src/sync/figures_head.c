#include "sync/figures_head.h"

#include "sync/entities.h"
#include "sync/figures_rows.h"

static bool figures_take_totals(void *context, const struct str *texts, struct error *err)
{
    struct figures_summary *summary = ((struct figures_filling *)context)->summary;

    (void)err;
    summary->counts = figures_counts_of(texts);
    summary->compromised = figures_int(texts[4]);
    summary->quarantined = figures_int(texts[5]);
    summary->blocked = figures_int(texts[6]);
    return true;
}

static bool figures_take_status(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures_summary *summary = filling->summary;
    bool ok = true;

    if (summary->status_count < FIGURES_MOST_STATUSES) {
        struct figures_number *status = &summary->statuses[summary->status_count++];

        status->devices = figures_int(texts[1]);
        ok = figures_text(filling, texts[0], &status->name, err);
    }
    return ok;
}

static bool figures_take_entity(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures_summary *summary = filling->summary;
    bool ok = true;

    if (texts[0].data != NULL && summary->entity_count < FIGURES_MOST_ENTITIES) {
        struct figures_entity *entity = &summary->entities[summary->entity_count++];

        entity->loaded_at = figures_time(texts[1]);
        entity->is_offered = true;
        ok = figures_text(filling, texts[0], &entity->name, err);
    }
    return ok;
}

static struct figures_entity *figures_find(struct figures_summary *summary, struct str name)
{
    struct figures_entity *found = NULL;

    for (size_t i = 0; found == NULL && i < summary->entity_count; i++) {
        found = str_is(name, summary->entities[i].name) ? &summary->entities[i] : NULL;
    }
    return found;
}

static bool figures_take_refusal(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures_entity *entity = figures_find(filling->summary, texts[0]);

    (void)err;
    if (entity != NULL && entity->loaded_at == FIGURES_NEVER) {
        entity->is_offered = false;
    }
    return true;
}

/* Those of which the views know nothing, as they were never loaded. */
static void figures_add_missing(struct figures_summary *summary, const struct sync_tenant *tenant)
{
    const struct entity *chosen[SYNC_MOST_ENTITIES];
    size_t count = entity_choose(tenant, NULL, 0, chosen);

    for (size_t i = 0; i < count; i++) {
        if (summary->entity_count < FIGURES_MOST_ENTITIES &&
            figures_find(summary, str_of(chosen[i]->name)) == NULL) {
            summary->entities[summary->entity_count++] =
                (struct figures_entity){chosen[i]->name, FIGURES_NEVER, true};
        }
    }
}

static const struct figures_question figures_of_summary[] = {
    {"totals", 7, figures_take_totals},
    {"statuses", 2, figures_take_status},
    {"freshness", 2, figures_take_entity},
};

static const struct figures_question figures_of_refusals = {"not_offered", 1, figures_take_refusal};

bool figures_read_head(struct load *load, const struct sync_tenant *tenant,
    struct figures_summary *summary, struct arena *arena, struct error *err)
{
    struct figures_filling filling = {.summary = summary, .arena = arena};
    bool ok;

    *summary = (struct figures_summary){.tenant = tenant->name};
    ok = figures_ask(load, figures_of_summary,
        sizeof figures_of_summary / sizeof *figures_of_summary, tenant->name, &filling, err);
    figures_add_missing(summary, tenant);
    return ok && figures_ask(load, &figures_of_refusals, 1, tenant->name, &filling, err);
}
