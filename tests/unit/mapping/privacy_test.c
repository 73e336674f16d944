/* Personal values: every place of one, every spelling, and nothing of it left. */
#include "unit/mapping/fixture.h"

#include "base/hash.h"

/* What must never come out. */
#define PHONE "4085551212"
#define IMEI "353778083456461"

static const char things[] =
    "entity: thing\nkey: 2\ncolumns:\n"
    "  - {name: tenant, type: text, rule: tenant}\n"
    "  - {name: device_id, type: text, rule: device_id, cps: [deviceGuid, identifier]}\n"
    "  - {name: identifier, type: text, cps: identifier}\n"
    "  - {name: phone, type: text, cps: phone, rule: not_a_word, words: [PDA]}\n"
    "  - {name: imei, type: text, cps: imei, rule: digits, words: [na]}\n"
    "  - {name: mac, type: text, cps: mac, rule: mac_address, words: [na]}\n"
    "  - {name: user, type: text, cps: user}\n"
    "  - {name: mail, type: text, cps: mail}\n"
    "  - {name: os, type: text, cps: os, rule: one_of, words: [IOS, JDOE], otherwise: UNKNOWN}\n"
    "  - {name: model, type: text, cps: model}\n"
    "  - {name: seen, type: timestamptz, cps: seen}\n"
    "  - {name: details, type: jsonb, cps: details}\n"
    "  - {name: note, type: text, cps: note}\n"
    "  - {name: extra, type: jsonb, rule: extra}\n"
    "personal:\n"
    "  - {value: phone, form: phone, at: [phone, .mobile]}\n"
    "  - {value: imei, form: imei, at: [imei, details.imei]}\n"
    "  - {value: mac, form: mac, at: mac}\n"
    "  - {value: user, at: user}\n"
    "  - {value: mail, form: email, at: mail}\n"
    "  - {value: device_name, search: texts, at: details.DeviceName}\n"
    "  - {value: note, search: nowhere, at: note}\n"
    "  - {value: everything, search: nowhere, at: secret.}\n"
    "  - {value: coordinates, search: nowhere, at: [details.latitude]}\n"
    "texts: [name, details.DeviceName, free.]\n";

#define KEY_OF_HASHES "0123456789abcdef"

enum { MOST_CHOICES = 16 };

/* A mapper of that voice with these choices: "imei hash, phone drop". */
static void open_voice(struct fixture *fixture, struct str mapping, enum mapping_voice voice,
    const char *text, const char *key)
{
    static char words[512];
    struct privacy_choice choices[MOST_CHOICES];
    char *rest = NULL;
    struct privacy_settings settings = {choices, 0, {key, key != NULL ? strlen(key) : 0}};
    const struct mapper_options options = {.tenant = "acme",
        .kind = voice == MAPPING_V1 ? MAPPING_CORE : MAPPING_CLOUD,
        .voice = voice,
        .privacy = &settings};

    (void)snprintf(words, sizeof words, "%s", text);
    for (char *kind = strtok_r(words, " ,", &rest); kind != NULL;
         kind = strtok_r(NULL, " ,", &rest)) {
        choices[settings.count++] = (struct privacy_choice){
            kind, strcmp(strtok_r(NULL, " ,", &rest), "hash") == 0 ? PRIVACY_HASH : PRIVACY_DROP};
    }
    fixture_open_as(fixture, mapping, &options);
}

static void open_with(
    struct fixture *fixture, struct str mapping, const char *text, const char *key)
{
    open_voice(fixture, mapping, MAPPING_CPS, text, key);
}

static void open_things(struct fixture *fixture, const char *choices)
{
    open_with(fixture, str_of(things), choices, KEY_OF_HASHES);
}

static const char *hash_of_text(const char *normal)
{
    static char hex[33];
    struct hash_keyed *keyed = NULL;
    uint8_t digest[HASH_SIZE];
    struct error err = {0};

    assert_true(hash_keyed_new(&keyed, str_of(KEY_OF_HASHES), &err));
    assert_true(hash_keyed_of(keyed, str_of(normal), digest, &err));
    hash_keyed_free(keyed);
    hash_write_hex(digest, 16, hex);
    return hex;
}

/* Shows the column of a record of these members; what is expected may hold one %s for the hash of
 * `normal`. */
static void shows(struct fixture *fixture, const char *members, const char *column,
    const char *expected, const char *normal)
{
    char json[1024];
    char text[1024];
    const char *mark = expected != NULL ? strstr(expected, "%s") : NULL;

    (void)snprintf(json, sizeof json, "{" KEY ",%s}", members);
    fixture_apply(fixture, json);
    if (mark != NULL) {
        (void)snprintf(text, sizeof text, "%.*s%s%s", (int)(mark - expected), expected,
            hash_of_text(normal), mark + 2);
    }
    fixture_shows(fixture, column, mark != NULL ? text : expected);
}

