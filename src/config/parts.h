/* What the files of this folder share. */
#ifndef UEMSYNC_CONFIG_PARTS_H
#define UEMSYNC_CONFIG_PARTS_H

#include "config/grammar.h"

/* One configuration being read. */
struct config_reader {
    struct config *config;
    const struct config_environment *environment;
    struct yaml_places places;
    struct config_text text;
    const char **warnings; /* room for CONFIG_FILE_WARNINGS and CONFIG_TENANT_WARNINGS a tenant */
    struct error *err;
};

/* Most warnings: of one tenant, one a secret that is read from a file, and one a key that has no
 * effect yet; and of the rest of the file. */
enum { CONFIG_TENANT_WARNINGS = 8, CONFIG_FILE_WARNINGS = 8 };

/* Adds a warning, which has an error's form: file, line and key. */
bool config_warn(const struct config_reader *reader, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As config_load, from the file's bytes; `path` serves messages and relative paths. */
bool config_load_text(struct config *config, const char *path, struct str text,
    const struct config_environment *environment, enum config_use use, const char *const *only,
    size_t only_count, struct error *err);

/* Sets ERROR_CONFIG for a key of a tenant ("" for the tenant itself). Returns false. */
bool config_tenant_fail(const struct config_reader *reader, size_t index, const char *key,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

struct config_tenant_text *config_tenant_text(const struct config_reader *reader, size_t index);

/* The checks of meaning, none of which reads a file or a variable. */
bool config_check(const struct config_reader *reader);

/* Drops slashes at the end of the URL. What is wrong with it goes into `why`, without the URL, as
 * a password may be in it. */
bool config_check_url(char *url, const char **why);

/* Does a checked URL lead to this machine? */
bool config_url_is_loopback(const char *url);

/* Is it [first][rest]{0,max-1}, in a set of ASCII letters and digits and `more`? */
bool config_is_word(const char *text, const char *more, size_t max);

/* Checks the names of `entities` and hands them on. */
bool config_check_entities(const struct config_reader *reader, size_t index);

/* Reads the tenant's password, certificate and its password, and looks at its ca_file. Warnings
 * are added to the configuration. */
bool config_read_secrets(const struct config_reader *reader, size_t index);

/* Reads the key of `privacy`, where a tenant whose secrets are wanted has that. */
bool config_read_privacy_key(const struct config_reader *reader);

/* A path as it is, or put behind the folder of the configuration file. NULL without memory. */
const char *config_path(const struct config_reader *reader, const char *path);

#endif
