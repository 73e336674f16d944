/* The shipped mappings of devices and groups, in the voice of Core's v1 web services: their records
 * are trees of strings. The samples follow the v1 guide, "Get Devices by Status", page 20. */
#include "unit/mapping/fixture.h"

#define UUID "8d711cdc-e93c-49b1-88d6-222f54132445"
#define DEVICE(rest) "{\"@id\":\"2\",\"uuid\":\"" UUID "\"" rest "}"

static void open_v1(struct fixture *fixture, const char *file)
{
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CORE, .voice = MAPPING_V1};

    fixture_open_as(fixture, fixture_shipped(file), &options);
}

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    open_v1(fixture, "device.yaml");
    *state = fixture;
    return 0;
}

struct told {
    const char *column;
    const char *value; /* NULL: NULL */
};

static void tells(
    struct fixture *fixture, const char *json, const struct told *expected, size_t count)
{
    fixture_apply(fixture, json);
    for (size_t i = 0; i < count; i++) {
        fixture_shows(fixture, expected[i].column, expected[i].value);
    }
}

static void an_android_device_fills_its_columns(void **state)
{
    static const char record[] =
        DEVICE(",\"principal\":\"jdoe\",\"blockReason\":\"0\",\"clientId\":\"1073741831\","
               "\"comment\":\"of the lab\",\"compliance\":\"0\",\"countryCode\":\"1\","
               "\"countryName\":\"United States\",\"details\":{\"device_model\":\"DROID2\","
               "\"platform_name\":\"2.3.3\",\"os_version\":\"10\",\"client_version\":\"4.5.0\","
               "\"security_state\":\"Ok\",\"imei\":\"A00000226EBF9F\",\"imsi\":\"262018410218015\","
               "\"wifi_mac_addr\":\"f87b7a29838f\",\"prv_device_encryption\":\"on\","
               "\"prv_password\":\"ON\",\"c2dmToken\":\"APA91\",\"prv_vpn_servers\":\"na\"},"
               "\"easLastSyncAttempt\":\"2012-01-10T20:36:57+00:00\","
               "\"easUuid\":\"4d22d6d7-29dc-4c35-8e67-23dee442cf85\","
               "\"emailAddress\":\"jdoe@acme.example\",\"employeeOwned\":\"false\","
               "\"homeOperator\":\"Verizon\",\"lastConnectedAt\":\"2011-07-08T01:52:33+02:00\","
               "\"manufacturer\":\"motorola\",\"mdmManaged\":\"false\",\"model\":\"DROID2\","
               "\"operator\":\"AT&T\",\"phoneNumber\":\"4085551212\",\"platform\":\"Android 4.4\","
               "\"quarantinedStatus\":\"0\",\"registeredAt\":\"2011-07-01T00:00:00+00:00\","
               "\"status\":\"ACTIVE\",\"statusCode\":\"97\",\"userDisplayName\":\"Joe Doe\","
               "\"userUUID\":\"de398fcb-a3a4-412c-a1dd-9be8bd46e728\"");
    static const struct told expected[] = {
        {"tenant", "acme"},
        {"device_id", UUID},
        {"device_guid", "8d711cdce93c49b188d6222f54132445"},
        {"identifier", NULL},
        {"status", "ACTIVE"},
        {"source_status", "ACTIVE"},
        {"compliant", "true"},
        {"quarantined", "false"},
        {"blocked", "false"},
        {"compromised", "false"},
        {"compliance_reasons", "{}"},
        {"quarantine_reasons", "{}"},
        {"block_reasons", "{}"},
        {"compliance_code", "0"},
        {"quarantine_code", "0"},
        {"block_code", "0"},
        {"os", "ANDROID"},
        {"os_version", "2.3.3"},
        {"source_platform", "Android 4.4"},
        {"manufacturer", "motorola"},
        {"model", "DROID2"},
        {"serial_number", NULL},
        {"imei", "A00000226EBF9F"},
        {"imsi", "262018410218015"},
        {"phone_number", "4085551212"},
        {"mac_address", "f8:7b:7a:29:83:8f"},
        {"ios_udid", NULL},
        {"ownership", "COMPANY"},
        {"user_id", "jdoe"},
        {"user_uuid", "de398fcb-a3a4-412c-a1dd-9be8bd46e728"},
        {"user_display_name", "Joe Doe"},
        {"email_address", "jdoe@acme.example"},
        {"comment", "of the lab"},
        {"country_name", "United States"},
        {"operator", "AT&T"},
        {"home_operator", "Verizon"},
        {"mdm_managed", "false"},
        {"encrypted", "true"},
        {"passcode_present", "true"},
        {"client_version", "4.5.0"},
        {"eas_uuid", "4d22d6d7-29dc-4c35-8e67-23dee442cf85"},
        {"eas_last_sync_at", "2012-01-10T20:36:57.000Z"},
        {"registered_at", "2011-07-01T00:00:00.000Z"},
        {"last_check_in_at", "2011-07-07T23:52:33.000Z"},
        {"custom_attributes", NULL},
        {"details",
            "{\"imei\": \"A00000226EBF9F\", \"imsi\": \"262018410218015\", \"c2dmToken\": \"***\", "
            "\"os_version\": \"10\", \"device_model\": \"DROID2\", \"prv_password\": \"ON\", "
            "\"platform_name\": \"2.3.3\", \"wifi_mac_addr\": \"f87b7a29838f\", "
            "\"client_version\": \"4.5.0\", \"security_state\": \"Ok\", "
            "\"prv_vpn_servers\": \"na\", \"prv_device_encryption\": \"on\"}"},
        {"extra", "{\"@id\": \"2\", \"clientId\": \"1073741831\", \"statusCode\": \"97\", "
                  "\"countryCode\": \"1\"}"},
    };

    tells(*state, record, expected, FIXTURE_COUNT(expected));
    assert_int_equal(((struct fixture *)*state)->row.relation->column_count, 47);
}

