/* Sets, scopes, logs, staging and reading of the PostgreSQL destination. Runs under with_cluster.
 */
#include "postgres/load.h"

/* Where each row of a set is stored, and by whom: it changes with every write. */
#define VERSIONS                                                                                   \
    "SELECT md5(string_agg(v, ' ' ORDER BY v)) FROM (SELECT 'i' || ctid || xmin || xmax AS v "     \
    "FROM @.app_item UNION ALL SELECT 'l' || ctid || xmin || xmax FROM @.app_list) AS x"

static void a_set_is_its_rows(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    assert_answer(place, "d1 x:1, d1 y:2, d2 x:1", APPS);
    assert_answer(place, "x 2, y 1", HOLDERS);
}

static void a_view_has_the_columns_of_the_relation_and_their_comments(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    assert_answer(place, "tenant,device_id,identifier,version",
        "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = '@.app'::regclass AND attnum > 0");
    assert_answer(place, "Apps of devices.", "SELECT obj_description('@.app'::regclass)");
    assert_answer(place, "Its version.", "SELECT col_description('@.app'::regclass, 4)");
}

static void an_unchanged_set_writes_nothing(void **state)
{
    struct place *place = *state;
    PGresult *before;

    publish_three_apps(place);
    before = ask(place, VERSIONS);
    begin_run(place);
    stage_apps(place, "d2", "x:1");
    stage_apps(place, "d1", "y:2 x:1");
    stage_apps(place, "d3", "");
    publish(place, &app_relation, 0, 0, 0, 3);
    assert_answer(place, PQgetvalue(before, 0, 0), VERSIONS);
    PQclear(before);
}

static void a_changed_list_is_deleted_and_inserted_rows(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "x:1 y:3 z:1");
    publish(place, &app_relation, 2, 0, 1, 1);
    assert_answer(place, "d1 x:1, d1 y:3, d1 z:1, d2 x:1", APPS);
    assert_answer(place, "x 2, y 1, z 1", HOLDERS);
}

static void only_lists_that_differ_are_written(void **state)
{
    struct place *place = *state;
    PGresult *before;

    publish_three_apps(place);
    before = ask(place, "SELECT xmin FROM @.app_list WHERE device_id = 'd2'");
    begin_run(place);
    stage_apps(place, "d1", "x:1");
    stage_apps(place, "d2", "x:1");
    publish(place, &app_relation, 0, 0, 1, 2);
    assert_answer(
        place, PQgetvalue(before, 0, 0), "SELECT xmin FROM @.app_list WHERE device_id = 'd2'");
    PQclear(before);
}

static void an_empty_list_leaves_no_row_and_no_item(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "");
    publish(place, &app_relation, 0, 0, 2, 0);
    assert_answer(place, "d2 x:1", APPS);
    assert_answer(place, "x 1", HOLDERS);
    assert_answer(place, "1", "SELECT count(*) FROM @.app_list");
}

static void a_removed_list_goes_whatever_was_staged(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "x:1 z:1");
    replace(place, &app_relation, "d1");
    replace(place, &app_relation, "d2");
    replace(place, &app_relation, "d2");
    replace(place, &app_relation, "d3");
    publish(place, &app_relation, 0, 0, 3, 0);
    assert_answer(place, "", APPS);
    assert_answer(place, "", HOLDERS);
    assert_answer(place, "0", "SELECT count(*) FROM @.app_list");
}

static void a_list_that_is_staged_after_its_removal_counts(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    replace(place, &app_relation, "d1");
    stage_apps(place, "d1", "x:1 z:1");
    publish(place, &app_relation, 1, 0, 1, 1);
    assert_answer(place, "d1 x:1, d1 z:1, d2 x:1", APPS);
}

static void of_all_lists_the_staged_ones_stay(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    replace(place, &app_relation, NULL);
    stage_apps(place, "d2", "x:1 y:2");
    publish(place, &app_relation, 1, 0, 2, 1);
    assert_answer(place, "d2 x:1, d2 y:2", APPS);
    assert_answer(place, "x 1, y 1", HOLDERS);
}

