/* How fast answers are decoded: split alone, and split with each record parsed to its tree, in
 * MB/s of the answer's bytes; pages of devices, and devices with their apps. Then devices of the v1
 * web services to their trees, as XML and as JSON with the same members. Reads nothing; the pages
 * are made in memory, and fed in pieces of 16 KiB as libcurl hands them on.
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
#include "decode/xml_clean.h"
#include "decode/xml_split.h"

enum {
    ROUNDS = 20,
    PAGE_DEVICES = 200,
    DEVICE_APPS = 20,
    DEVICE_DETAILS = 60,
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
static double measure(const struct shape *shape, const char *array, struct str page, bool parses,
    int64_t ms, struct error *err)
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
    if (!json_split_new_nested(&split, array, inner, &handler, err)) {
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
    split = measure(shape, "searchResults", buffer_view(&page), false, ms, err);
    if (split >= 0) {
        parsed = measure(shape, "searchResults", buffer_view(&page), true, ms, err);
    }
    if (parsed >= 0) {
        (void)printf("%-10s %8zu bytes a record  split %7.0f MB/s  split and parse %7.0f MB/s\n",
            shape->name, page.size / page_records(shape), split, parsed);
    }
    buffer_release(&page);
    return parsed >= 0;
}

/* A member of a device, and one of its details, in either notation. */
static void put_member(struct buffer *page, bool is_xml, const char *name, const char *value)
{
    if (is_xml) {
        buffer_printf(page, "<%s>%s</%s>", name, value, name);
    } else {
        buffer_printf(page, "\"%s\":\"%s\",", name, value);
    }
}

static void put_detail(struct buffer *page, bool is_xml, const char *name, const char *value)
{
    if (is_xml) {
        buffer_printf(page, "<entry><key>%s</key><value>%s</value></entry>", name, value);
    } else {
        buffer_printf(page, "\"%s\":\"%s\",", name, value);
    }
}

/* After the sample of 'List devices' in the guide of the v1 web services. */
static void put_v1_device(struct buffer *page, bool is_xml, unsigned i)
{
    static const char *const names[] = {"principal", "blockReason", "clientId", "compliance",
        "countryId", "countryName", "currentPhoneNumber", "deviceCount", "emailAddress",
        "employeeOwned", "homeOperator", "languageCode", "lastConnectAt", "manufacturer",
        "mdmManaged", "model", "name", "operator", "platform", "quarantinedStatus", "regCode",
        "status", "userDisplayName", "userFirstName", "userLastName", "userUUID"};
    char text[64];

    buffer_printf(page, is_xml ? "<device id=\"%u\">" : "{\"@id\":\"%u\",", i);
    (void)snprintf(text, sizeof text, "8d711cdc-e93c-49b1-88d6-%012x", i);
    put_member(page, is_xml, "uuid", text);
    for (unsigned j = 0; j < sizeof names / sizeof *names; j++) {
        (void)snprintf(text, sizeof text, "value %u", i * j);
        put_member(page, is_xml, names[j], text);
    }
    buffer_append_text(page, is_xml ? "<details>" : "\"details\":{");
    for (unsigned j = 0; j < DEVICE_DETAILS; j++) {
        char name[32];

        (void)snprintf(name, sizeof name, "detail_%u", j);
        (void)snprintf(text, sizeof text, "%u", i * 10 + j);
        put_detail(page, is_xml, name, text);
    }
    buffer_append_text(page, is_xml ? "</details></device>" : "\"end\":\"\"}}");
}

static void put_v1_page(struct buffer *page, bool is_xml)
{
    buffer_append_text(page, is_xml ? "<response><devices>" : "{\"device\":[");
    for (unsigned i = 0; i < PAGE_DEVICES; i++) {
        buffer_append_text(page, !is_xml && i > 0 ? "," : "");
        put_v1_device(page, is_xml, i);
    }
    buffer_append_text(page, is_xml ? "</devices></response>" : "]}");
}

static bool take_tree(void *context, const cJSON *record, struct str text, struct error *err)
{
    struct work *work = context;

    (void)err;
    work->records++;
    work->bytes += record->child != NULL ? text.size : 0;
    return true;
}

static bool refuse_tree(void *context, const char *reason, uint64_t size, struct error *err)
{
    (void)context;
    return error_set(err, ERROR_RECORD, "a record of %" PRIu64 " bytes: %s", size, reason);
}

/* A page of XML, once, in pieces. */
typedef bool xml_work_fn(void *context, struct str page, struct error *err);

