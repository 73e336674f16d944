/* CPS guide, "Metadata APIs" and "Get device attributes metadata". */
#include "route.h"

void cps_version(struct request *request, struct reply *reply)
{
    (void)request;
    buf_text(&reply->body, "{\"minorVersion\":\"1.0.0\"}");
}

static const struct attribute {
    const char *name, *type;
    bool read_only;
} device_attributes[] = {
    {"compliant", "boolean", true},
    {"quarantined", "boolean", true},
    {"blocked", "boolean", true},
    {"compromised", "boolean", true},
    {"status", "devicestatus", true},
    {"lastCheckInTime", "long", true},
    {"registrationTime", "long", true},
    {"identifier", "string", true},
    {"imei", "string", true},
    {"imsi", "string", true},
    {"macAddress", "string", true},
    {"manufacturer", "string", true},
    {"model", "string", true},
    {"os", "deviceplatform", true},
    {"osVersion", "string", true},
    {"phoneNumber", "string", true},
    {"serialNumber", "string", true},
    {"userId", "string", true},
    {"userUuid", "string", true},
    {"iosUdid", "string", true},
    {"ownership", "string", true},
    {"deviceGuid", "string", true},
    {"customAttributes", "map", true},
    /* The tenant's own; the last two come as loose keys (device_json.c). */
    {"nacCompliant", "string", false},
    {"site", "string", false},
    {"assetTag", "string", false},
    {"cost center", "string", false},
};

void cps_device_metadata(struct request *request, struct reply *reply)
{
    (void)request;
    for (size_t at = 0; at < sizeof device_attributes / sizeof device_attributes[0]; at++) {
        const struct attribute *const attribute = &device_attributes[at];
        buf_text(&reply->body, at == 0 ? "[{\"name\":" : ",{\"name\":");
        buf_json_string(&reply->body, attribute->name);
        buf_text(&reply->body, ",\"dataType\":");
        buf_json_string(&reply->body, attribute->type);
        buf_text(&reply->body, ",\"readOnly\":");
        buf_text(&reply->body, attribute->read_only ? "true}" : "false}");
    }
    buf_text(&reply->body, "]");
}
