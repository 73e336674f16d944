/* The schema of the PostgreSQL destination as sets make it grow, and reading what is published.
 * Runs under with_cluster. */
#include "postgres/load.h"

/* The relation `app` with a column more: the last one, or one in the middle. */
static const struct column app_columns_and_last[] = {
    {"tenant", "The tenant.", COLUMN_TEXT},
    {"device_id", "The device.", COLUMN_TEXT},
    {"identifier", "The app.", COLUMN_TEXT},
    {"version", "Its version.", COLUMN_TEXT},
    {"managed", "Is it managed?", COLUMN_BOOLEAN},
};
static const struct column app_columns_and_middle[] = {
    {"tenant", "The tenant.", COLUMN_TEXT},
    {"device_id", "The device.", COLUMN_TEXT},
    {"managed", "Is it managed?", COLUMN_BOOLEAN},
    {"identifier", "The app.", COLUMN_TEXT},
    {"version", "Its version.", COLUMN_TEXT},
};
static const struct relation app_and_last = {
    "app", "Apps of devices.", app_columns_and_last, 5, 2, RELATION_SET, 1};
static const struct relation app_and_middle = {
    "app", "Apps of devices.", app_columns_and_middle, 5, 2, RELATION_SET, 1};

#define VIEW_COLUMNS                                                                               \
    "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute "                           \
    "WHERE attrelid = '@.app'::regclass AND attnum > 0"

static void use_relation(struct place *place, const struct relation *const *relation)
{
    place->schema = (struct load_schema){.relations = relation, .count = 1};
}

/* Publishes one app with the fifth column set, which stands at `place_of_managed`. */
static void publish_managed(
    struct place *place, const struct relation *relation, size_t place_of_managed)
{
    struct cell cells[5] = {text_cell("acme"), text_cell("d1")};
    const struct row row = {relation, cells};
    struct item item;
    size_t next = 2;

    for (size_t i = 0; i < 2; i++) {
        next += next == place_of_managed ? 1 : 0;
        cells[next++] = text_cell(i == 0 ? "x" : "1");
    }
    cells[place_of_managed] = (struct cell){.is_set = true, .boolean = true};
    begin_run(place);
    take_item(place, &row, "x:1:managed", &item);
    put_list(place, relation, "d1", &item, 1);
    publish(place, relation, 1, 0, 2, 0);
    assert_answer(place, "d1 x:1 t, d2 x:1 ?",
        "SELECT string_agg(device_id || ' ' || identifier || ':' || version || ' ' || "
        "coalesce(left(managed::text, 1), '?'), ', ' ORDER BY device_id) FROM @.app");
}

static void a_last_column_leaves_views_of_others_alone(void **state)
{
    static const struct relation *const relation = &app_and_last;
    struct place *place = *state;

    publish_three_apps(place);
    execute(place, "CREATE VIEW @.mine AS SELECT device_id, version FROM @.app");
    use_relation(place, &relation);
    publish_managed(place, relation, 4);
    assert_answer(place, "tenant,device_id,identifier,version,managed", VIEW_COLUMNS);
    assert_answer(place, "Is it managed?", "SELECT col_description('@.app'::regclass, 5)");
    assert_answer(place, "2", "SELECT count(*) FROM @.mine");
}

static void a_column_in_the_middle_makes_the_view_anew(void **state)
{
    static const struct relation *const relation = &app_and_middle;
    struct place *place = *state;

    publish_three_apps(place);
    use_relation(place, &relation);
    publish_managed(place, relation, 2);
    assert_answer(place, "tenant,device_id,managed,identifier,version", VIEW_COLUMNS);
    assert_answer(place, "Apps of devices.", "SELECT obj_description('@.app'::regclass)");
}

