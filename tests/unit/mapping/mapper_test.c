#include "unit/mapping/fixture.h"

/* A NULL column and nothing in `extra`: a placeholder. */
#define NOTHING NULL, NULL

/* CPS API guide, "Example list of devices" and "Get devices by custom attributes". */
static void the_guides_device_fills_its_columns(void **state)
{
    static const char *const columns[][2] = {
        {"tenant", "acme"},
        {"device_id", GUID},
        {"device_guid", "1d71e13104874d1d9a0d89f2bd1a888d"},
        {"identifier", "f4aadce56d25edffggh4958484brr1c35f6b6d5"},
        {"status", "ACTIVE"},
        {"source_status", "ACTIVE"},
        {"compliant", "true"},
        {"quarantined", "false"},
        {"blocked", "false"},
        {"compromised", "false"},
        {"compliance_reasons", NULL},
        {"compliance_code", NULL},
        {"os", "IOS"},
        {"os_version", "10.1"},
        {"source_platform", NULL},
        {"manufacturer", "Apple Inc."},
        {"model", "iPhone6,1"},
        {"serial_number", "d028d4db2162"},
        {"imei", "6733284512443420"},
        {"imsi", NULL},
        {"phone_number", "7171046951"},
        {"mac_address", "fa:c6:7b:0f:eb:ff"},
        {"ios_udid", "f4aadce56d25edffggh4958484brr1c35f6b6d5"},
        {"ownership", "UNKNOWN"},
        {"user_id", "testuser@auto.automation.com"},
        {"user_uuid", "047rdee6-31c1-4e55a-898d-97de620d5f22"},
        {"encrypted", NULL},
        {"registered_at", "2018-01-22T11:16:32.690Z"},
        {"last_check_in_at", "2018-01-22T11:17:00.303Z"},
        {"custom_attributes", "{\"nacCompliant\": \"false\"}"},
        {"details", NULL},
        {"extra", NULL},
    };
    struct fixture *fixture = *state;

    fixture_apply(fixture,
        "{\"compliant\": true,\"quarantined\": false,\"blocked\": false,\"compromised\": false,"
        "\"status\": \"ACTIVE\",\"lastCheckInTime\": 1516619820303,"
        "\"registrationTime\": 1516619792690,"
        "\"identifier\": \"f4aadce56d25edffggh4958484brr1c35f6b6d5\","
        "\"imei\": \"6733284512443420\", \"macAddress\": \"fa:c6:7b:0f:eb:ff\","
        "\"manufacturer\": \"Apple Inc.\",\"model\": \"iPhone6,1\",\"os\": \"IOS\","
        "\"osVersion\": \"10.1\",\"phoneNumber\": \"7171046951\","
        "\"serialNumber\": \"d028d4db2162\",\"userId\": \"testuser@auto.automation.com\","
        "\"userUuid\": \"047rdee6-31c1-4e55a-898d-97de620d5f22\","
        "\"iosUdid\": \"f4aadce56d25edffggh4958484brr1c35f6b6d5\",\"ownership\": \"UNKNOWN\","
        "\"customAttributes\": {\"nacCompliant\": \"false\"}," KEY "}");
    for (size_t i = 0; i < FIXTURE_COUNT(columns); i++) {
        fixture_shows(fixture, columns[i][0], columns[i][1]);
    }
}

static void an_absent_or_null_property_is_null(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{" KEY ",\"imei\":null,\"other\":null,\"customAttributes\":null}");
    for (size_t i = 3; i < fixture->row.relation->column_count; i++) {
        assert_false(fixture->row.cells[i].is_set);
    }
}

static void one_records_cells_are_not_the_next_ones(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{" KEY ",\"imei\":\"1\",\"other\":1,\"customAttributes\":{\"a\":1}}");
    fixture_refuses(fixture, "[]", "it is not a JSON object");
    fixture_apply(fixture, "{" KEY "}");
    fixture_shows(fixture, "imei", NULL);
    fixture_shows(fixture, "extra", NULL);
    fixture_shows(fixture, "custom_attributes", NULL);
}

static void the_device_id_is_the_guid_in_lower_case(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(
        fixture, "{\"deviceGuid\":\"1D71E131-0487-4D1D-9A0D-89F2BD1A888D\",\"identifier\":\"X\"}");
    fixture_shows(fixture, "device_id", GUID);
    fixture_shows(fixture, "identifier", "X");
    fixture_shows(fixture, "extra", NULL);
}

