#include "load/postgres/pg_tell.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ceilings.h"
#include "base/timestamp.h"

enum { PG_TELL_NUMBER_SIZE = 40 };

/* As a literal without a type, which takes that of its column. */
static bool pg_tell_cell(struct pg *pg, struct buffer *out, const struct column *column,
    const struct cell *cell, struct error *err)
{
    char text[PG_TELL_NUMBER_SIZE] = "";
    struct str value = {text, 0};
    bool ok = true;

    if (column->type == COLUMN_TEXT) {
        value = cell->text;
    } else if (column->type == COLUMN_BIGINT) {
        (void)snprintf(text, sizeof text, "%" PRId64, cell->number);
    } else if (column->type == COLUMN_DOUBLE) {
        (void)snprintf(text, sizeof text, "%.17g", cell->real);
    } else if (column->type == COLUMN_TIMESTAMPTZ) {
        (void)timestamp_format(cell->ms, text);
    } else if (column->type == COLUMN_BOOLEAN) {
        (void)snprintf(text, sizeof text, "%s", cell->boolean ? "true" : "false");
    } else {
        ok = error_set(err, ERROR_MEMORY, "no run can say what column %s holds", column->name);
    }
    value = value.data == text ? str_of(text) : value;
    return ok && (pg_append_literal(pg, out, value) || error_memory(err));
}

/* "('a', NULL)" */
static bool pg_tell_row(struct pg *pg, struct buffer *out, const struct row *row, struct error *err)
{
    bool ok = true;

    buffer_append_char(out, '(');
    for (size_t i = 0; ok && i < row->relation->column_count; i++) {
        buffer_append_text(out, i > 0 ? ", " : "");
        if (row->cells[i].is_set) {
            ok = pg_tell_cell(pg, out, &row->relation->columns[i], &row->cells[i], err);
        } else {
            buffer_append_text(out, "NULL");
        }
    }
    buffer_append_char(out, ')');
    return ok;
}

/* The rows after each other, without columns that wait. */
static bool pg_tell_rows(struct pg *pg, struct buffer *out, const struct pg_shape *shape,
    const struct row *rows, size_t count, struct error *err)
{
    struct cell *cells = calloc(shape->relation->column_count, sizeof *cells);
    bool ok = cells != NULL || error_memory(err);

    for (size_t i = 0; ok && i < count; i++) {
        const struct row row = pg_shape_row(shape, &rows[i], cells);

        buffer_append_text(out, i > 0 ? ",\n    " : "");
        ok = pg_tell_row(pg, out, &row, err);
    }
    free(cells);
    return ok && (buffer_ok(out) || error_memory(err));
}

bool pg_tell(struct pg_staging *staging, const struct row *rows, size_t count, struct error *err)
{
    const struct relation *relation = rows[0].relation;
    struct str run = rows[0].cells[0].text;
    struct pg_target *target = NULL;
    struct pg_fragments fragments;
    struct buffer values;
    bool ok = pg_staging_find(staging, relation, &target, err) &&
              pg_staging_fragments(staging, relation, NULL, &fragments, err);

    buffer_init(&values, CEILING_DOCUMENT);
    ok = ok && pg_tell_rows(staging->pg, &values, target->shape, rows, count, err) &&
         pg_fragments_add(&fragments, "run_id", arena_copy(staging->arena, run), err) &&
         pg_fragments_add(&fragments, "rows", buffer_text(&values), err) &&
         pg_queue(staging->pg, "run_forget.sql", fragments.variables, err) &&
         pg_queue(staging->pg, "run_tell.sql", fragments.variables, err) &&
         pg_run_queued(staging->pg, "run_tell.sql", err);
    buffer_release(&values);
    return ok || error_context(err, "writing %s", relation->name);
}

/* Whether the relation says whose a run was, and how it ended. */
static bool pg_tell_has_outcome(const struct relation *relation)
{
    static const char *const names[] = {"tenant", "outcome", "message"};
    bool has = relation->kind == RELATION_RUN;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        has = has && relation_find_typed(relation, names[i], COLUMN_TEXT) < relation->column_count;
    }
    return has;
}

bool pg_tell_of_dead(
    struct pg_staging *staging, const struct load_schema *schema, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < schema->count; i++) {
        struct pg_fragments fragments;

        if (pg_tell_has_outcome(pg_staging_there(staging, schema->relations[i]))) {
            ok = pg_staging_fragments(staging, schema->relations[i], NULL, &fragments, err) &&
                 pg_run(staging->pg, "run_died.sql", fragments.variables, NULL, err);
        }
    }
    return ok;
}
