#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "request.h"

/* TLS 1.2 or newer; AES-GCM first, for which processors have instructions, so that the server is
 * not what a measurement of the client measures. Not const, as the daemon's option is not. */
static char priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:"
    "+CHACHA20-POLY1305:%SERVER_PRECEDENCE";

#define CONNECTIONS_MAX 512
/* Bytes a connection has for its request line and headers; longer ones are refused. */
#define CONNECTION_MEMORY 65536
#define PEM_MAX (1 << 20)

/* Reads a PEM file as text. */
static bool read_pem(const char *name, struct buf *out, char *why, size_t why_size)
{
    FILE *const file = fopen(name, "rb");
    char *const to = buf_reserve(out, PEM_MAX);

    if (file != NULL && to != NULL) {
        out->len = fread(to, 1, PEM_MAX - 1, file);
        to[out->len] = '\0';
    } else {
        snprintf(why, why_size, "cannot read %.200s: %s", name, strerror(errno));
    }
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL && to != NULL;
}

static void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode code)
{
    struct server *const server = cls;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        struct client *const client = calloc(1, sizeof *client);
        const union MHD_ConnectionInfo *const info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (client != NULL && info != NULL) {
            client->socket = info->connect_fd;
        }
        *context = client;
        stats_client(&server->stats, 1);
    } else {
        free(*context);
        *context = NULL;
        stats_client(&server->stats, -1);
    }
}

static bool listen_on(
    struct server *server, const struct MHD_OptionItem *tls, char *why, size_t why_size)
{
    const struct options *const options = server->options;
    const struct sockaddr_in address = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)options->port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                           MHD_USE_TURBO | (options->plain ? 0 : (unsigned)MHD_USE_TLS);
    const unsigned threads = options->threads > 1 ? (unsigned)options->threads : 0;

    server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, request_handle, server,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, request_new, server,
        MHD_OPTION_NOTIFY_COMPLETED, request_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
        connection_changed, server, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    const union MHD_DaemonInfo *const info =
        server->daemon == NULL ? NULL
                               : MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (info != NULL) {
        server->port = info->port;
    } else {
        snprintf(why, why_size, "cannot serve at 127.0.0.1:%u: %s", (unsigned)options->port,
            errno == EADDRINUSE ? "the port is taken"
                                : "the port, the certificate or the key does not do");
    }
    return info != NULL;
}

static bool start_daemon(struct server *server, char *why, size_t why_size)
{
    const struct options *const options = server->options;
    struct buf cert = {0}, key = {0}, client_ca = {0};
    struct MHD_OptionItem tls[5] = {{MHD_OPTION_END, 0, NULL}};
    bool ok = true;

    if (!options->plain) {
        size_t count = 0;
        ok =
            read_pem(options->cert, &cert, why, why_size) &&
            read_pem(options->key, &key, why, why_size) &&
            (options->client_ca == NULL || read_pem(options->client_ca, &client_ca, why, why_size));
        tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, cert.data};
        tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, key.data};
        tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, priorities};
        if (client_ca.data != NULL) {
            tls[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, client_ca.data};
        }
        tls[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    }
    ok = ok && listen_on(server, tls, why, why_size);
    buf_release(&client_ca);
    buf_release(&key);
    buf_release(&cert);
    return ok;
}

static struct device_world make_world(const struct options *options)
{
    struct device_world world = {.revision = (uint32_t)options->revision,
        .churn_cut = device_cut(options->churn),
        .check_in_cut = device_cut(options->check_ins),
        .without_guid_cut = device_cut(options->without_guid),
        .apps = options->apps,
        .catalog = options->catalog,
        .profiles = options->profiles,
        .apps_exact = options->apps_exact};

    device_world_init(&world, options->seed);
    return world;
}

/* A Core is no cluster: it has the limit that --core-limit gives it. */
static bool start_limits(struct server *server)
{
    const struct options *const options = server->options;

    return limits_init(&server->limits,
        options->core ? CLUSTER_NONE : (enum limit_cluster)options->cluster,
        (unsigned)options->core_limit, (unsigned)options->shared_limit);
}

static bool open_log(struct server *server, char *why, size_t why_size)
{
    const char *const name = server->options->log;

    server->log = name == NULL ? NULL : fopen(name, "w");
    if (name != NULL && server->log == NULL) {
        snprintf(why, why_size, "cannot write %.200s: %s", name, strerror(errno));
    }
    return name == NULL || server->log != NULL;
}

/* Counts a part that started, so that server_stop() ends those alone. */
static bool started(struct server *server, bool ok)
{
    server->stage += ok ? 1 : 0;
    return ok;
}

bool server_start(struct server *server, struct options *options, char *why, size_t why_size)
{
    const struct device_world world = make_world(options);

    *server = (struct server){.options = options};
    snprintf(why, why_size, "no memory");
    return open_log(server, why, why_size) &&
           started(server, stats_init(&server->stats, server->log)) &&
           started(server, start_limits(server)) &&
           started(server, tenant_init(&server->tenant, &world, options->devices)) &&
           started(server, park_init(&server->park)) && start_daemon(server, why, why_size);
}

void server_stop(struct server *server)
{
    /* Suspended connections must go on before the daemon ends. */
    if (server->stage >= 4) {
        park_stop(&server->park);
    }
    MHD_stop_daemon(server->daemon);
    if (server->stage >= 4) {
        park_release(&server->park);
    }
    if (server->stage >= 3) {
        tenant_release(&server->tenant);
    }
    if (server->stage >= 2) {
        limits_release(&server->limits);
    }
    if (server->stage >= 1) {
        stats_release(&server->stats);
    }
    if (server->log != NULL) {
        fclose(server->log);
    }
}
