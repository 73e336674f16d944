#include "device.h"

#include "put.h"
#include "rng.h"
#include "user.h"
#include "words.h"

enum stream { STREAM_BODY = 101, STREAM_GUID, STREAM_NAME = 104, STREAM_PHONE };

/* Digits of epoch milliseconds, from 2001 to 2286. */
#define TIME_DIGITS 13

/* Letters that Apple's serial numbers use. */
static const char serial_letters[] = "CDFGHJKLMNPQRTVWXY0123456789CDFG";

char *device_write_guid(const struct device_world *world, uint64_t index, char *to)
{
    const uint64_t hash = rng_at(world->seed, STREAM_GUID, index);

    return put_uuid(to, PUT_LOWER, hash, scramble_forth(&world->guid_scramble, index));
}

/* Guide, Device # identifier: consistent within an OS, formatted differently across them. The last
 * 12 digits always hold the index. */
char *device_write_identifier(
    const struct device_world *world, const struct device *device, char *to)
{
    const uint64_t hash = rng_at(world->seed, STREAM_NAME, device->hardware);
    const uint64_t more = rng_next(hash);
    const uint64_t tail = scramble_forth(&world->identifier_scramble, device->hardware);

    if (device->os == OS_OSX) {
        to = put_uuid(to, PUT_UPPER, hash, tail);
    } else if (device->os == OS_IOS && (more & 1) != 0) {
        to = put_bytes(to, PUT_LIT("0000811"));
        *to++ = (char)('0' + (hash & 1));
        to = put_bytes(to, PUT_LIT("-000"));
        to = put_hex(to, PUT_UPPER, hash >> 8, 1);
        to = put_hex(to, PUT_UPPER, tail, 12);
    } else if (device->os == OS_WINDOWS) {
        to = put_hex(to, PUT_UPPER, hash, 16);
        to = put_hex(to, PUT_UPPER, more, 4);
        to = put_hex(to, PUT_UPPER, tail, 12);
    } else {
        if (device->os == OS_ANDROID) {
            to = put_hex(to, PUT_LOWER, rng_next(more), 16);
            to = put_hex(to, PUT_LOWER, rng_next(~more), 5);
        }
        to = put_hex(to, PUT_LOWER, hash, 16);
        to = put_hex(to, PUT_LOWER, more, 12);
        to = put_hex(to, PUT_LOWER, tail, 12);
    }
    return to;
}

/* What a device reports of itself is worth a look only once it is managed. Guide, Device: some
 * properties are known only after the first report; and older devices hide some. */
void device_look(
    const struct device_world *world, const struct device *device, struct device_report *report)
{
    const uint64_t body = rng_at(world->seed, STREAM_BODY, device->hardware);
    const uint64_t more = rng_next(body);
    const struct model_list *const models = &words_models[device->os];
    const struct model *const model = &models->models[rng_below(body, models->count)];
    const bool managed = device->has_identifier && device->status != STATUS_ENROLLMENT_PENDING;

    *report = (struct device_report){.model = model,
        .version = word_at(&words_versions[device->os], more),
        .ownership = word_at(&words_ownership, rng_next(body + device->index)),
        .version_bumps = device->version_bumps,
        .phones = more,
        .mac = rng_next(more),
        .serial = rng_next(~more),
        .custom = rng_mix(body + device->index),
        .managed = managed,
        .has_imei = managed && model->cellular,
        .has_imsi = managed && model->cellular && (more & 7) != 0,
        .has_mac = managed && (body & 15) != 0,
        .short_serial = device->os == OS_WINDOWS};
}

char *device_put_imei(const struct device_report *report, char *to)
{
    to = put_bytes(to, PUT_LIT("35 "));
    to = put_digits(to, report->phones, 6);
    *to++ = ' ';
    to = put_digits(to, report->phones >> 24, 6);
    *to++ = ' ';
    return put_digits(to, report->phones >> 60, 1);
}

char *device_put_imsi(const struct device_report *report, char *to)
{
    to = put_bytes(to, PUT_LIT("26201"));
    return put_digits(to, rng_next(report->phones), 10);
}

char *device_put_mac(const struct device_report *report, char *to)
{
    to = put_word(to, word_at(&words_mac_makers, report->mac));
    to = put_hex(to, PUT_LOWER, report->mac, 2);
    *to++ = ':';
    to = put_hex(to, PUT_LOWER, report->mac >> 8, 2);
    *to++ = ':';
    return put_hex(to, PUT_LOWER, report->mac >> 16, 2);
}

char *device_put_serial(const struct device_report *report, char *to)
{
    if (report->short_serial) {
        to = put_bytes(to, PUT_LIT("PF"));
        to = put_hex(to, PUT_UPPER, report->serial, 6);
    } else {
        for (int at = 0; at < 12; at++) {
            *to++ = serial_letters[report->serial >> (5 * at) & 31];
        }
    }
    return to;
}

/* The placeholder `PDA` stands for a device without a SIM; some have no property at all. */
char *device_put_phone_number(const struct device_world *world, const struct device *device,
    const struct device_report *report, char *to)
{
    const bool cellular = report->model->cellular;
    const uint64_t hash =
        rng_at(world->seed, STREAM_PHONE, device->index) + device->phone_bumps * UINT64_C(7919);

    if (device->phone_bumps > 0 || (cellular && (hash >> 60) != 0)) {
        if (device->phone_bumps == 0 && (hash >> 60) == 1) {
            to = put_bytes(to, PUT_LIT("PDA"));
        } else {
            to = put_bytes(to, PUT_LIT("+4915"));
            to = put_digits(to, hash, 9);
        }
    } else if (!cellular && (hash >> 62) == 0) {
        to = put_bytes(to, PUT_LIT("PDA"));
    }
    return to;
}

