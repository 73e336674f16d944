#include "unit/load/csv/fixture.h"

#include "load/csv/csv_file.h"

struct place {
    char *path;
    struct csv_folder folder;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct error err = {0};

    assert_non_null(place);
    place->path = new_folder();
    assert_true(csv_folder_open_root(&place->folder, place->path, &err));
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

static void records_end_where_no_quote_is_open(void **state)
{
    static const char *const records[] = {
        "a,b\n", "\"x\ny\",c\n", "\n", "\"he said \"\"\n\"\"\",d\n", "\"\"\"\n\",e\n", "last\n"};
    struct place *place = *state;
    struct csv_input input = {0};
    struct error err = {0};
    struct str record = {0};
    bool more = false;
    char text[256] = "";

    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        strncat(text, records[i], sizeof text - strlen(text) - 1);
    }
    write_whole(in(place->path, "f"), text);
    assert_true(csv_input_open(&input, &place->folder, "f", 1024, NULL, &err));
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        assert_true(csv_input_record(&input, &record, &more, &err));
        assert_true(more);
        assert_true(str_is(record, records[i]));
    }
    assert_true(csv_input_record(&input, &record, &more, &err));
    assert_false(more);
    csv_input_release(&input);
}

/* Records of many sizes, quoted line ends in each, across all block limits. */
static void records_come_whole_across_blocks(void **state)
{
    struct place *place = *state;
    struct csv_input input = {0};
    struct error err = {0};
    FILE *file = fopen(in(place->path, "f"), "wb");
    bool more = true;

    assert_non_null(file);
    for (int i = 0; i < 400; i++) {
        (void)fprintf(file, "%d,\"%*s\n\"\"\"\n", i, i * 7, "");
    }
    (void)fprintf(file, "%d,\"%*s\n\"\"\"\n", 400, 300000, "");
    assert_int_equal(fclose(file), 0);
    assert_true(csv_input_open(&input, &place->folder, "f", 1024 * 1024, NULL, &err));
    for (int i = 0; i <= 400; i++) {
        char number[16];
        struct str record = {0};

        (void)snprintf(number, sizeof number, "%d,\"", i);
        assert_true(csv_input_record(&input, &record, &more, &err));
        assert_true(more && str_starts(record, number));
        assert_int_equal(record.size, strlen(number) + (i == 400 ? 300000 : (size_t)i * 7) + 5);
    }
    csv_input_release(&input);
}

