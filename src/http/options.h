/* A libcurl handle's options: what the settings and one request mean to libcurl. The rules on TLS,
 * redirects and proxies that http/http.h promises stand here, and nowhere else. */
#ifndef UEMSYNC_HTTP_OPTIONS_H
#define UEMSYNC_HTTP_OPTIONS_H

#include <curl/curl.h>
#include <stdbool.h>

#include "http/address.h"
#include "http/http.h"

/* The limits in force: those of the settings, or the defaults. */
long http_options_connect_timeout(const struct http_settings *settings); /* ms */
long http_options_stall_timeout(const struct http_settings *settings);   /* seconds */

/* Whether there is a secret at all. */
bool http_options_has(const struct secret *secret);

/* Sets everything but the callbacks. The settings' secrets, the request's body and *headers (which
 * grows by the request's, and is the caller's) must live as long as the handle. False without
 * memory. */
bool http_options_set(CURL *easy, const struct http_settings *settings,
    const struct http_address *address, const struct http_request *request,
    struct curl_slist **headers);

/* For the next tries of a call whose request was lost on a connection that it shared, with calls
 * before or, by HTTP/2, beside it: a new one, that is its own. */
void http_options_set_apart(CURL *easy);

#endif
