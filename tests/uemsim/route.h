/* The table of endpoints: a row for each, a file for each family of handlers. */
#ifndef UEMSIM_ROUTE_H
#define UEMSIM_ROUTE_H

#include "auth.h"
#include "limits.h"
#include "reply.h"

/* Answers a request that is let in; the reply begins as an empty JSON answer with status 200. */
typedef void route_handler(struct request *request, struct reply *reply);

enum route_writes {
    WRITES_NEVER,
    WRITES_ALWAYS,
    WRITES_LOCATE_NOW /* only with `locatenow` in the query (v1 guide, locate) */
};

struct route {
    const char *method; /* NULL: any */
    const char *path;   /* a final / stands for all paths that begin so */
    enum limit_class limit;
    enum auth_role role;
    enum route_writes writes;
    route_handler *handler;
};

/* NULL: there is no such endpoint. */
const struct route *route_find(const char *method, const char *path);
/* Whether Core knows the call from version 10.8 on only (guide, "What's new", August 31, 2020). */
bool route_since_core_10_8(const struct route *route, bool by_guid);
/* Whether it is a call of v1 that reads, which Core alone has. */
bool route_is_v1(const struct route *route);
/* Whether `endless` repeats the call's own records: those of calls that list, or that are asked
 * with identifiers. Others, and `GET /device`, answer the tenant's first devices without end. */
bool route_repeats(const struct route *route);
/* The row's number, for counting; rows 0 .. route_count()-1. */
size_t route_number(const struct route *route);
size_t route_count(void);
const struct route *route_at(size_t number);

/* cps_meta.c */
route_handler cps_version;
route_handler cps_device_metadata;
route_handler cps_user_metadata;
route_handler cps_application_metadata;
route_handler cps_certificate_metadata;
/* cps_device.c */
route_handler cps_device_count;
route_handler cps_device_list;
route_handler cps_device_by_identifier;
/* cps_inventory.c */
route_handler cps_device_applications;
route_handler cps_device_certificates;
route_handler cps_device_profiles;
/* cps_state.c */
route_handler cps_device_settings;
route_handler cps_device_locations;
/* cps_rule.c */
route_handler cps_rule_list;
route_handler cps_rule_by_id;
route_handler cps_rule_by_device;
/* cps_user.c */
route_handler cps_user_list;
route_handler cps_user_count;
/* cps_store.c */
route_handler cps_store_list;
/* v1_device.c */
route_handler v1_devices;
route_handler v1_device_by_uuid;
route_handler v1_devices_of_label;
/* v1_country.c */
route_handler v1_operators;
route_handler v1_countries;
/* v1_profile.c */
route_handler v1_profiles_of_device;
/* v1_eas.c */
route_handler v1_eas_devices;
/* v1_alert.c */
route_handler v1_alerts;
/* v1_policy.c */
route_handler v1_policies;
/* v1_setting.c */
route_handler v1_app_settings;
/* v1_analytics.c */
route_handler v1_analytics;
/* v1_label.c */
route_handler v1_labels;
/* traps.c */
route_handler trap_answer;

#endif
