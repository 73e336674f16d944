/* Lists of records within owners. What came is written down in its order, a line each: records with
 * "R", owners with "O". */
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
#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

enum { RESULT_CEILING = 64 * 1024 * 1024 };

struct result {
    bool ok;
    struct error err;
    struct buffer seen;
    struct buffer envelope;
    size_t records;
    size_t owners;
    size_t refuse; /* the owner that the handler refuses, from 1; 0 for none */
};

static bool keep_record(void *context, struct str json, struct error *err)
{
    struct result *result = context;

    (void)err;
    result->records++;
    assert_int_equal(json.data[json.size], '\0');
    buffer_append_text(&result->seen, "R ");
    buffer_append_str(&result->seen, json);
    buffer_append_char(&result->seen, '\n');
    return true;
}

static bool keep_owner(void *context, struct str json, struct error *err)
{
    struct result *result = context;

    result->owners++;
    assert_int_equal(json.data[json.size], '\0');
    buffer_append_text(&result->seen, "O ");
    buffer_append_str(&result->seen, json);
    buffer_append_char(&result->seen, '\n');
    return result->owners != result->refuse || error_set(err, ERROR_GUARD, "refused");
}

static bool keep_lost(void *context, const char *what, uint64_t size)
{
    struct result *result = context;

    buffer_printf(&result->seen, "%s %" PRIu64 "\n", what, size);
    return true;
}

static bool keep_oversized(void *context, uint64_t size, struct error *err)
{
    (void)err;
    return keep_lost(context, "oversized", size);
}

static bool keep_too_deep(void *context, uint64_t size, struct error *err)
{
    (void)err;
    return keep_lost(context, "too deep", size);
}

static bool keep_oversized_owner(void *context, uint64_t size, struct error *err)
{
    (void)err;
    return keep_lost(context, "oversized owner", size);
}

static bool keep_too_deep_owner(void *context, uint64_t size, struct error *err)
{
    (void)err;
    return keep_lost(context, "too deep owner", size);
}

static void result_init(struct result *result)
{
    *result = (struct result){.ok = false};
    buffer_init(&result->seen, RESULT_CEILING);
    buffer_init(&result->envelope, RESULT_CEILING);
}

static void result_release(struct result *result)
{
    buffer_release(&result->envelope);
    buffer_release(&result->seen);
}

/* Feeds a copy that ends where its memory ends, so that reading on is seen. */
static bool feed_copy(struct json_split *split, const char *bytes, size_t size, struct error *err)
{
    char *copy = malloc(size > 0 ? size : 1);
    bool ok;

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    ok = json_split_feed(split, copy, size, err);
    free(copy);
    return ok;
}

/* A first piece, and then pieces of one size. */
static void run(
    struct result *result, const char *array, struct str document, size_t first, size_t piece)
{
    struct json_split_handler handler = {.record = keep_record,
        .oversized = keep_oversized,
        .too_deep = keep_too_deep,
        .owner = keep_owner,
        .oversized_owner = keep_oversized_owner,
        .too_deep_owner = keep_too_deep_owner,
        .context = result};
    struct json_split *split = NULL;
    size_t at = 0;

    assert_true(json_split_new_nested(&split, array, "apps", &handler, &result->err));
    result->ok = true;
    while (result->ok && at < document.size) {
        size_t size = at == 0 && first > 0 ? first : piece;

        size = size < document.size - at ? size : document.size - at;
        result->ok = feed_copy(split, document.data + at, size, &result->err);
        at += size;
    }
    result->ok = result->ok && json_split_end(split, false, &result->err);
    buffer_append_str(&result->envelope, json_split_envelope(split));
    json_split_free(split);
}

static void same(
    const struct result *result, const char *array, struct str document, size_t first, size_t piece)
{
    struct result again;

    result_init(&again);
    run(&again, array, document, first, piece);
    assert_int_equal(again.ok, result->ok);
    assert_string_equal(again.err.text, result->err.text);
    assert_string_equal(buffer_text(&again.seen), buffer_text(&result->seen));
    assert_string_equal(buffer_text(&again.envelope), buffer_text(&result->envelope));
    result_release(&again);
}

/* Splits it whole, cut in two at every byte, and byte by byte; all must give the same. */
static void run_all(struct result *result, const char *array, struct str document)
{
    run(result, array, document, 0, document.size);
    for (size_t first = 1; first < document.size; first++) {
        same(result, array, document, first, document.size);
    }
    same(result, array, document, 1, 1);
}

struct nested {
    const char *document;
    const char *seen;
    const char *envelope;
};

