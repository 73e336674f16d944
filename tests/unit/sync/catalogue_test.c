#include "unit/base/folder.h"

#include "base/embedded.h"
#include "sync/catalogue.h"

#define KEY_COLUMNS                                                                                \
    "  - {name: tenant, type: text, rule: tenant}\n"                                               \
    "  - {name: device_id, type: text, rule: device_id, cps: [deviceGuid, identifier]}\n"

#define OWNED_COLUMNS                                                                              \
    "  - {name: tenant, type: text, rule: tenant}\n"                                               \
    "  - {name: device_id, type: text, rule: owner}\n"

/* A folder of the user's with device.yaml in it. */
static int setup(void **state)
{
    int failed = folder_make(state);
    struct folder *folder = *state;

    (void)snprintf(folder->file, sizeof folder->file, "%s/device.yaml", folder->path);
    return failed;
}

static void refuses(const struct folder *folder, const char *text, const char *reason)
{
    struct catalogue catalogue;
    struct error err = {0};
    char expected[400];

    folder_write(folder, text, strlen(text));
    assert_false(catalogue_load(&catalogue, folder->path, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    (void)snprintf(expected, sizeof expected, "%s%s", folder->file, reason);
    assert_string_equal(err.text, expected);
    catalogue_release(&catalogue);
}

/* A file that was copied from a version without `privacy` lets nothing out. */
static void what_is_personal_stays_so(void **state)
{
    static const char text[] =
        "entity: device\nkey: 2\npersonal: [{value: badge, at: badge}]\n"
        "texts: note\ncolumns:\n  - {name: tenant, type: text, rule: tenant}\n"
        "  - {name: device_id, type: text, rule: device_id, cps: [deviceGuid, identifier], "
        "v1: uuid}\n";
    struct folder *folder = *state;
    struct catalogue shipped;
    struct catalogue users;
    struct error err = {0};
    const struct mapping *ours;
    const struct mapping *theirs;

    folder_write(folder, text, strlen(text));
    assert_true(catalogue_load(&shipped, NULL, &err));
    assert_true(catalogue_load(&users, folder->path, &err));
    ours = catalogue_find(&shipped, "device");
    theirs = catalogue_find(&users, "device");
    assert_int_equal(theirs->personal_count, ours->personal_count + 1);
    assert_string_equal(theirs->personal[0].kind, "badge");
    for (size_t i = 0; i < ours->personal_count; i++) {
        assert_string_equal(theirs->personal[i + 1].kind, ours->personal[i].kind);
        assert_string_equal(theirs->personal[i + 1].places[0], ours->personal[i].places[0]);
    }
    assert_string_equal(theirs->texts[0], "note");
    assert_string_equal(theirs->texts[1], ours->texts[0]);
    assert_ptr_equal(theirs->v1->personal, theirs->personal);
    assert_ptr_equal(theirs->v1->texts, theirs->texts);
    catalogue_release(&users);
    catalogue_release(&shipped);
}

static void every_shipped_mapping_is_a_relation_and_so_is_the_ledger(void **state)
{
    struct catalogue catalogue;
    struct error err = {0};
    size_t count = 0;

    (void)state;
    assert_true(catalogue_load(&catalogue, NULL, &err));
    while (mapping_files[count].name != NULL) {
        count++;
    }
    assert_int_equal(catalogue.schema.count, count + 5);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(catalogue.schema.relations[i], &catalogue.mappings[i]->relation);
    }
    assert_string_equal(catalogue.schema.relations[count]->name, "device_fetch");
    assert_string_equal(catalogue.schema.relations[count + 1]->name, "device_history");
    assert_string_equal(catalogue.schema.relations[count + 2]->name, "sync_run");
    assert_string_equal(catalogue.schema.relations[count + 3]->name, "sync_run_entity");
    assert_string_equal(catalogue.schema.relations[count + 4]->name, "rejected_record");
    assert_ptr_equal(catalogue.schema.fetched, catalogue.schema.relations[count]);
    assert_ptr_equal(catalogue.schema.history, catalogue.schema.relations[count + 1]);
    assert_ptr_equal(catalogue.schema.history_of, &catalogue_find(&catalogue, "device")->relation);
    assert_string_equal(catalogue_find(&catalogue, "device")->relation.name, "device");
    assert_null(catalogue_find(&catalogue, "none"));
    assert_null(catalogue_find(&catalogue, "device_fetch"));
    catalogue_release(&catalogue);
    catalogue_release(&catalogue);
}

/* As the product's page has it: device without what changes at every check-in, and the times. */
static void a_history_has_the_columns_that_make_a_state(void **state)
{
    static const char *const left_out[] = {
        "last_check_in_at", "eas_last_sync_at", "details", "extra"};
    struct catalogue catalogue;
    struct error err = {0};
    const struct relation *history;
    const struct relation *device;

    (void)state;
    assert_true(catalogue_load(&catalogue, NULL, &err));
    history = catalogue.schema.history;
    device = catalogue.schema.history_of;
    assert_int_equal(history->column_count, device->column_count + 2 - 4);
    assert_int_equal(history->key_count, 3);
    assert_string_equal(history->columns[2].name, "valid_from");
    assert_string_equal(history->columns[3].name, "valid_to");
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(relation_find_column(history, left_out[i]), history->column_count);
        assert_true(relation_find_column(device, left_out[i]) < device->column_count);
    }
    catalogue_release(&catalogue);
}

