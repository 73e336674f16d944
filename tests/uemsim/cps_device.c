/* CPS guide, "Device APIs": list, count, and look-up by identifiers. */
#include "asked.h"
#include "group.h"
#include "listing.h"
#include "route.h"

/* Which devices a call is about; without a restriction all of them. */
struct choice {
    bool by_status, by_group;
    enum device_status status;
    uint64_t group;
};

/* false: the reply is an error. */
static bool read_choice(const struct request *request, struct choice *choice, struct reply *reply)
{
    const char *const status = request_argument(request, "status");
    const char *const rule = request_argument(request, "ruleId");
    const char *wrong = NULL;

    *choice = (struct choice){
        .by_status = status != NULL && *status != '\0', .by_group = rule != NULL && *rule != '\0'};
    if (choice->by_status && !device_status_parse(status, &choice->status)) {
        wrong = "status is none of the documented ones";
    } else if (choice->by_group &&
               !group_find(rule, request->server->options->groups, &choice->group)) {
        wrong = "ruleId is of no device group";
    }
    if (wrong != NULL) {
        reply_error(reply, 400, "BAD_REQUEST", wrong);
    }
    return wrong == NULL;
}

static void append_device(
    const struct device_world *world, const struct device *device, struct buf *out)
{
    char *const to = buf_reserve(out, DEVICE_JSON_MAX);

    if (to != NULL) {
        buf_written_to(out, device_write(world, device, to));
    }
}

static void append_listed(
    const struct listing *listing, uint64_t index, bool nameless, struct buf *out)
{
    const struct device_world *const world = &listing->request->server->tenant.world;
    struct device device;

    device_make(world, index, &device);
    if (nameless) {
        device.has_identifier = false;
        device.has_guid = false;
    }
    append_device(world, &device, out);
}

static bool is_chosen(const struct listing *listing, uint64_t index)
{
    const struct device_world *const world = &listing->request->server->tenant.world;
    const struct choice *const choice = listing->query;

    return (!choice->by_status || device_status_of(world, index) == choice->status) &&
           (!choice->by_group || group_has(world, choice->group, index));
}

/* The sums of the tenant spare a look at each device where they can. */
static void count_chosen(const struct tenant *tenant, const struct choice *choice,
    const struct page *page, struct listing *listing)
{
    if (choice->by_group) {
        listing_count(listing, page);
    } else if (choice->by_status) {
        listing->total = tenant_count_status(tenant, choice->status);
        listing->start = tenant_find_rank(tenant, choice->status, page->offset);
    } else {
        listing->total = tenant->end - tenant->first;
        listing->start = tenant->first + page->offset;
        listing->matches = NULL;
    }
}

static struct listing list_devices(const struct request *request, const struct choice *choice)
{
    const struct tenant *const tenant = &request->server->tenant;

    return (struct listing){.request = request,
        .query = choice,
        .first = tenant->first,
        .end = tenant->end,
        .long_member = "comment",
        .matches = is_chosen,
        .write = append_listed};
}

void cps_device_list(struct request *request, struct reply *reply)
{
    struct tenant *const tenant = &request->server->tenant;
    struct choice choice;
    struct page page;

    if (read_choice(request, &choice, reply) && listing_read_page(request, &page, reply) &&
        reply_begin(request, choice.by_status, reply)) {
        struct listing listing = list_devices(request, &choice);
        count_chosen(tenant, &choice, &page, &listing);
        const uint64_t most = page.limit < listing.total ? page.limit : listing.total;
        (void)buf_reserve(&reply->body, (size_t)most * 700 + 4096);
        listing_answer(&listing, &page, &reply->body);
        tenant_end(tenant);
    }
}

void cps_device_count(struct request *request, struct reply *reply)
{
    struct tenant *const tenant = &request->server->tenant;
    const struct page page = {0};
    struct choice choice;

    if (read_choice(request, &choice, reply) && reply_begin(request, choice.by_status, reply)) {
        struct listing listing = list_devices(request, &choice);
        count_chosen(tenant, &choice, &page, &listing);
        listing_answer_count(listing.total, &reply->body);
        tenant_end(tenant);
    }
}

/* The guide calls identifierType required and leaves it out of its own example, which asks by GUID:
 * without one either is looked for. Of a retired and a new device that share an identifier, both
 * are answered. */
void cps_device_by_identifier(struct request *request, struct reply *reply)
{
    struct tenant *const tenant = &request->server->tenant;
    struct asked asked;
    struct device device;

    if (asked_read(request, ASKED_EITHER, &asked, reply) && reply_begin(request, false, reply)) {
        asked_find(request, NULL, true, &asked);
        buf_text(&reply->body, "[");
        for (size_t at = 0; at < asked.count; at++) {
            buf_put(&reply->body, ",", at == 0 ? 0 : 1);
            device_make(&tenant->world, asked.devices[at], &device);
            append_device(&tenant->world, &device, &reply->body);
        }
        buf_text(&reply->body, "]");
        tenant_end(tenant);
    }
    asked_release(&asked);
}
