/* The inventory of devices through the real HTTP client: what is asked, and what becomes of the
 * answers. Each test is a server of some devices, its answers, and what is staged of them. */
#include "wire/bench.h"

#define APPLICATION "POST /msa/v1/cps/device/application "

/* All devices, each with one app of its own. */
static const char *all_apps(struct bench *bench, int count)
{
    struct buffer body;

    buffer_init(&body, CEILING_RECORD);
    for (int n = 1; n <= count; n++) {
        buffer_printf(&body,
            "%s{\"deviceGuid\":\"%s\",\"applications\":[{\"identifier\":\"app%d\"}]}",
            n > 1 ? "," : "[", bench_guid(bench, n), n);
    }
    buffer_append_text(&body, "]");
    return bench_keep(bench, &body);
}

static void answers_are_told_by_whatever_names_the_device(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 4, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"applications\":[{\"identifier\":\"d\"}],\"identifier\":\" id-4 \"},"
        "{\"deviceMdmId\":\"id-3\",\"applications\":[{\"identifier\":\"c\"}]},"
        "{\"applications\":[{\"identifier\":\"b\"},{\"identifier\":\"b\"}],"
        "\"deviceGuid\":\"" GUID(
            2) "\"},"
               "{\"deviceMdmId\":\"another\",\"deviceGuid\":\"" GUID(
                   1) "\","
                      "\"applications\":[{\"identifier\":\"a\",\"version\":\"1\"}]}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "a|1");
    bench_list_is(bench, GUID(2), "b");
    bench_list_is(bench, GUID(3), "c");
    bench_list_is(bench, GUID(4), "d");
    bench_counts_are(bench, 4, 0, 0);
    assert_int_equal(bench_report(bench)->fetched, 4);
    assert_int_equal(bench_report(bench)->calls, 1);
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
    assert_string_equal(bench_known(bench, GUID(1), "rows"), "1");
    assert_contains(bench_request(bench, APPLICATION, 0),
        "\r\n\r\n{\"identifierType\": \"GUID\", \"identifiers\": [\"" GUID(1) "\", \"" GUID(
            2) "\", \"" GUID(3) "\", \"" GUID(4) "\"]}");
}

static void the_count_goes_first_and_alone(void **state)
{
    struct bench *bench = *state;

    bench->tenant.connections = 4;
    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 1));
    bench_run(bench, "device_app");
    assert_contains(bench->server.request[0], "GET /msa/v1/cps/device/count ");
    assert_int_equal(bench->server.replied_before[1], 1);
}

static void a_wrong_password_counts_once(void **state)
{
    struct bench *bench = *state;

    bench->tenant.connections = 4;
    bench_answer(bench, "GET", 401, "");
    assert_false(bench_run_ends(bench, "device_app"));
    assert_int_equal(bench->err.kind, ERROR_CREDENTIALS);
    assert_int_equal(bench->server.requests, 1);
}

/* As one who asks by identifier gets the answer of another device of that identifier. */
static void a_guid_weighs_more_than_an_identifier(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(9) "\",\"deviceMdmId\":\"id-1\","
                                      "\"applications\":[{\"identifier\":\"a\"}]}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), NULL);
    bench_outcome_is(bench, GUID(1), "unanswered");
    assert_int_equal(bench_report(bench)->rejected, 0);
}

static void of_a_device_that_comes_twice_the_last_list_counts(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(
            1) "\",\"applications\":[{\"identifier\":\"a\"}]},"
               "{\"deviceMdmId\":\"id-1\",\"applications\":[{\"identifier\":\"b\"}]}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "b");
    bench_counts_are(bench, 1, 0, 0);
    assert_int_equal(bench_report(bench)->fetched, 1);
}

/* The first of the two was staged already, though nothing is new. */
static void the_last_list_counts_when_it_is_the_one_that_is_known(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 1));
    bench_run(bench, "device_app");
    bench_forget(bench);
    bench_answer_numbered(bench, 1, 2000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(1) "\",\"applications\":[{\"identifier\":\"x\"}]},"
                                      "{\"deviceGuid\":\"" GUID(
                                          1) "\",\"applications\":[{\"identifier\":\"app1\"}]}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "app1");
}

