#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/json_split.h"

#define MARK "\xFF"
#define FFFD "\xEF\xBF\xBD"

enum { RESULT_CEILING = 16 * 1024 * 1024 };

/* What a split gave. */
struct result {
    bool ok;
    struct error err;
    struct buffer records; /* each with a line end behind it */
    size_t count;
    size_t refuse; /* the record that the handler refuses, from 1; 0 for none */
    uint64_t oversized;
    size_t oversized_count;
    uint64_t too_deep;
    struct buffer envelope;
    uint64_t replaced;
};

static bool keep_record(void *context, struct str json, struct error *err)
{
    struct result *result = context;

    result->count++;
    buffer_append_str(&result->records, json);
    buffer_append_char(&result->records, '\n');
    assert_int_equal(json.data[json.size], '\0');
    return result->count != result->refuse || error_set(err, ERROR_GUARD, "refused");
}

static bool keep_oversized(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    result->oversized = size;
    result->oversized_count++;
    return true;
}

static bool keep_too_deep(void *context, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    result->too_deep = size;
    return true;
}

static void result_init(struct result *result)
{
    *result = (struct result){.ok = false};
    buffer_init(&result->records, RESULT_CEILING);
    buffer_init(&result->envelope, RESULT_CEILING);
}

static void result_release(struct result *result)
{
    buffer_release(&result->envelope);
    buffer_release(&result->records);
}

/* Feeds a copy that ends where its memory ends, so that reading on is seen. */
static bool feed_pieces(
    struct json_split *split, struct str document, size_t piece, struct error *err)
{
    bool ok = true;

    for (size_t at = 0; ok && at < document.size; at += piece) {
        size_t size = document.size - at < piece ? document.size - at : piece;
        char *copy = malloc(size);

        assert_non_null(copy);
        memcpy(copy, document.data + at, size);
        ok = json_split_feed(split, copy, size, err);
        free(copy);
    }
    return ok;
}

static void run(struct result *result, const char *array, struct str document, size_t piece)
{
    struct json_split_handler handler = {.record = keep_record,
        .oversized = keep_oversized,
        .too_deep = keep_too_deep,
        .context = result};
    struct json_split *split = NULL;

    assert_true(json_split_new(&split, array, &handler, &result->err));
    result->ok = feed_pieces(split, document, piece, &result->err) &&
                 json_split_end(split, false, &result->err);
    buffer_append_str(&result->envelope, json_split_envelope(split));
    result->replaced = json_split_replaced(split);
    json_split_free(split);
}

/* Splits whole and in pieces of every size up to its own; all must give the same. */
static void run_all(struct result *result, const char *array, struct str document)
{
    run(result, array, document, document.size + 1);
    for (size_t piece = 1; piece <= document.size; piece++) {
        struct result again;

        result_init(&again);
        run(&again, array, document, piece);
        assert_int_equal(again.ok, result->ok);
        assert_string_equal(again.err.text, result->err.text);
        assert_string_equal(buffer_text(&again.records), buffer_text(&result->records));
        assert_string_equal(buffer_text(&again.envelope), buffer_text(&result->envelope));
        assert_int_equal(again.replaced, result->replaced);
        result_release(&again);
    }
}

static struct str str_bytes(const char *bytes, size_t size)
{
    return (struct str){bytes, size};
}

struct accepted {
    const char *document;
    const char *records;
    uint64_t replaced;
};

/* Each document is a list of records. */
static void check_accepted(const struct accepted *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct result result;

        result_init(&result);
        run_all(&result, NULL, str_of(cases[i].document));
        assert_string_equal(result.err.text, "");
        assert_true(result.ok);
        assert_string_equal(buffer_text(&result.records), cases[i].records);
        assert_int_equal(result.replaced, cases[i].replaced);
        assert_int_equal(result.envelope.size, 0);
        result_release(&result);
    }
}

struct refused {
    const char *document;
    const char *message; /* a part of it */
};

