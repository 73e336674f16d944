/* The states of devices that the PostgreSQL destination keeps. Runs under with_cluster. */
#include "postgres/past.h"

static void begin_history(struct place *place)
{
    begin_day(place, 10);
    stage_device(place, "d1", "ACTIVE", 1);
    stage_device(place, "d2", "ACTIVE", 1);
    publish_states(place, 2, 0, 0);
}

static void a_new_device_begins_a_state(void **state)
{
    struct place *place = *state;

    begin_history(place);
    assert_answer(place, "d1 ACTIVE 10-, d2 ACTIVE 10-", STATES);
}

static void a_change_ends_a_state_and_begins_one(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    stage_device(place, "d1", "WIPED", 1);
    stage_device(place, "d2", "ACTIVE", 1);
    publish_states(place, 1, 1, 0);
    assert_answer(place, "d1 ACTIVE 10-11, d1 WIPED 11-, d2 ACTIVE 10-", STATES);
}

static void what_is_not_kept_adds_no_state(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    stage_device(place, "d1", "ACTIVE", 2);
    publish_states(place, 0, 0, 0);
    assert_answer(place, "d1 ACTIVE 10-, d2 ACTIVE 10-", STATES);
}

static void from_and_to_null_is_a_change(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    execute(place, "UPDATE @.device_history SET identifier = 'x' WHERE device_id = 'd1'");
    stage_device(place, "d2", "ACTIVE", 2);
    publish_states(place, 1, 1, 0);
    assert_answer(place, "10",
        "SELECT extract(epoch FROM valid_from)::bigint / 86400 "
        "FROM @.device_history WHERE identifier = 'x'");
}

static void a_device_that_left_is_in_the_history_alone(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    remove_device(place, "d1");
    publish_states(place, 0, 1, 0);
    begin_day(place, 12);
    stage_device(place, "d1", "ACTIVE", 1);
    publish_states(place, 1, 0, 0);
    assert_answer(place, "d1 ACTIVE 10-11, d1 ACTIVE 12-, d2 ACTIVE 10-", STATES);
}

/* Two runs of one millisecond, or a clock that was set back. */
static void states_follow_each_other_whatever_the_clock_says(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 9);
    stage_device(place, "d1", "WIPED", 1);
    publish_states(place, 1, 1, 0);
    begin_day(place, 10);
    stage_device(place, "d1", "ACTIVE", 1);
    publish_states(place, 1, 1, 0);
    assert_answer(place, "0.000 0.001|0.001 0.002|0.002 ",
        "SELECT string_agg(extract(epoch FROM valid_from - '1970-01-11Z')::numeric(9, 3) || ' ' || "
        "coalesce(extract(epoch FROM valid_to - '1970-01-11Z')::numeric(9, 3)::text, ''), '|' "
        "ORDER BY valid_from) FROM @.device_history WHERE device_id = 'd1'");
}

static void a_run_that_touches_no_device_writes_no_state(void **state)
{
    struct place *place = *state;

    begin_history(place);
    execute(place, "UPDATE @.device SET status = 'changed by hand'");
    begin_day(place, 11);
    stage_setting(place, "d1", "a", "1");
    publish(place, &setting_relation, 1, 0, 0, 0);
    assert_answer(place, "d1 ACTIVE 10-, d2 ACTIVE 10-", STATES);
}

/* The counts need not ask for the history. */
static void the_history_is_kept_unasked(void **state)
{
    struct place *place = *state;

    begin_day(place, 10);
    stage_device(place, "d1", "ACTIVE", 1);
    publish(place, &device_relation, 1, 0, 0, 0);
    assert_answer(place, "d1 ACTIVE 10-", STATES);
}

static void other_tenants_keep_their_states(void **state)
{
    struct place *place = *state;

    begin_history(place);
    place->run.tenant = "beta";
    begin_day(place, 11);
    stage_device(place, "d1", "WIPED", 1);
    publish_states(place, 1, 0, 0);
    assert_answer(place, "d1 ACTIVE 10-, d2 ACTIVE 10-", STATES);
}

/* The upgrade of a schema that had none. */
static void devices_without_a_history_get_one(void **state)
{
    struct place *place = *state;

    begin_history(place);
    execute(place, "DROP TABLE @.device_history");
    begin_day(place, 11);
    stage_device(place, "d1", "ACTIVE", 1);
    stage_device(place, "d2", "ACTIVE", 1);
    publish_states(place, 2, 0, 0);
    assert_answer(place, "d1 ACTIVE 11-, d2 ACTIVE 11-", STATES);
    assert_answer(place, "3",
        "SELECT count(*) FROM pg_index "
        "WHERE indrelid = '@.device_history'::regclass");
}

static void rename_device(struct place *place, const char *from, const char *to)
{
    must(place, load_rename(place->load, str_of(from), str_of(to), &place->err));
}

static void a_renamed_device_takes_its_history_along(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    rename_device(place, "d1", "it's d3");
    remove_device(place, "d1");
    stage_device(place, "it's d3", "ACTIVE", 1);
    publish_states(place, 0, 0, 0);
    assert_answer(place, "d2 ACTIVE 10-, it's d3 ACTIVE 10-", STATES);
}

