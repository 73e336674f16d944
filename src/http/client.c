#include <stdlib.h>

#include "base/stop.h"
#include "base/timestamp.h"
#include "http/http.h"
#include "http/p12.h"
#include "http/tls.h"
#include "http/transfer.h"
#include "http/tries.h"

/* How often the stop flag is looked at, at least. */
enum { CLIENT_TICK_MS = 100 };

/* Calls in the order in which they came. */
struct client_queue {
    struct transfer *first;
    struct transfer **end; /* where the next one is linked */
};

struct http_client {
    struct http_settings settings;
    struct http_address address;
    bool has_curl;                    /* curl_global_init was called */
    CURLM *multi;                     /* holds the connections */
    struct http_limiter *own_limiter; /* where the settings have none */
    struct client_queue in_flight;    /* running or waiting; in the order of their starts */
    struct client_queue ended;        /* done; in the order of their ends */
    struct tries tries;
};

static void client_append(struct client_queue *queue, struct transfer *transfer)
{
    transfer->next = NULL;
    *queue->end = transfer;
    queue->end = &transfer->next;
}

static void client_take_out(struct client_queue *queue, const struct transfer *transfer)
{
    struct transfer **link = &queue->first;

    while (*link != NULL && *link != transfer) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = transfer->next;
        if (*link == NULL) {
            queue->end = link;
        }
    }
}

static size_t client_length(const struct client_queue *queue)
{
    size_t length = 0;

    for (const struct transfer *each = queue->first; each != NULL; each = each->next) {
        length++;
    }
    return length;
}

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

/* libcurl could keep calls waiting for a connection by itself; no more are handed to it than may be
 * on their way, as one that waits there would count as one that was made. */
static bool client_open(struct http_client *client, const struct log *log, struct error *err)
{
    static const int no_limit = 0;
    long connections = client->settings.connections > 0 ? client->settings.connections : 1;
    bool ok;

    client->in_flight.end = &client->in_flight.first;
    client->ended.end = &client->ended.first;
    client->has_curl = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    client->multi = client->has_curl ? curl_multi_init() : NULL;
    ok = client->multi != NULL &&
         curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, connections) == CURLM_OK;
    ok = ok || error_memory(err);
    if (ok && client->settings.limiter == NULL) {
        ok = http_limiter_new(&client->own_limiter, &no_limit, 1, err);
    }
    client->tries = (struct tries){
        .settings = &client->settings,
        .log = log,
        .multi = client->multi,
        .limiter = client->own_limiter != NULL ? client->own_limiter : client->settings.limiter,
    };
    return ok;
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
        ok = client_open(made, log, err) && client_check(made, err);
    }
    if (!ok) {
        http_client_free(made);
        made = NULL;
    }
    *client = made;
    return ok;
}

/* Takes a call out of the client, wherever it stands. */
static void client_remove(struct http_client *client, struct transfer *transfer)
{
    client_take_out(
        transfer->state == TRANSFER_DONE ? &client->ended : &client->in_flight, transfer);
    if (transfer->state == TRANSFER_RUNNING) {
        tries_drop(&client->tries, transfer);
    }
    transfer_free(transfer);
}

void http_client_free(struct http_client *client)
{
    if (client != NULL) {
        while (client->in_flight.first != NULL) {
            client_remove(client, client->in_flight.first);
        }
        while (client->ended.first != NULL) {
            client_remove(client, client->ended.first);
        }
        (void)curl_multi_cleanup(client->multi);
        if (client->has_curl) {
            curl_global_cleanup();
        }
        http_limiter_free(client->own_limiter);
        free(client);
    }
}

struct http_counts http_client_counts(const struct http_client *client)
{
    return client->tries.counts;
}

size_t http_in_flight(const struct http_client *client)
{
    return client_length(&client->in_flight) + client_length(&client->ended);
}

static void client_end(struct http_client *client, struct transfer *transfer)
{
    client_take_out(&client->in_flight, transfer);
    client_append(&client->ended, transfer);
}

/* The next call whose `done` is to be called. */
static struct transfer *client_next_ended(const struct http_client *client)
{
    struct transfer *transfer = client->ended.first;

    while (transfer != NULL && transfer->is_awaited) {
        transfer = transfer->next;
    }
    return transfer;
}