static void an_ios_device_fills_its_columns(void **state)
{
    static const char record[] = DEVICE(
        ",\"compliance\":\"33\",\"quarantinedStatus\":\"1\",\"blockReason\":\"8388609\","
        "\"details\":{\"device_model\":\"iPhone 4\",\"device_manufacturer\":\"Apple\","
        "\"platform_name\":\"iPhone\",\"os_version\":\"iPhone OS 5.0.1 (9A405)\","
        "\"OSVersion\":\"5.0.1\",\"Client_version\":\"4.5.12.33698\",\"security_state\":\"0\","
        "\"DeviceCompromised\":\"false\",\"iPhone IMEI\":\"01 253700 080472 1\","
        "\"imsi\":\"na\",\"registration_imsi\":\"(null)\",\"mobile_number\":\"(null)\","
        "\"WiFiMAC\":\"B8FF617F7926\",\"SerialNumber\":\"V5046DGHZ38\","
        "\"iPhone UDID\":\"81a3379d884f1bd9f1b0ce9b340358288081f7a1\","
        "\"HardwareEncryptionCaps\":\"3\",\"PasscodePresent\":\"true\","
        "\"apnsToken\":\"5c7b0866\"},"
        "\"employeeOwned\":\"true\",\"operator\":\"PDA\",\"phoneNumber\":\"PDA\","
        "\"mdmManaged\":\"true\",\"platform\":\"iOS 5.0\",\"status\":\"LOST\"");
    static const struct told expected[] = {
        {"status", "LOST"},
        {"compliant", "false"},
        {"quarantined", "true"},
        {"blocked", "true"},
        {"compromised", "true"},
        {"compliance_reasons", "{COMPROMISED,DEVICE_OUT_OF_CONTACT}"},
        {"quarantine_reasons", "{COMPROMISED}"},
        {"block_reasons", "{COMPROMISED,UNKNOWN_0x800000}"},
        {"compliance_code", "33"},
        {"block_code", "8388609"},
        {"os", "IOS"},
        {"os_version", "5.0.1"},
        {"manufacturer", "Apple"},
        {"model", "iPhone 4"},
        {"serial_number", "V5046DGHZ38"},
        {"imei", "012537000804721"},
        {"imsi", NULL},
        {"phone_number", NULL},
        {"mac_address", "b8:ff:61:7f:79:26"},
        {"ios_udid", "81a3379d884f1bd9f1b0ce9b340358288081f7a1"},
        {"ownership", "EMPLOYEE"},
        {"operator", NULL},
        {"mdm_managed", "true"},
        {"encrypted", "true"},
        {"passcode_present", "true"},
        {"client_version", "4.5.12.33698"},
        {"extra", "{\"@id\": \"2\"}"},
    };

    tells(*state, record, expected, FIXTURE_COUNT(expected));
}

