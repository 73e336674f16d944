/* A signal ends a publish, and costs nothing that was staged. */
#include "unit/load/csv/resumes.h"

#include <signal.h>

#include "base/stop.h"

/* Only the program dies here, and never the machine: without the waiting. */
int fsync(int fd)
{
    (void)fd;
    return 0;
}

static struct units units_from(size_t first, size_t count)
{
    struct units units = {0};

    for (size_t i = first; i < first + count; i++) {
        units.of[i % UNIT_KEYS] = i;
    }
    return units;
}

/* A large publish takes longer than a run has to end after a signal. */
static void a_signal_ends_a_publish_and_keeps_what_is_staged(void **state)
{
    struct place *place = *state;
    struct units wanted = units_from(1, 40);
    struct load *load = resume(place, "r1");

    for (size_t unit = 1; unit <= 40; unit++) {
        stage_unit(place, load, unit % UNIT_KEYS, unit);
    }
    stop_signal = SIGTERM;
    assert_false(try_publish_resumed(place, load, NULL));
    stop_signal = 0;
    assert_int_equal(place->err.kind, ERROR_INTERRUPTED);
    close_run(load);
    assert_false(is_there(in(place->path, "acme")));
    load = resume(place, "r2");
    publish_resumed(place, load);
    assert_units(place, &wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_signal_ends_a_publish_and_keeps_what_is_staged, set_up_resume, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
