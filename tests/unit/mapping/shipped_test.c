/* The mapping files that the program carries, against the product's columns and the guide's
 * samples. */
#include "unit/mapping/fixture.h"

#include "mapping/mask.h"

#define DEVICE "1d71e131-0487-4d1d-9a0d-89f2bd1a888d"

/* product.md, "Relations": a letter behind a name is its type, text without one. */
struct shipped {
    const char *entity;
    size_t key_count;
    bool is_set;
    const char *owner;
    const char *columns;
};

static const struct shipped relations[] = {
    {"device", 2, false, NULL,
        "tenant,device_id,device_guid uuid,identifier,status,source_status,compliant b,"
        "quarantined b,blocked b,compromised b,compliance_reasons a,quarantine_reasons a,"
        "block_reasons a,compliance_code i,quarantine_code i,block_code i,os,os_version,"
        "source_platform,manufacturer,model,serial_number,imei,imsi,phone_number,mac_address,"
        "ios_udid,ownership,user_id,user_uuid,user_display_name,email_address,comment,"
        "country_name,operator,home_operator,mdm_managed b,encrypted b,passcode_present b,"
        "client_version,eas_uuid,eas_last_sync_at t,registered_at t,last_check_in_at t,"
        "custom_attributes j,details j,extra j,"},
    {"device_app", 2, true, "device_id",
        "tenant,device_id,identifier,name,version,short_version,bundle_version,"
        "external_version_identifier,managed b,source,ad_hoc_code_signed b,app_store_vendable b,"
        "beta_app b,device_based_vpp b,update_available b,installing b,validated b,extra j,"},
    {"device_certificate", 2, true, "device_id",
        "tenant,device_id,thumbprint,serial_number,subject,subject_cn,issuer,issuer_cn,identity b,"
        "not_before t,not_after t,extra j,"},
    {"device_profile", 2, true, "device_id",
        "tenant,device_id,uuid,identifier,display_name,description,organization,version,"
        "encrypted b,managed b,has_removal_passcode b,removal_disallowed b,content j,extra j,"},
    {"device_group", 2, false, NULL,
        "tenant,group_id,name,description,definition,is_static b,label_id i,device_count i,"
        "extra j,"},
    {"device_group_member", 3, true, "device_id", "tenant,group_id,device_id,"},
    {"user_account", 2, false, NULL,
        "tenant,user_id,user_uuid,email_address,display_name,first_name,last_name,enabled b,"
        "account_source,created_at t,custom_attributes j,ldap_attributes j,"
        "ldap_standard_attributes j,extra j,"},
    {"app_catalog", 1, true, NULL,
        "tenant,identifier,platform,name,version,build_number,created_at t,extra j,"},
    {"device_setting", 3, false, NULL, "tenant,device_id,setting,enabled b,"},
    {"device_location", 2, false, NULL, "tenant,device_id,captured_at t,latitude d,longitude d,"},
    {"device_configuration", 4, false, NULL,
        "tenant,device_id,profile_type,profile_id,uuid,name,category,status,updated_at t,extra j,"},
    {"policy", 2, false, NULL,
        "tenant,policy_id,name,origin,category,status,active b,description,priority i,"
        "device_count i,pending_count i,extra j,"},
    {"policy_rule", 3, false, NULL, "tenant,policy_id,type,value,resources j,"},
    {"app_setting", 2, false, NULL,
        "tenant,setting_id,name,description,app_type,origin,device_count i,pending_count i,"
        "quarantined_count i,label_ids a,properties j,extra j,"},
    {"activesync_device", 2, false, NULL,
        "tenant,eas_uuid,access_group,device_id,eas_device_id,domain,mailbox_id,user_name,"
        "phone_number,model,platform,status,active_sync_status,action_source,first_sync_at t,"
        "last_sync_at t,extra j,"},
    {"alert", 2, false, NULL,
        "tenant,alert_id,device_id,dispatch_device_id,user_uuid,user_name,label_id i,subscription,"
        "type,severity,transport,status,is_read b,retries i,text,alerted_at t,updated_at t,"
        "updated_by,extra j,"},
    {"appconnect_session", 4, false, NULL,
        "tenant,app_id,device_id,started_at t,seconds i,zone_minutes i,bytes i,app_version,"},
    {"carrier", 2, false, NULL,
        "tenant,carrier_id,carrier_short_name,carrier_type,country_code,country_id,country_name,"
        "enabled b,extra j,"},
    {"country", 2, false, NULL,
        "tenant,country_name,country_code,iso_alpha2_code,enabled_for_registration b,extra j,"},
};