/* Begins the tries that may begin, the calls that were started first before others. Returns how
 * long the loop may sleep: until the next of them, or until the stop flag is to be looked at; not
 * at all when a call is done. */
static int client_begin_due(struct http_client *client)
{
    int64_t now = timestamp_monotonic();
    int64_t sleep = CLIENT_TICK_MS;
    struct transfer *next = NULL;

    for (struct transfer *each = client->in_flight.first; each != NULL; each = next) {
        int64_t wait = HTTP_LIMITER_LATER;

        next = each->next;
        if (each->state == TRANSFER_WAITING) {
            wait = tries_begin(&client->tries, each, now);
        }
        if (each->state == TRANSFER_DONE) {
            client_end(client, each);
        } else if (wait > 0 && wait < sleep) {
            sleep = wait;
        }
    }
    return client_next_ended(client) != NULL ? 0 : (int)sleep;
}

static void client_collect(struct http_client *client)
{
    const CURLMsg *message;
    int left = 0;

    while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
        CURLcode code = message->data.result;
        char *private = NULL;

        if (message->msg == CURLMSG_DONE &&
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private) == CURLE_OK) {
            struct transfer *transfer = (struct transfer *)(void *)private;

            tries_end(&client->tries, transfer, code);
            if (transfer->state == TRANSFER_DONE) {
                client_end(client, transfer);
            }
        }
    }
}

/* The call is gone before its `done` is called, which may start others, or wait for one. */
static void client_hand_over(struct http_client *client, struct transfer *transfer)
{
    const struct http_request *request = transfer->request;
    struct error error = transfer->error;
    bool ok = transfer->ok;

    client_remove(client, transfer);
    if (request->done != NULL) {
        request->done(request->context, ok, &error);
    }
}

/* A call that ends as soon as it is started is left to the next turn: no turn is endless. */
static void client_hand_over_all(struct http_client *client)
{
    size_t left = client_length(&client->ended);
    struct transfer *transfer;

    while (left > 0 && (transfer = client_next_ended(client)) != NULL) {
        client_hand_over(client, transfer);
        left--;
    }
}

static bool client_turn(struct http_client *client, struct error *err)
{
    int running = 0;
    CURLMcode code = curl_multi_poll(client->multi, NULL, 0, client_begin_due(client), NULL);

    if (code == CURLM_OK) {
        code = curl_multi_perform(client->multi, &running);
    }
    if (code == CURLM_OK) {
        client_collect(client);
        (void)client_begin_due(client); /* before what `done` may start */
        client_hand_over_all(client);
    }
    return code == CURLM_OK ||
           error_set(err, code == CURLM_OUT_OF_MEMORY ? ERROR_MEMORY : ERROR_SERVER,
               "%s: the network library failed: %s", client->address.host,
               curl_multi_strerror(code));
}

static bool client_is_stopped(struct error *err)
{
    return stop_signal != 0 && !error_set(err, ERROR_INTERRUPTED, "interrupted");
}

bool http_turn(struct http_client *client, struct error *err)
{
    return !client_is_stopped(err) && client_turn(client, err);
}

static bool client_start(struct http_client *client, const struct http_request *request,
    struct http_response *response, bool is_awaited, struct transfer **transfer, struct error *err)
{
    bool ok;

    *transfer = NULL;
    *response = (struct http_response){.status = 0};
    ok = !client_is_stopped(err) &&
         transfer_new(transfer, &client->settings, &client->address, request, response, err);
    if (ok) {
        /* Each call goes on from another state, so that calls in flight do not wait alike. */
        tries_init(&client->tries, *transfer, client->settings.random++);
        (*transfer)->is_awaited = is_awaited;
        client_append(&client->in_flight, *transfer);
        (void)client_begin_due(client);
    }
    return ok;
}

bool http_start(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct error *err)
{
    struct transfer *transfer;

    return client_start(client, request, response, false, &transfer, err);
}

bool http_call(struct http_client *client, const struct http_request *request,
    struct http_response *response, struct error *err)
{
    struct transfer *transfer;
    bool ok = client_start(client, request, response, true, &transfer, err);

    while (ok && transfer->state != TRANSFER_DONE) {
        ok = http_turn(client, err);
    }
    if (ok && !transfer->ok) {
        *err = transfer->error;
        ok = false;
    }
    if (transfer != NULL) {
        client_remove(client, transfer);
    }
    return ok;
}
