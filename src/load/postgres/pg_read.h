/* Reading what is published, row by row as it arrives. The callbacks must not use the connection.
 */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_READ_H
#define UEMSYNC_LOAD_POSTGRES_PG_READ_H

#include <stdbool.h>

#include "load/load.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_fragments.h"

/* Whether this user may read a table or view that is there: a reader need not be its owner. */
bool pg_may_read(
    struct pg *pg, const char *schema, const char *relation, bool *may, struct error *err);

/* Adds the fragment `texts`: the columns at these places, each as the text that it has in CSV. With
 * a catalogue, one that the relation does not have there is NULL. */
bool pg_read_texts(struct pg_fragments *fragments, struct arena *arena,
    const struct relation *relation, const size_t *columns, size_t count,
    const struct pg_catalogue *catalogue, struct error *err);

/* See load_published: the rows of the statement `file`; `fragments` has texts for `count` columns.
 */
bool pg_read_rows(struct pg *pg, const char *file, const struct pg_fragments *fragments,
    size_t count, load_row_fn *each, void *context, struct error *err);

#endif
