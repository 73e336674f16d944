#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sync/roster.h"

enum { MANY = 5000, COLUMNS = 8 };

#define GUID_A "1d71e131-0487-4d1d-9a0d-89f2bd1a888d"
#define GUID_B "1d71e131-0487-4d1d-9a0d-89f2bd1a888e"
#define USER "7d191915-28d1-4444-ab63-bec845600001"

static const struct column columns[COLUMNS] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"status", "", COLUMN_TEXT},
    {"os", "", COLUMN_TEXT},
    {"registered_at", "", COLUMN_TIMESTAMPTZ},
    {"last_check_in_at", "", COLUMN_TIMESTAMPTZ},
    {"user_uuid", "", COLUMN_TEXT},
};
static const struct relation device = {"device", "", columns, COLUMNS, 2, RELATION_KEYED, 0};

/* A device as the mapping gives it. Texts that are NULL, and times that are 0, are not set. */
struct given {
    const char *id;
    const char *identifier;
    const char *status;
    const char *os;
    int64_t registered_at;
    int64_t check_in_at;
    const char *user;
};

static struct cell text_cell(const char *text)
{
    return (struct cell){
        .is_set = text != NULL, .text = text != NULL ? str_of(text) : (struct str){NULL, 0}};
}

static struct cell time_cell(int64_t ms)
{
    return (struct cell){.is_set = ms != 0, .ms = ms};
}

static const struct roster_name no_name = {{"", 0}, {"", 0}, false};

static void add(struct roster *roster, const struct given *given)
{
    const struct cell cells[COLUMNS] = {text_cell("acme"), text_cell(given->id),
        text_cell(given->identifier), text_cell(given->status), text_cell(given->os),
        time_cell(given->registered_at), time_cell(given->check_in_at), text_cell(given->user)};
    const struct row row = {&device, cells};
    char alias[ROSTER_ID_SIZE] = "";
    struct roster_name name = {{"", 0}, {"", 0}, false};
    struct error err = {0};

    if (given->identifier != NULL && strlen(given->identifier) < sizeof alias - 5) {
        (void)snprintf(alias, sizeof alias, "mdm:%s", given->identifier);
        name = (struct roster_name){str_trim(str_of(given->identifier)), str_of(alias), false};
    }
    if (!roster_add(roster, &row, &name, &err)) {
        fail_msg("%s", err.text);
    }
}

/* The place of the device of that id; roster_count: there is none. */
static size_t place_of(const struct roster *roster, const char *id)
{
    struct error err = {0};
    size_t place = 0;

    assert_true(roster_find(roster, str_of(id), &place, &err));
    return place;
}

static const struct roster_device *find(const struct roster *roster, const char *id)
{
    size_t place = place_of(roster, id);

    assert_true(place < roster_count(roster));
    return roster_at(roster, place);
}

static void find_latest(struct roster *roster)
{
    struct error err = {0};

    assert_true(roster_find_latest(roster, &err));
}

static int setup(void **state)
{
    struct roster *roster = NULL;
    struct error err = {0};

    assert_true(roster_new(&roster, &err));
    *state = roster;
    return 0;
}

static int teardown(void **state)
{
    roster_free(*state);
    roster_free(NULL);
    return 0;
}

static void a_device_is_kept_as_far_as_it_is_needed(void **state)
{
    struct roster *roster = *state;
    const struct roster_device *kept;
    char text[ROSTER_ID_SIZE];

    add(roster, &(struct given){GUID_A, "e428c6", "ACTIVE", "IOS", 1000, 2000, USER});
    assert_int_equal(roster_count(roster), 1);
    kept = find(roster, GUID_A);
    assert_string_equal(kept->identifier, "e428c6");
    assert_int_equal(kept->registered_at, 1000);
    assert_int_equal(kept->check_in_at, 2000);
    assert_true(kept->has_guid);
    assert_true(kept->is_ios);
    assert_false(kept->is_gone);
    assert_true(kept->is_listed);
    assert_true(kept->has_user);
    assert_string_equal(roster_write_uuid(kept->user, text).data, USER);
}