static void check_refused(const char *array, const struct refused *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct result result;

        result_init(&result);
        run_all(&result, array, str_of(cases[i].document));
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        if (strstr(result.err.text, cases[i].message) == NULL) {
            fail_msg(
                "%s: \"%s\" lacks \"%s\"", cases[i].document, result.err.text, cases[i].message);
        }
        result_release(&result);
    }
}

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

static void a_list_is_split_into_its_elements(void **state)
{
    static const struct accepted cases[] = {
        {"[]", "", 0},
        {" [ \n] \t", "", 0},
        {"\xEF\xBB\xBF[{}]", "{}\n", 0},
        {"[{}]", "{}\n", 0},
        {"[{\"a\":\"b\"},{\"c\":[true,false,null]}]", "{\"a\":\"b\"}\n{\"c\":[true,false,null]}\n",
            0},
        {"[ { \"a\" :\r\n\"b c\" , \"d\" : [ ] } ,\t{ } ]", "{\"a\":\"b c\",\"d\":[]}\n{}\n", 0},
        {"[[[]],\"x\",true,null,{\"\":\"\"}]", "[[]]\n\"x\"\ntrue\nnull\n{\"\":\"\"}\n", 0},
        {"[{\"a\":\"1\",\"a\":\"2\"}]", "{\"a\":\"1\",\"a\":\"2\"}\n", 0},
    };

    (void)state;
    check_accepted(cases, COUNT(cases));
}

static void numbers_become_marked_strings(void **state)
{
    static const struct accepted cases[] = {
        {"[0,-0,1 ,9007199254740993]",
            "\"" MARK "0\"\n\"" MARK "-0\"\n\"" MARK "1\"\n\"" MARK "9007199254740993\"\n", 0},
        {"[{\"a\":18446744073709551616}]", "{\"a\":\"" MARK "18446744073709551616\"}\n", 0},
        {"[1.50,1e5,1E+05,-2.0e-300,10]",
            "\"" MARK "1.50\"\n\"" MARK "1e5\"\n\"" MARK "1E+05\"\n\"" MARK "-2.0e-300\"\n"
            "\"" MARK "10\"\n",
            0},
    };

    (void)state;
    check_accepted(cases, COUNT(cases));
}

static void a_servers_loose_bytes_never_pass_as_a_mark(void **state)
{
    static const struct accepted cases[] = {
        {"[\"\xFF"
         "12\"]",
            "\"" FFFD "12\"\n", 1},
        {"[{\"\xFF"
         "1\":\"\xFE\xFF\"}]",
            "{\"" FFFD "1\":\"" FFFD FFFD "\"}\n", 3},
        {"[\"\\u00ff1\"]", "\"\\u00ff1\"\n", 0},
    };

    (void)state;
    check_accepted(cases, COUNT(cases));
}

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    static const struct accepted cases[] = {
        {"[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"]",
            "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"\n",
            0},
        {"[\"a\x80z\"]", "\"a" FFFD "z\"\n", 1},
        /* Overlong forms, a surrogate, beyond U+10FFFF: no byte of them begins anything. */
        {"[\"\xC0\xAF\"]", "\"" FFFD FFFD "\"\n", 2},
        {"[\"\xE0\x9F\xBF\"]", "\"" FFFD FFFD FFFD "\"\n", 3},
        {"[\"\xF0\x8F\xBF\xBF\"]", "\"" FFFD FFFD FFFD FFFD "\"\n", 4},
        {"[\"\xED\xA0\x80\"]", "\"" FFFD FFFD FFFD "\"\n", 3},
        {"[\"\xF4\x90\x80\x80\"]", "\"" FFFD FFFD FFFD FFFD "\"\n", 4},
        {"[\"\xF5\x80\"]", "\"" FFFD FFFD "\"\n", 2},
        /* A character that is cut is one, whatever cuts it. */
        {"[\"\xE2\x82\"]", "\"" FFFD "\"\n", 1},
        {"[\"\xF0\x9F\x98x\"]", "\"" FFFD "x\"\n", 1},
        {"[\"\xE2\x82\xE2\x82\xAC\"]", "\"" FFFD "\xE2\x82\xAC\"\n", 1},
        {"[\"\xC3\\n\"]", "\"" FFFD "\\n\"\n", 1},
        /* The sample of the Unicode standard, table 3-11. */
        {"[\"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41\"]", "\"" FFFD FFFD FFFD FFFD "A\"\n", 4},
    };

    (void)state;
    check_accepted(cases, COUNT(cases));
}

