#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "load/csv/csv_block.h"

static void rows_come_out_as_they_went_in(void **state)
{
    static const struct str ends[] = {{",a\n", 3}, {"\n", 1}, {",\"\n\"\n", 5}};
    struct buffer block;
    struct str rest = {0};

    (void)state;
    buffer_init(&block, CSV_BLOCK_SIZE);
    for (size_t i = 0; i < 3; i++) {
        csv_block_append(&block, ends[i]);
    }
    rest = buffer_view(&block);
    for (size_t i = 0; i < 3; i++) {
        assert_true(rest.size > 0);
        assert_true(str_equal(csv_block_next(&rest), ends[i]));
    }
    assert_int_equal(rest.size, 0);
    buffer_release(&block);
}

static void a_block_has_a_size_and_takes_one_row_in_any_case(void **state)
{
    static char large[2 * CSV_BLOCK_SIZE];
    struct str end = {large, sizeof large};
    struct buffer block;

    (void)state;
    memset(large, 'x', sizeof large);
    buffer_init(&block, 4 * CSV_BLOCK_SIZE);
    assert_true(csv_block_fits(&block, end));
    end.size = 100;
    while (csv_block_fits(&block, end)) {
        csv_block_append(&block, end);
    }
    assert_true(block.size <= CSV_BLOCK_SIZE && block.size > CSV_BLOCK_SIZE - 200);
    buffer_release(&block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_out_as_they_went_in),
        cmocka_unit_test(a_block_has_a_size_and_takes_one_row_in_any_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
