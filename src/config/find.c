#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config/config.h"

static const char *const config_places[] = {"./uemsync.yaml", "/etc/uemsync/uemsync.yaml"};

enum { CONFIG_PLACE_COUNT = sizeof config_places / sizeof *config_places };

bool config_find(const char *given, const struct config_environment *environment, char *path,
    size_t size, struct error *err)
{
    const char *variable = environment->get("UEMSYNC_CONFIG");
    const char *found = given;
    bool ok = true;

    if (found == NULL && variable != NULL && variable[0] != '\0') {
        found = variable;
    }
    for (size_t i = 0; i < CONFIG_PLACE_COUNT && found == NULL; i++) {
        found = access(config_places[i], F_OK) == 0 ? config_places[i] : NULL;
    }
    if (found == NULL) {
        ok = error_set(err, ERROR_CONFIG,
            "no configuration file: --config and $UEMSYNC_CONFIG name none, and neither %s nor %s "
            "exists",
            config_places[0], config_places[1]);
    } else if (strlen(found) >= size) {
        ok = error_set(err, ERROR_CONFIG,
            "the path of the configuration file is longer than %zu bytes", size - 1);
    } else {
        (void)snprintf(path, size, "%s", found);
    }
    return ok;
}
