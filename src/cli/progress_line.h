/* Progress on a terminal: one line on standard error that is written over. */
#ifndef UEMSYNC_CLI_PROGRESS_LINE_H
#define UEMSYNC_CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "sync/progress.h"

struct progress_line {
    bool *open;      /* shared with the log, which wipes the line before it writes; borrowed */
    int64_t from;    /* monotonic ms of the first sign of the entity */
    int64_t shown;   /* when the line was last written */
    int64_t at_from; /* records done then */
};

/* The progress that writes to `line`, which must outlive it. */
struct progress progress_line_init(struct progress_line *line, bool *open);

/* Wipes the line. */
void progress_line_end(struct progress_line *line);

#endif
