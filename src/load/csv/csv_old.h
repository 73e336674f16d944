/* The published file of a relation, as a stream of keys and lines in the order of the keys. Lines
 * come in the form that the relation has now: where a column was added or went, or csv_safe was
 * switched, each is laid out anew. */
#ifndef UEMSYNC_LOAD_CSV_CSV_OLD_H
#define UEMSYNC_LOAD_CSV_CSV_OLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "load/csv/csv_file.h"
#include "load/csv/csv_runs.h"
#include "mapping/relation.h"

/* How text cells are, and were, written. */
struct csv_guard {
    bool now;
    bool then;
};

struct csv_old {
    const struct relation *relation; /* borrowed */
    const char *tenant;              /* borrowed */
    struct csv_guard guard;
    struct csv_input input;
    bool same_layout;    /* lines are handed out as they stand in the file */
    size_t header_bytes; /* of the header line in the file */
    size_t *from;        /* for each column, its field in the file, or SIZE_MAX; owned */
    struct str *fields;  /* of the record at hand, when laid out anew; owned */
    size_t field_count;  /* of every record in the file */
    struct buffer line;  /* when laid out anew */
    struct buffer key;
    struct buffer previous; /* the key before it */
    struct buffer scratch;
    int64_t records;
};

/* The name of a relation's file. */
enum { CSV_FILE_NAME_SIZE = 72 };
void csv_file_name(const struct relation *relation, char name[CSV_FILE_NAME_SIZE]);

/* Opens folder/RELATION.csv and reads its header; *found is false when there is no such file, and
 * `old` is then not open. A header that is none of uemsync's is ERROR_DESTINATION. */
bool csv_old_open(struct csv_old *old, const struct csv_folder *folder,
    const struct relation *relation, const char *tenant, struct csv_guard guard, bool *found,
    struct error *err);

void csv_old_release(struct csv_old *old);

/* The next row, valid until the next call; *more is false at the end. A record that is broken, of
 * another tenant or out of order is ERROR_DESTINATION. */
bool csv_old_next(struct csv_old *old, struct csv_entry *entry, bool *more, struct error *err);

#endif
