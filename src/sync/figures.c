#include "sync/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "base/timestamp.h"
#include "load/load.h"
#include "sync/entities.h"

#define FIGURES_MS_PER_DAY (INT64_C(24) * 60 * 60 * 1000)

struct figures_reader {
    struct load *load;
    struct arena summaries;
    struct arena texts; /* of one tenant's chapter */
};

/* What the functions below fill, and where its texts go. */
struct figures_filling {
    struct figures_summary *summary;
    struct figures *figures;
    struct arena *arena;
};

/* A statement of sql/postgres/report/. */
struct figures_question {
    const char *name;
    size_t columns;
    load_row_fn *each;
};

/* A text that is no number, such as that of NULL, is 0. */
static int64_t figures_int(struct str text)
{
    int64_t number = 0;
    bool is_negative = text.size > 0 && text.data[0] == '-';

    for (size_t i = is_negative ? 1 : 0; i < text.size && i < 18; i++) {
        number = str_is_digit(text.data[i]) ? number * 10 + (text.data[i] - '0') : number;
    }
    return is_negative ? -number : number;
}

static bool figures_bool(struct str text)
{
    return str_is(text, "t");
}

static int64_t figures_time(struct str text)
{
    int64_t ms = FIGURES_NEVER;

    return text.data != NULL && timestamp_parse_iso(text, &ms) ? ms : FIGURES_NEVER;
}

static bool figures_text(
    struct figures_filling *filling, struct str text, const char **copy, struct error *err)
{
    *copy = text.data != NULL ? arena_copy(filling->arena, text) : NULL;
    return text.data == NULL || *copy != NULL || error_memory(err);
}

/* Four columns: devices, compliant, not compliant, unknown. */
static struct figures_counts figures_counts_of(const struct str *texts)
{
    return (struct figures_counts){
        figures_int(texts[0]), figures_int(texts[1]), figures_int(texts[2]), figures_int(texts[3])};
}

/* ---- the head ---- */

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

/* ---- a chapter ---- */

static bool figures_take_day(void *context, const struct str *texts, struct error *err)
{
    struct figures *figures = ((struct figures_filling *)context)->figures;
    int64_t ms = figures_time(texts[0]);

    (void)err;
    if (ms != FIGURES_NEVER && figures->day_count < FIGURES_MOST_DAYS) {
        struct figures_day *day = &figures->days[figures->day_count++];

        day->day = ms / FIGURES_MS_PER_DAY;
        day->has_run = figures_bool(texts[1]);
        day->counts = figures_counts_of(&texts[2]);
    }
    return true;
}

static bool figures_take_part(struct figures_filling *filling, struct figures_parts *parts,
    const struct str *texts, struct error *err)
{
    bool ok = true;

    parts->total = figures_int(texts[5]);
    if (parts->count < FIGURES_MOST_PARTS) {
        struct figures_part *part = &parts->parts[parts->count++];

        part->counts = figures_counts_of(&texts[1]);
        ok = figures_text(filling, texts[0], &part->name, err);
    }
    return ok;
}

static bool figures_take_by_os(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;

    return figures_take_part(filling, &filling->figures->by_os, texts, err);
}

static bool figures_take_by_ownership(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;

    return figures_take_part(filling, &filling->figures->by_ownership, texts, err);
}

static bool figures_take_by_group(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;

    return figures_take_part(filling, &filling->figures->by_group, texts, err);
}

static bool figures_take_reason(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures *figures = filling->figures;
    bool ok = true;

    figures->reason_total = figures_int(texts[2]);
    if (figures->reason_count < FIGURES_MOST_PARTS) {
        struct figures_number *reason = &figures->reasons[figures->reason_count++];

        reason->devices = figures_int(texts[1]);
        ok = figures_text(filling, texts[0], &reason->name, err);
    }
    return ok;
}

static bool figures_take_seen(void *context, const struct str *texts, struct error *err)
{
    struct figures *figures = ((struct figures_filling *)context)->figures;

    (void)err;
    for (size_t i = 0; i < FIGURES_SEEN_COUNT; i++) {
        figures->seen[i] = figures_int(texts[i]);
    }
    figures->never_checked_in = figures_int(texts[FIGURES_SEEN_COUNT]);
    return true;
}

static bool figures_take_os(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures *figures = filling->figures;
    bool ok = true;

    figures->os_total = figures_int(texts[6]);
    if (figures->os_count < FIGURES_MOST_OS) {
        struct figures_os *os = &figures->os[figures->os_count++];

        os->devices = figures_int(texts[1]);
        os->behind = figures_int(texts[3]);
        os->unjudged = figures_int(texts[4]);
        os->version_total = figures_int(texts[5]);
        ok = figures_text(filling, texts[0], &os->name, err) &&
             figures_text(filling, texts[2], &os->baseline, err);
    }
    return ok;
}

