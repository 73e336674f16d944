#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"

static void an_empty_buffer_is_an_empty_text(void **state)
{
    struct buffer buffer;

    (void)state;
    buffer_init(&buffer, 10);
    assert_true(buffer_ok(&buffer));
    assert_string_equal(buffer_text(&buffer), "");
    assert_int_equal(buffer_view(&buffer).size, 0);
    assert_non_null(buffer_view(&buffer).data);
    assert_null(buffer.data);
    buffer_release(&buffer);
    buffer_release(&buffer);
}

static void appends_follow_one_another(void **state)
{
    struct buffer buffer;

    (void)state;
    buffer_init(&buffer, 1000);
    buffer_append(&buffer, NULL, 0);
    buffer_append_text(&buffer, "a");
    buffer_append_str(&buffer, (struct str){"bcd", 2});
    buffer_append_char(&buffer, '\0');
    buffer_append_int(&buffer, INT64_MIN);
    buffer_printf(&buffer, "[%5d|%s]", 42, "x");
    assert_true(buffer_ok(&buffer));
    assert_true(
        str_equal(buffer_view(&buffer), (struct str){"abc\0-9223372036854775808[   42|x]", 33}));
    assert_int_equal(buffer.data[buffer.size], '\0');
    buffer_release(&buffer);
}

static void a_buffer_takes_exactly_its_ceiling(void **state)
{
    char bytes[1000];

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    for (size_t ceiling = 250; ceiling < 262; ceiling++) {
        struct buffer buffer;

        buffer_init(&buffer, ceiling);
        buffer_append(&buffer, bytes, 200);
        buffer_append(&buffer, bytes, ceiling - 200);
        assert_true(buffer_ok(&buffer));
        assert_int_equal(buffer.size, ceiling);
        assert_int_equal(buffer_text(&buffer)[ceiling], '\0');
        buffer_append_char(&buffer, 'y');
        assert_false(buffer_ok(&buffer));
        assert_int_equal(buffer.size, ceiling);
        buffer_release(&buffer);
    }
}

static void a_failure_stays_until_it_is_cleared(void **state)
{
    struct buffer buffer;

    (void)state;
    buffer_init(&buffer, 4);
    buffer_append_text(&buffer, "abc");
    buffer_printf(&buffer, "%s", "de");
    assert_false(buffer_ok(&buffer));
    buffer_append_char(&buffer, 'd');
    assert_string_equal(buffer_text(&buffer), "abc");
    assert_false(buffer_reserve(&buffer, 0));
    buffer_clear(&buffer);
    assert_true(buffer_ok(&buffer));
    assert_string_equal(buffer_text(&buffer), "");
    buffer_append_text(&buffer, "abcd");
    assert_string_equal(buffer_text(&buffer), "abcd");
    buffer_release(&buffer);
    assert_int_equal(buffer.ceiling, 4);
}

static void a_size_beyond_all_memory_is_refused(void **state)
{
    struct buffer buffer;

    (void)state;
    buffer_init(&buffer, 100);
    buffer_append_text(&buffer, "abc");
    assert_false(buffer_reserve(&buffer, SIZE_MAX));
    buffer_clear(&buffer);
    assert_false(buffer_reserve(&buffer, SIZE_MAX - 2));
    buffer_release(&buffer);
}

static void reserved_room_may_be_written_at_once(void **state)
{
    struct buffer buffer;

    (void)state;
    buffer_init(&buffer, 100000);
    buffer_append_text(&buffer, "ab");
    assert_true(buffer_reserve(&buffer, 99998));
    memset(buffer.data + 2, 'x', 99998);
    assert_false(buffer_reserve(&buffer, 99999));
    buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_an_empty_text),
        cmocka_unit_test(appends_follow_one_another),
        cmocka_unit_test(a_buffer_takes_exactly_its_ceiling),
        cmocka_unit_test(a_failure_stays_until_it_is_cleared),
        cmocka_unit_test(a_size_beyond_all_memory_is_refused),
        cmocka_unit_test(reserved_room_may_be_written_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
