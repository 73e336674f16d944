#include "unit/load/csv/fixture.h"

#include "load/csv/csv_state.h"

#define DIGEST "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

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

static void what_was_written_is_read(void **state)
{
    struct place *place = *state;
    struct csv_state_file file = {"device", 12, 3456, DIGEST};
    struct csv_state out = {.sequence = 7, .safe = true, .ended = 1582796171062};
    struct csv_state back = {0};
    struct error err = {0};
    bool found = false;

    assert_true(csv_state_add(&out, &file, &err));
    memcpy(file.relation, "user", sizeof "user");
    assert_true(csv_state_add(&out, &file, &err));
    assert_true(csv_state_write(&out, &place->folder, "r1", &err));
    assert_true(csv_state_write(&out, &place->folder, "r1", &err));
    assert_true(csv_state_read(&back, &place->folder, "r1", &found, &err));
    assert_true(found);
    assert_int_equal(back.sequence, 7);
    assert_true(back.safe);
    assert_int_equal(back.ended, 1582796171062);
    assert_int_equal(back.count, 2);
    assert_int_equal(csv_state_find(&back, "user")->bytes, 3456);
    assert_string_equal(csv_state_find(&back, "device")->sha256, DIGEST);
    assert_null(csv_state_find(&back, "none"));
    csv_state_release(&back);
    csv_state_release(&out);
}

static void a_missing_or_damaged_state_is_none(void **state)
{
    static const char *const texts[] = {"", "x\n", "uemsync-csv 1\n", "uemsync-csv 0\nend\n",
        "uemsync-csv 1\nsequence 1\nsafe 0\n", "uemsync-csv 1\nsequence 1\nsafe 0\nend",
        "uemsync-csv 1\nsafe 0\nend\n", "uemsync-csv 1\nsequence -1\nend\n",
        "uemsync-csv 1\nsequence 99999999999999999999\nend\n",
        "uemsync-csv 1\nsequence 1\nword 1\nend\n",
        "uemsync-csv 1\nsequence 1\nfile device 1 2\nend\n",
        "uemsync-csv 1\nsequence 1\nfile device 1 2 abc\nend\n",
        "uemsync-csv 1\nsequence 1\nfile device 1 x " DIGEST "\nend\n",
        "uemsync-csv 1\nsequence 1\n" DIGEST DIGEST " 1\nend\n",
        "uemsync-csv 1\nsequence 1\nfile " DIGEST "x 1 2 " DIGEST "\nend\n"};
    struct place *place = *state;
    struct csv_state back = {0};
    struct error err = {0};
    bool found = true;

    assert_true(csv_state_read(&back, &place->folder, "none", &found, &err));
    assert_false(found);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_whole(in(place->path, "r1"), texts[i]);
        assert_true(csv_state_read(&back, &place->folder, "r1", &found, &err));
        assert_false(found);
        assert_null(back.files);
    }
}

static void a_newer_state_is_refused(void **state)
{
    struct place *place = *state;
    struct csv_state back = {0};
    struct error err = {0};
    bool found = true;

    write_whole(in(place->path, "r1"), "uemsync-csv 2\nwhatever\n");
    assert_false(csv_state_read(&back, &place->folder, "r1", &found, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(err.text, "newer"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_or_damaged_state_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_state_is_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
