#include "sync/server.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "decode/json_split.h"

enum { SERVER_URL_CEILING = 4096, SERVER_BODY_CEILING = 256 * 1024 };

/* What ties one call's bytes to its reader. */
struct server_call {
    struct server *server;
    struct json_split *split;
    const struct server_reader *reader;
    bool is_document; /* wrapped into a list, so that it is one record of it */
    bool wrap_open;
    size_t received; /* bytes of a document */
};

static bool server_base_url(
    struct server *server, const struct sync_tenant *tenant, struct error *err)
{
    if (tenant->url != NULL) {
        buffer_append_text(&server->url, tenant->url);
    } else {
        uem_cluster_url(&server->url, tenant->cluster, tenant->certificate != NULL);
    }
    return buffer_ok(&server->url) || error_memory(err);
}

bool server_open(struct server *server, const struct sync_tenant *tenant,
    struct http_limiter *limiter, const char *version, const struct log *log, struct error *err)
{
    uint64_t random = 0;
    bool ok = hash_random(&random, sizeof random, err);

    *server = (struct server){.log = log, .has_classes = tenant->kind == SYNC_CLOUD};
    (void)snprintf(server->user_agent, sizeof server->user_agent, "uemsync/%s", version);
    buffer_init(&server->url, SERVER_URL_CEILING);
    buffer_init(&server->path, SERVER_URL_CEILING);
    buffer_init(&server->body, SERVER_BODY_CEILING);
    arena_init(&server->arena, CEILING_TREE);
    ok = ok && server_base_url(server, tenant, err);
    if (ok) {
        const struct http_settings settings = {
            .base_url = buffer_text(&server->url),
            .username = secret_is_set(&tenant->password) ? tenant->username : NULL,
            .password = &tenant->password,
            .p12 = &tenant->certificate_bytes,
            .p12_password = &tenant->certificate_password,
            .ca_file = tenant->ca_file,
            .user_agent = server->user_agent,
            .retries = tenant->retries,
            .connections = tenant->connections,
            .limiter = limiter,
            .random = random,
        };

        ok = http_client_new(&server->http, &settings, log, err);
    }
    return ok;
}

void server_close(struct server *server)
{
    http_client_free(server->http);
    server->http = NULL;
    arena_release(&server->arena);
    buffer_release(&server->body);
    buffer_release(&server->path);
    buffer_release(&server->url);
}

static bool server_on_record(void *context, struct str json, struct error *err)
{
    struct server_call *call = context;
    const struct server_reader *reader = call->reader;
    const cJSON *record = NULL;
    bool ok;

    arena_reset(&call->server->arena);
    ok = record_parse(&call->server->arena, json, &record, err);
    if (ok) {
        ok = reader->record(reader->context, record, json, err);
    } else if (err->kind == ERROR_MEMORY && !call->server->arena.no_memory) {
        error_clear(err);
        ok = reader->unreadable(
            reader->context, "it has more values than a record may have", json.size, err);
    }
    return ok;
}

static bool server_on_oversized(void *context, uint64_t size, struct error *err)
{
    const struct server_call *call = context;
    char reason[128];

    (void)snprintf(
        reason, sizeof reason, "it is %" PRIu64 " bytes long, more than %d", size, CEILING_RECORD);
    return call->reader->unreadable(call->reader->context, reason, size, err);
}

static bool server_on_too_deep(void *context, uint64_t size, struct error *err)
{
    const struct server_call *call = context;
    char reason[128];

    (void)snprintf(reason, sizeof reason, "it is nested deeper than %d levels", CEILING_DEPTH);
    return call->reader->unreadable(call->reader->context, reason, size, err);
}

static bool server_on_begin(void *context, struct error *err)
{
    struct server_call *call = context;

    json_split_reset(call->split);
    call->wrap_open = false;
    call->received = 0;
    if (call->reader->begin != NULL) {
        call->reader->begin(call->reader->context);
    }
    (void)err;
    return true;
}