static void every_mapping_counts_in_the_digest(void **state)
{
    static const char text[] = "entity: device\nkey: 2\ncolumns:\n" KEY_COLUMNS
                               "  - {name: colour, type: text, cps: colour}\n";
    const struct folder *folder = *state;
    struct catalogue shipped;
    struct catalogue again;
    struct catalogue users;
    struct error err = {0};

    assert_true(catalogue_load(&shipped, NULL, &err));
    assert_true(catalogue_load(&again, NULL, &err));
    folder_write(folder, text, sizeof text - 1);
    assert_true(catalogue_load(&users, folder->path, &err));
    assert_string_equal(shipped.digest, again.digest);
    assert_string_not_equal(shipped.digest, users.digest);
    catalogue_release(&users);
    catalogue_release(&again);
    catalogue_release(&shipped);
}

static void a_users_file_takes_the_place_of_the_shipped_one(void **state)
{
    static const char text[] = "entity: device\nkey: 2\ncolumns:\n" KEY_COLUMNS
                               "  - {name: colour, type: text, cps: colour}\n";
    const struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};
    const struct relation *relation;
    size_t place = 0;

    folder_write(folder, text, sizeof text - 1);
    assert_true(catalogue_load(&catalogue, folder->path, &err));
    relation = &catalogue_find(&catalogue, "device")->relation;
    assert_int_equal(relation->column_count, 3);
    assert_string_equal(relation->columns[2].name, "colour");
    while (place < catalogue.schema.count && catalogue.schema.relations[place] != relation) {
        place++;
    }
    assert_true(place < catalogue.schema.count);
    catalogue_release(&catalogue);
}

static void an_empty_folder_changes_nothing(void **state)
{
    const struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};

    assert_true(catalogue_load(&catalogue, folder->path, &err));
    assert_true(catalogue_find(&catalogue, "device")->relation.column_count > 40);
    catalogue_release(&catalogue);
}

static void an_error_in_a_users_file_names_file_and_line(void **state)
{
    refuses(*state, "entity: device\nkey: two\n",
        ":2: key `key`: expected a whole number from 1 to 8, not `two`");
}

