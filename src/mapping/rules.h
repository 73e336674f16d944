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

struct zone;

enum rule_result {
    RULE_TOOK,   /* the cell is set, or the value says that there is none: NULL */
    RULE_MISFIT, /* the cell, as it stands, does not tell the value: it is kept in `extra` too */
    RULE_NO_MEMORY
};

/* What a rule has at hand beside the value. */
struct rule_call {
    struct arena *arena;     /* of the record */
    const struct zone *zone; /* of times that carry none; NULL: UTC */
};

/* `value` is neither absent nor null; the cell is NULL before. What the cell points to lives in
 * the record's tree or in the call's arena. */
typedef enum rule_result rule_fn(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell);

/* `values` are those of all the rule's sources, in their order; NULL: absent or null. The cell is
 * NULL before. Such a cell tells none of the values, so that none is taken by it. */
typedef void rule_sources_fn(const cJSON *const *values, struct cell *cell);

/* What a rule looks at. RULE_OF_VALUE and RULE_OF_SOURCES have functions; the others are the
 * mapper's own. */
enum rule_scope {
    RULE_OF_VALUE,
    RULE_OF_SOURCES,   /* all sources at once */
    RULE_OF_JSON,      /* the property's value as it is */
    RULE_OF_MASKED,    /* the same, with the secrets of others masked: see mask.h */
    RULE_OF_LIST,      /* the same, and a list in any case */
    RULE_OF_LDAP,      /* an object of LDAP attributes: see ldap.h */
    RULE_OF_TENANT,    /* the tenant's name */
    RULE_OF_OWNER,     /* whose inventory it is: see mapper_set_owner */
    RULE_OF_DEVICE_ID, /* the first source is a GUID, the second an identifier */
    RULE_OF_CUSTOM,    /* an object, and the loose custom attributes */
    RULE_OF_EXTRA,     /* every property that no other column took */
};

struct rule {
    const char *name;
    const char *about;  /* for the documentation */
    const char *source; /* likewise: the guide and the section that have it; "" for the program's */
    enum column_type type;
    enum rule_scope scope;
    rule_fn *apply;
    rule_sources_fn *weigh;
    size_t source_count; /* sources that it needs, no more and no fewer; 0: any number */
    bool wants_words;
    bool takes_words;      /* likewise, but it does without */
    bool gives_words;      /* a text that is one of a list, whatever the value */
    const char *otherwise; /* what the cell is where sources have values and none fits; or NULL */
};

/* The rule of that name; with NULL, the one that a column of this type has by itself. NULL when
 * there is none. */
const struct rule *rule_find(const char *name, enum column_type type);

/* Every rule, and their number: for the documentation and "did you mean". */
const struct rule *rule_all(size_t *count);

/* A GUID in any case, with hyphens: 16 bytes. */
bool rule_parse_uuid(struct str text, uint8_t uuid[ROW_UUID_SIZE]);

#endif
