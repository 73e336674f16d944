/* The limiter against a clock of its own: no test waits. */
#include "http/limiter.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
/* cmocka wants those before it. */
#include <cmocka.h>

enum { MOST_CALLS = 5000, WINDOW = HTTP_LIMITER_WINDOW_MS };

/* Calls as the server saw them: each arrives somewhere between its beginning and its end. */
struct seen {
    int64_t at[MOST_CALLS];
    size_t count;
};

static struct http_limiter *new_limiter(int calls)
{
    struct http_limiter *limiter = NULL;
    struct error err = {0};

    assert_true(http_limiter_new(&limiter, &calls, 1, &err));
    return limiter;
}

/* A call that may begin begins; its ticket. */
static int64_t begin_call(struct http_limiter *limiter, size_t class, int64_t now)
{
    int64_t ticket = -1;

    assert_int_equal(http_limiter_begin(limiter, class, now, &ticket), 0);
    return ticket;
}

/* A generator of our own, so that a failure can be made again. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static int compare_times(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;

    return (*a > *b) - (*a < *b);
}

static size_t busiest_window(struct seen *seen)
{
    size_t first = 0;
    size_t busiest = 0;

    qsort(seen->at, seen->count, sizeof *seen->at, compare_times);
    for (size_t last = 0; last < seen->count; last++) {
        while (seen->at[last] - seen->at[first] >= WINDOW) {
            first++;
        }
        busiest = last - first + 1 > busiest ? last - first + 1 : busiest;
    }
    return busiest;
}

/* Makes `calls` calls one after the other, each taking up to `slowest` ms, and returns the time at
 * the end. */
static int64_t make_calls(struct http_limiter *limiter, int calls, int slowest, int64_t now,
    struct seen *seen, uint32_t *random)
{
    for (int i = 0; i < calls; i++) {
        int64_t ticket;
        int64_t wait = http_limiter_wait(limiter, 0, now);
        int64_t took = slowest > 0 ? next_random(random) % (uint32_t)slowest : 0;

        now += wait;
        ticket = begin_call(limiter, 0, now);
        seen->at[seen->count++] = now + (took > 0 ? next_random(random) % (uint32_t)took : 0);
        now += took;
        http_limiter_end(limiter, 0, ticket, now);
    }
    return now;
}

static void calls_up_to_the_limit_come_at_once(void **state)
{
    struct http_limiter *limiter = new_limiter(100);
    struct seen seen = {.count = 0};
    uint32_t random = 1;

    (void)state;
    assert_int_equal(make_calls(limiter, 100, 0, 5000, &seen, &random), 5000);
    assert_int_equal(http_limiter_wait(limiter, 0, 5000), WINDOW);
    http_limiter_free(limiter);
}

static void no_window_holds_more_than_the_limit_whatever_the_delays(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct http_limiter *limiter = new_limiter(50);
        struct seen *seen = calloc(1, sizeof *seen);
        uint32_t random = seed;

        assert_non_null(seen);
        (void)make_calls(limiter, 1000, (int)(seed * 200), 0, seen, &random);
        assert_true(busiest_window(seen) <= 50);
        free(seen);
        http_limiter_free(limiter);
    }
}

/* Ours is read in whole milliseconds; the server's may run slower by what clocks are ever slewed.
 */
static void no_window_of_a_clock_that_differs_holds_more_either(void **state)
{
    struct http_limiter *limiter = new_limiter(20);
    struct seen *seen = calloc(1, sizeof *seen);
    uint32_t random = 3;
    int64_t now = 1000 * 1000; /* in us; a call is seen at once, and answered at once */

    (void)state;
    assert_non_null(seen);
    while (seen->count < 200) {
        int64_t ticket;
        int64_t wait = http_limiter_begin(limiter, 0, now / 1000, &ticket);

        now += wait * 1000 + next_random(&random) % 100;
        if (wait == 0) {
            seen->at[seen->count++] = now - now / 2000;
            http_limiter_end(limiter, 0, ticket, now / 1000);
        }
    }
    for (size_t i = 20; i < seen->count; i++) {
        assert_true(seen->at[i] - seen->at[i - 20] >= 60 * 1000 * 1000);
    }
    free(seen);
    http_limiter_free(limiter);
}

