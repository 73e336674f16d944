/* Rules that bring the servers' spellings to one: thumbprints, names, platforms, LDAP. */
#include "unit/mapping/fixture.h"

static const char every_rule[] =
    "entity: thing\n"
    "key: 1\n"
    "columns:\n"
    "  - {name: tenant, type: text, rule: tenant}\n"
    "  - {name: print, type: text, cps: print, rule: hexadecimal}\n"
    "  - {name: cn, type: text, cps: dn, rule: common_name}\n"
    "  - {name: dn, type: text, cps: dn}\n"
    "  - {name: lone_cn, type: text, cps: lone, rule: common_name}\n"
    "  - {name: platform, type: text, cps: platform, rule: platform}\n"
    "  - {name: open, type: boolean, cps: rule, rule: false_if_present}\n"
    "  - {name: ldap, type: jsonb, cps: [ldap, more], rule: ldap_attributes}\n"
    "  - {name: extra, type: jsonb, rule: extra}\n";

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    fixture_open(fixture, str_of(every_rule));
    *state = fixture;
    return 0;
}

static void a_thumbprint_is_lower_case_digits(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"BF0670CF\"", "bf0670cf", NULL},
        {"\"bf:06:70:cf\"", "bf0670cf", NULL},
        {"\" BF 06 70 CF \"", "bf0670cf", NULL},
        {"12345678", "12345678", NULL},
        {"\"\"", NULL, NULL},
        {"\" \"", NULL, NULL},
        {"\":\"", NULL, "{\"print\": \":\"}"},
        {"\"bf-06\"", NULL, "{\"print\": \"bf-06\"}"},
        {"\"xyz\"", NULL, "{\"print\": \"xyz\"}"},
        {"-12", NULL, "{\"print\": -12}"},
        {"true", NULL, "{\"print\": true}"},
        {"[\"bf\"]", NULL, "{\"print\": [\"bf\"]}"},
    };

    fixture_check(*state, "print", "print", cases, FIXTURE_COUNT(cases));
}

static void the_first_common_name_counts(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"CN=a\"", "a", NULL},
        {"\"C=US,O=Acme,CN=a,CN=b\"", "a", NULL},
        {"\"cn = a b , OU=c\"", "a b", NULL},
        {"\"OU=x+CN=a;C=US\"", "a", NULL},
        {"\"CN=a/b=c\"", "a/b=c", NULL},
        {"\"OU=a,DNCN=x\"", NULL, NULL},
        {"\"OU=CN\"", NULL, NULL},
        {"\"CN\"", NULL, NULL},
        {"\"CN=\"", NULL, NULL},
        {"\"CN=  ,OU=a\"", NULL, NULL},
        {"\"\"", NULL, NULL},
        {"\"just a name\"", NULL, NULL},
        {"7", NULL, NULL},
    };

    fixture_check(*state, "dn", "cn", cases, FIXTURE_COUNT(cases));
}

/* RFC 4514, 2.4 and 3; quotes are RFC 2253's elder form. */
static void escapes_and_quotes_of_a_name_are_undone(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"CN=Acme\\\\, Inc.,O=x\"", "Acme, Inc.", NULL},
        {"\"O=x\\\\,CN=no,CN=yes\"", "yes", NULL},
        {"\"O=\\\"x,CN=no\\\",CN=yes\"", "yes", NULL},
        {"\"CN=\\\"Acme, Inc.\\\";O=x\"", "Acme, Inc.", NULL},
        {"\"CN=\\\" a \\\" ,O=x\"", " a ", NULL},
        {"\"CN=\\\"a\\\\\\\"b\\\"\"", "a\"b", NULL},
        {"\"CN=a\\\\20\"", "a ", NULL},
        {"\"CN=\\\\ a\\\\ \"", " a ", NULL},
        {"\"CN=J\\\\C3\\\\BCrgen\"", "J\xC3\xBCrgen", NULL},
        {"\"CN=J\xC3\xBCrgen\"", "J\xC3\xBCrgen", NULL},
        {"\"CN=a\\\\\"", "a", NULL},
        {"\"CN=a\\\\C\"", "aC", NULL},
        {"\"CN=\\\"open\"", "open", NULL},
    };

    fixture_check(*state, "dn", "cn", cases, FIXTURE_COUNT(cases));
}

