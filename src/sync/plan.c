#include "sync/plan.h"

#include "sync/server.h"
#include "uem/walk.h"

int64_t plan_seconds(int64_t calls, int limit)
{
    return limit > 0 && calls > 0 ? (calls - 1) / limit * (HTTP_LIMITER_WINDOW_MS / 1000) : 0;
}

/* The slowest class of calls sets the time, as classes do not wait for each other. */
static int64_t plan_least_seconds(
    const struct plan *plan, const struct sync_tenant *tenant, const struct http_limiter *limiter)
{
    int64_t calls[UEM_CLASS_COUNT] = {0};
    int64_t seconds = 0;
    bool has_classes = tenant->kind == SYNC_CLOUD;

    for (int id = 0; id < UEM_CALL_COUNT; id++) {
        calls[has_classes ? uem_call(id)->class : 0] += plan->calls[id];
    }
    for (size_t class = 0; limiter != NULL && class < (has_classes ? UEM_CLASS_COUNT : 1);
         class ++) {
        int64_t least = plan_seconds(calls[class], http_limiter_calls(limiter, class));

        seconds = least > seconds ? least : seconds;
    }
    return seconds;
}

bool plan_tenant(const struct sync_tenant *tenant, const struct limits *limits, const char *version,
    const struct log *log, struct plan *plan, struct error *err)
{
    struct http_limiter *limiter = limits_find(limits, tenant);
    struct server server = {0};
    bool ok = server_open(&server, tenant, limiter, version, log, err);

    *plan = (struct plan){.devices = 0};
    ok = ok && server_count_devices(&server, NULL, &plan->devices, err);
    if (ok) {
        plan->calls[UEM_CPS_DEVICE_COUNT] = 1;
        plan->calls[UEM_CPS_DEVICE_METADATA] = 1;
        plan->calls[UEM_CPS_DEVICE_LIST] = uem_walk_pages(plan->devices, tenant->page_size);
        for (int id = 0; id < UEM_CALL_COUNT; id++) {
            plan->total += plan->calls[id];
        }
        plan->seconds = plan_least_seconds(plan, tenant, limiter);
    }
    server_close(&server);
    return ok;
}