static void escapes_are_kept_unless_they_are_no_character(void **state)
{
    static const struct accepted cases[] = {
        {"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"\n", 0},
        {"[\"\\u0041\\u0001\\uFFFF\"]", "\"\\u0041\\u0001\\uFFFF\"\n", 0},
        {"[\"a\\u0000b\"]", "\"a" FFFD "b\"\n", 1},
        {"[\"\\uD83D\\ude00\"]", "\"\\uD83D\\ude00\"\n", 0},
        {"[\"\\ud83d\"]", "\"" FFFD "\"\n", 1},
        {"[\"\\ud83dx\"]", "\"" FFFD "x\"\n", 1},
        {"[\"\\ud83d\\n\"]", "\"" FFFD "\\n\"\n", 1},
        {"[\"\\ud83d\\u0041\"]", "\"" FFFD "\\u0041\"\n", 1},
        {"[\"\\ud83d\\u0000\"]", "\"" FFFD FFFD "\"\n", 2},
        {"[\"\\ud83d\\ud83d\\ude00\"]", "\"" FFFD "\\ud83d\\ude00\"\n", 1},
        {"[\"\\ud83d\\ude00\\ude00\"]", "\"\\ud83d\\ude00" FFFD "\"\n", 1},
        {"[\"\\ude00\\ud83d\"]", "\"" FFFD FFFD "\"\n", 2},
        {"[\"\\ud83d\xC3\xA9\"]", "\"" FFFD "\xC3\xA9\"\n", 1},
        {"[\"\\ud83d\",\"\\ude00\"]", "\"" FFFD "\"\n\"" FFFD "\"\n", 2},
        {"[{\"\\u0000\":\"\"}]", "{\"" FFFD "\":\"\"}\n", 1},
    };

    (void)state;
    check_accepted(cases, COUNT(cases));
}

static void what_is_no_json_is_an_error_that_names_the_offset(void **state)
{
    static const struct refused cases[] = {
        {"[1,]", "']' at byte offset 3, where a value was expected"},
        {"[,1]", "',' at byte offset 1, where a value or \"]\""},
        {"[{\"a\":1,}]", "'}' at byte offset 8, where a name in quotes was"},
        {"[{a:1}]", "'a' at byte offset 2, where a name in quotes or \"}\""},
        {"[{\"a\" 1}]", "'1' at byte offset 6, where a colon"},
        {"[{\"a\":}]", "'}' at byte offset 6, where a value"},
        {"[{\"a\":1]", "']' at byte offset 7, where a comma or \"}\""},
        {"[1}", "'}' at byte offset 2, where a comma or \"]\""},
        {"[1 2]", "'2' at byte offset 3, where a comma or \"]\""},
        {"[01]", "'1' at byte offset 2, where a comma"},
        {"[00]", "'0' at byte offset 2, where a comma"},
        {"[-01]", "'1' at byte offset 3, where a comma"},
        {"[-]", "']' at byte offset 2, where a digit"},
        {"[+1]", "'+' at byte offset 1, where a value"},
        {"[.5]", "'.' at byte offset 1"},
        {"[1.]", "']' at byte offset 3, where a digit"},
        {"[1.e5]", "'e' at byte offset 3, where a digit"},
        {"[1e]", "']' at byte offset 3, where a digit"},
        {"[1e+]", "']' at byte offset 4, where a digit"},
        {"[0x10]", "'x' at byte offset 2"},
        {"[NaN]", "'N' at byte offset 1"},
        {"[Infinity]", "'I' at byte offset 1"},
        {"[tru]", "']' at byte offset 4, where true, false or null"},
        {"[nul ]", "0x20 at byte offset 4"},
        {"[truee]", "'e' at byte offset 5, where a comma"},
        {"[True]", "'T' at byte offset 1"},
        {"['a']", "at byte offset 1, where a value"},
        {"[\"a\nb\"]", "0x0a at byte offset 3, where the rest of a string"},
        {"[\"\t\"]", "0x09 at byte offset 2"},
        {"[\"\\x\"]", "'x' at byte offset 3, where one of"},
        {"[\"\\u12g4\"]", "'g' at byte offset 6, where four hexadecimal digits"},
        {"[\"\\ud83d\\x\"]", "'x' at byte offset 9, where one of"},
        {"[] []", "'[' at byte offset 3, where the end of the answer"},
        {"[],", "',' at byte offset 2"},
        {"[1/**/]", "'/' at byte offset 2"},
        {"[\xC2\xA0]", "0xc2 at byte offset 1"},
        {"\xEF\xBB[]", "'[' at byte offset 2, where the rest of a byte order mark"},
        {" \xEF\xBB\xBF[]", "0xef at byte offset 1"},
        {"]", "']' at byte offset 0, where an object or a list"},
        {"true", "'t' at byte offset 0"},
        {"12", "'1' at byte offset 0"},
        {"\"x\"", "at byte offset 0, where an object or a list"},
        {"{\"result\":[]}", "is an object at byte offset 0, where a list was expected"},
        {"<html>", "HTML or XML, not JSON (a login page, a proxy, or a wrong address?)"},
        {"\xEF\xBB\xBF\n <?xml", "HTML or XML"},
        {"[<a/>]", "'<' at byte offset 1, where a value"},
    };

    (void)state;
    check_refused(NULL, cases, COUNT(cases));
}

static void a_nul_byte_is_an_error_anywhere(void **state)
{
    static const char documents[][6] = {
        {'\0', '[', ']', ' ', ' ', ' '},
        {'[', '\0', ']', ' ', ' ', ' '},
        {'[', '"', '\0', '"', ']', ' '},
        {'[', '"', '\\', '\0', '"', ']'},
        {'[', ']', '\0', ' ', ' ', ' '},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(documents); i++) {
        struct result result;

        result_init(&result);
        run_all(&result, NULL, str_bytes(documents[i], sizeof documents[i]));
        assert_false(result.ok);
        assert_non_null(strstr(result.err.text, "0x00 at byte offset"));
        result_release(&result);
    }
}

struct enveloped {
    const char *document;
    const char *records;
    const char *envelope;
};

static void the_named_list_is_split_and_the_rest_is_the_envelope(void **state)
{
    static const struct enveloped cases[] = {
        {"{\"searchResults\":[{\"a\":1}],\"results\":2,\"offset\":0}", "{\"a\":\"" MARK "1\"}\n",
            "{\"searchResults\":null,\"results\":\"" MARK "2\",\"offset\":\"" MARK "0\"}"},
        {"{ \"results\": 2, \"searchResults\": [ \"a\" , \"b\" ] }", "\"a\"\n\"b\"\n",
            "{\"results\":\"" MARK "2\",\"searchResults\":null}"},
        {"{\"errors\":[{\"searchResults\":[1]}],\"searchResults\":[]}", "",
            "{\"errors\":[{\"searchResults\":[\"" MARK "1\"]}],\"searchResults\":null}"},
        {"{\"searchResults\":[{\"searchResults\":[2]}]}", "{\"searchResults\":[\"" MARK "2\"]}\n",
            "{\"searchResults\":null}"},
        {"{\"search\\u0052esults\":[\"a\"]}", "\"a\"\n", "{\"search\\u0052esults\":null}"},
        {"{\"searchResults\":null,\"results\":0}", "",
            "{\"searchResults\":null,\"results\":\"" MARK "0\"}"},
        {"{\"searchResult\":1,\"searchResultss\":2,\"search\\nResults\":3,\"searchResults\":[]}",
            "",
            "{\"searchResult\":\"" MARK "1\",\"searchResultss\":\"" MARK
            "2\",\"search\\nResults\":\"" MARK "3\",\"searchResults\":null}"},
        {"{\"x\":\"\xFF\",\"searchResults\":[]}", "",
            "{\"x\":\"" FFFD "\",\"searchResults\":null}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct result result;

        result_init(&result);
        run_all(&result, "searchResults", str_of(cases[i].document));
        assert_string_equal(result.err.text, "");
        assert_true(result.ok);
        assert_string_equal(buffer_text(&result.records), cases[i].records);
        assert_string_equal(buffer_text(&result.envelope), cases[i].envelope);
        result_release(&result);
    }
}

static void an_answer_without_its_list_is_an_error(void **state)
{
    static const struct refused cases[] = {
        {"{}", "holds no list \"result\""},
        {"{\"results\":[]}", "holds no list \"result\""},
        {"{\"a\":{\"result\":[]}}", "holds no list \"result\""},
        {"{\"result\":{}}", "\"result\" of the answer is no list at byte offset 10"},
        {"{\"result\":3}", "\"result\" of the answer is no list"},
        {"{\"result\":\"[]\"}", "\"result\" of the answer is no list"},
        {"{\"result\":nil}", "'i' at byte offset 11, where true, false or null"},
        {"{\"result\":[],\"result\":[]}", "\"result\" a second time at byte offset 22"},
        {"{\"result\":null,\"result\":[]}", "\"result\" a second time"},
        {"{\"result\":[],\"resul\\u0074\":null}", "\"result\" a second time"},
        {"[]", "is a list at byte offset 0, where an object with the list \"result\""},
        {"<!DOCTYPE html>", "HTML or XML"},
    };

    (void)state;
    check_refused("result", cases, COUNT(cases));
}

static const char truncated_document[] =
    " {\"results\": 12, \"searchResults\" : [ {\"a\":\"x\\u00e9\\ud83d\\ude00\xC3\xA9\", "
    "\"b\":-1.5e+10,"
    "\"c\":[true,false,null,{}]}, 7 ], \"errors\":null } ";

static void a_truncated_document_is_an_error(void **state)
{
    const size_t whole = sizeof truncated_document - 2;

    (void)state;
    for (size_t size = 2; size < whole; size++) {
        struct result result;

        result_init(&result);
        run_all(&result, "searchResults", str_bytes(truncated_document, size));
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        assert_non_null(strstr(result.err.text, "cut short: it ends at byte offset"));
        result_release(&result);
    }
}

static void an_empty_document_passes_only_where_allowed(void **state)
{
    static const char *const documents[] = {"", " \r\n", "\xEF\xBB\xBF"};
    struct result result;
    struct json_split_handler handler = {.record = keep_record,
        .oversized = keep_oversized,
        .too_deep = keep_too_deep,
        .context = &result};

    (void)state;
    for (size_t i = 0; i < COUNT(documents); i++) {
        struct json_split *split = NULL;

        result_init(&result);
        assert_true(json_split_new(&split, "settings", &handler, &result.err));
        assert_true(feed_pieces(split, str_of(documents[i]), 1, &result.err));
        assert_true(json_split_end(split, true, &result.err));
        assert_false(json_split_end(split, false, &result.err));
        assert_int_equal(result.err.kind, ERROR_SERVER);
        assert_non_null(strstr(result.err.text, "empty"));
        assert_int_equal(json_split_envelope(split).size, 0);
        json_split_free(split);
        result_release(&result);
    }
}

static void empty_allowed_does_not_excuse_a_document_without_its_list(void **state)
{
    struct result result;
    struct json_split_handler handler = {.record = keep_record,
        .oversized = keep_oversized,
        .too_deep = keep_too_deep,
        .context = &result};
    struct json_split *split = NULL;

    (void)state;
    result_init(&result);
    assert_true(json_split_new(&split, "settings", &handler, &result.err));
    assert_true(json_split_feed(split, "{}", 2, &result.err));
    assert_false(json_split_end(split, true, &result.err));
    json_split_free(split);
    result_release(&result);
}

static void a_split_is_ready_again_after_a_reset(void **state)
{
    static const char broken[] = "[{\"a\":\"\\ud83d";
    static const char whole[] = "[{\"a\":\"\xFF\"}]";
    struct result result;
    struct json_split_handler handler = {.record = keep_record,
        .oversized = keep_oversized,
        .too_deep = keep_too_deep,
        .context = &result};
    struct json_split *split = NULL;

    (void)state;
    result_init(&result);
    assert_true(json_split_new(&split, NULL, &handler, &result.err));
    for (int i = 0; i < 2; i++) {
        assert_true(json_split_feed(split, broken, sizeof broken - 1, &result.err));
        json_split_reset(split);
        assert_true(json_split_feed(split, whole, sizeof whole - 1, &result.err));
        assert_true(json_split_end(split, false, &result.err));
        json_split_reset(split);
    }
    assert_string_equal(
        buffer_text(&result.records), "{\"a\":\"" FFFD "\"}\n{\"a\":\"" FFFD "\"}\n");
    assert_int_equal(json_split_replaced(split), 2);
    json_split_free(split);
    result_release(&result);
}

static void after_an_error_nothing_goes_on(void **state)
{
    struct result result;
    struct json_split_handler handler = {.record = keep_record,
        .oversized = keep_oversized,
        .too_deep = keep_too_deep,
        .context = &result};
    struct json_split *split = NULL;

    (void)state;
    result_init(&result);
    assert_true(json_split_new(&split, NULL, &handler, &result.err));
    assert_false(json_split_feed(split, "[x", 2, &result.err));
    assert_false(json_split_feed(split, "[]", 2, &result.err));
    assert_int_equal(result.err.kind, ERROR_SERVER);
    assert_false(json_split_end(split, true, &result.err));
    json_split_free(split);
    json_split_free(NULL);
    result_release(&result);
}

static void a_handlers_error_ends_the_split_and_is_handed_up(void **state)
{
    struct result result;

    (void)state;
    result_init(&result);
    result.refuse = 2;
    run(&result, NULL, str_of("[1,2,3]"), 100);
    assert_false(result.ok);
    assert_int_equal(result.err.kind, ERROR_GUARD);
    assert_string_equal(result.err.text, "refused");
    assert_int_equal(result.count, 2);
    result_release(&result);
}

/* `[` and `before`, `size` bytes of `fill`, `after`. */
static void make_document(
    struct buffer *document, const char *before, char fill, size_t size, const char *after)
{
    buffer_init(document, RESULT_CEILING);
    buffer_append_text(document, before);
    assert_true(buffer_reserve(document, size));
    memset(document->data + document->size, fill, size);
    document->size += size;
    buffer_append_text(document, after);
    assert_true(buffer_ok(document));
}

static void strings_of_64_kib_pass_whole(void **state)
{
    static const char fills[] = {'x', '\x80'};

    (void)state;
    for (size_t i = 0; i < COUNT(fills); i++) {
        struct buffer document;
        size_t size = 64 * 1024;

        make_document(&document, "[\"", fills[i], size, "\",2]");
        for (size_t piece = 1; piece < 10000; piece = piece * 3 + 1) {
            struct result result;

            result_init(&result);
            run(&result, NULL, buffer_view(&document), piece);
            assert_true(result.ok);
            assert_int_equal(result.count, 2);
            assert_int_equal(result.replaced, i == 0 ? 0 : size);
            assert_int_equal(
                result.records.size, (i == 0 ? size : 3 * size) + strlen("\"\"\n\"x2\"\n"));
            result_release(&result);
        }
        buffer_release(&document);
    }
}

static void a_record_at_its_ceiling_passes_and_one_beyond_is_skipped(void **state)
{
    static const char fills[] = {'x', '\x80', ' '};
    static const size_t pieces[] = {1, 4096, 16384, RESULT_CEILING};

    (void)state;
    for (size_t i = 0; i < COUNT(fills) * COUNT(pieces); i++) {
        char fill = fills[i / COUNT(pieces)];
        const char *before = fill == ' ' ? "[1,[\"\"" : "[1,[\"";
        const char *after = fill == ' ' ? "],3]" : "\"],3]";

        for (size_t over = 0; over < 2; over++) {
            struct buffer document;
            struct result result;

            make_document(&document, before, fill, CEILING_RECORD - 4 + over, after);
            result_init(&result);
            run(&result, NULL, buffer_view(&document), pieces[i % COUNT(pieces)]);
            assert_true(result.ok);
            assert_int_equal(result.count, over == 0 ? 3 : 2);
            assert_int_equal(result.oversized_count, over);
            assert_int_equal(result.oversized, over == 0 ? 0 : CEILING_RECORD + 1);
            assert_non_null(strstr(buffer_text(&result.records), "\"" MARK "3\"\n"));
            result_release(&result);
            buffer_release(&document);
        }
    }
}

static void a_record_far_beyond_its_ceiling_is_skipped_and_checked(void **state)
{
    static const struct {
        const char *after;
        bool ok;
    } cases[] = {{"\"}},[2]]", true}, {"\n\"}},[2]]", false}, {"\"}],[2]]", false}};
    const size_t size = 10 * CEILING_RECORD;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer document;
        struct result result;

        make_document(&document, "[{\"a\":{\"b\":\"", '\xC3', size, cases[i].after);
        result_init(&result);
        run(&result, NULL, buffer_view(&document), 16384);
        assert_int_equal(result.ok, cases[i].ok);
        if (cases[i].ok) {
            assert_int_equal(result.oversized, size + strlen("{\"a\":{\"b\":\"\"}}"));
            assert_string_equal(buffer_text(&result.records), "[\"" MARK "2\"]\n");
        }
        result_release(&result);
        buffer_release(&document);
    }
}

/* A list of `levels` nested lists and a number behind them, under `result` or by itself. */
static void make_nested(struct buffer *document, size_t levels)
{
    make_document(document, "{\"result\":[", '[', levels, "");
    for (size_t i = 0; i < levels; i++) {
        buffer_append_char(document, ']');
    }
    buffer_append_text(document, ",5]}");
}

static void a_record_too_deep_costs_that_record(void **state)
{
    static const size_t levels[] = {CEILING_DEPTH, CEILING_DEPTH + 1, 1000, 300000};

    (void)state;
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct buffer document;
        struct result result;
        bool fits = levels[i] <= CEILING_DEPTH;

        make_nested(&document, levels[i]);
        result_init(&result);
        run(&result, "result", buffer_view(&document), 1000);
        assert_true(result.ok);
        assert_int_equal(result.count, fits ? 2 : 1);
        assert_int_equal(result.too_deep, fits ? 0 : 2 * levels[i]);
        result_release(&result);
        buffer_release(&document);
    }
}