static void a_record_above_the_ceiling_is_an_error(void **state)
{
    struct place *place = *state;
    struct csv_input input = {0};
    struct error err = {0};
    struct str record = {0};
    bool more = false;
    FILE *file = fopen(in(place->path, "f"), "wb");

    assert_non_null(file);
    (void)fprintf(file, "%*s\n", 1000000, "x");
    assert_int_equal(fclose(file), 0);
    assert_true(csv_input_open(&input, &place->folder, "f", 128 * 1024, NULL, &err));
    assert_false(csv_input_record(&input, &record, &more, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_true(input.capacity <= 256 * 1024);
    csv_input_release(&input);
}

static void a_record_cut_off_at_the_end_is_an_error(void **state)
{
    static const char *const texts[] = {"a,b\nc", "a,b\n\"c\n", "\""};
    struct place *place = *state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct csv_input input = {0};
        struct error err = {0};
        struct str record = {0};
        bool more = true;
        bool ok = true;

        write_whole(in(place->path, "f"), texts[i]);
        assert_true(csv_input_open(&input, &place->folder, "f", 1024, NULL, &err));
        while (ok && more) {
            ok = csv_input_record(&input, &record, &more, &err);
        }
        assert_false(ok);
        assert_int_equal(err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(err.text, "/f: is damaged"));
        csv_input_release(&input);
    }
}

static void only_plain_files_are_read(void **state)
{
    struct place *place = *state;
    struct csv_input input = {0};
    struct error err = {0};
    bool found = true;

    write_whole(in(place->path, "f"), "x\n");
    assert_int_equal(symlink("f", in(place->path, "link")), 0);
    assert_int_equal(mkfifo(in(place->path, "fifo"), 0600), 0);
    assert_false(csv_input_open(&input, &place->folder, "link", 1024, &found, &err));
    assert_false(csv_input_open(&input, &place->folder, "fifo", 1024, &found, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_true(csv_input_open(&input, &place->folder, "none", 1024, &found, &err));
    assert_false(found);
    assert_null(input.path);
    assert_false(csv_input_open(&input, &place->folder, "none", 1024, NULL, &err));
}

static void a_new_file_is_private_and_hashed(void **state)
{
    struct place *place = *state;
    struct csv_file file = {0};
    struct error err = {0};
    char sha256[HASH_HEX_SIZE];
    mode_t before = umask(0777);

    assert_true(csv_file_create(&file, &place->folder, "f", CSV_FILE_DURABLE, &err));
    (void)umask(before);
    assert_true(csv_file_write(&file, str_of("abc"), &err));
    assert_int_equal(file.bytes, 3);
    assert_true(csv_file_finish(&file, sha256, &err));
    assert_string_equal(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_file(in(place->path, "f"), "abc");
    assert_int_equal(permissions(in(place->path, "f")), 0600);
}

static void an_existing_file_is_never_written(void **state)
{
    struct place *place = *state;
    struct csv_file file = {0};
    struct error err = {0};

    write_whole(in(place->path, "f"), "kept");
    assert_false(csv_file_create(&file, &place->folder, "f", CSV_FILE_SCRATCH, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, "File exists"));
    assert_file(in(place->path, "f"), "kept");
}

static void small_and_large_writes_end_up_in_order(void **state)
{
    struct place *place = *state;
    struct csv_file file = {0};
    struct csv_input input = {0};
    struct error err = {0};
    struct str bytes = {0};
    bool more = false;
    size_t total = 0;
    char *block = malloc(200000);

    assert_non_null(block);
    for (size_t i = 0; i < 200000; i++) {
        block[i] = (char)('a' + i % 23);
    }
    assert_true(csv_file_create(&file, &place->folder, "f", CSV_FILE_SCRATCH, &err));
    for (size_t size = 1; total + size <= 200000; size = size * 3 % 70001) {
        assert_true(csv_file_write(&file, (struct str){block + total, size}, &err));
        total += size;
    }
    assert_true(csv_file_finish(&file, NULL, &err));
    assert_true(csv_input_open(&input, &place->folder, "f", 1024 * 1024, NULL, &err));
    assert_true(csv_input_bytes(&input, total, &bytes, &more, &err));
    assert_true(more);
    assert_memory_equal(bytes.data, block, total);
    assert_true(csv_input_bytes(&input, 1, &bytes, &more, &err));
    assert_false(more);
    csv_input_release(&input);
    free(block);
}

static void bytes_that_end_too_early_are_an_error(void **state)
{
    struct place *place = *state;
    struct csv_input input = {0};
    struct error err = {0};
    struct str bytes = {0};
    bool more = false;

    write_whole(in(place->path, "f"), "abc");
    assert_true(csv_input_open(&input, &place->folder, "f", 1024, NULL, &err));
    assert_false(csv_input_bytes(&input, 4, &bytes, &more, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    csv_input_release(&input);
}

static void the_beginning_of_a_file_can_be_copied_while_it_is_read(void **state)
{
    struct place *place = *state;
    struct csv_input input = {0};
    struct csv_file file = {0};
    struct error err = {0};
    struct str record = {0};
    bool more = false;

    write_whole(in(place->path, "f"), "one\ntwo\nthree\n");
    assert_true(csv_input_open(&input, &place->folder, "f", 1024, NULL, &err));
    assert_true(csv_input_record(&input, &record, &more, &err));
    assert_true(csv_file_create(&file, &place->folder, "g", CSV_FILE_DURABLE, &err));
    assert_true(csv_input_copy(&input, 8, &file, &err));
    assert_false(csv_input_copy(&input, 100, &file, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_true(csv_input_record(&input, &record, &more, &err));
    assert_true(str_is(record, "two\n"));
    csv_file_release(&file);
    csv_input_release(&input);
}

/* The limit is the process's, and lifted again before anything is asserted. */
static void a_full_disk_is_an_error_with_path_and_reason(void **state)
{
    struct place *place = *state;
    struct rlimit before;
    struct csv_file file = {0};
    struct error err = {0};
    bool ok = false;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(csv_file_create(&file, &place->folder, "f", CSV_FILE_DURABLE, &err));
    limit_files(10);
    ok = csv_file_write(&file, str_of("more than ten bytes"), &err) &&
         csv_file_finish(&file, NULL, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    csv_file_release(&file);
    assert_false(ok);
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, place->path));
    assert_non_null(strstr(err.text, "File too large"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(records_end_where_no_quote_is_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(records_come_whole_across_blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_above_the_ceiling_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_cut_off_at_the_end_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_plain_files_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_file_is_private_and_hashed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_existing_file_is_never_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(small_and_large_writes_end_up_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bytes_that_end_too_early_are_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_beginning_of_a_file_can_be_copied_while_it_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_full_disk_is_an_error_with_path_and_reason, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
