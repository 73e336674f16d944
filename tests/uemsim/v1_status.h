/* The statuses of v1: what the guide's "Status and statusCode values" lists, and which of them a
 * device has that CPS knows by another word. */
#ifndef UEMSIM_V1_STATUS_H
#define UEMSIM_V1_STATUS_H

#include "device.h"

enum v1_status {
    V1_ACTIVE,
    V1_BLOCKED,
    V1_IENROLL_VERIFIED,
    V1_IENROLL_INPROGRESS,
    V1_IENROLL_COMPLETE,
    V1_INFECTED,
    V1_LOST,
    V1_RETIRED,
    V1_RETIRE_PENDING,
    V1_VERIFIED,
    V1_VERIFICATION_PENDING,
    V1_EXPIRED,
    V1_WIPED,
    V1_STATUS_COUNT
};

/* Reads the first `len` bytes; false for a word that the guide does not have. */
bool v1_status_parse(const char *word, size_t len, enum v1_status *status);
const struct word *v1_status_word(enum v1_status status);
unsigned v1_status_code(enum v1_status status);
/* A server that refuses BLOCKED has no such devices: they are ACTIVE. */
enum v1_status v1_status_of(const struct device_world *world, uint64_t refused, uint64_t index);

#endif
