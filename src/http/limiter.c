#include "http/limiter.h"

#include <stdlib.h>

/* When nothing has happened yet: long before any clock's now. */
#define LIMITER_NEVER (INT64_MIN / 2)
/* The end of a call that has not ended. */
#define LIMITER_IN_FLIGHT INT64_MAX

enum {
    LIMITER_WHOLE = 100,
    LIMITER_STEP = 25,
    LIMITER_LEAST = 5,
    LIMITER_CROWD = 64, /* so many answers after a hold say that nothing is held back any more */
};

struct limiter_call {
    int64_t ticket;
    int64_t end;
};

struct limiter_class {
    int calls;                 /* the limit; 0: none */
    struct limiter_call *last; /* the last `calls` calls: the n-th stands at n modulo `calls` */
    int64_t begun;             /* calls that began so far, but for those that were cancelled */
    int64_t next_ticket;
    int percent;        /* of the limit that is used now */
    int64_t refused_at; /* when the limit was last halved for a 429 */
    int64_t halved_at;  /* the next ticket then: what was in flight halves it no further */
    int64_t blocked_until;
    int in_flight;
    int most_in_flight; /* after a hold; else 0, for no bound */
    int64_t held_at; /* the next ticket then: what was in flight says nothing of the time after */
};

struct http_limiter {
    size_t count;
    struct limiter_class classes[];
};

static const struct limiter_call limiter_no_call = {-1, LIMITER_NEVER};

static bool limiter_class_init(struct limiter_class *class, int calls)
{
    *class = (struct limiter_class){
        .calls = calls,
        .percent = LIMITER_WHOLE,
        .refused_at = LIMITER_NEVER,
        .blocked_until = LIMITER_NEVER,
    };
    if (calls > 0) {
        class->last = malloc((size_t)calls * sizeof *class->last);
        for (int i = 0; class->last != NULL && i < calls; i++) {
            class->last[i] = limiter_no_call;
        }
    }
    return calls <= 0 || class->last != NULL;
}

bool http_limiter_new(
    struct http_limiter **limiter, const int *calls, size_t count, struct error *err)
{
    struct http_limiter *made = calloc(1, sizeof *made + count * sizeof *made->classes);
    bool ok = made != NULL;

    for (size_t i = 0; ok && i < count; i++) {
        ok = limiter_class_init(&made->classes[i], calls[i]);
        made->count = i + 1;
    }
    if (!ok) {
        http_limiter_free(made);
        made = NULL;
        (void)error_memory(err);
    }
    *limiter = made;
    return ok;
}

void http_limiter_free(struct http_limiter *limiter)
{
    for (size_t i = 0; limiter != NULL && i < limiter->count; i++) {
        free(limiter->classes[i].last);
    }
    free(limiter);
}

/* How much of the limit is used now, in percent: less for a while after a 429. */
static int limiter_percent(const struct limiter_class *class, int64_t now)
{
    int64_t percent = class->percent;

    if (percent < LIMITER_WHOLE) {
        percent += (now - class->refused_at) / HTTP_LIMITER_WINDOW_MS * LIMITER_STEP;
    }
    return percent < LIMITER_WHOLE ? (int)percent : LIMITER_WHOLE;
}

/* A minute after the `before`-th call before the next one ended. */
static int64_t limiter_due_after(const struct limiter_class *class, int64_t before)
{
    int64_t nth = class->begun - before;
    int64_t end = nth >= 0 ? class->last[nth % class->calls].end : LIMITER_NEVER;

    return end == LIMITER_IN_FLIGHT ? HTTP_LIMITER_LATER : end + HTTP_LIMITER_WINDOW_MS;
}

/* When the calls before it let a call begin. While less than the limit is used, the call that is to
 * be forgotten for it may still be the one that takes longest. */
static int64_t limiter_due(const struct limiter_class *class, int64_t now)
{
    int64_t limit = (int64_t) class->calls * limiter_percent(class, now) / LIMITER_WHOLE;
    int64_t due = limiter_due_after(class, limit > 0 ? limit : 1);
    int64_t due_of_whole = limiter_due_after(class, class->calls);

    return due > due_of_whole ? due : due_of_whole;
}

