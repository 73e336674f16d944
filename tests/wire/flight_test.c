/* Several calls in flight: how many at once, in which order, what waits for what, and how all of it
 * ends. Each call's path is its letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>

#include "base/stop.h"
#include "base/timestamp.h"
#include "wire/fixture.h"

#define ANSWER(body) "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" body
#define REFUSED(after) "HTTP/1.1 429 Slow\r\nRetry-After: " after "\r\nContent-Length: 0\r\n\r\n"
#define UNAVAILABLE(after)                                                                         \
    "HTTP/1.1 503 Busy\r\nRetry-After: " after "\r\nContent-Length: 0\r\n\r\n"
#define BUSY "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
#define PATH(letter) "/rest/api/" letter " HTTP"

enum { MOST_CALLS = 30, BESIDE_MS = 100, PATIENCE_MS = 20000 };

struct flight;

struct call {
    struct flight *flight;
    char path[4];
    struct http_request request;
    struct http_response response;
    struct call *then; /* started once this one is done */
    int done;
    bool ok;
    struct error err;
    char got[8];
};

struct flight {
    struct wire wire;
    struct call calls[MOST_CALLS];
    char order[MOST_CALLS + 1]; /* letters of the calls that are done */
    int64_t started;
};

static bool on_bytes(void *context, const char *bytes, size_t size, struct error *err)
{
    struct call *call = context;

    (void)err;
    assert_true(size < sizeof call->got);
    memcpy(call->got, bytes, size);
    call->got[size] = '\0';
    return true;
}

static void start(struct call *call)
{
    struct error err = {ERROR_NONE, ""};

    if (!http_start(call->flight->wire.client, &call->request, &call->response, &err)) {
        fail_msg("%s", err.text);
    }
}

static void on_done(void *context, bool ok, const struct error *error)
{
    struct call *call = context;

    call->done++;
    call->ok = ok;
    call->err = *error;
    call->flight->order[strlen(call->flight->order)] = call->path[1];
    if (call->then != NULL) {
        start(call->then);
    }
}

static void flight_start(struct flight *flight, const struct script_reply *replies)
{
    *flight = (struct flight){.started = timestamp_monotonic()};
    wire_start(&flight->wire, replies, NULL);
    for (int i = 0; i < MOST_CALLS; i++) {
        struct call *call = &flight->calls[i];

        call->flight = flight;
        (void)snprintf(call->path, sizeof call->path, "/%c", 'a' + i);
        call->request = (struct http_request){.method = "GET",
            .path = call->path,
            .accept = "application/json",
            .bytes = on_bytes,
            .done = on_done,
            .context = call};
    }
}

/* Opens the client and starts the first calls. */
static void flight_go(struct flight *flight, int calls)
{
    assert_true(wire_open(&flight->wire));
    for (int i = 0; i < calls; i++) {
        start(&flight->calls[i]);
    }
}

static void turn(struct flight *flight)
{
    if (timestamp_monotonic() - flight->started > PATIENCE_MS) {
        fail_msg("nothing comes of further turns");
    }
    if (!http_turn(flight->wire.client, &flight->wire.err)) {
        fail_msg("%s", flight->wire.err.text);
    }
}

static void turn_until_done(struct flight *flight)
{
    while (http_in_flight(flight->wire.client) > 0) {
        turn(flight);
    }
}

static void turn_until_logged(struct flight *flight, const char *text)
{
    while (flight->wire.log_text == NULL || strstr(flight->wire.log_text, text) == NULL) {
        turn(flight);
    }
}

static void turn_until_requests(struct flight *flight, int requests)
{
    while (script_requests(&flight->wire.server) < requests) {
        turn(flight);
    }
}

static void flight_stop(struct flight *flight)
{
    wire_stop(&flight->wire);
}

static void flight_release(struct flight *flight)
{
    wire_release(&flight->wire);
}

