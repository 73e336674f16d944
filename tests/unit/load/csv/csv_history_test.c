#include "unit/load/csv/keeps.h"

#include "load/csv/csv_state.h"
#include "load/csv/csv_text.h"

static void rename_device(struct place *place, struct load *load, const char *from, const char *to)
{
    assert_true(load->ops->rename(load, str_of(from), str_of(to), &place->err));
}

/* Publishes a device with this name, and nothing else; NULL: it goes. */
static struct keeping name_device(
    struct place *place, const char *run_id, int64_t seconds, const char *device, const char *name)
{
    struct load *load = open_at(place, run_id, seconds);

    if (name != NULL) {
        stage_seen(place, load, device, name, 1, at(seconds));
    } else {
        remove_device(place, load, device);
    }
    return keep(place, load);
}

static void each_device_begins_with_a_state(void **state)
{
    struct place *place = *state;
    struct load *load = open_at(place, "r1", 1);
    struct keeping keeping;

    stage_seen(place, load, "d2", "a,\"b", 2, at(0));
    stage_seen(place, load, "d1", NULL, 1, at(0));
    keeping = keep(place, load);
    assert_history(place, "acme,d1," AT("01") ",,,1\nacme,d2," AT("01") ",,\"a,\"\"b\",2\n");
    assert_counts(keeping.counts[KEEP_HISTORY], 2, 0, 0, 0);
    assert_int_equal(permissions(in(place->path, "acme/device_history.csv")), 0600);
}

static void a_tenant_without_devices_has_an_empty_history(void **state)
{
    struct place *place = *state;

    (void)keep(place, open_at(place, "r1", 1));
    assert_history(place, "");
}

static void a_row_that_differs_ends_a_state_and_begins_one(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct keeping keeping;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    (void)name_device(place, "r2", 2, "d2", "Zwei");
    load = open_at(place, "r3", 3);
    stage_seen(place, load, "d1", "Uno", 1, at(0));
    stage_seen(place, load, "d0", "Null", 1, at(0));
    stage_seen(place, load, "d3", "Drei", 1, at(0));
    keeping = keep(place, load);
    assert_counts(keeping.counts[KEEP_HISTORY], 3, 1, 0, 0);
    assert_history(place,
        "acme,d0," AT("03") ",,Null,1\n"
                            "acme,d1," AT("01") "," AT("03") ",Eins,1\nacme,d1," AT(
                                "03") ",,Uno,1\n"
                                      "acme,d2," AT("02") ",,Zwei,1\nacme,d3," AT(
                                          "03") ",,Drei,1\n");
}

static void what_is_not_kept_makes_no_state(void **state)
{
    struct place *place = *state;
    struct keeping keeping;
    ino_t before = 0;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    before = inode(in(place->path, "acme/device_history.csv"));
    keeping = name_device(place, "r2", 2, "d1", "Eins");
    assert_true(keeping.changed);
    assert_counts(keeping.counts[KEEP_DEVICE], 0, 1, 0, 0);
    assert_counts(keeping.counts[KEEP_HISTORY], 0, 0, 0, 0);
    assert_int_equal(inode(in(place->path, "acme/device_history.csv")), before);
}

static void a_device_that_is_gone_ends_its_state(void **state)
{
    struct place *place = *state;
    struct keeping keeping;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    (void)name_device(place, "r2", 2, "d2", "Zwei");
    keeping = name_device(place, "r3", 3, "d1", NULL);
    assert_counts(keeping.counts[KEEP_HISTORY], 0, 1, 0, 0);
    assert_history(
        place, "acme,d1," AT("01") "," AT("03") ",Eins,1\nacme,d2," AT("02") ",,Zwei,1\n");
    /* It stays ended, and comes back as another state even where it is the same. */
    (void)name_device(place, "r4", 4, "d3", "Drei");
    (void)name_device(place, "r5", 5, "d1", "Eins");
    assert_history(place, "acme,d1," AT("01") "," AT("03") ",Eins,1\nacme,d1," AT(
                              "05") ",,Eins,1\n"
                                    "acme,d2," AT("02") ",,Zwei,1\nacme,d3," AT("04") ",,Drei,1\n");
}

