/* Rules of what v1 writes its own way: bitmaps of reasons, several properties that say one thing,
 * versions within texts, letters as numbers. */
#include "unit/mapping/fixture.h"

#include "base/zone.h"

static const char every_rule[] =
    "entity: thing\n"
    "key: 1\n"
    "columns:\n"
    "  - {name: tenant, type: text, rule: tenant}\n"
    "  - {name: why, type: 'text[]', cps: why, rule: reasons}\n"
    "  - {name: fine, type: boolean, cps: fine, rule: zero}\n"
    "  - {name: held, type: boolean, cps: held, rule: not_zero}\n"
    "  - {name: rooted, type: boolean, cps: [c, state, d], rule: compromised}\n"
    "  - {name: blocked, type: boolean, cps: [b, status, code], rule: blocked}\n"
    "  - {name: crypt, type: boolean, cps: [enc, caps], rule: encrypted}\n"
    "  - {name: version, type: text, cps: [os, platform], rule: version_in}\n"
    "  - {name: label, type: text, cps: label, rule: label}\n"
    "  - {name: guid, type: text, cps: guid, rule: guid}\n"
    "  - {name: ascii, type: boolean, cps: ascii, rule: ascii_boolean}\n"
    "  - {name: turned, type: boolean, cps: turned, rule: not}\n"
    "  - {name: some, type: 'text[]', cps: some, rule: one_or_more}\n"
    "  - {name: at, type: timestamptz, cps: at, rule: epoch_seconds}\n"
    "  - {name: word, type: text, cps: word, rule: one_of, otherwise: X,\n"
    "     words: [A, B=C, D*=E, '*=F', G=]}\n"
    "  - {name: only, type: text, cps: only, rule: platform, words: [IOS, OSX]}\n"
    "  - {name: os, type: text, cps: [made, kind], rule: platform, words: [IOS, OSX]}\n"
    "  - {name: extra, type: jsonb, rule: extra}\n";

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    fixture_open(fixture, str_of(every_rule));
    *state = fixture;
    return 0;
}

/* v1 guide, "Compliance, quarantinedStatus, and blockReason values", page 17: by the hexadecimal
 * values, as 8256 and 8272 are wrong for 0x2000 and 0x10. */
static void a_bitmap_is_the_names_of_its_bits(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"0\"", "{}", NULL},
        {"0", "{}", NULL},
        {"\"1\"", "{COMPROMISED}", NULL},
        {"\"2\"", "{OS_VERSION}", NULL},
        {"\"4\"", "{HW_VERSION}", NULL},
        {"\"8\"", "{DATA_PROTECTION}", NULL},
        {"\"16\"", "{POLICY_OUT_OF_DATE}", NULL},
        {"\"32\"", "{DEVICE_OUT_OF_CONTACT}", NULL},
        {"\"64\"", "{APP_CONTROL}", NULL},
        {"\"128\"", "{PER_MAILBOX_LIMIT}", NULL},
        {"\"256\"", "{NOT_REGISTERED}", NULL},
        {"\"512\"", "{MANUAL}", NULL},
        {"\"1024\"", "{EXCHANGE}", NULL},
        {"\"2048\"", "{DEVICE_ADMIN_DEACTIVE}", NULL},
        {"\"4096\"", "{DISALLOWED_APP_CONTROL}", NULL},
        {"\"8192\"", "{REQUIRED_APP_CONTROL}", NULL},
        {"\"16384\"", "{ALLOWED_APP_CONTROL}", NULL},
        {"\"32768\"", "{LOGGED_OUT}", NULL},
        {"\"65536\"", "{ATTESTATION_FAILED}", NULL},
        {"\"4194304\"", "{UNKNOWN}", NULL},
        {"\" 3 \"", "{COMPROMISED,OS_VERSION}", NULL},
        {"\"8256\"", "{APP_CONTROL,REQUIRED_APP_CONTROL}", NULL},
        {"\"131073\"", "{COMPROMISED,UNKNOWN_0x20000}", NULL},
        {"\"12582912\"", "{UNKNOWN,UNKNOWN_0x800000}", NULL},
        {"\"4611686018427387904\"", "{UNKNOWN_0x4000000000000000}", NULL},
        {"\"\"", NULL, NULL},
    };

    fixture_check(*state, "why", "why", cases, FIXTURE_COUNT(cases));
}

