/* The devices of the demonstration tenant. A device is a function of the world and its index; none
 * is ever held in memory, and GUIDs and identifiers can be turned back into the index they came
 * from. Field names, value forms and enums: CPS guide, "Object models", Device. */
#ifndef UEMSIM_DEVICE_H
#define UEMSIM_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Most bytes that device_write() writes. */
#define DEVICE_JSON_MAX 2048
/* Highest index + 1. Keeps registration times within 64 bits, and a page's worth of sums exact. */
#define DEVICE_INDEX_END UINT64_C(50000000)
/* Bytes of the longest GUID or identifier, without the closing NUL. */
#define DEVICE_NAME_MAX 64

enum device_os { OS_ANDROID, OS_IOS, OS_OSX, OS_WINDOWS, OS_UNKNOWN, OS_COUNT };

enum device_status {
    STATUS_ACTIVE,
    STATUS_RETIRED,
    STATUS_WIPED,
    STATUS_WIPE_SENT,
    STATUS_UNKNOWN,
    STATUS_RETIRE_SENT,
    STATUS_ENROLLMENT_PENDING,
    STATUS_COUNT
};

/* How an identifierType of `POST /device/uuid` is read. */
enum device_name_kind { NAME_MDM, NAME_GUID, NAME_EITHER };

/* A permutation of the 48-bit numbers, and the way back. */
struct scramble {
    uint64_t factor, factor_back, offset;
};

/* What all devices depend on. A cut is a share of 2^32: 0 is never, 2^32 is always. */
struct device_world {
    uint64_t seed;
    uint32_t revision; /* days since the base; revision 0 is the first state */
    uint64_t churn_cut;
    uint64_t check_in_cut;
    uint64_t without_guid_cut;
    /* What each device carries (inventory.h). */
    uint64_t apps, catalog, profiles;
    bool apps_exact; /* else the number of apps lies between half of it and half as much again */
    struct scramble guid_scramble;
    struct scramble identifier_scramble;
};

struct device {
    uint64_t index;
    uint64_t
        hardware;  /* index that identifier and serial are made from; a re-enrolment shares it */
    uint64_t user; /* number of its user */
    enum device_os os;
    enum device_status status;
    bool compliant, quarantined, blocked, compromised;
    bool has_identifier; /* not for MAM-only devices */
    bool has_guid;
    bool has_check_in;
    uint64_t last_check_in; /* epoch milliseconds */
    uint64_t registered;    /* epoch milliseconds */
    uint32_t version_bumps; /* patches since the base */
    uint32_t phone_bumps;   /* changes of its phone number */
    uint32_t changes;       /* changes of any kind */
};

struct model;
struct word;

/* What a device says of itself, which CPS and v1 write in their own ways. */
struct device_report {
    const struct model *model;
    const struct word *version, *ownership;
    uint32_t version_bumps;
    uint64_t phones, mac, serial, custom; /* numbers that the values are made of */
    bool managed;                         /* has reported at all, and so has a serial number */
    bool has_imei, has_imsi, has_mac;
    bool short_serial;
};

/* Sets the scrambles from the seed; the other fields are the caller's. */
void device_world_init(struct device_world *world, uint64_t seed);
/* The share `percent` (0..100) as a cut. */
uint64_t device_cut(double percent);

void device_make(const struct device_world *world, uint64_t index, struct device *device);
/* Only the status: what counting and filtering need. */
enum device_status device_status_of(const struct device_world *world, uint64_t index);
/* Only the operating system, which never changes. */
enum device_os device_os_of(const struct device_world *world, uint64_t index);
/* The user that the device was registered for; by a change it can be the one whose number differs
 * in the last bit. Users 0 .. device_first_user(N - 1) | 1 own the first N devices. */
uint64_t device_first_user(uint64_t index);
/* Reads a status word; false for a word that the guide does not have. */
bool device_status_parse(const char *word, enum device_status *status);

/* Writes the device as a JSON object and returns the end. `to` has DEVICE_JSON_MAX bytes of room.
 */
char *device_write(const struct device_world *world, const struct device *device, char *to);
/* Writes the UEM identifier in its platform's form, at most DEVICE_NAME_MAX bytes. */
char *device_write_identifier(
    const struct device_world *world, const struct device *device, char *to);
char *device_write_guid(const struct device_world *world, uint64_t index, char *to);

void device_look(
    const struct device_world *world, const struct device *device, struct device_report *report);
/* Values of the report, each at most DEVICE_NAME_MAX bytes, for devices that have them. */
char *device_put_imei(const struct device_report *report, char *to);
char *device_put_imsi(const struct device_report *report, char *to);
char *device_put_mac(const struct device_report *report, char *to);
char *device_put_serial(const struct device_report *report, char *to);
char *device_put_version(const struct device_report *report, char *to);
/* Writes nothing for a device that has no number. */
char *device_put_phone_number(const struct device_world *world, const struct device *device,
    const struct device_report *report, char *to);

/* Finds the devices with this GUID or identifier among first..end-1: two at most, as a retired and
 * a newly enrolled one can share an identifier. Returns how many indices were written. */
size_t device_find(const struct device_world *world, enum device_name_kind kind, const char *name,
    uint64_t first, uint64_t end, uint64_t found[2]);

uint64_t scramble_forth(const struct scramble *scramble, uint64_t number);
uint64_t scramble_back(const struct scramble *scramble, uint64_t number);

#endif
