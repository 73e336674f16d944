/* Runs of the PostgreSQL destination beside sessions that hold locks. Runs under with_cluster. */
#include "postgres/past.h"

/* A device is there, and a run that would change it, beside this statement's locks. */
static void begin_beside(struct place *place, const char *statement)
{
    begin_day(place, 10);
    stage_device(place, "d1", "ACTIVE", 1);
    publish_states(place, 1, 0, 0);
    place->settings.lock_wait_ms = 50;
    begin_day(place, 11);
    stage_device(place, "d1", "WIPED", 1);
    execute(place, "BEGIN");
    execute(place, statement);
}

/* It says what it waited for, and what is published and what is staged stay. */
static void cannot_publish_beside(struct place *place, const char *statement, const char *what)
{
    struct load_counts counts = {.relation = &device_relation};
    bool changed = true;

    begin_beside(place, statement);
    assert_false(load_publish(place->load, &counts, 1, NULL, &changed, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_false(changed);
    if (strstr(place->err.text, what) != place->err.text ||
        strstr(place->err.text, "another session holds a lock") == NULL) {
        fail_msg("wanted: %s\ngot: %s", what, place->err.text);
    }
    assert_answer(place, "1", "SELECT count(*) FROM @.stage_device");
    assert_answer(place, "d1 ACTIVE 10-", STATES);
    execute(place, "COMMIT");
    assert_true(tell_run(place, "failed", 1));
}

static void a_table_that_may_not_be_written_is_not_waited_for_without_end(void **state)
{
    cannot_publish_beside(
        *state, "LOCK TABLE @.device IN SHARE MODE", "publishing device: PostgreSQL: ");
}

static void a_table_that_may_not_be_read_is_not_waited_for_without_end(void **state)
{
    cannot_publish_beside(*state, "LOCK TABLE @.device_history IN ACCESS EXCLUSIVE MODE",
        "publishing device_history: PostgreSQL: ");
}

static void rows_that_another_holds_are_not_waited_for_without_end(void **state)
{
    cannot_publish_beside(
        *state, "SELECT FROM @.device FOR UPDATE", "publishing device: PostgreSQL: ");
}

/* A long query of a BI tool: it reads everything, and may go on. */
static void a_reader_stands_in_nobodys_way(void **state)
{
    struct place *place = *state;

    begin_beside(place, "SELECT FROM @.device, @.device_history, @.run, @.app, @.setting");
    publish_states(place, 1, 1, 0);
    assert_answer(place, "d1 ACTIVE 10-11, d1 WIPED 11-", STATES);
}

/* The schema with a column more in every relation of it. */
static const struct column device_and_model_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"status", "", COLUMN_TEXT},
    {"model", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"check_in_at", "", COLUMN_TIMESTAMPTZ},
};
static const struct relation device_and_model = {
    "device", "", device_and_model_columns, 6, 2, RELATION_KEYED, 0};
static const struct column history_and_model_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"valid_from", "", COLUMN_TIMESTAMPTZ},
    {"valid_to", "", COLUMN_TIMESTAMPTZ},
    {"model", "", COLUMN_TEXT},
    {"status", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
};
static const struct relation history_and_model = {
    "device_history", "", history_and_model_columns, 7, 3, RELATION_HISTORY, 0};
static const struct column run_and_version_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"version", "", COLUMN_TEXT},
    {"tenant", "", COLUMN_TEXT},
    {"outcome", "", COLUMN_TEXT},
    {"message", "", COLUMN_TEXT},
};
static const struct relation run_and_version = {
    "run", "", run_and_version_columns, 5, 1, RELATION_RUN, 0};
static const struct column app_and_managed_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"managed", "", COLUMN_BOOLEAN},
    {"identifier", "", COLUMN_TEXT},
    {"version", "", COLUMN_TEXT},
};
static const struct relation app_and_managed = {
    "app", "", app_and_managed_columns, 5, 2, RELATION_SET, 1};
static const struct column fetch_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
    {"digest", "", COLUMN_TEXT},
};
static const struct relation fetch_relation = {"fetch", "", fetch_columns, 4, 3, RELATION_KEYED, 0};
static const struct relation *const extended_relations[] = {
    &device_and_model, &history_and_model, &run_and_version, &app_and_managed, &fetch_relation};

/* A run of the extended schema; *warnings (to be freed) gets what it warned of. */
static void begin_extended(struct place *place, char **warnings)
{
    size_t size = 0;

    place->schema = (struct load_schema){.relations = extended_relations,
        .count = 5,
        .fetched = &fetch_relation,
        .history = &history_and_model,
        .history_of = &device_and_model};
    place->run.fingerprint = "same";
    place->log = (struct log){.out = open_memstream(warnings, &size), .from = LOG_WARNING};
    assert_non_null(place->log.out);
    begin_day(place, 11);
    (void)fclose(place->log.out);
}

