#include "wire/script_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/stop.h"

struct script_connection {
    struct script_server *server;
    int socket;
    SSL *tls;
    bool reset; /* is to be closed by a reset */
    const struct script_reply *reply;
};

static void script_need(bool ok, const char *what)
{
    if (!ok) {
        perror(what);
        abort();
    }
}

/* False when the server is to stop. */
static bool script_wait(struct script_server *server, int socket, short events)
{
    struct pollfd polled[] = {
        {.fd = socket, .events = events}, {.fd = server->wake[0], .events = POLLIN}};

    (void)poll(polled, 2, -1);
    return polled[1].revents == 0;
}

static bool script_handshake(struct script_connection *connection)
{
    bool ok = true;

    if (connection->server->tls != NULL) {
        connection->tls = SSL_new(connection->server->tls);
        script_need(connection->tls != NULL, "SSL_new");
        ok = SSL_set_fd(connection->tls, connection->socket) == 1 &&
             SSL_accept(connection->tls) == 1;
    }
    return ok;
}

/* At most `size` bytes; 0 or less at the end, on errors and when the server is to stop. */
static ssize_t script_read(struct script_connection *connection, char *bytes, size_t size)
{
    ssize_t got = 0;

    if (connection->tls != NULL && SSL_pending(connection->tls) > 0) {
        got = SSL_read(connection->tls, bytes, (int)size);
    } else if (script_wait(connection->server, connection->socket, POLLIN)) {
        got = connection->tls != NULL ? SSL_read(connection->tls, bytes, (int)size)
                                      : recv(connection->socket, bytes, size, 0);
    }
    return got;
}

static bool script_write(struct script_connection *connection, const char *bytes, size_t size)
{
    bool ok = true;

    while (ok && size > 0) {
        ssize_t sent = -1;

        if (script_wait(connection->server, connection->socket, POLLOUT)) {
            sent = connection->tls != NULL
                       ? SSL_write(connection->tls, bytes, size < 16384 ? (int)size : 16384)
                       : send(connection->socket, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        ok = sent > 0;
        if (ok) {
            bytes += sent;
            size -= (size_t)sent;
        }
    }
    return ok;
}

/* The request's whole size once its head is there; 0 before. */
static size_t script_request_size(const char *request)
{
    const char *head_end = strstr(request, "\r\n\r\n");
    const char *length = strcasestr(request, "\r\nContent-Length:");
    size_t size = 0;

    if (head_end != NULL) {
        size = (size_t)(head_end - request) + 4;
        if (length != NULL && length < head_end) {
            size += strtoul(length + strlen("\r\nContent-Length:"), NULL, 10);
        }
    }
    return size;
}

/* The first reply that is left for the request. */
static const struct script_reply *script_choose(struct script_server *server, const char *request)
{
    static const struct script_reply beyond = {
        .bytes = "HTTP/1.1 599 beyond the script\r\nContent-Length: 0\r\n\r\n",
        .after = SCRIPT_CLOSE};
    const struct script_reply *chosen = NULL;

    for (int i = 0; chosen == NULL && server->replies[i].bytes != NULL; i++) {
        const char *on = server->replies[i].on;

        script_need(i < SCRIPT_REPLIES, "a shorter script");
        if (!server->is_used[i] && (on == NULL || strstr(request, on) != NULL)) {
            server->is_used[i] = true;
            chosen = &server->replies[i];
        }
    }
    return chosen != NULL ? chosen : &beyond;
}

static void script_note(struct script_connection *connection, const char *request)
{
    struct script_server *server = connection->server;

    (void)pthread_mutex_lock(&server->lock);
    if (server->requests < SCRIPT_REQUESTS) {
        memcpy(server->request[server->requests], request, SCRIPT_REQUEST_SIZE);
        server->replied_before[server->requests] = server->replied;
        server->requests++;
    }
    connection->reply = script_choose(server, request);
    (void)pthread_cond_broadcast(&server->came);
    (void)pthread_mutex_unlock(&server->lock);
}

/* Waits for the requests that the reply waits for. False when the server is to stop. */
static bool script_await(struct script_server *server, const struct script_reply *reply)
{
    struct timespec until;
    int waited = 0;
    bool goes_on;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += reply->await_ms % 1000 * 1000000L;
    until.tv_sec += reply->await_ms / 1000 + until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    (void)pthread_mutex_lock(&server->lock);
    while (!server->stops && server->requests < reply->await && waited == 0) {
        if (reply->await_ms > 0) {
            waited = pthread_cond_timedwait(&server->came, &server->lock, &until);
        } else {
            (void)pthread_cond_wait(&server->came, &server->lock);
        }
    }
    goes_on = !server->stops;
    server->replied++;
    (void)pthread_mutex_unlock(&server->lock);
    return goes_on;
}

int script_requests(struct script_server *server)
{
    int requests;

    (void)pthread_mutex_lock(&server->lock);
    requests = server->requests;
    (void)pthread_mutex_unlock(&server->lock);
    return requests;
}

static bool script_read_request(struct script_connection *connection)
{
    char request[SCRIPT_REQUEST_SIZE] = "";
    size_t used = 0;
    size_t wanted = 0;
    ssize_t got = 1;

    while (got > 0 && (wanted == 0 || used < wanted) && used + 1 < sizeof request) {
        got = script_read(connection, request + used, sizeof request - 1 - used);
        if (got > 0) {
            used += (size_t)got;
            request[used] = '\0';
            wanted = script_request_size(request);
        }
    }
    if (got > 0) {
        script_note(connection, request);
    }
    return got > 0;
}

static void script_reset(struct script_connection *connection)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    connection->reset = true;
    (void)setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* Waits for the client to go away. */
static void script_stall(struct script_connection *connection)
{
    char bytes[256];

    while (script_read(connection, bytes, sizeof bytes) > 0) {
    }
}

/* Sends the reply. True when the connection goes on. */
static bool script_answer(struct script_connection *connection)
{
    const struct script_reply *reply = connection->reply;
    bool goes_on = script_await(connection->server, reply) &&
                   script_write(connection, reply->bytes,
                       reply->size > 0 ? reply->size : strlen(reply->bytes));

    switch (reply->after) {
    case SCRIPT_KEEP:
        break;
    case SCRIPT_RESET:
        script_reset(connection);
        goes_on = false;
        break;
    case SCRIPT_REPEAT:
        while (goes_on) {
            goes_on = script_write(connection, reply->again, strlen(reply->again));
        }
        break;
    case SCRIPT_STOP_FLAG:
        stop_signal = SIGINT;
        script_stall(connection);
        goes_on = false;
        break;
    case SCRIPT_STALL:
        script_stall(connection);
        goes_on = false;
        break;
    case SCRIPT_CLOSE:
        if (connection->tls != NULL) {
            (void)SSL_shutdown(connection->tls);
        }
        goes_on = false;
        break;
    }
    return goes_on;
}

/* Closes the socket in order: what the client still sends is read, since a socket that is closed
 * before would reset the connection, and take with it what the server said last (an alert). */
static void script_part(struct script_connection *connection)
{
    char bytes[4096];

    if (!connection->reset) {
        (void)shutdown(connection->socket, SHUT_WR);
        while (script_wait(connection->server, connection->socket, POLLIN) &&
               recv(connection->socket, bytes, sizeof bytes, 0) > 0) {
        }
    }
    (void)close(connection->socket);
}

/* In these threads alone: the client under test must never raise it. */
static void script_block_pipe_signal(void)
{
    sigset_t pipe;

    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe, NULL);
}

static void *script_serve(void *context)
{
    struct script_connection *connection = context;

    script_block_pipe_signal();
    if (script_handshake(connection)) {
        while (script_read_request(connection) && script_answer(connection)) {
        }
    }
    SSL_free(connection->tls);
    script_part(connection);
    free(connection);
    return NULL;
}

static void script_accept(struct script_server *server, int socket)
{
    struct script_connection *connection = malloc(sizeof *connection);

    script_need(
        connection != NULL && server->connections < SCRIPT_CONNECTIONS, "fewer connections");
    *connection = (struct script_connection){.server = server, .socket = socket};
    script_need(pthread_create(
                    &server->threads[server->connections++], NULL, script_serve, connection) == 0,
        "pthread_create");
}

static void *script_run(void *context)
{
    struct script_server *server = context;

    script_block_pipe_signal();
    while (script_wait(server, server->listener, POLLIN)) {
        int socket = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);

        if (socket >= 0) {
            script_accept(server, socket);
        }
    }
    return NULL;
}

