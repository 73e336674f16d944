#include "device.h"

#include <string.h>
#include <strings.h>

#include "rng.h"
#include "words.h"

#define MASK_48 ((UINT64_C(1) << 48) - 1)
#define DAY_MS UINT64_C(86400000)
/* "Now" of revision 0: 2025-03-01T00:00:00Z. The clock is no input, so that runs can be repeated.
 */
#define BASE_MS UINT64_C(1740787200000)
/* Devices registered in these four years before it, ... */
#define REGISTRATION_SPAN_MS (UINT64_C(1461) * DAY_MS)
/* ... half of the time having passed by this index. */
#define REGISTRATION_HALF UINT64_C(2000)
/* In each 256 devices the retired one at RETIRED_AT came back as the one at REBORN_AT. */
#define FAMILY 256
#define RETIRED_AT 7
#define REBORN_AT 135

enum stream { STREAM_HARDWARE = 1, STREAM_OWN, STREAM_CHURN, STREAM_CHECK_IN, STREAM_SCRAMBLE };

static const struct share {
    uint32_t per_mille;
    int value;
} os_shares[] = {{480, OS_IOS}, {320, OS_ANDROID}, {95, OS_OSX}, {95, OS_WINDOWS},
    {10, OS_UNKNOWN}},
  status_shares[] = {{900, STATUS_ACTIVE}, {40, STATUS_RETIRED}, {15, STATUS_WIPED},
      {5, STATUS_WIPE_SENT}, {10, STATUS_RETIRE_SENT}, {20, STATUS_ENROLLMENT_PENDING},
      {10, STATUS_UNKNOWN}};

static int pick(const struct share *shares, uint64_t word)
{
    uint32_t rest = rng_below(word, 1000);
    size_t at = 0;

    while (rest >= shares[at].per_mille) {
        rest -= shares[at].per_mille;
        at++;
    }
    return shares[at].value;
}

/* A device that was enrolled again is the same piece of hardware. */
static uint64_t hardware_of(uint64_t index)
{
    return index % FAMILY == REBORN_AT ? index - (REBORN_AT - RETIRED_AT) : index;
}

uint64_t device_first_user(uint64_t index)
{
    return index - index / 3;
}

enum device_os device_os_of(const struct device_world *world, uint64_t index)
{
    return (enum device_os)pick(
        os_shares, rng_at(world->seed, STREAM_HARDWARE, hardware_of(index)));
}

static struct scramble scramble_make(uint64_t word)
{
    const uint64_t factor = (word & MASK_48) | 1;

    return (struct scramble){.factor = factor,
        .factor_back = rng_inverse(factor) & MASK_48,
        .offset = rng_next(word) & MASK_48};
}

/* A shift by half of the width is its own way back. */
uint64_t scramble_forth(const struct scramble *scramble, uint64_t number)
{
    number = (number * scramble->factor + scramble->offset) & MASK_48;
    number ^= number >> 24;
    return (number * scramble->factor) & MASK_48;
}

uint64_t scramble_back(const struct scramble *scramble, uint64_t number)
{
    number = (number * scramble->factor_back) & MASK_48;
    number ^= number >> 24;
    return ((number - scramble->offset) * scramble->factor_back) & MASK_48;
}

void device_world_init(struct device_world *world, uint64_t seed)
{
    world->seed = seed;
    world->guid_scramble = scramble_make(rng_at(seed, STREAM_SCRAMBLE, 1));
    world->identifier_scramble = scramble_make(rng_at(seed, STREAM_SCRAMBLE, 2));
}

uint64_t device_cut(double percent)
{
    return (uint64_t)(percent * 42949672.96 + 0.5);
}

static uint64_t registered_at(uint64_t index)
{
    return BASE_MS - REGISTRATION_SPAN_MS +
           REGISTRATION_SPAN_MS * index / (index + REGISTRATION_HALF);
}

static enum device_status base_status(uint64_t own, uint64_t index)
{
    enum device_status status = (enum device_status)pick(status_shares, own);

