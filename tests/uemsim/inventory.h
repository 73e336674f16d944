/* What devices carry: apps, certificates and profiles. A device's list is a function of the world
 * and the device, and any record of it can be written without those before it. It changes only with
 * the device (struct device, `changes`), so never without a check-in. Member names: CPS guide,
 * "Object models", Application, Certificate, Profile; their order: the samples of "Inventory APIs".
 */
#ifndef UEMSIM_INVENTORY_H
#define UEMSIM_INVENTORY_H

#include "device.h"

/* Most bytes of one record. */
#define INVENTORY_RECORD_MAX 4096
/* Changes of a device that are told apart; those beyond hit the same apps again. */
#define INVENTORY_CHANGES 32

struct inventory_list;

struct inventory_kind {
    const char *list;        /* the member that holds the list */
    const char *long_member; /* which `huge-record` makes long */
    bool ios_only;
    bool takes_guid;  /* knows identifierType */
    uint32_t average; /* bytes of a record, about */
    void (*begin)(struct inventory_list *list);
    char *(*write)(const struct inventory_list *list, uint64_t place, char *to);
};

extern const struct inventory_kind inventory_apps, inventory_certificates, inventory_profiles;

enum app_family { APP_IOS, APP_ANDROID, APP_OSX, APP_WINDOWS, APP_FAMILIES };

/* The list of one device. Kind, world and device are borrowed. */
struct inventory_list {
    const struct inventory_kind *kind;
    const struct device_world *world;
    const struct device *device;
    uint64_t count; /* records */
    uint64_t word;  /* random, the device's own */
    /* Of apps alone. */
    enum app_family family;
    uint64_t strata; /* the family's apps are parted into so many strata, ... */
    uint64_t choice; /* ... which grow from one app to many, out of so many apps in all */
    uint32_t changed[INVENTORY_CHANGES]; /* places whose app was updated, one a change */
    uint32_t changes;
};

void inventory_begin(const struct inventory_kind *kind, const struct device_world *world,
    const struct device *device, struct inventory_list *list);
/* Lets a list of apps have so many. */
void inventory_resize_apps(struct inventory_list *list, uint64_t count);

/* The app of this number in its family is made of this word, which app_write_*() take. */
uint64_t app_hash(uint64_t seed, enum app_family family, uint64_t number);
char *app_write_identifier(enum app_family family, uint64_t number, uint64_t hash, char *to);
char *app_write_name(uint64_t number, uint64_t hash, char *to);
char *app_write_version(uint64_t hash, uint64_t version, char *to);

#endif