static void of_repeated_lists_the_last_counts(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "x:1 z:1");
    stage_apps(place, "d1", "");
    stage_apps(place, "d1", "x:1 w:1");
    publish(place, &app_relation, 1, 0, 1, 1);
    assert_answer(place, "d1 w:1, d1 x:1, d2 x:1", APPS);
    assert_answer(place, "w 1, x 2", HOLDERS);
}

static void an_item_that_no_list_names_is_not_kept(void **state)
{
    struct place *place = *state;
    const struct cell cells[] = {
        text_cell("acme"), text_cell("d1"), text_cell("private"), text_cell("1")};
    const struct row row = {&app_relation, cells};
    struct item item;

    begin_run(place);
    take_item(place, &row, "private:1", &item);
    stage_apps(place, "d1", "x:1");
    publish(place, &app_relation, 1, 0, 0, 0);
    assert_answer(place, "x 1", HOLDERS);
}

static void stage_numbered_app(struct place *place, int number, struct item *item)
{
    char name[16];
    struct cell cells[] = {text_cell("acme"), text_cell(""), text_cell(""), text_cell("1")};
    const struct row row = {&app_relation, cells};

    (void)snprintf(name, sizeof name, "app %d", number);
    cells[2] = text_cell(name);
    take_item(place, &row, name, item);
}

/* More items than a run remembers, so that many are staged twice, and lists that no piece holds. */
static void a_hundred_thousand_items_are_no_matter(void **state)
{
    enum { COUNT = 100000 };
    struct place *place = *state;
    struct item *items = calloc(COUNT, sizeof *items);

    assert_non_null(items);
    for (int round = 0; round < 2; round++) {
        begin_run(place);
        for (int list = 0; list < 2; list++) {
            for (int i = 0; i < COUNT; i++) {
                stage_numbered_app(place, i, &items[i]);
            }
            put_list(place, &app_relation, list == 0 ? "d1" : "d2", items,
                round == 0 ? COUNT : COUNT / 2);
        }
        publish(place, &app_relation, round == 0 ? 2 * COUNT : 0, 0, round == 0 ? 0 : COUNT,
            round == 0 ? 0 : COUNT);
    }
    assert_answer(place, "100000 50000 2",
        "SELECT (SELECT count(*) FROM @.app) || ' ' || count(*) || ' ' || max(holders) "
        "FROM @.app_item");
    free(items);
}

static void a_set_may_have_no_owner_but_the_tenant(void **state)
{
    struct place *place = *state;

    begin_run(place);
    stage_list(place, &catalog_relation, "", "x y");
    publish(place, &catalog_relation, 2, 0, 0, 0);
    begin_run(place);
    stage_list(place, &catalog_relation, "", "w");
    stage_list(place, &catalog_relation, "", "y z");
    replace(place, &catalog_relation, NULL);
    publish(place, &catalog_relation, 1, 0, 1, 1);
    assert_answer(
        place, "y z", "SELECT string_agg(identifier, ' ' ORDER BY identifier) FROM @.catalog");
    begin_run(place);
    replace(place, &catalog_relation, NULL);
    publish(place, &catalog_relation, 0, 0, 2, 0);
    assert_answer(place, "0", "SELECT count(*) FROM @.catalog_item");
}

static void the_owner_may_stand_in_the_third_place(void **state)
{
    struct place *place = *state;

    begin_run(place);
    stage_list(place, &member_relation, "d1", "g1 g2");
    stage_list(place, &member_relation, "d2", "g2");
    publish(place, &member_relation, 3, 0, 0, 0);
    begin_run(place);
    stage_list(place, &member_relation, "d1", "g2");
    publish(place, &member_relation, 0, 0, 1, 1);
    assert_answer(place, "acme g2 d1, acme g2 d2",
        "SELECT string_agg(tenant || ' ' || group_id || ' ' || device_id, ', ' ORDER BY device_id) "
        "FROM @.member");
}

static void publish_settings(struct place *place)
{
    begin_run(place);
    stage_setting(place, "d1", "a", "1");
    stage_setting(place, "d1", "b", "1");
    stage_setting(place, "d2", "a", "1");
    stage_setting(place, "d3", "a", "1");
    publish(place, &setting_relation, 4, 0, 0, 0);
}

