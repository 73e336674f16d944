/* The CSV destination: a folder a tenant, which is one consistent snapshot at any moment.
 *
 * DIRECTORY/TENANT is a symbolic link to .uemsync/TENANT/snapshots/RUN_ID, and a publish is one
 * rename of a new link over the old one. What is private stands in DIRECTORY/.uemsync/TENANT:
 *
 *   lock         held from open to close, by flock; names the run that had it last
 *   snapshots/   the published one, and those kept before it
 *   states/      one small file a snapshot, written when the snapshot is whole
 *   RELATION/    of a RELATION_LOG and a RELATION_RUN: one file a run (csv_log.h, csv_told.h)
 *   work/        what is staged and did not fit into memory, or is for the next run
 *                (csv_resume.h); gone after a publish
 *   again/       those of a published file that is sorted anew, as a set's column went or moved
 *   pending/     logs, and what is told at its end, of runs that are not published yet
 *   told         what a run says of itself, on its way to its file
 *   changes-new/ the changes of a run that is not published yet
 *
 * DIRECTORY/changes/TENANT/RUN_ID has one file a relation of which a run changed rows
 * (csv_changes.h). The states of devices are a file of the snapshot (csv_history.h).
 *
 * Signatures are those of load_open, load_check and load_migrate; see load/load.h.
 * Errors are ERROR_DESTINATION with the path and the system's reason, ERROR_BUSY while another
 * run has the tenant, ERROR_RECORD for a row or key that no file can hold, ERROR_MEMORY.
 *
 * Counts of a publish are of what was staged: a published row that was neither staged nor in a
 * scope that was replaced is in none of them. A set has no updates, and a log insertions alone,
 * which count as a change; of a history the states that began are insertions, those that ended
 * updates, and those that were too old deletions. A whole set that is replaced (load_replace
 * without an owner) keeps the lists that are staged, before or after. Key columns may be NULL here;
 * a NULL in a key handed out or taken in is a string whose `data` is NULL. */
#ifndef UEMSYNC_LOAD_CSV_CSV_H
#define UEMSYNC_LOAD_CSV_CSV_H

#include "load/load.h"

bool csv_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err);
bool csv_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err);

/* See load_open_stream. */
bool csv_open_stream(
    const struct load_stream_settings *settings, struct load **load, struct error *err);

bool csv_check(const struct load_settings *settings, const struct load_schema *schema, char *text,
    size_t size, struct error *err);

/* See load_check_tenant: what is in the place of the tenant's link, of its folders and its lock. */
bool csv_check_tenant(const struct load_settings *settings, const char *tenant, struct error *err);

/* Creates DIRECTORY and what is private in it; there is nothing else to bring up to date, as a
 * file is re-laid at the first publish after its relation changed. */
bool csv_migrate(const struct load_settings *settings, const struct load_schema *schema, char *text,
    size_t size, struct error *err);

/* See load_erase. Of a device those rows go that name it in `device_id` or in a column whose name
 * ends with _device_id; of the logs also those whose text holds its device_id or another of its
 * identifiers. What is staged goes, whatever it is. Nothing is made where there was nothing. */
bool csv_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err);

#endif
