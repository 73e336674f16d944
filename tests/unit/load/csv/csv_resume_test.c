/* What a run staged and did not publish is the next one's, as far as it is whole. */
#include "unit/load/csv/resumes.h"

#define WORK ".uemsync/acme/work"
#define JOURNAL WORK "/journal"
#define PENDING ".uemsync/acme/pending"

/* Only the program dies here, and never the machine: without the waiting. */
int fsync(int fd)
{
    (void)fd;
    return 0;
}

/* A run that stages `count` units from `first` on, and is closed. */
static void run_and_close(struct place *place, const char *run_id, size_t first, size_t count)
{
    struct load *load = resume(place, run_id);

    for (size_t i = first; i < first + count; i++) {
        stage_unit(place, load, i % UNIT_KEYS, i);
    }
    close_run(load);
}

static struct units units_from(size_t first, size_t count)
{
    struct units units = {0};

    for (size_t i = first; i < first + count; i++) {
        units.of[i % UNIT_KEYS] = i;
    }
    return units;
}

static void assert_same(const struct units *units, const struct units *wanted)
{
    for (size_t i = 0; i < UNIT_KEYS; i++) {
        assert_int_equal(units->of[i], wanted->of[i]);
    }
}

static void what_was_staged_is_the_next_runs(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 9);
    struct units units = {0};
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 9);
    assert_false(is_there(in(place->path, "acme")));
    load = resume(place, "r2");
    units = staged(place, load);
    assert_same(&units, &wanted);
    publish_resumed(place, load);
    assert_units(place, &wanted);
    assert_false(is_there(in(place->path, WORK)));
}

static void the_last_of_one_device_counts_across_runs(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 40);
    struct units units = {0};
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 9);
    run_and_close(place, "r2", 10, 15);
    run_and_close(place, "r3", 25, 10);
    load = resume(place, "r4");
    units = staged(place, load);
    stage_unit(place, load, 35 % UNIT_KEYS, 35);
    close_run(load);
    run_and_close(place, "r5", 36, 5);
    load = resume(place, "r6");
    units = staged(place, load);
    assert_same(&units, &wanted);
    publish_resumed(place, load);
    assert_units(place, &wanted);
}

/* Runs its steps in a process of its own and kills that before step `n`; false: it came to its
 * end. A unit takes several steps. */
static bool killed_at(struct place *place, const char *run_id, size_t ceiling, size_t n)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        struct load *load = resume(place, run_id);
        size_t step = 0;

        limit_sort(load, ceiling);
        for (size_t unit = 1; unit <= UNIT_KEYS + 5; unit++) {
            for (size_t i = 0; i < 3; i++) {
                if (step++ == n) {
                    (void)kill(getpid(), SIGKILL);
                }
                if (i == 0) {
                    stage_device(place, load, device_name(unit), "listed");
                } else if (i == 1) {
                    stage_unit_rows(place, load, unit % UNIT_KEYS, unit, unit_size(unit));
                } else {
                    stage_fetch(place, load, unit % UNIT_KEYS, unit);
                }
            }
            if (unit % 7 == 0) {
                save(place, load);
            }
        }
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

static void a_run_that_is_killed_anywhere_leaves_whole_units(void **state)
{
    static const size_t ceilings[] = {1, 700, 1024 * 1024};
    struct units wanted = units_from(1, UNIT_KEYS + 5);
    size_t most = 0;

    (void)state;
    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
        bool killed = true;

        for (size_t n = 0; killed; n += 1 + i) {
            void *fresh = NULL;
            struct place *place = NULL;
            struct load *load = NULL;
            struct units units = {0};
            size_t count = 0;

            (void)set_up_resume(&fresh);
            place = fresh;
            killed = killed_at(place, "r1", ceilings[i], n);
            load = resume(place, "r2");
            units = staged(place, load);
            for (size_t unit = 1; unit <= UNIT_KEYS + 5; unit++) {
                count += units.of[unit % UNIT_KEYS] == unit ? 1 : 0;
                if (units.of[unit % UNIT_KEYS] < unit) {
                    stage_unit(place, load, unit % UNIT_KEYS, unit);
                }
            }
            most = count > most ? count : most;
            publish_resumed(place, load);
            assert_units(place, &wanted);
            assert_file(in(place->path, "acme/device.csv"),
                "tenant,device_id,name,compliant,code,latitude,seen_at,guid,details,reasons\n");
            (void)tear_down(&fresh);
        }
    }
    assert_true(most >= 14);
}

