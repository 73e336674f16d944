#include "sync/figures_chapter.h"

#include "sync/figures_rows.h"

#define FIGURES_MS_PER_DAY (INT64_C(24) * 60 * 60 * 1000)

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
        os->at_baseline = figures_int(texts[4]);
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
static const struct figures_question figures_of_chapter[] = {
    {"days", 6, figures_take_day},
    {"by_os", 6, figures_take_by_os},
    {"by_ownership", 6, figures_take_by_ownership},
    {"by_group", 6, figures_take_by_group},
    {"reasons", 3, figures_take_reason},
    {"last_seen", 7, figures_take_seen},
    {"os", 7, figures_take_os},
    {"os_versions", 5, figures_take_os_version},
    {"certificate_ends", 4, figures_take_ends},
    {"certificates", 8, figures_take_certificate},
    {"apps", 9, figures_take_app},
};

bool figures_read_chapter(struct load *load, const char *tenant, struct figures *figures,
    struct arena *arena, struct error *err)
{
    struct figures_filling filling = {.figures = figures, .arena = arena};

    *figures = (struct figures){.day_count = 0};
    return figures_ask(load, figures_of_chapter,
        sizeof figures_of_chapter / sizeof *figures_of_chapter, tenant, &filling, err);
}
