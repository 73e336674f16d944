#include "v1_device.h"

#include <stdio.h>

#include "route.h"

enum stream { STREAM_V1 = 711, STREAM_EAS };

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

/* Of the guide's table "Compliance, quarantinedStatus, and blockReason values", by hexadecimal; and
 * two that it does not have. */
static const uint32_t reasons[] = {0x2, 0x4, 0x8, 0x10, 0x20, 0x20, 0x40, 0x80, 0x100, 0x400, 0x800,
    0x1000, 0x2000, 0x4000, 0x8000, 0x10000, 0x400000, 0x200000, 0x1000000};

static uint32_t pick_reasons(uint64_t word)
{
    const uint32_t count = sizeof reasons / sizeof reasons[0];
    const uint32_t more = (word & 3) == 0 ? reasons[rng_below(rng_next(word), count)] : 0;

    return reasons[rng_below(word, count)] | more;
}

/* Guide, note at 0x000000: a jailbroken Android device has the value 0 and says so in its details.
 * One in eight devices that CPS calls incompliant is compliant here, and one in 96 the other way
 * round. */
static void set_bitmaps(struct v1_device *device)
{
    const struct device *const known = &device->device;
    const uint64_t word = rng_next(device->word + known->changes);
    const bool differs = known->compliant ? word % 96 == 0 : word % 8 == 0;

    if (known->compliant == differs) {
        device->compliance = pick_reasons(rng_next(word));
        device->compliance |= known->compromised && known->os != OS_ANDROID ? 1 : 0;
    }
    device->quarantine = known->quarantined ? pick_reasons(rng_next(~word)) : 0;
    device->block = known->blocked ? pick_reasons(rng_next(word ^ 1)) : 0;
    device->block |= device->status == V1_BLOCKED ? 0x200 : 0;
    device->compromised = known->compromised || word % 300 == 1;
}

void v1_device_make(const struct v1_space *space, uint64_t index, struct v1_device *device)
{
    *device = (struct v1_device){.world = &space->world};
    device_make(&space->world, index, &device->device);
    device_look(&space->world, &device->device, &device->report);
    user_account_of(space->world.seed, device->device.user, &device->user);
    device->status = v1_status_of(&space->world, space->refused, index);
    device->word = rng_at(space->world.seed, STREAM_V1, index);
    device->has_eas = device->report.managed && (device->word & 7) < 5;
    device->carrier = device->report.model->cellular
                          ? &v1_operator_list[rng_below(rng_next(device->word), v1_operator_count)]
                          : NULL;
    set_bitmaps(device);
}

char *v1_device_put_eas_uuid(const struct v1_device *device, char *to)
{
    const uint64_t word = rng_at(device->world->seed, STREAM_EAS, device->device.index);

    return put_uuid(to, PUT_LOWER, word, rng_next(word));
}

/* Plain text, what XML and JSON must escape, and what a spreadsheet takes for a formula. */
static const struct word comments[] = {WORD(""), WORD("comment for the device"), WORD("spare"),
    WORD("Ger\xc3\xa4t von \"M\xc3\xbcller\" & Co <HQ>"), WORD("=2+3"), WORD("two\nlines"),
    WORD("\xf0\x9f\x8f\xa2 lobby"), WORD("]]> C:\\Depot")};

static void write_comment(const struct v1_device *device, struct doc *doc)
{
    const uint32_t changes = device->device.changes;
    const struct word *const word = &comments[(device->word >> 8) % 8];
    char text[64];

    if (changes > 0) {
        char *const end = put_number(put_bytes(text, PUT_LIT("changed: ")), changes);
        doc_long_text(doc, PUT_LIT("comment"), text, (size_t)(end - text));
    } else {
        doc_long_text(doc, PUT_LIT("comment"), word->text, word->len);
    }
}

/* `Android 4.4`, `iOS 9.3`, `Mac OS X 10.11`, `Windows 10`: as it was at the registration. */
static char *put_platform(const struct v1_device *device, char *to)
{
    static const struct word systems[OS_COUNT] = {
        WORD("Android "), WORD("iOS "), WORD("Mac OS X "), WORD("Windows "), WORD("Symbian ")};
    const struct word *const version = device->report.version;
    const char *const dot = memchr(version->text, '.', version->len);
    const bool whole = device->device.os != OS_WINDOWS || dot == NULL;

    to = put_word(to, &systems[device->device.os]);
    return put_bytes(to, version->text, whole ? version->len : (size_t)(dot - version->text));
}

