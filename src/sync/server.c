#include "sync/server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "base/hash.h"
#include "decode/json_split.h"

enum { SERVER_URL_CEILING = 4096, SERVER_BODY_CEILING = 256 * 1024 };

/* Somebody waits for a call. */
struct server_wait {
    bool is_done;
    struct server_result result;
};

/* A call in flight: what ties its bytes to its reader. */
struct server_call {
    struct server_call *next;
    struct server *server;
    const struct uem_call *row;
    struct server_reader reader;
    struct json_split_handler handler;
    struct json_split *split;
    struct http_request request;
    struct http_response response;
    struct buffer path;
    struct buffer body;
    struct arena arena; /* of the record under way */
    bool wrap_open;     /* a document is wrapped into a list, so that it is one record of it */
    size_t received;    /* bytes of a short answer */
    int64_t results;
    struct server_wait *wait; /* who waits for its end, in place of reader.done; or NULL */
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
            .hides_answers = tenant->privacy_count > 0,
            .retries = tenant->retries,
            .connections = tenant->connections,
            .limiter = limiter,
            .random = random,
        };

        ok = http_client_new(&server->http, &settings, log, err);
    }
    return ok;
}

static void server_call_free(struct server_call *call)
{
    if (call != NULL) {
        json_split_free(call->split);
        arena_release(&call->arena);
        buffer_release(&call->body);
        buffer_release(&call->path);
    }
    free(call);
}

void server_close(struct server *server)
{
    http_client_free(server->http);
    server->http = NULL;
    while (server->calls != NULL) {
        struct server_call *call = server->calls;

        server->calls = call->next;
        server_call_free(call);
    }
    buffer_release(&server->url);
}

/* Parses into the call's arena. One that grows beyond the arena is told to the reader, and
 * *parsed is NULL. */
static bool server_parse(struct server_call *call, enum server_unreadable what, struct str json,
    const cJSON **parsed, struct error *err)
{
    bool ok;

    arena_reset(&call->arena);
    *parsed = NULL;
    ok = record_parse(&call->arena, json, parsed, err);
    if (!ok && err->kind == ERROR_MEMORY && !call->arena.no_memory) {
        error_clear(err);
        *parsed = NULL;
        ok = call->reader.unreadable(call->reader.context, what,
            "it has more values than a record may have", json.size, err);
    }
    return ok;
}

static bool server_on_record(void *context, struct str json, struct error *err)
{
    struct server_call *call = context;
    const struct server_reader *reader = &call->reader;
    const cJSON *record = NULL;
    bool is_known = false;
    bool ok = reader->known == NULL || reader->known(reader->context, json, &is_known, err);

    if (ok && !is_known) {
        ok = server_parse(call, SERVER_UNREADABLE_RECORD, json, &record, err) &&
             (record == NULL || reader->record(reader->context, record, json, err));
    }
    return ok;
}

static bool server_on_owner(void *context, struct str json, struct error *err)
{
    struct server_call *call = context;
    const cJSON *owner = NULL;

    return server_parse(call, SERVER_UNREADABLE_OWNER, json, &owner, err) &&
           (owner == NULL || call->reader.owner(call->reader.context, owner, json, err));
}

static bool server_tell_oversized(
    struct server_call *call, enum server_unreadable what, uint64_t size, struct error *err)
{
    char reason[128];

    (void)snprintf(
        reason, sizeof reason, "it is %" PRIu64 " bytes long, more than %d", size, CEILING_RECORD);
    return call->reader.unreadable(call->reader.context, what, reason, size, err);
}

static bool server_tell_too_deep(
    struct server_call *call, enum server_unreadable what, uint64_t size, struct error *err)
{
    char reason[128];

    (void)snprintf(reason, sizeof reason, "it is nested deeper than %d levels", CEILING_DEPTH);
    return call->reader.unreadable(call->reader.context, what, reason, size, err);
}

static bool server_on_oversized(void *context, uint64_t size, struct error *err)
{
    return server_tell_oversized(context, SERVER_UNREADABLE_RECORD, size, err);
}

static bool server_on_too_deep(void *context, uint64_t size, struct error *err)
{
    return server_tell_too_deep(context, SERVER_UNREADABLE_RECORD, size, err);
}

static bool server_on_oversized_owner(void *context, uint64_t size, struct error *err)
{
    return server_tell_oversized(context, SERVER_UNREADABLE_OWNER, size, err);
}

