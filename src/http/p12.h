/* What can be told of a client certificate without a server: it comes as a PKCS #12 file. */
#ifndef UEMSYNC_HTTP_P12_H
#define UEMSYNC_HTTP_P12_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

/* The rules are those of the CPS guide, "Certificate-based authentication security": exactly one
 * RFC 822 name, not expired, marked as usable for client authentication. Texts are cut to their
 * size, and their control characters replaced by '?'. */
struct http_p12 {
    char subject[256];  /* its common name; "" without one */
    char name[256];     /* the first RFC 822 name among its alternative names; "" without one */
    int names;          /* how many RFC 822 names there are */
    int64_t not_before; /* ms since 1970 */
    int64_t not_after;
    bool key_fits;         /* a private key is there, and it is this certificate's */
    bool for_client_login; /* its extensions allow the authentication of a client */
};

/* Reads a PKCS #12 file's bytes. `password` may be NULL or unset. ERROR_CONFIG when it is none,
 * when the password is wrong, when it is packed with an algorithm that OpenSSL no longer opens,
 * and when no certificate is inside; ERROR_MEMORY. A certificate that is merely of no use
 * (expired, key of another) is no error here. */
bool http_p12_read(struct http_p12 *p12, const struct secret *bytes, const struct secret *password,
    struct error *err);

#endif
