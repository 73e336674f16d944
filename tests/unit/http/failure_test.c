#include "http/failure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <string.h>

static struct http_failure failure_of(CURLcode code, const char *curl_text)
{
    return (struct http_failure){.host = "uem.example",
        .code = code,
        .curl_text = curl_text,
        .connect_timeout = 15,
        .stall_timeout = 60};
}

static void means(const struct http_failure *failure, enum http_outcome outcome,
    enum error_kind kind, const char *text)
{
    struct error err = {.kind = ERROR_NONE};

    assert_int_equal(http_failure_transport(failure, &err), outcome);
    assert_int_equal(err.kind, kind);
    if (strstr(err.text, text) == NULL) {
        fail_msg("\"%s\" lacks \"%s\"", err.text, text);
    }
    if (kind == ERROR_SERVER) {
        assert_non_null(strstr(err.text, "uem.example"));
    }
}

static void a_name_that_does_not_resolve_is_tried_again(void **state)
{
    struct http_failure failure = failure_of(CURLE_COULDNT_RESOLVE_HOST, "");

    (void)state;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "its name could not be resolved");
    failure.code = CURLE_COULDNT_RESOLVE_PROXY;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "the name of the proxy");
}

static void a_failed_connection_says_why_where_that_is_known(void **state)
{
    struct http_failure failure = failure_of(CURLE_COULDNT_CONNECT, "");

    (void)state;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "no connection (is the server up");
    failure.os_error = ENETUNREACH;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "no connection: Network is unreachable");
}

static void a_time_out_is_of_the_connection_or_of_the_answer(void **state)
{
    struct http_failure failure = failure_of(CURLE_OPERATION_TIMEDOUT, "SSL connection timeout");

    (void)state;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "no connection within 15 s");
    failure.was_connected = true;
    means(&failure, HTTP_BROKEN, ERROR_SERVER, "nothing came for 60 s");
}

static void a_proxys_refusal_is_final_and_its_trouble_is_not(void **state)
{
    struct http_failure failure = failure_of(CURLE_RECV_ERROR, "CONNECT tunnel failed");

    (void)state;
    failure.proxy_status = 407;
    means(&failure, HTTP_FINAL, ERROR_SERVER, "does not let the connection through (407");
    failure.proxy_status = 503;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "does not let the connection through (503");
    failure.proxy_status = 200;
    means(&failure, HTTP_BROKEN, ERROR_SERVER, "the connection broke (CONNECT tunnel failed)");
}

static void every_tls_verdict_is_final(void **state)
{
    struct http_failure failure = failure_of(CURLE_PEER_FAILED_VERIFICATION, "SSL problem");

    (void)state;
    for (long result = 2; result < 100; result++) {
        failure.verify_result = result;
        means(&failure, HTTP_FINAL, ERROR_SERVER, "is not trusted: ");
    }
    failure.verify_result = X509_V_ERR_UNSPECIFIED;
    means(&failure, HTTP_FINAL, ERROR_SERVER, "is not trusted: SSL problem");
}

static void an_alert_within_the_answer_is_no_broken_connection(void **state)
{
    struct http_failure failure = failure_of(CURLE_RECV_ERROR,
        "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required");

    (void)state;
    means(&failure, HTTP_FINAL, ERROR_CREDENTIALS, "it wants a client certificate (");
    failure.has_certificate = true;
    means(&failure, HTTP_FINAL, ERROR_CREDENTIALS, "it wants another client certificate");
}

static void a_handshake_without_tls_on_the_other_side_is_named(void **state)
{
    struct http_failure failure = failure_of(
        CURLE_SSL_CONNECT_ERROR, "OpenSSL/3.0: error:0A00010B:SSL routines::wrong version number");

    (void)state;
    means(&failure, HTTP_FINAL, ERROR_SERVER, "it does not speak TLS (is the port right?)");
    failure.curl_text = "error:0A0000C1:SSL routines::no shared cipher";
    means(&failure, HTTP_FINAL, ERROR_SERVER, "the TLS handshake failed (no shared cipher)");
}

static void a_connection_lost_in_the_handshake_is_tried_again(void **state)
{
    struct http_failure failure = failure_of(CURLE_SSL_CONNECT_ERROR,
        "OpenSSL SSL_connect: Connection reset by peer in connection to uem.example:443");

    (void)state;
    means(&failure, HTTP_UNREACHABLE, ERROR_SERVER, "ended within the TLS handshake");
    failure.curl_text = "error:0A000126:SSL routines::unexpected eof while reading";
    means(&failure, HTTP_BROKEN, ERROR_SERVER, "the connection ended within TLS");
}

