/* Rows that wait for the other voice. */
#include "unit/sync/every_type.h"

#include "unit/base/fail.h"
#include "unit/base/folder.h"

#include <signal.h>
#include <sys/resource.h>

#include "base/ceilings.h"
#include "sync/voices.h"

enum { MANY = 100000, SOME = 4000, LARGE = 64 * 1024, ID_SIZE = 32 };

struct fixture {
    void *folder;
    struct voices *voices;
    struct arena arena;
    struct cell cells[EVERY_COLUMNS];
    char shown[1024]; /* what is left, as `id=text ` */
    size_t left;
    size_t most; /* rows that are taken */
};

static const char *folder_of(const struct fixture *fixture)
{
    return ((const struct folder *)fixture->folder)->path;
}

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);
    struct error err = {0};

    (void)folder_make(&fixture->folder);
    assert_int_equal(setenv("TMPDIR", folder_of(fixture), 1), 0);
    arena_init(&fixture->arena, CEILING_TREE);
    fixture->most = SIZE_MAX;
    if (!voices_new(&fixture->voices, &every_type, EVERY_KEY, &err)) {
        fail_msg("%s", err.text);
    }
    *state = fixture;
    return 0;
}

/* The folder has to be empty by now. */
static int teardown(void **state)
{
    struct fixture *fixture = *state;

    voices_free(fixture->voices);
    voices_free(NULL);
    arena_release(&fixture->arena);
    (void)folder_remove(&fixture->folder);
    test_free(fixture);
    return 0;
}

/* Whether the id is new. */
static bool add(struct fixture *fixture, const char *id, const char *text)
{
    const struct row row = {&every_type, fixture->cells};
    struct error err = {0};
    bool is_new = false;

    every_fill(fixture->cells, id, str_of(text));
    if (!voices_add(fixture->voices, &row, &is_new, &err)) {
        fail_msg("%s", err.text);
    }
    return is_new;
}

static const struct row *find(struct fixture *fixture, const char *id)
{
    const struct row *row = NULL;
    struct error err = {0};

    arena_reset(&fixture->arena);
    if (!voices_find(fixture->voices, str_of(id), &fixture->arena, &row, &err)) {
        fail_msg("%s", err.text);
    }
    return row;
}

static void has(struct fixture *fixture, const char *id, const char *text)
{
    every_fill(fixture->cells, id, str_of(text));
    every_is(find(fixture, id), fixture->cells);
}

static bool show(void *context, const struct row *row, struct error *err)
{
    struct fixture *fixture = context;
    size_t used = strlen(fixture->shown);
    struct str id = row->cells[EVERY_KEY].text;
    struct str text = row->cells[EVERY_COLUMNS - 1].text;
    bool ok = fixture->left < fixture->most || error_set(err, ERROR_RECORD, "enough");

    assert_int_equal(row->cells[3].number, INT64_MIN);
    if (ok) {
        fixture->left++;
        (void)snprintf(fixture->shown + used, sizeof fixture->shown - used, "%.*s=%.*s ",
            (int)id.size, id.data, (int)text.size, text.data);
    }
    return ok;
}

static void leaves(struct fixture *fixture, const char *expected)
{
    struct error err = {0};

    fixture->shown[0] = '\0';
    fixture->left = 0;
    assert_true(voices_each_left(fixture->voices, show, fixture, &err));
    assert_string_equal(fixture->shown, expected);
}

static void a_row_comes_back_as_it_was(void **state)
{
    struct fixture *fixture = *state;

    assert_true(add(fixture, "1", "text"));
    has(fixture, "1", "text");
    assert_null(find(fixture, "2"));
    assert_null(find(fixture, ""));
    assert_int_equal(voices_count(fixture->voices), 1);
}

static void nulls_come_back(void **state)
{
    struct fixture *fixture = *state;
    const struct row row = {&every_type, fixture->cells};
    struct error err = {0};
    bool is_new;

    memset(fixture->cells, 0, sizeof fixture->cells);
    fixture->cells[EVERY_KEY] = (struct cell){.is_set = true, .text = str_of("1")};
    assert_true(voices_add(fixture->voices, &row, &is_new, &err));
    every_is(find(fixture, "1"), fixture->cells);
}

