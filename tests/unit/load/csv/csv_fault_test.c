/* A run whose n-th call to the file system fails, or that dies before it, for every n:
 * readers see the old snapshot or the new one, whole, and the next run carries on. The history is
 * part of the snapshot; changes, rejects and what is told are those of the one that is seen. */
#include "unit/load/csv/keeps.h"

#include <sys/wait.h>

#include "unit/load/csv/faults.h"

enum { FAULT_COUNT = 8 };
static const struct relation *const fault_relations[FAULT_COUNT] = {&device_relation, &app_relation,
    &software_relation, &reject_relation, &member_relation, &run_relation, &run_entity_relation,
    &history_relation};

static struct place *set_up_fault(void)
{
    void *fresh = NULL;
    struct place *place = NULL;

    (void)set_up(&fresh);
    place = fresh;
    place->schema = (struct load_schema){.relations = fault_relations,
        .count = FAULT_COUNT,
        .history = &history_relation,
        .history_of = &device_relation};
    place->settings.keep_changes = 9;
    place->settings.keep_runs_ms = 1000 * DAY;
    return place;
}

static void tear_down_fault(struct place *place)
{
    void *fresh = place;

    (void)tear_down(&fresh);
}

#define OLD_APPS APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\nacme,d2,com.a,1\n"
#define NEW_APPS APP_HEADER "acme,d1,com.a,9\nacme,d1,com.b,2\nacme,d3,com.a,1\n"

#define OLD_SOFTWARE SOFTWARE_HEADER "acme,d1,com.a,1,\nacme,d2,com.a,1,\n"
#define NEW_SOFTWARE SOFTWARE_HEADER "acme,d1,com.b,1,\nacme,d2,com.a,1,\nacme,d3,com.a,1,\n"
#define OLD_MEMBERS MEMBER_HEADER "acme,g1,d1\nacme,g1,d2\n"
#define NEW_MEMBERS MEMBER_HEADER "acme,g1,d2\nacme,g2,d1\n"

#define OLD_HISTORY "acme,d2," AT("01") ",,Zwei,\nacme,d9," AT("01") ",,Neun,\n"
/* The run that made it began with second `at`. */
#define NEW_HISTORY(at)                                                                            \
    "acme,d2," AT("01") "," AT(at) ",Zwei,\nacme,d2," AT(at) ",,Zwo,\nacme,d8," AT("01") ",,Neun," \
                                                                                         "\n"

struct fault_end {
    struct place *place;
    struct load *load;
    const char *run_id;
    const struct load_counts *apps;
};

static bool fault_tell(void *context, struct error *err)
{
    const struct fault_end *end = context;
    bool ok = try_tell(end->place, end->load, end->run_id, "complete", NULL) &&
              try_tell_entities(end->place, end->load, end->run_id, end->apps->updated);

    if (!ok) {
        *err = end->place->err;
    }
    return ok;
}

static bool fault_publish(struct place *place, struct load *load, const char *run_id)
{
    struct load_counts counts[FAULT_COUNT];
    struct fault_end told = {place, load, run_id, &counts[1]};
    struct load_end end = {fault_tell, &told};
    bool changed = false;

    for (size_t i = 0; i < FAULT_COUNT; i++) {
        counts[i] = (struct load_counts){.relation = fault_relations[i]};
    }
    return load->ops->publish(load, counts, FAULT_COUNT, &end, &changed, &place->err);
}

static void publish_first(struct place *place)
{
    struct load *load = open_at(place, "r1", 1);

    stage_device(place, load, "d2", "Zwei");
    stage_device(place, load, "d9", "Neun");
    stage_app(place, load, "d2", "com.a", "1");
    stage_app(place, load, "d1", "com.b", "2");
    stage_app(place, load, "d1", "com.a", "1");
    list(place, load, &software_relation, "d1", "com.a|1|");
    list(place, load, &software_relation, "d2", "com.a|1|");
    list(place, load, &member_relation, "d1", "g1");
    list(place, load, &member_relation, "d2", "g1");
    assert_true(fault_publish(place, load, "r1"));
    close_run(load);
}

