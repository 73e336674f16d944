#include "http/limiter.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/shared.h"

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
    size_t owner;
    size_t family;
};

struct limiter_class {
    int calls;      /* the limit; 0: none */
    size_t last_at; /* limiter_last: so many bytes behind this, as no two map it at one address */
    int64_t begun;  /* calls that began so far, but for those that were cancelled */
    int64_t next_ticket;
    int percent;        /* of the limit that is used now */
    int64_t refused_at; /* when the limit was last halved for a 429 */
    int64_t halved_at;  /* the next ticket then: what was in flight halves it no further */
    int64_t blocked_until;
    int in_flight[HTTP_LIMITER_OWNERS];
    int most_in_flight; /* after a hold; else 0, for no bound */
    int64_t held_at; /* the next ticket then: what was in flight says nothing of the time after */
};

/* What all processes see; the classes' calls stand behind the classes. */
struct limiter_shared {
    uint64_t layout; /* LIMITER_LAYOUT, once all is filled in */
    pthread_mutex_t lock;
    pthread_mutex_t owners[HTTP_LIMITER_OWNERS]; /* each is held as long as its process lives */
    size_t count;
    struct limiter_class classes[];
};

struct http_limiter {
    struct limiter_shared *shared;
    size_t size;
    size_t owner;  /* of the calls that this process begins */
    size_t family; /* the owner of the process that they were all forked from */
    bool is_owner_held;
    int own_calls[]; /* the limit of each class, where it may be less than that of others */
};

/* Another layout is another program's. */
#define LIMITER_LAYOUT                                                                             \
    ((uint64_t)0x75656d01 << 32 | (uint64_t)sizeof(struct limiter_shared) << 12 |                  \
        sizeof(struct limiter_class))

static const struct limiter_call limiter_no_call = {-1, LIMITER_NEVER, 0, 0};

/* The last `calls` calls: the n-th stands at n modulo `calls`. */
static struct limiter_call *limiter_last(const struct limiter_class *class, int64_t nth)
{
    const char *first = (const char *)class + class->last_at;

    return (struct limiter_call *)(uintptr_t)first + nth % class->calls;
}

/* Gives the class, which is nobody else's until limiter_leave. What a holder that was killed has
 * left half done is put right by http_limiter_abandon. */
static struct limiter_class *limiter_enter(const struct http_limiter *limiter, size_t class)
{
    shared_lock_take(&limiter->shared->lock);
    return &limiter->shared->classes[class];
}

static void limiter_leave(const struct http_limiter *limiter)
{
    shared_lock_leave(&limiter->shared->lock);
}

static size_t limiter_size(const int *calls, size_t count)
{
    size_t size = sizeof(struct limiter_shared) + count * sizeof(struct limiter_class);

    for (size_t i = 0; i < count; i++) {
        size += calls[i] > 0 ? (size_t)calls[i] * sizeof(struct limiter_call) : 0;
    }
    return size;
}

static bool limiter_fill(
    struct limiter_shared *shared, const int *calls, size_t count, struct error *err)
{
    char *next = (char *)&shared->classes[count];
    bool ok = shared_lock_init(&shared->lock, err);

    for (size_t i = 0; ok && i < HTTP_LIMITER_OWNERS; i++) {
        ok = shared_lock_init(&shared->owners[i], err);
    }
    shared->count = count;
    for (size_t i = 0; i < count; i++) {
        shared->classes[i] = (struct limiter_class){
            .calls = calls[i],
            .last_at = (size_t)(next - (char *)&shared->classes[i]),
            .percent = LIMITER_WHOLE,
            .refused_at = LIMITER_NEVER,
            .blocked_until = LIMITER_NEVER,
        };
        for (int j = 0; j < calls[i]; j++) {
            *limiter_last(&shared->classes[i], j) = limiter_no_call;
        }
        next += calls[i] > 0 ? (size_t)calls[i] * sizeof(struct limiter_call) : 0;
    }
    if (ok) {
        shared->layout = LIMITER_LAYOUT;
    }
    return ok;
}

