/* Personal values within texts. Part of privacy. */
#ifndef UEMSYNC_MAPPING_PRIVACY_TEXT_H
#define UEMSYNC_MAPPING_PRIVACY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "mapping/mapping.h"
#include "mapping/privacy.h"

/* A value that a record holds at one of its places. */
struct privacy_found {
    const struct privacy_found *next;
    enum personal_form form;
    enum personal_search search;
    struct str normal;
    struct str hash; /* data is NULL: it is dropped */
};

/* A part of a text that is personal. */
struct privacy_part {
    size_t from;
    size_t to;
    const struct privacy_found *found; /* the value that it is; or NULL: it looks like one */
    enum personal_form form;
};

/* The next part at or behind `from`: a found value, the longest of those that begin there, or,
 * what looks like a value of one of the forms (a bit each in `forms`). `is_text`: the text is free,
 * so that shorter words count too. False without one. */
bool privacy_next_part(struct str text, size_t from, bool is_text, unsigned forms,
    const struct privacy_found *found, struct privacy_part *part);

/* Whether the part is all that the text says, but for blanks and what only says what it is. */
bool privacy_is_whole(struct str text, const struct privacy_part *part);

#endif