static void open_entity(struct fixture *fixture, const char *entity)
{
    char file[80];

    (void)snprintf(file, sizeof file, "%s.yaml", entity);
    fixture_open(fixture, fixture_shipped(file));
    mapper_set_owner(fixture->mapper, str_of(DEVICE));
}

static void has_columns(const struct relation *relation, const struct shipped *expected)
{
    static const char *const letters[] = {"", " b", " i", " d", " t", " uuid", " j", " a"};
    struct buffer text;

    buffer_init(&text, CEILING_FILE);
    for (size_t i = 0; i < relation->column_count; i++) {
        const struct column *column = &relation->columns[i];

        buffer_printf(&text, "%s%s,", column->name, letters[column->type]);
        assert_true(column->about[0] != '\0');
    }
    assert_string_equal(buffer_text(&text), expected->columns);
    assert_string_equal(relation->name, expected->entity);
    assert_true(relation->about[0] != '\0');
    assert_int_equal(relation->key_count, expected->key_count);
    assert_int_equal(relation->kind, expected->is_set ? RELATION_SET : RELATION_KEYED);
    assert_int_equal(relation->owner > 0, expected->owner != NULL);
    if (expected->owner != NULL) {
        assert_string_equal(relation->columns[relation->owner].name, expected->owner);
    }
    buffer_release(&text);
}

static void each_relation_is_as_the_product_says(void **state)
{
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(relations); i++) {
        struct fixture fixture;

        open_entity(&fixture, relations[i].entity);
        has_columns(&fixture.mapping->relation, &relations[i]);
        fixture_close(&fixture);
    }
    while (mapping_files[count].name != NULL) {
        count++;
    }
    assert_int_equal(count, FIXTURE_COUNT(relations));
}

/* Every column of a row, in order, NULL for NULL. */
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

/* CPS API guide, "Get application inventory". */
static void an_app_fills_its_columns(void **state)
{
    (void)state;
    MAPS("device_app",
        "{\"identifier\":\"com.apple.Keynote\",\"name\":\"Keynote\",\"version\":\"5.2.1\","
        "\"managed\":false,\"source\":\"UNKNOWN_APP_TYPE\",\"adHocCodeSigned\":false,"
        "\"appStoreVendable\":true,\"betaApp\":false,\"deviceBasedVPP\":false,"
        "\"externalVersionIdentifier\":832990878,\"updateAvailable\":false,\"installing\":false,"
        "\"validated\":true,\"shortVersion\":\"5.2.1\",\"bundleVersion\":\"6733\"}",
        DEVICE, "com.apple.Keynote", "Keynote", "5.2.1", "5.2.1", "6733", "832990878", "false",
        "UNKNOWN_APP_TYPE", "false", "true", "false", "false", "false", "false", "true", NULL);
    MAPS("device_app", "{}", DEVICE, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL);
    MAPS("device_app",
        "{\"identifier\":\"\",\"name\":7,\"version\":[1],\"managed\":\"on\",\"betaApp\":\"no\","
        "\"externalVersionIdentifier\":99999999999999999999,\"appToken\":\"t\",\"new\":{\"a\":1}}",
        DEVICE, "", "7", NULL, NULL, NULL, "99999999999999999999", "true", NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL,
        "{\"new\": {\"a\": 1}, \"betaApp\": \"no\", \"version\": [1], \"appToken\": \"***\"}");
}