    if (index % FAMILY == RETIRED_AT) {
        status = STATUS_RETIRED;
    } else if (index % FAMILY == REBORN_AT) {
        status = STATUS_ACTIVE;
    }
    return status;
}

static bool lives(enum device_status status)
{
    return status != STATUS_RETIRED && status != STATUS_WIPED;
}

/* The number that decides what happens to a device on the way to `revision`. */
static uint64_t churn_word(const struct device_world *world, uint64_t index, uint32_t revision)
{
    return rng_at(world->seed + revision, STREAM_CHURN, index);
}

enum change {
    CHANGE_NONE,
    CHANGE_VERSION,
    CHANGE_USER,
    CHANGE_PHONE,
    CHANGE_COMPLIANCE,
    CHANGE_RETIRED
};

static enum change change_at(const struct device_world *world, uint64_t index, uint32_t revision)
{
    const uint64_t word = churn_word(world, index, revision);
    enum change change = CHANGE_NONE;

    if ((uint32_t)word < world->churn_cut) {
        static const enum change changes[] = {CHANGE_VERSION, CHANGE_VERSION, CHANGE_VERSION,
            CHANGE_COMPLIANCE, CHANGE_COMPLIANCE, CHANGE_PHONE, CHANGE_USER, CHANGE_RETIRED};
        change = changes[word >> 61];
    }
    return change;
}

enum device_status device_status_of(const struct device_world *world, uint64_t index)
{
    enum device_status status = base_status(rng_at(world->seed, STREAM_OWN, index), index);

    for (uint32_t at = 1; at <= world->revision && lives(status); at++) {
        if (change_at(world, index, at) == CHANGE_RETIRED) {
            status = STATUS_RETIRED;
        }
    }
    return status;
}

/* Flags that belong together: what is compromised is also quarantined and blocked. */
static void set_compliance(struct device *device, uint32_t per_mille)
{
    device->compromised = per_mille < 8;
    device->quarantined = per_mille < 40;
    device->blocked = per_mille < 8 || (per_mille >= 30 && per_mille < 55);
    device->compliant = per_mille >= 75;
}

static void apply_changes(const struct device_world *world, struct device *device, uint64_t word)
{
    uint32_t per_mille = rng_below(word, 1000);

    for (uint32_t at = 1; at <= world->revision && lives(device->status); at++) {
        const enum change change = change_at(world, device->index, at);
        device->changes += change == CHANGE_NONE ? 0 : 1;
        if (change == CHANGE_VERSION) {
            device->version_bumps++;
        } else if (change == CHANGE_USER) {
            device->user ^= 1;
        } else if (change == CHANGE_PHONE) {
            device->phone_bumps++;
        } else if (change == CHANGE_COMPLIANCE) {
            per_mille = per_mille < 75 ? 999 : per_mille % 75;
        } else if (change == CHANGE_RETIRED) {
            device->status = STATUS_RETIRED;
        }
    }
    if (device->status == STATUS_ACTIVE) {
        set_compliance(device, per_mille);
    } else {
        set_compliance(device, 999);
    }
}

/* A device that changed has checked in; most others have too. What is retired or wiped never does
 * again, so its last time is that of the revision that retired it. */
static void set_check_in(const struct device_world *world, struct device *device, uint64_t word)
{
    const uint64_t away = rng_below(word, 100) < 85 ? DAY_MS : 90 * DAY_MS;
    uint64_t time =
        BASE_MS - 1 - rng_below(rng_next(word), (uint32_t)(away / 1000)) * UINT64_C(1000);
    enum device_status status =
        base_status(rng_at(world->seed, STREAM_OWN, device->index), device->index);

    for (uint32_t at = 1; at <= world->revision && lives(status); at++) {
        const enum change change = change_at(world, device->index, at);
        const uint64_t day = rng_at(world->seed + at, STREAM_CHECK_IN, device->index);
        if (change != CHANGE_NONE || (uint32_t)day < world->check_in_cut) {
            time = BASE_MS + at * DAY_MS - 1 - rng_below(day, (uint32_t)DAY_MS);
        }
        status = change == CHANGE_RETIRED ? STATUS_RETIRED : status;
    }
    const uint64_t earliest = device->registered + 60000;
    device->last_check_in = time < earliest ? earliest : time;
    device->has_check_in = device->status != STATUS_ENROLLMENT_PENDING || device->changes > 0;
}