/* Whether others have made it as this program does, for the same classes. */
static bool limiter_fits(
    const struct limiter_shared *shared, size_t size, const int *calls, size_t count)
{
    size_t sum = sizeof *shared + count * sizeof *shared->classes;
    bool ok = size >= sum && shared->layout == LIMITER_LAYOUT && shared->count == count;

    for (size_t i = 0; ok && i < count; i++) {
        const struct limiter_class *class = &shared->classes[i];

        ok = (class->calls > 0) == (calls[i] > 0) &&
             class->last_at == sum - (size_t)((const char *)class - (const char *)shared);
        sum += class->calls > 0 ? (size_t) class->calls * sizeof(struct limiter_call) : 0;
    }
    return ok && sum == size;
}

static struct http_limiter *limiter_of(const int *calls, size_t count, struct error *err)
{
    struct http_limiter *made = calloc(1, sizeof *made + count * sizeof *made->own_calls);

    if (made != NULL) {
        memcpy(made->own_calls, calls, count * sizeof *calls);
        made->size = limiter_size(calls, count);
    } else {
        (void)error_memory(err);
    }
    return made;
}

bool http_limiter_new(
    struct http_limiter **limiter, const int *calls, size_t count, struct error *err)
{
    struct http_limiter *made = limiter_of(calls, count, err);
    bool ok = made != NULL;

    if (ok) {
        made->shared = shared_new(made->size, err);
        ok = made->shared != NULL && limiter_fill(made->shared, calls, count, err);
    }
    if (!ok) {
        http_limiter_free(made);
        made = NULL;
    }
    *limiter = made;
    return ok;
}

bool http_limiter_new_in(struct http_limiter **limiter, int file, bool is_first, const int *calls,
    size_t count, struct error *err)
{
    struct http_limiter *made = limiter_of(calls, count, err);
    bool ok = made != NULL;

    if (ok && is_first) {
        made->shared = shared_new_in(file, made->size, err);
        ok = made->shared != NULL && limiter_fill(made->shared, calls, count, err);
    } else if (ok) {
        made->shared = shared_open(file, sizeof *made->shared, &made->size, err);
        ok = made->shared != NULL &&
             (limiter_fits(made->shared, made->size, calls, count) ||
                 error_set(err, ERROR_PROCESS, "another version of the program uses it"));
    }
    for (size_t i = 0; ok && i < count; i++) {
        int others = made->shared->classes[i].calls;

        made->own_calls[i] = calls[i] < others ? calls[i] : others;
    }
    if (!ok) {
        http_limiter_free(made);
        made = NULL;
    }
    *limiter = made;
    return ok;
}

void http_limiter_free(struct http_limiter *limiter)
{
    if (limiter != NULL) {
        shared_free(limiter->shared, limiter->size);
    }
    free(limiter);
}

void http_limiter_set_owner(struct http_limiter *limiter, size_t owner)
{
    limiter->owner = owner;
}

/* The one lock is held. Without its double, a call that was killed amid http_limiter_cancel leaves
 * a place that is free: no window holds more calls for it. */
static void limiter_abandon(struct limiter_class *class, size_t owner, int64_t now)
{
    class->in_flight[owner] = 0;
    for (int i = 0; i < class->calls; i++) {
        struct limiter_call *call = limiter_last(class, i);

        if (call->end == LIMITER_IN_FLIGHT && call->owner == owner) {
            call->end = now;
        }
        if (class->calls > 1 && call->ticket >= 0 &&
            call->ticket == limiter_last(class, i + 1)->ticket) {
            *call = limiter_no_call;
        }
    }
}

/* The one lock is held. What a process left that ended without a word. */
static void limiter_reap(const struct http_limiter *limiter, size_t owner, int64_t now)
{
    struct limiter_shared *shared = limiter->shared;

    for (size_t i = 0; i < shared->count; i++) {
        limiter_abandon(&shared->classes[i], owner, now);
    }
}

/* The one lock is held. 0 where the owner has no process, and its lock is ours now; EBUSY where its
 * process lives. */
static int limiter_try_owner(const struct http_limiter *limiter, size_t owner, int64_t now)
{
    pthread_mutex_t *lock = &limiter->shared->owners[owner];
    int result = pthread_mutex_trylock(lock);

    if (result == EOWNERDEAD) {
        limiter_reap(limiter, owner, now);
        (void)pthread_mutex_consistent(lock);
        result = 0;
    }
    return result;
}

