/* CPS guide, "Device APIs": list, count, and look-up by identifiers. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "route.h"

/* CPS guide, "Handling Paged Responses". */
#define DEFAULT_LIMIT 50
/* CPS guide, "Batch ID recommendation". */
#define IDENTIFIERS_MAX 200

/* What one list call asks for. */
struct page {
    bool by_status;
    enum device_status status;
    uint64_t offset, asked, limit; /* `limit` is `asked` within --page-cap */
};

static bool read_count(
    const struct request *request, const char *name, uint64_t absent, uint64_t *number)
{
    const char *const text = request_argument(request, name);
    char *end = NULL;
    bool ok = true;

    *number = absent;
    if (text != NULL) {
        errno = 0;
        *number = strtoull(text, &end, 10);
        ok = *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
    }
    return ok;
}

static bool read_status(const struct request *request, bool *by_status, enum device_status *status)
{
    const char *const text = request_argument(request, "status");

    *by_status = text != NULL && *text != '\0';
    return !*by_status || device_status_parse(text, status);
}

static bool read_page(const struct request *request, struct page *page, struct reply *reply)
{
    const uint64_t cap = request->server->options->page_cap;
    const char *wrong = NULL;

    *page = (struct page){0};
    if (!read_status(request, &page->by_status, &page->status)) {
        wrong = "status is none of the documented ones";
    } else if (!read_count(request, "offset", 0, &page->offset)) {
        wrong = "offset is no number";
    } else if (!read_count(request, "limit", DEFAULT_LIMIT, &page->asked) || page->asked == 0) {
        wrong = "limit is no positive number";
    }
    page->limit = page->asked < cap ? page->asked : cap;
    if (request->hit.has[FAULT_REPEAT]) {
        page->offset = 0;
    }
    if (wrong != NULL) {
        reply_error(reply, 400, "BAD_REQUEST", wrong);
    }
    return wrong == NULL;
}

static bool no_memory(struct reply *reply)
{
    reply_error(reply, 500, "INTERNAL", "no memory");
    return false;
}

static void append_device(
    const struct device_world *world, const struct device *device, struct buf *out)
{
    char *const to = buf_reserve(out, DEVICE_JSON_MAX);

    if (to != NULL) {
        buf_written_to(out, device_write(world, device, to));
    }
}

/* `huge-record`: puts a long string into the record just written. */
static void append_huge(struct buf *out, uint64_t bytes)
{
    out->len -= out->failed ? 0 : 1;
    buf_text(out, ",\"comment\":\"");
    char *const to = buf_reserve(out, (size_t)bytes);
    if (to != NULL) {
        memset(to, 'x', (size_t)bytes);
        out->len += (size_t)bytes;
    }
    buf_text(out, "\"}");
}

static void append_record(
    const struct request *request, uint64_t index, uint64_t place, uint64_t places, struct buf *out)
{
    const struct device_world *const world = &request->server->tenant.world;
    const struct fault_hit *const hit = &request->hit;
    const bool bad = hit->has[FAULT_BAD_RECORD] && place == places / 2;
    struct device device;

    if (bad && hit->number[FAULT_BAD_RECORD] == 0) {
        buf_text(out, "\"not a device\"");
    } else {
        device_make(world, index, &device);
        if (bad) {
            device.has_identifier = false;
            device.has_guid = false;
        }
        append_device(world, &device, out);
        if (hit->has[FAULT_HUGE_RECORD] && place == 0) {
            append_huge(out, hit->number[FAULT_HUGE_RECORD]);
        }
    }
}

/* `drop`: leaves out of the middle, so that who goes on by the number of records never sees them.
 */
static bool is_dropped(const struct fault_hit *hit, uint64_t place, uint64_t places)
{
    const uint64_t count = hit->number[FAULT_DROP] < places ? hit->number[FAULT_DROP] : places;
    const uint64_t from = (places - count) / 2;

    return hit->has[FAULT_DROP] && place >= from && place < from + count;
}

/* Appends the page's records; returns how many there are. */
static uint64_t append_page(
    const struct request *request, const struct page *page, uint64_t total, struct buf *out)
{
    const struct tenant *const tenant = &request->server->tenant;
    const uint64_t left = page->offset < total ? total - page->offset : 0;
    const uint64_t places = left < page->limit ? left : page->limit;
    uint64_t index = tenant->first + page->offset;
    uint64_t count = 0;

    if (places > 0 && page->by_status) {
        index = tenant_find_rank(tenant, page->status, page->offset);
    }
    for (uint64_t place = 0; place < places && !out->failed; place++) {
        while (page->by_status && device_status_of(&tenant->world, index) != page->status) {
            index++;
        }
        if (!is_dropped(&request->hit, place, places)) {
            buf_put(out, ",", count == 0 ? 0 : 1);
            append_record(request, index, place, places, out);
            count++;
        }
        index++;
    }
    return count;
}

static uint64_t count_devices(
    const struct tenant *tenant, bool by_status, enum device_status status)
{
    return by_status ? tenant_count_status(tenant, status) : tenant->end - tenant->first;
}

