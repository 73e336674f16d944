#include "http/failure.h"

#include <stdio.h>
#include <string.h>

#include "http/address.h"
#include "http/excerpt.h"
#include "http/tls.h"

enum { FAILURE_LOGIN_SIZE = 640 };

/* libcurl's codes whose meaning needs nothing else. */
static const struct {
    CURLcode code;
    enum http_outcome outcome;
    enum error_kind kind;
    const char *text;
} failure_codes[] = {
    {CURLE_COULDNT_RESOLVE_HOST, HTTP_UNREACHABLE, ERROR_SERVER,
        "its name could not be resolved (is `url` right, and does DNS work here?)"},
    {CURLE_COULDNT_RESOLVE_PROXY, HTTP_UNREACHABLE, ERROR_SERVER,
        "the name of the proxy could not be resolved (see https_proxy in the environment)"},
    {CURLE_GOT_NOTHING, HTTP_BROKEN, ERROR_SERVER, "the connection was closed without an answer"},
    {CURLE_PARTIAL_FILE, HTTP_BROKEN, ERROR_SERVER, "the answer was cut short"},
    {CURLE_HTTP2, HTTP_BROKEN, ERROR_SERVER, "the connection broke (HTTP/2)"},
    {CURLE_HTTP2_STREAM, HTTP_BROKEN, ERROR_SERVER, "the connection broke (HTTP/2)"},
    {CURLE_WEIRD_SERVER_REPLY, HTTP_MALFORMED, ERROR_SERVER, "the answer is not HTTP"},
    {CURLE_UNSUPPORTED_PROTOCOL, HTTP_MALFORMED, ERROR_SERVER, "the answer is not HTTP"},
    {CURLE_BAD_CONTENT_ENCODING, HTTP_MALFORMED, ERROR_SERVER, "the answer cannot be unpacked"},
    {CURLE_SSL_CERTPROBLEM, HTTP_FINAL, ERROR_CONFIG, "the client certificate cannot be used"},
    {CURLE_SSL_CACERT_BADFILE, HTTP_FINAL, ERROR_CONFIG,
        "the trusted authorities cannot be read (`ca_file`, or those of the system)"},
    {CURLE_URL_MALFORMAT, HTTP_FINAL, ERROR_SERVER, "the call's address is malformed"},
};

/* What the statuses mean for who reads it; `to` is the last of the row. */
static const struct {
    long from;
    long to;
    enum error_kind kind;
    const char *text;
} failure_statuses[] = {
    {400, 400, ERROR_SERVER, "does not understand the call"},
    {401, 401, ERROR_CREDENTIALS, "refuses the user or the password"},
    {403, 403, ERROR_ROLE, "refuses the call: the user may not make it"},
    {404, 404, ERROR_SERVER, "knows no such address (is `url` right?)"},
    {407, 407, ERROR_SERVER, "wants authentication as a proxy"},
    {429, 429, ERROR_SERVER, "was called too often"},
    {503, 503, ERROR_SERVER, "is not available for now"},
    {500, 599, ERROR_SERVER, "failed"},
    {0, 999, ERROR_SERVER, "gave no answer that can be used"},
};

static enum http_outcome failure_connect(const struct http_failure *failure, struct error *err)
{
    if (failure->os_error != 0) {
        (void)error_set(err, ERROR_SERVER,
            "%s: no connection: %s (is the server up, and the way "
            "to it open?)",
            failure->host, strerror((int)failure->os_error));
    } else {
        (void)error_set(err, ERROR_SERVER,
            "%s: no connection (is the server up, and the way to "
            "it open?)",
            failure->host);
    }
    return HTTP_UNREACHABLE;
}

static enum http_outcome failure_timeout(const struct http_failure *failure, struct error *err)
{
    enum http_outcome outcome = HTTP_UNREACHABLE;

    if (failure->was_connected) {
        outcome = HTTP_BROKEN;
        (void)error_set(err, ERROR_SERVER, "%s: the answer stalled: nothing came for %ld s",
            failure->host, failure->stall_timeout);
    } else {
        (void)error_set(err, ERROR_SERVER, "%s: no connection within %.3g s", failure->host,
            failure->connect_timeout);
    }
    return outcome;
}

static enum http_outcome failure_proxy(const struct http_failure *failure, struct error *err)
{
    (void)error_set(err, ERROR_SERVER,
        "%s: the proxy does not let the connection through (%ld; see https_proxy and no_proxy in "
        "the environment)",
        failure->host, failure->proxy_status);
    return failure->proxy_status >= 500 ? HTTP_UNREACHABLE : HTTP_FINAL;
}

