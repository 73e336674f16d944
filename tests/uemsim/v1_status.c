#include "v1_status.h"

#include <string.h>

#include "words.h"

enum stream { STREAM_STATUS = 701 };

static const struct {
    struct word word;
    unsigned code;
} statuses[V1_STATUS_COUNT] = {
    [V1_ACTIVE] = {{PUT_LIT("ACTIVE")}, 97},
    [V1_BLOCKED] = {{PUT_LIT("BLOCKED")}, 98},
    [V1_IENROLL_VERIFIED] = {{PUT_LIT("IENROLL_VERIFIED")}, 100},
    [V1_IENROLL_INPROGRESS] = {{PUT_LIT("IENROLL_INPROGRESS")}, 101},
    [V1_IENROLL_COMPLETE] = {{PUT_LIT("IENROLL_COMPLETE")}, 102},
    [V1_INFECTED] = {{PUT_LIT("INFECTED")}, 105},
    [V1_LOST] = {{PUT_LIT("LOST")}, 108},
    [V1_RETIRED] = {{PUT_LIT("RETIRED")}, 114},
    [V1_RETIRE_PENDING] = {{PUT_LIT("RETIRE_PENDING")}, 117},
    [V1_VERIFIED] = {{PUT_LIT("VERIFIED")}, 118},
    [V1_VERIFICATION_PENDING] = {{PUT_LIT("VERIFICATION_PENDING")}, 112},
    [V1_EXPIRED] = {{PUT_LIT("EXPIRED")}, 120},
    [V1_WIPED] = {{PUT_LIT("WIPED")}, 119},
};

bool v1_status_parse(const char *word, size_t len, enum v1_status *status)
{
    bool found = false;

    for (int at = 0; at < V1_STATUS_COUNT && !found; at++) {
        const struct word *const known = &statuses[at].word;
        if (known->len == len && memcmp(known->text, word, len) == 0) {
            *status = (enum v1_status)at;
            found = true;
        }
    }
    return found;
}

const struct word *v1_status_word(enum v1_status status)
{
    return &statuses[status].word;
}

unsigned v1_status_code(enum v1_status status)
{
    return statuses[status].code;
}

/* Nine in ten of the devices that CPS calls ACTIVE are so in v1. */
static enum v1_status of_active(uint32_t per_mille, uint64_t refused)
{
    enum v1_status status = V1_ACTIVE;

    if (per_mille < 40) {
        status = V1_IENROLL_COMPLETE;
    } else if (per_mille < 60) {
        status = (refused >> V1_BLOCKED & 1) != 0 ? V1_ACTIVE : V1_BLOCKED;
    } else if (per_mille < 75) {
        status = V1_INFECTED;
    } else if (per_mille < 90) {
        status = V1_LOST;
    } else if (per_mille < 100) {
        status = V1_EXPIRED;
    }
    return status;
}

enum v1_status v1_status_of(const struct device_world *world, uint64_t refused, uint64_t index)
{
    static const enum v1_status pending[] = {
        V1_VERIFIED, V1_VERIFICATION_PENDING, V1_IENROLL_VERIFIED, V1_IENROLL_INPROGRESS};
    const uint64_t word = rng_at(world->seed, STREAM_STATUS, index);
    enum v1_status status = V1_ACTIVE;

    switch (device_status_of(world, index)) {
    case STATUS_ACTIVE:
        status = of_active(rng_below(word, 1000), refused);
        break;
    case STATUS_RETIRED:
        status = V1_RETIRED;
        break;
    case STATUS_WIPED:
        status = V1_WIPED;
        break;
    case STATUS_RETIRE_SENT:
        status = V1_RETIRE_PENDING;
        break;
    case STATUS_ENROLLMENT_PENDING:
        status = pending[word & 3];
        break;
    default: /* WIPE_SENT and UNKNOWN have no word in v1 */
        status = V1_ACTIVE;
    }
    return status;
}
