/* How rows of the report's statements become figures. A cell is a text, and has no data where it is
 * NULL; what is no number, no time or not true is 0, FIGURES_NEVER and false. */
#ifndef UEMSYNC_SYNC_FIGURES_ROWS_H
#define UEMSYNC_SYNC_FIGURES_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "load/load.h"
#include "sync/figures.h"

/* What the rows fill, one of the two, and where its texts go. All borrowed. */
struct figures_filling {
    struct figures_summary *summary;
    struct figures *figures;
    struct arena *arena;
};

/* A statement of sql/postgres/report/. `each` takes a row; its context is a figures_filling. */
struct figures_question {
    const char *name;
    size_t columns;
    load_row_fn *each;
};

/* Asks one after the other. */
bool figures_ask(struct load *load, const struct figures_question *questions, size_t count,
    const char *tenant, struct figures_filling *filling, struct error *err);

int64_t figures_int(struct str text);
bool figures_bool(struct str text);

/* Of a time in ISO 8601, in ms. */
int64_t figures_time(struct str text);

/* *copy is in the arena, or NULL. */
bool figures_text(
    struct figures_filling *filling, struct str text, const char **copy, struct error *err);

/* Four cells: devices, compliant, not compliant, unknown. */
struct figures_counts figures_counts_of(const struct str *texts);

#endif
