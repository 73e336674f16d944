/* Groups and who is in them, through the real HTTP client: what a listing that moved, that was cut
 * short or that is empty proves, and what is asked of a Core older than 10.8. */
#include "wire/bench.h"

#define GROUPS "POST /msa/v1/cps/rule/deviceGuid "
#define RULES "GET /msa/v1/cps/rule?"
#define NONE "{\"searchResults\":[],\"results\":0}"
#define DEVICE(n) "{\"deviceGuid\":\"" GUID(n) "\"}"

static void a_page_of_none_that_counts_more_proves_nothing(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":7},{\"id\":8}],\"results\":5}");
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":8}],\"results\":5}");
    bench_answer(bench, RULES, 200, "{\"searchResults\":[],\"results\":5}");
    bench_run(bench, "device_group");
    assert_int_equal(bench_report(bench)->fetched, 2);
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    assert_int_equal(bench->fake.replaced, 0);
    assert_contains(bench->said, "cut it short");
}

static void a_page_of_none_that_counts_no_more_ends_a_list(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":7}],\"results\":1}");
    bench_answer(bench, RULES, 200, NONE);
    bench_run(bench, "device_group");
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
    assert_int_equal(bench->fake.replaced, 1);
}

static void a_list_of_no_group_removes_none(void **state)
{
    struct bench *bench = *state;

    bench_answer_numbered(bench, 1, 1000);
    bench_answer(bench, RULES, 200, NONE);
    bench_run(bench, "device_group");
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    assert_int_equal(bench->fake.replaced, 0);
    assert_contains(bench->said, "a list of nothing proves nothing");
}

/* A Core that does not know the call: `count` devices, and the first page of groups. */
static void answer_old_core(struct bench *bench, int count, const char *groups)
{
    bench_forget(bench);
    bench->tenant.kind = SYNC_CORE;
    bench_answer(bench, "GET /api/v1/dm/devices?", 403, "{}"); /* CPS speaks alone */
    bench_answer_numbered(bench, count, 1000);
    bench_answer(bench, GROUPS, 404, "");
    bench_answer(bench, RULES, 200, groups);
}

static void a_list_of_no_group_removes_nobody_from_one(void **state)
{
    struct bench *bench = *state;

    answer_old_core(bench, 2, "{\"searchResults\":[{\"id\":7}],\"results\":1}");
    bench_answer(bench, RULES, 200, NONE);
    bench_answer(
        bench, "ruleId=7&offset=0", 200, "{\"searchResults\":[" DEVICE(1) "],\"results\":1}");
    bench_answer(bench, "ruleId=7&offset=1", 200, NONE);
    bench_run(bench, "device_group_member");
    bench_list_is(bench, GUID(1), "7");
    answer_old_core(bench, 2, NONE);
    bench_run(bench, "device_group_member");
    bench_list_is(bench, GUID(1), "7");
    assert_string_equal(bench_known(bench, GUID(1), "rows"), "1");
    assert_int_equal(bench_report(bench)->completeness, SYNC_UNPROVEN);
    assert_contains(bench->said, "the server lists no group: what is published stays");
}

/* The second page lacks the last group of the first, and the second walk lacks group 6. */
static void groups_of_a_walk_that_moved_are_not_asked_for(void **state)
{
    static const char *const first_pages[] = {"ruleId=7&offset=0", "ruleId=8&offset=0"};
    static const char *const last_pages[] = {"ruleId=7&offset=1", "ruleId=8&offset=1"};
    struct bench *bench = *state;

    bench->tenant.page_size = 2;
    answer_old_core(bench, 1, "{\"searchResults\":[{\"id\":6},{\"id\":7}],\"results\":2}");
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":8}],\"results\":1}");
    bench_answer(bench, RULES, 200, NONE);
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":7},{\"id\":8}],\"results\":2}");
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":8}],\"results\":1}");
    bench_answer(bench, RULES, 200, NONE);
    for (int i = 0; i < 2; i++) {
        bench_answer(
            bench, first_pages[i], 200, "{\"searchResults\":[" DEVICE(1) "],\"results\":1}");
        bench_answer(bench, last_pages[i], 200, NONE);
    }
    bench_run(bench, "device_group_member");
    bench_list_is(bench, GUID(1), "7 8");
    assert_int_equal(bench_requests(bench, RULES), 6);
    assert_int_equal(bench_requests(bench, "ruleId="), 4);
    assert_int_equal(bench_requests(bench, "ruleId=6&"), 0);
    assert_int_equal(bench_report(bench)->calls, 1 + 6 + 4);
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
}