static void without_a_guid_the_device_id_is_the_identifier(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{\"identifier\":\"AbC\"}");
    fixture_shows(fixture, "device_id", "mdm:AbC");
    fixture_shows(fixture, "device_guid", NULL);
    fixture_apply(fixture, "{\"identifier\":\" AbC \",\"deviceGuid\":\"\"}");
    fixture_shows(fixture, "device_id", "mdm:AbC");
    fixture_shows(fixture, "extra", NULL);
    fixture_apply(fixture, "{\"identifier\":12345678901234567890,\"deviceGuid\":null}");
    fixture_shows(fixture, "device_id", "mdm:12345678901234567890");
    fixture_apply(fixture, "{\"identifier\":\"a\",\"deviceGuid\":\"no guid\"}");
    fixture_shows(fixture, "device_id", "mdm:a");
    fixture_shows(fixture, "extra", "{\"deviceGuid\": \"no guid\"}");
    fixture_apply(fixture, "{\"identifier\":\"*a*\",\"deviceGuid\":\"*****\"}");
    fixture_shows(fixture, "device_id", "mdm:*a*");
}

static void a_record_without_any_identifier_is_refused(void **state)
{
    static const char plain[] = "it has neither a usable deviceGuid nor a usable identifier";
    static const char masked[] = "it has neither a usable deviceGuid nor a usable identifier "
                                 "(masked by a privacy profile of the API user?)";
    struct fixture *fixture = *state;

    fixture_refuses(fixture, "{}", plain);
    fixture_refuses(fixture, "{\"model\":\"x\"}", plain);
    fixture_refuses(fixture, "{\"identifier\":\"\",\"deviceGuid\":\"\"}", plain);
    fixture_refuses(fixture, "{\"identifier\":\" \"}", plain);
    fixture_refuses(fixture, "{\"identifier\":true,\"deviceGuid\":{}}", plain);
    fixture_refuses(fixture, "{\"identifier\":[\"a\"]}", plain);
    fixture_refuses(fixture, "{\"identifier\":\"****\",\"deviceGuid\":\"****\"}", masked);
    fixture_refuses(fixture, "{\"identifier\":\" * \"}", masked);
}

static void what_is_no_object_is_refused(void **state)
{
    struct fixture *fixture = *state;

    fixture_refuses(fixture, "null", "it is not a JSON object");
    fixture_refuses(fixture, "\"device\"", "it is not a JSON object");
    fixture_refuses(fixture, "12", "it is not a JSON object");
    fixture_refuses(fixture, "[{" KEY "}]", "it is not a JSON object");
}

static void a_key_has_512_bytes_at_most(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_printf(&json, "{\"identifier\":\"%0508d\"}", 1);
    fixture_apply(fixture, buffer_text(&json));
    assert_int_equal(fixture_cell(fixture, "device_id")->text.size, CEILING_KEY);
    buffer_clear(&json);
    buffer_printf(&json, "{\"identifier\":\"%0509d\"}", 1);
    fixture_refuses(fixture, buffer_text(&json), "its device_id is longer than 512 bytes");
    buffer_release(&json);
}

static void an_imei_is_digits_where_it_is_digits_and_blanks(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"35 377808 345646 1\"", "353778083456461", NULL},
        {"\"35 2342342342345 64 1\"", "352342342342345641", NULL},
        {"\"IMEI:35 377808 345646 1\"", "353778083456461", NULL},
        {"\"IMEI: 35\"", "35", NULL},
        {"353778083456461", "353778083456461", NULL},
        {"\"A1000009 B\"", "A1000009 B", NULL},
        {"\"IMEI:A10\"", "A10", NULL},
        {"\"35-377808-345646-1\"", "35-377808-345646-1", NULL},
        {"\"na\"", NOTHING},
        {"\"(null)\"", NOTHING},
        {"\"IMEI:na\"", NOTHING},
        {"\"\"", NOTHING},
        {"\"  \"", NOTHING},
        {"\"IMEI:\"", NOTHING},
        {"\"***\"", "***", NULL},
        {"true", NULL, "{\"imei\": true}"},
        {"[353778083456461]", NULL, "{\"imei\": [353778083456461]}"},
    };
    static const struct fixture_case imsi[] = {
        {"\"IMSI:262 01 1234567890\"", "262011234567890", NULL},
        {"\"na\"", NOTHING},
    };

    fixture_check(*state, "imei", "imei", cases, FIXTURE_COUNT(cases));
    fixture_check(*state, "imsi", "imsi", imsi, FIXTURE_COUNT(imsi));
}