static void a_common_name_that_is_no_text_is_null(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"CN=a\\\\00b\"", NULL, NULL},
        {"\"CN=\\\\C3\"", NULL, NULL},
        {"\"CN=\\\\ED\\\\A0\\\\80\"", NULL, NULL},
        {"\"CN=\\\\FF\"", NULL, NULL},
        {"{\"CN\":\"a\"}", NULL, "{\"dn\": {\"CN\": \"a\"}}"},
        {"[\"CN=a\"]", NULL, "{\"dn\": [\"CN=a\"]}"},
    };

    fixture_check(*state, "dn", "cn", cases, FIXTURE_COUNT(cases));
}

static void a_common_name_does_not_tell_the_whole_name(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"CN=a,O=b\"", "a", "{\"lone\": \"CN=a,O=b\"}"},
        {"\"O=b\"", NULL, "{\"lone\": \"O=b\"}"},
    };

    fixture_check(*state, "lone", "lone_cn", cases, FIXTURE_COUNT(cases));
}

static void a_platform_has_one_word(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"Android\"", "ANDROID", NULL},
        {"\"ANDROID\"", "ANDROID", NULL},
        {"\"Android Enterprise\"", "ANDROID", NULL},
        {"\"iOS\"", "IOS", NULL},
        {"\"iPadOS\"", "IOS", NULL},
        {"\"iPhone OS\"", "IOS", NULL},
        {"\"Mac OS X\"", "OSX", NULL},
        {"\"macOS\"", "OSX", NULL},
        {"\"OSX\"", "OSX", NULL},
        {"\"OS X\"", "OSX", NULL},
        {"\" Windows \"", "WINDOWS", NULL},
        {"\"WINDOWS_PHONE\"", "WINDOWS", NULL},
        {"\"WEBAPPS\"", "WEBAPPS", NULL},
        {"\"Web Application\"", "WEBAPPS", NULL},
        {"\"web-apps\"", "WEBAPPS", NULL},
        {"\"Web Clip\"", "WEBAPPS", NULL},
    };

    fixture_check(*state, "platform", "platform", cases, FIXTURE_COUNT(cases));
}

static void what_a_platform_does_not_tell_stays_in_extra(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"Android 4.4\"", "ANDROID", "{\"platform\": \"Android 4.4\"}"},
        {"\"iPhone OS 5.0.1 (9A405)\"", "IOS", "{\"platform\": \"iPhone OS 5.0.1 (9A405)\"}"},
        {"\"Windows10\"", "WINDOWS", "{\"platform\": \"Windows10\"}"},
        {"\"macOS (arm)\"", "OSX", "{\"platform\": \"macOS (arm)\"}"},
        {"\"iPad mini\"", "IOS", "{\"platform\": \"iPad mini\"}"},
        {"\"iPad13,4\"", "IOS", "{\"platform\": \"iPad13,4\"}"},
        {"\"iPad Pro, 11-inch\"", "IOS", "{\"platform\": \"iPad Pro, 11-inch\"}"},
        {"\"IPHONE SE\"", "IOS", "{\"platform\": \"IPHONE SE\"}"},
        {"\"iPod nano\"", "IOS", "{\"platform\": \"iPod nano\"}"},
        {"\"an iPad\"", "UNKNOWN", "{\"platform\": \"an iPad\"}"},
        {"\"Fire OS\"", "UNKNOWN", "{\"platform\": \"Fire OS\"}"},
        {"\"iOS/macOS\"", "UNKNOWN", "{\"platform\": \"iOS/macOS\"}"},
        {"\"iosx\"", "UNKNOWN", "{\"platform\": \"iosx\"}"},
        {"\"\"", "UNKNOWN", "{\"platform\": \"\"}"},
        {"\"an android that has very many more letters than any\"", "UNKNOWN",
            "{\"platform\": \"an android that has very many more letters than any\"}"},
        {"1", "UNKNOWN", "{\"platform\": 1}"},
        {"[\"iOS\"]", "UNKNOWN", "{\"platform\": [\"iOS\"]}"},
    };

    fixture_check(*state, "platform", "platform", cases, FIXTURE_COUNT(cases));
}

static void what_is_there_says_no_and_is_kept(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"A EQ 'b'\"", "false", "{\"rule\": \"A EQ 'b'\"}"},
        {"1", "false", "{\"rule\": 1}"},
        {"{}", "false", "{\"rule\": {}}"},
        {"\" \"", NULL, "{\"rule\": \" \"}"},
        {"null", NULL, NULL},
    };

    fixture_check(*state, "rule", "open", cases, FIXTURE_COUNT(cases));
}

#define GUID_DIGITS "3f21d95b1cabcf4981117afab7d2ab6a"