static void a_device_that_was_not_asked_for_is_passed_over(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(
            9) "\",\"applications\":[{\"identifier\":\"x\"}]},"
               "{\"deviceMdmId\":\"id-9\",\"applications\":[{\"identifier\":\"y\"}]},"
               "{\"deviceGuid\":\"" GUID(1) "\",\"applications\":[{\"identifier\":\"a\"}]}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "a");
    assert_int_equal(bench->fake.list_count, 1);
    assert_int_equal(bench_report(bench)->rejected, 0);
    bench_counts_are(bench, 1, 0, 0);
}

static void what_names_no_device_is_rejected(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"applications\":[{\"identifier\":\"x\"}]},null,7,\"s\",[[]],{},"
        "{\"deviceGuid\":\"" GUID(1) "\",\"applications\":[{\"identifier\":\"a\"}]}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "a");
    assert_int_equal(bench_report(bench)->rejected, 6);
    assert_string_equal(
        fake_text(&bench->fake, "rejected_record", 0, "reason"), "it names no device");
}

/* Promise 2: its old rows stay. */
static void a_device_that_is_missing_is_unanswered(void **state)
{
    struct bench *bench = *state;
    char digest[64];

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    (void)snprintf(digest, sizeof digest, "%s", bench_known(bench, GUID(2), "digest"));
    bench_forget(bench);
    bench_answer_numbered(bench, 2, 2000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 1));
    bench_run(bench, "device_app");
    bench_outcome_is(bench, GUID(1), "complete");
    bench_outcome_is(bench, GUID(2), "unanswered");
    bench_counts_are(bench, 2, 1, 0);
    assert_string_equal(bench_known(bench, GUID(2), "digest"), digest);
    assert_string_equal(bench_known(bench, GUID(2), "rows"), "1");
    assert_int_equal(fake_find_list(&bench->fake, "device_app", GUID(2))->times, 1);
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
}

static void an_empty_list_is_an_answer(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 3, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(1) "\",\"applications\":[]},"
                                      "{\"deviceGuid\":\"" GUID(2) "\",\"applications\":null},"
                                                                   "{\"deviceGuid\":\"" GUID(
                                                                       3) "\"}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "");
    bench_list_is(bench, GUID(2), "");
    bench_list_is(bench, GUID(3), "");
    bench_outcome_is(bench, GUID(1), "complete");
    bench_outcome_is(bench, GUID(2), "complete");
    bench_outcome_is(bench, GUID(3), "complete");
    assert_string_equal(bench_known(bench, GUID(1), "rows"), "0");
    assert_non_null(bench_known(bench, GUID(1), "digest"));
}

static void a_list_that_is_none_fails_its_device_alone(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 3, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(
            1) "\",\"applications\":\"none\"},"
               "{\"deviceGuid\":\"" GUID(
                   2) "\",\"applications\":{\"identifier\":\"x\"}},"
                      "{\"deviceGuid\":\"" GUID(
                          3) "\",\"applications\":[{\"identifier\":\"a\"}]}]");
    bench_run(bench, "device_app");
    bench_outcome_is(bench, GUID(1), "failed");
    bench_outcome_is(bench, GUID(2), "failed");
    bench_list_is(bench, GUID(1), NULL);
    bench_list_is(bench, GUID(3), "a");
    bench_counts_are(bench, 3, 0, 2);
    assert_int_equal(bench_report(bench)->rejected, 2);
    assert_string_equal(fake_text(&bench->fake, "rejected_record", 0, "record_key"), GUID(1));
    assert_string_equal(
        fake_text(&bench->fake, "rejected_record", 0, "reason"), "its list is no list");
    assert_true(sync_entity_is_partial(bench_report(bench)));
    assert_int_equal(bench->server.requests, 4);
}

static void a_good_list_beside_a_bad_one_is_an_answer(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(1) "\",\"applications\":7},"
                                      "{\"deviceGuid\":\"" GUID(
                                          2) "\",\"applications\":[{\"identifier\":\"b\"}]},"
                                             "{\"deviceGuid\":\"" GUID(
                                                 1) "\",\"applications\":[{\"identifier\":\"a\"}]},"
                                                    "{\"deviceGuid\":\"" GUID(
                                                        2) "\",\"applications\":8}]");
    bench_run(bench, "device_app");
    bench_list_is(bench, GUID(1), "a");
    bench_list_is(bench, GUID(2), "b");
    bench_counts_are(bench, 2, 0, 0);
    assert_int_equal(bench_report(bench)->rejected, 2);
}