static void a_mac_address_has_one_spelling(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"b0:65:bd:33:fe:2b\"", "b0:65:bd:33:fe:2b", NULL},
        {"\"B0-65-BD-33-FE-2B\"", "b0:65:bd:33:fe:2b", NULL},
        {"\"B065BD33FE2B\"", "b0:65:bd:33:fe:2b", NULL},
        {"\"b065.bd33.fe2b\"", "b0:65:bd:33:fe:2b", NULL},
        {"\" b0 65 bd 33 fe 2b \"", "b0:65:bd:33:fe:2b", NULL},
        {"\"\"", NOTHING},
        {"\"na\"", NOTHING},
        {"\"(null)\"", NOTHING},
        {"\"b0:65:bd:33:fe\"", NULL, "{\"macAddress\": \"b0:65:bd:33:fe\"}"},
        {"\"b0:65:bd:33:fe:2b:00\"", NULL, "{\"macAddress\": \"b0:65:bd:33:fe:2b:00\"}"},
        {"\"b0:65:bd:33:fe:2g\"", NULL, "{\"macAddress\": \"b0:65:bd:33:fe:2g\"}"},
        {"\"b:065:bd:33:fe:2b\"", NULL, "{\"macAddress\": \"b:065:bd:33:fe:2b\"}"},
        {"\"**:**:**:**:**:**\"", NULL, "{\"macAddress\": \"**:**:**:**:**:**\"}"},
        {"176065", NULL, "{\"macAddress\": 176065}"},
    };

    fixture_check(*state, "macAddress", "mac_address", cases, FIXTURE_COUNT(cases));
}

static void a_placeholder_is_no_phone_number(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"7171046951\"", "7171046951", NULL},
        {"\"+49 (171) 12\"", "+49 (171) 12", NULL},
        {"7171046951", "7171046951", NULL},
        {"\"PDA\"", NOTHING},
        {"\"PDA 7\"", "PDA 7", NULL},
        {"\"na\"", NOTHING},
        {"\"(null)\"", NOTHING},
        {"{\"n\":1}", NULL, "{\"phoneNumber\": {\"n\": 1}}"},
    };

    fixture_check(*state, "phoneNumber", "phone_number", cases, FIXTURE_COUNT(cases));
}

static void a_status_is_a_word_of_the_product(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"ACTIVE\"", "ACTIVE", NULL},
        {"\"Retired\"", "RETIRED", NULL},
        {"\"WIPED\"", "WIPED", NULL},
        {"\"WIPE_SENT\"", "WIPE_SENT", NULL},
        {"\"RETIRE_SENT\"", "RETIRE_SENT", NULL},
        {"\"ENROLLMENT_PENDING\"", "ENROLLMENT_PENDING", NULL},
        {"\"UNKNOWN\"", "UNKNOWN", NULL},
        {"\"ON_THE_MOON\"", "UNKNOWN", NULL},
        {"\"\"", "UNKNOWN", NULL},
        {"7", "UNKNOWN", NULL},
        {"[\"ACTIVE\"]", "UNKNOWN", "{\"status\": [\"ACTIVE\"]}"},
    };
    struct fixture *fixture = *state;

    fixture_check(fixture, "status", "status", cases, FIXTURE_COUNT(cases));
    fixture_apply(fixture, "{" KEY ",\"status\":\"ON_THE_MOON\"}");
    fixture_shows(fixture, "source_status", "ON_THE_MOON");
    fixture_apply(fixture, "{" KEY "}");
    fixture_shows(fixture, "status", NULL);
    fixture_shows(fixture, "source_status", NULL);
}

static void an_unknown_word_is_kept_in_extra(void **state)
{
    static const struct fixture_case os[] = {
        {"\"ANDROID\"", "ANDROID", NULL},
        {"\"ios\"", "IOS", NULL},
        {"\"OSX\"", "OSX", NULL},
        {"\"WINDOWS\"", "WINDOWS", NULL},
        {"\"VISIONOS\"", "UNKNOWN", "{\"os\": \"VISIONOS\"}"},
        {"true", "UNKNOWN", "{\"os\": true}"},
    };
    static const struct fixture_case ownership[] = {
        {"\"COMPANY\"", "COMPANY", NULL},
        {"\"employee\"", "EMPLOYEE", NULL},
        {"\"SHARED\"", "UNKNOWN", "{\"ownership\": \"SHARED\"}"},
    };

    fixture_check(*state, "os", "os", os, FIXTURE_COUNT(os));
    fixture_check(*state, "ownership", "ownership", ownership, FIXTURE_COUNT(ownership));
}