/* CPS API guide, "Get certificate inventory (iOS only)", whose names have escaped commas. */
static void a_certificate_fills_its_columns(void **state)
{
    static const char subject[] = "C=US,O=The Go Daddy Group\\, Inc.,OU=Class 2";

    (void)state;
    MAPS("device_certificate",
        "{\"identity\":true,\"notAfter\":1812011724000,\"notBefore\":1496740310000,"
        "\"issuer\":\"CN=ca.acme.example,OU=MDM,UID=1496738424913\",\"serialNumber\":\"1017\","
        "\"subject\":\"CN=1cdacac686e39dd367a47f2286be436df0a37433\","
        "\"thumbPrint\":\"BF0670CFC5B548D5837E9D078F4617D296C9577E\"}",
        DEVICE, "bf0670cfc5b548d5837e9d078f4617d296c9577e", "1017",
        "CN=1cdacac686e39dd367a47f2286be436df0a37433", "1cdacac686e39dd367a47f2286be436df0a37433",
        "CN=ca.acme.example,OU=MDM,UID=1496738424913", "ca.acme.example", "true",
        "2017-06-06T09:11:50.000Z", "2027-06-03T08:35:24.000Z", NULL);
    MAPS("device_certificate",
        "{\"issuer\":\"C=US,O=The Go Daddy Group\\\\, Inc.,OU=Class 2\",\"serialNumber\":0,"
        "\"subject\":[\"CN=x\"],\"thumbprint\":\"bf:06\",\"notAfter\":\"2442818116000\","
        "\"identity\":0}",
        DEVICE, "bf06", "0", NULL, NULL, subject, NULL, "false", NULL, "2047-05-30T08:35:16.000Z",
        "{\"subject\": [\"CN=x\"]}");
}

/* CPS API guide, "Get profile inventory (iOS only)". */
static void a_profile_fills_its_columns(void **state)
{
    (void)state;
    MAPS("device_profile",
        "{\"encrypted\":true,\"hasRemovalPasscode\":false,\"managed\":true,"
        "\"removalDisallowed\":true,\"description\":\"A web clip.\",\"displayName\":\"Catalog\","
        "\"identifier\":\"mi.webclip.35016.0\",\"organization\":\"acme, Inc.\","
        "\"uuid\":\"e45473ff-bc98-4041-a220-94019fd2b9d9\",\"version\":\"1\"}",
        DEVICE, "e45473ff-bc98-4041-a220-94019fd2b9d9", "mi.webclip.35016.0", "Catalog",
        "A web clip.", "acme, Inc.", "1", "true", "true", "false", "true", NULL, NULL);
    MAPS("device_profile",
        "{\"version\":1,\"content\":[{\"PayloadType\":\"com.apple.wifi.managed\","
        "\"Password\":\"MARK\",\"AutoJoin\":true}],\"Password\":\"MARK\"}",
        DEVICE, NULL, NULL, NULL, NULL, NULL, "1", NULL, NULL, NULL, NULL,
        "[{\"AutoJoin\": true, \"Password\": \"***\", \"PayloadType\": "
        "\"com.apple.wifi.managed\"}]",
        "{\"Password\": \"***\"}");
}

static void content_that_is_not_wanted_is_nowhere(void **state)
{
    const struct mapper_options options = {
        .tenant = "acme", .kind = MAPPING_CORE, .dropped = "content"};
    struct fixture fixture;

    (void)state;
    fixture_open_as(&fixture, fixture_shipped("device_profile.yaml"), &options);
    mapper_set_owner(fixture.mapper, str_of(DEVICE));
    fixture_apply(&fixture, "{\"content\":[{\"a\":\"MARK\"}],\"uuid\":\"u\",\"contents\":1}");
    fixture_shows(&fixture, "content", NULL);
    fixture_shows(&fixture, "uuid", "u");
    fixture_shows(&fixture, "extra", "{\"contents\": 1}");
    fixture_apply(&fixture, "{\"Content\":[{\"a\":\"MARK\"}]}");
    fixture_shows(&fixture, "content", NULL);
    fixture_shows(&fixture, "extra", NULL);
    fixture_close(&fixture);
}