static void what_a_device_lacks_is_not_known(void **state)
{
    struct roster *roster = *state;
    const struct roster_device *kept;

    add(roster, &(struct given){.id = GUID_A});
    kept = find(roster, GUID_A);
    assert_string_equal(kept->identifier, "");
    assert_true(kept->registered_at == INT64_MIN);
    assert_true(kept->check_in_at == INT64_MIN);
    assert_false(kept->has_user);
    assert_false(kept->is_ios);
    assert_false(kept->is_gone);
    find_latest(roster);
    assert_false(find(roster, GUID_A)->is_latest);
}

static void a_user_that_is_no_uuid_is_none(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){.id = GUID_A, .user = "7d191915-28d1-444563-bec8-456"});
    assert_false(find(roster, GUID_A)->has_user);
}

static void an_id_is_written_as_it_was_read(void **state)
{
    struct roster *roster = *state;
    char id[ROSTER_ID_SIZE];

    add(roster, &(struct given){.id = GUID_A, .identifier = "one"});
    add(roster, &(struct given){.id = "mdm:two", .identifier = "two"});
    assert_string_equal(roster_id(roster_at(roster, 0), id).data, GUID_A);
    assert_int_equal(roster_id(roster_at(roster, 0), id).size, strlen(GUID_A));
    assert_string_equal(roster_id(roster_at(roster, 1), id).data, "mdm:two");
    assert_int_equal(roster_id(roster_at(roster, 1), id).size, 7);
    assert_false(roster_at(roster, 1)->has_guid);
    assert_string_equal(roster_at(roster, 1)->identifier, "two");
}

/* CEILING_KEY bytes in all. */
static void the_longest_id_has_room(void **state)
{
    struct roster *roster = *state;
    char id[512 + 1];
    char again[ROSTER_ID_SIZE];

    memset(id, 'x', sizeof id - 1);
    memcpy(id, "mdm:", 4);
    id[sizeof id - 1] = '\0';
    add(roster, &(struct given){.id = id, .identifier = id + 4});
    assert_string_equal(roster_id(find(roster, id), again).data, id);
}

/* Such a device can be asked for by its GUID. */
static void an_identifier_that_is_too_long_is_none(void **state)
{
    struct roster *roster = *state;
    char identifier[600];

    memset(identifier, 'x', sizeof identifier - 1);
    identifier[sizeof identifier - 1] = '\0';
    add(roster, &(struct given){.id = GUID_A, .identifier = identifier});
    assert_string_equal(find(roster, GUID_A)->identifier, "");
}

static void ids_that_are_alike_are_not_the_same(void **state)
{
    static const char *const ids[] = {GUID_A, GUID_B, ("mdm:" GUID_A), "mdm:a", "mdm:A", "mdm:a ",
        "mdm:mdm:a", "mdm:a\x01", "mdm:\xc3\xa9", "mdm:e\xcc\x81"};
    struct roster *roster = *state;

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        add(roster, &(struct given){.id = ids[i]});
        assert_int_equal(roster_count(roster), i + 1);
    }
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_int_equal(place_of(roster, ids[i]), i);
    }
    assert_int_equal(place_of(roster, "mdm:"), roster_count(roster));
    assert_int_equal(place_of(roster, "a"), roster_count(roster));
    assert_int_equal(place_of(roster, ""), roster_count(roster));
}

