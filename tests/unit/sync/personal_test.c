/* `privacy` against the mapping files that the program carries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sync/personal.h"

#define PLACE "c.yaml:9: key `tenants[0].privacy.x`"

static struct catalogue catalogue;

static int load_catalogue(void **state)
{
    struct error err = {0};

    (void)state;
    assert_true(catalogue_load(&catalogue, NULL, &err));
    return 0;
}

static int release_catalogue(void **state)
{
    (void)state;
    catalogue_release(&catalogue);
    return 0;
}

/* Checks one choice of a tenant that asks for these entities. */
static const char *check(
    const struct sync_privacy *choice, const char *const *entities, const struct secret *key)
{
    static struct error err;
    const struct sync_tenant tenant = {.is_wanted = true,
        .all_entities = entities[0] == NULL,
        .entities = entities,
        .privacy = choice,
        .privacy_count = 1,
        .privacy_key = key};
    bool ok;

    err = (struct error){0};
    ok = personal_check(&catalogue, &tenant, 1, &err);
    assert_int_equal(ok, err.kind == ERROR_NONE);
    assert_true(ok || err.kind == ERROR_CONFIG);
    return err.text;
}

static void kinds_are_those_of_the_mapping_files(void **state)
{
    static const char *const all[] = {NULL};
    static const char *const known[] = {"imei", "postal_address", "coordinates", "email_address"};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_string_equal(check(&(struct sync_privacy){known[i], false, PLACE}, all, NULL), "");
    }
    assert_string_equal(check(&(struct sync_privacy){"imeii", false, PLACE}, all, NULL),
        PLACE ": no mapping file has a personal value `imeii`; did you mean `imei`?");
    assert_string_equal(check(&(struct sync_privacy){"birthday", false, PLACE}, all, NULL),
        PLACE ": no mapping file has a personal value `birthday`");
}

static void a_key_needs_a_hash(void **state)
{
    static const char *const all[] = {NULL};
    static const char *const devices[] = {"device", NULL};
    char bytes[] = "0123456789abcdef";
    const struct secret key = {bytes, 16};
    const struct secret unset = {NULL, 0};
    const struct sync_privacy drop = {"user_id", false, PLACE};

    (void)state;
    assert_string_equal(check(&drop, all, &unset),
        PLACE ": rows of user_account are known by it, so that a hash takes its place even there, "
              "which needs `privacy_key_file`");
    assert_string_equal(check(&drop, all, &key), "");
    assert_string_equal(check(&drop, devices, NULL), "");
    assert_string_equal(check(&(struct sync_privacy){"user_id", true, PLACE}, all, &unset), "");
}

static void fingerprint(const struct sync_tenant *tenant, bool keeps, char hex[HASH_HEX_SIZE])
{
    struct error err = {0};
    struct hash *hash = hash_new(&err);

    assert_true(personal_add_to(hash, tenant, keeps, &err));
    assert_true(hash_end_hex(hash, hex, &err));
    hash_free(hash);
}

static void settings_and_keys_are_told_apart(void **state)
{
    char one[] = "0123456789abcdef";
    char two[] = "0123456789abcdeF";
    const struct secret keys[] = {{one, 16}, {two, 16}, {NULL, 0}};
    const struct sync_privacy choices[] = {
        {"imei", true, PLACE}, {"imei", false, PLACE}, {"imsi", true, PLACE}};
    const struct sync_tenant tenants[] = {
        {.privacy_key = &keys[0], .privacy = choices, .privacy_count = 1},
        {.privacy_key = &keys[1], .privacy = choices, .privacy_count = 1},
        {.privacy_key = &keys[2], .privacy = choices, .privacy_count = 1},
        {.privacy_key = &keys[0], .privacy = choices + 1, .privacy_count = 1},
        {.privacy_key = &keys[0], .privacy = choices + 2, .privacy_count = 1},
        {.privacy_key = &keys[0], .privacy = choices, .privacy_count = 2},
        {.privacy_key = &keys[0], .privacy_count = 0},
        {.privacy_key = NULL},
    };
    enum { COUNT = sizeof tenants / sizeof *tenants };
    char hex[2 * COUNT][HASH_HEX_SIZE];

    (void)state;
    for (size_t i = 0; i < 2 * (size_t)COUNT; i++) {
        fingerprint(&tenants[i / 2], i % 2 == 1, hex[i]);
        assert_null(strstr(hex[i], one));
        /* The last two have nothing that a key would be for. */
        for (size_t j = 0; j < i && i / 2 + 1 < COUNT; j++) {
            assert_string_not_equal(hex[i], hex[j]);
        }
    }
    assert_string_equal(hex[2 * COUNT - 2], hex[2 * COUNT - 4]);
}

static void coordinates_are_kept_for_who_names_locations(void **state)
{
    static const char *const none[] = {NULL};
    static const char *const named[] = {"device", "device_location", NULL};
    const struct sync_tenant all = {.all_entities = true, .entities = none};
    const struct sync_tenant asks = {.entities = named};

    (void)state;
    assert_false(personal_keeps_coordinates(&all, NULL, 0));
    assert_true(personal_keeps_coordinates(&asks, NULL, 0));
    assert_false(personal_keeps_coordinates(&asks, named, 1));
    assert_true(personal_keeps_coordinates(&all, named + 1, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_those_of_the_mapping_files),
        cmocka_unit_test(a_key_needs_a_hash),
        cmocka_unit_test(settings_and_keys_are_told_apart),
        cmocka_unit_test(coordinates_are_kept_for_who_names_locations),
    };

    return cmocka_run_group_tests(tests, load_catalogue, release_catalogue);
}
