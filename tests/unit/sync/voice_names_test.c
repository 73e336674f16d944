/* Rows of v1 that a device without a GUID finds by its other names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/base/fail.h"
#include "unit/base/folder.h"

#include "base/ceilings.h"
#include "sync/voice_names.h"

enum { COLUMNS = 8, KEY = 1, MANY = 20000, SHARED = 3000, SOME = 300, TEXT_SIZE = 64 };

static const struct column columns[COLUMNS] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"status", "", COLUMN_TEXT},
    {"serial_number", "", COLUMN_TEXT},
    {"imei", "", COLUMN_TEXT},
    {"mac_address", "", COLUMN_TEXT},
    {"ios_udid", "", COLUMN_TEXT},
    {"details", "", COLUMN_JSONB},
};
static const struct relation device = {"device", "", columns, COLUMNS, 2, RELATION_KEYED, 0};

/* One without names, as a mapping of the user's may be. */
static const struct relation bare = {"device", "", columns, 2, 2, RELATION_KEYED, 0};

/* A row; what is NULL is not set. */
struct given {
    const char *id;
    const char *status;
    const char *udid;
    const char *imei;
    const char *serial;
    const char *mac;
    const char *details;
};

struct fixture {
    void *folder;
    struct voices *voices;
    struct voice_names *names;
};

static struct cell text_cell(const char *text)
{
    return (struct cell){
        .is_set = text != NULL, .text = text != NULL ? str_of(text) : (struct str){NULL, 0}};
}

static void fill(struct cell cells[COLUMNS], const struct given *given)
{
    const struct cell made[COLUMNS] = {text_cell("acme"), text_cell(given->id),
        text_cell(given->status), text_cell(given->serial), text_cell(given->imei),
        text_cell(given->mac), text_cell(given->udid), {.is_set = false}};

    memcpy(cells, made, sizeof made);
    if (given->details != NULL) {
        cells[COLUMNS - 1] = (struct cell){.is_set = true, .json = str_of(given->details)};
    }
}

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);
    struct error err = {0};

    (void)folder_make(&fixture->folder);
    assert_int_equal(setenv("TMPDIR", ((const struct folder *)fixture->folder)->path, 1), 0);
    assert_true(voices_new(&fixture->voices, &device, KEY, &err));
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    voice_names_free(fixture->names);
    voice_names_free(NULL);
    voices_free(fixture->voices);
    (void)folder_remove(&fixture->folder);
    test_free(fixture);
    return 0;
}

static void add(struct fixture *fixture, const struct given *given)
{
    struct cell cells[COLUMNS];
    const struct row row = {&device, cells};
    struct error err = {0};
    bool is_new = false;

    fill(cells, given);
    if (!voices_add(fixture->voices, &row, &is_new, &err)) {
        fail_msg("%s", err.text);
    }
}

static void begin(struct fixture *fixture)
{
    struct error err = {0};

    if (!voice_names_new(&fixture->names, fixture->voices, &device, &err)) {
        fail_msg("%s", err.text);
    }
}

/* The place of the row that is found, or -1. */
static int find(struct fixture *fixture, const struct given *given)
{
    struct cell cells[COLUMNS];
    const struct row row = {&device, cells};
    struct error err = {0};
    size_t place = 0;

    fill(cells, given);
    if (!voice_names_find(fixture->names, &row, &place, &err)) {
        fail_msg("%s", err.text);
    }
    return place == voices_count(fixture->voices) ? -1 : (int)place;
}

#define ADD(fixture, ...) add(fixture, &(const struct given){__VA_ARGS__})
#define FIND(fixture, ...) find(fixture, &(const struct given){__VA_ARGS__})

static void each_name_finds(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .udid = "udid");
    ADD(fixture, .id = "g1", .details = "{\"a\": \"x\", \"device_id\": \"ddc865b69c13eeb4\"}");
    ADD(fixture, .id = "g2", .imei = "356082936949495");
    ADD(fixture, .id = "g3", .serial = "GR8F9J1H5CQ3");
    ADD(fixture, .id = "g4", .mac = "b0:65:bd:33:fe:2b");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:udid"), 0);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .udid = "udid"), 0);
    assert_int_equal(FIND(fixture, .id = "mdm:ddc865b69c13eeb4"), 1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .udid = "ddc865b69c13eeb4"), 1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "356082936949495"), 2);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .serial = "GR8F9J1H5CQ3"), 3);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .mac = "b0:65:bd:33:fe:2b"), 4);
}

static void a_name_is_of_its_kind(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .imei = "1");
    ADD(fixture, .id = "g1", .serial = "2");
    ADD(fixture, .id = "g2", .details = "{\"imei\": \"3\", \"device_id\": null}");
    ADD(fixture, .id = "g3", .details = "{}");
    ADD(fixture, .id = "g4", .udid = "", .imei = "");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:1", .serial = "1"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:2", .imei = "2", .mac = "2"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:3", .imei = "3"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:null", .udid = "null"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:", .imei = ""), -1);
}

/* In its details the device_id of an iOS device is its IMEI. */
static void a_udid_stands_before_the_detail(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .udid = "udid", .details = "{\"device_id\": \"IMEI:1\"}");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:IMEI:1"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:udid"), 0);
}

