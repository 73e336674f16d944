#include "http/transfer.h"

#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/timestamp.h"
#include "http/excerpt.h"
#include "http/failure.h"
#include "http/options.h"

static int64_t transfer_ceiling(const struct http_settings *settings)
{
    return settings->answer_ceiling > 0 ? settings->answer_ceiling : CEILING_ANSWER;
}

/* Ends the try from within a callback of libcurl. */
static size_t transfer_refuse(struct transfer *transfer, bool is_final)
{
    transfer->refused = true;
    transfer->is_final = is_final;
    return 0;
}

static long transfer_status(const struct transfer *transfer)
{
    long status = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static bool transfer_begin(struct transfer *transfer)
{
    const struct http_request *request = transfer->request;
    bool ok = true;

    if (!transfer->begun) {
        transfer->begun = true;
        ok = request->begin == NULL || request->begin(request->context, &transfer->error);
    }
    return ok;
}

/* Bytes of an answer that is wanted. Returns how many were taken. */
static size_t transfer_take(struct transfer *transfer, const char *bytes, size_t size)
{
    const struct http_request *request = transfer->request;
    int64_t ceiling = transfer_ceiling(transfer->settings);
    size_t taken = size;

    if (transfer->unpacked > ceiling) {
        (void)error_set(&transfer->error, ERROR_SERVER, "%s: the answer is larger than %lld MiB",
            transfer->address->host, (long long)(ceiling >> 20));
        taken = transfer_refuse(transfer, true);
    } else if (!transfer_begin(transfer) ||
               (request->bytes != NULL &&
                   !request->bytes(request->context, bytes, size, &transfer->error))) {
        taken = transfer_refuse(transfer, transfer->error.kind != ERROR_SERVER);
    }
    return taken;
}

/* Bytes of an error's answer: its beginning is kept; a little more is read for the sake of the
 * connection, and one that does not end soon is left. */
static size_t transfer_keep(struct transfer *transfer, const char *bytes, size_t size)
{
    size_t room = sizeof transfer->response->body - 1 - transfer->body_size;
    size_t kept = size < room ? size : room;

    memcpy(transfer->response->body + transfer->body_size, bytes, kept);
    transfer->body_size += kept;
    transfer->response->body[transfer->body_size] = '\0';
    return transfer->unpacked <= CEILING_ENVELOPE ? size : 0;
}

static size_t transfer_on_body(char *bytes, size_t one, size_t size, void *context)
{
    struct transfer *transfer = context;
    size_t taken;

    (void)one; /* libcurl: always 1 */
    transfer->unpacked += (int64_t)size;
    if (stop_signal != 0) {
        (void)error_set(&transfer->error, ERROR_INTERRUPTED, "interrupted");
        taken = transfer_refuse(transfer, true);
    } else if (transfer_status(transfer) == 200) {
        taken = transfer_take(transfer, bytes, size);
    } else {
        taken = transfer_keep(transfer, bytes, size);
    }
    return taken;
}

static size_t transfer_on_header(char *bytes, size_t one, size_t size, void *context)
{
    struct transfer *transfer = context;
    size_t taken = size;

    (void)bytes;
    (void)one;
    transfer->header_bytes += size;
    if (transfer->answered == 0 && transfer_status(transfer) >= 200) {
        transfer->answered = timestamp_monotonic();
    }
    if (transfer->header_bytes > CEILING_ENVELOPE) {
        (void)error_set(&transfer->error, ERROR_SERVER,
            "%s: the answer's headers are larger than %d KiB", transfer->address->host,
            CEILING_ENVELOPE / 1024);
        taken = transfer_refuse(transfer, true);
    }
    return taken;
}

/* libcurl is about to send the request. When a kept connection turns out to be gone it would do so
 * again, unasked: but the first one may have reached the server, so that the next is a call like
 * any other, for the limits to allow. */
static int transfer_on_request(
    void *context, char *to_address, char *from_address, int to_port, int from_port)
{
    struct transfer *transfer = context;

    (void)to_address;
    (void)from_address;
    (void)to_port;
    (void)from_port;
    transfer->is_lost = transfer->sent;
    transfer->sent = true;
    return transfer->is_lost ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* Where what comes of the call goes to. */
static bool transfer_connect(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    unsigned failed = 0;

    failed |= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, transfer_on_body);
    failed |= curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    failed |= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, transfer_on_header);
    failed |= curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    failed |= curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, transfer_on_request);
    failed |= curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    failed |= curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->curl_text);
    failed |= curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    return failed == 0;
}

bool transfer_new(struct transfer **transfer, const struct http_settings *settings,
    const struct http_address *address, const struct http_request *request,
    struct http_response *response, struct error *err)
{
    struct transfer *made = calloc(1, sizeof *made);
    bool ok = made != NULL;

