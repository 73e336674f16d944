#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "reply.h"
#include "route.h"

/* A client that sends more than this, however it was announced, is cut off. */
#define BODY_HOSTILE (REQUEST_BODY_MAX * 16)

void *request_new(void *server, const char *uri, struct MHD_Connection *connection)
{
    struct request *const request = calloc(1, sizeof *request);
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    if (request != NULL) {
        request->server = server;
        request->connection = connection;
        request->client = info == NULL ? NULL : info->socket_context;
        request->target = strdup(uri);
    }
    return request;
}

static void request_free(struct request *request)
{
    if (request != NULL) {
        fault_hit_release(&request->hit);
        buf_release(&request->body);
        free(request->path);
        free(request->target);
        free(request);
    }
}

void request_completed(void *server, struct MHD_Connection *connection, void **cls,
    enum MHD_RequestTerminationCode code)
{
    (void)server;
    (void)connection;
    (void)code;
    request_free(*cls);
    *cls = NULL;
}

const char *request_argument(const struct request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

/* Hosted Core has a path in front: what lies outside of it is unknown. Control answers at both. */
static char *path_behind_prefix(const struct options *options, const char *url)
{
    const size_t len = options->prefix == NULL ? 0 : strlen(options->prefix);
    const bool inside = strncmp(url, len == 0 ? "" : options->prefix, len) == 0 && url[len] == '/';
    const bool control = strncmp(url, "/uemsim/", 8) == 0;

    return strdup(inside ? url + len : control ? url : "/outside-of-prefix");
}

static void count_writes(const struct request *request)
{
    const enum route_writes writes = request->route == NULL ? WRITES_NEVER : request->route->writes;

    if (writes == WRITES_ALWAYS ||
        (writes == WRITES_LOCATE_NOW && request_argument(request, "locatenow") != NULL)) {
        stats_count(&request->server->stats, STATS_WRITES);
    }
}

/* A Core that is older than a call does not know it; and v1 is Core's alone. */
static const struct route *known_route(const struct request *request)
{
    const struct route *const route = route_find(request->method, request->path);
    const bool by_guid = request_argument(request, "guid") != NULL;
    const struct options *const options = request->server->options;
    const bool too_new = route != NULL && route_since_core_10_8(route, by_guid) &&
                         options->core_version < OPTIONS_CORE_10_8;
    const bool foreign = route != NULL && route_is_v1(route) && !options->core;

    return too_new || foreign ? NULL : route;
}

/* Counts the call and finds out what hits it: once a request, and before anyone is let in. */
static bool meet(struct request *request)
{
    struct server *const server = request->server;
    struct fault_hit *const hit = &request->hit;
    bool ok;

    request->route = known_route(request);
    if (request->route == NULL) {
        stats_count(&server->stats, STATS_UNKNOWN);
    } else {
        stats_call(&server->stats, route_number(request->route));
        limits_see(&server->limits, request->route->limit, park_clock());
    }
    count_writes(request);
    ok = fault_match(&server->options->faults, request->method, request->path, hit);
    if (hit->any) {
        stats_count(&server->stats, STATS_FAULTED);
    }
    if (hit->has[FAULT_REMOVE_BEFORE]) {
        tenant_remove_head(&server->tenant, hit->number[FAULT_REMOVE_BEFORE]);
    }
    if (hit->has[FAULT_ADD]) {
        tenant_add(&server->tenant, hit->number[FAULT_ADD]);
    }
    return ok;
}

static void refuse(struct request *request, struct reply *reply, enum auth_verdict verdict)
{
    if (verdict == AUTH_REFUSED) {
        stats_count(&request->server->stats, STATS_FAILED_LOGINS);
    }
    reply->challenge = true;
    reply_error(reply, 401, "UNAUTHORIZED",
        verdict == AUTH_MISSING ? "credentials are wanted" : "the credentials are wrong");
}

static bool let_in(struct request *request, struct reply *reply)
{
    struct server *const server = request->server;
    const struct route *const route = request->route;
    uint64_t wait_ns = 0;
    unsigned roles = 0;
    bool in = false;
    const enum auth_verdict verdict = auth_check(&server->options->users, request->connection,
        route->role == ROLE_API ? NULL : &request->client->certificate, &roles);

    if (server->options->no_cps) {
        roles &= ~(unsigned)ROLE_CPS;
    }

    if (verdict != AUTH_OK) {
        refuse(request, reply, verdict);
    } else if ((roles & route->role) == 0) {
        reply_error(reply, 403, "FORBIDDEN", "the user lacks the role");
    } else if (!limits_admit(&server->limits, route->limit, park_clock(), &wait_ns)) {
        stats_count(&server->stats, STATS_LIMITED);
        reply->retry = (enum fault_retry)server->options->retry_after;
        reply->retry_after = wait_ns / 1000000000 + 1;
        reply_error(reply, 429, "TOO_MANY_REQUESTS", "the limit of calls a minute is used up");
    } else {
        in = true;
    }
    return in;
}

static void read_file(const char *name, struct reply *reply)
{
    FILE *const file = fopen(name, "rb");
    size_t got = 1;

    while (file != NULL && got > 0) {
        char *const to = buf_reserve(&reply->body, 65536);
        got = to == NULL ? 0 : fread(to, 1, 65536, file);
        reply->body.len += got;
    }
    if (file == NULL) {
        reply_error(reply, 500, "INTERNAL", "the file of the fault cannot be read");
    } else {
        fclose(file);
    }
    if (reply->body.len > 0 && reply->body.data[0] == '<') {
        reply->content_type = "application/xml";
    }
}

/* `culprit`: whether the body names one of the identifiers, between which commas stand. */
static bool names_culprit(const struct request *request, const char *culprits)
{
    bool found = false;

    while (!found && *culprits != '\0') {
        const size_t len = strcspn(culprits, ",");
        found = len > 0 && request->body.len > 0 &&
                memmem(request->body.data, request->body.len, culprits, len) != NULL;
        culprits += len + (culprits[len] == ',' ? 1 : 0);
    }
    return found;
}

/* What stands before the login of a portal, and where there is no API. */
static void write_page(struct reply *reply)
{
    reply->content_type = "text/html; charset=utf-8";
    buf_text(&reply->body, "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>"
                           "<form action=\"/login\" method=\"post\"><input name=\"user\">"
                           "<input name=\"password\" type=\"password\"></form></body></html>\n");
}

/* An answer that a fault gives of its own; false: none does. */
static bool answer_fault(const struct request *request, struct reply *reply)
{
    const struct fault_hit *const hit = &request->hit;
    bool answered = true;

    if (hit->has[FAULT_STATUS]) {
        reply->retry = hit->retry;
        reply->retry_after = hit->retry_after;
        reply_error(reply, (unsigned)hit->number[FAULT_STATUS], "FAULT", "a scripted fault");
    } else if (hit->has[FAULT_CULPRIT] && names_culprit(request, hit->text[FAULT_CULPRIT])) {
        reply_error(reply, 500, "INTERNAL", "a scripted fault");
    } else if (hit->has[FAULT_HTML]) {
        write_page(reply);
    } else if (hit->has[FAULT_REDIRECT]) {
        reply->status = 302;
        reply->location = hit->text[FAULT_REDIRECT];
    } else if (hit->has[FAULT_BODY]) {
        read_file(hit->text[FAULT_BODY], reply);
    } else {
        answered = hit->has[FAULT_EMPTY];
    }
    return answered;
}

static void answer_properly(struct request *request, struct reply *reply)
{
    const bool v1 = strncmp(request->path, "/api/v1/", 8) == 0;

    if (v1 && request->server->options->no_v1) {
        reply->status = 404;
        write_page(reply);
    } else if (request->route == NULL) {
        reply_error(reply, 404, "NOT_FOUND", "there is no such endpoint");
    } else if (request->body_seen > REQUEST_BODY_MAX) {
        reply_error(reply, 413, "TOO_LARGE", "the request is too large");
    } else if (request->hit.has[FAULT_ENDLESS] || let_in(request, reply)) {
        request->route->handler(request, reply);
    }
}

static enum MHD_Result finish(struct request *request)
{
    struct reply reply = {.status = 200, .content_type = "application/json"};
    enum MHD_Result result;

    if (control_takes(request)) {
        control_answer(request, &reply);
        result = reply_send(request, &reply);
    } else if (request->hit.has[FAULT_CLOSE]) {
        stats_log(&request->server->stats, request->method, request->target, 0);
        result = MHD_NO;
    } else if (request->hit.has[FAULT_ENDLESS] &&
               (request->route == NULL || !route_is_v1(request->route))) {
        result = reply_send_endless(request);
    } else {
        if (!answer_fault(request, &reply)) {
            answer_properly(request, &reply);
        }
        result = reply_send(request, &reply);
    }
    return result;
}

/* The request is here whole. `slow` suspends it, and this is called again. */
static enum MHD_Result complete(struct request *request)
{
    bool ok = true;
    bool waits = false;

    if (!request->delayed && !control_takes(request)) {
        request->delayed = true;
        ok = meet(request);
        waits = ok && request->hit.has[FAULT_SLOW] && request->hit.number[FAULT_SLOW] > 0 &&
                park_connection(&request->server->park, request->connection,
                    request->client->socket, request->hit.number[FAULT_SLOW]);
    }
    return !ok ? MHD_NO : waits ? MHD_YES : finish(request);
}

static bool begin(struct request *request, const char *method, const char *url)
{
    request->begun = true;
    request->method = method;
    request->path = path_behind_prefix(request->server->options, url);
    return request->path != NULL && request->target != NULL && request->client != NULL;
}

enum MHD_Result request_handle(void *server, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size, void **cls)
{
    struct request *const request = *cls;
    enum MHD_Result result = MHD_NO;

    (void)server;
    (void)connection;
    (void)version;
    if (request == NULL) {
        result = MHD_NO;
    } else if (!request->begun) {
        result = begin(request, method, url) ? MHD_YES : MHD_NO;
    } else if (*upload_size > 0) {
        request->body_seen += *upload_size;
        if (request->body_seen <= REQUEST_BODY_MAX) {
            buf_put(&request->body, upload, *upload_size);
        }
        *upload_size = 0;
        result = request->body_seen <= BODY_HOSTILE ? MHD_YES : MHD_NO;
    } else {
        result = complete(request);
    }
    return result;
}