static void a_record_too_deep_is_an_error_where_nobody_takes_it(void **state)
{
    struct result result;
    struct json_split_handler handler = {
        .record = keep_record, .oversized = keep_oversized, .context = &result};
    struct json_split *split = NULL;
    struct buffer document;

    (void)state;
    make_nested(&document, CEILING_DEPTH + 1);
    result_init(&result);
    assert_true(json_split_new(&split, "result", &handler, &result.err));
    assert_false(json_split_feed(split, document.data, document.size, &result.err));
    assert_int_equal(result.err.kind, ERROR_SERVER);
    assert_non_null(strstr(result.err.text, "nested deeper than 64 levels at byte offset 75"));
    json_split_free(split);
    result_release(&result);
    buffer_release(&document);
}

static void nesting_without_end_is_an_error(void **state)
{
    static const char *const beginnings[] = {"{\"result\":[", "{\"a\":"};

    (void)state;
    for (size_t i = 0; i < COUNT(beginnings); i++) {
        struct buffer document;
        struct result result;

        make_document(&document, beginnings[i], '[', 3 * CEILING_RECORD, "");
        result_init(&result);
        run(&result, "result", buffer_view(&document), 16384);
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        assert_non_null(strstr(result.err.text, "nested deeper"));
        result_release(&result);
        buffer_release(&document);
    }
}

