#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/ceilings.h"
#include "uem/calls.h"

static void path_is(enum uem_call_id id, const struct uem_arguments *arguments, const char *path)
{
    struct buffer out;

    buffer_init(&out, 1000);
    uem_write_path(&out, id, arguments);
    assert_string_equal(buffer_text(&out), path);
    buffer_release(&out);
}

static void text_is(const char *text, const char *expected)
{
    if (expected == NULL) {
        assert_null(text);
    } else {
        assert_non_null(text);
        assert_string_equal(text, expected);
    }
}

static void body_is(enum uem_call_id id, const struct uem_arguments *arguments, const char *body)
{
    struct buffer out;

    buffer_init(&out, 1000);
    uem_write_body(&out, id, arguments);
    assert_string_equal(buffer_text(&out), body);
    buffer_release(&out);
}

/* Promise 1: a change here is a change of what the program may do to a server. */
static void the_calls_are_these_and_no_others(void **state)
{
    static const struct {
        const char *method;
        const char *path;
        const char *records;
        const char *inner;
        enum uem_class class;
        enum uem_asks asks;
        bool is_v1;
        enum uem_segment segment;
    } calls[] = {
        [UEM_CPS_VERSION] = {"GET", "/version", .class = UEM_CLASS_REMAINING},
        [UEM_CPS_DEVICE_METADATA] = {"GET", "/device/$metadata", .class = UEM_CLASS_REMAINING},
        [UEM_CPS_DEVICE_COUNT] = {"GET", "/device/count", .class = UEM_CLASS_REMAINING},
        [UEM_CPS_DEVICE_LIST] = {"GET", "/device", "searchResults", .class = UEM_CLASS_DEVICE_LIST},
        [UEM_CPS_DEVICE_LOOKUP] = {"POST", "/device/uuid", .class = UEM_CLASS_REMAINING,
            .asks = UEM_ASKS_TYPED},
        [UEM_CPS_APPLICATION] = {"POST", "/device/application", .inner = "applications",
            .class = UEM_CLASS_APPLICATION, .asks = UEM_ASKS_EITHER},
        [UEM_CPS_CERTIFICATE] = {"POST", "/device/certificate", .inner = "certificates",
            .class = UEM_CLASS_REMAINING, .asks = UEM_ASKS_IDENTIFIER},
        [UEM_CPS_PROFILE] = {"POST", "/device/profile", .inner = "profiles",
            .class = UEM_CLASS_REMAINING, .asks = UEM_ASKS_EITHER},
        /* Never /device/settings, which writes. */
        [UEM_CPS_SETTING] = {"POST", "/device/getDeviceSettings", "settings",
            .class = UEM_CLASS_REMAINING, .asks = UEM_ASKS_IDENTIFIER},
        /* No locatenow: where devices are is read, and never asked of them. */
        [UEM_CPS_LOCATION] = {"POST", "/device/location", .class = UEM_CLASS_REMAINING,
            .asks = UEM_ASKS_IDENTIFIER},
        [UEM_CPS_GROUP_LIST] = {"GET", "/rule", "searchResults", .class = UEM_CLASS_REMAINING},
        [UEM_CPS_GROUPS_OF_DEVICES] = {"POST", "/rule/deviceGuid", "result", "rules",
            UEM_CLASS_REMAINING, UEM_ASKS_GUID},
        [UEM_CPS_USER_METADATA] = {"GET", "/user/$metadata", .class = UEM_CLASS_REMAINING},
        [UEM_CPS_USER_COUNT] = {"GET", "/user/count", .class = UEM_CLASS_REMAINING},
        [UEM_CPS_USER_LIST] = {"GET", "/user", "searchResults", .class = UEM_CLASS_USER_LIST},
        [UEM_CPS_USER_LOOKUP] = {"GET", "/user", "searchResults", .class = UEM_CLASS_USER_LIST},
        [UEM_CPS_APP_CATALOG] = {"GET", "/appcatalog/apps", "searchResults",
            .class = UEM_CLASS_REMAINING},
        [UEM_V1_DEVICES] = {"GET", "/dm/devices", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_DEVICE] = {"GET", "/dm/devices/", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_GUID},
        [UEM_V1_LABELS] = {"GET", "/dm/labels", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_LABEL_DEVICES] = {"GET", "/dm/labels/", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NAME},
        [UEM_V1_PROFILES] = {"GET", "/dm/devices/profiles/", .class = UEM_CLASS_REMAINING,
            .is_v1 = true, .segment = UEM_SEGMENT_GUID},
        [UEM_V1_EAS_DEVICES] = {"GET", "/eas/devices", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_ALERTS] = {"GET", "/alerts", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_POLICIES] = {"GET", "/policies", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_APP_SETTINGS] = {"GET", "/appsettings", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_OPERATORS] = {"GET", "/dm/operators", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_COUNTRIES] = {"GET", "/dm/countries", .class = UEM_CLASS_REMAINING, .is_v1 = true,
            .segment = UEM_SEGMENT_NONE},
        [UEM_V1_ANALYTICS] = {"GET", "/apps/appconnect/analytics", .class = UEM_CLASS_REMAINING,
            .is_v1 = true, .segment = UEM_SEGMENT_NONE},
    };

    (void)state;
    assert_int_equal(sizeof calls / sizeof *calls, UEM_CALL_COUNT);
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        const struct uem_call *call = uem_call(id);
        char path[100];

        (void)snprintf(
            path, sizeof path, "%s%s", calls[id].is_v1 ? "/api/v1" : "/msa/v1/cps", calls[id].path);
        assert_int_equal(call->form != UEM_JSON, calls[id].is_v1);
        assert_int_equal(call->segment, calls[id].segment);
        assert_string_equal(call->method, calls[id].method);
        assert_string_equal(call->path, path);
        text_is(call->records, calls[id].records);
        text_is(call->inner, calls[id].inner);
        assert_int_equal(call->class, calls[id].class);
        assert_int_equal(call->asks, calls[id].asks);
        /* Only what asks for devices by a batch posts. */
        assert_int_equal(call->asks != UEM_ASKS_NOTHING, strcmp(call->method, "POST") == 0);
    }
}

