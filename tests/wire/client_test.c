/* What the client sends, when it tries again, and what it says of a plain failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/stop.h"
#include "wire/fixture.h"

#define OK_REPLY                                                                                   \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
#define UNAVAILABLE "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"

/* Runs one GET against the script; the wire is stopped, and is to be released. */
static bool get(struct wire *wire, const struct script_reply *replies)
{
    bool ok;

    wire_start(wire, replies, NULL);
    ok = wire_get(wire);
    wire_stop(wire);
    return ok;
}

/* The script must end in this failure, after so many requests. */
static void fails(
    const struct script_reply *replies, enum error_kind kind, const char *text, int requests)
{
    struct wire wire;

    assert_false(get(&wire, replies));
    wire_failed(&wire, kind, text);
    assert_contains(wire.err.text, "localhost:");
    assert_int_equal(wire.server.requests, requests);
    assert_int_equal(wire.response.tries, requests);
    assert_int_equal(wire.counts.calls, requests);
    assert_int_equal(wire.counts.retries, requests - 1);
    wire_release(&wire);
}

/* The script must end well, after so many requests. */
static void works(const struct script_reply *replies, const char *got, int requests)
{
    struct wire wire;

    if (!get(&wire, replies)) {
        fail_msg("%s", wire.err.text);
    }
    assert_string_equal(wire.got, got);
    assert_int_equal(wire.ended, 1);
    assert_int_equal(wire.server.requests, requests);
    assert_int_equal(wire.response.tries, requests);
    assert_int_equal(wire.response.status, 200);
    wire_release(&wire);
}

static void an_answer_is_handed_on_whole(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    assert_string_equal(wire.got, "{\"a\":1}");
    assert_int_equal(wire.begun, 1);
    assert_int_equal(wire.ended, 1);
    assert_int_equal(wire.response.status, 200);
    assert_int_equal(wire.response.tries, 1);
    assert_int_equal(wire.response.received, 7);
    assert_string_equal(wire.response.content_type, "application/json");
    assert_string_equal(wire.response.body, "");
    assert_int_equal(wire.counts.calls, 1);
    assert_int_equal(wire.counts.retries, 0);
    assert_int_equal(wire.counts.bytes, 7);
    assert_contains(wire.log_text, "GET /v1/device?limit=2: status 200");
    wire_release(&wire);
}

static void the_request_says_what_it_must_and_no_more(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    static const char *const lines[] = {"GET /ACME/rest/api/v1/device?limit=2 HTTP/1.1\r\n",
        "\r\nAuthorization: Basic " WIRE_BASIC "\r\n", "\r\nAccept: application/json\r\n",
        "\r\nAccept-Encoding: gzip\r\n", "\r\nUser-Agent: uemsync/test\r\n"};
    static const char *const absent[] = {"Expect", "Cookie", "Content-", "Referer", "Upgrade"};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_contains(wire.server.request[0], lines[i]);
    }
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        assert_lacks(wire.server.request[0], absent[i]);
    }
    wire_release(&wire);
}

static void a_post_carries_its_body_at_once(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    char body[3000];
    struct wire wire;

    (void)state;
    memset(body, 'x', sizeof body);
    wire_start(&wire, replies, NULL);
    assert_true(wire_post(&wire, (struct str){body, sizeof body}));
    wire_stop(&wire);
    assert_contains(wire.server.request[0], "POST /ACME/rest/api/v1/device?limit=2 HTTP/1.1\r\n");
    assert_contains(wire.server.request[0], "\r\nContent-Type: application/json\r\n");
    assert_contains(wire.server.request[0], "\r\nContent-Length: 3000\r\n");
    assert_lacks(wire.server.request[0], "Expect");
    assert_contains(wire.server.request[0], "\r\n\r\nxxxx");
    wire_release(&wire);
}

