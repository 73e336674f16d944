#include "unit/mapping/fixture.h"

#include "mapping/rules.h"

/* One column for each rule and type, read from the property of its name. */
static const char every_rule[] =
    "entity: thing\n"
    "key: 1\n"
    "columns:\n"
    "  - {name: tenant, type: text, rule: tenant}\n"
    "  - {name: words, type: text, cps: words}\n"
    "  - {name: flag, type: boolean, cps: flag}\n"
    "  - {name: whole, type: bigint, cps: whole}\n"
    "  - {name: real, type: double precision, cps: real}\n"
    "  - {name: at, type: timestamptz, cps: at}\n"
    "  - {name: guid, type: uuid, cps: guid}\n"
    "  - {name: list, type: 'text[]', cps: list}\n"
    "  - {name: tree, type: jsonb, cps: tree}\n"
    "  - {name: open, type: text, cps: open, rule: one_of, words: [A, B]}\n"
    "  - {name: either, type: text, cps: [first, second], rule: not_a_word, words: [na]}\n"
    "  - {name: bare, type: text, cps: bare, rule: digits}\n"
    "  - {name: extra, type: jsonb, rule: extra}\n";

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    fixture_open(fixture, str_of(every_rule));
    *state = fixture;
    return 0;
}

static void text_takes_strings_and_numbers_as_they_are(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"\"", "", NULL},
        {"\" a \"", " a ", NULL},
        {"12", "12", NULL},
        {"-1.50e3", "-1.50e3", NULL},
        {"12345678901234567890123", "12345678901234567890123", NULL},
        {"null", NULL, NULL},
        {"true", NULL, "{\"words\": true}"},
        {"[\"a\"]", NULL, "{\"words\": [\"a\"]}"},
        {"{}", NULL, "{\"words\": {}}"},
    };

    fixture_check(*state, "words", "words", cases, FIXTURE_COUNT(cases));
}

static void booleans_are_words_too(void **state)
{
    static const struct fixture_case cases[] = {
        {"true", "true", NULL},
        {"false", "false", NULL},
        {"\"true\"", "true", NULL},
        {"\"FALSE\"", "false", NULL},
        {"\"\"", NULL, NULL},
        {"\" \"", NULL, NULL},
        {"\"on\"", "true", NULL},
        {"\"Off\"", "false", NULL},
        {"1", "true", NULL},
        {"0", "false", NULL},
        {"\"1\"", "true", NULL},
        {"\" 0 \"", "false", NULL},
        {"\"yes\"", NULL, "{\"flag\": \"yes\"}"},
        {"\"truer\"", NULL, "{\"flag\": \"truer\"}"},
        {"\"o\"", NULL, "{\"flag\": \"o\"}"},
        {"2", NULL, "{\"flag\": 2}"},
        {"-1", NULL, "{\"flag\": -1}"},
        {"1.0", NULL, "{\"flag\": 1.0}"},
        {"116", NULL, "{\"flag\": 116}"},
        {"[true]", NULL, "{\"flag\": [true]}"},
        {"{}", NULL, "{\"flag\": {}}"},
    };

    fixture_check(*state, "flag", "flag", cases, FIXTURE_COUNT(cases));
}

static void whole_numbers_are_exact(void **state)
{
    static const struct fixture_case cases[] = {
        {"0", "0", NULL},
        {"-0", "0", NULL},
        {"9007199254740993", "9007199254740993", NULL},
        {"9223372036854775807", "9223372036854775807", NULL},
        {"-9223372036854775808", "-9223372036854775808", NULL},
        {"\" 42 \"", "42", NULL},
        {"\"\"", NULL, NULL},
        {"9223372036854775808", NULL, "{\"whole\": 9223372036854775808}"},
        {"1.0", NULL, "{\"whole\": 1.0}"},
        {"1e3", NULL, "{\"whole\": 1000}"},
        {"\"-\"", NULL, "{\"whole\": \"-\"}"},
        {"\"+1\"", NULL, "{\"whole\": \"+1\"}"},
        {"\"0x10\"", NULL, "{\"whole\": \"0x10\"}"},
        {"true", NULL, "{\"whole\": true}"},
    };

    fixture_check(*state, "whole", "whole", cases, FIXTURE_COUNT(cases));
}

