/* What the configuration says of one tenant: filled by config/, read by every run. */
#ifndef UEMSYNC_SYNC_SETTINGS_H
#define UEMSYNC_SYNC_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/zone.h"

enum sync_kind { SYNC_CLOUD, SYNC_CORE };

/* What becomes of one kind of personal value. */
struct sync_privacy {
    const char *kind;  /* as given: mapping files say which there are */
    bool is_hashed;    /* else dropped */
    const char *place; /* "PATH:LINE: key `tenants[0].privacy.imei`", for messages */
};

/* Strings belong to the configuration. */
struct sync_tenant {
    bool is_wanted;   /* the command is for it: it is named by --tenant, or no tenant is */
    const char *name; /* [A-Za-z0-9][A-Za-z0-9._-]{0,62}: it names files and rows */
    enum sync_kind kind;
    const char *cluster; /* cloud: the word as given (na1 ...), or NULL with a url */
    const char *url;     /* as given without a trailing slash, or NULL */
    const char *username;
    struct secret password;
    const char
        *password_from;      /* the key and what it names: "password_env CORE_PASSWORD"; or NULL */
    const char *certificate; /* path of the PKCS #12 file, or NULL */
    struct secret certificate_bytes;
    struct secret certificate_password;
    const char *ca_file;
    const char *timezone; /* its name, and itself: of server times that carry none; NULL: UTC */
    struct zone *zone;
    bool all_entities;
    const char *const *entities;        /* named ones, NULL-terminated; empty with all_entities */
    const char *const *appconnect_apps; /* app ids, NULL-terminated; or NULL */
    int batch_size;                     /* 1 to 200 */
    int page_size;                      /* 1 to 1000 */
    double rate_share;                  /* above 0, at most 1 */
    int max_calls_per_minute;
    int connections; /* 1 to 16 */
    int retries;     /* further tries of a call that failed for now; 0 to 10 */
    int64_t refetch_after_ms;
    double max_removal; /* 0 to 1 */
    bool profile_content;
    const struct sync_privacy *privacy;
    size_t privacy_count;
    const struct secret *privacy_key; /* of the configuration; unset without one */
    int line;                         /* where the tenant begins in the file */
};

#endif
