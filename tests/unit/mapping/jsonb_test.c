#include "unit/mapping/fixture.h"

#include "mapping/jsonb.h"

/* One value through the program's own way in, written as jsonb. */
struct written {
    struct arena arena;
    struct buffer out;
};

static bool write_value(void *context, struct str json, struct error *err)
{
    struct written *written = context;
    const cJSON *value = NULL;

    return record_parse(&written->arena, json, &value, err) &&
           (jsonb_write(&written->out, &written->arena, JSONB_PLAIN, value) || error_memory(err));
}

static void write_bytes(struct written *written, struct str json)
{
    const struct json_split_handler handler = {.record = write_value, .context = written};
    struct json_split *split = NULL;
    struct error err = {0};

    arena_init(&written->arena, CEILING_TREE);
    buffer_init(&written->out, CEILING_ROW);
    if (!json_split_new(&split, NULL, &handler, &err) || !json_split_feed(split, "[", 1, &err) ||
        !json_split_feed(split, json.data, json.size, &err) ||
        !json_split_feed(split, "]", 1, &err) || !json_split_end(split, false, &err)) {
        fail_msg("%s", err.text);
    }
    json_split_free(split);
}

static void write_release(struct written *written)
{
    buffer_release(&written->out);
    arena_release(&written->arena);
}

static void writes(const char *json, const char *expected)
{
    struct written written;

    write_bytes(&written, str_of(json));
    if (strcmp(buffer_text(&written.out), expected) != 0) {
        fail_msg("%s: %s, not %s", json, buffer_text(&written.out), expected);
    }
    write_release(&written);
}

/* Texts as PostgreSQL 15 prints them; tests/postgres/jsonb_text_test asks it for more of them. */
static void a_number_is_written_as_numeric_prints_it(void **state)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.0", "0.0"},
        {"1.50", "1.50"},
        {"-1.50", "-1.50"},
        {"1e0", "1"},
        {"-1e-0", "-1"},
        {"1e2", "100"},
        {"1E+2", "100"},
        {"1e-2", "0.01"},
        {"1.5e1", "15"},
        {"1.50e1", "15.0"},
        {"-12.345e-1", "-1.2345"},
        {"12345e-5", "0.12345"},
        {"12345e-7", "0.0012345"},
        {"0e5", "0"},
        {"-0e5", "0"},
        {"0e-5", "0.00000"},
        {"0.00e1", "0.0"},
        {"0.00e3", "0"},
        {"0.0012e3", "1.2"},
        {"0.0012e5", "120"},
        {"-0.0012e6", "-1200"},
        {"1e0000000000002", "100"},
        {"9007199254740993", "9007199254740993"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
    };

    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        writes(cases[i][0], cases[i][1]);
    }
}

static void a_number_that_would_grow_beyond_bounds_is_a_string(void **state)
{
    char digits[1002];
    char quoted[1004];
    struct written written;

    (void)state;
    writes("1e1001", "\"1e1001\"");
    writes("1E-1001", "\"1E-1001\"");
    writes("-1.5e99999999999999999999", "\"-1.5e99999999999999999999\"");
    write_bytes(&written, str_of("1E400"));
    assert_int_equal(written.out.size, 401);
    write_release(&written);
    write_bytes(&written, str_of("-1.5e-1000"));
    assert_int_equal(written.out.size, 1 + 2 + 1001);
    write_release(&written);
    memset(digits, '7', 1001);
    digits[1001] = '\0';
    (void)snprintf(quoted, sizeof quoted, "\"%s\"", digits);
    writes(digits, quoted);
    writes(digits + 1, digits + 1);
}

static void members_go_by_length_and_then_by_bytes(void **state)
{
    (void)state;
    writes("{\"bb\":1,\"a\":2,\"ccc\":3,\"\":4}", "{\"\": 4, \"a\": 2, \"bb\": 1, \"ccc\": 3}");
    writes("{\"B\":1,\"a\":2,\"_\":3,\"-\":4,\"1\":5}",
        "{\"-\": 4, \"1\": 5, \"B\": 1, \"_\": 3, \"a\": 2}");
    writes("{\"\xC3\xA4\":1,\"z\":2,\"zz\":3}", "{\"z\": 2, \"zz\": 3, \"\xC3\xA4\": 1}");
    writes("{\"b\":[{\"y\":1,\"x\":{\"bb\":[],\"a\":{}}}],\"a\":null}",
        "{\"a\": null, \"b\": [{\"x\": {\"a\": {}, \"bb\": []}, \"y\": 1}]}");
}

static void of_a_repeated_name_the_last_counts(void **state)
{
    (void)state;
    writes("{\"a\":1,\"b\":2,\"a\":null}", "{\"a\": null, \"b\": 2}");
    writes("{\"a\":null,\"a\":1,\"\\u0061\":3}", "{\"a\": 3}");
    writes("{\"a\":{\"x\":1},\"a\":{\"y\":2}}", "{\"a\": {\"y\": 2}}");
}

static void strings_are_escaped_as_postgresql_does(void **state)
{
    (void)state;
    writes("\"a\\\"b\\\\c\\/d\"", "\"a\\\"b\\\\c/d\"");
    writes("\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\"");
    writes("\"\\u00e9\\ud83d\\ude00\"", "\"\xC3\xA9\xF0\x9F\x98\x80\"");
    writes("\"a\\u0000b\"", "\"a\xEF\xBF\xBD"
                            "b\"");
    writes("{\"\\ud83d\":1}", "{\"\xEF\xBF\xBD\": 1}");
}

static void a_number_and_its_string_stay_apart(void **state)
{
    (void)state;
    writes("[1,\"1\",true,\"true\",null,\"null\"]", "[1, \"1\", true, \"true\", null, \"null\"]");
    writes("[]", "[]");
    writes("{}", "{}");
}

static void a_full_buffer_or_arena_is_told(void **state)
{
    struct arena tree;
    struct arena none;
    struct buffer out;
    const cJSON *value = NULL;
    struct error err = {0};

    (void)state;
    arena_init(&tree, CEILING_TREE);
    arena_init(&none, 0);
    assert_true(record_parse(&tree, str_of("{\"a\":[\"0123456789\"]}"), &value, &err));
    buffer_init(&out, 10);
    assert_false(jsonb_write(&out, &tree, JSONB_PLAIN, value));
    buffer_release(&out);
    buffer_init(&out, 100);
    assert_false(jsonb_write(&out, &none, JSONB_PLAIN, value));
    buffer_release(&out);
    arena_release(&tree);
}

static void no_members_are_an_empty_object(void **state)
{
    struct arena arena;
    struct buffer out;

    (void)state;
    arena_init(&arena, CEILING_TREE);
    buffer_init(&out, 100);
    assert_true(jsonb_write_members(&out, &arena, JSONB_PLAIN, NULL, 0));
    assert_string_equal(buffer_text(&out), "{}");
    buffer_release(&out);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_written_as_numeric_prints_it),
        cmocka_unit_test(a_number_that_would_grow_beyond_bounds_is_a_string),
        cmocka_unit_test(members_go_by_length_and_then_by_bytes),
        cmocka_unit_test(of_a_repeated_name_the_last_counts),
        cmocka_unit_test(strings_are_escaped_as_postgresql_does),
        cmocka_unit_test(a_number_and_its_string_stay_apart),
        cmocka_unit_test(a_full_buffer_or_arena_is_told),
        cmocka_unit_test(no_members_are_an_empty_object),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
