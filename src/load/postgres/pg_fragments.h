/* The parts of statements that a relation's columns make: lists of names, definitions, joins. They
 * are psql variables of the files in sql/postgres/. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_FRAGMENTS_H
#define UEMSYNC_LOAD_POSTGRES_PG_FRAGMENTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "load/postgres/pg.h"
#include "mapping/relation.h"

enum { PG_FRAGMENT_COUNT = 16 };

/* Everything that a statement about one relation can name: relation, stage, tenant, schema,
 * definitions, columns, key, values, stage_columns, stage_values, relation_values, same_key,
 * earlier_is_later, key_texts. Names of columns are quoted, as a word of SQL may be one. */
struct pg_fragments {
    struct pg_variable variables[PG_FRAGMENT_COUNT]; /* ended by a NULL name */
};

/* Makes them in `arena`, where they live. False without memory. `tenant` may be "". */
bool pg_fragments_init(struct pg_fragments *fragments, struct arena *arena,
    const struct relation *relation, const char *schema, const char *tenant);

/* One more variable, borrowed. */
bool pg_fragments_add(
    struct pg_fragments *fragments, const char *name, const char *value, struct error *err);

/* "stage_device", in the arena; NULL without memory. */
const char *pg_stage_name(struct arena *arena, const struct relation *relation);

#endif
