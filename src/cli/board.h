/* Progress, on standard error: on a terminal a block of lines, one an entity, that is drawn over in
 * place a few times a second; elsewhere a line of the log for each tenant, once in some seconds.
 * Of several tenants, whose runs are processes of their own, each notes how far it is in memory
 * that all share, and the parent alone draws. */
#ifndef UEMSYNC_CLI_BOARD_H
#define UEMSYNC_CLI_BOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/log.h"
#include "cli/style.h"
#include "sync/limits.h"
#include "sync/progress.h"
#include "sync/settings.h"

enum { BOARD_DRAW_MS = 250, BOARD_FIRST_LINE_MS = 1000, BOARD_LINE_MS = 10 * 1000 };

struct board;

/* All borrowed. */
struct board_settings {
    const struct sync_tenant *tenants; /* of which those that are wanted are shown */
    size_t count;
    const struct limits *limits;
    const struct log *log;
    const struct style *style; /* of standard error */
    bool is_block; /* drawn over in place; else lines of the log, be it as quiet as it may */
};

/* NULL when there is no memory for it: a run does not fail for that. All functions take NULL, and
 * do nothing. */
struct board *board_new(const struct board_settings *settings);
void board_free(struct board *board);

/* The progress that is shown on `board`, which must outlive it; or NULL. */
const struct progress *board_progress(const struct board *board);

/* For the logs of all processes, which write above the block; NULL where there is none. */
struct log_block *board_block(struct board *board);

/* The run is over: the block goes, or stays as a last picture. */
void board_end(struct board *board, bool stays);

#endif
