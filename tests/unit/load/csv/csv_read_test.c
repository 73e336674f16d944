#include "unit/load/csv/sets.h"

#include "base/buffer.h"

/* Rows as "a|b;", "-" for NULL. */
struct rows {
    struct buffer text;
    size_t columns;
    size_t count;
    size_t stop_after;
};

static bool collect_row(void *context, const struct str *texts, struct error *err)
{
    struct rows *rows = context;

    for (size_t i = 0; i < rows->columns; i++) {
        buffer_append_text(&rows->text, i > 0 ? "|" : "");
        if (texts[i].data != NULL) {
            buffer_append_str(&rows->text, texts[i]);
        } else {
            buffer_append_char(&rows->text, '-');
        }
    }
    buffer_append_char(&rows->text, ';');
    return ++rows->count != rows->stop_after || error_set(err, ERROR_INTERRUPTED, "enough");
}

static bool try_read(struct place *place, struct load *load, const struct relation *relation,
    const size_t *columns, size_t count, struct rows *rows)
{
    *rows = (struct rows){.columns = count, .stop_after = rows->stop_after};
    buffer_init(&rows->text, 64 * 1024);
    return load->ops->published(load, relation, columns, count, collect_row, rows, &place->err);
}

static void assert_rows(struct place *place, struct load *load, const struct relation *relation,
    const size_t *columns, size_t count, const char *wanted)
{
    struct rows rows = {0};

    if (!try_read(place, load, relation, columns, count, &rows)) {
        fail_msg("%s", place->err.text);
    }
    assert_string_equal(buffer_text(&rows.text), wanted);
    buffer_release(&rows.text);
}

static struct load *open_reader(struct place *place)
{
    struct load_run run = {.tenant = "acme"};
    struct load *load = NULL;

    if (!csv_open_reader(&place->settings, &place->schema, &run, &place->log, &load, &place->err)) {
        fail_msg("%s", place->err.text);
    }
    return load;
}

static void publish_version(struct place *place, const char *run_id, const char *version)
{
    struct load *load = open_run(place, run_id);

    stage_app(place, load, "d1", "com.a", version);
    (void)publish_all(place, load);
}

static const size_t version_column[] = {3};

static void chosen_columns_come_as_text(void **state)
{
    static const size_t all[] = {4, 2, 1, 3, 2, 0};
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    list(place, load, &software_relation, "d1", "com.\"a\"|1,\"2\"|t com.b|-| com.c||");
    stage_app(place, load, "d,1", "x", "y\n");
    assert_rows(place, load, &software_relation, all, 6, "");
    (void)publish_all(place, load);
    load = open_run(place, "r2");
    stage_app(place, load, "d9", "staged is not published", "1");
    assert_rows(place, load, &software_relation, all, 6,
        "t|com.\"a\"|d1|1,\"2\"|com.\"a\"|acme;-|com.b|d1|-|com.b|acme;"
        "-|com.c|d1||com.c|acme;");
    assert_rows(place, load, &app_relation, version_column, 1, "y\n;");
    assert_rows(place, load, &app_relation, NULL, 0, ";");
    close_run(load);
}

static void a_guard_is_taken_away(void **state)
{
    static const size_t columns[] = {1, 3};
    struct place *place = *state;

    place->settings.csv_safe = true;
    publish_version(place, "r1", "=1");
    for (int i = 0; i < 2; i++) {
        struct load *load = open_reader(place);

        assert_rows(place, load, &app_relation, columns, 2, "d1|=1;");
        close_run(load);
        place->settings.csv_safe = false;
    }
}

static void a_column_that_the_file_lacks_is_null(void **state)
{
    static const struct column wider_columns[] = {{"tenant", "", COLUMN_TEXT},
        {"device_id", "", COLUMN_TEXT}, {"identifier", "", COLUMN_TEXT}, {"new", "", COLUMN_TEXT},
        {"version", "", COLUMN_TEXT}};
    static const struct relation wider_relation = {
        "device_app", "", wider_columns, 5, 3, RELATION_KEYED, 0};
    static const size_t columns[] = {3, 4};
    struct place *place = *state;
    struct load *load = NULL;

    publish_version(place, "r1", "1");
    load = open_reader(place);
    assert_rows(place, load, &wider_relation, columns, 2, "-|1;");
    close_run(load);
}

static void a_callback_that_fails_ends_the_reading(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct rows rows = {.stop_after = 1};

    stage_app(place, load, "d1", "com.a", "1");
    stage_app(place, load, "d1", "com.b", "2");
    (void)publish_all(place, load);
    load = open_reader(place);
    assert_false(try_read(place, load, &app_relation, version_column, 1, &rows));
    assert_int_equal(place->err.kind, ERROR_INTERRUPTED);
    assert_string_equal(buffer_text(&rows.text), "1;");
    buffer_release(&rows.text);
    close_run(load);
}