char *v1_device_put_phone(const struct v1_device *device, char *to)
{
    char *const end = device_put_phone_number(device->world, &device->device, &device->report, to);

    return end == to ? put_bytes(to, PUT_LIT("PDA")) : end;
}

static void write_places(const struct v1_device *device, struct doc *doc)
{
    const struct v1_operator *const carrier = device->carrier;
    const struct v1_country *const country =
        &v1_country_list[carrier == NULL ? device->word % v1_country_count : carrier->country];

    doc_number(doc, PUT_LIT("countryCode"), country->code);
    doc_number(doc, PUT_LIT("countryId"), country->id);
    doc_text(doc, PUT_LIT("countryName"), country->name.text, country->name.len);
}

uint64_t v1_device_eas_sync(const struct v1_device *device)
{
    return device->device.last_check_in - rng_below(device->word, 3600000);
}

static void write_eas(const struct v1_device *device, struct doc *doc)
{
    if (device->has_eas && device->device.has_check_in) {
        doc_time(doc, PUT_LIT("easLastSyncAttempt"), v1_device_eas_sync(device));
    }
    if (device->has_eas) {
        doc_value(doc, PUT_LIT("easUuid"));
        doc->at = v1_device_put_eas_uuid(device, doc->at);
        doc_value_end(doc, PUT_LIT("easUuid"));
    }
}

static void write_user_id(
    const struct v1_device *device, const char *key, size_t key_len, struct doc *doc)
{
    doc_value(doc, key, key_len);
    doc->at = user_write_id(device->world->seed, device->device.user, doc->at);
    doc_value_end(doc, key, key_len);
}

/* Up to the model. */
static void write_registration(const struct v1_device *device, struct doc *doc)
{
    const struct v1_operator *const carrier = device->carrier;

    doc_number(doc, PUT_LIT("deviceCount"), 0);
    write_eas(device, doc);
    write_user_id(device, PUT_LIT("emailAddress"), doc);
    if (carrier != NULL) {
        doc_text(doc, PUT_LIT("emailDomain"), carrier->domain.text, carrier->domain.len);
    }
    doc_bool(doc, PUT_LIT("employeeOwned"), device->report.ownership->text[0] == 'E');
    if (carrier != NULL) {
        doc_text(doc, PUT_LIT("homeOperator"), carrier->name.text, carrier->name.len);
    }
    doc_number(doc, PUT_LIT("languageCountryId"), 0);
    doc_number(doc, PUT_LIT("languageId"), 1 + (int64_t)(device->word >> 20 & 3));
    if (device->device.has_check_in) {
        doc_time(doc, PUT_LIT("lastConnectedAt"), device->device.last_check_in);
    }
    doc_word(doc, PUT_LIT("manufacturer"), &device->report.model->manufacturer);
    doc_bool(doc, PUT_LIT("mdmManaged"),
        device->report.managed && device->device.os == OS_IOS && device->status != V1_RETIRED);
    doc_text(doc, PUT_LIT("mdmProfileUrlId"), "", 0);
    doc_word(doc, PUT_LIT("model"), &device->report.model->model);
}

static void write_name(const struct v1_device *device, struct doc *doc)
{
    doc_value(doc, PUT_LIT("name"));
    doc->at = user_write_id(device->world->seed, device->device.user, doc->at);
    *doc->at++ = ':';
    doc->at = put_platform(device, doc->at);
    *doc->at++ = ':';
    doc->at = v1_device_put_phone(device, doc->at);
    doc_value_end(doc, PUT_LIT("name"));
}

