/* CPS guide, "Metadata APIs", and the metadata of devices and users. */
#include "route.h"

void cps_version(struct request *request, struct reply *reply)
{
    (void)request;
    buf_text(&reply->body, "{\"minorVersion\":\"1.0.0\"}");
}

struct attribute {
    const char *name, *type;
    bool read_only;
};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static void append_attributes(const struct attribute *attributes, size_t count, struct buf *out)
{
    for (size_t at = 0; at < count; at++) {
        buf_text(out, at == 0 ? "[{\"name\":" : ",{\"name\":");
        buf_json_string(out, attributes[at].name);
        buf_text(out, ",\"dataType\":");
        buf_json_string(out, attributes[at].type);
        buf_text(out, ",\"readOnly\":");
        buf_text(out, attributes[at].read_only ? "true}" : "false}");
    }
    buf_text(out, "]");
}

static const struct attribute device_attributes[] = {
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
    append_attributes(device_attributes, COUNT_OF(device_attributes), &reply->body);
}

static const struct attribute user_attributes[] = {
    {"enabled", "boolean", true},
    {"createdAt", "long", true},
    {"accountSource", "string", true},
    {"displayName", "string", true},
    {"emailAddress", "string", true},
    {"firstName", "string", true},
    {"lastName", "string", true},
    {"userId", "string", true},
    {"userUuid", "string", true},
    {"customAttributes", "map", true},
    {"ldapCustomAttributes", "map", true},
    {"ldapStandardAttributes", "map", true},
    /* The tenant's own; the last one comes as a loose key (user.c). */
    {"site", "string", false},
    {"badge number", "string", false},
};

void cps_user_metadata(struct request *request, struct reply *reply)
{
    (void)request;
    append_attributes(user_attributes, COUNT_OF(user_attributes), &reply->body);
}

static const struct attribute application_attributes[] = {
    {"identifier", "string", true},
    {"name", "string", true},
    {"version", "string", true},
};

void cps_application_metadata(struct request *request, struct reply *reply)
{
    (void)request;
    append_attributes(application_attributes, COUNT_OF(application_attributes), &reply->body);
}

static const struct attribute certificate_attributes[] = {
    {"identity", "boolean", true},
    {"notAfter", "long", true},
    {"notBefore", "long", true},
    {"issuer", "string", true},
    {"serialNumber", "string", true},
    {"subject", "string", true},
    {"thumbPrint", "string", true},
};

void cps_certificate_metadata(struct request *request, struct reply *reply)
{
    (void)request;
    append_attributes(certificate_attributes, COUNT_OF(certificate_attributes), &reply->body);
}