/* CPS API guide, "Get all Device Groups". */
static void a_group_fills_its_columns(void **state)
{
    (void)state;
    MAPS("device_group",
        "{\"id\":38089,\"name\":\"rule1\",\"description\":\"The first\","
        "\"definition\":\"PLATFORMTYPE EQ 'IOS'\"}",
        "38089", "rule1", "The first", "PLATFORMTYPE EQ 'IOS'", "false", NULL, NULL, NULL);
    MAPS("device_group", "{\"id\":\"40165\",\"name\":\"All Devices\"}", "40165", "All Devices",
        NULL, NULL, NULL, NULL, NULL, NULL);
    MAPS("device_group", "{\"id\":1,\"definition\":\" \",\"rules\":[]}", "1", NULL, NULL, " ", NULL,
        NULL, NULL, "{\"rules\": []}");
    MAPS("device_group", "{\"id\":1,\"definition\":{\"a\":1}}", "1", NULL, NULL, NULL, "false",
        NULL, NULL, "{\"definition\": {\"a\": 1}}");
}

/* Core's own count and label come from its web services, and so does whether it is static. */
static void whether_a_group_is_static_is_not_told_on_core(void **state)
{
    const struct mapper_options options = {.tenant = "acme", .kind = MAPPING_CORE};
    struct fixture fixture;

    (void)state;
    fixture_open_as(&fixture, fixture_shipped("device_group.yaml"), &options);
    fixture_apply(&fixture, "{\"id\":1,\"definition\":\"a\"}");
    fixture_shows(&fixture, "is_static", NULL);
    fixture_shows(&fixture, "definition", "a");
    fixture_shows(&fixture, "extra", NULL);
    fixture_close(&fixture);
}

/* CPS API guide, "Get device groups associated with device list". */
static void a_member_is_a_group_of_a_device(void **state)
{
    (void)state;
    MAPS("device_group_member", "{\"id\":51173,\"name\":\"x\",\"definition\":\"y\"}", "51173",
        DEVICE);
}

/* CPS API guide, "User APIs". */
static void a_user_fills_its_columns(void **state)
{
    (void)state;
    MAPS("user_account",
        "{\"accountSource\":\"LDAP\",\"createdAt\":1500444347689,\"displayName\":\"Fred A\","
        "\"emailAddress\":\"freda@acme.example\",\"enabled\":true,\"firstName\":\"Fred\","
        "\"lastName\":\"A\",\"ldapCustomAttributes\":{\"mailNickname\":\"Fred\"},"
        "\"ldapStandardAttributes\":{\"distinguishedName\":\"foo\",\"samAccountName\":\"bar\"},"
        "\"userId\":\"freda@acme.example\",\"userUuid\":\"a3343fd0-c1f2-424f-a993-83b951c94246\","
        "\"customAttributes\":{\"password\":\"mine\"},"
        "\"guid\":\"dd8b7006-2780-49c1-9b03-f85aa57c9da4\"}",
        "freda@acme.example", "a3343fd0-c1f2-424f-a993-83b951c94246", "freda@acme.example",
        "Fred A", "Fred", "A", "true", "LDAP", "2017-07-19T06:05:47.689Z",
        "{\"password\": \"mine\"}", "{\"mailnickname\": \"Fred\"}",
        "{\"samaccountname\": \"bar\", \"distinguishedname\": \"foo\"}",
        "{\"guid\": \"dd8b7006-2780-49c1-9b03-f85aa57c9da4\"}");
}

static void loose_custom_attributes_of_a_user_are_gathered(void **state)
{
    struct fixture fixture;
    struct error err = {0};

    (void)state;
    open_entity(&fixture, "user_account");
    assert_true(mapper_add_custom_attribute(fixture.mapper, "site", &err));
    fixture_apply(
        &fixture, "{\"userId\":\"a\",\"site\":\"B\",\"custom_user\":\"c\",\"ios\":\"d\"}");
    fixture_shows(&fixture, "custom_attributes", "{\"site\": \"B\"}");
    fixture_shows(&fixture, "extra", "{\"ios\": \"d\", \"custom_user\": \"c\"}");
    fixture_close(&fixture);
}

