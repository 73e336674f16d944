#include "unit/load/csv/sets.h"

#include "load/csv/csv_log.h"

static void rows_of_a_log_come_in_the_order_of_staging(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct outcome outcome;
    mode_t before = umask(0777);

    assert_true(try_log(place, load, 2, "acme", "b,\"\n"));
    assert_true(try_log(place, load, 1, "acme", ""));
    assert_true(try_log(place, load, 1, "acme", NULL));
    outcome = publish_all(place, load);
    (void)umask(before);
    assert_true(outcome.changed);
    assert_counts(outcome.counts[ALL_REJECT], 3, 0, 0, 0);
    assert_file(in(place->path, ".uemsync/acme/rejected_record/r1.csv"),
        REJECT_HEADER "r,2,acme,\"b,\"\"\n\"\nr,1,acme,\"\"\nr,1,acme,\n");
    assert_int_equal(permissions(in(place->path, ".uemsync/acme/rejected_record")), 0700);
    assert_int_equal(permissions(in(place->path, ".uemsync/acme/rejected_record/r1.csv")), 0600);
    assert_false(is_there(in(place->path, "acme/rejected_record.csv")));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 4);
}

static void each_run_has_a_log_of_its_own(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct outcome outcome;

    assert_true(try_log(place, load, 1, "acme", "first"));
    (void)publish_all(place, load);
    /* Nothing else differs, and no snapshot is made. */
    load = open_run(place, "r2");
    assert_true(try_log(place, load, 1, "acme", "second"));
    outcome = publish_all(place, load);
    assert_true(outcome.changed);
    assert_counts(outcome.counts[ALL_REJECT], 1, 0, 0, 0);
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
    load = open_run(place, "r3");
    assert_false(publish_all(place, load).changed);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/rejected_record")), 2);
    assert_file(
        in(place->path, ".uemsync/acme/rejected_record/r1.csv"), REJECT_HEADER "r,1,acme,first\n");
    assert_file(
        in(place->path, ".uemsync/acme/rejected_record/r2.csv"), REJECT_HEADER "r,1,acme,second\n");
}

static void a_run_that_is_closed_leaves_no_log(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct load_counts counts = {.relation = &software_relation};
    bool changed = false;

    assert_true(try_log(place, load, 1, "acme", "x"));
    assert_true(is_there(in(place->path, ".uemsync/acme/pending")));
    close_run(load);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 3);
    /* Nor does one whose log is not to be published. */
    load = open_run(place, "r2");
    assert_true(try_log(place, load, 1, "acme", "x"));
    assert_true(load->ops->publish(load, &counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 3);
}

static void a_log_that_is_there_is_not_overwritten(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct outcome outcome;

    assert_true(try_log(place, load, 1, "acme", "first"));
    (void)publish_all(place, load);
    load = open_run(place, "r1");
    assert_true(try_log(place, load, 1, "acme", "second"));
    assert_false(try_publish_all(place, load, &outcome));
    close_run(load);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_file(
        in(place->path, ".uemsync/acme/rejected_record/r1.csv"), REJECT_HEADER "r,1,acme,first\n");
}

/* The program can die behind the switch and ahead of the names, or ahead of the switch. */
static void the_next_run_keeps_the_logs_of_the_published_one(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    list(place, load, &catalog_relation, NULL, "com.a|1");
    (void)publish_all(place, load);
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/pending"), 0700), 0);
    write_whole(in(place->path, ".uemsync/acme/pending/rejected_record.r1"), "kept\n");
    write_whole(in(place->path, ".uemsync/acme/pending/rejected_record.r2"), "x\n");
    write_whole(in(place->path, ".uemsync/acme/pending/rejected_record"), "x\n");
    write_whole(in(place->path, ".uemsync/acme/pending/.r1"), "x\n");
    close_run(open_run(place, "r3"));
    assert_file(in(place->path, ".uemsync/acme/rejected_record/r1.csv"), "kept\n");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/rejected_record")), 1);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 4);
}

/* A log has no keys: what is said of them is passed over, and holds up no other relation. */
static void removals_from_a_log_are_passed_over(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct str key[] = {str_of("1")};
    struct outcome outcome;

    assert_true(try_log(place, load, 1, "acme", "x"));
    assert_true(load->ops->remove(load, &reject_relation, key, &place->err));
    replace(place, load, &reject_relation, "1");
    replace(place, load, &reject_relation, NULL);
    list(place, load, &catalog_relation, NULL, "com.a|1");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_REJECT], 1, 0, 0, 0);
    assert_counts(outcome.counts[ALL_CATALOG], 1, 0, 0, 0);
}

static void a_row_of_another_tenant_is_refused(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_false(try_log(place, load, 1, "other", "x"));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    assert_false(try_log(place, load, 1, NULL, "x"));
    close_run(load);
}

static void a_log_cannot_have_the_name_of_what_is_beside_it(void **state)
{
    static const struct relation lock_relation = {
        "lock", "", reject_columns, 4, 2, RELATION_LOG, 0};
    static const struct relation *const relations[] = {&lock_relation};
    struct place *place = *state;
    struct load *load = NULL;

    place->schema = (struct load_schema){.relations = relations, .count = 1};
    assert_false(try_open(place, "r1", &load));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_false(csv_log_name_ok("snapshots"));
    assert_false(csv_log_name_ok("../x"));
    assert_true(csv_log_name_ok("sync_run"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_of_a_log_come_in_the_order_of_staging, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(each_run_has_a_log_of_its_own, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_run_that_is_closed_leaves_no_log, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_log_that_is_there_is_not_overwritten, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            the_next_run_keeps_the_logs_of_the_published_one, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(removals_from_a_log_are_passed_over, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_row_of_another_tenant_is_refused, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_log_cannot_have_the_name_of_what_is_beside_it, set_up_all, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