static bool is_any_of(enum uem_call_id id, const enum uem_call_id *ids, size_t count)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = ids[i] == id;
    }
    return found;
}

static void each_call_says_how_its_answer_is_read(void **state)
{
    static const enum uem_call_id documents[] = {
        UEM_CPS_VERSION, UEM_CPS_DEVICE_COUNT, UEM_CPS_USER_COUNT};
    static const enum uem_call_id paged[] = {
        UEM_CPS_DEVICE_LIST, UEM_CPS_GROUP_LIST, UEM_CPS_USER_LIST, UEM_CPS_APP_CATALOG};

    (void)state;
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        assert_int_equal(uem_call(id)->is_document, is_any_of(id, documents, 3));
        assert_int_equal(uem_call(id)->is_paged, is_any_of(id, paged, 4));
        assert_int_equal(uem_call(id)->may_be_empty, id == UEM_CPS_SETTING);
        assert_int_equal(uem_call(id)->may_not_turn, id == UEM_CPS_APP_CATALOG);
    }
}

/* A message that names a call tells it from all others. */
static void each_call_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        assert_true(uem_call(id)->name[0] != '\0');
        for (enum uem_call_id other = 0; other < id; other++) {
            assert_string_not_equal(uem_call(id)->name, uem_call(other)->name);
        }
    }
}

static void a_page_is_asked_for_by_offset_and_limit(void **state)
{
    const struct uem_arguments none = {0};
    const struct uem_arguments page = {.offset = 2147483647, .limit = 200};

    (void)state;
    path_is(UEM_CPS_DEVICE_LIST, &page, "/msa/v1/cps/device?offset=2147483647&limit=200");
    path_is(UEM_CPS_DEVICE_LIST, &none, "/msa/v1/cps/device?offset=0&limit=0");
    path_is(UEM_CPS_DEVICE_COUNT, &page, "/msa/v1/cps/device/count");
    path_is(UEM_CPS_DEVICE_LOOKUP, &page, "/msa/v1/cps/device/uuid");
}

