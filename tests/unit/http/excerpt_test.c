#include "http/excerpt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static void reads(const char *body, const char *expected)
{
    char text[HTTP_EXCERPT_SIZE];

    http_excerpt_read(body, text);
    assert_string_equal(text, expected);
}

/* Masks `body` (of which more came, or not), given user "api" and the password. */
static void masks(const char *body, bool is_cut, const char *given, const char *expected)
{
    struct secret password;
    struct error err;
    char text[256];

    assert_true(secret_init(&password, str_of(given), &err));
    assert_true(strlen(body) < sizeof text);
    memcpy(text, body, strlen(body) + 1);
    http_excerpt_mask(text, strlen(text), is_cut, "api", &password);
    assert_string_equal(text, expected);
    secret_release(&password);
}

static void html_becomes_its_text(void **state)
{
    (void)state;
    reads("<!DOCTYPE html>\n<html><head><title>403 Forbidden</title>\n<style>b {color: red}</style>"
          "<script type=x>if (a < b) alert('x')</script></head><!-- note --><body>\n  <h1>No "
          "way</h1>\n</body></html>\n",
        "403 Forbidden No way");
}

static void xml_becomes_its_text(void **state)
{
    (void)state;
    reads("<?xml version=\"1.0\"?><error><code>12</code><message>No role</message></error>",
        "12 No role");
}

static void json_and_plain_text_stay(void **state)
{
    (void)state;
    reads("{\"message\":\"Access denied\",\r\n\t\"code\":403}",
        "{\"message\":\"Access denied\", \"code\":403}");
    reads("1 < 2, and that is all", "1 < 2, and that is all");
}

static void nothing_printable_is_nothing(void **state)
{
    (void)state;
    reads("", "");
    reads(" \r\n\t ", "");
    reads("<html></html>", "");
    reads("<script>for (;;) {}", "");
    reads("<unfinished", "");
}

static void control_and_foreign_bytes_do_not_pass(void **state)
{
    (void)state;
    reads("a\x1b[31mb\x07", "a [31mb");
    reads("verweigert f\xc3\xbcr \xe2\x80\xae"
          "api",
        "verweigert f?r ?api");
}

static void a_long_message_is_cut_at_200_bytes(void **state)
{
    char body[512];
    char text[HTTP_EXCERPT_SIZE];

    (void)state;
    memset(body, 'x', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    http_excerpt_read(body, text);
    assert_int_equal(strlen(text), 200);
}

static void the_password_sent_back_is_masked(void **state)
{
    (void)state;
    masks("user api with hunter2, and hunter2 again", false, "hunter2",
        "user api with *******, and ******* again");
}

static void the_header_sent_back_is_masked(void **state)
{
    (void)state;
    /* base 64 of api:hunter2 */
    masks("Authorization: Basic YXBpOmh1bnRlcjI= is wrong", false, "hunter2",
        "Authorization: Basic **************** is wrong");
}

static void the_beginning_of_a_password_at_a_cut_end_is_masked(void **state)
{
    (void)state;
    masks("the password is hunt", true, "hunter2", "the password is ****");
    masks("the password is hunt", false, "hunter2", "the password is hunt");
    masks("the header is YXBpOmh1", true, "hunter2", "the header is ********");
    masks("hun", true, "hunter2", "***");
}

static void a_password_as_long_as_the_body_or_longer_is_no_problem(void **state)
{
    (void)state;
    masks("hunter2", false, "hunter2", "*******");
    masks("", true, "hunter2", "");
    masks("x", true, "a very long password, longer than the body", "x");
}

static void a_password_too_short_to_hide_leaves_the_text_readable(void **state)
{
    (void)state;
    masks("an access denied", false, "a", "an access denied");
}

static void without_a_password_nothing_changes(void **state)
{
    char text[] = "hello";
    struct secret unset = {NULL, 0};

    (void)state;
    http_excerpt_mask(text, strlen(text), true, NULL, NULL);
    http_excerpt_mask(text, strlen(text), true, "api", &unset);
    assert_string_equal(text, "hello");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_its_text),
        cmocka_unit_test(xml_becomes_its_text),
        cmocka_unit_test(json_and_plain_text_stay),
        cmocka_unit_test(nothing_printable_is_nothing),
        cmocka_unit_test(control_and_foreign_bytes_do_not_pass),
        cmocka_unit_test(a_long_message_is_cut_at_200_bytes),
        cmocka_unit_test(the_password_sent_back_is_masked),
        cmocka_unit_test(the_header_sent_back_is_masked),
        cmocka_unit_test(the_beginning_of_a_password_at_a_cut_end_is_masked),
        cmocka_unit_test(a_password_as_long_as_the_body_or_longer_is_no_problem),
        cmocka_unit_test(a_password_too_short_to_hide_leaves_the_text_readable),
        cmocka_unit_test(without_a_password_nothing_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