static void all_bits_have_a_name_each(void **state)
{
    fixture_apply(*state, "{\"why\":\"9223372036854775807\"}");
    assert_int_equal(fixture_cell(*state, "why")->list.count, 63);
}

static void what_is_no_bitmap_has_no_reasons(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"-1\"", NULL, "{\"why\": \"-1\"}"},
        {"\"0x10\"", NULL, "{\"why\": \"0x10\"}"},
        {"\"none\"", NULL, "{\"why\": \"none\"}"},
        {"\"1.0\"", NULL, "{\"why\": \"1.0\"}"},
        {"\"9223372036854775808\"", NULL, "{\"why\": \"9223372036854775808\"}"},
        {"[\"1\"]", NULL, "{\"why\": [\"1\"]}"},
        {"true", NULL, "{\"why\": true}"},
    };

    fixture_check(*state, "why", "why", cases, FIXTURE_COUNT(cases));
}

static void whether_there_is_a_reason_does_not_tell_which(void **state)
{
    static const struct fixture_case zero[] = {
        {"\"0\"", "true", "{\"fine\": \"0\"}"},
        {"\"16\"", "false", "{\"fine\": \"16\"}"},
        {"\"-1\"", NULL, "{\"fine\": \"-1\"}"},
        {"\"no\"", NULL, "{\"fine\": \"no\"}"},
        {"\"\"", NULL, NULL},
    };
    static const struct fixture_case not_zero[] = {
        {"\"0\"", "false", "{\"held\": \"0\"}"},
        {"\"16\"", "true", "{\"held\": \"16\"}"},
        {"\"-1\"", NULL, "{\"held\": \"-1\"}"},
        {"true", NULL, "{\"held\": true}"},
        {"\" \"", NULL, NULL},
    };

    fixture_check(*state, "fine", "fine", zero, FIXTURE_COUNT(zero));
    fixture_check(*state, "held", "held", not_zero, FIXTURE_COUNT(not_zero));
}

struct weighed {
    const char *json;
    const char *answer; /* NULL: NULL */
};

static void weighs(
    struct fixture *fixture, const char *column, const struct weighed *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fixture_apply(fixture, cases[i].json);
        fixture_shows(fixture, column, cases[i].answer);
        assert_int_equal(strcmp(cases[i].json, "{}") != 0, fixture_cell(fixture, "extra")->is_set);
    }
}

static void any_that_says_compromised_counts(void **state)
{
    static const struct weighed cases[] = {
        {"{}", NULL},
        {"{\"c\":\"0\"}", "false"},
        {"{\"c\":\"1\"}", "true"},
        {"{\"c\":\"2\"}", "false"},
        {"{\"c\":\"35\"}", "true"},
        {"{\"c\":\"-1\"}", NULL},
        {"{\"state\":\"Ok\"}", "false"},
        {"{\"state\":\"Compromised\"}", "true"},
        {"{\"state\":\"compromised\"}", "true"},
        {"{\"state\":\"0\"}", "true"},
        {"{\"state\":\"1\"}", "false"},
        {"{\"state\":\"2\"}", NULL},
        {"{\"state\":[\"0\"]}", NULL},
        {"{\"d\":\"true\"}", "true"},
        {"{\"d\":\"false\"}", "false"},
        {"{\"d\":\"perhaps\"}", NULL},
        {"{\"c\":\"0\",\"state\":\"Compromised\"}", "true"},
        {"{\"c\":\"0\",\"state\":\"Ok\",\"d\":\"true\"}", "true"},
        {"{\"c\":\"1\",\"state\":\"Ok\",\"d\":\"false\"}", "true"},
        {"{\"c\":\"x\",\"state\":\"1\"}", "false"},
    };

    weighs(*state, "rooted", cases, FIXTURE_COUNT(cases));
}