static void half_of_a_unit_is_void_and_the_old_one_stays(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(11, 15);
    struct load *load = resume(place, "r1");

    for (size_t i = 11; i < 26; i++) {
        stage_unit(place, load, i % UNIT_KEYS, i);
    }
    publish_resumed(place, load);
    for (size_t key = 0; key < UNIT_KEYS; key++) {
        char run_id[8];

        (void)snprintf(run_id, sizeof run_id, "h%zu", key);
        load = resume(place, run_id);
        limit_sort(load, key % 2 == 0 ? 1 : 1024 * 1024);
        /* The same keys, whole and then in halves. */
        stage_unit(place, load, key, 27);
        stage_unit_rows(place, load, key, 31, 1);
        close_run(load);
        wanted.of[key] = 27;
    }
    load = resume(place, "r2");
    publish_resumed(place, load);
    assert_units(place, &wanted);
}

/* Entries of a key that is void in a file stand in runs that are merged ahead of the publish. */
static void a_publish_that_fails_keeps_what_is_staged(void **state)
{
    static const size_t ceilings[] = {1, 1024 * 1024};
    struct place *place = *state;
    struct units wanted = {0};

    for (size_t i = 0; i < 2; i++) {
        struct load *load = resume(place, i == 0 ? "r1" : "r2");
        struct units units = {0};
        struct rlimit before;

        limit_sort(load, ceilings[i]);
        for (size_t unit = 1; unit <= 400; unit++) {
            wanted.of[unit % UNIT_KEYS] = 1000 * i + unit;
            stage_unit(place, load, unit % UNIT_KEYS, 1000 * i + unit);
        }
        stage_unit_rows(place, load, 3, 5001, 1);
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
        limit_files(400);
        assert_false(try_publish_resumed(place, load, NULL));
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        close_run(load);
        load = resume(place, i == 0 ? "s1" : "s2");
        units = staged(place, load);
        assert_same(&units, &wanted);
        publish_resumed(place, load);
        assert_units(place, &wanted);
    }
}

static bool refuse(void *context, struct error *err)
{
    (void)context;
    return error_set(err, ERROR_GUARD, "no");
}

static bool die(void *context, struct error *err)
{
    (void)context;
    (void)err;
    _exit(9);
}

static void a_run_that_dies_in_its_publish_leaves_what_it_saved(void **state)
{
    struct place *place = *state;
    struct load_end end = {.tell = die};
    struct units wanted = units_from(1, 400);
    pid_t child = fork();
    int status = 0;
    struct load *load = NULL;
    struct units units = {0};

    assert_true(child >= 0);
    if (child == 0) {
        load = resume(place, "r1");
        limit_sort(load, 1);
        for (size_t i = 1; i <= 400; i++) {
            stage_unit(place, load, i % UNIT_KEYS, i);
        }
        stage_unit_rows(place, load, 0, 500, 1);
        (void)try_publish_resumed(place, load, &end);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 9);
    load = resume(place, "r2");
    units = staged(place, load);
    assert_same(&units, &wanted);
    publish_resumed(place, load);
    assert_units(place, &wanted);
}

static void what_was_published_is_not_taken_again(void **state)
{
    struct place *place = *state;
    char *journal = NULL;
    char *run = NULL;
    struct load *load = resume(place, "r1");

    stage_unit(place, load, 0, 15);
    save(place, load);
    journal = read_whole(in(place->path, JOURNAL));
    run = read_whole(in(place->path, WORK "/run-000000"));
    assert_non_null(journal);
    assert_non_null(run);
    publish_resumed(place, load);
    /* As if the run had died ahead of its clean-up. */
    assert_int_equal(mkdir(in(place->path, WORK), 0700), 0);
    write_whole(in(place->path, JOURNAL), journal);
    {
        FILE *file = fopen(in(place->path, WORK "/run-000000"), "wb");
        char *size = strstr(journal, "file 0 ");

        assert_non_null(file);
        assert_non_null(size);
        assert_true(fwrite(run, 1, strtoul(size + 7, NULL, 10), file) > 0);
        assert_int_equal(fclose(file), 0);
    }
    load = resume(place, "r2");
    assert_true(nothing_is_staged(place, load));
    assert_false(is_there(in(place->path, WORK)));
    close_run(load);
    free(run);
    free(journal);
}

