/* Properties that are read by paths, and what is left of their objects. */
#include "unit/mapping/fixture.h"

static const char nested[] = "entity: thing\n"
                             "key: 1\n"
                             "columns:\n"
                             "  - {name: tenant, type: text, rule: tenant}\n"
                             "  - {name: x, type: text, cps: a.x}\n"
                             "  - {name: deep, type: bigint, cps: a.b.c}\n"
                             "  - {name: whole_b, type: jsonb, cps: d.b}\n"
                             "  - {name: d_c, type: text, cps: d.b.c}\n"
                             "  - {name: either, type: text, cps: [e.x, plain]}\n"
                             "  - {name: of_core, type: text, cps: f.x, kind: core}\n"
                             "  - {name: g, type: jsonb, cps: g}\n"
                             "  - {name: g_x, type: text, cps: g.x}\n"
                             "  - {name: tag, type: text, cps: [tag, ca.tag]}\n"
                             "  - {name: custom, type: jsonb, cps: ca, rule: custom_attributes}\n"
                             "  - {name: extra, type: jsonb, rule: extra}\n";

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    fixture_open(fixture, str_of(nested));
    *state = fixture;
    return 0;
}

/* A record, a column of it, and what is in extra; NULL for NULL. */
struct path_case {
    const char *json;
    const char *expected;
    const char *extra;
};

static void reads(
    struct fixture *fixture, const char *column, const struct path_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fixture_apply(fixture, cases[i].json);
        fixture_shows(fixture, column, cases[i].expected);
        fixture_shows(fixture, "extra", cases[i].extra);
    }
}

static void what_a_path_took_is_gone_from_its_object(void **state)
{
    static const struct path_case cases[] = {
        {"{\"a\":{\"x\":\"1\"}}", "1", NULL},
        {"{\"a\":{\"x\":1}}", "1", NULL},
        {"{\"a\":{\"x\":\"1\",\"y\":2}}", "1", "{\"a\": {\"y\": 2}}"},
        {"{\"a\":{\"y\":2,\"x\":\"1\",\"z\":null}}", "1", "{\"a\": {\"y\": 2, \"z\": null}}"},
        {"{\"a\":{\"x\":null}}", NULL, NULL},
        {"{\"a\":{\"x\":null,\"y\":2}}", NULL, "{\"a\": {\"y\": 2}}"},
        {"{\"a\":{}}", NULL, "{\"a\": {}}"},
        {"{\"a\":null}", NULL, NULL},
        {"{}", NULL, NULL},
    };

    reads(*state, "x", cases, FIXTURE_COUNT(cases));
}

static void a_path_leads_through_objects_alone(void **state)
{
    static const struct path_case cases[] = {
        {"{\"a\":{\"b\":{\"c\":\"7\"}}}", "7", NULL},
        {"{\"a\":{\"b\":{\"c\":7,\"d\":8},\"x\":\"1\"}}", "7", "{\"a\": {\"b\": {\"d\": 8}}}"},
        {"{\"a\":{\"b\":[{\"c\":7}]}}", NULL, "{\"a\": {\"b\": [{\"c\": 7}]}}"},
        {"{\"a\":[{\"b\":{\"c\":7}}]}", NULL, "{\"a\": [{\"b\": {\"c\": 7}}]}"},
        {"{\"a\":\"b\"}", NULL, "{\"a\": \"b\"}"},
        {"{\"a\":{\"b\":7}}", NULL, "{\"a\": {\"b\": 7}}"},
        {"{\"a\":{\"b\":{}}}", NULL, "{\"a\": {\"b\": {}}}"},
        {"{\"a\":{\"b.c\":7}}", NULL, "{\"a\": {\"b.c\": 7}}"},
        {"{\"a.b\":{\"c\":7}}", NULL, "{\"a.b\": {\"c\": 7}}"},
    };

    reads(*state, "deep", cases, FIXTURE_COUNT(cases));
}