static void blocked_is_a_bitmap_or_a_status(void **state)
{
    static const struct weighed cases[] = {
        {"{}", NULL},
        {"{\"b\":\"0\"}", "false"},
        {"{\"b\":\"512\"}", "true"},
        {"{\"b\":\"-1\"}", NULL},
        {"{\"status\":\"ACTIVE\"}", NULL},
        {"{\"status\":\"BLOCKED\"}", "true"},
        {"{\"code\":\"98\"}", "true"},
        {"{\"code\":\"97\"}", NULL},
        {"{\"b\":\"0\",\"status\":\"ACTIVE\",\"code\":\"98\"}", "true"},
        {"{\"b\":\"0\",\"status\":\"ACTIVE\",\"code\":\"97\"}", "false"},
    };

    weighs(*state, "blocked", cases, FIXTURE_COUNT(cases));
}

static void encrypted_is_told_by_either_system(void **state)
{
    static const struct weighed cases[] = {
        {"{}", NULL},
        {"{\"enc\":\"on\"}", "true"},
        {"{\"enc\":\"off\"}", "false"},
        {"{\"enc\":\"unsupported\"}", NULL},
        {"{\"caps\":\"3\"}", "true"},
        {"{\"caps\":\"2\"}", "false"},
        {"{\"caps\":\"0\"}", "false"},
        {"{\"caps\":\"three\"}", NULL},
        {"{\"enc\":\"unsupported\",\"caps\":\"3\"}", "true"},
        {"{\"enc\":\"off\",\"caps\":\"3\"}", "false"},
    };

    weighs(*state, "crypt", cases, FIXTURE_COUNT(cases));
}

static void a_version_is_found_in_a_text(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"4.3.3\"", "4.3.3", NULL},
        {"\" 13 \"", "13", NULL},
        {"12", "12", NULL},
        {"\"\"", NULL, NULL},
        {"\"Android 4.4\"", "4.4", "{\"os\": \"Android 4.4\"}"},
        {"\"iPhone OS 5.0.1 (9A405)\"", "5.0.1", "{\"os\": \"iPhone OS 5.0.1 (9A405)\"}"},
        {"\"Windows Mobile 6.1 Standard\"", "6.1", "{\"os\": \"Windows Mobile 6.1 Standard\"}"},
        {"\"Mac OS X 10.11.\"", "10.11", "{\"os\": \"Mac OS X 10.11.\"}"},
        {"\"(8)\"", "8", "{\"os\": \"(8)\"}"},
        {"\"iPhone\"", NULL, "{\"os\": \"iPhone\"}"},
        {"\"iPhone3,1\"", "1", "{\"os\": \"iPhone3,1\"}"},
        {"\"8J3\"", NULL, "{\"os\": \"8J3\"}"},
        {"\"4.4W\"", NULL, "{\"os\": \"4.4W\"}"},
        {"\".5\"", NULL, "{\"os\": \".5\"}"},
        {"[\"4\"]", NULL, "{\"os\": [\"4\"]}"},
    };
    struct fixture *fixture = *state;

    fixture_check(fixture, "os", "version", cases, FIXTURE_COUNT(cases));
    fixture_apply(fixture, "{\"os\":\"iPhone\",\"platform\":\"iOS 9\"}");
    fixture_shows(fixture, "version", "9");
}

static void a_label_is_named_by_its_number(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"-3\"", "label:-3", NULL},
        {"\" 7 \"", "label:7", NULL},
        {"\"07\"", "label:7", NULL},
        {"9223372036854775807", "label:9223372036854775807", NULL},
        {"\"\"", NULL, "{\"label\": \"\"}"},
        {"\"a\"", NULL, "{\"label\": \"a\"}"},
        {"true", NULL, "{\"label\": true}"},
    };

    fixture_check(*state, "label", "label", cases, FIXTURE_COUNT(cases));
}

