/* What runs say of themselves in the PostgreSQL destination, and how long that is kept. Runs under
 * with_cluster. */
#include "base/buffer.h"
#include "postgres/past.h"

#define RUNS                                                                                       \
    "SELECT coalesce(string_agg(run_id || ' ' || outcome || ' ' || "                               \
    "coalesce((extract(epoch FROM finished_at) * 1000)::bigint::text, '-'), ', ' "                 \
    "ORDER BY run_id), '') FROM @.run"
#define PARTS                                                                                      \
    "SELECT coalesce(string_agg(run_id || ' ' || entity || ' ' || calls || ' ' || seconds || ' ' " \
    "|| proven, ', ' ORDER BY run_id, entity), '') FROM @.run_part"
#define REJECTED                                                                                   \
    "SELECT coalesce(string_agg(run_id || ' ' || ordinal, ', ' ORDER BY run_id, ordinal), '') "    \
    "FROM @.rejected"

static void what_is_told_is_seen_at_once(void **state)
{
    struct place *place = *state;

    begin_run(place);
    assert_true(tell_run(place, "running", 0));
    tell_part(place, "device", INT64_MIN);
    assert_answer(place, "run running -", RUNS);
    assert_answer(place, "run device -9223372036854775808 0.1 true", PARTS);
    end_run(place);
    assert_answer(place, "run running -", RUNS);
}

static void all_rows_of_a_run_are_told_together(void **state)
{
    const struct cell cells[2][5] = {
        {text_cell("run"), text_cell("it's"), {.is_set = true, .number = 1},
            {.is_set = true, .real = 0.1 + 0.2}, {.is_set = false}},
        {text_cell("run"), text_cell("b\\"), {.is_set = true, .number = 2}, {.is_set = false},
            {.is_set = true, .boolean = false}}};
    const struct row rows[] = {{&part_relation, cells[0]}, {&part_relation, cells[1]}};
    struct place *place = *state;

    begin_run(place);
    tell_part(place, "device", 7);
    must(place, load_tell(place->load, rows, 2, &place->err));
    assert_answer(place, "b\\ 2 ? false|it's 1 0.30000000000000004 ?",
        "SELECT string_agg(entity || ' ' || calls || ' ' || coalesce(seconds::text, '?') || ' ' || "
        "coalesce(proven::text, '?'), '|' ORDER BY entity) FROM @.run_part");
}

static void a_run_tells_between_what_it_stages(void **state)
{
    struct place *place = *state;

    begin_run(place);
    stage_setting(place, "d1", "a", "1");
    must(place, load_mark(place->load, &setting_relation, &place->err));
    must(place, load_forget(place->load, &setting_relation, &place->err));
    for (int i = 0; i < 20000; i++) {
        char name[32];

        (void)snprintf(name, sizeof name, "setting %d", i);
        stage_setting(place, "d1", name, "1");
    }
    assert_true(tell_run(place, "running", 0));
    stage_setting(place, "d2", "a", "1");
    publish(place, &setting_relation, 20001, 0, 0, 0);
}

static bool tell_end(void *context, struct error *err)
{
    struct place *place = context;
    bool ok = tell_run(place, "complete", 2000 * DAY);

    *err = place->err;
    assert_answer(place, "run running -", RUNS);
    return ok;
}

static void the_end_is_seen_with_what_is_published(void **state)
{
    struct place *place = *state;
    struct load_counts counts[] = {{.relation = &device_relation}, {.relation = &run_relation}};
    const struct load_end end = {.tell = tell_end, .context = place};
    bool changed = true;

    begin_run(place);
    assert_true(tell_run(place, "running", 0));
    must(place, load_publish(place->load, counts, 2, &end, &changed, &place->err));
    assert_false(changed);
    assert_answer(place, "run complete 172800000000", RUNS);
}

/* An end that cannot be written takes back what was published with it, and may be told after. */
static void an_end_that_fails_fails_the_publish(void **state)
{
    struct place *place = *state;
    struct load_counts counts = {.relation = &device_relation};
    const struct load_end end = {.tell = tell_end, .context = place};
    bool changed = true;

    begin_run(place);
    assert_true(tell_run(place, "running", 0));
    execute(place, "ALTER TABLE @.run ADD CHECK (outcome <> 'complete')");
    stage_device(place, "d1", "ACTIVE", 1);
    assert_false(load_publish(place->load, &counts, 1, &end, &changed, &place->err));
    assert_non_null(strstr(place->err.text, "writing run: "));
    assert_false(changed);
    assert_true(tell_run(place, "failed", DAY));
    assert_answer(place, "run failed 86400000", RUNS);
    assert_answer(place, "0", "SELECT count(*) FROM @.device");
    assert_answer(place, "1", "SELECT count(*) FROM @.stage_device");
}

