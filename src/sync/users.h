/* The entity `user_account`. The call searches by a prefix of the user id, and whether an empty one
 * finds all is not documented (field notes, "CPS"). So all are asked for at once; where that does
 * not show as many as the server counts, letter by letter; and owners of devices that are missing
 * even then, one by one. */
#ifndef UEMSYNC_SYNC_USERS_H
#define UEMSYNC_SYNC_USERS_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

struct users;

/* `fetch` and `report` are borrowed. */
bool users_new(struct users **users, struct fetch *fetch, struct sync_entity_report *report,
    struct error *err);
void users_free(struct users *users);

/* The flow that finds and stages all users. What a proven list lacks goes; an unproven one removes
 * nobody. */
struct flow users_flow(struct users *users);

#endif
