/* Rules that are long enough for files of their own, and what those share. Part of rules. */
#ifndef UEMSYNC_MAPPING_RULES_PARTS_H
#define UEMSYNC_MAPPING_RULES_PARTS_H

#include "mapping/rules.h"

/* A string or a number. */
bool rule_is_scalar_text(const cJSON *value);

/* Sets the cell; RULE_MISFIT for a text beyond CEILING_TEXT. */
enum rule_result rule_set_text(struct cell *cell, struct str text);

/* Each is a rule_fn. */

/* Thumbprints: "BF:06:70" and "bf 06 70" are bf0670 (CPS API guide, "Object models", Certificate).
 */
enum rule_result rule_hexadecimal(const struct mapping_column *column, const cJSON *value,
    struct arena *arena, struct cell *cell);

/* Platforms as the app catalog writes them (CPS API guide, "App Catalog APIs"): `Mac OS X`. */
enum rule_result rule_platform(const struct mapping_column *column, const cJSON *value,
    struct arena *arena, struct cell *cell);

/* The first CN of a distinguished name, as RFC 4514 and its elders write them: "cn = A\, B,O=C",
 * "CN=\"A, B\";O=C". Names are told by their column whole, so it never takes the property. NULL
 * for a common name that is no UTF-8 after its escapes. */
enum rule_result rule_common_name(const struct mapping_column *column, const cJSON *value,
    struct arena *arena, struct cell *cell);

#endif
