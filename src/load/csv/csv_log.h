/* The rows of every RELATION_LOG and RELATION_RUN: they are no part of a snapshot, but of a file a
 * run, HOME/RELATION/RUN_ID.csv, in the order in which they were staged or told.
 *
 * Until the run is published they stand in HOME/pending, as RELATION.RUN_ID; what is told of a run
 * as RELATION+RUN_ID, as it takes the place of what was told before. They are whole and durable
 * before the switch to the run's snapshot, and get their names after it; should the program die in
 * between, the next run of the tenant sees from the link that they are to be kept. Those of a run
 * that was not published, and whose inventory the next one takes over, are published by that one
 * (csv_resume.h). */
#ifndef UEMSYNC_LOAD_CSV_CSV_LOG_H
#define UEMSYNC_LOAD_CSV_CSV_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load/csv/csv_file.h"
#include "load/csv/csv_folder.h"
#include "load/csv/csv_state.h"
#include "load/load.h"

#define CSV_PENDING "pending"

/* A file of HOME, on its way to its place: what is told of a run outside of a publish. */
#define CSV_TOLD "told"

/* Of RELATION.RUN_ID. */
enum { CSV_LOG_NAME_SIZE = 2 * CSV_NAME_SIZE + 8 };

struct csv_log {
    struct csv_file file; /* once there is a row */
    int64_t rows;
    int64_t bytes; /* that were written of the file, when it was flushed or finished last */
    bool told;     /* of a RELATION_RUN: there is a file in `pending` */
};

struct csv_logs {
    const struct csv_folder *home; /* borrowed, as the next two */
    const struct load_schema *schema;
    const char *run_id;
    struct csv_log *logs;      /* one a relation of the schema; owned */
    struct csv_folder pending; /* open once there is a row */
};

bool csv_logs_init(struct csv_logs *logs, const struct csv_folder *home,
    const struct load_schema *schema, const char *run_id, struct error *err);

/* Removes what was not published, unless it is to be found by the next run (`keep`). */
void csv_logs_release(struct csv_logs *logs, bool keep);

/* Adds a line to the log of relation `index`. */
bool csv_logs_add(struct csv_logs *logs, size_t index, struct str line, struct error *err);

/* Writes what the run says of itself in relation `index`: `text` is the whole file. */
bool csv_logs_tell(struct csv_logs *logs, size_t index, struct str text, struct error *err);

/* Makes the logs whole and durable, and fills the counts (one a relation of the schema, NULL: it is
 * not to be published, and its log goes). `any`: there are rows of a log. A run id that has a log
 * already is an error. */
bool csv_logs_finish(
    struct csv_logs *logs, struct load_counts *const *counts, bool *any, struct error *err);

/* Gives them their names: the last step of a publish, as what is done by then is done by the next
 * run if need be. Without a switch it is this that publishes them, one after the other, and what
 * tells of the run's end comes last. */
bool csv_logs_publish(struct csv_logs *logs, struct error *err);

/* What was added until now is in the files, from where another process can read it. */
bool csv_logs_flush(struct csv_logs *logs, struct error *err);

/* Gives pending/PENDING_NAME its name, durably; it stays in `pending` too. */
bool csv_log_name(const struct csv_folder *home, const struct csv_folder *pending,
    const char *pending_name, struct error *err);

/* Does what a dead run was about to do: gives the logs of the run `published` (NULL: none) their
 * names. All others stay in HOME/pending. */
bool csv_logs_recover(const struct csv_folder *home, const char *published, struct error *err);

/* Gives folder/name its place as what the run says of itself in the relation, whatever was there.
 */
bool csv_log_replace(const struct csv_folder *home, const struct csv_folder *folder,
    const char *name, const char *relation, const char *run_id, struct error *err);

/* Has the relation's row an outcome, and a message? */
bool csv_log_has_outcome(const struct relation *relation);

/* Can a log have this name, beside what else stands in HOME? */
bool csv_log_name_ok(const char *relation);

#endif
