#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "config/parts.h"

static void assert_url(const char *given, const char *result)
{
    char url[256];
    const char *why = NULL;

    (void)snprintf(url, sizeof url, "%s", given);
    if (!config_check_url(url, &why)) {
        fail_msg("%s: %s", given, why);
    }
    assert_string_equal(url, result);
}

static void assert_bad_url(const char *given, const char *reason)
{
    char url[256];
    const char *why = NULL;

    (void)snprintf(url, sizeof url, "%s", given);
    if (config_check_url(url, &why)) {
        fail_msg("%s is accepted", given);
    }
    assert_string_equal(why, reason);
}

static void addresses_are_accepted_without_their_last_slash(void **state)
{
    (void)state;
    assert_url("https://core.acme.example", "https://core.acme.example");
    assert_url("https://core.acme.example/", "https://core.acme.example");
    assert_url("https://core.acme.example:8443/ACME//", "https://core.acme.example:8443/ACME");
    assert_url("https://m.mobileiron.net/acme/rest", "https://m.mobileiron.net/acme/rest");
    assert_url("https://[2001:db8::1]:443", "https://[2001:db8::1]:443");
    assert_url("https://192.0.2.7", "https://192.0.2.7");
}

static void plain_http_is_for_loopback_alone(void **state)
{
    static const char *const why =
        "must begin with https://; http:// is for 127.0.0.1, ::1 and localhost alone";

    (void)state;
    assert_url("http://127.0.0.1:8080/", "http://127.0.0.1:8080");
    assert_url("http://[::1]:8080", "http://[::1]:8080");
    assert_url("http://localhost/core", "http://localhost/core");
    assert_bad_url("http://core.acme.example", why);
    assert_bad_url("http://127.0.0.1.acme.example", why);
    assert_bad_url("http://127.0.0.11", why);
    assert_bad_url("http://localhost.acme.example:80", why);
}

static void other_addresses_are_refused(void **state)
{
    static const char *const no_user =
        "must not hold a user or password; see `username` and `password_file`";

    (void)state;
    assert_bad_url("core.acme.example", "must begin with https://");
    assert_bad_url("ftp://core.acme.example", "must begin with https://");
    assert_bad_url("", "must begin with https://");
    assert_bad_url("https://api:pw@core.acme.example", no_user);
    assert_bad_url("http://localhost@evil.example", no_user);
    assert_bad_url("https://h?x=1", "must not hold a query (?) or fragment (#)");
    assert_bad_url("https://h/a#b", "must not hold a query (?) or fragment (#)");
    assert_bad_url("https://", "has no valid host name");
    assert_bad_url("https:///path", "has no valid host name");
    assert_bad_url("https://a b", "has no valid host name");
    assert_bad_url("https://::1", "has no valid host name");
    assert_bad_url("https://[]", "has no valid host name");
    assert_bad_url("https://[::g]", "has no valid host name");
    assert_bad_url("https://h\\..", "has no valid host name");
    assert_bad_url("https://h:", "has no valid port");
    assert_bad_url("https://h:0", "has no valid port");
    assert_bad_url("https://h:65536", "has no valid port");
    assert_bad_url("https://h:123456", "has no valid port");
    assert_bad_url("https://h:x", "has no valid host name");
    assert_bad_url("https://h/a//b", "has no valid path");
    assert_bad_url("https://h/../b", "has no valid path");
    assert_bad_url("https://h/a/.", "has no valid path");
    assert_bad_url("https://h/a b", "has no valid path");
    assert_bad_url("https://h/a\nb", "has no valid path");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_accepted_without_their_last_slash),
        cmocka_unit_test(plain_http_is_for_loopback_alone),
        cmocka_unit_test(other_addresses_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
