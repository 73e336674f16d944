#include "unit/load/csv/keeps.h"

static void publish_some(struct place *place, const char *run_id)
{
    struct load *load = open_run(place, run_id);

    stage_device(place, load, "d2", "Zwei");
    stage_device(place, load, "d1", "Eins");
    list(place, load, &software_relation, "d1", "com.a|1| com.b|1|");
    list(place, load, &member_relation, "d1", "g1 g2");
    assert_true(try_log(place, load, 1, "acme", "x"));
    (void)keep(place, load);
}

static void the_first_run_inserts_everything(void **state)
{
    struct place *place = *state;
    mode_t before = umask(0777);

    publish_some(place, "r1");
    (void)umask(before);
    assert_file(in(place->path, "changes/acme/r1/device.csv"),
        "op," DEVICE_HEADER "insert,acme,d1,Eins,,,,,,,\ninsert,acme,d2,Zwei,,,,,,,\n");
    assert_file(in(place->path, "changes/acme/r1/software.csv"),
        "op," SOFTWARE_HEADER "insert,acme,d1,com.a,1,\ninsert,acme,d1,com.b,1,\n");
    assert_file(in(place->path, "changes/acme/r1/device_group_member.csv"),
        "op," MEMBER_HEADER "insert,acme,g1,d1\ninsert,acme,g2,d1\n");
    /* Neither logs nor the history have changes. */
    assert_int_equal(count_names(in(place->path, "changes/acme/r1")), 3);
    assert_int_equal(permissions(in(place->path, "changes")), 0700);
    assert_int_equal(permissions(in(place->path, "changes/acme/r1")), 0700);
    assert_int_equal(permissions(in(place->path, "changes/acme/r1/device.csv")), 0600);
    assert_false(is_there(in(place->path, ".uemsync/acme/changes-new")));
}

static void each_change_is_told_in_the_order_of_the_keys(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    publish_some(place, "r1");
    load = open_run(place, "r2");
    stage_device(place, load, "d3", "Drei");
    stage_device(place, load, "d2", "Zwo");
    stage_device(place, load, "d4", "x");
    remove_device(place, load, "d4");
    remove_device(place, load, "d1");
    list(place, load, &software_relation, "d1", "com.b|2| com.a|1|");
    (void)keep(place, load);
    assert_file(in(place->path, "changes/acme/r2/device.csv"),
        "op," DEVICE_HEADER "delete,acme,d1,Eins,,,,,,,\nupdate,acme,d2,Zwo,,,,,,,\n"
        "insert,acme,d3,Drei,,,,,,,\n");
    assert_file(in(place->path, "changes/acme/r2/software.csv"),
        "op," SOFTWARE_HEADER "delete,acme,d1,com.b,1,\ninsert,acme,d1,com.b,2,\n");
    assert_int_equal(count_names(in(place->path, "changes/acme/r2")), 2);
}

static void what_is_fetched_is_no_change(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct cell cells[3] = {text_cell("acme"), text_cell("d1"), text_cell("software")};
    struct keeping keeping;

    publish_some(place, "r1");
    load = open_run(place, "r2");
    assert_true(load->ops->stage(load, &(struct row){&fetch_relation, cells}, &place->err));
    keeping = keep(place, load);
    assert_true(keeping.changed);
    assert_counts(keeping.counts[KEEP_FETCH], 1, 0, 0, 0);
    assert_false(is_there(in(place->path, "changes/acme/r2")));
}

static void a_run_without_changes_has_none(void **state)
{
    struct place *place = *state;

    (void)keep(place, open_run(place, "r1"));
    assert_false(is_there(in(place->path, "changes")));
    publish_some(place, "r2");
    publish_some(place, "r3");
    assert_int_equal(count_names(in(place->path, "changes/acme")), 1);
}

static void so_many_runs_are_kept(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    char run_id[8];

    for (int i = 1; i <= 5; i++) {
        (void)snprintf(run_id, sizeof run_id, "r%d", i);
        load = open_run(place, run_id);
        stage_device(place, load, "d1", run_id);
        (void)keep(place, load);
    }
    assert_int_equal(count_names(in(place->path, "changes/acme")), 3);
    assert_true(is_there(in(place->path, "changes/acme/r3/device.csv")));
    /* The run at hand keeps its own, even where its id is the least. */
    load = open_run(place, "r0");
    stage_device(place, load, "d1", "r0");
    (void)keep(place, load);
    assert_true(is_there(in(place->path, "changes/acme/r0/device.csv")));
    /* Fewer are kept from here on, also by a run that changes nothing. */
    place->settings.keep_changes = 1;
    (void)keep(place, open_run(place, "r6"));
    assert_int_equal(count_names(in(place->path, "changes/acme")), 1);
    assert_true(is_there(in(place->path, "changes/acme/r5")));
    place->settings.keep_changes = 0;
    load = open_run(place, "r7");
    stage_device(place, load, "d1", "r7");
    (void)keep(place, load);
    assert_int_equal(count_names(in(place->path, "changes/acme")), 0);
}

