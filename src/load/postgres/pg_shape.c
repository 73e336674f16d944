#include "load/postgres/pg_shape.h"

#include "base/ceilings.h"
#include "load/postgres/pg_tables.h"

/* Whether every table of the relation at this place of the schema that is to have the column has
 * it. */
static bool pg_shape_has(const struct pg_catalogue *catalogue, const struct load_schema *schema,
    size_t place, const char *column, bool *has, struct error *err)
{
    struct arena arena;
    struct pg_tables tables;
    bool ok;

    arena_init(&arena, CEILING_DOCUMENT);
    ok = pg_tables_of(&tables, &arena, schema->relations[place], err);
    *has = ok;
    for (size_t i = 0; ok && i < tables.count; i++) {
        const struct pg_table *table = &tables.tables[i];

        if (relation_find_column(table->relation, column) < table->relation->column_count) {
            *has = *has && pg_catalogue_type(catalogue, table->name, column) != NULL;
        }
    }
    arena_release(&arena);
    return ok;
}

/* What is kept of a relation has to be there as well. */
static bool pg_shape_has_kept(const struct pg_catalogue *catalogue,
    const struct load_schema *schema, size_t place, const char *column, bool *has,
    struct error *err)
{
    bool ok = pg_shape_has(catalogue, schema, place, column, has, err);

    for (size_t i = 0; ok && *has && i < schema->count; i++) {
        if (schema->relations[place] == schema->history &&
            schema->relations[i] == schema->history_of) {
            ok = pg_shape_has(catalogue, schema, i, column, has, err);
        }
    }
    return ok;
}

static bool pg_shape_wait(
    const struct relation *relation, size_t column, const struct log *log, struct error *err)
{
    const char *name = relation->columns[column].name;

    log_event(log, LOG_WARNING, "column %s of %s waits for the next run: the table is locked", name,
        relation->name);
    return column >= relation->key_count ||
           error_set(err, ERROR_DESTINATION, "column %s of %s is missing, and the table is locked",
               name, relation->name);
}

static bool pg_shape_init(struct pg_shape *shape, struct arena *arena,
    const struct load_schema *schema, size_t place, const struct pg_catalogue *catalogue,
    const struct log *log, struct error *err)
{
    const struct relation *relation = schema->relations[place];
    size_t all = relation->column_count;
    struct relation *there = arena_alloc(arena, sizeof *there);
    struct column *columns = arena_alloc(arena, (all + 1) * sizeof *columns);
    size_t *places = arena_alloc(arena, (all + 1) * sizeof *places);
    size_t count = 0;
    bool ok = (there != NULL && columns != NULL && places != NULL) || error_memory(err);

    for (size_t i = 0; ok && i < all; i++) {
        bool has = true;

        ok = pg_shape_has_kept(catalogue, schema, place, relation->columns[i].name, &has, err) &&
             (has || pg_shape_wait(relation, i, log, err));
        if (ok && has) {
            places[count] = i;
            columns[count++] = relation->columns[i];
        }
    }
    if (ok && count < all) {
        *there = *relation;
        there->columns = columns;
        there->column_count = count;
        shape->there = there;
        shape->places = places;
    }
    return ok;
}

bool pg_shapes_init(struct pg_shape **shapes, struct arena *arena, const struct load_schema *schema,
    const struct pg_catalogue *catalogue, const struct log *log, struct error *err)
{
    bool ok;

    *shapes = arena_alloc(arena, (schema->count + 1) * sizeof **shapes);
    ok = *shapes != NULL || error_memory(err);
    for (size_t i = 0; ok && i < schema->count; i++) {
        struct pg_shape *shape = &(*shapes)[i];

        *shape = (struct pg_shape){schema->relations[i], schema->relations[i], NULL};
        ok = catalogue == NULL || pg_shape_init(shape, arena, schema, i, catalogue, log, err);
    }
    return ok;
}

bool pg_shape_lacks(const struct pg_shape *shape, size_t column)
{
    bool has = shape->places == NULL;

    for (size_t i = 0; !has && i < shape->there->column_count; i++) {
        has = shape->places[i] == column;
    }
    return !has;
}

struct row pg_shape_row(const struct pg_shape *shape, const struct row *row, struct cell *cells)
{
    for (size_t i = 0; i < shape->there->column_count; i++) {
        cells[i] = row->cells[shape->places != NULL ? shape->places[i] : i];
    }
    return (struct row){shape->there, cells};
}