static void a_bound_run_takes_no_longer_than_the_promise(void **state)
{
    struct http_limiter *limiter = new_limiter(200);
    struct seen *seen = calloc(1, sizeof *seen);
    uint32_t random = 7;
    int64_t least = (1500 - 1) * INT64_C(60000) / 200;

    (void)state;
    assert_non_null(seen);
    assert_true(make_calls(limiter, 1500, 20, 0, seen, &random) <= least * 105 / 100);
    free(seen);
    http_limiter_free(limiter);
}

static void calls_in_flight_count_until_they_end(void **state)
{
    struct http_limiter *limiter = new_limiter(2);
    int64_t first = begin_call(limiter, 0, 0);
    int64_t second = begin_call(limiter, 0, 0);

    (void)state;
    assert_true(http_limiter_wait(limiter, 0, 10 * WINDOW) > 0);
    http_limiter_end(limiter, 0, first, 10 * WINDOW);
    assert_int_equal(http_limiter_wait(limiter, 0, 10 * WINDOW), WINDOW);
    assert_int_equal(http_limiter_wait(limiter, 0, 11 * WINDOW), 0);
    http_limiter_end(limiter, 0, second, 10 * WINDOW);
    http_limiter_free(limiter);
}

/* `width` calls in flight at once, of which some find no connection; the time at the end. */
static int64_t make_calls_together(
    struct http_limiter *limiter, int calls, int width, struct seen *seen, uint32_t *random)
{
    struct {
        int64_t ticket;
        int64_t end; /* 0: none is in flight here */
    } flights[16] = {{0}};
    int64_t now = 1;
    int begun = 0;
    int in_flight = 0;

    while (begun < calls || in_flight > 0) {
        for (int i = 0; i < width; i++) {
            bool is_sent = next_random(random) % 10 > 0;

            if (flights[i].end > 0 && flights[i].end <= now) {
                if (is_sent) {
                    seen->at[seen->count++] = now - next_random(random) % 3;
                    http_limiter_end(limiter, 0, flights[i].ticket, now);
                } else {
                    http_limiter_cancel(limiter, 0, flights[i].ticket);
                    begun--;
                }
                flights[i].end = 0;
                in_flight--;
            }
            if (flights[i].end == 0 && begun < calls &&
                http_limiter_begin(limiter, 0, now, &flights[i].ticket) == 0) {
                flights[i].end = now + 3 + next_random(random) % 300;
                begun++;
                in_flight++;
            }
        }
        now++;
    }
    return now;
}

static void calls_in_flight_together_keep_the_limit_and_come_close_to_it(void **state)
{
    static const int widths[] = {1, 4, 16};

    (void)state;
    for (uint32_t seed = 1; seed <= 6; seed++) {
        struct http_limiter *limiter = new_limiter(40);
        struct seen *seen = calloc(1, sizeof *seen);
        uint32_t random = seed;
        int64_t least = (400 - 1) * INT64_C(60000) / 40;
        int64_t took;

        assert_non_null(seen);
        took = make_calls_together(limiter, 400, widths[seed % 3], seen, &random);
        assert_int_equal(seen->count, 400);
        assert_true(busiest_window(seen) <= 40);
        assert_true(took <= least * 105 / 100);
        free(seen);
        http_limiter_free(limiter);
    }
}

static void a_call_that_was_not_sent_does_not_count(void **state)
{
    struct http_limiter *limiter = new_limiter(1);
    int64_t ticket;

    (void)state;
    ticket = begin_call(limiter, 0, 0);
    assert_int_equal(http_limiter_wait(limiter, 0, 1000), HTTP_LIMITER_LATER);
    http_limiter_cancel(limiter, 0, ticket);
    assert_int_equal(http_limiter_wait(limiter, 0, 1000), 0);
    http_limiter_free(limiter);
}

static void begin_calls(struct http_limiter *limiter, int64_t *tickets, int count, int64_t now)
{
    for (int i = 0; i < count; i++) {
        tickets[i] = begin_call(limiter, 0, now);
    }
}

