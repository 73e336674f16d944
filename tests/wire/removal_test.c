/* What becomes of a device that leaves while a run lists, through the real HTTP client and into
 * CSV: it is looked up once, counted once, and leaves nothing behind. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "wire/bench.h"

#define COUNT "GET /msa/v1/cps/device/count "
#define METADATA "GET /msa/v1/cps/device/$metadata "
#define LOOKUP "POST /msa/v1/cps/device/uuid "
#define APPLICATION "POST /msa/v1/cps/device/application "
#define DEVICE(n)                                                                                  \
    "{\"deviceGuid\":\"" GUID(n) "\",\"identifier\":\"id-" #n                                      \
                                 "\",\"status\":\"ACTIVE\",\"os\":\"IOS\","                        \
                                 "\"lastCheckInTime\":1000}"
#define APPS(n)                                                                                    \
    "[{\"deviceGuid\":\"" GUID(n) "\",\"applications\":[{\"identifier\":\"app" #n "\"}]}]"

/* A destination that outlives its runs. */
struct place {
    struct bench *bench;
    char directory[64];
};

static int setup(void **state)
{
    struct place *place = test_calloc(1, sizeof *place);
    void *bench = NULL;

    (void)bench_setup(&bench);
    place->bench = bench;
    place->bench->tenant.batch_size = 1;
    (void)snprintf(place->directory, sizeof place->directory, "/tmp/uemsync-wire.XXXXXX");
    assert_non_null(mkdtemp(place->directory));
    *state = place;
    return 0;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *at)
{
    (void)about;
    (void)type;
    (void)at;
    return remove(path);
}

static int teardown(void **state)
{
    struct place *place = *state;
    void *bench = place->bench;

    assert_int_equal(nftw(place->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    (void)bench_teardown(&bench);
    test_free(place);
    return 0;
}

/* One run over the script, of devices and their apps, which is published. */
static void run_and_publish(struct place *place, const char *run_id)
{
    struct bench *bench = place->bench;
    const struct load_settings settings = {
        .type = LOAD_CSV, .directory = place->directory, .keep_snapshots = 2};
    const struct load_run run = {
        .run_id = run_id, .tenant = "acme", .started_at = timestamp_now(), .version = "test"};
    struct load_counts counts[CATALOGUE_MOST];
    bool changed = false;

    for (size_t i = 0; i < bench->catalogue.schema.count; i++) {
        counts[i] = (struct load_counts){.relation = bench->catalogue.schema.relations[i]};
    }
    assert_true(load_open(
        &settings, &bench->catalogue.schema, &run, &bench->log, &bench->load, &bench->err));
    bench->run_id = run_id;
    bench_run(bench, "device_app");
    assert_true(load_publish(
        bench->load, counts, bench->catalogue.schema.count, NULL, &changed, &bench->err));
    load_close(bench->load);
    bench->load = NULL;
}

/* How many published rows of the relation hold the text. */
static int rows_of(const struct place *place, const char *relation, const char *text)
{
    char path[128];
    char line[4096];
    int count = 0;
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/acme/%s.csv", place->directory, relation);
    file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        count += strstr(line, text) != NULL ? 1 : 0;
    }
    (void)fclose(file);
    return count;
}

/* One device and its apps, published or not. */
static void is_published(const struct place *place, const char *device, int times)
{
    assert_int_equal(rows_of(place, "device", device), times);
    assert_int_equal(rows_of(place, "device_app", device), times);
    assert_int_equal(rows_of(place, "device_fetch", device), times);
}

/* Two walks, of which the first alone lists device 2: the inventory of both is asked for on
 * the way where the script has it. */
static void answer_two_walks(struct bench *bench, bool has_inventory)
{
    bench_forget(bench);
    bench_answer(bench, COUNT, 200, "{\"result\":3}");
    bench_answer(bench, METADATA, 200, "[]");
    bench_answer(
        bench, DEVICE_LIST, 200, "{\"searchResults\":[" DEVICE(1) "," DEVICE(2) "],\"results\":2}");
    bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[" DEVICE(2) "],\"results\":1}");
    bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[],\"results\":0}");
    bench_answer(bench, COUNT, 200, "{\"result\":1}");
    bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[" DEVICE(1) "],\"results\":1}");
    if (has_inventory) {
        bench_answer(bench, GUID(1) "\"]}", 200, APPS(1));
        bench_answer(bench, APPLICATION, 200, APPS(2));
    }
}

/* It is published, so what is known of it stays where the look-up fails. */
static void a_published_device_that_left_on_the_way_is_looked_up_once(void **state)
{
    struct place *place = *state;
    struct bench *bench = place->bench;

    bench_answer_devices(bench, 2, DEVICE(1) "," DEVICE(2));
    bench_answer(bench, GUID(1) "\"]}", 200, APPS(1));
    bench_answer(bench, APPLICATION, 200, APPS(2));
    run_and_publish(place, "run-1");
    is_published(place, GUID(2), 1);
    answer_two_walks(bench, false);
    bench_answer(bench, LOOKUP, 500, "");
    run_and_publish(place, "run-2");
    assert_int_equal(bench_requests(bench, LOOKUP), 1);
    assert_contains(bench_request(bench, LOOKUP, 0), "[\"" GUID(2) "\"]");
    assert_int_equal(bench->reports[0].kept, 1);
    is_published(place, GUID(1), 1);
    is_published(place, GUID(2), 1);
}

