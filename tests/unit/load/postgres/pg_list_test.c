#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "load/postgres/pg_list.h"

enum { LAST = 9 };

/* An item with this first and last byte of its digest. */
static struct load_item item_of(uint8_t first, uint8_t last, const int32_t *number)
{
    struct load_item item = {.form = {(const char *)number, sizeof *number}};

    memset(item.digest, 0x55, sizeof item.digest);
    item.digest[0] = first;
    item.digest[ROW_DIGEST_SIZE - 1] = last;
    return item;
}

static void numbers_stand_in_the_order_of_the_digests(void **state)
{
    static const int32_t given[] = {1, 2, 3, 4};
    static const int32_t wanted[] = {3, 1, 2, 4};
    const struct load_item items[] = {item_of(0x7f, 0x80, &given[0]),
        item_of(0x80, 0x01, &given[1]), item_of(0x7f, 0x7f, &given[2]),
        item_of(0xff, 0x00, &given[3])};
    int32_t numbers[4];
    size_t kept = 0;
    struct error err;

    (void)state;
    assert_true(pg_list_order(items, 4, LAST, numbers, &kept, &err));
    assert_int_equal(kept, 4);
    assert_memory_equal(numbers, wanted, sizeof wanted);
}

/* An item that was staged twice has two numbers. */
static void equal_digests_are_one_item(void **state)
{
    static const int32_t given[] = {1, 2, 1};
    const struct load_item items[] = {
        item_of(1, 1, &given[0]), item_of(1, 1, &given[1]), item_of(1, 1, &given[2])};
    int32_t numbers[3];
    size_t kept = 0;
    struct error err;

    (void)state;
    assert_true(pg_list_order(items, 3, LAST, numbers, &kept, &err));
    assert_int_equal(kept, 1);
    assert_true(numbers[0] == 1 || numbers[0] == 2);
    assert_true(pg_list_order(NULL, 0, LAST, numbers, &kept, &err));
    assert_int_equal(kept, 0);
}

static void an_item_of_another_load_is_an_error(void **state)
{
    static const int32_t given[] = {LAST + 1, 0, -1};
    int32_t numbers[1];
    size_t kept = 0;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct load_item item = item_of(1, 1, &given[i < 3 ? i : 0]);
        struct error err = {0};

        item.form.size = i < 3 ? item.form.size : 0;
        assert_false(pg_list_order(&item, 1, LAST, numbers, &kept, &err));
        assert_int_equal(err.kind, ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_in_the_order_of_the_digests),
        cmocka_unit_test(equal_digests_are_one_item),
        cmocka_unit_test(an_item_of_another_load_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