static void answer_calls(
    struct http_limiter *limiter, const int64_t *tickets, int count, int64_t now)
{
    for (int i = 0; i < count; i++) {
        http_limiter_end(limiter, 0, tickets[i], now);
        http_limiter_answered(limiter, 0, tickets[i]);
    }
}

/* With a limit that is far away, and with none. */
static void after_a_hold_one_call_goes_alone_and_each_answer_lets_more_follow(void **state)
{
    static const int limits[] = {0, 1000};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct http_limiter *limiter = new_limiter(limits[i]);
        int64_t tickets[8];

        begin_calls(limiter, tickets, 4, 0);
        http_limiter_end(limiter, 0, tickets[0], 10);
        http_limiter_hold(limiter, 0, 5000);
        /* What was in flight then says nothing of the time after. */
        answer_calls(limiter, tickets + 1, 3, 20);
        assert_int_equal(http_limiter_wait(limiter, 0, 20), 4980);
        for (int width = 1; width <= 4; width *= 2) {
            begin_calls(limiter, tickets, width, 5000 + width);
            assert_int_equal(http_limiter_wait(limiter, 0, 5000 + width), HTTP_LIMITER_LATER);
            answer_calls(limiter, tickets, width, 5001 + width);
        }
        http_limiter_free(limiter);
    }
}

static void a_call_that_breaks_after_a_hold_neither_opens_nor_blocks_the_way(void **state)
{
    struct http_limiter *limiter = new_limiter(100);
    int64_t ticket;

    (void)state;
    http_limiter_hold(limiter, 0, 0);
    for (int i = 0; i < 3; i++) {
        begin_calls(limiter, &ticket, 1, 10);
        assert_int_equal(http_limiter_wait(limiter, 0, 10), HTTP_LIMITER_LATER);
        http_limiter_end(limiter, 0, ticket, 10);
    }
    http_limiter_free(limiter);
}

static void a_further_refusal_begins_anew_and_answers_in_the_end_free_the_class(void **state)
{
    struct http_limiter *limiter = new_limiter(0);
    int64_t tickets[100];

    (void)state;
    http_limiter_hold(limiter, 0, 0);
    for (int i = 0; i < 3; i++) {
        begin_calls(limiter, tickets, 1, 10);
        answer_calls(limiter, tickets, 1, 10);
    }
    begin_calls(limiter, tickets, 2, 10);
    http_limiter_end(limiter, 0, tickets[0], 20);
    http_limiter_refused(limiter, 0, tickets[0], 30, 20);
    answer_calls(limiter, tickets + 1, 1, 25);
    assert_int_equal(http_limiter_wait(limiter, 0, 25), 5);
    begin_calls(limiter, tickets, 1, 30);
    assert_int_equal(http_limiter_wait(limiter, 0, 30), HTTP_LIMITER_LATER);
    answer_calls(limiter, tickets, 1, 30);
    for (int i = 0; i < 100; i++) {
        begin_calls(limiter, tickets, 1, 40);
        answer_calls(limiter, tickets, 1, 40);
    }
    begin_calls(limiter, tickets, 100, 50);
    http_limiter_free(limiter);
}

/* Half of the limit leaves room while the call that began first is still on its way. */
static void a_slow_call_is_not_forgotten_while_the_limit_is_halved(void **state)
{
    struct http_limiter *limiter = new_limiter(4);
    int64_t slow;
    int64_t tickets[3];

    (void)state;
    slow = begin_call(limiter, 0, 0);
    begin_calls(limiter, tickets, 3, 0);
    http_limiter_end(limiter, 0, tickets[0], 0);
    http_limiter_refused(limiter, 0, tickets[0], 0, 0);
    answer_calls(limiter, tickets + 1, 2, 0);
    assert_int_equal(http_limiter_wait(limiter, 0, WINDOW), HTTP_LIMITER_LATER);
    http_limiter_end(limiter, 0, slow, WINDOW + 10);
    assert_int_equal(http_limiter_wait(limiter, 0, WINDOW + 10), WINDOW);
    http_limiter_free(limiter);
}

