/* The destination of `export`: rows go out as they come, unsorted, chosen columns alone. What is
 * out cannot be taken back, so nothing can be forgotten or removed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "load/csv/csv.h"
#include "load/csv/csv_text.h"

struct csv_stream {
    struct load load; /* first, as load.h wants it */
    struct load_stream_settings settings;
    struct csv_encoder encoder;
    struct column *columns; /* those chosen; owned */
    struct cell *cells;     /* of the row under way; owned */
    struct relation relation;
};

static struct csv_stream *csv_stream_of(struct load *load)
{
    return (struct csv_stream *)(void *)load;
}

static bool csv_stream_write(struct csv_stream *stream, struct str text, struct error *err)
{
    bool ok = fwrite(text.data, 1, text.size, stream->settings.out) == text.size;

    return ok ||
           error_set(err, ERROR_DESTINATION, "the rows cannot be written: %s", strerror(errno));
}

static bool csv_stream_stage(struct load *load, const struct row *row, struct error *err)
{
    struct csv_stream *stream = csv_stream_of(load);
    const struct row chosen = {&stream->relation, stream->cells};
    bool ok;

    for (size_t i = 0; i < stream->relation.column_count; i++) {
        stream->cells[i] = row->cells[stream->settings.columns[i]];
    }
    buffer_clear(&stream->encoder.key);
    ok = csv_encode_row(&stream->encoder, &chosen, err);
    return ok && csv_stream_write(stream, buffer_view(&stream->encoder.line), err);
}

static bool csv_stream_forget(struct load *load, const struct relation *relation, struct error *err)
{
    (void)load;
    return error_set(err, ERROR_DESTINATION, "rows of %s are written already", relation->name);
}

static bool csv_stream_publish(
    struct load *load, struct load_counts *counts, size_t count, bool *changed, struct error *err)
{
    struct csv_stream *stream = csv_stream_of(load);
    bool ok = fflush(stream->settings.out) == 0;

    (void)counts;
    (void)count;
    *changed = true;
    return ok ||
           error_set(err, ERROR_DESTINATION, "the rows cannot be written: %s", strerror(errno));
}

static void csv_stream_close(struct load *load)
{
    struct csv_stream *stream = csv_stream_of(load);

    csv_encoder_release(&stream->encoder);
    free(stream->cells);
    free(stream->columns);
    free(stream);
}

static const struct load_ops csv_stream_ops = {
    .stage = csv_stream_stage,
    .forget = csv_stream_forget,
    .publish = csv_stream_publish,
    .close = csv_stream_close,
};

static bool csv_stream_write_header(struct csv_stream *stream, struct error *err)
{
    struct buffer line;
    bool ok;

    buffer_init(&line, CSV_LINE_CEILING);
    csv_append_header(&line, &stream->relation);
    ok = buffer_ok(&line) ? csv_stream_write(stream, buffer_view(&line), err) : error_memory(err);
    buffer_release(&line);
    return ok;
}

bool csv_open_stream(
    const struct load_stream_settings *settings, struct load **load, struct error *err)
{
    struct csv_stream *stream = calloc(1, sizeof *stream);
    bool ok = stream != NULL;

    if (ok) {
        stream->load.ops = &csv_stream_ops;
        stream->settings = *settings;
        stream->columns = calloc(settings->column_count, sizeof *stream->columns);
        stream->cells = calloc(settings->column_count, sizeof *stream->cells);
        csv_encoder_init(&stream->encoder, settings->safe);
        ok = stream->columns != NULL && stream->cells != NULL;
    }
    if (!ok) {
        (void)error_memory(err);
    } else {
        for (size_t i = 0; i < settings->column_count; i++) {
            stream->columns[i] = settings->relation->columns[settings->columns[i]];
        }
        stream->relation = *settings->relation;
        stream->relation.columns = stream->columns;
        stream->relation.column_count = settings->column_count;
        stream->relation.key_count = 0;
        ok = csv_stream_write_header(stream, err);
    }
    if (!ok && stream != NULL) {
        csv_stream_close(&stream->load);
        stream = NULL;
    }
    *load = stream != NULL ? &stream->load : NULL;
    return ok;
}
