/* A run whose n-th call to the file system fails, or that dies before or after it, for every n:
 * readers see the old snapshot or the new one, whole, and the next run carries on. */
#include "unit/load/csv/sets.h"

#include <sys/wait.h>

#include "unit/load/csv/faults.h"

#define OLD_APPS APP_HEADER "acme,d1,com.a,1\nacme,d1,com.b,2\nacme,d2,com.a,1\n"
#define NEW_APPS APP_HEADER "acme,d1,com.a,9\nacme,d1,com.b,2\nacme,d3,com.a,1\n"

#define OLD_SOFTWARE SOFTWARE_HEADER "acme,d1,com.a,1,\nacme,d2,com.a,1,\n"
#define NEW_SOFTWARE SOFTWARE_HEADER "acme,d1,com.b,1,\nacme,d2,com.a,1,\nacme,d3,com.a,1,\n"
#define OLD_MEMBERS MEMBER_HEADER "acme,g1,d1\nacme,g1,d2\n"
#define NEW_MEMBERS MEMBER_HEADER "acme,g1,d2\nacme,g2,d1\n"

static void publish_first(struct place *place)
{
    struct load *load = open_run(place, "r1");

    stage_device(place, load, "d2", "Zwei");
    stage_app(place, load, "d2", "com.a", "1");
    stage_app(place, load, "d1", "com.b", "2");
    stage_app(place, load, "d1", "com.a", "1");
    list(place, load, &software_relation, "d1", "com.a|1|");
    list(place, load, &software_relation, "d2", "com.a|1|");
    list(place, load, &member_relation, "d1", "g1");
    list(place, load, &member_relation, "d2", "g1");
    (void)publish_all(place, load);
}

/* A run that changes some relations, and leaves others. */
static bool change(struct place *place, const char *run_id)
{
    struct load *load = NULL;
    struct outcome outcome = {0};
    bool ok = try_open(place, run_id, &load);

    if (ok) {
        ok = try_stage_app(place, load, "d1", "com.a", "9") &&
             try_stage_app(place, load, "d3", "com.a", "1") &&
             try_log(place, load, 1, "acme", run_id) &&
             try_list(place, load, &software_relation, "d1", "com.b|1|") &&
             try_list(place, load, &software_relation, "d3", "com.a|1|") &&
             try_list(place, load, &member_relation, "d1", "g2");
        remove_app(place, load, "d2", "com.a");
        ok = ok && try_publish_all(place, load, &outcome);
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
    assert_non_null(strstr(devices, "acme,d2,Zwei,,,,,,,\n"));
    free(devices);
    free(manifest);
    return is_new;
}

static void assert_tidy(struct place *place)
{
    size_t kept = count_names(in(place->path, ".uemsync/acme/snapshots"));

    assert_true(kept >= 1 && kept <= 2);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme/states")), kept);
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 4);
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

static bool die_at(struct place *place, enum fault_mode mode, int n)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        fault_left = n;
        fault_mode = mode;
        _exit(change(place, "r2") ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0);
    return WEXITSTATUS(status) == 9;
}

/* The next run, with nothing in its way, arrives at the same rows; and the log of the run before it
 * is there exactly when its rows are. */
static void assert_next_run_carries_on(struct place *place, bool was_new)
{
    const char *log = ".uemsync/acme/rejected_record/r2.csv";

    assert_true(change(place, "r3"));
    assert_file(in(place->path, "acme/device_app.csv"), NEW_APPS);
    assert_file(in(place->path, "acme/software.csv"), NEW_SOFTWARE);
    assert_file(in(place->path, "acme/device_group_member.csv"), NEW_MEMBERS);
    assert_file(
        in(place->path, ".uemsync/acme/rejected_record/r3.csv"), REJECT_HEADER "r,1,acme,r3\n");
    assert_int_equal(is_there(in(place->path, log)), was_new);
    if (was_new) {
        assert_file(in(place->path, log), REJECT_HEADER "r,1,acme,r2\n");
    }
    assert_tidy(place);
}

static void every_failing_call_is_an_error_or_harmless(void **state)
{
    bool met = true;
    int n = 1;

    (void)state;
    for (; met; n++) {
        void *fresh = NULL;
        struct place *place = NULL;
        bool succeeded = false;
        bool is_new = false;

        (void)set_up_all(&fresh);
        place = fresh;
        publish_first(place);
        met = fail_at(place, n, &succeeded);
        assert_true(succeeded || place->err.kind == ERROR_DESTINATION);
        is_new = assert_whole(place);
        assert_true(is_new || !succeeded);
        assert_next_run_carries_on(place, is_new);
        (void)tear_down(&fresh);
    }
    assert_true(n > 60);
}

static void die_everywhere(enum fault_mode mode)
{
    bool died = true;
    bool was_new = false;
    int n = 1;

    for (; died; n++) {
        void *fresh = NULL;
        struct place *place = NULL;
        bool is_new = false;

        (void)set_up_all(&fresh);
        place = fresh;
        publish_first(place);
        died = die_at(place, mode, n);
        is_new = assert_whole(place);
        /* From one call on, and that is the rename, the new one is seen. */
        assert_true(is_new || !was_new);
        was_new = is_new;
        assert_next_run_carries_on(place, is_new);
        (void)tear_down(&fresh);
    }
    assert_true(n > 60);
    assert_true(was_new);
}

static void a_run_that_dies_before_any_call_loses_nothing(void **state)
{
    (void)state;
    die_everywhere(FAULT_DIE_BEFORE);
}

static void a_run_that_dies_after_any_call_loses_nothing(void **state)
{
    (void)state;
    die_everywhere(FAULT_DIE_AFTER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failing_call_is_an_error_or_harmless),
        cmocka_unit_test(a_run_that_dies_before_any_call_loses_nothing),
        cmocka_unit_test(a_run_that_dies_after_any_call_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
