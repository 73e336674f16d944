#include "sync/inventory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "sync/batch.h"

enum {
    /* So many devices in a row that fail alone, and none between them that does not: it is the
     * call, and not the devices. Where some were answered before, it may be the devices: they can
     * be neighbours. */
    INVENTORY_MOST_FAILURES = 8,
    INVENTORY_MOST_NEIGHBOURS = 64,
    INVENTORY_SERVER_ERROR = 500,
    INVENTORY_ANSWERED = 200,
    INVENTORY_BAD_REQUEST = 400,
    INVENTORY_NOT_FOUND = 404,
    INVENTORY_TOO_LARGE = 413,
};

static const char *const inventory_settings[] = {"DATA_ROAMING", "PERSONAL_HOTSPOT", NULL};

static const struct inventory_entity inventory_entities[] = {
    {.name = "device_app", .call = UEM_CPS_APPLICATION, .is_checked_in = true},
    {.name = "device_certificate",
        .call = UEM_CPS_CERTIFICATE,
        .ios_only = true,
        .is_checked_in = true},
    {.name = "device_profile", .call = UEM_CPS_PROFILE, .ios_only = true, .is_checked_in = true},
    {.name = "device_setting",
        .call = UEM_CPS_SETTING,
        .ios_only = true,
        .is_checked_in = true,
        .settings = inventory_settings},
    {.name = "device_location", .call = UEM_CPS_LOCATION, .is_checked_in = true},
    {.name = "device_configuration", .call = UEM_V1_PROFILES, .is_checked_in = true},
    /* Groups change by an administrator's hand too. */
    {.name = "device_group_member", .call = UEM_CPS_GROUPS_OF_DEVICES},
};

const struct inventory_entity *inventory_find(const char *name)
{
    const struct inventory_entity *found = NULL;

    for (size_t i = 0; i < sizeof inventory_entities / sizeof *inventory_entities; i++) {
        if (strcmp(inventory_entities[i].name, name) == 0) {
            found = &inventory_entities[i];
        }
    }
    return found;
}

bool inventory_is_guarded(const struct inventory_entity *entity)
{
    return entity->is_checked_in &&
           (uem_call(entity->call)->inner != NULL || batch_is_of_one(entity->call));
}

struct inventory {
    struct fetch *fetch;
    const struct inventory_entity *entity;
    struct sync_entity_report *report;
    struct batch_input input;

    /* Devices are asked for by GUID where the call takes one, as they are listed; and then, once
     * all are listed, the others by identifier, as only then it is known which one is meant. */
    bool by_guid;
    size_t cursor;           /* the next place of the roster */
    struct batch *gathering; /* not full yet */
    struct batch *waiting;   /* halves of batches that failed */
    struct batch *active;    /* their calls are in flight */
    size_t active_count;
    int64_t due; /* devices that were gathered, for the progress */
    bool has_answered;
    int failures; /* devices in a row that failed alone */
    bool is_given_up;
    struct error refusal; /* why */
    bool wants_members;
};

static bool inventory_asks_by_guid_alone(const struct inventory *inventory)
{
    enum uem_call_id call = inventory->entity->call;

    return uem_call(call)->asks == UEM_ASKS_GUID || batch_is_of_one(call);
}

static bool inventory_asks_by_guid(const struct inventory *inventory)
{
    return uem_call(inventory->entity->call)->asks == UEM_ASKS_EITHER ||
           inventory_asks_by_guid_alone(inventory);
}

static enum mapping_voice inventory_voice(const struct inventory_entity *entity)
{
    return uem_call(entity->call)->form == UEM_JSON ? MAPPING_CPS : MAPPING_V1;
}

bool inventory_new(struct inventory **inventory, struct fetch *fetch, size_t entity,
    struct sync_entity_report *report, struct error *err)
{
    const struct mapping *mapping = NULL;
    struct inventory *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    ok = ok && fetch_find_mapping(fetch, report->entity, &mapping, err);
    if (ok) {
        made->fetch = fetch;
        made->entity = inventory_find(report->entity);
        made->report = report;
        made->by_guid = inventory_asks_by_guid(made);
        made->input = (struct batch_input){.fetch = fetch,
            .entity = entity,
            .call = made->entity->call,
            .settings = made->entity->settings,
            .every_run = !made->entity->is_checked_in,
            .mapping = mapping,
            .report = report};
        made->input.hash = hash_new(err);
        ok = made->input.hash != NULL &&
             fetch_new_mapper(
                 fetch, mapping, inventory_voice(made->entity), &made->input.mapper, err);
        made->is_given_up =
            ok && inventory_voice(made->entity) == MAPPING_V1 && fetch_lacks_v1(fetch, report);
    }
    if (!ok) {
        inventory_free(made);
        made = NULL;
    }
    *inventory = made;
    return ok;
}

