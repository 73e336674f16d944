#include "unit/base/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static void a_file_is_read_whole(void **state)
{
    const struct folder *folder = *state;
    struct buffer bytes;
    struct error err = {0};
    char *large = test_malloc(100000);

    memset(large, 'x', 100000);
    large[50000] = '\0';
    buffer_init(&bytes, 100000);
    folder_write(folder, large, 100000);
    assert_true(file_read(folder->file, &bytes, &err));
    assert_int_equal(bytes.size, 100000);
    assert_memory_equal(bytes.data, large, 100000);
    buffer_clear(&bytes);
    folder_write(folder, "", 0);
    assert_true(file_read(folder->file, &bytes, &err));
    assert_int_equal(bytes.size, 0);
    buffer_release(&bytes);
    test_free(large);
}

static void a_file_is_appended(void **state)
{
    const struct folder *folder = *state;
    struct buffer bytes;
    struct error err = {0};

    buffer_init(&bytes, 10);
    buffer_append_text(&bytes, "ab");
    folder_write(folder, "cd", 2);
    assert_true(file_read(folder->file, &bytes, &err));
    assert_string_equal(buffer_text(&bytes), "abcd");
    buffer_release(&bytes);
}

static void a_file_beyond_the_ceiling_is_an_error(void **state)
{
    const struct folder *folder = *state;
    struct buffer bytes;
    struct error err = {0};
    char expected[200];

    buffer_init(&bytes, 3);
    folder_write(folder, "abcd", 4);
    assert_false(file_read(folder->file, &bytes, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    (void)snprintf(expected, sizeof expected, "%s is larger than 3 bytes", folder->file);
    assert_string_equal(err.text, expected);
    buffer_release(&bytes);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    const struct folder *folder = *state;
    struct buffer bytes;
    struct error err = {0};
    char expected[200];

    buffer_init(&bytes, 100);
    assert_false(file_read(folder->file, &bytes, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    (void)snprintf(
        expected, sizeof expected, "cannot read %s: No such file or directory", folder->file);
    assert_string_equal(err.text, expected);
    assert_false(file_read(folder->path, &bytes, &err));
    (void)snprintf(expected, sizeof expected, "cannot read %s: Is a directory", folder->path);
    assert_string_equal(err.text, expected);
    buffer_release(&bytes);
}

static mode_t mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777;
}

static void a_file_is_replaced_whole(void **state)
{
    const struct folder *folder = *state;
    struct buffer bytes;
    struct error err = {0};
    mode_t before = umask(0777);

    buffer_init(&bytes, 100);
    for (int i = 0; i < 2; i++) {
        bool there = false;

        assert_true(file_is_there(folder->file, &there, &err));
        assert_int_equal(there, i);
        assert_true(file_replace(folder->file, str_of(i == 0 ? "longer" : "ab"), 0644, &err));
        assert_int_equal(mode_of(folder->file), 0644);
    }
    (void)umask(before);
    assert_true(file_read(folder->file, &bytes, &err));
    assert_string_equal(buffer_text(&bytes), "ab");
    buffer_release(&bytes);
}

/* The folder is empty but for the file, or its removal would fail: nothing is left beside it. */
static void what_cannot_be_replaced_stays(void **state)
{
    const struct folder *folder = *state;
    struct error err = {0};
    struct stat info;
    char path[128];
    bool there = false;

    (void)snprintf(path, sizeof path, "%s/none/file", folder->path);
    assert_false(file_replace(path, str_of("a"), 0644, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_non_null(strstr(err.text, path));
    assert_int_equal(mkfifo(folder->file, 0600), 0);
    assert_false(file_replace(folder->file, str_of("a"), 0644, &err));
    assert_non_null(strstr(err.text, "is no plain file"));
    assert_false(file_is_there(folder->file, &there, &err));
    assert_int_equal(stat(folder->file, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
    assert_false(file_replace(folder->path, str_of("a"), 0644, &err));
}

static void a_relative_path_is_shown_from_the_root_on(void **state)
{
    static const struct {
        const char *path;
        const char *shown; /* behind the working directory */
    } cases[] = {{"a", "/a"}, {"./a", "/a"}, {".//a/", "/a"}, {"a/b/.", "/a/b"}, {".", ""},
        {"./", ""}, {"../a", "/../a"}, {".a", "/.a"}, {"a.", "/a."}};
    char *here = getcwd(NULL, 0);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *shown = file_absolute(cases[i].path);
        char wanted[5000];

        (void)snprintf(wanted, sizeof wanted, "%s%s", here, cases[i].shown);
        assert_string_equal(shown, wanted);
        free(shown);
    }
    free(here);
}

static void an_absolute_path_is_shown_as_it_is(void **state)
{
    char *shown = file_absolute("/srv/./a/");

    (void)state;
    assert_string_equal(shown, "/srv/./a/");
    free(shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_read_whole, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_file_is_appended, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(
            a_file_beyond_the_ceiling_is_an_error, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(
            a_file_that_cannot_be_read_is_named, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_file_is_replaced_whole, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_cannot_be_replaced_stays, folder_make, folder_remove),
        cmocka_unit_test(a_relative_path_is_shown_from_the_root_on),
        cmocka_unit_test(an_absolute_path_is_shown_as_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