/* "If device registration is pending, then the details section is empty." */
static void a_pending_device_has_no_details(void **state)
{
    static const char record[] = DEVICE(
        ",\"platform\":\"Android 4.4\",\"status\":\"VERIFICATION_PENDING\",\"compliance\":\"0\"");
    static const struct told expected[] = {
        {"status", "ENROLLMENT_PENDING"},
        {"source_status", "VERIFICATION_PENDING"},
        {"os", "ANDROID"},
        {"os_version", "4.4"},
        {"compliant", "true"},
        {"compromised", "false"},
        {"quarantined", NULL},
        {"quarantine_reasons", NULL},
        {"quarantine_code", NULL},
        {"blocked", NULL},
        {"encrypted", NULL},
        {"passcode_present", NULL},
        {"client_version", NULL},
        {"ownership", NULL},
        {"details", NULL},
        {"extra", "{\"@id\": \"2\"}"},
    };

    tells(*state, record, expected, FIXTURE_COUNT(expected));
    tells(*state, DEVICE(""), &(const struct told){"status", NULL}, 1);
}

struct status {
    const char *word; /* of v1 */
    const char *code;
    const char *status;
    const char *blocked;
};

static void each_status_is_one_of_cps_or_its_own(void **state)
{
    static const struct status statuses[] = {
        {"ACTIVE", "97", "ACTIVE", NULL},
        {"BLOCKED", "98", "ACTIVE", "true"},
        {"IENROLL_VERIFIED", "100", "ENROLLMENT_PENDING", NULL},
        {"IENROLL_INPROGRESS", "101", "ENROLLMENT_PENDING", NULL},
        {"IENROLL_COMPLETE", "102", "ACTIVE", NULL},
        {"IENROLL_NEW", NULL, "ENROLLMENT_PENDING", NULL},
        {"INFECTED", "105", "INFECTED", NULL},
        {"LOST", "108", "LOST", NULL},
        {"VERIFICATION_PENDING", "112", "ENROLLMENT_PENDING", NULL},
        {"RETIRED", "114", "RETIRED", NULL},
        {"RETIRE_PENDING", "117", "RETIRE_SENT", NULL},
        {"VERIFIED", "118", "ENROLLMENT_PENDING", NULL},
        {"WIPED", "119", "WIPED", NULL},
        {"EXPIRED", "120", "EXPIRED", NULL},
        {"IENROLL", "9", "UNKNOWN", NULL},
        {"ON_LOAN", "-97", "UNKNOWN", NULL},
    };
    struct fixture *fixture = *state;
    char json[200];

    for (size_t i = 0; i < FIXTURE_COUNT(statuses); i++) {
        const struct status *status = &statuses[i];

        (void)snprintf(json, sizeof json, DEVICE(",\"status\":\"%s\""), status->word);
        fixture_apply(fixture, json);
        fixture_shows(fixture, "status", status->status);
        fixture_shows(fixture, "source_status", status->word);
        fixture_shows(fixture, "blocked", status->blocked);
        if (status->code != NULL) {
            (void)snprintf(json, sizeof json, DEVICE(",\"statusCode\":\"%s\""), status->code);
            fixture_apply(fixture, json);
            fixture_shows(fixture, "status", status->status);
            fixture_shows(fixture, "blocked", status->blocked);
        }
    }
}

