/* Forgetting a tenant, or one device: of what was there, nothing is left in any file. */
#include "unit/load/csv/loads.h"

#include <dlfcn.h>
#include <ftw.h>
#include <sys/wait.h>

/* Only the program dies here, and never the machine: without the waiting. */
int fsync(int fd)
{
    (void)fd;
    return 0;
}

static const struct column table_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"serial_number", "", COLUMN_TEXT},
    {"imei", "", COLUMN_TEXT},
    {"ios_udid", "", COLUMN_TEXT},
};
static const struct relation table_relation = {
    "device", "", table_columns, 6, 2, RELATION_KEYED, 0};

static const struct column alert_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"alert_id", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"dispatch_device_id", "", COLUMN_TEXT},
};
static const struct relation alert_relation = {"alert", "", alert_columns, 4, 2, RELATION_KEYED, 0};

static const struct column group_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"group_id", "", COLUMN_TEXT},
};
static const struct relation group_relation = {
    "device_group", "", group_columns, 2, 2, RELATION_KEYED, 0};

static const struct column fetch_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
};
static const struct relation fetch_relation = {
    "device_fetch", "", fetch_columns, 3, 3, RELATION_KEYED, 0};

static const struct column reject_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"ordinal", "", COLUMN_BIGINT},
    {"tenant", "", COLUMN_TEXT},
    {"record_key", "", COLUMN_TEXT},
    {"payload", "", COLUMN_TEXT},
};
static const struct relation reject_relation = {
    "rejected_record", "", reject_columns, 5, 2, RELATION_LOG, 0};

/* A device with its GUID, and its states. */
static const struct column known_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"device_guid", "", COLUMN_TEXT},
};
static const struct relation known_relation = {
    "device", "", known_columns, 4, 2, RELATION_KEYED, 0};

static const struct column state_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"valid_from", "", COLUMN_TIMESTAMPTZ},
    {"valid_to", "", COLUMN_TIMESTAMPTZ},
    {"identifier", "", COLUMN_TEXT},
    {"device_guid", "", COLUMN_TEXT},
};
static const struct relation state_relation = {
    "device_history", "", state_columns, 6, 3, RELATION_HISTORY, 0};

enum { KNOWN_COUNT = 4 };
static const struct relation *const known_relations[KNOWN_COUNT] = {
    &known_relation, &state_relation, &fetch_relation, &reject_relation};
static const struct load_schema known_schema = {.relations = known_relations,
    .count = KNOWN_COUNT,
    .fetched = &fetch_relation,
    .history = &state_relation,
    .history_of = &known_relation};

enum { ERASE_COUNT = 6 };
static const struct relation *const erase_relations[ERASE_COUNT] = {&table_relation, &app_relation,
    &alert_relation, &group_relation, &fetch_relation, &reject_relation};

static int set_up_erase(void **state)
{
    int result = set_up(state);
    struct place *place = *state;

    place->schema = (struct load_schema){.relations = erase_relations,
        .count = ERASE_COUNT,
        .fetched = &fetch_relation,
        .history_of = &table_relation};
    return result;
}

static struct load *open_tenant(struct place *place, const char *tenant, const char *run_id)
{
    struct load_run run = {.run_id = run_id,
        .tenant = tenant,
        .started_at = 1582796171062,
        .version = "0.1.0",
        .fingerprint = "f"};
    struct load *load = NULL;

    assert_true(csv_open(&place->settings, &place->schema, &run, &place->log, &load, &place->err));
    return load;
}

static void put(struct place *place, struct load *load, const struct relation *relation,
    const char *const *texts)
{
    struct cell cells[8] = {0};

    for (size_t i = 0; i < relation->column_count; i++) {
        cells[i] = text_cell(texts[i]);
        if (relation->columns[i].type == COLUMN_BIGINT) {
            cells[i] = (struct cell){.is_set = true, .number = strtol(texts[i], NULL, 10)};
        }
    }
    if (!load->ops->stage(load, &(struct row){relation, cells}, &place->err)) {
        fail_msg("%s", place->err.text);
    }
}