static void a_run_that_took_over_is_the_one_whose_publish_counts(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    char *journal = NULL;

    run_and_close(place, "r1", 1, 3);
    load = resume(place, "r2");
    journal = read_whole(in(place->path, JOURNAL));
    assert_non_null(journal);
    assert_non_null(strstr(journal, "\nrun r2\n"));
    free(journal);
    close_run(load);
}

static void without_a_fingerprint_nothing_is_kept_or_taken(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    assert_true(try_resume(place, "r1", NULL, &load));
    stage_unit(place, load, 0, 1);
    save(place, load);
    close_run(load);
    assert_false(is_there(in(place->path, WORK)));
    run_and_close(place, "r2", 1, 3);
    assert_true(is_there(in(place->path, WORK)));
    assert_true(try_resume(place, "r3", NULL, &load));
    assert_true(nothing_is_staged(place, load));
    assert_false(is_there(in(place->path, WORK)));
    close_run(load);
}

static void another_fingerprint_takes_nothing(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 3);
    assert_true(try_resume(place, "r2", "g", &load));
    assert_true(nothing_is_staged(place, load));
    close_run(load);
    load = resume(place, "r3");
    assert_true(nothing_is_staged(place, load));
    close_run(load);
}

static void another_layout_takes_nothing(void **state)
{
    struct place *place = *state;
    const struct relation *fewer[RESUME_COUNT];
    struct column columns[4];
    struct relation other = app_relation;
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 3);
    place->settings.csv_safe = true;
    load = resume(place, "r2");
    assert_true(nothing_is_staged(place, load));
    close_run(load);

    run_and_close(place, "r3", 1, 3);
    place->settings.csv_safe = false;
    memcpy(columns, app_columns, sizeof columns);
    columns[3].type = COLUMN_JSONB;
    other.columns = columns;
    memcpy(fewer, resume_relations, sizeof fewer);
    fewer[1] = &other;
    place->schema.relations = fewer;
    load = resume(place, "r4");
    assert_true(nothing_is_staged(place, load));
    close_run(load);
}

/* Writes the journal anew with `from` replaced by `to`. */
static void edit_journal(struct place *place, const char *from, const char *to)
{
    char *text = read_whole(in(place->path, JOURNAL));
    char *at = NULL;
    char *edited = NULL;

    assert_non_null(text);
    at = strstr(text, from);
    assert_non_null(at);
    *at = '\0';
    assert_true(asprintf(&edited, "%s%s%s", text, to, at + strlen(from)) > 0);
    write_whole(in(place->path, JOURNAL), edited);
    free(edited);
    free(text);
}

static void a_journal_that_says_otherwise_takes_nothing(void **state)
{
    static const char *const edits[][2] = {
        {"\nboot ", "\nboot 0"},                    /* before the last start of the machine */
        {"uemsync-journal 1", "uemsync-journal 2"}, /* of another program */
        {"uemsync-journal 1", "uemsync-journal"},
        {"uemsync-journal 1", ""},
        {"\nfile 0 ", "\nfile 1 "},  /* a file that is not there */
        {"\nfile 0 ", "\nfile 0 1"}, /* and one of another size */
        {"\nfile 0 ", "\nfile x "},
        {"\nend\n", "\n"},
        {"\nend\n", "\nsomething else\nend\n"},
        {"\nwhole ", "\nwhole 9999"},
        {"\nrelation ", "\nrelation x"},
        {"\nrun ", "\nrun "
                   "0123456789012345678901234567890123456789012345678901234567890123456789"},
        {"\nrun ", "\nlog nothing r0 1 1\nrun "}, /* a log that is none */
        {"\nrun ", "\nlog rejected_record r0 1 1\nrun "},
        {"\nrun ", "\n\"run "},
    };
    struct place *place = *state;

    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        char first[16];
        char second[16];
        struct load *load = NULL;

        (void)snprintf(first, sizeof first, "a%zu", i);
        (void)snprintf(second, sizeof second, "b%zu", i);
        run_and_close(place, first, 1, 5);
        edit_journal(place, edits[i][0], edits[i][1]);
        load = resume(place, second);
        assert_true(nothing_is_staged(place, load));
        assert_false(is_there(in(place->path, WORK)));
        close_run(load);
    }
}

static void a_journal_that_cannot_be_read_is_none(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 5);
    assert_int_equal(unlink(in(place->path, JOURNAL)), 0);
    assert_int_equal(mkdir(in(place->path, JOURNAL), 0700), 0);
    load = resume(place, "r2");
    assert_true(nothing_is_staged(place, load));
    close_run(load);
    run_and_close(place, "r3", 1, 5);
    assert_int_equal(truncate(in(place->path, JOURNAL), 60), 0);
    load = resume(place, "r4");
    assert_true(nothing_is_staged(place, load));
    close_run(load);
}