static void inventory_free_batches(struct batch *batches)
{
    while (batches != NULL) {
        struct batch *next = batches->next;

        batch_free(batches);
        batches = next;
    }
}

void inventory_free(struct inventory *inventory)
{
    if (inventory != NULL) {
        inventory_free_batches(inventory->active);
        inventory_free_batches(inventory->waiting);
        batch_free(inventory->gathering);
        mapper_free(inventory->input.mapper);
        hash_free(inventory->input.hash);
    }
    free(inventory);
}

bool inventory_wants_members(const struct inventory *inventory)
{
    return inventory->wants_members;
}

/* Whether the device can be asked in this pass: by GUID, or by an identifier that means it. Where
 * the call takes either, it is the one that CPS itself told. */
static bool inventory_can_ask(const struct inventory *inventory, const struct roster_device *device)
{
    bool by_guid_alone = inventory_asks_by_guid_alone(inventory);
    bool has_guid = device->has_guid && (by_guid_alone || !device->is_guid_v1s);
    bool is_left = !inventory_asks_by_guid(inventory) || (!has_guid && !by_guid_alone);

    return !device->is_gone && (!inventory->entity->ios_only || device->is_ios) &&
           (inventory->by_guid ? has_guid : is_left && device->is_latest);
}

static bool inventory_is_due(const struct inventory *inventory, const struct roster_device *device,
    bool *is_due, struct error *err)
{
    const struct fetch *fetch = inventory->fetch;
    char text[ROSTER_ID_SIZE];
    uint64_t id = 0;
    bool ok = true;

    *is_due = fetch->full || !inventory->entity->is_checked_in;
    if (!*is_due) {
        ok = known_id(roster_id(device, text), &id, err);
        *is_due =
            ok && known_is_due(known_find(fetch->known, inventory->input.entity, id), id,
                      device->check_in_at, fetch->run->started_at, fetch->tenant->refetch_after_ms);
    }
    return ok;
}

static bool inventory_is_full(const struct inventory *inventory)
{
    size_t most =
        batch_is_of_one(inventory->entity->call) ? 1 : (size_t)inventory->fetch->tenant->batch_size;

    return inventory->gathering != NULL && inventory->gathering->count >= most;
}

static bool inventory_add(struct inventory *inventory, size_t place, struct error *err)
{
    struct batch *batch = inventory->gathering;

    if (batch == NULL) {
        batch = batch_new(&inventory->input, inventory->by_guid);
        inventory->gathering = batch;
    }
    if (batch != NULL) {
        inventory->due++;
        batch->devices[batch->count++] = (struct batch_device){.place = (uint32_t)place,
            .check_in_at = roster_at(inventory->fetch->roster, place)->check_in_at};
    }
    return batch != NULL || error_memory(err);
}

/* Gathers devices that are due, up to a batch or to the end of the roster. */
static bool inventory_gather(struct inventory *inventory, struct error *err)
{
    const struct roster *roster = inventory->fetch->roster;
    bool ok = true;

    while (ok && !inventory_is_full(inventory) && inventory->cursor < roster_count(roster)) {
        const struct roster_device *device = roster_at(roster, inventory->cursor);
        bool is_due = false;

        if (inventory_can_ask(inventory, device)) {
            ok = inventory_is_due(inventory, device, &is_due, err) &&
                 (!is_due || inventory_add(inventory, inventory->cursor, err));
        }
        inventory->cursor++;
    }
    return ok;
}

/* All devices are listed, and this pass has seen them all. */
static bool inventory_pass_is_over(const struct inventory *inventory)
{
    return inventory->fetch->devices_listed &&
           inventory->cursor == roster_count(inventory->fetch->roster);
}

