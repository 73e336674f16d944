/* What a run changes, row by row: DIRECTORY/changes/TENANT/RUN_ID/RELATION.csv has a column `op`
 * (insert, update or delete) ahead of the relation's; an update has the new row, a delete the old
 * one, in the layout that the relation has now. Rows stand in the order of their keys. A relation
 * without changes has no file, and a run without changes no folder. RELATION_KEYED and RELATION_SET
 * have changes, but for load_schema.fetched, which says when and not what.
 *
 * Until the run is published they stand in HOME/changes-new/RUN_ID. They are whole and durable
 * before the switch, and get their place after it by one rename; should the program die in between,
 * the next run of the tenant does that. */
#ifndef UEMSYNC_LOAD_CSV_CSV_CHANGES_H
#define UEMSYNC_LOAD_CSV_CSV_CHANGES_H

#include <stdbool.h>

#include "load/csv/csv_file.h"
#include "load/csv/csv_folder.h"
#include "load/load.h"

/* The folder of DIRECTORY, and the one of HOME. */
#define CSV_CHANGES "changes"
#define CSV_CHANGES_NEW "changes-new"

enum csv_change { CSV_INSERT, CSV_UPDATE, CSV_DELETE };

struct csv_store;

struct csv_changes {
    const struct csv_store *store; /* borrowed, as the next three */
    const struct load_schema *schema;
    const char *run_id;
    const struct relation *relation; /* whose changes are written; NULL: none are */
    struct csv_folder parent;        /* HOME/changes-new; open once there is a change */
    struct csv_folder folder;        /* the run's in it */
    struct csv_folder target;        /* DIRECTORY/changes/TENANT; open once they are finished */
    struct csv_file file;            /* of the relation, once it has a change */
};

void csv_changes_init(struct csv_changes *changes, const struct csv_store *store,
    const struct load_schema *schema, const char *run_id);

/* Removes what was not published, but for a run whose snapshot is (`switched`). */
void csv_changes_release(struct csv_changes *changes, bool switched);

/* From here on csv_changes_add is about this relation, up to csv_changes_end. Of one that has no
 * changes nothing is written, and neither is with a NULL `changes`: so it is for the next two. */
void csv_changes_begin(struct csv_changes *changes, const struct relation *relation);

/* One change; its row's line is in two parts. */
bool csv_changes_add(struct csv_changes *changes, enum csv_change change, struct str begin,
    struct str end, struct error *err);

bool csv_changes_end(struct csv_changes *changes, struct error *err);

/* Makes them durable, and sees to it that their place can be had. */
bool csv_changes_finish(struct csv_changes *changes, struct error *err);

/* Gives them their place, behind the switch. */
bool csv_changes_publish(struct csv_changes *changes, struct error *err);

/* Does what a dead run was about to do: gives the changes of the published run their place, and
 * removes all others. */
bool csv_changes_recover(const struct csv_store *store, struct error *err);

/* Removes those of the tenant's oldest runs, by the order of their ids, until `keep` are left;
 * those of `run_id` stay in any case, unless `keep` is 0. */
bool csv_changes_prune(
    const struct csv_store *store, const char *run_id, int keep, struct error *err);

#endif