#define PUT(relation, ...) put(place, load, relation, (const char *const[]){__VA_ARGS__})

static void publish_and_close(struct place *place, struct load *load)
{
    struct load_counts counts[ERASE_COUNT];
    bool changed = false;

    for (size_t i = 0; i < place->schema.count; i++) {
        counts[i] = (struct load_counts){.relation = place->schema.relations[i]};
    }
    assert_true(load->ops->publish(load, counts, place->schema.count, NULL, &changed, &place->err));
    close_run(load);
}

/* Two runs of a tenant with the devices d-one and d-two, files of changes, and a third run that
 * left its work. */
static void fill(struct place *place, const char *tenant)
{
    struct load *load = open_tenant(place, tenant, "r1");
    char path[256];

    PUT(&table_relation, tenant, "d-one", "short", "SERIAL-ONE", NULL, NULL);
    PUT(&app_relation, tenant, "d-one", "com.a", "1");
    publish_and_close(place, load);
    load = open_tenant(place, tenant, "r2");
    PUT(&table_relation, tenant, "d-one", "short", "SERIAL-ONE", "IMEI-1", "UDID\"ONE");
    PUT(&table_relation, tenant, "d-two", "short", "SERIAL-TWO", NULL, NULL);
    PUT(&app_relation, tenant, "d-one", "com.b", "2");
    PUT(&app_relation, tenant, "d-two", "com.a", "d-one, by name");
    PUT(&alert_relation, tenant, "a1", "d-one", "d-two");
    PUT(&alert_relation, tenant, "a2", "d-two", "d-one");
    PUT(&alert_relation, tenant, "a3", "d-two", NULL);
    PUT(&group_relation, tenant, "g1");
    PUT(&fetch_relation, tenant, "d-one", "device_app");
    PUT(&reject_relation, "r2", "1", tenant, "d-one", NULL);
    PUT(&reject_relation, "r2", "2", tenant, "d-two", "{\"sn\": \"SERIAL-ONE\"}");
    PUT(&reject_relation, "r2", "3", tenant, NULL, "an \"UDID\"ONE\" in\nquotes");
    PUT(&reject_relation, "r2", "4", tenant, "d-two", "a short one");
    publish_and_close(place, load);
    load = open_tenant(place, tenant, "r3");
    PUT(&app_relation, tenant, "d-one", "com.c", "3");
    PUT(&fetch_relation, tenant, "d-one", "device_app");
    PUT(&reject_relation, "r3", "1", tenant, "d-one", NULL);
    close_run(load);
    (void)mkdir(in(place->path, "changes"), 0700);
    (void)snprintf(path, sizeof path, "changes/%s", tenant);
    assert_int_equal(mkdir(in(place->path, path), 0700), 0);
    (void)snprintf(path, sizeof path, "changes/%s/r2", tenant);
    assert_int_equal(mkdir(in(place->path, path), 0700), 0);
    (void)snprintf(path, sizeof path, "changes/%s/r2/device_app.csv", tenant);
    write_whole(in(place->path, path),
        "op,tenant,device_id,identifier,version\ninsert,acme,d-two,com.a,1\n"
        "insert,acme,d-one,\"com.b\n\",2\ndelete,acme,\"d-one\",com.a,1\n"
        "insert,acme,d-twos,com.a,1\n");
    (void)snprintf(path, sizeof path, "changes/%s/r2/device_group.csv", tenant);
    write_whole(in(place->path, path), "op,tenant,group_id\ninsert,acme,g1\n");
}

/* What is looked for, by `search_file`, which nftw gives no context. */
static const char *searched;
static size_t search_hits;