static bool figures_take_os_version(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    size_t place = (size_t)figures_int(texts[0]);
    struct figures_os *os =
        place < filling->figures->os_count ? &filling->figures->os[place] : NULL;
    bool ok = true;

    if (os != NULL && os->version_count < FIGURES_MOST_OS_VERSIONS) {
        struct figures_os_version *version = &os->versions[os->version_count++];

        version->devices = figures_int(texts[2]);
        version->age = figures_bool(texts[3]) ? FIGURES_BEHIND : FIGURES_UP_TO_DATE;
        version->age = texts[3].data != NULL ? version->age : FIGURES_UNJUDGED;
        ok = figures_text(filling, texts[1], &version->version, err);
    }
    return ok;
}

static bool figures_take_ends(void *context, const struct str *texts, struct error *err)
{
    struct figures *figures = ((struct figures_filling *)context)->figures;
    size_t kind = (size_t)figures_int(texts[0]);

    (void)err;
    if (kind < FIGURES_ENDS) {
        figures->ends[kind] = (struct figures_certificate_ends){
            figures_int(texts[1]), figures_int(texts[2]), figures_int(texts[3])};
    }
    return true;
}

static bool figures_take_certificate(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures *figures = filling->figures;
    bool ok = true;

    figures->certificate_total = figures_int(texts[7]);
    if (figures->certificate_count < FIGURES_MOST_CERTIFICATES) {
        struct figures_certificate *made = &figures->certificates[figures->certificate_count++];

        made->is_identity = figures_bool(texts[1]);
        made->is_self_signed = figures_bool(texts[2]);
        made->days_left = figures_int(texts[5]);
        made->devices = figures_int(texts[6]);
        ok = figures_text(filling, texts[0], &made->issuer, err) &&
             figures_text(filling, texts[3], &made->thumbprint, err) &&
             figures_text(filling, texts[4], &made->ends, err);
    }
    return ok;
}

/* texts: place, name, identifier, os, installations, versions, version, devices of it, apps. */
static bool figures_take_app(void *context, const struct str *texts, struct error *err)
{
    struct figures_filling *filling = context;
    struct figures *figures = filling->figures;
    size_t place = (size_t)figures_int(texts[0]);
    bool ok = true;

    figures->app_total = figures_int(texts[8]);
    if (place == figures->app_count && place < FIGURES_MOST_APPS) {
        struct figures_app *app = &figures->apps[figures->app_count++];

        app->installations = figures_int(texts[4]);
        app->version_total = figures_int(texts[5]);
        ok = figures_text(filling, texts[1], &app->name, err) &&
             figures_text(filling, texts[2], &app->identifier, err) &&
             figures_text(filling, texts[3], &app->os, err);
    }
    if (ok && place < figures->app_count) {
        struct figures_app *app = &figures->apps[place];

        if (app->version_count < FIGURES_MOST_APP_VERSIONS) {
            struct figures_number *version = &app->versions[app->version_count++];

            version->devices = figures_int(texts[7]);
            ok = figures_text(filling, texts[6], &version->name, err);
        }
    }
    return ok;
}

/* The order matters where a statement counts by the places of the one before it. */
static const struct figures_question figures_of_summary[] = {
    {"totals", 7, figures_take_totals},
    {"statuses", 2, figures_take_status},
    {"freshness", 2, figures_take_entity},
};

static const struct figures_question figures_of_refusals = {"not_offered", 1, figures_take_refusal};

static const struct figures_question figures_of_chapter[] = {
    {"days", 6, figures_take_day},
    {"by_os", 6, figures_take_by_os},
    {"by_ownership", 6, figures_take_by_ownership},
    {"by_group", 6, figures_take_by_group},
    {"reasons", 3, figures_take_reason},
    {"last_seen", 7, figures_take_seen},
    {"os", 7, figures_take_os},
    {"os_versions", 4, figures_take_os_version},
    {"certificate_ends", 4, figures_take_ends},
    {"certificates", 8, figures_take_certificate},
    {"apps", 9, figures_take_app},
};

static bool figures_ask(struct figures_reader *reader, const struct figures_question *questions,
    size_t count, const char *tenant, struct figures_filling *filling, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        ok = load_report(reader->load, questions[i].name, tenant, questions[i].columns,
            questions[i].each, filling, err);
    }
    return ok;
}

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
    struct figures_filling filling = {.summary = summary, .arena = &reader->summaries};
    bool ok;

    *summary = (struct figures_summary){.tenant = tenant->name};
    ok = figures_ask(reader, figures_of_summary,
        sizeof figures_of_summary / sizeof *figures_of_summary, tenant->name, &filling, err);
    figures_add_missing(summary, tenant);
    return ok && figures_ask(reader, &figures_of_refusals, 1, tenant->name, &filling, err);
}

bool figures_read(struct figures_reader *reader, const struct sync_tenant *tenant,
    struct figures *figures, struct error *err)
{
    struct figures_filling filling = {.figures = figures, .arena = &reader->texts};

    *figures = (struct figures){.day_count = 0};
    arena_reset(&reader->texts);
    return figures_ask(reader, figures_of_chapter,
        sizeof figures_of_chapter / sizeof *figures_of_chapter, tenant->name, &filling, err);
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
