/* A schema with a history and a ledger, for the tests of what a run leaves behind. */
#ifndef UEMSYNC_TESTS_POSTGRES_PAST_H
#define UEMSYNC_TESTS_POSTGRES_PAST_H

#include "postgres/load.h"

#define DAY INT64_C(86400000)

static const struct column device_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"status", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"check_in_at", "", COLUMN_TIMESTAMPTZ},
};
static const struct relation device_relation = {
    "device", "", device_columns, 5, 2, RELATION_KEYED, 0};

static const struct column history_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"valid_from", "", COLUMN_TIMESTAMPTZ},
    {"valid_to", "", COLUMN_TIMESTAMPTZ},
    {"status", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
};
static const struct relation history_relation = {
    "device_history", "", history_columns, 6, 3, RELATION_HISTORY, 0};

static const struct column run_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"tenant", "", COLUMN_TEXT},
    {"started_at", "", COLUMN_TIMESTAMPTZ},
    {"finished_at", "", COLUMN_TIMESTAMPTZ},
    {"outcome", "", COLUMN_TEXT},
    {"message", "", COLUMN_TEXT},
};
static const struct relation run_relation = {"run", "", run_columns, 6, 1, RELATION_RUN, 0};

static const struct column part_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
    {"calls", "", COLUMN_BIGINT},
    {"seconds", "", COLUMN_DOUBLE},
    {"proven", "", COLUMN_BOOLEAN},
};
static const struct relation part_relation = {"run_part", "", part_columns, 5, 2, RELATION_RUN, 0};

static const struct column rejected_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"ordinal", "", COLUMN_BIGINT},
    {"tenant", "", COLUMN_TEXT},
    {"record_key", "", COLUMN_TEXT},
    {"payload", "", COLUMN_TEXT},
    {"rejected_at", "", COLUMN_TIMESTAMPTZ},
};
static const struct relation rejected_relation = {
    "rejected", "", rejected_columns, 6, 2, RELATION_LOG, 0};

static const struct relation *const past_relations[] = {&device_relation, &history_relation,
    &run_relation, &part_relation, &rejected_relation, &app_relation, &setting_relation};
enum { PAST_RELATIONS = sizeof past_relations / sizeof *past_relations };

static inline int set_up_past(void **state)
{
    struct place *place;

    (void)set_up(state);
    place = *state;
    place->schema = (struct load_schema){.relations = past_relations,
        .count = PAST_RELATIONS,
        .history = &history_relation,
        .history_of = &device_relation};
    place->run.started_at = 1000 * DAY;
    return 0;
}

/* A run that starts on this day, and publishes the devices that are staged next. */
static inline void begin_day(struct place *place, int64_t day)
{
    place->run.started_at = day * DAY;
    begin_run(place);
}

/* `check_in_at` is not kept in the history. */
static inline void stage_device(
    struct place *place, const char *device, const char *status, int64_t check_in_at)
{
    const struct cell cells[] = {text_cell(place->run.tenant), text_cell(device), text_cell(status),
        {.is_set = false}, {.is_set = true, .ms = check_in_at}};
    const struct row row = {&device_relation, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

static inline void remove_device(struct place *place, const char *device)
{
    const struct str key[] = {str_of(device)};

    must(place, load_remove(place->load, &device_relation, key, &place->err));
}

static inline struct cell time_cell(int64_t ms)
{
    return (struct cell){.is_set = true, .ms = ms};
}

/* What the run says of itself; `finished` in ms, 0: not yet. */
static inline bool tell_run(struct place *place, const char *outcome, int64_t finished)
{
    const struct cell cells[] = {text_cell(place->run.run_id), text_cell(place->run.tenant),
        time_cell(place->run.started_at), {.is_set = finished > 0, .ms = finished},
        text_cell(outcome), {.is_set = false}};
    const struct row row = {&run_relation, cells};

    return load_tell(place->load, &row, 1, &place->err);
}

static inline void tell_part(struct place *place, const char *entity, int64_t calls)
{
    const struct cell cells[] = {text_cell(place->run.run_id), text_cell(entity),
        {.is_set = true, .number = calls}, {.is_set = true, .real = 0.1},
        {.is_set = true, .boolean = true}};
    const struct row row = {&part_relation, cells};

    must(place, load_tell(place->load, &row, 1, &place->err));
}

/* Publishes devices and history; asserts how many states began, ended and went. */
static inline void publish_states(
    struct place *place, int64_t inserted, int64_t updated, int64_t deleted)
{
    struct load_counts counts[] = {{.relation = &history_relation}, {.relation = &device_relation}};
    bool changed = false;

    must(place, load_publish(place->load, counts, 2, NULL, &changed, &place->err));
    assert_int_equal(counts[0].inserted, inserted);
    assert_int_equal(counts[0].updated, updated);
    assert_int_equal(counts[0].deleted, deleted);
    assert_int_equal(changed,
        inserted + updated + deleted + counts[1].inserted + counts[1].updated + counts[1].deleted >
            0);
    end_run(place);
}

/* Each state as its device, status and the days of its validity. */
#define STATES                                                                                     \
    "SELECT coalesce(string_agg(device_id || ' ' || status || ' ' || "                             \
    "extract(epoch FROM valid_from)::bigint / 86400 || '-' || "                                    \
    "coalesce((extract(epoch FROM valid_to)::bigint / 86400)::text, ''), ', ' "                    \
    "ORDER BY device_id, valid_from), '') FROM @.device_history WHERE tenant = 'acme'"

#endif
