/* What a run staged and did not publish, and the tenant's next run takes over: see load_staged.
 *
 * Sorted runs and the journal in HOME/work (csv_journal.h) outlive the run that wrote them. Rows of
 * a relation count from one run to the next where a row of load_schema.fetched names the relation,
 * and where such a row was staged after them, be it of another owner: what belongs to one owner is
 * staged without a break. Of all other relations (listings) the next run takes nothing.
 *
 * Rows of a RELATION_LOG go with it. The next run publishes them under the name of their own. */
#ifndef UEMSYNC_LOAD_CSV_CSV_RESUME_H
#define UEMSYNC_LOAD_CSV_CSV_RESUME_H

#include <stdbool.h>
#include <stddef.h>

#include "load/csv/csv_journal.h"
#include "load/load.h"

struct csv_load;

struct csv_resume {
    struct csv_journal journal; /* but for files and relations; its logs are of earlier runs */
    bool enabled;               /* what is staged can be for another run */
    bool ready;                 /* csv_resume_open did its work */
    bool taken;                 /* something was taken over */
    bool dropped;
    size_t fetched; /* the place of load_schema.fetched; SIZE_MAX: there is none */
    bool *named;    /* one a relation: a row of load_schema.fetched has its name; owned */
    bool any;       /* one is */
    size_t last;    /* the relation that was named last */
};

/* Takes over what is to be taken and removes what is not. The store is open, the sorter new. An
 * error leaves all as it is. */
bool csv_resume_open(struct csv_load *csv, struct error *err);

/* Saves what is staged, unless it was published or dropped. True: it stays for the next run. Also
 * of a load that was not opened whole. */
bool csv_resume_close(struct csv_load *csv);

/* After the row of relation `index` was staged. */
void csv_resume_mark(struct csv_load *csv, size_t index, const struct row *row);

/* As csv_logs_finish and csv_logs_publish, for the logs of earlier runs; the latter goes first. */
bool csv_resume_finish_logs(
    struct csv_load *csv, struct load_counts *const *counts, bool *any, struct error *err);
bool csv_resume_publish_logs(
    struct csv_load *csv, struct load_counts *const *counts, struct error *err);

/* See the functions of load.h. */
bool csv_resume_staged(struct load *load, const size_t *columns, size_t count, load_row_fn *each,
    void *context, struct error *err);
bool csv_resume_save(struct load *load, struct error *err);
void csv_resume_drop(struct load *load);

#endif
