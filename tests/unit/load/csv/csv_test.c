#include "unit/load/csv/loads.h"

#include <ftw.h>

#include "base/buffer.h"

static void rows_are_published_in_the_order_of_their_keys(void **state)
{
    struct place *place = *state;
    struct result result = publish_three(place, "r1");

    assert_true(result.changed);
    assert_counts(result.device, 2, 0, 0, 0);
    assert_counts(result.app, 3, 0, 0, 0);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\nacme,d2,com.a,1\n");
    assert_file(in(place->path, "acme/device.csv"),
        "tenant,device_id,name,compliant,code,latitude,seen_at,guid,details,reasons\n"
        "acme,d1,Eins,,,,,,,\nacme,d2,Zwei,,,,,,,\n");
}

static void the_link_is_relative_and_all_is_private(void **state)
{
    struct place *place = *state;
    char target[256] = "";
    mode_t before = umask(0777);

    (void)publish_three(place, "r1");
    (void)umask(before);
    assert_true(readlink(in(place->path, "acme"), target, sizeof target - 1) > 0);
    assert_string_equal(target, ".uemsync/acme/snapshots/r1");
    assert_int_equal(permissions(in(place->path, ".uemsync")), 0700);
    assert_int_equal(permissions(in(place->path, ".uemsync/acme")), 0700);
    assert_int_equal(permissions(in(place->path, ".uemsync/acme/lock")), 0600);
    assert_int_equal(permissions(in(place->path, "acme/.")), 0700);
    assert_int_equal(permissions(in(place->path, "acme/device.csv")), 0600);
    assert_int_equal(permissions(in(place->path, "acme/manifest.json")), 0600);
    assert_false(is_there(in(place->path, ".uemsync/acme/work")));
    assert_false(is_there(in(place->path, ".uemsync/acme/link")));
}

static void the_manifest_names_run_rows_bytes_and_digests(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    stage_app(place, load, "d1", "com.a", "1");
    (void)publish(place, load);
    close_run(load);
    assert_file(in(place->path, "acme/manifest.json"),
        "{\"run_id\": \"r1\", \"tenant\": \"acme\", \"started_at\": \"2020-02-27T09:36:11.062Z\", "
        "\"version\": \"0.1.0\", \"files\": ["
        "{\"file\": \"device.csv\", \"relation\": \"device\", \"rows\": 0, \"bytes\": 75, "
        "\"sha256\": \"7eb6c9fa66d30ae45b4d6f45ae53df612a224e9f5be34b9078e7a535813c45dd\"}, "
        "{\"file\": \"device_app.csv\", \"relation\": \"device_app\", \"rows\": 1, \"bytes\": 52, "
        "\"sha256\": \"495e889b02ad03bb3cf9858b4dc7b60e81999e695edf58135e56af9adc33516c\"}]}\n");
}

/* Every name below a folder, with inode, size and time of change. */
static struct buffer *listing_out;

static int list_one(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)type;
    (void)place;
    buffer_printf(listing_out, "%s %ju %jd %jd.%09ld\n", path, (uintmax_t)info->st_ino,
        (intmax_t)info->st_size, (intmax_t)info->st_mtim.tv_sec, info->st_mtim.tv_nsec);
    return 0;
}

static void list(const char *path, struct buffer *out)
{
    buffer_init(out, 1024 * 1024);
    listing_out = out;
    assert_int_equal(nftw(path, list_one, 8, FTW_PHYS), 0);
    assert_true(buffer_ok(out));
}

static void the_same_rows_again_write_nothing(void **state)
{
    struct place *place = *state;
    struct buffer before;
    struct buffer after;
    struct result result = {0};

    (void)publish_three(place, "r1");
    list(in(place->path, "acme/."), &before);
    result = publish_three(place, "r2");
    assert_false(result.changed);
    assert_counts(result.device, 0, 0, 0, 2);
    assert_counts(result.app, 0, 0, 0, 3);
    list(in(place->path, "acme/."), &after);
    assert_string_equal(buffer_text(&before), buffer_text(&after));
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), 1);
    buffer_release(&after);
    buffer_release(&before);
}

static ino_t inode(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_ino;
}

