/* One typed row of a relation. The cells' bytes belong to whoever made the row and live until it
 * is handed on; a destination copies what it keeps. */
#ifndef UEMSYNC_MAPPING_ROW_H
#define UEMSYNC_MAPPING_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"
#include "mapping/relation.h"

enum { ROW_UUID_SIZE = 16, ROW_DIGEST_SIZE = 16 };

struct cell {
    bool is_set; /* false: NULL */
    union {
        struct str text;             /* COLUMN_TEXT: valid UTF-8 without NUL */
        struct str json;             /* COLUMN_JSONB: text as PostgreSQL prints jsonb */
        bool boolean;                /* COLUMN_BOOLEAN */
        int64_t number;              /* COLUMN_BIGINT */
        double real;                 /* COLUMN_DOUBLE: finite */
        int64_t ms;                  /* COLUMN_TIMESTAMPTZ: since 1970, TIMESTAMP_MIN to _MAX */
        uint8_t uuid[ROW_UUID_SIZE]; /* COLUMN_UUID: in the order in which it is written */
        struct {
            const struct str *items;
            size_t count;
        } list; /* COLUMN_TEXT_ARRAY: items as COLUMN_TEXT; none of them is NULL */
    };
};

struct row {
    const struct relation *relation;
    const struct cell *cells; /* relation->column_count of them */
};

/* ERROR_RECORD for a row whose texts are larger than CEILING_CELLS together. */
bool row_check_size(const struct row *row, struct error *err);

/* What identifies a row of a RELATION_SET within its owner's list: the first half of the SHA-256 of
 * all its columns but the tenant's and the owner's, so that a server cannot make two rows collide.
 * `hash` is fresh (see hash_new), and fresh again after a success. */
bool row_digest(
    struct hash *hash, const struct row *row, uint8_t digest[ROW_DIGEST_SIZE], struct error *err);

#endif
