#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/json_split.h"
#include "decode/record.h"

#define MARK "\xFF"

static bool parse(struct arena *arena, const char *text, const cJSON **record, struct error *err)
{
    return record_parse(arena, str_of(text), record, err);
}

static const cJSON *parsed(struct arena *arena, const char *text)
{
    const cJSON *record = NULL;
    struct error err = {ERROR_NONE, ""};

    if (!parse(arena, text, &record, &err)) {
        fail_msg("%s: %s", text, err.text);
    }
    return record;
}

static void each_type_is_told_apart(void **state)
{
    struct arena arena;
    const cJSON *record;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    record = parsed(&arena,
        "{\"n\":null,\"t\":true,\"f\":false,\"i\":\"" MARK "12\",\"s\":\"12\",\"l\":[],\"o\":{}}");
    assert_int_equal(record_type(record), RECORD_OBJECT);
    assert_int_equal(record_type(record_member(record, "n")), RECORD_NULL);
    assert_int_equal(record_type(record_member(record, "none")), RECORD_NULL);
    assert_int_equal(record_type(record_member(record, "t")), RECORD_BOOLEAN);
    assert_int_equal(record_type(record_member(record, "f")), RECORD_BOOLEAN);
    assert_int_equal(record_type(record_member(record, "i")), RECORD_NUMBER);
    assert_int_equal(record_type(record_member(record, "s")), RECORD_STRING);
    assert_int_equal(record_type(record_member(record, "l")), RECORD_LIST);
    assert_int_equal(record_type(record_member(record, "o")), RECORD_OBJECT);
    arena_release(&arena);
}

static void text_is_a_string_or_a_numbers_literal(void **state)
{
    struct arena arena;
    const cJSON *record;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    record = parsed(&arena, "{\"i\":\"" MARK "1.50E+3\",\"s\":\"a\\u00e9\\n\\ud83d\\ude00\","
                            "\"e\":\"\",\"y\":\"\\u00ff1\",\"t\":true}");
    assert_true(str_is(record_text(record_member(record, "i")), "1.50E+3"));
    assert_true(str_is(record_text(record_member(record, "s")), "a\xC3\xA9\n\xF0\x9F\x98\x80"));
    assert_true(str_is(record_text(record_member(record, "e")), ""));
    assert_true(str_is(record_text(record_member(record, "y")), "\xC3\xBF"
                                                                "1"));
    assert_int_equal(record_type(record_member(record, "y")), RECORD_STRING);
    assert_true(str_is(record_text(record_member(record, "t")), ""));
    assert_true(str_is(record_text(record), ""));
    assert_true(str_is(record_text(NULL), ""));
    arena_release(&arena);
}

static void whole_numbers_are_exact_to_64_bits(void **state)
{
    static const struct {
        const char *json;
        bool ok;
        int64_t number;
    } cases[] = {
        {"\"" MARK "0\"", true, 0},
        {"\"" MARK "-0\"", true, 0},
        {"\"" MARK "9007199254740993\"", true, INT64_C(9007199254740993)},
        {"\"" MARK "9223372036854775807\"", true, INT64_MAX},
        {"\"" MARK "-9223372036854775808\"", true, INT64_MIN},
        {"\"" MARK "9223372036854775808\"", false, 0},
        {"\"" MARK "-9223372036854775809\"", false, 0},
        {"\"" MARK "18446744073709551616\"", false, 0},
        {"\"" MARK "1.0\"", false, 0},
        {"\"" MARK "1e3\"", false, 0},
        {"\"" MARK "\"", false, 0},
        {"\"" MARK "-\"", false, 0},
        {"\"12\"", false, 0},
        {"true", false, 0},
        {"null", false, 0},
        {"[\"" MARK "1\"]", false, 0},
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t number = 42;

        assert_int_equal(record_int(parsed(&arena, cases[i].json), &number), cases[i].ok);
        assert_int_equal(number, cases[i].ok ? cases[i].number : 42);
    }
    assert_false(record_int(NULL, &(int64_t){0}));
    arena_release(&arena);
}

static void of_repeated_members_the_last_one_counts(void **state)
{
    struct arena arena;
    const cJSON *record;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    record = parsed(&arena, "{\"a\":\"1\",\"A\":\"2\",\"a\":\"3\",\"\\u0061b\":\"4\"}");
    assert_true(str_is(record_text(record_member(record, "a")), "3"));
    assert_true(str_is(record_text(record_member(record, "A")), "2"));
    assert_true(str_is(record_text(record_member(record, "ab")), "4"));
    assert_null(record_member(record, "b"));
    assert_null(record_member(NULL, "a"));
    assert_null(record_member(parsed(&arena, "[\"a\"]"), "a"));
    arena_release(&arena);
}

static void malformed_text_is_a_record_error(void **state)
{
    static const char *const texts[] = {
        "", " ", "{", "{\"a\"", "[1,", "\"a", "tru", "{} {}", "[]x", "{\"a\":\"\\ud83d\"}"};
    struct arena arena;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error err = {ERROR_NONE, ""};
        const cJSON *record = NULL;

        assert_false(parse(&arena, texts[i], &record, &err));
        assert_int_equal(err.kind, ERROR_RECORD);
        assert_null(record);
    }
    arena_release(&arena);
}

