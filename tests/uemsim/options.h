/* What the command line says. */
#ifndef UEMSIM_OPTIONS_H
#define UEMSIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "auth.h"
#include "fault.h"
#include "limits.h"

/* Most device groups. */
#define OPTIONS_GROUPS_MAX 1000
/* As --users: the devices' owners, and a third as many as devices are. */
#define OPTIONS_USERS_DEFAULT UINT64_MAX
/* Versions of Core as one number. */
#define OPTIONS_CORE(major, minor) ((major)*UINT64_C(1000) + (minor))
#define OPTIONS_CORE_10_8 OPTIONS_CORE(10, 8)

enum options_child_name { CHILD_NAME_MDM, CHILD_NAME_GUID, CHILD_NAME_BOTH };
enum options_empty_uid { EMPTY_UID_LIST, EMPTY_UID_NOTHING, EMPTY_UID_REFUSE };
enum options_fields { FIELDS_QUOTED, FIELDS_BARE, FIELDS_BOTH };

enum options_result { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_WRONG };

struct options {
    uint64_t port, devices, seed, revision, page_cap, threads;
    uint64_t apps, catalog, profiles, groups, user_count, store;
    uint64_t v1_only, cps_only, eas, alerts, policies, app_settings;
    uint64_t v1_refused;                   /* a bit for each enum v1_status */
    uint64_t core_version;                 /* OPTIONS_CORE(); of Cloud and of --core the highest */
    uint64_t core_limit, shared_limit;     /* calls a minute */
    double churn, check_ins, without_guid; /* percent */
    /* Texts are borrowed from the arguments. */
    const char *ready_file, *cert, *key, *client_ca, *prefix, *log;
    bool plain, gzip, control, apps_exact, core, store_unpaged, no_cps, no_v1;
    int limit_echo;  /* 0: as asked, 1: as capped */
    int results;     /* 0: of the page, 1: in total */
    int cluster;     /* enum limit_cluster */
    int retry_after; /* enum fault_retry */
    int child_name;  /* enum options_child_name */
    int empty_uid;   /* enum options_empty_uid */
    int fields;      /* enum options_fields */
    struct auth_users users;
    struct fault_list faults;
};

/* Reads the arguments; `why` gets what is wrong with them. Release the options in any case. */
enum options_result options_parse(
    struct options *options, int argc, char **argv, char *why, size_t why_size);
void options_release(struct options *options);
void options_print_help(void);

#endif
