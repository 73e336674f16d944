/* One request: what came in, what is looked up on the way, and the order of the steps. */
#ifndef UEMSIM_REQUEST_H
#define UEMSIM_REQUEST_H

#include <microhttpd.h>

#include "buf.h"
#include "fault.h"
#include "server.h"

/* Largest request body, bytes; beyond it is 413. 200 identifiers need 15 KB. */
#define REQUEST_BODY_MAX ((size_t)1 << 20)

struct route;

struct request {
    struct server *server;
    struct client *client;
    struct MHD_Connection *connection;
    char *target;       /* owned: path and query as they came */
    char *path;         /* owned: decoded, without --prefix */
    const char *method; /* owned by the connection */
    struct buf body;
    size_t body_seen; /* bytes that came, kept or not */
    bool begun, delayed;
    struct fault_hit hit;
    const struct route *route; /* NULL: unknown path */
};

/* For MHD_OPTION_URI_LOG_CALLBACK: makes the request. */
void *request_new(void *server, const char *uri, struct MHD_Connection *connection);
/* The access handler: called for the headers, each piece of the body, and the end. */
enum MHD_Result request_handle(void *server, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size, void **cls);
/* For MHD_OPTION_NOTIFY_COMPLETED. */
void request_completed(void *server, struct MHD_Connection *connection, void **cls,
    enum MHD_RequestTerminationCode code);

/* A query argument, decoded; NULL when absent. */
const char *request_argument(const struct request *request, const char *name);

#endif
