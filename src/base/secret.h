/* A password or key. It is a type of its own so that no format takes it by mistake; its bytes
 * are wiped when it is released. */
#ifndef UEMSYNC_BASE_SECRET_H
#define UEMSYNC_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct secret {
    char *bytes; /* NUL behind size bytes; NULL when there is no secret; owned */
    size_t size;
};

/* Copies `text`. False without memory. */
bool secret_init(struct secret *secret, struct str text, struct error *err);

/* Reads a file of at most CEILING_SECRET bytes. `is_text`: one line end at its end is dropped,
 * as editors and `echo` leave one, and NUL bytes are refused. Errors are ERROR_CONFIG and name
 * the path, never the content. */
bool secret_init_file(struct secret *secret, const char *path, bool is_text, struct error *err);

void secret_release(struct secret *secret);

static inline bool secret_is_set(const struct secret *secret)
{
    return secret->bytes != NULL;
}

#endif