static void a_users_file_keeps_the_key(void **state)
{
    refuses(*state, "entity: phone\nkey: 2\ncolumns:\n" KEY_COLUMNS,
        ":1: key `entity`: this file is for device");
    refuses(*state, "entity: device\nkey: 1\ncolumns:\n" KEY_COLUMNS,
        ":2: key `key`: the key of device has 2 columns");
    refuses(*state,
        "entity: device\nkey: 2\ncolumns:\n  - {name: tenant, type: text, rule: tenant}\n"
        "  - {name: device_id, type: bigint, cps: id}\n",
        ":5: key `columns[1]`: it has to be device_id with the rule device_id, as a part of the "
        "key");
    refuses(*state,
        "entity: device\nkey: 2\ncolumns:\n" KEY_COLUMNS
        "  - {name: comment, type: text, v1: comment}\n",
        ":5: key `columns[1].v1`: it has to be as in the shipped file, as a part of the key");
}

/* Runs list the apps of a device by their owner, and take two equal ones for one. */
static void a_users_file_keeps_the_set_and_its_owner(void **state)
{
    static const char *const cases[][2] = {
        {"entity: device_app\nkey: 2\ncolumns:\n" OWNED_COLUMNS,
            ":1: key `set`: it has to be true, as device_app is a set of rows"},
        {"entity: device_app\nkey: 2\nset: true\ncolumns:\n" OWNED_COLUMNS,
            ":1: key `owner`: the owner of device_app is device_id"},
    };
    static const char good[] =
        "entity: device_app\nkey: 2\nset: true\nowner: device_id\ncolumns:\n" OWNED_COLUMNS;
    struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};

    refuses(folder, "entity: device\nkey: 2\nset: true\ncolumns:\n" KEY_COLUMNS,
        ":3: key `set`: it has to be false, as device is no set of rows");
    assert_int_equal(unlink(folder->file), 0);
    (void)snprintf(folder->file, sizeof folder->file, "%s/device_app.yaml", folder->path);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refuses(folder, cases[i][0], cases[i][1]);
    }
    folder_write(folder, good, sizeof good - 1);
    assert_true(catalogue_load(&catalogue, folder->path, &err));
    assert_int_equal(catalogue_find(&catalogue, "device_app")->relation.column_count, 2);
    catalogue_release(&catalogue);
}

