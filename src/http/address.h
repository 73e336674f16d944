/* The base address of a server: what may be called at all, and how messages name it. */
#ifndef UEMSYNC_HTTP_ADDRESS_H
#define UEMSYNC_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { HTTP_HOST_SIZE = 300 }; /* a name of DNS (253 at most), a port, a NUL; longer ones are cut */

struct http_address {
    char host[HTTP_HOST_SIZE]; /* with the port where the address names one; for messages */
    bool is_plain;             /* http: loopback, never through a proxy */
};

/* Checks a base URL: https, or http to a loopback address; no user, password, query or fragment.
 * ERROR_CONFIG otherwise; the text never repeats an address that holds a password. */
bool http_address_read(struct http_address *address, const char *base_url, struct error *err);

/* Scheme and host of any URL that a server sent, such as "https://x.example:8443"; "another
 * address" when it cannot be read. */
void http_address_name(const char *url, char *text, size_t size);

#endif
