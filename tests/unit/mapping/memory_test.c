/* The n-th allocation fails, for every n. */
#include "unit/mapping/fixture.h"

#include "unit/base/fail.h"

/* A record with numbers, custom attributes and many loose properties, as the splitter gives it. */
static void write_record(struct buffer *json)
{
    buffer_append_text(json, "{" KEY ",\"imei\":\"35 1\",\"macAddress\":\"B065BD33FE2B\","
                             "\"customAttributes\":{\"b\":\"\xFF"
                             "1e2\",\"a\":{}},\"site\":\"x\",\"compliant\":[1]");
    buffer_append_text(json, ",\"identifier\":\"35-1\",\"userId\":\"user1\",\"id\":\"1\","
                             "\"settings\":{\"type\":\"DATA_ROAMING\"},"
                             "\"box\":{\"b\":{\"c\":\"1\",\"d\":\"2\"},\"e\":[]},"
                             "\"content\":[{\"Password\":\"1\"}],\"note\":\"of user1, "
                             "u@acme.example\",\"list\":[\"a\"]");
    /* Each of these is larger than a block of an arena, so that taking it takes memory. */
    buffer_printf(json, ",\"thumbPrint\":\"%070000d\",\"subject\":\"CN=%070000d\"", 1, 1);
    buffer_printf(json, ",\"ldap\":{\"objectGUID\":\"%032d\",\"N%070000d\":[]}", 1, 1);
    for (int i = 0; i < 100; i++) {
        buffer_printf(json, ",\"p%d\":[\"%d\"]", i, i);
    }
    buffer_append_text(json, "}");
}

/* A mapping with every way to read a value, beside those that are shipped. */
static const char every_way[] =
    "entity: thing\nkey: 2\nset: true\nowner: who\ncolumns:\n"
    "  - {name: tenant, type: text, rule: tenant}\n"
    "  - {name: who, type: text, rule: owner}\n"
    "  - {name: print, type: text, cps: thumbPrint, rule: hexadecimal}\n"
    "  - {name: cn, type: text, cps: subject, rule: common_name}\n"
    "  - {name: ldap, type: jsonb, cps: ldap, rule: ldap_attributes}\n"
    "  - {name: masked, type: jsonb, cps: content, rule: masked}\n"
    "  - {name: list, type: 'text[]', cps: list}\n"
    "  - {name: inner, type: text, cps: [box.b.c, customAttributes.b]}\n"
    "  - {name: custom, type: jsonb, cps: customAttributes, rule: custom_attributes}\n"
    "  - {name: extra, type: jsonb, rule: extra}\n"
    "personal:\n  - {value: user_id, at: userId}\n  - {value: email_address, form: email}\n"
    "texts: [note]\n";

static void no_memory_for_the_mapping(struct str text)
{
    int failures = 0;
    bool came = true;

    while (came) {
        struct mapping *mapping = NULL;
        struct error err = {0};
        bool ok;

        until_failure = failures;
        ok = mapping_new(&mapping, "thing.yaml", text, &err);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        assert_int_equal(mapping == NULL, came);
        mapping_free(mapping);
        failures += came ? 1 : 0;
    }
    assert_true(failures > 1);
}

static void a_mapping_without_memory_is_an_error(void **state)
{
    (void)state;
    for (const struct embedded_file *file = mapping_files; file->name != NULL; file++) {
        no_memory_for_the_mapping((struct str){file->text, file->size});
    }
    no_memory_for_the_mapping(str_of(every_way));
}

/* A mapper of the mapping, one custom attribute, one record; stops at the first that fails. */
static bool map_one(
    const struct mapping *mapping, struct arena *tree, struct str json, struct error *err)
{
    static const struct privacy_choice choices[] = {{"mac_address", PRIVACY_DROP},
        {"ios_udid", PRIVACY_HASH}, {"imei", PRIVACY_HASH}, {"user_id", PRIVACY_HASH},
        {"email_address", PRIVACY_DROP}};
    static const struct privacy_settings privacy = {
        choices, sizeof choices / sizeof *choices, {"0123456789abcdef", 16}};
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CLOUD, .privacy = &privacy};
    struct mapper *mapper = NULL;
    const cJSON *record = NULL;
    struct row row;
    bool ok = mapper_new(&mapper, mapping, &options, err) &&
              mapper_add_custom_attribute(mapper, "site", err) &&
              record_parse(tree, json, &record, err);

    if (ok) {
        mapper_set_owner(mapper, str_of(GUID));
        ok = mapper_apply(mapper, record, &row, err);
    }
    mapper_free(mapper);
    return ok;
}

static void no_memory_for_the_record(struct str text, int least)
{
    struct mapping *mapping = NULL;
    struct error err = {0};
    struct buffer json;
    int failures = 0;
    bool came = true;

    assert_true(mapping_new(&mapping, "thing.yaml", text, &err));
    buffer_init(&json, CEILING_RECORD);
    write_record(&json);
    while (came) {
        struct arena tree;
        bool ok;

        arena_init(&tree, CEILING_TREE);
        err = (struct error){0};
        until_failure = failures;
        ok = map_one(mapping, &tree, buffer_view(&json), &err);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        arena_release(&tree);
        failures += came ? 1 : 0;
    }
    assert_true(failures > least);
    buffer_release(&json);
    mapping_free(mapping);
}

static void a_record_without_memory_is_an_error(void **state)
{
    (void)state;
    for (const struct embedded_file *file = mapping_files; file->name != NULL; file++) {
        no_memory_for_the_record((struct str){file->text, file->size}, 5);
    }
    no_memory_for_the_record(str_of(every_way), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapping_without_memory_is_an_error),
        cmocka_unit_test(a_record_without_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
