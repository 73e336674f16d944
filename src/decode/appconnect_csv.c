#include "decode/appconnect_csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"

enum { CSV_PIECE = 4096 };

struct reading {
    struct csv_parser parser;
    appconnect_row_fn *take;
    void *context;
    struct error *err;
    bool ok;
    struct appconnect_row row; /* the one under way */
    size_t count;              /* fields of it so far */
    bool has_number;           /* one of them is */
};

/* libcsv would hold a field of any length. */
static void *reading_realloc(void *memory, size_t size)
{
    return size <= CEILING_FIELD ? realloc(memory, size) : NULL;
}

/* Digits, perhaps behind a sign, perhaps with a fraction. */
static bool reading_is_number(struct str text)
{
    size_t digits = 0;
    size_t points = 0;
    bool ok = true;

    for (size_t i = str_starts(text, "-") ? 1 : 0; ok && i < text.size; i++) {
        if (text.data[i] == '.' && digits > 0) {
            points++;
            digits = 0;
        } else {
            ok = str_is_digit(text.data[i]);
            digits++;
        }
    }
    return ok && digits > 0 && points <= 1;
}

static void reading_field(void *bytes, size_t size, void *context)
{
    struct reading *reading = context;
    struct appconnect_row *row = &reading->row;
    struct str text = {size > 0 ? bytes : "", size};
    bool is_number = size < APPCONNECT_FIELD_SIZE && reading_is_number(text);

    row->size += size + 1;
    reading->has_number = reading->has_number || is_number;
    if (reading->count < APPCONNECT_FIELD_COUNT) {
        if (is_number) {
            memcpy(row->fields[reading->count], text.data, size);
        } else if (size > 0 || reading->count == APPCONNECT_STARTED) {
            static const char *const reasons[] = {"its start is no number",
                "its duration is no number", "its time zone is no number",
                "its number of bytes is none"};

            row->reason = row->reason != NULL ? row->reason : reasons[reading->count];
        }
        reading->count++;
    }
}

/* Hands the row on, and begins the next. */
static void reading_end_row(struct reading *reading, bool is_header)
{
    struct appconnect_row *row = &reading->row;
    uint64_t number = row->number;

    if (reading->ok && !is_header) {
        reading->ok = reading->take(reading->context, row, reading->err);
    }
    *row = (struct appconnect_row){.number = number + 1};
    reading->count = 0;
    reading->has_number = false;
}

static void reading_row(int end, void *context)
{
    struct reading *reading = context;

    (void)end;
    reading_end_row(reading, reading->row.number == 1 && !reading->has_number);
}

static void reading_start(struct reading *reading)
{
    (void)csv_init(&reading->parser, 0);
    csv_set_realloc_func(&reading->parser, reading_realloc);
}

/* A field is too long: the row costs itself, and the next begins behind the end of the line that
 * broke it. Returns what is left. */
static struct str reading_skip_row(struct reading *reading, struct str rest)
{
    const char *end = memchr(rest.data, '\n', rest.size);
    size_t skipped = end != NULL ? (size_t)(end - rest.data) + 1 : rest.size;

    reading->row.size += csv_get_buffer_size(&reading->parser) + skipped;
    reading->row.reason = "a field is too long";
    reading_end_row(reading, false);
    csv_free(&reading->parser);
    reading_start(reading);
    return (struct str){rest.data + skipped, rest.size - skipped};
}

static void reading_piece(struct reading *reading, struct str *rest)
{
    size_t size = rest->size < CSV_PIECE ? rest->size : CSV_PIECE;
    size_t used =
        csv_parse(&reading->parser, rest->data, size, reading_field, reading_row, reading);

    rest->data += used;
    rest->size -= used;
    if (reading->ok && used < size) {
        if (csv_get_buffer_size(&reading->parser) >= CEILING_FIELD) {
            *rest = reading_skip_row(reading, *rest);
        } else {
            reading->ok = error_memory(reading->err);
        }
    }
}

bool appconnect_csv_read(
    struct str bytes, appconnect_row_fn *take, void *context, struct error *err)
{
    struct reading reading = {
        .take = take, .context = context, .err = err, .ok = true, .row = {.number = 1}};

    reading_start(&reading);
    if (str_starts(bytes, "\xEF\xBB\xBF")) {
        bytes = (struct str){bytes.data + 3, bytes.size - 3};
    }
    while (reading.ok && bytes.size > 0) {
        reading_piece(&reading, &bytes);
    }
    if (reading.ok && csv_fini(&reading.parser, reading_field, reading_row, &reading) != 0 &&
        reading.ok) {
        reading.ok = error_memory(err);
    }
    csv_free(&reading.parser);
    return reading.ok;
}