/* Promise 7: an app is a record. */
static void one_bad_app_costs_itself_alone(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(
            1) "\",\"applications\":[{\"identifier\":\"a\"},\"bad\","
               "{\"identifier\":\"\",\"name\":\"no id\"},{\"identifier\":\"a\"},17,"
               "{\"identifier\":\"b\"}]}]");
    bench_run(bench, "device_app");
    assert_int_equal(bench_report(bench)->rejected, 2);
    assert_int_equal(bench_report(bench)->fetched, 3);
    bench_outcome_is(bench, GUID(1), "complete");
    assert_string_equal(bench_known(bench, GUID(1), "rows"), "3");
    assert_contains(fake_find_list(&bench->fake, "device_app", GUID(1))->forms, "no id");
    assert_string_equal(fake_text(&bench->fake, "rejected_record", 0, "payload"), "\"bad\"");
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
}

/* The same app of many devices is mapped once. */
static void what_comes_again_is_taken_once(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 3, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(1) "\",\"applications\":[{\"identifier\":\"a\"}]},"
                                      "{\"deviceGuid\":\"" GUID(
                                          2) "\",\"applications\":[ { \"identifier\" : \"a\" } ]},"
                                             "{\"deviceGuid\":\"" GUID(
                                                 3) "\",\"applications\":[{\"identifier\":\"b\"},"
                                                    "{\"identifier\":\"a\"}]}]");
    bench_run(bench, "device_app");
    assert_int_equal(bench->fake.items, 2);
    bench_list_is(bench, GUID(1), "a");
    bench_list_is(bench, GUID(2), "a");
    assert_string_equal(
        bench_known(bench, GUID(1), "digest"), bench_known(bench, GUID(2), "digest"));
    assert_string_equal(bench_known(bench, GUID(3), "rows"), "2");
}

/* Eight devices of which one breaks the call: the whole, then two of each half to the culprit. */
static void a_batch_that_fails_is_halved_to_the_culprit(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 8, 1000);
    for (int i = 0; i < 4; i++) {
        bench_answer(bench, GUID(6) "\"", 500, "");
    }
    for (int i = 0; i < 3; i++) {
        bench_answer(bench, APPLICATION, 200, all_apps(bench, 8));
    }
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 7);
    assert_int_equal(bench_report(bench)->calls, 7);
    bench_counts_are(bench, 8, 0, 1);
    for (int n = 1; n <= 8; n++) {
        bench_outcome_is(bench, bench_guid(bench, n), n == 6 ? "failed" : "complete");
    }
    bench_list_is(bench, GUID(5), "app5");
    bench_list_is(bench, GUID(6), NULL);
    assert_int_equal(bench_report(bench)->rejected, 1);
    assert_int_equal(fake_count(&bench->fake, "rejected_record"), 1);
    assert_string_equal(fake_text(&bench->fake, "rejected_record", 0, "record_key"), GUID(6));
    assert_contains(fake_text(&bench->fake, "rejected_record", 0, "reason"), "(500)");
    assert_null(fake_text(&bench->fake, "rejected_record", 0, "payload"));
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_NONE);
}

/* A failed device is asked again in the next run, and the others are not. */
static void the_culprit_is_asked_again_in_the_next_run(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, GUID(2) "\"", 500, "");
    bench_answer(bench, GUID(2) "\"", 500, "");
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    bench_outcome_is(bench, GUID(2), "failed");
    bench_forget(bench);
    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 1);
    assert_lacks(bench_request(bench, APPLICATION, 0), GUID(1));
    bench_outcome_is(bench, GUID(2), "complete");
    bench_list_is(bench, GUID(2), "app2");
}

/* An answer that ends in the middle: what came whole of it is not asked for again. */
static void what_was_answered_before_an_answer_broke_is_kept(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 3, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(2) "\",\"applications\":[{\"identifier\":\"b\"}]},"
                                      "{\"deviceGuid\":\"" GUID(
                                          1) "\",\"applications\":[{\"identifier\":\"half\"}");
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 3));
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 3));
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 3);
    assert_lacks(bench_request(bench, APPLICATION, 1), GUID(2));
    assert_lacks(bench_request(bench, APPLICATION, 2), GUID(2));
    bench_list_is(bench, GUID(1), "app1");
    bench_list_is(bench, GUID(2), "b");
    bench_list_is(bench, GUID(3), "app3");
    bench_counts_are(bench, 3, 0, 0);
}