static void what_several_have_tells_nobody(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .imei = "1", .serial = "a");
    ADD(fixture, .id = "g1", .imei = "1", .serial = "b");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1", .serial = "b"), 1);
    voices_note_found(fixture->voices, 1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1"), 0);
    voices_note_found(fixture->voices, 0);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1"), -1);
    voices_begin_again(fixture->voices);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1", .serial = "a"), 0);
}

static void a_retired_record_and_a_new_one_find_their_own(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .status = "RETIRED", .udid = "u", .mac = "m");
    ADD(fixture, .id = "g1", .status = "ACTIVE", .udid = "u", .mac = "m");
    ADD(fixture, .id = "g2", .status = "WIPED", .udid = "w");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:u", .status = "ACTIVE"), 1);
    assert_int_equal(FIND(fixture, .id = "mdm:u"), 1);
    assert_int_equal(FIND(fixture, .id = "mdm:u", .status = "RETIRED"), 0);
    assert_int_equal(FIND(fixture, .id = "mdm:v", .status = "WIPED", .mac = "m"), 0);
    assert_int_equal(FIND(fixture, .id = "mdm:w", .status = "RETIRED"), 2);
    assert_int_equal(FIND(fixture, .id = "mdm:w", .status = "WIPE_SENT"), -1);
}

static void a_stronger_name_that_differs_speaks_against_a_weaker(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .imei = "1", .serial = "a", .mac = "m");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .serial = "b", .mac = "m"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "2", .serial = "a"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "2", .mac = "m"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1", .serial = "b", .mac = "n"), 0);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .serial = "a", .mac = "n"), 0);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .udid = "u", .mac = "m"), 0);
}

/* A later row of one key is in the place of the earlier: that one's names are gone. */
static void the_row_that_counts_has_the_names(void **state)
{
    struct fixture *fixture = *state;

    ADD(fixture, .id = "g0", .imei = "1");
    ADD(fixture, .id = "g0", .imei = "2");
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "1"), -1);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .imei = "2"), 0);
}

static void many_are_all_found(void **state)
{
    struct fixture *fixture = *state;
    char id[TEXT_SIZE];
    char imei[TEXT_SIZE];

    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "g%d", i);
        (void)snprintf(imei, sizeof imei, "%d", i);
        ADD(fixture, .id = id, .udid = id, .imei = imei, .serial = id,
            .mac = i < SHARED ? "02:00:00:00:00:00" : NULL);
    }
    begin(fixture);
    assert_int_equal(FIND(fixture, .id = "mdm:x", .mac = "02:00:00:00:00:00"), -1);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "mdm:g%d", i);
        (void)snprintf(imei, sizeof imei, "%d", i);
        assert_int_equal(i % 2 == 0 ? FIND(fixture, .id = id)
                                    : FIND(fixture, .id = "mdm:x", .imei = imei, .mac = "m"),
            i);
    }
}

static void a_mapping_without_names_finds_nobody(void **state)
{
    struct fixture *fixture = *state;
    const struct cell cells[2] = {text_cell("acme"), text_cell("mdm:x")};
    const struct row row = {&bare, cells};
    struct voices *voices = NULL;
    struct error err = {0};
    bool is_new;
    size_t place = 0;

    assert_true(voices_new(&voices, &bare, KEY, &err));
    assert_true(voice_names_new(&fixture->names, voices, &bare, &err));
    assert_true(voice_names_find(fixture->names, &row, &place, &err));
    assert_int_equal(place, 0);
    voice_names_free(fixture->names);
    assert_true(voices_add(voices, &row, &is_new, &err));
    assert_true(voice_names_new(&fixture->names, voices, &bare, &err));
    assert_true(voice_names_find(fixture->names, &row, &place, &err));
    assert_int_equal(place, 1);
    voices_free(voices);
}

static void no_memory_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    struct cell cells[COLUMNS];
    const struct row row = {&device, cells};
    int failures = 0;
    bool came = true;

    for (int i = 0; i < SOME; i++) {
        char id[TEXT_SIZE];

        (void)snprintf(id, sizeof id, "g%d", i);
        ADD(fixture, .id = id, .serial = id);
    }
    fill(cells, &(const struct given){.id = "mdm:x", .serial = "g7"});
    while (came) {
        struct voice_names *names = NULL;
        struct error err = {0};
        size_t place = 0;
        bool ok;

        until_failure = failures;
        ok = voice_names_new(&names, fixture->voices, &device, &err);
        assert_int_equal(names == NULL, !ok);
        ok = ok && voice_names_find(names, &row, &place, &err);
        came = failure_came();
        voice_names_free(names);
        assert_int_equal(ok, !came);
        assert_int_equal(place, ok ? 7 : 0);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        failures += came ? 1 : 0;
    }
    assert_true(failures >= 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_name_finds),
        TEST(a_name_is_of_its_kind),
        TEST(a_udid_stands_before_the_detail),
        TEST(what_several_have_tells_nobody),
        TEST(a_retired_record_and_a_new_one_find_their_own),
        TEST(a_stronger_name_that_differs_speaks_against_a_weaker),
        TEST(the_row_that_counts_has_the_names),
        TEST(many_are_all_found),
        TEST(a_mapping_without_names_finds_nobody),
        TEST(no_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
