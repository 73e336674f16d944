/* What a split of XML gave, as text that tests can compare. */
#ifndef UEMSYNC_TESTS_UNIT_DECODE_XML_FIXTURE_H
#define UEMSYNC_TESTS_UNIT_DECODE_XML_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/record.h"
#include "decode/xml_split.h"

#define FFFD "\xEF\xBF\xBD"
#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

enum { RESULT_CEILING = 64 * 1024 * 1024 };

struct result {
    bool ok;
    struct error err;
    struct buffer records; /* each as JSON, a line each */
    struct buffer texts;   /* each as it came, a line each */
    struct buffer lost;    /* the reason and size of each unreadable one, a line each */
    size_t count;
    size_t refuse; /* the record that the handler refuses, from 1; 0 for none */
    int64_t told;
    uint64_t replaced;
};

static inline bool keep_record(
    void *context, const cJSON *record, struct str text, struct error *err)
{
    struct result *result = context;
    char *json = cJSON_PrintUnformatted(record);

    assert_non_null(json);
    assert_int_equal(record_type(record), RECORD_OBJECT);
    result->count++;
    buffer_append_text(&result->records, json);
    buffer_append_char(&result->records, '\n');
    buffer_append_str(&result->texts, text);
    buffer_append_char(&result->texts, '\n');
    cJSON_free(json);
    return result->count != result->refuse || error_set(err, ERROR_GUARD, "refused");
}

static inline bool keep_unreadable(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    buffer_printf(&result->lost, "%s: %" PRIu64 "\n", reason, size);
    return true;
}

static inline void result_init(struct result *result)
{
    *result = (struct result){.ok = false};
    buffer_init(&result->records, RESULT_CEILING);
    buffer_init(&result->texts, RESULT_CEILING);
    buffer_init(&result->lost, RESULT_CEILING);
}

static inline void result_release(struct result *result)
{
    buffer_release(&result->lost);
    buffer_release(&result->texts);
    buffer_release(&result->records);
}

/* Feeds copies that end where their memory ends, so that reading on is seen. */
static inline bool feed_pieces(
    struct xml_split *split, struct str document, size_t piece, struct error *err)
{
    bool ok = true;

    for (size_t at = 0; ok && at < document.size; at += piece) {
        size_t size = document.size - at < piece ? document.size - at : piece;
        char *copy = malloc(size);

        assert_non_null(copy);
        memcpy(copy, document.data + at, size);
        ok = xml_split_feed(split, copy, size, err);
        free(copy);
    }
    return ok;
}

static inline void run(
    struct result *result, const struct xml_split_shape *shape, struct str document, size_t piece)
{
    struct xml_split_handler handler = {
        .record = keep_record, .unreadable = keep_unreadable, .context = result};
    struct xml_split *split = NULL;

    assert_true(xml_split_new(&split, shape, &handler, &result->err));
    result->ok =
        feed_pieces(split, document, piece, &result->err) && xml_split_end(split, &result->err);
    result->told = xml_split_told(split);
    result->replaced = xml_split_replaced(split);
    xml_split_free(split);
}

static inline void assert_same(const struct result *result, const struct result *again)
{
    assert_int_equal(again->ok, result->ok);
    assert_string_equal(again->err.text, result->err.text);
    assert_string_equal(buffer_text(&again->records), buffer_text(&result->records));
    assert_string_equal(buffer_text(&again->texts), buffer_text(&result->texts));
    assert_string_equal(buffer_text(&again->lost), buffer_text(&result->lost));
    assert_int_equal(again->replaced, result->replaced);
}

/* Splits whole and in pieces of every size up to its own; all must give the same. */
static inline void run_all(
    struct result *result, const struct xml_split_shape *shape, struct str document)
{
    run(result, shape, document, document.size + 1);
    for (size_t piece = 1; piece <= document.size; piece++) {
        struct result again;

        result_init(&again);
        run(&again, shape, document, piece);
        assert_same(result, &again);
        result_release(&again);
    }
}

#endif