static void all_spellings_have_one_hash(void **state)
{
    static const struct {
        const char *members;
        const char *column;
        const char *normal;
    } cases[] = {
        {"\"imei\":\"35 377808 345646 1\"", "imei", IMEI},
        {"\"imei\":\"IMEI:" IMEI "\"", "imei", IMEI},
        {"\"imei\":\"" IMEI "\"", "imei", IMEI},
        {"\"imei\":" IMEI, "imei", IMEI},
        {"\"imei\":\"A00000226EBF9F\"", "imei", "a00000226ebf9f"},
        {"\"mac\":\"B0-65-BD-33-FE-2B\"", "mac", "b065bd33fe2b"},
        {"\"mac\":\"b065.bd33.fe2b\"", "mac", "b065bd33fe2b"},
        {"\"phone\":\"+49 (171) 816-9911\"", "phone", "491718169911"},
        {"\"phone\":\"0049 171/8169911\"", "phone", "491718169911"},
        {"\"mail\":\" JDoe@Acme.example \"", "mail", "jdoe@acme.example"},
        {"\"user\":\"JDoe\"", "user", "JDoe"},
    };
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "imei hash,mac hash,phone hash,mail hash,user hash");
    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        shows(&fixture, cases[i].members, cases[i].column, "%s", cases[i].normal);
        shows(&fixture, cases[i].members, "extra", NULL, "");
    }
    fixture_close(&fixture);
}

static void what_is_dropped_was_never_there(void **state)
{
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "imei drop,phone drop,everything drop");
    shows(&fixture, "\"imei\":\"" IMEI "\"", "imei", NULL, "");
    shows(&fixture, "\"imei\":\"" IMEI "\"", "extra", NULL, "");
    shows(&fixture, "\"imei\":{\"x\":\"" IMEI "\"}", "extra", NULL, "");
    shows(&fixture, "\"imei\":true,\"a\":1", "extra", "{\"a\": 1}", "");
    shows(&fixture, "\"details\":{\"IMEI\":\"x1\",\"a\":\"b\"}", "details", "{\"a\": \"b\"}", "");
    shows(&fixture, "\"details.imei\":\"x1\",\"a\":1", "extra", "{\"a\": 1}", "");
    shows(&fixture, "\"a\":[{\"b\":{\"Mobile\":\"1\",\"c\":2}}]", "extra",
        "{\"a\": [{\"b\": {\"c\": 2}}]}", "");
    shows(&fixture, "\"secret\":{\"a\":{\"b\":[1]}},\"x\":1", "extra", "{\"x\": 1}", "");
    /* A member of the same name elsewhere is another. */
    shows(&fixture, "\"x\":{\"imei\":\"12\"}", "extra", "{\"x\": {\"imei\": \"12\"}}", "");
    fixture_close(&fixture);
}

static void a_hash_is_of_texts_and_numbers(void **state)
{
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "imei hash");
    shows(&fixture, "\"imei\":[\"" IMEI "\",true]", "extra", "{\"imei\": [\"%s\", true]}", IMEI);
    shows(&fixture, "\"imei\":{\"a\":\"" IMEI "\"}", "extra", "{\"imei\": {\"a\": \"%s\"}}", IMEI);
    shows(&fixture, "\"imei\":false", "extra", "{\"imei\": false}", "");
    shows(&fixture, "\"imei\":null", "extra", NULL, "");
    fixture_close(&fixture);
}

/* As decode/xml_tree makes elements of pairs where one of them is none. */
static void a_pair_has_the_place_of_its_key(void **state)
{
    static const char pairs[] =
        "\"details\":{\"entry\":[{\"key\":\"imei\",\"value\":\"" IMEI
        "\"},{\"value\":\"+1 408 555 1212\",\"key\":\"mobile\"},{\"key\":\"a\",\"value\":\"b\"},"
        "{\"key\":\"DeviceName\",\"value\":\"call 650 555 0142\"},{\"value\":\"c\"}]}";
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "imei drop, phone drop");
    shows(&fixture, pairs, "details",
        "{\"entry\": [{\"key\": \"imei\"}, {\"key\": \"mobile\"}, {\"key\": \"a\", \"value\": "
        "\"b\"}, {\"key\": \"DeviceName\", \"value\": \"call ***\"}, {\"value\": \"c\"}]}",
        NULL);
    fixture_close(&fixture);
    open_things(&fixture, "imei hash");
    shows(&fixture, "\"details\":{\"entry\":{\"key\":\"imei\",\"value\":\"" IMEI "\"},\"x\":\"y\"}",
        "details", "{\"x\": \"y\", \"entry\": {\"key\": \"imei\", \"value\": \"%s\"}}", IMEI);
    fixture_close(&fixture);
}

