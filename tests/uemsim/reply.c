#include "reply.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <zlib.h>

#include "edit.h"
#include "put.h"
#include "route.h"

/* Bytes that libmicrohttpd asks of a streamed body at a time. */
#define BLOCK 65536
/* Devices in the piece that an endless body repeats. */
#define ENDLESS_DEVICES 100

void reply_error(struct reply *reply, unsigned status, const char *type, const char *message)
{
    reply->status = status;
    reply->body.len = 0;
    buf_text(&reply->body, "{\"errors\":[{\"type\":");
    buf_json_string(&reply->body, type);
    buf_text(&reply->body, ",\"message\":");
    buf_json_string(&reply->body, message);
    buf_text(&reply->body, "}]}");
}

bool reply_begin(struct request *request, bool by_status, struct reply *reply)
{
    const bool ok = tenant_begin(&request->server->tenant, by_status);

    if (!ok) {
        reply_error(reply, 500, "INTERNAL", "no memory");
    }
    return ok;
}

const char *reply_spoilt_list(const struct request *request, const char *empty)
{
    const struct fault_hit *const hit = &request->hit;

    return hit->has[FAULT_NULL_LISTS]    ? "null"
           : hit->has[FAULT_WRONG_LISTS] ? "\"none\""
           : hit->has[FAULT_EMPTY_LISTS] ? empty
                                         : NULL;
}

/* Compresses the body in place of the plain one; level 1, as the server must not be the brake. */
static bool compress_body(struct buf *body)
{
    z_stream stream = {0};
    struct buf packed = {0};
    bool ok = body->len <= UINT32_MAX / 2 &&
              deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;

    if (ok) {
        const uLong bound = deflateBound(&stream, body->len);
        char *const to = buf_reserve(&packed, bound);
        stream.next_in = (Bytef *)body->data;
        stream.avail_in = (uInt)body->len;
        stream.next_out = (Bytef *)to;
        stream.avail_out = (uInt)bound;
        ok = to != NULL && deflate(&stream, Z_FINISH) == Z_STREAM_END;
        packed.len = stream.total_out;
        deflateEnd(&stream);
    }
    if (ok) {
        buf_release(body);
        *body = packed;
    } else {
        buf_release(&packed);
    }
    return ok;
}

bool reply_wants_gzip(const struct request *request)
{
    const char *const accepted = MHD_lookup_connection_value(
        request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);

    return request->server->options->gzip && accepted != NULL && strstr(accepted, "gzip") != NULL;
}

/* `malformed`: what a half-written page and the next one's head look like. In JSON it begins in no
 * string, or it could happen to be the end of one; in XML it is wrong wherever it stands. */
void reply_malform(struct buf *body, size_t from, bool json)
{
    static const char json_rubbish[] = "{,]\"}"; /* which ends no record before it is noticed */
    static const char xml_rubbish[] = "<&<";
    const char *const rubbish = json ? json_rubbish : xml_rubbish;
    const size_t half = from + (body->len - from) / 2;
    const size_t middle = json ? edit_find_outside(body, half) : half;

    if (body->len - middle >= strlen(rubbish)) {
        memcpy(body->data + middle, rubbish, strlen(rubbish));
    } else {
        buf_text(body, rubbish);
    }
}

/* A body that is read piece by piece, because it does not end well. */
struct stream {
    struct request *request;
    struct buf body;
    size_t head; /* bytes sent once; the rest repeats (endless) */
    size_t stop; /* bytes sent before it goes wrong */
    enum fault_kind kind;
    bool parked;
};

static void stream_free(void *cls)
{
    struct stream *const stream = cls;

    if (stream != NULL) {
        buf_release(&stream->body);
        free(stream);
    }
}

/* Dissolving the association of a connected socket resets it at once, where a close with SO_LINGER
 * 0 would come after the orderly end that the daemon sends. */
static void reset_socket(int socket)
{
    const struct linger hard = {.l_onoff = 1, .l_linger = 0};
    const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};

    setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    (void)connect(socket, &nowhere, sizeof nowhere);
}

