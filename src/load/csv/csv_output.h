/* A relation's file in the snapshot that is being made, written from the first row on that differs
 * from the published one: up to there it is a copy, and without a difference no file at all. */
#ifndef UEMSYNC_LOAD_CSV_CSV_OUTPUT_H
#define UEMSYNC_LOAD_CSV_CSV_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load/csv/csv_old.h"
#include "load/csv/csv_snapshot.h"

struct csv_output {
    struct csv_snapshot *snapshot;   /* borrowed */
    const struct relation *relation; /* borrowed */
    size_t index;                    /* of the schema */
    struct csv_old old;              /* the published file; not open where there is none */
    struct csv_file file;            /* the new one, once `writing` */
    bool writing;
    int64_t same; /* bytes of the published file that the new one begins with */
    int64_t rows; /* of the new file */
};

/* Opens the published file, whose rows the caller reads from output->old. A file that is missing or
 * has another layout differs from its header on. */
bool csv_output_open(
    struct csv_output *output, struct csv_snapshot *snapshot, size_t index, struct error *err);
void csv_output_release(struct csv_output *output);

/* Here the new file begins to differ, if it did not before. */
bool csv_output_diverge(struct csv_output *output, struct error *err);

/* A row of the published file stays: the next one of it, as long as nothing differs. */
bool csv_output_keep(struct csv_output *output, struct str line, struct error *err);

/* A row of which nothing stands in the published file here; its line is in two parts. */
bool csv_output_put(struct csv_output *output, struct str begin, struct str end, struct error *err);

/* Makes the file durable, and fills the snapshot's outcome. */
bool csv_output_end(struct csv_output *output, struct error *err);

#endif
