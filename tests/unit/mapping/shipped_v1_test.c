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
    MAPS("policy_rule", "{\"type\":\"WIFI_PSK1.value\",\"value\":\"s3cret\"}", "owner",
        "WIFI_PSK1.value", "***", NULL);
    MAPS("policy_rule", "{\"type\":\"ADMIN_PASSWORD\",\"value\":12}", "owner", "ADMIN_PASSWORD",
        "***", NULL);
    MAPS("policy_rule", "{\"type\":\"SECURITY_REQUIRE_PWD\",\"value\":\"on\"}", "owner",
        "SECURITY_REQUIRE_PWD", "on", NULL);
    MAPS("policy_rule", "{\"type\":\"MIN_PASSWORD_LENGTH\",\"value\":6}", "owner",
        "MIN_PASSWORD_LENGTH", "6", NULL);
    MAPS("policy_rule", "{\"type\":\"A\",\"value\":{\"a\":1}}", "owner", "A", NULL, NULL);
    MAPS("policy_rule", "{\"type\":\"A\",\"resourceDTOs\":{\"name\":\"doc\"}}", "owner", "A", NULL,
        "[{\"name\": \"doc\"}]");
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

/* "Get all Application Settings": a label stands there once for each. */
static void a_setting_fills_its_columns(void **state)
{
    (void)state;
    MAPS("app_setting",
        "{\"@id\":\"-4\",\"name\":\"CA\",\"description\":\"d\",\"appType\":\"CERTIFICATE\","
        "\"deviceCount\":\"2\",\"pendingCount\":\"1\",\"quarantinedCount\":\"0\",\"type\":"
        "\"SYSTEM\","
        "\"clearCertificateCacheForSCEPSetting\":\"false\",\"labels\":\"-4\",\"labelNames\":"
        "\"iOS\","
        "\"properties\":{\"CERTPATH0\":\"/mi/files\",\"userPassword\":\"hidden\"}}",
        "-4", "CA", "d", "CERTIFICATE", "SYSTEM", "2", "1", "0", "{-4}",
        "{\"CERTPATH0\": \"/mi/files\", \"userPassword\": \"***\"}", "{\"labelNames\": \"iOS\"}");
    MAPS("app_setting",
        "{\"@id\":\"9\",\"labels\":[\"-4\",\"12\"],\"labelNames\":[\"iOS\",\"Lab\"]}", "9", NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, "{-4,12}", NULL,
        "{\"labelNames\": [\"iOS\", \"Lab\"]}");
}

/* "List All ActiveSync Devices". */
static void an_activesync_device_fills_its_columns(void **state)
{
    (void)state;
    MAPS("activesync_device",
        "{\"@element\":\"registeredAllowedDevice\",\"uuid\":\"hdgd-e93c-49b1-88d6-222f54132445\","
        "\"domain\":\"exchdomain.com\",\"deviceId\":\"Appl87025CNUA4S\",\"mailboxId\":\"jdoe113\","
        "\"userName\":\"jdoe\",\"phoneNumber\":\"6505551212\",\"model\":\"iPhone\",\"platform\":"
        "\"iOS\","
        "\"platformCode\":\"11\",\"status\":\"Registered\",\"activeSyncStatus\":\"Allowed\","
        "\"firstSyncTime\":\"1326179585000\",\"lastSyncTime\":\"1326180768000\","
        "\"miDeviceUuid\":\"6F72CABB-1d8b-4965-aa8e-a355deab8222\",\"actionSource\":\"EXCHANGE\"}",
        "hdgd-e93c-49b1-88d6-222f54132445", "REGISTERED_ALLOWED",
        "6f72cabb-1d8b-4965-aa8e-a355deab8222", "Appl87025CNUA4S", "exchdomain.com", "jdoe113",
        "jdoe", "6505551212", "iPhone", "iOS", "Registered", "Allowed", "EXCHANGE",
        "2012-01-10T07:13:05.000Z", "2012-01-10T07:32:48.000Z", "{\"platformCode\": \"11\"}");
}

