/* What the files of rules share, and the functions that the table of rules names. Part of rules. */
#ifndef UEMSYNC_MAPPING_RULES_PARTS_H
#define UEMSYNC_MAPPING_RULES_PARTS_H

#include "mapping/rules.h"

/* A string or a number. */
bool rule_is_scalar_text(const cJSON *value);

/* Whether the text is one of the column's words, to the letter. */
bool rule_has_word(const struct mapping_column *column, struct str text);

/* Sets the cell; RULE_MISFIT for a text beyond CEILING_TEXT. */
enum rule_result rule_set_text(struct cell *cell, struct str text);

/* RULE_TOOK where the cell is set, or where the value is an empty text: where a number, a time or a
 * GUID belongs, that says that there is no value. */
enum rule_result rule_set_or_empty(const struct cell *cell, const cJSON *value);

/* A whole number in decimal digits, that fits. */
bool rule_parse_int(struct str text, int64_t *number);

/* Whether the value says yes or no: true or false, on or off, 1 or 0, also as strings. */
bool rule_read_boolean(const cJSON *value, bool *answer);

/* A bitmap of reasons: a whole number that is not negative, also as a string. */
bool rule_read_code(const cJSON *value, int64_t *code);

/* Plain values: rules_value.c */
rule_fn rule_text;
rule_fn rule_not_a_word;
rule_fn rule_one_of;
rule_fn rule_text_array;
rule_fn rule_one_or_more;
rule_fn rule_boolean;
rule_fn rule_ascii_boolean;
rule_fn rule_not;
rule_fn rule_false_if_present;
rule_fn rule_uuid;

/* Numbers and times: rules_number.c */
rule_fn rule_bigint;
rule_fn rule_double;
rule_fn rule_timestamp;
rule_fn rule_epoch_seconds;

/* Identifiers: rules_id.c */
rule_fn rule_digits;
rule_fn rule_mac_address;
rule_fn rule_guid_or_text;
rule_fn rule_label;
rule_fn rule_guid;

/* Bitmaps of reasons: rules_code.c */
rule_fn rule_reasons;
rule_fn rule_zero;
rule_fn rule_not_zero;

/* What several properties say of one thing: rules_sources.c */
rule_sources_fn rule_compromised;
rule_sources_fn rule_blocked;
rule_sources_fn rule_encrypted;
rule_sources_fn rule_masked_text;

/* Spellings: rules_spelling.c and, for names, rules_name.c */
rule_fn rule_hexadecimal;
rule_fn rule_platform;
rule_fn rule_version_in;
rule_fn rule_common_name;

#endif
