/* Any bytes, as an XML answer of a server: splitting them whole and in odd pieces gives the same,
 * what is handed on is what xml_split.h and xml_tree.h promise, and a document that was accepted
 * has as many records as it says. A record's text is a document of its own: split by itself it
 * gives the same tree, and nothing in it is replaced a second time. The first byte chooses the
 * shape and the sizes of the pieces; the rest is the document. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/record.h"
#include "decode/xml_split.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RESULT_CEILING = 256 * 1024 * 1024 };

struct result {
    bool ok;
    struct error err;
    struct buffer seen; /* everything that was handed on, in its order */
    uint64_t replaced;
    uint64_t came;
    int64_t told;
    bool is_inner; /* the split of a record's text */
    bool has_element;
    struct str wanted; /* then: the tree that it gives */
};

static void require(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "xml_split_fuzz: not so: %s\n", what);
        abort();
    }
}

/* The code point at `bytes` by the table of the Unicode standard, written another way than the code
 * under test does, and its length; 0 for none. */
static size_t character(const unsigned char *bytes, size_t size, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2 : 3;

    if (bytes[0] >= 0xF0) {
        length = bytes[0] < 0xF8 ? 4 : 0;
    }
    *code = length > 1 ? bytes[0] & (0xFFu >> (length + 1)) : bytes[0];
    for (size_t i = 1; i < length; i++) {
        if (i >= size || (bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        *code = *code << 6 | (bytes[i] & 0x3F);
    }
    if (length > 1 && (*code < least[length] || *code > 0x10FFFF || (*code >> 11) == 0x1B)) {
        length = 0;
    }
    return length;
}

static void require_clean(struct str text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t i = 0;

    while (i < text.size) {
        uint32_t code;
        size_t length = character(bytes + i, text.size - i, &code);

        require(length > 0, "what is handed on is UTF-8");
        require(code >= 0x20 || code == '\t' || code == '\n' || code == '\r',
            "no control character is handed on");
        require(code != 0xFFFE && code != 0xFFFF, "all of it is characters");
        i += length;
    }
}

static void see_value(struct buffer *seen, const cJSON *value, size_t depth);

static void see_members(struct buffer *seen, const cJSON *value, size_t depth)
{
    const cJSON *last = NULL;

    for (const cJSON *member = value->child; member != NULL; member = member->next) {
        require(last == NULL ? member->prev == value->child->prev : member->prev == last,
            "members are linked both ways");
        require((member->string != NULL) == (bool)cJSON_IsObject(value),
            "members of objects have names, those of lists have none");
        if (member->string != NULL) {
            require_clean(str_of(member->string));
            buffer_printf(seen, "%zu:%s=", strlen(member->string), member->string);
        }
        see_value(seen, member, depth);
        last = member;
    }
    require(last == NULL || value->child->prev == last, "the first member knows the last");
}

static void see_value(struct buffer *seen, const cJSON *value, size_t depth)
{
    enum record_type type = record_type(value);

    if (type == RECORD_STRING) {
        require_clean(record_text(value));
        buffer_printf(seen, "%zu'", record_text(value).size);
        buffer_append_str(seen, record_text(value));
    } else {
        require(type == RECORD_OBJECT || type == RECORD_LIST, "XML has no other types");
        require(depth < CEILING_DEPTH, "a tree is no deeper than its ceiling");
        require(type != RECORD_LIST || cJSON_GetArraySize(value) > 1, "one element is no list");
        buffer_append_char(seen, type == RECORD_LIST ? '[' : '{');
        see_members(seen, value, depth + 1);
        buffer_append_char(seen, type == RECORD_LIST ? ']' : '}');
    }
}

static void run_inner(struct str text, struct str tree);

static bool take_record(void *context, const cJSON *record, struct str text, struct error *err)
{
    struct result *result = context;
    struct buffer tree;

    (void)err;
    buffer_init(&tree, RESULT_CEILING);
    require(record_type(record) == RECORD_OBJECT, "a record is an object");
    require(text.size > 0 && text.data[0] == '<' && text.data[text.size - 1] == '>',
        "a record's text is its element");
    require(text.size <= CEILING_RECORD, "a record is no longer than its ceiling");
    require_clean(text);
    require(!result->has_element || strcmp(record->child->string, "@element") == 0,
        "a record says which of several lists it is of");
    for (const cJSON *member = record->child; member != NULL; member = member->next) {
        if (member->string[0] != '@' || strcmp(member->string, "@element") != 0) {
            buffer_printf(&tree, "%zu:%s=", strlen(member->string), member->string);
            see_value(&tree, member, 1);
        }
    }
    require(buffer_ok(&tree), "there is memory");
    if (result->is_inner) {
        require(str_equal(buffer_view(&tree), result->wanted), "its text gives the same tree");
    } else {
        run_inner(text, buffer_view(&tree));
    }
    buffer_append_str(&result->seen, text);
    buffer_append_str(&result->seen, buffer_view(&tree));
    buffer_append_char(&result->seen, '\n');
    result->came++;
    buffer_release(&tree);
    return true;
}

static bool take_unreadable(void *context, const char *reason, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    require((size > CEILING_RECORD) == (strstr(reason, "bytes long") != NULL),
        "a record is skipped for its size where it is long");
    buffer_printf(&result->seen, "%s: %ju\n", reason, (uintmax_t)size);
    result->came++;
    return true;
}

static void result_init(struct result *result)
{
    *result = (struct result){.ok = false};
    buffer_init(&result->seen, RESULT_CEILING);
}

static void result_release(struct result *result)
{
    buffer_release(&result->seen);
}

static const char *const roots[] = {"r", "response", NULL};
static const char *const ways[][4] = {
    {"devices/device", NULL},
    {"d", NULL},
    {"a/b", "a/c", "d", NULL},
    {"policies/policy", "policies/x/y", NULL},
};

static void run_inner(struct str text, struct str tree)
{
    static const char *const way[] = {"device", "d", "b", "c", "policy", "y", NULL};
    static const struct xml_split_shape shape = {roots, way};
    struct result result;
    struct xml_split_handler handler = {
        .record = take_record, .unreadable = take_unreadable, .context = &result};
    struct xml_split *split = NULL;

    result_init(&result);
    result.is_inner = true;
    result.wanted = tree;
    require(xml_split_new(&split, &shape, &handler, &result.err) &&
                xml_split_feed(split, "<r>", 3, &result.err) &&
                xml_split_feed(split, text.data, text.size, &result.err) &&
                xml_split_feed(split, "</r>", 4, &result.err) && xml_split_end(split, &result.err),
        "a record's text is an element by itself");
    require(result.came == 1, "a record's text is one record");
    require(xml_split_replaced(split) == 0, "nothing is replaced twice");
    xml_split_free(split);
    result_release(&result);
}

/* How an answer is split. */
struct form {
    struct xml_split_shape shape;
    size_t most; /* bytes of a piece */
    uint32_t seed;
};

/* Pieces of 1 to `most` bytes in an order that `seed` fixes, each in memory of its own size, so
 * that a sanitizer sees a byte read too much. */
static void run(struct result *result, const struct form *form, const uint8_t *data, size_t size)
{
    struct xml_split_handler handler = {
        .record = take_record, .unreadable = take_unreadable, .context = result};
    struct xml_split *split = NULL;
    uint32_t seed = form->seed;
    bool ok = xml_split_new(&split, &form->shape, &handler, &result->err);

    require(ok, "there is memory");
    result->has_element = form->shape.records[1] != NULL;
    while (ok && size > 0) {
        size_t piece = 1 + seed % form->most;
        char *copy;

        seed = seed * 1664525u + 1013904223u;
        piece = piece < size ? piece : size;
        copy = malloc(piece);
        require(copy != NULL, "there is memory");
        memcpy(copy, data, piece);
        ok = xml_split_feed(split, copy, piece, &result->err);
        free(copy);
        data += piece;
        size -= piece;
    }
    result->ok = ok && xml_split_end(split, &result->err);
    result->replaced = xml_split_replaced(split);
    result->told = xml_split_told(split);
    require(result->ok || result->err.kind == ERROR_SERVER, "a wrong answer is the server's");
    require(!result->ok || result->told < 0 || (uint64_t)result->told == result->came,
        "an answer that is accepted has as many records as it says");
    require(buffer_ok(&result->seen), "there is memory");
    xml_split_free(split);
}

/* What exactly is wrong with XML, and at which of its bytes, the parser says by what it has seen.
 */
static bool is_same_error(const char *one, const char *other)
{
    static const char invalid[] = "the answer is no valid XML: ";

    return strcmp(one, other) == 0 ||
           (str_starts(str_of(one), invalid) && str_starts(str_of(other), invalid));
}

/* A broken answer may have had more bytes cleaned than were parsed, so only a whole one counts. */
static void require_same(const struct result *whole, const struct result *pieces)
{
    require(whole->ok == pieces->ok, "pieces end as the whole does");
    require(is_same_error(whole->err.text, pieces->err.text), "with the same error");
    require(!whole->ok || whole->replaced == pieces->replaced, "with as much replaced");
    require(whole->told == pieces->told, "with the same number said");
    require(
        str_equal(buffer_view(&whole->seen), buffer_view(&pieces->seen)), "and the same records");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0) {
        struct form form = {
            .shape = {roots, ways[data[0] & 3]}, .most = SIZE_MAX, .seed = UINT32_MAX};
        struct result whole;
        struct result pieces;

        result_init(&whole);
        result_init(&pieces);
        run(&whole, &form, data + 1, size - 1);
        form.most = (data[0] & 4) != 0 ? 1 : 2 + (data[0] >> 3);
        form.seed = data[0];
        run(&pieces, &form, data + 1, size - 1);
        require_same(&whole, &pieces);
        result_release(&pieces);
        result_release(&whole);
    }
    return 0;
}