void device_make(const struct device_world *world, uint64_t index, struct device *device)
{
    const uint64_t own = rng_at(world->seed, STREAM_OWN, index);
    const uint64_t more = rng_next(own);
    const uint64_t place = index % FAMILY;
    const bool family = place == RETIRED_AT || place == REBORN_AT;

    *device = (struct device){.index = index};
    device->hardware = hardware_of(index);
    device->os = device_os_of(world, index);
    device->status = base_status(own, index);
    /* Every third device is the second one of its user. */
    device->user = device_first_user(index);
    device->registered = registered_at(index);
    device->has_identifier = family || rng_below(more, 200) != 0;
    /* Two devices that share an identifier must stay two, and each needs a name of some kind. */
    device->has_guid =
        family || !device->has_identifier || (uint32_t)rng_next(more) >= world->without_guid_cut;
    apply_changes(world, device, rng_mix(own + 1));
    set_check_in(world, device, rng_mix(own + 2));
}

bool device_status_parse(const char *word, enum device_status *status)
{
    bool found = false;

    for (int at = 0; at < STATUS_COUNT && !found; at++) {
        if (strcmp(word, words_status[at].text) == 0) {
            *status = (enum device_status)at;
            found = true;
        }
    }
    return found;
}

static int hex_value(char c)
{
    const char *const digits = "0123456789abcdef";
    const char low = (c >= 'A' && c <= 'F') ? (char)(c - 'A' + 'a') : c;
    const char *const at = low == '\0' ? NULL : strchr(digits, low);

    return at == NULL ? -1 : (int)(at - digits);
}

/* The last 12 hexadecimal digits of a name, which hold its scrambled index. */
static bool read_tail(const char *name, uint64_t *number)
{
    const size_t len = strlen(name);
    bool ok = len >= 12 && len <= DEVICE_NAME_MAX;

    *number = 0;
    for (size_t at = ok ? len - 12 : len; at < len && ok; at++) {
        const int value = hex_value(name[at]);
        ok = value >= 0;
        *number = *number << 4 | (uint64_t)(ok ? value : 0);
    }
    return ok;
}

static bool same_identifier(const struct device_world *world, uint64_t index, const char *name)
{
    char text[DEVICE_NAME_MAX + 1];
    struct device device;

    device_make(world, index, &device);
    *device_write_identifier(world, &device, text) = '\0';
    return device.has_identifier && strcmp(text, name) == 0;
}

static bool same_guid(const struct device_world *world, uint64_t index, const char *name)
{
    char text[DEVICE_NAME_MAX + 1];
    struct device device;

    device_make(world, index, &device);
    *device_write_guid(world, index, text) = '\0';
    return device.has_guid && strcasecmp(text, name) == 0;
}

size_t device_find(const struct device_world *world, enum device_name_kind kind, const char *name,
    uint64_t first, uint64_t end, uint64_t found[2])
{
    size_t count = 0;
    uint64_t number;

    if (read_tail(name, &number)) {
        const uint64_t by_guid = scramble_back(&world->guid_scramble, number);
        const uint64_t by_name = scramble_back(&world->identifier_scramble, number);
        const uint64_t reborn = by_name + (REBORN_AT - RETIRED_AT);
        if (kind != NAME_MDM && by_guid >= first && by_guid < end &&
            same_guid(world, by_guid, name)) {
            found[count++] = by_guid;
        }
        if (kind != NAME_GUID && count == 0 && by_name >= first && by_name < end &&
            same_identifier(world, by_name, name)) {
            found[count++] = by_name;
        }
        if (kind != NAME_GUID && by_name % FAMILY == RETIRED_AT && reborn >= first &&
            reborn < end && count < 2 && same_identifier(world, reborn, name)) {
            found[count++] = reborn;
        }
    }
    return count;
}
