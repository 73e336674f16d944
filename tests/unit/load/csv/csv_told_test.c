#include "unit/load/csv/keeps.h"

#include "base/buffer.h"
#include "load/csv/csv_log.h"

#define RUN_FILE ".uemsync/acme/sync_run/r1.csv"
#define ENTITY_FILE ".uemsync/acme/sync_run_entity/r1.csv"
#define DIED                                                                                       \
    "\"ended without a word: it was killed, or lost the database, or the machine went down\""

static void what_is_told_is_seen_at_once(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    mode_t before = umask(0777);

    assert_true(try_tell(place, load, "r1", "running", NULL));
    (void)umask(before);
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,running,\n");
    assert_int_equal(permissions(in(place->path, RUN_FILE)), 0600);
    assert_int_equal(permissions(in(place->path, ".uemsync/acme/sync_run")), 0700);
    /* All rows of the run, in the order given, in the place of those before. */
    assert_true(try_tell(place, load, "r1", "failed", "no, \"really\""));
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,failed,\"no, \"\"really\"\"\"\n");
    assert_true(try_tell_entities(place, load, "r1", 7));
    assert_file(in(place->path, ENTITY_FILE), ENTITY_HEADER "r1,software,7\nr1,device,\n");
    close_run(load);
    assert_file(in(place->path, ENTITY_FILE), ENTITY_HEADER "r1,software,7\nr1,device,\n");
    assert_false(is_there(in(place->path, ".uemsync/acme/told")));
    assert_false(is_there(in(place->path, "acme")));
}

static void the_end_is_seen_with_what_is_published(void **state)
{
    struct place *place = *state;
    struct keeping keeping = {.place = place, .load = open_run(place, "r1"), .run_id = "r1"};

    assert_true(try_tell(place, keeping.load, "r1", "running", NULL));
    list(place, keeping.load, &software_relation, "d1", "com.a|1| com.b|1|");
    assert_true(try_keep(&keeping));
    assert_true(keeping.changed);
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,complete,\n");
    /* The counts are there when it is told. */
    assert_file(in(place->path, ENTITY_FILE), ENTITY_HEADER "r1,software,2\nr1,device,\n");
    assert_false(is_there(in(place->path, ".uemsync/acme/pending")));
    assert_false(is_there(in(place->path, "acme/sync_run.csv")));
    close_run(keeping.load);
}

static void an_end_that_fails_the_publish_is_not_seen(void **state)
{
    struct place *place = *state;
    struct keeping keeping = {
        .place = place, .load = open_run(place, "r1"), .run_id = "r1", .refuses = true};

    assert_true(try_tell(place, keeping.load, "r1", "running", NULL));
    list(place, keeping.load, &software_relation, "d1", "com.a|1|");
    assert_false(try_keep(&keeping));
    assert_false(is_there(in(place->path, "acme")));
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,running,\n");
    assert_true(try_tell(place, keeping.load, "r1", "failed", "refused"));
    close_run(keeping.load);
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,failed,refused\n");
    assert_false(is_there(in(place->path, ENTITY_FILE)));
    assert_false(is_there(in(place->path, ".uemsync/acme/changes-new")));
}

/* Nothing but the ledger is written anew by a run that finds nothing new. */
static void an_unchanged_run_writes_its_ledger_alone(void **state)
{
    static const char *const files[] = {"acme/device.csv", "acme/software.csv",
        "acme/device_history.csv", "acme/device_fetch.csv", "acme/device_group_member.csv",
        "acme/manifest.json"};
    struct place *place = *state;
    struct keeping keeping = {.place = place, .load = open_at(place, "r1", 1), .run_id = "r1"};
    ino_t before[6];

    stage_seen(place, keeping.load, "d1", "Eins", 1, at(1));
    list(place, keeping.load, &software_relation, "d1", "com.a|1|");
    assert_true(try_keep(&keeping));
    close_run(keeping.load);
    for (size_t i = 0; i < 6; i++) {
        before[i] = inode(in(place->path, files[i]));
    }
    keeping = (struct keeping){.place = place, .load = open_at(place, "r2", 2), .run_id = "r2"};
    stage_seen(place, keeping.load, "d1", "Eins", 1, at(1));
    list(place, keeping.load, &software_relation, "d1", "com.a|1|");
    assert_true(try_keep(&keeping));
    close_run(keeping.load);
    assert_false(keeping.changed);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(inode(in(place->path, files[i])), before[i]);
    }
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), 1);
    assert_int_equal(count_names(in(place->path, "changes/acme")), 1);
    assert_file(
        in(place->path, ".uemsync/acme/sync_run/r2.csv"), RUN_HEADER "r2,acme,,complete,\n");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 5);
}

static void a_run_that_died_is_said_to_have_failed(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_true(try_tell(place, load, "r1", "running", NULL));
    close_run(load); /* the lock goes as if it had died: nobody told an end */
    close_run(open_run(place, "r2"));
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,failed," DIED "\n");
    assert_false(is_there(in(place->path, ".uemsync/acme/told")));
}

