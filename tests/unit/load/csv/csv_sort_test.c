#include "unit/load/csv/fixture.h"

#include "load/csv/csv_sort.h"

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

static struct csv_sort *new_sort(const struct place *place, size_t ceiling)
{
    struct csv_sort *sort = NULL;
    struct error err = {0};

    assert_true(csv_sort_new(&sort, &place->folder, CSV_WORK, ceiling, &err));
    return sort;
}

static void add(struct csv_sort *sort, const char *key, const char *line)
{
    struct csv_entry entry = {.key = str_of(key), .line = str_of(line)};
    struct error err = {0};

    assert_true(csv_sort_add(sort, &entry, &err));
}

/* What the sorter hands out, as "key=line;key=line;"; the caller's to free. */
static char *drain(struct csv_sort *sort)
{
    struct buffer out;
    struct csv_entry entry = {0};
    struct error err = {0};
    bool more = true;

    buffer_init(&out, 8 * 1024 * 1024);
    assert_true(csv_sort_finish(sort, &err));
    while (more) {
        assert_true(csv_sort_next(sort, &entry, &more, &err));
        if (more) {
            buffer_append_str(&out, entry.key);
            buffer_append_char(&out, '=');
            buffer_append_str(&out, entry.line);
            buffer_append_char(&out, ';');
        }
    }
    assert_true(buffer_ok(&out));
    return out.data != NULL ? out.data : strdup("");
}

static void entries_come_in_the_order_of_their_keys(void **state)
{
    struct csv_sort *sort = new_sort(*state, 1024 * 1024);
    char *all = NULL;

    add(sort, "b", "2");
    add(sort, "\xff", "4");
    add(sort, "a", "1");
    add(sort, "ba", "3");
    all = drain(sort);
    assert_string_equal(all, "a=1;b=2;ba=3;\xff=4;");
    free(all);
    csv_sort_free(sort);
}

static void of_one_key_the_last_entry_counts(void **state)
{
    /* In memory, and with every entry in a run of its own. */
    static const size_t ceilings[] = {1024 * 1024, 1};

    for (size_t i = 0; i < 2; i++) {
        struct csv_sort *sort = new_sort(*state, ceilings[i]);
        char *all = NULL;

        add(sort, "a", "old");
        add(sort, "b", "old");
        add(sort, "a", "newer");
        add(sort, "b", "");
        add(sort, "c", "");
        add(sort, "a", "newest");
        add(sort, "c", "back");
        all = drain(sort);
        assert_string_equal(all, "a=newest;b=;c=back;");
        free(all);
        csv_sort_free(sort);
    }
}

/* The same entries in any memory: `count` of them, about a third with a key that was there. */
static char *sort_many(const struct place *place, size_t ceiling, size_t count, size_t *runs)
{
    struct csv_sort *sort = new_sort(place, ceiling);
    uint32_t random = 12345;
    char *all = NULL;

    for (size_t i = 0; i < count; i++) {
        char key[32];
        char line[64];

        random = random * 1664525u + 1013904223u;
        (void)snprintf(key, sizeof key, "%u", (random >> 8) % (unsigned)count);
        (void)snprintf(line, sizeof line, "%zu%*s", i, (int)(random >> 28), "");
        add(sort, key, line);
    }
    all = drain(sort);
    *runs = csv_sort_run_count(sort);
    csv_sort_free(sort);
    return all;
}

static void spilled_entries_are_sorted_as_those_in_memory(void **state)
{
    static const size_t ceilings[] = {100, 1000, 4096, 50000};
    struct place *place = *state;
    size_t runs = 0;
    char *wanted = sort_many(place, 8 * 1024 * 1024, 5000, &runs);

    assert_int_equal(runs, 0);
    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
        char *all = sort_many(place, ceilings[i], 5000, &runs);

        assert_true(runs > 1);
        assert_string_equal(all, wanted);
        free(all);
    }
    free(wanted);
}

