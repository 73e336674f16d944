/* JSON as PostgreSQL prints jsonb: members by length and then bytewise, the last of a repeated
 * name alone, ": " and ", " between, numbers as `numeric` prints them. The same text goes into
 * CSV files and into PostgreSQL, so that both hold the same bytes. */
#ifndef UEMSYNC_MAPPING_JSONB_H
#define UEMSYNC_MAPPING_JSONB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "decode/record.h"

/* What becomes of the secrets of others (see mask.h). */
enum jsonb_secrets {
    JSONB_PLAIN,  /* written as they are */
    JSONB_MASKED, /* written as "***" */
    JSONB_MARKED, /* the same, and one of the outermost members says that the payload is one */
};

/* Appends one value. `scratch` holds working memory until its reset. False without memory (or
 * when `out` has failed). */
bool jsonb_write(
    struct buffer *out, struct arena *scratch, enum jsonb_secrets secrets, const cJSON *value);

/* Appends an object of these members, of which later ones of a name win. NULL values are written
 * as null. */
bool jsonb_write_members(struct buffer *out, struct arena *scratch, enum jsonb_secrets secrets,
    const cJSON *const *members, size_t count);

/* Appends a number's literal as `numeric` prints it: "1e2" is 100, "-0" is 0, "1.50" stays. A
 * literal of more than 1000 characters, or whose exponent lies beyond 1000, is written as a string:
 * a few bytes must not become thousands, and PostgreSQL has a limit of its own. */
void jsonb_write_number(struct buffer *out, struct str literal);

#endif
