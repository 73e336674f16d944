#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"

static void an_error_is_its_kind_and_text(void **state)
{
    struct error err = {0};

    (void)state;
    assert_false(error_set(&err, ERROR_SERVER, "page %d of %s", 14, "device"));
    assert_int_equal(err.kind, ERROR_SERVER);
    assert_string_equal(err.text, "page 14 of device");
    assert_false(error_set(&err, ERROR_CONFIG, "other"));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_string_equal(err.text, "other");
    assert_false(error_memory(&err));
    assert_int_equal(err.kind, ERROR_MEMORY);
    assert_string_equal(err.text, "out of memory");
    error_clear(&err);
    assert_int_equal(err.kind, ERROR_NONE);
    assert_string_equal(err.text, "");
}

static void context_goes_before_and_keeps_the_kind(void **state)
{
    struct error err = {0};

    (void)state;
    (void)error_set(&err, ERROR_ROLE, "no");
    assert_false(error_context(&err, "page %d", 2));
    assert_false(error_context(&err, "device"));
    assert_int_equal(err.kind, ERROR_ROLE);
    assert_string_equal(err.text, "device: page 2: no");
}

static void a_servers_bytes_make_no_second_line(void **state)
{
    struct error err = {0};

    (void)state;
    (void)error_set(&err, ERROR_SERVER, "%s", "a\r\nb\x1B[2J\x7F");
    assert_string_equal(err.text, "a??b?[2J?");
    (void)error_context(&err, "c\n");
    assert_string_equal(err.text, "c?: a??b?[2J?");
}

static void a_long_text_is_cut_at_the_end(void **state)
{
    struct error err = {0};
    char text[3 * ERROR_TEXT_SIZE];

    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    (void)error_set(&err, ERROR_SERVER, "%s", text);
    assert_int_equal(strlen(err.text), ERROR_TEXT_SIZE - 1);
    (void)error_context(&err, "page");
    assert_int_equal(strlen(err.text), ERROR_TEXT_SIZE - 1);
    assert_memory_equal(err.text, "page: xxx", 9);
    (void)error_context(&err, "%s", text);
    assert_int_equal(strlen(err.text), ERROR_TEXT_SIZE - 1);
    assert_memory_equal(err.text, "xxx", 3);
}

static void a_cut_leaves_no_half_character(void **state)
{
    struct error err = {0};
    char text[ERROR_TEXT_SIZE + 2];

    (void)state;
    memset(text, 'x', sizeof text);
    memcpy(text + ERROR_TEXT_SIZE - 2, "\xC3\xA4", 3);
    (void)error_set(&err, ERROR_SERVER, "%s", text);
    assert_string_equal(err.text + ERROR_TEXT_SIZE - 3, "x?");
}

/* The product's table of exit codes. */
static void each_kind_has_the_exit_code_of_the_table(void **state)
{
    static const int codes[] = {
        [ERROR_NONE] = 0,
        [ERROR_USAGE] = 2,
        [ERROR_CONFIG] = 2,
        [ERROR_CREDENTIALS] = 3,
        [ERROR_ROLE] = 3,
        [ERROR_SERVER] = 4,
        [ERROR_DESTINATION] = 5,
        [ERROR_GUARD] = 6,
        [ERROR_BUSY] = 75,
        [ERROR_INTERRUPTED] = 130,
        [ERROR_RECORD] = 1,
        [ERROR_MEMORY] = 70,
        [ERROR_PIPE] = 141,
        [ERROR_PROCESS] = 70,
    };

    (void)state;
    assert_int_equal(sizeof codes / sizeof *codes, ERROR_KIND_COUNT);
    for (enum error_kind kind = 0; kind < ERROR_KIND_COUNT; kind++) {
        assert_int_equal(error_exit_code(kind), codes[kind]);
    }
}

static void each_kind_has_a_word_of_its_own(void **state)
{
    (void)state;
    for (enum error_kind kind = 0; kind < ERROR_KIND_COUNT; kind++) {
        for (enum error_kind other = 0; other < kind; other++) {
            assert_string_not_equal(error_kind_name(kind), error_kind_name(other));
        }
    }
    assert_string_equal(error_kind_name(ERROR_CREDENTIALS), "credentials");
}

static void context_of_the_server_is_for_its_errors_alone(void **state)
{
    struct error err = {0};

    (void)state;
    (void)error_set(&err, ERROR_SERVER, "broken");
    assert_false(error_context_of_server(&err, "page %d", 7));
    assert_string_equal(err.text, "page 7: broken");
    (void)error_set(&err, ERROR_DESTINATION, "disk full");
    assert_false(error_context_of_server(&err, "page %d", 7));
    assert_string_equal(err.text, "disk full");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(context_of_the_server_is_for_its_errors_alone),
        cmocka_unit_test(an_error_is_its_kind_and_text),
        cmocka_unit_test(context_goes_before_and_keeps_the_kind),
        cmocka_unit_test(a_servers_bytes_make_no_second_line),
        cmocka_unit_test(a_long_text_is_cut_at_the_end),
        cmocka_unit_test(a_cut_leaves_no_half_character),
        cmocka_unit_test(each_kind_has_the_exit_code_of_the_table),
        cmocka_unit_test(each_kind_has_a_word_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
