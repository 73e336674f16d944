/* Runs of the CSV destination, as the conductor makes them. */
#ifndef UEMSYNC_TESTS_UNIT_LOAD_CSV_LOADS_H
#define UEMSYNC_TESTS_UNIT_LOAD_CSV_LOADS_H

#include "unit/load/csv/fixture.h"

/* One tenant, "acme", in a folder of its own. */
struct place {
    char *path;
    struct load_settings settings;
    struct load_schema schema;
    FILE *null;
    struct log log;
    struct error err;
};

static inline int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    place->path = new_folder();
    place->settings =
        (struct load_settings){.type = LOAD_CSV, .directory = place->path, .keep_snapshots = 2};
    place->schema = both_schema;
    place->null = fopen("/dev/null", "w");
    place->log = (struct log){.out = place->null, .from = LOG_DEBUG};
    *state = place;
    return 0;
}

static inline int tear_down(void **state)
{
    struct place *place = *state;

    (void)fclose(place->null);
    drop_folder(place->path);
    free(place);
    return 0;
}

static inline bool try_open(struct place *place, const char *run_id, struct load **load)
{
    struct load_run run = {
        .run_id = run_id, .tenant = "acme", .started_at = 1582796171062, .version = "0.1.0"};

    return csv_open(&place->settings, &place->schema, &run, &place->log, load, &place->err);
}

static inline struct load *open_run(struct place *place, const char *run_id)
{
    struct load *load = NULL;

    if (!try_open(place, run_id, &load)) {
        fail_msg("%s", place->err.text);
    }
    return load;
}

static inline void close_run(struct load *load)
{
    load->ops->close(load);
}

static inline bool try_stage_app(struct place *place, struct load *load, const char *device,
    const char *identifier, const char *version)
{
    struct cell cells[4] = {
        text_cell("acme"), text_cell(device), text_cell(identifier), text_cell(version)};
    struct row row = {&app_relation, cells};

    return load->ops->stage(load, &row, &place->err);
}

static inline void stage_app(struct place *place, struct load *load, const char *device,
    const char *identifier, const char *version)
{
    assert_true(try_stage_app(place, load, device, identifier, version));
}

static inline void stage_device(
    struct place *place, struct load *load, const char *device, const char *name)
{
    struct cell cells[10] = {text_cell("acme"), text_cell(device), text_cell(name)};
    struct row row = {&device_relation, cells};

    assert_true(load->ops->stage(load, &row, &place->err));
}

static inline void remove_app(
    struct place *place, struct load *load, const char *device, const char *identifier)
{
    struct str key[2] = {str_of(device), str_of(identifier)};

    assert_true(load->ops->remove(load, &app_relation, key, &place->err));
}

/* What a publish did. */
struct result {
    struct load_counts device;
    struct load_counts app;
    bool changed;
};

static inline bool try_publish(struct place *place, struct load *load, struct result *result)
{
    struct load_counts counts[2] = {{.relation = &device_relation}, {.relation = &app_relation}};
    bool ok = load->ops->publish(load, counts, 2, NULL, &result->changed, &place->err);

    result->device = counts[0];
    result->app = counts[1];
    return ok;
}

static inline struct result publish(struct place *place, struct load *load)
{
    struct result result = {0};

    if (!try_publish(place, load, &result)) {
        fail_msg("%s", place->err.text);
    }
    return result;
}

static inline void assert_counts(struct load_counts counts, int64_t inserted, int64_t updated,
    int64_t deleted, int64_t unchanged)
{
    assert_int_equal(counts.inserted, inserted);
    assert_int_equal(counts.updated, updated);
    assert_int_equal(counts.deleted, deleted);
    assert_int_equal(counts.unchanged, unchanged);
}

/* A run with three apps on two devices: what most tests begin with. */
static inline struct result publish_three(struct place *place, const char *run_id)
{
    struct load *load = open_run(place, run_id);
    struct result result = {0};

    stage_device(place, load, "d2", "Zwei");
    stage_device(place, load, "d1", "Eins");
    stage_app(place, load, "d2", "com.a", "1");
    stage_app(place, load, "d1", "com.b", "2");
    stage_app(place, load, "d1", "com.a", "1");
    result = publish(place, load);
    close_run(load);
    return result;
}

#define APP_HEADER "tenant,device_id,identifier,version\n"

#endif