static void a_value_of_another_type_is_kept_in_extra(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{" KEY ",\"compliant\":\"maybe\",\"blocked\":2,\"model\":[\"x\"],"
                           "\"lastCheckInTime\":\"never\",\"osVersion\":12.50,\"userId\":{}}");
    fixture_shows(fixture, "compliant", NULL);
    fixture_shows(fixture, "blocked", NULL);
    fixture_shows(fixture, "model", NULL);
    fixture_shows(fixture, "last_check_in_at", NULL);
    fixture_shows(fixture, "os_version", "12.50");
    fixture_shows(fixture, "user_id", NULL);
    fixture_shows(fixture, "extra",
        "{\"model\": [\"x\"], \"userId\": {}, \"blocked\": 2, \"compliant\": \"maybe\", "
        "\"lastCheckInTime\": \"never\"}");
}

static void every_other_property_is_in_extra(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{" KEY ",\"zeta\":{\"bb\":1e2,\"a\":-0},\"al\":9007199254740993,"
                           "\"\":\"x\",\"with blank\":[true,null]}");
    fixture_shows(fixture, "extra",
        "{\"\": \"x\", \"al\": 9007199254740993, \"zeta\": {\"a\": 0, \"bb\": 100}, "
        "\"with blank\": [true, null]}");
}

static void both_spellings_of_custom_attributes_are_one_object(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};

    assert_true(mapper_add_custom_attribute(fixture->mapper, "custom attribute 1", &err));
    assert_true(mapper_add_custom_attribute(fixture->mapper, "site", &err));
    fixture_apply(fixture, "{" KEY ",\"custom attribute 1\":\"one\",\"site\":\"B\",\"other\":1}");
    fixture_shows(
        fixture, "custom_attributes", "{\"site\": \"B\", \"custom attribute 1\": \"one\"}");
    fixture_shows(fixture, "extra", "{\"other\": 1}");
    fixture_apply(
        fixture, "{" KEY ",\"site\":\"B\",\"customAttributes\":{\"a\":\"x\",\"n\":null}}");
    fixture_shows(fixture, "custom_attributes", "{\"a\": \"x\", \"n\": null, \"site\": \"B\"}");
    fixture_shows(fixture, "extra", NULL);
    fixture_apply(fixture, "{" KEY ",\"site\":\"B\",\"customAttributes\":{\"site\":\"A\"}}");
    fixture_shows(fixture, "custom_attributes", "{\"site\": \"B\"}");
    fixture_apply(fixture, "{" KEY ",\"site\":null}");
    fixture_shows(fixture, "custom_attributes", NULL);
}

static void custom_attributes_of_another_type_are_kept_in_extra(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};

    assert_true(mapper_add_custom_attribute(fixture->mapper, "site", &err));
    fixture_apply(fixture, "{" KEY ",\"site\":[1],\"customAttributes\":[\"a\"]}");
    fixture_shows(fixture, "custom_attributes", "{\"site\": [1]}");
    fixture_shows(fixture, "extra", "{\"customAttributes\": [\"a\"]}");
    fixture_apply(fixture, "{" KEY ",\"customAttributes\":\"a\"}");
    fixture_shows(fixture, "custom_attributes", NULL);
    fixture_shows(fixture, "extra", "{\"customAttributes\": \"a\"}");
}

static void a_custom_attribute_never_takes_a_native_property(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};

    assert_true(mapper_add_custom_attribute(fixture->mapper, "model", &err));
    assert_true(mapper_add_custom_attribute(fixture->mapper, "customAttributes", &err));
    fixture_apply(fixture, "{" KEY ",\"model\":\"x\",\"customAttributes\":{\"model\":\"y\"}}");
    fixture_shows(fixture, "model", "x");
    fixture_shows(fixture, "custom_attributes", "{\"model\": \"y\"}");
}

static void custom_attributes_have_a_ceiling(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    char name[16];

    for (int i = 0; i < 1024; i++) {
        (void)snprintf(name, sizeof name, "c%d", i);
        assert_true(mapper_add_custom_attribute(fixture->mapper, name, &err));
    }
    assert_true(mapper_add_custom_attribute(fixture->mapper, "c7", &err));
    assert_false(mapper_add_custom_attribute(fixture->mapper, "c1024", &err));
    assert_int_equal(err.kind, ERROR_SERVER);
    assert_string_equal(err.text, "more than 1024 custom attributes are named");
}

