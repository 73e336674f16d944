/* Reading what is published: load_published, for a run and for a reader beside one. */
#ifndef UEMSYNC_LOAD_CSV_CSV_READ_H
#define UEMSYNC_LOAD_CSV_CSV_READ_H

#include "base/buffer.h"
#include "load/csv/csv_store.h"
#include "load/load.h"

/* The texts of a row's columns that were asked for. */
struct csv_texts {
    struct str *texts;        /* owned */
    struct buffer *scratches; /* one a text, as each may have to be unquoted; owned */
    size_t count;
};

bool csv_texts_init(struct csv_texts *texts, size_t count, struct error *err);
void csv_texts_release(struct csv_texts *texts);

/* Those of a line, with its \n, that has all columns of the relation; valid as long as it is.
 * `columns` are places in the relation, texts->count of them. */
bool csv_texts_of_line(struct csv_texts *texts, const struct relation *relation, struct str line,
    bool safe, const size_t *columns, struct error *err);

/* See load_published. A column that the file does not have yet is NULL in every row. Rows of a
 * RELATION_LOG or a RELATION_RUN are not published here: ERROR_DESTINATION. `safe`: see
 * csv_guard_of. */
bool csv_read(const struct csv_store *store, bool safe, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err);

#endif