/* It was never published, so there is nothing that could be kept. */
static void a_new_device_that_left_and_cannot_be_looked_up_leaves_no_inventory(void **state)
{
    struct place *place = *state;
    struct bench *bench = place->bench;

    answer_two_walks(bench, true);
    bench_answer(bench, LOOKUP, 500, "");
    run_and_publish(place, "run-1");
    assert_int_equal(bench_requests(bench, APPLICATION), 2);
    assert_int_equal(bench_requests(bench, LOOKUP), 1);
    assert_int_equal(bench->reports[0].kept, 0);
    is_published(place, GUID(1), 1);
    is_published(place, GUID(2), 0);
}

/* Once it is back, it is a new device, whenever it checked in. */
static void a_new_device_that_left_on_the_way_leaves_nothing(void **state)
{
    struct place *place = *state;
    struct bench *bench = place->bench;

    answer_two_walks(bench, true);
    bench_answer(bench, LOOKUP, 200, "[]");
    run_and_publish(place, "run-1");
    assert_int_equal(bench_requests(bench, APPLICATION), 2);
    is_published(place, GUID(1), 1);
    is_published(place, GUID(2), 0);
    bench_forget(bench);
    bench_answer_devices(bench, 2, DEVICE(1) "," DEVICE(2));
    bench_answer(bench, APPLICATION, 200, APPS(2));
    run_and_publish(place, "run-2");
    assert_int_equal(bench_requests(bench, APPLICATION), 1);
    is_published(place, GUID(2), 1);
}

#define NAMELESS                                                                                   \
    "{\"identifier\":\"id-1\",\"status\":\"ACTIVE\",\"os\":\"IOS\",\"lastCheckInTime\":1000}"
#define NAMELESS_APPS "[{\"deviceMdmId\":\"id-1\",\"applications\":[{\"identifier\":\"app1\"}]}]"

static void publish_nameless(struct place *place)
{
    bench_answer_devices(place->bench, 1, NAMELESS);
    bench_answer(place->bench, APPLICATION, 200, NAMELESS_APPS);
    run_and_publish(place, "run-1");
    is_published(place, "mdm:id-1", 1);
    assert_int_equal(rows_of(place, "device_history", "mdm:id-1"), 1);
    bench_forget(place->bench);
}

/* Of its states one ended, and one is now: the GUID itself is a part of them. */
static void a_device_that_gets_a_guid_takes_its_history_with_it(void **state)
{
    struct place *place = *state;

    publish_nameless(place);
    bench_answer_devices(place->bench, 1, DEVICE(1));
    bench_answer(place->bench, APPLICATION, 200, APPS(1));
    run_and_publish(place, "run-2");
    is_published(place, "mdm:id-1", 0);
    is_published(place, GUID(1), 1);
    assert_int_equal(rows_of(place, "device_history", "mdm:id-1"), 0);
    assert_int_equal(rows_of(place, "device_history", "acme," GUID(1) ","), 2);
}

/* The count says two, whatever is listed. That it is listed under another key is certain all the
 * same, and nobody is to be counted twice in between. */
static void so_it_does_when_the_listing_is_unproven(void **state)
{
    struct place *place = *state;
    struct bench *bench = place->bench;

    publish_nameless(place);
    bench_answer(bench, COUNT, 200, "{\"result\":2}");
    bench_answer(bench, METADATA, 200, "[]");
    for (int walk = 0; walk < 2; walk++) {
        bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[" DEVICE(1) "],\"results\":1}");
        bench_answer(bench, DEVICE_LIST, 200, "{\"searchResults\":[],\"results\":0}");
        bench_answer(bench, COUNT, 200, "{\"result\":2}");
    }
    bench_answer(bench, APPLICATION, 200, APPS(1));
    run_and_publish(place, "run-2");
    assert_int_equal(bench->reports[0].completeness, SYNC_UNPROVEN);
    is_published(place, "mdm:id-1", 0);
    is_published(place, GUID(1), 1);
    assert_int_equal(rows_of(place, "device_history", "mdm:id-1"), 0);
    assert_int_equal(rows_of(place, "device_history", "acme," GUID(1) ","), 2);
}

static void so_it_does_when_the_look_up_finds_it(void **state)
{
    struct place *place = *state;

    publish_nameless(place);
    bench_answer_devices(place->bench, 1, DEVICE(2));
    bench_answer(place->bench, APPLICATION, 200, APPS(2));
    bench_answer(place->bench, LOOKUP, 200, "[" DEVICE(1) "]");
    run_and_publish(place, "run-2");
    assert_int_equal(rows_of(place, "device", "mdm:id-1"), 0);
    assert_int_equal(rows_of(place, "device", GUID(1)), 1);
    assert_int_equal(rows_of(place, "device_history", "mdm:id-1"), 0);
    assert_int_equal(rows_of(place, "device_history", "acme," GUID(1) ","), 2);
    assert_int_equal(rows_of(place, "device_history", "acme," GUID(2) ","), 1);
}

#define PLACED(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(a_published_device_that_left_on_the_way_is_looked_up_once),
        PLACED(a_new_device_that_left_and_cannot_be_looked_up_leaves_no_inventory),
        PLACED(a_new_device_that_left_on_the_way_leaves_nothing),
        PLACED(a_device_that_gets_a_guid_takes_its_history_with_it),
        PLACED(so_it_does_when_the_listing_is_unproven),
        PLACED(so_it_does_when_the_look_up_finds_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