static void real_numbers_are_decimal_and_finite(void **state)
{
    static const struct fixture_case cases[] = {
        {"1.5", "1.5", NULL},
        {"-1e2", "-100", NULL},
        {"\"48.25\"", "48.25", NULL},
        {"\"\"", NULL, NULL},
        {"\"nan\"", NULL, "{\"real\": \"nan\"}"},
        {"\"inf\"", NULL, "{\"real\": \"inf\"}"},
        {"\"0x10\"", NULL, "{\"real\": \"0x10\"}"},
        {"\"1.5x\"", NULL, "{\"real\": \"1.5x\"}"},
        {"\"1,5\"", NULL, "{\"real\": \"1,5\"}"},
        {"\"e\"", NULL, "{\"real\": \"e\"}"},
        {"false", NULL, "{\"real\": false}"},
    };
    struct fixture *fixture = *state;

    fixture_check(fixture, "real", "real", cases, FIXTURE_COUNT(cases));
    fixture_apply(fixture, "{\"real\":1E400}");
    fixture_shows(fixture, "real", NULL);
    assert_int_equal(fixture_cell(fixture, "extra")->json.size, strlen("{\"real\": }") + 401);
}

static void times_are_milliseconds_or_text(void **state)
{
    static const struct fixture_case cases[] = {
        {"1582796171062", "2020-02-27T09:36:11.062Z", NULL},
        {"\"1582796171062\"", "2020-02-27T09:36:11.062Z", NULL},
        {"-1", "1969-12-31T23:59:59.999Z", NULL},
        {"\"2020-02-27T11:36:11.062+02:00\"", "2020-02-27T09:36:11.062Z", NULL},
        {"\"7/6/2010 11:29:33 AM\"", "2010-07-06T11:29:33.000Z", NULL},
        {"\" Apr 8 2011 12:02:24 \"", "2011-04-08T12:02:24.000Z", NULL},
        {"\"03-12-2010 13:23:12\"", "2010-03-12T13:23:12.000Z", NULL},
        {"\"13-12-2010 13:23:12\"", NULL, "{\"at\": \"13-12-2010 13:23:12\"}"},
        {"\"\"", NULL, NULL},
        {"253402300799999", "9999-12-31T23:59:59.999Z", NULL},
        {"253402300800000", NULL, "{\"at\": 253402300800000}"},
        {"-62135596800001", NULL, "{\"at\": -62135596800001}"},
        {"9223372036854775808", NULL, "{\"at\": 9223372036854775808}"},
        {"1582796171062.5", NULL, "{\"at\": 1582796171062.5}"},
        {"1.5e12", NULL, "{\"at\": 1500000000000}"},
        {"\"yesterday\"", NULL, "{\"at\": \"yesterday\"}"},
        {"\"2020-02-30\"", NULL, "{\"at\": \"2020-02-30\"}"},
        {"true", NULL, "{\"at\": true}"},
        {"[1582796171062]", NULL, "{\"at\": [1582796171062]}"},
    };

    fixture_check(*state, "at", "at", cases, FIXTURE_COUNT(cases));
}

static void guids_have_hyphens_and_any_case(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"1D71E131-0487-4d1d-9a0d-89f2bd1a888d\"", "1d71e13104874d1d9a0d89f2bd1a888d", NULL},
        {"\" " GUID "\"", "1d71e13104874d1d9a0d89f2bd1a888d", NULL},
        {"\"\"", NULL, NULL},
        {"\"1d71e13104874d1d9a0d89f2bd1a888d\"", NULL,
            "{\"guid\": \"1d71e13104874d1d9a0d89f2bd1a888d\"}"},
        {"\"1d71e131-0487-4d1d-9a0d-89f2bd1a888\"", NULL,
            "{\"guid\": \"1d71e131-0487-4d1d-9a0d-89f2bd1a888\"}"},
        {"\"1d71e131-0487-4d1d-9a0d-89f2bd1a888g\"", NULL,
            "{\"guid\": \"1d71e131-0487-4d1d-9a0d-89f2bd1a888g\"}"},
        {"\"1d71e131-04874-d1d-9a0d-89f2bd1a888d\"", NULL,
            "{\"guid\": \"1d71e131-04874-d1d-9a0d-89f2bd1a888d\"}"},
        {"\"{d71e131-0487-4d1d-9a0d-89f2bd1a888}\"", NULL,
            "{\"guid\": \"{d71e131-0487-4d1d-9a0d-89f2bd1a888}\"}"},
        {"12", NULL, "{\"guid\": 12}"},
    };

    fixture_check(*state, "guid", "guid", cases, FIXTURE_COUNT(cases));
}

