#include "load/csv/csv_told_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/csv/csv_file.h"
#include "load/csv/csv_read.h"
#include "load/csv/csv_text.h"

struct csv_told_reading {
    struct csv_folder folder;
    const struct relation *relation;
    bool safe;
    const size_t *columns;
    size_t *places; /* of each column in the file at hand; SIZE_MAX: it has none; owned */
    struct csv_texts texts;
    load_row_fn *each;
    void *context;
};

static void csv_told_find_columns(struct csv_told_reading *reading, size_t at, struct str name)
{
    for (size_t i = 0; i < reading->texts.count; i++) {
        if (str_is(name, reading->relation->columns[reading->columns[i]].name)) {
            reading->places[i] = at;
        }
    }
}

static void csv_told_take_field(struct csv_told_reading *reading, size_t at, struct str field)
{
    for (size_t i = 0; i < reading->texts.count; i++) {
        const struct column *column = &reading->relation->columns[reading->columns[i]];
        bool guarded = reading->safe && column->type == COLUMN_TEXT;

        if (reading->places[i] == at) {
            reading->texts.texts[i] = csv_field_text(field, guarded, &reading->texts.scratches[i]);
        }
    }
}

/* Of the header the names, of any other record the texts. False where it is broken. */
static bool csv_told_take(struct csv_told_reading *reading, struct str record, bool is_header)
{
    struct str rest = {record.data, record.size - 1};
    struct str field = {0};
    bool ok = true;

    for (size_t i = 0; i < reading->texts.count; i++) {
        reading->texts.texts[i] = (struct str){0};
        reading->places[i] = is_header ? SIZE_MAX : reading->places[i];
    }
    for (size_t at = 0; ok && rest.data != NULL; at++) {
        ok = csv_next_field(&rest, &field);
        if (ok && is_header) {
            csv_told_find_columns(reading, at, field);
        } else if (ok) {
            csv_told_take_field(reading, at, field);
        }
    }
    return ok;
}

static bool csv_told_texts_ok(const struct csv_told_reading *reading, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < reading->texts.count; i++) {
        ok = buffer_ok(&reading->texts.scratches[i]) || error_memory(err);
    }
    return ok;
}

static bool csv_told_read_file(void *context, const char *name, struct error *err)
{
    struct csv_told_reading *reading = context;
    size_t size = strlen(name);
    bool found = size > strlen(".csv") && strcmp(name + size - strlen(".csv"), ".csv") == 0;
    struct csv_input input = {0};
    struct str record = {0};
    bool is_header = true;
    bool ok = !found || csv_input_open(&input, &reading->folder, name, CEILING_ROW, &found, err);

    while (ok && found) {
        ok = csv_input_record(&input, &record, &found, err);
        if (ok && found) {
            ok = (csv_told_take(reading, record, is_header) ||
                     csv_input_damaged(&input, "a record is broken", err)) &&
                 csv_told_texts_ok(reading, err) &&
                 (is_header || reading->each(reading->context, reading->texts.texts, err));
            is_header = false;
        }
    }
    csv_input_release(&input);
    return ok;
}

bool csv_told_read(const struct csv_store *store, bool safe, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err)
{
    struct csv_told_reading reading = {.relation = relation,
        .safe = safe,
        .columns = columns,
        .places = calloc(count + 1, sizeof *reading.places),
        .each = each,
        .context = context};
    bool found = store->home.path != NULL;
    bool ok =
        (reading.places != NULL || error_memory(err)) &&
        csv_texts_init(&reading.texts, count, err) &&
        (!found || csv_folder_find(&reading.folder, &store->home, relation->name, &found, err)) &&
        (!found || csv_folder_each(&reading.folder, csv_told_read_file, &reading, err));

    csv_folder_release(&reading.folder);
    csv_texts_release(&reading.texts);
    free(reading.places);
    return ok;
}
