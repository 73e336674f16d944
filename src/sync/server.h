/* One tenant's server, as a run sees it: the calls of uem/calls.h over the client of http/, their
 * answers split into records. The only maker of HTTP requests. */
#ifndef UEMSYNC_SYNC_SERVER_H
#define UEMSYNC_SYNC_SERVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/log.h"
#include "decode/record.h"
#include "http/http.h"
#include "sync/settings.h"
#include "uem/calls.h"

struct server {
    struct http_client *http;
    const struct log *log; /* borrowed */
    bool has_classes;      /* the limiter has one class for each of uem/limits.h, else one alone */
    char user_agent[64];
    struct buffer url; /* base address */
    struct buffer path;
    struct buffer body;
    struct arena arena; /* of the record under way */
    long status;        /* of the last call; 0 when no answer came */
};

/* Who takes the records of an answer. */
struct server_reader {
    /* A try begins: what came of the one before is void. */
    void (*begin)(void *context);
    /* One record, valid during the call, with its JSON text as json_split cleaned it. */
    bool (*record)(void *context, const cJSON *record, struct str json, struct error *err);
    /* A record that cannot be read, and why: too large, or beyond a ceiling. `size` in bytes. */
    bool (*unreadable)(void *context, const char *reason, uint64_t size, struct error *err);
    void *context;
};

/* Makes the client; calls nothing. `limiter` is the tenant's of sync/limits.h, or NULL. */
bool server_open(struct server *server, const struct sync_tenant *tenant,
    struct http_limiter *limiter, const char *version, const struct log *log, struct error *err);
void server_close(struct server *server);

/* Makes a call and hands its records on as they arrive. */
bool server_records(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader, struct error *err);

/* Makes a call whose answer is one small object. *document lives until the next call. */
bool server_document(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const cJSON **document, struct error *err);

/* GET /device/count, of one status or (NULL) of all: ERROR_SERVER when the answer holds no number.
 */
bool server_count_devices(
    struct server *server, const char *status, int64_t *count, struct error *err);

#endif