int64_t http_limiter_wait(const struct http_limiter *limiter, size_t class, int64_t now)
{
    const struct limiter_class *row = &limiter->classes[class];
    int64_t due = row->calls > 0 ? limiter_due(row, now) : now;
    int64_t wait = 0;

    if (due < row->blocked_until) {
        due = row->blocked_until;
    }
    if (due == HTTP_LIMITER_LATER ||
        (row->most_in_flight > 0 && row->in_flight >= row->most_in_flight)) {
        wait = HTTP_LIMITER_LATER;
    } else if (due > now) {
        wait = due - now;
    }
    return wait;
}

void http_limiter_begin(struct http_limiter *limiter, size_t class, int64_t *ticket)
{
    struct limiter_class *row = &limiter->classes[class];

    *ticket = row->next_ticket++;
    row->in_flight++;
    if (row->calls > 0) {
        row->last[row->begun % row->calls] = (struct limiter_call){*ticket, LIMITER_IN_FLIGHT};
    }
    row->begun++;
}

/* Which call it was. One in flight is among the last `calls`, and seldom far from the end. */
static int64_t limiter_find(const struct limiter_class *class, int64_t ticket)
{
    int64_t nth = class->begun - 1;

    while (nth > 0 && class->last[nth % class->calls].ticket != ticket) {
        nth--;
    }
    return nth;
}

void http_limiter_end(struct http_limiter *limiter, size_t class, int64_t ticket, int64_t end)
{
    struct limiter_class *row = &limiter->classes[class];

    row->in_flight--;
    if (row->calls > 0) {
        row->last[limiter_find(row, ticket) % row->calls].end = end;
    }
}

/* Those that began after it move up. Each then stands `calls` behind one that ended more than 60
 * seconds before it began, as that one let the call before it begin; and the place that they leave
 * belongs to one that ended so long ago. */
void http_limiter_cancel(struct http_limiter *limiter, size_t class, int64_t ticket)
{
    struct limiter_class *row = &limiter->classes[class];

    row->in_flight--;
    if (row->calls > 0) {
        int64_t nth = limiter_find(row, ticket);

        row->begun--;
        for (; nth < row->begun; nth++) {
            row->last[nth % row->calls] = row->last[(nth + 1) % row->calls];
        }
        row->last[row->begun % row->calls] = limiter_no_call;
    }
}

void http_limiter_answered(struct http_limiter *limiter, size_t class, int64_t ticket)
{
    struct limiter_class *row = &limiter->classes[class];

    if (row->most_in_flight > 0 && ticket >= row->held_at) {
        row->most_in_flight++;
        if (row->most_in_flight > LIMITER_CROWD) {
            row->most_in_flight = 0;
        }
    }
}

void http_limiter_hold(struct http_limiter *limiter, size_t class, int64_t until)
{
    struct limiter_class *row = &limiter->classes[class];

    if (until > row->blocked_until) {
        row->blocked_until = until;
    }
    row->most_in_flight = 1;
    row->held_at = row->next_ticket;
}

void http_limiter_refused(
    struct http_limiter *limiter, size_t class, int64_t ticket, int64_t until, int64_t now)
{
    struct limiter_class *row = &limiter->classes[class];

    http_limiter_hold(limiter, class, until);
    if (ticket >= row->halved_at) {
        row->percent = limiter_percent(row, now) / 2;
        row->percent = row->percent > LIMITER_LEAST ? row->percent : LIMITER_LEAST;
        row->refused_at = now;
        row->halved_at = row->next_ticket;
    }
}

size_t http_limiter_recent(
    const struct http_limiter *limiter, size_t class, int64_t now, int64_t *ages, size_t most)
{
    const struct limiter_class *row = &limiter->classes[class];
    int64_t first = row->begun > row->calls ? row->begun - row->calls : 0;
    size_t count = 0;

    for (int64_t nth = first; row->calls > 0 && nth < row->begun && count < most; nth++) {
        int64_t end = row->last[nth % row->calls].end;
        int64_t age = end == LIMITER_IN_FLIGHT ? 0 : now - end;

        if (age < HTTP_LIMITER_WINDOW_MS) {
            ages[count++] = age;
        }
    }
    return count;
}

void http_limiter_restore(
    struct http_limiter *limiter, size_t class, int64_t now, const int64_t *ages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t ticket;

        http_limiter_begin(limiter, class, &ticket);
        http_limiter_end(limiter, class, ticket, now - ages[i]);
    }
}

int http_limiter_calls(const struct http_limiter *limiter, size_t class)
{
    return limiter->classes[class].calls;
}
