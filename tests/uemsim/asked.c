#include "asked.h"

#include <string.h>

/* The guide writes MDM_IDENTIFIER in one place and MDM_IDENTIFIERS in others. */
static bool read_type(const cJSON *body, enum asked_type type, enum device_name_kind *kind)
{
    static const enum device_name_kind without_type[] = {
        NAME_EITHER, NAME_MDM, NAME_MDM, NAME_GUID};
    const cJSON *const member = cJSON_GetObjectItemCaseSensitive(body, "identifierType");
    const char *const word = cJSON_GetStringValue(member);
    bool ok = true;

    *kind = without_type[type];
    if (member != NULL && (type == ASKED_EITHER || type == ASKED_TYPED)) {
        const bool guid = word != NULL && strcmp(word, "GUID") == 0;
        *kind = guid ? NAME_GUID : NAME_MDM;
        ok = guid || (word != NULL && (strcmp(word, "MDM_IDENTIFIER") == 0 ||
                                          strcmp(word, "MDM_IDENTIFIERS") == 0));
    }
    return ok;
}

bool asked_read(
    const struct request *request, enum asked_type type, struct asked *asked, struct reply *reply)
{
    const char *wrong = NULL;

    asked->body = cJSON_ParseWithLength(request->body.data, request->body.len);
    asked->identifiers = cJSON_GetObjectItemCaseSensitive(asked->body, "identifiers");
    asked->count = 0;
    if (!cJSON_IsArray(asked->identifiers)) {
        wrong = "identifiers is no list";
    } else if (!read_type(asked->body, type, &asked->kind)) {
        wrong = "identifierType is neither MDM_IDENTIFIER nor GUID";
    } else if (cJSON_GetArraySize(asked->identifiers) > ASKED_MAX) {
        wrong = "more than 200 identifiers";
    }
    if (wrong != NULL) {
        reply_error(reply, 400, "BAD_REQUEST", wrong);
    }
    return wrong == NULL;
}

void asked_release(struct asked *asked)
{
    cJSON_Delete(asked->body);
    asked->body = NULL;
}

static bool has_device(const struct asked *asked, uint64_t index)
{
    bool found = false;

    for (size_t at = 0; at < asked->count && !found; at++) {
        found = asked->devices[at] == index;
    }
    return found;
}

static bool passes(const struct request *request, asked_filter *filter, uint64_t index)
{
    return filter == NULL || filter(&request->server->tenant.world, index);
}

/* `foreign`: the first device of the tenant that could be answered and was not asked for. */
static void add_foreign(const struct request *request, asked_filter *filter, struct asked *asked)
{
    const struct tenant *const tenant = &request->server->tenant;
    uint64_t index = tenant->first;
    struct device device;

    for (; index < tenant->end; index++) {
        device_make(&tenant->world, index, &device);
        if (device.has_identifier && device.has_guid && passes(request, filter, index) &&
            !has_device(asked, index)) {
            break;
        }
    }
    if (index < tenant->end) {
        asked->devices[asked->count++] = index;
    }
}

/* `missing`: leaves out of the middle. */
static void leave_out(struct asked *asked, uint64_t wanted)
{
    const size_t count = wanted < asked->count ? (size_t)wanted : asked->count;
    const size_t from = (asked->count - count) / 2;

    memmove(asked->devices + from, asked->devices + from + count,
        (asked->count - from - count) * sizeof asked->devices[0]);
    asked->count -= count;
}

static void disturb(const struct request *request, asked_filter *filter, struct asked *asked)
{
    const struct fault_hit *const hit = &request->hit;

    if (hit->has[FAULT_FOREIGN]) {
        add_foreign(request, filter, asked);
    }
    if (hit->has[FAULT_MISSING]) {
        leave_out(asked, hit->number[FAULT_MISSING]);
    }
    if (hit->has[FAULT_DOUBLE] && asked->count > 0) {
        asked->devices[asked->count] = asked->devices[0];
        asked->count++;
    }
    for (size_t at = 0; hit->has[FAULT_SHUFFLE] && at < asked->count / 2; at++) {
        const uint64_t other = asked->devices[asked->count - 1 - at];
        asked->devices[asked->count - 1 - at] = asked->devices[at];
        asked->devices[at] = other;
    }
}

void asked_find(const struct request *request, asked_filter *filter, bool both, struct asked *asked)
{
    const struct tenant *const tenant = &request->server->tenant;
    const cJSON *identifier = NULL;

    cJSON_ArrayForEach(identifier, asked->identifiers)
    {
        const char *const name = cJSON_GetStringValue(identifier);
        uint64_t found[2];
        const size_t count = name == NULL ? 0
                                          : device_find(&tenant->world, asked->kind, name,
                                                tenant->first, tenant->end, found);
        for (size_t at = both || count == 0 ? 0 : count - 1; at < count; at++) {
            if (passes(request, filter, found[at]) && !has_device(asked, found[at])) {
                asked->devices[asked->count++] = found[at];
            }
        }
    }
    disturb(request, filter, asked);
}
