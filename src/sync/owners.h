/* Owners of devices whom no list of users showed: asked for one by one, by GUID. */
#ifndef UEMSYNC_SYNC_OWNERS_H
#define UEMSYNC_SYNC_OWNERS_H

#include <stdbool.h>
#include <stdint.h>

#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/id_set.h"
#include "sync/report.h"

/* All borrowed. */
struct owners_input {
    const struct fetch *fetch;
    struct mapper *mapper;      /* of user_account */
    const struct id_set *uuids; /* GUIDs of the users that were listed */
    struct id_set *ids;         /* their user ids; who is found joins */
    size_t uuid_column;         /* of the mapper's rows */
    enum uem_fields fields;
    struct sync_entity_report *report;
};

struct owners;

/* Goes through the roster, in which all devices are. `input` is copied. */
bool owners_new(struct owners **owners, const struct owners_input *input, struct error *err);
void owners_free(struct owners *owners);

/* Moves the look-ups on, one at a time. They end early where the server does not offer them, and
 * after some hundred, as a call for each user is what nobody wants. */
bool owners_step(struct owners *owners, bool *is_done, struct error *err);

/* Users that were found, and staged, and had not been listed under another GUID. */
int64_t owners_found(const struct owners *owners);

/* Whether none was missing. */
bool owners_were_listed(const struct owners *owners);

#endif