static void a_file_that_no_relation_has_is_refused(void **state)
{
    struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};
    char expected[200];

    (void)snprintf(folder->file, sizeof folder->file, "%s/devices.yaml", folder->path);
    folder_write(folder, "", 0);
    assert_false(catalogue_load(&catalogue, folder->path, &err));
    (void)snprintf(expected, sizeof expected,
        "mappings: %s: no relation has this name; did you mean `device.yaml`?", folder->file);
    assert_string_equal(err.text, expected);
    catalogue_release(&catalogue);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    const struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};
    char expected[200];

    assert_false(catalogue_load(&catalogue, folder->file, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    (void)snprintf(
        expected, sizeof expected, "mappings: %s: No such file or directory", folder->file);
    assert_string_equal(err.text, expected);
    catalogue_release(&catalogue);
}

/* A file that is there and cannot be read is not passed over. */
static void a_file_that_cannot_be_reached_is_an_error(void **state)
{
    const struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};

    assert_int_equal(symlink("device.yaml", folder->file), 0);
    assert_false(catalogue_load(&catalogue, folder->path, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_non_null(strstr(err.text, "cannot read "));
    catalogue_release(&catalogue);
}

static bool has_file(const char *name)
{
    char path[128];

    (void)snprintf(path, sizeof path, "postgres/%s", name);
    return embedded_find(sql_files, path) != NULL;
}

/* Each shows one type's rows of device_configuration, and is told of as a relation is. */
static void a_part_has_the_columns_of_what_it_is_made_of(void **state)
{
    struct catalogue catalogue;
    struct error err = {0};
    const struct relation *of;

    (void)state;
    assert_true(catalogue_load(&catalogue, NULL, &err));
    of = &catalogue_find(&catalogue, "device_configuration")->relation;
    for (size_t i = 0; i < CATALOGUE_PARTS; i++) {
        const struct load_view *view = &catalogue.schema.views[i];

        assert_int_equal(view->relation.column_count, of->column_count - 1);
        assert_int_equal(
            relation_find_column(&view->relation, "profile_type"), view->relation.column_count);
    }
    assert_string_equal(catalogue.schema.views[0].relation.name, "device_policy");
    catalogue_release(&catalogue);
    assert_int_equal(catalogue.schema.view_count, 0);
    assert_int_equal(catalogue.schema.kept_count, 0);
}

static void assert_statements(const struct load_kept *kept)
{
    assert_true(has_file(kept->create));
    assert_true(kept->fill == NULL || has_file(kept->fill));
    for (size_t i = 0; i < sizeof kept->keep / sizeof *kept->keep; i++) {
        assert_true(kept->keep[i] == NULL || has_file(kept->keep[i]));
    }
    /* What is the user's is touched by nothing. */
    assert_true(kept->relation.kind == RELATION_KEPT ||
                (kept->relation.kind == RELATION_OWN && kept->keep[0] == NULL));
}

static void each_view_and_each_kept_table_has_a_name_of_its_own_and_its_statements(void **state)
{
    struct catalogue catalogue;
    struct error err = {0};

    (void)state;
    assert_true(catalogue_load(&catalogue, NULL, &err));
    assert_true(catalogue.schema.view_count > CATALOGUE_PARTS);
    for (size_t i = 0; i < catalogue.schema.view_count; i++) {
        const struct relation *relation = &catalogue.schema.views[i].relation;

        assert_true(has_file(catalogue.schema.views[i].file));
        assert_int_equal(relation->kind, RELATION_VIEW);
        assert_null(catalogue_find(&catalogue, relation->name));
        assert_string_equal(relation->columns[0].name, "tenant");
    }
    for (size_t i = 0; i < catalogue.schema.kept_count; i++) {
        assert_null(catalogue_find(&catalogue, catalogue.schema.kept[i].relation.name));
        assert_statements(&catalogue.schema.kept[i]);
    }
    catalogue_release(&catalogue);
}

static bool has_view(const struct catalogue *catalogue, const char *name)
{
    bool found = false;

    for (size_t i = 0; !found && i < catalogue->schema.view_count; i++) {
        found = strcmp(catalogue->schema.views[i].relation.name, name) == 0;
    }
    return found;
}

static void a_report_that_reads_a_column_which_is_gone_is_left_out(void **state)
{
    struct folder *folder = *state;
    struct catalogue catalogue;
    struct error err = {0};
    const struct embedded_file *shipped = embedded_find(mapping_files, "device_group.yaml");
    char *text = strdup(shipped->text);
    char *line;

    assert_non_null(text);
    line = strstr(text, "{name: name,");
    assert_non_null(line);
    memcpy(line, "{name: word,", 12);
    assert_true(snprintf(folder->file, sizeof folder->file, "%s/device_group.yaml", folder->path) <
                (int)sizeof folder->file);
    folder_write(folder, text, strlen(text));
    free(text);
    assert_true(catalogue_load(&catalogue, folder->path, &err));
    assert_false(has_view(&catalogue, "report_compliance_group"));
    assert_true(has_view(&catalogue, "report_compliance"));
    catalogue_release(&catalogue);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_personal_stays_so),
        cmocka_unit_test(every_shipped_mapping_is_a_relation_and_so_is_the_ledger),
        cmocka_unit_test(a_history_has_the_columns_that_make_a_state),
        cmocka_unit_test(a_part_has_the_columns_of_what_it_is_made_of),
        cmocka_unit_test(each_view_and_each_kept_table_has_a_name_of_its_own_and_its_statements),
        TEST(a_report_that_reads_a_column_which_is_gone_is_left_out),
        TEST(every_mapping_counts_in_the_digest),
        TEST(a_users_file_takes_the_place_of_the_shipped_one),
        TEST(an_empty_folder_changes_nothing),
        TEST(an_error_in_a_users_file_names_file_and_line),
        TEST(a_users_file_keeps_the_key),
        TEST(a_users_file_keeps_the_set_and_its_owner),
        TEST(a_file_that_no_relation_has_is_refused),
        TEST(a_folder_that_is_not_there_is_named),
        TEST(a_file_that_cannot_be_reached_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
