/* Rows of one device are left out of a file, whatever the file is of. */
#include "unit/load/csv/fixture.h"

#include "load/csv/csv_filter.h"

struct place {
    char *path;
    struct csv_folder folder;
    struct csv_filtered filtered;
    struct error err;
    size_t created;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    place->path = new_folder();
    assert_true(csv_folder_open_root(&place->folder, place->path, &place->err));
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    csv_folder_release(&place->folder);
    drop_folder(place->path);
    free(place);
    return 0;
}

static bool create(void *context, struct csv_file *file, struct error *err)
{
    struct place *place = context;

    place->created++;
    return csv_folder_remove(&place->folder, "new", err) &&
           csv_file_create(file, &place->folder, "new", CSV_FILE_DURABLE, err);
}

static bool try_filter(struct place *place, const char *text, const char *trace)
{
    struct str traces[1] = {str_of(trace != NULL ? trace : "")};
    struct csv_filter filter = {
        .device = str_of("d1"), .traces = traces, .trace_count = trace != NULL ? 1 : 0};

    place->created = 0;
    write_whole(in(place->path, "old"), text);
    return csv_filter_file(
        &filter, &place->folder, "old", create, place, &place->filtered, &place->err);
}

static void assert_filtered(
    struct place *place, const char *text, const char *trace, int64_t removed, const char *wanted)
{
    if (!try_filter(place, text, trace)) {
        fail_msg("%s", place->err.text);
    }
    assert_int_equal(place->filtered.removed, removed);
    assert_int_equal(place->created, removed > 0 ? 1 : 0);
    if (removed > 0) {
        assert_file(in(place->path, "new"), wanted);
        assert_int_equal(place->filtered.bytes, strlen(wanted));
        assert_int_equal(strlen(place->filtered.sha256), 64);
    }
}

static void columns_are_found_by_name(void **state)
{
    struct place *place = *state;

    assert_filtered(place, "a,device_id\nd1,d2\nd2,d1\n", NULL, 1, "a,device_id\nd1,d2\n");
    assert_int_equal(place->filtered.rows, 1);
    assert_filtered(
        place, "dispatch_device_id,a\n\"d1\",x\nd11,x\n", NULL, 1, "dispatch_device_id,a\nd11,x\n");
    assert_filtered(place, "my_device_ids,device,_device_i\nd1,d1,d1\n", NULL, 0, "");
    assert_filtered(place, "device_id\nd1\nd1\n", NULL, 2, "device_id\n");
    assert_filtered(place, "device_id\n", NULL, 0, "");
    assert_filtered(place, "", NULL, 0, "");
    assert_filtered(place, "device_id,a\n,1\n\"\",2\n", NULL, 0, "");
}

static void a_trace_is_found_in_any_text_by_itself(void **state)
{
    struct place *place = *state;

    assert_filtered(place, "a,b\n1,\"x \"\"SN-1\"\" y\"\n2,SN-12\n3,XSN-1\n4,SN-1\n5,SN-1-SN-1\n",
        "sn-1", 3, "a,b\n2,SN-12\n3,XSN-1\n");
    assert_filtered(place, "a\nSN-12 SN-1\n", "sn-1", 1, "a\n");
    /* A quote within the trace is doubled in the file. */
    assert_filtered(place, "a\n\"S\"\"N\"\nSN\n", "s\"n", 1, "a\nSN\n");
}

/* Other letters than those of ASCII are as they are, and so is the column of a device. */
static void a_trace_is_found_in_either_case(void **state)
{
    struct place *place = *state;

    assert_filtered(place, "a\nof: ab-CD\nAB-CD\nab-cd\nAB-CDE\n", "ab-cd", 3, "a\nAB-CDE\n");
    assert_filtered(place, "a\n\xc3\x84-1\n\xc3\xa4-1\n", "\xc3\xa4-1", 1, "a\n\xc3\x84-1\n");
    assert_filtered(place, "device_id\nD1\nd1\n", NULL, 1, "device_id\nD1\n");
    assert_filtered(place, "a,b\nX,Y\n,\"\"\n", "x-y", 0, "");
}

static void what_stays_stays_to_the_byte(void **state)
{
    struct place *place = *state;

    assert_filtered(place, "device_id,a\n\"d2\",\"1\"\n\"d3\",\"two\nlines, d1\"\nd1,\nd4,'=\n",
        NULL, 1, "device_id,a\n\"d2\",\"1\"\n\"d3\",\"two\nlines, d1\"\nd4,'=\n");
}

static void rows_are_counted_without_a_new_file(void **state)
{
    struct place *place = *state;
    struct csv_filter filter = {.device = str_of("d1")};

    write_whole(in(place->path, "old"), "device_id\nd1\nd2\nd1\n");
    assert_true(
        csv_filter_file(&filter, &place->folder, "old", NULL, NULL, &place->filtered, &place->err));
    assert_int_equal(place->filtered.removed, 2);
    assert_true(csv_filter_file(
        &filter, &place->folder, "missing", NULL, NULL, &place->filtered, &place->err));
    assert_int_equal(place->filtered.removed, 0);
}

static void a_broken_file_is_an_error_with_path(void **state)
{
    static const char *const texts[] = {
        "device_id\nd1", "device_id", "device_id\n\"d1\n", "device_id\n\"d1\"x\n"};
    struct place *place = *state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_false(try_filter(place, texts[i], NULL));
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "/old"));
    }
}

static void a_disk_that_fills_up_is_an_error(void **state)
{
    struct place *place = *state;
    struct rlimit before;
    bool ok = false;

    write_whole(in(place->path, "old"), "device_id\nd2\nd1\n");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit_files(20);
    ok = try_filter(place, "device_id\nd2\nd1\nd3\n", NULL);
    limit_files(4);
    ok = ok && csv_filter_file(&(struct csv_filter){.device = str_of("d1")}, &place->folder, "old",
                   create, place, &place->filtered, &place->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(ok);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
}

int main(void)
{
#define FILTER_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        FILTER_TEST(columns_are_found_by_name),
        FILTER_TEST(a_trace_is_found_in_any_text_by_itself),
        FILTER_TEST(a_trace_is_found_in_either_case),
        FILTER_TEST(what_stays_stays_to_the_byte),
        FILTER_TEST(rows_are_counted_without_a_new_file),
        FILTER_TEST(a_broken_file_is_an_error_with_path),
        FILTER_TEST(a_disk_that_fills_up_is_an_error),
    };
#undef FILTER_TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
