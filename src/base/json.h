/* Writes JSON text into a buffer: for results (`--json`), JSON logs, manifests and jsonb cells.
 * Commas and the state of nesting are kept here; a misuse is a programming error. */
#ifndef UEMSYNC_BASE_JSON_H
#define UEMSYNC_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/str.h"

struct json_writer {
    struct buffer *out; /* borrowed; its failure is the writer's */
    bool is_shown;      /* see json_init_shown */
    bool comma;         /* a value stands before, so the next wants a comma */
};

void json_init(struct json_writer *json, struct buffer *out);

/* Of a document that a terminal may show: json_text writes as json_quote_shown does. */
void json_init_shown(struct json_writer *json, struct buffer *out);

void json_object_begin(struct json_writer *json);
void json_object_end(struct json_writer *json);
void json_array_begin(struct json_writer *json);
void json_array_end(struct json_writer *json);

/* The name of the value that is written next. */
void json_name(struct json_writer *json, const char *name);

void json_string(struct json_writer *json, struct str text);
void json_text(struct json_writer *json, const char *text); /* NULL is written as null */
void json_int(struct json_writer *json, int64_t number);
void json_number(struct json_writer *json, double number); /* three decimals */
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* A name and its value, for the commonest cases. */
void json_member_text(struct json_writer *json, const char *name, const char *text);
void json_member_int(struct json_writer *json, const char *name, int64_t number);
void json_member_bool(struct json_writer *json, const char *name, bool value);

/* `text` in quotes, escaped as PostgreSQL prints jsonb: \" \\ \b \f \n \r \t, other control
 * characters as \u00xx, everything else as it is. `text` is valid UTF-8. */
void json_quote(struct buffer *out, struct str text);

/* As json_quote, of a text that may hold a server's bytes and may be shown on a terminal: whatever
 * str_is_shown is against is escaped too, and bytes that are no UTF-8 become U+FFFD. */
void json_quote_shown(struct buffer *out, const char *text);

#endif
