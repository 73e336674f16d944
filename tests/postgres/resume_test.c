/* What a run staged and did not publish is for the next one: as far as it is whole. */
#include "load.h"

#include <sys/wait.h>

static const struct column fetch_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
    {"outcome", "", COLUMN_TEXT},
};
static const struct relation fetch_relation = {"fetch", "", fetch_columns, 4, 3, RELATION_KEYED, 0};

static const struct relation *const relations[] = {&app_relation, &member_relation,
    &catalog_relation, &setting_relation, &fetch_relation, &reject_relation};
enum { RELATIONS = sizeof relations / sizeof *relations };

static int set_up_resume(void **state)
{
    int result = set_up(state);
    struct place *place = *state;

    place->schema = (struct load_schema){
        .relations = relations, .count = RELATIONS, .fetched = &fetch_relation};
    place->run.fingerprint = "one";
    return result;
}

static void stage_fetch(
    struct place *place, const char *device, const struct relation *relation, const char *outcome)
{
    const struct cell cells[] = {text_cell(place->run.tenant), text_cell(device),
        text_cell(relation->name), text_cell(outcome)};
    const struct row row = {&fetch_relation, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

static void fetch_apps(struct place *place, const char *device, const char *words)
{
    stage_apps(place, device, words);
    stage_fetch(place, device, &app_relation, words);
}

static void publish_all(struct place *place)
{
    struct load_counts counts[RELATIONS] = {{.relation = NULL}};
    bool changed = false;

    for (size_t i = 0; i < RELATIONS; i++) {
        counts[i].relation = relations[i];
    }
    must(place, load_publish(place->load, counts, RELATIONS, NULL, &changed, &place->err));
    end_run(place);
}

/* A run that dies after what `work` does, without a further word. */
static void die_after(struct place *place, void (*work)(struct place *place))
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        begin_run(place);
        work(place);
        (void)raise(SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static bool note_fetch(void *context, const struct str *texts, struct error *err)
{
    char *list = context;
    size_t size = strlen(list);

    (void)err;
    (void)snprintf(list + size, 256 - size, "%.*s=%.*s;", (int)texts[0].size, texts[0].data,
        (int)texts[1].size, texts[1].data);
    return true;
}

/* What the run that begins finds staged: "d1=outcome;", by the order of devices of one digit. */
static void assert_staged(struct place *place, const char *wanted)
{
    static const size_t columns[] = {1, 3};
    char list[256] = "";

    must(place, load_staged(place->load, columns, 2, note_fetch, list, &place->err));
    assert_string_equal(list, wanted);
}

static void fetch_d1_and_half_of_d2(struct place *place)
{
    fetch_apps(place, "d1", "x:1 y:2");
    stage_apps(place, "d2", "x:1");
    must(place, load_save(place->load, &place->err));
}

static void what_a_killed_run_saved_is_published_by_the_next(void **state)
{
    struct place *place = *state;

    die_after(place, fetch_d1_and_half_of_d2);
    begin_run(place);
    assert_staged(place, "d1=x:1 y:2;");
    fetch_apps(place, "d3", "y:2 z:3");
    publish_all(place);
    assert_answer(place, "d1 x:1, d1 y:2, d3 y:2, d3 z:3", APPS);
    assert_answer(place, "x 1, y 2, z 1", HOLDERS);
    begin_run(place);
    assert_staged(place, "");
    publish_all(place);
    assert_answer(place, "d1 x:1, d1 y:2, d3 y:2, d3 z:3", APPS);
}

static void a_run_that_is_closed_is_taken_over_too(void **state)
{
    struct place *place = *state;

    begin_run(place);
    fetch_apps(place, "d1", "x:1");
    end_run(place);
    assert_answer(place, "", "SELECT coalesce(string_agg(device_id, ''), '') FROM @.app");
    begin_run(place);
    assert_staged(place, "d1=x:1;");
    publish_all(place);
    assert_answer(place, "d1 x:1", APPS);
}

static void what_was_not_saved_is_no_matter(struct place *place)
{
    fetch_apps(place, "d1", "x:1");
}

static void a_killed_run_that_saved_nothing_leaves_nothing(void **state)
{
    struct place *place = *state;

    die_after(place, what_was_not_saved_is_no_matter);
    begin_run(place);
    assert_staged(place, "");
    publish_all(place);
    assert_answer(place, "", APPS);
}

static void fetch_d1_again_in_part(struct place *place)
{
    stage_apps(place, "d1", "z:3");
    must(place, load_save(place->load, &place->err));
}

static void a_later_run_that_dies_takes_nothing_of_an_earlier_one(void **state)
{
    struct place *place = *state;

    die_after(place, fetch_d1_and_half_of_d2);
    die_after(place, fetch_d1_again_in_part);
    begin_run(place);
    assert_staged(place, "d1=x:1 y:2;");
    publish_all(place);
    assert_answer(place, "d1 x:1, d1 y:2", APPS);
}

static void fetch_d1_with_other_apps(struct place *place)
{
    fetch_apps(place, "d1", "z:3 y:2");
    must(place, load_save(place->load, &place->err));
}

static void the_last_of_several_runs_counts(void **state)
{
    struct place *place = *state;

    die_after(place, fetch_d1_and_half_of_d2);
    die_after(place, fetch_d1_with_other_apps);
    begin_run(place);
    assert_staged(place, "d1=z:3 y:2;");
    publish_all(place);
    assert_answer(place, "d1 y:2, d1 z:3", APPS);
}

static void rows_are_taken_over_by_their_own_relation_alone(void **state)
{
    struct place *place = *state;

    begin_run(place);
    stage_setting(place, "d1", "a", "1");
    stage_fetch(place, "d1", &app_relation, "");
    stage_setting(place, "d2", "a", "2");
    stage_fetch(place, "d2", &setting_relation, "");
    stage_list(place, &catalog_relation, "", "x y");
    end_run(place);
    begin_run(place);
    publish_all(place);
    assert_answer(place, "d2 a=2", SETTINGS);
    assert_answer(place, "0", "SELECT count(*) FROM @.catalog");
}

static void what_is_removed_is_for_its_own_run_alone(void **state)
{
    struct place *place = *state;

    begin_run(place);
    fetch_apps(place, "d1", "x:1");
    stage_setting(place, "d1", "a", "1");
    publish_all(place);
    begin_run(place);
    replace(place, &app_relation, "d1");
    replace(place, &setting_relation, "d1");
    replace(place, &app_relation, NULL);
    end_run(place);
    begin_run(place);
    publish_all(place);
    assert_answer(place, "d1 x:1", APPS);
    assert_answer(place, "d1 a=1", SETTINGS);
}

static void a_rejected_record_of_a_dead_run_is_told_by_the_next(void **state)
{
    struct place *place = *state;

    begin_run(place);
    stage_reject(place, 1, "no id");
    fetch_apps(place, "d1", "x:1");
    end_run(place);
    place->run.run_id = "next";
    begin_run(place);
    stage_reject(place, 1, "no name");
    publish_all(place);
    assert_answer(place, "next no name, run no id",
        "SELECT string_agg(run_id || ' ' || reason, ', ' ORDER BY run_id) FROM @.reject");
}

static void what_was_staged_under_another_fingerprint_goes(void **state)
{
    struct place *place = *state;

    begin_run(place);
    fetch_apps(place, "d1", "x:1");
    end_run(place);
    place->run.fingerprint = "another";
    begin_run(place);
    assert_staged(place, "");
    publish_all(place);
    assert_answer(place, "", APPS);
    assert_answer(place, "another", "SELECT string_agg(fingerprint, ' ') FROM @.stage_run");
}

static void what_is_dropped_goes(void **state)
{
    struct place *place = *state;

    begin_run(place);
    fetch_apps(place, "d1", "x:1");
    must(place, load_save(place->load, &place->err));
    load_drop(place->load);
    end_run(place);
    assert_answer(place, "0", "SELECT count(*) FROM @.stage_app_list");
    begin_run(place);
    assert_staged(place, "");
}

static void another_tenants_staging_stays(void **state)
{
    struct place *place = *state;

    begin_run(place);
    fetch_apps(place, "d1", "x:1");
    end_run(place);
    place->run.tenant = "other";
    begin_run(place);
    assert_staged(place, "");
    publish_all(place);
    place->run.tenant = "acme";
    begin_run(place);
    assert_staged(place, "d1=x:1;");
    publish_all(place);
    assert_answer(place, "d1 x:1", APPS);
}

/* More than a piece of what is fetched: it is handed over with all that it speaks of. */
static void fetch_many(struct place *place)
{
    char device[16];

    for (int i = 0; i < 20000; i++) {
        (void)snprintf(device, sizeof device, "d%05d", i);
        fetch_apps(place, device, i % 2 == 0 ? "x:1" : "x:1 y:2");
    }
}

static void what_is_taken_over_of_a_kill_at_any_moment_is_whole(void **state)
{
    struct place *place = *state;

    die_after(place, fetch_many);
    begin_run(place);
    publish_all(place);
    assert_answer(place, "t",
        "SELECT count(*) > 1000 AND count(*) = sum(CASE WHEN apps = fetched THEN 1 END) "
        "FROM (SELECT f.outcome AS fetched, string_agg(a.identifier || ':' || a.version, ' ' "
        "ORDER BY a.identifier) AS apps FROM @.fetch AS f LEFT JOIN @.app AS a USING (device_id) "
        "GROUP BY f.device_id, f.outcome) AS of_device");
    assert_answer(place, "0",
        "SELECT count(*) FROM @.app AS a WHERE NOT EXISTS "
        "(SELECT FROM @.fetch AS f WHERE f.device_id = a.device_id)");
}

/* The items of a list are lost: neither that list nor what came behind it may seem whole. */
static void what_follows_a_loss_is_not_staged(void **state)
{
    struct place *place = *state;
    struct error again = {0};

    begin_run(place);
    execute(place, "ALTER TABLE @.stage_app_item ADD CONSTRAINT no_z CHECK (identifier <> 'z')");
    fetch_apps(place, "d1", "x:1");
    must(place, load_save(place->load, &place->err));
    fetch_apps(place, "d2", "z:3");
    assert_false(load_save(place->load, &place->err));
    fetch_apps(place, "d3", "y:2");
    assert_false(load_save(place->load, &again));
    assert_string_equal(again.text, place->err.text);
    end_run(place);
    execute(place, "ALTER TABLE @.stage_app_item DROP CONSTRAINT no_z");
    begin_run(place);
    assert_staged(place, "d1=x:1;");
    publish_all(place);
    assert_answer(place, "d1 x:1", APPS);
}

/* Lists name items by their numbers: where one is missing, no list can be trusted. */
static void a_stage_that_lacks_an_item_is_not_taken_over(void **state)
{
    struct place *place = *state;

    begin_run(place);
    fetch_apps(place, "d1", "x:1 y:2 z:3");
    end_run(place);
    execute(place, "DELETE FROM @.stage_app_item WHERE stage_order = 2");
    begin_run(place);
    assert_staged(place, "");
    fetch_apps(place, "d1", "y:2");
    publish_all(place);
    assert_answer(place, "d1 y:2", APPS);
}

static void what_the_run_does_not_take_is_not_taken_over(void **state)
{
    static const char *const apps[] = {"app"};
    static const char *const both[] = {"setting", "app"};
    struct place *place = *state;

    for (int i = 0; i < 3; i++) {
        place->run.takes = NULL;
        begin_run(place);
        fetch_apps(place, "d1", "x:1");
        stage_setting(place, "d1", "a", "1");
        stage_fetch(place, "d1", &setting_relation, "");
        end_run(place);
        place->run.takes = i == 2 ? both : apps;
        place->run.take_count = (size_t)i;
        begin_run(place);
        assert_staged(place, i == 2 ? "d1=x:1;d1=;" : "");
        load_drop(place->load);
        end_run(place);
    }
}

/* A statement of the publication fails: what was staged is not lost for it. */
static void a_publication_that_fails_leaves_what_was_staged(void **state)
{
    struct place *place = *state;
    struct load_counts counts[] = {{.relation = &app_relation}, {.relation = &reject_relation}};
    bool changed = true;

    begin_run(place);
    fetch_apps(place, "d1", "x:1");
    stage_reject(place, 1, "once");
    stage_reject(place, 1, "twice");
    assert_false(load_publish(place->load, counts, 2, NULL, &changed, &place->err));
    end_run(place);
    execute(place, "DELETE FROM @.stage_reject");
    begin_run(place);
    assert_staged(place, "d1=x:1;");
    publish_all(place);
    assert_answer(place, "d1 x:1", APPS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_resume, tear_down)
        TEST(what_a_killed_run_saved_is_published_by_the_next),
        TEST(a_run_that_is_closed_is_taken_over_too),
        TEST(a_killed_run_that_saved_nothing_leaves_nothing),
        TEST(a_later_run_that_dies_takes_nothing_of_an_earlier_one),
        TEST(the_last_of_several_runs_counts),
        TEST(rows_are_taken_over_by_their_own_relation_alone),
        TEST(what_is_removed_is_for_its_own_run_alone),
        TEST(a_rejected_record_of_a_dead_run_is_told_by_the_next),
        TEST(what_was_staged_under_another_fingerprint_goes),
        TEST(what_is_dropped_goes),
        TEST(another_tenants_staging_stays),
        TEST(what_is_taken_over_of_a_kill_at_any_moment_is_whole),
        TEST(a_publication_that_fails_leaves_what_was_staged),
        TEST(what_follows_a_loss_is_not_staged),
        TEST(a_stage_that_lacks_an_item_is_not_taken_over),
        TEST(what_the_run_does_not_take_is_not_taken_over),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