static void files_that_did_not_change_are_hard_links(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    char *first = NULL;
    char *second = NULL;
    const char *digest = NULL;
    struct result result = {0};

    (void)publish_three(place, "r1");
    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.c", "1");
    result = publish(place, load);
    close_run(load);
    assert_true(result.changed);
    assert_true(inode(in(place->path, ".uemsync/acme/snapshots/r1/device.csv")) ==
                inode(in(place->path, "acme/device.csv")));
    assert_true(inode(in(place->path, ".uemsync/acme/snapshots/r1/device_app.csv")) !=
                inode(in(place->path, "acme/device_app.csv")));
    /* The manifest says the same of what is the same. */
    first = read_whole(in(place->path, ".uemsync/acme/snapshots/r1/manifest.json"));
    second = read_whole(in(place->path, "acme/manifest.json"));
    assert_non_null(digest = strstr(first, "{\"file\": \"device.csv\""));
    *strchr(strstr(first, "{\"file\": \"device.csv\""), '}') = '\0';
    assert_non_null(strstr(second, digest));
    free(second);
    free(first);
}

static void staged_rows_win_removed_ones_go_and_the_others_stay(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct result result = {0};

    (void)publish_three(place, "r1");
    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.b", "3");
    remove_app(place, load, "d1", "com.a");
    remove_app(place, load, "d9", "never.there");
    stage_app(place, load, "d0", "com.first", "");
    stage_app(place, load, "d3", "com.last", NULL);
    result = publish(place, load);
    close_run(load);
    assert_counts(result.app, 2, 1, 1, 0);
    assert_counts(result.device, 0, 0, 0, 0);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,d0,com.first,\"\"\nacme,d1,com.b,3\nacme,d2,com.a,1\nacme,d3,com.last,\n");
    /* And the snapshot before it is what it was. */
    assert_file(in(place->path, ".uemsync/acme/snapshots/r1/device_app.csv"),
        APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\nacme,d2,com.a,1\n");
}

