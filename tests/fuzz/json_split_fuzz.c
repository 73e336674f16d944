/* Any bytes, as an answer of a server: splitting them whole and in odd pieces gives the same, and
 * what is handed on is what json_split.h promises. The first byte chooses the records' array and
 * the sizes of the pieces; the rest is the document. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/json_split.h"
#include "decode/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RESULT_CEILING = 64 * 1024 * 1024 };

struct result {
    bool ok;
    struct error err;
    struct arena arena;
    struct buffer seen; /* everything that was handed on, in its order */
    uint64_t replaced;
};

static void require(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "json_split_fuzz: not so: %s\n", what);
        abort();
    }
}

static bool is_number_byte(char c)
{
    return str_is_digit(c) || (c != '\0' && strchr("+-.eE", c) != NULL);
}

/* A mark stands behind the opening quote of a number, and its literal runs to the closing one. */
static void require_marks(struct str json)
{
    for (size_t i = 0; i < json.size; i++) {
        if ((unsigned char)json.data[i] == JSON_NUMBER_MARK) {
            require(i > 0 && json.data[i - 1] == '"', "a mark is behind a quote");
            require(i < 2 || json.data[i - 2] != '\\', "a mark begins its string");
            i++;
            require(i < json.size && (json.data[i] == '-' || str_is_digit(json.data[i])),
                "a number begins with a sign or a digit");
            while (i < json.size && is_number_byte(json.data[i])) {
                i++;
            }
            require(i < json.size && json.data[i] == '"', "a number is a string by itself");
        }
    }
}

/* The length of the character at `bytes` by the table of the Unicode standard, written another
 * way than the code under test does; 0 for none. */
static size_t character_size(const unsigned char *bytes, size_t size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2 : 3;
    uint32_t code = bytes[0];

    if (bytes[0] >= 0xF0) {
        length = bytes[0] < 0xF8 ? 4 : 0;
    }
    if (length > 1) {
        code = bytes[0] & (0xFFu >> (length + 1));
    }
    for (size_t i = 1; i < length; i++) {
        if (i >= size || (bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        code = code << 6 | (bytes[i] & 0x3F);
    }
    if (length > 1 && (code < least[length] || code > 0x10FFFF || (code >> 11) == 0x1B)) {
        length = 0;
    }
    return length;
}

static void require_utf8(struct str json)
{
    const unsigned char *bytes = (const unsigned char *)json.data;
    size_t i = 0;

    while (i < json.size) {
        size_t length = bytes[i] == JSON_NUMBER_MARK ? 1 : character_size(bytes + i, json.size - i);

        require(length > 0, "what is handed on is UTF-8");
        require(bytes[i] >= 0x20, "no control character is handed on");
        i += length;
    }
}

static void require_clean(struct result *result, struct str json)
{
    const cJSON *record = NULL;
    struct error err = {ERROR_NONE, ""};

    require_marks(json);
    require_utf8(json);
    arena_reset(&result->arena);
    require(record_parse(&result->arena, json, &record, &err), "what is handed on parses");
}

static bool take_record(void *context, struct str json, struct error *err)
{
    struct result *result = context;

    (void)err;
    require_clean(result, json);
    buffer_append_str(&result->seen, json);
    buffer_append_char(&result->seen, '\n');
    return true;
}

static bool take_oversized(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    require(size > CEILING_RECORD, "a record is skipped for its size");
    buffer_printf(&result->seen, "oversized %ju\n", (uintmax_t)size);
    return true;
}

static bool take_deep(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    buffer_printf(&result->seen, "too deep %ju\n", (uintmax_t)size);
    return true;
}

/* Pieces of 1 to `most` bytes in an order that `seed` fixes, each in memory of its own size, so
 * that a sanitizer sees a byte read too much. */
static void run(struct result *result, const char *array, const uint8_t *data, size_t size,
    size_t most, uint32_t seed)
{
    struct json_split_handler handler = {take_record, take_oversized, take_deep, result};
    struct json_split *split = NULL;
    bool ok = json_split_new(&split, array, &handler, &result->err);

    require(ok, "there is memory");
    while (ok && size > 0) {
        size_t piece = 1 + seed % most;
        char *copy;

        seed = seed * 1664525u + 1013904223u;
        piece = piece < size ? piece : size;
        copy = malloc(piece);
        require(copy != NULL, "there is memory");
        memcpy(copy, data, piece);
        ok = json_split_feed(split, copy, piece, &result->err);
        free(copy);
        data += piece;
        size -= piece;
    }
    result->ok = ok && json_split_end(split, true, &result->err);
    result->replaced = json_split_replaced(split);
    if (result->ok && json_split_envelope(split).size > 0) {
        require_clean(result, json_split_envelope(split));
    }
    buffer_append_str(&result->seen, json_split_envelope(split));
    require(buffer_ok(&result->seen), "there is memory");
    json_split_free(split);
}

static void result_init(struct result *result)
{
    *result = (struct result){.ok = false};
    arena_init(&result->arena, CEILING_TREE);
    buffer_init(&result->seen, RESULT_CEILING);
}

static void result_release(struct result *result)
{
    buffer_release(&result->seen);
    arena_release(&result->arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const arrays[] = {NULL, "searchResults", "result", "a"};

    if (size > 0) {
        const char *array = arrays[data[0] & 3];
        size_t most = (data[0] & 4) != 0 ? 1 : 2 + (data[0] >> 3);
        struct result whole;
        struct result pieces;

        result_init(&whole);
        result_init(&pieces);
        run(&whole, array, data + 1, size - 1, SIZE_MAX, UINT32_MAX);
        run(&pieces, array, data + 1, size - 1, most, data[0]);
        require(whole.ok == pieces.ok, "pieces end as the whole does");
        require(strcmp(whole.err.text, pieces.err.text) == 0, "with the same error");
        require(whole.replaced == pieces.replaced, "with as much replaced");
        require(str_equal(buffer_view(&whole.seen), buffer_view(&pieces.seen)),
            "and the same records and envelope");
        result_release(&pieces);
        result_release(&whole);
    }
    return 0;
}
