/* The attributes that a server's `$metadata` names: those that are not read-only are custom
 * attributes, wherever in a record they stand. (CPS API guide, "Get device attributes metadata",
 * "Get user attributes metadata".) */
#ifndef UEMSYNC_SYNC_ATTRIBUTES_H
#define UEMSYNC_SYNC_ATTRIBUTES_H

#include <stdbool.h>

#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/server.h"

struct attributes {
    const struct fetch *fetch;
    const char *call; /* its name, for messages */
    struct mapper *mapper;
    bool is_done;
    struct server_result result;
};

/* Begins the call, whose answer goes to the mapper. Both are borrowed until is_done. */
bool attributes_start(struct attributes *attributes, const struct fetch *fetch, enum uem_call_id id,
    struct mapper *mapper, struct error *err);

#endif