static bool stage_changes(struct place *place, struct load *load, const char *run_id)
{
    bool ok = try_stage_app(place, load, "d1", "com.a", "9") &&
              try_stage_app(place, load, "d3", "com.a", "1") &&
              try_log(place, load, 1, "acme", run_id) &&
              try_list(place, load, &software_relation, "d1", "com.b|1|") &&
              try_list(place, load, &software_relation, "d3", "com.a|1|") &&
              try_list(place, load, &member_relation, "d1", "g2") &&
              load->ops->rename(load, str_of("d9"), str_of("d8"), &place->err);

    remove_app(place, load, "d2", "com.a");
    stage_device(place, load, "d2", "Zwo");
    stage_device(place, load, "d8", "Neun");
    remove_device(place, load, "d9");
    return ok;
}

/* A run that changes some relations, and leaves others. Its name says when it begins. */
static bool change(struct place *place, const char *run_id)
{
    struct load *load = NULL;
    bool ok = try_open_at(place, run_id, at(run_id[1] - '0'), &load);

    if (ok) {
        ok = try_tell(place, load, run_id, "running", NULL) && stage_changes(place, load, run_id) &&
             fault_publish(place, load, run_id);
        if (!ok) {
            struct error first = place->err;

            (void)try_tell(place, load, run_id, "failed", "met a fault");
            place->err = first;
        }
        close_run(load);
    }
    return ok;
}

/* One snapshot, whole: its rows are those of the run that its manifest names. */
static bool assert_whole(struct place *place)
{
    char *manifest = read_whole(in(place->path, "acme/manifest.json"));
    char *devices = read_whole(in(place->path, "acme/device.csv"));
    bool is_new = false;

    assert_non_null(manifest);
    assert_non_null(devices);
    is_new = strstr(manifest, "\"run_id\": \"r2\"") != NULL;
    assert_file(in(place->path, "acme/device_app.csv"), is_new ? NEW_APPS : OLD_APPS);
    assert_file(in(place->path, "acme/software.csv"), is_new ? NEW_SOFTWARE : OLD_SOFTWARE);
    assert_file(
        in(place->path, "acme/device_group_member.csv"), is_new ? NEW_MEMBERS : OLD_MEMBERS);
    assert_history(place, is_new ? NEW_HISTORY("02") : OLD_HISTORY);
    assert_non_null(strstr(devices, is_new ? "acme,d2,Zwo,,,,,,,\n" : "acme,d2,Zwei,,,,,,,\n"));
    assert_true(is_new || !is_there(in(place->path, "changes/acme/r2")));
    free(devices);
    free(manifest);
    return is_new;
}

static void assert_tidy(struct place *place)
{
    size_t kept = count_names(in(place->path, ".uemsync/acme/snapshots"));

    assert_true(kept >= 1 && kept <= 2);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), kept);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 6);
}

static void assert_changes(struct place *place, const char *run_id)
{
    char path[64];

    (void)snprintf(path, sizeof path, "changes/acme/%s", run_id);
    assert_int_equal(count_names(in(place->path, path)), 4);
    assert_file(in(in(place->path, path), "device_app.csv"),
        "op," APP_HEADER "update,acme,d1,com.a,9\ndelete,acme,d2,com.a,1\n"
        "insert,acme,d3,com.a,1\n");
    assert_file(in(in(place->path, path), "software.csv"),
        "op," SOFTWARE_HEADER "delete,acme,d1,com.a,1,\ninsert,acme,d1,com.b,1,\n"
        "insert,acme,d3,com.a,1,\n");
    assert_file(in(in(place->path, path), "device_group_member.csv"),
        "op," MEMBER_HEADER "delete,acme,g1,d1\ninsert,acme,g2,d1\n");
    assert_file(in(in(place->path, path), "device.csv"),
        "op," DEVICE_HEADER "update,acme,d2,Zwo,,,,,,,\ninsert,acme,d8,Neun,,,,,,,\n"
        "delete,acme,d9,Neun,,,,,,,\n");
}

/* What is told of run r2, once the next one has begun: that it is complete where it is published,
 * and else that it failed, if anything. With `either` both will do for one that is: it failed, but
 * only behind the switch. */
static void assert_told(struct place *place, bool was_new, bool either)
{
    char *run = read_whole(in(place->path, ".uemsync/acme/sync_run/r2.csv"));
    bool failed = run != NULL && strstr(run, ",failed,") != NULL;
    bool complete = run != NULL && strcmp(run, RUN_HEADER "r2,acme,,complete,\n") == 0;

    assert_true(was_new ? complete || (either && failed) : run == NULL || failed);
    free(run);
    assert_int_equal(is_there(in(place->path, ".uemsync/acme/sync_run_entity/r2.csv")), was_new);
    if (was_new) {
        assert_file(in(place->path, ".uemsync/acme/sync_run_entity/r2.csv"),
            ENTITY_HEADER "r2,software,1\nr2,device,\n");
    }
}

