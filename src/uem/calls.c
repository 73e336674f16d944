#include "uem/calls.h"

#include "base/ceilings.h"
#include "base/json.h"

#include <string.h>

#define CPS "/msa/v1/cps"
#define V1 "/api/v1"

/* Outermost elements and ways to the records (v1 guide, the sections named in calls.h). The root of
 * the ActiveSync answer is misspelt there, and both spellings are known. */
static const char *const devices_root[] = {"deviceManagementWebServiceResponse", NULL};
static const char *const eas_roots[] = {"easWebServiceReponse", "easWebServiceResponse", NULL};
static const char *const alert_root[] = {"alertWebServiceResponse", NULL};
static const char *const policy_root[] = {"policyWebServiceResponse", NULL};
static const char *const app_settings_root[] = {"appSettingsWebServiceResponse", NULL};
static const char *const any_root[] = {"deviceManagementWebServiceResponse",
    "appSettingsWebServiceResponse", "policyWebServiceResponse", "alertWebServiceResponse",
    "webServiceResponse", NULL};
static const char *const devices_way[] = {"devices/device", NULL};
static const char *const device_way[] = {"device", NULL};
static const char *const labels_way[] = {"labels/label", NULL};
static const char *const profiles_way[] = {"profiles/profile", NULL};
static const char *const eas_ways[] = {"registeredAllowedDevices/registeredAllowedDevice",
    "registeredBlockedDevices/registeredBlockedDevice",
    "unregisteredAllowedDevices/unregisteredAllowedDevice",
    "unregisteredBlockedDevices/unregisteredBlockedDevice", "wipedDevices/wipedDevice", NULL};
static const char *const alerts_way[] = {"alerts/alert", NULL};
static const char *const policies_way[] = {"policies/policy", NULL};
static const char *const app_settings_way[] = {"appsettings/appsetting", NULL};
static const char *const operators_way[] = {"operators/operator", NULL};
static const char *const countries_way[] = {"countries/country", NULL};