static void calls_that_were_not_sent_leave_their_places_to_others(void **state)
{
    struct http_limiter *limiter = new_limiter(3);
    int64_t tickets[4];

    (void)state;
    begin_calls(limiter, tickets, 3, 0);
    http_limiter_cancel(limiter, 0, tickets[0]);
    begin_calls(limiter, tickets + 3, 1, 0);
    http_limiter_end(limiter, 0, tickets[2], 20);
    http_limiter_end(limiter, 0, tickets[1], 10);
    http_limiter_cancel(limiter, 0, tickets[3]);
    begin_calls(limiter, tickets, 1, 20);
    assert_int_equal(http_limiter_wait(limiter, 0, 20), WINDOW - 10);
    http_limiter_free(limiter);
}

static void classes_do_not_wait_for_each_other(void **state)
{
    const int calls[] = {1, 1};
    struct http_limiter *limiter = NULL;
    struct error err = {0};

    (void)state;
    assert_true(http_limiter_new(&limiter, calls, 2, &err));
    (void)begin_call(limiter, 0, 0);
    assert_true(http_limiter_wait(limiter, 0, 0) > 0);
    assert_int_equal(http_limiter_wait(limiter, 1, 0), 0);
    http_limiter_free(limiter);
}

static void a_class_without_a_limit_never_waits(void **state)
{
    struct http_limiter *limiter = new_limiter(0);
    struct seen seen = {.count = 0};
    uint32_t random = 1;

    (void)state;
    assert_int_equal(make_calls(limiter, 1000, 0, 5, &seen, &random), 5);
    http_limiter_free(limiter);
}

static void a_refusal_blocks_until_its_time_and_halves_the_limit_once(void **state)
{
    struct http_limiter *limiter = new_limiter(8);
    int64_t tickets[8];

    (void)state;
    for (int i = 0; i < 4; i++) {
        tickets[i] = begin_call(limiter, 0, 0);
        http_limiter_end(limiter, 0, tickets[i], 1000);
    }
    http_limiter_refused(limiter, 0, tickets[2], 6000, 1000);
    http_limiter_refused(limiter, 0, tickets[3], 3000, 1000);
    /* Half of eight were made within the minute. */
    assert_int_equal(http_limiter_wait(limiter, 0, 1000), WINDOW);
    tickets[4] = begin_call(limiter, 0, 1000 + WINDOW);
    http_limiter_end(limiter, 0, tickets[4], 2 * WINDOW);
    http_limiter_free(limiter);
}

static void the_limit_comes_back_minute_by_minute(void **state)
{
    struct http_limiter *limiter = new_limiter(8);
    struct seen seen = {.count = 0};
    uint32_t random = 1;
    int64_t ticket;

    (void)state;
    ticket = begin_call(limiter, 0, 0);
    http_limiter_end(limiter, 0, ticket, 0);
    http_limiter_refused(limiter, 0, ticket, 0, 0);
    assert_int_equal(make_calls(limiter, 6, 0, WINDOW, &seen, &random), WINDOW);
    assert_true(http_limiter_wait(limiter, 0, WINDOW) > 0);
    assert_int_equal(make_calls(limiter, 8, 0, 3 * WINDOW, &seen, &random), 3 * WINDOW);
    http_limiter_free(limiter);
}

static void a_run_goes_on_where_the_one_before_ended(void **state)
{
    struct http_limiter *before = new_limiter(3);
    struct http_limiter *after = new_limiter(3);
    struct seen seen = {.count = 0};
    uint32_t random = 1;
    int64_t ages[8];

    (void)state;
    (void)make_calls(before, 1, 0, 1000, &seen, &random);
    (void)make_calls(before, 1, 0, 31000, &seen, &random);
    (void)begin_call(before, 0, 62000);
    assert_int_equal(http_limiter_recent(before, 0, 62000, ages, 8), 2);
    assert_int_equal(ages[0], 31000);
    assert_int_equal(ages[1], 0);
    /* Another clock, 500 ms later. */
    http_limiter_restore(after, 0, 7000000 - 500, ages, 2);
    assert_int_equal(make_calls(after, 1, 0, 7000000, &seen, &random), 7000000);
    assert_int_equal(http_limiter_wait(after, 0, 7000000), WINDOW - 31000 - 500);
    http_limiter_free(after);
    http_limiter_free(before);
}