static void each_list_is_an_access_group(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"registeredBlockedDevice\",\"uuid\":\"u\"", "REGISTERED_BLOCKED", NULL},
        {"\"unregisteredAllowedDevice\",\"uuid\":\"u\"", "UNREGISTERED_ALLOWED", NULL},
        {"\"unregisteredBlockedDevice\",\"uuid\":\"u\"", "UNREGISTERED_BLOCKED", NULL},
        {"\"wipedDevice\",\"uuid\":\"u\",\"phoneNumber\":\"PDA\"", "WIPED", NULL},
        {"\"newDevice\",\"uuid\":\"u\"", NULL, "{\"@element\": \"newDevice\"}"},
    };
    struct fixture fixture;

    (void)state;
    open_entity(&fixture, "activesync_device");
    fixture_check(&fixture, "@element", "access_group", cases, FIXTURE_COUNT(cases));
    fixture_close(&fixture);
}

/* "Get All Alerts": isActive is true for one that is unread, and isAlertRead is not used. */
static void an_alert_fills_its_columns(void **state)
{
    (void)state;
    MAPS("alert",
        "{\"@id\":\"5\",\"deviceUuid\":\"6482DCE2-ea75-400a-9f2c-d67766d942cf\","
        "\"dispatchDeviceUuid\":\"6482dce2-ea75-400a-9f2c-d67766d942cf\","
        "\"userUuid\":\"asdasd-34sd\",\"labelId\":\"163\",\"eventSubscriptionName\":\"m1\","
        "\"alertDate\":\"2010-05-01T01:02:00+00:00\",\"alertText\":\"WARNING::Memory\","
        "\"isActive\":\"false\",\"retries\":\"2\",\"updateBy\":\"alertprocessor\","
        "\"updatedAt\":\"2010-04-30T01:04:00+02:00\",\"userName\":\"miadmin\","
        "\"alertDefnname\":\"MEMORY_SIZE_EXCEEDED_ALERT\",\"severity\":\"WARNING\","
        "\"transport\":\"EMAIL\",\"status\":\"DISPATCHED\",\"isAlertRead\":\"false\"}",
        "5", "6482dce2-ea75-400a-9f2c-d67766d942cf", "6482dce2-ea75-400a-9f2c-d67766d942cf",
        "asdasd-34sd", "miadmin", "163", "m1", "MEMORY_SIZE_EXCEEDED_ALERT", "WARNING", "EMAIL",
        "DISPATCHED", "true", "2", "WARNING::Memory", "2010-05-01T01:02:00.000Z",
        "2010-04-29T23:04:00.000Z", "alertprocessor", NULL);
    MAPS("alert", "{\"@id\":\"6\",\"isActive\":\"true\",\"deviceUuid\":\"\"}", "6", NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "false", NULL, NULL, NULL, NULL, NULL,
        NULL);
}

/* "Get Analytics for AppConnect Apps": seconds are said, and the example has milliseconds. */
static void a_session_fills_its_columns(void **state)
{
    (void)state;
    MAPS("appconnect_session",
        "{\"appId\":\"com.acme.app\",\"deviceId\":\"8D711CDC-e93c-49b1-88d6-222f54132445\","
        "\"startedAt\":1381268056367,\"seconds\":35,\"zoneMinutes\":-420,\"bytes\":7,"
        "\"appVersion\":\"1.2\"}",
        "com.acme.app", "8d711cdc-e93c-49b1-88d6-222f54132445", "2013-10-08T21:34:16.367Z", "35",
        "-420", "7", "1.2");
    MAPS("appconnect_session", "{\"appId\":\"a\",\"deviceId\":\"first\",\"startedAt\":1381268056}",
        "a", "first", "2013-10-08T21:34:16.000Z", NULL, NULL, NULL, NULL);
}

