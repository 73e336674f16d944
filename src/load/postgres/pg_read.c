#include "load/postgres/pg_read.h"

#include <stdlib.h>

enum { PG_READ_CEILING = 64 * 1024 };

struct pg_reading {
    load_row_fn *each;
    void *context;
    struct str *texts; /* room for one row */
    size_t count;
};

static bool pg_read_row(void *context, const PGresult *row, struct error *err)
{
    const struct pg_reading *reading = context;

    for (size_t i = 0; i < reading->count; i++) {
        const char *text = PQgetisnull(row, 0, (int)i) != 0 ? NULL : PQgetvalue(row, 0, (int)i);

        reading->texts[i] = (struct str){text, (size_t)PQgetlength(row, 0, (int)i)};
    }
    return reading->each(reading->context, reading->texts, err);
}

bool pg_may_read(
    struct pg *pg, const char *schema, const char *relation, bool *may, struct error *err)
{
    const struct pg_variable variables[] = {
        {"schema", schema}, {"relation", relation}, {NULL, NULL}};
    PGresult *result = NULL;
    bool ok = pg_run(pg, "readable.sql", variables, &result, err);

    *may = ok && *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return ok;
}

/* Only a time has another text in CSV than PostgreSQL would print. */
static void pg_append_text(struct buffer *list, const struct column *column)
{
    if (column->type == COLUMN_TIMESTAMPTZ) {
        buffer_printf(list,
            "to_char(\"%s\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
            column->name);
    } else {
        buffer_printf(list, "\"%s\"", column->name);
    }
}

bool pg_read_texts(struct pg_fragments *fragments, struct arena *arena,
    const struct relation *relation, const size_t *columns, size_t count,
    const struct pg_catalogue *catalogue, struct error *err)
{
    struct buffer list;
    bool ok;

    buffer_init(&list, PG_READ_CEILING);
    for (size_t i = 0; i < count; i++) {
        const struct column *column = &relation->columns[columns[i]];

        buffer_append_text(&list, i > 0 ? ", " : "");
        if (catalogue == NULL ||
            pg_catalogue_type(catalogue, relation->name, column->name) != NULL) {
            pg_append_text(&list, column);
        } else {
            buffer_append_text(&list, "NULL");
        }
    }
    ok = buffer_ok(&list) || error_memory(err);
    ok = ok && pg_fragments_add(fragments, "texts", arena_copy(arena, buffer_view(&list)), err);
    buffer_release(&list);
    return ok;
}

bool pg_read_rows(struct pg *pg, const char *file, const struct pg_fragments *fragments,
    size_t count, load_row_fn *each, void *context, struct error *err)
{
    struct pg_reading reading = {each, context, calloc(count + 1, sizeof(struct str)), count};
    bool ok = (reading.texts != NULL || error_memory(err)) &&
              pg_run_each(pg, file, fragments->variables, pg_read_row, &reading, err);

    free(reading.texts);
    return ok;
}