/* From the name to the platform. */
static void write_phone(const struct v1_device *device, struct doc *doc)
{
    const struct v1_operator *const carrier = device->carrier;

    write_name(device, doc);
    doc_bool(doc, PUT_LIT("notifyUser"), (device->word >> 24 & 1) != 0);
    doc_text(doc, PUT_LIT("operator"), carrier == NULL ? "PDA" : carrier->name.text,
        carrier == NULL ? 3 : carrier->name.len);
    if (carrier != NULL) {
        doc_number(doc, PUT_LIT("operatorId"), carrier->id);
    }
    doc_value(doc, PUT_LIT("phoneNumber"));
    doc->at = v1_device_put_phone(device, doc->at);
    doc_value_end(doc, PUT_LIT("phoneNumber"));
    doc_value(doc, PUT_LIT("currentPhoneNumber"));
    doc->at = v1_device_put_phone(device, doc->at);
    doc_value_end(doc, PUT_LIT("currentPhoneNumber"));
    doc_text(doc, PUT_LIT("pin"), "", 0);
    doc_value(doc, PUT_LIT("platform"));
    doc->at = put_platform(device, doc->at);
    doc_value_end(doc, PUT_LIT("platform"));
    doc_word(doc, PUT_LIT("platformType"), &words_os[device->device.os]);
}

static void write_status(const struct v1_device *device, struct doc *doc)
{
    doc_number(doc, PUT_LIT("quarantinedStatus"), device->quarantine);
    doc_number(doc, PUT_LIT("regCount"), 0);
    doc_text(doc, PUT_LIT("regType"), "DEFAULT", 7);
    doc_word(doc, PUT_LIT("status"), v1_status_word(device->status));
    doc_number(doc, PUT_LIT("statusCode"), v1_status_code(device->status));
}

/* Guide: 76 is a local user, 68 one of a directory. */
static void write_user(const struct v1_device *device, struct doc *doc)
{
    const struct word *const first = device->user.first;
    const struct word *const last = device->user.last;
    char both[128];
    const char *const end = put_word(put_bytes(put_word(both, first), " ", 1), last);
    const struct word display = {both, (size_t)(end - both)};

    doc_word(doc, PUT_LIT("userDisplayName"), &display);
    doc_word(doc, PUT_LIT("userFirstName"), first);
    doc_word(doc, PUT_LIT("userLastName"), last);
    doc_number(doc, PUT_LIT("userSource"), device->user.ldap ? 68 : 76);
    doc_value(doc, PUT_LIT("userUUID"));
    doc->at = user_write_uuid(device->world->seed, device->device.user, doc->at);
    doc_value_end(doc, PUT_LIT("userUUID"));
    doc_number(doc, PUT_LIT("userId"), 9000 + (int64_t)device->device.user);
}

/* What clients see and the guide does not have. */
static void write_undocumented(const struct v1_device *device, struct doc *doc)
{
    doc_time(doc, PUT_LIT("registeredAt"), device->device.registered);
    doc_time(doc, PUT_LIT("createdAt"), device->device.registered - 60000);
    if (device->status == V1_WIPED) {
        doc_text(doc, PUT_LIT("wipeReason"), "lost & reported", 15);
    }
    doc_bool(doc, PUT_LIT("nonGMS"), device->device.os == OS_ANDROID && device->word % 50 == 0);
    doc_bool(doc, PUT_LIT("authOnly"), false);
    doc_bool(doc, PUT_LIT("multiUser"), false);
    doc_text(doc, PUT_LIT("TLVVersion"), "2.0", 3);
    doc_number(doc, PUT_LIT("migrationStatus"), 0);
    doc_bool(doc, PUT_LIT("temporarySessionOnly"), false);
}

void v1_device_write(const struct v1_device *device, bool nameless, struct doc *doc)
{
    if (nameless) {
        doc_item(doc, "device");
    } else {
        doc_item_id(doc, "device", (int64_t)device->device.index + 1);
        doc_value(doc, PUT_LIT("uuid"));
        doc->at = device_write_guid(device->world, device->device.index, doc->at);
        doc_value_end(doc, PUT_LIT("uuid"));
    }
    write_user_id(device, PUT_LIT("principal"), doc);
    doc_number(doc, PUT_LIT("blockReason"), device->block);
    doc_number(doc, PUT_LIT("clientId"), 1073741831 + (int64_t)device->device.index);
    write_comment(device, doc);
    doc_number(doc, PUT_LIT("compliance"), device->compliance);
    write_places(device, doc);
    v1_details_write(device, doc);
    write_registration(device, doc);
    write_phone(device, doc);
    write_status(device, doc);
    write_user(device, doc);
    if (device->device.os == OS_IOS) {
        doc_value(doc, PUT_LIT("iPhoneVersion"));
        doc->at = put_hex(put_bytes(doc->at, PUT_LIT("21")), PUT_UPPER, device->word, 3);
        doc_value_end(doc, PUT_LIT("iPhoneVersion"));
    }
    write_undocumented(device, doc);
    doc_item_end(doc, "device");
}