static int search_file(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)walk;
    if (strstr(strrchr(path, '/'), searched) != NULL) {
        search_hits++;
    }
    if (type == FTW_F) {
        FILE *file = fopen(path, "rb");
        size_t size = 0;
        char *bytes = malloc(1024 * 1024);

        assert_non_null(file);
        assert_non_null(bytes);
        size = fread(bytes, 1, 1024 * 1024, file);
        assert_true(size < 1024 * 1024);
        search_hits += memmem(bytes, size, searched, strlen(searched)) != NULL ? 1 : 0;
        free(bytes);
        (void)fclose(file);
    }
    return 0;
}

/* Files below `path` that hold these bytes, or have them in their names. */
static size_t files_with(const char *path, const char *bytes)
{
    searched = bytes;
    search_hits = 0;
    assert_int_equal(nftw(path, search_file, 16, FTW_PHYS), 0);
    return search_hits;
}

static bool try_erase(struct place *place, const char *tenant, const char *device, char text[256])
{
    return csv_erase(&place->settings, &place->schema, tenant, device, text, 256, &place->err);
}

static void erase(struct place *place, const char *tenant, const char *device, const char *wanted)
{
    char text[256] = "";

    if (!try_erase(place, tenant, device, text)) {
        fail_msg("%s", place->err.text);
    }
    assert_string_equal(text, wanted);
}

static void a_tenant_goes_and_others_stay(void **state)
{
    struct place *place = *state;

    fill(place, "acme");
    fill(place, "other");
    erase(place, "acme", NULL, "removed tenant acme: snapshots, changes, ledger");
    assert_int_equal(count_names(place->path), 3); /* other, changes, .uemsync */
    assert_int_equal(count_names(in(place->path, ".uemsync")), 1);
    assert_int_equal(count_names(in(place->path, "changes")), 1);
    assert_true(is_there(in(place->path, "other/device.csv")));
    assert_true(is_there(in(place->path, ".uemsync/other/work/journal")));
    erase(place, "acme", NULL, "there was nothing of tenant acme");
}

static void nothing_is_made_where_nothing_was(void **state)
{
    struct place *place = *state;
    char directory[512];

    erase(place, "acme", NULL, "there was nothing of tenant acme");
    erase(place, "acme", "d", "there was nothing of device d of tenant acme");
    assert_int_equal(count_names(place->path), 0);
    (void)snprintf(directory, sizeof directory, "%s/missing/folder", place->path);
    place->settings.directory = directory;
    erase(place, "acme", NULL, "there was nothing of tenant acme");
    erase(place, "acme", "d", "there was nothing of device d of tenant acme");
    place->settings.directory = place->path;
    assert_int_equal(count_names(place->path), 0);
}

static void changes_alone_are_something(void **state)
{
    struct place *place = *state;

    assert_int_equal(mkdir(in(place->path, "changes"), 0700), 0);
    assert_int_equal(mkdir(in(place->path, "changes/acme"), 0700), 0);
    erase(place, "acme", NULL, "removed tenant acme: snapshots, changes, ledger");
    assert_false(is_there(in(place->path, "changes/acme")));
}

static void what_is_not_ours_is_not_removed(void **state)
{
    struct place *place = *state;
    char text[256];

    fill(place, "acme");
    assert_int_equal(unlink(in(place->path, "acme")), 0);
    assert_int_equal(mkdir(in(place->path, "acme"), 0700), 0);
    assert_false(try_erase(place, "acme", NULL, text));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_true(is_there(in(place->path, "acme")));
    assert_true(is_there(in(place->path, ".uemsync/acme/snapshots")));
    assert_false(try_erase(place, "acme", "d-one", text));
    assert_false(try_erase(place, "../acme", NULL, text));
    assert_int_equal(place->err.kind, ERROR_CONFIG);
    assert_false(try_erase(place, "changes", "d", text));
}

static void a_run_under_way_is_not_disturbed(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    char text[256];

    fill(place, "acme");
    load = open_tenant(place, "acme", "r4");
    assert_false(try_erase(place, "acme", NULL, text));
    assert_int_equal(place->err.kind, ERROR_BUSY);
    assert_false(try_erase(place, "acme", "d-one", text));
    assert_int_equal(place->err.kind, ERROR_BUSY);
    close_run(load);
    assert_true(is_there(in(place->path, "acme/device.csv")));
    assert_true(is_there(in(place->path, ".uemsync/acme/work/journal")));
}