/* Text that does not end by NUL, at the end of its memory. */
static void bytes_behind_the_text_are_not_read(void **state)
{
    static const char text[] = "{\"a\":[\"b\",true]} ";
    struct arena arena;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    for (size_t size = 0; size < sizeof text; size++) {
        struct error err = {ERROR_NONE, ""};
        const cJSON *record = NULL;
        char *copy = malloc(size + (size == 0 ? 1 : 0));

        assert_non_null(copy);
        memcpy(copy, text, size);
        assert_int_equal(
            record_parse(&arena, (struct str){copy, size}, &record, &err), size >= sizeof text - 2);
        free(copy);
    }
    arena_release(&arena);
}

static void an_exhausted_arena_is_a_memory_error(void **state)
{
    struct buffer text;
    struct arena arena;
    struct error err = {ERROR_NONE, ""};
    const cJSON *record = NULL;

    (void)state;
    buffer_init(&text, CEILING_RECORD);
    buffer_append_char(&text, '[');
    for (int i = 0; i < 3000; i++) {
        buffer_append_text(&text, "\"" MARK "1\",");
    }
    buffer_append_text(&text, "null]");
    arena_init(&arena, 128 * 1024);
    assert_false(record_parse(&arena, buffer_view(&text), &record, &err));
    assert_int_equal(err.kind, ERROR_MEMORY);
    assert_null(record);
    arena_reset(&arena);
    assert_non_null(parsed(&arena, "{\"a\":true}"));
    arena_release(&arena);

    arena_init(&arena, CEILING_TREE);
    assert_true(record_parse(&arena, buffer_view(&text), &record, &err));
    assert_int_equal(cJSON_GetArraySize(record), 3001);
    arena_release(&arena);
    buffer_release(&text);
}

/* The hooks are cJSON's own again after a parse, also after one that failed. */
static void cjson_allocates_for_itself_outside_a_parse(void **state)
{
    static const char *const texts[] = {"{\"a\":true}", "{\"a\":"};
    struct arena arena;
    struct error err = {ERROR_NONE, ""};

    (void)state;
    arena_init(&arena, CEILING_TREE);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const cJSON *record = NULL;
        cJSON *made;

        (void)parse(&arena, texts[i], &record, &err);
        made = cJSON_CreateObject();
        assert_non_null(made);
        cJSON_Delete(made);
    }
    arena_release(&arena);
}

struct parsing {
    struct arena arena;
    size_t count;
};

static bool parse_record(void *context, struct str json, struct error *err)
{
    struct parsing *parsing = context;
    const cJSON *record = NULL;
    int64_t number = 0;
    bool ok = record_parse(&parsing->arena, json, &record, err);

    assert_true(ok);
    assert_true(record_int(record_member(record, "n"), &number));
    assert_int_equal(number, INT64_C(1516619820303));
    assert_int_equal(record_type(record_member(record, "s")), RECORD_STRING);
    assert_true(str_is(record_text(record_member(record, "s")), "\xEF\xBF\xBD"
                                                                "12"));
    parsing->count++;
    arena_reset(&parsing->arena);
    return ok;
}

static void what_a_split_hands_on_parses(void **state)
{
    static const char document[] =
        "{\"result\":[{\"n\":1516619820303,\"s\":\"\xFF"
        "12\"},{\"s\":\"\\u000012\",\"n\":1516619820303}],\"results\":2}";
    struct parsing parsing = {.count = 0};
    struct json_split_handler handler = {.record = parse_record, .context = &parsing};
    struct json_split *split = NULL;
    struct error err = {ERROR_NONE, ""};
    const cJSON *envelope = NULL;
    int64_t results = 0;

    (void)state;
    arena_init(&parsing.arena, CEILING_TREE);
    assert_true(json_split_new(&split, "result", &handler, &err));
    assert_true(json_split_feed(split, document, sizeof document - 1, &err));
    assert_true(json_split_end(split, false, &err));
    assert_int_equal(parsing.count, 2);
    assert_true(record_parse(&parsing.arena, json_split_envelope(split), &envelope, &err));
    assert_true(record_int(record_member(envelope, "results"), &results));
    assert_int_equal(results, 2);
    json_split_free(split);
    arena_release(&parsing.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_is_told_apart),
        cmocka_unit_test(text_is_a_string_or_a_numbers_literal),
        cmocka_unit_test(whole_numbers_are_exact_to_64_bits),
        cmocka_unit_test(of_repeated_members_the_last_one_counts),
        cmocka_unit_test(malformed_text_is_a_record_error),
        cmocka_unit_test(bytes_behind_the_text_are_not_read),
        cmocka_unit_test(an_exhausted_arena_is_a_memory_error),
        cmocka_unit_test(cjson_allocates_for_itself_outside_a_parse),
        cmocka_unit_test(what_a_split_hands_on_parses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