static void of_a_replaced_owner_only_rows_staged_after_it_stay(void **state)
{
    struct place *place = *state;

    publish_settings(place);
    begin_run(place);
    stage_setting(place, "d1", "a", "2");
    stage_setting(place, "d1", "b", "2");
    stage_setting(place, "d2", "z", "1");
    stage_setting(place, "d3", "a", "2");
    replace(place, &setting_relation, "d1");
    replace(place, &setting_relation, "d2");
    stage_setting(place, "d1", "b", "1");
    stage_setting(place, "d1", "c", "1");
    publish(place, &setting_relation, 1, 1, 2, 1);
    assert_answer(place, "d1 b=1, d1 c=1, d3 a=2", SETTINGS);
}

static void of_all_rows_only_staged_ones_stay(void **state)
{
    struct place *place = *state;

    publish_settings(place);
    begin_run(place);
    replace(place, &setting_relation, NULL);
    stage_setting(place, "d2", "a", "1");
    publish(place, &setting_relation, 0, 0, 3, 1);
    assert_answer(place, "d2 a=1", SETTINGS);
    begin_run(place);
    replace(place, &setting_relation, NULL);
    publish(place, &setting_relation, 0, 0, 1, 0);
}

static void what_was_replaced_before_a_mark_is_forgotten(void **state)
{
    struct place *place = *state;

    publish_settings(place);
    begin_run(place);
    replace(place, &setting_relation, "d1");
    replace(place, &setting_relation, NULL);
    stage_setting(place, "d1", "z", "1");
    must(place, load_mark(place->load, &setting_relation, &place->err));
    stage_setting(place, "d3", "a", "2");
    replace(place, &setting_relation, "d2");
    must(place, load_forget(place->load, &setting_relation, &place->err));
    publish(place, &setting_relation, 0, 1, 1, 0);
    assert_answer(place, "d1 a=1, d1 b=1, d3 a=2", SETTINGS);
}

static void remove_setting(struct place *place, const char *device, const char *setting)
{
    const struct str key[] = {str_of(device), str_of(setting)};

    must(place, load_remove(place->load, &setting_relation, key, &place->err));
}

static void rows_and_removals_are_published_together(void **state)
{
    struct place *place = *state;

    publish_settings(place);
    begin_run(place);
    stage_setting(place, "d1", "a", "2");
    stage_setting(place, "d1", "a", "3");
    stage_setting(place, "d2", "a", "1");
    remove_setting(place, "d1", "b");
    publish(place, &setting_relation, 0, 1, 1, 1);
    assert_answer(place, "d1 a=3, d2 a=1, d3 a=1", SETTINGS);
}

static void the_last_word_on_a_row_counts(void **state)
{
    struct place *place = *state;

    publish_settings(place);
    begin_run(place);
    stage_setting(place, "d1", "a", "2");
    remove_setting(place, "d1", "a");
    remove_setting(place, "d1", "b");
    stage_setting(place, "d1", "b", "2");
    stage_setting(place, "d2", "a", "2");
    remove_setting(place, "d2", "a");
    stage_setting(place, "d2", "a", "1");
    stage_setting(place, "d4", "a", "1");
    remove_setting(place, "d4", "a");
    stage_setting(place, "d4", "a", "2");
    remove_setting(place, "d4", "a");
    remove_setting(place, "d5", "a");
    stage_setting(place, "d5", "a", "1");
    publish(place, &setting_relation, 1, 1, 1, 1);
    assert_answer(place, "d1 b=2, d2 a=1, d3 a=1, d5 a=1", SETTINGS);
}

static void a_log_only_grows(void **state)
{
    struct place *place = *state;

    begin_run(place);
    stage_reject(place, 1, "no id");
    stage_reject(place, 2, "too long");
    publish(place, &reject_relation, 2, 0, 0, 0);
    place->run.run_id = "later";
    begin_run(place);
    stage_reject(place, 1, "no id");
    publish(place, &reject_relation, 1, 0, 0, 0);
    assert_answer(place, "later 1 no id, run 1 no id, run 2 too long",
        "SELECT string_agg(run_id || ' ' || ordinal || ' ' || reason, ', ' "
        "ORDER BY run_id, ordinal) FROM @.reject");
    assert_answer(place, "0", "SELECT count(*) FROM @.stage_reject");
}

