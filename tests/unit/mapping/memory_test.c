/* The n-th allocation fails, for every n. */
#include "unit/mapping/fixture.h"

#include "mapping/rules.h"
#include "unit/base/fail.h"

/* A record with numbers, custom attributes and many loose properties, as the splitter gives it. */
static void write_record(struct buffer *json)
{
    buffer_append_text(json, "{" KEY ",\"imei\":\"35 1\",\"macAddress\":\"B065BD33FE2B\","
                             "\"customAttributes\":{\"b\":\"\xFF"
                             "1e2\",\"a\":{}},\"site\":\"x\",\"compliant\":[1]");
    buffer_append_text(json,
        ",\"uuid\":\"" GUID "\",\"@id\":\"-3\",\"status\":\"LOST\",\"compliance\":\"8388609\","
        "\"details\":{\"imei\":\"35 1\",\"WiFiMAC\":\"B065BD33FE2B\",\"apnsToken\":\"x\"},"
        "\"type\":\"t\",\"profileType\":\"APP\",\"countryName\":\"c\",\"appId\":\"a\","
        "\"deviceId\":\"d\",\"startedAt\":\"1\",\"labels\":\"1\"");
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
    "  - {name: some, type: 'text[]', cps: id, rule: one_or_more}\n"
    "  - {name: why, type: 'text[]', cps: compliance, rule: reasons}\n"
    "  - {name: label, type: text, cps: id, rule: label}\n"
    "  - {name: rooted, type: boolean, cps: [compliance, id, list], rule: compromised}\n"
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
static bool map_one(const struct mapping *mapping, enum mapping_voice voice, struct arena *tree,
    struct str json, struct error *err)
{
    static const struct privacy_choice choices[] = {{"mac_address", PRIVACY_DROP},
        {"ios_udid", PRIVACY_HASH}, {"imei", PRIVACY_HASH}, {"user_id", PRIVACY_HASH},
        {"email_address", PRIVACY_DROP}};
    static const struct privacy_settings privacy = {
        choices, sizeof choices / sizeof *choices, {"0123456789abcdef", 16}};
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CLOUD, .voice = voice, .privacy = &privacy};
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

static void no_memory_for_the_voice(
    const struct mapping *mapping, enum mapping_voice voice, int least)
{
    struct error err = {0};
    struct buffer json;
    int failures = 0;
    bool came = true;

    buffer_init(&json, CEILING_RECORD);
    write_record(&json);
    while (came) {
        struct arena tree;
        bool ok;

        arena_init(&tree, CEILING_TREE);
        err = (struct error){0};
        until_failure = failures;
        ok = map_one(mapping, voice, &tree, buffer_view(&json), &err);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        arena_release(&tree);
        failures += came ? 1 : 0;
    }
    assert_true(failures > least);
    buffer_release(&json);
}

static void no_memory_for_the_record(struct str text, int least)
{
    struct mapping *mapping = NULL;
    struct error err = {0};

    assert_true(mapping_new(&mapping, "thing.yaml", text, &err));
    if (mapping->property_count > 0) {
        no_memory_for_the_voice(mapping, MAPPING_CPS, least);
    }
    if (mapping->v1 != NULL) {
        no_memory_for_the_voice(mapping, MAPPING_V1, least);
    }
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

enum { BLOCK_SIZE = 64 * 1024, ROOM_STEP = 16, MOST_ROOM = 8 * 1024 };

/* What the rule makes of the value where the arena has only so much left. */
static enum rule_result apply_with_room(
    const struct rule *rule, const cJSON *value, size_t room, struct cell *cell)
{
    static const char *const words[] = {"A=B", NULL};
    const struct mapping_column column = {.rule = rule, .words = words};
    struct arena arena;
    const struct rule_call call = {.arena = &arena};
    enum rule_result result;

    arena_init(&arena, BLOCK_SIZE);
    assert_non_null(arena_alloc(&arena, BLOCK_SIZE - room));
    *cell = (struct cell){.is_set = false};
    result = rule->apply(&column, value, &call, cell);
    arena_release(&arena);
    return result;
}

/* Whether the rule takes memory of the arena for the value. */
static bool says_so(const struct rule *rule, const cJSON *value)
{
    struct cell cell;
    struct cell full;
    enum rule_result plenty = apply_with_room(rule, value, MOST_ROOM, &full);
    bool needs = apply_with_room(rule, value, 0, &cell) == RULE_NO_MEMORY;

    assert_int_not_equal(plenty, RULE_NO_MEMORY);
    for (size_t room = 0; room < MOST_ROOM; room += ROOM_STEP) {
        enum rule_result result = apply_with_room(rule, value, room, &cell);

        if (result != RULE_NO_MEMORY) {
            assert_int_equal(result, plenty);
            assert_int_equal(cell.is_set, full.is_set);
        }
    }
    return needs;
}

static void a_rule_without_memory_says_so(void **state)
{
    static const char *const needing[] = {
        "digits", "mac_address", "hexadecimal", "common_name", "label", "reasons", "one_or_more"};
    struct arena tree;
    const cJSON *value = NULL;
    struct error err = {0};
    size_t count;
    size_t needs = 0;
    const struct rule *rules = rule_all(&count);

    (void)state;
    arena_init(&tree, CEILING_TREE);
    assert_true(record_parse(&tree, str_of("\"9223372036854775807\""), &value, &err));
    for (size_t i = 0; i < count; i++) {
        needs += rules[i].apply != NULL && says_so(&rules[i], value) ? 1 : 0;
    }
    assert_int_equal(needs, FIXTURE_COUNT(needing));
    for (size_t i = 0; i < FIXTURE_COUNT(needing); i++) {
        assert_true(says_so(rule_find(needing[i], COLUMN_TEXT), value));
    }
    assert_true(record_parse(&tree, str_of("\"" GUID "\""), &value, &err));
    assert_true(says_so(rule_find("guid", COLUMN_TEXT), value));
    arena_release(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapping_without_memory_is_an_error),
        cmocka_unit_test(a_record_without_memory_is_an_error),
        cmocka_unit_test(a_rule_without_memory_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
