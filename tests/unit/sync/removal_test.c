#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sync/removal.h"

/* Promise 8: more than max_removal of a tenant's devices, and more than ten. */
static void ten_devices_may_always_go(void **state)
{
    (void)state;
    assert_true(removal_is_allowed(0, 0, 0));
    assert_true(removal_is_allowed(10, 10, 0));
    assert_true(removal_is_allowed(10, 10, 0.2));
    assert_false(removal_is_allowed(11, 11, 0.2));
    assert_false(removal_is_allowed(11, 1000000, 0));
}

static void more_than_the_share_may_not(void **state)
{
    (void)state;
    assert_true(removal_is_allowed(20, 100, 0.2));
    assert_false(removal_is_allowed(21, 100, 0.2));
    assert_true(removal_is_allowed(11, 55, 0.2));
    assert_false(removal_is_allowed(11, 54, 0.2));
    assert_true(removal_is_allowed(400000, 2000000, 0.2));
    assert_false(removal_is_allowed(400001, 2000000, 0.2));
}

static void all_may_go_where_that_is_allowed(void **state)
{
    (void)state;
    assert_true(removal_is_allowed(1000, 1000, 1));
    assert_false(removal_is_allowed(1000, 1000, 0.999));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_devices_may_always_go),
        cmocka_unit_test(more_than_the_share_may_not),
        cmocka_unit_test(all_may_go_where_that_is_allowed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