/* Enough of each that every stage hands over many times, and one row beyond any piece. */
static void relations_come_in_turns(void **state)
{
    enum { ROUNDS = 2000, LARGE = 200000 };
    struct place *place = *state;
    char *large = calloc(1, LARGE + 1);
    struct load_counts counts[] = {{.relation = &reject_relation}, {.relation = &app_relation},
        {.relation = &setting_relation}, {.relation = &member_relation}};
    bool changed = false;

    assert_non_null(large);
    memset(large, 'x', LARGE);
    begin_run(place);
    for (int i = 0; i < ROUNDS; i++) {
        char name[16];
        char words[64];

        (void)snprintf(name, sizeof name, "d%d", i);
        (void)snprintf(words, sizeof words, "x:1 y:%d z:%d", i, i % 7);
        stage_setting(place, name, "a", i == ROUNDS / 2 ? large : "1");
        stage_apps(place, name, words);
        stage_reject(place, i, "a reason that takes some room, so that the pieces are filled");
        stage_list(place, &member_relation, name, "g1 g2");
    }
    must(place, load_publish(place->load, counts, 4, NULL, &changed, &place->err));
    end_run(place);
    assert_int_equal(counts[0].inserted, ROUNDS);
    assert_int_equal(counts[1].inserted, 3 * ROUNDS);
    assert_int_equal(counts[2].inserted, ROUNDS);
    assert_int_equal(counts[3].inserted, 2 * ROUNDS);
    assert_answer(place, "d1999 x:1, d1999 y:1999, d1999 z:4",
        "SELECT string_agg(device_id || ' ' || identifier || ':' || version, ', ' "
        "ORDER BY identifier) FROM @.app WHERE device_id = 'd1999'");
    assert_answer(place, "200000", "SELECT max(length(value)) FROM @.setting");
    free(large);
}

static void a_relation_that_is_not_asked_for_is_not_published(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "");
    stage_reject(place, 1, "no id");
    stage_setting(place, "d1", "a", "1");
    publish(place, &setting_relation, 1, 0, 0, 0);
    assert_answer(place, "d1 x:1, d1 y:2, d2 x:1", APPS);
    assert_answer(place, "0 0",
        "SELECT (SELECT count(*) FROM @.reject) || ' ' || "
        "(SELECT count(*) FROM @.stage_app_list)");
}

static void a_run_that_is_given_up_leaves_nothing(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "z:1");
    replace(place, &app_relation, NULL);
    replace(place, &setting_relation, "d1");
    stage_setting(place, "d1", "a", "1");
    stage_reject(place, 1, "no id");
    must(place, load_mark(place->load, &setting_relation, &place->err));
    must(place, load_forget(place->load, &setting_relation, &place->err)); /* hands it all over */
    assert_answer(place, "1", "SELECT count(*) FROM @.stage_app_item");
    stage_setting(place, "d2", "a", "1");
    end_run(place);
    assert_answer(place, "d1 x:1, d1 y:2, d2 x:1", APPS);
    assert_answer(place, "0",
        "SELECT (SELECT count(*) FROM @.stage_app_item) + (SELECT count(*) FROM @.stage_app_list) "
        "+ (SELECT count(*) FROM @.stage_setting) + (SELECT count(*) FROM @.stage_reject) "
        "+ (SELECT count(*) FROM @.stage_replace)");
}

static void what_a_dead_run_left_is_cleared(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    execute(place, "INSERT INTO @.stage_app_list VALUES ('acme', 'd1', '{}', 1); "
                   "INSERT INTO @.stage_reject VALUES ('dead', 1, 'acme', 'x', 1), "
                   "('dead', 1, 'other', 'x', 1)");
    begin_run(place);
    stage_apps(place, "d2", "x:1");
    stage_reject(place, 1, "no id");
    publish(place, &app_relation, 0, 0, 0, 1);
    assert_answer(place, "d1 x:1, d1 y:2, d2 x:1", APPS);
    assert_answer(place, "other", "SELECT string_agg(tenant, ' ') FROM @.stage_reject");
}

