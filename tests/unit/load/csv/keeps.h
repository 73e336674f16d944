/* What a run leaves behind: its changes, the states of devices, and what it says of itself. */
#ifndef UEMSYNC_TESTS_UNIT_LOAD_CSV_KEEPS_H
#define UEMSYNC_TESTS_UNIT_LOAD_CSV_KEEPS_H

#include "unit/load/csv/sets.h"

static const struct column history_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"valid_from", "", COLUMN_TIMESTAMPTZ},
    {"valid_to", "", COLUMN_TIMESTAMPTZ},
    {"name", "", COLUMN_TEXT},
    {"code", "", COLUMN_BIGINT},
};
static const struct relation history_relation = {
    "device_history", "", history_columns, 6, 3, RELATION_HISTORY, 0};

static const struct column fetch_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
};
static const struct relation fetch_relation = {
    "device_fetch", "", fetch_columns, 3, 3, RELATION_KEYED, 0};

static const struct column run_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"tenant", "", COLUMN_TEXT},
    {"finished_at", "", COLUMN_TIMESTAMPTZ},
    {"outcome", "", COLUMN_TEXT},
    {"message", "", COLUMN_TEXT},
};
static const struct relation run_relation = {"sync_run", "", run_columns, 5, 1, RELATION_RUN, 0};

static const struct column run_entity_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
    {"inserted", "", COLUMN_BIGINT},
};
static const struct relation run_entity_relation = {
    "sync_run_entity", "", run_entity_columns, 3, 2, RELATION_RUN, 0};

enum {
    KEEP_HISTORY,
    KEEP_DEVICE,
    KEEP_RUN,
    KEEP_SOFTWARE,
    KEEP_ENTITY,
    KEEP_REJECT,
    KEEP_FETCH,
    KEEP_MEMBER,
    KEEP_COUNT
};
/* The history ahead of whose it is: no order is asked for. */
static const struct relation *const keep_relations[KEEP_COUNT] = {&history_relation,
    &device_relation, &run_relation, &software_relation, &run_entity_relation, &reject_relation,
    &fetch_relation, &member_relation};

static inline int set_up_keep(void **state)
{
    int result = set_up(state);
    struct place *place = *state;

    place->schema = (struct load_schema){.relations = keep_relations,
        .count = KEEP_COUNT,
        .fetched = &fetch_relation,
        .history = &history_relation,
        .history_of = &device_relation};
    place->settings.keep_changes = 3;
    return result;
}

static inline bool try_open_at(
    struct place *place, const char *run_id, int64_t started_at, struct load **load)
{
    struct load_run run = {
        .run_id = run_id, .tenant = "acme", .started_at = started_at, .version = "0.1.0"};

    return csv_open(&place->settings, &place->schema, &run, &place->log, load, &place->err);
}

/* `seconds` after 2020-01-01T00:00:00Z: those of the first minute are "2020-01-01T00:00:SS.000Z".
 */
static inline int64_t at(int64_t seconds)
{
    return INT64_C(1577836800000) + 1000 * seconds;
}

#define DAY INT64_C(86400)
#define AT(seconds) "2020-01-01T00:00:" seconds ".000Z"

static inline struct load *open_at(struct place *place, const char *run_id, int64_t seconds)
{
    struct load *load = NULL;

    if (!try_open_at(place, run_id, at(seconds), &load)) {
        fail_msg("%s", place->err.text);
    }
    return load;
}

/* A device with a time that its history does not keep. */
static inline void stage_seen(struct place *place, struct load *load, const char *device,
    const char *name, int64_t code, int64_t seen_at)
{
    struct cell cells[10] = {text_cell("acme"), text_cell(device), text_cell(name),
        [4] = {.is_set = true, .number = code}, [6] = {.is_set = true, .ms = seen_at}};

    assert_true(load->ops->stage(load, &(struct row){&device_relation, cells}, &place->err));
}

static inline void remove_device(struct place *place, struct load *load, const char *device)
{
    struct str key = str_of(device);

    assert_true(load->ops->remove(load, &device_relation, &key, &place->err));
}

static inline bool try_tell(struct place *place, struct load *load, const char *run_id,
    const char *outcome, const char *message)
{
    struct cell cells[5] = {
        text_cell(run_id), text_cell("acme"), [3] = text_cell(outcome), [4] = text_cell(message)};

    return load->ops->tell(load, &(struct row){&run_relation, cells}, 1, &place->err);
}

/* Two entities' rows, with the count of the first. */
static inline bool try_tell_entities(
    struct place *place, struct load *load, const char *run_id, int64_t inserted)
{
    struct cell first[3] = {
        text_cell(run_id), text_cell("software"), {.is_set = true, .number = inserted}};
    struct cell second[3] = {text_cell(run_id), text_cell("device")};
    struct row rows[2] = {{&run_entity_relation, first}, {&run_entity_relation, second}};

    return load->ops->tell(load, rows, 2, &place->err);
}

/* A publish, and what is told in it. */
struct keeping {
    struct place *place;
    struct load *load;
    const char *run_id; /* NULL: nothing is told */
    bool refuses;
    struct load_counts counts[KEEP_COUNT];
    bool changed;
};

static inline bool keep_tell(void *context, struct error *err)
{
    struct keeping *keeping = context;
    struct place *place = keeping->place;
    bool ok = try_tell(place, keeping->load, keeping->run_id, "complete", NULL) &&
              try_tell_entities(
                  place, keeping->load, keeping->run_id, keeping->counts[KEEP_SOFTWARE].inserted) &&
              !keeping->refuses;

    if (!ok) {
        *err = place->err;
    }
    return ok;
}

static inline bool try_keep(struct keeping *keeping)
{
    struct load_end end = {keep_tell, keeping};

    for (size_t i = 0; i < KEEP_COUNT; i++) {
        keeping->counts[i] = (struct load_counts){.relation = keep_relations[i]};
    }
    return keeping->load->ops->publish(keeping->load, keeping->counts, KEEP_COUNT,
        keeping->run_id != NULL ? &end : NULL, &keeping->changed, &keeping->place->err);
}

/* Publishes, with nothing told, and closes. */
static inline struct keeping keep(struct place *place, struct load *load)
{
    struct keeping keeping = {.place = place, .load = load};

    if (!try_keep(&keeping)) {
        fail_msg("%s", place->err.text);
    }
    close_run(load);
    return keeping;
}

static inline ino_t inode(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_ino;
}

#define HISTORY_HEADER "tenant,device_id,valid_from,valid_to,name,code\n"
#define RUN_HEADER "run_id,tenant,finished_at,outcome,message\n"
#define ENTITY_HEADER "run_id,entity,inserted\n"
#define DEVICE_HEADER "tenant,device_id,name,compliant,code,latitude,seen_at,guid,details,reasons\n"

static inline void assert_history(struct place *place, const char *rows)
{
    char *wanted = NULL;

    assert_true(asprintf(&wanted, HISTORY_HEADER "%s", rows) > 0);
    assert_file(in(place->path, "acme/device_history.csv"), wanted);
    free(wanted);
}

#endif
