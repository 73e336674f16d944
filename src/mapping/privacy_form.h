/* The forms of personal values: which spellings are the same value. Part of privacy. */
#ifndef UEMSYNC_MAPPING_PRIVACY_FORM_H
#define UEMSYNC_MAPPING_PRIVACY_FORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "mapping/mapping.h"

/* The normal form, in the arena: of an IMEI `IMEI:35 377808 345646 1` it is 353778083456461. A text
 * that has nothing of its form (a phone number without digits) stays as it is. data is NULL without
 * memory. */
struct str privacy_normalise(enum personal_form form, struct str text, struct arena *arena);

/* Whether it says that there is no value: `na`, `(null)`, `PDA`, asterisks, nothing at all (the v1
 * guide's details; field notes, "Everywhere"). */
bool privacy_is_placeholder(struct str text);

/* How many bytes at its begin only say what it is: those of `IMEI:`. */
size_t privacy_prefix(struct str text);

/* Whether a value of this form is compared by its letters and digits alone. */
bool privacy_is_code(enum personal_form form);

/* A letter, a digit, or a part of a character beyond ASCII, which may be a letter. */
bool privacy_is_word_char(char c);

#endif
