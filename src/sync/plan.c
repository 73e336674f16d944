#include "sync/plan.h"

#include "load/load.h"
#include "sync/batch.h"
#include "sync/document.h"
#include "sync/entities.h"
#include "sync/inventory.h"
#include "sync/listed.h"
#include "sync/server.h"
#include "uem/walk.h"

enum { PLAN_NOT_FOUND = 404 };

int64_t plan_seconds(int64_t calls, int limit)
{
    return limit > 0 && calls > 0 ? (calls - 1) / limit * (HTTP_LIMITER_WINDOW_MS / 1000) : 0;
}

/* What the last run has published. */
struct plan_past {
    int64_t devices;
    int64_t asked;                    /* those of them that are asked for their inventory */
    int64_t ios;                      /* those of these that are iOS devices */
    int64_t rows[SYNC_MOST_ENTITIES]; /* of the entities that are chosen */
};

/* The slowest class of calls sets the time, as classes do not wait for each other. */
static int64_t plan_least_seconds(
    const struct plan *plan, const struct sync_tenant *tenant, const struct http_limiter *limiter)
{
    int64_t calls[UEM_CLASS_COUNT] = {0};
    int64_t seconds = 0;
    bool has_classes = tenant->kind == SYNC_CLOUD;

    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        calls[has_classes ? uem_call(id)->class : 0] += plan->calls[id];
    }
    for (size_t class = 0; limiter != NULL && class < (has_classes ? UEM_CLASS_COUNT : 1);
         class ++) {
        int64_t least = plan_seconds(calls[class], http_limiter_calls(limiter, class));

        seconds = least > seconds ? least : seconds;
    }
    return seconds;
}

static bool plan_count_device(void *context, const struct str *texts, struct error *err)
{
    struct plan_past *past = context;
    bool is_gone = str_is(texts[0], "RETIRED") || str_is(texts[0], "WIPED");

    (void)err;
    past->devices++;
    past->asked += is_gone ? 0 : 1;
    past->ios += !is_gone && str_is(texts[1], "IOS") ? 1 : 0;
    return true;
}

static bool plan_count_row(void *context, const struct str *texts, struct error *err)
{
    int64_t *rows = context;

    (void)texts;
    (void)err;
    (*rows)++;
    return true;
}

/* Devices by what they are asked for, and how long the lists were. */
static bool plan_read(const struct plan_settings *settings, struct load *load,
    const struct entity *const *chosen, size_t count, struct plan_past *past, struct error *err)
{
    const struct mapping *device = catalogue_find(settings->catalogue, "device");
    const size_t tenant_column = 0;
    bool ok = true;

    if (device != NULL) {
        const size_t columns[] = {relation_find_column(&device->relation, "status"),
            relation_find_column(&device->relation, "os")};

        ok = load_published(load, &device->relation, columns, 2, plan_count_device, past, err);
    }
    for (size_t i = 0; ok && i < count; i++) {
        const struct mapping *mapping = catalogue_find(settings->catalogue, chosen[i]->name);

        if (mapping != NULL && chosen[i]->way == ENTITY_OF_LISTING) {
            ok = load_published(
                load, &mapping->relation, &tenant_column, 1, plan_count_row, &past->rows[i], err);
        }
    }
    return ok;
}

/* What is published, where it can be read. */
static void plan_read_past(const struct plan_settings *settings, const struct sync_tenant *tenant,
    const struct entity *const *chosen, size_t count, struct plan_past *past)
{
    const struct load_run run = {.run_id = "plan", .tenant = tenant->name};
    struct load *load = NULL;
    struct error err = {0};

    *past = (struct plan_past){0};
    if (!load_open_reader(settings->destination, &settings->catalogue->schema, &run, settings->log,
            &load, &err) ||
        !plan_read(settings, load, chosen, count, past, &err)) {
        *past = (struct plan_past){0};
        log_event(
            settings->log, LOG_WARNING, "what the last run published cannot be read: %s", err.text);
    }
    load_close(load);
}

/* `part` of `whole` devices were of a kind; of so many devices now, rounded up. */
static int64_t plan_share(int64_t now, int64_t part, int64_t whole)
{
    return whole > 0 ? (int64_t)(((double)now * (double)part + (double)whole - 1) / (double)whole)
                     : now;
}

static void plan_inventory(struct plan *plan, const struct sync_tenant *tenant,
    const struct inventory_entity *entity, const struct plan_past *past)
{
    int64_t devices =
        plan_share(plan->devices, entity->ios_only ? past->ios : past->asked, past->devices);
    int64_t size = batch_is_of_one(entity->call) ? 1 : tenant->batch_size;
    int64_t batches = (devices + size - 1) / size;
    int64_t settings = 1;

    while (entity->settings != NULL && entity->settings[settings] != NULL) {
        settings++;
    }
    if (uem_call(entity->call)->form == UEM_JSON || secret_is_set(&tenant->password)) {
        plan->calls[entity->call] += batches * settings;
    }
}

/* Without a count to ask for, the end of a list is known by two pages more: one of the last record
 * alone, and an empty one. */
static void plan_listing(
    struct plan *plan, const struct sync_tenant *tenant, enum uem_call_id call, int64_t rows)
{
    plan->calls[call] += uem_walk_pages(rows, tenant->page_size) + 2;
}

/* A call, be it for several entities; of sessions one for each app. */
static void plan_document(
    struct plan *plan, const struct sync_tenant *tenant, enum uem_call_id call)
{
    int64_t documents = 1;

