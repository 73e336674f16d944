/* How many calls a minute a server takes, by class of call: the guide's table (limits/cps.yaml),
 * or a Core's one limit for all. */
#ifndef UEMSYNC_UEM_LIMITS_H
#define UEMSYNC_UEM_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

/* The rows of limits/cps.yaml, in their order there. */
enum uem_class {
    UEM_CLASS_APPLICATION,
    UEM_CLASS_DEVICE_LIST,
    UEM_CLASS_USER_LIST,
    UEM_CLASS_REMAINING,
    UEM_CLASS_COUNT
};

struct uem_limits {
    int calls[UEM_CLASS_COUNT]; /* in any 60 seconds; 1 at least */
};

/* Reads the table for a cluster ("na1"; NULL or one that is not there has the smallest limit of
 * each row) and takes `share` (above 0) of each limit, rounded down, 1 at least. `path` names the
 * text in errors (ERROR_CONFIG). */
bool uem_limits_read(struct uem_limits *limits, const char *path, struct str text,
    const char *cluster, double share, struct error *err);

#endif
