#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "load/postgres/pg_list.h"

enum { LAST = 9 };

static struct load_item item_of(const int32_t *number)
{
    return (struct load_item){.form = {(const char *)number, sizeof *number}};
}

static void numbers_stand_in_the_order_of_the_items(void **state)
{
    static const int32_t given[] = {3, 1, LAST, 4};
    const struct load_item items[] = {
        item_of(&given[0]), item_of(&given[1]), item_of(&given[2]), item_of(&given[3])};
    int32_t numbers[4] = {0};
    struct error err;

    (void)state;
    assert_true(pg_list_numbers(items, 4, LAST, numbers, &err));
    assert_memory_equal(numbers, given, sizeof given);
    assert_true(pg_list_numbers(NULL, 0, LAST, numbers, &err));
}

static void an_item_of_another_load_is_an_error(void **state)
{
    static const int32_t given[] = {LAST + 1, 0, -1};
    int32_t numbers[1];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct load_item item = item_of(&given[i < 3 ? i : 0]);
        struct error err = {0};

        item.form.size = i < 3 ? item.form.size : 0;
        assert_false(pg_list_numbers(&item, 1, LAST, numbers, &err));
        assert_int_equal(err.kind, ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_in_the_order_of_the_items),
        cmocka_unit_test(an_item_of_another_load_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
