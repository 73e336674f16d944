/* Leaves the rows of one device out of a CSV file of ours, whatever relation it is of: columns are
 * found by the names in the file's own header. */
#ifndef UEMSYNC_LOAD_CSV_CSV_FILTER_H
#define UEMSYNC_LOAD_CSV_CSV_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "load/csv/csv_file.h"

/* Which rows go: those with the device in the column device_id, or in one whose name ends with
 * _device_id. With traces also those of whose fields one holds a trace, wherever it stands there
 * and in either case (of ASCII), as long as no letter or digit is next to it: "mdm:12" is not in
 * "mdm:123". All borrowed. */
struct csv_filter {
    struct str device;
    const struct str *traces; /* in lower case */
    size_t trace_count;
    bool safe; /* text cells are guarded */
};

/* Makes the new file, durable, when the first row goes. */
typedef bool csv_filter_create_fn(void *context, struct csv_file *file, struct error *err);

/* What became of a file. */
struct csv_filtered {
    int64_t removed;
    int64_t rows; /* that stay; this and the rest only where some were removed */
    int64_t bytes;
    char sha256[HASH_HEX_SIZE];
};

/* Reads folder/name; with a NULL `create` nothing is written, and rows that would go are counted.
 * A file that is not there has no rows. */
bool csv_filter_file(const struct csv_filter *filter, const struct csv_folder *folder,
    const char *name, csv_filter_create_fn *create, void *context, struct csv_filtered *filtered,
    struct error *err);

#endif