    *response = (struct http_response){.status = 0};
    if (ok) {
        made->settings = settings;
        made->address = address;
        made->request = request;
        made->response = response;
        made->easy = curl_easy_init();
        ok = made->easy != NULL;
    }
    if (!ok || !transfer_connect(made) ||
        !http_options_set(made->easy, settings, address, request, &made->headers)) {
        ok = error_memory(err);
        transfer_free(made);
        made = NULL;
    }
    *transfer = made;
    return ok;
}

void transfer_free(struct transfer *transfer)
{
    if (transfer != NULL) {
        curl_easy_cleanup(transfer->easy);
        curl_slist_free_all(transfer->headers);
        free(transfer);
    }
}

void transfer_prepare(struct transfer *transfer)
{
    struct http_response *response = transfer->response;

    if (transfer->is_lost) {
        http_options_set_apart(transfer->easy);
    }
    transfer->begun = false;
    transfer->refused = false;
    transfer->is_final = false;
    transfer->unpacked = 0;
    transfer->header_bytes = 0;
    transfer->body_size = 0;
    transfer->received = 0;
    transfer->sent = false;
    transfer->is_lost = false;
    transfer->answered = 0;
    transfer->retry_after = -1;
    transfer->curl_text[0] = '\0';
    error_clear(&transfer->error);
    response->status = 0;
    response->content_type[0] = '\0';
    response->body[0] = '\0';
    response->tries++;
    transfer->started = timestamp_monotonic();
    transfer->state = TRANSFER_RUNNING;
}

/* What libcurl knows of the answer, whole or not. */
static void transfer_fill_response(struct transfer *transfer)
{
    struct http_response *response = transfer->response;
    const char *content_type = NULL;
    struct curl_header *retry_after = NULL;
    curl_off_t received = 0;
    long status = transfer_status(transfer);

    response->status = status >= 200 ? status : 0; /* 1xx only announces an answer */
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
    transfer->received = received;
    response->received += received;
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_CONTENT_TYPE, &content_type);
    if (content_type != NULL) {
        size_t size = strlen(content_type);

        size = size < sizeof response->content_type ? size : sizeof response->content_type - 1;
        memcpy(response->content_type, content_type, size);
        response->content_type[size] = '\0';
    }
    if (curl_easy_header(transfer->easy, "Retry-After", 0, CURLH_HEADER, -1, &retry_after) ==
        CURLHE_OK) {
        transfer->retry_after = http_retry_after(str_of(retry_after->value), timestamp_now());
    }
    http_excerpt_mask(response->body, transfer->body_size,
        transfer->unpacked > (int64_t)transfer->body_size, transfer->settings->username,
        transfer->settings->password);
}

static void transfer_describe(
    const struct transfer *transfer, CURLcode code, struct http_failure *failure)
{
    const struct http_settings *settings = transfer->settings;
    curl_off_t before_request = 0;

    *failure = (struct http_failure){
        .host = transfer->address->host,
        .has_certificate = http_options_has(settings->p12),
        .has_password = settings->username != NULL && http_options_has(settings->password),
        .username = settings->username,
        .password_from = settings->password_from,
        .connect_timeout = (double)http_options_connect_timeout(settings) / 1000,
        .stall_timeout = http_options_stall_timeout(settings),
        .code = code,
        .curl_text = transfer->curl_text,
    };
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &failure->verify_result);
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &failure->os_error);
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &failure->proxy_status);
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &before_request);
    failure->was_connected = before_request > 0;
}

/* An answer with status 200 is whole: the caller has the last word. */
static bool transfer_end(struct transfer *transfer)
{
    const struct http_request *request = transfer->request;

    return transfer_begin(transfer) &&
           (request->end == NULL || request->end(request->context, &transfer->error));
}

bool transfer_finish(struct transfer *transfer, CURLcode code, enum http_outcome *outcome)
{
    struct http_failure failure;
    bool ok = false;

    transfer_fill_response(transfer);
    transfer_describe(transfer, code, &failure);
    *outcome = HTTP_ANSWERED;
    if (transfer->refused) {
        *outcome = transfer->is_final ? HTTP_FINAL : HTTP_MALFORMED;
    } else if (transfer->response->status != 0 && transfer->response->status != 200) {
        /* Its status counts even where the body broke off: a 401 must never be tried again. */
        char *location = NULL;

        (void)curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &location);
        http_failure_status(&failure, transfer->response->status, location,
            transfer->settings->hides_answers ? "" : transfer->response->body, &transfer->error);
    } else if (transfer->is_lost) {
        transfer->lost++;
        *outcome = HTTP_BROKEN;
        (void)error_set(&transfer->error, ERROR_SERVER,
            "%s: a kept connection was closed without an answer", transfer->address->host);
    } else if (code != CURLE_OK) {
        *outcome = http_failure_transport(&failure, &transfer->error);
    } else {
        ok = transfer_end(transfer);
        if (!ok) {
            *outcome = transfer->error.kind == ERROR_SERVER ? HTTP_MALFORMED : HTTP_FINAL;
        }
    }
    return ok;
}