static void a_device_goes_without_a_trace(void **state)
{
    struct place *place = *state;
    char *manifest = NULL;

    place->settings.keep_snapshots = 3;
    fill(place, "acme");
    erase(place, "acme", "d-one", "removed device d-one of tenant acme: 11 rows");
    assert_file(in(place->path, "acme/device.csv"),
        "tenant,device_id,identifier,serial_number,imei,ios_udid\n"
        "acme,d-two,short,SERIAL-TWO,,\n");
    assert_file(in(place->path, "acme/device_app.csv"),
        "tenant,device_id,identifier,version\nacme,d-two,com.a,\"d-one, by name\"\n");
    assert_file(in(place->path, "acme/alert.csv"),
        "tenant,alert_id,device_id,dispatch_device_id\nacme,a3,d-two,\n");
    assert_file(in(place->path, "acme/device_fetch.csv"), "tenant,device_id,entity\n");
    assert_file(in(place->path, "acme/device_group.csv"), "tenant,group_id\nacme,g1\n");
    assert_file(in(place->path, ".uemsync/acme/rejected_record/r2.csv"),
        "run_id,ordinal,tenant,record_key,payload\nr2,4,acme,d-two,a short one\n");
    assert_file(in(place->path, "changes/acme/r2/device_app.csv"),
        "op,tenant,device_id,identifier,version\ninsert,acme,d-two,com.a,1\n"
        "insert,acme,d-twos,com.a,1\n");
    assert_int_equal(permissions(in(place->path, "changes/acme/r2/device_app.csv")), 0600);
    assert_int_equal(files_with(place->path, "d-one"), 1); /* the text of d-two's app */
    assert_int_equal(files_with(place->path, "SERIAL-ONE"), 0);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 1);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), 1);
    manifest = read_whole(in(place->path, "acme/manifest.json"));
    assert_non_null(manifest);
    assert_non_null(strstr(manifest, "\"run_id\": \"forget-"));
    assert_non_null(strstr(manifest, "\"relation\": \"alert\", \"rows\": 1,"));
    free(manifest);
    erase(place, "acme", "d-one", "there was nothing of device d-one of tenant acme");
}

static void runs_go_on_behind_it(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    fill(place, "acme");
    erase(place, "acme", "d-two", "removed device d-two of tenant acme: 8 rows");
    assert_int_equal(files_with(place->path, "d-two,"), 0);
    load = open_tenant(place, "acme", "r4");
    PUT(&table_relation, "acme", "d-three", NULL, NULL, NULL, NULL);
    publish_and_close(place, load);
    assert_file(in(place->path, "acme/device.csv"),
        "tenant,device_id,identifier,serial_number,imei,ios_udid\n"
        "acme,d-one,short,SERIAL-ONE,IMEI-1,\"UDID\"\"ONE\"\nacme,d-three,,,,\n");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 2);
}

static void a_device_that_only_an_old_snapshot_has_goes_too(void **state)
{
    struct place *place = *state;
    struct load *load = open_tenant(place, "acme", "r1");
    struct str key[1] = {str_of("d-gone")};

    PUT(&table_relation, "acme", "d-gone", NULL, NULL, NULL, NULL);
    publish_and_close(place, load);
    load = open_tenant(place, "acme", "r2");
    assert_true(load->ops->remove(load, &table_relation, key, &place->err));
    publish_and_close(place, load);
    assert_int_equal(files_with(place->path, "d-gone"), 1);
    erase(place, "acme", "d-other", "there was nothing of device d-other of tenant acme");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 2);
    erase(place, "acme", "d-gone", "removed device d-gone of tenant acme: 0 rows");
    assert_int_equal(files_with(place->path, "d-gone"), 0);
    assert_true(is_there(in(place->path, "acme/device.csv")));
}