static void check(const char *array, const struct nested *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct result result;

        result_init(&result);
        run_all(&result, array, str_of(cases[i].document));
        assert_string_equal(result.err.text, "");
        assert_true(result.ok);
        assert_string_equal(buffer_text(&result.seen), cases[i].seen);
        assert_string_equal(buffer_text(&result.envelope), cases[i].envelope);
        result_release(&result);
    }
}

static void records_come_before_their_owner_wherever_its_list_stands(void **state)
{
    static const struct nested cases[] = {
        {"[]", "", ""},
        {"[{\"id\":\"x\",\"apps\":[{\"a\":1},{\"b\":[true]}]},{\"id\":\"y\",\"apps\":[{}]}]",
            "R {\"a\":\"" MARK "1\"}\nR {\"b\":[true]}\nO {\"id\":\"x\",\"apps\":null}\n"
            "R {}\nO {\"id\":\"y\",\"apps\":null}\n",
            ""},
        {"[{\"apps\":[{\"a\":\"\"}],\"id\":\"x\"},{\"apps\":[],\"id\":\"y\"}]",
            "R {\"a\":\"\"}\nO {\"apps\":null,\"id\":\"x\"}\nO {\"apps\":null,\"id\":\"y\"}\n", ""},
        {" [ { \"n\" : 1 , \"apps\" : [ { \"a\" : \"b\" } , 2 , [ ] ] , \"m\" : { } } , { } ] ",
            "R {\"a\":\"b\"}\nR \"" MARK "2\"\nR []\n"
            "O {\"n\":\"" MARK "1\",\"apps\":null,\"m\":{}}\nO {}\n",
            ""},
        {"[{\"ap\\u0070s\":[1]},{\"\xFF\":\"\\u0000\",\"apps\":[\"\xFF\"]}]",
            "R \"" MARK "1\"\nO {\"ap\\u0070s\":null}\n"
            "R \"" FFFD "\"\nO {\"" FFFD "\":\"" FFFD "\",\"apps\":null}\n",
            ""},
    };

    (void)state;
    check(NULL, cases, COUNT(cases));
}

static void owners_of_a_named_list_stand_in_an_envelope(void **state)
{
    static const struct nested cases[] = {
        {"{\"errors\":null,\"result\":[{\"g\":\"x\",\"apps\":[{\"r\":1}]}],\"n\":1}",
            "R {\"r\":\"" MARK "1\"}\nO {\"g\":\"x\",\"apps\":null}\n",
            "{\"errors\":null,\"result\":null,\"n\":\"" MARK "1\"}"},
        /* The inner list is one of the owners alone. */
        {"{\"apps\":[1],\"result\":[{\"result\":[2]}],\"x\":{\"apps\":[3]}}",
            "O {\"result\":[\"" MARK "2\"]}\n",
            "{\"apps\":[\"" MARK "1\"],\"result\":null,\"x\":{\"apps\":[\"" MARK "3\"]}}"},
        {"{\"result\":null}", "", "{\"result\":null}"},
    };
    static const struct nested alike[] = {{"{\"apps\":[{\"apps\":[{\"apps\":[4]}]}]}",
        "R {\"apps\":[\"" MARK "4\"]}\nO {\"apps\":null}\n", "{\"apps\":null}"}};

    (void)state;
    check("result", cases, COUNT(cases));
    check("apps", alike, COUNT(alike));
}

static void what_is_no_list_stays_with_its_owner(void **state)
{
    static const struct nested cases[] = {
        {"[{\"apps\":null},{\"apps\":\"x\"},{\"apps\":{\"apps\":[1]}},{\"apps\":-2e5},{\"apps\":"
         "true}]",
            "O {\"apps\":null}\nO {\"apps\":\"x\"}\nO {\"apps\":{\"apps\":[\"" MARK "1\"]}}\n"
            "O {\"apps\":\"" MARK "-2e5\"}\nO {\"apps\":true}\n",
            ""},
        /* Only the owner's own member counts. */
        {"[{\"x\":{\"apps\":[1]},\"y\":[{\"apps\":[2]}],\"app\":[3],\"appss\":[4],\"z\":\"apps\"}]",
            "O {\"x\":{\"apps\":[\"" MARK "1\"]},\"y\":[{\"apps\":[\"" MARK "2\"]}],"
            "\"app\":[\"" MARK "3\"],\"appss\":[\"" MARK "4\"],\"z\":\"apps\"}\n",
            ""},
        {"[null,5,\"apps\",[{\"apps\":[1]},[2]],true,{\"apps\":[6]}]",
            "O null\nO \"" MARK "5\"\nO \"apps\"\nO [{\"apps\":[\"" MARK "1\"]},[\"" MARK "2\"]]\n"
            "O true\nR \"" MARK "6\"\nO {\"apps\":null}\n",
            ""},
    };

    (void)state;
    check(NULL, cases, COUNT(cases));
}

