/* YAML text to C structs, by tables that declare each key once: its name, type, range, default and
 * what it is for. The only user of libyaml. No I/O: the text is handed in.
 *
 * What is refused, always with file and line: unknown keys (with a suggestion), a wrong type, a
 * value out of range, a key twice, a required key left out, a key without a value, more than one
 * document, tags, anchors and aliases (so nothing recurses or multiplies), nesting deeper than
 * YAML_DEPTH, text longer than CEILING_FILE, and what is no YAML. */
#ifndef UEMSYNC_YAML_YAML_BIND_H
#define UEMSYNC_YAML_YAML_BIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum {
    YAML_DEPTH = 16,         /* nesting; configuration and mappings need five */
    YAML_FIELDS = 64,        /* most fields of one table */
    YAML_NODES = 100000,     /* most keys and values of one text: 1,000 tenants with every key */
    YAML_PAIR_COUNT = 4096,  /* most pairs of one YAML_PAIRS */
    YAML_KEY_PATH_SIZE = 256 /* a key's path, such as "tenants[1].batch_size", with its NUL */
};

/* What a field's value is, and what C type stands at its offset. */
enum yaml_type {
    YAML_STRING,   /* const char *: any scalar, numbers too; bytes from `min` to `max` */
    YAML_BOOLEAN,  /* bool: true or false */
    YAML_INTEGER,  /* int: from `min` to `max` */
    YAML_NUMBER,   /* double: from `min` to `max`; digits and one point */
    YAML_DURATION, /* int64_t, in ms: "400d" "26h" "30m" "90s"; from `min` to `max`, in ms */
    YAML_PERCENT,  /* double: "20%" is 0.2; from `min` to `max`, as 0 to 1 */
    YAML_WORD,     /* an enum (as large as an int): the word's index in `words` */
    YAML_STRINGS,  /* struct yaml_strings: one string or a list; each of `min` to `max` bytes */
    YAML_PAIRS,    /* struct yaml_pairs: a mapping with free keys; values are strings, and one of
                      `words` where these are given */
    YAML_MAPPING,  /* the struct of `table`, in place; left out, it has its fields' defaults */
    YAML_LIST      /* struct yaml_list: a list of mappings by `table`; `min` to `max` items */
};

/* Lists, all in the arena; count is 0 for an empty one, and for one left out. */
struct yaml_strings {
    const char *const *items; /* count of them and a NULL behind; never NULL itself */
    size_t count;
};

struct yaml_pair {
    const char *key;
    const char *value;
    int word; /* index in `words`, or -1 where the field has none */
};

struct yaml_pairs {
    const struct yaml_pair *items; /* in the order of the file */
    size_t count;
};

struct yaml_list {
    void *items; /* count structs, each table->size bytes */
    size_t count;
};

struct yaml_table;

struct yaml_field {
    const char *key;
    enum yaml_type type;
    size_t offset;
    bool required;
    const char *preset;             /* the default as it would stand in the file; NULL: all bits 0
                                       (strings: NULL). Scalars and YAML_STRINGS only */
    double min, max;                /* both 0: any; max 0: any length or number of items */
    const char *const *words;       /* NULL-terminated */
    const struct yaml_table *table; /* of YAML_MAPPING and YAML_LIST */
    const char *about;              /* one sentence, for the documentation made from the tables */
};

struct yaml_table {
    const struct yaml_field *fields;
    size_t count; /* YAML_FIELDS at most */
    size_t size;  /* of the struct that is filled */
};

/* Where the values of a file stand; for errors of meaning that are found later. */
struct yaml_place;

struct yaml_places {
    const char *path; /* of the file, for messages */
    const struct yaml_place *first;
};

/* Fills `target` (table->size bytes, cleared first) from `text`. Strings, lists and places are in
 * `arena`; nothing points into `text`. Errors are ERROR_CONFIG, "PATH:LINE: key `KEY`: ...", or
 * ERROR_MEMORY. `path` is copied into the arena. */
bool yaml_bind(struct arena *arena, const char *path, struct str text,
    const struct yaml_table *table, void *target, struct yaml_places *places, struct error *err);

/* The line, from 1, where the key stands that a path names ("tenants[1].password_env", "tenants[1]"
 * for an item; indexes from 0); 0 when the file does not have it, and for what a default gave.
 * Takes time linear in the size of the file. */
int yaml_line(const struct yaml_places *places, const char *key);

/* Sets ERROR_CONFIG with "PATH:LINE: key `KEY`: " before the message. For a key that is not in the
 * file the line is that of the nearest mapping around it, or 1. Returns false. */
bool yaml_fail(const struct yaml_places *places, const char *key, struct error *err,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
