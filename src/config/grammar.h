/* The grammar of the configuration file: every key with its type, range, default and purpose. The
 * documentation is made from it, too. */
#ifndef UEMSYNC_CONFIG_GRAMMAR_H
#define UEMSYNC_CONFIG_GRAMMAR_H

#include "config/config.h"
#include "yaml/yaml_bind.h"

/* The words of `privacy`. */
enum config_privacy { CONFIG_PRIVACY_DROP, CONFIG_PRIVACY_HASH };

/* A tenant as it stands in the file, before its secrets are read. */
struct config_tenant_text {
    struct sync_tenant tenant;
    struct yaml_strings entities;
    struct yaml_strings appconnect_apps;
    struct yaml_pairs privacy;
    const char *password_env;
    const char *password_file;
    const char *certificate_password_env;
    const char *certificate_password_file;
};

struct config_keep {
    int64_t history_ms;
    int64_t runs_ms;
    int changes;
    int snapshots;
};

struct config_text {
    struct load_settings destination;
    struct config_keep keep;
    const char *mappings;
    const char *privacy_key_file;
    struct yaml_list tenants; /* of struct config_tenant_text */
};

/* Fills a struct config_text. */
extern const struct yaml_table config_grammar;

#endif