static void an_answer_that_broke_behind_all_devices_costs_nothing(void **state)
{
    struct bench *bench = *state;

    bench->tenant.batch_size = 2;
    bench_answer_numbered(bench, 3, 1000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(1) "\",\"applications\":[]},"
                                      "{\"deviceGuid\":\"" GUID(2) "\",\"applications\":[]}");
    bench_answer(bench, APPLICATION, 200, "[{\"deviceGuid\":\"" GUID(3) "\",\"applications\":[]}");
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 2);
    bench_counts_are(bench, 3, 0, 0);
    assert_int_equal(bench_report(bench)->rejected, 0);
}

static void eight_failures_in_a_row_give_the_entity_up(void **state)
{
    struct bench *bench = *state;

    bench->tenant.batch_size = 1;
    bench_answer_numbered(bench, 12, 1000);
    for (int i = 0; i < 12; i++) {
        bench_answer(bench, APPLICATION, 500, "");
    }
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 8);
    bench_counts_are(bench, 8, 0, 8);
    assert_int_equal(bench_report(bench)->rejected, 8);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_SERVER);
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    bench_outcome_is(bench, GUID(8), "failed");
    bench_outcome_is(bench, GUID(9), NULL);
    assert_contains(bench->said, "device_app: given up");
}

/* Devices 1 to 8 break every call that asks for one of them. */
static void answer_bad_neighbours(struct bench *bench, int count)
{
    /* As often as a device is the first of them in a batch. */
    static const int times[] = {5, 1, 2, 1, 3, 1, 2, 1};
    const char *apps = all_apps(bench, count);

    bench_answer_numbered(bench, count, 1000);
    for (int n = 1; n <= 8; n++) {
        for (int i = 0; i < times[n - 1]; i++) {
            bench_answer(bench, bench_guid(bench, n), 500, "");
            /* The first batch fails once one beside it was answered. */
            if (n == 1 && i == 0 && bench->tenant.connections > 1) {
                bench_await(bench, 3 + bench->tenant.connections + 1);
            }
        }
    }
    for (int i = 0; i < 9; i++) {
        bench_answer(bench, APPLICATION, 200, apps);
    }
}

static void bad_neighbours_cost_themselves_alone(void **state)
{
    static const struct {
        int batch_size;
        int connections;
    } cases[] = {{8, 2}, {8, 4}, {16, 2}, {16, 4}};
    struct bench *bench = *state;

    bench->full = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench_forget(bench);
        bench->tenant.batch_size = cases[i].batch_size;
        bench->tenant.connections = cases[i].connections;
        answer_bad_neighbours(bench, 80);
        bench_run(bench, "device_app");
        bench_counts_are(bench, 80, 0, 8);
        assert_int_equal(bench_report(bench)->error.kind, ERROR_NONE);
        bench_outcome_is(bench, GUID(8), "failed");
        bench_outcome_is(bench, GUID(9), "complete");
        bench_outcome_is(bench, bench_guid(bench, 80), "complete");
    }
    assert_lacks(bench->said, "given up");
}

/* One connection, and the first batch is all bad: what says that it is not the call? */
static void bad_neighbours_of_whom_nobody_was_answered_give_the_entity_up(void **state)
{
    struct bench *bench = *state;

    bench->tenant.batch_size = 8;
    answer_bad_neighbours(bench, 80);
    bench_run(bench, "device_app");
    bench_counts_are(bench, 8, 0, 8);
    assert_int_equal(bench_requests(bench, APPLICATION), 15);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_SERVER);
    assert_contains(bench->said, "device_app: given up");
}

static void an_answer_between_failures_keeps_the_entity(void **state)
{
    struct bench *bench = *state;

    bench->tenant.batch_size = 1;
    bench_answer_numbered(bench, 12, 1000);
    for (int i = 0; i < 7; i++) {
        bench_answer(bench, APPLICATION, 500, "");
    }
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 12));
    for (int i = 0; i < 4; i++) {
        bench_answer(bench, APPLICATION, 500, "");
    }
    bench_run(bench, "device_app");
    bench_counts_are(bench, 12, 0, 11);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_NONE);
    bench_outcome_is(bench, GUID(8), "complete");
}

