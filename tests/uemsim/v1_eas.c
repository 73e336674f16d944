/* v1 guide, "List All ActiveSync Devices": five lists. The registered ones are devices of the
 * tenant, under the id that they themselves tell as easUuid; the others are nobody's. */
#include <stdio.h>

#include "route.h"
#include "v1_device.h"

enum stream { STREAM_STRANGER = 731 };

/* Misspelt in the guide. */
#define ROOT "easWebServiceReponse"
/* 2024-01-01T00:00:00Z: strangers have synchronized in the year behind it. */
#define STRANGERS_MS UINT64_C(1704067200000)

enum section {
    ALLOWED,
    BLOCKED,
    STRANGER_ALLOWED,
    STRANGER_BLOCKED,
    STRANGER_WIPED,
    SECTION_COUNT
};

static const struct {
    const char *wrapper, *item, *status, *active_sync;
    unsigned percent; /* of all */
} sections[SECTION_COUNT] = {
    [ALLOWED] = {"registeredAllowedDevices", "registeredAllowedDevice", "Registered", "Allowed",
        60},
    [BLOCKED] = {"registeredBlockedDevices", "registeredBlockedDevice", "Registered", "Blocked",
        10},
    [STRANGER_ALLOWED] = {"unregisteredAllowedDevices", "unregisteredAllowedDevice", "Unregistered",
        "Allowed", 15},
    [STRANGER_BLOCKED] = {"unregisteredBlockedDevices", "unregisteredBlockedDevice", "Unregistered",
        "Blocked", 10},
    [STRANGER_WIPED] = {"wipedDevices", "wipedDevice", "Unregistered", "Wiped", 5},
};

static bool is_registered(size_t section)
{
    return section <= BLOCKED;
}

static uint64_t find_device(const struct v1_list *list, size_t section, uint64_t number)
{
    const uint64_t count = is_registered(section) ? v1_space_count(&list->space) : number;
    bool found = false;

    while (number < count && !found) {
        struct v1_device device;
        v1_device_make(&list->space, v1_space_index(&list->space, number), &device);
        found = device.has_eas && device.device.has_check_in &&
                (device.block != 0) == (section == BLOCKED);
        number += found ? 0 : 1;
    }
    return number;
}

/* What the lists have in common. */
static void write_ends(size_t section, uint64_t first, uint64_t last, struct doc *doc)
{
    doc_text(doc, PUT_LIT("status"), sections[section].status, strlen(sections[section].status));
    doc_text(doc, PUT_LIT("activeSyncStatus"), sections[section].active_sync,
        strlen(sections[section].active_sync));
    doc_number(doc, PUT_LIT("firstSyncTime"), (int64_t)first);
    doc_number(doc, PUT_LIT("lastSyncTime"), (int64_t)last);
}

static void write_mailbox(const char *user, size_t len, struct doc *doc)
{
    doc_text(doc, PUT_LIT("mailboxId"), user, len);
    doc_long_text(doc, PUT_LIT("userName"), user, len);
}

static void write_system(const struct v1_device *device, struct doc *doc)
{
    static const struct word systems[OS_COUNT] = {{PUT_LIT("Android")}, {PUT_LIT("iOS")},
        {PUT_LIT("Mac OS X")}, {PUT_LIT("Windows")}, {PUT_LIT("unknown")}};

    doc_word(doc, PUT_LIT("model"), &device->report.model->model);
    doc_word(doc, PUT_LIT("platform"), &systems[device->device.os]);
    doc_number(doc, PUT_LIT("platformCode"), 10 + (int64_t)device->device.os);
}

static void write_registered(
    const struct v1_device *device, size_t section, bool nameless, struct doc *doc)
{
    char user[USER_ID_MAX];
    const char *const end = user_write_id(device->world->seed, device->device.user, user);

    if (!nameless) {
        doc_value(doc, PUT_LIT("uuid"));
        doc->at = v1_device_put_eas_uuid(device, doc->at);
        doc_value_end(doc, PUT_LIT("uuid"));
    }
    doc_text(doc, PUT_LIT("domain"), "acme.example", 12);
    doc_value(doc, PUT_LIT("deviceId"));
    doc->at = device_put_serial(&device->report, put_bytes(doc->at, PUT_LIT("Appl")));
    doc_value_end(doc, PUT_LIT("deviceId"));
    write_mailbox(user, (size_t)(end - user), doc);
    doc_value(doc, PUT_LIT("phoneNumber"));
    doc->at = v1_device_put_phone(device, doc->at);
    doc_value_end(doc, PUT_LIT("phoneNumber"));
    write_system(device, doc);
    write_ends(section, device->device.registered, v1_device_eas_sync(device), doc);
    doc_value(doc, PUT_LIT("miDeviceUuid"));
    doc->at = device_write_guid(device->world, device->device.index, doc->at);
    doc_value_end(doc, PUT_LIT("miDeviceUuid"));
}

static void write_stranger(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const uint64_t word = rng_at(list->space.world.seed + section, STREAM_STRANGER, number);
    const uint64_t first = STRANGERS_MS + (uint64_t)rng_below(word, 31536000) * 1000;
    char user[64];

    if (!nameless) {
        doc_value(doc, PUT_LIT("uuid"));
        doc->at = put_uuid(doc->at, PUT_LOWER, word, rng_next(word));
        doc_value_end(doc, PUT_LIT("uuid"));
    }
    doc_text(doc, PUT_LIT("domain"), "branch.example", 14);
    doc_value(doc, PUT_LIT("deviceId"));
    doc->at = put_digits(put_bytes(doc->at, PUT_LIT("androidc")), word, 10);
    doc_value_end(doc, PUT_LIT("deviceId"));
    char *const end = put_digits(put_bytes(user, PUT_LIT("guest")), word >> 40, 4);
    write_mailbox(user, (size_t)(end - user), doc);
    doc_text(doc, PUT_LIT("model"), "AT&T \"Radiant\"", 14);
    doc_text(doc, PUT_LIT("platform"), "Android", 7);
    doc_number(doc, PUT_LIT("platformCode"), 10);
    write_ends(section, first, first + rng_below(rng_next(word), 86400000), doc);
}

static void write_device(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    doc_item(doc, sections[section].item);
    if (is_registered(section)) {
        struct v1_device device;
        v1_device_make(&list->space, v1_space_index(&list->space, number), &device);
        write_registered(&device, section, nameless, doc);
    } else {
        write_stranger(list, section, number, nameless, doc);
    }
    doc_text(doc, PUT_LIT("actionSource"), section == BLOCKED ? "ADMIN" : "EXCHANGE",
        section == BLOCKED ? 5 : 8);
    doc_item_end(doc, sections[section].item);
}

void v1_eas_devices(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, ROOT);
    const uint64_t devices = v1_space_count(&list.space);
    uint64_t total = 0;

    list.find = find_device;
    for (size_t at = 0; at < SECTION_COUNT; at++) {
        const uint64_t share = list.options->eas * sections[at].percent / 100;
        const uint64_t count = is_registered(at) ? v1_list_count(&list, at, devices, share) : share;
        list.sections[at] = (struct v1_section){sections[at].wrapper, sections[at].item, count};
        total += count;
    }
    list.section_count = SECTION_COUNT;
    list.record_max = 2048;
    list.write = write_device;
    list.nothing = "No devices found";
    snprintf(
        list.message, sizeof list.message, "%llu Device(s) returned", (unsigned long long)total);
    v1_list_answer(request, &list, reply);
}