static void stage_model(struct place *place)
{
    const struct cell cells[] = {text_cell("acme"), text_cell("d1"), text_cell("ACTIVE"),
        text_cell("X1"), {.is_set = false}, time_cell(1)};
    const struct row row = {&device_and_model, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

static void stage_managed(struct place *place)
{
    const struct cell cells[] = {text_cell("acme"), text_cell("d1"),
        {.is_set = true, .boolean = true}, text_cell("x"), text_cell("1")};
    const struct row row = {&app_and_managed, cells};
    struct item item;

    take_item(place, &row, "x:1 managed", &item);
    put_list(place, &app_and_managed, "d1", &item, 1);
}

static void stage_fetch(struct place *place, const char *entity)
{
    const struct cell cells[] = {
        text_cell("acme"), text_cell("d1"), text_cell(entity), text_cell("0f")};
    const struct row row = {&fetch_relation, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

static bool tell_version(struct place *place)
{
    const struct cell cells[] = {text_cell("run"), text_cell("1.0"), text_cell("acme"),
        text_cell("running"), {.is_set = false}};
    const struct row row = {&run_and_version, cells};

    return load_tell(place->load, &row, 1, &place->err);
}

static void publish_extended(struct place *place)
{
    struct load_counts counts[] = {{.relation = &device_and_model}, {.relation = &app_and_managed},
        {.relation = &fetch_relation}};
    bool changed = false;

    stage_model(place);
    stage_managed(place);
    stage_fetch(place, "app");
    stage_fetch(place, "other");
    must(place, tell_version(place));
    must(place, load_publish(place->load, counts, 3, NULL, &changed, &place->err));
    assert_true(changed);
    end_run(place);
}

/* The schema of before, with a device and an app of it. */
static void publish_before(struct place *place)
{
    begin_day(place, 10);
    stage_device(place, "d1", "ACTIVE", 1);
    publish_states(place, 1, 0, 0);
    publish_three_apps(place);
}

#define MODELS "SELECT coalesce(string_agg(model, ' '), '') FROM @.device"
#define COLUMNS_OF(relation)                                                                       \
    "SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute "                           \
    "WHERE attrelid = '@." relation "'::regclass AND attnum > 0"

/* A long query stands in the way of new columns, and not of the run; the next one has them. */
static void new_columns_wait_for_a_long_query(void **state)
{
    struct place *place = *state;
    char *warnings = NULL;

    publish_before(place);
    execute(place, "BEGIN");
    execute(place, "SELECT FROM @.device, @.app, @.run");
    begin_extended(place, &warnings);
    assert_non_null(
        strstr(warnings, "column model of device waits for the next run: the table is locked"));
    assert_non_null(strstr(warnings, "column managed of app waits for the next run"));
    assert_non_null(strstr(warnings, "column version of run waits for the next run"));
    free(warnings);
    publish_extended(place);
    assert_answer(place, "tenant device_id status identifier check_in_at", COLUMNS_OF("device"));
    assert_answer(place, "tenant device_id identifier version", COLUMNS_OF("app"));
    assert_answer(place, "d1 x:1, d2 x:1", APPS);
    assert_answer(place, "app ?, other 0f",
        "SELECT string_agg(entity || ' ' || coalesce(digest, '?'), ', ' ORDER BY entity) "
        "FROM @.fetch");
    execute(place, "COMMIT");
    begin_extended(place, &warnings);
    assert_string_equal(warnings, "");
    free(warnings);
    publish_extended(place);
    assert_answer(place, "X1", MODELS);
    assert_answer(place, "x true",
        "SELECT identifier || ' ' || managed FROM @.app "
        "WHERE device_id = 'd1'");
    assert_answer(place, "1.0", "SELECT version FROM @.run");
    assert_answer(place, "d1 ACTIVE 10-11, d1 ACTIVE 11-", STATES);
}

static bool ignore_row(void *context, const struct str *texts, struct error *err)
{
    (void)context;
    (void)texts;
    (void)err;
    return true;
}

/* Whoever has no lock on it gets the column at once; and of what waits readers know nothing. */
static void only_what_is_locked_waits(void **state)
{
    static const size_t columns[] = {4, 1};
    struct place *place = *state;
    char *warnings = NULL;
    char *at = NULL;

    publish_before(place);
    execute(place, "BEGIN");
    execute(place, "SELECT FROM @.device_history");
    begin_extended(place, &warnings);
    at = strstr(warnings, "waits for the next run");
    assert_non_null(at);
    assert_null(strstr(at + 1, "waits for the next run"));
    free(warnings);
    must(place,
        load_published(place->load, &history_and_model, columns, 2, ignore_row, NULL, &place->err));
    publish_extended(place);
    assert_answer(place, "X1", MODELS);
    assert_answer(place, "d1 ACTIVE 10-", STATES);
}

/* They lack what waits: the next run, which has it, is to fetch them again. */
static void what_a_run_stages_without_a_column_is_not_for_the_next(void **state)
{
    struct place *place = *state;
    char *warnings = NULL;

    publish_before(place);
    execute(place, "BEGIN");
    execute(place, "SELECT FROM @.device");
    begin_extended(place, &warnings);
    free(warnings);
    stage_model(place);
    end_run(place);
    execute(place, "COMMIT");
    assert_answer(place, "0", "SELECT count(*) FROM @.stage_device");
}

static void a_key_cannot_wait(void **state)
{
    static const struct relation device_by_model = {
        "device", "", device_and_model_columns, 6, 4, RELATION_KEYED, 0};
    static const struct relation *const relations[] = {&device_by_model};
    struct place *place = *state;

    publish_before(place);
    execute(place, "BEGIN");
    execute(place, "SELECT FROM @.device");
    place->schema = (struct load_schema){.relations = relations, .count = 1};
    assert_false(load_open(
        &place->settings, &place->schema, &place->run, &place->log, &place->load, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text, "column model of device is missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_past, tear_down)
        TEST(a_table_that_may_not_be_written_is_not_waited_for_without_end),
        TEST(a_table_that_may_not_be_read_is_not_waited_for_without_end),
        TEST(rows_that_another_holds_are_not_waited_for_without_end),
        TEST(a_reader_stands_in_nobodys_way),
        TEST(new_columns_wait_for_a_long_query),
        TEST(only_what_is_locked_waits),
        TEST(what_a_run_stages_without_a_column_is_not_for_the_next),
        TEST(a_key_cannot_wait),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
