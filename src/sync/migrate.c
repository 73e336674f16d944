#include "sync/migrate.h"

#include "load/load.h"

bool migrate(const struct load_settings *settings, const struct catalogue *catalogue, char *text,
    size_t size, struct error *err)
{
    return load_migrate(settings, &catalogue->schema, text, size, err);
}