static void a_value_that_does_not_fit_stays_in_its_object(void **state)
{
    static const struct path_case cases[] = {
        {"{\"a\":{\"x\":\"1\",\"b\":{\"c\":\"seven\"}}}", NULL,
            "{\"a\": {\"b\": {\"c\": \"seven\"}}}"},
        {"{\"a\":{\"b\":{\"c\":[7]}}}", NULL, "{\"a\": {\"b\": {\"c\": [7]}}}"},
    };

    reads(*state, "deep", cases, FIXTURE_COUNT(cases));
}

static void a_property_with_dots_in_its_name_wins(void **state)
{
    static const struct path_case cases[] = {
        {"{\"a.x\":\"flat\"}", "flat", NULL},
        {"{\"a.x\":\"flat\",\"a\":{\"x\":\"1\"}}", "flat", "{\"a\": {\"x\": \"1\"}}"},
        {"{\"a\":{\"x\":\"1\"},\"a.x\":\"flat\"}", "flat", "{\"a\": {\"x\": \"1\"}}"},
        {"{\"a.x\":null,\"a\":{\"x\":\"1\"}}", "1", NULL},
        {"{\"a.x\":[],\"a\":{\"x\":\"1\"}}", NULL, "{\"a\": {\"x\": \"1\"}, \"a.x\": []}"},
        {"{\"a.x\":\"flat\",\"a\":{\"x\":null}}", "flat", "{\"a\": {\"x\": null}}"},
    };

    reads(*state, "x", cases, FIXTURE_COUNT(cases));
}

static void of_a_repeated_name_the_last_counts(void **state)
{
    static const struct path_case cases[] = {
        {"{\"a\":{\"x\":\"1\"},\"a\":{\"x\":\"2\"}}", "2", NULL},
        {"{\"a\":{\"x\":\"1\",\"y\":1},\"a\":{\"x\":\"2\"}}", "2", NULL},
        {"{\"a\":{\"x\":\"1\",\"x\":\"2\"}}", "2", NULL},
        {"{\"a\":{\"x\":\"1\",\"x\":null}}", NULL, NULL},
        {"{\"a\":{\"b\":{\"d\":1},\"b\":{\"c\":1}}}", NULL, NULL},
        {"{\"a\":{\"x\":\"1\"},\"a\":null}", NULL, NULL},
        {"{\"a\":{\"x\":\"1\"},\"a\":7}", NULL, "{\"a\": 7}"},
    };

    reads(*state, "x", cases, FIXTURE_COUNT(cases));
}

static void a_path_may_end_where_another_goes_on(void **state)
{
    static const struct path_case whole[] = {
        {"{\"d\":{\"b\":{\"c\":\"1\",\"e\":2},\"f\":3}}", "{\"c\": \"1\", \"e\": 2}",
            "{\"d\": {\"f\": 3}}"},
        {"{\"d\":{\"b\":{\"c\":\"1\"}}}", "{\"c\": \"1\"}", NULL},
    };
    static const struct path_case part[] = {
        {"{\"d\":{\"b\":{\"c\":\"1\",\"e\":2}}}", "1", NULL},
        {"{\"d.b\":5,\"d\":{\"b\":{\"c\":\"1\",\"e\":2}}}", "1", "{\"d\": {\"b\": {\"e\": 2}}}"},
    };

    reads(*state, "whole_b", whole, FIXTURE_COUNT(whole));
    reads(*state, "d_c", part, FIXTURE_COUNT(part));
}

static void a_path_is_a_source_among_others(void **state)
{
    static const struct path_case cases[] = {
        {"{\"e\":{\"x\":\"1\"},\"plain\":\"2\"}", "1", "{\"plain\": \"2\"}"},
        {"{\"e\":{\"y\":\"1\"},\"plain\":\"2\"}", "2", "{\"e\": {\"y\": \"1\"}}"},
        {"{\"e\":{\"x\":[]},\"plain\":\"2\"}", "2", "{\"e\": {\"x\": []}}"},
    };

    reads(*state, "either", cases, FIXTURE_COUNT(cases));
}

