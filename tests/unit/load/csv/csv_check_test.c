#include "unit/load/csv/fixture.h"

static void a_missing_folder_is_told_and_not_made(void **state)
{
    char *folder = new_folder();
    struct load_settings settings = {.type = LOAD_CSV, .directory = in(folder, "a/b")};
    struct error err = {0};
    char text[256] = "";
    char wanted[512];

    (void)state;
    assert_true(csv_check(&settings, &both_schema, text, sizeof text, &err));
    (void)snprintf(wanted, sizeof wanted, "%s/a/b will be created in %s", folder, folder);
    assert_string_equal(text, wanted);
    assert_int_equal(count_names(folder), 0);
    drop_folder(folder);
}

static void an_existing_folder_is_writable(void **state)
{
    char *folder = new_folder();
    struct load_settings settings = {.type = LOAD_CSV, .directory = folder};
    struct error err = {0};
    char text[256] = "";

    (void)state;
    assert_true(csv_check(&settings, &both_schema, text, sizeof text, &err));
    assert_string_equal(text + strlen(folder), " is writable");
    assert_int_equal(count_names(folder), 0);
    drop_folder(folder);
}

static void a_file_or_a_dangling_link_is_no_folder(void **state)
{
    char *folder = new_folder();
    static const char *const names[] = {"file", "file/sub", "link"};

    (void)state;
    write_whole(in(folder, "file"), "x");
    assert_int_equal(symlink("nowhere", in(folder, "link")), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct load_settings settings = {.type = LOAD_CSV, .directory = in(folder, names[i])};
        struct error err = {0};
        char text[256] = "";

        assert_false(csv_check(&settings, &both_schema, text, sizeof text, &err));
        assert_int_equal(err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(err.text, settings.directory));
    }
    drop_folder(folder);
}

/* The superuser may write everywhere, so that there is nothing to see as root. */
static void a_folder_that_cannot_be_written_is_an_error(void **state)
{
    char *folder = new_folder();
    struct load_settings settings = {.type = LOAD_CSV, .directory = folder};
    struct error err = {0};
    char text[256] = "";

    (void)state;
    assert_int_equal(chmod(folder, 0500), 0);
    if (geteuid() != 0) {
        assert_false(csv_check(&settings, &both_schema, text, sizeof text, &err));
        assert_int_equal(err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(err.text, "Permission denied"));
    }
    assert_int_equal(chmod(folder, 0700), 0);
    drop_folder(folder);
}

static void migrate_makes_the_folders_once(void **state)
{
    char *folder = new_folder();
    struct load_settings settings = {.type = LOAD_CSV, .directory = in(folder, "inventory")};
    struct error err = {0};
    char text[256] = "";

    (void)state;
    assert_true(csv_migrate(&settings, &both_schema, text, sizeof text, &err));
    assert_non_null(strstr(text, "was created"));
    assert_int_equal(permissions(in(folder, "inventory")), 0700);
    assert_int_equal(permissions(in(folder, "inventory/.uemsync")), 0700);
    assert_true(csv_migrate(&settings, &both_schema, text, sizeof text, &err));
    assert_non_null(strstr(text, "is there; CSV has no schema"));
    write_whole(in(folder, "file"), "x");
    settings.directory = in(folder, "file");
    assert_false(csv_migrate(&settings, &both_schema, text, sizeof text, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    drop_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_folder_is_told_and_not_made),
        cmocka_unit_test(an_existing_folder_is_writable),
        cmocka_unit_test(a_file_or_a_dangling_link_is_no_folder),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_an_error),
        cmocka_unit_test(migrate_makes_the_folders_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
