#include "load/csv/csv_traces.h"

#include "base/ceilings.h"
#include "load/csv/csv_read.h"

/* The columns whose values tell of a device in a text, from so many bytes on: anything shorter
 * stands in texts by chance. */
static const char *const csv_traces_columns[] = {
    "identifier", "serial_number", "imei", "ios_udid", "device_guid"};
enum {
    CSV_TRACES_COLUMNS = sizeof csv_traces_columns / sizeof *csv_traces_columns,
    CSV_TRACE_MIN = 6
};

void csv_traces_init(struct csv_traces *traces)
{
    *traces = (struct csv_traces){.device = {0}};
    arena_init(&traces->arena, CEILING_DOCUMENT);
    buffer_init(&traces->words, CEILING_DOCUMENT);
}

void csv_traces_release(struct csv_traces *traces)
{
    arena_release(&traces->arena);
    buffer_release(&traces->words);
}

const struct str *csv_traces_list(const struct csv_traces *traces, size_t *count)
{
    *count = traces->words.size / sizeof(struct str);
    return (const struct str *)(const void *)traces->words.data;
}

static bool csv_traces_add(struct csv_traces *traces, struct str text, struct error *err)
{
    size_t count = 0;
    const struct str *known = csv_traces_list(traces, &count);
    struct str word = {NULL, text.size};
    char *bytes = NULL;
    bool is_known = false;

    for (size_t i = 0; i < count && !is_known; i++) {
        is_known = str_is_caseless(text, known[i].data);
    }
    if (!is_known) {
        bytes = arena_copy(&traces->arena, text);
    }
    for (size_t i = 0; bytes != NULL && i < text.size; i++) {
        bytes[i] = str_lower(bytes[i]);
    }
    if (bytes != NULL) {
        word.data = bytes;
        buffer_append(&traces->words, &word, sizeof word);
    }
    return is_known || (bytes != NULL && buffer_ok(&traces->words)) || error_memory(err);
}

/* The first of `texts` is the row's device_id. */
static bool csv_traces_take(void *context, const struct str *texts, struct error *err)
{
    struct csv_traces *traces = context;
    bool is_its = texts[0].data != NULL && str_equal(texts[0], traces->device);
    bool ok = true;

    for (size_t i = 1; ok && is_its && i <= CSV_TRACES_COLUMNS; i++) {
        ok = texts[i].data == NULL || texts[i].size < CSV_TRACE_MIN ||
             csv_traces_add(traces, texts[i], err);
    }
    return ok;
}

static bool csv_traces_find_in(struct csv_traces *traces, const struct csv_store *store, bool safe,
    const struct relation *relation, struct error *err)
{
    size_t columns[CSV_TRACES_COLUMNS + 1] = {0};
    bool has_device = relation != NULL;

    for (size_t i = 0; has_device && i <= CSV_TRACES_COLUMNS; i++) {
        columns[i] =
            relation_find_column(relation, i == 0 ? "device_id" : csv_traces_columns[i - 1]);
        /* A user's mapping may lack one: then the device_id stands in its place. */
        columns[i] = columns[i] < relation->column_count ? columns[i] : columns[0];
        has_device = columns[i] < relation->column_count;
    }
    return !has_device || csv_read(store, safe, relation, columns, CSV_TRACES_COLUMNS + 1,
                              csv_traces_take, traces, err);
}

bool csv_traces_find(struct csv_traces *traces, const struct csv_store *store, bool safe,
    const struct load_schema *schema, struct str device, struct error *err)
{
    traces->device = device;
    return csv_traces_add(traces, device, err) &&
           csv_traces_find_in(traces, store, safe, schema->history_of, err) &&
           csv_traces_find_in(traces, store, safe, schema->history, err);
}