static void large_texts_come_back(void **state)
{
    struct fixture *fixture = *state;
    char *large = test_malloc(LARGE + 1);
    char id[ID_SIZE];

    memset(large, 'x', LARGE);
    large[LARGE] = '\0';
    for (int i = 0; i < 20; i++) {
        (void)snprintf(id, sizeof id, "%d", i);
        large[i] = 'y';
        assert_true(add(fixture, id, large));
        has(fixture, id, large);
    }
    memset(large, 'x', LARGE);
    for (int i = 0; i < 20; i++) {
        (void)snprintf(id, sizeof id, "%d", i);
        large[i] = 'y';
        has(fixture, id, large);
    }
    test_free(large);
}

static void of_two_of_a_key_the_later_counts(void **state)
{
    struct fixture *fixture = *state;

    assert_true(add(fixture, "1", "a"));
    assert_true(add(fixture, "2", "b"));
    assert_false(add(fixture, "1", "later"));
    assert_int_equal(voices_count(fixture->voices), 2);
    leaves(fixture, "1=later 2=b ");
    has(fixture, "1", "later");
}

static void who_was_not_found_is_left(void **state)
{
    struct fixture *fixture = *state;

    leaves(fixture, "");
    assert_true(add(fixture, "3", "c"));
    assert_true(add(fixture, "1", "a"));
    assert_true(add(fixture, "2", "b"));
    leaves(fixture, "3=c 1=a 2=b ");
    has(fixture, "1", "a");
    assert_null(find(fixture, "4"));
    leaves(fixture, "3=c 2=b ");
    leaves(fixture, "3=c 2=b ");
    has(fixture, "1", "a");
    has(fixture, "3", "c");
    assert_true(add(fixture, "4", "d"));
    leaves(fixture, "2=b 4=d ");
    voices_begin_again(fixture->voices);
    leaves(fixture, "3=c 1=a 2=b 4=d ");
}

static void it_ends_with_the_first_that_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};

    assert_true(add(fixture, "1", "a"));
    assert_true(add(fixture, "2", "b"));
    assert_true(add(fixture, "3", "c"));
    fixture->most = 2;
    assert_false(voices_each_left(fixture->voices, show, fixture, &err));
    assert_string_equal(err.text, "enough");
    assert_string_equal(fixture->shown, "1=a 2=b ");
}

static void a_row_without_a_key_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const struct row row = {&every_type, fixture->cells};
    struct error err = {0};
    bool is_new = true;

    assert_false(voices_add(fixture->voices, &row, &is_new, &err));
    assert_int_equal(err.kind, ERROR_RECORD);
    assert_string_equal(err.text, "it has no device_id");
    assert_int_equal(voices_count(fixture->voices), 0);
}

static void a_row_that_is_too_large_costs_itself_alone(void **state)
{
    struct fixture *fixture = *state;
    const struct row row = {&every_type, fixture->cells};
    struct error err = {0};
    bool is_new = false;
    char *large = test_calloc(1, CEILING_ROW);

    every_fill(fixture->cells, "1", (struct str){large, CEILING_ROW});
    assert_false(voices_add(fixture->voices, &row, &is_new, &err));
    assert_int_equal(err.kind, ERROR_RECORD);
    assert_string_equal(err.text, "its row would be larger than 8388608 bytes");
    assert_int_equal(voices_count(fixture->voices), 0);
    assert_true(add(fixture, "1", "a"));
    has(fixture, "1", "a");
    test_free(large);
}

static void many_rows_are_all_found(void **state)
{
    struct fixture *fixture = *state;
    char id[ID_SIZE];
    char text[ID_SIZE];

    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "mdm:%d", i);
        (void)snprintf(text, sizeof text, "text %d", i);
        assert_true(add(fixture, id, text));
    }
    assert_int_equal(voices_count(fixture->voices), MANY);
    for (int i = 0; i < MANY; i++) {
        if (i != 17 && i != MANY - 1) {
            (void)snprintf(id, sizeof id, "mdm:%d", i);
            (void)snprintf(text, sizeof text, "text %d", i);
            has(fixture, id, text);
        }
    }
    leaves(fixture, "mdm:17=text 17 mdm:99999=text 99999 ");
}