static void a_column_of_another_kind_takes_nothing(void **state)
{
    static const struct path_case cases[] = {
        {"{\"f\":{\"x\":\"1\"}}", NULL, "{\"f\": {\"x\": \"1\"}}"},
    };

    reads(*state, "of_core", cases, FIXTURE_COUNT(cases));
}

static void an_object_may_be_read_whole_and_by_path(void **state)
{
    static const struct path_case cases[] = {
        {"{\"g\":{\"x\":\"1\",\"y\":2}}", "1", NULL},
        {"{\"g\":[1]}", NULL, NULL},
    };
    struct fixture *fixture = *state;

    reads(fixture, "g_x", cases, FIXTURE_COUNT(cases));
    fixture_apply(fixture, "{\"g\":{\"x\":\"1\",\"y\":2}}");
    fixture_shows(fixture, "g", "{\"x\": \"1\", \"y\": 2}");
}

static void a_path_takes_a_custom_attribute_over(void **state)
{
    static const struct path_case cases[] = {
        {"{\"ca\":{\"tag\":\"1\"}}", "1", NULL},
        {"{\"ca\":{\"tag\":\"1\",\"site\":\"B\"}}", "1", NULL},
        {"{\"tag\":\"2\",\"ca\":{\"tag\":\"1\"}}", "2", NULL},
        {"{\"ca\":[\"tag\"]}", NULL, "{\"ca\": [\"tag\"]}"},
    };
    static const char *const custom[] = {NULL, "{\"site\": \"B\"}", "{\"tag\": \"1\"}", NULL};
    struct fixture *fixture = *state;

    reads(fixture, "tag", cases, FIXTURE_COUNT(cases));
    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        fixture_apply(fixture, cases[i].json);
        fixture_shows(fixture, "custom", custom[i]);
    }
}

/* Paths lead into an object of that name, and a custom attribute may have it. */
static void a_loose_custom_attribute_may_be_called_as_an_object(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};

    assert_true(mapper_add_custom_attribute(fixture->mapper, "a", &err));
    fixture_apply(fixture, "{\"a\":\"plain\"}");
    fixture_shows(fixture, "custom", "{\"a\": \"plain\"}");
    fixture_shows(fixture, "extra", NULL);
}

/* The property that followed another one is looked for first: any order gives the same. */
static void the_order_of_properties_does_not_matter(void **state)
{
    static const char *const records[] = {
        "{\"plain\":\"p\",\"tag\":\"t\",\"a.x\":\"x\",\"new\":1}",
        "{\"plain\":\"p\",\"tag\":\"t\",\"a.x\":\"x\",\"new\":1}",
        "{\"new\":1,\"a.x\":\"x\",\"tag\":\"t\",\"plain\":\"p\"}",
        "{\"tag\":\"t\",\"new\":1,\"plain\":\"p\",\"a.x\":\"x\"}",
        "{\"tag\":\"t\",\"new\":1,\"plain\":\"p\",\"a.x\":\"x\",\"tag\":\"t\",\"plain\":\"p\"}",
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < FIXTURE_COUNT(records); i++) {
        fixture_apply(fixture, records[i]);
        fixture_shows(fixture, "either", "p");
        fixture_shows(fixture, "tag", "t");
        fixture_shows(fixture, "x", "x");
        fixture_shows(fixture, "extra", "{\"new\": 1}");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_path_took_is_gone_from_its_object),
        TEST(a_path_leads_through_objects_alone),
        TEST(a_value_that_does_not_fit_stays_in_its_object),
        TEST(a_property_with_dots_in_its_name_wins),
        TEST(of_a_repeated_name_the_last_counts),
        TEST(a_path_may_end_where_another_goes_on),
        TEST(a_path_is_a_source_among_others),
        TEST(a_column_of_another_kind_takes_nothing),
        TEST(an_object_may_be_read_whole_and_by_path),
        TEST(a_path_takes_a_custom_attribute_over),
        TEST(a_loose_custom_attribute_may_be_called_as_an_object),
        TEST(the_order_of_properties_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
