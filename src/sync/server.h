/* One tenant's server, as a run sees it: the calls of uem/calls.h over the client of http/, their
 * answers split into records. The only maker of HTTP requests. Several calls can be in flight;
 * their answers are handed on, in turn, from within server_turn. */
#ifndef UEMSYNC_SYNC_SERVER_H
#define UEMSYNC_SYNC_SERVER_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/log.h"
#include "decode/record.h"
#include "http/http.h"
#include "sync/settings.h"
#include "uem/calls.h"

struct server_call;

struct server {
    struct http_client *http;
    const struct log *log; /* borrowed */
    bool has_classes;      /* the limiter has one class for each of uem/limits.h, else one alone */
    bool has_answered;     /* a call was answered, so that the password is known to be right */
    bool v1_has_answered;  /* likewise one of v1, which has the password where CPS has a certificate
                            */
    char user_agent[64];
    struct buffer url;         /* base address */
    struct server_call *calls; /* in flight */
    struct error failure;      /* of a reader's `done`: it ends the run */
};

/* What came of a call. */
struct server_result {
    bool ok;
    struct error error; /* why not; ERROR_NONE when ok */
    long status;        /* of the last try; 0 when no answer came */
    int tries;
    int64_t bytes;   /* of all tries, as they came over the wire */
    int64_t results; /* what a paged answer says under that name; -1: nothing */
    /* v1: status 404, and there is no data: an empty answer, of which nothing but `done` tells. */
    bool is_no_data;
};

/* What of an answer cannot be read. */
enum server_unreadable { SERVER_UNREADABLE_RECORD, SERVER_UNREADABLE_OWNER };

/* Who takes what a call brings. Functions that may be NULL say so. */
struct server_reader {
    /* A try begins: what came of the one before is void. May be NULL. */
    void (*begin)(void *context);
    /* Is the record known by its text, as json_split cleaned it? Then it need not be parsed, and is
     * taken with this. May be NULL. */
    bool (*known)(void *context, struct str json, bool *is_known, struct error *err);
    /* One record, valid during the call, with its text. */
    bool (*record)(void *context, const cJSON *record, struct str json, struct error *err);
    /* A device of an answer with lists of records (uem_call.inner): it ends here, and the records
     * since the last one were its own. `owner` is it without the list, in whose place stands null.
     * NULL for other calls. */
    bool (*owner)(void *context, const cJSON *owner, struct str json, struct error *err);
    /* What cannot be read, and why: too large, or beyond a ceiling. `size` in bytes. */
    bool (*unreadable)(void *context, enum server_unreadable what, const char *reason,
        uint64_t size, struct error *err);
    /* The call ended, well or not. An error from here ends the run. */
    bool (*done)(void *context, const struct server_result *result, struct error *err);
    void *context;
};

/* Makes the client; calls nothing. `limiter` is the tenant's of sync/limits.h, or NULL. */
bool server_open(struct server *server, const struct sync_tenant *tenant,
    struct http_limiter *limiter, const char *version, const struct log *log, struct error *err);

/* Drops the calls in flight, without a word to their readers. */
void server_close(struct server *server);

/* Whether the call may begin: the first one of v1 goes alone, so that a wrong password counts once.
 */
bool server_may_start(const struct server *server, enum uem_call_id id);

/* The class of the server's limiter that the call counts to. */
size_t server_class(const struct server *server, enum uem_call_id id);

/* Begins a call. `arguments` and `reader` are copied; reader->context lives until its `done`. */
bool server_start(struct server *server, enum uem_call_id id, const struct uem_arguments *arguments,
    const struct server_reader *reader, struct error *err);

/* Waits until something can be done, for a tenth of a second at most, and does it. */
bool server_turn(struct server *server, struct error *err);

/* Makes a call and waits for its end; `reader->done` is not called. Other calls in flight go on
 * meanwhile. What came of the call is said by `result`; false is for what ends the run, after which
 * the call may still be in flight. */
bool server_records(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, const struct server_reader *reader,
    struct server_result *result, struct error *err);

/* A number that a call answers with (`{"result": n}`), while it is on its way and after. */
struct server_number {
    int64_t number; /* -1 until there is one */
    bool is_done;
    struct server_result result;
};

/* Begins a call that answers with a number. `number` is borrowed until number->is_done; an answer
 * without one is no failure of the run, but of the call: number->result says so. */
bool server_start_number(struct server *server, enum uem_call_id id,
    const struct uem_arguments *arguments, struct server_number *number, struct error *err);

/* As server_start_number, and waits for it: ERROR_SERVER when the answer holds no number. */
bool server_count(struct server *server, enum uem_call_id id, const struct uem_arguments *arguments,
    int64_t *count, struct error *err);

/* As server_count, of the devices of one status or (NULL) of all. */
bool server_count_devices(
    struct server *server, const char *status, int64_t *count, struct error *err);

#endif