static struct http_limiter *limiter_of(const int *calls, size_t count)
{
    struct http_limiter *limiter = NULL;
    struct error err;

    assert_true(http_limiter_new(&limiter, calls, count, &err));
    return limiter;
}

static void calls_are_on_their_way_at_once(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP, .on = PATH("a"), .await = 3},
        {.bytes = ANSWER("2"), .after = SCRIPT_KEEP, .on = PATH("b"), .await = 3},
        {.bytes = ANSWER("3"), .after = SCRIPT_KEEP, .on = PATH("c"), .await = 3}, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.connections = 3;
    flight_go(&flight, 3);
    assert_int_equal(http_in_flight(flight.wire.client), 3);
    turn_until_done(&flight);
    assert_int_equal(http_client_counts(flight.wire.client).calls, 3);
    flight_stop(&flight);
    for (int i = 0; i < 3; i++) {
        const char got[] = {(char)('1' + i), '\0'};

        assert_true(flight.calls[i].ok);
        assert_int_equal(flight.calls[i].done, 1);
        assert_int_equal(flight.calls[i].response.status, 200);
        assert_string_equal(flight.calls[i].got, got);
    }
    flight_release(&flight);
}

static void no_more_calls_are_on_their_way_than_there_are_connections(void **state)
{
    static const struct script_reply reply = {
        .bytes = ANSWER("1"), .after = SCRIPT_KEEP, .await = 3, .await_ms = BESIDE_MS};
    const struct script_reply replies[] = {reply, reply, reply, reply, reply, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.connections = 2;
    flight_go(&flight, 5);
    turn_until_done(&flight);
    flight_stop(&flight);
    assert_int_equal(flight.wire.server.requests, 5);
    for (int i = 0; i < 5; i++) {
        assert_true(i + 1 - flight.wire.server.replied_before[i] <= 2);
        assert_true(flight.calls[i].ok);
    }
    flight_release(&flight);
}

static void calls_begin_in_the_order_of_their_starts(void **state)
{
    static const struct script_reply reply = {.bytes = ANSWER("1"), .after = SCRIPT_KEEP};
    const struct script_reply replies[] = {reply, reply, reply, reply, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.connections = 1;
    flight_go(&flight, 3);
    flight.calls[0].then = &flight.calls[3];
    turn_until_done(&flight);
    flight_stop(&flight);
    assert_string_equal(flight.order, "abcd");
    assert_contains(flight.wire.server.request[1], PATH("b"));
    assert_contains(flight.wire.server.request[3], PATH("d"));
    flight_release(&flight);
}

static void a_call_is_done_when_it_ends_whatever_began_before_it(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP, .on = PATH("a"), .await = 3},
        {.bytes = "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n",
            .after = SCRIPT_KEEP,
            .on = PATH("b")},
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP, .on = PATH("c"), .await = 4},
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP, .on = PATH("d")}, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight_go(&flight, 2);
    flight.calls[1].then = &flight.calls[2];
    flight.calls[0].then = &flight.calls[3];
    turn_until_done(&flight);
    flight_stop(&flight);
    flight.order[2] = '\0';
    assert_string_equal(flight.order, "ba");
    assert_false(flight.calls[1].ok);
    assert_int_equal(flight.calls[1].err.kind, ERROR_SERVER);
    assert_contains(flight.calls[1].err.text, "(404)");
    assert_true(flight.calls[0].ok && flight.calls[2].ok && flight.calls[3].ok);
    flight_release(&flight);
}

static void a_call_that_is_waited_for_goes_beside_others(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP, .on = PATH("a"), .await = 3},
        {.bytes = ANSWER("2"), .after = SCRIPT_KEEP, .on = "device", .await = 2},
        {.bytes = ANSWER("3"), .after = SCRIPT_KEEP, .on = "device"}, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight_go(&flight, 1);
    assert_true(wire_get(&flight.wire));
    assert_string_equal(flight.wire.got, "2");
    assert_int_equal(http_in_flight(flight.wire.client), 1);
    assert_true(wire_get(&flight.wire));
    assert_string_equal(flight.wire.got, "3");
    turn_until_done(&flight);
    flight_stop(&flight);
    assert_string_equal(flight.order, "a");
    flight_release(&flight);
}

