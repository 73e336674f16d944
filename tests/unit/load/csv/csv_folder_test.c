#include "unit/load/csv/fixture.h"

static void missing_folders_are_made_private_whatever_the_umask(void **state)
{
    char *folder = new_folder();
    struct csv_folder root = {0};
    struct csv_folder child = {0};
    struct error err = {0};
    mode_t before = umask(0777);

    (void)state;
    assert_true(csv_folder_open_root(&root, in(folder, "a//b/c/"), &err));
    assert_true(csv_folder_open(&child, &root, "d", CSV_FOLDER_MAKE, &err));
    (void)umask(before);
    assert_int_equal(permissions(in(folder, "a")), 0700);
    assert_int_equal(permissions(in(folder, "a/b/c")), 0700);
    assert_int_equal(permissions(in(folder, "a/b/c/d")), 0700);
    csv_folder_release(&child);
    csv_folder_release(&root);
    drop_folder(folder);
}

static void an_existing_folder_keeps_its_mode(void **state)
{
    char *folder = new_folder();
    struct csv_folder root = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(chmod(folder, 0750), 0);
    assert_true(csv_folder_open_root(&root, folder, &err));
    assert_int_equal(permissions(folder), 0750);
    csv_folder_release(&root);
    drop_folder(folder);
}

static void a_file_where_a_folder_is_wanted_is_an_error_with_the_path(void **state)
{
    char *folder = new_folder();
    struct csv_folder root = {0};
    struct csv_folder child = {0};
    struct error err = {0};

    (void)state;
    write_whole(in(folder, "file"), "x");
    assert_false(csv_folder_open_root(&root, in(folder, "file/sub"), &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, "file/sub"));
    assert_non_null(strstr(err.text, "Not a directory"));
    assert_null(root.path);

    assert_true(csv_folder_open_root(&root, folder, &err));
    assert_false(csv_folder_open(&child, &root, "file", CSV_FOLDER_MAKE, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_null(child.path);
    csv_folder_release(&root);
    drop_folder(folder);
}

static void a_link_below_the_root_is_not_followed(void **state)
{
    char *folder = new_folder();
    struct csv_folder root = {0};
    struct csv_folder child = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(mkdir(in(folder, "elsewhere"), 0700), 0);
    assert_int_equal(symlink("elsewhere", in(folder, "link")), 0);
    assert_true(csv_folder_open_root(&root, folder, &err));
    assert_false(csv_folder_open(&child, &root, "link", CSV_FOLDER_MAKE, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    csv_folder_release(&root);
    drop_folder(folder);
}

static void removing_takes_links_and_not_what_they_lead_to(void **state)
{
    char *folder = new_folder();
    struct csv_folder root = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(mkdir(in(folder, "safe"), 0700), 0);
    write_whole(in(folder, "safe/file"), "kept");
    assert_int_equal(mkdir(in(folder, "tree"), 0700), 0);
    assert_int_equal(mkdir(in(folder, "tree/deep"), 0700), 0);
    write_whole(in(folder, "tree/deep/file"), "gone");
    assert_int_equal(symlink("../safe", in(folder, "tree/link")), 0);
    assert_true(csv_folder_open_root(&root, folder, &err));
    assert_true(csv_folder_remove(&root, "tree", &err));
    assert_false(is_there(in(folder, "tree")));
    assert_file(in(folder, "safe/file"), "kept");
    assert_true(csv_folder_remove(&root, "tree", &err));
    csv_folder_release(&root);
    drop_folder(folder);
}

static void releasing_a_zeroed_folder_closes_nothing(void **state)
{
    struct csv_folder folder = {0};

    (void)state;
    csv_folder_release(&folder);
    assert_true(fcntl(0, F_GETFD) >= 0 || fcntl(1, F_GETFD) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_folders_are_made_private_whatever_the_umask),
        cmocka_unit_test(an_existing_folder_keeps_its_mode),
        cmocka_unit_test(a_file_where_a_folder_is_wanted_is_an_error_with_the_path),
        cmocka_unit_test(a_link_below_the_root_is_not_followed),
        cmocka_unit_test(removing_takes_links_and_not_what_they_lead_to),
        cmocka_unit_test(releasing_a_zeroed_folder_closes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
