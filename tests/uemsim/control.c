#include "control.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "route.h"

static void append_key(struct buf *out, const char *before, const char *name, uint64_t number)
{
    buf_text(out, before);
    buf_json_string(out, name);
    buf_text(out, ":");
    buf_number(out, number);
}

static void append_calls(const struct stats *now, struct buf *out)
{
    const char *before = "{";

    for (size_t at = 0; at < route_count(); at++) {
        const struct route *const route = route_at(at);
        if (now->calls[at] > 0) {
            struct buf name = {0};
            buf_text(&name, route->method == NULL ? "*" : route->method);
            buf_text(&name, " ");
            buf_text(&name, route->path);
            buf_put(&name, "", 1);
            append_key(out, before, name.failed ? "?" : name.data, now->calls[at]);
            buf_release(&name);
            before = ",";
        }
    }
    buf_text(out, before[0] == '{' ? "{}" : "}");
}

static void append_busiest(struct limits *limits, struct buf *out)
{
    for (int at = 0; at < LIMIT_CLASSES; at++) {
        const enum limit_class class = (enum limit_class)at;
        const unsigned limit = limits->per_minute[class];
        buf_text(out, at == 0 ? "{" : ",");
        buf_json_string(out, limits_class_name(class));
        append_key(out, ":{", "calls", limits_busiest(limits, class));
        if (limit > 0) {
            append_key(out, ",", "limit", limit);
        }
        buf_text(out, "}");
    }
    buf_text(out, "}");
}

static void get_calls(struct request *request, struct reply *reply)
{
    const struct stats now = stats_now(&request->server->stats);
    struct buf *const out = &reply->body;

    buf_text(out, "{\"calls\":");
    append_calls(&now, out);
    append_key(out, ",", "writes", now.writes);
    append_key(out, ",", "unknown_paths", now.unknown_paths);
    append_key(out, ",", "failed_logins", now.failed_logins);
    append_key(out, ",", "limited", now.limited);
    append_key(out, ",", "faulted", now.faulted);
    append_key(out, ",", "waiting", park_waiting(&request->server->park));
    append_key(out, ",", "bytes_sent", now.bytes_sent);
    buf_text(out, ",\"clients\":");
    append_key(out, "{", "seen", now.clients_seen);
    append_key(out, ",", "open", now.clients_open);
    append_key(out, ",", "most", now.clients_most);
    buf_text(out, "},\"busiest\":");
    append_busiest(&request->server->limits, out);
    buf_text(out, "}\n");
}

static void post_reset(struct request *request, struct reply *reply)
{
    stats_reset(&request->server->stats);
    limits_reset(&request->server->limits);
    fault_restart(&request->server->options->faults);
    buf_text(&reply->body, "{}");
}

static void post_fault(struct request *request, struct reply *reply)
{
    char why[300] = "";

    /* A NUL behind the text; a line's end, as editors leave it, is no part of it. */
    buf_put(&request->body, "", 1);
    if (!request->body.failed) {
        request->body.data[strcspn(request->body.data, "\r\n")] = '\0';
    }
    if (request->body.failed ||
        !fault_add(&request->server->options->faults, request->body.data, why, sizeof why)) {
        reply_error(reply, 400, "BAD_REQUEST", why);
    } else {
        buf_text(&reply->body, "{}");
    }
}

static void delete_fault(struct request *request, struct reply *reply)
{
    fault_clear(&request->server->options->faults);
    buf_text(&reply->body, "{}");
}

static void post_release(struct request *request, struct reply *reply)
{
    park_let_go(&request->server->park);
    buf_text(&reply->body, "{}");
}

/* A whole number of 0..max, or absent (then *number stays, and *is_set is false). */
static bool read_member(
    const cJSON *body, const char *name, uint64_t max, uint64_t *number, bool *is_set)
{
    const cJSON *const member = cJSON_GetObjectItemCaseSensitive(body, name);
    const double value = cJSON_IsNumber(member) ? member->valuedouble : -1;
    const bool ok = member == NULL || (value >= 0 && value <= (double)max);

    *is_set = ok && member != NULL;
    if (*is_set) {
        *number = (uint64_t)value;
    }
    return ok;
}

static void append_tenant(struct tenant *tenant, struct buf *out)
{
    if (tenant_begin(tenant, false)) {
        append_key(out, "{", "devices", tenant->end - tenant->first);
        append_key(out, ",", "revision", tenant->world.revision);
        append_key(out, ",", "removed", tenant->first);
        buf_text(out, "}\n");
        tenant_end(tenant);
    }
}

static void post_tenant(struct request *request, struct reply *reply)
{
    cJSON *const body = cJSON_ParseWithLength(request->body.data, request->body.len);
    struct tenant *const tenant = &request->server->tenant;
    uint64_t devices = 0, revision = 0;
    bool has_devices = false, has_revision = false;

    if (!cJSON_IsObject(body) ||
        !read_member(body, "devices", DEVICE_INDEX_END, &devices, &has_devices) ||
        !read_member(body, "revision", 1000, &revision, &has_revision)) {
        reply_error(reply, 400, "BAD_REQUEST", "wants {\"devices\":N,\"revision\":N}");
    } else {
        const uint32_t small = (uint32_t)revision;
        tenant_change(tenant, has_devices ? &devices : NULL, has_revision ? &small : NULL);
        append_tenant(tenant, &reply->body);
    }
    cJSON_Delete(body);
}

static void get_tenant(struct request *request, struct reply *reply)
{
    append_tenant(&request->server->tenant, &reply->body);
}

static void get_log(struct request *request, struct reply *reply)
{
    reply->content_type = "text/plain; charset=utf-8";
    stats_write_log(&request->server->stats, &reply->body);
}

static const struct {
    const char *method, *path;
    route_handler *handler;
} controls[] = {
    {"GET", "/uemsim/calls", get_calls},
    {"GET", "/uemsim/log", get_log},
    {"GET", "/uemsim/tenant", get_tenant},
    {"POST", "/uemsim/tenant", post_tenant},
    {"POST", "/uemsim/reset", post_reset},
    {"POST", "/uemsim/fault", post_fault},
    {"DELETE", "/uemsim/fault", delete_fault},
    {"POST", "/uemsim/release", post_release},
};

bool control_takes(const struct request *request)
{
    return request->server->options->control && strncmp(request->path, "/uemsim/", 8) == 0;
}

void control_answer(struct request *request, struct reply *reply)
{
    route_handler *handler = NULL;

    for (size_t at = 0; at < sizeof controls / sizeof controls[0]; at++) {
        if (strcmp(controls[at].method, request->method) == 0 &&
            strcmp(controls[at].path, request->path) == 0) {
            handler = controls[at].handler;
        }
    }
    reply->as_is = true;
    reply->quiet = true;
    if (handler == NULL) {
        reply_error(reply, 404, "NOT_FOUND", "control has no such call");
    } else {
        handler(request, reply);
    }
}
