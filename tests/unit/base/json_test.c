#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"

static void quotes(const char *text, const char *expected)
{
    struct buffer out;

    buffer_init(&out, 1000);
    json_quote(&out, str_of(text));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_string_is_escaped_where_it_must_be(void **state)
{
    (void)state;
    quotes("", "\"\"");
    quotes("plain", "\"plain\"");
    quotes("\"", "\"\\\"\"");
    quotes("a\\b/c", "\"a\\\\b/c\"");
    quotes("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
    quotes("\x01\x0B\x1F\x7F", "\"\\u0001\\u000b\\u001f\x7F\"");
    quotes("\xC3\xA4\xF0\x9F\x98\x80", "\"\xC3\xA4\xF0\x9F\x98\x80\"");
    quotes("x\ny", "\"x\\ny\"");
}

static void a_nul_is_escaped_too(void **state)
{
    struct buffer out;

    (void)state;
    buffer_init(&out, 1000);
    json_quote(&out, (struct str){"a\0b", 3});
    assert_string_equal(buffer_text(&out), "\"a\\u0000b\"");
    buffer_release(&out);
}

static void what_a_terminal_would_obey_is_escaped_for_people(void **state)
{
    struct buffer out;

    (void)state;
    buffer_init(&out, 1000);
    json_quote_shown(&out, "a\033\x7F\xC2\x9B\xE2\x80\xAE\xF3\xA0\x80\x81\xC3\xA4\"\\\n\xFFz");
    assert_string_equal(buffer_text(&out),
        "\"a\\u001b\\u007f\\u009b\\u202e\\udb40\\udc01\xC3\xA4\\\"\\\\\\n\\ufffdz\"");
    buffer_release(&out);
}

static void commas_stand_between_values_at_every_depth(void **state)
{
    struct buffer out;
    struct json_writer json;

    (void)state;
    buffer_init(&out, 1000);
    json_init(&json, &out);
    json_object_begin(&json);
    json_member_text(&json, "a\"", "x");
    json_member_text(&json, "b", NULL);
    json_member_int(&json, "c", INT64_MIN);
    json_member_bool(&json, "d", true);
    json_name(&json, "e");
    json_array_begin(&json);
    json_array_begin(&json);
    json_array_end(&json);
    json_object_begin(&json);
    json_object_end(&json);
    json_number(&json, 1.0005);
    json_number(&json, -0.25);
    json_bool(&json, false);
    json_null(&json);
    json_string(&json, (struct str){"yz", 1});
    json_array_end(&json);
    json_name(&json, "f");
    json_object_begin(&json);
    json_member_int(&json, "g", 1);
    json_object_end(&json);
    json_member_int(&json, "h", 2);
    json_object_end(&json);
    assert_string_equal(buffer_text(&out),
        "{\"a\\\"\": \"x\", \"b\": null, \"c\": -9223372036854775808, \"d\": true, "
        "\"e\": [[], {}, 1.000, -0.250, false, null, \"y\"], \"f\": {\"g\": 1}, \"h\": 2}");
    buffer_release(&out);
}

static void a_full_buffer_is_told_at_the_end(void **state)
{
    struct buffer out;
    struct json_writer json;

    (void)state;
    buffer_init(&out, 10);
    json_init(&json, &out);
    json_array_begin(&json);
    json_text(&json, "longer than ten");
    json_array_end(&json);
    assert_false(buffer_ok(&out));
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_string_is_escaped_where_it_must_be),
        cmocka_unit_test(a_nul_is_escaped_too),
        cmocka_unit_test(what_a_terminal_would_obey_is_escaped_for_people),
        cmocka_unit_test(commas_stand_between_values_at_every_depth),
        cmocka_unit_test(a_full_buffer_is_told_at_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
