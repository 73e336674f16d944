/* What uemsync itself knows of a snapshot: which one it is in the order of publishing, and what
 * its files are, so that an unchanged file need not be read again for the manifest. A snapshot
 * without a state was never finished. */
#ifndef UEMSYNC_LOAD_CSV_CSV_STATE_H
#define UEMSYNC_LOAD_CSV_CSV_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "load/csv/csv_folder.h"

enum { CSV_NAME_SIZE = 64 }; /* of a relation, with NUL: SQL identifiers */

struct csv_state_file {
    char relation[CSV_NAME_SIZE];
    int64_t rows; /* without the header */
    int64_t bytes;
    char sha256[HASH_HEX_SIZE];
};

struct csv_state {
    int64_t sequence; /* 1 for the first snapshot; 0 for none */
    bool safe;        /* its text cells are guarded (csv_safe) */
    int64_t ended;    /* of its history's states, when the first one ended, ms; 0: none */
    struct csv_state_file *files; /* owned */
    size_t count;
};

void csv_state_release(struct csv_state *state);

/* Appends a copy. */
bool csv_state_add(struct csv_state *state, const struct csv_state_file *file, struct error *err);

const struct csv_state_file *csv_state_find(const struct csv_state *state, const char *relation);

/* Reads folder/name. A missing or damaged one is no error: *found is false. One that a newer
 * program wrote is ERROR_DESTINATION. */
bool csv_state_read(struct csv_state *state, const struct csv_folder *folder, const char *name,
    bool *found, struct error *err);

/* Writes folder/name durably; what was there is replaced. */
bool csv_state_write(const struct csv_state *state, const struct csv_folder *folder,
    const char *name, struct error *err);

#endif