static void what_says_that_there_is_none_stays(void **state)
{
    static const char *const none[] = {"na", "N/A", "(null)", "PDA", "PDA 2", "***", "", " ", "-"};
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "imei hash,phone drop");
    for (size_t i = 0; i < FIXTURE_COUNT(none); i++) {
        char members[200];
        char expected[200];

        (void)snprintf(members, sizeof members, "\"details\":{\"imei\":\"%s\",\"mobile\":\"%s\"}",
            none[i], none[i]);
        (void)snprintf(
            expected, sizeof expected, "{\"imei\": \"%s\", \"mobile\": \"%s\"}", none[i], none[i]);
        shows(&fixture, members, "details", expected, "");
    }
    shows(&fixture, "\"imei\":\"na\"", "imei", NULL, "");
    fixture_close(&fixture);
}

static void a_value_is_found_wherever_else_it_stands(void **state)
{
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "imei hash,user hash");
    shows(&fixture, "\"imei\":\"35 377808 345646 1\",\"x\":{\"y\":[\"IMEI:" IMEI "\"]}", "extra",
        "{\"x\": {\"y\": [\"%s\"]}}", IMEI);
    shows(&fixture, "\"imei\":\"" IMEI "\",\"x\":" IMEI, "extra", "{\"x\": \"%s\"}", IMEI);
    shows(&fixture, "\"imei\":\"" IMEI "\",\"x\":\"a35-377808-345646-1b\"", "extra",
        "{\"x\": \"a%sb\"}", IMEI);
    shows(&fixture, "\"user\":\"jdoe\",\"mail\":\"JDOE@acme.example\"", "mail", "%s@acme.example",
        "jdoe");
    /* A short one is to be a word of its own, and a word of a list is no person. */
    shows(&fixture, "\"user\":\"jdoe\",\"model\":\"jdoes\"", "model", "jdoes", "");
    shows(&fixture, "\"user\":\"jdoe\",\"os\":\"JDOE\"", "os", "JDOE", "");
    shows(&fixture, "\"user\":\"a\",\"model\":\"a\"", "model", "a", "");
    fixture_close(&fixture);
    open_things(&fixture, "imei drop");
    shows(&fixture, "\"imei\":\"" IMEI "\",\"x\":\"" IMEI "\",\"y\":\"<" IMEI ">\"", "extra",
        "{\"y\": \"<***>\"}", "");
    shows(&fixture, "\"imei\":\"" IMEI "\",\"x\":[\"" IMEI "\",1]", "extra", "{\"x\": [1]}", "");
    fixture_close(&fixture);
}

static void texts_are_read_for_what_looks_like_one(void **state)
{
    static const struct {
        const char *text;
        const char *expected;
    } cases[] = {
        {"jdoe:Android 4.4:6505551212", "jdoe:Android 4.4:***"},
        {"WARNING::Memory size exceeded 1% for Phone #: 14085551212 (miadmin), Total: 154.86MB",
            "WARNING::Memory size exceeded 1% for Phone #: *** (miadmin), Total: 154.86MB"},
        {"call +49 (171) 816-9911 or 555-1212.", "call +*** or ***."},
        {"12345678901234567 is no number", "12345678901234567 is no number"},
        {"123456", "123456"},
        {"mail j.doe+x@acme.example, please", "mail ***, please"},
        {"at b0:65:bd:33:fe:2b", "at ***"},
        {"of b0:65:bd:33:fe:2b:00:11", "of b0:65:bd:33:fe:2b:00:11"},
        {"", ""},
    };
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "phone drop,mail drop,mac drop");
    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        char members[400];
        char expected[400];

        (void)snprintf(members, sizeof members, "\"name\":\"%s\"", cases[i].text);
        (void)snprintf(expected, sizeof expected, "{\"name\": \"%s\"}", cases[i].expected);
        shows(&fixture, members, "extra", expected, "");
        (void)snprintf(members, sizeof members, "\"free\":{\"a\":[{\"b\":\"%s\"}]}", cases[i].text);
        (void)snprintf(
            expected, sizeof expected, "{\"free\": {\"a\": [{\"b\": \"%s\"}]}}", cases[i].expected);
        shows(&fixture, members, "extra", expected, "");
    }
    /* An address of e-mail is one anywhere; digits alone may be anything. */
    shows(&fixture, "\"user\":\"jdoe@acme.example\"", "user", NULL, "");
    shows(&fixture, "\"user\":\"12345678\"", "user", "12345678", "");
    fixture_close(&fixture);
}