static void a_guid_is_text_in_lower_case(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"1D71E131-0487-4D1D-9A0D-89f2bd1a888d\"", GUID, NULL},
        {"\" " GUID " \"", GUID, NULL},
        {"\"\"", NULL, NULL},
        {"\"asdasd-34sd-234sdf-sfsdfd\"", NULL, "{\"guid\": \"asdasd-34sd-234sdf-sfsdfd\"}"},
        {"[\"" GUID "\"]", NULL, "{\"guid\": [\"" GUID "\"]}"},
    };

    fixture_check(*state, "guid", "guid", cases, FIXTURE_COUNT(cases));
}

/* v1 guide, "List of Countries": 116 is t, and 102 is f. */
static void letters_may_come_as_their_numbers(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"116\"", "true", NULL},
        {"102", "false", NULL},
        {"\"true\"", "true", NULL},
        {"\"off\"", "false", NULL},
        {"\"\"", NULL, NULL},
        {"\"115\"", NULL, "{\"ascii\": \"115\"}"},
        {"\"t\"", NULL, "{\"ascii\": \"t\"}"},
        {"[116]", NULL, "{\"ascii\": [116]}"},
    };

    fixture_check(*state, "ascii", "ascii", cases, FIXTURE_COUNT(cases));
}

static void a_boolean_may_be_turned_round(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"true\"", "false", NULL},
        {"\"false\"", "true", NULL},
        {"false", "true", NULL},
        {"\"\"", NULL, NULL},
        {"\"maybe\"", NULL, "{\"turned\": \"maybe\"}"},
    };

    fixture_check(*state, "turned", "turned", cases, FIXTURE_COUNT(cases));
}

static void one_alone_is_a_list_of_one(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"-4\"", "{-4}", NULL},
        {"[\"-4\",\"5\"]", "{-4,5}", NULL},
        {"[]", "{}", NULL},
        {"true", NULL, "{\"some\": true}"},
        {"{\"a\":1}", NULL, "{\"some\": {\"a\": 1}}"},
        {"[[]]", NULL, "{\"some\": [[]]}"},
    };

    fixture_check(*state, "some", "some", cases, FIXTURE_COUNT(cases));
}

/* v1 guide, "Get Analytics for AppConnect Apps": "in seconds", and the example 1381268056367. */
static void seconds_are_milliseconds_where_they_are_many(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"1381268056\"", "2013-10-08T21:34:16.000Z", NULL},
        {"\"1381268056367\"", "2013-10-08T21:34:16.367Z", NULL},
        {"0", "1970-01-01T00:00:00.000Z", NULL},
        {"-1", "1969-12-31T23:59:59.000Z", NULL},
        {"99999999999", "5138-11-16T09:46:39.000Z", NULL},
        {"100000000000", "1973-03-03T09:46:40.000Z", NULL},
        {"\"2013-10-08T21:34:16Z\"", "2013-10-08T21:34:16.000Z", NULL},
        {"\"10/8/2013 9:34:16 PM\"", "2013-10-08T21:34:16.000Z", NULL},
        {"\"\"", NULL, NULL},
        {"253402300800000", NULL, "{\"at\": 253402300800000}"},
        {"-9223372036854775808", NULL, "{\"at\": -9223372036854775808}"},
        {"-99999999999", NULL, "{\"at\": -99999999999}"},
        {"\"soon\"", NULL, "{\"at\": \"soon\"}"},
        {"[1]", NULL, "{\"at\": [1]}"},
    };

    fixture_check(*state, "at", "at", cases, FIXTURE_COUNT(cases));
}

/* The time zone is the server's, of times that carry none: v1 guide, "Device Details for
 * ActiveSync", and "Date Formats". */
static void a_time_without_a_zone_is_the_servers(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"7/6/2010 11:29:33 AM\"", "2010-07-06T09:29:33.000Z", NULL},
        {"\"01-12-2010 13:23:12\"", "2010-01-12T12:23:12.000Z", NULL},
        {"\"January 1, 2010, 00:00:00\"", "2009-12-31T23:00:00.000Z", NULL},
        {"\"2010-03-10T15:04:06+00:00\"", "2010-03-10T15:04:06.000Z", NULL},
        {"1278408573", "2010-07-06T09:29:33.000Z", NULL},
        {"\"31/12/2010 1:00:00 AM\"", NULL, "{\"at\": \"31/12/2010 1:00:00 AM\"}"},
    };
    struct zone *zone = NULL;
    struct error err = {0};
    struct fixture fixture;

    (void)state;
    assert_true(zone_new(&zone, "Europe/Berlin", &err));
    fixture_open_as(&fixture, str_of(every_rule),
        &(const struct mapper_options){.tenant = "acme", .kind = MAPPING_CORE, .zone = zone});
    fixture_check(&fixture, "at", "at", cases, FIXTURE_COUNT(cases));
    fixture_close(&fixture);
    zone_free(zone);
}

