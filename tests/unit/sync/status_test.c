/* What can be told of runs by what they left in a CSV destination. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/timestamp.h"
#include "load/csv/csv_folder.h"
#include "sync/status.h"

#define HOME "/.uemsync/acme"
#define RUN_HEADER "run_id,tenant,started_at,finished_at,outcome,version,message\n"
#define ENTITY_HEADER                                                                              \
    "run_id,entity,calls,retries,bytes,fetched,inserted,updated,deleted,unchanged,rejected,"       \
    "seconds,completeness\n"

/* Of the n-th hour. */
#define AT(hour) "2026-11-22T" hour ":00:00.000Z"

struct place {
    char path[64]; /* DIRECTORY */
    struct catalogue catalogue;
    struct load_settings destination;
    struct log log;
    struct sync_tenant tenant;
    struct status status;
    struct error err;
};

static void write_text(const struct place *place, const char *name, const char *text)
{
    char path[4096];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s" HOME "/%s", place->path, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const struct place *place, const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s%s", place->path, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

/* A run, and the rows of its entities. */
static void leave_message(const struct place *place, const char *id, const char *started,
    const char *outcome, const char *message, const char *entities)
{
    char name[128];
    char text[4096];

    (void)snprintf(name, sizeof name, "sync_run/%s.csv", id);
    (void)snprintf(text, sizeof text, RUN_HEADER "%s,acme,%s,%s,%s,0.1.0,%s\n", id, started,
        strcmp(outcome, "running") == 0 ? "" : started, outcome, message);
    write_text(place, name, text);
    (void)snprintf(name, sizeof name, "sync_run_entity/%s.csv", id);
    (void)snprintf(text, sizeof text, ENTITY_HEADER "%s", entities);
    write_text(place, name, text);
}

static void leave(const struct place *place, const char *id, const char *started,
    const char *outcome, const char *entities)
{
    leave_message(place, id, started, outcome, "why", entities);
}

static int set_up(void **state)
{
    static const char *const entities[] = {NULL};
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    (void)snprintf(place->path, sizeof place->path, "/tmp/uemsync-unit.XXXXXX");
    assert_non_null(mkdtemp(place->path));
    assert_true(catalogue_load(&place->catalogue, NULL, &place->err));
    place->destination = (struct load_settings){.type = LOAD_CSV, .directory = place->path};
    place->log = (struct log){.out = stderr, .from = LOG_ERROR};
    place->tenant = (struct sync_tenant){
        .name = "acme", .kind = SYNC_CLOUD, .all_entities = true, .entities = entities};
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    struct csv_folder parent = {0};

    catalogue_release(&place->catalogue);
    assert_true(csv_folder_open_root(&parent, "/tmp", &place->err));
    assert_true(csv_folder_remove(&parent, place->path + strlen("/tmp/"), &place->err));
    csv_folder_release(&parent);
    free(place);
    return 0;
}

static void have_ledger(const struct place *place)
{
    make_folder(place, "/.uemsync");
    make_folder(place, HOME);
    make_folder(place, HOME "/sync_run");
    make_folder(place, HOME "/sync_run_entity");
}

static bool try_status(struct place *place, const char *const *names, size_t count)
{
    const struct status_settings settings = {.destination = &place->destination,
        .catalogue = &place->catalogue,
        .log = &place->log,
        .entities = names,
        .entity_count = count,
        .counts_rows = true};

    return status_read(&settings, &place->tenant, &place->status, &place->err);
}

static const struct status_entity *find(const struct place *place, const char *name)
{
    const struct status_entity *found = NULL;

    for (size_t i = 0; i < place->status.entity_count; i++) {
        if (strcmp(place->status.entities[i].entity, name) == 0) {
            found = &place->status.entities[i];
        }
    }
    return found;
}

/* The entity was loaded by the run of that id; NULL: never. */
static void assert_loaded(const struct place *place, const char *name, const char *id)
{
    const struct status_entity *entity = find(place, name);

    assert_non_null(entity);
    assert_string_equal(entity->run_id, id != NULL ? id : "");
    assert_int_equal(entity->loaded_at == STATUS_NEVER, id == NULL);
}

static void where_nothing_was_loaded_all_is_missing(void **state)
{
    struct place *place = *state;

    assert_true(try_status(place, NULL, 0));
    assert_int_equal(place->status.run_count, 0);
    assert_loaded(place, "device", NULL);
    assert_int_equal(find(place, "device")->rows, 0);
    assert_null(find(place, "device_location"));
    assert_true(status_is_too_old(find(place, "device"), 0, INT64_MAX));
}

static void the_latest_runs_come_first(void **state)
{
    struct place *place = *state;
    int64_t at = 0;

    have_ledger(place);
    leave(place, "c", AT("03"), "failed", "");
    leave(place, "e", AT("05"), "running", "");
    leave(place, "a", AT("01"), "complete", "");
    leave(place, "d", AT("04"), "interrupted", "");
    leave(place, "b", AT("02"), "partial", "");
    assert_true(try_status(place, NULL, 0));
    assert_int_equal(place->status.run_count, STATUS_MOST_RUNS);
    assert_string_equal(place->status.runs[0].run_id, "e");
    assert_string_equal(place->status.runs[0].outcome, "running");
    assert_int_equal(place->status.runs[0].finished_at, STATUS_NEVER);
    assert_string_equal(place->status.runs[1].run_id, "d");
    assert_string_equal(place->status.runs[2].run_id, "c");
    assert_string_equal(place->status.runs[2].message, "why");
    assert_true(timestamp_parse_iso(str_of(AT("03")), &at));
    assert_int_equal(place->status.runs[2].started_at, at);
}

static void an_entity_is_as_old_as_the_run_that_loaded_it(void **state)
{
    struct place *place = *state;

    have_ledger(place);
    leave(place, "a", AT("01"), "complete",
        "a,device,1,0,1,3,3,0,0,0,0,0.1,proven\na,device_app,1,0,1,0,0,0,0,0,0,0.1,proven\n"
        "a,user_account,1,0,1,5,0,0,0,5,0,0.1,unproven\n"
        "a,app_catalog,1,0,1,5,0,0,0,0,0,0.1,unproven\n"
        "a,device_profile,1,0,1,0,0,0,0,0,0,0.1,not offered\n");
    leave_message(place, "b", AT("02"), "partial", "device_app: 403",
        "b,device_group,1,0,1,0,0,0,0,0,0,0.1,unproven\n"
        "b,device,1,0,1,3,0,0,0,3,0,0.1,proven\nb,device_app,1,0,1,0,0,0,0,0,0,0.1,unproven\n"
        "b,device_certificate,1,0,1,9,0,0,0,0,0,0.1,unproven\n");
    leave(place, "c", AT("03"), "failed", "c,device,1,0,1,3,0,0,0,0,0,0.1,proven\n");
    leave(place, "d", AT("04"), "running", "");
    assert_true(try_status(place, NULL, 0));
    assert_loaded(place, "device", "b");
    assert_loaded(place, "device_app", "a");         /* given up by b */
    assert_loaded(place, "device_certificate", "b"); /* a device failed, others answered */
    assert_loaded(place, "user_account", "a");       /* what was listed is published */
    assert_loaded(place, "app_catalog", NULL);       /* and here it is not */
    assert_loaded(place, "device_group", "b");       /* an empty list: the server has none */
    assert_loaded(place, "device_profile", NULL);
    assert_false(find(place, "device_profile")->is_offered);
    assert_false(status_is_too_old(find(place, "device_profile"), 0, 1));
    assert_true(find(place, "app_catalog")->is_offered);
}

static void the_order_of_files_is_no_matter(void **state)
{
    struct place *place = *state;
    char id[SYNC_RUN_ID_SIZE];
    char started[TIMESTAMP_TEXT_SIZE];
    char rows[128];

    have_ledger(place);
    for (int i = 0; i < 40; i++) {
        int day = 1 + i * 17 % 40 % 28;

        (void)snprintf(id, sizeof id, "202611%02dT%02d", day, i % 24);
        (void)snprintf(started, sizeof started, "2026-11-%02dT%02d:00:00.000Z", day, i % 24);
        (void)snprintf(rows, sizeof rows, "%s,device,1,0,1,3,0,0,0,3,0,0.1,proven\n", id);
        leave(place, id, started, "complete", rows);
    }
    leave(place, "20261130T23", "2026-11-30T23:00:00.000Z", "complete",
        "20261130T23,device,1,0,1,3,0,0,0,3,0,0.1,proven\n");
    assert_true(try_status(place, NULL, 0));
    assert_loaded(place, "device", "20261130T23");
}

static void names_limit_it_and_count_as_offered(void **state)
{
    static const char *const names[] = {"device_profile", "device_location"};
    struct place *place = *state;

    have_ledger(place);
    leave(place, "a", AT("01"), "complete",
        "a,device,1,0,1,3,3,0,0,0,0,0.1,proven\n"
        "a,device_profile,1,0,1,0,0,0,0,0,0,0.1,not offered\n");
    assert_true(try_status(place, names, 2));
    assert_int_equal(place->status.entity_count, 2);
    assert_null(find(place, "device"));
    assert_loaded(place, "device_profile", NULL);
    assert_true(find(place, "device_profile")->is_offered);
    assert_true(status_is_too_old(find(place, "device_profile"), 0, INT64_MAX));
}

static void an_age_is_counted_from_the_start_of_the_run(void **state)
{
    const struct status_entity entity = {.loaded_at = 1000, .is_offered = true};

    (void)state;
    assert_false(status_is_too_old(&entity, 1500, 500));
    assert_true(status_is_too_old(&entity, 1501, 500));
    assert_false(status_is_too_old(&entity, 10, 500)); /* the clock was set back */
}

static void what_cannot_be_read_is_an_error(void **state)
{
    struct place *place = *state;

    have_ledger(place);
    write_text(place, "sync_run/a.csv", RUN_HEADER "a,\"");
    assert_false(try_status(place, NULL, 0));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "sync_run/a.csv"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(where_nothing_was_loaded_all_is_missing),
        TEST(the_latest_runs_come_first),
        TEST(an_entity_is_as_old_as_the_run_that_loaded_it),
        TEST(the_order_of_files_is_no_matter),
        TEST(names_limit_it_and_count_as_offered),
        cmocka_unit_test(an_age_is_counted_from_the_start_of_the_run),
        TEST(what_cannot_be_read_is_an_error),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