static void a_log_and_a_damaged_file_are_errors(void **state)
{
    static const char *const damaged[] = {"", "tenant,device_id,identifier,version\nacme,d1,x\n",
        "tenant,device_id,identifier,version\nother,d1,x,1\n", "x,y\n"};
    struct place *place = *state;
    struct load *load = NULL;
    struct rows rows = {0};

    publish_version(place, "r1", "1");
    load = open_reader(place);
    assert_false(try_read(place, load, &reject_relation, version_column, 1, &rows));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        write_whole(in(place->path, "acme/device_app.csv"), damaged[i]);
        assert_false(try_read(place, load, &app_relation, version_column, 1, &rows));
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "is damaged"));
        buffer_release(&rows.text);
    }
    close_run(load);
}

static void where_nothing_is_published_there_are_no_rows(void **state)
{
    struct place *place = *state;
    char *path = place->path;
    char *missing = NULL;
    struct load *load = open_reader(place);

    assert_rows(place, load, &app_relation, version_column, 1, "");
    close_run(load);
    assert_int_equal(count_names(path), 0);
    assert_true(asprintf(&missing, "%s/not/there", path) > 0);
    place->settings.directory = missing;
    load = open_reader(place);
    assert_rows(place, load, &app_relation, version_column, 1, "");
    close_run(load);
    assert_int_equal(count_names(path), 0);
    place->settings.directory = path;
    free(missing);
    /* A run that never published, and one that had no such relation. */
    close_run(open_run(place, "r1"));
    load = open_reader(place);
    assert_rows(place, load, &app_relation, version_column, 1, "");
    close_run(load);
    place->schema.count = 1;
    load = open_run(place, "r2");
    stage_device(place, load, "d1", "Eins");
    (void)publish(place, load);
    close_run(load);
    load = open_reader(place);
    assert_rows(place, load, &app_relation, version_column, 1, "");
    close_run(load);
}

static void a_reader_takes_no_lock_and_touches_nothing(void **state)
{
    struct place *place = *state;
    struct load *run = NULL;
    struct load *load = NULL;

    publish_version(place, "r1", "1");
    run = open_run(place, "r2");
    assert_true(try_log(place, run, 1, "acme", "x"));
    assert_int_equal(mkdir(in(place->path, ".uemsync/acme/work"), 0700), 0);
    load = open_reader(place);
    assert_rows(place, load, &app_relation, version_column, 1, "1;");
    close_run(load);
    assert_true(is_there(in(place->path, ".uemsync/acme/work")));
    assert_true(is_there(in(place->path, ".uemsync/acme/pending")));
    close_run(run);
}

static void a_reader_sees_one_snapshot_to_its_end(void **state)
{
    static const size_t columns[] = {1, 2};
    struct place *place = *state;
    struct load *run = open_run(place, "r1");
    struct load *load = NULL;

    stage_app(place, run, "d1", "com.a", "1");
    stage_device(place, run, "d1", "one");
    (void)publish_all(place, run);
    load = open_reader(place);
    assert_rows(place, load, &app_relation, version_column, 1, "1;");
    run = open_run(place, "r2");
    stage_app(place, run, "d1", "com.a", "2");
    stage_device(place, run, "d1", "two");
    (void)publish_all(place, run);
    assert_rows(place, load, &device_relation, columns, 2, "d1|one;");
    close_run(load);
    load = open_reader(place);
    assert_rows(place, load, &device_relation, columns, 2, "d1|two;");
    close_run(load);
}

static void a_snapshot_that_was_removed_meanwhile_is_an_error(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct rows rows = {0};

    place->settings.keep_snapshots = 1;
    publish_version(place, "r1", "1");
    load = open_reader(place);
    publish_version(place, "r2", "2");
    assert_false(try_read(place, load, &app_relation, version_column, 1, &rows));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "was removed while it was read"));
    close_run(load);
    buffer_release(&rows.text);
}

static void a_link_that_leads_nowhere_is_an_error(void **state)
{
    struct place *place = *state;
    struct load_run run = {.tenant = "acme"};
    struct load *load = NULL;

    publish_version(place, "r1", "1");
    assert_int_equal(
        rename(in(place->path, ".uemsync/acme/snapshots/r1"), in(place->path, "moved")), 0);
    assert_false(
        csv_open_reader(&place->settings, &place->schema, &run, &place->log, &load, &place->err));
    assert_null(load);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "gone"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(chosen_columns_come_as_text, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_guard_is_taken_away, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_column_that_the_file_lacks_is_null, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_callback_that_fails_ends_the_reading, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_log_and_a_damaged_file_are_errors, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            where_nothing_is_published_there_are_no_rows, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_reader_takes_no_lock_and_touches_nothing, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_reader_sees_one_snapshot_to_its_end, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_snapshot_that_was_removed_meanwhile_is_an_error, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_link_that_leads_nowhere_is_an_error, set_up_all, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
