/* The configuration: a YAML file as checked settings. Every error names file, line and key. */
#ifndef UEMSYNC_CONFIG_CONFIG_H
#define UEMSYNC_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "load/settings.h"
#include "sync/settings.h"

struct config {
    const char *path;
    struct load_settings destination;
    const char *mappings; /* folder of the user's mapping files, or NULL */
    struct sync_tenant *tenants;
    size_t tenant_count;
    struct secret privacy_key;   /* of the tenants' `privacy`; unset where none of those needs it */
    const char *const *warnings; /* whole lines for the log; nothing secret in them */
    size_t warning_count;
    struct arena arena; /* holds all of the above but the secrets */
};

/* Where variables are looked up; so that tests need no process environment. */
struct config_environment {
    const char *(*get)(const char *name); /* as getenv */
};

enum { CONFIG_PATH_SIZE = 4096 };

/* What the configuration is read for: the servers, with the tenants' secrets; the destination
 * alone, without them; or the destination of tenants that may not stand in the file any more. */
enum config_use { CONFIG_FOR_SERVERS, CONFIG_FOR_DESTINATION, CONFIG_FOR_REMAINS };

/* Which file to read: `given` (--config) unless NULL, else $UEMSYNC_CONFIG unless empty, else the
 * first of ./uemsync.yaml and /etc/uemsync/uemsync.yaml that exists. ERROR_CONFIG lists the places
 * when there is none; the first two are not looked at, so that config_load says why. */
bool config_find(const char *given, const struct config_environment *environment, char *path,
    size_t size, struct error *err);

/* Reads and checks the file. Errors are ERROR_CONFIG: "PATH:LINE: key `tenants[1].batch_size`:
 * ...". The secrets of the tenants named in `only` (`only_count` names, 0 for all) are read too,
 * where `use` wants them; those of others are left unset, as one tenant's missing password is no
 * other tenant's matter. A name in `only` that no tenant has is an error, but for
 * CONFIG_FOR_REMAINS.
 *
 * Relative paths of files that are read (password_file, certificate, ca_file, privacy_key_file,
 * mappings) start at the file's own folder; destination.directory starts at the working directory.
 * The configuration is to be released in either case. */
bool config_load(struct config *config, const char *path,
    const struct config_environment *environment, enum config_use use, const char *const *only,
    size_t only_count, struct error *err);

void config_release(struct config *config);

#endif
