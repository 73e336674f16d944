#include "http/options.h"

#include <string.h>

#include "base/buffer.h"

enum {
    CONNECT_TIMEOUT_MS = 15 * 1000,
    STALL_TIMEOUT_S = 60, /* a page of 200 devices may take a busy server its time */
    STALL_BYTES_PER_S = 1,
    KEEP_ALIVE_S = 60,
    IDLE_S = 30, /* servers and what stands before them close idle connections after 60 s or so */
    RECEIVE_SIZE = 256 * 1024,
    URL_CEILING = 64 * 1024, /* the guides' longest GET holds 200 identifiers of 36 bytes */
    HEADER_CEILING = 1024,
};

long http_options_connect_timeout(const struct http_settings *settings)
{
    return settings->connect_timeout_ms > 0 ? settings->connect_timeout_ms : CONNECT_TIMEOUT_MS;
}

long http_options_stall_timeout(const struct http_settings *settings)
{
    return settings->stall_timeout_s > 0 ? settings->stall_timeout_s : STALL_TIMEOUT_S;
}

bool http_options_has(const struct secret *secret)
{
    return secret != NULL && secret_is_set(secret);
}

/* What libcurl said of one option is or'ed: it fails for want of memory, or of a feature. */
static bool options_security(
    CURL *easy, const struct http_settings *settings, const struct http_address *address)
{
    unsigned failed = 0;

    failed |=
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, address->is_plain ? "https,http" : "https");
    failed |= curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    failed |= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    failed |= curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    failed |= curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    failed |= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (settings->ca_file != NULL) {
        /* The system's folder of authorities would count beside the file. */
        failed |= curl_easy_setopt(easy, CURLOPT_CAINFO, settings->ca_file);
        failed |= curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
    if (address->is_plain) {
        /* Loopback is no safe place any more once a proxy stands between. */
        failed |= curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    }
    return failed == 0;
}

static bool options_identity(CURL *easy, const struct http_settings *settings)
{
    unsigned failed = 0;

    if (settings->username != NULL && http_options_has(settings->password)) {
        failed |= curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        failed |= curl_easy_setopt(easy, CURLOPT_USERNAME, settings->username);
        failed |= curl_easy_setopt(easy, CURLOPT_PASSWORD, settings->password->bytes);
    }
    if (http_options_has(settings->p12)) {
        struct curl_blob blob = {settings->p12->bytes, settings->p12->size, CURL_BLOB_NOCOPY};

        failed |= curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &blob);
        failed |= curl_easy_setopt(easy, CURLOPT_SSLCERTTYPE, "P12");
        if (http_options_has(settings->p12_password)) {
            failed |= curl_easy_setopt(easy, CURLOPT_KEYPASSWD, settings->p12_password->bytes);
        }
    }
    return failed == 0;
}

static bool options_wire(CURL *easy, const struct http_settings *settings)
{
    unsigned failed = 0;

    failed |=
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, http_options_connect_timeout(settings));
    failed |= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES_PER_S);
    failed |= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, http_options_stall_timeout(settings));
    failed |= curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, (long)KEEP_ALIVE_S);
    failed |= curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, (long)KEEP_ALIVE_S);
    failed |= curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)IDLE_S);
    failed |= curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_SIZE);
    failed |= curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    failed |= curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    return failed == 0;
}

static bool options_header(struct curl_slist **headers, const char *name, const char *value)
{
    struct curl_slist *longer = NULL;
    struct buffer line;

    buffer_init(&line, HEADER_CEILING);
    buffer_printf(&line, "%s:%s%s", name, value[0] != '\0' ? " " : "", value);
    if (buffer_ok(&line)) {
        longer = curl_slist_append(*headers, buffer_text(&line));
    }
    if (longer != NULL) {
        *headers = longer;
    }
    buffer_release(&line);
    return longer != NULL;
}

static bool options_request(CURL *easy, const struct http_settings *settings,
    const struct http_request *request, struct curl_slist **headers)
{
    struct buffer url;
    unsigned failed = 0;

    buffer_init(&url, URL_CEILING);
    buffer_append_text(&url, settings->base_url);
    buffer_append_text(&url, request->path);
    failed |= !buffer_ok(&url);
    failed |= curl_easy_setopt(easy, CURLOPT_URL, buffer_text(&url));
    failed |= curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_USERAGENT, settings->user_agent);
    failed |= !options_header(headers, "Accept", request->accept);
    failed |= !options_header(headers, "Expect", "");
    if (strcmp(request->method, "POST") == 0) {
        failed |= !options_header(headers, "Content-Type", "application/json");
        failed |= curl_easy_setopt(easy, CURLOPT_POST, 1L);
        failed |=
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
        failed |= curl_easy_setopt(
            easy, CURLOPT_POSTFIELDS, request->body.data != NULL ? request->body.data : "");
    } else {
        failed |= curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    failed |= curl_easy_setopt(easy, CURLOPT_HTTPHEADER, *headers);
    buffer_release(&url);
    return failed == 0;
}

bool http_options_set(CURL *easy, const struct http_settings *settings,
    const struct http_address *address, const struct http_request *request,
    struct curl_slist **headers)
{
    return options_security(easy, settings, address) && options_identity(easy, settings) &&
           options_wire(easy, settings) && options_request(easy, settings, request, headers);
}

/* HTTP/1.1 also serves a server that refuses a call on HTTP/2 and asks for the older one. */
void http_options_set_apart(CURL *easy)
{
    (void)curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
}