/* With a tick of a tenth of a second for each, this would take three seconds. */
static void a_place_that_becomes_free_is_taken_at_once(void **state)
{
    struct script_reply replies[MOST_CALLS + 1] = {{0}};
    struct flight flight;
    int64_t from = timestamp_monotonic();

    (void)state;
    for (int i = 0; i < MOST_CALLS; i++) {
        replies[i] = (struct script_reply){.bytes = ANSWER("1"), .after = SCRIPT_KEEP};
    }
    flight_start(&flight, replies);
    flight.wire.settings.connections = 1;
    flight_go(&flight, MOST_CALLS);
    turn_until_done(&flight);
    assert_true(timestamp_monotonic() - from < 1500);
    flight_stop(&flight);
    assert_int_equal(flight.wire.server.requests, MOST_CALLS);
    flight_release(&flight);
}

static void nothing_is_done_again_and_again_while_all_wait(void **state)
{
    static const struct script_reply replies[] = {{.bytes = BUSY, .after = SCRIPT_KEEP}, {0}};
    struct flight flight;
    int64_t from;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.retry_base_ms = 60000;
    flight_go(&flight, 1);
    turn_until_logged(&flight, "follows in");
    from = timestamp_monotonic();
    turn(&flight);
    turn(&flight);
    assert_true(timestamp_monotonic() - from >= 180);
    flight_stop(&flight);
    flight_release(&flight);
}

static void a_class_that_waits_for_its_limit_keeps_no_other_waiting(void **state)
{
    static const struct script_reply reply = {.bytes = ANSWER("1"), .after = SCRIPT_KEEP};
    const struct script_reply replies[] = {reply, reply, reply, {0}};
    static const int calls[] = {1, 2};

    (void)state;
    for (int connections = 1; connections <= 2; connections++) {
        struct http_limiter *limiter = limiter_of(calls, 2);
        struct flight flight;

        flight_start(&flight, replies);
        flight.wire.settings.connections = connections;
        flight.wire.settings.limiter = limiter;
        flight.calls[2].request.limit_class = 1;
        flight.calls[3].request.limit_class = 1;
        flight_go(&flight, 4); /* b has to wait */
        while (strlen(flight.order) < 3) {
            turn(&flight);
        }
        assert_int_equal(http_in_flight(flight.wire.client), 1);
        assert_int_equal(flight.calls[1].done, 0);
        assert_int_equal(flight.calls[1].response.tries, 0);
        flight_stop(&flight);
        assert_int_equal(flight.wire.server.requests, 3);
        assert_contains(flight.wire.log_text, "GET /b waits 60.0 s for the server's limit");
        flight_release(&flight);
        http_limiter_free(limiter);
    }
}

static void a_call_that_waits_for_its_next_try_keeps_no_other_waiting(void **state)
{
    static const struct script_reply replies[] = {{.bytes = BUSY, .after = SCRIPT_KEEP},
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP, .on = PATH("b")}, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.connections = 1;
    flight.wire.settings.retry_base_ms = 60000;
    flight_go(&flight, 2);
    while (flight.calls[1].done == 0) {
        turn(&flight);
    }
    assert_int_equal(http_in_flight(flight.wire.client), 1);
    flight_stop(&flight);
    assert_string_equal(flight.order, "b");
    flight_release(&flight);
}