static void a_type_that_no_run_has_is_a_mistake(void **state)
{
    static const struct column columns[] = {
        {"run_id", "", COLUMN_TEXT}, {"list", "", COLUMN_TEXT_ARRAY}};
    static const struct relation relation = {"odd", "", columns, 2, 1, RELATION_RUN, 0};
    static const struct relation *const relations[] = {&relation};
    const struct cell cells[] = {text_cell("run"), {.is_set = true, .list = {NULL, 0}}};
    const struct row row = {&relation, cells};
    struct place *place = *state;

    place->schema = (struct load_schema){.relations = relations, .count = 1};
    begin_run(place);
    assert_false(load_tell(place->load, &row, 1, &place->err));
    assert_int_equal(place->err.kind, ERROR_MEMORY);
}

static void a_run_that_died_is_told_so(void **state)
{
    struct place *place = *state;

    begin_run(place);
    assert_true(tell_run(place, "running", 0));
    end_run(place);
    place->run.run_id = "of beta";
    place->run.tenant = "beta";
    begin_run(place);
    assert_true(tell_run(place, "running", 0));
    end_run(place);
    place->run.run_id = "next";
    place->run.tenant = "acme";
    begin_run(place);
    assert_answer(place, "of beta running -, run failed -", RUNS);
    assert_answer(place,
        "ended without a word: it was killed, or lost the database, or the machine went down",
        "SELECT message FROM @.run WHERE run_id = 'run'");
}

/* A run of this day that says something and rejects two records. */
static void leave_run(struct place *place, const char *run, int64_t day)
{
    struct load_counts counts[] = {{.relation = &rejected_relation}};
    bool changed = false;

    place->run.run_id = run;
    begin_day(place, day);
    assert_true(tell_run(place, "complete", 0));
    tell_part(place, "device", 1);
    for (int64_t i = 1; i <= 2; i++) {
        const struct cell cells[] = {text_cell(run), {.is_set = true, .number = i},
            text_cell(place->run.tenant), text_cell("d1"), text_cell("{}"), time_cell(day * DAY)};
        const struct row row = {&rejected_relation, cells};

        must(place, load_stage(place->load, &row, &place->err));
    }
    must(place, load_publish(place->load, counts, 1, NULL, &changed, &place->err));
    end_run(place);
}

static void what_was_told_of_old_runs_goes(void **state)
{
    struct place *place = *state;

    leave_run(place, "a", 10);
    leave_run(place, "b", 20);
    place->run.tenant = "beta";
    leave_run(place, "c", 10);
    place->run.tenant = "acme";
    place->settings.keep_runs_ms = 9 * DAY;
    leave_run(place, "d", 20);
    assert_answer(place, "b complete -, c complete -, d complete -", RUNS);
    assert_answer(place, "b device 1 0.1 true, c device 1 0.1 true, d device 1 0.1 true", PARTS);
    assert_answer(place, "b 1, b 2, c 1, c 2, d 1, d 2", REJECTED);
}

/* Runs of before there was a ledger. */
static void rejects_of_runs_that_nobody_knows_go_by_their_own_time(void **state)
{
    struct place *place = *state;

    leave_run(place, "a", 10);
    leave_run(place, "b", 12);
    place->run.tenant = "beta";
    leave_run(place, "c", 10);
    execute(place, "DELETE FROM @.run");
    place->run.tenant = "acme";
    place->settings.keep_runs_ms = 9 * DAY;
    leave_run(place, "d", 20);
    assert_answer(place, "b 1, b 2, c 1, c 2, d 1, d 2", REJECTED);
}

static void without_an_age_all_stays(void **state)
{
    struct place *place = *state;

    leave_run(place, "a", 1);
    leave_run(place, "b", 9000);
    assert_answer(place, "a complete -, b complete -", RUNS);
    assert_answer(place, "a 1, a 2, b 1, b 2", REJECTED);
}