static void more_calls_than_the_limit_restore_as_the_latest(void **state)
{
    const int64_t ages[] = {50000, 40000, 30000};
    struct http_limiter *limiter = new_limiter(2);

    (void)state;
    http_limiter_restore(limiter, 0, 100000, ages, 3);
    assert_int_equal(http_limiter_wait(limiter, 0, 100000), WINDOW - 40000);
    http_limiter_free(limiter);
}

static void calls_of_all_owners_count_together(void **state)
{
    struct http_limiter *limiter = new_limiter(2);
    int64_t first;
    int64_t second;
    int64_t third = -1;

    (void)state;
    http_limiter_set_owner(limiter, 1);
    first = begin_call(limiter, 0, 0);
    http_limiter_set_owner(limiter, 2);
    second = begin_call(limiter, 0, 0);
    assert_int_equal(http_limiter_begin(limiter, 0, 0, &third), HTTP_LIMITER_LATER);
    assert_int_equal(third, -1);
    http_limiter_end(limiter, 0, second, 20);
    http_limiter_set_owner(limiter, 1);
    http_limiter_end(limiter, 0, first, 10);
    assert_int_equal(http_limiter_begin(limiter, 0, 20, &third), WINDOW - 10);
    http_limiter_free(limiter);
}

static void calls_of_an_owner_that_is_gone_end_then(void **state)
{
    struct http_limiter *limiter = new_limiter(3);
    int64_t other;

    (void)state;
    http_limiter_set_owner(limiter, 1);
    (void)begin_call(limiter, 0, 0);
    (void)begin_call(limiter, 0, 0);
    http_limiter_set_owner(limiter, 2);
    other = begin_call(limiter, 0, 0);
    http_limiter_abandon(limiter, 1, 500);
    assert_int_equal(http_limiter_wait(limiter, 0, 500), WINDOW);
    (void)begin_call(limiter, 0, 500 + WINDOW);
    (void)begin_call(limiter, 0, 500 + WINDOW);
    /* The other's is in flight as before. */
    assert_int_equal(http_limiter_wait(limiter, 0, 500 + WINDOW), HTTP_LIMITER_LATER);
    http_limiter_end(limiter, 0, other, 600 + WINDOW);
    assert_int_equal(http_limiter_wait(limiter, 0, 600 + WINDOW), WINDOW);
    http_limiter_free(limiter);
}

static void an_owner_that_is_gone_does_not_hold_up_a_class_after_a_hold(void **state)
{
    struct http_limiter *limiter = new_limiter(0);

    (void)state;
    http_limiter_hold(limiter, 0, 0);
    http_limiter_set_owner(limiter, 1);
    (void)begin_call(limiter, 0, 10);
    http_limiter_set_owner(limiter, 2);
    assert_int_equal(http_limiter_wait(limiter, 0, 10), HTTP_LIMITER_LATER);
    http_limiter_abandon(limiter, 1, 20);
    (void)begin_call(limiter, 0, 20);
    assert_int_equal(http_limiter_wait(limiter, 0, 20), HTTP_LIMITER_LATER);
    http_limiter_free(limiter);
}

/* Begins what the limiter lets begin, and exits with the number. */
static void begin_all_and_exit(struct http_limiter *limiter, size_t owner)
{
    int64_t ticket;
    int begun = 0;

    http_limiter_set_owner(limiter, owner);
    while (http_limiter_begin(limiter, 0, 0, &ticket) == 0) {
        begun++;
    }
    _exit(begun);
}

static void processes_begin_no_more_than_the_limit_together(void **state)
{
    enum { PROCESSES = 4, LIMIT = 200 };
    struct http_limiter *limiter = new_limiter(LIMIT);
    int begun = 0;

    (void)state;
    for (size_t i = 1; i <= PROCESSES; i++) {
        pid_t id = fork();

        assert_true(id >= 0);
        if (id == 0) {
            begin_all_and_exit(limiter, i);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = -1;

        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status));
        begun += WEXITSTATUS(status);
    }
    assert_int_equal(begun, LIMIT);
    http_limiter_free(limiter);
}