void cps_device_list(struct request *request, struct reply *reply)
{
    struct server *const server = request->server;
    struct buf *const out = &reply->body;
    struct page page;

    if (read_page(request, &page, reply) &&
        (tenant_begin(&server->tenant, page.by_status) || no_memory(reply))) {
        const uint64_t total = count_devices(&server->tenant, page.by_status, page.status);
        (void)buf_reserve(out, (size_t)(page.limit < total ? page.limit : total) * 700 + 4096);
        buf_text(out, "{\"searchResults\":[");
        const uint64_t count = append_page(request, &page, total, out);
        tenant_end(&server->tenant);
        buf_text(out, "],\"results\":");
        buf_number(out, server->options->results == 1 ? total : count);
        buf_text(out, ",\"offset\":");
        buf_number(out, page.offset);
        buf_text(out, ",\"limit\":");
        buf_number(out, server->options->limit_echo == 1 ? page.limit : page.asked);
        buf_text(out, "}");
    }
}

void cps_device_count(struct request *request, struct reply *reply)
{
    struct tenant *const tenant = &request->server->tenant;
    enum device_status status = STATUS_UNKNOWN;
    bool by_status = false;

    if (!read_status(request, &by_status, &status)) {
        reply_error(reply, 400, "BAD_REQUEST", "status is none of the documented ones");
    } else if (tenant_begin(tenant, by_status) || no_memory(reply)) {
        buf_text(&reply->body, "{\"result\":");
        buf_number(&reply->body, count_devices(tenant, by_status, status));
        buf_text(&reply->body, "}");
        tenant_end(tenant);
    }
}

/* The guide calls identifierType required and leaves it out of its own example, which asks by GUID:
 * without one either is looked for. It writes MDM_IDENTIFIER here and MDM_IDENTIFIERS elsewhere. */
static bool read_kind(const cJSON *body, enum device_name_kind *kind)
{
    const cJSON *const type = cJSON_GetObjectItemCaseSensitive(body, "identifierType");
    const char *const word = cJSON_GetStringValue(type);
    bool ok = true;

    if (type == NULL) {
        *kind = NAME_EITHER;
    } else if (word != NULL && strcmp(word, "GUID") == 0) {
        *kind = NAME_GUID;
    } else {
        *kind = NAME_MDM;
        ok = word != NULL &&
             (strcmp(word, "MDM_IDENTIFIER") == 0 || strcmp(word, "MDM_IDENTIFIERS") == 0);
    }
    return ok;
}

/* The devices of all identifiers, each once; unknown identifiers are silently ignored (guide). */
static size_t find_all(const struct tenant *tenant, const cJSON *identifiers,
    enum device_name_kind kind, uint64_t found[2 * IDENTIFIERS_MAX])
{
    const cJSON *identifier = NULL;
    size_t count = 0;

    cJSON_ArrayForEach(identifier, identifiers)
    {
        const char *const name = cJSON_GetStringValue(identifier);
        uint64_t some[2];
        const size_t some_count = name == NULL ? 0
                                               : device_find(&tenant->world, kind, name,
                                                     tenant->first, tenant->end, some);
        for (size_t at = 0; at < some_count; at++) {
            bool known = false;
            for (size_t before = 0; before < count; before++) {
                known = known || found[before] == some[at];
            }
            found[count] = some[at];
            count += known ? 0 : 1;
        }
    }
    return count;
}

static void answer_found(struct tenant *tenant, const cJSON *identifiers,
    enum device_name_kind kind, struct reply *reply)
{
    uint64_t found[2 * IDENTIFIERS_MAX];
    struct device device;

    if (tenant_begin(tenant, false) || no_memory(reply)) {
        const size_t count = find_all(tenant, identifiers, kind, found);
        buf_text(&reply->body, "[");
        for (size_t at = 0; at < count; at++) {
            buf_put(&reply->body, ",", at == 0 ? 0 : 1);
            device_make(&tenant->world, found[at], &device);
            append_device(&tenant->world, &device, &reply->body);
        }
        buf_text(&reply->body, "]");
        tenant_end(tenant);
    }
}

void cps_device_by_identifier(struct request *request, struct reply *reply)
{
    cJSON *const body = cJSON_ParseWithLength(request->body.data, request->body.len);
    const cJSON *const identifiers = cJSON_GetObjectItemCaseSensitive(body, "identifiers");
    enum device_name_kind kind = NAME_EITHER;

    if (!cJSON_IsArray(identifiers)) {
        reply_error(reply, 400, "BAD_REQUEST", "identifiers is no list");
    } else if (!read_kind(body, &kind)) {
        reply_error(reply, 400, "BAD_REQUEST", "identifierType is neither MDM_IDENTIFIER nor GUID");
    } else if (cJSON_GetArraySize(identifiers) > IDENTIFIERS_MAX) {
        reply_error(reply, 400, "BAD_REQUEST", "more than 200 identifiers");
    } else {
        answer_found(&request->server->tenant, identifiers, kind, reply);
    }
    cJSON_Delete(body);
}
