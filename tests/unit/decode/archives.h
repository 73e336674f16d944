/* ZIP archives made in memory, and what the reader of AppConnect analytics says of them. */
#ifndef UEMSYNC_TESTS_UNIT_DECODE_ARCHIVES_H
#define UEMSYNC_TESTS_UNIT_DECODE_ARCHIVES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

#include "base/buffer.h"
#include "decode/appconnect.h"

enum { SEEN_CEILING = 64 * 1024 * 1024 };

/* An archive under way: its bytes are there once it is ended. */
struct making {
    zip_source_t *source;
    zip_t *zip;
};

static inline struct making begin_archive(void)
{
    struct making making = {.source = zip_source_buffer_create(NULL, 0, 0, NULL)};

    assert_non_null(making.source);
    zip_source_keep(making.source);
    making.zip = zip_open_from_source(making.source, ZIP_TRUNCATE, NULL);
    assert_non_null(making.zip);
    return making;
}

/* `bytes` are borrowed until the end. Returns the entry's number. */
static inline zip_uint64_t put_entry(
    const struct making *making, const char *name, const char *bytes, size_t size)
{
    zip_source_t *source = zip_source_buffer(making->zip, bytes, size, 0);
    zip_int64_t index;

    assert_non_null(source);
    index = zip_file_add(making->zip, name, source, ZIP_FL_ENC_UTF_8);
    assert_true(index >= 0);
    return (zip_uint64_t)index;
}

static inline zip_uint64_t put_text(const struct making *making, const char *name, const char *text)
{
    return put_entry(making, name, text, strlen(text));
}

static inline void end_archive(struct making *making, struct buffer *bytes)
{
    zip_stat_t status;

    assert_int_equal(zip_close(making->zip), 0);
    assert_int_equal(zip_source_stat(making->source, &status), 0);
    buffer_init(bytes, SEEN_CEILING);
    assert_true(buffer_reserve(bytes, status.size));
    assert_int_equal(zip_source_open(making->source), 0);
    assert_int_equal(
        zip_source_read(making->source, bytes->data, status.size), (zip_int64_t)status.size);
    bytes->size = status.size;
    assert_int_equal(zip_source_close(making->source), 0);
    zip_source_free(making->source);
}

/* Everything that was handed on, a line each, without blanks and marks, and how it ended. */
struct seen {
    bool ok;
    struct error err;
    struct buffer lines;
    size_t records;
    size_t unreadable;
    uint64_t size; /* that was told last of what is unreadable */
};

static inline bool see_record(
    void *context, const cJSON *record, struct str text, struct error *err)
{
    struct seen *seen = context;

    (void)err;
    assert_int_equal(record_type(record), RECORD_OBJECT);
    assert_null(memchr(text.data, '\n', text.size));
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != ' ' && (unsigned char)text.data[i] != 0xFF) {
            buffer_append_char(&seen->lines, text.data[i]);
        }
    }
    buffer_append_char(&seen->lines, '\n');
    seen->records++;
    return true;
}

static inline bool see_unreadable(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    struct seen *seen = context;

    (void)err;
    buffer_printf(&seen->lines, "! %s\n", reason);
    seen->unreadable++;
    seen->size = size;
    return true;
}

static inline void seen_init(struct seen *seen)
{
    *seen = (struct seen){.ok = false};
    buffer_init(&seen->lines, SEEN_CEILING);
}

static inline void seen_release(struct seen *seen)
{
    buffer_release(&seen->lines);
}

/* Reads an answer that comes in pieces of `piece` bytes. */
static inline void read_answer(struct seen *seen, struct str bytes, size_t piece)
{
    const struct appconnect_handler handler = {see_record, see_unreadable, seen};
    struct appconnect *appconnect = NULL;

    seen->ok = appconnect_new(&appconnect, &handler, &seen->err);
    while (seen->ok && bytes.size > 0) {
        size_t size = bytes.size < piece ? bytes.size : piece;

        seen->ok = appconnect_feed(appconnect, bytes.data, size, &seen->err);
        bytes = (struct str){bytes.data + size, bytes.size - size};
    }
    seen->ok = seen->ok && appconnect_end(appconnect, &seen->err);
    appconnect_free(appconnect);
}

/* What is made of an archive. */
static inline void assert_read(struct buffer *bytes, const char *lines)
{
    struct seen seen;

    seen_init(&seen);
    read_answer(&seen, buffer_view(bytes), SIZE_MAX);
    if (!seen.ok) {
        fail_msg("%s", seen.err.text);
    }
    assert_string_equal(buffer_text(&seen.lines), lines);
    seen_release(&seen);
    buffer_release(bytes);
}

/* An archive, or what is none, ends with that. */
static inline void assert_refused(struct str bytes, const char *words)
{
    struct seen seen;

    seen_init(&seen);
    read_answer(&seen, bytes, SIZE_MAX);
    assert_false(seen.ok);
    assert_int_equal(seen.err.kind, ERROR_SERVER);
    if (strstr(seen.err.text, words) == NULL) {
        fail_msg("\"%s\" says nothing of \"%s\"", seen.err.text, words);
    }
    seen_release(&seen);
}

/* Renames what is there to the same length, in local headers and the directory. */
static inline void rename_all(struct buffer *bytes, const char *from, const char *to, size_t size)
{
    char *at = bytes->data;

    while ((at = memmem(at, bytes->size - (size_t)(at - bytes->data), from, size)) != NULL) {
        memcpy(at, to, size);
    }
}

#endif