static void of_a_repeated_property_the_last_counts(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{" KEY ",\"imei\":\"1\",\"imei\":\"2\",\"x\":1,\"x\":2,\"x\":3}");
    fixture_shows(fixture, "imei", "2");
    fixture_shows(fixture, "extra", "{\"x\": 3}");
    fixture_apply(fixture, "{" KEY ",\"imei\":\"1\",\"imei\":null}");
    fixture_shows(fixture, "imei", NULL);
    fixture_apply(fixture, "{" KEY ",\"imei\":\"1\",\"imei\":true}");
    fixture_shows(fixture, "imei", NULL);
    fixture_shows(fixture, "extra", "{\"imei\": true}");
    fixture_apply(fixture, "{" KEY ",\"imei\":null,\"\\u0069mei\":\"3\"}");
    fixture_shows(fixture, "imei", "3");
}

static void text_is_valid_utf8_without_nul(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"a\\u0000b\"",
            "a\xEF\xBF\xBD"
            "b",
            NULL},
        {"\"\\ud83d\"", "\xEF\xBF\xBD", NULL},
        {"\"\\ude00x\"", "\xEF\xBF\xBDx", NULL},
        {"\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80", NULL},
        {"\"\xFF\x31\"",
            "\xEF\xBF\xBD"
            "1",
            NULL},
        {"\"\xC3\"", "\xEF\xBF\xBD", NULL},
        {"\"\\u00ff1\"",
            "\xC3\xBF"
            "1",
            NULL},
    };
    struct fixture *fixture = *state;

    fixture_check(fixture, "model", "model", cases, FIXTURE_COUNT(cases));
    fixture_apply(fixture, "{" KEY ",\"a\\u0000\":\"\\u0000\"}");
    fixture_shows(fixture, "extra", "{\"a\xEF\xBF\xBD\": \"\xEF\xBF\xBD\"}");
    fixture_apply(fixture, "{\"identifier\":\"\\u0000\"}");
    fixture_shows(fixture, "device_id", "mdm:\xEF\xBF\xBD");
}

static void a_string_of_64_kib_passes(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY ",\"model\":\"");
    for (int i = 0; i < 65536; i++) {
        buffer_append_char(&json, 'm');
    }
    buffer_append_text(&json, "\"}");
    fixture_apply_bytes(fixture, buffer_view(&json));
    assert_true(fixture->ok);
    assert_int_equal(fixture_cell(fixture, "model")->text.size, 65536);
    fixture_shows(fixture, "extra", NULL);
    buffer_release(&json);
}

static void a_text_beyond_the_columns_ceiling_is_kept_in_extra(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY ",\"model\":\"");
    for (int i = 0; i <= CEILING_TEXT; i++) {
        buffer_append_char(&json, 'm');
    }
    buffer_append_text(&json, "\"}");
    fixture_apply_bytes(fixture, buffer_view(&json));
    assert_true(fixture->ok);
    fixture_shows(fixture, "model", NULL);
    assert_int_equal(fixture_cell(fixture, "extra")->json.size, CEILING_TEXT + 1 + 13);
    buffer_release(&json);
}

static void cells_that_are_too_large_together_cost_the_record(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY ",\"customAttributes\":{\"x\":[1E999");
    for (int i = 0; i < 1500; i++) {
        buffer_append_text(&json, ",1E999");
    }
    buffer_append_text(&json, "]},\"y\":[1E999");
    for (int i = 0; i < 1500; i++) {
        buffer_append_text(&json, ",1E999");
    }
    buffer_append_text(&json, "]}");
    fixture_apply_bytes(fixture, buffer_view(&json));
    assert_false(fixture->ok);
    assert_int_equal(fixture->err.kind, ERROR_RECORD);
    buffer_release(&json);
}

static void a_row_beyond_its_ceiling_costs_the_record(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY ",\"x\":[1E999");
    for (int i = 0; i < 10000; i++) {
        buffer_append_text(&json, ",1E999");
    }
    buffer_append_text(&json, "]}");
    fixture_refuses(
        fixture, buffer_text(&json), "column extra: it grows beyond the ceiling of one record");
    fixture_apply(fixture, "{" KEY ",\"x\":[1]}");
    fixture_shows(fixture, "extra", "{\"x\": [1]}");
    buffer_release(&json);
}