/* The next batch to be called for, or NULL: there is none, or none yet. */
static bool inventory_next(struct inventory *inventory, struct batch **next, struct error *err)
{
    bool ok = true;

    *next = inventory->waiting;
    if (*next != NULL) {
        inventory->waiting = (*next)->next;
    } else if (inventory->by_guid || inventory->fetch->devices_listed) {
        ok = inventory_gather(inventory, err);
        if (ok && (inventory_is_full(inventory) || inventory_pass_is_over(inventory))) {
            *next = inventory->gathering;
            inventory->gathering = NULL;
        }
        if (ok && *next == NULL && inventory->by_guid && inventory_pass_is_over(inventory)) {
            inventory->by_guid = false;
            inventory->cursor = 0;
            ok = inventory_next(inventory, next, err);
        }
    }
    return ok;
}

static bool inventory_start_batch(
    struct inventory *inventory, struct batch *batch, struct error *err)
{
    batch->next = inventory->active;
    inventory->active = batch;
    inventory->active_count++;
    return batch_start(batch, err);
}

static bool inventory_start_batches(struct inventory *inventory, struct error *err)
{
    struct batch *next = NULL;
    bool more = !inventory->is_given_up &&
                server_may_start(inventory->fetch->server, inventory->entity->call);
    bool ok = true;

    while (ok && more && inventory->active_count < (size_t)inventory->fetch->tenant->connections) {
        ok = inventory_next(inventory, &next, err);
        more = ok && next != NULL;
        ok = ok && (!more || inventory_start_batch(inventory, next, err));
        more = more && server_may_start(inventory->fetch->server, inventory->entity->call);
    }
    return ok;
}

/* What was answered before a call failed is done. Settings are answered by two calls. */
static bool inventory_is_left(const struct inventory *inventory, const struct batch_device *device)
{
    return device->answered == 0 || inventory->entity->settings != NULL;
}

/* Moves the first `count` of the devices that are left in a batch to one of their own, which
 * waits. */
static bool inventory_split_off(
    struct inventory *inventory, struct batch *batch, size_t count, struct error *err)
{
    struct batch *half = batch_new(&inventory->input, batch->by_guid);
    size_t kept = 0;

    for (size_t i = 0; half != NULL && i < batch->count; i++) {
        if (half->count < count && inventory_is_left(inventory, &batch->devices[i])) {
            half->devices[half->count++] = batch->devices[i];
        } else {
            batch->devices[kept++] = batch->devices[i];
        }
    }
    if (half != NULL) {
        half->setting = batch->setting; /* those before it were answered */
        batch->count = kept;
        half->next = inventory->waiting;
        inventory->waiting = half;
    }
    return half != NULL || error_memory(err);
}

/* A batch that failed: two halves of what is left wait, and what was answered stays. */
static bool inventory_halve(struct inventory *inventory, struct batch *batch, struct error *err)
{
    size_t left = 0;
    bool ok = true;

    for (size_t i = 0; i < batch->count; i++) {
        left += inventory_is_left(inventory, &batch->devices[i]) ? 1 : 0;
    }
    if (left > 1) {
        log_event(inventory->fetch->log, LOG_INFO, "%s: a batch of %zu devices is halved: %s",
            inventory->report->entity, batch->count, batch->result.error.text);
        ok = inventory_split_off(inventory, batch, left / 2, err);
        left -= left / 2;
    }
    if (ok && left > 0) {
        ok = inventory_split_off(inventory, batch, left, err);
    }
    return ok;
}

/* A device whose inventory the server does not give, asked alone. */
static bool inventory_reject_culprit(
    struct inventory *inventory, struct batch *batch, struct error *err)
{
    char text[ROSTER_ID_SIZE];
    struct str id = roster_id(roster_at(inventory->fetch->roster, batch->devices[0].place), text);
    const struct rejected rejected = {
        .key = id, .reason = batch->result.error.text, .text = id, .bytes = 0};

    batch->devices[0].failed |= 1U << batch->setting;
    inventory->failures++;
    return rejects_add(inventory->fetch->rejects, inventory->report, &rejected, err);
}

