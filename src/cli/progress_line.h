/* Progress on a terminal: one line on standard error that is written over, with how far each entity
 * of the tenant under way is. */
#ifndef UEMSYNC_CLI_PROGRESS_LINE_H
#define UEMSYNC_CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sync/progress.h"
#include "sync/report.h"

struct progress_line_entity {
    const char *name; /* borrowed */
    int64_t done;
    int64_t total; /* -1: not known */
};

struct progress_line {
    bool *open;         /* shared with the log, which wipes the line before it writes; borrowed */
    int64_t shown;      /* when the line was last written */
    const char *tenant; /* whose entities these are; borrowed */
    struct progress_line_entity entities[SYNC_MOST_ENTITIES]; /* in the order of their first sign */
    size_t count;
};

/* The progress that writes to `line`, which must outlive it. */
struct progress progress_line_init(struct progress_line *line, bool *open);

/* Wipes the line. */
void progress_line_end(struct progress_line *line);

#endif
