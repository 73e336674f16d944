#include "route.h"

#include <string.h>

#define CPS "/msa/v1/cps"
#define V1 "/api/v1"
#define DM V1 "/dm/devices"

static const struct route routes[] = {
    {"GET", CPS "/version", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_version},
    {"GET", CPS "/device/$metadata", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_device_metadata},
    {"GET", CPS "/device/count", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_device_count},
    {"GET", CPS "/device", LIMIT_DEVICE_LIST, ROLE_CPS, WRITES_NEVER, cps_device_list},
    {"POST", CPS "/device/uuid", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_device_by_identifier},
    {"POST", CPS "/device/application", LIMIT_APPLICATION, ROLE_CPS, WRITES_NEVER,
        cps_device_applications},
    {"GET", CPS "/device/application/$metadata", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER,
        cps_application_metadata},
    {"POST", CPS "/device/certificate", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER,
        cps_device_certificates},
    {"GET", CPS "/device/certificate/$metadata", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER,
        cps_certificate_metadata},
    {"POST", CPS "/device/profile", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_device_profiles},
    {"POST", CPS "/device/getDeviceSettings", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER,
        cps_device_settings},
    {"POST", CPS "/device/location", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_device_locations},
    {"POST", CPS "/rule/deviceGuid", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_rule_by_device},
    {"GET", CPS "/rule", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_rule_list},
    {"GET", CPS "/rule/", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_rule_by_id},
    {"GET", CPS "/user/$metadata", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_user_metadata},
    {"GET", CPS "/user/count", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_user_count},
    {"GET", CPS "/user", LIMIT_USER, ROLE_CPS, WRITES_NEVER, cps_user_list},
    {"GET", CPS "/appcatalog/apps", LIMIT_REMAINING, ROLE_CPS, WRITES_NEVER, cps_store_list},

    /* What changes something on a real server: counted, and nothing more. */
    {"POST", CPS "/device", LIMIT_REMAINING, ROLE_CPS, WRITES_ALWAYS, trap_answer},
    {"POST", CPS "/device/settings", LIMIT_REMAINING, ROLE_CPS, WRITES_ALWAYS, trap_answer},
    {"POST", CPS "/device/forceCheckin", LIMIT_FORCE_CHECK_IN, ROLE_CPS, WRITES_ALWAYS,
        trap_answer},
    {"POST", CPS "/device/mtd/notification", LIMIT_REMAINING, ROLE_CPS, WRITES_ALWAYS, trap_answer},
    {"POST", CPS "/device/email", LIMIT_EMAIL, ROLE_CPS, WRITES_ALWAYS, trap_answer},
    {"POST", CPS "/device/notification", LIMIT_NOTIFICATION, ROLE_CPS, WRITES_ALWAYS, trap_answer},
    {"POST", CPS "/user", LIMIT_REMAINING, ROLE_CPS, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/lock/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/unlock/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/wipe/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/retire/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/wakeup/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/enableroaming/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/repushprofile/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, DM "/locate/", LIMIT_NONE, ROLE_API, WRITES_LOCATE_NOW, trap_answer},
    {NULL, "/api/v1/dm/bulk/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {NULL, "/api/v1/dm/register", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {"PUT", "/api/v1/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},
    {"DELETE", "/api/v1/", LIMIT_NONE, ROLE_API, WRITES_ALWAYS, trap_answer},

    /* What reads in v1: behind the traps, as a uuid stands where `unlock` and its like do. */
    {"GET", DM, LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_devices},
    {"GET", DM "/profiles/", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_profiles_of_device},
    {"GET", DM "/", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_device_by_uuid},
    {"GET", V1 "/dm/labels", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_labels},
    {"GET", V1 "/dm/labels/", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_devices_of_label},
    {"GET", V1 "/dm/operators", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_operators},
    {"GET", V1 "/dm/countries", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_countries},
    {"GET", V1 "/eas/devices", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_eas_devices},
    {"GET", V1 "/alerts", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_alerts},
    {"GET", V1 "/policies", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_policies},
    {"GET", V1 "/appsettings", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_app_settings},
    {"GET", V1 "/apps/appconnect/analytics", LIMIT_NONE, ROLE_API, WRITES_NEVER, v1_analytics},
};

static const size_t route_total = sizeof routes / sizeof routes[0];

_Static_assert(sizeof routes / sizeof routes[0] <= STATS_ROUTES_MAX, "every route is counted");

static bool matches(const struct route *route, const char *method, const char *path)
{
    const size_t len = strlen(route->path);
    const bool same_path = route->path[len - 1] == '/' ? strncmp(route->path, path, len) == 0
                                                       : strcmp(route->path, path) == 0;

    return same_path && (route->method == NULL || strcmp(route->method, method) == 0);
}

const struct route *route_find(const char *method, const char *path)
{
    const struct route *found = NULL;

    for (size_t at = 0; at < route_total && found == NULL; at++) {
        found = matches(&routes[at], method, path) ? &routes[at] : NULL;
    }
    return found;
}

bool route_since_core_10_8(const struct route *route, bool by_guid)
{
    return route->handler == cps_rule_by_device || (route->handler == cps_user_list && by_guid);
}

bool route_is_v1(const struct route *route)
{
    return route->role == ROLE_API && route->writes == WRITES_NEVER;
}

bool route_repeats(const struct route *route)
{
    static route_handler *const repeated[] = {cps_device_applications, cps_device_certificates,
        cps_device_profiles, cps_device_settings, cps_device_locations, cps_rule_list,
        cps_rule_by_device, cps_user_list, cps_store_list, cps_device_metadata, cps_user_metadata};
    bool repeats = false;

    for (size_t at = 0; at < sizeof repeated / sizeof repeated[0]; at++) {
        repeats = repeats || route->handler == repeated[at];
    }
    return repeats;
}

size_t route_number(const struct route *route)
{
    return (size_t)(route - routes);
}

size_t route_count(void)
{
    return route_total;
}

const struct route *route_at(size_t number)
{
    return &routes[number];
}