/* Begins and gives up calls until it is killed; says by the pipe that it is at it. */
static void call_until_killed(struct http_limiter *limiter, int pipe)
{
    http_limiter_set_owner(limiter, 1);
    for (int i = 0;; i++) {
        int64_t tickets[5];

        for (int j = 0; j < 5; j++) {
            (void)http_limiter_begin(limiter, 0, 0, &tickets[j]);
        }
        for (int j = 0; j < 5; j++) {
            http_limiter_cancel(limiter, 0, tickets[j]);
        }
        if (i == 100 && write(pipe, "", 1) != 1) {
            _exit(1);
        }
    }
}

/* Most of these are killed while they hold the lock. */
static void a_process_that_is_killed_at_any_moment_blocks_nobody(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct http_limiter *limiter = new_limiter(8);
        int64_t tickets[8];
        char byte;
        int ends[2];
        pid_t id;

        assert_int_equal(pipe(ends), 0);
        id = fork();
        assert_true(id >= 0);
        if (id == 0) {
            call_until_killed(limiter, ends[1]);
        }
        assert_int_equal(read(ends[0], &byte, 1), 1);
        assert_int_equal(kill(id, SIGKILL), 0);
        assert_int_equal(waitpid(id, NULL, 0), id);
        http_limiter_abandon(limiter, 1, 0);
        begin_calls(limiter, tickets, 8, WINDOW);
        answer_calls(limiter, tickets, 8, WINDOW);
        begin_calls(limiter, tickets, 8, 2 * WINDOW);
        assert_int_equal(http_limiter_wait(limiter, 0, 2 * WINDOW), HTTP_LIMITER_LATER);
        (void)close(ends[0]);
        (void)close(ends[1]);
        http_limiter_free(limiter);
    }
}

/* The time from `now` on until so many calls have begun, each as early as it may, and each ended at
 * once. */
static int64_t simulate(struct http_limiter *limiter, int calls, int64_t now)
{
    int64_t at = now;

    for (int i = 0; i < calls; i++) {
        int64_t ticket;

        at += http_limiter_wait(limiter, 0, at);
        ticket = begin_call(limiter, 0, at);
        http_limiter_end(limiter, 0, ticket, at);
    }
    return at - now;
}

static void the_forecast_is_what_calls_without_a_delay_take(void **state)
{
    uint32_t random = 7;

    (void)state;
    for (int round = 0; round < 200; round++) {
        int limit = 1 + (int)(next_random(&random) % 12);
        struct http_limiter *limiter = new_limiter(limit);
        int before = (int)(next_random(&random) % 30);
        int calls = 1 + (int)(next_random(&random) % 50);
        int64_t now = 1000;
        int64_t forecast;

        for (int i = 0; i < before; i++) {
            now += simulate(limiter, 1, now) + (int64_t)(next_random(&random) % 20000);
        }
        forecast = http_limiter_forecast(limiter, 0, calls, now);
        assert_int_equal(forecast, simulate(limiter, calls, now));
        http_limiter_free(limiter);
    }
}

static void the_forecast_counts_windows_and_not_a_rate(void **state)
{
    struct http_limiter *limiter = new_limiter(10);

    (void)state;
    assert_int_equal(http_limiter_forecast(limiter, 0, 0, 0), 0);
    assert_int_equal(http_limiter_forecast(limiter, 0, 10, 0), 0);
    assert_int_equal(http_limiter_forecast(limiter, 0, 11, 0), WINDOW);
    assert_int_equal(simulate(limiter, 10, 0), 0);
    /* A second later ten more wait for the minute to end, and one more for the next one. */
    assert_int_equal(http_limiter_forecast(limiter, 0, 10, 1000), WINDOW - 1000);
    assert_int_equal(http_limiter_forecast(limiter, 0, 11, 1000), 2 * WINDOW - 1000);
    http_limiter_free(limiter);
}