static void script_init_lock(struct script_server *server)
{
    pthread_condattr_t monotonic;

    script_need(pthread_mutex_init(&server->lock, NULL) == 0 &&
                    pthread_condattr_init(&monotonic) == 0 &&
                    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
                    pthread_cond_init(&server->came, &monotonic) == 0,
        "a lock");
    (void)pthread_condattr_destroy(&monotonic);
}

void script_start(struct script_server *server, const struct script_reply *replies, SSL_CTX *tls)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    *server = (struct script_server){.replies = replies, .tls = tls};
    script_init_lock(server);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    script_need(server->listener >= 0, "socket");
    script_need(bind(server->listener, (const struct sockaddr *)&address, size) == 0 &&
                    listen(server->listener, 8) == 0 &&
                    getsockname(server->listener, (struct sockaddr *)&address, &size) == 0,
        "listen");
    server->port = ntohs(address.sin_port);
    script_need(pipe2(server->wake, O_CLOEXEC) == 0, "pipe2");
    script_need(pthread_create(&server->thread, NULL, script_run, server) == 0, "pthread_create");
}

void script_stop(struct script_server *server)
{
    (void)pthread_mutex_lock(&server->lock);
    server->stops = true;
    (void)pthread_cond_broadcast(&server->came);
    (void)pthread_mutex_unlock(&server->lock);
    (void)close(server->wake[1]); /* its readers see the end */
    (void)pthread_join(server->thread, NULL);
    for (int i = 0; i < server->connections; i++) {
        (void)pthread_join(server->threads[i], NULL);
    }
    (void)pthread_cond_destroy(&server->came);
    (void)pthread_mutex_destroy(&server->lock);
    (void)close(server->wake[0]);
    (void)close(server->listener);
}
