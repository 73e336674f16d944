#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/stop.h"
#include "base/timestamp.h"
#include "http/http.h"
#include "http/p12.h"
#include "http/tls.h"
#include "http/transfer.h"

/* How often the stop flag is looked at, at least. */
enum { CLIENT_TICK_MS = 100 };

enum {
    CLIENT_TOLD_WAIT_MS = 5000, /* a wait for the limits that is worth a line in the log */
    CLIENT_TOO_MANY = 429,
};

struct http_client {
    struct http_settings settings;
    struct http_address address;
    const struct log *log;
    bool has_curl; /* curl_global_init was called */
    CURLM *multi;  /* holds the connections */
    struct transfer *transfers;
    struct http_counts counts;
};

/* Whatever of the settings can be wrong is told here, before anything is called. */
static bool client_check(struct http_client *client, struct error *err)
{
    const struct http_settings *settings = &client->settings;
    struct http_p12 p12;
    bool ok = http_address_read(&client->address, settings->base_url, err);

    if (ok && settings->ca_file != NULL) {
        ok = http_tls_check_ca(settings->ca_file, err);
    }
    if (ok && settings->p12 != NULL && secret_is_set(settings->p12)) {
        ok = http_p12_read(&p12, settings->p12, settings->p12_password, err);
        if (ok && !p12.key_fits) {
            ok = error_set(err, ERROR_CONFIG,
                "the client certificate's file holds no private key that fits the certificate");
        }
    }
    return ok;
}

static bool client_open(struct http_client *client, struct error *err)
{
    long connections = client->settings.connections > 0 ? client->settings.connections : 1;
    bool ok;

    client->has_curl = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    client->multi = client->has_curl ? curl_multi_init() : NULL;
    ok =
        client->multi != NULL &&
        curl_multi_setopt(client->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections) == CURLM_OK &&
        curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, connections) == CURLM_OK;
    return ok || error_memory(err);
}

bool http_client_new(struct http_client **client, const struct http_settings *settings,
    const struct log *log, struct error *err)
{
    struct http_client *made = calloc(1, sizeof *made);
    bool ok = made != NULL;

    if (!ok) {
        (void)error_memory(err);
    } else {
        made->settings = *settings;
        made->log = log;
        ok = client_open(made, err) && client_check(made, err);
    }
    if (!ok) {
        http_client_free(made);
        made = NULL;
    }
    *client = made;
    return ok;
}

void http_client_free(struct http_client *client)
{
    if (client != NULL) {
        (void)curl_multi_cleanup(client->multi);
        if (client->has_curl) {
            curl_global_cleanup();
        }
        free(client);
    }
}

struct http_counts http_client_counts(const struct http_client *client)
{
    return client->counts;
}

/* Begins a try. A handle that libcurl does not take leaves the call done, with its error. */
static void client_begin_try(struct http_client *client, struct transfer *transfer)
{
    struct http_limiter *limiter = client->settings.limiter;

    transfer_prepare(transfer);
    if (curl_multi_add_handle(client->multi, transfer->easy) == CURLM_OK) {
        client->counts.calls++;
        client->counts.retries += transfer->response->tries > 1;
        if (limiter != NULL) {
            http_limiter_begin(limiter, transfer->request->limit_class, &transfer->ticket);
        }
    } else {
        transfer->response->tries--;
        transfer->state = TRANSFER_DONE;
        (void)error_memory(&transfer->error);
    }
}

/* Begins a try as soon as the limits let it. */
static void client_try(struct http_client *client, struct transfer *transfer)
{
    struct http_limiter *limiter = client->settings.limiter;
    int64_t now = timestamp_monotonic();
    int64_t wait =
        limiter != NULL ? http_limiter_wait(limiter, transfer->request->limit_class, now) : 0;

    if (wait > 0) {
        if (transfer->state != TRANSFER_WAITING || wait > CLIENT_TOLD_WAIT_MS) {
            log_event(client->log, wait > CLIENT_TOLD_WAIT_MS ? LOG_INFO : LOG_DEBUG,
                "%s %s waits %.1f s for the server's limit of calls a minute",
                transfer->request->method, transfer->request->path, (double)wait / 1000);
        }
        transfer->state = TRANSFER_WAITING;
        transfer->due = now + wait;
    } else {
        client_begin_try(client, transfer);
    }
}

/* Tells the limiter of the end of a try that it let begin. */
static void client_end_ticket(struct http_client *client, const struct transfer *transfer)
{
    struct http_limiter *limiter = client->settings.limiter;
    int64_t now = timestamp_monotonic();

    if (limiter != NULL) {
        http_limiter_end(limiter, transfer->request->limit_class, transfer->ticket, now);
    }
    if (limiter != NULL && transfer->response->status == CLIENT_TOO_MANY) {
        int64_t asked = transfer->retry_after > 0 ? transfer->retry_after : 0;
        int64_t wait = asked < HTTP_RETRY_AFTER_MOST_MS ? asked : HTTP_RETRY_AFTER_MOST_MS;

        http_limiter_refused(
            limiter, transfer->request->limit_class, transfer->ticket, now + wait, now);
    }
}

