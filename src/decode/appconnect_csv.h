/* The rows of one CSV file of AppConnect analytics (v1 guide, "Get Analytics for AppConnect Apps"):
 * start, seconds, minutes from Greenwich, bytes. The only user of libcsv's reader.
 *
 * A row needs its start; other fields may be missing or empty, and what stands behind the fourth is
 * passed over. Fields are numbers, as literals of digits with a sign or a fraction. */
#ifndef UEMSYNC_DECODE_APPCONNECT_CSV_H
#define UEMSYNC_DECODE_APPCONNECT_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum {
    APPCONNECT_STARTED,
    APPCONNECT_SECONDS,
    APPCONNECT_ZONE,
    APPCONNECT_BYTES,
    APPCONNECT_FIELD_COUNT,
    /* A longer number is none: 64 bits have 20 digits. */
    APPCONNECT_FIELD_SIZE = 32,
};

struct appconnect_row {
    uint64_t number;    /* from 1, blank lines not counted */
    uint64_t size;      /* bytes of its fields, with what is between them */
    const char *reason; /* why it cannot be used, else NULL */
    /* Text of each, "" where there is none. */
    char fields[APPCONNECT_FIELD_COUNT][APPCONNECT_FIELD_SIZE];
};

/* Takes a row, valid during the call. An error ends the reading and is handed up. */
typedef bool appconnect_row_fn(void *context, const struct appconnect_row *row, struct error *err);

/* Reads the whole of a file. A first row without any number is a header, and passed over. */
bool appconnect_csv_read(
    struct str bytes, appconnect_row_fn *take, void *context, struct error *err);

#endif