static void many_properties_are_all_kept(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY);
    for (int i = 0; i < 20000; i++) {
        buffer_printf(&json, ",\"q%05d\":%d", i, i % 10);
    }
    buffer_append_text(&json, "}");
    fixture_apply_bytes(fixture, buffer_view(&json));
    assert_true(fixture->ok);
    assert_int_equal(fixture_cell(fixture, "extra")->json.size, 20000 * 13);
    buffer_release(&json);
}

/* A user's mapping may read one property twice. */
static void a_list_that_another_column_took_is_no_custom_attribute(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_open(&fixture, str_of("entity: thing\nkey: 1\ncolumns:\n"
                                  "  - {name: tenant, type: text, rule: tenant}\n"
                                  "  - {name: raw, type: jsonb, cps: ca}\n"
                                  "  - {name: ca, type: jsonb, cps: ca, rule: custom_attributes}\n"
                                  "  - {name: extra, type: jsonb, rule: extra}\n"));
    fixture_apply(&fixture, "{\"ca\":[1,2]}");
    fixture_shows(&fixture, "raw", "[1, 2]");
    fixture_shows(&fixture, "ca", NULL);
    fixture_shows(&fixture, "extra", NULL);
    fixture_close(&fixture);
}

static void a_key_column_without_a_value_is_named(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_open(&fixture, str_of("entity: thing\nkey: 2\ncolumns:\n"
                                  "  - {name: tenant, type: text, rule: tenant}\n"
                                  "  - {name: at, type: timestamptz, cps: at}\n"));
    fixture_apply(&fixture, "{\"at\":0}");
    fixture_refuses(&fixture, "{\"at\":true}", "it has no at");
    fixture_close(&fixture);
}

static void nothing_to_free_is_freed(void **state)
{
    (void)state;
    mapper_free(NULL);
}

static void what_the_mapping_drops_is_nowhere(void **state)
{
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CORE, .voice = MAPPING_V1, .dropped = "rules"};
    struct fixture fixture;

    (void)state;
    fixture_open_as(&fixture,
        str_of("entity: thing\nkey: 1\ndropped: [old, older]\ncolumns:\n"
               "  - {name: tenant, type: text, rule: tenant}\n"
               "  - {name: kept, type: text, v1: [old, kept]}\n"
               "  - {name: extra, type: jsonb, rule: extra}\n"),
        &options);
    fixture_apply(&fixture, "{\"old\":\"1\",\"older\":{\"a\":1},\"Old\":\"2\",\"oldest\":3,"
                            "\"kept\":\"4\",\"Rules\":5}");
    fixture_shows(&fixture, "kept", "4");
    fixture_shows(&fixture, "extra", "{\"Old\": \"2\", \"oldest\": 3}");
    fixture_close(&fixture);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_guides_device_fills_its_columns),
        TEST(an_absent_or_null_property_is_null),
        TEST(one_records_cells_are_not_the_next_ones),
        TEST(the_device_id_is_the_guid_in_lower_case),
        TEST(without_a_guid_the_device_id_is_the_identifier),
        TEST(a_record_without_any_identifier_is_refused),
        TEST(what_is_no_object_is_refused),
        TEST(a_key_has_512_bytes_at_most),
        TEST(an_imei_is_digits_where_it_is_digits_and_blanks),
        TEST(a_mac_address_has_one_spelling),
        TEST(a_placeholder_is_no_phone_number),
        TEST(a_status_is_a_word_of_the_product),
        TEST(an_unknown_word_is_kept_in_extra),
        TEST(a_value_of_another_type_is_kept_in_extra),
        TEST(every_other_property_is_in_extra),
        TEST(both_spellings_of_custom_attributes_are_one_object),
        TEST(custom_attributes_of_another_type_are_kept_in_extra),
        TEST(a_custom_attribute_never_takes_a_native_property),
        TEST(custom_attributes_have_a_ceiling),
        TEST(of_a_repeated_property_the_last_counts),
        TEST(text_is_valid_utf8_without_nul),
        TEST(a_string_of_64_kib_passes),
        TEST(cells_that_are_too_large_together_cost_the_record),
        TEST(a_text_beyond_the_columns_ceiling_is_kept_in_extra),
        TEST(a_row_beyond_its_ceiling_costs_the_record),
        TEST(many_properties_are_all_kept),
        cmocka_unit_test(a_list_that_another_column_took_is_no_custom_attribute),
        cmocka_unit_test(a_key_column_without_a_value_is_named),
        cmocka_unit_test(what_the_mapping_drops_is_nowhere),
        cmocka_unit_test(nothing_to_free_is_freed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
