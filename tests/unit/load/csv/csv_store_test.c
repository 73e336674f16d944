#include "unit/load/csv/loads.h"

#include "load/csv/csv_store.h"

static void publish_version(struct place *place, const char *run_id, const char *version)
{
    struct load *load = open_run(place, run_id);

    stage_app(place, load, "d1", "com.a", version);
    (void)publish(place, load);
    close_run(load);
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
    static const char *const bad[] = {"", ".", "..", ".uemsync", "a/b", "../x", "-x", "a b", "a\n",
        "0123456789012345678901234567890123456789012345678901234567890123"};
    struct place *place = *state;
    struct csv_store store;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(csv_name_ok(bad[i]));
        assert_false(csv_store_open(&store, place->path, bad[i], &place->err));
        assert_int_equal(place->err.kind, ERROR_CONFIG);
    }
    assert_false(csv_store_open(&store, place->path, "changes", &place->err));
    assert_true(csv_name_ok("acme-Core.2_x"));
    assert_int_equal(count_names(place->path), 0);
}

static void a_second_run_of_a_tenant_is_busy(void **state)
{
    struct place *place = *state;
    struct load *first = open_run(place, "r1");
    struct load *second = NULL;
    struct csv_store other;

    assert_false(try_open(place, "r2", &second));
    assert_null(second);
    assert_int_equal(place->err.kind, ERROR_BUSY);
    assert_string_equal(place->err.text, "another run of tenant acme is under way");
    assert_true(csv_store_open(&other, place->path, "other", &place->err));
    csv_store_close(&other);
    /* The one that was refused has taken nothing from the one that runs. */
    stage_app(place, first, "d1", "com.a", "1");
    assert_true(publish(place, first).changed);
    close_run(first);
    close_run(open_run(place, "r2"));
}

static void what_is_no_link_of_ours_is_left_alone(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    assert_int_equal(mkdir(in(place->path, "acme"), 0700), 0);
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "/acme: exists and is no link"));
    assert_int_equal(rmdir(in(place->path, "acme")), 0);

    write_whole(in(place->path, "acme"), "mine");
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_file(in(place->path, "acme"), "mine");
    assert_int_equal(unlink(in(place->path, "acme")), 0);

    assert_int_equal(symlink("/etc", in(place->path, "acme")), 0);
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_int_equal(unlink(in(place->path, "acme")), 0);

    assert_int_equal(symlink(".uemsync/acme/snapshots/../../..", in(place->path, "acme")), 0);
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
}

static void what_came_in_the_links_place_meanwhile_is_left_alone(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct result result = {0};

    write_whole(in(place->path, "acme"), "mine");
    stage_app(place, load, "d1", "com.a", "1");
    assert_false(try_publish(place, load, &result));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
    assert_file(in(place->path, "acme"), "mine");
}

static void a_link_to_a_snapshot_that_is_gone_is_an_error(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    publish_version(place, "r1", "1");
    assert_int_equal(
        rename(in(place->path, ".uemsync/acme/snapshots/r1"), in(place->path, "moved")), 0);
    assert_false(try_open(place, "r2", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "gone"));
    /* With the link away it begins anew. */
    assert_int_equal(unlink(in(place->path, "acme")), 0);
    publish_version(place, "r2", "2");
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,2\n");
}

static void old_snapshots_go_and_the_current_one_counts(void **state)
{
    struct place *place = *state;

    place->settings.keep_snapshots = 2;
    publish_version(place, "r9", "1");
    publish_version(place, "r1", "2");
    publish_version(place, "r5", "3");
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r9")));
    assert_file(in(place->path, ".uemsync/acme/snapshots/r1/device_app.csv"),
        APP_HEADER "acme,d1,com.a,2\n");
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,3\n");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), 2);

    place->settings.keep_snapshots = 1;
    publish_version(place, "r2", "4");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 1);
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,4\n");
}

/* What a run that dies at any point can leave: runs, a half-made snapshot, a whole one with its
 * state and no link to it, and the new link. */
static void what_a_dead_run_left_is_removed(void **state)
{
    struct place *place = *state;

    publish_version(place, "r1", "1");
    publish_version(place, "r2", "2");
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/work"), 0700), 0);
    write_whole(in(place->path, ".uemsync/acme/work/run-000000"), "x");
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/snapshots/r3"), 0700), 0);
    write_whole(in(place->path, ".uemsync/acme/snapshots/r3/device.csv"), "x");
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/snapshots/r4"), 0700), 0);
    write_whole(
        in(place->path, ".uemsync/acme/states/r4"), "uemsync-csv 1\nsequence 3\nsafe 0\nend\n");
    write_whole(
        in(place->path, ".uemsync/acme/states/r5"), "uemsync-csv 1\nsequence 1\nsafe 0\nend\n");
    assert_int_equal(
        symlink(".uemsync/acme/snapshots/r4", in(place->path, ".uemsync/acme/link")), 0);
    write_whole(in(place->path, ".uemsync/acme/ledger"), "not ours");

    close_run(open_run(place, "r6"));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 2);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), 2);
    assert_false(is_there(in(place->path, ".uemsync/acme/work")));
    assert_false(is_there(in(place->path, ".uemsync/acme/link")));
    assert_true(is_there(in(place->path, ".uemsync/acme/ledger")));
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,2\n");
    publish_version(place, "r3", "3");
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,3\n");
}

static void a_snapshot_may_be_rolled_back_by_hand(void **state)
{
    struct place *place = *state;

    publish_version(place, "r1", "1");
    publish_version(place, "r2", "2");
    assert_int_equal(unlink(in(place->path, "acme")), 0);
    assert_int_equal(symlink(".uemsync/acme/snapshots/r1", in(place->path, "acme")), 0);
    publish_version(place, "r3", "3");
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
    assert_true(is_there(in(place->path, ".uemsync/acme/snapshots/r1")));
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,3\n");
}

static void a_snapshot_of_a_newer_program_is_refused(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    publish_version(place, "r1", "1");
    write_whole(in(place->path, ".uemsync/acme/states/r1"), "uemsync-csv 2\n");
    assert_false(try_open(place, "r2", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "newer"));
}

static void a_folder_that_cannot_be_made_is_an_error_with_the_path(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    write_whole(in(place->path, ".uemsync"), "a file in the folder's place");
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "/.uemsync: "));
    assert_null(load);
}

static void no_link_leads_a_write_out_of_the_tree(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    assert_int_equal(mkdir(in(place->path, "elsewhere"), 0700), 0);
    close_run(open_run(place, "r1"));
    assert_int_equal(rmdir(in(place->path, ".uemsync/acme/snapshots")), 0);
    assert_int_equal(symlink("../../elsewhere", in(place->path, ".uemsync/acme/snapshots")), 0);
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_int_equal(count_names(in(place->path, "elsewhere")), 0);

    assert_int_equal(unlink(in(place->path, ".uemsync/acme/snapshots")), 0);
    assert_int_equal(unlink(in(place->path, ".uemsync/acme/lock")), 0);
    assert_int_equal(symlink("../../elsewhere/lock", in(place->path, ".uemsync/acme/lock")), 0);
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_int_equal(count_names(in(place->path, "elsewhere")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_that_lead_elsewhere_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_run_of_a_tenant_is_busy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_link_of_ours_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_came_in_the_links_place_meanwhile_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_link_to_a_snapshot_that_is_gone_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            old_snapshots_go_and_the_current_one_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_dead_run_left_is_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_snapshot_may_be_rolled_back_by_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_snapshot_of_a_newer_program_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_folder_that_cannot_be_made_is_an_error_with_the_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_link_leads_a_write_out_of_the_tree, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
