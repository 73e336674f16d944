/* What came of a run, as a table: for people on a terminal, with what to do next; elsewhere a row
 * an entity, with the same columns always. A run that failed before it had asked for anything has
 * no row for its entities. */
#ifndef UEMSYNC_CLI_SYNC_TABLE_H
#define UEMSYNC_CLI_SYNC_TABLE_H

#include "base/buffer.h"
#include "base/log.h"
#include "cli/style.h"
#include "config/config.h"
#include "sync/report.h"

/* Borrowed. */
struct sync_table_settings {
    const struct load_settings *destination;
    bool dry_run;
    const char *config; /* the file that --config named, for what is to be typed next; or NULL */
};

void sync_table_write(struct buffer *out, const struct style *style,
    const struct sync_report *reports, int count, const struct sync_table_settings *settings);

/* What to do next, where not all is well: lines of the log, for who reads no terminal. */
void sync_table_log_advice(const struct log *log, const struct sync_report *reports, int count,
    const struct sync_table_settings *settings);

#endif