static void a_failed_publication_changes_nothing(void **state)
{
    struct place *place = *state;
    struct load_counts counts[] = {{.relation = &app_relation}, {.relation = &reject_relation}};
    bool changed = true;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d1", "z:1");
    stage_reject(place, 1, "once");
    stage_reject(place, 1, "twice");
    assert_false(load_publish(place->load, counts, 2, NULL, &changed, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "publishing reject"));
    assert_false(changed);
    end_run(place);
    assert_answer(place, "d1 x:1, d1 y:2, d2 x:1", APPS);
    assert_answer(place, "x 2, y 1", HOLDERS);
    assert_answer(place, "0", "SELECT count(*) FROM @.stage_app_list");
}

/* The other tenant's publication is open all the while, with rows of every table written. A wait
 * for it would never end. */
static void tenants_do_not_wait_for_each_other(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    place->run.tenant = "other";
    begin_run(place);
    stage_apps(place, "d1", "x:1 y:2");
    stage_setting(place, "d1", "a", "1");
    publish(place, &app_relation, 2, 0, 0, 0);
    execute(place, "BEGIN; UPDATE @.app_item SET holders = 7 WHERE tenant = 'other'; "
                   "UPDATE @.app_list SET items = '{}' WHERE tenant = 'other'; "
                   "INSERT INTO @.app_item (tenant, digest, holders, identifier, version) "
                   "SELECT 'other', gen_random_uuid(), 1, 'x', '1'; "
                   "INSERT INTO @.app_list VALUES ('other', 'd9', '{}'); "
                   "INSERT INTO @.stage_app_list VALUES ('other', 'd9', '{}', 1)");
    place->run.tenant = "acme";
    (void)alarm(20);
    begin_run(place);
    stage_apps(place, "d1", "x:1 z:1");
    stage_apps(place, "d2", "");
    publish(place, &app_relation, 1, 0, 2, 1);
    (void)alarm(0);
    execute(place, "ROLLBACK");
    assert_answer(place, "d1 x:1, d1 z:1", APPS);
    assert_answer(place, "x:1 y:2",
        "SELECT string_agg(identifier || ':' || version, ' ' "
        "ORDER BY identifier) FROM @.app WHERE tenant = 'other'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(a_set_is_its_rows),
        TEST(a_view_has_the_columns_of_the_relation_and_their_comments),
        TEST(an_unchanged_set_writes_nothing),
        TEST(a_changed_list_is_deleted_and_inserted_rows),
        TEST(only_lists_that_differ_are_written),
        TEST(an_empty_list_leaves_no_row_and_no_item),
        TEST(a_removed_list_goes_whatever_was_staged),
        TEST(a_list_that_is_staged_after_its_removal_counts),
        TEST(of_all_lists_the_staged_ones_stay),
        TEST(of_repeated_lists_the_last_counts),
        TEST(an_item_that_no_list_names_is_not_kept),
        TEST(a_hundred_thousand_items_are_no_matter),
        TEST(a_set_may_have_no_owner_but_the_tenant),
        TEST(the_owner_may_stand_in_the_third_place),
        TEST(of_a_replaced_owner_only_rows_staged_after_it_stay),
        TEST(of_all_rows_only_staged_ones_stay),
        TEST(what_was_replaced_before_a_mark_is_forgotten),
        TEST(rows_and_removals_are_published_together),
        TEST(the_last_word_on_a_row_counts),
        TEST(a_log_only_grows),
        TEST(relations_come_in_turns),
        TEST(a_relation_that_is_not_asked_for_is_not_published),
        TEST(a_run_that_is_given_up_leaves_nothing),
        TEST(what_a_dead_run_left_is_cleared),
        TEST(a_failed_publication_changes_nothing),
        TEST(tenants_do_not_wait_for_each_other),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