    if (call == UEM_V1_ANALYTICS) {
        for (documents = 0; tenant->appconnect_apps[documents] != NULL;) {
            documents++;
        }
    }
    plan->calls[call] = secret_is_set(&tenant->password) ? documents : 0;
}

static bool plan_users(
    struct plan *plan, const struct sync_tenant *tenant, struct server *server, struct error *err)
{
    const struct uem_arguments all = {0};
    int64_t users = 0;
    bool ok = server_count(server, UEM_CPS_USER_COUNT, &all, &users, err);

    /* Where all cannot be counted at once, a run finds them letter by letter, and so would this. */
    if (!ok && err->kind == ERROR_SERVER && server->has_answered) {
        error_clear(err);
        ok = true;
        users = plan->devices;
    }
    plan->calls[UEM_CPS_USER_METADATA] += 1;
    plan->calls[UEM_CPS_USER_COUNT] += 1;
    plan->calls[UEM_CPS_USER_LIST] += uem_walk_pages(users, tenant->page_size);
    return ok;
}

static bool plan_entity(struct plan *plan, const struct sync_tenant *tenant, struct server *server,
    const struct entity *entity, const struct plan_past *past, int64_t rows, struct error *err)
{
    bool ok = true;

    bool has_v1 = tenant->kind == SYNC_CORE && secret_is_set(&tenant->password);
    size_t statuses = 0;

    switch (entity->way) {
    case ENTITY_OF_DEVICES:
        (void)uem_v1_statuses(&statuses);
        plan->calls[UEM_V1_DEVICES] += has_v1 ? (int64_t)statuses : 0;
        plan->calls[UEM_CPS_DEVICE_COUNT] += 1;
        plan->calls[UEM_CPS_DEVICE_METADATA] += 1;
        plan->calls[UEM_CPS_DEVICE_LIST] += uem_walk_pages(plan->devices, tenant->page_size);
        break;
    case ENTITY_OF_INVENTORY:
        plan_inventory(plan, tenant, inventory_find(entity->name), past);
        break;
    case ENTITY_OF_LISTING:
        plan_listing(plan, tenant, listed_call(entity->name), rows);
        if (has_v1 && listed_v1_call(entity->name) != UEM_CALL_COUNT) {
            plan->calls[listed_v1_call(entity->name)] += 1;
        }
        break;
    case ENTITY_OF_USERS:
        ok = plan_users(plan, tenant, server, err);
        break;
    case ENTITY_OF_DOCUMENT:
        plan_document(plan, tenant, document_call(entity->name));
        break;
    }
    return ok;
}

/* What the server counts; or, of a Core whose CPS is off, that it is: v1 speaks alone then. */
static bool plan_count(struct plan *plan, const struct sync_tenant *tenant, struct server *server,
    bool *is_cps_off, struct error *err)
{
    const struct uem_arguments all = {0};
    struct server_number count;
    bool has_v1 = tenant->kind == SYNC_CORE && secret_is_set(&tenant->password);
    bool ok = server_start_number(server, UEM_CPS_DEVICE_COUNT, &all, &count, err);

    while (ok && !count.is_done) {
        ok = server_turn(server, err);
    }
    *is_cps_off = ok && has_v1 && !count.result.ok &&
                  (count.result.error.kind == ERROR_ROLE || count.result.status == PLAN_NOT_FOUND);
    if (ok && !count.result.ok && !*is_cps_off) {
        *err = count.result.error;
        ok = false;
    }
    plan->devices = ok && count.result.ok ? count.number : 0;
    return ok;
}

/* Calls of CPS are not made where it is off. */
static void plan_drop_cps(struct plan *plan, const struct plan_settings *settings, int64_t devices)
{
    plan->devices = devices;
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        plan->calls[id] = uem_call(id)->form != UEM_JSON ? plan->calls[id] : 0;
    }
    log_event(settings->log, LOG_WARNING,
        "CPS is not offered to this user: the plan is of the v1 web services alone");
}

bool plan_tenant(const struct plan_settings *settings, const struct sync_tenant *tenant,
    struct plan *plan, struct error *err)
{
    struct http_limiter *limiter = limits_find(settings->limits, tenant);
    const struct entity *chosen[SYNC_MOST_ENTITIES];
    size_t count = entity_choose(tenant, settings->entities, settings->entity_count, chosen);
    struct plan_past past;
    struct server server = {0};
    bool is_cps_off = false;
    bool ok = server_open(&server, tenant, limiter, settings->version, settings->log, err);

    *plan = (struct plan){.devices = 0};
    ok = ok && plan_count(plan, tenant, &server, &is_cps_off, err);
    if (ok) {
        plan_read_past(settings, tenant, chosen, count, &past);
        plan->knows_a_run = past.devices > 0;
    }
    for (size_t i = 0; ok && i < count; i++) {
        if (!is_cps_off || chosen[i]->way != ENTITY_OF_USERS) {
            ok = plan_entity(plan, tenant, &server, chosen[i], &past, past.rows[i], err);
        }
    }
    if (ok && is_cps_off) {
        plan_drop_cps(plan, settings, past.devices);
    }
    for (enum uem_call_id id = 0; ok && id < UEM_CALL_COUNT; id++) {
        plan->total += plan->calls[id];
    }
    if (ok) {
        plan->seconds = plan_least_seconds(plan, tenant, limiter);
    }
    server_close(&server);
    return ok;
}