static void files_that_the_journal_does_not_name_go(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct units wanted = units_from(1, 5);
    struct units units = {0};

    run_and_close(place, "r1", 1, 5);
    write_whole(in(place->path, WORK "/run-000001"), "half a file");
    write_whole(in(place->path, WORK "/run-0"), "no file of ours");
    write_whole(in(place->path, WORK "/journal.new"), "half a journal");
    load = resume(place, "r2");
    assert_int_equal(count_names(in(place->path, WORK)), 2);
    units = staged(place, load);
    assert_same(&units, &wanted);
    stage_unit(place, load, 6, 6);
    save(place, load);
    assert_int_equal(count_names(in(place->path, WORK)), 3);
    publish_resumed(place, load);
    wanted.of[6] = 6;
    assert_units(place, &wanted);
}

static void what_was_dropped_is_gone(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 5);
    load = resume(place, "r2");
    assert_true(try_log(place, load, 1, "acme", "x"));
    save(place, load);
    load->ops->drop(load);
    close_run(load);
    assert_false(is_there(in(place->path, WORK)));
    assert_false(is_there(in(place->path, PENDING)));
    load = resume(place, "r3");
    assert_true(nothing_is_staged(place, load));
    close_run(load);
}

static void a_run_without_a_whole_unit_leaves_nothing(void **state)
{
    struct place *place = *state;
    struct load *load = resume(place, "r1");

    stage_device(place, load, "d1", "listed");
    stage_unit_rows(place, load, 1, 3, 3);
    assert_true(try_log(place, load, 1, "acme", "x"));
    save(place, load);
    close_run(load);
    assert_false(is_there(in(place->path, WORK)));
    assert_false(is_there(in(place->path, PENDING)));
}

/* A relation counts from the run on that has a whole unit of it. */
static void rows_that_one_run_did_not_take_the_next_one_does_not_either(void **state)
{
    struct place *place = *state;
    struct units wanted = {0};
    struct load *load = resume(place, "r1");

    stage_app(place, load, "d9", "com.zombie", "1");
    stage_unit(place, load, UNIT_DEVICES, 5);
    close_run(load);
    load = resume(place, "r2");
    stage_unit(place, load, 0, 6);
    close_run(load);
    load = resume(place, "r3");
    publish_resumed(place, load);
    wanted.of[UNIT_DEVICES] = 5;
    wanted.of[0] = 6;
    assert_units(place, &wanted);
}

static void a_removal_ahead_of_a_unit_is_taken_too(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(16, 15);
    struct units units = {0};
    struct load *load = resume(place, "r1");
    struct str key[2] = {str_of("d2"), str_of("device_app")};

    for (size_t i = 16; i < 31; i++) {
        stage_unit(place, load, i % UNIT_KEYS, i);
    }
    replace(place, load, &fetch_relation, "d1");
    for (size_t i = 0; i < UNIT_KINDS; i++) {
        replace(place, load, unit_relations[i], "d1");
        wanted.of[i * UNIT_DEVICES] = 0;
    }
    replace(place, load, &app_relation, "d2");
    assert_true(load->ops->remove(load, &fetch_relation, key, &place->err));
    stage_unit(place, load, 2, 32);
    wanted.of[1] = 0;
    wanted.of[2] = 32;
    close_run(load);
    load = resume(place, "r2");
    units = staged(place, load);
    assert_same(&units, &wanted);
    publish_resumed(place, load);
    assert_units(place, &wanted);
}

static void forgetting_is_of_what_this_run_staged(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 14);
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 14);
    load = resume(place, "r2");
    stage_device(place, load, "d1", "old");
    assert_true(load->ops->mark(load, &device_relation, &place->err));
    stage_device(place, load, "d2", "new");
    assert_true(load->ops->forget(load, &device_relation, &place->err));
    assert_true(load->ops->forget(load, &catalog_relation, &place->err));
    publish_resumed(place, load);
    assert_units(place, &wanted);
    assert_file(in(place->path, "acme/device.csv"),
        "tenant,device_id,name,compliant,code,latitude,seen_at,guid,details,reasons\n"
        "acme,d2,new,,,,,,,\n");
}