/* Nothing of it is read where it cannot have changed: it may even be damaged, as long as its size
 * is what it was. */
#define DAMAGED "acme,d1," AT("01") ",,Ei\"s,1\n"

static void a_run_that_leaves_the_devices_leaves_the_history_unread(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct keeping keeping;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    write_whole(in(place->path, "acme/device_history.csv"), HISTORY_HEADER DAMAGED);
    load = open_at(place, "r2", 2);
    list(place, load, &software_relation, "d1", "com.a|1|");
    keeping = keep(place, load);
    assert_true(keeping.changed);
    assert_history(place, DAMAGED);
    load = open_at(place, "r3", 3);
    stage_seen(place, load, "d1", "Uno", 1, at(0));
    assert_false(try_keep(&(struct keeping){.place = place, .load = load}));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
}

static void damage_is_found(void **state)
{
    static const char *const rows[] = {"acme,d1,yesterday,,Eins,1\n", "acme,d1,,,Eins,1\n",
        "acme,d1," AT("01") ",never,Eins,1\n", "acme,d1," AT("01") ",,Eins\n",
        "acme,d1," AT("01") ",,Eins,1,2\n", "acme,d1," AT("01") ",,Ei\"ns,1\n",
        "acme,d1," AT("02") ",,Eins,1\nacme,d1," AT("01") ",,Eins,1\n", "other,d1,,,,\n"};
    struct place *place = *state;
    struct load *load = NULL;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = NULL;

        assert_true(asprintf(&text, HISTORY_HEADER "%s", rows[i]) > 0);
        write_whole(in(place->path, "acme/device_history.csv"), text);
        free(text);
        load = open_at(place, "r2", 2);
        stage_seen(place, load, "d1", "Uno", 1, at(0));
        assert_false(try_keep(&(struct keeping){.place = place, .load = load}));
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        close_run(load);
    }
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
}

static void a_clock_that_goes_back_makes_no_overlap(void **state)
{
    struct place *place = *state;

    (void)name_device(place, "r1", 5, "d1", "Eins");
    (void)name_device(place, "r2", 5, "d1", "Uno");
    (void)name_device(place, "r3", 2, "d1", "Un");
    assert_history(place,
        "acme,d1," AT("05") ",2020-01-01T00:00:05.001Z,Eins,1\n"
                            "acme,d1,2020-01-01T00:00:05.001Z,2020-01-01T00:00:05.002Z,Uno,1\n"
                            "acme,d1,2020-01-01T00:00:05.002Z,,Un,1\n");
    /* Nor where it went, and comes again. */
    (void)name_device(place, "r4", 9, "d1", NULL);
    (void)name_device(place, "r5", 3, "d1", "Un");
    assert_history(place,
        "acme,d1," AT("05") ",2020-01-01T00:00:05.001Z,Eins,1\n"
                            "acme,d1,2020-01-01T00:00:05.001Z,2020-01-01T00:00:05.002Z,Uno,1\n"
                            "acme,d1,2020-01-01T00:00:05.002Z," AT("09") ",Un,1\nacme,d1," AT(
                                "09") ",,Un,1\n");
}

static void states_that_ended_long_ago_go(void **state)
{
    struct place *place = *state;
    struct keeping keeping;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    (void)name_device(place, "r2", 2, "d1", "Uno");
    (void)name_device(place, "r3", 4, "d1", "Un");
    place->settings.keep_history_ms = 10000;
    /* Exactly as old as is kept. */
    assert_false(keep(place, open_at(place, "r4", 12)).changed);
    keeping = keep(place, open_at(place, "r5", 13));
    assert_true(keeping.changed);
    assert_counts(keeping.counts[KEEP_HISTORY], 0, 0, 1, 0);
    assert_history(place, "acme,d1," AT("02") "," AT("04") ",Uno,1\nacme,d1," AT("04") ",,Un,1\n");
    /* A state that holds still is as old as it may be. */
    keeping = keep(place, open_at(place, "r6", 400 * DAY));
    assert_counts(keeping.counts[KEEP_HISTORY], 0, 0, 1, 0);
    assert_history(place, "acme,d1," AT("04") ",,Un,1\n");
    assert_false(keep(place, open_at(place, "r7", 800 * DAY)).changed);
}