/* CPS API guide, "Limitations", AW-23186. */
static void a_user_of_cloud_and_of_core_are_alike(void **state)
{
    static const char expected[] = "{\"objectguid\": \"3f21d95b1cabcf4981117afab7d2ab6a\", "
                                   "\"userprincipalname\": \"u@acme.example\"}";
    struct fixture fixture;

    (void)state;
    open_entity(&fixture, "user_account");
    fixture_apply(&fixture,
        "{\"userId\":\"u\",\"ldapCustomAttributes\":{\"userprincipalname\":\"u@acme.example\","
        "\"objectguid\":\"\\\\3f\\\\21\\\\d9\\\\5b\\\\1c\\\\ab\\\\cf\\\\49\\\\81\\\\11\\\\7a"
        "\\\\fa\\\\b7\\\\d2\\\\ab\\\\6a\"}}");
    fixture_shows(&fixture, "ldap_attributes", expected);
    fixture_apply(&fixture,
        "{\"userId\":\"u\",\"ldapCustomAttributes\":{\"userPrincipalName\":\"u@acme.example\","
        "\"objectGUID\":\"3F21d95b1cabcf4981117afab7d2ab6a\"}}");
    fixture_shows(&fixture, "ldap_attributes", expected);
    fixture_close(&fixture);
}

/* CPS API guide, "App Catalog APIs". */
static void an_app_of_the_catalog_fills_its_columns(void **state)
{
    (void)state;
    MAPS("app_catalog",
        "{\"name\":\"HAC\",\"platformType\":\"iOS\",\"version\":\"1.4.2\","
        "\"identifier\":\"com.acme.HAC\",\"buildNumber\":\"17\",\"createdAt\":1550660326185}",
        "com.acme.HAC", "IOS", "HAC", "1.4.2", "17", "2019-02-20T10:58:46.185Z", NULL);
    MAPS("app_catalog", "{\"platformType\":\"Fire OS\"}", NULL, "UNKNOWN", NULL, NULL, NULL, NULL,
        "{\"platformType\": \"Fire OS\"}");
}

/* CPS API guide, "Get device settings - iOS only". */
static void a_setting_is_read_from_within(void **state)
{
    (void)state;
    MAPS("device_setting",
        "{\"identifier\":\"b9a0\",\"settings\":{\"type\":\"DATA_ROAMING\","
        "\"value\":{\"enabled\":true}}}",
        DEVICE, "DATA_ROAMING", "true");
    MAPS("device_setting",
        "{\"settings\":{\"type\":\"personal_hotspot\",\"value\":{\"enabled\":\"off\"}}}", DEVICE,
        "PERSONAL_HOTSPOT", "false");
    MAPS("device_setting", "{\"settings\":{\"type\":\"DATA_ROAMING\",\"value\":true}}", DEVICE,
        "DATA_ROAMING", NULL);
}

static void an_unknown_setting_is_refused(void **state)
{
    struct fixture fixture;

    (void)state;
    open_entity(&fixture, "device_setting");
    fixture_refuses(&fixture, "{\"settings\":{\"type\":\"VOICE_ROAMING\"}}", "it has no setting");
    fixture_refuses(&fixture, "{\"settings\":[]}", "it has no setting");
    fixture_refuses(&fixture, "{}", "it has no setting");
    fixture_close(&fixture);
}

/* CPS API guide, "Get device location details", where degrees are strings. */
static void a_location_is_read_from_within(void **state)
{
    (void)state;
    MAPS("device_location",
        "{\"deviceMdmId\":\"id-1\",\"lastCaptured\":1525260287000,"
        "\"location\":{\"latitude\":\"-6.5\",\"longitude\":8.25}}",
        DEVICE, "2018-05-02T11:24:47.000Z", "-6.5", "8.25");
    MAPS("device_location", "{\"lastCaptured\":null,\"location\":null}", DEVICE, NULL, NULL, NULL);
}

