/* Relations as their tables are. A column that a mapping names anew may have to wait, as others
 * hold the table: the run goes on without it then, and what it writes leaves the column out. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_SHAPE_H
#define UEMSYNC_LOAD_POSTGRES_PG_SHAPE_H

#include <stdbool.h>

#include "base/arena.h"
#include "load/load.h"
#include "load/postgres/pg_catalogue.h"

struct pg_shape {
    const struct relation *relation; /* as the mapping has it, and callers name it */
    const struct relation *there;    /* without the columns that wait; the same where none does */
    const size_t *places;            /* of its columns in `relation`; NULL where none waits */
};

/* One shape a relation of the schema, in its order, in the arena. Without a catalogue no column
 * waits; with one, each that does is warned of. ERROR_DESTINATION where a key's column would. */
bool pg_shapes_init(struct pg_shape **shapes, struct arena *arena, const struct load_schema *schema,
    const struct pg_catalogue *catalogue, const struct log *log, struct error *err);

/* Whether the column waits. */
bool pg_shape_lacks(const struct pg_shape *shape, size_t column);

/* The row without what waits. `cells` has room for shape->there->column_count. */
struct row pg_shape_row(const struct pg_shape *shape, const struct row *row, struct cell *cells);

#endif