static void an_envelope_beyond_its_ceiling_is_an_error(void **state)
{
    static const char before[] = "{\"x\":\"";
    static const char after[] = "\",\"result\":[7]}";
    const size_t fits = CEILING_ENVELOPE - strlen("{\"x\":\"\",\"result\":null}");

    (void)state;
    for (size_t over = 0; over < 3; over++) {
        for (size_t piece = 1; piece < 1000000; piece *= 10) {
            struct buffer document;
            struct result result;

            make_document(&document, before, 'x', fits + over, after);
            result_init(&result);
            run(&result, "result", buffer_view(&document), piece);
            assert_int_equal(result.ok, over == 0);
            /* One byte over is the closing brace, which comes after the record. */
            assert_int_equal(result.count, over < 2 ? 1 : 0);
            if (over > 0) {
                assert_int_equal(result.err.kind, ERROR_SERVER);
                assert_non_null(strstr(result.err.text, "more than 65536 bytes around"));
            }
            result_release(&result);
            buffer_release(&document);
        }
    }
}

static void an_envelope_without_end_is_an_error_before_it_is_whole(void **state)
{
    struct buffer document;
    struct result result;

    (void)state;
    make_document(&document, "{\"x\":\"", 'x', 4 * CEILING_ENVELOPE, "");
    result_init(&result);
    run(&result, "result", buffer_view(&document), 16384);
    assert_false(result.ok);
    assert_non_null(strstr(result.err.text, "around its records"));
    result_release(&result);
    buffer_release(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_split_into_its_elements),
        cmocka_unit_test(numbers_become_marked_strings),
        cmocka_unit_test(a_servers_loose_bytes_never_pass_as_a_mark),
        cmocka_unit_test(invalid_utf8_becomes_the_replacement_character),
        cmocka_unit_test(escapes_are_kept_unless_they_are_no_character),
        cmocka_unit_test(what_is_no_json_is_an_error_that_names_the_offset),
        cmocka_unit_test(a_nul_byte_is_an_error_anywhere),
        cmocka_unit_test(the_named_list_is_split_and_the_rest_is_the_envelope),
        cmocka_unit_test(an_answer_without_its_list_is_an_error),
        cmocka_unit_test(a_truncated_document_is_an_error),
        cmocka_unit_test(an_empty_document_passes_only_where_allowed),
        cmocka_unit_test(empty_allowed_does_not_excuse_a_document_without_its_list),
        cmocka_unit_test(a_split_is_ready_again_after_a_reset),
        cmocka_unit_test(after_an_error_nothing_goes_on),
        cmocka_unit_test(a_handlers_error_ends_the_split_and_is_handed_up),
        cmocka_unit_test(strings_of_64_kib_pass_whole),
        cmocka_unit_test(a_record_at_its_ceiling_passes_and_one_beyond_is_skipped),
        cmocka_unit_test(a_record_far_beyond_its_ceiling_is_skipped_and_checked),
        cmocka_unit_test(a_record_too_deep_costs_that_record),
        cmocka_unit_test(a_record_too_deep_is_an_error_where_nobody_takes_it),
        cmocka_unit_test(nesting_without_end_is_an_error),
        cmocka_unit_test(an_envelope_beyond_its_ceiling_is_an_error),
        cmocka_unit_test(an_envelope_without_end_is_an_error_before_it_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
