/* The kinds of inventory through the real HTTP client: who is asked for each of them, and how. */
#include "wire/bench.h"

#define APPLICATION "POST /msa/v1/cps/device/application "

/* Two of one identifier, one without a GUID, one that is gone, one without identifier, an Android
 * one. */
static const char many_kinds[] = "{\"deviceGuid\":\"" GUID(
    1) "\",\"identifier\":\"one\",\"status\":\"ACTIVE\",\"os\":\"IOS\","
       "\"registrationTime\":1},"
       "{\"deviceGuid\":\"" GUID(
           2) "\",\"identifier\":\"one\",\"status\":\"ACTIVE\",\"os\":\"IOS\","
              "\"registrationTime\":2},"
              "{\"identifier\":\"old\",\"status\":\"ACTIVE\",\"os\":\"IOS\",\"registrationTime\":3}"
              ","
              "{\"deviceGuid\":\"" GUID(
                  4) "\",\"identifier\":\"gone\",\"status\":\"RETIRED\","
                     "\"os\":\"IOS\",\"registrationTime\":4},"
                     "{\"deviceGuid\":\"" GUID(
                         5) "\",\"status\":\"ACTIVE\",\"os\":\"IOS\","
                            "\"registrationTime\":5},"
                            "{\"deviceGuid\":\"" GUID(
                                6) "\",\"identifier\":\"robot\",\"status\":\"ACTIVE\","
                                   "\"os\":\"ANDROID\",\"registrationTime\":6}";

static void apps_are_asked_for_by_guid_and_else_by_identifier(void **state)
{
    struct bench *bench = *state;

    bench_answer_devices(bench, 6, many_kinds);
    bench_answer(bench, "\"GUID\"", 200, "[]");
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceMdmId\":\"old\",\"applications\":[{\"identifier\":\"a\"}]}]");
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 2);
    assert_contains(bench_request(bench, APPLICATION, 0),
        "[\"" GUID(1) "\", \"" GUID(2) "\", \"" GUID(5) "\", \"" GUID(6) "\"]}");
    assert_contains(bench_request(bench, APPLICATION, 1), "\r\n\r\n{\"identifiers\": [\"old\"]}");
    bench_list_is(bench, "mdm:old", "a");
    bench_outcome_is(bench, GUID(4), NULL);
    bench_counts_are(bench, 5, 4, 0);
}

/* One identifier, two devices: only the latest is meant. And only iOS devices have certificates. */
static void certificates_are_asked_for_by_identifier(void **state)
{
    struct bench *bench = *state;

    bench_answer_devices(bench, 6, many_kinds);
    bench_answer(bench, "/device/certificate ", 200,
        "[{\"deviceMdmId\":\"one\",\"certificates\":[{\"thumbprint\":\"AB\"}]},"
        "{\"deviceMdmId\":\"old\",\"certificates\":[]}]");
    bench_run(bench, "device_certificate");
    assert_int_equal(bench_requests(bench, "/device/certificate "), 1);
    assert_contains(
        bench_request(bench, "/device/certificate ", 0), "{\"identifiers\": [\"one\", \"old\"]}");
    bench_list_is(bench, GUID(2), "ab");
    bench_list_is(bench, GUID(1), NULL);
    bench_counts_are(bench, 2, 0, 0);
}

#define SETTING "/device/getDeviceSettings "
#define SETTING_OF(id, type, value)                                                                \
    "{\"identifier\":\"" id "\",\"settings\":{\"type\":\"" type "\",\"value\":{\"enabled\":" value \
    "}}}"

/* How many rows of device_setting there are of the device, and what the first one says. */
static void setting_is(
    const struct bench *bench, const char *device, const char *setting, const char *enabled)
{
    const char *found = NULL;

    for (size_t n = 0; n < fake_count(&bench->fake, "device_setting"); n++) {
        if (strcmp(fake_text(&bench->fake, "device_setting", n, "device_id"), device) == 0 &&
            strcmp(fake_text(&bench->fake, "device_setting", n, "setting"), setting) == 0) {
            found = fake_text(&bench->fake, "device_setting", n, "enabled");
        }
    }
    assert_int_equal(found == NULL, enabled == NULL);
    assert_true(found == NULL || strcmp(found, enabled) == 0);
}