static void a_record_without_its_key_is_refused(void **state)
{
    static const char masked[] =
        "its user_id is asterisks (masked by a privacy profile of the API user?)";
    struct fixture fixture;

    (void)state;
    open_entity(&fixture, "user_account");
    fixture_refuses(&fixture, "{\"displayName\":\"x\"}", "it has no user_id");
    fixture_refuses(&fixture, "{\"userId\":[1]}", "it has no user_id");
    fixture_refuses(&fixture, "{\"userId\":\"*****\"}", masked);
    fixture_close(&fixture);
    open_entity(&fixture, "device_group");
    fixture_refuses(&fixture, "{\"id\":null}", "it has no group_id");
    fixture_close(&fixture);
}

static void without_an_owner_a_record_is_nobodys(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_open(&fixture, fixture_shipped("device_app.yaml"));
    fixture_refuses(&fixture, "{\"identifier\":\"a\"}", "it has no device_id");
    mapper_set_owner(fixture.mapper, str_of("mdm:1"));
    fixture_apply(&fixture, "{\"identifier\":\"a\"}");
    fixture_shows(&fixture, "device_id", "mdm:1");
    mapper_set_owner(fixture.mapper, str_of("mdm:2"));
    fixture_apply(&fixture, "{\"identifier\":\"a\"}");
    fixture_shows(&fixture, "device_id", "mdm:2");
    fixture_close(&fixture);
}

/* Bytes of all texts of the row. */
static size_t row_size(const struct row *row)
{
    size_t size = 0;

    for (size_t i = 0; i < row->relation->column_count; i++) {
        enum column_type type = row->relation->columns[i].type;

        if (row->cells[i].is_set && (type == COLUMN_TEXT || type == COLUMN_JSONB)) {
            size += row->cells[i].text.size;
        }
    }
    return size;
}

/* 64 KiB in a property: whole in its column or in extra, or the record is refused for its key. */
static void takes_64_kib(struct fixture *fixture, const char *property)
{
    const struct relation *relation = &fixture->mapping->relation;
    bool has_extra = strcmp(relation->columns[relation->column_count - 1].name, "extra") == 0;
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_printf(&json,
        "{" KEY ",\"userId\":\"u\",\"id\":\"g\",\"settings.type\":\"DATA_ROAMING\","
        "\"%s\":\"%065536d\"}",
        property, 1);
    fixture_apply_bytes(fixture, buffer_view(&json));
    if (fixture->ok && has_extra && !mask_is_key(str_of(property))) {
        assert_true(row_size(&fixture->row) > 65536);
    } else if (!fixture->ok) {
        assert_int_equal(fixture->err.kind, ERROR_RECORD);
        assert_true(strstr("userId id settings.type deviceGuid", property) != NULL);
    }
    buffer_release(&json);
}

static void a_string_of_64_kib_passes_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(relations); i++) {
        struct fixture fixture;

        open_entity(&fixture, relations[i].entity);
        for (size_t j = 0; j < fixture.mapping->property_count; j++) {
            takes_64_kib(&fixture, fixture.mapping->properties[j]);
        }
        fixture_close(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_relation_is_as_the_product_says),
        cmocka_unit_test(an_app_fills_its_columns),
        cmocka_unit_test(a_certificate_fills_its_columns),
        cmocka_unit_test(a_profile_fills_its_columns),
        cmocka_unit_test(content_that_is_not_wanted_is_nowhere),
        cmocka_unit_test(a_group_fills_its_columns),
        cmocka_unit_test(whether_a_group_is_static_is_not_told_on_core),
        cmocka_unit_test(a_member_is_a_group_of_a_device),
        cmocka_unit_test(a_user_fills_its_columns),
        cmocka_unit_test(loose_custom_attributes_of_a_user_are_gathered),
        cmocka_unit_test(a_user_of_cloud_and_of_core_are_alike),
        cmocka_unit_test(an_app_of_the_catalog_fills_its_columns),
        cmocka_unit_test(a_setting_is_read_from_within),
        cmocka_unit_test(an_unknown_setting_is_refused),
        cmocka_unit_test(a_location_is_read_from_within),
        cmocka_unit_test(a_record_without_its_key_is_refused),
        cmocka_unit_test(without_an_owner_a_record_is_nobodys),
        cmocka_unit_test(a_string_of_64_kib_passes_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