static bool inventory_give_up(
    struct inventory *inventory, const struct server_result *result, struct error *err)
{
    bool is_of_groups = inventory->fetch->tenant->kind == SYNC_CORE &&
                        inventory->entity->call == UEM_CPS_GROUPS_OF_DEVICES;
    bool is_old_core = is_of_groups && result->status == INVENTORY_NOT_FOUND;
    bool is_cps_off =
        is_of_groups && inventory->fetch->cps_off && inventory->input.mapping->v1 != NULL;
    bool ok = true;

    if (!inventory->is_given_up && (is_old_core || is_cps_off)) {
        inventory->wants_members = true;
    } else if (!inventory->is_given_up) {
        inventory->refusal = result->error;
        ok = fetch_give_up(inventory->fetch, inventory->report, result, err);
    }
    inventory->is_given_up = true;
    inventory_free_batches(inventory->waiting);
    inventory->waiting = NULL;
    return ok;
}

/* The server answered, and not for want of a right or of time. */
static bool inventory_has_failed_on(const struct server_result *result)
{
    return result->error.kind == ERROR_SERVER &&
           (result->status == INVENTORY_SERVER_ERROR || result->status == INVENTORY_ANSWERED ||
               result->status == INVENTORY_BAD_REQUEST || result->status == INVENTORY_TOO_LARGE);
}

/* Whether less at once may go better: the server failed on what was asked, and is there. */
static bool inventory_is_worth_halving(const struct inventory *inventory,
    const struct server_result *result, bool *is_worth, struct error *err)
{
    bool ok = true;

    if (result->error.kind == ERROR_SERVER && result->status == 0) {
        ok = fetch_is_there(inventory->fetch, is_worth, err);
    } else {
        *is_worth = inventory_has_failed_on(result);
    }
    return ok;
}

/* A batch whose call failed. */
static bool inventory_take_failure(
    struct inventory *inventory, struct batch *batch, struct error *err)
{
    int most = inventory->has_answered ? INVENTORY_MOST_NEIGHBOURS : INVENTORY_MOST_FAILURES;
    bool is_worth = false;
    bool ok = inventory_is_worth_halving(inventory, &batch->result, &is_worth, err);

    if (!ok) {
        /* The run ends. */
    } else if (!is_worth) {
        ok = inventory_give_up(inventory, &batch->result, err);
    } else if (batch->count > 1 || !inventory_is_left(inventory, &batch->devices[0])) {
        ok = inventory_halve(inventory, batch, err) && batch_end(batch, err);
    } else {
        ok = inventory_reject_culprit(inventory, batch, err) && batch_end(batch, err);
        if (ok && inventory->failures >= most) {
            ok = inventory_give_up(inventory, &batch->result, err);
        }
    }
    return ok;
}

static size_t inventory_count(const struct batch *batches)
{
    size_t count = 0;

    for (; batches != NULL; batches = batches->next) {
        count += batches->count;
    }
    return count;
}

/* The calls for so many devices that are due, rounded up. */
static int64_t inventory_calls(const struct inventory *inventory, double devices)
{
    double most =
        batch_is_of_one(inventory->entity->call) ? 1 : (double)inventory->fetch->tenant->batch_size;
    int64_t calls = (int64_t)(devices / most);
    int64_t settings = 1;

    calls += (double)calls * most < devices ? 1 : 0;
    while (inventory->entity->settings != NULL && inventory->entity->settings[settings] != NULL) {
        settings++;
    }
    return calls * settings;
}

/* A device that is not due is seen to once it was looked at. How many of those that were not looked
 * at yet are due is guessed by the share of the others. */
static void inventory_show(const struct inventory *inventory)
{
    const struct fetch *fetch = inventory->fetch;
    int64_t listed = (int64_t)roster_count(fetch->roster);
    int64_t total = fetch->devices_listed ? listed : fetch->device_count;
    int64_t seen = inventory->by_guid || !inventory_asks_by_guid(inventory)
                       ? (int64_t)inventory->cursor
                       : listed;
    size_t waiting = inventory_count(inventory->waiting) + inventory_count(inventory->gathering);
    size_t pending = waiting + inventory_count(inventory->active);
    struct progress_step step = {
        .done = seen - (int64_t)pending, .total = total >= listed ? total : -1, .calls = -1};

    if (seen > 0 && total >= listed) {
        double due = (double)(total - seen) * (double)inventory->due / (double)seen;

        step.calls = inventory_calls(inventory, due + (double)waiting);
    }
    fetch_show(fetch, inventory->report, inventory->entity->call, step);
}

