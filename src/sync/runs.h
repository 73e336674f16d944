/* The runs of one command: that of a single tenant in the program itself, those of several side by
 * side, each in a process of its own. */
#ifndef UEMSYNC_SYNC_RUNS_H
#define UEMSYNC_SYNC_RUNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sync/report.h"
#include "sync/run.h"
#include "sync/settings.h"

struct runs {
    struct sync_report *reports; /* as the configuration has the tenants; see runs_release. One that
                                    had no turn has no run_id, and the error "not begun" */
    size_t size;                 /* of the reports' memory */
    int count;
    bool cut_short; /* a signal came before each tenant had its turn */
    bool is_child;  /* this is the process of one run, which is done: it has nothing to tell, and is
                       to release what it holds and to exit with 0 */
};

/* Makes the runs of the tenants that are wanted, and fills a report for each in every case, also
 * for one whose process dies; the others go on then. May return once for each process, see
 * is_child. Nothing that is not to be shared may be open: no connection, no file with something
 * unwritten. ERROR_MEMORY when no run was begun. */
bool runs_make(struct runs *runs, const struct run_settings *settings,
    const struct sync_tenant *tenants, size_t count, struct error *err);

void runs_release(struct runs *runs);

#endif