static void a_status_goes_before_the_page(void **state)
{
    const struct uem_arguments page = {.status = "ACTIVE", .offset = 5, .limit = 10};

    (void)state;
    path_is(UEM_CPS_DEVICE_LIST, &page, "/msa/v1/cps/device?status=ACTIVE&offset=5&limit=10");
    path_is(UEM_CPS_DEVICE_COUNT, &page, "/msa/v1/cps/device/count?status=ACTIVE");
    path_is(UEM_CPS_DEVICE_LOOKUP, &page, "/msa/v1/cps/device/uuid");
    path_is(UEM_CPS_VERSION, &page, "/msa/v1/cps/version");
}

/* What enters a query is one of the guide's words, whatever was typed. */
static void a_status_is_one_of_the_guides_words(void **state)
{
    (void)state;
    assert_string_equal(uem_device_status(str_of("active")), "ACTIVE");
    assert_string_equal(uem_device_status(str_of("Wipe_Sent")), "WIPE_SENT");
    assert_null(uem_device_status(str_of("")));
    assert_null(uem_device_status(str_of("ACTIVE&offset=1")));
    assert_null(uem_device_status(str_of("LOST")));
    assert_string_equal(uem_device_statuses(),
        "ACTIVE, RETIRED, WIPED, WIPE_SENT, RETIRE_SENT, ENROLLMENT_PENDING, UNKNOWN");
}

static void a_group_goes_before_the_page(void **state)
{
    const struct uem_arguments group = {.group = {"38006", 5}, .offset = 5, .limit = 10};
    const struct uem_arguments both = {.status = "ACTIVE", .group = {"7", 1}};

    (void)state;
    path_is(UEM_CPS_DEVICE_LIST, &group, "/msa/v1/cps/device?ruleId=38006&offset=5&limit=10");
    path_is(UEM_CPS_DEVICE_COUNT, &group, "/msa/v1/cps/device/count?ruleId=38006");
    path_is(UEM_CPS_DEVICE_COUNT, &both, "/msa/v1/cps/device/count?status=ACTIVE&ruleId=7");
    path_is(UEM_CPS_GROUP_LIST, &group, "/msa/v1/cps/rule?offset=5&limit=10");
    path_is(UEM_CPS_APP_CATALOG, &group, "/msa/v1/cps/appcatalog/apps?offset=5&limit=10");
}

static void users_are_asked_for_by_a_prefix_even_an_empty_one(void **state)
{
    const struct uem_arguments all = {.limit = 200};
    const struct uem_arguments some = {.uid = {"a", 1}, .offset = 199, .limit = 200};

    (void)state;
    path_is(UEM_CPS_USER_COUNT, &all, "/msa/v1/cps/user/count?uid=");
    path_is(UEM_CPS_USER_COUNT, &some, "/msa/v1/cps/user/count?uid=a");
    path_is(UEM_CPS_USER_LIST, &all, "/msa/v1/cps/user?uid=&offset=0&limit=200");
    path_is(UEM_CPS_USER_LIST, &some, "/msa/v1/cps/user?uid=a&offset=199&limit=200");
    path_is(UEM_CPS_USER_METADATA, &some, "/msa/v1/cps/user/$metadata");
}

static void a_user_is_looked_up_by_guid_without_pages(void **state)
{
    const struct uem_arguments one = {
        .guid = {"96bd909c", 8}, .uid = {"a", 1}, .offset = 1, .limit = 2};

    (void)state;
    path_is(UEM_CPS_USER_LOOKUP, &one, "/msa/v1/cps/user?guid=96bd909c");
}