static void the_last_of_what_was_staged_counts(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct result result = {0};

    stage_app(place, load, "d1", "a", "old");
    stage_app(place, load, "d1", "b", "old");
    remove_app(place, load, "d1", "b");
    remove_app(place, load, "d1", "c");
    stage_app(place, load, "d1", "c", "back");
    stage_app(place, load, "d1", "a", "new");
    result = publish(place, load);
    close_run(load);
    assert_counts(result.app, 2, 0, 0, 0);
    assert_file(
        in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,a,new\nacme,d1,c,back\n");
}

static void what_was_forgotten_is_as_never_staged(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct result result = {0};

    stage_device(place, load, "d1", "stays");
    stage_app(place, load, "d1", "a", "1");
    stage_app(place, load, "d1", "b", "1");
    remove_app(place, load, "d1", "c");
    assert_true(load->ops->mark(load, &app_relation, &place->err));
    stage_app(place, load, "d1", "b", "2");
    assert_true(load->ops->forget(load, &app_relation, &place->err));
    result = publish(place, load);
    close_run(load);
    assert_counts(result.app, 1, 0, 0, 0);
    assert_counts(result.device, 1, 0, 0, 0);
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,b,2\n");
}

static void a_mark_alone_forgets_nothing(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct result result = {0};

    stage_app(place, load, "d1", "a", "1");
    stage_app(place, load, "d1", "b", "1");
    assert_true(load->ops->mark(load, &app_relation, &place->err));
    stage_app(place, load, "d1", "b", "2");
    result = publish(place, load);
    close_run(load);
    assert_counts(result.app, 2, 0, 0, 0);
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,a,1\nacme,d1,b,2\n");
}

static void removing_the_last_rows_cuts_the_file(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct result result = {0};

    (void)publish_three(place, "r1");
    load = open_run(place, "r2");
    remove_app(place, load, "d2", "com.a");
    result = publish(place, load);
    close_run(load);
    assert_true(result.changed);
    assert_counts(result.app, 0, 0, 1, 0);
    assert_file(
        in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\n");
}

static void relations_without_rows_get_an_empty_file_once(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_true(publish(place, load).changed);
    close_run(load);
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER);
    load = open_run(place, "r2");
    assert_false(publish(place, load).changed);
    close_run(load);
}

static void relations_that_are_not_published_stay(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct load_counts counts = {.relation = &app_relation};
    bool changed = false;

    (void)publish_three(place, "r1");
    load = open_run(place, "r2");
    stage_device(place, load, "d1", "another name");
    stage_app(place, load, "d1", "com.a", "9");
    assert_true(load->ops->publish(load, &counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_true(changed);
    assert_counts(counts, 0, 1, 0, 0);
    assert_true(inode(in(place->path, ".uemsync/acme/snapshots/r1/device.csv")) ==
                inode(in(place->path, "acme/device.csv")));
}

static void a_run_that_is_closed_leaves_what_was_published(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct buffer before;
    struct buffer after;

    (void)publish_three(place, "r1");
    list(in(place->path, "acme/."), &before);
    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.a", "9");
    close_run(load);
    list(in(place->path, "acme/."), &after);
    assert_string_equal(buffer_text(&before), buffer_text(&after));
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 3);
    buffer_release(&after);
    buffer_release(&before);
}

/* Thousands of rows, of which the run stages some: checked against a plain model. */
static void a_merge_of_many_rows_is_what_a_model_says(void **state)
{
    enum { KEYS = 3000, ROUNDS = 4 };
    struct place *place = *state;
    int *model = calloc(KEYS, sizeof *model);
    uint32_t random = 99;

    assert_non_null(model);
    for (int round = 1; round <= ROUNDS; round++) {
        char run_id[16];
        struct load *load = NULL;
        struct buffer wanted;
        char *text = NULL;

        (void)snprintf(run_id, sizeof run_id, "r%d", round);
        load = open_run(place, run_id);
        for (int i = 0; i < KEYS; i++) {
            char identifier[16];
            char version[16];
            int key = 0;

            random = random * 1664525u + 1013904223u;
            key = (int)((random >> 8) % KEYS);
            (void)snprintf(identifier, sizeof identifier, "i%05d", key);
            (void)snprintf(version, sizeof version, "%d", round * 10 + (int)(random >> 30));
            if (random >> 31 == 0 || round == 1) {
                stage_app(place, load, "d", identifier, version);
                model[key] = round * 10 + (int)(random >> 30);
            } else {
                remove_app(place, load, "d", identifier);
                model[key] = 0;
            }
        }
        (void)publish(place, load);
        close_run(load);
        buffer_init(&wanted, 1024 * 1024);
        buffer_append_text(&wanted, APP_HEADER);
        for (int key = 0; key < KEYS; key++) {
            if (model[key] != 0) {
                buffer_printf(&wanted, "acme,d,i%05d,%d\n", key, model[key]);
            }
        }
        text = read_whole(in(place->path, "acme/device_app.csv"));
        assert_string_equal(text, buffer_text(&wanted));
        free(text);
        buffer_release(&wanted);
    }
    free(model);
}

static const struct column wider_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"managed", "", COLUMN_BOOLEAN},
    {"version", "", COLUMN_TEXT},
    {"extra", "", COLUMN_JSONB},
};
static const struct relation wider_relation = {
    "device_app", "", wider_columns, 6, 3, RELATION_KEYED, 0};
static const struct relation *const wider_relations[] = {&device_relation, &wider_relation};

static void a_new_column_lays_old_rows_out_anew(void **state)
{
    struct place *place = *state;
    struct cell cells[6] = {text_cell("acme"), text_cell("d1"), text_cell("com.b"),
        {.is_set = true, .boolean = true}, text_cell("2")};
    struct row row = {&wider_relation, cells};
    struct load *load = open_run(place, "r1");
    struct result result = {0};

    stage_app(place, load, "d1", "com.a", "x,\"\n");
    stage_app(place, load, "d1", "com.b", "2");
    stage_app(place, load, "d1", "com.c", "");
    (void)publish(place, load);
    close_run(load);

    place->schema.relations = wider_relations;
    load = open_run(place, "r2");
    assert_true(load->ops->stage(load, &row, &place->err));
    result = publish(place, load);
    close_run(load);
    assert_counts(result.app, 0, 1, 0, 0);
    assert_file(in(place->path, "acme/device_app.csv"),
        "tenant,device_id,identifier,managed,version,extra\n"
        "acme,d1,com.a,,\"x,\"\"\n\",\n"
        "acme,d1,com.b,t,2,\n"
        "acme,d1,com.c,,\"\",\n");

    /* And back again: the columns that went are dropped, and with nothing staged at all. */
    place->schema.relations = both_relations;
    load = open_run(place, "r3");
    assert_true(publish(place, load).changed);
    close_run(load);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,d1,com.a,\"x,\"\"\n\"\nacme,d1,com.b,2\nacme,d1,com.c,\"\"\n");
}