/* One call of the class is refused; the other classes go on. */
static void retry_after_holds_its_class_back(void **state)
{
    static const char *const refusals[] = {REFUSED("300"), UNAVAILABLE("300")};
    static const int calls[] = {0, 100};

    (void)state;
    for (int i = 0; i < 4; i++) {
        const struct script_reply replies[] = {
            {.bytes = refusals[i % 2], .after = SCRIPT_KEEP, .on = PATH("a")},
            {.bytes = ANSWER("1"), .after = SCRIPT_KEEP}, {0}};
        struct http_limiter *limiter = limiter_of(calls, 2);
        size_t class = (size_t)i / 2;
        struct flight flight;

        flight_start(&flight, replies);
        flight.wire.settings.limiter = limiter;
        flight.wire.settings.retries = i % 2 == 0 ? 3 : 0; /* also by a call that has failed */
        flight_go(&flight, 0);
        flight.calls[0].request.limit_class = class;
        flight.calls[1].request.limit_class = class;
        flight.calls[2].request.limit_class = 1 - class;
        start(&flight.calls[0]);
        while (http_limiter_wait(limiter, class, timestamp_monotonic()) < 1000 ||
               http_limiter_wait(limiter, class, timestamp_monotonic()) == HTTP_LIMITER_LATER) {
            turn(&flight);
        }
        start(&flight.calls[1]);
        start(&flight.calls[2]);
        while (flight.calls[2].done == 0) {
            turn(&flight);
        }
        flight_stop(&flight);
        assert_int_equal(flight.wire.server.requests, 2);
        assert_int_equal(flight.calls[1].response.tries, 0);
        flight_release(&flight);
        http_limiter_free(limiter);
    }
}

static void without_limits_retry_after_holds_back_the_clients_calls(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = REFUSED("300"), .after = SCRIPT_KEEP, .on = PATH("a")},
        {.bytes = ANSWER("1"), .after = SCRIPT_KEEP}, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.retries = 0;
    flight_go(&flight, 1);
    turn_until_done(&flight);
    start(&flight.calls[1]);
    turn(&flight);
    turn(&flight);
    flight_stop(&flight);
    assert_string_equal(flight.order, "a");
    assert_int_equal(flight.wire.server.requests, 1);
    flight_release(&flight);
}

/* Three are refused together. Then one goes alone, and others follow once it was answered. */
static void calls_that_were_refused_do_not_rush_out_together(void **state)
{
    static const struct script_reply refused = {
        .bytes = REFUSED("0"), .after = SCRIPT_KEEP, .await = 3};
    static const struct script_reply alone = {
        .bytes = ANSWER("1"), .after = SCRIPT_KEEP, .await = 5, .await_ms = BESIDE_MS};
    static const struct script_reply pair = {
        .bytes = ANSWER("1"), .after = SCRIPT_KEEP, .await = 6};
    const struct script_reply replies[] = {refused, refused, refused, alone, pair, pair, pair, {0}};
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.connections = 3;
    flight_go(&flight, 4);
    turn_until_done(&flight);
    flight_stop(&flight);
    assert_int_equal(flight.wire.server.requests, 7);
    assert_int_equal(flight.wire.server.replied_before[3], 3);
    assert_int_equal(flight.wire.server.replied_before[4], 4);
    assert_contains(flight.wire.server.request[3], PATH("a"));
    for (int i = 0; i < 4; i++) {
        assert_true(flight.calls[i].ok);
    }
    flight_release(&flight);
}

/* The request may have reached the server, so sending it again is a call like any other. */
static void what_was_lost_with_a_kept_connection_counts_for_the_limit(void **state)
{
    static const struct script_reply replies[] = {{.bytes = ANSWER("1"), .after = SCRIPT_KEEP},
        {.bytes = "", .after = SCRIPT_RESET}, {.bytes = ANSWER("1"), .after = SCRIPT_KEEP}, {0}};
    static const int calls[] = {2};
    struct http_limiter *limiter = limiter_of(calls, 1);
    struct flight flight;
    int64_t ages[4];

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.limiter = limiter;
    flight_go(&flight, 1);
    turn_until_done(&flight);
    start(&flight.calls[1]);
    turn_until_logged(&flight, "GET /b waits");
    assert_int_equal(http_limiter_recent(limiter, 0, timestamp_monotonic(), ages, 4), 2);
    flight_stop(&flight);
    assert_int_equal(flight.wire.server.requests, 2);
    flight_release(&flight);
    http_limiter_free(limiter);
}