static void a_number_in_a_text_is_the_known_one(void **state)
{
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "phone hash");
    shows(&fixture, "\"phone\":\"" PHONE "\",\"name\":\"x:1 408 555-1212\"", "extra",
        "{\"name\": \"x:%s\"}", PHONE);
    shows(&fixture, "\"name\":\"x:+1 408 555-1212\"", "extra", "{\"name\": \"x:+%s\"}",
        "14085551212");
    fixture_close(&fixture);
}

/* What no rule takes is in `extra`, and may be any text. */
static void a_plain_property_is_one_by_its_value(void **state)
{
    static const char *const kept[] = {"\"ios\"", "\"JDOE\"", "4085551212"};
    static const char *const times[] = {
        "\"2024-05-06T07:08:09Z\"", "\"1714979289000\"", "1714979289000", "true", "\"\""};
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "phone drop,mail drop");
    for (size_t i = 0; i < FIXTURE_COUNT(times); i++) {
        char members[100];

        (void)snprintf(members, sizeof members, "\"seen\":%s", times[i]);
        shows(&fixture, members, "extra", strcmp(times[i], "true") == 0 ? "{\"seen\": true}" : NULL,
            "");
    }
    for (size_t i = 0; i < FIXTURE_COUNT(kept); i++) {
        char members[100];

        (void)snprintf(members, sizeof members, "\"os\":%s", kept[i]);
        shows(&fixture, members, "os", i == 0 ? "IOS" : i == 1 ? "JDOE" : "UNKNOWN", "");
    }
    shows(&fixture, "\"seen\":\"call 4085551212\"", "extra", "{\"seen\": \"call ***\"}", "");
    shows(&fixture, "\"seen\":\"by mark@acme.example\"", "extra", "{\"seen\": \"by ***\"}", "");
    shows(&fixture, "\"seen\":\"mark@acme.example\"", "extra", NULL, "");
    shows(&fixture, "\"seen\":[\"to 4085551212\",{\"a\":{\"b\":\"at 4085551212\"}}]", "extra",
        "{\"seen\": [\"to ***\", {\"a\": {\"b\": \"at ***\"}}]}", "");
    shows(&fixture, "\"os\":\"of 4085551212\"", "extra", "{\"os\": \"of ***\"}", "");
    shows(&fixture, "\"phone\":\"" PHONE "\",\"seen\":\"x-" PHONE "\"", "extra",
        "{\"seen\": \"x-***\"}", "");
    fixture_close(&fixture);
    /* A column of words has no hash for one. */
    open_things(&fixture, "mail hash");
    shows(&fixture, "\"os\":\"mark@acme.example\"", "os", "UNKNOWN", "");
    shows(
        &fixture, "\"os\":\"mark@acme.example\"", "extra", "{\"os\": \"%s\"}", "mark@acme.example");
    fixture_close(&fixture);
}

/* The shipped file of devices, as v1 writes texts where something else belongs. */
static void what_v1_writes_amiss_is_searched(void **state)
{
    struct fixture fixture;

    (void)state;
    open_voice(&fixture, fixture_shipped("device.yaml"), MAPPING_V1,
        "phone_number drop,email_address drop", NULL);
    fixture_apply(&fixture,
        "{\"uuid\":\"" GUID "\",\"mdmManaged\":\"mark@acme.example\",\"compliance\":\"ask "
        "+4915112345678\",\"lastConnectedAt\":\"call 015112345678\",\"status\":\"of "
        "015112345678\",\"quarantinedStatus\":\"64\",\"platform\":\"Windows 10.0.19045.3570\"}");
    fixture_shows(
        &fixture, "extra", "{\"compliance\": \"ask +***\", \"lastConnectedAt\": \"call ***\"}");
    fixture_shows(&fixture, "source_status", "of ***");
    fixture_shows(&fixture, "os_version", "10.0.19045.3570");
    fixture_shows(&fixture, "quarantine_code", "64");
    fixture_close(&fixture);
}