/* 5,000 runs want 19 merges before the last one; no more than the fan-in is open at once. */
static void many_runs_are_merged_with_few_files_open(void **state)
{
    struct place *place = *state;
    size_t runs = 0;
    struct rlimit before;
    struct rlimit few;
    char *wanted = sort_many(place, 8 * 1024 * 1024, 5000, &runs);
    char *all = NULL;

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = CSV_RUNS_FAN_IN + 16;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    all = sort_many(place, 1, 5000, &runs);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(runs, 5000 + 19);
    assert_string_equal(all, wanted);
    free(all);
    free(wanted);
}

static void one_entry_may_be_larger_than_the_ceiling(void **state)
{
    struct csv_sort *sort = new_sort(*state, 1000);
    char *large = malloc(300001);
    char *all = NULL;

    assert_non_null(large);
    memset(large, 'x', 300000);
    large[300000] = '\0';
    add(sort, "b", "small");
    add(sort, "a", large);
    add(sort, "c", "small");
    all = drain(sort);
    assert_int_equal(strlen(all), 300000 + strlen("a=;b=small;c=small;"));
    assert_non_null(strstr(all, ";b=small;c=small;"));
    free(all);
    free(large);
    csv_sort_free(sort);
}

static void nothing_staged_is_nothing_sorted(void **state)
{
    struct csv_sort *sort = new_sort(*state, 1000);
    char *all = drain(sort);

    assert_string_equal(all, "");
    free(all);
    csv_sort_free(sort);
}

static void the_work_folder_is_there_only_while_runs_are(void **state)
{
    struct place *place = *state;
    struct csv_sort *sort = new_sort(place, 50);

    add(sort, "a", "1");
    assert_false(is_there(in(place->path, "work")));
    add(sort, "b", "a line that does not fit any more beside the other");
    assert_true(is_there(in(place->path, "work")));
    assert_int_equal(permissions(in(place->path, "work")), 0700);
    assert_int_equal(permissions(in(place->path, "work/run-000000")), 0600);
    csv_sort_free(sort);
    assert_false(is_there(in(place->path, "work")));
    csv_sort_free(NULL);
}

static void a_spill_that_fails_is_an_error_with_path(void **state)
{
    struct place *place = *state;
    struct csv_sort *sort = new_sort(place, 1);
    struct csv_entry entry = {.key = str_of("key"), .line = str_of("line")};
    struct error err = {0};

    write_whole(in(place->path, "work"), "a file in the folder's place");
    assert_true(csv_sort_add(sort, &entry, &err));
    assert_false(csv_sort_add(sort, &entry, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, "/work"));
    csv_sort_free(sort);
}

static void a_disk_that_fills_up_is_an_error(void **state)
{
    struct place *place = *state;
    struct csv_sort *sort = new_sort(place, 100);
    struct csv_entry entry = {
        .key = str_of("key"), .line = str_of("a line of some length, and then some more")};
    struct rlimit before;
    struct error err = {0};
    bool ok = true;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit_files(16);
    for (int i = 0; ok && i < 10; i++) {
        ok = csv_sort_add(sort, &entry, &err);
    }
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    csv_sort_free(sort);
    assert_false(ok);
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, "run-000000"));
    assert_false(is_there(in(place->path, "work")));
}

static void a_run_that_was_cut_off_is_an_error(void **state)
{
    struct place *place = *state;
    struct csv_sort *sort = new_sort(place, 1);
    struct error err = {0};
    struct csv_entry entry = {0};
    bool more = true;
    bool ok = true;

    add(sort, "a", "one");
    add(sort, "b", "two");
    assert_int_equal(truncate(in(place->path, "work/run-000000"), 10), 0);
    ok = csv_sort_finish(sort, &err);
    while (ok && more) {
        ok = csv_sort_next(sort, &entry, &more, &err);
    }
    assert_false(ok);
    assert_int_equal(err.kind, ERROR_DESTINATION);
    csv_sort_free(sort);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(entries_come_in_the_order_of_their_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_one_key_the_last_entry_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            spilled_entries_are_sorted_as_those_in_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            many_runs_are_merged_with_few_files_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            one_entry_may_be_larger_than_the_ceiling, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_staged_is_nothing_sorted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_work_folder_is_there_only_while_runs_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_spill_that_fails_is_an_error_with_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_fills_up_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_run_that_was_cut_off_is_an_error, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
