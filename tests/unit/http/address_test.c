#include "http/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static void accepts(const char *url, const char *host, bool is_plain)
{
    struct http_address address;
    struct error err = {.kind = ERROR_NONE};

    if (!http_address_read(&address, url, &err)) {
        fail_msg("%s: %s", url, err.text);
    }
    assert_string_equal(address.host, host);
    assert_int_equal(address.is_plain, is_plain);
}

static void refuses(const char *url, const char *expected)
{
    struct http_address address;
    struct error err = {.kind = ERROR_NONE};

    assert_false(http_address_read(&address, url, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    if (strstr(err.text, expected) == NULL) {
        fail_msg("%s: \"%s\" lacks \"%s\"", url, err.text, expected);
    }
}

static void https_is_accepted_anywhere(void **state)
{
    (void)state;
    accepts("https://core.acme.example", "core.acme.example", false);
    accepts("https://core.acme.example/ACME/rest/api", "core.acme.example", false);
    accepts("HTTPS://core.acme.example:8443/x", "core.acme.example:8443", false);
    accepts("https://192.0.2.7", "192.0.2.7", false);
    accepts("https://[2001:db8::1]:8443", "[2001:db8::1]:8443", false);
}

static void plain_http_is_accepted_on_loopback_alone(void **state)
{
    (void)state;
    accepts("http://127.0.0.1:8080", "127.0.0.1:8080", true);
    accepts("http://127.8.7.6", "127.8.7.6", true);
    accepts("http://localhost:80/x", "localhost:80", true);
    accepts("http://[::1]:8080", "[::1]:8080", true);
    refuses("http://core.acme.example", "plain http is for this machine alone");
    refuses("http://127.0.0.1.evil.example", "plain http");
    refuses("http://127.evil.example", "plain http");
    refuses("http://localhost.evil.example", "plain http");
    refuses("http://128.0.0.1", "plain http");
    refuses("http://0.0.0.0", "plain http");
    refuses("http://[::]", "plain http");
    refuses("http://[::ffff:10.0.0.1]", "plain http");
}

static void other_schemes_are_refused(void **state)
{
    (void)state;
    refuses("ftp://core.acme.example", "https://");
    refuses("file:///etc/passwd", "`url`");
    refuses("gopher://127.0.0.1", "https://");
    refuses("core.acme.example", "`url` is no address");
    refuses("", "`url` is no address");
    refuses("https://", "`url` is no address");
}

static void a_password_in_the_address_is_refused_and_not_repeated(void **state)
{
    static const char *const urls[] = {"https://api:hunter2@core.acme.example",
        "https://:hunter2@core.acme.example", "http://api:hunter2@core.acme.example",
        "https://hunter2@core.acme.example", "https://api:hunter2@core acme", "ftp://a:hunter2@b"};

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct http_address address;
        struct error err;

        assert_false(http_address_read(&address, urls[i], &err));
        assert_int_equal(err.kind, ERROR_CONFIG);
        assert_null(strstr(err.text, "hunter2"));
    }
}

static void a_query_or_fragment_is_refused(void **state)
{
    (void)state;
    refuses("https://core.acme.example/?a=b", "? or #");
    refuses("https://core.acme.example/x#y", "? or #");
}

static void control_characters_are_refused(void **state)
{
    (void)state;
    refuses("https://core.acme.example/\r\nX: y", "`url` is no address");
    refuses("https://core.acme.example/a b", "`url` is no address");
}

static void a_redirect_is_named_by_scheme_and_host_alone(void **state)
{
    char text[64];

    (void)state;
    http_address_name("https://user:pw@x.example:8443/login?token=abc#d", text, sizeof text);
    assert_string_equal(text, "https://x.example:8443");
    http_address_name("weird://y.example/z", text, sizeof text);
    assert_string_equal(text, "weird://y.example");
    http_address_name("::::", text, sizeof text);
    assert_string_equal(text, "another address");
    http_address_name("", text, sizeof text);
    assert_string_equal(text, "another address");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(https_is_accepted_anywhere),
        cmocka_unit_test(plain_http_is_accepted_on_loopback_alone),
        cmocka_unit_test(other_schemes_are_refused),
        cmocka_unit_test(a_password_in_the_address_is_refused_and_not_repeated),
        cmocka_unit_test(a_query_or_fragment_is_refused),
        cmocka_unit_test(control_characters_are_refused),
        cmocka_unit_test(a_redirect_is_named_by_scheme_and_host_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
