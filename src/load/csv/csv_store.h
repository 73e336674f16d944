/* One tenant's place in DIRECTORY, under its lock: what is published, and the switch to what is
 * published next. */
#ifndef UEMSYNC_LOAD_CSV_CSV_STORE_H
#define UEMSYNC_LOAD_CSV_CSV_STORE_H

#include <stdbool.h>

#include "base/error.h"
#include "load/csv/csv_folder.h"
#include "load/csv/csv_state.h"

#define CSV_PRIVATE ".uemsync"
#define CSV_LOCK "lock"

struct csv_store {
    const char *tenant;          /* borrowed */
    struct csv_folder root;      /* DIRECTORY */
    struct csv_folder hidden;    /* DIRECTORY/.uemsync */
    struct csv_folder home;      /* DIRECTORY/.uemsync/TENANT */
    struct csv_folder snapshots; /* home/snapshots */
    struct csv_folder states;    /* home/states */
    int lock;                    /* of home/lock, while home is open */
    char *published;             /* the run whose snapshot is published, or NULL; owned */
    struct csv_folder current;   /* that snapshot */
    struct csv_folder last;      /* without a link, the latest snapshot: its history goes on */
    struct csv_state state;      /* of the published one; of `last` sequence and safe alone */
    bool state_known;            /* false: lost, so that `state` holds the sequence alone */
};

/* [A-Za-z0-9_][A-Za-z0-9._-]{0,62}: what may stand in a path. */
bool csv_name_ok(const char *name);

/* Opens DIRECTORY and the tenant's place in it, which are made where they are missing; takes the
 * lock; removes what a dead run left. ERROR_BUSY when the lock is taken, ERROR_DESTINATION when
 * DIRECTORY/TENANT is something else than our link. */
bool csv_store_open(
    struct csv_store *store, const char *directory, const char *tenant, struct error *err);

/* Opens what is published, to read it beside a run: nothing is made, locked or removed. Where
 * nothing is published, store->published is NULL. */
bool csv_store_open_reader(
    struct csv_store *store, const char *directory, const char *tenant, struct error *err);

/* ERROR_DESTINATION when a run beside the reader may have removed files of its snapshot by now;
 * true says that every file that was opened or missed before is, or was not, in it. */
bool csv_store_check_kept(const struct csv_store *store, struct error *err);

/* The run that had the lock before this one, or "" where none did, or its name was lost. */
bool csv_store_holder(const struct csv_store *store, char run_id[CSV_NAME_SIZE], struct error *err);

/* Notes that this run has the lock, for who has it next. It stays noted when the lock goes. */
bool csv_store_hold(const struct csv_store *store, const char *run_id, struct error *err);

/* Gives the lock back. Does nothing for a store that is not open. */
void csv_store_close(struct csv_store *store);

/* Opens, and makes, DIRECTORY and DIRECTORY/.uemsync. */
bool csv_store_open_root(struct csv_store *store, const char *directory, struct error *err);

/* Takes the lock of a home that is open: ERROR_BUSY. */
bool csv_store_lock(struct csv_store *store, struct error *err);

/* The run that DIRECTORY/TENANT points to; "" without a link. ERROR_DESTINATION when it is
 * something else than our link. */
bool csv_store_read_link(
    const struct csv_store *store, char run_id[CSV_NAME_SIZE], struct error *err);

/* Lets DIRECTORY/TENANT point to the snapshot of that run: one rename. *switched tells whether
 * that was done; it can be with an error after it. */
bool csv_store_switch(
    const struct csv_store *store, const char *run_id, bool *switched, struct error *err);

/* Removes the oldest finished snapshots until `keep` are left, the published one among them. */
bool csv_store_prune(const struct csv_store *store, int keep, struct error *err);

#endif
