#include "sync/flows.h"

#include <inttypes.h>

#include "base/timestamp.h"
#include "sync/devices.h"
#include "sync/document.h"
#include "sync/entities.h"
#include "sync/inventory.h"
#include "sync/listed.h"
#include "sync/members.h"
#include "sync/removal.h"
#include "sync/resumed.h"
#include "sync/users.h"

/* What each entity has; one of these, by its way. */
struct flows_part {
    struct devices *devices;
    struct inventory *inventory;
    struct listed *listed;
    struct users *users;
    struct document *document;
};

struct flows {
    struct fetch *fetch;
    struct sync_entity_report *reports;
    size_t count;
    const char *names[SYNC_MOST_ENTITIES];
    struct flows_part parts[SYNC_MOST_ENTITIES];
    struct flow flows[SYNC_MOST_ENTITIES];
    struct fetch_saving saving;
    struct resumed *resumed;
};

/* One document may tell several entities: it is asked for with the first of them. */
static bool flows_make_document(
    struct flows *flows, size_t place, struct flow *flow, struct error *err)
{
    struct sync_entity_report *report = &flows->reports[place];
    struct document *document = NULL;
    bool ok;

    for (size_t i = 0; i < place; i++) {
        if (flows->parts[i].document != NULL &&
            document_call(flows->reports[i].entity) == document_call(report->entity)) {
            document = flows->parts[i].document;
        }
    }
    if (document != NULL) {
        ok = document_add(document, report, err);
    } else {
        ok = document_new(&document, flows->fetch, report, err);
        flows->parts[place].document = document;
    }
    if (ok) {
        *flow = document_flow(document, report);
    }
    return ok;
}

static bool flows_make(struct flows *flows, size_t place, struct error *err)
{
    struct flows_part *part = &flows->parts[place];
    struct sync_entity_report *report = &flows->reports[place];
    struct fetch *fetch = flows->fetch;
    struct flow flow = {.step = NULL};
    bool ok = true;

    switch (entity_find(report->entity)->way) {
    case ENTITY_OF_DEVICES:
        fetch->devices_wanted = true;
        ok = devices_new(&part->devices, fetch, report, err);
        flow = ok ? devices_flow(part->devices) : flow;
        break;
    case ENTITY_OF_INVENTORY:
        ok = inventory_new(&part->inventory, fetch, place, report, err);
        flow = ok ? inventory_flow(part->inventory) : flow;
        break;
    case ENTITY_OF_LISTING:
        ok = listed_new(&part->listed, fetch, report, err);
        flow = ok ? listed_flow(part->listed) : flow;
        break;
    case ENTITY_OF_USERS:
        ok = users_new(&part->users, fetch, report, err);
        flow = ok ? users_flow(part->users) : flow;
        break;
    case ENTITY_OF_DOCUMENT:
        ok = flows_make_document(flows, place, &flow, err);
        break;
    }
    flows->flows[place] = flow;
    return ok;
}

static bool flows_make_all(struct flows *flows, struct error *err)
{
    struct fetch *fetch = flows->fetch;
    struct known *known = NULL;
    bool ok;

    for (size_t i = 0; i < flows->count; i++) {
        flows->names[i] = flows->reports[i].entity;
    }
    fetch->saving = fetch->saving != NULL ? fetch->saving : &flows->saving;
    fetch->saving->at = fetch->began;
    ok = roster_new(&fetch->roster, err) && memo_new(&fetch->memo, err) &&
         rejects_new(&fetch->rejects, fetch->load, fetch->run, fetch->log, err) &&
         known_read(&known, fetch->load, flows->names, flows->count, err) &&
         resumed_new(&flows->resumed, fetch, err);
    fetch->known = known;
    if (ok && fetch->tenant->privacy_count > 0) {
        rejects_hide(fetch->rejects);
    }
    if (ok && known_staged(known) > 0) {
        fetch->saving->resumed = known_staged(known);
        log_event(fetch->log, LOG_INFO,
            "%" PRId64 " answers of devices that an earlier run fetched are taken over",
            fetch->saving->resumed);
    }
    for (size_t i = 0; ok && i < flows->count; i++) {
        ok = flows_make(flows, i, err);
    }
    return ok;
}

