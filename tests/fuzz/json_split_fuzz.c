/* Any bytes, as an answer of a server: splitting them whole and in odd pieces gives the same, and
 * what is handed on is what json_split.h promises; and owners are what would be the records without
 * the nested form. The first byte chooses the records' array, the form and the sizes of the pieces;
 * the rest is the document. */
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
    uint64_t elements; /* of the array, whatever became of them */
    bool is_nested;
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

static void see(struct result *result, const char *what, struct str json)
{
    require_clean(result, json);
    buffer_append_text(&result->seen, what);
    buffer_append_str(&result->seen, json);
    buffer_append_char(&result->seen, '\n');
}

static bool take_record(void *context, struct str json, struct error *err)
{
    struct result *result = context;

    (void)err;
    see(result, "", json);
    result->elements += !result->is_nested;
    return true;
}

static bool take_oversized(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    require(size > CEILING_RECORD, "a record is skipped for its size");
    buffer_printf(&result->seen, "oversized %ju\n", (uintmax_t)size);
    result->elements += !result->is_nested;
    return true;
}

static bool take_deep(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    buffer_printf(&result->seen, "too deep %ju\n", (uintmax_t)size);
    result->elements += !result->is_nested;
    return true;
}

static bool take_owner(void *context, struct str json, struct error *err)
{
    struct result *result = context;

    (void)err;
    see(result, "owner ", json);
    result->elements++;
    return true;
}

static bool take_oversized_owner(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    require(size > CEILING_RECORD, "an owner is skipped for its size");
    buffer_printf(&result->seen, "oversized owner %ju\n", (uintmax_t)size);
    result->elements++;
    return true;
}

static bool take_deep_owner(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    buffer_printf(&result->seen, "too deep owner %ju\n", (uintmax_t)size);
    result->elements++;
    return true;
}

/* How an answer is split. */
struct form {
    const char *array;
    const char *inner;
    size_t most; /* bytes of a piece */
    uint32_t seed;
};

/* Pieces of 1 to `most` bytes in an order that `seed` fixes, each in memory of its own size, so
 * that a sanitizer sees a byte read too much. */
static void run(struct result *result, const struct form *form, const uint8_t *data, size_t size)
{
    struct json_split_handler handler = {.record = take_record,
        .oversized = take_oversized,
        .too_deep = take_deep,
        .owner = take_owner,
        .oversized_owner = take_oversized_owner,
        .too_deep_owner = take_deep_owner,
        .context = result};
    struct json_split *split = NULL;
    uint32_t seed = form->seed;
    bool ok = json_split_new_nested(&split, form->array, form->inner, &handler, &result->err);

    require(ok, "there is memory");
    result->is_nested = form->inner != NULL;
    while (ok && size > 0) {
        size_t piece = 1 + seed % form->most;
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

static void require_same(const struct result *whole, const struct result *pieces)
{
    require(whole->ok == pieces->ok, "pieces end as the whole does");
    require(strcmp(whole->err.text, pieces->err.text) == 0, "with the same error");
    require(whole->replaced == pieces->replaced, "with as much replaced");
    require(str_equal(buffer_view(&whole->seen), buffer_view(&pieces->seen)),
        "and the same records, owners and envelope");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const arrays[] = {NULL, "searchResults", "result", "a"};
    static const char *const inners[] = {"applications", "rules", "b", "a"};

    if (size > 0) {
        bool is_nested = (data[0] & 0x80) != 0;
        struct form form = {.array = arrays[data[0] & 3],
            .inner = is_nested ? inners[data[0] & 3] : NULL,
            .most = SIZE_MAX,
            .seed = UINT32_MAX};
        struct result whole;
        struct result pieces;
        struct result plain;

        result_init(&whole);
        result_init(&pieces);
        result_init(&plain);
        run(&whole, &form, data + 1, size - 1);
        form.most = (data[0] & 4) != 0 ? 1 : 2 + (data[0] >> 3);
        form.seed = data[0];
        run(&pieces, &form, data + 1, size - 1);
        require_same(&whole, &pieces);
        form.inner = NULL;
        run(&plain, &form, data + 1, size - 1);
        require(plain.ok == whole.ok, "the nested form ends as the plain one does");
        require(plain.elements == whole.elements, "each record of it is one owner");
        result_release(&plain);
        result_release(&pieces);
        result_release(&whole);
    }
    return 0;
}
