/* The devices that the identifiers in a body name, and what the server makes of them. CPS guide,
 * "List of identifiers" and "Batch ID recommendation". */
#ifndef UEMSIM_ASKED_H
#define UEMSIM_ASKED_H

#include <cjson/cJSON.h>

#include "reply.h"

#define ASKED_MAX 200

/* Whether the call knows identifierType, and what it takes without one. */
enum asked_type {
    ASKED_EITHER, /* both kinds of names, unless the type says which (POST /device/uuid) */
    ASKED_TYPED,  /* MDM identifiers, unless the type says GUID */
    ASKED_MDM,    /* knows no type: MDM identifiers */
    ASKED_GUID    /* knows no type: GUIDs */
};

/* Whether a call tells of that device at all; NULL: of each. */
typedef bool asked_filter(const struct device_world *world, uint64_t index);

struct asked {
    cJSON *body; /* owned */
    const cJSON *identifiers;
    enum device_name_kind kind;
    /* Indices, in the order of the answer: two an identifier, one that is doubled, one foreign. */
    uint64_t devices[2 * ASKED_MAX + 2];
    size_t count;
};

/* Reads the body. false: the reply is an error. Release what was asked in any case. */
bool asked_read(
    const struct request *request, enum asked_type type, struct asked *asked, struct reply *reply);
/* Finds the devices, each once; unknown identifiers are silently ignored (guide). Of two devices
 * that share an identifier it takes the newer one, or with `both` both. The faults of the request
 * are done to the result. The caller holds the tenant's lock. */
void asked_find(
    const struct request *request, asked_filter *filter, bool both, struct asked *asked);
void asked_release(struct asked *asked);

#endif
