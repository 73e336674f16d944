/* CPS guide, "Device Group APIs". */
#include <string.h>

#include "child.h"
#include "group.h"
#include "listing.h"
#include "route.h"

static bool group_matches(const struct listing *listing, uint64_t group)
{
    return group_has_prefix(group, listing->query);
}

static void append_group(
    const struct listing *listing, uint64_t group, bool nameless, struct buf *out)
{
    char *const to = buf_reserve(out, GROUP_JSON_MAX);

    (void)listing;
    if (to != NULL) {
        buf_written_to(out, group_write(group, nameless, to));
    }
}

/* Guide, "Search device groups by device group name": a blank name finds nothing. */
void cps_rule_list(struct request *request, struct reply *reply)
{
    const char *const name = request_argument(request, "name");
    const bool blank = name != NULL && name[strspn(name, " ")] == '\0';
    const uint64_t groups = blank ? 0 : request->server->options->groups;
    struct page page;
    struct listing listing = {.request = request,
        .query = name,
        .end = groups,
        .total = groups,
        .long_member = "name",
        .matches = name == NULL ? NULL : group_matches,
        .write = append_group};

    if (listing_read_page(request, &page, reply)) {
        listing.start = page.offset;
        if (name != NULL) {
            listing_count(&listing, &page);
        }
        listing_answer(&listing, &page, &reply->body);
    }
}

void cps_rule_by_id(struct request *request, struct reply *reply)
{
    const char *const id = request->path + strlen(request->route->path);
    const struct listing listing = {.request = request};
    uint64_t group;

    if (group_find(id, request->server->options->groups, &group)) {
        append_group(&listing, group, false, &reply->body);
    } else {
        reply_error(reply, 404, "NOT_FOUND", "there is no such device group");
    }
}

/* The group at that place of the device's list. */
static char *write_membership(const struct child_list *list, uint64_t place, char *to)
{
    const uint64_t *const groups = list->what;

    return group_write(groups[place], false, to);
}

static void append_memberships(
    const struct child_call *call, const struct child_entry *entry, struct buf *out)
{
    const struct server *const server = entry->request->server;
    uint64_t groups[OPTIONS_GROUPS_MAX];
    struct child_list list = {.name = "rules",
        .long_member = "name",
        .what = groups,
        .record_max = GROUP_JSON_MAX,
        .write = write_membership};

    (void)call;
    for (uint64_t group = 0; group < server->options->groups; group++) {
        if (group_has(&server->tenant.world, group, entry->device.index)) {
            groups[list.count++] = group;
        }
    }
    child_append_list(entry, &list, out);
}

void cps_rule_by_device(struct request *request, struct reply *reply)
{
    const struct child_call call = {.type = ASKED_GUID,
        .names = NAMES_GUID,
        .before = "{\"errors\":null,\"result\":[",
        .after = "]}",
        .entry_average = 1024,
        .append = append_memberships};

    child_answer(request, &call, reply);
}
