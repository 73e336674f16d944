/* A mapping: how records of one entity become rows of one relation, read from a file in mappings/
 * and compiled once. */
#ifndef UEMSYNC_MAPPING_MAPPING_H
#define UEMSYNC_MAPPING_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "mapping/relation.h"

enum {
    MAPPING_MOST_SOURCES = 6,
    MAPPING_MOST_COLUMNS = 256,
    MAPPING_MOST_STEPS = 8,
    MAPPING_MOST_PERSONAL = 64
};

struct rule;
struct yaml_places;

/* The kind of a server. */
enum mapping_kind { MAPPING_ANY, MAPPING_CLOUD, MAPPING_CORE };

/* Who speaks: a Core has two voices, CPS and the v1 web services, and what both say of one device
 * becomes one row. */
enum mapping_voice { MAPPING_CPS, MAPPING_V1 };

/* Which voice counts in a column where both have spoken (the product's page, "one device, two
 * voices"). */
enum mapping_merge {
    MERGE_CPS,    /* CPS, and v1 where CPS says nothing */
    MERGE_V1,     /* v1, and CPS where v1 says nothing */
    MERGE_EITHER, /* booleans: true where either says so */
    MERGE_BOTH,   /* booleans: false where either says so */
    MERGE_STATUS, /* CPS, but INFECTED, LOST and EXPIRED of v1 over ACTIVE and UNKNOWN */
};

/* How one column is filled. */
struct mapping_column {
    const struct rule *rule;
    size_t sources[MAPPING_MOST_SOURCES]; /* places in the mapping's list of properties */
    size_t source_count;
    enum mapping_kind kind; /* MAPPING_ANY, or the only one whose CPS records fill it */
    bool is_state;          /* another value is another state, for a history of them */
    enum mapping_merge merge;
    const char *const *words; /* NULL-terminated; what they are for is the rule's business */
    const char *otherwise;    /* what a word outside `words` becomes; or NULL */
};

/* A property whose name has dots is also a way into an object: `a.b` is the member `b` of the
 * property `a`, unless the record has a property that is called `a.b`. */
struct mapping_path {
    size_t property;          /* its place among the properties, by its whole name */
    size_t root;              /* place of the object's name among the roots */
    const char *const *steps; /* names from there on, NULL-terminated, MAPPING_MOST_STEPS at most */
};

/* The name of an object that paths lead into. */
struct mapping_root {
    const char *name;
    size_t property; /* its place among the properties; property_count when no column reads it */
};

/* What makes two spellings of a personal value the same, and by which look it is found in texts. */
enum personal_form {
    PERSONAL_TEXT,  /* to the letter, but for blanks around it */
    PERSONAL_EMAIL, /* in any case; known by its @ */
    PERSONAL_PHONE, /* its digits; 7 to 15 of them */
    PERSONAL_CODE,  /* its letters and digits, in any case, without `IMEI:` and the like */
    PERSONAL_IMEI,  /* a code; 14 to 16 digits */
    PERSONAL_MAC,   /* a code; six pairs of hexadecimal digits */
    PERSONAL_UDID   /* a code; 40 hexadecimal digits, or 8 and 16 */
};

/* Where a value that was found at one of its places is looked for as well. */
enum personal_search {
    PERSONAL_IN_RECORD, /* in all that the record says */
    PERSONAL_IN_TEXTS,  /* in the mapping's `texts`: it may be a word as any other (`iPhone`) */
    PERSONAL_NOWHERE
};

/* A place is the names on the way into the record with dots between them, in any case of their
 * letters: `details.imei`. With a dot in front it is at any depth (`.mail`), with one behind it
 * everything within (`content.`). Lists on the way are passed through. */
struct mapping_personal {
    const char *kind; /* as the configuration's `privacy` names it */
    enum personal_form form;
    enum personal_search search;
    const char *const *places; /* NULL-terminated */
};

struct mapping {
    /* How v1's records become rows of the same relation; NULL: v1 has none. It has no relation of
     * its own (its is a copy), and no second voice. */
    struct mapping *v1;
    struct relation relation;
    struct mapping_column *columns; /* one for each of relation.columns */
    const char **properties;        /* names that columns are read from, in bytewise order */
    size_t property_count;
    struct mapping_path *paths;
    size_t path_count;
    struct mapping_root *roots;
    size_t root_count;
    const char *const *dropped; /* properties that are kept nowhere; NULL-terminated, or NULL */
    struct mapping_personal *personal; /* what is told apart by `privacy` */
    size_t personal_count;
    const char *const *texts;         /* places, NULL-terminated */
    const struct yaml_places *places; /* where the keys of the file stand; NULL of v1's */
    struct arena arena;               /* holds all of the above */
};

/* Compiles the text of a mapping file. `path` names it in errors (ERROR_CONFIG, "PATH:LINE: ...")
 * and is not opened. *mapping is the caller's. */
bool mapping_new(struct mapping **mapping, const char *path, struct str text, struct error *err);
void mapping_free(struct mapping *mapping);

/* For what only the caller knows to be wrong in the file: ERROR_CONFIG, "PATH:LINE: key `KEY`: ..."
 * with the key's line, or that of what is around a key that the file does not have. Returns false.
 */
bool mapping_fail(const struct mapping *mapping, const char *key, struct error *err,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What is personal by `from` is so by `mapping` as well, which keeps copies. */
bool mapping_add_personal(struct mapping *mapping, const struct mapping *from, struct error *err);

/* Where `name` stands among the properties, or property_count. */
size_t mapping_property(const struct mapping *mapping, const char *name);

#endif