/* Field notes, "CPS": whether the quotation marks belong on the wire is not known. */
static void ldap_attributes_are_asked_for_in_either_writing(void **state)
{
    struct uem_arguments user = {.guid = {"g", 1}, .uid = {"u", 1}, .limit = 9};

    (void)state;
    user.fields = UEM_FIELDS_QUOTED;
    path_is(UEM_CPS_USER_LIST, &user,
        "/msa/v1/cps/user?uid=u&fields=%22ldapStandardAttributes%22&offset=0&limit=9");
    path_is(
        UEM_CPS_USER_LOOKUP, &user, "/msa/v1/cps/user?guid=g&fields=%22ldapStandardAttributes%22");
    user.fields = UEM_FIELDS_BARE;
    path_is(UEM_CPS_USER_LIST, &user,
        "/msa/v1/cps/user?uid=u&fields=ldapStandardAttributes&offset=0&limit=9");
    path_is(UEM_CPS_USER_LOOKUP, &user, "/msa/v1/cps/user?guid=g&fields=ldapStandardAttributes");
    path_is(UEM_CPS_USER_COUNT, &user, "/msa/v1/cps/user/count?uid=u");
    user.fields = UEM_FIELDS_NONE;
    path_is(UEM_CPS_USER_LIST, &user, "/msa/v1/cps/user?uid=u&offset=0&limit=9");
    path_is(UEM_CPS_USER_LOOKUP, &user, "/msa/v1/cps/user?guid=g");
}

/* What a server sent stays one value of a query, whatever it is. */
static void values_are_percent_encoded(void **state)
{
    static const char odd[] = "../a b&limit=1#%?/=+\"\r\n\0\x7f\xc3\xa9~_-.Z9";
    static const char encoded[] =
        "..%2Fa%20b%26limit%3D1%23%25%3F%2F%3D%2B%22%0D%0A%00%7F%C3%A9~_-.Z9";
    const struct str value = {odd, sizeof odd - 1};
    const struct uem_arguments of_devices = {.group = value};
    const struct uem_arguments of_users = {.uid = value, .guid = value};
    char path[200];

    (void)state;
    (void)snprintf(path, sizeof path, "/msa/v1/cps/device/count?ruleId=%s", encoded);
    path_is(UEM_CPS_DEVICE_COUNT, &of_devices, path);
    (void)snprintf(path, sizeof path, "/msa/v1/cps/user/count?uid=%s", encoded);
    path_is(UEM_CPS_USER_COUNT, &of_users, path);
    (void)snprintf(path, sizeof path, "/msa/v1/cps/user?guid=%s", encoded);
    path_is(UEM_CPS_USER_LOOKUP, &of_users, path);
}

/* Values of a server stand behind the question mark, or in the body; or they are one segment of the
 * path, encoded, and a GUID where they have to be (uem_may_call). */
static void no_value_of_a_server_enters_a_path(void **state)
{
    static const struct str ids[] = {{"../retire", 9}};
    const struct uem_arguments odd = {.group = {"../retire", 9},
        .uid = {"../retire", 9},
        .guid = {"../retire", 9},
        .name = {"../retire", 9},
        .by_guid = true,
        .identifiers = ids,
        .identifier_count = 1};

    (void)state;
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        size_t size = strlen(uem_call(id)->path);
        struct buffer out;

        buffer_init(&out, 1000);
        uem_write_path(&out, id, &odd);
        assert_memory_equal(buffer_text(&out), uem_call(id)->path, size);
        assert_true(uem_call(id)->segment != UEM_SEGMENT_NONE || buffer_text(&out)[size] == '\0' ||
                    buffer_text(&out)[size] == '?');
        assert_null(strchr(buffer_text(&out) + size, '/'));
        buffer_release(&out);
    }
}

