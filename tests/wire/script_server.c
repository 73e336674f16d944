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
#include <unistd.h>

#include "base/stop.h"

struct script_connection {
    struct script_server *server;
    int socket;
    SSL *tls;
    bool reset; /* is to be closed by a reset */
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

static bool script_read_request(struct script_connection *connection)
{
    struct script_server *server = connection->server;
    char request[SCRIPT_REQUEST_SIZE];
    size_t used = 0;
    size_t wanted = 0;
    ssize_t got = 1;

    request[0] = '\0';
    while (got > 0 && (wanted == 0 || used < wanted) && used + 1 < sizeof request) {
        got = script_read(connection, request + used, sizeof request - 1 - used);
        if (got > 0) {
            used += (size_t)got;
            request[used] = '\0';
            wanted = script_request_size(request);
        }
    }
    if (got > 0 && server->requests < SCRIPT_REQUESTS) {
        memcpy(server->request[server->requests++], request, sizeof request);
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

/* Sends the next reply. True when the connection goes on. */
static bool script_answer(struct script_connection *connection)
{
    static const struct script_reply beyond = {
        .bytes = "HTTP/1.1 599 beyond the script\r\nContent-Length: 0\r\n\r\n",
        .after = SCRIPT_CLOSE};
    struct script_server *server = connection->server;
    const struct script_reply *reply = &server->replies[server->reply];
    bool goes_on;

    if (reply->bytes == NULL) {
        reply = &beyond;
    } else {
        server->reply++;
    }
    goes_on = script_write(
        connection, reply->bytes, reply->size > 0 ? reply->size : strlen(reply->bytes));
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

static void script_serve(struct script_server *server, int socket)
{
    struct script_connection connection = {.server = server, .socket = socket};

    server->connections++;
    if (script_handshake(&connection)) {
        while (script_read_request(&connection) && script_answer(&connection)) {
        }
    }
    SSL_free(connection.tls);
    script_part(&connection);
}

static void *script_run(void *context)
{
    struct script_server *server = context;
    sigset_t pipe;

    /* In this thread alone: the client under test must never raise it. */
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe, NULL);
    while (script_wait(server, server->listener, POLLIN)) {
        int socket = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);

        if (socket >= 0) {
            script_serve(server, socket);
        }
    }
    return NULL;
}

void script_start(struct script_server *server, const struct script_reply *replies, SSL_CTX *tls)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    *server = (struct script_server){.replies = replies, .tls = tls};
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
    (void)close(server->wake[1]); /* its reader sees the end */
    (void)pthread_join(server->thread, NULL);
    (void)close(server->wake[0]);
    (void)close(server->listener);
}
