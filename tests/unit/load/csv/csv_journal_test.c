/* The journal of what is staged: what is written is read again, and anything else is none. */
#include "unit/load/csv/fixture.h"

#include "load/csv/csv_journal.h"

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

static void fill(struct csv_journal *journal)
{
    struct csv_journal_log log = {"rejected_record", "r-1", 123, 4};
    struct error err = {0};

    *journal = (struct csv_journal){.run_id = "r-2"};
    memset(journal->check, 'a', sizeof journal->check - 1);
    csv_journal_boot(journal->boot);
    journal->files.ordinal = 5000000000;
    journal->files.whole.last = 4999999999;
    journal->files.first = 7;
    assert_true(csv_journal_add_void(journal, 3, 9, &err));
    assert_true(csv_journal_add_void(journal, 20, 21, &err));
    for (int i = 0; i < 5; i++) {
        assert_true(csv_journal_add_file(journal, 1000 + i, &err));
    }
    assert_true(csv_journal_add_relation(journal, "device_app", 12, &err));
    assert_true(csv_journal_add_log(journal, &log, &err));
}

static bool read_back(struct place *place, struct csv_journal *journal)
{
    struct error err = {0};
    bool found = false;

    assert_true(csv_journal_read(journal, &place->folder, &found, &err));
    return found;
}

static void what_is_written_is_read_again(void **state)
{
    struct place *place = *state;
    struct csv_journal written;
    struct csv_journal journal;
    struct error err = {0};

    fill(&written);
    assert_true(csv_journal_write(&written, &place->folder, CSV_FILE_DURABLE, &err));
    written.files.sizes[4] = 99;
    assert_true(csv_journal_write(&written, &place->folder, CSV_FILE_SCRATCH, &err));
    assert_int_equal(count_names(place->path), 1);
    assert_true(read_back(place, &journal));
    assert_string_equal(journal.check, written.check);
    assert_string_equal(journal.boot, written.boot);
    assert_string_equal(journal.run_id, "r-2");
    assert_true(journal.files.ordinal == 5000000000);
    assert_true(journal.files.whole.last == 4999999999);
    assert_int_equal(journal.files.whole.void_count, 2);
    assert_int_equal(journal.files.whole.voids[1].above, 20);
    assert_int_equal(journal.files.whole.voids[1].last, 21);
    assert_int_equal(journal.files.first, 7);
    assert_int_equal(journal.files.count, 5);
    assert_int_equal(journal.files.sizes[3], 1003);
    assert_int_equal(journal.files.sizes[4], 99);
    assert_int_equal(journal.relation_count, 1);
    assert_string_equal(journal.relations[0].name, "device_app");
    assert_int_equal(journal.relations[0].from, 12);
    assert_int_equal(journal.log_count, 1);
    assert_string_equal(journal.logs[0].relation, "rejected_record");
    assert_string_equal(journal.logs[0].run_id, "r-1");
    assert_int_equal(journal.logs[0].bytes, 123);
    assert_int_equal(journal.logs[0].rows, 4);
    csv_journal_release(&journal);
    csv_journal_release(&written);
}

static void one_that_was_cut_anywhere_is_none(void **state)
{
    struct place *place = *state;
    struct csv_journal written;
    struct csv_journal journal;
    struct error err = {0};
    char *text = NULL;

    fill(&written);
    assert_true(csv_journal_write(&written, &place->folder, CSV_FILE_SCRATCH, &err));
    csv_journal_release(&written);
    text = read_whole(in(place->path, CSV_JOURNAL));
    assert_non_null(text);
    for (size_t size = strlen(text); size-- > 0;) {
        text[size] = '\0';
        write_whole(in(place->path, CSV_JOURNAL), text);
        assert_false(read_back(place, &journal));
    }
    free(text);
}

/* Whatever stands in the file, it is read or it is none. */
static void any_bytes_are_read_or_are_none(void **state)
{
    struct place *place = *state;
    struct csv_journal written;
    struct error err = {0};
    uint32_t random = 20200227;
    size_t found = 0;
    char *text = NULL;

    fill(&written);
    assert_true(csv_journal_write(&written, &place->folder, CSV_FILE_SCRATCH, &err));
    csv_journal_release(&written);
    text = read_whole(in(place->path, CSV_JOURNAL));
    assert_non_null(text);
    for (size_t i = 0; i < 2000; i++) {
        struct csv_journal journal;
        size_t at = 0;
        char held = 0;

        random = random * 1664525u + 1013904223u;
        at = (random >> 8) % strlen(text);
        held = text[at];
        text[at] = (char)(1 + (random >> 4) % 127);
        write_whole(in(place->path, CSV_JOURNAL), text);
        found += read_back(place, &journal) ? 1 : 0;
        csv_journal_release(&journal);
        text[at] = held;
    }
    assert_in_range(found, 1, 1999);
    free(text);
}

static void nothing_there_is_none(void **state)
{
    struct place *place = *state;
    struct csv_journal journal;

    assert_false(read_back(place, &journal));
    csv_journal_release(&journal);
    assert_int_equal(mkdir(in(place->path, CSV_JOURNAL), 0700), 0);
    assert_false(read_back(place, &journal));
}

static void one_that_cannot_be_written_is_an_error_with_path(void **state)
{
    struct place *place = *state;
    struct csv_journal written;
    struct error err = {0};

    fill(&written);
    assert_int_equal(mkdir(in(place->path, CSV_JOURNAL), 0700), 0);
    assert_false(csv_journal_write(&written, &place->folder, CSV_FILE_SCRATCH, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, "/" CSV_JOURNAL));
    csv_journal_release(&written);
}

static void the_machine_says_when_it_was_started(void **state)
{
    char first[CSV_BOOT_SIZE];
    char second[CSV_BOOT_SIZE];

    (void)state;
    csv_journal_boot(first);
    csv_journal_boot(second);
    assert_int_equal(strlen(first), 36);
    assert_string_equal(first, second);
}

int main(void)
{
#define JOURNAL_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(what_is_written_is_read_again),
        JOURNAL_TEST(one_that_was_cut_anywhere_is_none),
        JOURNAL_TEST(any_bytes_are_read_or_are_none),
        JOURNAL_TEST(nothing_there_is_none),
        JOURNAL_TEST(one_that_cannot_be_written_is_an_error_with_path),
        cmocka_unit_test(the_machine_says_when_it_was_started),
    };
#undef JOURNAL_TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