/* Takes each row's device and identifier. */
static bool collect_key(void *context, const struct str *key, struct error *err)
{
    struct buffer *keys = context;

    (void)err;
    buffer_append_str(keys, key[0]);
    buffer_append_char(keys, '/');
    buffer_append_str(keys, key[1]);
    buffer_append_char(keys, ';');
    return true;
}

static void assert_keys(struct place *place, struct load *load, const char *wanted)
{
    static const size_t columns[] = {1, 2};
    struct buffer keys;

    buffer_init(&keys, 1024);
    assert_true(
        load->ops->published(load, &app_relation, columns, 2, collect_key, &keys, &place->err));
    assert_string_equal(buffer_text(&keys), wanted);
    buffer_release(&keys);
}

/* csv_safe on, on, off: rows keep their keys and their values. */
static void csv_safe_can_be_switched(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    place->settings.csv_safe = true;
    load = open_run(place, "r1");
    stage_app(place, load, "=d1", "'=x", "+49,1");
    stage_app(place, load, "=d1", "=x", "plain");
    assert_counts(publish(place, load).app, 2, 0, 0, 0);
    close_run(load);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,'=d1,''=x,\"'+49,1\"\nacme,'=d1,'=x,plain\n");

    load = open_run(place, "r2");
    assert_keys(place, load, "=d1/'=x;=d1/=x;");
    stage_app(place, load, "=d1", "'=x", "+49,1");
    assert_counts(publish(place, load).app, 0, 0, 0, 1);
    close_run(load);

    place->settings.csv_safe = false;
    load = open_run(place, "r3");
    assert_keys(place, load, "=d1/'=x;=d1/=x;");
    stage_app(place, load, "=d1", "'=x", "+49,1");
    assert_counts(publish(place, load).app, 0, 0, 0, 1);
    close_run(load);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,=d1,'=x,\"+49,1\"\nacme,=d1,=x,plain\n");
}