static void ldap_attributes_have_lower_case_names(void **state)
{
    static const struct fixture_case cases[] = {
        {"{\"mailNickname\":\"Fred\",\"n\":null,\"list\":[\"A\"]}",
            "{\"n\": null, \"list\": [\"A\"], \"mailnickname\": \"Fred\"}", NULL},
        {"{\"CN\":\"a\",\"cn\":\"b\",\"Cn\":\"c\"}", "{\"cn\": \"c\"}", NULL},
        {"{\"nested\":{\"Kept\":1}}", "{\"nested\": {\"Kept\": 1}}", NULL},
        {"{\"userPassword\":\"x\"}", "{\"userpassword\": \"x\"}", NULL},
        {"{\"\xC3\x84\":1}", "{\"\xC3\x84\": 1}", NULL},
        {"{}", "{}", NULL},
        {"[{\"CN\":\"a\"}]", NULL, "{\"ldap\": [{\"CN\": \"a\"}]}"},
        {"\"CN=a\"", NULL, "{\"ldap\": \"CN=a\"}"},
    };
    struct fixture *fixture = *state;

    fixture_check(fixture, "ldap", "ldap", cases, FIXTURE_COUNT(cases));
    fixture_apply(fixture, "{\"ldap\":1,\"more\":{\"A\":1}}");
    fixture_shows(fixture, "ldap", "{\"a\": 1}");
    fixture_shows(fixture, "extra", "{\"ldap\": 1}");
}

static void an_objectguid_is_32_digits(void **state)
{
    static const char *const forms[] = {
        "\"3F21D95B1CABCF4981117AFAB7D2AB6A\"",
        "\"\\\\3f\\\\21\\\\d9\\\\5b\\\\1c\\\\ab\\\\cf\\\\49\\\\81\\\\11\\\\7a\\\\fa\\\\b7\\\\d2"
        "\\\\ab\\\\6a\"",
        "\"\\\\\\\\3f\\\\\\\\21\\\\d9\\\\5b\\\\1c\\\\ab\\\\cf\\\\49\\\\81\\\\11\\\\7a\\\\fa\\\\b7"
        "\\\\d2\\\\ab\\\\6a\"",
        "\"{3f21d95b-1cab-cf49-8111-7afab7d2ab6a}\"",
        "\"3f21d95b-1cab-cf49-8111-7afab7d2ab6a\"",
    };
    static const struct fixture_case others[] = {
        {"{\"objectguid\":\"3f21\"}", "{\"objectguid\": \"3f21\"}", NULL},
        {"{\"objectguid\":\"" GUID_DIGITS "0\"}", "{\"objectguid\": \"" GUID_DIGITS "0\"}", NULL},
        {"{\"objectguid\":\"PyHZWxyrz0mBEXr6t9Kragxx\"}",
            "{\"objectguid\": \"PyHZWxyrz0mBEXr6t9Kragxx\"}", NULL},
        {"{\"objectGuid\":12345678901234567890123456789012}",
            "{\"objectguid\": \"12345678901234567890123456789012\"}", NULL},
        {"{\"objectguid\":[\"a\"]}", "{\"objectguid\": [\"a\"]}", NULL},
        {"{\"objectguid\":null}", "{\"objectguid\": null}", NULL},
        {"{\"objectguids\":\"3F\"}", "{\"objectguids\": \"3F\"}", NULL},
    };
    struct fixture *fixture = *state;
    char json[200];

    for (size_t i = 0; i < FIXTURE_COUNT(forms); i++) {
        (void)snprintf(json, sizeof json, "{\"ldap\":{\"objectGUID\":%s}}", forms[i]);
        fixture_apply(fixture, json);
        fixture_shows(fixture, "ldap", "{\"objectguid\": \"" GUID_DIGITS "\"}");
    }
    fixture_check(fixture, "ldap", "ldap", others, FIXTURE_COUNT(others));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_thumbprint_is_lower_case_digits),
        TEST(the_first_common_name_counts),
        TEST(escapes_and_quotes_of_a_name_are_undone),
        TEST(a_common_name_that_is_no_text_is_null),
        TEST(a_common_name_does_not_tell_the_whole_name),
        TEST(a_platform_has_one_word),
        TEST(what_a_platform_does_not_tell_stays_in_extra),
        TEST(what_is_there_says_no_and_is_kept),
        TEST(ldap_attributes_have_lower_case_names),
        TEST(an_objectguid_is_32_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
