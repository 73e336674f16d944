/* Which device is meant by what the user gives. The destination says it; it has nothing at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sync/forget.h"

static void assert_forgotten(const char *device, const char *wanted)
{
    const struct load_settings settings = {.type = LOAD_CSV, .directory = "/nowhere/at/all"};
    const struct catalogue catalogue = {.schema = {.count = 0}};
    struct error err = {0};
    char text[256] = "";

    if (!forget(&settings, &catalogue, "acme", device, text, sizeof text, &err)) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(text, wanted);
}

static void a_guid_is_meant_in_lower_case(void **state)
{
    (void)state;
    assert_forgotten("1D71E131-0487-4D1D-9a0d-89F2BD1A888D",
        "there was nothing of device 1d71e131-0487-4d1d-9a0d-89f2bd1a888d of tenant acme");
}

static void any_other_id_is_meant_as_it_is(void **state)
{
    (void)state;
    assert_forgotten("mdm:ABC-1", "there was nothing of device mdm:ABC-1 of tenant acme");
    assert_forgotten("1D71E131-0487-4D1D-9A0D-89F2BD1A888",
        "there was nothing of device 1D71E131-0487-4D1D-9A0D-89F2BD1A888 of tenant acme");
    assert_forgotten("1D71E131-0487-4D1D-9A0D-89F2BD1A888DA",
        "there was nothing of device 1D71E131-0487-4D1D-9A0D-89F2BD1A888DA of tenant acme");
    assert_forgotten("1D71E131-0487-4D1D-9A0D-89F2BD1A888X",
        "there was nothing of device 1D71E131-0487-4D1D-9A0D-89F2BD1A888X of tenant acme");
}

static void without_a_device_the_tenant_is_meant(void **state)
{
    (void)state;
    assert_forgotten(NULL, "there was nothing of tenant acme");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_guid_is_meant_in_lower_case),
        cmocka_unit_test(any_other_id_is_meant_as_it_is),
        cmocka_unit_test(without_a_device_the_tenant_is_meant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