/* A schema whose relations do not have the columns by which runs go. */
static void relations_without_the_columns_are_passed_over(void **state)
{
    static const struct relation *const relations[] = {
        &part_relation, &reject_relation, &device_relation};
    struct place *place = *state;

    place->schema = (struct load_schema){.relations = relations, .count = 3};
    place->settings.keep_runs_ms = 1;
    place->settings.keep_history_ms = 1;
    begin_run(place);
    tell_part(place, "device", 1);
    must(place, load_rename(place->load, str_of("a"), str_of("b"), &place->err));
    stage_device(place, "d1", "ACTIVE", 1);
    publish(place, &device_relation, 1, 0, 0, 0);
    assert_answer(place, "run device 1 0.1 true", PARTS);
}

static bool collect_told(void *context, const struct str *texts, struct error *err)
{
    struct buffer *text = context;

    (void)err;
    buffer_append_str(text, texts[0]);
    buffer_append_char(text, '|');
    buffer_append_str(text, texts[1]);
    buffer_append_char(text, ';');
    return true;
}

/* What a reader finds, and the number of apps that it counts. */
static void assert_reader(struct place *place, const char *runs, const char *parts, int64_t apps)
{
    static const size_t of_run[] = {0, 4};
    static const size_t of_part[] = {0, 2};
    struct load *reader = NULL;
    struct buffer text;
    int64_t rows = -1;

    buffer_init(&text, 64 * 1024);
    must(place, load_open_reader(&place->settings, &place->schema, &place->run, &place->log,
                    &reader, &place->err));
    must(place, load_published(reader, &run_relation, of_run, 2, collect_told, &text, &place->err));
    assert_string_equal(buffer_text(&text), runs);
    buffer_clear(&text);
    must(place,
        load_published(reader, &part_relation, of_part, 2, collect_told, &text, &place->err));
    assert_string_equal(buffer_text(&text), parts);
    must(place, load_count(reader, &app_relation, &rows, &place->err));
    assert_int_equal(rows, apps);
    must(place, load_count(reader, &device_relation, &rows, &place->err));
    assert_int_equal(rows, 0);
    load_close(reader);
    buffer_release(&text);
}

static void a_reader_finds_what_is_told_beside_a_run(void **state)
{
    struct place *place = *state;

    assert_reader(place, "", "", 0);
    place->run.tenant = "beta";
    leave_run(place, "b", 10);
    place->run.tenant = "acme";
    place->run.run_id = "a";
    begin_day(place, 11);
    assert_true(tell_run(place, "running", 0));
    tell_part(place, "device", 7);
    assert_reader(place, "a|running;", "a|7;", 0);
    stage_apps(place, "d1", "x:1 y:2");
    stage_apps(place, "d2", "x:1");
    publish(place, &app_relation, 3, 0, 0, 0);
    assert_reader(place, "a|running;", "a|7;", 3);
    execute(place, "DROP TABLE @.run");
    assert_reader(place, "", "", 3);
}

static void the_tables_have_keys_and_indexes(void **state)
{
    struct place *place = *state;

    begin_run(place);
    assert_answer(place, "device_history 3, run 2, run_part 1",
        "SELECT string_agg(t, ', ' ORDER BY t) FROM (SELECT relname || ' ' || count(*) AS t "
        "FROM pg_class JOIN pg_index ON indrelid = pg_class.oid "
        "WHERE relnamespace = '@'::regnamespace "
        "AND relname IN ('device_history', 'run', 'run_part') GROUP BY relname) AS x");
    assert_answer(place, "0",
        "SELECT count(*) FROM pg_class WHERE relnamespace = "
        "'@'::regnamespace AND relname ~ '^stage_(run_part|device_history)'");
    end_run(place);
    place->settings.auto_migrate = false;
    execute(place, "DROP TABLE @.run_part");
    assert_false(load_open(
        &place->settings, &place->schema, &place->run, &place->log, &place->load, &place->err));
    assert_non_null(strstr(place->err.text, "table run_part is missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_past, tear_down)
        TEST(what_is_told_is_seen_at_once),
        TEST(all_rows_of_a_run_are_told_together),
        TEST(a_run_tells_between_what_it_stages),
        TEST(the_end_is_seen_with_what_is_published),
        TEST(an_end_that_fails_fails_the_publish),
        TEST(a_type_that_no_run_has_is_a_mistake),
        TEST(a_run_that_died_is_told_so),
        TEST(what_was_told_of_old_runs_goes),
        TEST(rejects_of_runs_that_nobody_knows_go_by_their_own_time),
        TEST(without_an_age_all_stays),
        TEST(relations_without_the_columns_are_passed_over),
        TEST(a_reader_finds_what_is_told_beside_a_run),
        TEST(the_tables_have_keys_and_indexes),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
