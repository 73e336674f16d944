/* How fast answers are decoded: split alone, and split with each record parsed to its tree, in
 * MB/s of the answer's bytes; pages of devices, and devices with their apps. Reads nothing; the
 * pages are made in memory, and fed in pieces of 16 KiB as libcurl hands them on.
 *
 *     decode_bench [seconds a figure, default 1]
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/timestamp.h"
#include "decode/json_split.h"
#include "decode/record.h"

enum {
    ROUNDS = 20,
    PAGE_DEVICES = 200,
    DEVICE_APPS = 20,
    PIECE_SIZE = 16 * 1024,
    PAGE_CEILING = 16 * 1024 * 1024
};

/* A page's shape: what stands between two tokens, and whose names the users bear. */
struct shape {
    const char *name;
    const char *gap;
    const char *person; /* NULL: a page of devices with their apps */
};

static const struct shape shapes[] = {
    {"compact", "", "Erika Mustermann"},
    {"indented", "\n      ", "Erika Mustermann"},
    {"not ASCII", "",
        "\xD0\x95\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xB0 "
        "\xD0\x9F\xD0\xB5\xD1\x82\xD1\x80\xD0\xBE\xD0\xB2\xD0\xB0"},
    {"apps", "", NULL},
};

/* After the sample of 'Search devices by user identifier' in the CPS guide. */
static void put_device(struct buffer *page, const struct shape *shape, unsigned i)
{
    const char *gap = shape->gap;

    buffer_printf(page,
        "{%s\"compliant\":true,%s\"quarantined\":false,%s\"blocked\":false,"
        "%s\"compromised\":false,%s\"status\":\"ACTIVE\",%s\"lastCheckInTime\":%" PRIu64
        ",%s\"registrationTime\":%" PRIu64 ",",
        gap, gap, gap, gap, gap, gap, UINT64_C(1516619820303) + i, gap,
        UINT64_C(1516619792690) + i);
    buffer_printf(page,
        "%s\"identifier\":\"f4aadce56d25edffa%08x4948584c1c35f6b6d5\",%s\"deviceGuid\":"
        "\"a27c1b0e-96f6-4acc-af79-%012x\",%s\"imei\":\"67 332845 %06u 0\","
        "%s\"macAddress\":\"fa:c6:7b:0f:%02x:ff\",%s\"manufacturer\":\"Apple Inc.\","
        "%s\"model\":\"iPhone14,5\",%s\"os\":\"IOS\",%s\"osVersion\":\"17.%u.1\",",
        gap, i, gap, i, gap, i, gap, i & 255, gap, gap, gap, gap, i % 7);
    buffer_printf(page,
        "%s\"phoneNumber\":\"+4971710%06u\",%s\"serialNumber\":\"D028D4%06X\","
        "%s\"userId\":\"user%06u@acme.example\",%s\"userUuid\":"
        "\"04777dee-31c1-4e55-898d-%012x\",%s\"userDisplayName\":\"%s %u\","
        "%s\"ownership\":\"COMPANY_OWNED\",%s\"mdmManaged\":true,%s\"clientVersion\":"
        "\"12.11.0.%u\",%s\"comment\":\"Replaced \\\"old\\\" one\\nsee ticket %u\",",
        gap, i, gap, i, gap, i, gap, i, gap, shape->person, i, gap, gap, gap, i % 90, gap, i);
    buffer_printf(page,
        "%s\"customAttributes\":{%s\"nacCompliant\":\"false\",%s\"Cost Center\":\"%u\","
        "%s\"Site\":\"Building %u, Floor %u\"},%s\"details\":{%s\"BatteryLevel\":\"0.%02u\","
        "%s\"DeviceCapacity\":%u.5,%s\"HardwareEncryptionCaps\":3,%s\"PasscodePresent\":true}}",
        gap, gap, gap, 4000 + i % 300, gap, i % 12, i % 5, gap, gap, i % 100, gap, 64 + i % 3, gap,
        gap);
}

/* After the sample of 'Get application inventory'. */
static void put_apps(struct buffer *page, unsigned device)
{
    buffer_printf(page,
        "{\"deviceMdmId\":\"f4aadce56d25edffa%08x4948584c1c35f6b6d5\",\"applications\":[", device);
    for (unsigned i = 0; i < DEVICE_APPS; i++) {
        buffer_printf(page,
            "%s{\"identifier\":\"com.vendor%u.app%u\",\"name\":\"Product %u\",\"version\":"
            "\"5.%u.1\",\"managed\":%s,\"source\":\"UNKNOWN_APP_TYPE\",\"adHocCodeSigned\":"
            "false,\"appStoreVendable\":true,\"betaApp\":false,\"deviceBasedVPP\":false,",
            i > 0 ? "," : "", device % 97, i, i, device % 9, i % 3 == 0 ? "true" : "false");
        buffer_printf(page,
            "\"externalVersionIdentifier\":%u,\"updateAvailable\":false,\"installing\":false,"
            "\"validated\":true,\"shortVersion\":\"5.%u.1\",\"bundleVersion\":\"%u\"}",
            832990878 + i, device % 9, 6733 + i);
    }
    buffer_append_text(page, "]}");
}