static bool server_on_too_deep_owner(void *context, uint64_t size, struct error *err)
{
    return server_tell_too_deep(context, SERVER_UNREADABLE_OWNER, size, err);
}

static bool server_on_begin(void *context, struct error *err)
{
    struct server_call *call = context;

    json_split_reset(call->split);
    call->wrap_open = false;
    call->received = 0;
    if (call->reader.begin != NULL) {
        call->reader.begin(call->reader.context);
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

    if (call->row->is_document && !call->wrap_open && rest.size > 0 && rest.data[0] != '<') {
        call->wrap_open = true;
        ok = json_split_feed(call->split, "[", 1, err);
    }
    return ok;
}

static bool server_on_bytes(void *context, const char *bytes, size_t size, struct error *err)
{
    struct server_call *call = context;
    bool ok = true;

    if (call->row->is_document || call->row->is_short) {
        call->received += size;
        ok =
            call->received <= CEILING_DOCUMENT ||
            error_set(err, ERROR_SERVER, "the answer is larger than %d KiB, and it should be short",
                CEILING_DOCUMENT / 1024);
    }
    return ok && server_open_wrap(call, bytes, size, err) &&
           json_split_feed(call->split, bytes, size, err);
}

/* What stands around the records of a page. */
static bool server_read_envelope(struct server_call *call, struct error *err)
{
    struct str json = json_split_envelope(call->split);
    const cJSON *envelope = NULL;
    bool ok = true;

    call->results = -1;
    if (call->row->is_paged && json.size > 0) {
        arena_reset(&call->arena);
        ok = record_parse(&call->arena, json, &envelope, err);
        if (ok && !record_int(record_member(envelope, "results"), &call->results)) {
            call->results = -1;
        }
    }
    return ok;
}

static bool server_on_end(void *context, struct error *err)
{
    struct server_call *call = context;
    bool ok = true;

    if (call->wrap_open) {
        ok = json_split_feed(call->split, "]", 1, err);
    }
    return ok && json_split_end(call->split, call->row->may_be_empty, err) &&
           server_read_envelope(call, err);
}

static void server_unlink(struct server *server, const struct server_call *call)
{
    struct server_call **link = &server->calls;

    while (*link != NULL && *link != call) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = call->next;
    }
}

static void server_on_done(void *context, bool ok, const struct error *error)
{
    struct server_call *call = context;
    struct server *server = call->server;
    struct server_result result = {.ok = ok,
        .status = call->response.status,
        .tries = call->response.tries,
        .bytes = call->response.received,
        .results = call->results};
    struct error err = {0};

    server->has_answered = server->has_answered || result.status != 0;
    server_unlink(server, call);
    if (!ok) {
        result.error = *error;
        (void)error_context_of_server(&result.error, "%s", call->row->name);
    } else if (json_split_replaced(call->split) > 0) {
        log_event(server->log, LOG_WARNING,
            "%s: %" PRIu64 " bytes or escapes were no valid text and became U+FFFD",
            call->row->name, json_split_replaced(call->split));
    }
    if (call->wait != NULL) {
        *call->wait = (struct server_wait){true, result};
    } else if (!call->reader.done(call->reader.context, &result, &err) &&
               server->failure.kind == ERROR_NONE) {
        server->failure = err;
    }
    server_call_free(call);
}

static struct server_call *server_call_new(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader)
{
    struct server_call *call = calloc(1, sizeof *call);

    if (call != NULL) {
        call->server = server;
        call->row = uem_call(id);
        call->reader = *reader;
        call->results = -1;
        call->handler = (struct json_split_handler){.record = server_on_record,
            .oversized = server_on_oversized,
            .too_deep = server_on_too_deep,
            .owner = server_on_owner,
            .oversized_owner = server_on_oversized_owner,
            .too_deep_owner = server_on_too_deep_owner,
            .context = call};
        buffer_init(&call->path, SERVER_URL_CEILING);
        buffer_init(&call->body, SERVER_BODY_CEILING);
        arena_init(&call->arena, CEILING_TREE);
        uem_write_path(&call->path, id, arguments);
        uem_write_body(&call->body, id, arguments);
    }
    return call;
}

static bool server_new_split(struct server_call *call, struct error *err)
{
    const struct uem_call *row = call->row;

    return row->inner != NULL
               ? json_split_new_nested(&call->split, row->records, row->inner, &call->handler, err)
               : json_split_new(&call->split, row->records, &call->handler, err);
}