/* "List of Operators", "List of Countries", whose sample has two spellings. */
static void carriers_and_countries_fill_their_columns(void **state)
{
    (void)state;
    MAPS("carrier",
        "{\"carrierShortName\":\"AT&T\",\"carrierType\":\"Mobile\",\"countryCode\":\"1\","
        "\"countryId\":\"183\",\"countryName\":\"United "
        "States\",\"enabled\":\"true\",\"id\":\"269\"}",
        "269", "AT&T", "Mobile", "1", "183", "United States", "true", NULL);
    MAPS("country",
        "{\"countryName\":\"United States\",\"countryCode\":\"1\",\"isoAlpha2Code\":\"US\","
        "\"enabledForRegistration\":\"102\"}",
        "United States", "1", "US", "false", NULL);
    MAPS("country",
        "{\"countryName\":\"India\",\"countryCode\":\"91\",\"isoAplha2Code\":\"IN\","
        "\"enabledForRegistration\":\"116\"}",
        "India", "91", "IN", "true", NULL);
}

/* What privacy drops is in no place of these either. */
static void personal_values_go_from_every_place(void **state)
{
    static const struct privacy_choice choices[] = {{"phone_number", PRIVACY_DROP},
        {"user_id", PRIVACY_DROP}, {"email_address", PRIVACY_DROP},
        {"serial_number", PRIVACY_DROP}};
    const struct privacy_settings settings = {choices, FIXTURE_COUNT(choices), {NULL, 0}};
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CORE, .voice = MAPPING_V1, .privacy = &settings};
    struct fixture fixture;

    (void)state;
    fixture_open_as(&fixture, fixture_shipped("alert.yaml"), &options);
    fixture_apply(&fixture,
        "{\"@id\":\"5\",\"userName\":\"miadmin\",\"updateBy\":\"miadmin\",\"severity\":\"WARNING\","
        "\"alertText\":\"Size exceeded for Phone #: 14085551212 (miadmin), Total: 154.86MB\"}");
    fixture_shows(&fixture, "user_name", NULL);
    fixture_shows(&fixture, "updated_by", NULL);
    fixture_shows(&fixture, "severity", "WARNING");
    fixture_shows(&fixture, "text", "Size exceeded for Phone #: *** (***), Total: 154.86MB");
    fixture_close(&fixture);
    fixture_open_as(&fixture, fixture_shipped("activesync_device.yaml"), &options);
    fixture_apply(&fixture,
        "{\"@element\":\"wipedDevice\",\"uuid\":\"u\",\"deviceId\":\"Appl87025CNUA4S\","
        "\"mailboxId\":\"jdoe@acme.example\",\"userName\":\"jdoe\",\"phoneNumber\":\"6505551212\","
        "\"more\":\"of jdoe\"}");
    fixture_shows(&fixture, "eas_uuid", "u");
    fixture_shows(&fixture, "access_group", "WIPED");
    fixture_shows(&fixture, "eas_device_id", NULL);
    fixture_shows(&fixture, "mailbox_id", NULL);
    fixture_shows(&fixture, "user_name", NULL);
    fixture_shows(&fixture, "phone_number", NULL);
    fixture_shows(&fixture, "extra", "{\"more\": \"of ***\"}");
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_fills_its_columns),
        cmocka_unit_test(a_policy_without_an_id_is_none),
        cmocka_unit_test(a_rule_is_of_its_policy),
        cmocka_unit_test(a_configuration_is_of_its_device),
        cmocka_unit_test(a_setting_fills_its_columns),
        cmocka_unit_test(an_activesync_device_fills_its_columns),
        cmocka_unit_test(each_list_is_an_access_group),
        cmocka_unit_test(an_alert_fills_its_columns),
        cmocka_unit_test(a_session_fills_its_columns),
        cmocka_unit_test(carriers_and_countries_fill_their_columns),
        cmocka_unit_test(personal_values_go_from_every_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