static void cells_are_guarded_in_changes_too(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    place->settings.csv_safe = true;
    load = open_run(place, "r1");
    stage_device(place, load, "d1", "=1+1");
    (void)keep(place, load);
    assert_file(in(place->path, "changes/acme/r1/device.csv"),
        "op," DEVICE_HEADER "insert,acme,d1,'=1+1,,,,,,,\n");
    /* A row that goes has the guard of today. */
    place->settings.csv_safe = false;
    load = open_run(place, "r2");
    remove_device(place, load, "d1");
    (void)keep(place, load);
    assert_file(in(place->path, "changes/acme/r2/device.csv"),
        "op," DEVICE_HEADER "delete,acme,d1,=1+1,,,,,,,\n");
}

/* Re-laid rows are no changes, and those that go do so in the new layout. */
static void an_old_layout_is_told_in_the_new_one(void **state)
{
    static const struct column columns[] = {{"tenant", "", COLUMN_TEXT},
        {"device_id", "", COLUMN_TEXT}, {"identifier", "", COLUMN_TEXT}, {"added", "", COLUMN_TEXT},
        {"version", "", COLUMN_TEXT}, {"managed", "", COLUMN_BOOLEAN}};
    static const struct relation wider = {"software", "", columns, 6, 2, RELATION_SET, 1};
    static const struct column few_columns[] = {
        {"tenant", "", COLUMN_TEXT}, {"device_id", "", COLUMN_TEXT}, {"code", "", COLUMN_BIGINT}};
    static const struct relation few = {"device", "", few_columns, 3, 2, RELATION_KEYED, 0};
    static const struct relation *const relations[] = {&few, &wider};
    struct place *place = *state;
    struct load_counts counts[2] = {{.relation = &few}, {.relation = &wider}};
    struct str gone = str_of("d1");
    struct load *load = NULL;
    bool changed = false;

    publish_some(place, "r1");
    place->schema = (struct load_schema){.relations = relations, .count = 2};
    load = open_run(place, "r2");
    assert_true(load->ops->remove(load, &few, &gone, &place->err));
    list(place, load, &wider, "d1", "com.a|-|1|");
    assert_true(load->ops->publish(load, counts, 2, NULL, &changed, &place->err));
    close_run(load);
    assert_file(in(place->path, "changes/acme/r2/device.csv"),
        "op,tenant,device_id,code\ndelete,acme,d1,\n");
    assert_file(in(place->path, "changes/acme/r2/software.csv"),
        "op,tenant,device_id,identifier,added,version,managed\ndelete,acme,d1,com.b,,1,\n");
}

static void a_run_that_is_closed_leaves_no_changes(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    stage_device(place, load, "d1", "Eins");
    assert_int_equal(mkdir(in(place->path, "changes"), 0700), 0);
    assert_int_equal(mkdir(in(place->path, "changes/acme"), 0700), 0);
    assert_int_equal(mkdir(in(place->path, "changes/acme/r1"), 0700), 0);
    /* What has the place already is found ahead of the switch. */
    assert_false(try_keep(&(struct keeping){.place = place, .load = load}));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_true(is_there(in(place->path, ".uemsync/acme/changes-new/r1")));
    close_run(load);
    assert_false(is_there(in(place->path, "acme")));
    assert_false(is_there(in(place->path, ".uemsync/acme/changes-new")));
    assert_int_equal(count_names(in(place->path, "changes/acme/r1")), 0);
}

static void put_new(struct place *place, const char *run_id)
{
    char path[256];

    (void)mkdir(in(place->path, ".uemsync/acme/changes-new"), 0700);
    (void)snprintf(path, sizeof path, ".uemsync/acme/changes-new/%s", run_id);
    assert_int_equal(mkdir(in(place->path, path), 0700), 0);
    (void)snprintf(path, sizeof path, ".uemsync/acme/changes-new/%s/device.csv", run_id);
    write_whole(in(place->path, path), run_id);
}

static void the_next_run_keeps_the_changes_of_the_published_one(void **state)
{
    struct place *place = *state;

    (void)keep(place, open_run(place, "r1"));
    put_new(place, "r1");
    put_new(place, "r2");
    close_run(open_run(place, "r3"));
    assert_file(in(place->path, "changes/acme/r1/device.csv"), "r1");
    assert_false(is_there(in(place->path, "changes/acme/r2")));
    assert_false(is_there(in(place->path, ".uemsync/acme/changes-new")));
    /* What has the place by then stays. */
    put_new(place, "r1");
    write_whole(in(place->path, "changes/acme/r1/device.csv"), "here");
    close_run(open_run(place, "r3"));
    assert_file(in(place->path, "changes/acme/r1/device.csv"), "here");
    assert_false(is_there(in(place->path, ".uemsync/acme/changes-new")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_run_inserts_everything, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            each_change_is_told_in_the_order_of_the_keys, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(what_is_fetched_is_no_change, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(a_run_without_changes_has_none, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(so_many_runs_are_kept, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(cells_are_guarded_in_changes_too, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            an_old_layout_is_told_in_the_new_one, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_run_that_is_closed_leaves_no_changes, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            the_next_run_keeps_the_changes_of_the_published_one, set_up_keep, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