/* v1 guide, "Get Analytics for AppConnect Apps": a folder is called by a device ID. */
static void the_device_of_a_session_may_be_a_number_of_its_hardware(void **state)
{
    static const struct {
        const char *choice;
        const char *device;
        const char *normal; /* NULL: it stays */
    } cases[] = {
        {"serial_number drop", "F9FJ3-X7DTTN", "f9fj3x7dttn"},
        {"serial_number hash", "F9FJ3X7DTTN", "f9fj3x7dttn"},
        {"serial_number drop", "1D71E131-0487-4D1D-9A0D-89F2BD1A888D", NULL},
        {"imei drop", "35377808-3456461", NULL},
        {"imei drop", IMEI, IMEI},
        {"imei hash", IMEI, IMEI},
        {"imei hash", GUID, NULL},
        {"imei drop", "F9FJ3X7DTTN", NULL},
        {"ios_udid drop", "81A3379D884F1BD9F1B0CE9B340358288081F7A1",
            "81a3379d884f1bd9f1b0ce9b340358288081f7a1"},
        {"ios_udid hash", "00008030-001A35E11A88003A", "00008030001a35e11a88003a"},
        {"ios_udid drop,imei drop,serial_number drop", GUID, NULL},
    };
    struct fixture fixture;
    char json[200];

    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        const char *expected = cases[i].normal != NULL     ? hash_of_text(cases[i].normal)
                               : cases[i].device[1] == 'D' ? GUID
                                                           : cases[i].device;

        open_voice(&fixture, fixture_shipped("appconnect_session.yaml"), MAPPING_V1,
            cases[i].choice, KEY_OF_HASHES);
        (void)snprintf(json, sizeof json,
            "{\"appId\":\"com.acme\",\"deviceId\":\"%s\",\"startedAt\":\"1400000000\"}",
            cases[i].device);
        fixture_apply(&fixture, json);
        fixture_shows(&fixture, "device_id", expected);
        fixture_close(&fixture);
    }
    open_voice(&fixture, fixture_shipped("appconnect_session.yaml"), MAPPING_V1,
        "serial_number drop", NULL);
    fixture_refuses(&fixture,
        "{\"appId\":\"com.acme\",\"deviceId\":\"F9FJ3X7DTTN\",\"startedAt\":\"1400000000\"}",
        "`privacy` drops its device_id, by which it is known: with `privacy_key_file` it would be "
        "known by a hash of that");
    fixture_close(&fixture);
}

static void a_common_word_is_sought_in_texts_alone(void **state)
{
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "device_name drop,note drop");
    shows(&fixture, "\"details\":{\"DeviceName\":\"iPhone\"},\"model\":\"iPhone\"", "model",
        "iPhone", "");
    shows(&fixture, "\"details\":{\"DeviceName\":\"iPhone\"},\"name\":\"jdoe:iPhone:x\"", "extra",
        "{\"name\": \"jdoe:***:x\"}", "");
    shows(
        &fixture, "\"note\":\"iPhone\",\"name\":\"iPhone\"", "extra", "{\"name\": \"iPhone\"}", "");
    fixture_close(&fixture);
}

static void nothing_is_done_where_nothing_is_chosen(void **state)
{
    struct fixture fixture;
    struct privacy *privacy = NULL;
    struct error err = {0};

    (void)state;
    open_things(&fixture, "");
    shows(&fixture, "\"name\":\"" PHONE "\",\"imei\":\"" IMEI "\"", "imei", IMEI, "");
    assert_true(privacy_new(&privacy, fixture.mapping, NULL, false, &err));
    assert_null(privacy);
    privacy_free(NULL);
    fixture_close(&fixture);
}

static void an_identifier_is_for_calls_alone(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    struct str alias;
    char expected[64];

    (void)state;
    open_things(&fixture, "imei hash");
    fixture_apply(&fixture, "{\"imei\":\"" IMEI "\",\"identifier\":\" 35 377808 345646 1 \"}");
    (void)snprintf(expected, sizeof expected, "mdm:%s", hash_of_text(IMEI));
    fixture_shows(&fixture, "device_id", expected);
    fixture_shows(&fixture, "identifier", expected + 4);
    assert_true(str_is(mapper_identifier(fixture.mapper), "35 377808 345646 1"));
    fixture_apply(&fixture, "{" KEY ",\"imei\":\"" IMEI "\",\"identifier\":\"" IMEI "\"}");
    fixture_shows(&fixture, "device_id", GUID);
    assert_true(mapper_alias(fixture.mapper, &alias, &err));
    assert_true(str_is(alias, expected));
    /* One that is not personal stays. */
    fixture_apply(&fixture, "{\"imei\":\"" IMEI "\",\"identifier\":\"x\"}");
    fixture_shows(&fixture, "device_id", "mdm:x");
    assert_true(mapper_alias(fixture.mapper, &alias, &err));
    assert_true(str_is(alias, "mdm:x"));
    fixture_apply(&fixture, "{" KEY ",\"identifier\":\"***\"}");
    assert_true(mapper_alias(fixture.mapper, &alias, &err));
    assert_int_equal(alias.size, 0);
    fixture_close(&fixture);
}