static void many_files_are_read_as_one(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 400);
    struct units units = {0};
    struct load *load = resume(place, "r1");

    for (size_t i = 1; i <= 400; i++) {
        stage_unit(place, load, i % UNIT_KEYS, i);
        save(place, load);
    }
    close_run(load);
    load = resume(place, "r2");
    units = staged(place, load);
    assert_same(&units, &wanted);
    assert_true(count_names(in(place->path, WORK)) <= CSV_RUNS_FAN_IN + 1);
    close_run(load);
    load = resume(place, "r3");
    units = staged(place, load);
    assert_same(&units, &wanted);
    publish_resumed(place, load);
    assert_units(place, &wanted);
}

static void a_save_that_finds_no_room_can_be_tried_again(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 9);
    struct units units = {0};
    struct rlimit before;
    struct load *load = resume(place, "r1");

    for (size_t i = 1; i < 10; i++) {
        stage_unit(place, load, i % UNIT_KEYS, i);
    }
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit_files(100);
    assert_false(load->ops->save(load, &place->err));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
    load = resume(place, "r2");
    units = staged(place, load);
    assert_same(&units, &wanted);
    close_run(load);
}

/* A journal that cannot be written leaves the one before it. */
static void a_close_that_finds_no_room_keeps_what_was_saved(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 5);
    struct units units = {0};
    struct rlimit before;
    struct load *load = NULL;

    run_and_close(place, "r1", 1, 5);
    load = resume(place, "r2");
    stage_unit(place, load, 6, 6);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit_files(10);
    close_run(load);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    load = resume(place, "r3");
    units = staged(place, load);
    assert_same(&units, &wanted);
    close_run(load);
}

#define REJECTS ".uemsync/acme/rejected_record"

static void rejected_records_go_with_what_was_staged(void **state)
{
    struct place *place = *state;
    struct load *load = resume(place, "r1");

    assert_true(try_log(place, load, 1, "acme", "first"));
    stage_unit(place, load, 0, 1);
    close_run(load);
    load = resume(place, "r2");
    assert_true(try_log(place, load, 1, "acme", "second"));
    close_run(load);
    /* Half a row behind those that were saved. */
    {
        FILE *file = fopen(in(place->path, PENDING "/rejected_record.r1"), "ab");

        assert_non_null(file);
        assert_true(fputs("r,2,acme,\"ha", file) >= 0);
        assert_int_equal(fclose(file), 0);
    }
    write_whole(in(place->path, PENDING "/rejected_record.r0"), "of nobody");
    load = resume(place, "r3");
    publish_resumed(place, load);
    assert_file(in(place->path, REJECTS "/r1.csv"), REJECT_HEADER "r,1,acme,first\n");
    assert_file(in(place->path, REJECTS "/r2.csv"), REJECT_HEADER "r,1,acme,second\n");
    assert_int_equal(count_names(in(place->path, REJECTS)), 2);
    assert_false(is_there(in(place->path, PENDING)));
}