static void limiter_reap_all(const struct http_limiter *limiter, int64_t now)
{
    for (size_t i = 1; i < HTTP_LIMITER_OWNERS; i++) {
        if (limiter_try_owner(limiter, i, now) == 0) {
            shared_lock_leave(&limiter->shared->owners[i]);
        }
    }
}

void http_limiter_join(struct http_limiter *limiter, bool is_child, int64_t now)
{
    bool found = false;

    shared_lock_take(&limiter->shared->lock);
    /* When all are taken, what 0 has in flight stays so if it is killed: that costs time alone. */
    limiter->owner = 0;
    for (size_t i = 1; !found && i < HTTP_LIMITER_OWNERS; i++) {
        found = limiter_try_owner(limiter, i, now) == 0;
        limiter->owner = found ? i : 0;
    }
    limiter->is_owner_held = found;
    if (!is_child) {
        limiter->family = limiter->owner;
    }
    shared_lock_leave(&limiter->shared->lock);
}

void http_limiter_quit(struct http_limiter *limiter, int64_t now)
{
    if (limiter->is_owner_held) {
        shared_lock_take(&limiter->shared->lock);
        limiter_reap(limiter, limiter->owner, now);
        shared_lock_leave(&limiter->shared->owners[limiter->owner]);
        shared_lock_leave(&limiter->shared->lock);
        limiter->is_owner_held = false;
    }
}