/* What is renamed goes over even where that is all there is to do. */
static void a_name_with_a_history_keeps_its_own(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    rename_device(place, "d1", "d2");
    publish_states(place, 0, 0, 0);
    assert_answer(place, "d1 ACTIVE 10-, d2 ACTIVE 10-", STATES);
}

static void of_two_that_come_to_one_name_the_first_counts(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 11);
    rename_device(place, "d2", "d9");
    rename_device(place, "d1", "d9");
    rename_device(place, "d2", "d8");
    rename_device(place, "gone", "d7");
    remove_device(place, "d1");
    remove_device(place, "d2");
    stage_device(place, "d9", "ACTIVE", 1);
    publish_states(place, 0, 1, 0);
    assert_answer(place, "d1 ACTIVE 10-11, d9 ACTIVE 10-", STATES);
}

/* More pairs than one statement takes. */
static void thousands_may_be_renamed_at_once(void **state)
{
    enum { COUNT = 5000 };
    struct place *place = *state;

    for (int day = 10; day < 12; day++) {
        begin_day(place, day);
        for (int i = 0; i < COUNT; i++) {
            char name[2][40];

            (void)snprintf(name[0], sizeof name[0], "mdm:%028d", i);
            (void)snprintf(name[1], sizeof name[1], "guid:%028d", i);
            if (day == 11) {
                remove_device(place, name[0]);
                rename_device(place, name[0], name[1]);
            }
            stage_device(place, name[day - 10], "ACTIVE", 1);
        }
        publish_states(place, day == 10 ? COUNT : 0, 0, 0);
    }
    assert_answer(place, "5000",
        "SELECT count(*) FROM @.device_history "
        "WHERE device_id LIKE 'guid:%' AND valid_to IS NULL");
}

static void states_go_when_they_ended_too_long_ago(void **state)
{
    struct place *place = *state;

    begin_history(place);
    begin_day(place, 20);
    stage_device(place, "d1", "WIPED", 1);
    publish_states(place, 1, 1, 0);
    place->settings.keep_history_ms = 5 * DAY;
    begin_day(place, 25);
    publish_states(place, 0, 0, 0);
    begin_day(place, 26);
    publish_states(place, 0, 0, 1);
    assert_answer(place, "d1 WIPED 20-, d2 ACTIVE 10-", STATES);
    place->settings.keep_history_ms = INT64_MAX;
    begin_day(place, 27);
    publish_states(place, 0, 0, 0);
}

static bool fail_to_tell(void *context, struct error *err)
{
    (void)context;
    return error_set(err, ERROR_DESTINATION, "told to fail");
}

static void a_publish_that_fails_leaves_states_and_devices_as_they_were(void **state)
{
    struct place *place = *state;
    struct load_counts counts = {.relation = &device_relation};
    const struct load_end end = {.tell = fail_to_tell};
    bool changed = false;

    begin_history(place);
    begin_day(place, 11);
    stage_device(place, "d1", "WIPED", 1);
    assert_false(load_publish(place->load, &counts, 1, &end, &changed, &place->err));
    assert_string_equal(place->err.text, "told to fail");
    end_run(place);
    execute(place, "ALTER TABLE @.device_history ADD CHECK (status <> 'WIPED')");
    begin_day(place, 11);
    stage_device(place, "d1", "WIPED", 1);
    assert_false(load_publish(place->load, &counts, 1, NULL, &changed, &place->err));
    assert_non_null(strstr(place->err.text, "publishing device_history: "));
    assert_false(changed);
    end_run(place);
    assert_answer(place, "d1 ACTIVE 10-, d2 ACTIVE 10-", STATES);
    assert_answer(place, "ACTIVE", "SELECT DISTINCT status FROM @.device");
}

static void states_cannot_be_staged(void **state)
{
    const struct cell cells[6] = {text_cell("acme"), text_cell("d1"), time_cell(1)};
    const struct row row = {&history_relation, cells};
    struct place *place = *state;

    begin_run(place);
    assert_false(load_stage(place->load, &row, &place->err));
    assert_int_equal(place->err.kind, ERROR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_past, tear_down)
        TEST(a_new_device_begins_a_state),
        TEST(a_change_ends_a_state_and_begins_one),
        TEST(what_is_not_kept_adds_no_state),
        TEST(from_and_to_null_is_a_change),
        TEST(a_device_that_left_is_in_the_history_alone),
        TEST(states_follow_each_other_whatever_the_clock_says),
        TEST(a_run_that_touches_no_device_writes_no_state),
        TEST(the_history_is_kept_unasked),
        TEST(other_tenants_keep_their_states),
        TEST(devices_without_a_history_get_one),
        TEST(a_renamed_device_takes_its_history_along),
        TEST(a_name_with_a_history_keeps_its_own),
        TEST(of_two_that_come_to_one_name_the_first_counts),
        TEST(thousands_may_be_renamed_at_once),
        TEST(states_go_when_they_ended_too_long_ago),
        TEST(a_publish_that_fails_leaves_states_and_devices_as_they_were),
        TEST(states_cannot_be_staged),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