/* libcurl's own text tells a reset from a chunk without a size. */
static enum http_outcome failure_broken(const struct http_failure *failure, struct error *err)
{
    (void)error_set(err, ERROR_SERVER, "%s: the connection broke (%s)%s", failure->host,
        failure->curl_text,
        failure->has_certificate ? "; perhaps the server refuses the client certificate" : "");
    return HTTP_BROKEN;
}

/* libcurl's code for memory is also the one for a header beyond its own ceiling (100 KiB). */
static enum http_outcome failure_memory(const struct http_failure *failure, struct error *err)
{
    if (failure->was_connected) {
        (void)error_set(err, ERROR_SERVER,
            "%s: a header of the answer is too large (or memory ran out)", failure->host);
    } else {
        (void)error_memory(err);
    }
    return HTTP_FINAL;
}

static enum http_outcome failure_code(const struct http_failure *failure, struct error *err)
{
    enum http_outcome outcome = HTTP_FINAL;
    bool found = false;

    for (size_t i = 0; !found && i < sizeof failure_codes / sizeof *failure_codes; i++) {
        if (failure_codes[i].code == failure->code) {
            found = true;
            outcome = failure_codes[i].outcome;
            (void)error_set(
                err, failure_codes[i].kind, "%s: %s", failure->host, failure_codes[i].text);
        }
    }
    if (!found) {
        (void)error_set(err, ERROR_SERVER, "%s: the call failed: %s", failure->host,
            failure->curl_text[0] != '\0' ? failure->curl_text : curl_easy_strerror(failure->code));
    }
    return outcome;
}

enum http_outcome http_failure_transport(const struct http_failure *failure, struct error *err)
{
    enum http_outcome outcome;

    if (!http_tls_failure(failure, &outcome, err)) {
        if (failure->code == CURLE_OPERATION_TIMEDOUT) {
            outcome = failure_timeout(failure, err);
        } else if (failure->proxy_status >= 300 && !failure->was_connected) {
            outcome = failure_proxy(failure, err);
        } else if (failure->code == CURLE_COULDNT_CONNECT) {
            outcome = failure_connect(failure, err);
        } else if (failure->code == CURLE_SEND_ERROR || failure->code == CURLE_RECV_ERROR) {
            outcome = failure_broken(failure, err);
        } else if (failure->code == CURLE_OUT_OF_MEMORY) {
            outcome = failure_memory(failure, err);
        } else {
            outcome = failure_code(failure, err);
        }
    }
    return outcome;
}

static void failure_redirect(
    const struct http_failure *failure, const char *location, struct error *err)
{
    char name[HTTP_HOST_SIZE + 16];

    http_address_name(location, name, sizeof name);
    (void)error_set(err, ERROR_SERVER,
        "%s redirected to %s (redirects are not followed; is `url` the address of the API?)",
        failure->host, name);
}

/* Whoever has mistyped a password wants to know which one, and not to try it again and again. */
static void failure_describe_login(const struct http_failure *failure, char *text, size_t size)
{
    if (failure->has_password && failure->username != NULL) {
        (void)snprintf(text, size,
            ": user %.200s, password of %.300s; trying again may lock the account",
            failure->username,
            failure->password_from != NULL ? failure->password_from : "the configuration");
    }
}

void http_failure_status(const struct http_failure *failure, long status, const char *location,
    const char *body, struct error *err)
{
    char text[HTTP_EXCERPT_SIZE];
    char login[FAILURE_LOGIN_SIZE] = "";
    size_t row = 0;

    http_excerpt_read(body, text);
    while (status < failure_statuses[row].from || status > failure_statuses[row].to) {
        row++;
    }
    if (status >= 300 && status <= 399 && location != NULL) {
        failure_redirect(failure, location, err);
    } else {
        bool by_certificate = status == 401 && failure->has_certificate && !failure->has_password;
        const char *between = ": ";

        if (status == 401) {
            failure_describe_login(failure, login, sizeof login);
            between = login[0] != '\0' ? "; the server says: " : between;
        }
        (void)error_set(err, failure_statuses[row].kind, "%s %s (%ld)%s%s%s", failure->host,
            by_certificate ? "refuses the client certificate" : failure_statuses[row].text, status,
            login, text[0] != '\0' ? between : "", text);
    }
}