static void a_list_that_stands_twice_gives_the_records_of_both(void **state)
{
    static const struct nested cases[] = {
        {"[{\"apps\":[1],\"id\":\"x\",\"apps\":[2,3],\"apps\":null},{\"apps\":[4]}]",
            "R \"" MARK "1\"\nR \"" MARK "2\"\nR \"" MARK "3\"\n"
            "O {\"apps\":null,\"id\":\"x\",\"apps\":null,\"apps\":null}\n"
            "R \"" MARK "4\"\nO {\"apps\":null}\n",
            ""},
    };

    (void)state;
    check(NULL, cases, COUNT(cases));
}

static void what_is_no_json_is_an_error_in_any_place(void **state)
{
    static const char *const documents[] = {"[{\"apps\":[1,]}]", "[{\"apps\":[1}]",
        "[{\"apps\":[1]]", "[{\"apps\":[1],}]", "[{\"apps\":[1] 2}]", "[{\"apps\":[{\"a\"}]}]",
        "[{\"apps\":[,1]}]", "[{\"apps\":[]}}", "[{\"apps\":[x]}]", "[{\"apps\" [1]}]",
        "[{\"apps\":}]", "[{\"apps\":nul}]"};

    (void)state;
    for (size_t i = 0; i < COUNT(documents); i++) {
        struct result result;

        result_init(&result);
        run_all(&result, NULL, str_of(documents[i]));
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        assert_non_null(strstr(result.err.text, "no valid JSON"));
        result_release(&result);
    }
}

static void a_truncated_document_is_an_error(void **state)
{
    static const char document[] =
        "{\"result\":[{\"id\":\"\\ud83d\\ude00\",\"apps\":[{\"a\":1.5},null],\"b\":[]},{}]}";

    (void)state;
    for (size_t size = 1; size < sizeof document - 1; size++) {
        struct result result;

        result_init(&result);
        run_all(&result, "result", (struct str){document, size});
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        assert_non_null(strstr(result.err.text, "cut short: it ends at byte offset"));
        result_release(&result);
    }
}

static void an_owners_error_ends_the_split_and_is_handed_up(void **state)
{
    struct result result;

    (void)state;
    result_init(&result);
    result.refuse = 2;
    run(&result, NULL, str_of("[{\"apps\":[1]},{\"apps\":[2]},{\"apps\":[3]}]"), 0, 100);
    assert_false(result.ok);
    assert_string_equal(result.err.text, "refused");
    assert_int_equal(result.records, 2);
    assert_int_equal(result.owners, 2);
    result_release(&result);
}

static void a_split_forgets_its_owner_at_a_reset(void **state)
{
    static const char broken[] = "[{\"id\":1,\"apps\":[{\"apps\":";
    static const char whole[] = "[{\"apps\":[1],\"id\":2}]";
    struct result result;
    struct json_split_handler handler = {
        .record = keep_record, .owner = keep_owner, .context = &result};
    struct json_split *split = NULL;

    (void)state;
    result_init(&result);
    assert_true(json_split_new_nested(&split, NULL, "apps", &handler, &result.err));
    for (size_t size = 0; size < sizeof broken; size++) {
        buffer_clear(&result.seen);
        assert_true(json_split_feed(split, broken, size, &result.err));
        json_split_reset(split);
        assert_true(json_split_feed(split, whole, sizeof whole - 1, &result.err));
        assert_true(json_split_end(split, false, &result.err));
        json_split_reset(split);
        assert_string_equal(
            buffer_text(&result.seen), "R \"" MARK "1\"\nO {\"apps\":null,\"id\":\"" MARK "2\"}\n");
    }
    json_split_free(split);
    result_release(&result);
}

static void append_fill(struct buffer *document, char fill, size_t size)
{
    assert_true(buffer_reserve(document, size));
    memset(document->data + document->size, fill, size);
    document->size += size;
}

/* `size` bytes of `{"apps":[1,2],"x":"..."}`, or with the list behind, without the list's own. */
static void append_owner(struct buffer *document, char fill, size_t size, bool is_list_first)
{
    buffer_append_text(document, is_list_first ? "{\"apps\":[1,2],\"x\":\"" : "{\"x\":\"");
    append_fill(document, fill, size - strlen("{\"apps\":,\"x\":\"\"}"));
    buffer_append_text(document, is_list_first ? "\"}" : "\",\"apps\":[1,2]}");
}

