#include "sync/forget.h"

#include "load/load.h"
#include "mapping/rules.h"

enum { FORGET_GUID_SIZE = 37 };

/* A portal may show a GUID in capitals; a device_id has none of them. Any other id is as it is. */
static const char *forget_device_id(const char *device, char guid[FORGET_GUID_SIZE])
{
    uint8_t uuid[ROW_UUID_SIZE];
    bool is_guid = device != NULL && rule_parse_uuid(str_of(device), uuid);

    for (size_t i = 0; is_guid && i < FORGET_GUID_SIZE; i++) {
        guid[i] = str_lower(device[i]);
    }
    return is_guid ? guid : device;
}

bool forget(const struct load_settings *settings, const struct catalogue *catalogue,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    char guid[FORGET_GUID_SIZE];

    return load_erase(
        settings, &catalogue->schema, tenant, forget_device_id(device, guid), text, size, err);
}
