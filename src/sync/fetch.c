#include "sync/fetch.h"

#include <string.h>

#include "base/timestamp.h"
#include "sync/entities.h"
#include "sync/personal.h"

/* How often what is fetched is saved: each time that so much of the run has gone by. */
enum { FETCH_SAVE_MS = 250, FETCH_SAVE_SHARE = 8 };

enum { FETCH_NOT_FOUND = 404, FETCH_NOT_ALLOWED = 405, FETCH_NOT_IMPLEMENTED = 501 };

static void fetch_show_end(const struct fetch *fetch, const struct sync_entity_report *report)
{
    enum progress_end end = PROGRESS_DONE;

    if (report->error.kind != ERROR_NONE) {
        end = PROGRESS_GIVEN_UP;
    } else if (report->completeness == SYNC_NOT_OFFERED) {
        end = PROGRESS_NOT_OFFERED;
    }
    progress_end(fetch->progress, fetch->tenant->name, report->entity, end);
}

static bool fetch_step(const struct fetch *fetch, struct flow *flow, struct error *err)
{
    bool ok = flow->step(flow->context, &flow->is_done, err);

    if (flow->is_done) {
        flow->report->seconds = (double)(timestamp_monotonic() - fetch->began) / 1000;
        fetch_show_end(fetch, flow->report);
    }
    return ok;
}

static bool fetch_step_all(
    const struct fetch *fetch, struct flow *flows, size_t count, bool *is_done, struct error *err)
{
    bool ok = true;

    *is_done = true;
    for (size_t i = 0; ok && i < count; i++) {
        if (!flows[i].is_done) {
            ok = fetch_step(fetch, &flows[i], err);
            *is_done = *is_done && flows[i].is_done;
        }
    }
    return ok;
}

/* The first flow that has a call to make makes it, and all wait for its answer. */
static bool fetch_first(
    struct fetch *fetch, struct flow *flows, size_t count, bool *is_done, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count && http_in_flight(fetch->server->http) == 0; i++) {
        if (!flows[i].is_done) {
            ok = fetch_step(fetch, &flows[i], err);
        }
    }
    while (ok && http_in_flight(fetch->server->http) > 0) {
        progress_tick(fetch->progress);
        ok = server_turn(fetch->server, err);
    }
    *is_done = true;
    for (size_t i = 0; i < count; i++) {
        *is_done = *is_done && flows[i].is_done;
    }
    return ok;
}

/* A run that is killed loses an eighth of its time at most, or what it got in a quarter of a
 * second.
 */
static bool fetch_is_to_be_saved(const struct fetch *fetch, int64_t now)
{
    int64_t span = (now - fetch->began) / FETCH_SAVE_SHARE;

    return fetch->saving->unsaved > 0 &&
           now - fetch->saving->at >= (span > FETCH_SAVE_MS ? span : FETCH_SAVE_MS);
}

bool fetch_save(const struct fetch *fetch, struct error *err)
{
    bool ok = load_save(fetch->load, err);

    if (ok) {
        fetch->saving->saved += fetch->saving->unsaved;
        fetch->saving->unsaved = 0;
        fetch->saving->at = timestamp_monotonic();
    }
    return ok;
}

bool fetch_all(struct fetch *fetch, struct flow *flows, size_t count, struct error *err)
{
    bool is_done = count == 0;
    bool ok = true;

    while (ok && !is_done) {
        ok = fetch->server->has_answered ? fetch_step_all(fetch, flows, count, &is_done, err)
                                         : fetch_first(fetch, flows, count, &is_done, err);
        progress_tick(fetch->progress);
        if (ok && !is_done && http_in_flight(fetch->server->http) > 0) {
            ok = server_turn(fetch->server, err);
        }
        if (ok && fetch_is_to_be_saved(fetch, timestamp_monotonic())) {
            ok = fetch_save(fetch, err);
        }
    }
    return ok;
}

void fetch_show(const struct fetch *fetch, const struct sync_entity_report *report,
    enum uem_call_id call, struct progress_step step)
{
    if (fetch->progress != NULL) {
        step.class = server_class(fetch->server, call);
        progress_show(fetch->progress, fetch->tenant->name, report->entity, &step);
    }
}

bool fetch_new_mapper(const struct fetch *fetch, const struct mapping *mapping,
    enum mapping_voice voice, struct mapper **mapper, struct error *err)
{
    bool is_dropped =
        strcmp(mapping->relation.name, "device_profile") == 0 && !fetch->tenant->profile_content;
    bool lacking[MAPPING_MOST_COLUMNS];
    struct personal personal;
    const struct mapper_options options = {
        .tenant = fetch->tenant->name,
        .kind = fetch->tenant->kind == SYNC_CORE ? MAPPING_CORE : MAPPING_CLOUD,
        .voice = voice,
        .zone = fetch->tenant->zone,
        .dropped = is_dropped ? "content" : NULL,
        .lacking = lacking,
        .privacy = &personal.settings,
        .keeps_coordinates =
            personal_keeps_coordinates(fetch->tenant, fetch->names, fetch->name_count),
    };