static void put_page(struct buffer *page, const struct shape *shape)
{
    buffer_append_text(page, "{\"searchResults\":[");
    for (unsigned i = 0; i < PAGE_DEVICES; i++) {
        if (i > 0) {
            buffer_append_char(page, ',');
        }
        buffer_append_text(page, shape->gap);
        if (shape->person != NULL) {
            put_device(page, shape, i);
        } else {
            put_apps(page, i);
        }
    }
    buffer_append_text(page, "],\"results\":200,\"offset\":0,\"limit\":200}");
}

static unsigned page_records(const struct shape *shape)
{
    return shape->person != NULL ? PAGE_DEVICES : PAGE_DEVICES * DEVICE_APPS;
}

struct work {
    struct arena arena;
    bool parses;
    uint64_t records;
    uint64_t bytes; /* handed on */
};

static bool take_record(void *context, struct str json, struct error *err)
{
    struct work *work = context;
    const cJSON *record = NULL;
    bool ok = true;

    work->records++;
    work->bytes += json.size;
    if (work->parses) {
        arena_reset(&work->arena);
        ok = record_parse(&work->arena, json, &record, err);
    }
    return ok;
}

static bool take_owner(void *context, struct str json, struct error *err)
{
    struct work *work = context;

    (void)err;
    work->bytes += json.size;
    return true;
}

static bool refuse_record(void *context, uint64_t size, struct error *err)
{
    (void)context;
    return error_set(err, ERROR_RECORD, "a record of %" PRIu64 " bytes", size);
}

static bool split_page(struct json_split *split, struct str page, struct error *err)
{
    bool ok = true;

    json_split_reset(split);
    for (size_t at = 0; ok && at < page.size; at += PIECE_SIZE) {
        size_t rest = page.size - at;

        ok = json_split_feed(split, page.data + at, rest < PIECE_SIZE ? rest : PIECE_SIZE, err);
    }
    return ok && json_split_end(split, false, err);
}

/* Splits the page again and again for at least `ms` milliseconds; MB/s, negative after an error. */
static double measure_round(struct json_split *split, struct work *work, struct str page,
    unsigned records, int64_t ms, struct error *err)
{
    int64_t start = timestamp_monotonic();
    int64_t spent = 0;
    uint64_t pages = 0;
    bool ok = true;

    work->records = 0;
    while (ok && spent < ms) {
        ok = split_page(split, page, err);
        pages++;
        spent = timestamp_monotonic() - start;
    }
    if (ok && work->records != pages * records) {
        ok = error_set(err, ERROR_RECORD, "%" PRIu64 " records came out", work->records);
    }
    return ok ? (double)(pages * page.size) / 1000.0 / (double)spent : -1.0;
}

/* The best of some rounds: what else the machine does only ever makes one slower. */
static double measure(
    const struct shape *shape, struct str page, bool parses, int64_t ms, struct error *err)
{
    struct work work = {.parses = parses};
    struct json_split_handler handler = {.record = take_record,
        .oversized = refuse_record,
        .too_deep = refuse_record,
        .owner = take_owner,
        .oversized_owner = refuse_record,
        .too_deep_owner = refuse_record,
        .context = &work};
    const char *inner = shape->person != NULL ? NULL : "applications";
    struct json_split *split = NULL;
    double best = 0.0;

    arena_init(&work.arena, CEILING_TREE);
    if (!json_split_new_nested(&split, "searchResults", inner, &handler, err)) {
        best = -1.0;
    }
    for (int i = 0; i < ROUNDS && best >= 0; i++) {
        double rate = measure_round(split, &work, page, page_records(shape), ms / ROUNDS + 1, err);

        best = rate < 0 || rate > best ? rate : best;
    }
    json_split_free(split);
    arena_release(&work.arena);
    return best;
}

static bool measure_shape(const struct shape *shape, int64_t ms, struct error *err)
{
    struct buffer page;
    double split;
    double parsed = -1.0;

    buffer_init(&page, PAGE_CEILING);
    put_page(&page, shape);
    split = measure(shape, buffer_view(&page), false, ms, err);
    if (split >= 0) {
        parsed = measure(shape, buffer_view(&page), true, ms, err);
    }
    if (parsed >= 0) {
        (void)printf("%-10s %8zu bytes a record  split %7.0f MB/s  split and parse %7.0f MB/s\n",
            shape->name, page.size / page_records(shape), split, parsed);
    }
    buffer_release(&page);
    return parsed >= 0;
}

int main(int count, char **arguments)
{
    struct error err = {ERROR_NONE, ""};
    double seconds = count > 1 ? strtod(arguments[1], NULL) : 1.0;
    bool ok = seconds > 0 && seconds < 3600;

    if (!ok) {
        (void)error_set(&err, ERROR_USAGE, "usage: decode_bench [SECONDS]");
    }
    for (size_t i = 0; ok && i < sizeof shapes / sizeof *shapes; i++) {
        ok = measure_shape(&shapes[i], (int64_t)(seconds * 1000), &err);
    }
    if (!ok) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