/* The limit of a process is as good as a full disk. */
static void a_file_that_may_not_grow_is_told(void **state)
{
    struct fixture *fixture = *state;
    const struct row row = {&every_type, fixture->cells};
    struct rlimit before;
    struct rlimit little;
    struct error err = {0};
    char expected[200];
    int added = 0;
    bool ok = true;

    (void)snprintf(
        expected, sizeof expected, "temporary file in %s: File too large", folder_of(fixture));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){.rlim_cur = 3 * LARGE, .rlim_max = before.rlim_max};
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    while (ok && added < SOME) {
        char id[ID_SIZE];
        bool is_new;

        (void)snprintf(id, sizeof id, "%d", added);
        every_fill(fixture->cells, id, str_of("text"));
        ok = voices_add(fixture->voices, &row, &is_new, &err);
        added += ok ? 1 : 0;
    }
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(ok);
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_string_equal(err.text, expected);
    assert_int_equal(voices_count(fixture->voices), added);
    has(fixture, "0", "text");
}

static void no_file_is_an_error(void **state)
{
    struct voices *voices = NULL;
    struct error err = {0};

    (void)state;
    assert_int_equal(setenv("TMPDIR", "/nonexistent", 1), 0);
    assert_false(voices_new(&voices, &every_type, EVERY_KEY, &err));
    assert_null(voices);
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_string_equal(err.text, "temporary file in /nonexistent: No such file or directory");
}

static bool count_left(void *context, const struct row *row, struct error *err)
{
    int *left = context;

    (void)row;
    (void)err;
    (*left)++;
    return true;
}

/* Adds so many that all grows, finds every second, and walks the others. */
static bool work(struct fixture *fixture, struct error *err)
{
    const struct row row = {&every_type, fixture->cells};
    struct voices *voices = NULL;
    int left = 0;
    bool ok = voices_new(&voices, &every_type, EVERY_KEY, err);
    char id[ID_SIZE];
    bool is_new;

    assert_int_equal(voices == NULL, !ok);
    for (int i = 0; ok && i < SOME; i++) {
        (void)snprintf(id, sizeof id, "%d", i);
        every_fill(fixture->cells, id, str_of("text"));
        ok = voices_add(voices, &row, &is_new, err);
        assert_int_equal(voices_count(voices), i + (ok ? 1 : 0));
    }
    for (int i = 0; ok && i < SOME; i += 2) {
        const struct row *found = NULL;

        arena_reset(&fixture->arena);
        (void)snprintf(id, sizeof id, "%d", i);
        ok = voices_find(voices, str_of(id), &fixture->arena, &found, err);
        assert_int_equal(found != NULL, ok);
    }
    ok = ok && voices_each_left(voices, count_left, &left, err);
    assert_int_equal(left, ok ? SOME / 2 : 0);
    voices_free(voices);
    return ok;
}

static void no_memory_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    int failures = 0;
    bool came = true;

    while (came) {
        struct error err = {0};
        bool ok;

        arena_release(&fixture->arena);
        until_failure = failures;
        ok = work(fixture, &err);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        failures += came ? 1 : 0;
    }
    assert_true(failures >= 12);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_comes_back_as_it_was),
        TEST(nulls_come_back),
        TEST(large_texts_come_back),
        TEST(of_two_of_a_key_the_later_counts),
        TEST(who_was_not_found_is_left),
        TEST(it_ends_with_the_first_that_is_refused),
        TEST(a_row_without_a_key_is_refused),
        TEST(a_row_that_is_too_large_costs_itself_alone),
        TEST(many_rows_are_all_found),
        TEST(a_file_that_may_not_grow_is_told),
        TEST(no_file_is_an_error),
        TEST(no_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
