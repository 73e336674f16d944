/* The snapshot that a publish makes: begun with the first file that differs, finished by hard
 * links to those that do not, a manifest, and the switch. */
#ifndef UEMSYNC_LOAD_CSV_CSV_SNAPSHOT_H
#define UEMSYNC_LOAD_CSV_CSV_SNAPSHOT_H

#include <stdbool.h>

#include "load/csv/csv_file.h"
#include "load/csv/csv_store.h"
#include "load/load.h"

/* What becomes of one relation's file. */
struct csv_outcome {
    struct csv_state_file file; /* filled when `written` */
    bool written;               /* false: the published file stays */
};

struct csv_changes;

struct csv_snapshot {
    const struct csv_store *store; /* borrowed, as the next two */
    const struct load_schema *schema;
    const struct load_run *run;
    bool safe;
    struct csv_outcome *outcomes; /* one a relation of the schema; owned */
    struct csv_folder folder;     /* open once begun */
    struct csv_changes *changes;  /* what the merges tell, or NULL; borrowed, the caller's to set */
    int64_t ended;                /* as csv_state.ended; that of the published one at first */
    bool switched;
};

/* Has the relation a file in each snapshot? */
bool csv_snapshot_has(const struct relation *relation);

bool csv_snapshot_init(struct csv_snapshot *snapshot, const struct csv_store *store,
    const struct load_schema *schema, const struct load_run *run, bool safe, struct error *err);

/* Removes the snapshot again unless it was published. */
void csv_snapshot_release(struct csv_snapshot *snapshot);

/* Creates the file of a relation in the new snapshot. */
bool csv_snapshot_create(struct csv_snapshot *snapshot, const struct relation *relation,
    struct csv_file *file, struct error *err);

/* Completes the snapshot, makes it durable and publishes it. Does nothing, and says so, when no
 * file was written and there is a published snapshot. */
bool csv_snapshot_publish(struct csv_snapshot *snapshot, bool *changed, struct error *err);

#endif