static void a_post_sends_its_body_again_with_each_try(void **state)
{
    static const struct script_reply replies[] = {{.bytes = UNAVAILABLE, .after = SCRIPT_KEEP},
        {.bytes = "", .after = SCRIPT_RESET}, {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    assert_true(wire_post(&wire, str_of("[\"id\"]")));
    wire_stop(&wire);
    assert_int_equal(wire.server.requests, 3);
    assert_int_equal(wire.response.tries, 3);
    assert_int_equal(wire.counts.calls, 3);
    assert_int_equal(wire.counts.retries, 2);
    for (int i = 0; i < 3; i++) {
        assert_contains(wire.server.request[i], "\r\n\r\n[\"id\"]");
    }
    wire_release(&wire);
}

/* Servers say whom they mean. */
static void what_an_error_answer_says_can_be_hidden(void **state)
{
    static const struct script_reply reply = {
        .bytes = "HTTP/1.1 404 No\r\nContent-Length: 12\r\n\r\nno user jdoe", .after = SCRIPT_KEEP};
    const struct script_reply replies[] = {reply, {0}};

    (void)state;
    for (int hides = 0; hides < 2; hides++) {
        struct wire wire;

        wire_start(&wire, replies, NULL);
        wire.settings.hides_answers = hides == 1;
        assert_false(wire_get(&wire));
        wire_stop(&wire);
        wire_failed(&wire, ERROR_SERVER, "(404)");
        assert_int_equal(strstr(wire.err.text, "jdoe") == NULL, hides);
        assert_int_equal(strstr(wire.log_text, "jdoe") == NULL || hides == 0, 1);
        wire_release(&wire);
    }
}

/* A connection that was kept can be gone by the time that it is used again. */
static void a_kept_connection_that_is_gone_costs_no_try(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP},
        {.bytes = "", .after = SCRIPT_RESET}, {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    wire.settings.retries = 0;
    wire.settings.retry_base_ms = 60000;
    assert_true(wire_get(&wire));
    assert_true(wire_get(&wire));
    wire_stop(&wire);
    assert_string_equal(wire.got, "{\"a\":1}");
    assert_int_equal(wire.server.requests, 3);
    assert_int_equal(wire.response.tries, 2);
    assert_int_equal(wire.counts.calls, 3);
    assert_int_equal(wire.counts.retries, 1);
    assert_contains(wire.log_text, "closed without an answer; try 2 of 2 follows in 0.0 s");
    wire_release(&wire);
}

static void a_call_whose_failure_costs_enough_says_how_often_it_is_tried(void **state)
{
    static const struct script_reply failed = {
        .bytes = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", .after = SCRIPT_KEEP};
    static const struct script_reply busy = {.bytes = UNAVAILABLE, .after = SCRIPT_KEEP};
    const struct script_reply replies[] = {busy, failed, failed, failed, {0}};

    (void)state;
    for (int tries = 0; tries < 3; tries++) {
        struct wire wire;

        wire_start(&wire, replies, NULL);
        wire.tries_of_failed = tries;
        assert_false(wire_get(&wire));
        wire_stop(&wire);
        wire_failed(&wire, ERROR_SERVER, "failed (500)");
        assert_int_equal(wire.server.requests, tries == 0 ? 4 : 1 + tries);
        wire_release(&wire);
    }
}

static void an_empty_answer_is_begun_and_ended(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    assert_int_equal(wire.begun, 1);
    assert_int_equal(wire.ended, 1);
    assert_int_equal(wire.got_total, 0);
    wire_release(&wire);
}

static void calls_share_a_connection_and_no_cookies(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nSet-Cookie: JSESSIONID=1; Path=/\r\n"
                  "Content-Length: 2\r\n\r\n[]",
            .after = SCRIPT_KEEP},
        {.bytes = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", .after = SCRIPT_KEEP},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    assert_true(wire_get(&wire));
    assert_false(wire_get(&wire));
    assert_true(wire_get(&wire));
    wire_stop(&wire);
    assert_int_equal(wire.server.connections, 1);
    assert_lacks(wire.server.request[1], "Cookie");
    assert_int_equal(wire.counts.calls, 3);
    assert_int_equal(wire.counts.retries, 0);
    assert_int_equal(wire.counts.bytes, 2 + 2 + 7);
    wire_release(&wire);
}

static void an_interim_answer_is_not_the_answer(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 103 Early Hints\r\nRetry-After: 99\r\n\r\n" OK_REPLY,
            .after = SCRIPT_KEEP},
        {0}};
    static const struct script_reply broken[] = {
        {.bytes = "HTTP/1.1 103 Early Hints\r\n\r\n", .after = SCRIPT_CLOSE},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};

    (void)state;
    works(replies, "{\"a\":1}", 1);
    works(broken, "{\"a\":1}", 2);
}

static void without_a_user_nothing_is_said_of_one(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    wire.settings.username = NULL;
    wire.settings.password = NULL;
    assert_true(wire_get(&wire));
    wire_stop(&wire);
    assert_lacks(wire.server.request[0], "Authorization");
    wire_release(&wire);
}

static void what_may_pass_is_tried_again_until_it_works(void **state)
{
    static const struct script_reply replies[] = {{.bytes = UNAVAILABLE, .after = SCRIPT_KEEP},
        {.bytes = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {.bytes = "HTTP/1.1 502 Bad\r\nConnection: close\r\nContent-Length: 4\r\n\r\n<a/>",
            .after = SCRIPT_CLOSE},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    assert_int_equal(wire.server.requests, 4);
    assert_int_equal(wire.begun, 1);
    assert_string_equal(wire.response.body, "");
    assert_int_equal(wire.response.received, 4 + 7);
    assert_int_equal(wire.counts.calls, 4);
    assert_int_equal(wire.counts.retries, 3);
    assert_int_equal(wire.counts.bytes, 4 + 7);
    assert_contains(wire.log_text, "is not available for now (503); try 2 of 4 follows in 0.0 s");
    assert_contains(wire.log_text, "was called too often (429); try 3 of 4 follows in 0.0 s");
    assert_contains(wire.log_text, "failed (502); try 4 of 4 follows");
    wire_release(&wire);
}

static void retry_after_as_a_past_date_means_now(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 503 Busy\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                  "Content-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};

    (void)state;
    works(replies, "{\"a\":1}", 2);
}

static void retry_after_in_seconds_is_waited_for(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    assert_true(wire.ms >= 1000);
    wire_release(&wire);
}

static void the_last_failure_says_how_often_it_was_tried(void **state)
{
    static const struct script_reply slow = {
        .bytes = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        .after = SCRIPT_KEEP};
    const struct script_reply replies[] = {slow, slow, slow, slow, {0}};

    (void)state;
    fails(replies, ERROR_SERVER, "was called too often (429) (tried 4 times)", 4);
}

static void refused_credentials_cost_one_call(void **state)
{
    static const struct script_reply whole[] = {
        {.bytes = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                  "Retry-After: 0\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {0}};
    static const struct script_reply cut[] = {
        {.bytes = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\nno",
            .after = SCRIPT_RESET},
        {0}};
    static const struct script_reply ntlm[] = {
        {.bytes = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\n"
                  "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {0}};

    (void)state;
    fails(whole, ERROR_CREDENTIALS, "refuses the user or the password (401)", 1);
    fails(cut, ERROR_CREDENTIALS, "(401)", 1);
    fails(ntlm, ERROR_CREDENTIALS, "(401)", 1);
}

static void a_refused_call_gives_the_servers_reason(void **state)
{
    static const struct script_reply html[] = {
        {.bytes = "HTTP/1.1 403 Forbidden\r\n\r\n<html><title>403</title><body><p>User\n lacks "
                  "\x1b[31mthe CPS role</p></body></html>",
            .after = SCRIPT_CLOSE},
        {0}};
    static const struct script_reply empty[] = {
        {.bytes = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", .after = SCRIPT_CLOSE},
        {0}};

    (void)state;
    fails(html, ERROR_ROLE, "the user may not make it (403): 403 User lacks [31mthe CPS role", 1);
    fails(empty, ERROR_ROLE, "the user may not make it (403)", 1);
}

static void a_secret_that_the_server_sends_back_stays_secret(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 403 Forbidden\r\n\r\nNo " WIRE_PASSWORD " and no " WIRE_BASIC "!",
            .after = SCRIPT_CLOSE},
        {0}};

    (void)state;
    fails(replies, ERROR_ROLE, "No **************** and no ****", 1); /* and see wire_stop */
}

static void statuses_that_stay_are_not_tried_again(void **state)
{
    static const struct {
        const char *reply;
        const char *text;
    } cases[] = {
        {"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nxx",
            "knows no such address (is `url` right?) (404): xx"},
        {"HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\nxx",
            "does not understand the call (400): xx"},
        {"HTTP/1.1 204 No Content\r\n\r\n", "gave no answer that can be used (204)"},
        {"HTTP/1.1 206 Part\r\nContent-Length: 2\r\n\r\nxx",
            "gave no answer that can be used (206)"},
        {"HTTP/1.1 304 Same\r\n\r\n", "gave no answer that can be used (304)"},
        {"HTTP/1.1 501 No\r\nContent-Length: 0\r\n\r\n", "failed (501)"},
        {"HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n", "as a proxy (407)"},
        {"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", "(999)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct script_reply replies[] = {
            {.bytes = cases[i].reply, .after = SCRIPT_KEEP}, {0}};

        fails(replies, ERROR_SERVER, cases[i].text, 1);
    }
}

static void an_error_answers_beginning_is_kept_for_the_caller(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 404 Not Found\r\nContent-Type: application/xml; charset=utf-8\r\n\r\n"
                  "<response totalCount=\"0\"/>",
            .after = SCRIPT_CLOSE},
        {0}};
    struct wire wire;

    (void)state;
    assert_false(get(&wire, replies));
    assert_int_equal(wire.response.status, 404);
    assert_string_equal(wire.response.body, "<response totalCount=\"0\"/>");
    assert_string_equal(wire.response.content_type, "application/xml; charset=utf-8");
    assert_int_equal(wire.begun, 0);
    assert_int_equal(wire.ended, 0);
    wire_release(&wire);
}

static void a_redirect_is_named_and_not_followed(void **state)
{
    static const struct script_reply away[] = {
        {.bytes = "HTTP/1.1 302 Found\r\nLocation: https://sso.acme.example/login?token=abc\r\n"
                  "Content-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {0}};
    static const struct script_reply near[] = {
        {.bytes = "HTTP/1.1 307 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {0}};
    static const struct script_reply odd[] = {
        {.bytes = "HTTP/1.1 301 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {0}};

    (void)state;
    fails(away, ERROR_SERVER,
        "redirected to https://sso.acme.example (redirects are not followed; is `url` the address "
        "of the API?)",
        1);
    fails(near, ERROR_SERVER, "redirected to http://localhost:", 1);
    fails(odd, ERROR_SERVER, "redirected to another address", 1);
}

static void a_connection_lost_within_the_answer_begins_anew(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"b", .after = SCRIPT_RESET},
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"c", .after = SCRIPT_CLOSE},
        {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"d\r\n",
            .after = SCRIPT_CLOSE},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    assert_string_equal(wire.got, "{\"a\":1}");
    assert_true(wire.begun >= 3); /* a reset can overtake the bytes before it */
    assert_int_equal(wire.ended, 1);
    assert_int_equal(wire.server.requests, 4);
    assert_contains(wire.log_text, "the answer was cut short; try");
    wire_release(&wire);
}

static void an_answer_that_is_always_cut_short_is_an_error(void **state)
{
    static const struct script_reply cut = {
        .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"c", .after = SCRIPT_CLOSE};
    const struct script_reply replies[] = {cut, cut, cut, cut, {0}};

    (void)state;
    fails(replies, ERROR_SERVER, "the answer was cut short (tried 4 times)", 4);
}

static void no_answer_at_all_is_an_error(void **state)
{
    static const struct script_reply none = {.bytes = "", .after = SCRIPT_CLOSE};
    const struct script_reply replies[] = {none, none, none, none, {0}};

    (void)state;
    fails(replies, ERROR_SERVER, "closed without an answer (tried 4 times)", 4);
}

static void a_refused_connection_is_named(void **state)
{
    static const struct script_reply replies[] = {{0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    script_stop(&wire.server);
    assert_false(wire_get(&wire));
    wire_failed(&wire, ERROR_SERVER, "no connection: Connection refused");
    assert_contains(wire.err.text, "(tried 4 times)");
    assert_int_equal(wire.response.status, 0);
    http_client_free(wire.client);
    wire_release(&wire);
}

static void a_callbacks_error_is_final(void **state)
{
    static const enum error_kind kinds[] = {ERROR_DESTINATION, ERROR_MEMORY, ERROR_RECORD};
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};

    (void)state;
    for (size_t i = 0; i < 2 * sizeof kinds / sizeof *kinds; i++) {
        struct wire wire;

        wire_start(&wire, replies, NULL);
        wire.failures = 1;
        *(i % 2 == 0 ? &wire.bytes_error : &wire.end_error) = kinds[i / 2];
        assert_false(wire_get(&wire));
        wire_stop(&wire);
        wire_failed(&wire, kinds[i / 2], "the callback refuses");
        assert_int_equal(wire.server.requests, 1);
        wire_release(&wire);
    }
}

static void a_malformed_answer_is_asked_for_once_more(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};

    (void)state;
    for (int i = 0; i < 4; i++) {
        bool mends = i % 2 == 0;
        struct wire wire;

        wire_start(&wire, replies, NULL);
        wire.failures = mends ? 1 : 9;
        *(i < 2 ? &wire.bytes_error : &wire.end_error) = ERROR_SERVER;
        assert_int_equal(wire_get(&wire), mends);
        wire_stop(&wire);
        assert_int_equal(wire.server.requests, 2);
        assert_int_equal(wire.begun, 2);
        if (!mends) {
            wire_failed(&wire, ERROR_SERVER, "the callback refuses (tried 2 times)");
        }
        wire_release(&wire);
    }
}

static void with_the_stop_flag_up_nothing_is_called(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    stop_signal = SIGINT;
    assert_false(wire_get(&wire));
    wire_stop(&wire);
    wire_failed(&wire, ERROR_INTERRUPTED, "interrupted");
    assert_int_equal(wire.server.connections, 0);
    assert_int_equal(wire.response.tries, 0);
    wire_release(&wire);
}

static void the_stop_flag_ends_a_call_that_waits_for_its_answer(void **state)
{
    static const char *const beginnings[] = {
        "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"};

    (void)state;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        const struct script_reply replies[] = {
            {.bytes = beginnings[i], .after = SCRIPT_STOP_FLAG}, {0}};
        struct wire wire;

        assert_false(get(&wire, replies));
        wire_failed(&wire, ERROR_INTERRUPTED, "interrupted");
        assert_true(wire.ms < 1000);
        assert_int_equal(wire.server.requests, 1);
        assert_int_equal(wire.response.tries, 1);
        wire_release(&wire);
    }
}

static void the_stop_flag_ends_the_wait_for_the_next_try(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 503 Busy\r\nRetry-After: 300\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    wire.stop_when_waiting = true;
    assert_false(wire_get(&wire));
    wire_stop(&wire);
    wire_failed(&wire, ERROR_INTERRUPTED, "interrupted");
    assert_contains(wire.log_text, "follows in 300.0 s");
    assert_true(wire.ms < 1000);
    assert_int_equal(wire.server.requests, 1);
    assert_int_equal(wire.counts.retries, 0);
    wire_release(&wire);
}

static void a_client_goes_on_after_a_failed_call(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"c", .after = SCRIPT_STOP_FLAG},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    assert_false(wire_get(&wire));
    stop_signal = 0;
    assert_true(wire_get(&wire));
    wire_stop(&wire);
    assert_string_equal(wire.got, "{\"a\":1}");
    wire_release(&wire);
}

/* What goes over loopback in the clear must not leave the machine by way of a proxy. */
static void plain_http_never_goes_through_a_proxy(void **state)
{
    static const struct script_reply replies[] = {{.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};

    (void)state;
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(setenv("ALL_PROXY", "http://127.0.0.1:1", 1), 0);
    works(replies, "{\"a\":1}", 1);
    assert_int_equal(unsetenv("http_proxy"), 0);
    assert_int_equal(unsetenv("ALL_PROXY"), 0);
}

static void an_address_that_may_not_be_called_makes_no_client(void **state)
{
    static const struct script_reply replies[] = {{0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    wire.settings.base_url = "http://core.acme.example";
    assert_false(wire_get(&wire));
    wire_failed(&wire, ERROR_CONFIG, "plain http is for this machine alone");
    assert_null(wire.client);
    wire.settings.base_url = wire.base_url;
    wire.settings.ca_file = "/nowhere/ca.pem";
    assert_false(wire_get(&wire));
    wire_failed(&wire, ERROR_CONFIG, "cannot read `ca_file` /nowhere/ca.pem: No such file");
    wire.settings.ca_file = "/dev/null";
    assert_false(wire_get(&wire));
    wire_failed(&wire, ERROR_CONFIG, "holds no certificate in PEM form");
    wire_stop(&wire);
    wire_release(&wire);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_handed_on_whole),
        cmocka_unit_test(the_request_says_what_it_must_and_no_more),
        cmocka_unit_test(a_post_carries_its_body_at_once),
        cmocka_unit_test(a_post_sends_its_body_again_with_each_try),
        cmocka_unit_test(a_kept_connection_that_is_gone_costs_no_try),
        cmocka_unit_test(a_call_whose_failure_costs_enough_says_how_often_it_is_tried),
        cmocka_unit_test(an_empty_answer_is_begun_and_ended),
        cmocka_unit_test(calls_share_a_connection_and_no_cookies),
        cmocka_unit_test(an_interim_answer_is_not_the_answer),
        cmocka_unit_test(without_a_user_nothing_is_said_of_one),
        cmocka_unit_test(what_may_pass_is_tried_again_until_it_works),
        cmocka_unit_test(retry_after_as_a_past_date_means_now),
        cmocka_unit_test(retry_after_in_seconds_is_waited_for),
        cmocka_unit_test(the_last_failure_says_how_often_it_was_tried),
        cmocka_unit_test(refused_credentials_cost_one_call),
        cmocka_unit_test(a_refused_call_gives_the_servers_reason),
        cmocka_unit_test(a_secret_that_the_server_sends_back_stays_secret),
        cmocka_unit_test(statuses_that_stay_are_not_tried_again),
        cmocka_unit_test(an_error_answers_beginning_is_kept_for_the_caller),
        cmocka_unit_test(a_redirect_is_named_and_not_followed),
        cmocka_unit_test(a_connection_lost_within_the_answer_begins_anew),
        cmocka_unit_test(an_answer_that_is_always_cut_short_is_an_error),
        cmocka_unit_test(no_answer_at_all_is_an_error),
        cmocka_unit_test(a_refused_connection_is_named),
        cmocka_unit_test(a_callbacks_error_is_final),
        cmocka_unit_test(a_malformed_answer_is_asked_for_once_more),
        cmocka_unit_test(with_the_stop_flag_up_nothing_is_called),
        cmocka_unit_test(the_stop_flag_ends_a_call_that_waits_for_its_answer),
        cmocka_unit_test(the_stop_flag_ends_the_wait_for_the_next_try),
        cmocka_unit_test(what_an_error_answer_says_can_be_hidden),
        cmocka_unit_test(a_client_goes_on_after_a_failed_call),
        cmocka_unit_test(plain_http_never_goes_through_a_proxy),
        cmocka_unit_test(an_address_that_may_not_be_called_makes_no_client),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