static const size_t big_pieces[] = {1000, 16384, RESULT_CEILING};

static void an_owner_beyond_its_ceiling_is_lost_and_its_records_are_not(void **state)
{
    static const char fills[] = {'x', '\x80'};

    (void)state;
    for (size_t i = 0; i < 2 * COUNT(fills) * COUNT(big_pieces); i++) {
        for (size_t over = 0; over < 3; over++) {
            size_t size = over < 2 ? CEILING_RECORD + over : 4 * CEILING_RECORD;
            struct buffer document;
            struct result result;
            const char *rest;

            buffer_init(&document, RESULT_CEILING);
            buffer_append_text(&document, "[");
            append_owner(&document, fills[i / 2 % COUNT(fills)], size, i % 2 == 0);
            buffer_append_text(&document, ",{\"apps\":[3]}]");
            result_init(&result);
            run(&result, NULL, buffer_view(&document), 0, big_pieces[i / 2 / COUNT(fills)]);
            assert_true(result.ok);
            assert_int_equal(result.records, 3);
            assert_int_equal(result.owners, over == 0 ? 2 : 1);
            rest = strstr(buffer_text(&result.seen), "R \"" MARK "3\"\nO {\"apps\":null}\n");
            assert_non_null(rest);
            if (over > 0) {
                char lost[64];

                (void)snprintf(lost, sizeof lost,
                    "R \"" MARK "1\"\nR \"" MARK "2\"\noversized owner %zu\n%s", size, rest);
                assert_string_equal(buffer_text(&result.seen), lost);
            }
            result_release(&result);
            buffer_release(&document);
        }
    }
}

/* Its text is written over again and again, mostly in the middle of the list's name. */
static void the_lists_of_an_owner_far_beyond_its_ceiling_are_still_found(void **state)
{
    const size_t lists = 12 * CEILING_RECORD / 32;
    struct buffer document;

    (void)state;
    buffer_init(&document, RESULT_CEILING);
    buffer_append_text(&document, "[{\"x\":1");
    for (size_t i = 0; i < lists; i++) {
        buffer_append_text(&document, ",\"\\u0061\\u0070\\u0070\\u0073\":[1]");
    }
    buffer_append_text(&document, "},{\"apps\":[2]}]");
    for (size_t i = 0; i < COUNT(big_pieces); i++) {
        struct result result;

        result_init(&result);
        run(&result, NULL, buffer_view(&document), 0, big_pieces[i]);
        assert_true(result.ok);
        assert_int_equal(result.records, lists + 1);
        assert_int_equal(result.owners, 1);
        result_release(&result);
    }
    buffer_release(&document);
}

static void a_name_without_end_is_not_taken_for_the_lists(void **state)
{
    static const char *const beginnings[] = {"apps", "\\u0061pp", ""};

    (void)state;
    for (size_t i = 0; i < COUNT(beginnings) * COUNT(big_pieces); i++) {
        struct buffer document;
        struct result result;

        buffer_init(&document, RESULT_CEILING);
        buffer_printf(&document, "[{\"%s", beginnings[i % COUNT(beginnings)]);
        append_fill(&document, 's', 4 * CEILING_RECORD);
        buffer_append_text(&document, "apps\":[1]},{\"apps\":[2]}]");
        result_init(&result);
        run(&result, NULL, buffer_view(&document), 0, big_pieces[i / COUNT(beginnings)]);
        assert_true(result.ok);
        assert_int_equal(result.records, 1);
        assert_int_equal(result.owners, 1);
        result_release(&result);
        buffer_release(&document);
    }
}

static void a_list_costs_its_owner_nothing_however_long_it_is(void **state)
{
    const size_t count = 100000;
    struct buffer document;
    struct result result;
    struct str seen;
    const char end[] = "O {\"id\":\"x\",\"apps\":null,\"n\":\"" MARK "1\"}\n";

    (void)state;
    buffer_init(&document, RESULT_CEILING);
    buffer_append_text(&document, "[{\"id\":\"x\",\"apps\":[{\"a\":0}");
    for (size_t i = 1; i < count; i++) {
        buffer_append_text(&document, ",{\"identifier\":\"com.acme.app\"}");
    }
    buffer_append_text(&document, "],\"n\":1}]");
    result_init(&result);
    run(&result, NULL, buffer_view(&document), 0, 16384);
    assert_true(result.ok);
    assert_int_equal(result.records, count);
    seen = buffer_view(&result.seen);
    assert_string_equal(seen.data + seen.size - strlen(end), end);
    result_release(&result);
    buffer_release(&document);
}