ssize_t reply_break_off(struct request *request, enum fault_kind kind, bool *parked)
{
    ssize_t result = MHD_CONTENT_READER_END_WITH_ERROR;

    if (kind == FAULT_RESET) {
        reset_socket(request->client->socket);
    } else if (kind == FAULT_TRUNCATE) {
        /* Of a body without a promised length the daemon keeps the connection for a while. */
        shutdown(request->client->socket, SHUT_WR);
    } else if (kind == FAULT_STALL && !*parked) {
        *parked = true;
        if (park_connection(&request->server->park, request->connection, request->client->socket,
                PARK_FOREVER)) {
            result = 0;
        }
    }
    return result;
}

static ssize_t stream_read(void *cls, uint64_t position, char *to, size_t max)
{
    struct stream *const stream = cls;
    struct request *const request = stream->request;
    ssize_t result = MHD_CONTENT_READER_END_WITH_ERROR;

    if (position < stream->stop) {
        const size_t left = stream->stop - (size_t)position;
        const size_t len = left < max ? left : max;
        memcpy(to, stream->body.data + position, len);
        stats_bytes(&request->server->stats, len);
        result = (ssize_t)len;
    } else {
        result = reply_break_off(request, stream->kind, &stream->parked);
    }
    return result;
}

static ssize_t endless_read(void *cls, uint64_t position, char *to, size_t max)
{
    struct stream *const stream = cls;
    const size_t period = stream->body.len - stream->head;
    size_t from = (size_t)position;

    if (position >= stream->head) {
        from = stream->head + (size_t)((position - stream->head) % period);
    }
    const size_t left = stream->body.len - from;
    const size_t len = left < max ? left : max;
    memcpy(to, stream->body.data + from, len);
    stats_bytes(&stream->request->server->stats, len);
    return (ssize_t)len;
}

/* The body goes over to the response. */
static struct MHD_Response *make_stream(
    struct request *request, struct buf *body, enum fault_kind kind)
{
    struct stream *const stream = malloc(sizeof *stream);
    struct MHD_Response *response = NULL;

    if (stream != NULL) {
        *stream =
            (struct stream){.request = request, .body = *body, .stop = body->len / 2, .kind = kind};
        response =
            MHD_create_response_from_callback(body->len, BLOCK, stream_read, stream, stream_free);
        *body = (struct buf){0};
        if (response == NULL) {
            stream_free(stream);
        }
    }
    return response;
}

/* What writes itself goes wrong by itself. */
static struct MHD_Response *make_written(struct reply *reply)
{
    struct MHD_Response *const response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK, reply->read, reply->source, reply->release);

    if (response == NULL) {
        reply->release(reply->source);
    }
    reply->source = NULL;
    return response;
}

static struct MHD_Response *make_response(struct request *request, struct reply *reply)
{
    static const enum fault_kind streams[] = {FAULT_TRUNCATE, FAULT_RESET, FAULT_STALL};
    struct MHD_Response *response = NULL;
    bool streamed = false;

    for (size_t at = 0; at < sizeof streams / sizeof streams[0] && !reply->as_is; at++) {
        if (request->hit.has[streams[at]] && !streamed) {
            streamed = true;
            response = make_stream(request, &reply->body, streams[at]);
        }
    }
    if (!streamed) {
        stats_bytes(&request->server->stats, reply->quiet ? 0 : reply->body.len);
        response = MHD_create_response_from_buffer(
            reply->body.len, reply->body.data, MHD_RESPMEM_MUST_FREE);
        /* Now the response's, but for a response that could not be made. */
        if (response != NULL) {
            reply->body = (struct buf){0};
        }
    }
    return response;
}