/* A batch whose call is done: on to its next call, or it ends. *is_over: it can be freed. */
static bool inventory_take_done(
    struct inventory *inventory, struct batch *batch, bool *is_over, struct error *err)
{
    bool ok = true;

    *is_over = !batch->result.ok || batch_is_over(batch);
    if (!*is_over) {
        ok = batch_start(batch, err);
    } else if (!batch->result.ok) {
        ok = inventory_take_failure(inventory, batch, err);
    } else {
        inventory->failures = 0;
        inventory->has_answered = inventory->has_answered || batch->count > 0;
        ok = batch_end(batch, err);
    }
    return ok;
}

static bool inventory_take_all_done(struct inventory *inventory, struct error *err)
{
    struct batch **link = &inventory->active;
    bool ok = true;

    while (ok && *link != NULL) {
        struct batch *batch = *link;
        bool is_over = false;

        if (batch->is_done) {
            ok = inventory_take_done(inventory, batch, &is_over, err);
        }
        if (is_over) {
            *link = batch->next;
            inventory->active_count--;
            batch_free(batch);
        } else {
            link = &batch->next;
        }
    }
    return ok;
}

static bool inventory_has_asked_all(const struct inventory *inventory)
{
    return !inventory->by_guid && inventory_pass_is_over(inventory) && inventory->waiting == NULL &&
           inventory->gathering == NULL;
}

/* A call that was answered for some devices is offered, in whatever order the answers came. */
static void inventory_judge_offer(const struct inventory *inventory)
{
    struct sync_entity_report *report = inventory->report;

    if (report->completeness == SYNC_NOT_OFFERED && report->asked > 0) {
        report->completeness = SYNC_UNPROVEN;
        report->error = inventory->refusal;
        log_event(inventory->fetch->log, LOG_ERROR, "%s: given up, as only some were answered",
            report->entity);
    }
}

/* Devices without a GUID, where the call knows no other name of them. */
static void inventory_tell_nameless(const struct inventory *inventory)
{
    const struct roster *roster = inventory->fetch->roster;
    size_t count = 0;

    for (size_t i = 0; i < roster_count(roster); i++) {
        const struct roster_device *device = roster_at(roster, i);

        count += !device->is_gone && !device->has_guid ? 1 : 0;
    }
    if (count > 0 && inventory_asks_by_guid_alone(inventory)) {
        log_event(inventory->fetch->log, LOG_WARNING,
            "%s: %zu devices without a GUID cannot be asked for: the call takes GUIDs alone",
            inventory->report->entity, count);
    }
}

/* A server that passes over every device it is asked for does so without a word. */
static void inventory_warn_unanswered(const struct inventory *inventory)
{
    const struct sync_entity_report *report = inventory->report;

    if (report->asked > 0 && report->unanswered == report->asked) {
        log_event(inventory->fetch->log, LOG_WARNING,
            "%s: none of the %" PRId64
            " devices asked for is in the answers; what is published stays",
            report->entity, report->asked);
    }
}

static bool inventory_step(void *context, bool *is_done, struct error *err)
{
    struct inventory *inventory = context;
    struct sync_entity_report *report = inventory->report;
    bool ok = inventory_take_all_done(inventory, err) && inventory_start_batches(inventory, err);

    if (fetch_is_watched(inventory->fetch) && !inventory->is_given_up) {
        inventory_show(inventory);
    }
    *is_done =
        inventory->active == NULL && (inventory->is_given_up || inventory_has_asked_all(inventory));
    if (ok && *is_done && inventory->is_given_up) {
        inventory_judge_offer(inventory);
    } else if (ok && *is_done && inventory->fetch->cps_off && report->calls == 0) {
        report->completeness = SYNC_NOT_OFFERED; /* it knows devices by the names that CPS gives */
    } else if (ok && *is_done) {
        report->completeness = report->failed > 0 ? SYNC_UNPROVEN : SYNC_PROVEN;
        inventory_warn_unanswered(inventory);
        inventory_tell_nameless(inventory);
    }
    return ok;
}

struct flow inventory_flow(struct inventory *inventory)
{
    return (struct flow){.step = inventory_step, .context = inventory, .report = inventory->report};
}
