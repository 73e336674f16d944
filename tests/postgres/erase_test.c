/* Forgetting a tenant, or a device, in the PostgreSQL destination. Runs under with_cluster. */
#include "postgres/past.h"

static void erase(struct place *place, const char *device, const char *wanted)
{
    char text[256] = "";

    must(place, load_erase(&place->settings, &place->schema, "acme", device, text, sizeof text,
                    &place->err));
    assert_string_equal(text, wanted);
}

static void stage_rejected(
    struct place *place, int64_t ordinal, const char *record_key, const char *payload)
{
    const struct cell cells[] = {text_cell(place->run.run_id), {.is_set = true, .number = ordinal},
        text_cell(place->run.tenant), text_cell(record_key),
        {.is_set = payload != NULL, .text = str_of(payload != NULL ? payload : "")}, time_cell(1)};
    const struct row row = {&rejected_relation, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

/* A tenant with two devices, which share an app, and with a run of each kind of row. */
static void fill(struct place *place, const char *tenant)
{
    struct load_counts counts[] = {{.relation = &device_relation}, {.relation = &app_relation},
        {.relation = &setting_relation}, {.relation = &rejected_relation}};
    bool changed = false;

    place->run.tenant = tenant;
    place->run.run_id = tenant;
    begin_run(place);
    assert_true(tell_run(place, "complete", 1));
    tell_part(place, "device", 1);
    stage_device(place, "d1-guid", "ACTIVE", 1);
    stage_device(place, "d2-guid", "ACTIVE", 1);
    stage_apps(place, "d1-guid", "x:1 y:2");
    stage_apps(place, "d2-guid", "x:1");
    stage_setting(place, "d1-guid", "a", "1");
    stage_setting(place, "d2-guid", "a", "1");
    stage_rejected(place, 1, "D1-GUID", NULL);
    stage_rejected(place, 2, "other", "{\"of\": \"D1-guid\"}");
    stage_rejected(place, 3, "other", "{\"of\": \"d2-guid\", \"serial\": \"FNPQH0\"}");
    must(place, load_publish(place->load, counts, 4, NULL, &changed, &place->err));
    end_run(place);
}

/* What a run that died left staged. */
static void leave_staged(struct place *place)
{
    execute(place, "INSERT INTO @.stage_device (tenant, device_id, stage_order) "
                   "VALUES ('acme', 'd1-guid', 1), ('acme', 'd2-guid', 2), ('beta', 'd1-guid', 1); "
                   "INSERT INTO @.stage_app_list VALUES ('acme', 'd1-guid', '{}', 1)");
}

/* Rows that a tenant has anywhere: its name stands in each. */
#define ROWS_OF(tenant)                                                                            \
    "SELECT sum((xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM @.' || relname "   \
    "|| "                                                                                          \
    "' AS t WHERE t::text ~ ''\\y" tenant                                                          \
    "\\y''', false, true, '')))[1]::text::int) FROM pg_class "                                     \
    "WHERE relnamespace = '@'::regnamespace AND relkind = 'r'"

static void of_a_tenant_nothing_stays(void **state)
{
    struct place *place = *state;

    fill(place, "beta");
    fill(place, "acme");
    leave_staged(place);
    assert_answer(place, "18", ROWS_OF("acme"));
    /* 2 devices, 2 states, 3 apps, 2 settings, 3 rejects, run and part, 3 staged */
    erase(place, NULL, "removed tenant acme: 17 rows");
    assert_answer(place, "0", ROWS_OF("acme"));
    assert_answer(place, "16", ROWS_OF("beta"));
    erase(place, NULL, "there was nothing of tenant acme");
}

static void of_a_device_nothing_stays(void **state)
{
    struct place *place = *state;

    fill(place, "beta");
    fill(place, "acme");
    leave_staged(place);
    /* device, state, 2 apps, setting, 2 rejects */
    erase(place, "d1-guid", "removed device d1-guid of tenant acme: 7 rows");
    assert_answer(place, "d2-guid x:1", APPS);
    assert_answer(place, "x 1", HOLDERS);
    assert_answer(place, "d2-guid a=1", SETTINGS);
    assert_answer(place, "d2-guid ACTIVE 1000-", STATES);
    assert_answer(place, "3",
        "SELECT string_agg(ordinal::text, ' ') FROM @.rejected "
        "WHERE tenant = 'acme'");
    assert_answer(place, "beta", "SELECT string_agg(tenant, ' ') FROM @.stage_device");
    assert_answer(place, "0", "SELECT count(*) FROM @.stage_app_list");
    assert_answer(place, "15", ROWS_OF("beta") " AND relname !~ '^stage'");
    erase(place, "d1-guid", "there was nothing of device d1-guid of tenant acme");
}

/* By what it is known by now, or was; a short word may mean anything. */
static void rejects_that_name_the_device_go_with_it(void **state)
{
    struct place *place = *state;

    fill(place, "acme");
    execute(place, "UPDATE @.device SET identifier = 'fnpqh0' WHERE device_id = 'd1-guid'");
    erase(place, "d1-guid", "removed device d1-guid of tenant acme: 8 rows");
    fill(place, "acme");
    execute(place, "UPDATE @.device SET identifier = 'fnpqh' WHERE device_id = 'd1-guid'");
    erase(place, "d1-guid", "removed device d1-guid of tenant acme: 7 rows");
    execute(place, "UPDATE @.device_history SET device_id = 'd0-guid', identifier = 'FNPQH0'");
    erase(place, "d0-guid", "removed device d0-guid of tenant acme: 2 rows");
}

static void where_nothing_is_nothing_is_made(void **state)
{
    struct place *place = *state;

    erase(place, NULL, "there was nothing of tenant acme");
    assert_answer(place, "", "SELECT coalesce(to_regnamespace('@')::text, '')");
    execute(place, "CREATE SCHEMA @");
    erase(place, "d1", "there was nothing of device d1 of tenant acme");
    assert_answer(
        place, "0", "SELECT count(*) FROM pg_class WHERE relnamespace = '@'::regnamespace");
}

/* A schema of before there was a history, a ledger of runs, and some of the relations. */
static void a_missing_table_has_nothing(void **state)
{
    struct place *place = *state;

    fill(place, "acme");
    execute(place, "DROP TABLE @.device_history, @.run, @.setting; DROP VIEW @.app; "
                   "DROP TABLE @.app_list, @.app_item");
    erase(place, "d1-guid", "removed device d1-guid of tenant acme: 3 rows");
    erase(place, NULL, "removed tenant acme: 2 rows");
}

static void beside_a_run_nothing_is_removed(void **state)
{
    struct place *place = *state;
    char text[256];

    begin_run(place);
    assert_false(
        load_erase(&place->settings, &place->schema, "acme", NULL, text, sizeof text, &place->err));
    assert_int_equal(place->err.kind, ERROR_BUSY);
}

/* As of a mapping file that is gone, or has another name by now. */
static void rename_all(struct place *place)
{
    execute(place, "ALTER TABLE @.setting RENAME TO old_setting; "
                   "ALTER TABLE @.rejected RENAME TO old_rejected; "
                   "ALTER TABLE @.run_part RENAME TO old_part; "
                   "ALTER TABLE @.stage_setting RENAME TO stage_old_setting; DROP VIEW @.app; "
                   "ALTER TABLE @.app_list RENAME TO old_app_list; "
                   "ALTER TABLE @.app_item RENAME TO old_app_item; "
                   "ALTER TABLE @.stage_app_list RENAME TO stage_old_app_list; "
                   "ALTER TABLE @.stage_app_item RENAME TO stage_old_app_item; "
                   "INSERT INTO @.stage_old_setting (tenant, device_id, setting, stage_order) "
                   "VALUES ('acme', 'd1-guid', 'a', 1), ('acme', 'd2-guid', 'a', 2)");
}

#define OLD_HOLDERS                                                                                \
    "SELECT string_agg(identifier || ' ' || holders, ', ' ORDER BY identifier) "                   \
    "FROM @.old_app_item WHERE tenant = 'acme'"

static void a_table_that_no_mapping_names_is_the_tenants_too(void **state)
{
    struct place *place = *state;

    fill(place, "beta");
    fill(place, "acme");
    rename_all(place);
    /* 2 devices, 2 states, 3 apps, 2 settings, 3 rejects, run and part, 2 staged */
    erase(place, NULL, "removed tenant acme: 16 rows");
    assert_answer(place, "0", ROWS_OF("acme"));
    assert_answer(place, "15", ROWS_OF("beta"));
}

static void and_its_devices(void **state)
{
    struct place *place = *state;

    fill(place, "beta");
    fill(place, "acme");
    rename_all(place);
    erase(place, "d1-guid", "removed device d1-guid of tenant acme: 7 rows");
    assert_answer(place, "0", ROWS_OF("(d1-guid|D1-GUID|D1-guid)") " AND relname ~ '^stage'");
    assert_answer(place, "x 1", OLD_HOLDERS);
    assert_answer(place, "d2-guid 1",
        "SELECT string_agg(device_id || ' ' || cardinality(items), ', ') FROM @.old_app_list "
        "WHERE tenant = 'acme'");
    assert_answer(place, "d2-guid",
        "SELECT string_agg(device_id, ' ') FROM @.old_setting WHERE tenant = 'acme'");
    assert_answer(place, "3",
        "SELECT string_agg(ordinal::text, ' ') FROM @.old_rejected WHERE tenant = 'acme'");
    assert_answer(place, "15", ROWS_OF("beta"));
}

/* Whatever its type. */
static void every_column_that_names_a_device_counts(void **state)
{
    static const char guid[] = "1d71e131-0487-4d1d-9a0d-89f2bd1a888d";
    struct place *place = *state;

    fill(place, "acme");
    execute(place, "CREATE TABLE @.alert (tenant text, alert_id int, device_id text, "
                   "dispatch_device_id uuid); "
                   "INSERT INTO @.alert VALUES ('acme', 1, 'd1-guid', NULL), "
                   "('acme', 2, NULL, '1D71E131-0487-4D1D-9A0D-89F2BD1A888D'), "
                   "('acme', 3, '1d71e131-0487-4d1d-9a0d-89f2bd1a888d', NULL), "
                   "('acme', 4, 'd2-guid', '00000000-0000-0000-0000-000000000000'), "
                   "('beta', 5, '1d71e131-0487-4d1d-9a0d-89f2bd1a888d', NULL)");
    erase(
        place, guid, "removed device 1d71e131-0487-4d1d-9a0d-89f2bd1a888d of tenant acme: 2 rows");
    assert_answer(
        place, "1 4 5", "SELECT string_agg(alert_id::text, ' ' ORDER BY alert_id) FROM @.alert");
}

/* Lists of others lose what names the device, and what is in their order stays in it. */
static void an_item_that_names_a_device_leaves_every_list(void **state)
{
    struct place *place = *state;

    fill(place, "acme");
    execute(place, "ALTER TABLE @.app_item ADD COLUMN from_device_id text; "
                   "UPDATE @.app_item SET from_device_id = 'd9' WHERE identifier = 'x'");
    erase(place, "d9", "removed device d9 of tenant acme: 2 rows");
    assert_answer(place, "d1-guid y:2", APPS);
    assert_answer(place, "y 1", HOLDERS);
    assert_answer(place, "d1-guid 1",
        "SELECT string_agg(device_id || ' ' || cardinality(items), ', ') FROM @.app_list");
}

/* All of it or nothing. */
static void what_fails_is_taken_back(void **state)
{
    struct place *place = *state;
    char text[256];

    fill(place, "acme");
    execute(place, "CREATE TABLE @.mine (whose text, device text, setting text, "
                   "FOREIGN KEY (whose, device, setting) REFERENCES @.setting); "
                   "INSERT INTO @.mine VALUES ('acme', 'd1-guid', 'a')");
    for (int i = 0; i < 2; i++) {
        assert_false(load_erase(&place->settings, &place->schema, "acme", i == 0 ? NULL : "d1-guid",
            text, sizeof text, &place->err));
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "erasing in setting: "));
        assert_answer(place, "2", "SELECT count(*) FROM @.device");
        assert_answer(place, "x 2, y 1", HOLDERS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_past, tear_down)
        TEST(of_a_tenant_nothing_stays),
        TEST(of_a_device_nothing_stays),
        TEST(rejects_that_name_the_device_go_with_it),
        TEST(where_nothing_is_nothing_is_made),
        TEST(a_missing_table_has_nothing),
        TEST(a_table_that_no_mapping_names_is_the_tenants_too),
        TEST(and_its_devices),
        TEST(every_column_that_names_a_device_counts),
        TEST(an_item_that_names_a_device_leaves_every_list),
        TEST(beside_a_run_nothing_is_removed),
        TEST(what_fails_is_taken_back),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
