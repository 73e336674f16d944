#include "http/address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* The part, or NULL when the URL has none; to be given back with curl_free. */
static char *address_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;

    return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool address_has(CURLU *url, CURLUPart part)
{
    char *text = address_part(url, part);
    bool has = text != NULL;

    curl_free(text);
    return has;
}

/* 127.0.0.0/8, ::1, and `localhost`, which libcurl never asks DNS for. */
static bool address_is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    char bare[INET6_ADDRSTRLEN + 2];
    size_t length = strlen(host);
    bool is_loopback = strcmp(host, "localhost") == 0;

    if (inet_pton(AF_INET, host, &v4) == 1) {
        is_loopback = ntohl(v4.s_addr) >> 24 == 127;
    } else if (length > 2 && length < sizeof bare && host[0] == '[' && host[length - 1] == ']') {
        (void)snprintf(bare, sizeof bare, "%.*s", (int)length - 2, host + 1);
        is_loopback = inet_pton(AF_INET6, bare, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
    }
    return is_loopback;
}

static bool address_check(struct http_address *address, const char *base_url, const char *scheme,
    const char *host, struct error *err)
{
    bool ok = true;

    address->is_plain = strcmp(scheme, "http") == 0;
    if (!address->is_plain && strcmp(scheme, "https") != 0) {
        ok = error_set(err, ERROR_CONFIG, "`url` must begin with https://: %s", base_url);
    } else if (address->is_plain && !address_is_loopback(host)) {
        ok = error_set(err, ERROR_CONFIG,
            "`url` must begin with https:// (plain http is for this machine alone): %s", base_url);
    }
    return ok;
}

bool http_address_read(struct http_address *address, const char *base_url, struct error *err)
{
    bool ok = true;
    CURLU *url = curl_url();
    CURLUcode code =
        url != NULL ? curl_url_set(url, CURLUPART_URL, base_url, 0) : CURLUE_OUT_OF_MEMORY;
    char *scheme = code == CURLUE_OK ? address_part(url, CURLUPART_SCHEME) : NULL;
    char *host = code == CURLUE_OK ? address_part(url, CURLUPART_HOST) : NULL;
    char *port = code == CURLUE_OK ? address_part(url, CURLUPART_PORT) : NULL;

    *address = (struct http_address){.is_plain = false};
    if (code == CURLUE_OUT_OF_MEMORY) {
        ok = error_memory(err);
    } else if (code != CURLUE_OK || scheme == NULL || host == NULL) {
        /* It is not repeated: what cannot be read may hold a password. */
        ok = error_set(err, ERROR_CONFIG, "`url` is no address such as https://uem.example (%s)",
            curl_url_strerror(code));
    } else if (address_has(url, CURLUPART_USER) || address_has(url, CURLUPART_PASSWORD)) {
        ok = error_set(err, ERROR_CONFIG,
            "`url` must not hold a user or a password (they have keys of their own)");
    } else if (address_has(url, CURLUPART_QUERY) || address_has(url, CURLUPART_FRAGMENT)) {
        ok = error_set(err, ERROR_CONFIG, "`url` must end with its path: %s holds ? or #", host);
    } else {
        (void)snprintf(address->host, sizeof address->host, "%s%s%s", host, port != NULL ? ":" : "",
            port != NULL ? port : "");
        ok = address_check(address, base_url, scheme, host, err);
    }
    curl_free(port);
    curl_free(host);
    curl_free(scheme);
    curl_url_cleanup(url);
    return ok;
}

void http_address_name(const char *location, char *text, size_t size)
{
    CURLU *url = curl_url();
    bool ok = url != NULL &&
              curl_url_set(url, CURLUPART_URL, location, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
    char *scheme = ok ? address_part(url, CURLUPART_SCHEME) : NULL;
    char *host = ok ? address_part(url, CURLUPART_HOST) : NULL;
    char *port = ok ? address_part(url, CURLUPART_PORT) : NULL;

    if (scheme != NULL && host != NULL) {
        (void)snprintf(text, size, "%s://%s%s%s", scheme, host, port != NULL ? ":" : "",
            port != NULL ? port : "");
    } else {
        (void)snprintf(text, size, "another address");
    }
    curl_free(port);
    curl_free(host);
    curl_free(scheme);
    curl_url_cleanup(url);
}
