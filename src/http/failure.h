/* What a failed try means: whether another may help, and the sentence that an administrator
 * reads. The sentences name the server's host, and never hold a secret. */
#ifndef UEMSYNC_HTTP_FAILURE_H
#define UEMSYNC_HTTP_FAILURE_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"
#include "http/retry.h"

/* How a try ended, as libcurl tells it. Strings are borrowed. */
struct http_failure {
    const char *host;
    bool has_certificate; /* a client certificate was offered */
    bool has_password;
    const char *username;      /* with a password; or NULL */
    const char *password_from; /* never the password; or NULL */
    double connect_timeout;    /* seconds */
    long stall_timeout;        /* seconds */

    CURLcode code;
    const char *curl_text; /* of CURLOPT_ERRORBUFFER; may be "" */
    long verify_result;    /* CURLINFO_SSL_VERIFYRESULT: an X509_V_ code */
    long os_error;         /* errno of a failed connection, or 0 */
    long proxy_status;     /* of the proxy's answer to CONNECT, or 0 */
    bool was_connected;    /* the request had begun */
};

/* For a try without an answer: the text and kind of `err`, and the outcome for http_retry_wait. */
enum http_outcome http_failure_transport(const struct http_failure *failure, struct error *err);

/* For an answer with another status than 200. `body` is its beginning, masked; `location` the
 * address that it points to, or NULL. */
void http_failure_status(const struct http_failure *failure, long status, const char *location,
    const char *body, struct error *err);

#endif
