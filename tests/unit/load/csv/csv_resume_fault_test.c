/* A run that took something over, and whose n-th call to the file system fails, or that dies before
 * or after it, for every n: what was taken over is published, or is there for the next run. */
#include "unit/load/csv/resumes.h"

#include "unit/load/csv/faults.h"

enum { SAVED = 3 };

/* The run before, which left its units. */
static void leave(struct place *place)
{
    struct load *load = resume(place, "r1");

    for (size_t unit = 1; unit <= SAVED; unit++) {
        stage_unit(place, load, 4 * unit, unit);
    }
    assert_true(try_log(place, load, 1, "acme", "rejected"));
    close_run(load);
}

static bool try_unit(struct place *place, struct load *load, size_t unit)
{
    struct cell cells[5] = {text_cell("acme"), text_cell(device_name(4 * unit)),
        text_cell(unit_relation(4 * unit)->name), {.is_set = true, .number = (int64_t)unit},
        text_cell("a \"note\", and\nmore")};
    const struct relation *relation = unit_relation(4 * unit);
    char items[256] = "";

    assert_ptr_not_equal(relation, &app_relation);
    for (size_t i = 0; i < unit_size(unit); i++) {
        size_t used = strlen(items);
        char row[32];

        unit_row(4 * unit, unit, i, row);
        (void)snprintf(items + used, sizeof items - used, "%s%s%s", used > 0 ? " " : "", row,
            relation == &software_relation ? "|" : "");
    }
    return try_list(place, load, relation, device_name(4 * unit), items) &&
           load->ops->stage(load, &(struct row){&fetch_relation, cells}, &place->err);
}

/* Takes over, stages two of the units once more, and publishes. */
static bool go_on(struct place *place, const char *run_id)
{
    struct load *load = NULL;
    bool ok = try_resume(place, run_id, "f", &load);

    if (ok) {
        limit_sort(load, 1);
        ok = try_unit(place, load, 2) && load->ops->save(load, &place->err) &&
             try_unit(place, load, 3) && try_log(place, load, 1, "acme", "rejected too") &&
             try_publish_resumed(place, load, NULL);
        close_run(load);
    }
    return ok;
}

/* Whether the second run's snapshot is there; else all that the first one left is staged. */
static bool assert_nothing_lost(struct place *place)
{
    bool published = is_there(in(place->path, "acme"));
    struct load *load = resume(place, "r3");
    struct units units = staged(place, load);

    for (size_t unit = 1; unit <= SAVED && !published; unit++) {
        assert_int_equal(units.of[4 * unit], unit);
    }
    if (published) {
        assert_true(nothing_is_staged(place, load));
    }
    publish_resumed(place, load);
    return published;
}

static void assert_all(struct place *place)
{
    struct units wanted = {0};

    for (size_t unit = 1; unit <= SAVED; unit++) {
        wanted.of[4 * unit] = unit;
    }
    assert_units(place, &wanted);
    assert_file(in(place->path, ".uemsync/acme/rejected_record/r1.csv"),
        REJECT_HEADER "r,1,acme,rejected\n");
    assert_false(is_there(in(place->path, ".uemsync/acme/work")));
    assert_false(is_there(in(place->path, ".uemsync/acme/pending")));
}

static bool die_at(struct place *place, enum fault_mode mode, int n)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        fault_left = n;
        fault_mode = mode;
        _exit(go_on(place, "r2") ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0);
    return WEXITSTATUS(status) == 9;
}

static void die_everywhere(enum fault_mode mode)
{
    bool died = true;
    bool was_published = false;
    int n = 1;

    for (; died; n++) {
        void *fresh = NULL;
        struct place *place = NULL;
        bool published = false;

        (void)set_up_resume(&fresh);
        place = fresh;
        leave(place);
        died = die_at(place, mode, n);
        published = assert_nothing_lost(place);
        assert_true(published || !was_published);
        was_published = published;
        assert_all(place);
        (void)tear_down(&fresh);
    }
    assert_true(n > 60);
    assert_true(was_published);
}

static void a_death_before_any_call_loses_nothing(void **state)
{
    (void)state;
    die_everywhere(FAULT_DIE_BEFORE);
}

static void a_death_after_any_call_loses_nothing(void **state)
{
    (void)state;
    die_everywhere(FAULT_DIE_AFTER);
}

static bool has_first_unit(struct place *place)
{
    char *apps = read_whole(in(place->path, "acme/device_app.csv"));
    bool has = false;

    assert_non_null(apps);
    has = strcmp(apps, APP_HEADER "acme,d5,com.1,1\n") == 0;
    assert_true(has || strcmp(apps, APP_HEADER) == 0);
    free(apps);
    return has;
}

/* A journal that cannot be opened counts as none, which loses what is staged; no other call that
 * fails does. */
static void a_call_that_fails_leaves_whole_units(void **state)
{
    bool met = true;
    size_t lost = 0;
    int n = 1;

    (void)state;
    for (; met; n++) {
        void *fresh = NULL;
        struct place *place = NULL;
        bool succeeded = false;

        (void)set_up_resume(&fresh);
        place = fresh;
        leave(place);
        fault_left = n;
        fault_mode = FAULT_FAIL;
        succeeded = go_on(place, "r2");
        met = fault_left <= 0;
        fault_mode = FAULT_NONE;
        assert_true(succeeded || place->err.kind == ERROR_DESTINATION);
        publish_resumed(place, resume(place, "r3"));
        lost += has_first_unit(place) ? 0 : 1;
        (void)tear_down(&fresh);
    }
    assert_true(n > 60);
    assert_int_equal(lost, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_death_before_any_call_loses_nothing),
        cmocka_unit_test(a_death_after_any_call_loses_nothing),
        cmocka_unit_test(a_call_that_fails_leaves_whole_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