/* A batch of inventory is halved when it fails, so it is not tried for long as a whole. */
static bool server_is_halved(const struct uem_call *row, const struct uem_arguments *arguments)
{
    return row->asks != UEM_ASKS_NOTHING && row->asks != UEM_ASKS_TYPED &&
           arguments->identifier_count > 1;
}

static bool server_begin(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader,
    struct server_wait *wait, struct error *err)
{
    struct server_call *call = server_call_new(server, id, arguments, reader);
    bool ok =
        (call != NULL && buffer_ok(&call->path) && buffer_ok(&call->body)) || error_memory(err);

    ok = ok && server_new_split(call, err);
    if (ok) {
        call->request = (struct http_request){
            .method = call->row->method,
            .path = buffer_text(&call->path),
            .body = buffer_view(&call->body),
            .limit_class = server->has_classes ? (size_t)call->row->class : 0,
            .accept = "application/json",
            .begin = server_on_begin,
            .bytes = server_on_bytes,
            .end = server_on_end,
            .done = server_on_done,
            .context = call,
        };
        call->request.tries_of_failed = server_is_halved(call->row, arguments) ? 1 : 0;
        call->wait = wait;
        ok = http_start(server->http, &call->request, &call->response, err);
    }
    if (ok) {
        call->next = server->calls;
        server->calls = call;
    } else {
        server_call_free(call);
    }
    return ok;
}

bool server_start(struct server *server, enum uem_call_id id, const struct uem_arguments *arguments,
    const struct server_reader *reader, struct error *err)
{
    return server_begin(server, id, arguments, reader, NULL, err);
}

bool server_turn(struct server *server, struct error *err)
{
    bool ok = http_turn(server->http, err);

    if (ok && server->failure.kind != ERROR_NONE) {
        *err = server->failure;
        ok = false;
    }
    return ok;
}

bool server_records(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader,
    struct server_result *result, struct error *err)
{
    struct server_wait wait = {0};
    bool ok = server_begin(server, id, arguments, reader, &wait, err);

    while (ok && !wait.is_done) {
        ok = server_turn(server, err);
    }
    *result = wait.result;
    return ok;
}

/* A count of 0 or more, also as a string of digits. */
static bool server_read_number(const cJSON *value, int64_t *number)
{
    struct str text = record_text(value);
    bool ok = record_int(value, number);

    if (!ok && record_type(value) == RECORD_STRING) {
        ok = text.size > 0 && text.size <= 15;
        *number = 0;
        for (size_t i = 0; ok && i < text.size; i++) {
            ok = str_is_digit(text.data[i]);
            *number = ok ? *number * 10 + (text.data[i] - '0') : 0;
        }
    }
    return ok && *number >= 0;
}

static bool server_take_number(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct server_number *number = context;

    (void)json;
    return server_read_number(record_member(record, "result"), &number->number) ||
           error_set(err, ERROR_SERVER, "the answer holds no number `result`");
}

static bool server_refuse_number(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    (void)context;
    (void)what;
    (void)size;
    return error_set(err, ERROR_SERVER, "the answer cannot be read: %s", reason);
}

static bool server_number_done(void *context, const struct server_result *result, struct error *err)
{
    struct server_number *number = context;

    (void)err;
    number->result = *result;
    number->number = result->ok ? number->number : -1;
    number->is_done = true;
    return true;
}

bool server_start_number(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, struct server_number *number, struct error *err)
{
    const struct server_reader reader = {.record = server_take_number,
        .unreadable = server_refuse_number,
        .done = server_number_done,
        .context = number};

    *number = (struct server_number){.number = -1};
    return server_start(server, id, arguments, &reader, err);
}

bool server_count(struct server *server, enum uem_call_id id, const struct uem_arguments *arguments,
    int64_t *count, struct error *err)
{
    struct server_number number;
    bool ok = server_start_number(server, id, arguments, &number, err);

    while (ok && !number.is_done) {
        ok = server_turn(server, err);
    }
    if (ok && !number.result.ok) {
        *err = number.result.error;
        ok = false;
    }
    *count = ok ? number.number : -1;
    return ok;
}

bool server_count_devices(
    struct server *server, const char *status, int64_t *count, struct error *err)
{
    const struct uem_arguments arguments = {.status = status};

    return server_count(server, UEM_CPS_DEVICE_COUNT, &arguments, count, err);
}
