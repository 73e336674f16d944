#include "unit/base/folder.h"

#include "config/config.h"
#include "sync/document.h"
#include "sync/entities.h"
#include "sync/inventory.h"
#include "sync/listed.h"

/* The product's page, "Relations": those that are filled from the server. */
static const char *const products[] = {"device", "device_app", "device_certificate",
    "device_profile", "device_group", "device_group_member", "user_account", "app_catalog",
    "device_setting", "device_location", "device_configuration", "policy", "policy_rule",
    "app_setting", "activesync_device", "alert", "appconnect_session", "carrier", "country"};
enum { PRODUCT_COUNT = sizeof products / sizeof *products };

static const char *variable(const char *name)
{
    return strcmp(name, "PW") == 0 ? "secret" : NULL;
}

/* What a tenant that is configured so, or these names of the command line, ask for: between
 * blanks. */
static void chooses(
    const struct sync_tenant *tenant, const char *const *names, size_t count, const char *expected)
{
    const struct entity *chosen[SYNC_MOST_ENTITIES];
    size_t chosen_count = entity_choose(tenant, names, count, chosen);
    char text[400] = "";

    for (size_t i = 0; i < chosen_count; i++) {
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? " " : "",
            chosen[i]->name);
    }
    assert_string_equal(text, expected);
}

static void all_is_what_is_not_asked_for_by_name_alone(void **state)
{
    const struct sync_tenant tenant = {.all_entities = true};

    (void)state;
    chooses(&tenant, NULL, 0,
        "device device_app device_certificate device_profile device_setting device_group "
        "device_group_member user_account app_catalog");
}

/* Core's v1 web services tell what a Cloud does not have. */
static void all_of_a_core_is_more(void **state)
{
    const struct sync_tenant tenant = {.kind = SYNC_CORE, .all_entities = true};

    (void)state;
    chooses(&tenant, NULL, 0,
        "device device_app device_certificate device_profile device_setting device_group "
        "device_group_member user_account app_catalog policy policy_rule app_setting "
        "activesync_device alert carrier country");
}