/* A document is fed as the only element of a list. The bracket goes before its first byte that is
 * no blank, and not before '<', so that HTML is still seen as what it is. */
static bool server_open_wrap(
    struct server_call *call, const char *bytes, size_t size, struct error *err)
{
    struct str rest = str_trim((struct str){bytes, size});
    bool ok = true;

    if (call->is_document && !call->wrap_open && rest.size > 0 && rest.data[0] != '<') {
        call->wrap_open = true;
        ok = json_split_feed(call->split, "[", 1, err);
    }
    return ok;
}

static bool server_on_bytes(void *context, const char *bytes, size_t size, struct error *err)
{
    struct server_call *call = context;
    bool ok = true;

    if (call->is_document) {
        call->received += size;
        ok =
            call->received <= CEILING_DOCUMENT ||
            error_set(err, ERROR_SERVER, "the answer is larger than %d KiB, and it should be short",
                CEILING_DOCUMENT / 1024);
    }
    return ok && server_open_wrap(call, bytes, size, err) &&
           json_split_feed(call->split, bytes, size, err);
}

static bool server_on_end(void *context, struct error *err)
{
    struct server_call *call = context;
    bool ok = true;

    if (call->wrap_open) {
        ok = json_split_feed(call->split, "]", 1, err);
    }
    return ok && json_split_end(call->split, false, err);
}

static bool server_call(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader, struct error *err)
{
    const struct uem_call *row = uem_call(id);
    struct server_call call = {.server = server, .reader = reader, .is_document = row->is_document};
    const struct json_split_handler handler = {
        .record = server_on_record,
        .oversized = server_on_oversized,
        .too_deep = server_on_too_deep,
        .context = &call,
    };
    struct http_response response = {0};
    bool ok = json_split_new(&call.split, row->records, &handler, err);

    buffer_clear(&server->path);
    buffer_clear(&server->body);
    uem_write_path(&server->path, id, arguments);
    uem_write_body(&server->body, id, arguments);
    ok = ok && ((buffer_ok(&server->path) && buffer_ok(&server->body)) || error_memory(err));
    if (ok) {
        const struct http_request request = {
            .method = row->method,
            .path = buffer_text(&server->path),
            .body = buffer_view(&server->body),
            .limit_class = server->has_classes ? (size_t)row->class : 0,
            .accept = "application/json",
            .begin = server_on_begin,
            .bytes = server_on_bytes,
            .end = server_on_end,
            .context = &call,
        };

        ok = http_call(server->http, &request, &response, err) ||
             error_context_of_server(err, "%s", row->name);
    }
    if (ok && json_split_replaced(call.split) > 0) {
        log_event(server->log, LOG_WARNING,
            "%s: %" PRIu64 " bytes or escapes were no valid text and became U+FFFD", row->name,
            json_split_replaced(call.split));
    }
    server->status = response.status;
    json_split_free(call.split);
    return ok;
}

bool server_records(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader, struct error *err)
{
    return server_call(server, id, arguments, reader, err);
}

static bool server_keep_document(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    const cJSON **document = context;

    (void)json;
    (void)err;
    *document = record;
    return true;
}

static bool server_refuse_document(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    (void)context;
    (void)size;
    return error_set(err, ERROR_SERVER, "the answer cannot be read: %s", reason);
}

bool server_document(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const cJSON **document, struct error *err)
{
    const struct server_reader reader = {
        NULL, server_keep_document, server_refuse_document, document};

    *document = NULL;
    return server_call(server, id, arguments, &reader, err);
}

bool server_count_devices(
    struct server *server, const char *status, int64_t *count, struct error *err)
{
    const struct uem_arguments arguments = {.status = status};
    const cJSON *document = NULL;
    bool ok = server_document(server, UEM_CPS_DEVICE_COUNT, &arguments, &document, err);

    if (ok && (!record_int(record_member(document, "result"), count) || *count < 0)) {
        ok = error_set(err, ERROR_SERVER, "%s: the answer holds no number `result`",
            uem_call(UEM_CPS_DEVICE_COUNT)->name);
    }
    return ok;
}
