/* The file of --metrics-file; see cli/metrics.h. */
#ifndef UEMSYNC_CLI_METRICS_FILE_H
#define UEMSYNC_CLI_METRICS_FILE_H

#include "cli/commands.h"
#include "sync/runs.h"

/* Writes it by a rename, mode 0644, as another user collects it. When each entity was loaded comes
 * from the destination; where that cannot tell, from the file that is there. A file that cannot be
 * written is a warning, and no failure of the runs: these are done. */
void metrics_save(const struct cli *cli, const struct runs *runs, int exit_code);

#endif