static void a_look_up_names_identifiers_and_their_type(void **state)
{
    static const struct str ids[] = {{"a", 1}, {"q\"\n", 3}};
    const struct uem_arguments by_guid = {
        .by_guid = true, .identifiers = ids, .identifier_count = 1};
    const struct uem_arguments by_identifier = {.identifiers = ids, .identifier_count = 2};
    const struct uem_arguments none = {0};

    (void)state;
    body_is(UEM_CPS_DEVICE_LOOKUP, &by_guid,
        "{\"identifierType\": \"GUID\", \"identifiers\": [\"a\"]}");
    body_is(UEM_CPS_DEVICE_LOOKUP, &by_identifier,
        "{\"identifierType\": \"MDM_IDENTIFIER\", \"identifiers\": [\"a\", \"q\\\"\\n\"]}");
    body_is(UEM_CPS_DEVICE_LOOKUP, &none,
        "{\"identifierType\": \"MDM_IDENTIFIER\", \"identifiers\": []}");
    body_is(UEM_CPS_DEVICE_LIST, &by_guid, "");
    body_is(UEM_CPS_VERSION, &by_guid, "");
}

/* Where the call takes UEM identifiers unless told otherwise, nothing is said of these: the guide
 * is at odds with itself about the word. */
static void a_type_is_named_only_where_the_call_has_one(void **state)
{
    static const struct str ids[] = {{"a", 1}};
    const struct uem_arguments by_guid = {
        .by_guid = true, .identifiers = ids, .identifier_count = 1};
    const struct uem_arguments by_identifier = {.identifiers = ids, .identifier_count = 1};
    static const enum uem_call_id either[] = {UEM_CPS_APPLICATION, UEM_CPS_PROFILE};
    static const enum uem_call_id only[] = {
        UEM_CPS_CERTIFICATE, UEM_CPS_LOCATION, UEM_CPS_GROUPS_OF_DEVICES};

    (void)state;
    for (size_t i = 0; i < sizeof either / sizeof *either; i++) {
        body_is(either[i], &by_guid, "{\"identifierType\": \"GUID\", \"identifiers\": [\"a\"]}");
        body_is(either[i], &by_identifier, "{\"identifiers\": [\"a\"]}");
    }
    for (size_t i = 0; i < sizeof only / sizeof *only; i++) {
        body_is(only[i], &by_guid, "{\"identifiers\": [\"a\"]}");
        body_is(only[i], &by_identifier, "{\"identifiers\": [\"a\"]}");
    }
}

static void settings_are_asked_for_by_their_type(void **state)
{
    static const struct str ids[] = {{"a", 1}, {"b", 1}};
    const struct uem_arguments roaming = {
        .setting = "DATA_ROAMING", .identifiers = ids, .identifier_count = 2};

    (void)state;
    body_is(UEM_CPS_SETTING, &roaming,
        "{\"settingsType\": \"DATA_ROAMING\", \"identifiers\": [\"a\", \"b\"]}");
    body_is(UEM_CPS_LOCATION, &roaming, "{\"identifiers\": [\"a\", \"b\"]}");
}

/* CPS API guide, "Batch ID recommendation". */
static void a_call_takes_two_hundred_identifiers(void **state)
{
    struct str ids[UEM_BATCH_MOST];
    const struct uem_arguments most = {.identifiers = ids, .identifier_count = UEM_BATCH_MOST};
    struct buffer out;
    size_t commas = 0;

    (void)state;
    assert_int_equal(UEM_BATCH_MOST, 200);
    for (size_t i = 0; i < UEM_BATCH_MOST; i++) {
        ids[i] = str_of("a");
    }
    buffer_init(&out, 10000);
    uem_write_body(&out, UEM_CPS_LOCATION, &most);
    for (size_t i = 0; i < out.size; i++) {
        commas += out.data[i] == ',' ? 1 : 0;
    }
    assert_int_equal(commas, UEM_BATCH_MOST - 1);
    buffer_release(&out);
}

static void url_is(const char *cluster, bool certificate, const char *url)
{
    struct buffer out;

    buffer_init(&out, 1000);
    uem_cluster_url(&out, cluster, certificate);
    assert_string_equal(buffer_text(&out), url);
    buffer_release(&out);
}

