#include "uem/calls.h"

#include "base/json.h"

static const struct uem_call uem_calls[UEM_CALL_COUNT] = {
    [UEM_CPS_VERSION] = {.name = "GET /version",
        .method = "GET",
        .path = "/msa/v1/cps/version",
        .class = UEM_CLASS_REMAINING,
        .is_document = true},
    [UEM_CPS_DEVICE_METADATA] = {.name = "GET /device/$metadata",
        .method = "GET",
        .path = "/msa/v1/cps/device/$metadata",
        .class = UEM_CLASS_REMAINING},
    [UEM_CPS_DEVICE_COUNT] = {.name = "GET /device/count",
        .method = "GET",
        .path = "/msa/v1/cps/device/count",
        .class = UEM_CLASS_REMAINING,
        .is_document = true},
    [UEM_CPS_DEVICE_LIST] = {.name = "GET /device",
        .method = "GET",
        .path = "/msa/v1/cps/device",
        .records = "searchResults",
        .class = UEM_CLASS_DEVICE_LIST},
    [UEM_CPS_DEVICE_LOOKUP] = {.name = "POST /device/uuid",
        .method = "POST",
        .path = "/msa/v1/cps/device/uuid",
        .class = UEM_CLASS_REMAINING},
};

const struct uem_call *uem_call(enum uem_call_id id)
{
    return &uem_calls[id];
}

static const char *const device_statuses[] = {
    "ACTIVE", "RETIRED", "WIPED", "WIPE_SENT", "RETIRE_SENT", "ENROLLMENT_PENDING", "UNKNOWN"};

const char *uem_device_status(struct str text)
{
    const char *found = NULL;

    for (size_t i = 0; i < sizeof device_statuses / sizeof *device_statuses; i++) {
        if (str_is_caseless(text, device_statuses[i])) {
            found = device_statuses[i];
        }
    }
    return found;
}

const char *uem_device_statuses(void)
{
    return "ACTIVE, RETIRED, WIPED, WIPE_SENT, RETIRE_SENT, ENROLLMENT_PENDING, UNKNOWN";
}

void uem_write_path(struct buffer *path, enum uem_call_id id, const struct uem_arguments *arguments)
{
    const char *separator = "?";

    buffer_append_text(path, uem_calls[id].path);
    if (arguments->status != NULL && (id == UEM_CPS_DEVICE_LIST || id == UEM_CPS_DEVICE_COUNT)) {
        buffer_printf(path, "?status=%s", arguments->status);
        separator = "&";
    }
    if (id == UEM_CPS_DEVICE_LIST) {
        buffer_printf(path, "%soffset=%d&limit=%d", separator, arguments->offset, arguments->limit);
    }
}

void uem_write_body(struct buffer *body, enum uem_call_id id, const struct uem_arguments *arguments)
{
    struct json_writer json;

    if (id == UEM_CPS_DEVICE_LOOKUP) {
        json_init(&json, body);
        json_object_begin(&json);
        /* The guide writes the plural in places; since July 2022 it is the singular (field notes,
         * "CPS"). */
        json_member_text(&json, "identifierType", arguments->by_guid ? "GUID" : "MDM_IDENTIFIER");
        json_name(&json, "identifiers");
        json_array_begin(&json);
        for (size_t i = 0; i < arguments->identifier_count; i++) {
            json_string(&json, arguments->identifiers[i]);
        }
        json_array_end(&json);
        json_object_end(&json);
    }
}

void uem_cluster_url(struct buffer *url, const char *cluster, bool certificate)
{
    buffer_printf(url, "https://%s%s.mobileiron.com", certificate ? "cps-" : "", cluster);
}
