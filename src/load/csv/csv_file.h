/* Files, one block at a time: written ones are new, private (0600) and, where asked for, hashed
 * and synced; read ones hand out CSV records or runs of bytes. */
#ifndef UEMSYNC_LOAD_CSV_CSV_FILE_H
#define UEMSYNC_LOAD_CSV_CSV_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"
#include "load/csv/csv_folder.h"
#include "load/watch.h"

/* A file that is being written. */
struct csv_file {
    int fd;
    char *path;  /* for messages; NULL when no file is open; owned */
    char *block; /* what is not written yet */
    size_t used;
    int64_t bytes; /* of the whole file */
    struct hash *hash;
};

/* CSV_FILE_SCRATCH: for this run alone. CSV_FILE_DURABLE: hashed, and synced at its end. */
enum csv_file_mode { CSV_FILE_SCRATCH, CSV_FILE_DURABLE };

/* Creates folder/name, which must not exist. */
bool csv_file_create(struct csv_file *file, const struct csv_folder *folder, const char *name,
    enum csv_file_mode mode, struct error *err);

bool csv_file_write(struct csv_file *file, struct str bytes, struct error *err);

/* Hands what was written to the system. */
bool csv_file_flush(struct csv_file *file, struct error *err);

/* Writes what is left, syncs a durable file and closes it. `sha256` is filled for a durable one,
 * and may be NULL. */
bool csv_file_finish(struct csv_file *file, char sha256[HASH_HEX_SIZE], struct error *err);

/* Gives up a file that was not finished; it stays half-written in its folder. */
void csv_file_release(struct csv_file *file);

/* A file that is read from its beginning to its end. */
struct csv_input {
    int fd;
    char *path;  /* for messages; NULL when no file is open; owned */
    char *block; /* bytes begin to end are read and not handed out */
    size_t capacity;
    size_t begin;
    size_t end;
    size_t ceiling; /* most bytes of one record */
    bool ended;     /* the file has no more than what is in the block */
};

/* Opens folder/name. Nothing there: *found is false and `input` is not open; with a NULL `found`
 * that is an error. No link is followed, and nothing but a plain file is read. */
bool csv_input_open(struct csv_input *input, const struct csv_folder *folder, const char *name,
    size_t ceiling, bool *found, struct error *err);

void csv_input_release(struct csv_input *input);

/* The next record of a CSV file with its \n, valid until the next call; *more is false at the
 * end. A last record without its end is ERROR_DESTINATION, as is one above the ceiling. */
bool csv_input_record(struct csv_input *input, struct str *record, bool *more, struct error *err);

/* The next `size` bytes, valid until the next call; *more is false when the file ends here,
 * exactly. */
bool csv_input_bytes(
    struct csv_input *input, size_t size, struct str *bytes, bool *more, struct error *err);

/* Writes the first `size` bytes of the input's file, wherever it stands itself. */
bool csv_input_copy(
    const struct csv_input *input, int64_t size, struct csv_file *file, struct error *err);

/* ERROR_DESTINATION "PATH: is damaged (WHAT) ..."; returns false. */
bool csv_input_damaged(const struct csv_input *input, const char *what, struct error *err);

/* False, with ERROR_INTERRUPTED, once a signal asks for an end: for who goes through a file, which
 * may take longer than a run has to end. What was staged is for the next run. */
bool csv_go_on(struct error *err);

/* Another row: once in a thousand, whoever watches is told. `steps` counts them, from 0. */
void csv_tick(const struct load_watch *watch, unsigned *steps);

#endif