/* What a run does that meets the fault at call `n`; false when it makes fewer calls. */
static bool fail_at(struct place *place, int n, bool *succeeded)
{
    bool met = false;

    fault_left = n;
    fault_mode = FAULT_FAIL;
    *succeeded = change(place, "r2");
    met = fault_left <= 0;
    fault_mode = FAULT_NONE;
    return met;
}

static bool die_at(struct place *place, const char *run_id, enum fault_mode mode, int n)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        fault_left = n;
        fault_mode = mode;
        _exit(change(place, run_id) ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0);
    return WEXITSTATUS(status) == 9;
}

/* Run `run_id`, with nothing in its way, arrives at the same rows; and what run r2 left behind is
 * there exactly when its rows are. */
static void assert_next_run_carries_on(
    struct place *place, const char *run_id, bool was_new, bool either)
{
    const char *log = ".uemsync/acme/rejected_record/r2.csv";
    char path[64];

    assert_true(change(place, run_id));
    assert_file(in(place->path, "acme/device_app.csv"), NEW_APPS);
    assert_file(in(place->path, "acme/software.csv"), NEW_SOFTWARE);
    assert_file(in(place->path, "acme/device_group_member.csv"), NEW_MEMBERS);
    assert_history(place, was_new ? NEW_HISTORY("02") : NEW_HISTORY("03"));
    (void)snprintf(path, sizeof path, ".uemsync/acme/rejected_record/%s.csv", run_id);
    assert_true(is_there(in(place->path, path)));
    assert_int_equal(is_there(in(place->path, log)), was_new);
    if (was_new) {
        assert_file(in(place->path, log), REJECT_HEADER "r,1,acme,r2\n");
    }
    assert_int_equal(count_names(in(place->path, "changes/acme")), 2);
    assert_changes(place, was_new ? "r2" : "r3");
    assert_told(place, was_new, either);
    (void)snprintf(path, sizeof path, ".uemsync/acme/sync_run/%s.csv", run_id);
    assert_true(is_there(in(place->path, path)));
    assert_tidy(place);
}

static void every_failing_call_is_an_error_or_harmless(void **state)
{
    bool met = true;
    int n = 1;

    (void)state;
    for (; met; n++) {
        struct place *place = set_up_fault();
        bool succeeded = false;
        bool is_new = false;

        publish_first(place);
        met = fail_at(place, n, &succeeded);
        assert_true(succeeded || place->err.kind == ERROR_DESTINATION);
        is_new = assert_whole(place);
        assert_true(is_new || !succeeded);
        assert_next_run_carries_on(place, "r3", is_new, !succeeded);
        tear_down_fault(place);
    }
    assert_true(n > 120);
}

/* To die behind a call is to die before the next one. */
static void a_run_that_dies_before_any_call_loses_nothing(void **state)
{
    bool died = true;
    bool was_new = false;
    int n = 1;

    (void)state;
    for (; died; n++) {
        struct place *place = set_up_fault();
        bool is_new = false;

        publish_first(place);
        died = die_at(place, "r2", FAULT_DIE_BEFORE, n);
        is_new = assert_whole(place);
        /* From one call on, and that is the rename, the new one is seen. */
        assert_true(is_new || !was_new);
        was_new = is_new;
        assert_next_run_carries_on(place, "r3", is_new, false);
        tear_down_fault(place);
    }
    assert_true(n > 120);
    assert_true(was_new);
}

/* The run that was published died right behind its switch; the next one dies while it finishes what
 * that one was about to do, or in work of its own, which changes nothing. */
static void a_run_that_dies_in_recovering_loses_nothing(void **state)
{
    bool died = true;
    int n = 1;

    (void)state;
    for (; died; n++) {
        struct place *place = set_up_fault();

        publish_first(place);
        assert_true(die_at(place, "r2", FAULT_DIE_SWITCHED, 1));
        assert_true(is_there(in(place->path, ".uemsync/acme/changes-new")));
        died = die_at(place, "r3", FAULT_DIE_BEFORE, n);
        assert_true(assert_whole(place));
        assert_next_run_carries_on(place, "r4", true, false);
        tear_down_fault(place);
    }
    assert_true(n > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failing_call_is_an_error_or_harmless),
        cmocka_unit_test(a_run_that_dies_before_any_call_loses_nothing),
        cmocka_unit_test(a_run_that_dies_in_recovering_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