/* CPS API guide, "Endpoint information". */
static void a_cluster_has_an_address_for_each_kind_of_login(void **state)
{
    (void)state;
    url_is("na1", false, "https://na1.mobileiron.com");
    url_is("na1", true, "https://cps-na1.mobileiron.com");
    url_is("ap2", false, "https://ap2.mobileiron.com");
    /* One that the guide does not name yet. */
    url_is("eu2", true, "https://cps-eu2.mobileiron.com");
}

static void a_path_takes_a_guid_or_one_encoded_segment(void **state)
{
    const struct uem_arguments device = {.guid = str_of("1D71e131-0487-4d1d-9a0d-89f2bd1a888d")};
    const struct uem_arguments label = {.name = str_of("All/Smartphones & \xC3\xA9..")};
    const struct uem_arguments status = {.status = "LOST"};
    const struct uem_arguments app = {.name = str_of("com.acme.app&x=1")};
    struct error err = {0};

    (void)state;
    path_is(UEM_V1_DEVICE, &device, "/api/v1/dm/devices/1D71e131-0487-4d1d-9a0d-89f2bd1a888d");
    path_is(UEM_V1_PROFILES, &device,
        "/api/v1/dm/devices/profiles/1D71e131-0487-4d1d-9a0d-89f2bd1a888d");
    path_is(UEM_V1_LABEL_DEVICES, &label, "/api/v1/dm/labels/All%2FSmartphones%20%26%20%C3%A9..");
    path_is(UEM_V1_DEVICES, &status, "/api/v1/dm/devices?status=LOST");
    path_is(UEM_V1_ANALYTICS, &app, "/api/v1/apps/appconnect/analytics?appid=com.acme.app%26x%3D1");
    assert_true(uem_may_call(UEM_V1_DEVICE, &device, &err));
    assert_true(uem_may_call(UEM_V1_LABEL_DEVICES, &label, &err));
}

/* Acting calls stand beside these: dm/devices/unlock/..., dm/devices/wakeup/... */
static void a_path_takes_no_step_to_another_call(void **state)
{
    static const char *const guids[] = {"unlock/x", "unlock", "", "..",
        "1d71e131-0487-4d1d-9a0d-89f2bd1a888d/", "1d71e131-0487-4d1d-9a0d-89f2bd1a888",
        "1d71e131-0487-4d1d-9a0d-89f2bd1a888g", "1d71e131/0487-4d1d-9a0d-89f2bd1a888d",
        " 1d71e131-0487-4d1d-9a0d-89f2bd1a888", "wakeup/mac/38AA3C62BFAD-38AA3C62BFAD"};
    static const char *const names[] = {"", ".", ".."};
    static const char long_name[CEILING_KEY + 1] = "";
    struct uem_arguments arguments = {0};
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof guids / sizeof *guids; i++) {
        arguments.guid = str_of(guids[i]);
        assert_false(uem_may_call(UEM_V1_DEVICE, &arguments, &err));
        assert_int_equal(err.kind, ERROR_RECORD);
        assert_false(uem_may_call(UEM_V1_PROFILES, &arguments, &err));
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        arguments.name = str_of(names[i]);
        assert_false(uem_may_call(UEM_V1_LABEL_DEVICES, &arguments, &err));
    }
    /* Nor is a path longer than what is kept for one. */
    arguments.name = (struct str){long_name, CEILING_KEY};
    assert_true(uem_may_call(UEM_V1_LABEL_DEVICES, &arguments, &err));
    arguments.name.size++;
    assert_false(uem_may_call(UEM_V1_LABEL_DEVICES, &arguments, &err));
    assert_true(uem_may_call(UEM_CPS_DEVICE_LIST, &arguments, &err));
}

static void every_status_is_asked_for(void **state)
{
    size_t count = 0;
    const struct uem_v1_status *statuses = uem_v1_statuses(&count);
    int refused = 0;

    (void)state;
    assert_int_equal(count, 13);
    for (size_t i = 0; i < count; i++) {
        refused += statuses[i].may_be_refused ? 1 : 0;
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(statuses[i].name, statuses[j].name);
        }
    }
    assert_int_equal(refused, 2);
}

