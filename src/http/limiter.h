/* Keeps calls within "at most N in any 60 seconds", as the server sees them: pure, the clock is an
 * argument. One limiter serves all clients of one cluster, also those of processes that were forked
 * after it was made, or that have its file in common: what it knows is theirs together, and each
 * function is one step for all. Their clock must be the same, as CLOCK_MONOTONIC is.
 *
 * A call reaches the server at some moment between its beginning and its end here, which is when
 * its answer began to come, or when it was given up. So a call may begin once the N-th before it
 * has ended 60 seconds ago: then no window of 60 seconds holds more than N, however long the way to
 * the server is. N calls may come at once, and a run of C calls takes no longer than
 * (C - 1) x 60 s / N and the time that calls take.
 *
 * Others share the limit, so a server may refuse calls although it is kept. A class that is refused
 * is held back as a whole, as the next call would fare no better. When that is over, its calls do
 * not rush out together, as each of them would be refused by itself and be one try poorer: one goes
 * alone, and every call that is answered lets one more be in flight beside it (so 1, 2, 4, 8, as
 * answers come), until nothing is held back any more. A further refusal begins this anew. */
#ifndef UEMSYNC_HTTP_LIMITER_H
#define UEMSYNC_HTTP_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A minute, and by how much the server's may be longer: clocks are slewed by 0.05 % at most, and
 * ours is read in whole milliseconds. */
enum { HTTP_LIMITER_WINDOW_MS = 60 * 1000 + 40, HTTP_LIMITER_MOST_CALLS = 1000 * 1000 * 1000 };

/* Owners of calls: the process that made the limiter is 0. */
enum { HTTP_LIMITER_OWNERS = 256 };

/* A wait that only the end of a call in flight ends, be it another process's. */
#define HTTP_LIMITER_LATER INT64_MAX

struct http_limiter;

/* `calls` has the limit of each of `count` classes, 1 at least; 0 for none. Copied. */
bool http_limiter_new(
    struct http_limiter **limiter, const int *calls, size_t count, struct error *err);

/* As http_limiter_new, in a file (open for reading and writing) that processes have in common which
 * were not forked from each other. Nobody else may have it mapped where `is_first`; it is made anew
 * then. Else it holds what others made, and a limit of theirs that is lower holds here as well,
 * while one that is higher stays theirs alone. ERROR_PROCESS when the file is none of those. */
bool http_limiter_new_in(struct http_limiter **limiter, int file, bool is_first, const int *calls,
    size_t count, struct error *err);

/* Frees this process's part alone. NULL is allowed. */
void http_limiter_free(struct http_limiter *limiter);

/* Takes an owner that nobody has, for the calls that this process begins from now on. Whoever finds
 * the process dead ends what it had in flight: so do all functions here before they say
 * HTTP_LIMITER_LATER. The thread that calls this must live as long as the process calls.
 * `is_child`: what the process that it was forked from begins is as its own to
 * http_limiter_is_shared. */
void http_limiter_join(struct http_limiter *limiter, bool is_child, int64_t now);

/* Before http_limiter_free, after http_limiter_join; nothing otherwise. What this process has in
 * flight ends. */
void http_limiter_quit(struct http_limiter *limiter, int64_t now);

/* Ends what processes had in flight that joined, and are gone. */
void http_limiter_reap(struct http_limiter *limiter, int64_t now);

/* Without http_limiter_join: the calls that it begins from now on are this owner's. No other
 * process may have the same one meanwhile. */
void http_limiter_set_owner(struct http_limiter *limiter, size_t owner);

/* The owner's process is gone: what it still had in flight ended now. */
void http_limiter_abandon(struct http_limiter *limiter, size_t owner, int64_t now);

/* How long a call of the class has to wait, in ms: 0 when it may begin now, HTTP_LIMITER_LATER when
 * it has to be asked again once a call of the class has ended. */
int64_t http_limiter_wait(const struct http_limiter *limiter, size_t class, int64_t now);

/* As http_limiter_wait; and where that is 0, a call of the class begins. *ticket names it until its
 * end, within this process. */
int64_t http_limiter_begin(
    struct http_limiter *limiter, size_t class, int64_t now, int64_t *ticket);

/* The call ended: answered, broken or given up. `end` is the last moment at which it can have
 * reached the server. */
void http_limiter_end(struct http_limiter *limiter, size_t class, int64_t ticket, int64_t end);

/* The call ended before it was sent (no connection), and does not count. */
void http_limiter_cancel(struct http_limiter *limiter, size_t class, int64_t ticket);

/* One of the following may be called for a call that ended.
 *
 * The server took the call: after the class was held back, one more may be in flight. */
void http_limiter_answered(struct http_limiter *limiter, size_t class, int64_t ticket);

/* The server does not want calls for a while (503 with Retry-After): none of the class begins
 * before `until`. */
void http_limiter_hold(struct http_limiter *limiter, size_t class, int64_t until);

/* The server answered 429 although the limit was kept: others share it. No call of the class begins
 * before `until`, and what is used of the limit is halved (5 % at least), once for calls that were
 * in flight together; a quarter of the limit comes back for each minute without another 429. */
void http_limiter_refused(
    struct http_limiter *limiter, size_t class, int64_t ticket, int64_t until, int64_t now);

/* How long ago, in ms, the calls of the class ended that may still count, the oldest first; 0 for
 * those in flight. Fills `ages` (`most` of them at most) and returns how many. */
size_t http_limiter_recent(
    const struct http_limiter *limiter, size_t class, int64_t now, int64_t *ages, size_t most);

/* Calls of an earlier run, as http_limiter_recent told of them then: to be called before any other
 * call of the class begins. */
void http_limiter_restore(
    struct http_limiter *limiter, size_t class, int64_t now, const int64_t *ages, size_t count);

/* Whether calls of other processes than this one and its children count now: of others that have
 * joined, or of an earlier run. */
bool http_limiter_is_shared(const struct http_limiter *limiter, size_t class, int64_t now);

/* How many calls of the class may begin now, as far as the limit goes: 0 also while the class is
 * held back; -1 where it has none. */
int64_t http_limiter_left(const struct http_limiter *limiter, size_t class, int64_t now);

/* In how many ms the last of so many calls of the class may begin, where each begins as early as
 * the limit allows, and ends at once: what the limits alone add to their time. What is in flight
 * now is taken for ended. 0 for no calls; more than HTTP_LIMITER_MOST_CALLS count as so many. */
int64_t http_limiter_forecast(
    const struct http_limiter *limiter, size_t class, int64_t calls, int64_t now);

/* The limit of the class; 0 for none. */
int http_limiter_calls(const struct http_limiter *limiter, size_t class);

#endif