/* The devices are there, and the call is not. */
static void refuses(struct bench *bench, int status)
{
    bench_forget(bench);
    bench_answer_numbered(bench, 4, 1000);
    bench_answer(bench, APPLICATION, status, "");
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 1);
    bench_counts_are(bench, 0, 0, 0);
    bench_outcome_is(bench, GUID(1), NULL);
    assert_int_equal(bench->fake.list_count, 0);
    assert_int_equal(bench->reports[0].completeness, SYNC_PROVEN);
}

static void a_call_that_the_server_does_not_know_is_not_offered(void **state)
{
    static const int statuses[] = {404, 405, 501};
    struct bench *bench = *state;

    for (size_t i = 0; i < 3; i++) {
        refuses(bench, statuses[i]);
        assert_int_equal(bench_report(bench)->completeness, SYNC_NOT_OFFERED);
        assert_int_equal(bench_report(bench)->error.kind, ERROR_NONE);
        assert_false(sync_entity_is_partial(bench_report(bench)));
    }
    assert_contains(bench->said, "device_app: not offered by this server");
}

static void what_is_asked_for_by_name_and_not_offered_is_an_error(void **state)
{
    static const char *const names[] = {"device_app", NULL};
    struct bench *bench = *state;

    bench->names = names;
    bench->name_count = 1;
    refuses(bench, 404);
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_SERVER);
    assert_contains(bench_report(bench)->error.text, "POST /device/application");
    bench->name_count = 0;
    bench->tenant.all_entities = false;
    bench->tenant.entities = names;
    refuses(bench, 404);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_SERVER);
}

static void a_call_that_the_user_may_not_make_is_an_error_of_the_entity(void **state)
{
    struct bench *bench = *state;

    refuses(bench, 403);
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_ROLE);
    assert_true(sync_entity_is_partial(bench_report(bench)));
}

static void a_call_that_is_not_available_is_not_halved(void **state)
{
    struct bench *bench = *state;

    refuses(bench, 503);
    assert_int_equal(bench_report(bench)->error.kind, ERROR_SERVER);
}

static void credentials_that_fail_on_the_way_end_the_run(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 401, "");
    assert_false(bench_run_ends(bench, "device_app"));
    assert_int_equal(bench->err.kind, ERROR_CREDENTIALS);
    assert_int_equal(bench_requests(bench, APPLICATION), 1);
}

static void a_device_that_did_not_check_in_is_not_asked_again(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    bench_forget(bench);
    bench_answer_numbered(bench, 3, 1000); /* and one more device */
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 3));
    bench_run(bench, "device_app");
    bench_counts_are(bench, 1, 0, 0);
    assert_lacks(bench_request(bench, APPLICATION, 0), GUID(2));
    bench_list_is(bench, GUID(3), "app3");
}

/* Promise 4: an inventory whose digest is as before is not staged. */
static void an_inventory_that_is_as_before_is_not_staged(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    bench_forget(bench);
    bench_answer_numbered(bench, 2, 2000);
    bench_answer(bench, APPLICATION, 200,
        "[{\"deviceGuid\":\"" GUID(2) "\",\"applications\":[{\"identifier\":\"new\"}]},"
                                      "{\"deviceGuid\":\"" GUID(
                                          1) "\",\"applications\":[{\"identifier\":\"app1\"},"
                                             "{\"identifier\":\"app1\"}]}]");
    bench_run(bench, "device_app");
    bench_counts_are(bench, 2, 0, 0);
    assert_int_equal(fake_find_list(&bench->fake, "device_app", GUID(1))->times, 1);
    assert_int_equal(fake_find_list(&bench->fake, "device_app", GUID(2))->times, 2);
    bench_list_is(bench, GUID(2), "new");
    assert_string_equal(bench_known(bench, GUID(1), "check_in_at"), "1970-01-01T00:00:02.000Z");
}

/* The listing is walked again while the answer is on its way, and the device has checked in since:
 * it is due in the next run. */
