#include "sync/server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "base/hash.h"
#include "sync/answer.h"

enum { SERVER_URL_CEILING = 4096, SERVER_BODY_CEILING = 256 * 1024, SERVER_NOT_FOUND = 404 };

/* Somebody waits for a call. */
struct server_wait {
    bool is_done;
    struct server_result result;
};

/* A call in flight: what ties its bytes to its reader. */
struct server_call {
    struct server_call *next;
    struct server *server;
    enum uem_call_id id;
    struct answer answer;
    struct http_request request;
    struct http_response response;
    struct buffer path;
    struct buffer body;
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
            .password_from = tenant->password_from,
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
        answer_release(&call->answer);
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

static bool server_on_begin(void *context, struct error *err)
{
    struct server_call *call = context;

    return answer_begin(&call->answer, err);
}

static bool server_on_bytes(void *context, const char *bytes, size_t size, struct error *err)
{
    struct server_call *call = context;

    return answer_bytes(&call->answer, bytes, size, err);
}

static bool server_on_end(void *context, struct error *err)
{
    struct server_call *call = context;

    return answer_end(&call->answer, err);
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

/* A 404 in the API's own words is an empty answer of v1. */
static void server_judge_missing(
    const struct server_call *call, bool ok, struct server_result *result)
{
    result->is_no_data = !ok && result->status == SERVER_NOT_FOUND &&
                         uem_is_no_data(call->id, str_of(call->response.body));
    if (result->is_no_data) {
        result->ok = true;
        error_clear(&result->error);
    }
}

size_t server_class(const struct server *server, enum uem_call_id id)
{
    return server->has_classes ? (size_t)uem_call(id)->class : 0;
}

static bool server_is_v1(enum uem_call_id id)
{
    return uem_call(id)->form != UEM_JSON;
}

bool server_may_start(const struct server *server, enum uem_call_id id)
{
    bool may = true;

    for (const struct server_call *call = server->calls; may && call != NULL; call = call->next) {
        may = !server_is_v1(id) || server->v1_has_answered || !server_is_v1(call->id);
    }
    return may;
}

static void server_on_done(void *context, bool ok, const struct error *error)
{
    struct server_call *call = context;
    struct server *server = call->server;
    const char *name = call->answer.row->name;
    struct server_result result = {.ok = ok,
        .status = call->response.status,
        .tries = call->response.tries,
        .bytes = call->response.received,
        .results = call->answer.results};
    struct error err = {0};

    server->has_answered = server->has_answered || result.status != 0;
    server->v1_has_answered =
        server->v1_has_answered || (server_is_v1(call->id) && result.status != 0);
    server_unlink(server, call);
    if (!ok) {
        result.error = *error;
        (void)error_context_of_server(&result.error, "%s", name);
        server_judge_missing(call, ok, &result);
    } else if (answer_replaced(&call->answer) > 0) {
        log_event(server->log, LOG_WARNING,
            "%s: %" PRIu64 " bytes or escapes were no valid text and became U+FFFD", name,
            answer_replaced(&call->answer));
    }
    if (call->wait != NULL) {
        *call->wait = (struct server_wait){true, result};
    } else if (!call->answer.reader.done(call->answer.reader.context, &result, &err) &&
               server->failure.kind == ERROR_NONE) {
        server->failure = err;
    }
    server_call_free(call);
}

static bool server_call_new(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader,
    struct server_call **made, struct error *err)
{
    struct server_call *call = calloc(1, sizeof *call);
    bool ok = call != NULL || error_memory(err);

    if (ok) {
        call->server = server;
        call->id = id;
        buffer_init(&call->path, SERVER_URL_CEILING);
        buffer_init(&call->body, SERVER_BODY_CEILING);
        ok = answer_init(&call->answer, uem_call(id), reader, err);
    }
    if (ok) {
        uem_write_path(&call->path, id, arguments);
        uem_write_body(&call->body, id, arguments);
        ok = (buffer_ok(&call->path) && buffer_ok(&call->body)) || error_memory(err);
    }
    if (!ok) {
        server_call_free(call);
        call = NULL;
    }
    *made = call;
    return ok;
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
    const struct uem_call *row = uem_call(id);
    struct server_call *call = NULL;
    bool ok = uem_may_call(id, arguments, err) &&
              server_call_new(server, id, arguments, reader, &call, err);

    if (ok) {
        call->request = (struct http_request){
            .method = row->method,
            .path = buffer_text(&call->path),
            .body = buffer_view(&call->body),
            .limit_class = server_class(server, id),
            .accept = answer_accept(row),
            .begin = server_on_begin,
            .bytes = server_on_bytes,
            .end = server_on_end,
            .done = server_on_done,
            .context = call,
        };
        call->request.tries_of_failed = server_is_halved(row, arguments) ? 1 : 0;
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

enum { SERVER_MOST_DIGITS = 12 };
static const int64_t server_most_count = INT64_C(999999999999);

/* A count of 0 or more, also as a string of digits: what is beyond the most counts nothing. */
static bool server_read_number(const cJSON *value, int64_t *number)
{
    struct str text = record_text(value);
    bool ok = record_int(value, number);

    if (!ok && record_type(value) == RECORD_STRING) {
        ok = text.size > 0 && text.size <= SERVER_MOST_DIGITS;
        *number = 0;
        for (size_t i = 0; ok && i < text.size; i++) {
            ok = str_is_digit(text.data[i]);
            *number = ok ? *number * 10 + (text.data[i] - '0') : 0;
        }
    }
    return ok && *number >= 0 && *number <= server_most_count;
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