static void a_word_may_stand_for_another(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"a\"", "A", NULL},
        {"\"B\"", "C", NULL},
        {"\" b \"", "C", NULL},
        {"\"dab\"", "E", NULL},
        {"\"D\"", "E", NULL},
        {"\"*\"", "F", NULL},
        {"\"G\"", "", NULL},
        {"\"C\"", "X", "{\"word\": \"C\"}"},
        {"\"B=C\"", "X", "{\"word\": \"B=C\"}"},
        {"\"\"", "X", "{\"word\": \"\"}"},
        {"true", "X", "{\"word\": true}"},
    };

    fixture_check(*state, "word", "word", cases, FIXTURE_COUNT(cases));
}

static void words_limit_the_platforms(void **state)
{
    static const struct fixture_case cases[] = {
        {"\"iOS\"", "IOS", NULL},
        {"\"I\"", "IOS", NULL},
        {"\"iPod touch\"", "IOS", NULL},
        {"\"L\"", "OSX", NULL},
        {"\"Android\"", "UNKNOWN", "{\"only\": \"Android\"}"},
        {"\"Web Clip\"", "UNKNOWN", "{\"only\": \"Web Clip\"}"},
    };

    fixture_check(*state, "only", "only", cases, FIXTURE_COUNT(cases));
}

/* v1 has a device's platform twice: in words, which may be any, and as a code. */
static void an_unknown_platform_leaves_it_to_the_next_property(void **state)
{
    static const char *const cases[][3] = {
        {"{\"made\":\"Fire OS\",\"kind\":\"L\"}", "OSX", "{\"made\": \"Fire OS\"}"},
        {"{\"made\":\"Android\",\"kind\":\"I\"}", "IOS", "{\"made\": \"Android\"}"},
        {"{\"made\":\"\",\"kind\":\"I\"}", "IOS", "{\"made\": \"\"}"},
        {"{\"made\":\"macOS\",\"kind\":\"I\"}", "OSX", "{\"kind\": \"I\"}"},
        {"{\"made\":\"Fire OS\",\"kind\":\"x\"}", "UNKNOWN",
            "{\"kind\": \"x\", \"made\": \"Fire OS\"}"},
        {"{\"kind\":\"x\"}", "UNKNOWN", "{\"kind\": \"x\"}"},
        {"{}", NULL, NULL},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        fixture_apply(fixture, cases[i][0]);
        fixture_shows(fixture, "os", cases[i][1]);
        fixture_shows(fixture, "extra", cases[i][2]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_bitmap_is_the_names_of_its_bits),
        TEST(all_bits_have_a_name_each),
        TEST(what_is_no_bitmap_has_no_reasons),
        TEST(whether_there_is_a_reason_does_not_tell_which),
        TEST(any_that_says_compromised_counts),
        TEST(blocked_is_a_bitmap_or_a_status),
        TEST(encrypted_is_told_by_either_system),
        TEST(a_version_is_found_in_a_text),
        TEST(a_label_is_named_by_its_number),
        TEST(a_guid_is_text_in_lower_case),
        TEST(letters_may_come_as_their_numbers),
        TEST(a_boolean_may_be_turned_round),
        TEST(one_alone_is_a_list_of_one),
        TEST(seconds_are_milliseconds_where_they_are_many),
        cmocka_unit_test(a_time_without_a_zone_is_the_servers),
        TEST(a_word_may_stand_for_another),
        TEST(words_limit_the_platforms),
        TEST(an_unknown_platform_leaves_it_to_the_next_property),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