static void a_check_in_after_the_question_is_not_answered(void **state)
{
    static const char before[] = "{\"searchResults\":[{\"deviceGuid\":\"" GUID(
        1) "\",\"status\":\"ACTIVE\","
           "\"lastCheckInTime\":1000}],\"results\":1}";
    static const char after[] = "{\"searchResults\":[{\"deviceGuid\":\"" GUID(
        1) "\",\"status\":\"ACTIVE\","
           "\"lastCheckInTime\":2000}],\"results\":1}";
    struct bench *bench = *state;

    bench->tenant.batch_size = 1;
    bench->tenant.connections = 2;
    bench_answer(bench, "/device/count ", 200, "{\"result\":2}");
    bench_answer(bench, "/device/$metadata ", 200, "[]");
    bench_answer(bench, DEVICE_LIST, 200, before);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 1));
    bench_await(bench, 8);
    bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[],\"results\":0}");
    bench_answer(bench, "/device/count ", 200, "{\"result\":2}");
    bench_answer(bench, DEVICE_LIST, 200, after);
    bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[],\"results\":0}");
    bench_answer(bench, "/device/count ", 200, "{\"result\":1}");
    bench_run(bench, "device_app");
    assert_string_equal(bench_known(bench, GUID(1), "check_in_at"), "1970-01-01T00:00:01.000Z");
    bench_forget(bench);
    bench_answer_numbered(bench, 1, 2000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 1));
    bench_run(bench, "device_app");
    bench_counts_are(bench, 1, 0, 0);
}

static void a_full_run_asks_and_stages_all(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    bench_forget(bench);
    bench->full = true;
    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, APPLICATION, 200, all_apps(bench, 2));
    bench_run(bench, "device_app");
    bench_counts_are(bench, 2, 0, 0);
    assert_int_equal(fake_find_list(&bench->fake, "device_app", GUID(1))->times, 2);
    assert_int_equal(fake_find_list(&bench->fake, "device_app", GUID(2))->times, 2);
}

/* Batches are as large as they may be, and as few. */
static void batches_are_full(void **state)
{
    struct bench *bench = *state;

    bench->tenant.batch_size = 5;
    bench_answer_numbered(bench, 11, 1000);
    for (int i = 0; i < 3; i++) {
        bench_answer(bench, APPLICATION, 200, all_apps(bench, 11));
    }
    bench_run(bench, "device_app");
    assert_int_equal(bench_requests(bench, APPLICATION), 3);
    bench_counts_are(bench, 11, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answers_are_told_by_whatever_names_the_device),
        TEST(the_count_goes_first_and_alone),
        TEST(a_wrong_password_counts_once),
        TEST(a_guid_weighs_more_than_an_identifier),
        TEST(of_a_device_that_comes_twice_the_last_list_counts),
        TEST(the_last_list_counts_when_it_is_the_one_that_is_known),
        TEST(a_device_that_was_not_asked_for_is_passed_over),
        TEST(what_names_no_device_is_rejected),
        TEST(a_device_that_is_missing_is_unanswered),
        TEST(an_empty_list_is_an_answer),
        TEST(a_list_that_is_none_fails_its_device_alone),
        TEST(a_good_list_beside_a_bad_one_is_an_answer),
        TEST(one_bad_app_costs_itself_alone),
        TEST(what_comes_again_is_taken_once),
        TEST(a_batch_that_fails_is_halved_to_the_culprit),
        TEST(the_culprit_is_asked_again_in_the_next_run),
        TEST(what_was_answered_before_an_answer_broke_is_kept),
        TEST(an_answer_that_broke_behind_all_devices_costs_nothing),
        TEST(eight_failures_in_a_row_give_the_entity_up),
        TEST(bad_neighbours_cost_themselves_alone),
        TEST(bad_neighbours_of_whom_nobody_was_answered_give_the_entity_up),
        TEST(an_answer_between_failures_keeps_the_entity),
        TEST(a_call_that_the_server_does_not_know_is_not_offered),
        TEST(what_is_asked_for_by_name_and_not_offered_is_an_error),
        TEST(a_call_that_the_user_may_not_make_is_an_error_of_the_entity),
        TEST(a_call_that_is_not_available_is_not_halved),
        TEST(credentials_that_fail_on_the_way_end_the_run),
        TEST(a_device_that_did_not_check_in_is_not_asked_again),
        TEST(an_inventory_that_is_as_before_is_not_staged),
        TEST(a_check_in_after_the_question_is_not_answered),
        TEST(a_full_run_asks_and_stages_all),
        TEST(batches_are_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
