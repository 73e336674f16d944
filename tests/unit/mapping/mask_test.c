#include "unit/mapping/fixture.h"

#include "mapping/mask.h"

/* What must never come out. */
#define MARK "M4RK"

static const char masking[] = "entity: thing\n"
                              "key: 1\n"
                              "columns:\n"
                              "  - {name: tenant, type: text, rule: tenant}\n"
                              "  - {name: content, type: jsonb, cps: content, rule: masked}\n"
                              "  - {name: payload_type, type: text, cps: PayloadType}\n"
                              "  - {name: inner_type, type: text, cps: box.PayloadType}\n"
                              "  - {name: custom, type: jsonb, cps: ca, rule: custom_attributes}\n"
                              "  - {name: extra, type: jsonb, rule: extra}\n";

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    fixture_open(fixture, str_of(masking));
    *state = fixture;
    return 0;
}

static void hides(struct fixture *fixture, const char *json)
{
    fixture_apply(fixture, json);
    for (size_t i = 0; i < fixture->row.relation->column_count; i++) {
        const char *shown = fixture_show(fixture, fixture->row.relation->columns[i].name);

        if (shown != NULL && strstr(shown, MARK) != NULL) {
            fail_msg("%s: %s", json, shown);
        }
    }
}

static void a_key_is_a_secrets_by_its_end(void **state)
{
    static const char *const secrets[] = {"password", "Password", "PASSWORD", "Wi-Fi Password",
        "wifi_password", "pass word", "userPasswd", "passphrase", "clientSecret", "secret", "PSK",
        "wpa2-psk", "PreSharedKey", "pre_shared_key", "private key", "SecretKey", "authToken",
        "token", "Challenge", "passwords", "password1", "wepKey2", "WEPKey", "secrets", "api_key",
        "encryptionKey", "bypassCode", "RecoveryPassword", "unlockpasscode", "SCEP_CHALLENGE0",
        "CERT_PRIVATE_KEY0", "PersonalRecoveryKey", "FDE-EscrowKey", "CERT_PKCS12", "IDENTITY_P12",
        "vpn.pfx", "PKCS12_0", "PKCS12_10", "PKCS120", "CERT_P12_1_2", "pkcs12s", "keystore #3",
        "PASSWORDS0", "SharedKey", "UnlockToken", "clientKeystore", "pwd", "user_pwd", "PWD1",
        "WPA_Key", "wpa2-key", "WPA3Key", "WiFiKey 1", "WLAN key", "NetworkKey", "PSK1.value",
        "PSK.Value", "passwordValue", "token value", "secrets_value",
        "password:", "pass\xEF\xBF\xBDword", "\xC3\xA4token"};
    static const char *const others[] = {"", "passwor", "password_hint", "tokenize", "keys",
        "access", "key", "PublicKey", "passcodePresent", "PasscodeIsCompliant", "CERTPATH0",
        "CERT_SERIAL_NUMBER0", "prv_password_length", "recoveryKeyEscrowed", "secretary",
        "challenged", "---", "word", "PKCS1_0", "12", "s12", "pkcs_7", "keyboard", "monkey",
        "hotkey", "value", "value1", "keyValue", "cwd", "fwd", "pwdLength", "psk_value_type", "wpa",
        "key_wpa", "devaluepsk_x", "networkKeyIndex", "compass"};

    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(secrets); i++) {
        if (!mask_is_key(str_of(secrets[i]))) {
            fail_msg("%s is no secret", secrets[i]);
        }
    }
    for (size_t i = 0; i < FIXTURE_COUNT(others); i++) {
        if (mask_is_key(str_of(others[i]))) {
            fail_msg("%s is a secret", others[i]);
        }
    }
    for (size_t i = 0; mask_ending(i) != NULL; i++) {
        assert_true(mask_is_key(str_of(mask_ending(i))));
    }
}

static void a_value_under_such_a_key_is_masked_whole(void **state)
{
    static const struct fixture_case cases[] = {
        {"{\"Password\":\"" MARK "\"}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":12}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":[\"" MARK "\"]}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":{\"a\":\"" MARK "\"}}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":0}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":[]}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":\"one\"}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":[\"on\"]}", "{\"Password\": \"***\"}", NULL},
        {"{\"Password\":true}", "{\"Password\": true}", NULL},
        {"{\"Password\":false}", "{\"Password\": false}", NULL},
        {"{\"Password\":null}", "{\"Password\": null}", NULL},
        {"[{\"a\":[{\"b\":{\"EAPToken\":\"" MARK "\"}}]}]",
            "[{\"a\": [{\"b\": {\"EAPToken\": \"***\"}}]}]", NULL},
        {"{\"Password\":\"" MARK "\",\"Password\":\"" MARK "\"}", "{\"Password\": \"***\"}", NULL},
        {"\"text\"", "\"text\"", NULL},
        {"12", "12", NULL},
    };

    fixture_check(*state, "content", "content", cases, FIXTURE_COUNT(cases));
}

