#include "load/postgres/postgres.h"

bool postgres_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    (void)settings;
    (void)schema;
    (void)tenant;
    (void)device;
    (void)text;
    (void)size;
    return error_set(err, ERROR_DESTINATION, "not yet");
}
