/* What a relation of the destination is: its name, columns and key. Made from a mapping file,
 * read by whoever loads rows or prints the data dictionary. */
#ifndef UEMSYNC_MAPPING_RELATION_H
#define UEMSYNC_MAPPING_RELATION_H

#include <stddef.h>

enum column_type {
    COLUMN_TEXT,
    COLUMN_BOOLEAN,
    COLUMN_BIGINT,
    COLUMN_DOUBLE,
    COLUMN_TIMESTAMPTZ,
    COLUMN_UUID,
    COLUMN_JSONB,
    COLUMN_TEXT_ARRAY,
    COLUMN_TYPE_COUNT,
    COLUMN_DATE = COLUMN_TYPE_COUNT, /* of views alone: no row that is loaded has it */
};

struct column {
    const char *name; /* an SQL identifier: [a-z_][a-z0-9_]{0,62} */
    const char *about;
    enum column_type type;
};

/* What identifies a row. */
enum relation_kind {
    RELATION_KEYED, /* its key: the first `key_count` columns */
    /* All its columns, so that equal rows are one. The first `key_count` are what the rows are
     * looked up by. The rows of one owner are a list: see `owner`. */
    RELATION_SET,
    /* Nothing: rows are only ever added, such as those of a ledger. Its tenant is the column of
     * that name, wherever it stands. */
    RELATION_LOG,
    /* What a run says of itself: `run_id` is the first column of its key. All rows that a run has
     * in the relation are written together. */
    RELATION_RUN,
    /* The states that the rows of another relation were in, each with the time of its validity:
     * tenant and the other's second key column, `valid_from` (these are its key), `valid_to` (NULL:
     * now), and those columns of the other that are kept. Publishing the other one makes its rows.
     */
    RELATION_HISTORY,
    /* Nothing: a query makes its rows of other relations. It is among load_schema.views. */
    RELATION_VIEW,
    /* Its key. Nothing of a record: a statement makes its rows of what is published, for views. It
     * is among load_schema.kept, as the next is. */
    RELATION_KEPT,
    RELATION_OWN, /* Its key. Rows are the user's own: only `forget` touches them. */
};

struct relation {
    const char *name; /* an SQL identifier, and the name of the CSV file */
    const char *about;
    const struct column *columns; /* the key's columns first */
    size_t column_count;
    size_t key_count;
    enum relation_kind kind;
    /* Of a RELATION_SET: the place of the column (text, one of the key's) that names whose list a
     * row is in, such as the device's; 0 where all rows of a tenant are one list. Else 0. */
    size_t owner;
};

/* The place of the column of that name; column_count when there is none. */
size_t relation_find_column(const struct relation *relation, const char *name);

/* As relation_find_column, for who reads its cells: a user's mapping file may give a column another
 * type, and it counts as none then. */
size_t relation_find_typed(
    const struct relation *relation, const char *name, enum column_type type);

/* PostgreSQL's name of a type, such as "timestamptz"; of COLUMN_DATE, too. */
const char *column_type_name(enum column_type type);

/* The type of that name; COLUMN_TYPE_COUNT when there is none. */
enum column_type column_type_of(const char *name);

#endif