/* The device is the same from run to run, so that it cannot be without a name. */
static void a_dropped_identifier_leaves_a_hash_behind(void **state)
{
    static const char *const records[] = {"{\"imei\":\"" IMEI "\",\"identifier\":\"" IMEI "\"}",
        "{\"imei\":\"" IMEI "\",\"identifier\":\"x-" IMEI "\"}"};
    static const char *const normals[] = {IMEI, "x" IMEI};
    struct fixture fixture;
    char expected[64];

    (void)state;
    open_things(&fixture, "imei drop");
    for (size_t i = 0; i < FIXTURE_COUNT(records); i++) {
        fixture_apply(&fixture, records[i]);
        (void)snprintf(expected, sizeof expected, "mdm:%s", hash_of_text(normals[i]));
        fixture_shows(&fixture, "device_id", expected);
    }
    fixture_close(&fixture);
    open_with(&fixture, str_of(things), "imei drop", NULL);
    fixture_refuses(&fixture, records[0],
        "it has no usable deviceGuid, and `privacy` drops its identifier: with `privacy_key_file` "
        "it would be known by a hash of that");
    fixture_close(&fixture);
}

static void what_a_row_is_known_by_is_hashed_and_not_dropped(void **state)
{
    struct fixture fixture;

    (void)state;
    open_with(&fixture, fixture_shipped("user_account.yaml"), "user_id drop", KEY_OF_HASHES);
    fixture_apply(&fixture, "{\"userId\":\"jdoe\",\"principal\":\"jdoe\",\"a\":\"jdoe\"}");
    fixture_shows(&fixture, "user_id", hash_of_text("jdoe"));
    fixture_shows(&fixture, "extra", NULL);
    fixture_close(&fixture);
    open_with(&fixture, fixture_shipped("user_account.yaml"), "email_address drop", NULL);
    fixture_refuses(&fixture, "{\"userId\":\"jdoe@acme.example\"}",
        "`privacy` drops its user_id, by which it is known: with `privacy_key_file` it would be "
        "known by a hash of that");
    fixture_apply(&fixture, "{\"userId\":\"jdoe\"}");
    fixture_shows(&fixture, "user_id", "jdoe");
    fixture_close(&fixture);
}

static void coordinates_are_dropped_of_themselves_in_v1(void **state)
{
    static const char spoken[] =
        "entity: thing\nkey: 1\ncolumns:\n"
        "  - {name: tenant, type: text, rule: tenant}\n"
        "  - {name: details, type: jsonb, cps: details, v1: details}\n"
        "personal:\n  - {value: coordinates, search: nowhere, at: [details.latitude]}\n";
    struct mapper_options options = {.tenant = "acme", .kind = MAPPING_CORE, .voice = MAPPING_V1};
    struct fixture fixture;

    (void)state;
    for (int keeps = 0; keeps < 2; keeps++) {
        options.keeps_coordinates = keeps == 1;
        fixture_open_as(&fixture, str_of(spoken), &options);
        fixture_apply(&fixture, "{\"details\":{\"latitude\":\"1\",\"a\":\"b\"}}");
        fixture_shows(&fixture, "details",
            keeps == 1 ? "{\"a\": \"b\", \"latitude\": \"1\"}" : "{\"a\": \"b\"}");
        fixture_close(&fixture);
    }
}

static void a_record_that_is_refused_has_lost_them_too(void **state)
{
    struct fixture fixture;
    struct arena tree;
    const cJSON *record = NULL;
    struct row row;
    struct error err = {0};

    (void)state;
    open_things(&fixture, "imei drop");
    arena_init(&tree, CEILING_TREE);
    assert_true(record_parse(&tree, str_of("{\"imei\":\"" IMEI "\"}"), &record, &err));
    assert_false(mapper_apply(fixture.mapper, record, &row, &err));
    assert_null(record->child);
    error_clear(&err);
    assert_true(record_parse(&tree, str_of("\"" IMEI "\""), &record, &err));
    assert_false(mapper_apply(fixture.mapper, record, &row, &err));
    assert_string_equal(record->valuestring, "***");
    error_clear(&err);
    assert_true(record_parse(&tree, str_of("[\"" IMEI "\"]"), &record, &err));
    assert_false(mapper_apply(fixture.mapper, record, &row, &err));
    assert_null(record->child);
    arena_release(&tree);
    fixture_close(&fixture);
}

static void a_record_of_too_many_is_refused_and_emptied(void **state)
{
    struct fixture fixture;
    struct buffer json;

    (void)state;
    open_things(&fixture, "phone drop");
    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY ",\"x\":[0");
    for (int i = 0; i < 300; i++) {
        buffer_printf(&json, ",{\"mobile\":\"1%06d\"}", i);
    }
    buffer_append_text(&json, "]}");
    fixture_apply_bytes(&fixture, buffer_view(&json));
    assert_false(fixture.ok);
    assert_string_equal(fixture.err.text, "it has more than 256 personal values");
    buffer_release(&json);
    fixture_close(&fixture);
}

