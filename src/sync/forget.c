#include "sync/forget.h"

#include "load/load.h"

bool forget(const struct load_settings *settings, const struct catalogue *catalogue,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    return load_erase(settings, &catalogue->schema, tenant, device, text, size, err);
}