static void settings_are_asked_for_one_after_the_other(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 3, 1000);
    bench_answer(bench, "DATA_ROAMING", 200,
        "{\"settings\":[" SETTING_OF("id-2", "DATA_ROAMING", "true") "," SETTING_OF(
            "id-1", "DATA_ROAMING", "false") "]}");
    bench_answer(bench, "PERSONAL_HOTSPOT", 200,
        "{\"settings\":[" SETTING_OF("id-1", "PERSONAL_HOTSPOT", "true") "]}");
    bench_run(bench, "device_setting");
    assert_int_equal(bench_requests(bench, SETTING), 2);
    setting_is(bench, GUID(1), "DATA_ROAMING", "false");
    setting_is(bench, GUID(1), "PERSONAL_HOTSPOT", "true");
    setting_is(bench, GUID(2), "DATA_ROAMING", "true");
    setting_is(bench, GUID(2), "PERSONAL_HOTSPOT", NULL);
    bench_outcome_is(bench, GUID(2), "complete");
    bench_outcome_is(bench, GUID(3), "unanswered");
    assert_string_equal(bench_known(bench, GUID(1), "rows"), "2");
    bench_counts_are(bench, 3, 1, 0);
    assert_int_equal(bench_report(bench)->fetched, 3);
}

/* CPS API guide, "Get device settings": 200 and nothing. */
static void an_empty_body_is_an_answer_without_settings(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, SETTING, 200, "");
    bench_answer(bench, SETTING, 200, "");
    bench_run(bench, "device_setting");
    bench_outcome_is(bench, GUID(1), "unanswered");
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
}

/* The second call of a batch fails: the first one is not made again. */
static void settings_that_were_answered_are_not_asked_for_again(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, "DATA_ROAMING", 200,
        "{\"settings\":[" SETTING_OF("id-1", "DATA_ROAMING", "true") "," SETTING_OF(
            "id-2", "DATA_ROAMING", "true") "]}");
    bench_answer(bench, "\"id-2\"", 500, "");
    bench_answer(bench, "\"id-2\"", 500, "");
    bench_answer(bench, "PERSONAL_HOTSPOT", 200,
        "{\"settings\":[" SETTING_OF("id-1", "PERSONAL_HOTSPOT", "true") "]}");
    bench_run(bench, "device_setting");
    assert_int_equal(bench_requests(bench, "DATA_ROAMING"), 1);
    assert_int_equal(bench_requests(bench, "PERSONAL_HOTSPOT"), 3);
    bench_outcome_is(bench, GUID(1), "complete");
    bench_outcome_is(bench, GUID(2), "failed");
    setting_is(bench, GUID(2), "DATA_ROAMING", "true");
    assert_string_equal(bench_known(bench, GUID(1), "rows"), "2");
    bench_counts_are(bench, 2, 0, 1);
}

/* Of a device that failed in part, what is known is what is published. */
static void a_setting_that_turns_back_after_a_failure_is_staged(void **state)
{
    static const char *const values[] = {"true", "false", "true"};
    struct bench *bench = *state;

    for (int i = 0; i < 3; i++) {
        struct buffer body;

        bench_forget(bench);
        bench_answer_numbered(bench, 1, 1000 + i);
        buffer_init(&body, CEILING_RECORD);
        buffer_printf(
            &body, "{\"settings\":[" SETTING_OF("id-1", "DATA_ROAMING", "%s") "]}", values[i]);
        bench_answer(bench, "DATA_ROAMING", 200, bench_keep(bench, &body));
        bench_answer(bench, "PERSONAL_HOTSPOT", i == 0 ? 200 : 500, "");
        bench_run(bench, "device_setting");
        bench_outcome_is(bench, GUID(1), i == 0 ? "complete" : "failed");
        setting_is(bench, GUID(1), "DATA_ROAMING", values[i]);
    }
}

