/* The calls that may be made of a server: one fixed table. Nothing else is ever sent, which is
 * what makes the program read-only (promise 1): the guides' writing calls stand beside reading ones
 * of nearly the same name. */
#ifndef UEMSYNC_UEM_CALLS_H
#define UEMSYNC_UEM_CALLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"
#include "uem/limits.h"

enum uem_call_id {
    UEM_CPS_VERSION,         /* "Get current minor version of the API" */
    UEM_CPS_DEVICE_METADATA, /* "Get device attributes metadata" */
    UEM_CPS_DEVICE_COUNT,    /* "Count devices by status" */
    UEM_CPS_DEVICE_LIST,     /* "Search devices by status" */
    UEM_CPS_DEVICE_LOOKUP,   /* "Get devices by UEM or deviceGuid identifiers" */
    UEM_CALL_COUNT
};

/* What a call takes; what it does not take is left zero. */
struct uem_arguments {
    const char *status; /* UEM_CPS_DEVICE_LIST and _COUNT: of uem_device_status; NULL for all */
    int offset;         /* UEM_CPS_DEVICE_LIST */
    int limit;          /* UEM_CPS_DEVICE_LIST */
    bool by_guid;       /* UEM_CPS_DEVICE_LOOKUP: GUID, else MDM_IDENTIFIER */
    const struct str *identifiers; /* UEM_CPS_DEVICE_LOOKUP */
    size_t identifier_count;       /* UEM_LOOKUP_MOST at most */
};

/* CPS API guide, "Batch ID recommendation". */
enum { UEM_LOOKUP_MOST = 200 };

struct uem_call {
    const char *name;     /* for messages, such as "GET /device" */
    const char *method;   /* "GET" or "POST" */
    const char *path;     /* below the server's base address */
    const char *records;  /* the array that holds the records; NULL: the answer is it */
    enum uem_class class; /* which limit it counts towards */
    bool is_document;     /* one small JSON object, no records */
};

/* The row of a call; never NULL. */
const struct uem_call *uem_call(enum uem_call_id id);

/* The server's word for a device status, in either case of letters; NULL for any other text. And
 * all of them between commas. CPS API guide, "Enums", DeviceStatus. */
const char *uem_device_status(struct str text);
const char *uem_device_statuses(void);

/* Path and query of a call, percent-encoded. */
void uem_write_path(
    struct buffer *path, enum uem_call_id id, const struct uem_arguments *arguments);

/* The JSON body of a POST; nothing for a GET. */
void uem_write_body(
    struct buffer *body, enum uem_call_id id, const struct uem_arguments *arguments);

/* The base address of a Cloud cluster ("na1"), which differs for passwords and for certificates:
 * CPS API guide, "Endpoint information". `cluster` is one label of a host name; one that the guide
 * does not name yet has its address by the same pattern. */
void uem_cluster_url(struct buffer *url, const char *cluster, bool certificate);

#endif