/* In their order, before any of them gives a sign. */
static void flows_show(
    const struct fetch *fetch, const struct sync_entity_report *reports, size_t count)
{
    const struct progress_step none = {.total = -1, .calls = -1};

    for (size_t i = 0; i < count; i++) {
        fetch_show(fetch, &reports[i], UEM_CPS_DEVICE_COUNT, none);
    }
}

static void flows_release(struct flows *flows)
{
    for (size_t i = 0; i < flows->count; i++) {
        document_free(flows->parts[i].document);
        users_free(flows->parts[i].users);
        listed_free(flows->parts[i].listed);
        inventory_free(flows->parts[i].inventory);
        devices_free(flows->parts[i].devices);
    }
    resumed_free(flows->resumed);
    known_free(flows->fetch->known);
    rejects_free(flows->fetch->rejects);
    memo_free(flows->fetch->memo);
    roster_free(flows->fetch->roster);
}

/* A server that does not say which groups a device is in: each group is asked for its devices. */
static bool flows_turn_members(struct flows *flows, size_t place, struct error *err)
{
    struct members *members = NULL;
    struct flow flow;
    struct sync_entity_report *report = &flows->reports[place];
    bool keeps = false;
    bool ok = !flows->fetch->cps_off || listed_keeps_groups(flows->fetch, &keeps, err);

    report->asked = 0; /* what a batch or two were answered before the server said no */
    report->fetched = 0;
    report->unanswered = 0;
    report->failed = 0;
    if (ok && keeps) {
        report->completeness = SYNC_NOT_OFFERED;
        report->note = "CPS is not offered to this user: what is published stays";
    } else if (ok) {
        ok = members_new(&members, flows->fetch, place, report, err);
    }
    if (ok && !keeps) {
        flow = members_flow(members);
        ok = fetch_all(flows->fetch, &flow, 1, err);
    }
    members_free(members);
    return ok;
}

/* The guard, for the rows of devices that stay (promise 8). What an earlier run fetched counts as
 * what this one did. The lists that were too short are not for the next run: it asks again. */
static bool flows_check_guard(const struct flows *flows, size_t place, struct error *err)
{
    const struct fetch *fetch = flows->fetch;
    const struct sync_entity_report *report = &flows->reports[place];
    const struct inventory_entity *entity = inventory_find(report->entity);
    int64_t published = known_rows(fetch->known, place);
    int64_t lost = report->lost + known_lost(fetch->known, place);
    double most = fetch->tenant->max_removal;
    bool ok = entity == NULL || !inventory_is_guarded(entity) || fetch->allow_removal ||
              removal_is_allowed(lost, published, most);

    if (!ok) {
        load_drop(fetch->load);
        flows->fetch->saving->is_dropped = true;
        (void)error_set(err, ERROR_GUARD,
            "%" PRId64 " of %" PRId64
            " rows of %s would be removed, more than max_removal (%g %%) allows: nothing was "
            "changed; if they are really gone, run `uemsync sync --allow-removal`",
            lost, published, report->entity, most * 100);
    }
    return ok;
}

/* What can only be done when all else is. */
static bool flows_end(struct flows *flows, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < flows->count; i++) {
        const struct flows_part *part = &flows->parts[i];

        if (part->inventory != NULL && inventory_wants_members(part->inventory)) {
            ok = flows_turn_members(flows, i, err);
        }
    }
    for (size_t i = 0; ok && i < flows->count; i++) {
        ok = flows_check_guard(flows, i, err);
    }
    for (size_t i = 0; ok && i < flows->count; i++) {
        if (flows->parts[i].devices != NULL) {
            ok = devices_remove(flows->parts[i].devices, err);
        }
    }
    return ok && resumed_drop_strangers(flows->resumed, flows->fetch, err);
}

bool flows_fetch(
    struct fetch *fetch, struct sync_entity_report *reports, size_t count, struct error *err)
{
    struct flows flows = {.fetch = fetch, .reports = reports, .count = count};
    bool ok;

    fetch->began = timestamp_monotonic();
    fetch->device_count = -1;
    flows_show(fetch, reports, count);
    ok = flows_make_all(&flows, err) && fetch_all(fetch, flows.flows, count, err) &&
         flows_end(&flows, err);

    flows_release(&flows);
    return ok;
}