static void a_view_upon_it_stands_in_the_way_and_nothing_is_done(void **state)
{
    static const struct relation *const relation = &app_and_middle;
    struct place *place = *state;

    publish_three_apps(place);
    execute(place, "CREATE VIEW @.mine AS SELECT device_id FROM @.app");
    use_relation(place, &relation);
    assert_false(load_open(
        &place->settings, &place->schema, &place->run, &place->log, &place->load, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(place->err.text,
        "other objects depend on it: view mine depends on view app: drop it, run `uemsync "
        "migrate`, make it again"));
    assert_null(strstr(place->err.text, "CASCADE"));
    assert_answer(place, "0",
        "SELECT count(*) FROM pg_attribute "
        "WHERE attrelid = '@.app_item'::regclass AND attname = 'managed'");
}

/* `@` in what is wanted is the schema. */
static void says(struct place *place, bool ok, const char *why)
{
    char wanted[512] = "";
    size_t size = 0;

    for (; *why != '\0'; why++) {
        size += (size_t)snprintf(wanted + size, sizeof wanted - size, *why == '@' ? "%s" : "%.1s",
            *why == '@' ? place->name : why);
        assert_true(size < sizeof wanted);
    }
    assert_false(ok);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    if (strstr(place->err.text, wanted) == NULL) {
        fail_msg("wanted: %s\ngot: %s", wanted, place->err.text);
    }
}

static void cannot_open(struct place *place, const char *why)
{
    says(place,
        load_open(
            &place->settings, &place->schema, &place->run, &place->log, &place->load, &place->err),
        why);
}

static void without_auto_migrate_what_is_missing_is_named(void **state)
{
    static const struct relation *const relation = &app_and_last;
    struct place *place = *state;
    char text[256];

    publish_three_apps(place);
    place->settings.auto_migrate = false;
    begin_run(place);
    end_run(place);
    execute(place, "DROP VIEW @.app");
    cannot_open(place, "view app is missing; destination.auto_migrate is false");
    must(place, load_migrate(&place->settings, &place->schema, text, sizeof text, &place->err));
    execute(place, "DROP TABLE @.stage_app_list");
    cannot_open(place, "table stage_app_list is missing");
    must(place, load_migrate(&place->settings, &place->schema, text, sizeof text, &place->err));
    use_relation(place, &relation);
    cannot_open(place, "column managed of table app_item is missing");
    must(place, load_migrate(&place->settings, &place->schema, text, sizeof text, &place->err));
    assert_non_null(strstr(text, "column managed of table app_item was missing"));
    begin_run(place);
}

/* As examples/postgres-roles.sql leaves it. */
static void a_schema_without_tables_is_not_a_missing_schema(void **state)
{
    struct place *place = *state;
    char text[256];

    place->settings.auto_migrate = false;
    cannot_open(place, "schema @ is missing; destination.auto_migrate is false");
    execute(place, "CREATE SCHEMA @");
    cannot_open(place, "the tables of schema @ are missing; destination.auto_migrate is false");
    must(place, load_migrate(&place->settings, &place->schema, text, sizeof text, &place->err));
    assert_non_null(strstr(text, "created or extended (the tables of schema "));
}

/* Told before anything is done, whether or not tables are there. */
static void a_reader_role_that_does_not_exist_is_named(void **state)
{
    static const char why[] = "destination.reader_role names the role No Bee, which PostgreSQL "
                              "does not know: make it with CREATE ROLE \"No Bee\"";
    struct place *place = *state;
    char text[256];

    place->settings.reader_role = "No Bee";
    for (int i = 0; i < 2; i++) {
        says(place, load_check(&place->settings, &place->schema, text, sizeof text, &place->err),
            why);
        says(place, load_migrate(&place->settings, &place->schema, text, sizeof text, &place->err),
            why);
        cannot_open(place, why);
        place->settings.reader_role = NULL;
        begin_run(place);
        end_run(place);
        place->settings.reader_role = "No Bee";
    }
    place->settings.reader_role = "public";
    begin_run(place);
}

/* Who it is that lacks a right, and who has it, in each use. */
static void who_lacks_a_right_is_named_with_what_helps(void **state)
{
    static const struct relation *const relation = &app_and_middle;
    struct place *place = *state;
    char text[256];

    execute(place, "CREATE ROLE load_ana LOGIN");
    place->settings.url = "user=load_ana";
    cannot_open(place, "creating or extending the schema @: PostgreSQL: user load_ana: "
                       "permission denied for database postgres: a new schema wants the CREATE "
                       "right on the database");
    place->settings.url = "";
    publish_three_apps(place);
    execute(place, "GRANT USAGE ON SCHEMA @ TO load_ana");
    place->settings.url = "user=load_ana";
    cannot_open(place, "PostgreSQL: user load_ana: permission denied for table schema_version: "
                       "sync and forget want the loader, who may read and write every table");
    says(place, load_migrate(&place->settings, &place->schema, text, sizeof text, &place->err),
        "PostgreSQL: user load_ana: permission denied for table schema_version: only the owner of "
        "schema and tables may change them: run `uemsync migrate` as that user");
    execute(place, "GRANT SELECT ON ALL TABLES IN SCHEMA @ TO load_ana");
    use_relation(place, &relation);
    cannot_open(place, "PostgreSQL: user load_ana: must be owner of ");
    assert_non_null(strstr(place->err.text, ": only the owner of schema and tables may change"));
    execute(place, "REVOKE SELECT ON ALL TABLES IN SCHEMA @ FROM load_ana");
    execute(place, "GRANT SELECT ON @.schema_version TO load_ana");
    must(place, load_open_reader(&place->settings, &place->schema, &place->run, &place->log,
                    &place->load, &place->err));
    says(place,
        load_published(place->load, &app_relation, (const size_t[]){1}, 1, NULL, NULL, &place->err),
        "PostgreSQL: user load_ana: permission denied for view app: reading wants a "
        "member of destination.reader_role");
    end_run(place);
    execute(place, "DROP OWNED BY load_ana; DROP ROLE load_ana");
}

static void what_is_in_the_way_is_named(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    execute(place, "ALTER TABLE @.app_item ALTER COLUMN holders TYPE bigint; DROP VIEW @.app; "
                   "ALTER TABLE @.app_item ALTER COLUMN version TYPE varchar");
    cannot_open(place, "column app_item.version is of type character varying");
    execute(place, "ALTER TABLE @.app_item ALTER COLUMN version TYPE text; CREATE TABLE @.app ()");
    execute(place, "ALTER TABLE @.app ADD COLUMN tenant text");
    cannot_open(place, "app is a table, and has to be a view");
}

/* check tries the migration, and leaves nothing of it. */
static void check_changes_nothing(void **state)
{
    static const struct relation *const relation = &app_and_middle;
    struct place *place = *state;
    char text[256];

    must(place, load_check(&place->settings, &place->schema, text, sizeof text, &place->err));
    assert_non_null(strstr(text, "will be created or extended"));
    assert_answer(place, "", "SELECT coalesce(to_regnamespace('@')::text, '')");
    publish_three_apps(place);
    must(place, load_check(&place->settings, &place->schema, text, sizeof text, &place->err));
    assert_non_null(strstr(text, "is up to date"));
    use_relation(place, &relation);
    must(place, load_check(&place->settings, &place->schema, text, sizeof text, &place->err));
    assert_answer(place, "tenant,device_id,identifier,version", VIEW_COLUMNS);
}

/* The view reads the tables below it with its owner's rights. */
static void a_reader_reads_the_view_and_nothing_below(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    execute(place, "CREATE ROLE load_reader");
    place->settings.reader_role = "load_reader";
    place->settings.auto_migrate = false;
    cannot_open(place, "right of load_reader to read app is missing");
    place->settings.auto_migrate = true;
    begin_run(place);
    end_run(place);
    execute(place, "SET ROLE load_reader");
    assert_answer(place, "3", "SELECT count(*) FROM @.app");
    execute(place, "RESET ROLE");
    assert_answer(place, "app catalog member reject setting",
        "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class "
        "WHERE relnamespace = '@'::regnamespace AND relkind IN ('r', 'v') "
        "AND has_table_privilege('load_reader', oid, 'SELECT')");
    place->settings.auto_migrate = false;
    begin_run(place);
    execute(place, "DROP OWNED BY load_reader; DROP ROLE load_reader");
}

/* What examples/postgres-roles.sql grants to a loader that owns nothing is enough for sets. */
static void a_loader_needs_rights_on_rows_alone(void **state)
{
    struct place *place = *state;
    char text[256];

    publish_three_apps(place);
    execute(place, "CREATE ROLE load_loader LOGIN; GRANT USAGE ON SCHEMA @ TO load_loader");
    place->settings.auto_migrate = false;
    place->settings.url = "user=load_loader";
    execute(place, "GRANT SELECT ON ALL TABLES IN SCHEMA @ TO load_loader");
    assert_false(load_check(&place->settings, &place->schema, text, sizeof text, &place->err));
    assert_non_null(strstr(place->err.text, "load_loader may not read and write table"));
    execute(place, "GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA @ TO load_loader");
    execute(place, "REVOKE INSERT, UPDATE, DELETE ON @.app FROM load_loader");
    must(place, load_check(&place->settings, &place->schema, text, sizeof text, &place->err));
    begin_run(place);
    stage_apps(place, "d1", "x:1 z:1");
    stage_apps(place, "d2", "");
    publish(place, &app_relation, 1, 0, 2, 1);
    assert_answer(place, "2", "SELECT count(*) FROM @.app");
    place->settings.url = "";
    execute(place, "DROP OWNED BY load_loader; DROP ROLE load_loader");
}

/* Rows that a reader was given, each as its texts and `|`, sorted by the test that asks. */
struct reading {
    size_t columns;
    size_t rows;
    char text[1024];
};

static bool note_row(void *context, const struct str *texts, struct error *err)
{
    struct reading *reading = context;
    size_t size = strlen(reading->text);

    (void)err;
    for (size_t i = 0; i < reading->columns; i++) {
        size += (size_t)snprintf(reading->text + size, sizeof reading->text - size, "%.*s|",
            texts[i].data != NULL ? (int)texts[i].size : 4,
            texts[i].data != NULL ? texts[i].data : "NULL");
        assert_true(size < sizeof reading->text);
    }
    reading->rows++;
    return true;
}

static void begin_reading(struct place *place)
{
    must(place, load_open_reader(&place->settings, &place->schema, &place->run, &place->log,
                    &place->load, &place->err));
}

static void assert_read(struct place *place, const struct relation *relation, const size_t *columns,
    size_t count, const char *wanted)
{
    struct reading reading = {.columns = count};

    must(place,
        load_published(place->load, relation, columns, count, note_row, &reading, &place->err));
    assert_string_equal(reading.text, wanted);
}

static void a_reader_finds_nothing_where_nothing_is(void **state)
{
    struct place *place = *state;
    static const size_t columns[] = {1};

    begin_reading(place);
    assert_read(place, &app_relation, columns, 1, "");
    end_run(place);
    assert_answer(place, "", "SELECT coalesce(to_regnamespace('@')::text, '')");
    execute(place, "CREATE SCHEMA @");
    begin_reading(place);
    assert_read(place, &setting_relation, columns, 1, "");
    assert_answer(
        place, "0", "SELECT count(*) FROM pg_class WHERE relnamespace = '@'::regnamespace");
}

static void a_reader_goes_beside_a_run(void **state)
{
    struct place *place = *state;
    static const size_t columns[] = {3, 1};
    struct load *run;

    publish_three_apps(place);
    begin_run(place);
    stage_apps(place, "d2", "x:9");
    run = place->load;
    begin_reading(place);
    assert_read(place, &app_relation, columns, 0, "");
    execute(place, "DELETE FROM @.app_list WHERE device_id = 'd1'");
    assert_read(place, &app_relation, columns, 2, "1|d2|");
    end_run(place);
    place->load = run;
}

static void a_reader_of_an_older_schema_finds_null(void **state)
{
    struct place *place = *state;
    static const size_t columns[] = {4, 2};

    publish_three_apps(place);
    execute(place, "DELETE FROM @.app_list WHERE device_id = 'd1'");
    begin_reading(place);
    assert_read(place, &app_and_last, columns, 2, "NULL|x|");
}

static void a_reader_refuses_a_newer_schema(void **state)
{
    struct place *place = *state;

    publish_three_apps(place);
    execute(place, "INSERT INTO @.schema_version (version, program) VALUES (99, 'later')");
    assert_false(load_open_reader(
        &place->settings, &place->schema, &place->run, &place->log, &place->load, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
}

static void a_run_reads_between_what_it_stages(void **state)
{
    struct place *place = *state;
    static const size_t columns[] = {1, 2, 3};
    const struct str owner = {"d1", 2};

    publish_three_apps(place);
    begin_run(place);
    stage_setting(place, "d1", "a", "1");
    stage_apps(place, "d2", "");
    must(place, load_replace(place->load, &app_relation, &owner, &place->err));
    must(place, load_mark(place->load, &setting_relation, &place->err));
    must(place, load_forget(place->load, &setting_relation, &place->err));
    assert_read(place, &setting_relation, columns, 3, "");
    stage_setting(place, "d2", "a", "2");
    stage_apps(place, "d3", "x:3");
    publish(place, &setting_relation, 1, 0, 0, 0);
    begin_run(place);
    assert_read(place, &setting_relation, columns, 3, "d2|a|2|");
}

/* Every type, as a set's item and as a row of a table, with NULL beside. */
static void texts_are_those_of_csv(void **state)
{
    static const struct column columns[] = {{"tenant", "", COLUMN_TEXT}, {"id", "", COLUMN_TEXT},
        {"b", "", COLUMN_BOOLEAN}, {"i", "", COLUMN_BIGINT}, {"d", "", COLUMN_DOUBLE},
        {"t", "", COLUMN_TIMESTAMPTZ}, {"u", "", COLUMN_UUID}, {"j", "", COLUMN_JSONB},
        {"a", "", COLUMN_TEXT_ARRAY}, {"n", "", COLUMN_TEXT}};
    static const struct relation kept = {"kept", "", columns, 10, 2, RELATION_KEYED, 0};
    static const struct relation set = {"set_of", "", columns, 10, 2, RELATION_SET, 1};
    static const struct relation *const relations[] = {&kept, &set};
    static const size_t places[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    static const struct str words[] = {{"a", 1}, {"b \"c", 4}};
    static const char wanted[] = "d|t|-9223372036854775808|0.1|2020-02-27T09:36:11.062Z|"
                                 "30313233-3435-3637-3839-616263646566|{\"k\": [1, 2.50]}|"
                                 "{a,\"b \\\"c\"}|NULL|";
    struct place *place = *state;
    struct load_counts counts[] = {{.relation = &kept}, {.relation = &set}};
    bool changed = false;
    struct item item;
    struct cell cells[10] = {text_cell("acme"), text_cell("d"), {.is_set = true, .boolean = true},
        {.is_set = true, .number = INT64_MIN}, {.is_set = true, .real = 0.1},
        {.is_set = true, .ms = INT64_C(1582796171062)}, {.is_set = true, .uuid = "0123456789abcde"},
        {.is_set = true, .json = str_of("{\"k\": [1, 2.50]}")},
        {.is_set = true, .list = {words, 2}}, {.is_set = false}};
    const struct row row = {&kept, cells};
    const struct row member = {&set, cells};

    cells[6].uuid[15] = 'f';
    place->schema = (struct load_schema){.relations = relations, .count = 2};
    begin_run(place);
    must(place, load_stage(place->load, &row, &place->err));
    take_item(place, &member, "all", &item);
    put_list(place, &set, "d", &item, 1);
    must(place, load_publish(place->load, counts, 2, NULL, &changed, &place->err));
    end_run(place);
    begin_reading(place);
    assert_read(place, &kept, places, 9, wanted);
    assert_read(place, &set, places, 9, wanted);
}

/* The ends of time, and a role's own idea of how numbers look. */
static void texts_do_not_depend_on_the_role(void **state)
{
    static const struct column columns[] = {{"tenant", "", COLUMN_TEXT}, {"id", "", COLUMN_BIGINT},
        {"d", "", COLUMN_DOUBLE}, {"t", "", COLUMN_TIMESTAMPTZ}};
    static const struct relation kept = {"kept", "", columns, 4, 2, RELATION_KEYED, 0};
    static const struct relation *const relation = &kept;
    static const size_t places[] = {2, 3};
    static const struct {
        int64_t ms;
        const char *wanted;
    } cases[] = {
        {INT64_C(-62135596800000), "0.30000000000000004|0001-01-01T00:00:00.000Z|"},
        {INT64_C(253402300799999), "0.30000000000000004|9999-12-31T23:59:59.999Z|"},
    };
    struct place *place = *state;

    use_relation(place, &relation);
    (void)setenv("PGOPTIONS", "-c TimeZone=Asia/Tokyo -c extra_float_digits=0", 1);
    for (size_t i = 0; i < 2; i++) {
        const struct cell cells[] = {text_cell("acme"), {.is_set = true, .number = 1},
            {.is_set = true, .real = 0.1 + 0.2}, {.is_set = true, .ms = cases[i].ms}};
        const struct row row = {&kept, cells};

        begin_run(place);
        must(place, load_stage(place->load, &row, &place->err));
        publish(place, &kept, i == 0 ? 1 : 0, i == 0 ? 0 : 1, 0, 0);
        begin_reading(place);
        assert_read(place, &kept, places, 2, cases[i].wanted);
        end_run(place);
    }
    (void)unsetenv("PGOPTIONS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(a_last_column_leaves_views_of_others_alone),
        TEST(a_column_in_the_middle_makes_the_view_anew),
        TEST(a_view_upon_it_stands_in_the_way_and_nothing_is_done),
        TEST(without_auto_migrate_what_is_missing_is_named),
        TEST(a_schema_without_tables_is_not_a_missing_schema),
        TEST(a_reader_role_that_does_not_exist_is_named),
        TEST(who_lacks_a_right_is_named_with_what_helps),
        TEST(what_is_in_the_way_is_named),
        TEST(check_changes_nothing),
        TEST(a_reader_reads_the_view_and_nothing_below),
        TEST(a_loader_needs_rights_on_rows_alone),
        TEST(a_reader_finds_nothing_where_nothing_is),
        TEST(a_reader_goes_beside_a_run),
        TEST(a_reader_of_an_older_schema_finds_null),
        TEST(a_reader_refuses_a_newer_schema),
        TEST(a_run_reads_between_what_it_stages),
        TEST(texts_are_those_of_csv),
        TEST(texts_do_not_depend_on_the_role),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