/* Of the other one what is published stays, and what is known of it. */
static void a_setting_that_was_not_answered_counts_as_it_is_published(void **state)
{
    static const char *const values[] = {"true", "false"};
    char digest[64] = "";
    struct bench *bench = *state;

    for (int i = 0; i < 2; i++) {
        struct buffer body;
        const char *now;

        bench_forget(bench);
        bench_answer_numbered(bench, 1, 1000 + i);
        buffer_init(&body, CEILING_RECORD);
        buffer_printf(
            &body, "{\"settings\":[" SETTING_OF("id-1", "DATA_ROAMING", "%s") "]}", values[i]);
        bench_answer(bench, "DATA_ROAMING", 200, bench_keep(bench, &body));
        bench_answer(bench, "PERSONAL_HOTSPOT", 200,
            i == 0 ? "{\"settings\":[" SETTING_OF("id-1", "PERSONAL_HOTSPOT", "true") "]}" : "");
        bench_run(bench, "device_setting");
        bench_outcome_is(bench, GUID(1), "complete");
        assert_string_equal(bench_known(bench, GUID(1), "rows"), "2");
        setting_is(bench, GUID(1), "DATA_ROAMING", values[i]);
        setting_is(bench, GUID(1), "PERSONAL_HOTSPOT", "true");
        now = bench_known(bench, GUID(1), "digest");
        if (i == 1) {
            size_t half = strlen(digest) / 2;

            assert_memory_not_equal(now, digest, half);
            assert_string_equal(now + half, digest + half);
        }
        (void)snprintf(digest, sizeof digest, "%s", now);
    }
}

#define GROUPS "POST /msa/v1/cps/rule/deviceGuid "

static void groups_are_asked_for_in_every_run(void **state)
{
    struct bench *bench = *state;

    for (int i = 0; i < 2; i++) {
        bench_forget(bench);
        bench_answer_numbered(bench, 2, 1000);
        bench_answer(bench, GROUPS, 200,
            "{\"errors\":null,\"result\":[{\"deviceGuid\":\"" GUID(
                2) "\",\"rules\":["
                   "{\"id\":51173,\"name\":\"x\"},{\"id\":7}]},"
                   "{\"rules\":[],\"deviceGuid\":\"" GUID(1) "\"}]}");
        bench_run(bench, "device_group_member");
        bench_counts_are(bench, 2, 0, 0);
    }
    assert_string_equal(bench_known(bench, GUID(2), "rows"), "2");
    bench_list_is(bench, GUID(1), "");
    assert_int_equal(fake_find_list(&bench->fake, "device_group_member", GUID(2))->times, 1);
}

/* A Core older than 10.8: the devices of each group are listed. */
static void an_old_core_is_asked_for_the_devices_of_its_groups(void **state)
{
    struct bench *bench = *state;

    bench->tenant.kind = SYNC_CORE;
    bench_answer(bench, "GET /api/v1/dm/devices?", 403, "{}"); /* CPS speaks alone */
    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, GROUPS, 404, "");
    bench_answer(bench, "GET /msa/v1/cps/rule?", 200,
        "{\"searchResults\":[{\"id\":7,\"name\":\"x\"},{\"id\":8,\"name\":\"y\"}],\"results\":2}");
    bench_answer(
        bench, "GET /msa/v1/cps/rule?", 200, "{\"searchResults\":[{\"id\":8}],\"results\":1}");
    bench_answer(bench, "GET /msa/v1/cps/rule?", 200, "{\"searchResults\":[],\"results\":0}");
    bench_answer(bench, "ruleId=7&", 200,
        "{\"searchResults\":[{\"deviceGuid\":\"" GUID(2) "\"}],\"results\":1}");
    bench_answer(bench, "ruleId=7&", 200, "{\"searchResults\":[],\"results\":0}");
    bench_answer(bench, "ruleId=8&", 200, "{\"searchResults\":[],\"results\":0}");
    bench_run(bench, "device_group_member");
    bench_list_is(bench, GUID(2), "7");
    bench_list_is(bench, GUID(1), "");
    bench_counts_are(bench, 2, 0, 0);
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(apps_are_asked_for_by_guid_and_else_by_identifier),
        TEST(certificates_are_asked_for_by_identifier),
        TEST(settings_are_asked_for_one_after_the_other),
        TEST(an_empty_body_is_an_answer_without_settings),
        TEST(settings_that_were_answered_are_not_asked_for_again),
        TEST(a_setting_that_turns_back_after_a_failure_is_staged),
        TEST(a_setting_that_was_not_answered_counts_as_it_is_published),
        TEST(groups_are_asked_for_in_every_run),
        TEST(an_old_core_is_asked_for_the_devices_of_its_groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
