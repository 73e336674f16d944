#include "http/tries.h"

#include <inttypes.h>

#include "base/timestamp.h"

enum {
    TRIES_TOLD_WAIT_MS = 5000, /* a wait for the limits that is worth a line in the log */
    TRIES_ASK_AGAIN_MS = 50,   /* nobody tells of the end of another process's call */
    TRIES_TOO_MANY = 429,
    TRIES_UNAVAILABLE = 503,
};

void tries_init(const struct tries *tries, struct transfer *transfer, uint64_t random)
{
    const struct http_settings *settings = tries->settings;

    transfer->state = TRANSFER_WAITING;
    transfer->due = timestamp_monotonic();
    transfer->retry = (struct http_retry){
        .limit = settings->retries,
        .tries_of_failed = transfer->request->tries_of_failed,
        .base_ms = settings->retry_base_ms > 0 ? settings->retry_base_ms : HTTP_RETRY_BASE_MS,
        .random = random,
    };
}

static size_t tries_class(const struct tries *tries, const struct transfer *transfer)
{
    return tries->settings->limiter != NULL ? transfer->request->limit_class : 0;
}

/* Calls that wait for the same thing are one line in the log, unless all is wanted. */
static void tries_tell_wait(
    struct tries *tries, struct transfer *transfer, int64_t wait, int64_t now)
{
    bool is_news = wait > TRIES_TOLD_WAIT_MS && now + wait > tries->told_until;

    if (!transfer->is_told) {
        transfer->is_told = true;
        log_event(tries->log, is_news ? LOG_INFO : LOG_DEBUG,
            "%s %s waits %.1f s for the server's limit of calls a minute%s",
            transfer->request->method, transfer->request->path, (double)wait / 1000,
            http_limiter_is_shared(tries->limiter, tries_class(tries, transfer), now)
                ? ", as another command calls this server, or did within the last minute"
                : "");
    }
    if (is_news) {
        tries->told_until = now + wait;
    }
}

/* The limiter has let the try begin. */
static void tries_add(struct tries *tries, struct transfer *transfer)
{
    transfer_prepare(transfer);
    if (curl_multi_add_handle(tries->multi, transfer->easy) == CURLM_OK) {
        tries->running++;
        tries->counts.calls++;
        tries->counts.retries += transfer->response->tries > 1;
    } else {
        http_limiter_cancel(tries->limiter, tries_class(tries, transfer), transfer->ticket);
        transfer->response->tries--;
        transfer->state = TRANSFER_DONE;
        (void)error_memory(&transfer->error);
    }
}

int64_t tries_begin(struct tries *tries, struct transfer *transfer, int64_t now)
{
    int most = tries->settings->connections > 0 ? tries->settings->connections : 1;
    int64_t wait = HTTP_LIMITER_LATER;

    if (transfer->due > now) {
        wait = transfer->due - now;
    } else if (tries->running < most) {
        wait = http_limiter_begin(
            tries->limiter, tries_class(tries, transfer), now, &transfer->ticket);
        if (wait == 0) {
            tries_add(tries, transfer);
        } else if (wait == HTTP_LIMITER_LATER) {
            wait = TRIES_ASK_AGAIN_MS;
        } else {
            tries_tell_wait(tries, transfer, wait, now);
        }
    }
    return wait;
}

/* A server has counted a call once it answers. One that was never sent does not count. */
static void tries_end_ticket(struct tries *tries, const struct transfer *transfer)
{
    size_t class = tries_class(tries, transfer);

    if (transfer->sent) {
        http_limiter_end(tries->limiter, class, transfer->ticket,
            transfer->answered > 0 ? transfer->answered : timestamp_monotonic());
    } else {
        http_limiter_cancel(tries->limiter, class, transfer->ticket);
    }
}

/* Takes the try's handle from libcurl. */
static void tries_leave(struct tries *tries, struct transfer *transfer)
{
    tries_end_ticket(tries, transfer);
    (void)curl_multi_remove_handle(tries->multi, transfer->easy);
    tries->running--;
}

/* What the answer means for the class of calls, where the call itself waits for `wait` ms or (-1)
 * has ended. */
static void tries_judge(
    struct tries *tries, const struct transfer *transfer, int64_t wait, int64_t now)
{
    size_t class = tries_class(tries, transfer);
    long status = transfer->response->status;
    int64_t hold = wait >= 0 ? wait : transfer->retry_after;

    hold = hold < HTTP_RETRY_AFTER_MOST_MS ? hold : HTTP_RETRY_AFTER_MOST_MS;
    if (status == TRIES_TOO_MANY) {
        http_limiter_refused(tries->limiter, class, transfer->ticket, now + hold, now);
    } else if (status == TRIES_UNAVAILABLE && transfer->retry_after >= 0) {
        http_limiter_hold(tries->limiter, class, now + hold);
    } else if (status != 0 && status != TRIES_UNAVAILABLE) {
        http_limiter_answered(tries->limiter, class, transfer->ticket);
    }
}

/* How long a try that failed waits for the next; -1 when the call has failed. The first time that a
 * kept connection was gone is nobody's failure, and costs the call nothing. */
static int64_t tries_next(struct transfer *transfer, enum http_outcome outcome)
{
    int64_t wait = 0;

    if (!transfer->is_lost || transfer->lost > 1) {
        wait = http_retry_wait(&transfer->retry, outcome, transfer->response->status,
            transfer->retry_after, transfer->response->tries - (transfer->lost > 0));
    }
    return wait;
}

static void tries_wait_for_next(
    const struct tries *tries, struct transfer *transfer, int64_t wait, int64_t now)
{
    transfer->state = TRANSFER_WAITING;
    transfer->is_told = false;
    transfer->due = now + wait;
    log_event(tries->log, LOG_INFO, "%s; try %d of %d follows in %.1f s", transfer->error.text,
        transfer->response->tries + 1, transfer->retry.limit + 1 + (transfer->lost > 0),
        (double)wait / 1000);
}

static void tries_done(struct transfer *transfer)
{
    int tries = transfer->response->tries;

    transfer->state = TRANSFER_DONE;
    if (!transfer->ok && tries > 1) {
        struct error last = transfer->error;

        (void)error_set(&transfer->error, last.kind, "%s (tried %d times)", last.text, tries);
    }
}

void tries_end(struct tries *tries, struct transfer *transfer, CURLcode code)
{
    enum http_outcome outcome;
    int64_t now = timestamp_monotonic();
    int64_t wait = -1;

    transfer->ok = transfer_finish(transfer, code, &outcome);
    tries_leave(tries, transfer);
    tries->counts.bytes += transfer->received;
    log_event(tries->log, LOG_DEBUG, "%s %s: status %ld, %" PRId64 " ms, %" PRId64 " bytes",
        transfer->request->method, transfer->request->path, transfer->response->status,
        now - transfer->started, transfer->received);
    if (!transfer->ok) {
        wait = tries_next(transfer, outcome);
    }
    tries_judge(tries, transfer, wait, now);
    if (wait >= 0) {
        tries_wait_for_next(tries, transfer, wait, now);
    } else {
        tries_done(transfer);
    }
}

void tries_drop(struct tries *tries, struct transfer *transfer)
{
    (void)curl_easy_setopt(transfer->easy, CURLOPT_QUICK_EXIT, 1L);
    tries_leave(tries, transfer);
    transfer->state = TRANSFER_DONE;
}