static void a_device_that_is_added_again_is_brought_up_to_date(void **state)
{
    struct roster *roster = *state;
    const struct roster_device *kept;

    add(roster, &(struct given){GUID_A, "one", "ACTIVE", "IOS", 1000, 2000, USER});
    add(roster, &(struct given){GUID_B, "other", "ACTIVE", "IOS", 1, 2, USER});
    add(roster, &(struct given){GUID_A, "two", "WIPED", "ANDROID", 3000, 4000, NULL});
    assert_int_equal(roster_count(roster), 2);
    kept = find(roster, GUID_A);
    assert_string_equal(kept->identifier, "two");
    assert_int_equal(kept->registered_at, 3000);
    assert_int_equal(kept->check_in_at, 4000);
    assert_false(kept->has_user);
    assert_false(kept->is_ios);
    assert_true(kept->is_gone);
    add(roster, &(struct given){.id = GUID_A});
    assert_string_equal(find(roster, GUID_A)->identifier, "");
    assert_false(find(roster, GUID_A)->is_gone);
    assert_string_equal(find(roster, GUID_B)->identifier, "other");
}

static void a_listing_that_begins_again_lists_nobody(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){.id = GUID_A});
    add(roster, &(struct given){.id = GUID_B});
    roster_begin_again(roster);
    assert_int_equal(roster_count(roster), 2);
    assert_false(find(roster, GUID_A)->is_listed);
    add(roster, &(struct given){.id = GUID_B});
    assert_false(find(roster, GUID_A)->is_listed);
    assert_true(find(roster, GUID_B)->is_listed);
    assert_int_equal(roster_count(roster), 2);
}

static void only_retired_and_wiped_devices_are_gone(void **state)
{
    static const struct {
        const char *status;
        bool is_gone;
    } cases[] = {{"ACTIVE", false}, {"RETIRED", true}, {"WIPED", true}, {"WIPE_SENT", false},
        {"RETIRE_SENT", false}, {"ENROLLMENT_PENDING", false}, {"UNKNOWN", false}, {NULL, false}};
    struct roster *roster = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        add(roster, &(struct given){.id = GUID_A, .status = cases[i].status});
        assert_int_equal(find(roster, GUID_A)->is_gone, cases[i].is_gone);
    }
}

/* The product's page, "one identifier, two devices". */
static void an_identifier_means_the_device_that_registered_last(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){"mdm:z", "z", "ACTIVE", .registered_at = 1});
    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = 5});
    add(roster, &(struct given){GUID_B, "one", "ACTIVE", .registered_at = 6});
    find_latest(roster);
    assert_false(find(roster, GUID_A)->is_latest);
    assert_true(find(roster, GUID_B)->is_latest);
    assert_true(find(roster, "mdm:z")->is_latest);
    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = 7});
    find_latest(roster);
    assert_true(find(roster, GUID_A)->is_latest);
    assert_false(find(roster, GUID_B)->is_latest);
}

static void an_identifier_never_means_a_device_that_is_gone(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = 5});
    add(roster, &(struct given){GUID_B, "one", "RETIRED", .registered_at = 6});
    find_latest(roster);
    assert_true(find(roster, GUID_A)->is_latest);
    assert_false(find(roster, GUID_B)->is_latest);
    add(roster, &(struct given){GUID_A, "one", "WIPED", .registered_at = 5});
    find_latest(roster);
    assert_false(find(roster, GUID_A)->is_latest);
    assert_false(find(roster, GUID_B)->is_latest);
}

static void an_identifier_never_means_a_device_that_is_not_listed(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = 5});
    add(roster, &(struct given){GUID_B, "one", "ACTIVE", .registered_at = 6});
    roster_begin_again(roster);
    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = 5});
    find_latest(roster);
    assert_true(find(roster, GUID_A)->is_latest);
    assert_false(find(roster, GUID_B)->is_latest);
}

static void a_time_that_is_not_known_is_the_earliest(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){GUID_B, "one", .status = "ACTIVE"});
    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = -5});
    find_latest(roster);
    assert_true(find(roster, GUID_A)->is_latest);
    assert_false(find(roster, GUID_B)->is_latest);
}

/* Of equal ones it is always the same, whatever came first: one of them, and not both. */
static void of_two_that_registered_at_once_it_is_one(void **state)
{
    struct roster *roster = *state;

    add(roster, &(struct given){GUID_B, "one", "ACTIVE", .registered_at = 5});
    add(roster, &(struct given){GUID_A, "one", "ACTIVE", .registered_at = 5});
    find_latest(roster);
    assert_true(find(roster, GUID_A)->is_latest);
    assert_false(find(roster, GUID_B)->is_latest);
}