static bool split_xml(void *context, struct str page, struct error *err)
{
    struct xml_split *split = context;
    bool ok = true;

    xml_split_reset(split);
    for (size_t at = 0; ok && at < page.size; at += PIECE_SIZE) {
        size_t rest = page.size - at;

        ok = xml_split_feed(split, page.data + at, rest < PIECE_SIZE ? rest : PIECE_SIZE, err);
    }
    return ok && xml_split_end(split, err);
}

static bool clean_xml(void *context, struct str page, struct error *err)
{
    struct buffer *out = context;
    struct xml_clean clean = {.replaced = 0};
    bool ok = buffer_reserve(out, XML_CLEAN_GROWTH * PIECE_SIZE + XML_CLEAN_SLACK);

    xml_clean_begin(&clean);
    for (size_t at = 0; ok && at < page.size; at += PIECE_SIZE) {
        size_t rest = page.size - at;

        out->size = 0;
        xml_clean_feed(&clean, page.data + at, rest < PIECE_SIZE ? rest : PIECE_SIZE, out);
    }
    return ok || error_memory(err);
}

/* As measure, of work on XML. */
static double measure_work(
    xml_work_fn *work, void *context, struct str page, int64_t ms, struct error *err)
{
    double best = 0.0;
    bool ok = true;

    for (int i = 0; ok && i < ROUNDS; i++) {
        int64_t start = timestamp_monotonic();
        int64_t spent = 0;
        uint64_t pages = 0;
        double rate;

        for (; ok && spent < ms / ROUNDS + 1; pages++) {
            ok = work(context, page, err);
            spent = timestamp_monotonic() - start;
        }
        rate = (double)(pages * page.size) / 1000.0 / (double)spent;
        best = rate > best ? rate : best;
    }
    return ok ? best : -1.0;
}

static double measure_clean(struct str page, int64_t ms, struct error *err)
{
    struct buffer out;
    double best;

    buffer_init(&out, PAGE_CEILING);
    best = measure_work(clean_xml, &out, page, ms, err);
    buffer_release(&out);
    return best;
}

static double measure_xml(struct str page, int64_t ms, struct error *err)
{
    static const char *const roots[] = {"response", NULL};
    static const char *const ways[] = {"devices/device", NULL};
    static const struct xml_split_shape shape = {roots, ways};
    struct work work = {.records = 0};
    struct xml_split_handler handler = {
        .record = take_tree, .unreadable = refuse_tree, .context = &work};
    struct xml_split *split = NULL;
    double best = -1.0;

    if (xml_split_new(&split, &shape, &handler, err)) {
        best = measure_work(split_xml, split, page, ms, err);
    }
    if (best >= 0 && (work.records == 0 || work.records % PAGE_DEVICES != 0)) {
        (void)error_set(err, ERROR_RECORD, "%" PRIu64 " records came out", work.records);
        best = -1.0;
    }
    xml_split_free(split);
    return best;
}

static void tell_v1(const char *name, size_t size, double rate)
{
    (void)printf("%-10s %8zu bytes a record  to trees %7.0f MB/s  %9.0f devices/s\n", name,
        size / PAGE_DEVICES, rate, rate * 1e6 / ((double)size / PAGE_DEVICES));
}

static bool measure_v1(int64_t ms, struct error *err)
{
    static const struct shape json_shape = {"v1 JSON", "", ""};
    struct buffer xml;
    struct buffer json;
    double json_rate = -1.0;
    double xml_rate = -1.0;
    double clean_rate;

    buffer_init(&xml, PAGE_CEILING);
    buffer_init(&json, PAGE_CEILING);
    put_v1_page(&xml, true);
    put_v1_page(&json, false);
    clean_rate = measure_clean(buffer_view(&xml), ms, err);
    if (clean_rate >= 0) {
        xml_rate = measure_xml(buffer_view(&xml), ms, err);
    }
    if (xml_rate >= 0) {
        json_rate = measure(&json_shape, "device", buffer_view(&json), true, ms, err);
    }
    if (json_rate >= 0) {
        (void)printf("v1 XML     cleaned alone %7.0f MB/s\n", clean_rate);
        tell_v1("v1 XML", xml.size, xml_rate);
        tell_v1(json_shape.name, json.size, json_rate);
    }
    buffer_release(&json);
    buffer_release(&xml);
    return json_rate >= 0;
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
    ok = ok && measure_v1((int64_t)(seconds * 1000), &err);
    if (!ok) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