static void a_call_that_finds_no_connection_does_not_count_for_the_limit(void **state)
{
    static const struct script_reply replies[] = {{0}};
    static const int calls[] = {1};
    struct http_limiter *limiter = limiter_of(calls, 1);
    struct flight flight;
    int64_t ages[4];

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.limiter = limiter;
    script_stop(&flight.wire.server);
    flight_go(&flight, 1);
    turn_until_done(&flight);
    assert_int_equal(flight.calls[0].response.tries, 4);
    assert_int_equal(http_limiter_recent(limiter, 0, timestamp_monotonic(), ages, 4), 0);
    http_client_free(flight.wire.client);
    flight_release(&flight);
    http_limiter_free(limiter);
}

/* An answer may take its time: the server has counted the call when it begins to come. */
static void the_limit_counts_from_where_the_answer_begins(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1", .after = SCRIPT_STALL}, {0}};
    static const int calls[] = {1};
    struct http_limiter *limiter = limiter_of(calls, 1);
    struct flight flight;
    int64_t age = 0;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.limiter = limiter;
    flight_go(&flight, 1);
    while (flight.calls[0].got[0] == '\0') {
        turn(&flight);
    }
    turn(&flight);
    turn(&flight);
    http_client_free(flight.wire.client);
    flight.wire.client = NULL;
    assert_int_equal(http_limiter_recent(limiter, 0, timestamp_monotonic(), &age, 1), 1);
    assert_true(age >= 180);
    flight_stop(&flight);
    flight_release(&flight);
    http_limiter_free(limiter);
}

static void the_stop_flag_ends_the_turns_and_no_call(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "", .after = SCRIPT_STALL, .on = PATH("a")},
        {.bytes = "", .after = SCRIPT_STOP_FLAG, .on = PATH("b"), .await = 2}, {0}};
    struct flight flight;
    bool ok = true;
    int64_t from = timestamp_monotonic();

    (void)state;
    flight_start(&flight, replies);
    flight_go(&flight, 3);
    while (ok) {
        ok = http_turn(flight.wire.client, &flight.wire.err);
    }
    wire_failed(&flight.wire, ERROR_INTERRUPTED, "interrupted");
    assert_int_equal(http_in_flight(flight.wire.client), 3);
    assert_false(http_start(
        flight.wire.client, &flight.calls[3].request, &flight.calls[3].response, &flight.wire.err));
    wire_failed(&flight.wire, ERROR_INTERRUPTED, "interrupted");
    flight_stop(&flight);
    assert_true(timestamp_monotonic() - from < 1000);
    assert_string_equal(flight.order, "");
    flight_release(&flight);
}

/* One of each: waits for its answer, for its next try, for its limit, for a place. */
static void a_client_is_freed_with_calls_in_flight_and_without_a_word(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = BUSY, .after = SCRIPT_KEEP, .on = PATH("a")},
        {.bytes = "", .after = SCRIPT_STALL, .on = PATH("b"), .await = 2}, {0}};
    static const int calls[] = {0, 1, 0};
    struct http_limiter *limiter = limiter_of(calls, 3);
    struct flight flight;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.limiter = limiter;
    flight.wire.settings.connections = 1;
    flight.wire.settings.retry_base_ms = 60000;
    flight.calls[1].request.limit_class = 1;
    flight.calls[2].request.limit_class = 1;
    flight.calls[3].request.limit_class = 2;
    flight_go(&flight, 4);
    turn_until_requests(&flight, 2);
    assert_int_equal(http_in_flight(flight.wire.client), 4);
    assert_int_equal(http_limiter_wait(limiter, 1, timestamp_monotonic()), HTTP_LIMITER_LATER);
    flight_stop(&flight);
    assert_string_equal(flight.order, "");
    /* Another client of the cluster does not wait for what is no more. */
    assert_true(http_limiter_wait(limiter, 1, timestamp_monotonic()) <= HTTP_LIMITER_WINDOW_MS);
    flight_release(&flight);
    http_limiter_free(limiter);
}