static void a_deep_tree_is_walked_to_its_end(void **state)
{
    enum { DEEP = CEILING_DEPTH - 3 };
    struct fixture fixture;
    struct buffer json;

    (void)state;
    open_things(&fixture, "phone drop");
    buffer_init(&json, CEILING_RECORD);
    buffer_append_text(&json, "{" KEY ",\"phone\":\"" PHONE "\"");
    for (int i = 0; i < DEEP; i++) {
        buffer_append_text(&json, i == 0 ? ",\"x\":{" : "\"x\":{");
    }
    buffer_append_text(&json, "\"mobile\":\"" PHONE "\",\"y\":\"<" PHONE ">\"");
    for (int i = 0; i <= DEEP; i++) {
        buffer_append_text(&json, "}");
    }
    fixture_apply(&fixture, buffer_text(&json));
    assert_null(strstr(fixture_show(&fixture, "extra"), PHONE));
    assert_non_null(strstr(fixture_show(&fixture, "extra"), "<***>"));
    buffer_release(&json);
    fixture_close(&fixture);
}

/* A long text is read once, whatever it seems to begin again and again. */
static void a_long_text_costs_no_more_than_its_length(void **state)
{
    static const char *const seeds[] = {"a", "1 ", "0", "a@", "@a", "ab:", "1.2-3 ", "a."};
    struct fixture fixture;

    (void)state;
    open_things(&fixture, "phone hash,mail hash,mac hash,imei hash");
    for (size_t i = 0; i < FIXTURE_COUNT(seeds); i++) {
        struct buffer json;

        buffer_init(&json, CEILING_RECORD);
        buffer_append_text(&json, "{" KEY ",\"phone\":\"" PHONE "\",\"name\":\"");
        while (json.size < 500000) {
            buffer_append_text(&json, seeds[i]);
        }
        buffer_append_text(&json, "\"}");
        fixture_apply_bytes(&fixture, buffer_view(&json)); /* the test's time is the measure */
        buffer_release(&json);
    }
    fixture_close(&fixture);
}

static void write_place(struct buffer *json, const char *place, const char *value)
{
    struct str names = str_of(place);
    int opened = 1;

    names.data += str_starts(names, ".") ? 1 : 0;
    names.size = strlen(names.data);
    buffer_append_text(
        json, "{" KEY ",\"userId\":\"known\",\"id\":\"1\",\"junk\":[{}],\"@id\":\"1\",");
    buffer_append_text(json, "\"uuid\":\"" GUID "\",\"profileType\":\"APP\",\"type\":\"A\",");
    buffer_append_text(json, "\"appId\":\"a\",\"startedAt\":\"1\",\"");
    for (size_t i = 0; i < names.size; i++) {
        if (names.data[i] == '.' && i + 1 < names.size) {
            buffer_append_text(json, "\":{\"");
            opened++;
        } else if (names.data[i] == '.') {
            buffer_append_text(json, "\":{\"inner");
            opened++;
        } else {
            buffer_append_char(json, names.data[i]);
        }
    }
    buffer_printf(json, "\":\"%s\"", value);
    while (opened-- > 0) {
        buffer_append_text(json, "}");
    }
}

/* A record that the voice makes no row of shows nothing. */
static int hides_at(struct fixture *fixture, const char *place, const char *value)
{
    struct buffer json;

    buffer_init(&json, CEILING_RECORD);
    write_place(&json, place, value);
    mapper_set_owner(fixture->mapper, str_of(GUID));
    fixture_apply_bytes(fixture, buffer_view(&json));
    for (size_t i = 0; fixture->ok && i < fixture->row.relation->column_count; i++) {
        const char *shown = fixture_show(fixture, fixture->row.relation->columns[i].name);

        if (shown != NULL && strstr(shown, value) != NULL) {
            fail_msg("%s: %s is in %s", buffer_text(&json), value, shown);
        }
    }
    buffer_release(&json);
    return fixture->ok ? 1 : 0;
}

/* All places of one kind, and the texts in which it is looked for. Returns how many made a row. */
static int hides_kind(struct fixture *fixture, const struct mapping_personal *personal,
    const char *const *texts, const char *value)
{
    int covered = 0;

    for (size_t p = 0; personal->places[p] != NULL; p++) {
        covered += hides_at(fixture, personal->places[p], value);
    }
    for (size_t p = 0;
         personal->form != PERSONAL_TEXT && personal->form != PERSONAL_CODE && texts[p] != NULL;
         p++) {
        covered += hides_at(fixture, texts[p], value);
    }
    return covered;
}