static void rejected_records_are_counted_where_they_are_published(void **state)
{
    struct place *place = *state;
    struct load_counts counts[1] = {{.relation = &reject_relation}};
    bool changed = false;
    struct load *load = resume(place, "r1");

    assert_true(try_log(place, load, 1, "acme", "first"));
    stage_unit(place, load, 0, 1);
    close_run(load);
    load = resume(place, "r2");
    assert_true(try_log(place, load, 1, "acme", "second"));
    assert_true(load->ops->publish(load, counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_int_equal(counts[0].inserted, 2);
    assert_true(changed);
    assert_int_equal(count_names(in(place->path, REJECTS)), 2);
}

static void a_publish_that_is_refused_keeps_rejected_records(void **state)
{
    struct place *place = *state;
    struct load_end end = {.tell = refuse};
    struct load *load = resume(place, "r1");

    assert_true(try_log(place, load, 1, "acme", "first"));
    stage_unit(place, load, 0, 1);
    assert_false(try_publish_resumed(place, load, &end));
    assert_int_equal(place->err.kind, ERROR_GUARD);
    close_run(load);
    load = resume(place, "r2");
    assert_false(try_publish_resumed(place, load, &end));
    close_run(load);
    load = resume(place, "r3");
    publish_resumed(place, load);
    assert_file(in(place->path, REJECTS "/r1.csv"), REJECT_HEADER "r,1,acme,first\n");
}

/* Died between the switch and the names: the link says that the logs are published. */
static void rejected_records_of_a_published_run_get_their_names(void **state)
{
    struct place *place = *state;
    struct load *load = resume(place, "r1");
    char *journal = NULL;

    assert_true(try_log(place, load, 1, "acme", "first"));
    stage_unit(place, load, 0, 1);
    close_run(load);
    load = resume(place, "r2");
    assert_true(try_log(place, load, 1, "acme", "second"));
    save(place, load);
    journal = read_whole(in(place->path, JOURNAL));
    publish_resumed(place, load);
    assert_int_equal(mkdir(in(place->path, WORK), 0700), 0);
    write_whole(in(place->path, JOURNAL), journal);
    assert_int_equal(mkdir(in(place->path, PENDING), 0700), 0);
    for (size_t i = 1; i <= 2; i++) {
        char from[96];
        char to[96];

        (void)snprintf(from, sizeof from, REJECTS "/r%zu.csv", i);
        (void)snprintf(to, sizeof to, PENDING "/rejected_record.r%zu", i);
        assert_int_equal(rename(in(place->path, from), in(place->path, to)), 0);
    }
    load = resume(place, "r3");
    assert_true(nothing_is_staged(place, load));
    close_run(load);
    assert_file(in(place->path, REJECTS "/r1.csv"), REJECT_HEADER "r,1,acme,first\n");
    assert_file(in(place->path, REJECTS "/r2.csv"), REJECT_HEADER "r,1,acme,second\n");
    assert_false(is_there(in(place->path, PENDING)));
    assert_false(is_there(in(place->path, WORK)));
    free(journal);
}

static void an_open_that_finds_the_lock_taken_touches_nothing(void **state)
{
    struct place *place = *state;
    struct load *first = resume(place, "r1");
    struct load *second = NULL;
    struct units units = {0};
    struct units wanted = units_from(1, 1);

    stage_unit(place, first, 1, 1);
    save(place, first);
    assert_false(try_resume(place, "r2", "f", &second));
    assert_int_equal(place->err.kind, ERROR_BUSY);
    assert_int_equal(count_names(in(place->path, WORK)), 2);
    close_run(first);
    first = resume(place, "r3");
    units = staged(place, first);
    assert_same(&units, &wanted);
    close_run(first);
}

int main(void)
{
#define RESUME_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_resume, tear_down)
    const struct CMUnitTest tests[] = {
        RESUME_TEST(what_was_staged_is_the_next_runs),
        RESUME_TEST(the_last_of_one_device_counts_across_runs),
        cmocka_unit_test(a_run_that_is_killed_anywhere_leaves_whole_units),
        RESUME_TEST(half_of_a_unit_is_void_and_the_old_one_stays),
        RESUME_TEST(a_publish_that_fails_keeps_what_is_staged),
        RESUME_TEST(a_run_that_dies_in_its_publish_leaves_what_it_saved),
        RESUME_TEST(what_was_published_is_not_taken_again),
        RESUME_TEST(a_run_that_took_over_is_the_one_whose_publish_counts),
        RESUME_TEST(without_a_fingerprint_nothing_is_kept_or_taken),
        RESUME_TEST(another_fingerprint_takes_nothing),
        RESUME_TEST(another_layout_takes_nothing),
        RESUME_TEST(a_journal_that_says_otherwise_takes_nothing),
        RESUME_TEST(a_journal_that_cannot_be_read_is_none),
        RESUME_TEST(files_that_the_journal_does_not_name_go),
        RESUME_TEST(what_was_dropped_is_gone),
        RESUME_TEST(a_run_without_a_whole_unit_leaves_nothing),
        RESUME_TEST(rows_that_one_run_did_not_take_the_next_one_does_not_either),
        RESUME_TEST(a_removal_ahead_of_a_unit_is_taken_too),
        RESUME_TEST(forgetting_is_of_what_this_run_staged),
        RESUME_TEST(many_files_are_read_as_one),
        RESUME_TEST(a_save_that_finds_no_room_can_be_tried_again),
        RESUME_TEST(a_close_that_finds_no_room_keeps_what_was_saved),
        RESUME_TEST(rejected_records_go_with_what_was_staged),
        RESUME_TEST(rejected_records_are_counted_where_they_are_published),
        RESUME_TEST(a_publish_that_is_refused_keeps_rejected_records),
        RESUME_TEST(rejected_records_of_a_published_run_get_their_names),
        RESUME_TEST(an_open_that_finds_the_lock_taken_touches_nothing),
    };
#undef RESUME_TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
