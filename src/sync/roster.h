/* The devices of a listing, as far as a run has to know them to ask for their inventory: all that
 * memory keeps of a device, some 70 bytes and its identifier. */
#ifndef UEMSYNC_SYNC_ROSTER_H
#define UEMSYNC_SYNC_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "mapping/row.h"

/* Longest device_id with its NUL; it is a part of keys. */
enum { ROSTER_ID_SIZE = 520 };

struct roster_device {
    /* With a NUL; "" when it has none. It may be personal: it is for calls, and is not written. */
    const char *identifier;
    const char *alias;     /* what device_id has of it without a GUID: the same, or a hash of it */
    int64_t registered_at; /* ms; INT64_MIN when it is not known */
    int64_t check_in_at;   /* likewise */
    uint8_t guid[ROW_UUID_SIZE];
    uint8_t user[ROW_UUID_SIZE]; /* its user's identifier */
    bool has_guid;
    bool is_guid_v1s; /* CPS told none, and may not know the device by it */
    bool has_user;
    bool is_ios;
    bool is_gone;   /* RETIRED or WIPED: nothing is asked of it */
    bool is_latest; /* of those that are not gone, the one that its identifier means */
    bool is_listed; /* by the latest walk */
};

struct roster;

bool roster_new(struct roster **roster, struct error *err);
void roster_free(struct roster *roster);

/* What of a device's record its row may not tell: see mapper_identifier and mapper_alias. */
struct roster_name {
    struct str identifier;
    struct str alias; /* with "mdm:" */
    bool is_guid_v1s;
};

/* Adds a row of `device`, or brings the one that is there up to date; it is listed from now on.
 * Where the row's columns are is looked up once a relation. */
bool roster_add(struct roster *roster, const struct row *row, const struct roster_name *name,
    struct error *err);

/* The listing is begun anew: nobody is listed. */
void roster_begin_again(struct roster *roster);

size_t roster_count(const struct roster *roster);
const struct roster_device *roster_at(const struct roster *roster, size_t place);

/* The place of the device of that device_id; roster_count when there is none. */
bool roster_find(const struct roster *roster, struct str id, size_t *place, struct error *err);

/* Sets is_latest. One identifier can be that of a retired and of a newly enrolled record: it means
 * the latest registered that is neither RETIRED nor WIPED (the product's page, "one identifier, two
 * devices"). To be called when all devices are there. */
bool roster_find_latest(struct roster *roster, struct error *err);

/* The listed devices that have another device_id than "mdm:" and the name by which they are looked
 * for: their identifier, or their alias. The roster is borrowed, and not to change. */
struct roster_names;
bool roster_names_new(struct roster_names **names, const struct roster *roster, struct error *err);
void roster_names_free(struct roster_names *names);

/* The one that the identifier means, or else, of those that are gone, the one that registered last;
 * NULL: nobody. */
const struct roster_device *roster_names_find(
    const struct roster_names *names, const char *identifier);

/* A GUID in lower case. Returns a view into `text`. */
struct str roster_write_uuid(const uint8_t uuid[ROW_UUID_SIZE], char text[ROSTER_ID_SIZE]);

/* The device_id: the GUID in lower case, or "mdm:" and the alias. Returns a view into `id`. */
struct str roster_id(const struct roster_device *device, char id[ROSTER_ID_SIZE]);

#endif
