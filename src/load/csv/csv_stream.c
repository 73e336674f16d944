/* The destination of `export`: rows of one relation go out as they come, unsorted, chosen columns
 * alone; those of others are passed over. What is out cannot be taken back, so nothing can be
 * forgotten or removed. */
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
    struct buffer list;  /* the line of an item */
    struct buffer shown; /* what a terminal gets of a line */
    bool has_header;
};

/* Stands in an item's form for its owner: no text holds it. */
#define CSV_STREAM_OWNER "\0"

static struct csv_stream *csv_stream_of(struct load *load)
{
    return (struct csv_stream *)(void *)load;
}

static bool csv_stream_fail(struct error *err)
{
    return error_set(err, errno == EPIPE ? ERROR_PIPE : ERROR_DESTINATION,
        "the rows cannot be written: %s", strerror(errno));
}

/* Without what a terminal would obey. The text is ended by a NUL, as a buffer's is. */
static void csv_stream_clean(struct buffer *shown, struct str text)
{
    buffer_clear(shown);
    for (size_t at = 0; at < text.size;) {
        const char *character = text.data + at;
        size_t length = str_character(character);
        bool is_blank = *character == '\n' || *character == '\t';

        if (is_blank || str_is_shown(character, length)) {
            buffer_append(shown, character, length);
        } else {
            buffer_append_char(shown, '?');
        }
        at += length > 0 ? length : 1;
    }
}

static bool csv_stream_put(struct csv_stream *stream, struct str text, struct error *err)
{
    bool ok = true;

    if (stream->settings.shown) {
        csv_stream_clean(&stream->shown, text);
        text = buffer_view(&stream->shown);
        ok = buffer_ok(&stream->shown) || error_memory(err);
    }
    return ok && (fwrite(text.data, 1, text.size, stream->settings.out) == text.size ||
                     csv_stream_fail(err));
}

/* Ahead of the first row, or at the end where there is none: what fails before leaves nothing. */
static bool csv_stream_write_header(struct csv_stream *stream, struct error *err)
{
    struct buffer line;
    bool ok = true;

    if (!stream->has_header) {
        buffer_init(&line, CSV_LINE_CEILING);
        csv_append_header(&line, &stream->relation);
        ok = buffer_ok(&line) ? csv_stream_put(stream, buffer_view(&line), err) : error_memory(err);
        stream->has_header = ok;
        buffer_release(&line);
    }
    return ok;
}

static bool csv_stream_write(struct csv_stream *stream, struct str text, struct error *err)
{
    bool ok = csv_stream_write_header(stream, err) && csv_stream_put(stream, text, err);

    if (ok && stream->settings.written != NULL) {
        *stream->settings.written += 1;
    }
    return ok;
}

static bool csv_stream_is_ours(const struct csv_stream *stream, const struct relation *relation)
{
    return strcmp(relation->name, stream->relation.name) == 0;
}

/* The row's chosen cells, as the encoder's line. */
static bool csv_stream_encode(struct csv_stream *stream, struct error *err)
{
    const struct row chosen = {&stream->relation, stream->cells};

    buffer_clear(&stream->encoder.key);
    return csv_encode_row(&stream->encoder, &chosen, err);
}

static bool csv_stream_stage(struct load *load, const struct row *row, struct error *err)
{
    struct csv_stream *stream = csv_stream_of(load);
    bool ok = true;

    if (csv_stream_is_ours(stream, row->relation)) {
        for (size_t i = 0; i < stream->relation.column_count; i++) {
            stream->cells[i] = row->cells[stream->settings.columns[i]];
        }
        ok = csv_stream_encode(stream, err) &&
             csv_stream_write(stream, buffer_view(&stream->encoder.line), err);
    }
    return ok;
}

static bool csv_stream_item(
    struct load *load, const struct row *row, struct load_item *item, struct error *err)
{
    struct csv_stream *stream = csv_stream_of(load);
    size_t owner = row->relation->owner;
    bool ok = true;

    if (csv_stream_is_ours(stream, row->relation)) {
        for (size_t i = 0; i < stream->relation.column_count; i++) {
            size_t column = stream->settings.columns[i];

            stream->cells[i] = row->cells[column];
            if (owner > 0 && column == owner) {
                stream->cells[i] = (struct cell){.is_set = true, .text = {CSV_STREAM_OWNER, 1}};
            }
        }
        ok = csv_stream_encode(stream, err);
        item->form = buffer_view(&stream->encoder.line);
    }
    return ok;
}

/* Appends an item's line with its owner in the places that were left for it. */
static void csv_stream_append_item(struct csv_stream *stream, struct str form, struct str owner)
{
    while (form.size > 0) {
        const char *place = memchr(form.data, CSV_STREAM_OWNER[0], form.size);
        size_t size = place != NULL ? (size_t)(place - form.data) : form.size;

        buffer_append(&stream->list, form.data, size);
        if (place != NULL) {
            if (owner.data != NULL) {
                csv_append_text(&stream->list, owner, stream->settings.safe);
            }
            size++;
        }
        form.data += size;
        form.size -= size;
    }
}

static bool csv_stream_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct csv_stream *stream = csv_stream_of(load);
    bool is_ours = csv_stream_is_ours(stream, relation);
    bool ok = true;

    for (size_t i = 0; ok && is_ours && i < count; i++) {
        buffer_clear(&stream->list);
        csv_stream_append_item(stream, items[i].form, owner);
        ok = (buffer_ok(&stream->list) || error_memory(err)) &&
             csv_stream_write(stream, buffer_view(&stream->list), err);
    }
    return ok;
}

static bool csv_stream_forget(struct load *load, const struct relation *relation, struct error *err)
{
    return !csv_stream_is_ours(csv_stream_of(load), relation) ||
           error_set(err, ERROR_DESTINATION, "rows of %s are written already", relation->name);
}

static bool csv_stream_publish(struct load *load, struct load_counts *counts, size_t count,
    const struct load_end *end, bool *changed, struct error *err)
{
    struct csv_stream *stream = csv_stream_of(load);
    bool ok = csv_stream_write_header(stream, err);

    (void)counts;
    (void)count;
    (void)end;
    *changed = true;
    return ok && (fflush(stream->settings.out) == 0 || csv_stream_fail(err));
}

static void csv_stream_close(struct load *load)
{
    struct csv_stream *stream = csv_stream_of(load);

    buffer_release(&stream->shown);
    buffer_release(&stream->list);
    csv_encoder_release(&stream->encoder);
    free(stream->cells);
    free(stream->columns);
    free(stream);
}

static const struct load_ops csv_stream_ops = {
    .stage = csv_stream_stage,
    .item = csv_stream_item,
    .list = csv_stream_list,
    .forget = csv_stream_forget,
    .publish = csv_stream_publish,
    .close = csv_stream_close,
};

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
        buffer_init(&stream->list, 2 * CSV_LINE_CEILING);
        buffer_init(&stream->shown, 2 * CSV_LINE_CEILING);
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
    }
    if (!ok && stream != NULL) {
        csv_stream_close(&stream->load);
        stream = NULL;
    }
    *load = stream != NULL ? &stream->load : NULL;
    return ok;
}