/* Stands before the C library's: the one name is resolved when the test says so. */
static pthread_mutex_t name_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t name_changed = PTHREAD_COND_INITIALIZER;
static enum name_state { NAME_UNASKED, NAME_ASKED, NAME_ANSWERED, NAME_GONE } name_state;

static void name_set(enum name_state from, enum name_state to)
{
    (void)pthread_mutex_lock(&name_lock);
    while (name_state < from) {
        (void)pthread_cond_wait(&name_changed, &name_lock);
    }
    name_state = to;
    (void)pthread_cond_broadcast(&name_changed);
    (void)pthread_mutex_unlock(&name_lock);
}

int getaddrinfo(
    const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    int code = EAI_NONAME;

    if (name != NULL && strcmp(name, "slow.acme.example") == 0) {
        name_set(NAME_UNASKED, NAME_ASKED);
        name_set(NAME_ANSWERED, NAME_GONE);
    } else {
        int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

        *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
        code = next(name, service, hints, found);
    }
    return code;
}

static void a_client_is_freed_while_a_name_is_resolved(void **state)
{
    static const struct script_reply replies[] = {{0}};
    struct flight flight;
    bool asked = false;

    (void)state;
    flight_start(&flight, replies);
    flight.wire.settings.base_url = "https://slow.acme.example";
    flight_go(&flight, 1);
    while (!asked) {
        turn(&flight);
        (void)pthread_mutex_lock(&name_lock);
        asked = name_state == NAME_ASKED;
        (void)pthread_mutex_unlock(&name_lock);
    }
    flight_stop(&flight); /* would wait for ever */
    name_set(NAME_ASKED, NAME_ANSWERED);
    name_set(NAME_GONE, NAME_GONE);
    assert_string_equal(flight.order, "");
    flight_release(&flight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_on_their_way_at_once),
        cmocka_unit_test(no_more_calls_are_on_their_way_than_there_are_connections),
        cmocka_unit_test(calls_begin_in_the_order_of_their_starts),
        cmocka_unit_test(a_call_is_done_when_it_ends_whatever_began_before_it),
        cmocka_unit_test(a_call_that_is_waited_for_goes_beside_others),
        cmocka_unit_test(a_place_that_becomes_free_is_taken_at_once),
        cmocka_unit_test(nothing_is_done_again_and_again_while_all_wait),
        cmocka_unit_test(a_class_that_waits_for_its_limit_keeps_no_other_waiting),
        cmocka_unit_test(a_call_that_waits_for_its_next_try_keeps_no_other_waiting),
        cmocka_unit_test(retry_after_holds_its_class_back),
        cmocka_unit_test(without_limits_retry_after_holds_back_the_clients_calls),
        cmocka_unit_test(calls_that_were_refused_do_not_rush_out_together),
        cmocka_unit_test(what_was_lost_with_a_kept_connection_counts_for_the_limit),
        cmocka_unit_test(a_call_that_finds_no_connection_does_not_count_for_the_limit),
        cmocka_unit_test(the_limit_counts_from_where_the_answer_begins),
        cmocka_unit_test(the_stop_flag_ends_the_turns_and_no_call),
        cmocka_unit_test(a_client_is_freed_with_calls_in_flight_and_without_a_word),
        cmocka_unit_test(a_client_is_freed_while_a_name_is_resolved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