static void a_reader_in_the_old_snapshot_keeps_seeing_it(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    int reader = -1;
    int file = -1;
    char text[256] = "";

    (void)publish_three(place, "r1");
    reader = open(in(place->path, "acme"), O_RDONLY | O_DIRECTORY);
    assert_true(reader >= 0);
    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.a", "9");
    (void)publish(place, load);
    close_run(load);
    file = openat(reader, "device_app.csv", O_RDONLY);
    assert_true(read(file, text, sizeof text - 1) > 0);
    assert_string_equal(text, APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\nacme,d2,com.a,1\n");
    (void)close(file);
    (void)close(reader);
}

static void a_row_of_another_tenant_or_relation_is_refused(void **state)
{
    static const struct relation unknown = {"unknown", "", app_columns, 4, 3, RELATION_KEYED, 0};
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct cell cells[4] = {text_cell("other"), text_cell("d"), text_cell("i"), text_cell("v")};
    struct row row = {&app_relation, cells};

    assert_false(load->ops->stage(load, &row, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    cells[0] = text_cell("acme");
    row.relation = &unknown;
    assert_false(load->ops->stage(load, &row, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
}

static void a_damaged_file_is_an_error_and_stays(void **state)
{
    static const char *const texts[] = {
        "",                                                        /* no header */
        "tenant,device_id,identifier,version\r\n",                 /* an editor's line ends */
        "\xef\xbb\xbftenant,device_id,identifier,version\n",       /* an editor's mark */
        APP_HEADER "acme,d1,com.a,1\nacme,d1",                     /* cut off */
        APP_HEADER "acme,d1,\"com.a,1\n",                          /* an open quote */
        APP_HEADER "acme,d1\n",                                    /* too few fields for the key */
        APP_HEADER "other,d1,com.a,1\n",                           /* of another tenant */
        APP_HEADER "acme,d2,com.a,1\nacme,d1,com.a,1\nacme,e,,\n", /* out of order */
        APP_HEADER "acme,d1,com.a,1\nacme,d1,com.a,2\nacme,e,,\n", /* a key twice */
        "tenant,device_id,identifier,version,old\nacme,d1,com.a,1\n", /* not as its header */
    };
    struct place *place = *state;

    (void)publish_three(place, "r1");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct load *load = open_run(place, "r2");
        struct result result = {0};

        write_whole(in(place->path, "acme/device_app.csv"), texts[i]);
        stage_app(place, load, "d9", "com.z", "1");
        assert_false(try_publish(place, load, &result));
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "device_app.csv: is damaged"));
        close_run(load);
        assert_file(in(place->path, "acme/device_app.csv"), texts[i]);
        assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
    }
}

static void a_disk_that_fills_up_leaves_what_was_published(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct result result = {0};
    struct rlimit before;
    struct buffer earlier;
    struct buffer later;
    bool ok = true;

    (void)publish_three(place, "r1");
    list(in(place->path, "acme/."), &earlier);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    /* Full at the rows, then at the manifest, which is the longest of the files. */
    for (rlim_t bytes = 0; bytes < 400; bytes += 50) {
        load = open_run(place, "r2");
        stage_app(place, load, "d1", "com.c", "1");
        limit_files(bytes);
        ok = try_publish(place, load, &result);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        close_run(load);
        assert_false(ok);
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "File too large"));
        assert_int_equal(count_names(in(place->path, ".uemsync/acme/snapshots")), 1);
        assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), 1);
    }
    list(in(place->path, "acme/."), &later);
    assert_string_equal(buffer_text(&earlier), buffer_text(&later));
    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.c", "1");
    assert_counts(publish(place, load).app, 1, 0, 0, 0);
    close_run(load);
    buffer_release(&later);
    buffer_release(&earlier);
}

static void a_run_id_that_was_used_is_refused(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct result result = {0};

    (void)publish_three(place, "r1");
    load = open_run(place, "r1");
    stage_app(place, load, "d1", "com.c", "1");
    assert_false(try_publish(place, load, &result));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\nacme,d2,com.a,1\n");
}

static void without_its_state_a_snapshot_is_read_again(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    char *first = NULL;
    char *second = NULL;

    (void)publish_three(place, "r1");
    first = read_whole(in(place->path, "acme/manifest.json"));
    assert_int_equal(unlink(in(place->path, ".uemsync/acme/states/r1")), 0);
    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.c", "1");
    assert_counts(publish(place, load).app, 1, 0, 0, 0);
    close_run(load);
    second = read_whole(in(place->path, "acme/manifest.json"));
    *strchr(strstr(first, "{\"file\": \"device.csv\""), '}') = '\0';
    assert_non_null(strstr(second, strstr(first, "{\"file\": \"device.csv\"")));
    assert_non_null(strstr(second, "\"relation\": \"device_app\", \"rows\": 4,"));
    free(second);
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_are_published_in_the_order_of_their_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_link_is_relative_and_all_is_private, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_manifest_names_run_rows_bytes_and_digests, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_rows_again_write_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            files_that_did_not_change_are_hard_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            staged_rows_win_removed_ones_go_and_the_others_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_of_what_was_staged_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mark_alone_forgets_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_forgotten_is_as_never_staged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(removing_the_last_rows_cuts_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            relations_without_rows_get_an_empty_file_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(relations_that_are_not_published_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_run_that_is_closed_leaves_what_was_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_merge_of_many_rows_is_what_a_model_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_column_lays_old_rows_out_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(csv_safe_can_be_switched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_reader_in_the_old_snapshot_keeps_seeing_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_row_of_another_tenant_or_relation_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_an_error_and_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_disk_that_fills_up_leaves_what_was_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_run_id_that_was_used_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            without_its_state_a_snapshot_is_read_again, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
