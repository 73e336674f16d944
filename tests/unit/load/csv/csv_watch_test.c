/* Who watches a publish is told which relation it is at, and hears of it all the time. */
#include "unit/load/csv/keeps.h"

enum { WATCH_DEVICES = 5000, WATCH_MOST = 16 };

/* What was told: the relations, and how often each one ticked. */
struct told {
    const char *relations[WATCH_MOST];
    int ticks[WATCH_MOST];
    size_t count;
};

static void note_at(void *context, const char *relation)
{
    struct told *told = context;

    assert_true(told->count < WATCH_MOST);
    told->relations[told->count++] = relation;
}

static void note_tick(void *context)
{
    struct told *told = context;

    assert_true(told->count > 0);
    told->ticks[told->count - 1]++;
}

static int ticks_of(const struct told *told, const char *relation)
{
    int ticks = -1;

    for (size_t i = 0; i < told->count; i++) {
        ticks = strcmp(told->relations[i], relation) == 0 ? told->ticks[i] : ticks;
    }
    return ticks;
}

static struct keeping publish_watched(
    struct place *place, const char *run_id, const char *name, struct told *told)
{
    const struct load_watch watch = {note_at, note_tick, told};
    const struct load_run run = {.run_id = run_id,
        .tenant = "acme",
        .started_at = at(0),
        .version = "0.1.0",
        .watch = told != NULL ? &watch : NULL};
    struct load *load = NULL;
    char device[16];

    assert_true(csv_open(&place->settings, &place->schema, &run, &place->log, &load, &place->err));
    for (int i = 0; i < WATCH_DEVICES; i++) {
        (void)snprintf(device, sizeof device, "d%05d", i);
        stage_seen(place, load, device, name, i, at(1));
    }
    return keep(place, load);
}

static void publishing_says_where_it_is_and_ticks(void **state)
{
    struct place *place = *state;
    struct told told = {.count = 0};
    struct keeping keeping = publish_watched(place, "r1", "Eins", &told);

    assert_int_equal(keeping.counts[KEEP_DEVICE].inserted, WATCH_DEVICES);
    assert_int_equal(ticks_of(&told, "device"), WATCH_DEVICES / 1024);
    assert_int_equal(ticks_of(&told, "device_history"), WATCH_DEVICES / 1024);
    assert_int_equal(ticks_of(&told, "software"), 0);
    assert_string_equal(told.relations[told.count - 1], "device_history");
}

static void nobody_need_watch(void **state)
{
    struct place *place = *state;
    struct keeping keeping = publish_watched(place, "r1", "Eins", NULL);

    assert_int_equal(keeping.counts[KEEP_DEVICE].inserted, WATCH_DEVICES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            publishing_says_where_it_is_and_ticks, set_up_keep, tear_down),
        cmocka_unit_test_setup_teardown(nobody_need_watch, set_up_keep, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