static bool client_start(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct transfer **transfer, struct error *err)
{
    bool ok = transfer_new(transfer, &client->settings, &client->address, request, response, err);

    if (ok) {
        struct http_settings *settings = &client->settings;

        /* Each call goes on from another state, so that calls in flight do not wait alike. */
        (*transfer)->retry = (struct http_retry){
            .limit = settings->retries,
            .base_ms = settings->retry_base_ms > 0 ? settings->retry_base_ms : HTTP_RETRY_BASE_MS,
            .random = settings->random++,
        };
        (*transfer)->next = client->transfers;
        client->transfers = *transfer;
        client_try(client, *transfer);
    }
    return ok;
}

/* Takes a call out of the client, wherever it stands. One that libcurl is still busy with was
 * interrupted: the program is about to end, and is not to wait for a name that is being resolved.
 */
static void client_remove(struct http_client *client, struct transfer *transfer)
{
    struct transfer **link = &client->transfers;

    while (*link != NULL && *link != transfer) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = transfer->next;
    }
    if (transfer->state == TRANSFER_RUNNING) {
        client_end_ticket(client, transfer);
        (void)curl_easy_setopt(transfer->easy, CURLOPT_QUICK_EXIT, 1L);
        (void)curl_multi_remove_handle(client->multi, transfer->easy);
    }
    transfer_free(transfer);
}

static void client_log_try(const struct http_client *client, const struct transfer *transfer)
{
    log_event(client->log, LOG_DEBUG, "%s %s: status %ld, %" PRId64 " ms, %" PRId64 " bytes",
        transfer->request->method, transfer->request->path, transfer->response->status,
        timestamp_monotonic() - transfer->started, transfer->received);
}

/* A try ended: the call is done, or waits for the next. */
static void client_finish_try(struct http_client *client, struct transfer *transfer, CURLcode code)
{
    enum http_outcome outcome;
    int64_t wait = -1;
    int tries = transfer->response->tries;

    transfer->ok = transfer_finish(transfer, code, &outcome);
    client_end_ticket(client, transfer);
    (void)curl_multi_remove_handle(client->multi, transfer->easy);
    client->counts.bytes += transfer->received;
    if (transfer->sent > 1) {
        client->counts.calls += transfer->sent - 1;
        client->counts.retries += transfer->sent - 1;
    }
    client_log_try(client, transfer);
    if (!transfer->ok) {
        wait = http_retry_wait(
            &transfer->retry, outcome, transfer->response->status, transfer->retry_after, tries);
    }
    if (wait >= 0) {
        transfer->state = TRANSFER_WAITING;
        transfer->due = timestamp_monotonic() + wait;
        log_event(client->log, LOG_INFO, "%s; try %d of %d follows in %.1f s", transfer->error.text,
            tries + 1, transfer->retry.limit + 1, (double)wait / 1000);
    } else {
        transfer->state = TRANSFER_DONE;
        if (!transfer->ok && tries > 1) {
            struct error last = transfer->error;

            (void)error_set(&transfer->error, last.kind, "%s (tried %d times)", last.text, tries);
        }
    }
}

static void client_collect(struct http_client *client)
{
    const CURLMsg *message;
    int left = 0;

    while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
        CURLcode code = message->data.result;
        char *transfer = NULL;

        if (message->msg == CURLMSG_DONE &&
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer) == CURLE_OK) {
            client_finish_try(client, (struct transfer *)(void *)transfer, code);
        }
    }
}

/* Begins the tries that are due. Returns how long the loop may sleep: until the next of them, or
 * until the stop flag is to be looked at; not at all when a call is done. */
static int client_start_due(struct http_client *client)
{
    int64_t now = timestamp_monotonic();
    int64_t sleep = CLIENT_TICK_MS;

    for (struct transfer *each = client->transfers; each != NULL; each = each->next) {
        if (each->state == TRANSFER_WAITING && each->due <= now) {
            client_try(client, each);
            sleep = 0;
        } else if (each->state == TRANSFER_WAITING && each->due - now < sleep) {
            sleep = each->due - now;
        } else if (each->state == TRANSFER_DONE) {
            sleep = 0;
        }
    }
    return (int)sleep;
}

/* One turn of the poll loop, for all calls in flight. */
static bool client_turn(struct http_client *client, struct error *err)
{
    int running = 0;
    CURLMcode code = curl_multi_perform(client->multi, &running);

    if (code == CURLM_OK) {
        client_collect(client);
        code = curl_multi_poll(client->multi, NULL, 0, client_start_due(client), NULL);
    }
    return code == CURLM_OK ||
           error_set(err, code == CURLM_OUT_OF_MEMORY ? ERROR_MEMORY : ERROR_SERVER,
               "%s: the network library failed: %s", client->address.host,
               curl_multi_strerror(code));
}

/* Turns the loop until that one call is done. */
static bool client_drive(
    struct http_client *client, const struct transfer *transfer, struct error *err)
{
    bool ok = true;

    while (ok && transfer->state != TRANSFER_DONE) {
        ok = stop_signal == 0 ? client_turn(client, err)
                              : error_set(err, ERROR_INTERRUPTED, "interrupted");
    }
    if (ok && !transfer->ok) {
        *err = transfer->error;
        ok = false;
    }
    return ok;
}

bool http_call(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct error *err)
{
    struct transfer *transfer = NULL;
    bool ok;

    if (stop_signal != 0) {
        *response = (struct http_response){.status = 0};
        ok = error_set(err, ERROR_INTERRUPTED, "interrupted");
    } else {
        ok = client_start(client, request, response, &transfer, err) &&
             client_drive(client, transfer, err);
    }
    if (transfer != NULL) {
        client_remove(client, transfer);
    }
    return ok;
}
