/* Progress on a terminal: one line on standard error that is written over, with how far each entity
 * is. Of several tenants, whose runs are processes of their own, it has the sums: they note how far
 * they are in memory that all share, and the parent alone writes. */
#ifndef UEMSYNC_CLI_PROGRESS_LINE_H
#define UEMSYNC_CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "sync/progress.h"
#include "sync/settings.h"

struct progress_line;

/* The line of the tenants that are wanted, whose names are borrowed. NULL when there is no memory
 * for it: a run does not fail for that. All functions take NULL, and do nothing. */
struct progress_line *progress_line_new(const struct sync_tenant *tenants, size_t count);
void progress_line_free(struct progress_line *line);

/* The progress that writes to `line`, which must outlive it; or NULL. */
const struct progress *progress_line_progress(const struct progress_line *line);

/* For the log, which wipes the line before it writes; or NULL. */
bool *progress_line_open(struct progress_line *line);

/* Wipes the line. */
void progress_line_end(struct progress_line *line);

#endif