static void add_retry_after(struct MHD_Response *response, enum fault_retry form, uint64_t seconds)
{
    char text[64] = "";

    if (form == RETRY_SECONDS) {
        *put_number(text, seconds) = '\0';
    } else if (form == RETRY_DATE) {
        const time_t then = time(NULL) + (time_t)(seconds < 86400 ? seconds : 86400);
        struct tm parts;
        if (gmtime_r(&then, &parts) != NULL) {
            strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        }
    }
    if (text[0] != '\0') {
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, text);
    }
}

static void add_headers(struct MHD_Response *response, const struct reply *reply, bool packed)
{
    if (reply->content_type != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    }
    if (packed) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    }
    if (reply->location != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, reply->location);
    }
    if (reply->challenge) {
        MHD_add_response_header(
            response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Basic realm=\"uemsim\"");
    }
    add_retry_after(response, reply->retry, reply->retry_after);
}

enum MHD_Result reply_send(struct request *request, struct reply *reply)
{
    enum MHD_Result result = MHD_NO;
    bool packed = reply->packed;

    if (reply->source == NULL && !reply->as_is && request->hit.has[FAULT_MALFORMED]) {
        reply_malform(&reply->body, 0, strstr(reply->content_type, "xml") == NULL);
    }
    if (reply->source == NULL && !reply->as_is && reply_wants_gzip(request)) {
        packed = compress_body(&reply->body);
    }
    struct MHD_Response *const response = reply->source != NULL ? make_written(reply)
                                          : reply->body.failed  ? NULL
                                                                : make_response(request, reply);
    if (response != NULL) {
        add_headers(response, reply, packed);
        result = MHD_queue_response(request->connection, reply->status, response);
        MHD_destroy_response(response);
    }
    if (!reply->quiet) {
        stats_log(&request->server->stats, request->method, request->target,
            result == MHD_YES ? reply->status : 0);
    }
    buf_release(&reply->body);
    return result;
}

static void fill_with_devices(const struct device_world *world, struct stream *stream)
{
    struct device device;

    buf_text(&stream->body, "{\"searchResults\":[");
    stream->head = stream->body.len;
    for (uint64_t at = 0; at < ENDLESS_DEVICES; at++) {
        char *const to = buf_reserve(&stream->body, DEVICE_JSON_MAX);
        device_make(world, at, &device);
        if (to != NULL) {
            buf_written_to(&stream->body, device_write(world, &device, to));
        }
        buf_text(&stream->body, ",");
    }
}

/* The piece that repeats is the list of the proper answer, up to its closing bracket. */
static bool fill_with_answer(struct request *request, struct stream *stream)
{
    struct reply reply = {.status = 200};
    size_t from = 0, to = 0;
    bool ok = request->route != NULL && route_repeats(request->route);

    if (ok) {
        request->route->handler(request, &reply);
        ok = edit_find_list(&reply.body, &from, &to);
    }
    if (ok) {
        stream->head = from;
        buf_put(&stream->body, reply.body.data, to);
        buf_text(&stream->body, ",");
    }
    buf_release(&reply.body);
    return ok;
}

static bool fill_endless(struct request *request, struct stream *stream)
{
    struct tenant *const tenant = &request->server->tenant;

    stream->request = request;
    if (!fill_with_answer(request, stream) && tenant_begin(tenant, false)) {
        fill_with_devices(&tenant->world, stream);
        tenant_end(tenant);
    }
    return !stream->body.failed && stream->body.len > stream->head;
}

enum MHD_Result reply_send_endless(struct request *request)
{
    struct stream *const stream = calloc(1, sizeof *stream);
    struct MHD_Response *response = NULL;
    enum MHD_Result result = MHD_NO;

    if (stream != NULL && fill_endless(request, stream)) {
        response = MHD_create_response_from_callback(
            MHD_SIZE_UNKNOWN, BLOCK, endless_read, stream, stream_free);
    }
    if (response == NULL) {
        stream_free(stream);
    } else {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
        result = MHD_queue_response(request->connection, MHD_HTTP_OK, response);
        MHD_destroy_response(response);
    }
    stats_log(&request->server->stats, request->method, request->target,
        result == MHD_YES ? MHD_HTTP_OK : 0);
    return result;
}
