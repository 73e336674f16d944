/* The published file of a relation, as a stream of keys and lines in the order of the keys. Lines
 * come in the form that the relation has now: where a column was added or went, or csv_safe was
 * switched, each is laid out anew.
 *
 * All columns of a set are its rows' key. Most rows of a large file are far from any that was
 * staged, so that a set's keys end with the relation's key_count columns, which the rows are looked
 * up by, until csv_old_complete is called for one. */
#ifndef UEMSYNC_LOAD_CSV_CSV_OLD_H
#define UEMSYNC_LOAD_CSV_CSV_OLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "load/csv/csv_file.h"
#include "load/csv/csv_sort.h"
#include "load/csv/csv_store.h"
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
    bool same_layout;      /* lines are handed out as they stand in the file */
    bool reordered;        /* rows may be out of order or doubled: a set's column went or moved */
    struct csv_sort *sort; /* then, and once csv_old_sort was called; owned */
    size_t header_bytes;   /* of the header line in the file */
    size_t *from;          /* for each column, its field in the file, or SIZE_MAX; owned */
    struct str *fields;    /* of the record at hand, when laid out anew; owned */
    size_t field_count;    /* of every record in the file */
    struct buffer line;    /* when laid out anew */
    struct buffer key;
    size_t key_begin; /* bytes of the key's first key_count columns */
    struct str rest;  /* of the record, what is not in the key yet; data is NULL when it is whole */
    struct buffer previous; /* the key before it, and how much of it there was */
    size_t previous_begin;
    bool previous_whole;
    struct buffer scratch;
    int64_t records;
};

/* That of a snapshot: `now` is the settings', and stands for the snapshot's too when its state is
 * lost. */
struct csv_guard csv_guard_of(const struct csv_store *store, bool now);

/* The name of a relation's file. */
enum { CSV_FILE_NAME_SIZE = 72 };
void csv_file_name(const char *relation, char name[CSV_FILE_NAME_SIZE]);

/* Opens folder/RELATION.csv and reads its header; *found is false when there is no such file, and
 * `old` is then not open. A header that is none of uemsync's is ERROR_DESTINATION. */
bool csv_old_open(struct csv_old *old, const struct csv_folder *folder,
    const struct relation *relation, const char *tenant, struct csv_guard guard, bool *found,
    struct error *err);

void csv_old_release(struct csv_old *old);

/* The next row, valid until the next call; *more is false at the end. A record that is broken, of
 * another tenant or out of order is ERROR_DESTINATION. */
bool csv_old_next(struct csv_old *old, struct csv_entry *entry, bool *more, struct error *err);

/* Completes the key of the row that came last. Rows that are out of order within a key's first
 * columns are only found in a row after one that was completed too. */
bool csv_old_complete(struct csv_old *old, struct csv_entry *entry, struct error *err);

/* Sorts the rows of a file that is `reordered`, of which no row was read yet, in the folder `home`:
 * from here on they come in order, each once, and with the whole key. */
bool csv_old_sort(struct csv_old *old, const struct csv_folder *home, struct error *err);

/* The fields of the next record, as they stand in the file; its tenant was looked at. In place of
 * csv_old_next. */
bool csv_old_next_fields(struct csv_old *old, bool *more, struct error *err);

#endif