/* Only the run that had the lock last is looked at, and only where it says that it is running. */
static void what_a_run_said_at_its_end_stays(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_true(try_tell(place, load, "r1", "running", NULL));
    assert_true(try_tell(place, load, "r1", "interrupted", "running"));
    close_run(load);
    load = open_run(place, "r2");
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,interrupted,running\n");
    close_run(load);
    write_whole(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,running,\n");
    close_run(open_run(place, "r3"));
    assert_file(in(place->path, RUN_FILE), RUN_HEADER "r1,acme,,running,\n");
}

static void a_dead_runs_file_may_have_other_columns(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_true(try_tell(place, load, "r1", "running", NULL));
    close_run(load);
    write_whole(in(place->path, RUN_FILE),
        "run_id,message,gone,outcome\nr1,\"a,\"\"b\",\"x\ny\",running\n");
    close_run(open_run(place, "r2"));
    assert_file(
        in(place->path, RUN_FILE), "run_id,message,gone,outcome\nr1," DIED ",\"x\ny\",failed\n");
    write_whole(in(place->path, ".uemsync/acme/lock"), "r1\n");
    write_whole(in(place->path, RUN_FILE), "run_id,outcome\nr1,running\n");
    close_run(open_run(place, "r3"));
    assert_file(in(place->path, RUN_FILE), "run_id,outcome\nr1,running\n");
}

/* The ledger of a dead run must not hold up those that come. */
static void a_dead_runs_file_that_is_damaged_is_left(void **state)
{
    static const char *const texts[] = {"", RUN_HEADER, RUN_HEADER "r1,acme,,runn",
        RUN_HEADER "r1,acme,,running,\"x\n", RUN_HEADER "r1,a\"b,,running,\n"};
    struct place *place = *state;

    close_run(open_run(place, "r1"));
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/sync_run"), 0700), 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_whole(in(place->path, RUN_FILE), texts[i]);
        write_whole(in(place->path, ".uemsync/acme/lock"), "r1\n");
        close_run(open_run(place, "r2"));
        assert_file(in(place->path, RUN_FILE), texts[i]);
    }
    write_whole(in(place->path, ".uemsync/acme/lock"), "../../x\n");
    close_run(open_run(place, "r2"));
    assert_file(in(place->path, ".uemsync/acme/lock"), "r2\n");
}

static void rows_of_others_are_refused(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct cell other[5] = {text_cell("r1"), text_cell("other")};
    struct cell device[10] = {text_cell("acme"), text_cell("d1")};

    assert_false(try_tell(place, load, "r2", "running", NULL));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    assert_false(load->ops->tell(load, &(struct row){&run_relation, other}, 1, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    assert_false(load->ops->tell(load, &(struct row){&device_relation, device}, 1, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
    assert_false(is_there(in(place->path, RUN_FILE)));
}

/* The program can die behind the switch, and ahead of the names. */
static void the_next_run_tells_the_end_of_the_published_one(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_true(try_tell(place, load, "r1", "running", NULL));
    list(place, load, &software_relation, "d1", "com.a|1|");
    (void)keep(place, load);
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/pending"), 0700), 0);
    write_whole(in(place->path, ".uemsync/acme/pending/sync_run+r1"), "the end\n");
    write_whole(in(place->path, ".uemsync/acme/pending/sync_run+r2"), "x\n");
    write_whole(in(place->path, ".uemsync/acme/pending/sync_run_entity+r1"), "entities\n");
    write_whole(in(place->path, ".uemsync/acme/pending/+r1"), "x\n");
    write_whole(in(place->path, ".uemsync/acme/told"), "x\n");
    close_run(open_run(place, "r3"));
    assert_file(in(place->path, RUN_FILE), "the end\n");
    assert_file(in(place->path, ENTITY_FILE), "entities\n");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/sync_run")), 1);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 5);
}

static void put_runs(struct place *place, const char *relation)
{
    static const char *const names[] = {"20191231T235959Z-0123abcd.csv",
        "20200101T000001Z-0123abcd.csv", "20191231T235959Z-0123abcd.txt",
        "20191231T235959Z-0123abc.csv", "20191231x235959Z-0123abcd.csv", "r0.csv"};
    char path[256];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, ".uemsync/acme/%s/%s", relation, names[i]);
        write_whole(in(place->path, path), "x\n");
    }
}

static void what_old_runs_left_goes_after_a_publish(void **state)
{
    struct place *place = *state;
    struct load *load = open_at(place, "r1", 30 * DAY);

    assert_true(try_log(place, load, 1, "acme", "x"));
    assert_true(try_tell(place, load, "r1", "running", NULL));
    (void)keep(place, load);
    put_runs(place, "sync_run");
    put_runs(place, "rejected_record");
    (void)keep(place, open_at(place, "r2", 30 * DAY));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/sync_run")), 7);
    place->settings.keep_runs_ms = 1000 * 30 * DAY;
    /* A run that changes nothing does it too. */
    assert_false(keep(place, open_at(place, "r3", 30 * DAY)).changed);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/sync_run")), 6);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/rejected_record")), 6);
    assert_false(is_there(in(place->path, ".uemsync/acme/sync_run/20191231T235959Z-0123abcd.csv")));
    assert_true(is_there(in(place->path, ".uemsync/acme/sync_run/20200101T000001Z-0123abcd.csv")));
    place->settings.keep_runs_ms = INT64_MAX / 2;
    (void)keep(place, open_at(place, "r4", 30 * DAY));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/sync_run")), 6);
}