#define ROOT "deviceManagementWebServiceResponse"

static void a_404_in_the_apis_own_words_is_an_empty_answer(void **state)
{
    static const char *const own[] = {"<" ROOT "><messages/></" ROOT ">", "<" ROOT "/>",
        "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n <" ROOT " a='1'>...",
        "<" ROOT "><totalCount>0</totalCount>", "{\"totalCount\":0,\"messages\":{}}",
        "{\"messages\":{\"message\":\"No devices\"}}"};
    static const char *const others[] = {"", "<html><body>404</body></html>", "<" ROOT "s>",
        "<" ROOT, "<error/>", "{\"error\":\"no such path\"}", "not found", "<?xml ", "<!-- " ROOT,
        "<" ROOT "><totalCount>12</totalCount>", "{\"totalCount\": 3,\"messages\":{}}",
        "<alertWebServiceResponse/>"};

    (void)state;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        assert_true(uem_is_no_data(UEM_V1_DEVICES, str_of(own[i])));
        assert_false(uem_is_no_data(UEM_CPS_DEVICE_LIST, str_of(own[i])));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(uem_is_no_data(UEM_V1_DEVICES, str_of(others[i])));
    }
    assert_true(uem_is_no_data(UEM_V1_EAS_DEVICES, str_of("<easWebServiceReponse/>")));
    assert_true(uem_is_no_data(UEM_V1_EAS_DEVICES, str_of("<easWebServiceResponse>")));
    assert_true(uem_is_no_data(UEM_V1_ANALYTICS, str_of("<" ROOT "/>")));
    assert_true(uem_is_no_data(UEM_V1_ANALYTICS, str_of("<appsWebServiceResponse>")));
    assert_true(uem_is_no_data(UEM_V1_ANALYTICS, str_of("<webServiceResponse/>")));
    assert_false(uem_is_no_data(UEM_V1_ANALYTICS, str_of("<appsWebServiceResponse")));
    assert_false(uem_is_no_data(UEM_V1_ANALYTICS, str_of("<ebServiceRespons>")));
    assert_false(uem_is_no_data(UEM_V1_ANALYTICS, str_of("<html>WebServiceResponse>")));
    assert_false(uem_is_no_data(UEM_V1_DEVICES, str_of("<appsWebServiceResponse>")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_takes_a_guid_or_one_encoded_segment),
        cmocka_unit_test(a_path_takes_no_step_to_another_call),
        cmocka_unit_test(every_status_is_asked_for),
        cmocka_unit_test(a_404_in_the_apis_own_words_is_an_empty_answer),
        cmocka_unit_test(the_calls_are_these_and_no_others),
        cmocka_unit_test(each_call_says_how_its_answer_is_read),
        cmocka_unit_test(each_call_has_a_name_of_its_own),
        cmocka_unit_test(a_page_is_asked_for_by_offset_and_limit),
        cmocka_unit_test(a_status_goes_before_the_page),
        cmocka_unit_test(a_status_is_one_of_the_guides_words),
        cmocka_unit_test(a_group_goes_before_the_page),
        cmocka_unit_test(users_are_asked_for_by_a_prefix_even_an_empty_one),
        cmocka_unit_test(a_user_is_looked_up_by_guid_without_pages),
        cmocka_unit_test(ldap_attributes_are_asked_for_in_either_writing),
        cmocka_unit_test(values_are_percent_encoded),
        cmocka_unit_test(no_value_of_a_server_enters_a_path),
        cmocka_unit_test(a_look_up_names_identifiers_and_their_type),
        cmocka_unit_test(a_type_is_named_only_where_the_call_has_one),
        cmocka_unit_test(settings_are_asked_for_by_their_type),
        cmocka_unit_test(a_call_takes_two_hundred_identifiers),
        cmocka_unit_test(a_cluster_has_an_address_for_each_kind_of_login),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
