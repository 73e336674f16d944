/* The rules by which a property's value becomes a cell: a named set, in one table. A mapping file
 * names one for a column; without a name the column's type decides. */
#ifndef UEMSYNC_MAPPING_RULES_H
#define UEMSYNC_MAPPING_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "decode/record.h"
#include "mapping/mapping.h"
#include "mapping/row.h"

enum rule_result {
    RULE_TOOK,   /* the cell is set, or the value says that there is none: NULL */
    RULE_MISFIT, /* the cell, as it stands, does not tell the value: it is kept in `extra` too */
    RULE_NO_MEMORY
};

/* `value` is neither absent nor null; the cell is NULL before. What the cell points to lives in
 * the record's tree or in `arena`. */
typedef enum rule_result rule_fn(const struct mapping_column *column, const cJSON *value,
    struct arena *arena, struct cell *cell);

/* What a rule looks at. Only RULE_OF_VALUE has a function; the others are the mapper's own. */
enum rule_scope {
    RULE_OF_VALUE,
    RULE_OF_JSON,      /* the property's value as it is */
    RULE_OF_MASKED,    /* the same, with the secrets of others masked: see mask.h */
    RULE_OF_LDAP,      /* an object of LDAP attributes: see ldap.h */
    RULE_OF_TENANT,    /* the tenant's name */
    RULE_OF_OWNER,     /* whose inventory it is: see mapper_set_owner */
    RULE_OF_DEVICE_ID, /* the first source is a GUID, the second an identifier */
    RULE_OF_CUSTOM,    /* an object, and the loose custom attributes */
    RULE_OF_EXTRA,     /* every property that no other column took */
};

struct rule {
    const char *name;
    const char *about; /* for the documentation */
    enum column_type type;
    enum rule_scope scope;
    rule_fn *apply;
    bool wants_words;
};

/* The rule of that name; with NULL, the one that a column of this type has by itself. NULL when
 * there is none. */
const struct rule *rule_find(const char *name, enum column_type type);

/* Every rule, and their number: for the documentation and "did you mean". */
const struct rule *rule_all(size_t *count);

/* A GUID in any case, with hyphens: 16 bytes. */
bool rule_parse_uuid(struct str text, uint8_t uuid[ROW_UUID_SIZE]);

#endif