/* v1 guide, "Android Details Key-Value Descriptions", page 35: prv_password is ON or OFF. */
static void a_word_that_tells_nothing_stays(void **state)
{
    static const struct fixture_case cases[] = {
        {"{\"prv_password\":\"ON\"}", "{\"prv_password\": \"ON\"}", NULL},
        {"{\"prv_password\":\" off \"}", "{\"prv_password\": \" off \"}", NULL},
        {"{\"prv_password\":\"\"}", "{\"prv_password\": \"\"}", NULL},
        {"{\"a\":{\"secret\":\"unsupported\"}}", "{\"a\": {\"secret\": \"unsupported\"}}", NULL},
        {"{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":\"na\"}",
            "{\"PayloadType\": \"com.apple.security.pkcs12\", \"PayloadContent\": \"na\"}", NULL},
    };
    struct fixture *fixture = *state;
    char json[80];

    fixture_check(fixture, "content", "content", cases, FIXTURE_COUNT(cases));
    for (size_t i = 0; mask_nothing(i) != NULL; i++) {
        (void)snprintf(json, sizeof json, "{\"token\":\"%s\"}", mask_nothing(i));
        fixture_apply(fixture, json);
        fixture_shows(fixture, "content", NULL);
        (void)snprintf(json, sizeof json, "{\"token\": \"%s\"}", mask_nothing(i));
        fixture_shows(fixture, "extra", json);
    }
}