/* The guide's note on the value 0: a rooted Android device has it, too. */
static void a_rooted_device_is_compliant_and_compromised(void **state)
{
    static const struct told expected[] = {
        {"compliant", "true"}, {"compliance_reasons", "{}"}, {"compromised", "true"}};

    tells(*state, DEVICE(",\"compliance\":\"0\",\"details\":{\"security_state\":\"Compromised\"}"),
        expected, FIXTURE_COUNT(expected));
}

static void a_code_that_is_none_says_nothing_and_is_kept(void **state)
{
    static const struct told expected[] = {{"compliant", NULL}, {"compliance_reasons", NULL},
        {"compliance_code", NULL}, {"compromised", NULL},
        {"extra", "{\"@id\": \"2\", \"compliance\": \"none\"}"}};

    tells(*state, DEVICE(",\"compliance\":\"none\""), expected, FIXTURE_COUNT(expected));
}

struct version {
    const char *json;
    const char *os;
    const char *version;
};

static void os_and_version_are_split(void **state)
{
    static const struct version versions[] = {
        {"\"platform\":\"Android 4.4\"", "ANDROID", "4.4"},
        {"\"platform\":\"Android 4.4\",\"details\":{\"platform_name\":\"5.1\"}", "ANDROID", "5.1"},
        {"\"platform\":\"Android 4.4\",\"details\":{\"os_version\":\"19\"}", "ANDROID", "4.4"},
        {"\"platform\":\"iPhone OS 5.0.1 (9A405)\",\"details\":{\"platform_name\":\"iPhone\"}",
            "IOS", "5.0.1"},
        {"\"platform\":\"iOS\",\"details\":{\"platform_name\":\"iPhone\"}", "IOS", NULL},
        {"\"platform\":\"iPad\",\"details\":{\"OSVersion\":\"4.3.3\"}", "IOS", "4.3.3"},
        {"\"platform\":\"Mac OS X 10.11\"", "OSX", "10.11"},
        {"\"platform\":\"Windows Phone 8.1\"", "WINDOWS", "8.1"},
        {"\"platform\":\"Windows Mobile\",\"details\":{\"platform_name\":"
         "\"Windows Mobile 6.1 Standard\"}",
            "WINDOWS", "6.1"},
        {"\"platformType\":\"A\"", "ANDROID", NULL},
        {"\"platformType\":\"L\"", "OSX", NULL},
        {"\"platform\":\"Web Clip\"", "UNKNOWN", NULL},
        {"\"platform\":\"BlackBerry 7.1\"", "UNKNOWN", "7.1"},
        {"\"platform\":\"Symbian\"", "UNKNOWN", NULL},
    };
    struct fixture *fixture = *state;
    char json[300];

    for (size_t i = 0; i < FIXTURE_COUNT(versions); i++) {
        (void)snprintf(json, sizeof json, DEVICE(",%s"), versions[i].json);
        fixture_apply(fixture, json);
        fixture_shows(fixture, "os", versions[i].os);
        fixture_shows(fixture, "os_version", versions[i].version);
    }
}

/* A key that stands twice among the details is a list, and what is no pair is kept as well. */
static void details_of_another_shape_are_kept(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, DEVICE(",\"details\":{\"imei\":[\"1\",\"2\"],\"wifi_psk\":\"x\"}"));
    fixture_shows(fixture, "imei", NULL);
    fixture_shows(fixture, "details", "{\"imei\": [\"1\", \"2\"], \"wifi_psk\": \"***\"}");
    fixture_apply(fixture, DEVICE(",\"details\":\"none\""));
    fixture_shows(fixture, "details", "\"none\"");
    fixture_shows(fixture, "extra", "{\"@id\": \"2\"}");
}