static void calls_left_are_those_of_this_minute(void **state)
{
    struct http_limiter *limiter = new_limiter(3);
    struct http_limiter *free_one = new_limiter(0);
    int64_t ticket = begin_call(limiter, 0, 0);

    (void)state;
    assert_int_equal(http_limiter_left(free_one, 0, 0), -1);
    assert_int_equal(http_limiter_forecast(free_one, 0, 1000, 0), 0);
    assert_int_equal(http_limiter_left(limiter, 0, 0), 2);
    assert_int_equal(simulate(limiter, 2, 5), 0);
    assert_int_equal(http_limiter_left(limiter, 0, 5), 0);
    http_limiter_end(limiter, 0, ticket, 1000);
    /* The next call waits for the third before it, however early the others ended. */
    assert_int_equal(http_limiter_left(limiter, 0, 5 + WINDOW), 0);
    assert_int_equal(http_limiter_left(limiter, 0, 1000 + WINDOW), 3);
    http_limiter_free(free_one);
    http_limiter_free(limiter);
}

static void a_refusal_leaves_no_calls_and_lengthens_the_forecast(void **state)
{
    struct http_limiter *limiter = new_limiter(10);
    int64_t ticket = begin_call(limiter, 0, 0);

    (void)state;
    http_limiter_end(limiter, 0, ticket, 0);
    http_limiter_refused(limiter, 0, ticket, 30000, 0);
    assert_int_equal(http_limiter_left(limiter, 0, 100), 0);
    assert_int_equal(http_limiter_forecast(limiter, 0, 1, 100), 29900);
    /* Half of the limit is used: five calls a minute, of which one was made. */
    assert_int_equal(http_limiter_left(limiter, 0, 30000), 4);
    assert_int_equal(http_limiter_forecast(limiter, 0, 5, 30000), WINDOW - 30000);
    http_limiter_free(limiter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_up_to_the_limit_come_at_once),
        cmocka_unit_test(no_window_holds_more_than_the_limit_whatever_the_delays),
        cmocka_unit_test(no_window_of_a_clock_that_differs_holds_more_either),
        cmocka_unit_test(a_bound_run_takes_no_longer_than_the_promise),
        cmocka_unit_test(calls_in_flight_count_until_they_end),
        cmocka_unit_test(calls_in_flight_together_keep_the_limit_and_come_close_to_it),
        cmocka_unit_test(a_call_that_was_not_sent_does_not_count),
        cmocka_unit_test(after_a_hold_one_call_goes_alone_and_each_answer_lets_more_follow),
        cmocka_unit_test(a_call_that_breaks_after_a_hold_neither_opens_nor_blocks_the_way),
        cmocka_unit_test(a_further_refusal_begins_anew_and_answers_in_the_end_free_the_class),
        cmocka_unit_test(a_slow_call_is_not_forgotten_while_the_limit_is_halved),
        cmocka_unit_test(calls_that_were_not_sent_leave_their_places_to_others),
        cmocka_unit_test(classes_do_not_wait_for_each_other),
        cmocka_unit_test(a_class_without_a_limit_never_waits),
        cmocka_unit_test(a_refusal_blocks_until_its_time_and_halves_the_limit_once),
        cmocka_unit_test(the_limit_comes_back_minute_by_minute),
        cmocka_unit_test(a_run_goes_on_where_the_one_before_ended),
        cmocka_unit_test(more_calls_than_the_limit_restore_as_the_latest),
        cmocka_unit_test(calls_of_all_owners_count_together),
        cmocka_unit_test(calls_of_an_owner_that_is_gone_end_then),
        cmocka_unit_test(an_owner_that_is_gone_does_not_hold_up_a_class_after_a_hold),
        cmocka_unit_test(processes_begin_no_more_than_the_limit_together),
        cmocka_unit_test(the_forecast_is_what_calls_without_a_delay_take),
        cmocka_unit_test(the_forecast_counts_windows_and_not_a_rate),
        cmocka_unit_test(calls_left_are_those_of_this_minute),
        cmocka_unit_test(a_refusal_leaves_no_calls_and_lengthens_the_forecast),
        cmocka_unit_test(a_process_that_is_killed_at_any_moment_blocks_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