/* Every place of every file that the program carries, by itself, dropped and hashed. */
static void every_shipped_place_is_covered(void **state)
{
    static const char *const values[] = {[PERSONAL_TEXT] = "M4RKED",
        [PERSONAL_EMAIL] = "m4rked@acme.example",
        [PERSONAL_PHONE] = "5550100199",
        [PERSONAL_CODE] = "M4RKED99",
        [PERSONAL_IMEI] = "353778083456461",
        [PERSONAL_MAC] = "b0:65:bd:33:fe:2b",
        [PERSONAL_UDID] = "81a3379d884f1bd9f1b0ce9b340358288081f7a1"};
    int all = 0;

    (void)state;
    for (const struct embedded_file *file = mapping_files; file->name != NULL; file++) {
        struct str text = {file->text, file->size};
        struct mapping *mapping = NULL;
        struct error err = {0};
        int covered = 0;

        assert_true(mapping_new(&mapping, file->name, text, &err));
        for (size_t i = 0; i < mapping->personal_count; i++) {
            const struct mapping_personal *personal = &mapping->personal[i];

            for (int way = 0; way < (mapping->v1 != NULL ? 4 : 2); way++) {
                struct fixture fixture;
                char choice[100];

                (void)snprintf(
                    choice, sizeof choice, "%s %s", personal->kind, way % 2 == 0 ? "drop" : "hash");
                open_voice(
                    &fixture, text, way < 2 ? MAPPING_CPS : MAPPING_V1, choice, KEY_OF_HASHES);
                covered += hides_kind(&fixture, personal, mapping->texts, values[personal->form]);
                fixture_close(&fixture);
            }
        }
        /* A setting is no row without its word, and a rule of a policy has no place but texts. */
        if (covered == 0 && mapping->personal_count > 0 &&
            strcmp(mapping->relation.name, "device_setting") != 0 &&
            strcmp(mapping->relation.name, "policy_rule") != 0) {
            fail_msg("no row of %s was looked at", mapping->relation.name);
        }
        all += covered;
        mapping_free(mapping);
    }
    assert_true(all > 400);
}

static void places_are_checked(void **state)
{
    static const struct {
        const char *more;
        const char *error;
    } cases[] = {
        {"personal:\n  - {value: Imei, at: x}\n",
            "t.yaml:5: key `personal[0].value`: only lower-case letters, digits and underscores"},
        {"personal:\n  - {value: imei, at: a..b}\n",
            "t.yaml:5: key `personal[0].at`: `a..b` is no "
            "place: names with dots between them, and one more in front or behind"},
        {"texts: .\n", "t.yaml:4: key `texts`: `.` is no place: names with dots between them, and "
                       "one more in front or behind"},
        {"personal:\n  - {value: imei, form: emei, at: a}\n",
            "t.yaml:5: key `personal[0].form`: expected text, email, phone, code, imei, mac or "
            "udid, not `emei`; did you mean `imei`?"},
    };

    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(cases); i++) {
        struct mapping *mapping = NULL;
        struct error err = {0};
        char text[400];

        (void)snprintf(text, sizeof text, "entity: t\nkey: 1\n%s%s",
            "columns: [{name: tenant, type: text, rule: tenant}]\n", cases[i].more);
        assert_false(mapping_new(&mapping, "t.yaml", str_of(text), &err));
        assert_string_equal(err.text, cases[i].error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_spellings_have_one_hash),
        cmocka_unit_test(what_is_dropped_was_never_there),
        cmocka_unit_test(a_hash_is_of_texts_and_numbers),
        cmocka_unit_test(a_pair_has_the_place_of_its_key),
        cmocka_unit_test(what_says_that_there_is_none_stays),
        cmocka_unit_test(a_value_is_found_wherever_else_it_stands),
        cmocka_unit_test(texts_are_read_for_what_looks_like_one),
        cmocka_unit_test(a_number_in_a_text_is_the_known_one),
        cmocka_unit_test(a_plain_property_is_one_by_its_value),
        cmocka_unit_test(what_v1_writes_amiss_is_searched),
        cmocka_unit_test(the_device_of_a_session_may_be_a_number_of_its_hardware),
        cmocka_unit_test(a_common_word_is_sought_in_texts_alone),
        cmocka_unit_test(nothing_is_done_where_nothing_is_chosen),
        cmocka_unit_test(an_identifier_is_for_calls_alone),
        cmocka_unit_test(a_dropped_identifier_leaves_a_hash_behind),
        cmocka_unit_test(what_a_row_is_known_by_is_hashed_and_not_dropped),
        cmocka_unit_test(coordinates_are_dropped_of_themselves_in_v1),
        cmocka_unit_test(a_record_that_is_refused_has_lost_them_too),
        cmocka_unit_test(a_record_of_too_many_is_refused_and_emptied),
        cmocka_unit_test(a_deep_tree_is_walked_to_its_end),
        cmocka_unit_test(a_long_text_costs_no_more_than_its_length),
        cmocka_unit_test(every_shipped_place_is_covered),
        cmocka_unit_test(places_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