static void a_broken_connection_hints_at_the_client_certificate_if_there_is_one(void **state)
{
    struct http_failure failure = failure_of(CURLE_SEND_ERROR, "Send failure: Broken pipe");

    (void)state;
    means(&failure, HTTP_BROKEN, ERROR_SERVER, "the connection broke (Send failure: Broken pipe)");
    failure.has_certificate = true;
    means(&failure, HTTP_BROKEN, ERROR_SERVER, "perhaps the server refuses the client certificate");
}

static void memory_and_an_oversized_header_are_told_apart(void **state)
{
    struct http_failure failure = failure_of(CURLE_OUT_OF_MEMORY, "");

    (void)state;
    means(&failure, HTTP_FINAL, ERROR_MEMORY, "out of memory");
    failure.was_connected = true;
    means(&failure, HTTP_FINAL, ERROR_SERVER, "a header of the answer is too large");
}

static void any_other_code_is_final_and_keeps_libcurls_text(void **state)
{
    struct http_failure failure = failure_of(CURLE_FILESIZE_EXCEEDED, "something odd");

    (void)state;
    means(&failure, HTTP_FINAL, ERROR_SERVER, "the call failed: something odd");
    failure.curl_text = "";
    means(&failure, HTTP_FINAL, ERROR_SERVER, "the call failed: Maximum file size");
}

static void every_status_has_its_sentence(void **state)
{
    const struct http_failure failure = failure_of(CURLE_OK, "");

    (void)state;
    for (long status = 200; status < 1000; status++) {
        struct error err = {.kind = ERROR_NONE};
        char number[16];

        http_failure_status(&failure, status, NULL, "", &err);
        (void)snprintf(number, sizeof number, "(%ld)", status);
        assert_non_null(strstr(err.text, number));
        assert_int_equal(err.kind, status == 401   ? ERROR_CREDENTIALS
                                   : status == 403 ? ERROR_ROLE
                                                   : ERROR_SERVER);
    }
}

static void a_refused_password_says_whose_it_is_and_where_it_came_from(void **state)
{
    struct http_failure failure = failure_of(CURLE_OK, "");
    struct error err = {.kind = ERROR_NONE};

    (void)state;
    failure.has_password = true;
    failure.username = "api@acme.example";
    failure.password_from = "password_env ACME_PASSWORD";
    http_failure_status(&failure, 401, NULL, "no", &err);
    assert_string_equal(err.text,
        "uem.example refuses the user or the password (401): user api@acme.example, password of "
        "password_env ACME_PASSWORD; trying again may lock the account; the server says: no");
    http_failure_status(&failure, 401, NULL, "", &err);
    assert_null(strstr(err.text, "the server says"));
    http_failure_status(&failure, 403, NULL, "no", &err);
    assert_null(strstr(err.text, "api@acme.example"));
    failure.has_certificate = true;
    failure.has_password = false;
    http_failure_status(&failure, 401, NULL, "no", &err);
    assert_string_equal(err.text, "uem.example refuses the client certificate (401): no");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_does_not_resolve_is_tried_again),
        cmocka_unit_test(a_failed_connection_says_why_where_that_is_known),
        cmocka_unit_test(a_time_out_is_of_the_connection_or_of_the_answer),
        cmocka_unit_test(a_proxys_refusal_is_final_and_its_trouble_is_not),
        cmocka_unit_test(every_tls_verdict_is_final),
        cmocka_unit_test(an_alert_within_the_answer_is_no_broken_connection),
        cmocka_unit_test(a_handshake_without_tls_on_the_other_side_is_named),
        cmocka_unit_test(a_connection_lost_in_the_handshake_is_tried_again),
        cmocka_unit_test(a_broken_connection_hints_at_the_client_certificate_if_there_is_one),
        cmocka_unit_test(memory_and_an_oversized_header_are_told_apart),
        cmocka_unit_test(any_other_code_is_final_and_keeps_libcurls_text),
        cmocka_unit_test(every_status_has_its_sentence),
        cmocka_unit_test(a_refused_password_says_whose_it_is_and_where_it_came_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
