/* The mapping files of what a Core's v1 web services tell, against the samples of their guide:
 * records as decode/xml_split makes them. */
#include "unit/mapping/fixture.h"

static void open_entity(struct fixture *fixture, const char *entity)
{
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CORE, .voice = MAPPING_V1};
    char file[80];

    (void)snprintf(file, sizeof file, "%s.yaml", entity);
    fixture_open_as(fixture, fixture_shipped(file), &options);
    mapper_set_owner(fixture->mapper, str_of("owner"));
}

/* Every column of a row behind the tenant, in order, NULL for NULL. */
static void maps(const char *entity, const char *json, const char *const *expected, size_t count)
{
    struct fixture fixture;

    open_entity(&fixture, entity);
    fixture_apply(&fixture, json);
    assert_int_equal(fixture.row.relation->column_count, count + 1);
    fixture_shows(&fixture, "tenant", "acme");
    for (size_t i = 0; i < count; i++) {
        fixture_shows(&fixture, fixture.row.relation->columns[i + 1].name, expected[i]);
    }
    fixture_close(&fixture);
}

#define MAPS(entity, json, ...)                                                                    \
    do {                                                                                           \
        const char *const expected[] = {__VA_ARGS__};                                              \
        maps(entity, json, expected, FIXTURE_COUNT(expected));                                     \
    } while (0)

/* "Get Policies". */
static void a_policy_fills_its_columns(void **state)
{
    (void)state;
    MAPS("policy",
        "{\"@id\":\"-2\",\"policyName\":\"Default Privacy Policy\",\"policyType\":\"DEFAULT\","
        "\"profileType\":\"PRIVACY\",\"status\":\"Active\",\"active\":\"true\","
        "\"defaultPolicy\":\"false\",\"description\":\"It keeps\",\"deviceCount\":\"1\","
        "\"pendingCount\":\"2\",\"priority\":\"3\",\"rules\":{\"rule\":{\"type\":\"A\","
        "\"value\":\"store\",\"clientValue\":\"off\"}},\"more\":\"x\"}",
        "-2", "Default Privacy Policy", "DEFAULT", "PRIVACY", "Active", "true", "It keeps", "3",
        "1", "2", "{\"more\": \"x\"}");
    MAPS("policy", "{\"@id\":\"7\"}", "7", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL);
}

static void a_policy_without_an_id_is_none(void **state)
{
    struct fixture fixture;

    (void)state;
    open_entity(&fixture, "policy");
    fixture_refuses(&fixture, "{\"policyName\":\"a\"}", "it has no policy_id");
    fixture_close(&fixture);
}

/* "Policy Rules": a rule has a value, or resources, one or several. */
static void a_rule_is_of_its_policy(void **state)
{
    (void)state;
    MAPS("policy_rule",
        "{\"type\":\"SYNC_HEARTBEAT_INTERVAL\",\"value\":\"14\",\"clientValue\":\"840\"}", "owner",
        "SYNC_HEARTBEAT_INTERVAL", "14", NULL);
    MAPS("policy_rule",
        "{\"type\":\"SECURITY_ENCRYPT_DATA_TYPE\",\"resourceDTOs\":[{\"name\":\"PIM\","
        "\"resourceType\":\"PIM\",\"value\":\"on\"},{\"name\":\"Email\",\"value\":\"off\"}]}",
        "owner", "SECURITY_ENCRYPT_DATA_TYPE", NULL,
        "[{\"name\": \"PIM\", \"value\": \"on\", \"resourceType\": \"PIM\"}, "
        "{\"name\": \"Email\", \"value\": \"off\"}]");
    MAPS("policy_rule", "{\"type\":\"A\",\"resourceDTOs\":{\"name\":\"doc\"}}", "owner", "A", NULL,
        "{\"name\": \"doc\"}");
}

/* "Get Profiles for a Device": one may have no uuid, and its identifier is of its type alone. */
static void a_configuration_is_of_its_device(void **state)
{
    (void)state;
    MAPS("device_configuration",
        "{\"@id\":\"-7\",\"uuid\":\"misystem-default-docs-policy\",\"name\":\"Default Docs@Work "
        "Policy\",\"policyType\":\"DOCS\",\"status\":\"Applied\",\"profileType\":\"POLICY\","
        "\"lastUpdatedAt\":\"1347343156739\"}",
        "owner", "POLICY", "-7", "misystem-default-docs-policy", "Default Docs@Work Policy", "DOCS",
        "Applied", "2012-09-11T05:59:16.739Z", NULL);
    MAPS("device_configuration",
        "{\"@id\":\"-2\",\"name\":\" System - iOS MDM\",\"profileType\":\"APP\",\"a\":\"1\"}",
        "owner", "APP", "-2", NULL, " System - iOS MDM", NULL, NULL, NULL, "{\"a\": \"1\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_fills_its_columns),
        cmocka_unit_test(a_policy_without_an_id_is_none),
        cmocka_unit_test(a_rule_is_of_its_policy),
        cmocka_unit_test(a_configuration_is_of_its_device),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
