/* `privacy` and its key, as the configuration hands them on. */
#include "unit/config/fixture.h"

#define KEYED(more) CSV "privacy_key_file: key\n" more
#define HASHED "tenants:\n  - {" CLOUD ", " LOG_IN ", privacy: {phone_number: drop, imei: hash}}\n"

static void privacy_is_handed_on_with_its_key(void **state)
{
    struct fixture *fixture = *state;
    const struct sync_tenant *tenant;

    write_bytes(fixture, "key", "0123456789\0abcdef\n", 18, 0600);
    tenant = load(fixture, KEYED(HASHED))->tenants;
    assert_int_equal(tenant->privacy_count, 2);
    assert_string_equal(tenant->privacy[0].kind, "phone_number");
    assert_false(tenant->privacy[0].is_hashed);
    assert_true(tenant->privacy[1].is_hashed);
    assert_message(fixture, tenant->privacy[1].place, "%s/c.yaml:4: key `tenants[0].privacy.imei`");
    assert_int_equal(tenant->privacy_key->size, 17);
    assert_memory_equal(tenant->privacy_key->bytes, "0123456789\0abcdef", 17);
    assert_int_equal(fixture->config.warning_count, 0);
}

static void the_key_of_hashes_is_read_where_it_is_needed(void **state)
{
    struct fixture *fixture = *state;

    /* Without `privacy` nobody looks at the file. */
    assert_false(secret_is_set(
        load(fixture, KEYED("tenants:\n  - {" CLOUD ", " LOG_IN "}\n"))->tenants->privacy_key));
    config_release(&fixture->config);
    assert_false(
        secret_is_set(load(fixture, TENANT(", privacy: {imei: drop}"))->tenants->privacy_key));
    config_release(&fixture->config);
    assert_false(load_only(fixture, KEYED(HASHED), NULL));
    assert_non_null(strstr(fixture->err.text, "c.yaml:2: key `privacy_key_file`: cannot read "));
    error_clear(&fixture->err);
    config_release(&fixture->config);
    write_bytes(fixture, "key", "0123456789abcde\n", 16, 0600);
    assert_refused(fixture, KEYED(HASHED),
        "%s/c.yaml:2: key `privacy_key_file`: %s/key holds 15 bytes, and a key has 16 at least");
    config_release(&fixture->config);
    write_bytes(fixture, "key", "0123456789abcdef\n", 17, 0644);
    assert_int_equal(load(fixture, KEYED(HASHED))->warning_count, 1);
    assert_non_null(
        strstr(fixture->config.warnings[0], "c.yaml:2: key `privacy_key_file`: others"));
    assert_null(strstr(fixture->config.warnings[0], "0123456789"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(privacy_is_handed_on_with_its_key),
        TEST(the_key_of_hashes_is_read_where_it_is_needed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