static void lists_hold_plain_values_alone(void **state)
{
    static const struct fixture_case cases[] = {
        {"[]", "{}", NULL},
        {"[\"a\",\"\",1.50]", "{a,,1.50}", NULL},
        {"[\"a\",null]", NULL, "{\"list\": [\"a\", null]}"},
        {"[[\"a\"]]", NULL, "{\"list\": [[\"a\"]]}"},
        {"[true]", NULL, "{\"list\": [true]}"},
        {"\"a\"", NULL, "{\"list\": \"a\"}"},
        {"{\"a\":1}", NULL, "{\"list\": {\"a\": 1}}"},
    };

    fixture_check(*state, "list", "list", cases, FIXTURE_COUNT(cases));
}

static void jsonb_takes_every_value(void **state)
{
    static const struct fixture_case cases[] = {
        {"{\"b\":1,\"a\":[]}", "{\"a\": [], \"b\": 1}", NULL},
        {"\"x\"", "\"x\"", NULL},
        {"12", "12", NULL},
        {"false", "false", NULL},
        {"[null]", "[null]", NULL},
        {"null", NULL, NULL},
    };

    fixture_check(*state, "tree", "tree", cases, FIXTURE_COUNT(cases));
}

static void without_an_otherwise_an_unknown_word_is_null(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"a\"", "A", NULL},
        {"\"C\"", NULL, "{\"open\": \"C\"}"},
        {"\"\"", NULL, "{\"open\": \"\"}"},
    };

    fixture_check(*state, "open", "open", cases, FIXTURE_COUNT(cases));
}

static void the_first_source_that_has_a_value_counts(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{\"second\":\"b\",\"first\":\"a\"}");
    fixture_shows(fixture, "either", "a");
    fixture_shows(fixture, "extra", "{\"second\": \"b\"}");
    fixture_apply(fixture, "{\"first\":null,\"second\":\"b\"}");
    fixture_shows(fixture, "either", "b");
    fixture_apply(fixture, "{\"first\":\"na\",\"second\":\"b\"}");
    fixture_shows(fixture, "either", "b");
    fixture_shows(fixture, "extra", NULL);
    fixture_apply(fixture, "{\"first\":[],\"second\":\"b\"}");
    fixture_shows(fixture, "either", "b");
    fixture_shows(fixture, "extra", "{\"first\": []}");
}

static void words_are_not_needed_where_they_only_drop(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"na\"", "na", NULL},
        {"\"1 2\"", "12", NULL},
    };

    fixture_check(*state, "bare", "bare", cases, FIXTURE_COUNT(cases));
}

static void a_rule_is_found_by_name_or_type(void **state)
{
    size_t count;
    const struct rule *rules = rule_all(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(rule_find(rules[i].name, COLUMN_TEXT), &rules[i]);
        assert_true((rules[i].scope == RULE_OF_VALUE) == (rules[i].apply != NULL));
        assert_true((rules[i].scope == RULE_OF_SOURCES) == (rules[i].weigh != NULL));
        assert_true(rules[i].about[0] != '\0');
    }
    for (enum column_type type = 0; type < COLUMN_TYPE_COUNT; type++) {
        assert_non_null(rule_find(NULL, type));
        assert_int_equal(rule_find(NULL, type)->type, type);
    }
    assert_null(rule_find("none", COLUMN_TEXT));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_takes_strings_and_numbers_as_they_are),
        TEST(booleans_are_words_too),
        TEST(whole_numbers_are_exact),
        TEST(real_numbers_are_decimal_and_finite),
        TEST(times_are_milliseconds_or_text),
        TEST(guids_have_hyphens_and_any_case),
        TEST(lists_hold_plain_values_alone),
        TEST(jsonb_takes_every_value),
        TEST(without_an_otherwise_an_unknown_word_is_null),
        TEST(the_first_source_that_has_a_value_counts),
        TEST(words_are_not_needed_where_they_only_drop),
        cmocka_unit_test(a_rule_is_found_by_name_or_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
