/* Chains of runs that stage, save, die, fail and publish by chance: each takes over what the one
 * before it left whole, and what is published is what the whole units say. UEMSYNC_TEST_SEED and
 * UEMSYNC_TEST_ROUNDS give other chains, and more of them. */
#include "unit/load/csv/resumes.h"

#include <sys/mman.h>

/* Only the program dies here, and never the machine: without the waiting. */
int fsync(int fd)
{
    (void)fd;
    return 0;
}

/* What parent and child know of a place, in memory that both see. */
struct knowledge {
    struct units published;
    struct units least; /* staged, and saved: these or later ones are to be taken over */
    struct units most;  /* staged last */
    size_t unit;        /* the number given last */
    uint32_t random;
};

static size_t chance(struct knowledge *knowledge, size_t below)
{
    knowledge->random = knowledge->random * 1664525u + 1013904223u;
    return (knowledge->random >> 8) % below;
}

/* What was taken over is what was saved, or staged after that. */
static void take_over(struct place *place, struct load *load, struct knowledge *knowledge)
{
    struct units units = staged(place, load);

    for (size_t key = 0; key < UNIT_KEYS; key++) {
        assert_in_range(units.of[key], knowledge->least.of[key], knowledge->most.of[key]);
    }
    knowledge->least = units;
    knowledge->most = units;
}

static void stage_by_chance(struct place *place, struct load *load, struct knowledge *knowledge)
{
    size_t key = chance(knowledge, UNIT_KEYS);

    switch (chance(knowledge, 12)) {
    case 0:
        save(place, load);
        knowledge->least = knowledge->most;
        break;
    case 1:
        stage_device(place, load, device_name(key), "zombie");
        break;
    case 2:
        assert_true(try_log(place, load, (int64_t)key, "acme", "rejected"));
        break;
    default:
        knowledge->unit++;
        stage_unit_rows(place, load, key, knowledge->unit, unit_size(knowledge->unit));
        knowledge->most.of[key] = knowledge->unit;
        stage_fetch(place, load, key, knowledge->unit);
        break;
    }
}

static bool refuse(void *context, struct error *err)
{
    (void)context;
    return error_set(err, ERROR_GUARD, "no");
}

/* Where the child says that it published, for the parent to look. */
enum { ENDED_CLOSED = 3, ENDED_PUBLISHED };

static void end_by_chance(struct place *place, struct load *load, struct knowledge *knowledge)
{
    struct load_end end = {.tell = refuse};
    size_t key = chance(knowledge, UNIT_KEYS);
    size_t how = chance(knowledge, 8);

    if (how < 5 && chance(knowledge, 2) == 0) {
        /* The beginning of a unit that never was. */
        stage_unit_rows(place, load, key, ++knowledge->unit, 1 + chance(knowledge, 2));
    }
    if (how < 3) {
        (void)kill(getpid(), SIGKILL);
    } else if (how < 7) {
        assert_true(how < 5 || !try_publish_resumed(place, load, &end));
        knowledge->least = knowledge->most;
        close_run(load);
        _exit(ENDED_CLOSED);
    } else {
        publish_resumed(place, load);
        _exit(ENDED_PUBLISHED);
    }
}

/* What is staged changes what is published, where it is. */
static void publish_units(struct knowledge *knowledge)
{
    for (size_t key = 0; key < UNIT_KEYS; key++) {
        if (knowledge->most.of[key] > 0) {
            knowledge->published.of[key] = knowledge->most.of[key];
        }
    }
    knowledge->least = (struct units){0};
    knowledge->most = (struct units){0};
}

static void run_by_chance(struct place *place, struct knowledge *knowledge, size_t number)
{
    static const size_t ceilings[] = {1, 300, 1000, 1024 * 1024};
    size_t steps = chance(knowledge, 40);
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        char run_id[16];
        struct load *load = NULL;

        (void)snprintf(run_id, sizeof run_id, "r%zu", number);
        load = resume(place, run_id);
        limit_sort(load, ceilings[chance(knowledge, 4)]);
        take_over(place, load, knowledge);
        for (size_t i = 0; i < steps; i++) {
            stage_by_chance(place, load, knowledge);
        }
        end_by_chance(place, load, knowledge);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL
                                    : WEXITSTATUS(status) == ENDED_CLOSED ||
                                          WEXITSTATUS(status) == ENDED_PUBLISHED);
    if (!WIFSIGNALED(status) && WEXITSTATUS(status) == ENDED_PUBLISHED) {
        publish_units(knowledge);
        assert_units(place, &knowledge->published);
    }
}

static void chain(struct place *place, struct knowledge *knowledge, size_t runs)
{
    struct load *load = NULL;

    for (size_t i = 0; i < runs; i++) {
        run_by_chance(place, knowledge, i);
    }
    load = resume(place, "last");
    take_over(place, load, knowledge);
    publish_resumed(place, load);
    publish_units(knowledge);
    assert_units(place, &knowledge->published);
    assert_false(is_there(in(place->path, ".uemsync/acme/work")));
    assert_false(is_there(in(place->path, ".uemsync/acme/pending")));
}

static size_t number_of(const char *name, size_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL ? strtoul(text, NULL, 10) : otherwise;
}

static void whole_units_and_nothing_else_are_published(void **state)
{
    size_t seed = number_of("UEMSYNC_TEST_SEED", 20200227);
    size_t rounds = number_of("UEMSYNC_TEST_ROUNDS", 12);
    struct knowledge *knowledge =
        mmap(NULL, sizeof *knowledge, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    (void)state;
    assert_true(knowledge != MAP_FAILED);
    for (size_t i = 0; i < rounds; i++) {
        void *fresh = NULL;

        *knowledge = (struct knowledge){.random = (uint32_t)(seed + i)};
        print_message("seed %zu\n", seed + i);
        (void)set_up_resume(&fresh);
        chain(fresh, knowledge, 12);
        (void)tear_down(&fresh);
    }
    assert_int_equal(munmap(knowledge, sizeof *knowledge), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_units_and_nothing_else_are_published),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