static void an_empty_roster_has_no_latest(void **state)
{
    struct roster *roster = *state;

    find_latest(roster);
    assert_int_equal(roster_count(roster), 0);
    assert_int_equal(place_of(roster, GUID_A), 0);
}

static void write_id(char id[64], int n)
{
    if (n % 2 == 0) {
        (void)snprintf(id, 64, "%08x-0000-0000-0000-%012x", n, n);
    } else {
        (void)snprintf(id, 64, "mdm:%d", n);
    }
}

static void many_devices_keep_their_places(void **state)
{
    struct roster *roster = *state;
    char id[64];
    char again[ROSTER_ID_SIZE];

    for (int i = 0; i < MANY; i++) {
        write_id(id, i);
        add(roster, &(struct given){.id = id, .registered_at = i + 1});
    }
    assert_int_equal(roster_count(roster), MANY);
    for (int i = 0; i < MANY; i++) {
        write_id(id, i);
        assert_int_equal(place_of(roster, id), i);
        assert_string_equal(roster_id(roster_at(roster, (size_t)i), again).data, id);
        assert_int_equal(roster_at(roster, (size_t)i)->registered_at, i + 1);
        add(roster, &(struct given){.id = id});
    }
    assert_int_equal(roster_count(roster), MANY);
    write_id(id, MANY);
    assert_int_equal(place_of(roster, id), MANY);
}