static const struct uem_call uem_calls[UEM_CALL_COUNT] = {
    [UEM_CPS_VERSION] = {.name = "GET /version",
        .method = "GET",
        .path = CPS "/version",
        .class = UEM_CLASS_REMAINING,
        .is_document = true},
    [UEM_CPS_DEVICE_METADATA] = {.name = "GET /device/$metadata",
        .method = "GET",
        .path = CPS "/device/$metadata",
        .class = UEM_CLASS_REMAINING,
        .is_short = true},
    [UEM_CPS_DEVICE_COUNT] = {.name = "GET /device/count",
        .method = "GET",
        .path = CPS "/device/count",
        .class = UEM_CLASS_REMAINING,
        .is_document = true},
    [UEM_CPS_DEVICE_LIST] = {.name = "GET /device",
        .method = "GET",
        .path = CPS "/device",
        .records = "searchResults",
        .class = UEM_CLASS_DEVICE_LIST,
        .is_paged = true},
    [UEM_CPS_DEVICE_LOOKUP] = {.name = "POST /device/uuid",
        .method = "POST",
        .path = CPS "/device/uuid",
        .class = UEM_CLASS_REMAINING,
        .asks = UEM_ASKS_TYPED},
    [UEM_CPS_APPLICATION] = {.name = "POST /device/application",
        .method = "POST",
        .path = CPS "/device/application",
        .inner = "applications",
        .class = UEM_CLASS_APPLICATION,
        .asks = UEM_ASKS_EITHER},
    [UEM_CPS_CERTIFICATE] = {.name = "POST /device/certificate",
        .method = "POST",
        .path = CPS "/device/certificate",
        .inner = "certificates",
        .class = UEM_CLASS_REMAINING,
        .asks = UEM_ASKS_IDENTIFIER},
    [UEM_CPS_PROFILE] = {.name = "POST /device/profile",
        .method = "POST",
        .path = CPS "/device/profile",
        .inner = "profiles",
        .class = UEM_CLASS_REMAINING,
        .asks = UEM_ASKS_EITHER},
    /* The guide's example posts to /device/settings, which writes. */
    [UEM_CPS_SETTING] = {.name = "POST /device/getDeviceSettings",
        .method = "POST",
        .path = CPS "/device/getDeviceSettings",
        .records = "settings",
        .class = UEM_CLASS_REMAINING,
        .asks = UEM_ASKS_IDENTIFIER,
        .may_be_empty = true},
    [UEM_CPS_LOCATION] = {.name = "POST /device/location",
        .method = "POST",
        .path = CPS "/device/location",
        .class = UEM_CLASS_REMAINING,
        .asks = UEM_ASKS_IDENTIFIER},
    [UEM_CPS_GROUP_LIST] = {.name = "GET /rule",
        .method = "GET",
        .path = CPS "/rule",
        .records = "searchResults",
        .class = UEM_CLASS_REMAINING,
        .is_paged = true},
    [UEM_CPS_GROUPS_OF_DEVICES] = {.name = "POST /rule/deviceGuid",
        .method = "POST",
        .path = CPS "/rule/deviceGuid",
        .records = "result",
        .inner = "rules",
        .class = UEM_CLASS_REMAINING,
        .asks = UEM_ASKS_GUID},
    [UEM_CPS_USER_METADATA] = {.name = "GET /user/$metadata",
        .method = "GET",
        .path = CPS "/user/$metadata",
        .class = UEM_CLASS_REMAINING,
        .is_short = true},
    [UEM_CPS_USER_COUNT] = {.name = "GET /user/count",
        .method = "GET",
        .path = CPS "/user/count",
        .class = UEM_CLASS_REMAINING,
        .is_document = true},
    [UEM_CPS_USER_LIST] = {.name = "GET /user",
        .method = "GET",
        .path = CPS "/user",
        .records = "searchResults",
        .class = UEM_CLASS_USER_LIST,
        .is_paged = true},
    [UEM_CPS_USER_LOOKUP] = {.name = "GET /user?guid",
        .method = "GET",
        .path = CPS "/user",
        .records = "searchResults",
        .class = UEM_CLASS_USER_LIST},
    [UEM_CPS_APP_CATALOG] = {.name = "GET /appcatalog/apps",
        .method = "GET",
        .path = CPS "/appcatalog/apps",
        .records = "searchResults",
        .class = UEM_CLASS_REMAINING,
        .is_paged = true,
        .may_not_turn = true},
    [UEM_V1_DEVICES] = {.name = "GET /dm/devices",
        .method = "GET",
        .path = V1 "/dm/devices",
        .form = UEM_XML,
        .roots = devices_root,
        .ways = devices_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_DEVICE] = {.name = "GET /dm/devices/{uuid}",
        .method = "GET",
        .path = V1 "/dm/devices/",
        .form = UEM_XML,
        .segment = UEM_SEGMENT_GUID,
        .roots = devices_root,
        .ways = device_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_LABELS] = {.name = "GET /dm/labels",
        .method = "GET",
        .path = V1 "/dm/labels",
        .form = UEM_XML,
        .roots = devices_root,
        .ways = labels_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_LABEL_DEVICES] = {.name = "GET /dm/labels/{name}",
        .method = "GET",
        .path = V1 "/dm/labels/",
        .form = UEM_XML,
        .segment = UEM_SEGMENT_NAME,
        .roots = devices_root,
        .ways = devices_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_PROFILES] = {.name = "GET /dm/devices/profiles/{uuid}",
        .method = "GET",
        .path = V1 "/dm/devices/profiles/",
        .form = UEM_XML,
        .segment = UEM_SEGMENT_GUID,
        .roots = devices_root,
        .ways = profiles_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_EAS_DEVICES] = {.name = "GET /eas/devices",
        .method = "GET",
        .path = V1 "/eas/devices",
        .form = UEM_XML,
        .roots = eas_roots,
        .ways = eas_ways,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_ALERTS] = {.name = "GET /alerts",
        .method = "GET",
        .path = V1 "/alerts",
        .form = UEM_XML,
        .roots = alert_root,
        .ways = alerts_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_POLICIES] = {.name = "GET /policies",
        .method = "GET",
        .path = V1 "/policies",
        .form = UEM_XML,
        .roots = policy_root,
        .ways = policies_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_APP_SETTINGS] = {.name = "GET /appsettings",
        .method = "GET",
        .path = V1 "/appsettings",
        .form = UEM_XML,
        .roots = app_settings_root,
        .ways = app_settings_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_OPERATORS] = {.name = "GET /dm/operators",
        .method = "GET",
        .path = V1 "/dm/operators",
        .form = UEM_XML,
        .roots = devices_root,
        .ways = operators_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_COUNTRIES] = {.name = "GET /dm/countries",
        .method = "GET",
        .path = V1 "/dm/countries",
        .form = UEM_XML,
        .roots = devices_root,
        .ways = countries_way,
        .class = UEM_CLASS_REMAINING},
    [UEM_V1_ANALYTICS] = {.name = "GET /apps/appconnect/analytics",
        .method = "GET",
        .path = V1 "/apps/appconnect/analytics",
        .form = UEM_ZIP,
        .roots = any_root, /* of its 404, whose root the guide does not name */
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

const char *uem_core_status(struct str text)
{
    static const char *const statuses[] = {"INFECTED", "LOST", "EXPIRED"};
    const char *found = NULL;

    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        found = str_is_caseless(text, statuses[i]) ? statuses[i] : found;
    }
    return found;
}

const char *uem_device_statuses(void)
{
    return "ACTIVE, RETIRED, WIPED, WIPE_SENT, RETIRE_SENT, ENROLLMENT_PENDING, UNKNOWN";
}

static const struct uem_v1_status v1_statuses[] = {{"ACTIVE", false}, {"IENROLL_VERIFIED", false},
    {"IENROLL_INPROGRESS", false}, {"IENROLL_COMPLETE", false}, {"INFECTED", false},
    {"LOST", false}, {"RETIRED", false}, {"VERIFIED", false}, {"VERIFICATION_PENDING", false},
    {"EXPIRED", false}, {"WIPED", false}, {"BLOCKED", true}, {"RETIRE_PENDING", true}};

const struct uem_v1_status *uem_v1_statuses(size_t *count)
{
    *count = sizeof v1_statuses / sizeof *v1_statuses;
    return v1_statuses;
}

/* RFC 9562: hexadecimal digits in five groups. */
static bool uem_is_guid(struct str text)
{
    bool ok = text.size == 36;

    for (size_t i = 0; ok && i < text.size; i++) {
        ok = i == 8 || i == 13 || i == 18 || i == 23 ? text.data[i] == '-'
                                                     : str_hex_digit(text.data[i]) >= 0;
    }
    return ok;
}

bool uem_may_call(enum uem_call_id id, const struct uem_arguments *arguments, struct error *err)
{
    enum uem_segment segment = uem_calls[id].segment;
    bool ok = true;

    if (segment == UEM_SEGMENT_GUID && !uem_is_guid(arguments->guid)) {
        ok = error_set(err, ERROR_RECORD, "%.64s is no GUID, and cannot be asked for",
            arguments->guid.data != NULL ? arguments->guid.data : "nothing");
    } else if (segment == UEM_SEGMENT_NAME &&
               (arguments->name.size == 0 || str_is(arguments->name, ".") ||
                   str_is(arguments->name, ".."))) {
        ok = error_set(err, ERROR_RECORD, "`%s` is no name that can be asked for",
            arguments->name.size > 0 ? arguments->name.data : "");
    } else if (segment == UEM_SEGMENT_NAME && arguments->name.size > CEILING_KEY) {
        ok = error_set(
            err, ERROR_RECORD, "a name of %zu bytes cannot be asked for", arguments->name.size);
    }
    return ok;
}

/* RFC 3986, 2.3: what is unreserved stands for itself, everything else is encoded. */
static bool uem_is_unreserved(char c)
{
    char lower = str_lower(c);

    return (lower >= 'a' && lower <= 'z') || str_is_digit(c) || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

static void uem_write_encoded(struct buffer *path, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (uem_is_unreserved(text.data[i])) {
            buffer_append_char(path, text.data[i]);
        } else {
            buffer_printf(path, "%%%02X", (unsigned char)text.data[i]);
        }
    }
}

/* A query under way: what goes before the next argument. */
struct uem_query {
    struct buffer *path;
    char separator;
};

static void uem_query_add(struct uem_query *query, const char *name, struct str value)
{
    buffer_append_char(query->path, query->separator);
    buffer_append_text(query->path, name);
    buffer_append_char(query->path, '=');
    uem_write_encoded(query->path, value);
    query->separator = '&';
}

static void uem_query_add_fields(struct uem_query *query, enum uem_fields fields)
{
    if (fields == UEM_FIELDS_QUOTED) {
        uem_query_add(query, "fields", str_of("\"ldapStandardAttributes\""));
    } else if (fields == UEM_FIELDS_BARE) {
        uem_query_add(query, "fields", str_of("ldapStandardAttributes"));
    }
}

void uem_write_path(struct buffer *path, enum uem_call_id id, const struct uem_arguments *arguments)
{
    struct uem_query query = {path, '?'};
    bool is_of_devices =
        id == UEM_CPS_DEVICE_LIST || id == UEM_CPS_DEVICE_COUNT || id == UEM_V1_DEVICES;
    bool is_of_users = id == UEM_CPS_USER_LIST || id == UEM_CPS_USER_COUNT;

    buffer_append_text(path, uem_calls[id].path);
    if (uem_calls[id].segment != UEM_SEGMENT_NONE) {
        uem_write_encoded(
            path, uem_calls[id].segment == UEM_SEGMENT_GUID ? arguments->guid : arguments->name);
    }
    if (is_of_devices && arguments->status != NULL) {
        uem_query_add(&query, "status", str_of(arguments->status));
    }
    if (is_of_devices && arguments->group.size > 0) {
        uem_query_add(&query, "ruleId", arguments->group);
    }
    if (is_of_users) {
        uem_query_add(&query, "uid", arguments->uid);
    } else if (id == UEM_CPS_USER_LOOKUP) {
        uem_query_add(&query, "guid", arguments->guid);
    } else if (id == UEM_V1_ANALYTICS) {
        uem_query_add(&query, "appid", arguments->name);
    }
    if (id == UEM_CPS_USER_LIST || id == UEM_CPS_USER_LOOKUP) {
        uem_query_add_fields(&query, arguments->fields);
    }
    if (uem_calls[id].is_paged) {
        buffer_printf(
            path, "%coffset=%d&limit=%d", query.separator, arguments->offset, arguments->limit);
    }
}

/* What kind of identifiers they are. Where the call takes UEM identifiers unless told otherwise,
 * nothing is said of these: the guide writes MDM_IDENTIFIERS in places, and since July 2022 it is
 * the singular (field notes, "CPS"). */
static void uem_write_type(struct json_writer *json, enum uem_asks asks, bool by_guid)
{
    if (by_guid && (asks == UEM_ASKS_EITHER || asks == UEM_ASKS_TYPED)) {
        json_member_text(json, "identifierType", "GUID");
    } else if (asks == UEM_ASKS_TYPED) {
        json_member_text(json, "identifierType", "MDM_IDENTIFIER");
    }
}

void uem_write_body(struct buffer *body, enum uem_call_id id, const struct uem_arguments *arguments)
{
    struct json_writer json;

    if (uem_calls[id].asks != UEM_ASKS_NOTHING) {
        json_init(&json, body);
        json_object_begin(&json);
        uem_write_type(&json, uem_calls[id].asks, arguments->by_guid);
        if (id == UEM_CPS_SETTING) {
            json_member_text(&json, "settingsType", arguments->setting);
        }
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