/* When the first state ended is known from the state of the snapshot; where that is lost, it is
 * looked for. */
static void a_lost_state_is_made_up_for(void **state)
{
    struct place *place = *state;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    (void)name_device(place, "r2", 2, "d1", "Uno");
    write_whole(in(place->path, ".uemsync/acme/states/r2"), "lost");
    place->settings.keep_history_ms = 10000;
    assert_counts(keep(place, open_at(place, "r3", 60)).counts[KEEP_HISTORY], 0, 0, 1, 0);
    assert_history(place, "acme,d1," AT("02") ",,Uno,1\n");
}

/* A tenant that was published before there was a history. */
static void a_history_can_begin_later(void **state)
{
    struct place *place = *state;
    struct load_schema schema = place->schema;
    static const struct relation *const before[] = {&device_relation};
    struct load_counts counts = {.relation = &device_relation};
    struct load *load = NULL;
    bool changed = false;

    place->schema = (struct load_schema){.relations = before, .count = 1};
    load = open_at(place, "r1", 1);
    stage_seen(place, load, "d1", "Eins", 1, at(0));
    assert_true(load->ops->publish(load, &counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_false(is_there(in(place->path, "acme/device_history.csv")));
    place->schema = schema;
    /* The counts need not ask for it. */
    load = open_at(place, "r2", 2);
    assert_true(load->ops->publish(load, &counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_true(changed);
    assert_history(place, "acme,d1," AT("02") ",,Eins,1\n");
}

/* The columns of tomorrow: one more in both. */
static void a_new_column_makes_new_states(void **state)
{
    static const struct column columns[] = {{"tenant", "", COLUMN_TEXT},
        {"device_id", "", COLUMN_TEXT}, {"valid_from", "", COLUMN_TIMESTAMPTZ},
        {"valid_to", "", COLUMN_TIMESTAMPTZ}, {"compliant", "", COLUMN_BOOLEAN},
        {"name", "", COLUMN_TEXT}, {"code", "", COLUMN_BIGINT}};
    static const struct relation wider = {"device_history", "", columns, 7, 3, RELATION_HISTORY, 0};
    static const struct relation *const relations[] = {&device_relation, &wider};
    struct place *place = *state;
    struct load_counts counts[] = {{.relation = &device_relation}, {.relation = &wider}};
    struct cell cells[10] = {text_cell("acme"), text_cell("d1"), text_cell("Eins"),
        {.is_set = true, .boolean = true}, {.is_set = true, .number = 1}};
    struct load *load = open_at(place, "r1", 1);
    bool changed = false;

    assert_true(load->ops->stage(load, &(struct row){&device_relation, cells}, &place->err));
    stage_seen(place, load, "d2", "Zwei", 1, at(1));
    (void)keep(place, load);
    place->schema = (struct load_schema){
        .relations = relations, .count = 2, .history = &wider, .history_of = &device_relation};
    load = open_at(place, "r2", 2);
    assert_true(load->ops->publish(load, counts, 2, NULL, &changed, &place->err));
    close_run(load);
    assert_file(in(place->path, "acme/device_history.csv"),
        "tenant,device_id,valid_from,valid_to,compliant,name,code\n"
        "acme,d1," AT("01") "," AT("02") ",,Eins,1\nacme,d1," AT("02") ",,t,Eins,1\n"
                                                                       "acme,d2," AT(
                                                                           "01") ",,,Zwei,1\n");
    assert_counts(counts[1], 1, 1, 0, 0);
}

static void guards_make_no_states(void **state)
{
    struct place *place = *state;

    place->settings.csv_safe = true;
    (void)name_device(place, "r1", 1, "d1", "=1");
    assert_history(place, "acme,d1," AT("01") ",,'=1,1\n");
    place->settings.csv_safe = false;
    (void)name_device(place, "r2", 2, "d2", "=2");
    assert_history(place, "acme,d1," AT("01") ",,=1,1\nacme,d2," AT("02") ",,=2,1\n");
    place->settings.csv_safe = true;
    (void)keep(place, open_at(place, "r3", 3));
    assert_history(place, "acme,d1," AT("01") ",,'=1,1\nacme,d2," AT("02") ",,'=2,1\n");
}

/* The history goes over to the new name, into its place in the order. */
static void a_renamed_device_takes_its_history_along(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct keeping keeping;

    (void)name_device(place, "r1", 1, "mdm:7", "Eins");
    (void)name_device(place, "r2", 2, "mdm:7", "Uno");
    (void)name_device(place, "r3", 3, "d5", "Drei");
    (void)name_device(place, "r4", 3, "z", "Z");
    load = open_at(place, "r5", 5);
    rename_device(place, load, "mdm:7", "=\"d,6");
    remove_device(place, load, "mdm:7");
    stage_seen(place, load, "=\"d,6", "Uno", 1, at(9));
    keeping = keep(place, load);
    /* The state at hand goes on. */
    assert_counts(keeping.counts[KEEP_HISTORY], 0, 0, 0, 0);
    assert_history(place,
        "acme,\"=\"\"d,6\"," AT("01") "," AT(
            "02") ",Eins,1\n"
                  "acme,\"=\"\"d,6\"," AT("02") ",,Uno,1\n"
                                                "acme,d5," AT("03") ",,Drei,1\nacme,z," AT(
                                                    "03") ",,Z,1\n");
    /* To the end of the file, and under a guard. */
    place->settings.csv_safe = true;
    load = open_at(place, "r6", 6);
    rename_device(place, load, "z", "zz");
    rename_device(place, load, "=\"d,6", "=zzz");
    remove_device(place, load, "z");
    remove_device(place, load, "=\"d,6");
    stage_seen(place, load, "zz", "Y", 1, at(9));
    stage_seen(place, load, "=zzz", "Uno", 1, at(9));
    (void)keep(place, load);
    assert_history(place,
        "acme,'=zzz," AT("01") "," AT("02") ",Eins,1\nacme,'=zzz," AT(
            "02") ",,Uno,1\n"
                  "acme,d5," AT("03") ",,Drei,1\n"
                                      "acme,zz," AT("03") "," AT("06") ",Z,1\nacme,zz," AT(
                                          "06") ",,Y,1\n");
}

/* Renaming alone, without a row that was staged. */
static void a_name_with_a_history_of_its_own_keeps_it(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    (void)name_device(place, "r1", 1, "a", "A");
    (void)name_device(place, "r2", 2, "b", "B");
    (void)name_device(place, "r3", 3, "c", "C");
    load = open_at(place, "r4", 4);
    rename_device(place, load, "a", "b");
    rename_device(place, load, "c", "c");
    rename_device(place, load, "none", "d");
    assert_false(keep(place, load).changed);
    assert_history(
        place, "acme,a," AT("01") ",,A,1\nacme,b," AT("02") ",,B,1\nacme,c," AT("03") ",,C,1\n");
    /* Two that get one name: the first has it, and the second keeps its own. */
    load = open_at(place, "r5", 5);
    rename_device(place, load, "c", "x");
    rename_device(place, load, "a", "y");
    rename_device(place, load, "b", "x");
    rename_device(place, load, "a", "z");
    remove_device(place, load, "a");
    remove_device(place, load, "b");
    remove_device(place, load, "c");
    (void)keep(place, load);
    assert_history(place, "acme,b," AT("02") "," AT("05") ",B,1\nacme,x," AT("03") "," AT(
                              "05") ",C,1\n"
                                    "acme,z," AT("01") "," AT("05") ",A,1\n");
    assert_false(is_there(in(place->path, ".uemsync/acme/again")));
}

static void names_that_are_no_keys_are_refused(void **state)
{
    static char name[CEILING_KEY + 1];
    struct place *place = *state;
    struct load *load = open_at(place, "r1", 1);

    memset(name, 'x', sizeof name);
    assert_false(
        load->ops->rename(load, str_of("a"), (struct str){name, sizeof name}, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    assert_false(load->ops->rename(load, (struct str){"a\0b", 3}, str_of("b"), &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    stage_seen(place, load, "d1", "Eins", 1, at(0));
    (void)keep(place, load);
    assert_history(place, "acme,d1," AT("01") ",,Eins,1\n");
}

static void no_more_renames_than_fit_are_taken(void **state)
{
    struct place *place = *state;
    struct load *load = open_at(place, "r1", 1);
    char from[CEILING_KEY + 1];
    bool ok = true;
    int count = 0;

    memset(from, 'x', CEILING_KEY);
    from[CEILING_KEY] = '\0';
    for (; ok && count < CEILING_RENAMES / CEILING_KEY; count++) {
        (void)snprintf(from, 9, "%08d", count);
        from[8] = 'x';
        ok = load->ops->rename(load, str_of(from), str_of(from + 1), &place->err);
    }
    assert_false(ok);
    assert_true(count > 1000);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
}

/* Many devices, and as many renames: the order holds, and so does each device's state. */
static void many_devices_can_be_renamed_at_once(void **state)
{
    enum { MANY = 2000 };
    struct place *place = *state;
    struct load *load = open_at(place, "r1", 1);
    struct keeping keeping;
    char from[16];
    char to[16];

    for (int i = 0; i < MANY; i++) {
        (void)snprintf(from, sizeof from, "mdm:%d", i);
        stage_seen(place, load, from, from, i, at(0));
    }
    (void)keep(place, load);
    load = open_at(place, "r2", 2);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(from, sizeof from, "mdm:%d", i);
        (void)snprintf(to, sizeof to, "d%d", (i * 7) % MANY);
        rename_device(place, load, from, to);
        remove_device(place, load, from);
        stage_seen(place, load, to, from, i, at(0));
    }
    keeping = keep(place, load);
    assert_counts(keeping.counts[KEEP_DEVICE], MANY, 0, MANY, 0);
    assert_counts(keeping.counts[KEEP_HISTORY], 0, 0, 0, 0);
    assert_false(keep(place, open_at(place, "r3", 3)).changed);
    /* A pass over all of it finds it in order. */
    (void)name_device(place, "r4", 4, "d0", "x");
}

static bool count_row(void *context, const struct str *texts, struct error *err)
{
    int *open = context;

    (void)err;
    *open += texts[0].data == NULL ? 1 : 0;
    return true;
}

static void the_history_can_be_read(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    size_t column = 3;
    int open = 0;

    (void)name_device(place, "r1", 1, "d1", "Eins");
    (void)name_device(place, "r2", 2, "d1", "Uno");
    load = open_at(place, "r3", 3);
    assert_true(
        load->ops->published(load, &history_relation, &column, 1, count_row, &open, &place->err));
    close_run(load);
    assert_int_equal(open, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_device_begins_with_a_state, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_tenant_without_devices_has_an_empty_history, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_row_that_differs_ends_a_state_and_begins_one, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_kept_makes_no_state, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_device_that_is_gone_ends_its_state, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_run_that_leaves_the_devices_leaves_the_history_unread, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_found, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_clock_that_goes_back_makes_no_overlap, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(states_that_ended_long_ago_go, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_state_is_made_up_for, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(a_history_can_begin_later, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(a_new_column_makes_new_states, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(guards_make_no_states, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_renamed_device_takes_its_history_along, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            a_name_with_a_history_of_its_own_keeps_it, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(names_that_are_no_keys_are_refused, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(no_more_renames_than_fit_are_taken, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(
            many_devices_can_be_renamed_at_once, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(the_history_can_be_read, set_up_keep, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