/* The same of the devices of a group: device 1 left it meanwhile. */
static void members_of_a_walk_that_moved_are_void(void **state)
{
    struct bench *bench = *state;

    bench->tenant.page_size = 3;
    answer_old_core(bench, 3, "{\"searchResults\":[{\"id\":7}],\"results\":1}");
    bench_answer(bench, RULES, 200, NONE);
    bench_answer(bench, "ruleId=7&offset=0", 200,
        "{\"searchResults\":[" DEVICE(1) "," DEVICE(2) "],\"results\":2}");
    bench_answer(
        bench, "ruleId=7&offset=1", 200, "{\"searchResults\":[" DEVICE(3) "],\"results\":1}");
    bench_answer(bench, "ruleId=7&offset=2", 200, NONE);
    bench_answer(bench, "ruleId=7&offset=0", 200,
        "{\"searchResults\":[" DEVICE(2) "," DEVICE(3) "],\"results\":2}");
    bench_answer(
        bench, "ruleId=7&offset=1", 200, "{\"searchResults\":[" DEVICE(3) "],\"results\":1}");
    bench_answer(bench, "ruleId=7&offset=2", 200, NONE);
    bench_run(bench, "device_group_member");
    bench_list_is(bench, GUID(1), "");
    bench_list_is(bench, GUID(2), "7");
    bench_list_is(bench, GUID(3), "7");
    assert_int_equal(bench_report(bench)->fetched, 2);
    assert_int_equal(bench_requests(bench, "ruleId=7&"), 6);
    assert_int_equal(bench_report(bench)->completeness, SYNC_PROVEN);
}

/* One of two batches was answered before the server said that it does not know the call. */
static void devices_that_were_asked_in_two_ways_count_once(void **state)
{
    struct bench *bench = *state;

    bench->tenant.kind = SYNC_CORE;
    bench_answer(bench, "GET /api/v1/dm/devices?", 403, "{}"); /* CPS speaks alone */
    bench->tenant.batch_size = 1;
    bench->tenant.connections = 2;
    bench_answer_numbered(bench, 2, 1000);
    bench_answer(bench, GUID(1) "\"]}", 200,
        "{\"result\":[{\"deviceGuid\":\"" GUID(1) "\",\"rules\":[{\"id\":7},{\"id\":8}]}]}");
    bench_answer(bench, GROUPS, 404, "");
    bench_answer(bench, RULES, 200, "{\"searchResults\":[{\"id\":7}],\"results\":1}");
    bench_answer(bench, RULES, 200, NONE);
    bench_answer(
        bench, "ruleId=7&offset=0", 200, "{\"searchResults\":[" DEVICE(1) "],\"results\":1}");
    bench_answer(bench, "ruleId=7&offset=1", 200, NONE);
    bench_run(bench, "device_group_member");
    bench_counts_are(bench, 2, 0, 0);
    assert_int_equal(bench_report(bench)->fetched, 1);
    bench_list_is(bench, GUID(1), "7");
    bench_list_is(bench, GUID(2), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_page_of_none_that_counts_more_proves_nothing),
        TEST(a_page_of_none_that_counts_no_more_ends_a_list),
        TEST(a_list_of_no_group_removes_none),
        TEST(a_list_of_no_group_removes_nobody_from_one),
        TEST(groups_of_a_walk_that_moved_are_not_asked_for),
        TEST(members_of_a_walk_that_moved_are_void),
        TEST(devices_that_were_asked_in_two_ways_count_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