static void an_identity_loses_its_payload(void **state)
{
    static const char *const identities[] = {
        "{\"content\":[{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":\"" MARK
        "\"}]}",
        "{\"content\":[{\"PayloadContent\":\"" MARK
        "\",\"PayloadType\":\"com.apple.security.pkcs12\"}]}",
        "{\"content\":{\"payload_type\":\" COM.apple.security.PKCS12 "
        "\",\"payload-content\":[\"" MARK "\"]}}",
        "{\"content\":{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":{\"a\":"
        "\"" MARK "\"}}}",
        "{\"content\":{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadType\":\"x\","
        "\"PayloadContent\":\"" MARK "\"}}",
        "{\"new\":[[{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":\"" MARK
        "\"}]]}",
        "{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":\"" MARK "\"}",
        "{\"box\":{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":\"" MARK "\"}}",
        "{\"content\":{\"a\":{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":7,"
        "\"b\":{\"secret\":\"" MARK "\"}}}}",
    };

    for (size_t i = 0; i < FIXTURE_COUNT(identities); i++) {
        hides(*state, identities[i]);
    }
}

/* As decode/xml_tree makes elements of pairs where one of them is none. */
static void a_pair_loses_the_value_of_a_secret(void **state)
{
    static const struct fixture_case cases[] = {
        {"{\"entry\":[{\"key\":\"PKCS12_0\",\"value\":\"" MARK
         "\"},{\"key\":\"a\",\"value\":\"b\"}]}",
            "{\"entry\": [{\"key\": \"PKCS12_0\", \"value\": \"***\"}, {\"key\": \"a\", \"value\": "
            "\"b\"}]}",
            NULL},
        {"{\"Value\":[\"" MARK "\"],\"Key\":\"PSK\"}", "{\"Key\": \"PSK\", \"Value\": \"***\"}",
            NULL},
        {"{\"name\":\"Wi-Fi Password\",\"value\":\"" MARK "\"}",
            "{\"name\": \"Wi-Fi Password\", \"value\": \"***\"}", NULL},
        {"{\"key\":\"prv_password\",\"value\":\"ON\"}",
            "{\"key\": \"prv_password\", \"value\": \"ON\"}", NULL},
        {"{\"type\":\"WIFI_PASSWORD\",\"value\":\"" MARK "\"}",
            "{\"type\": \"WIFI_PASSWORD\", \"value\": \"***\"}", NULL},
        {"{\"type\":\"PASSWORD_LENGTH\",\"value\":\"6\"}",
            "{\"type\": \"PASSWORD_LENGTH\", \"value\": \"6\"}", NULL},
        {"{\"key\":[\"PSK\"],\"value\":\"a\"}", "{\"key\": [\"PSK\"], \"value\": \"a\"}", NULL},
        {"{\"key\":\"PSK\",\"inner\":{\"value\":\"a\"}}",
            "{\"key\": \"PSK\", \"inner\": {\"value\": \"a\"}}", NULL},
    };

    fixture_check(*state, "content", "content", cases, FIXTURE_COUNT(cases));
    hides(*state, "{\"key\":\"PSK\",\"value\":\"" MARK "\"}");
}

static void a_certificate_alone_is_no_secret(void **state)
{
    static const struct fixture_case cases[] = {
        {"{\"PayloadType\":\"com.apple.security.root\",\"PayloadContent\":\"MII\"}",
            "{\"PayloadType\": \"com.apple.security.root\", \"PayloadContent\": \"MII\"}", NULL},
        {"{\"PayloadType\":\"com.apple.security.pkcs1\",\"PayloadContent\":\"MII\"}",
            "{\"PayloadType\": \"com.apple.security.pkcs1\", \"PayloadContent\": \"MII\"}", NULL},
        {"{\"PayloadType\":[\"com.apple.security.pkcs12\"],\"PayloadContent\":\"MII\"}",
            "{\"PayloadType\": [\"com.apple.security.pkcs12\"], \"PayloadContent\": \"MII\"}",
            NULL},
        {"{\"PayloadType\":\"com.apple.security.pkcs12\",\"inner\":{\"PayloadContent\":\"MII\"}}",
            "{\"inner\": {\"PayloadContent\": \"MII\"}, \"PayloadType\": "
            "\"com.apple.security.pkcs12\"}",
            NULL},
    };

    fixture_check(*state, "content", "content", cases, FIXTURE_COUNT(cases));
}

static void extra_is_masked_everywhere(void **state)
{
    struct fixture *fixture = *state;

    hides(fixture, "{\"adminPassword\":\"" MARK "\",\"new\":{\"deep\":[{\"psk\":\"" MARK "\"}]},"
                   "\"box\":{\"rest\":{\"token\":\"" MARK "\"},\"PayloadType\":\"x\"}}");
    fixture_shows(fixture, "inner_type", "x");
    fixture_shows(fixture, "extra",
        "{\"box\": {\"rest\": {\"token\": \"***\"}}, \"new\": {\"deep\": [{\"psk\": \"***\"}]}, "
        "\"adminPassword\": \"***\"}");
}

/* A path took its type; the rest must still be known for an identity. */
static void an_identity_is_left_whole_for_its_masks(void **state)
{
    struct fixture *fixture = *state;

    hides(fixture,
        "{\"box\":{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadContent\":\"" MARK
        "\"}}");
    fixture_shows(fixture, "inner_type", "com.apple.security.pkcs12");
    fixture_shows(fixture, "extra",
        "{\"box\": {\"PayloadType\": \"com.apple.security.pkcs12\", \"PayloadContent\": \"***\"}}");
}

static void custom_attributes_are_the_users_own(void **state)
{
    struct fixture *fixture = *state;

    fixture_apply(fixture, "{\"ca\":{\"doorToken\":\"7\"}}");
    fixture_shows(fixture, "custom", "{\"doorToken\": \"7\"}");
}

static void masks_reach_to_any_depth(void **state)
{
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{\"content\":");
    for (int i = 0; i < CEILING_DEPTH - 2; i++) {
        buffer_append_text(&json, i % 2 == 0 ? "[" : "{\"a\":");
    }
    buffer_append_text(&json, "{\"password\":\"" MARK "\"}");
    for (int i = CEILING_DEPTH - 3; i >= 0; i--) {
        buffer_append_text(&json, i % 2 == 0 ? "]" : "}");
    }
    buffer_append_text(&json, "}");
    hides(*state, buffer_text(&json));
    buffer_release(&json);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_a_secrets_by_its_end),
        TEST(a_value_under_such_a_key_is_masked_whole),
        TEST(a_word_that_tells_nothing_stays),
        TEST(an_identity_loses_its_payload),
        TEST(a_pair_loses_the_value_of_a_secret),
        TEST(a_certificate_alone_is_no_secret),
        TEST(extra_is_masked_everywhere),
        TEST(an_identity_is_left_whole_for_its_masks),
        TEST(custom_attributes_are_the_users_own),
        TEST(masks_reach_to_any_depth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
