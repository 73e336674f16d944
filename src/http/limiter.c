#include "http/limiter.h"

#include <stdlib.h>

/* When nothing has happened yet: long before any clock's now. */
#define LIMITER_NEVER (INT64_MIN / 2)
/* The end of a call that has not ended. */
#define LIMITER_IN_FLIGHT INT64_MAX

enum { LIMITER_WHOLE = 100, LIMITER_STEP = 25, LIMITER_LEAST = 5 };

struct limiter_class {
    int calls;          /* the limit; 0: none */
    int64_t *ends;      /* of the last `calls` calls, by ticket modulo `calls` */
    int64_t begun;      /* calls that began so far; the next ticket */
    int percent;        /* of the limit that is used now */
    int64_t refused_at; /* when the limit was last halved for a 429 */
    int64_t halved_at;  /* the next ticket then: what was in flight halves it no further */
    int64_t blocked_until;
};

struct http_limiter {
    size_t count;
    struct limiter_class classes[];
};

static bool limiter_class_init(struct limiter_class *class, int calls)
{
    *class = (struct limiter_class){
        .calls = calls,
        .percent = LIMITER_WHOLE,
        .refused_at = LIMITER_NEVER,
        .blocked_until = LIMITER_NEVER,
    };
    if (calls > 0) {
        class->ends = malloc((size_t)calls * sizeof *class->ends);
        for (int i = 0; class->ends != NULL && i < calls; i++) {
            class->ends[i] = LIMITER_NEVER;
        }
    }
    return calls <= 0 || class->ends != NULL;
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
        free(limiter->classes[i].ends);
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

/* When the calls before it let a call begin: a minute after the N-th before it ended. */
static int64_t limiter_due(const struct limiter_class *class, int64_t now)
{
    int64_t limit = (int64_t) class->calls * limiter_percent(class, now) / LIMITER_WHOLE;
    int64_t nth = class->begun - (limit > 0 ? limit : 1);
    int64_t end = nth >= 0 ? class->ends[nth % class->calls] : LIMITER_NEVER;

    return end == LIMITER_IN_FLIGHT ? now + 1 : end + HTTP_LIMITER_WINDOW_MS;
}

int64_t http_limiter_wait(const struct http_limiter *limiter, size_t class, int64_t now)
{
    const struct limiter_class *row = &limiter->classes[class];
    int64_t due = row->calls > 0 ? limiter_due(row, now) : now;

    if (due < row->blocked_until) {
        due = row->blocked_until;
    }
    return due > now ? due - now : 0;
}

void http_limiter_begin(struct http_limiter *limiter, size_t class, int64_t *ticket)
{
    struct limiter_class *row = &limiter->classes[class];

    *ticket = row->begun++;
    if (row->calls > 0) {
        row->ends[*ticket % row->calls] = LIMITER_IN_FLIGHT;
    }
}

void http_limiter_end(struct http_limiter *limiter, size_t class, int64_t ticket, int64_t now)
{
    struct limiter_class *row = &limiter->classes[class];

    if (row->calls > 0) {
        row->ends[ticket % row->calls] = now;
    }
}

void http_limiter_refused(
    struct http_limiter *limiter, size_t class, int64_t ticket, int64_t until, int64_t now)
{
    struct limiter_class *row = &limiter->classes[class];

    if (until > row->blocked_until) {
        row->blocked_until = until;
    }
    if (ticket >= row->halved_at) {
        row->percent = limiter_percent(row, now) / 2;
        row->percent = row->percent > LIMITER_LEAST ? row->percent : LIMITER_LEAST;
        row->refused_at = now;
        row->halved_at = row->begun;
    }
}

size_t http_limiter_recent(
    const struct http_limiter *limiter, size_t class, int64_t now, int64_t *ages, size_t most)
{
    const struct limiter_class *row = &limiter->classes[class];
    int64_t first = row->begun > row->calls ? row->begun - row->calls : 0;
    size_t count = 0;

    for (int64_t ticket = first; row->calls > 0 && ticket < row->begun && count < most; ticket++) {
        int64_t end = row->ends[ticket % row->calls];
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