void http_limiter_reap(struct http_limiter *limiter, int64_t now)
{
    shared_lock_take(&limiter->shared->lock);
    limiter_reap_all(limiter, now);
    shared_lock_leave(&limiter->shared->lock);
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

/* What is used of this process's limit now. */
static int64_t limiter_limit(const struct limiter_class *class, int calls, int64_t now)
{
    int64_t limit = (int64_t)calls * limiter_percent(class, now) / LIMITER_WHOLE;

    return limit > 0 ? limit : 1;
}

/* A minute after the `before`-th call before the next one ended. */
static int64_t limiter_due_after(const struct limiter_class *class, int64_t before)
{
    int64_t nth = class->begun - before;
    int64_t end = nth >= 0 ? limiter_last(class, nth)->end : LIMITER_NEVER;

    return end == LIMITER_IN_FLIGHT ? HTTP_LIMITER_LATER : end + HTTP_LIMITER_WINDOW_MS;
}

/* When the calls before it let a call begin. While less than the limit is used, the call that is to
 * be forgotten for it may still be the one that takes longest. */
static int64_t limiter_due(const struct limiter_class *class, int calls, int64_t now)
{
    int64_t due = limiter_due_after(class, limiter_limit(class, calls, now));
    int64_t due_of_whole = limiter_due_after(class, class->calls);

    return due > due_of_whole ? due : due_of_whole;
}

static int limiter_in_flight(const struct limiter_class *class)
{
    int sum = 0;

    for (size_t i = 0; i < HTTP_LIMITER_OWNERS; i++) {
        sum += class->in_flight[i];
    }
    return sum;
}

static int64_t limiter_wait_of(const struct limiter_class *class, int calls, int64_t now)
{
    int64_t due = class->calls > 0 ? limiter_due(class, calls, now) : now;
    int64_t wait = 0;

    if (due < class->blocked_until) {
        due = class->blocked_until;
    }
    if (due == HTTP_LIMITER_LATER ||
        (class->most_in_flight > 0 && limiter_in_flight(class) >= class->most_in_flight)) {
        wait = HTTP_LIMITER_LATER;
    } else if (due > now) {
        wait = due - now;
    }
    return wait;
}

/* The one lock is held. Before a wait for the end of a call: whether there is who can end it. */
static int64_t limiter_wait(const struct http_limiter *limiter, size_t class, int64_t now)
{
    const struct limiter_class *row = &limiter->shared->classes[class];
    int64_t wait = limiter_wait_of(row, limiter->own_calls[class], now);

    if (wait == HTTP_LIMITER_LATER) {
        limiter_reap_all(limiter, now);
        wait = limiter_wait_of(row, limiter->own_calls[class], now);
    }
    return wait;
}

static void limiter_begin(struct limiter_class *class, size_t owner, size_t family, int64_t *ticket)
{
    *ticket = class->next_ticket++;
    class->in_flight[owner]++;
    if (class->calls > 0) {
        *limiter_last(class, class->begun) =
            (struct limiter_call){*ticket, LIMITER_IN_FLIGHT, owner, family};
    }
    class->begun++;
}

int64_t http_limiter_wait(const struct http_limiter *limiter, size_t class, int64_t now)
{
    int64_t wait;

    (void)limiter_enter(limiter, class);
    wait = limiter_wait(limiter, class, now);
    limiter_leave(limiter);
    return wait;
}

int64_t http_limiter_begin(struct http_limiter *limiter, size_t class, int64_t now, int64_t *ticket)
{
    struct limiter_class *row = limiter_enter(limiter, class);
    int64_t wait = limiter_wait(limiter, class, now);

    if (wait == 0) {
        limiter_begin(row, limiter->owner, limiter->family, ticket);
    }
    limiter_leave(limiter);
    return wait;
}

/* Which call it was. One in flight is among the last `calls`, and seldom far from the end. */
static int64_t limiter_find(const struct limiter_class *class, int64_t ticket)
{
    int64_t nth = class->begun - 1;

    while (nth > 0 && limiter_last(class, nth)->ticket != ticket) {
        nth--;
    }
    return nth;
}

static void limiter_end(struct limiter_class *class, size_t owner, int64_t ticket, int64_t end)
{
    class->in_flight[owner]--;
    if (class->calls > 0) {
        limiter_last(class, limiter_find(class, ticket))->end = end;
    }
}

void http_limiter_end(struct http_limiter *limiter, size_t class, int64_t ticket, int64_t end)
{
    limiter_end(limiter_enter(limiter, class), limiter->owner, ticket, end);
    limiter_leave(limiter);
}

/* Those that began after it move up. Each then stands `calls` behind one that ended more than 60
 * seconds before it began, as that one let the call before it begin; and the place that they leave
 * belongs to one that ended so long ago. A process that is killed meanwhile has lost no call: one
 * stands there twice. */
void http_limiter_cancel(struct http_limiter *limiter, size_t class, int64_t ticket)
{
    struct limiter_class *row = limiter_enter(limiter, class);

    row->in_flight[limiter->owner]--;
    if (row->calls > 0) {
        int64_t nth = limiter_find(row, ticket);

        for (; nth < row->begun - 1; nth++) {
            *limiter_last(row, nth) = *limiter_last(row, nth + 1);
        }
        *limiter_last(row, nth) = limiter_no_call;
        row->begun--;
    }
    limiter_leave(limiter);
}

void http_limiter_abandon(struct http_limiter *limiter, size_t owner, int64_t now)
{
    for (size_t i = 0; i < limiter->shared->count; i++) {
        limiter_abandon(limiter_enter(limiter, i), owner, now);
        limiter_leave(limiter);
    }
}

void http_limiter_answered(struct http_limiter *limiter, size_t class, int64_t ticket)
{
    struct limiter_class *row = limiter_enter(limiter, class);

    if (row->most_in_flight > 0 && ticket >= row->held_at) {
        row->most_in_flight++;
        if (row->most_in_flight > LIMITER_CROWD) {
            row->most_in_flight = 0;
        }
    }
    limiter_leave(limiter);
}

static void limiter_hold(struct limiter_class *class, int64_t until)
{
    if (until > class->blocked_until) {
        class->blocked_until = until;
    }
    class->most_in_flight = 1;
    class->held_at = class->next_ticket;
}

void http_limiter_hold(struct http_limiter *limiter, size_t class, int64_t until)
{
    limiter_hold(limiter_enter(limiter, class), until);
    limiter_leave(limiter);
}

void http_limiter_refused(
    struct http_limiter *limiter, size_t class, int64_t ticket, int64_t until, int64_t now)
{
    struct limiter_class *row = limiter_enter(limiter, class);

    limiter_hold(row, until);
    if (ticket >= row->halved_at) {
        row->percent = limiter_percent(row, now) / 2;
        row->percent = row->percent > LIMITER_LEAST ? row->percent : LIMITER_LEAST;
        row->refused_at = now;
        row->halved_at = row->next_ticket;
    }
    limiter_leave(limiter);
}

size_t http_limiter_recent(
    const struct http_limiter *limiter, size_t class, int64_t now, int64_t *ages, size_t most)
{
    const struct limiter_class *row = limiter_enter(limiter, class);
    int64_t first = row->begun > row->calls ? row->begun - row->calls : 0;
    size_t count = 0;

    for (int64_t nth = first; row->calls > 0 && nth < row->begun && count < most; nth++) {
        int64_t end = limiter_last(row, nth)->end;
        int64_t age = end == LIMITER_IN_FLIGHT ? 0 : now - end;

        if (age < HTTP_LIMITER_WINDOW_MS) {
            ages[count++] = age;
        }
    }
    limiter_leave(limiter);
    return count;
}

void http_limiter_restore(
    struct http_limiter *limiter, size_t class, int64_t now, const int64_t *ages, size_t count)
{
    struct limiter_class *row = limiter_enter(limiter, class);

    for (size_t i = 0; i < count; i++) {
        int64_t ticket;

        /* Of no family that is there now. */
        limiter_begin(row, limiter->owner, HTTP_LIMITER_OWNERS, &ticket);
        limiter_end(row, limiter->owner, ticket, now - ages[i]);
    }
    limiter_leave(limiter);
}

int http_limiter_calls(const struct http_limiter *limiter, size_t class)
{
    return limiter->own_calls[class];
}

/* How many of the last calls still count, and the first of them. */
static int64_t limiter_counting(const struct limiter_class *class, int64_t now, int64_t *first)
{
    *first = class->begun > class->calls ? class->begun - class->calls : 0;
    while (*first < class->begun) {
        int64_t end = limiter_last(class, *first)->end;

        if (end == LIMITER_IN_FLIGHT || now - end < HTTP_LIMITER_WINDOW_MS) {
            break;
        }
        (*first)++;
    }
    return class->begun - *first;
}

static int64_t limiter_left(const struct limiter_class *class, int calls, int64_t now)
{
    int64_t left = -1;
    int64_t first;

    if (class->blocked_until > now) {
        left = 0;
    } else if (class->calls > 0) {
        left = limiter_limit(class, calls, now) - limiter_counting(class, now, &first);
        left = left > 0 ? left : 0;
    }
    return left;
}

bool http_limiter_is_shared(const struct http_limiter *limiter, size_t class, int64_t now)
{
    const struct limiter_class *row = limiter_enter(limiter, class);
    bool is_shared = false;
    int64_t first;

    if (row->calls > 0 && limiter_counting(row, now, &first) > 0) {
        for (int64_t nth = first; !is_shared && nth < row->begun; nth++) {
            is_shared = limiter_last(row, nth)->family != limiter->family;
        }
    }
    limiter_leave(limiter);
    return is_shared;
}

int64_t http_limiter_left(const struct http_limiter *limiter, size_t class, int64_t now)
{
    int64_t left = limiter_left(limiter_enter(limiter, class), limiter->own_calls[class], now);

    limiter_leave(limiter);
    return left;
}

/* A call waits for the one that is `limit` calls before it, which is one of those that still count,
 * or one that is still to come and has waited itself. */
static int64_t limiter_forecast(
    const struct limiter_class *class, int own_calls, int64_t calls, int64_t now)
{
    int64_t limit = limiter_limit(class, own_calls, now);
    int64_t windows = (calls - 1) / limit;
    int64_t first;
    int64_t counting = limiter_counting(class, now, &first);
    int64_t before = counting + (calls - 1) % limit - limit;
    int64_t start = now;

    if (before >= 0) {
        int64_t end = limiter_last(class, first + before)->end;

        start = (end == LIMITER_IN_FLIGHT ? now : end) + HTTP_LIMITER_WINDOW_MS;
    }
    start = start > now ? start : now;
    start = start > class->blocked_until ? start : class->blocked_until;
    return start - now + windows * HTTP_LIMITER_WINDOW_MS;
}

int64_t http_limiter_forecast(
    const struct http_limiter *limiter, size_t class, int64_t calls, int64_t now)
{
    const struct limiter_class *row = limiter_enter(limiter, class);
    int64_t wait = 0;

    /* A server may count what it likes. */
    calls = calls < HTTP_LIMITER_MOST_CALLS ? calls : HTTP_LIMITER_MOST_CALLS;
    if (row->calls > 0 && calls > 0) {
        wait = limiter_forecast(row, limiter->own_calls[class], calls, now);
    } else if (calls > 0 && row->blocked_until > now) {
        wait = row->blocked_until - now;
    }
    limiter_leave(limiter);
    return wait;
}
