/* Of what an earlier run left staged, nothing of a device is published that nobody knows any more.
 */
#include "unit/sync/fake_load.h"

#include "sync/resumed.h"

/* A run, its destination, and the devices that it listed. */
struct bench {
    struct fake_load fake;
    struct catalogue catalogue;
    struct roster *roster;
    struct fetch fetch;
    struct error err;
};

static int set_up(void **state)
{
    struct bench *bench = test_calloc(1, sizeof *bench);

    fake_open(&bench->fake);
    assert_true(catalogue_load(&bench->catalogue, NULL, &bench->err));
    assert_true(roster_new(&bench->roster, &bench->err));
    bench->fetch = (struct fetch){
        .load = &bench->fake.load, .catalogue = &bench->catalogue, .roster = bench->roster};
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    roster_free(bench->roster);
    catalogue_release(&bench->catalogue);
    fake_close(&bench->fake.load);
    test_free(bench);
    return 0;
}

/* An earlier run left what it fetched of the device. */
static void leave(struct bench *bench, const char *device, const char *entity)
{
    const struct ledger_fetch fetch = {
        .device_id = str_of(device), .entity = str_of(entity), .check_in_at = INT64_MIN};

    bench->fake.is_earlier = true;
    assert_true(ledger_stage_fetch(&bench->fake.load, "acme", &fetch, &bench->err));
    bench->fake.is_earlier = false;
}

static struct row device_row(struct bench *bench, const char *device, struct cell *cells)
{
    cells[0] = (struct cell){.is_set = true, .text = str_of("acme")};
    cells[1] = (struct cell){.is_set = true, .text = str_of(device)};
    return (struct row){&catalogue_find(&bench->catalogue, "device")->relation, cells};
}

static void publish(struct bench *bench, const char *device)
{
    struct cell cells[FAKE_MOST_COLUMNS] = {{.is_set = false}};
    const struct row row = device_row(bench, device, cells);

    assert_true(load_stage(&bench->fake.load, &row, &bench->err));
}

static void list(struct bench *bench, const char *device)
{
    struct cell cells[FAKE_MOST_COLUMNS] = {{.is_set = false}};
    const struct row row = device_row(bench, device, cells);

    assert_true(roster_add(
        bench->roster, &row, &(struct roster_name){{"", 0}, {"", 0}, false}, &bench->err));
}

/* What is dropped at the end of the run: the device's owner, once for each relation. */
static const char *drop(struct bench *bench)
{
    struct resumed *resumed = NULL;

    assert_true(resumed_new(&resumed, &bench->fetch, &bench->err));
    assert_true(resumed_drop_strangers(resumed, &bench->fetch, &bench->err));
    resumed_free(resumed);
    return bench->fake.replaced_owners;
}

static void what_is_left_of_a_listed_device_stays(void **state)
{
    leave(*state, "mdm:a", "device_app");
    list(*state, "mdm:a");
    assert_string_equal(drop(*state), "");
}

static void what_is_left_of_a_published_device_stays(void **state)
{
    leave(*state, "mdm:a", "device_app");
    publish(*state, "mdm:a");
    assert_string_equal(drop(*state), "");
}

static void what_is_left_of_a_device_that_nobody_knows_goes_from_every_relation(void **state)
{
    struct bench *bench = *state;
    size_t count = 0;

    leave(bench, "mdm:a", "device_app");
    leave(bench, "mdm:a", "device_profile");
    leave(bench, "mdm:b", "device_app");
    list(bench, "mdm:b");
    publish(bench, "mdm:c");
    for (const char *at = drop(bench); *at != '\0'; at += strlen("mdm:a ")) {
        assert_memory_equal(at, "mdm:a ", strlen("mdm:a "));
        count++;
    }
    /* device_app, device_certificate, device_profile, device_setting, device_location,
     * device_configuration, device_group_member and device_fetch. */
    assert_int_equal(count, 8);
}

static void where_nothing_is_left_nothing_goes(void **state)
{
    publish(*state, "mdm:a");
    assert_string_equal(drop(*state), "");
    resumed_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(what_is_left_of_a_listed_device_stays),
        TEST(what_is_left_of_a_published_device_stays),
        TEST(what_is_left_of_a_device_that_nobody_knows_goes_from_every_relation),
        TEST(where_nothing_is_left_nothing_goes),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