static void what_a_tenant_cannot_have_is_refused(void **state)
{
    static const char *const apps[] = {"com.acme.app", NULL};
    static const char *const names[] = {"device", "policy_rule"};
    static const char *const session[] = {"appconnect_session"};
    const struct sync_tenant cloud = {.name = "na", .kind = SYNC_CLOUD};
    const struct sync_tenant core = {.name = "co", .kind = SYNC_CORE};
    const struct sync_tenant with_apps = {.name = "co", .kind = SYNC_CORE, .appconnect_apps = apps};
    struct error err = {0};

    (void)state;
    assert_true(entity_check_tenant("--entity", &cloud, names, 1, &err));
    assert_false(entity_check_tenant("--entity", &cloud, names, 2, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_string_equal(err.text, "--entity policy_rule: it is of `kind: core` alone, and tenant "
                                  "na is `kind: cloud`");
    assert_true(entity_check_tenant("--entity", &core, names, 2, &err));
    assert_false(entity_check_tenant("export", &core, session, 1, &err));
    assert_string_equal(
        err.text, "export appconnect_session: tenant co names no app in `appconnect_apps`");
    assert_true(entity_check_tenant("export", &with_apps, session, 1, &err));
}

static void a_tenant_has_what_it_names(void **state)
{
    static const char *const names[] = {"user_account", "app_catalog", NULL};
    const struct sync_tenant tenant = {.entities = names};

    (void)state;
    chooses(&tenant, NULL, 0, "user_account app_catalog");
}

static void the_command_line_takes_the_place_of_the_configuration(void **state)
{
    static const char *const names[] = {"user_account", NULL};
    static const char *const given[] = {"app_catalog", "device_group"};
    const struct sync_tenant named = {.entities = names};
    const struct sync_tenant all = {.all_entities = true};

    (void)state;
    chooses(&named, given, 2, "device_group app_catalog");
    chooses(&all, given, 2, "device_group app_catalog");
}

static void inventory_takes_the_devices_along(void **state)
{
    static const char *const configured[] = {"device_group_member", NULL};
    static const char *const app[] = {"device_app"};
    static const char *const twice[] = {"device_app", "device", "device_app"};
    const struct sync_tenant tenant = {.entities = configured};

    (void)state;
    chooses(&tenant, NULL, 0, "device device_group_member");
    chooses(&tenant, app, 1, "device device_app");
    chooses(&tenant, twice, 3, "device device_app");
}

/* Coordinates are kept only where they are asked for. */
static void locations_are_fetched_by_name_alone(void **state)
{
    static const char *const names[] = {"device_location", NULL};
    static const char *const by_name[] = {
        "device_location", "device_configuration", "appconnect_session"};
    const struct sync_tenant all = {.all_entities = true};
    const struct sync_tenant named = {.entities = names};

    (void)state;
    chooses(&named, NULL, 0, "device device_location");
    chooses(&all, names, 1, "device device_location");
    for (size_t i = 0; i < PRODUCT_COUNT; i++) {
        bool is_listed = false;

        for (size_t j = 0; j < sizeof by_name / sizeof *by_name; j++) {
            is_listed = is_listed || strcmp(products[i], by_name[j]) == 0;
        }
        assert_int_equal(entity_find(products[i])->by_name_only, is_listed);
    }
}

static void an_entity_is_named_where_its_name_stands(void **state)
{
    static const char *const names[] = {"device_app", NULL};
    static const char *const given[] = {"device_group"};
    const struct sync_tenant all = {.all_entities = true};
    const struct sync_tenant named = {.entities = names};

    (void)state;
    assert_false(entity_is_named(&all, NULL, 0, "device_app"));
    assert_true(entity_is_named(&named, NULL, 0, "device_app"));
    assert_false(entity_is_named(&named, NULL, 0, "device"));
    assert_false(entity_is_named(&named, given, 1, "device_app"));
    assert_true(entity_is_named(&all, given, 1, "device_group"));
}

static void a_wrong_name_is_told_with_the_nearest_one(void **state)
{
    struct error err = {0};

    (void)state;
    assert_true(entity_check("--entity", "device", &err));
    assert_false(entity_check("--entity", "device_aps", &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_string_equal(
        err.text, "--entity device_aps: no such entity; did you mean `device_app`?");
    assert_false(entity_check("--entity", "weather", &err));
    assert_string_equal(err.text, "--entity weather: no such entity in this version");
    assert_false(entity_check("--entity", "", &err));
    assert_null(entity_find("Device"));
    assert_null(entity_find(""));
}

/* Each is fetched in a way that there is. */
static void each_entity_has_its_way(void **state)
{
    size_t count = 0;
    const struct entity *all = entity_all(&count);

    (void)state;
    assert_true(count > 0 && count <= SYNC_MOST_ENTITIES);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(entity_find(all[i].name), &all[i]);
        assert_int_equal(all[i].way == ENTITY_OF_INVENTORY, inventory_find(all[i].name) != NULL);
        assert_int_equal(
            all[i].way == ENTITY_OF_LISTING, listed_call(all[i].name) != UEM_CALL_COUNT);
        assert_int_equal(all[i].way == ENTITY_OF_DEVICES, strcmp(all[i].name, "device") == 0);
        assert_int_equal(all[i].way == ENTITY_OF_USERS, strcmp(all[i].name, "user_account") == 0);
        assert_int_equal(
            all[i].way == ENTITY_OF_DOCUMENT, document_call(all[i].name) != UEM_CALL_COUNT);
    }
}

/* Whether the configuration takes the entity as one that is available. */
static bool is_available(const struct folder *folder, const char *name)
{
    static const struct config_environment environment = {variable};
    struct config config = {0};
    struct error err = {0};
    char text[400];
    bool ok;

    (void)snprintf(text, sizeof text,
        "destination: {type: csv, directory: out}\n"
        "tenants:\n  - {name: t, kind: core, url: 'https://h.example', username: u,\n"
        "     password_env: PW, appconnect_apps: a, entities: [%s]}\n",
        name);
    folder_write(folder, text, strlen(text));
    ok = config_load(&config, folder->file, &environment, CONFIG_FOR_SERVERS, NULL, 0, &err);
    if (!ok) {
        assert_non_null(strstr(err.text, "entit"));
        assert_non_null(strstr(err.text, name));
    }
    config_release(&config);
    return ok;
}

/* The configuration does not see sync's table of entities, and has its own. */
static void the_configuration_takes_the_entities_that_there_are(void **state)
{
    size_t count = 0;
    const struct entity *all = entity_all(&count);
    size_t available = 0;

    for (size_t i = 0; i < count; i++) {
        assert_true(is_available(*state, all[i].name));
    }
    for (size_t i = 0; i < PRODUCT_COUNT; i++) {
        bool is = is_available(*state, products[i]);

        assert_true(is && entity_find(products[i]) != NULL);
        available += is ? 1 : 0;
    }
    assert_int_equal(available, count);
    assert_false(is_available(*state, "weather"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_what_is_not_asked_for_by_name_alone),
        cmocka_unit_test(all_of_a_core_is_more),
        cmocka_unit_test(what_a_tenant_cannot_have_is_refused),
        cmocka_unit_test(a_tenant_has_what_it_names),
        cmocka_unit_test(the_command_line_takes_the_place_of_the_configuration),
        cmocka_unit_test(inventory_takes_the_devices_along),
        cmocka_unit_test(locations_are_fetched_by_name_alone),
        cmocka_unit_test(an_entity_is_named_where_its_name_stands),
        cmocka_unit_test(a_wrong_name_is_told_with_the_nearest_one),
        cmocka_unit_test(each_entity_has_its_way),
        cmocka_unit_test_setup_teardown(
            the_configuration_takes_the_entities_that_there_are, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
