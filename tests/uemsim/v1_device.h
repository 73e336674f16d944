/* A device as v1 tells of it. What CPS tells too is the same, but where real servers differ: the
 * bitmaps of some devices contradict the flags of CPS. v1 guide, "Get Devices by Status". */
#ifndef UEMSIM_V1_DEVICE_H
#define UEMSIM_V1_DEVICE_H

#include "group.h"
#include "user.h"
#include "v1_country.h"
#include "v1_list.h"
#include "v1_status.h"

/* Most bytes of a record, but for what `huge-record` adds. */
#define V1_DEVICE_MAX 16384

struct v1_device {
    const struct device_world *world; /* borrowed */
    struct device device;
    struct device_report report;
    struct user_account user;
    enum v1_status status;
    uint64_t word;                          /* of which its own values are made */
    uint32_t compliance, quarantine, block; /* bitmaps */
    bool compromised;                       /* as its details say */
    bool has_eas;
    const struct v1_operator *carrier; /* NULL: none */
};

void v1_device_make(const struct v1_space *space, uint64_t index, struct v1_device *device);
/* Writes the record; its database id is the index + 1. */
void v1_device_write(const struct v1_device *device, bool nameless, struct doc *doc);
/* For v1_list.write: the numbers are those of the list's space. */
void v1_device_write_listed(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc);
/* The id under which ActiveSync knows the device: 36 bytes. */
char *v1_device_put_eas_uuid(const struct v1_device *device, char *to);

/* When it was synchronized last, epoch milliseconds; of a device that has checked in. */
uint64_t v1_device_eas_sync(const struct v1_device *device);
/* The phone number that CPS has too; `PDA` stands for none. */
char *v1_device_put_phone(const struct v1_device *device, char *to);
/* The id of a device group as a label: negative for those that every tenant has. */
int64_t v1_label_id(uint64_t group);

/* The key-value pairs (v1_details.c): none of devices whose registration is pending. */
void v1_details_write(const struct v1_device *device, struct doc *doc);

#endif