static void a_device_without_a_uuid_is_refused(void **state)
{
    fixture_refuses(*state, "{\"@id\":\"2\",\"status\":\"ACTIVE\"}", "it has no usable uuid");
    fixture_refuses(*state, "{\"uuid\":\"2\"}", "it has no usable uuid");
}

/* v1 guide, "Get all Labels". */
static void a_label_is_a_group(void **state)
{
    static const struct told expected[] = {
        {"group_id", "label:-3"},
        {"name", "iOS"},
        {"description", "Label for all iOS devices."},
        {"definition", "\"common.platform\"=\"iOS\" AND \"common.retired\"=false"},
        {"is_static", "false"},
        {"label_id", "-3"},
        {"device_count", "3"},
        {"extra", "{\"isESSearch\": \"116\"}"},
    };
    struct fixture fixture;

    (void)state;
    open_v1(&fixture, "device_group.yaml");
    tells(&fixture,
        "{\"@id\":\"-3\",\"name\":\"iOS\",\"description\":\"Label for all iOS devices.\","
        "\"staticLabel\":\"false\",\"query\":\"\\\"common.platform\\\"=\\\"iOS\\\" AND "
        "\\\"common.retired\\\"=false\",\"deviceCount\":\"3\",\"isESSearch\":\"116\"}",
        expected, FIXTURE_COUNT(expected));
    fixture_apply(&fixture, "{\"@id\":\"7\",\"name\":\"Lab\",\"staticLabel\":\"true\"}");
    fixture_shows(&fixture, "group_id", "label:7");
    fixture_shows(&fixture, "is_static", "true");
    fixture_shows(&fixture, "definition", NULL);
    fixture_refuses(&fixture, "{\"name\":\"Lab\"}", "it has no group_id");
    fixture_refuses(&fixture, "{\"@id\":\"x\"}", "it has no group_id");
    fixture_close(&fixture);
}

/* product.md, "one device, two voices". */
static void what_counts_of_two_voices_is_data(void **state)
{
    static const size_t others[] = {
        [MERGE_V1] = 7, [MERGE_EITHER] = 3, [MERGE_BOTH] = 1, [MERGE_STATUS] = 1};
    static const char *const either[] = {"quarantined", "blocked", "compromised"};
    struct fixture *fixture = *state;
    size_t counts[MERGE_STATUS + 1] = {0};

    for (size_t i = 0; i < fixture->mapping->relation.column_count; i++) {
        counts[fixture->mapping->columns[i].merge]++;
    }
    for (size_t i = MERGE_V1; i <= MERGE_STATUS; i++) {
        assert_int_equal(counts[i], others[i]);
    }
    for (size_t i = 0; i < FIXTURE_COUNT(either); i++) {
        assert_int_equal(
            fixture->mapping->columns[fixture_place(fixture, either[i])].merge, MERGE_EITHER);
    }
    assert_int_equal(
        fixture->mapping->columns[fixture_place(fixture, "compliant")].merge, MERGE_BOTH);
    assert_int_equal(
        fixture->mapping->columns[fixture_place(fixture, "status")].merge, MERGE_STATUS);
    assert_int_equal(
        fixture->mapping->columns[fixture_place(fixture, "source_status")].merge, MERGE_V1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_android_device_fills_its_columns),
        TEST(an_ios_device_fills_its_columns),
        TEST(a_pending_device_has_no_details),
        TEST(each_status_is_one_of_cps_or_its_own),
        TEST(a_rooted_device_is_compliant_and_compromised),
        TEST(a_code_that_is_none_says_nothing_and_is_kept),
        TEST(os_and_version_are_split),
        TEST(details_of_another_shape_are_kept),
        TEST(a_device_without_a_uuid_is_refused),
        cmocka_unit_test(a_label_is_a_group),
        TEST(what_counts_of_two_voices_is_data),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