char *device_put_version(const struct device_report *report, char *to)
{
    to = put_word(to, report->version);
    if (report->version_bumps > 0) {
        *to++ = '.';
        to = put_number(to, report->version_bumps);
    }
    return to;
}

static char *put_phones(const struct device_report *report, char *to)
{
    if (report->has_imei) {
        to = put_bytes(to, PUT_LIT(",\"imei\":\""));
        to = device_put_imei(report, to);
        *to++ = '"';
    }
    if (report->has_imsi) {
        to = put_bytes(to, PUT_LIT(",\"imsi\":\""));
        to = device_put_imsi(report, to);
        *to++ = '"';
    }
    if (report->has_mac) {
        to = put_bytes(to, PUT_LIT(",\"macAddress\":\""));
        to = device_put_mac(report, to);
        *to++ = '"';
    }
    return to;
}

static char *put_phone_number(const struct device_world *world, const struct device *device,
    const struct device_report *report, char *to)
{
    char *const value = put_bytes(to, PUT_LIT(",\"phoneNumber\":\""));
    char *const end = device_put_phone_number(world, device, report, value);

    if (end != value) {
        *end = '"';
        to = end + 1;
    }
    return to;
}

/* Both spellings that the guide shows: the object of the Device table, and the loose keys of
 * "Example list of devices". A device has one or the other, or none. */
static char *put_custom(char *to, uint64_t hash)
{
    const uint32_t style = rng_below(hash, 100);

    if (style < 30) {
        to = put_bytes(to, PUT_LIT(",\"customAttributes\":{\"nacCompliant\":\""));
        to = (hash & 1) != 0 ? put_bytes(to, PUT_LIT("true")) : put_bytes(to, PUT_LIT("false"));
        to = put_bytes(to, PUT_LIT("\",\"site\":\""));
        to = put_word(to, word_at(&words_sites, rng_next(hash)));
        to = put_bytes(to, PUT_LIT("\"}"));
    } else if (style < 50) {
        to = put_bytes(to, PUT_LIT(",\"assetTag\":\"A-"));
        to = put_digits(to, hash, 6);
        *to++ = '"';
        if ((hash & 1) != 0) {
            to = put_bytes(to, PUT_LIT(",\"cost center\":\"CC "));
            to = put_digits(to, hash >> 8, 4);
            to = put_bytes(to, PUT_LIT(" "));
            to = put_word(to, word_at(&words_sites, rng_next(hash)));
            *to++ = '"';
        }
    }
    return to;
}

static char *put_state(const struct device *device, char *to)
{
    to = put_bool(to, PUT_LIT("{\"compliant\":"), device->compliant);
    to = put_bool(to, PUT_LIT(",\"quarantined\":"), device->quarantined);
    to = put_bool(to, PUT_LIT(",\"blocked\":"), device->blocked);
    to = put_bool(to, PUT_LIT(",\"compromised\":"), device->compromised);
    to = put_bytes(to, PUT_LIT(",\"status\":\""));
    to = put_word(to, &words_status[device->status]);
    *to++ = '"';
    if (device->has_check_in) {
        to = put_bytes(to, PUT_LIT(",\"lastCheckInTime\":"));
        to = put_digits(to, device->last_check_in, TIME_DIGITS);
    }
    to = put_bytes(to, PUT_LIT(",\"registrationTime\":"));
    return put_digits(to, device->registered, TIME_DIGITS);
}

static char *put_system(const struct device *device, const struct device_report *report, char *to)
{
    to = put_bytes(to, PUT_LIT(",\"manufacturer\":\""));
    to = put_word(to, &report->model->manufacturer);
    to = put_bytes(to, PUT_LIT("\",\"model\":\""));
    to = put_word(to, &report->model->model);
    to = put_bytes(to, PUT_LIT("\",\"os\":\""));
    to = put_word(to, &words_os[device->os]);
    to = put_bytes(to, PUT_LIT("\",\"osVersion\":\""));
    to = device_put_version(report, to);
    *to++ = '"';
    return to;
}

static char *put_serial(const struct device_report *report, char *to)
{
    to = put_bytes(to, PUT_LIT(",\"serialNumber\":\""));
    to = device_put_serial(report, to);
    *to++ = '"';
    return to;
}

char *device_write(const struct device_world *world, const struct device *device, char *to)
{
    struct device_report report;

    device_look(world, device, &report);
    to = put_state(device, to);
    if (device->has_identifier) {
        to = put_bytes(to, PUT_LIT(",\"identifier\":\""));
        to = device_write_identifier(world, device, to);
        *to++ = '"';
    }
    to = put_phones(&report, to);
    to = put_system(device, &report, to);
    to = put_phone_number(world, device, &report, to);
    to = report.managed ? put_serial(&report, to) : to;
    to = put_bytes(to, PUT_LIT(",\"userId\":\""));
    to = user_write_id(world->seed, device->user, to);
    to = put_bytes(to, PUT_LIT("\",\"userUuid\":\""));
    to = user_write_uuid(world->seed, device->user, to);
    *to++ = '"';
    if (device->has_identifier && device->os == OS_IOS) {
        to = put_bytes(to, PUT_LIT(",\"iosUdid\":\""));
        to = device_write_identifier(world, device, to);
        *to++ = '"';
    }
    to = put_bytes(to, PUT_LIT(",\"ownership\":\""));
    to = put_word(to, report.ownership);
    *to++ = '"';
    if (device->has_guid) {
        to = put_bytes(to, PUT_LIT(",\"deviceGuid\":\""));
        to = device_write_guid(world, device->index, to);
        *to++ = '"';
    }
    to = put_custom(to, report.custom);
    *to++ = '}';
    return to;
}