/* Its words are those of all states that it was in, and stand in logs in either case. */
static void a_device_that_left_is_known_by_its_history(void **state)
{
    static const char *const words[] = {
        "IDENT-A", "ident-a", "Ident-B", "IDENT-B", "AB12CD34", "ab12cd34", "D-LEFT", "d-left"};
    struct place *place = *state;
    struct load *load = NULL;
    struct str key[1] = {str_of("d-left")};

    place->schema = known_schema;
    load = open_tenant(place, "acme", "r1");
    PUT(&known_relation, "acme", "d-left", "IDENT-A", "AB12CD34");
    PUT(&known_relation, "acme", "d-stays", "IDENT-C", NULL);
    publish_and_close(place, load);
    load = open_tenant(place, "acme", "r2");
    PUT(&known_relation, "acme", "d-left", "Ident-B", "short");
    publish_and_close(place, load);
    load = open_tenant(place, "acme", "r3");
    assert_true(load->ops->remove(load, &known_relation, key, &place->err));
    PUT(&reject_relation, "r3", "1", "acme", NULL, "{\"of\": \"ident-a\"}");
    PUT(&reject_relation, "r3", "2", "acme", NULL, "IDENT-B");
    PUT(&reject_relation, "r3", "3", "acme", NULL, "the one with ab12cd34");
    PUT(&reject_relation, "r3", "4", "acme", "D-LEFT", NULL);
    PUT(&reject_relation, "r3", "5", "acme", "d-stays", "a short one, and IDENT-C");
    publish_and_close(place, load);
    erase(place, "acme", "d-left", "removed device d-left of tenant acme: 6 rows");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(files_with(place->path, words[i]), 0);
    }
    assert_file(in(place->path, ".uemsync/acme/rejected_record/r3.csv"),
        "run_id,ordinal,tenant,record_key,payload\n"
        "r3,5,acme,d-stays,\"a short one, and IDENT-C\"\n");
}

static void what_is_staged_of_a_device_goes(void **state)
{
    struct place *place = *state;
    struct load *load = open_tenant(place, "acme", "r1");

    PUT(&app_relation, "acme", "d-new", "com.a", "1");
    PUT(&fetch_relation, "acme", "d-new", "device_app");
    close_run(load);
    assert_true(files_with(place->path, "d-new") > 0);
    erase(place, "acme", "d-new", "there was nothing of device d-new of tenant acme");
    assert_int_equal(files_with(place->path, "d-new"), 0);
}

static void an_unknown_device_changes_nothing(void **state)
{
    struct place *place = *state;

    fill(place, "acme");
    erase(place, "acme", "d-on", "there was nothing of device d-on of tenant acme");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 2);
    assert_int_equal(files_with(place->path, "SERIAL-ONE"), 3);
}

/* A relation that came with an upgrade has no file yet. */
static void a_snapshot_of_before_an_upgrade_is_rewritten(void **state)
{
    struct place *place = *state;

    fill(place, "acme");
    assert_int_equal(unlink(in(place->path, "acme/alert.csv")), 0);
    erase(place, "acme", "d-one", "removed device d-one of tenant acme: 9 rows");
    assert_false(is_there(in(place->path, "acme/alert.csv")));
}

static void guarded_text_is_known_too(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    place->settings.csv_safe = true;
    load = open_tenant(place, "acme", "r1");
    PUT(&table_relation, "acme", "+one", NULL, NULL, NULL, NULL);
    PUT(&table_relation, "acme", "two", "@two", NULL, NULL, NULL);
    publish_and_close(place, load);
    erase(place, "acme", "+one", "removed device +one of tenant acme: 1 rows");
    assert_file(in(place->path, "acme/device.csv"),
        "tenant,device_id,identifier,serial_number,imei,ios_udid\nacme,two,'@two,,,\n");
}

static void a_damaged_file_is_an_error_with_path(void **state)
{
    struct place *place = *state;
    char text[256];

    fill(place, "acme");
    write_whole(in(place->path, "changes/acme/r2/device_app.csv"), "op,tenant,device_id\nx,\"y");
    assert_false(try_erase(place, "acme", "d-one", text));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "changes/acme/r2/device_app.csv"));
}