/* A user's mapping file has other columns, in another order, and may give them other types. */
static void columns_are_found_where_they_are(void **state)
{
    static const struct column others[] = {{"tenant", "", COLUMN_TEXT},
        {"device_id", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT}, {"identifier", "", COLUMN_BIGINT},
        {"status", "", COLUMN_BOOLEAN}, {"registered_at", "", COLUMN_TEXT}};
    static const struct relation users = {"device", "", others, 6, 2, RELATION_KEYED, 0};
    const struct cell cells[] = {text_cell("acme"), text_cell(GUID_A), text_cell("IOS"),
        {.is_set = true, .number = 7}, {.is_set = true, .boolean = true}, text_cell("today")};
    const struct row row = {&users, cells};
    struct roster *roster = *state;
    struct error err = {0};

    assert_true(roster_add(roster, &row, &no_name, &err));
    assert_true(find(roster, GUID_A)->is_ios);
    assert_string_equal(find(roster, GUID_A)->identifier, "");
    assert_true(find(roster, GUID_A)->registered_at == INT64_MIN);
    assert_false(find(roster, GUID_A)->is_gone);
    /* And the next row may be of another relation. */
    add(roster, &(struct given){GUID_B, "two", "ACTIVE", "IOS", 1, 2, NULL});
    assert_string_equal(find(roster, GUID_B)->identifier, "two");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static void an_identifier_finds_the_device_that_it_means(void **state)
{
    struct roster *roster = *state;
    struct roster_names *names = NULL;
    struct error err = {0};
    char text[ROSTER_ID_SIZE];

    add(roster, &(struct given){
                    .id = GUID_A, .identifier = "x", .status = "RETIRED", .registered_at = 9000});
    add(roster, &(struct given){
                    .id = GUID_B, .identifier = "x", .status = "ACTIVE", .registered_at = 2000});
    add(roster, &(struct given){.id = "mdm:y", .identifier = "y", .status = "ACTIVE"});
    assert_true(roster_find_latest(roster, &err));
    assert_true(roster_names_new(&names, roster, &err));
    assert_true(str_is(roster_id(roster_names_find(names, "x"), text), GUID_B));
    assert_null(roster_names_find(names, "y"));
    assert_null(roster_names_find(names, ""));
    roster_names_free(names);
    roster_names_free(NULL);
}

/* What a device is known by is not what it is asked for by. */
static void a_hidden_identifier_has_an_alias(void **state)
{
    const struct cell cells[COLUMNS] = {text_cell("acme"), text_cell("mdm:h1")};
    const struct cell others[COLUMNS] = {text_cell("acme"), text_cell(GUID_A)};
    const struct roster_name one = {str_of("raw1"), str_of("mdm:h1"), false};
    const struct roster_name two = {str_of("raw2"), str_of("mdm:h2"), false};
    struct roster *roster = *state;
    struct roster_names *names = NULL;
    struct error err = {0};
    char text[ROSTER_ID_SIZE];

    for (int i = 0; i < 2; i++) {
        assert_true(roster_add(roster, &(struct row){&device, cells}, &one, &err));
        assert_true(roster_add(roster, &(struct row){&device, others}, &two, &err));
    }
    assert_int_equal(roster_count(roster), 2);
    assert_string_equal(find(roster, "mdm:h1")->identifier, "raw1");
    assert_true(str_is(roster_id(find(roster, "mdm:h1"), text), "mdm:h1"));
    assert_string_equal(find(roster, GUID_A)->identifier, "raw2");
    /* Known by its identifier before, or by its hash and without a GUID. */
    assert_true(roster_names_new(&names, roster, &err));
    assert_true(str_is(roster_id(roster_names_find(names, "raw1"), text), "mdm:h1"));
    assert_true(str_is(roster_id(roster_names_find(names, "raw2"), text), GUID_A));
    assert_true(str_is(roster_id(roster_names_find(names, "h2"), text), GUID_A));
    assert_null(roster_names_find(names, "h1"));
    roster_names_free(names);
}

static void of_devices_that_are_gone_the_last_is_found(void **state)
{
    struct roster *roster = *state;
    struct roster_names *names = NULL;
    struct error err = {0};
    char text[ROSTER_ID_SIZE];

    add(roster, &(struct given){
                    .id = GUID_A, .identifier = "x", .status = "RETIRED", .registered_at = 9000});
    add(roster,
        &(struct given){.id = GUID_B, .identifier = "x", .status = "WIPED", .registered_at = 2000});
    assert_true(roster_find_latest(roster, &err));
    assert_true(roster_names_new(&names, roster, &err));
    assert_true(str_is(roster_id(roster_names_find(names, "x"), text), GUID_A));
    roster_names_free(names);
}

static void where_nobody_is_listed_nobody_is_found(void **state)
{
    struct roster_names *names = NULL;
    struct error err = {0};

    assert_true(roster_names_new(&names, *state, &err));
    assert_null(roster_names_find(names, "x"));
    roster_names_free(names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_device_is_kept_as_far_as_it_is_needed),
        TEST(what_a_device_lacks_is_not_known),
        TEST(a_user_that_is_no_uuid_is_none),
        TEST(an_id_is_written_as_it_was_read),
        TEST(the_longest_id_has_room),
        TEST(an_identifier_that_is_too_long_is_none),
        TEST(ids_that_are_alike_are_not_the_same),
        TEST(a_device_that_is_added_again_is_brought_up_to_date),
        TEST(a_listing_that_begins_again_lists_nobody),
        TEST(an_identifier_finds_the_device_that_it_means),
        TEST(a_hidden_identifier_has_an_alias),
        TEST(of_devices_that_are_gone_the_last_is_found),
        TEST(where_nobody_is_listed_nobody_is_found),
        TEST(only_retired_and_wiped_devices_are_gone),
        TEST(an_identifier_means_the_device_that_registered_last),
        TEST(an_identifier_never_means_a_device_that_is_gone),
        TEST(an_identifier_never_means_a_device_that_is_not_listed),
        TEST(a_time_that_is_not_known_is_the_earliest),
        TEST(of_two_that_registered_at_once_it_is_one),
        TEST(an_empty_roster_has_no_latest),
        TEST(many_devices_keep_their_places),
        TEST(columns_are_found_where_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
