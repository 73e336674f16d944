/* Rows as CSV text and back: RFC 4180 in the form that PostgreSQL's \copy ... csv reads unchanged.
 * NULL is nothing, an empty string is "", booleans are t and f, text[] is {A,B}. */
#ifndef UEMSYNC_LOAD_CSV_CSV_TEXT_H
#define UEMSYNC_LOAD_CSV_CSV_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/error.h"
#include "base/str.h"
#include "mapping/row.h"

/* Most bytes of one line, and so of one key; and of what is known of a set's row without its owner,
 * as a line or as a key: so much is left for tenant, owner and commas. */
enum { CSV_LINE_CEILING = CEILING_ROW, CSV_FORM_CEILING = CSV_LINE_CEILING - 16 * 1024 };

/* A key is the text of the key columns but the first (the tenant, which is the same everywhere),
 * in a form that memcmp puts in the order of the columns' bytes, NULL first: a column is 1, its
 * bytes and 0, or 0 alone for NULL. No text holds a 0. */
struct csv_encoder {
    bool safe;          /* guard text cells, see csv_append_text */
    struct buffer key;  /* of the row encoded last */
    struct buffer line; /* of the row encoded last, with \n */
    struct buffer form; /* of the set's row encoded last, without its owner */
    struct buffer scratch;
    struct buffer other; /* a second scratch, where two texts are compared */
};

void csv_encoder_init(struct csv_encoder *encoder, bool safe);
void csv_encoder_release(struct csv_encoder *encoder);

/* Fills `line`, and appends to `key`, which the caller may have given a prefix. ERROR_RECORD when
 * the row is above the ceiling or a key holds a NUL. */
bool csv_encode_row(struct csv_encoder *encoder, const struct row *row, struct error *err);

/* Fills `form` with a set's row but for its tenant and its owner: where the owner stands ahead of
 * all other columns but the tenant, the end of its line, from the comma behind the owner on, with
 * \n; else the other columns, as columns of a key. Errors are those of csv_encode_row. */
bool csv_encode_item(struct csv_encoder *encoder, const struct row *row, struct error *err);

/* Makes room for forms of up to `size` bytes to be compared; false when it cannot be had. */
bool csv_encoder_reserve(struct csv_encoder *encoder, size_t size);

/* Orders two forms that are ends of lines as their keys would be: bytewise by column, NULL first.
 * No two different ones are equal. csv_encoder_reserve made room for both. */
int csv_compare_ends(
    struct csv_encoder *encoder, const struct relation *relation, struct str a, struct str b);

/* The header line of a relation, with \n. */
void csv_append_header(struct buffer *line, const struct relation *relation);

/* A text cell, quoted where it must be. `safe`: what a spreadsheet would take for a formula (a
 * leading = + - @ TAB or CR) gets a ' in front; so does what begins with ' and such, so that
 * taking the ' away again gives back what was there. */
void csv_append_text(struct buffer *line, struct str text, bool safe);

/* One column of a key; NULL when text.data is NULL. False when the text holds a NUL. */
bool csv_key_append(struct buffer *key, struct str text);

/* What a line begins with, ahead of the comma behind column `last`: the tenant and what the key has
 * up to there. */
void csv_append_begin(struct buffer *line, const struct relation *relation, size_t last,
    const char *tenant, struct str key, bool safe);

/* The line, with \n, of a set's row whose key has every column of the relation but the tenant's. */
void csv_append_key_line(struct buffer *line, const struct relation *relation, const char *tenant,
    struct str key, bool safe);

/* Column `at` of a key, the first being 0, as it stands there but for the 0 at its end: no two
 * texts look the same, and NULL is nothing at all. */
struct str csv_key_part(struct str key, size_t at);

/* Takes the first column off a key, as a view into it; data is NULL for NULL. */
struct str csv_key_next(struct str *key);

/* The next field of a record that has no \n at its end, as it stands there, quotes included.
 * After the last one rest->data is NULL. False when the quoting is broken. */
bool csv_next_field(struct str *rest, struct str *field);

/* Appends the next field of a record, which is one of this column, to a key. False when the field
 * is broken or missing. `safe` and `scratch`: see csv_field_text. */
bool csv_key_append_field(struct buffer *key, struct str *rest, const struct column *column,
    bool safe, struct buffer *scratch);

/* The text of such a field: data is NULL for NULL. `safe` takes the guard away. Valid as long as
 * the field and until `scratch` is written to; scratch->failed tells that there is no memory. */
struct str csv_field_text(struct str field, bool safe, struct buffer *scratch);

#endif
