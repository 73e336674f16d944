/* The parts of statements that a relation's columns make: lists of names, definitions, joins. They
 * are psql variables of the files in sql/postgres/. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_FRAGMENTS_H
#define UEMSYNC_LOAD_POSTGRES_PG_FRAGMENTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "load/postgres/pg.h"
#include "mapping/relation.h"

enum { PG_FRAGMENT_COUNT = 32 };

/* Everything that a statement about one relation can name: relation, stage, tenant, schema,
 * definitions, columns, key, owner (the first column of the key behind the tenant), values,
 * stage_columns, relation_columns, stage_values, relation_values, same_key, earlier_is_later,
 * stage_key_texts, relation_key_texts. Names of columns are quoted, as a word of SQL may be one. */
struct pg_fragments {
    struct pg_variable variables[PG_FRAGMENT_COUNT]; /* ended by a NULL name */
};

/* Makes them in `arena`, where they live. False without memory. `tenant` may be "". */
bool pg_fragments_init(struct pg_fragments *fragments, struct arena *arena,
    const struct relation *relation, const char *schema, const char *tenant);

/* One more variable, borrowed. ERROR_MEMORY where the value is NULL, so that what could not be made
 * can be handed on as it is. */
bool pg_fragments_add(
    struct pg_fragments *fragments, const char *name, const char *value, struct error *err);

/* A list over the relation's columns from..to in the arena, each printed as `format` has it with
 * the name, quoted, put in for each '@', joined by `between`. NULL without memory. */
const char *pg_list(struct arena *arena, const struct relation *relation, size_t from, size_t to,
    const char *format, const char *between);

/* "stage_device", in the arena; NULL without memory. */
const char *pg_stage_name(struct arena *arena, const struct relation *relation);

#endif
