/* Runs of the PostgreSQL destination beside sessions that hold locks. Runs under with_cluster. */
#include "postgres/past.h"

/* A device is there, and a run that would change it, beside this statement's locks. */
static void begin_beside(struct place *place, const char *statement)
{
    begin_day(place, 10);
    stage_device(place, "d1", "ACTIVE", 1);
    publish_states(place, 1, 0, 0);
    place->settings.lock_wait_ms = 50;
    begin_day(place, 11);
    stage_device(place, "d1", "WIPED", 1);
    execute(place, "BEGIN");
    execute(place, statement);
}

/* It says what it waited for, and what is published and what is staged stay. */
static void cannot_publish_beside(struct place *place, const char *statement, const char *what)
{
    struct load_counts counts = {.relation = &device_relation};
    bool changed = true;

    begin_beside(place, statement);
    assert_false(load_publish(place->load, &counts, 1, NULL, &changed, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_false(changed);
    if (strstr(place->err.text, what) != place->err.text ||
        strstr(place->err.text, "another session holds a lock") == NULL) {
        fail_msg("wanted: %s\ngot: %s", what, place->err.text);
    }
    assert_answer(place, "1", "SELECT count(*) FROM @.stage_device");
    assert_answer(place, "d1 ACTIVE 10-", STATES);
    execute(place, "COMMIT");
    assert_true(tell_run(place, "failed", 1));
}

static void a_table_that_may_not_be_written_is_not_waited_for_without_end(void **state)
{
    cannot_publish_beside(
        *state, "LOCK TABLE @.device IN SHARE MODE", "publishing device: PostgreSQL: ");
}

static void a_table_that_may_not_be_read_is_not_waited_for_without_end(void **state)
{
    cannot_publish_beside(*state, "LOCK TABLE @.device_history IN ACCESS EXCLUSIVE MODE",
        "publishing device_history: PostgreSQL: ");
}

static void rows_that_another_holds_are_not_waited_for_without_end(void **state)
{
    cannot_publish_beside(
        *state, "SELECT FROM @.device FOR UPDATE", "publishing device: PostgreSQL: ");
}

/* A long query of a BI tool: it reads everything, and may go on. */
static void a_reader_stands_in_nobodys_way(void **state)
{
    struct place *place = *state;

    begin_beside(place, "SELECT FROM @.device, @.device_history, @.run, @.app, @.setting");
    publish_states(place, 1, 1, 0);
    assert_answer(place, "d1 ACTIVE 10-11, d1 WIPED 11-", STATES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_past, tear_down)
        TEST(a_table_that_may_not_be_written_is_not_waited_for_without_end),
        TEST(a_table_that_may_not_be_read_is_not_waited_for_without_end),
        TEST(rows_that_another_holds_are_not_waited_for_without_end),
        TEST(a_reader_stands_in_nobodys_way),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
