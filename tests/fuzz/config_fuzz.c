/* Any text as a configuration file: it loads or is refused with an error, and nothing else. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "config/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *no_variable(const char *name)
{
    (void)name;
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A tenant that no text names, so that no file is opened. */
    static const char *const only[] = {"/"};
    const struct config_environment environment = {no_variable};
    struct config config;
    struct error err = {.kind = ERROR_NONE};
    bool ok = config_load_text(&config, "fuzz.yaml", (struct str){(const char *)data, size},
        &environment, CONFIG_FOR_SERVERS, only, 1, &err);

    if (ok || (err.kind != ERROR_CONFIG && err.kind != ERROR_MEMORY) || err.text[0] == '\0') {
        abort();
    }
    config_release(&config);
    return 0;
}