/* How many calls to unlinkat are left before the program dies; 0: it lives. */
static int unlinks_left;

int unlinkat(int fd, const char *name, int flags)
{
    static int (*next)(int, const char *, int);

    if (next == NULL) {
        void *found = dlsym(RTLD_NEXT, "unlinkat");

        memcpy(&next, &found, sizeof next);
    }
    if (unlinks_left > 0 && --unlinks_left == 0) {
        _exit(9);
    }
    return next(fd, name, flags);
}

/* Dies ahead of the n-th removal; false when there are fewer. */
static bool erase_dies_at(struct place *place, const char *device, int n)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        char text[256];

        unlinks_left = n;
        _exit(try_erase(place, "acme", device, text) ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0);
    return WEXITSTATUS(status) == 9;
}

static void an_erasing_that_dies_is_done_by_the_next_one(void **state)
{
    static const char *const devices[] = {NULL, "d-one"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        bool died = true;
        int n = 1;

        for (; died; n++) {
            void *fresh = NULL;
            struct place *place = NULL;
            char text[256];

            (void)set_up_erase(&fresh);
            place = fresh;
            fill(place, "acme");
            died = erase_dies_at(place, devices[i], n);
            assert_true(try_erase(place, "acme", devices[i], text));
            assert_int_equal(files_with(place->path, "SERIAL-ONE"), 0);
            assert_int_equal(is_there(in(place->path, ".uemsync/acme")), i == 1);
            assert_int_equal(is_there(in(place->path, "acme/device.csv")), i == 1);
            (void)tear_down(&fresh);
        }
        assert_true(n > 10);
    }
}

/* A run that comes after an erasing that died. */
static void a_run_goes_on_from_an_erasing_that_died(void **state)
{
    bool died = true;

    (void)state;
    for (int n = 1; died; n++) {
        void *fresh = NULL;
        struct place *place = NULL;
        struct load *load = NULL;

        (void)set_up_erase(&fresh);
        place = fresh;
        fill(place, "acme");
        died = erase_dies_at(place, NULL, n);
        load = open_tenant(place, "acme", "r9");
        PUT(&table_relation, "acme", "d-new", NULL, NULL, NULL, NULL);
        publish_and_close(place, load);
        assert_true(is_there(in(place->path, "acme/device.csv")));
        if (n > 1) {
            assert_file(in(place->path, "acme/device.csv"),
                "tenant,device_id,identifier,serial_number,imei,ios_udid\nacme,d-new,,,,\n");
        }
        (void)tear_down(&fresh);
    }
}

int main(void)
{
#define ERASE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_erase, tear_down)
    const struct CMUnitTest tests[] = {
        ERASE_TEST(a_tenant_goes_and_others_stay),
        ERASE_TEST(nothing_is_made_where_nothing_was),
        ERASE_TEST(changes_alone_are_something),
        ERASE_TEST(what_is_not_ours_is_not_removed),
        ERASE_TEST(a_run_under_way_is_not_disturbed),
        ERASE_TEST(a_device_goes_without_a_trace),
        ERASE_TEST(runs_go_on_behind_it),
        ERASE_TEST(a_device_that_only_an_old_snapshot_has_goes_too),
        ERASE_TEST(a_device_that_left_is_known_by_its_history),
        ERASE_TEST(what_is_staged_of_a_device_goes),
        ERASE_TEST(an_unknown_device_changes_nothing),
        ERASE_TEST(a_snapshot_of_before_an_upgrade_is_rewritten),
        ERASE_TEST(guarded_text_is_known_too),
        ERASE_TEST(a_damaged_file_is_an_error_with_path),
        cmocka_unit_test(an_erasing_that_dies_is_done_by_the_next_one),
        cmocka_unit_test(a_run_goes_on_from_an_erasing_that_died),
    };
#undef ERASE_TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
