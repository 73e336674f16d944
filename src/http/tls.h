/* The TLS part of http/failure.h: libcurl has few codes for it, so OpenSSL's verification result
 * and its texts tell the cases apart. */
#ifndef UEMSYNC_HTTP_TLS_H
#define UEMSYNC_HTTP_TLS_H

#include <stdbool.h>

#include "base/error.h"
#include "http/failure.h"

/* Whether a CA file holds at least one certificate that can be read; ERROR_CONFIG otherwise. */
bool http_tls_check_ca(const char *path, struct error *err);

/* False when the try did not fail in TLS: then nothing is set. Otherwise as
 * http_failure_transport. */
bool http_tls_failure(
    const struct http_failure *failure, enum http_outcome *outcome, struct error *err);

#endif
