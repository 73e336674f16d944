/* What came of a run, as a table: for people on a terminal, with what to do next; elsewhere a row
 * an entity, with the same columns always. */
#ifndef UEMSYNC_CLI_SYNC_TABLE_H
#define UEMSYNC_CLI_SYNC_TABLE_H

#include "base/buffer.h"
#include "base/log.h"
#include "cli/style.h"
#include "config/config.h"
#include "sync/report.h"

/* `config`: the file that --config named, for commands to be typed next; or NULL. */
void sync_table_write(struct buffer *out, const struct style *style,
    const struct sync_report *reports, int count, const struct load_settings *destination,
    const char *config);

/* What to do next, where not all is well: lines of the log, for who reads no terminal. */
void sync_table_log_advice(const struct log *log, const struct sync_report *reports, int count,
    const struct load_settings *destination, const char *config);

#endif