void v1_device_write_listed(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    struct v1_device device;

    (void)section;
    v1_device_make(&list->space, v1_space_index(&list->space, number), &device);
    v1_device_write(&device, nameless, doc);
}

static bool has_status(const struct v1_list *list, uint64_t index)
{
    return v1_status_of(&list->space.world, list->space.refused, index) == list->filter;
}

static bool has_label(const struct v1_list *list, uint64_t index)
{
    return group_has(&list->space.world, list->filter, index);
}

static uint64_t find(const struct v1_list *list, uint64_t number,
    bool (*matches)(const struct v1_list *list, uint64_t index))
{
    const uint64_t count = v1_space_count(&list->space);

    while (number < count && !matches(list, v1_space_index(&list->space, number))) {
        number++;
    }
    return number;
}

static uint64_t find_status(const struct v1_list *list, size_t section, uint64_t number)
{
    (void)section;
    return find(list, number, has_status);
}

static uint64_t find_label(const struct v1_list *list, size_t section, uint64_t number)
{
    (void)section;
    return find(list, number, has_label);
}

/* Answers the devices that list->find finds. */
static void answer(struct request *request, struct v1_list *list, struct reply *reply)
{
    const uint64_t end = v1_space_count(&list->space);
    const uint64_t count = v1_list_count(list, 0, end, end);

    list->sections[0] = (struct v1_section){"devices", "device", count};
    list->section_count = 1;
    list->record_max = V1_DEVICE_MAX;
    list->write = v1_device_write_listed;
    list->nothing = "No devices found";
    snprintf(
        list->message, sizeof list->message, "%llu Device(s) returned", (unsigned long long)count);
    v1_list_answer(request, list, reply);
}

void v1_devices(struct request *request, struct reply *reply)
{
    const char *const word = request_argument(request, "status");
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);
    enum v1_status status = V1_ACTIVE;

    if ((word != NULL && *word != '\0' && !v1_status_parse(word, strlen(word), &status)) ||
        (list.space.refused >> status & 1) != 0) {
        v1_refuse(request, V1_DEVICES_ROOT, 400, "Invalid device status", reply);
    } else {
        list.filter = status;
        list.find = find_status;
        answer(request, &list, reply);
    }
}

static bool find_name(const char *name, uint64_t groups, uint64_t *group)
{
    struct group_words words;
    bool found = false;

    for (uint64_t at = 0; at < groups && !found; at++) {
        group_describe(at, &words);
        found = strcmp(words.name, name) == 0;
        *group = at;
    }
    return found;
}

void v1_devices_of_label(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);

    if (!find_name(
            request->path + strlen(request->route->path), list.options->groups, &list.filter)) {
        v1_refuse(request, V1_DEVICES_ROOT, 404, "No such label", reply);
    } else {
        list.find = find_label;
        answer(request, &list, reply);
    }
}

/* The one record whose index the filter is. */
static void write_one(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    struct v1_device device;

    (void)section;
    (void)number;
    v1_device_make(&list->space, list->filter, &device);
    v1_device_write(&device, nameless, doc);
}

void v1_device_by_uuid(struct request *request, struct reply *reply)
{
    const char *const uuid = request->path + strlen(request->route->path);
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);

    if (!v1_space_find(&list.space, uuid, &list.filter)) {
        v1_refuse(request, V1_DEVICES_ROOT, 404, "No device found", reply);
    } else {
        list.sections[0] = (struct v1_section){NULL, "device", 1};
        list.section_count = 1;
        list.record_max = V1_DEVICE_MAX;
        list.counted = false;
        list.write = write_one;
        v1_list_answer(request, &list, reply);
    }
}