static void a_record_beyond_its_ceiling_is_lost_alone(void **state)
{
    struct buffer document;
    struct result result;

    (void)state;
    buffer_init(&document, RESULT_CEILING);
    buffer_append_text(&document, "[{\"apps\":[1,\"");
    append_fill(&document, 'x', CEILING_RECORD - 1);
    buffer_append_text(&document, "\",2],\"id\":\"x\"}]");
    result_init(&result);
    run(&result, NULL, buffer_view(&document), 0, 16384);
    assert_true(result.ok);
    assert_string_equal(buffer_text(&result.seen),
        "R \"" MARK "1\"\noversized 1048577\nR \"" MARK "2\"\nO {\"apps\":null,\"id\":\"x\"}\n");
    result_release(&result);
    buffer_release(&document);
}

static void append_levels(struct buffer *document, size_t levels)
{
    append_fill(document, '[', levels);
    append_fill(document, ']', levels);
}

static void depth_counts_from_the_record_and_from_the_owner(void **state)
{
    static const size_t levels[] = {CEILING_DEPTH, CEILING_DEPTH + 1, 100000};

    (void)state;
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct buffer document;
        struct result result;
        char lost[256];
        bool fits = i == 0;

        buffer_init(&document, RESULT_CEILING);
        buffer_append_text(&document, "{\"result\":[{\"apps\":[");
        append_levels(&document, levels[i]);
        buffer_append_text(&document, ",1],\"x\":");
        append_levels(&document, levels[i] - 1);
        buffer_append_text(&document, ",\"apps\":[]},{\"apps\":[2]}]}");
        result_init(&result);
        run(&result, "result", buffer_view(&document), 0, 1000);
        assert_true(result.ok);
        assert_int_equal(result.records, fits ? 3 : 2);
        assert_int_equal(result.owners, fits ? 2 : 1);
        (void)snprintf(lost, sizeof lost,
            "too deep %zu\nR \"" MARK "1\"\ntoo deep owner %zu\nR \"" MARK
            "2\"\nO {\"apps\":null}\n",
            2 * levels[i], 2 * levels[i] - 2 + strlen("{\"apps\":,\"x\":,\"apps\":}"));
        assert_true(fits || strcmp(buffer_text(&result.seen), lost) == 0);
        result_release(&result);
        buffer_release(&document);
    }
}

static void an_owner_too_deep_is_an_error_where_nobody_takes_it(void **state)
{
    struct result result;
    struct json_split_handler handler = {
        .record = keep_record, .too_deep = keep_too_deep, .owner = keep_owner, .context = &result};
    struct json_split *split = NULL;
    struct buffer document;

    (void)state;
    buffer_init(&document, RESULT_CEILING);
    buffer_append_text(&document, "[{\"apps\":[");
    append_levels(&document, CEILING_DEPTH + 1);
    buffer_append_text(&document, "],\"x\":");
    append_levels(&document, CEILING_DEPTH);
    buffer_append_text(&document, "}]");
    result_init(&result);
    assert_true(json_split_new_nested(&split, NULL, "apps", &handler, &result.err));
    assert_false(json_split_feed(split, document.data, document.size, &result.err));
    assert_int_equal(result.err.kind, ERROR_SERVER);
    assert_non_null(strstr(result.err.text, "nested deeper than 64 levels"));
    assert_string_equal(buffer_text(&result.seen), "too deep 130\n");
    json_split_free(split);
    result_release(&result);
    buffer_release(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_before_their_owner_wherever_its_list_stands),
        cmocka_unit_test(owners_of_a_named_list_stand_in_an_envelope),
        cmocka_unit_test(what_is_no_list_stays_with_its_owner),
        cmocka_unit_test(a_list_that_stands_twice_gives_the_records_of_both),
        cmocka_unit_test(what_is_no_json_is_an_error_in_any_place),
        cmocka_unit_test(a_truncated_document_is_an_error),
        cmocka_unit_test(an_owners_error_ends_the_split_and_is_handed_up),
        cmocka_unit_test(a_split_forgets_its_owner_at_a_reset),
        cmocka_unit_test(an_owner_beyond_its_ceiling_is_lost_and_its_records_are_not),
        cmocka_unit_test(the_lists_of_an_owner_far_beyond_its_ceiling_are_still_found),
        cmocka_unit_test(a_name_without_end_is_not_taken_for_the_lists),
        cmocka_unit_test(a_list_costs_its_owner_nothing_however_long_it_is),
        cmocka_unit_test(a_record_beyond_its_ceiling_is_lost_alone),
        cmocka_unit_test(depth_counts_from_the_record_and_from_the_owner),
        cmocka_unit_test(an_owner_too_deep_is_an_error_where_nobody_takes_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