static bool collect_told(void *context, const struct str *texts, struct error *err)
{
    struct buffer *text = context;

    (void)err;
    for (size_t i = 0; i < 3; i++) {
        buffer_append_text(text, i > 0 ? "|" : "");
        buffer_append_str(text, texts[i].data != NULL ? texts[i] : str_of("-"));
    }
    buffer_append_char(text, ';');
    return true;
}

static struct load *open_told_reader(struct place *place)
{
    struct load_run run = {.tenant = "acme"};
    struct load *load = NULL;

    assert_true(
        csv_open_reader(&place->settings, &place->schema, &run, &place->log, &load, &place->err));
    return load;
}

/* Three columns of a reader's rows. */
static void assert_told(struct place *place, const struct relation *relation,
    const size_t columns[3], const char *wanted)
{
    struct load *load = open_told_reader(place);
    struct buffer text;

    buffer_init(&text, 64 * 1024);
    if (!load->ops->published(load, relation, columns, 3, collect_told, &text, &place->err)) {
        fail_msg("%s", place->err.text);
    }
    assert_string_equal(buffer_text(&text), wanted);
    buffer_release(&text);
    close_run(load);
}

static void a_reader_finds_what_is_told_beside_a_run(void **state)
{
    static const size_t of_run[] = {4, 0, 3};
    static const size_t of_entity[] = {0, 1, 2};
    struct place *place = *state;
    struct load *load;

    assert_told(place, &run_relation, of_run, "");
    load = open_run(place, "r1");
    assert_told(place, &run_relation, of_run, "");
    assert_true(try_tell(place, load, "r1", "running", "a, \"b\"\nc"));
    assert_told(place, &run_relation, of_run, "a, \"b\"\nc|r1|running;");
    assert_told(place, &run_entity_relation, of_entity, "");
    assert_true(try_tell_entities(place, load, "r1", 7));
    assert_told(place, &run_entity_relation, of_entity, "r1|software|7;r1|device|-;");
    close_run(load);
}

static void told_files_may_have_other_columns_and_may_be_damaged(void **state)
{
    static const size_t columns[] = {3, 0, 4};
    const char *const damaged[] = {"outcome,run_id\nfailed,\"r9\n", "outcome\nfailed"};
    struct place *place = *state;

    close_run(open_run(place, "r1"));
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/sync_run"), 0700), 0);
    write_whole(in(place->path, ".uemsync/acme/sync_run/r9.csv"), "outcome,run_id\nfailed,r9\n");
    write_whole(in(place->path, ".uemsync/acme/sync_run/notes"), "of somebody");
    assert_told(place, &run_relation, columns, "failed|r9|-;");
    for (size_t i = 0; i < 2; i++) {
        struct load *load = open_told_reader(place);
        struct buffer text;

        buffer_init(&text, 64 * 1024);
        write_whole(in(place->path, ".uemsync/acme/sync_run/r9.csv"), damaged[i]);
        assert_false(load->ops->published(
            load, &run_relation, columns, 3, collect_told, &text, &place->err));
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "r9.csv"));
        buffer_release(&text);
        close_run(load);
    }
}

static void a_reader_counts_rows(void **state)
{
    struct place *place = *state;
    struct load *load = open_told_reader(place);
    int64_t rows = -1;

    assert_true(load_count(load, &software_relation, &rows, &place->err));
    assert_int_equal(rows, 0);
    close_run(load);
    load = open_run(place, "r1");
    list(place, load, &software_relation, "d1", "com.a|1| com.b|1|");
    (void)publish_all(place, load);
    for (int i = 0; i < 2; i++) {
        load = open_told_reader(place);
        assert_true(load_count(load, &software_relation, &rows, &place->err));
        assert_int_equal(rows, 2);
        assert_true(load_count(load, &device_relation, &rows, &place->err));
        assert_int_equal(rows, 0);
        close_run(load);
        (void)unlink(in(place->path, ".uemsync/acme/states/r1"));
    }
}

static void what_is_told_is_not_read_back_by_a_run(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    size_t column = 0;

    assert_false(load->ops->published(load, &run_relation, &column, 1, NULL, NULL, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_told_is_seen_at_once, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            the_end_is_seen_with_what_is_published, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            an_end_that_fails_the_publish_is_not_seen, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            an_unchanged_run_writes_its_ledger_alone, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_run_that_died_is_said_to_have_failed, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(what_a_run_said_at_its_end_stays, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_dead_runs_file_may_have_other_columns, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_dead_runs_file_that_is_damaged_is_left, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(rows_of_others_are_refused, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            the_next_run_tells_the_end_of_the_published_one, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            what_old_runs_left_goes_after_a_publish, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_told_is_not_read_back_by_a_run, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_reader_finds_what_is_told_beside_a_run, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            told_files_may_have_other_columns_and_may_be_damaged, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(a_reader_counts_rows, set_up_keep, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
