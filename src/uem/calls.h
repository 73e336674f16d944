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
    UEM_CPS_VERSION,           /* "Get current minor version of the API" */
    UEM_CPS_DEVICE_METADATA,   /* "Get device attributes metadata" */
    UEM_CPS_DEVICE_COUNT,      /* "Count devices by status", "... by device group identifier" */
    UEM_CPS_DEVICE_LIST,       /* "Search devices by status", "... by device group identifier" */
    UEM_CPS_DEVICE_LOOKUP,     /* "Get devices by UEM or deviceGuid identifiers" */
    UEM_CPS_APPLICATION,       /* "Get application inventory" (of devices) */
    UEM_CPS_CERTIFICATE,       /* "Get certificate inventory (iOS only)" */
    UEM_CPS_PROFILE,           /* "Get profile inventory (iOS only)" */
    UEM_CPS_SETTING,           /* "Get device settings - iOS only" */
    UEM_CPS_LOCATION,          /* "Get device location details" */
    UEM_CPS_GROUP_LIST,        /* "Get all Device Groups" */
    UEM_CPS_GROUPS_OF_DEVICES, /* "Get device groups associated with device list" */
    UEM_CPS_USER_METADATA,     /* "Get user attributes metadata" */
    UEM_CPS_USER_COUNT,        /* "Count users by user id" */
    UEM_CPS_USER_LIST,         /* "Search users by user id" */
    UEM_CPS_USER_LOOKUP,       /* "Search users by GUID" */
    UEM_CPS_APP_CATALOG,       /* "App Catalog APIs" */

    /* The v1 web services of Core; sections of their guide. */
    UEM_V1_DEVICES,       /* "Get Devices by Status" */
    UEM_V1_DEVICE,        /* "Get Device details for a specific device" */
    UEM_V1_LABELS,        /* "Get all Labels" */
    UEM_V1_LABEL_DEVICES, /* "Get Device Details for a ... Label ..." */
    UEM_V1_PROFILES,      /* "Get Profiles for a Device" */
    UEM_V1_EAS_DEVICES,   /* "List All ActiveSync Devices" */
    UEM_V1_ALERTS,        /* "Get All Alerts" */
    UEM_V1_POLICIES,      /* "Get Policies" */
    UEM_V1_APP_SETTINGS,  /* "Get all Application Settings" */
    UEM_V1_OPERATORS,     /* "List of Operators" */
    UEM_V1_COUNTRIES,     /* "List of Countries" */
    UEM_V1_ANALYTICS,     /* "Get Analytics for AppConnect Apps" */
    UEM_CALL_COUNT
};

/* How `fields` of the user calls is written: the guide puts the word in quotation marks, and
 * whether these belong on the wire is not known (field notes, "CPS"). */
enum uem_fields { UEM_FIELDS_NONE, UEM_FIELDS_QUOTED, UEM_FIELDS_BARE };

/* What a call takes; what it does not take is left zero, and not looked at. Texts are borrowed. */
struct uem_arguments {
    const char *status;     /* DEVICE_LIST and _COUNT: of uem_device_status; NULL for all;
                               V1_DEVICES: of uem_v1_statuses */
    struct str group;       /* DEVICE_LIST and _COUNT: devices of this group alone; empty for all */
    int offset;             /* lists */
    int limit;              /* lists */
    struct str uid;         /* USER_COUNT and _LIST: the prefix; may be empty */
    struct str guid;        /* USER_LOOKUP; V1_DEVICE and V1_PROFILES: the device's */
    struct str name;        /* V1_LABEL_DEVICES: the label's; V1_ANALYTICS: the app's id */
    enum uem_fields fields; /* USER_LIST and _LOOKUP */
    const char *setting;    /* SETTING: "DATA_ROAMING" or "PERSONAL_HOTSPOT" */
    bool by_guid;           /* batches: the identifiers are GUIDs, else UEM identifiers */
    const struct str *identifiers; /* batches */
    size_t identifier_count;       /* UEM_BATCH_MOST at most */
};

/* CPS API guide, "Batch ID recommendation". */
enum { UEM_BATCH_MOST = 200 };

/* By what a batch call asks for devices. */
enum uem_asks {
    UEM_ASKS_NOTHING,    /* it is no batch call */
    UEM_ASKS_IDENTIFIER, /* UEM identifiers alone */
    UEM_ASKS_GUID,       /* GUIDs alone */
    UEM_ASKS_EITHER,     /* UEM identifiers, or GUIDs where identifierType says so */
    UEM_ASKS_TYPED,      /* either, and identifierType has to be there */
};

/* What a call answers with. */
enum uem_form { UEM_JSON, UEM_XML, UEM_ZIP };

/* What stands behind the path, as one segment of it. */
enum uem_segment { UEM_SEGMENT_NONE, UEM_SEGMENT_GUID, UEM_SEGMENT_NAME };

struct uem_call {
    const char *name;   /* for messages, such as "GET /device" */
    const char *method; /* "GET" or "POST" */
    const char *path;   /* below the server's base address */
    enum uem_form form;
    enum uem_segment segment;
    const char *const *roots; /* XML: names of the outermost element; NULL-terminated */
    const char *const *ways;  /* XML: to the records below it (see xml_split.h); NULL-terminated */
    const char *records;      /* the array that holds the records; NULL: the answer is it */
    const char *inner;    /* records are in an array of this name within each element of that one,
                             which is a device; NULL: the elements are the records */
    enum uem_class class; /* which limit it counts towards */
    enum uem_asks asks;
    bool is_document;  /* one small JSON object, no records */
    bool is_short;     /* a few records: more than CEILING_DOCUMENT is no answer */
    bool may_be_empty; /* an empty body is an answer without records */
    bool is_paged;     /* takes offset and limit */
    bool may_not_turn; /* whether it minds the offset is not documented */
};

/* The row of a call; never NULL. */
const struct uem_call *uem_call(enum uem_call_id id);

/* The server's word for a device status, in either case of letters; NULL for any other text. And
 * all of them between commas. CPS API guide, "Enums", DeviceStatus. */
const char *uem_device_status(struct str text);
const char *uem_device_statuses(void);

/* As uem_device_status, of those that a Core has beside them: INFECTED, LOST, EXPIRED (the
 * product's page, "How values are normalised"). */
const char *uem_core_status(struct str text);

/* The statuses that a Core's v1 is asked for, one document each; asked without one it tells the
 * ACTIVE devices alone (v1 guide, "Status and statusCode values", "Get Devices by Status"). */
struct uem_v1_status {
    const char *name;
    bool may_be_refused; /* the guide has it as a code alone (field notes, "Core v1") */
};
const struct uem_v1_status *uem_v1_statuses(size_t *count);

/* Whether an answer with status 404 says, in the API's own words, that there is no data, which is
 * an empty answer; any other 404 is a wrong address (field notes, "Core v1"). `body` is the
 * beginning of the answer. */
bool uem_is_no_data(enum uem_call_id id, struct str body);

/* Whether a value of the server may stand in the call's path: a GUID, or a name that is no step to
 * another folder. Acting calls stand beside reading ones there, such as
 * `dm/devices/unlock/...` (promise 1). ERROR_RECORD. */
bool uem_may_call(enum uem_call_id id, const struct uem_arguments *arguments, struct error *err);

/* Path and query of a call that may be made, percent-encoded. */
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