    personal_fill(&personal, fetch->tenant);
    for (size_t i = 0; i < mapping->relation.column_count; i++) {
        lacking[i] = load_lacks(fetch->load, &mapping->relation, i);
    }

    return mapper_new(mapper, mapping, &options, err);
}

bool fetch_find_mapping(const struct fetch *fetch, const char *entity,
    const struct mapping **mapping, struct error *err)
{
    *mapping = catalogue_find(fetch->catalogue, entity);
    return *mapping != NULL || error_set(err, ERROR_CONFIG, "no mapping file for %s", entity);
}

void fetch_count_calls(struct sync_entity_report *report, const struct server_result *result)
{
    report->calls += result->tries;
    report->retries += result->tries > 1 ? result->tries - 1 : 0;
    report->bytes += result->bytes;
}

bool fetch_is_there(const struct fetch *fetch, bool *is_there, struct error *err)
{
    const struct uem_arguments none = {0};
    struct server_number count;
    bool ok = server_start_number(fetch->server, UEM_CPS_DEVICE_COUNT, &none, &count, err);

    while (ok && !count.is_done) {
        ok = server_turn(fetch->server, err);
    }
    /* Whatever it answers: CPS can be switched off. */
    *is_there = ok && count.result.status != 0;
    if (ok && !*is_there) {
        *err = count.result.error;
        ok = err->kind == ERROR_SERVER;
    }
    return ok;
}

/* An export publishes nothing. */
static void fetch_say_given_up(const struct fetch *fetch, const struct sync_entity_report *report)
{
    log_event(fetch->log, LOG_ERROR, "%s: %s: %s", report->entity,
        fetch->once ? "given up" : "given up, what is published stays", report->error.text);
}

bool fetch_give_up(const struct fetch *fetch, struct sync_entity_report *report,
    const struct server_result *result, struct error *err)
{
    bool is_unknown = result->status == FETCH_NOT_FOUND || result->status == FETCH_NOT_ALLOWED ||
                      result->status == FETCH_NOT_IMPLEMENTED ||
                      (fetch->cps_off && result->error.kind == ERROR_ROLE);
    bool is_own = is_unknown || result->error.kind == ERROR_ROLE ||
                  (result->error.kind == ERROR_SERVER && result->status != 0);
    bool ok = true;

    if (result->error.kind == ERROR_SERVER && result->status == 0) {
        ok = fetch_is_there(fetch, &is_own, err);
    }
    if (!ok) {
        is_own = false;
    } else if (!is_own) {
        *err = result->error;
    } else if (is_unknown &&
               !entity_is_named(fetch->tenant, fetch->names, fetch->name_count, report->entity)) {
        report->completeness = SYNC_NOT_OFFERED;
        log_event(fetch->log, LOG_WARNING, "%s: not offered by this server: %s", report->entity,
            result->error.text);
    } else {
        report->completeness = SYNC_UNPROVEN;
        report->error = result->error;
        fetch_say_given_up(fetch, report);
    }
    return is_own;
}

static bool fetch_is_named(const struct fetch *fetch, const struct sync_entity_report *report)
{
    return entity_is_named(fetch->tenant, fetch->names, fetch->name_count, report->entity);
}

static void fetch_note_not_offered(
    const struct fetch *fetch, struct sync_entity_report *report, const char *why)
{
    report->completeness = SYNC_NOT_OFFERED;
    log_event(fetch->log, LOG_WARNING, "%s: not offered by this server: %s", report->entity, why);
}

bool fetch_give_up_v1(const struct fetch *fetch, struct sync_entity_report *report,
    const struct server_result *result, struct error *err)
{
    bool is_refused = result->error.kind == ERROR_ROLE && !fetch_is_named(fetch, report);

    if (is_refused) {
        fetch_note_not_offered(fetch, report, result->error.text);
    }
    return is_refused || fetch_give_up(fetch, report, result, err);
}

bool fetch_lacks_v1(const struct fetch *fetch, struct sync_entity_report *report)
{
    static const char why[] = "the v1 web services want a password, and the tenant has none";
    bool lacks = !secret_is_set(&fetch->tenant->password);

    if (lacks && fetch_is_named(fetch, report)) {
        report->completeness = SYNC_UNPROVEN;
        (void)error_set(&report->error, ERROR_CREDENTIALS, "%s", why);
        fetch_say_given_up(fetch, report);
    } else if (lacks) {
        fetch_note_not_offered(fetch, report, why);
    }
    return lacks;
}
