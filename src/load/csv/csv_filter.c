#include "load/csv/csv_filter.h"

#include <stdlib.h>
#include <string.h>

#include "load/csv/csv_text.h"

/* Most columns of any file of ours, with `op` of a file of changes. */
enum { CSV_FILTER_FIELDS = 1602 };

#define CSV_DEVICE_ID "device_id"

struct csv_filtering {
    const struct csv_filter *filter;
    struct csv_input input;
    bool *is_device; /* one a field: it names a device; owned */
    struct buffer scratch;
    struct buffer lower;  /* the text at hand, as traces are looked for in it */
    struct csv_file file; /* the new one, once `writing` */
    bool writing;
    int64_t same; /* bytes of the old file that the new one begins with */
};

static bool csv_filter_is_device(struct str name)
{
    static const char end[] = "_" CSV_DEVICE_ID;
    size_t size = sizeof end - 1;

    return str_is(name, CSV_DEVICE_ID) ||
           (name.size > size && memcmp(name.data + name.size - size, end, size) == 0);
}

static bool csv_filter_read_header(struct csv_filtering *filtering, bool *more, struct error *err)
{
    struct str header = {0};
    struct str name = {0};
    bool ok = csv_input_record(&filtering->input, &header, more, err);

    if (ok && *more) {
        filtering->same = (int64_t)header.size;
        header.size--;
    }
    for (size_t i = 0; ok && *more && header.data != NULL; i++) {
        ok = (i < CSV_FILTER_FIELDS && csv_next_field(&header, &name)) ||
             csv_input_damaged(&filtering->input, "its header is not uemsync's", err);
        if (ok) {
            filtering->is_device[i] = csv_filter_is_device(name);
        }
    }
    return ok;
}

static bool csv_filter_is_part(char c)
{
    char lower = str_lower(c);

    return (lower >= 'a' && lower <= 'z') || str_is_digit(c);
}

/* Does the text hold the trace, and not only something longer that the trace is a part of? */
static bool csv_filter_holds(struct str text, struct str trace)
{
    const char *end = text.data + text.size;
    const char *at = trace.size > 0 ? memmem(text.data, text.size, trace.data, trace.size) : NULL;
    bool found = false;

    while (!found && at != NULL) {
        const char *behind = at + trace.size;

        found = (at == text.data || !csv_filter_is_part(at[-1])) &&
                (behind == end || !csv_filter_is_part(*behind));
        at = memmem(at + 1, (size_t)(end - at - 1), trace.data, trace.size);
    }
    return found;
}

/* False without memory. */
static bool csv_filter_find_trace(struct csv_filtering *filtering, struct str text, bool *found)
{
    const struct csv_filter *filter = filtering->filter;
    struct buffer *lower = &filtering->lower;
    bool wanted = filter->trace_count > 0 && text.data != NULL && text.size > 0;

    *found = false;
    buffer_clear(lower);
    if (wanted && buffer_reserve(lower, text.size)) {
        for (size_t i = 0; i < text.size; i++) {
            buffer_append_char(lower, str_lower(text.data[i]));
        }
        for (size_t i = 0; i < filter->trace_count && !*found; i++) {
            *found = csv_filter_holds(buffer_view(lower), filter->traces[i]);
        }
    }
    return buffer_ok(lower);
}

/* Does the row go? */
static bool csv_filter_matches(
    struct csv_filtering *filtering, struct str record, bool *matches, struct error *err)
{
    const struct csv_filter *filter = filtering->filter;
    struct str rest = {record.data, record.size - 1};
    struct str field = {0};
    bool ok = true;

    *matches = false;
    for (size_t i = 0; ok && !*matches && rest.data != NULL; i++) {
        ok = (i < CSV_FILTER_FIELDS && csv_next_field(&rest, &field)) ||
             csv_input_damaged(&filtering->input, "a record is broken", err);
        if (ok && (filtering->is_device[i] || filter->trace_count > 0)) {
            struct str text = csv_field_text(field, filter->safe, &filtering->scratch);

            ok = (buffer_ok(&filtering->scratch) &&
                     csv_filter_find_trace(filtering, text, matches)) ||
                 error_memory(err);
            *matches = ok && (*matches || (filtering->is_device[i] && text.data != NULL &&
                                              str_equal(text, filter->device)));
        }
    }
    return ok;
}

/* Here the new file begins to differ, if it did not before. */
static bool csv_filter_diverge(
    struct csv_filtering *filtering, csv_filter_create_fn *create, void *context, struct error *err)
{
    bool ok = true;

    if (!filtering->writing && create != NULL) {
        ok = create(context, &filtering->file, err);
        filtering->writing = ok;
        ok = ok && csv_input_copy(&filtering->input, filtering->same, &filtering->file, err);
    }
    return ok;
}

static bool csv_filter_keep(struct csv_filtering *filtering, struct str record, struct error *err)
{
    bool ok = true;

    if (filtering->writing) {
        ok = csv_file_write(&filtering->file, record, err);
    } else {
        filtering->same += (int64_t)record.size;
    }
    return ok;
}

static bool csv_filter_rows(struct csv_filtering *filtering, csv_filter_create_fn *create,
    void *context, struct csv_filtered *filtered, struct error *err)
{
    struct str record = {0};
    bool more = true;
    bool matches = false;
    bool ok = csv_filter_read_header(filtering, &more, err);

    while (ok && more) {
        ok = csv_input_record(&filtering->input, &record, &more, err) &&
             (!more || csv_filter_matches(filtering, record, &matches, err));
        if (ok && more && matches) {
            filtered->removed++;
            ok = csv_filter_diverge(filtering, create, context, err);
        } else if (ok && more) {
            filtered->rows++;
            ok = csv_filter_keep(filtering, record, err);
        }
    }
    return ok;
}

bool csv_filter_file(const struct csv_filter *filter, const struct csv_folder *folder,
    const char *name, csv_filter_create_fn *create, void *context, struct csv_filtered *filtered,
    struct error *err)
{
    struct csv_filtering filtering = {
        .filter = filter, .is_device = calloc(CSV_FILTER_FIELDS, sizeof *filtering.is_device)};
    bool found = false;
    bool ok = filtering.is_device != NULL || error_memory(err);

    *filtered = (struct csv_filtered){0};
    buffer_init(&filtering.scratch, 2 * CSV_LINE_CEILING);
    buffer_init(&filtering.lower, 2 * CSV_LINE_CEILING);
    ok = ok && csv_input_open(&filtering.input, folder, name, 2 * CSV_LINE_CEILING, &found, err) &&
         (!found || csv_filter_rows(&filtering, create, context, filtered, err));
    if (ok && filtering.writing) {
        filtered->bytes = filtering.file.bytes;
        ok = csv_file_finish(&filtering.file, filtered->sha256, err);
    }
    csv_file_release(&filtering.file);
    buffer_release(&filtering.lower);
    buffer_release(&filtering.scratch);
    free(filtering.is_device);
    csv_input_release(&filtering.input);
    return ok;
}
