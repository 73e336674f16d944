/* CPS guide, "User APIs". */
#include <string.h>

#include "listing.h"
#include "route.h"
#include "user.h"

/* Who is searched for, in what form. */
struct search {
    struct user_form form;
    const char *prefix;
    size_t prefix_len;
    uint64_t owners; /* the first users, to whom devices belong */
};

/* Users of the list: those that devices carry, then those that none does. */
static uint64_t user_of(const struct search *search, uint64_t number)
{
    return number < search->owners ? number : USER_WITHOUT_DEVICE + (number - search->owners);
}

static uint64_t count_owners(const struct tenant *tenant)
{
    return tenant->end == 0 ? 0 : (device_first_user(tenant->end - 1) | 1) + 1;
}

/* --users counts all, and never fewer than there are owners. */
static uint64_t count_users(const struct server *server, uint64_t owners)
{
    const uint64_t wanted = server->options->user_count;
    const uint64_t third = server->tenant.end / 3;
    uint64_t count = wanted > owners ? wanted : owners;

    if (wanted == OPTIONS_USERS_DEFAULT) {
        count = owners + (third > 0 ? third : 1);
    }
    return count;
}

static bool is_found(const struct listing *listing, uint64_t number)
{
    const struct search *const search = listing->query;

    return user_has_prefix(
        search->form.seed, user_of(search, number), search->prefix, search->prefix_len);
}

static void append_user(
    const struct listing *listing, uint64_t number, bool nameless, struct buf *out)
{
    const struct search *const search = listing->query;
    struct user_form form = search->form;
    char *const to = buf_reserve(out, USER_JSON_MAX);

    form.without_id = nameless;
    if (to != NULL) {
        buf_written_to(out, user_write(&form, user_of(search, number), to));
    }
}

/* Whether the quotation marks of the guide's fields="ldapStandardAttributes" belong on the wire is
 * unknown: --fields says which spelling is understood. */
static bool wants_standard(const struct request *request)
{
    const char *const fields = request_argument(request, "fields");
    const int form = request->server->options->fields;

    return fields != NULL &&
           ((form != FIELDS_BARE && strcmp(fields, "\"ldapStandardAttributes\"") == 0) ||
               (form != FIELDS_QUOTED && strcmp(fields, "ldapStandardAttributes") == 0));
}

/* Fills in the search and its listing; the caller holds the tenant's lock. */
static void begin_search(const struct request *request, const char *prefix, struct search *search,
    struct listing *listing)
{
    const struct server *const server = request->server;
    const struct device_world *const world = &server->tenant.world;

    *search = (struct search){.form = {.seed = world->seed,
                                  .revision = world->revision,
                                  .core = server->options->core,
                                  .with_standard = wants_standard(request)},
        .prefix = prefix,
        .prefix_len = prefix == NULL ? 0 : strlen(prefix),
        .owners = count_owners(&server->tenant)};
    *listing = (struct listing){.request = request,
        .query = search,
        .end = count_users(server, search->owners),
        .long_member = "displayName",
        .matches = search->prefix_len == 0 ? NULL : is_found,
        .write = append_user};
}

/* Sets what an empty uid finds, about which the guide is silent. false: the reply is an error. */
static bool take_prefix(const struct request *request, const struct search *search,
    const struct page *page, struct listing *listing, struct reply *reply)
{
    const int empty = search->prefix_len > 0 ? EMPTY_UID_LIST : request->server->options->empty_uid;

    if (empty == EMPTY_UID_NOTHING) {
        listing->end = 0;
    } else if (empty == EMPTY_UID_REFUSE) {
        reply_error(reply, 400, "BAD_REQUEST", "uid is wanted");
    }
    listing->total = listing->end;
    listing->start = page->offset;
    if (listing->matches != NULL) {
        listing_count(listing, page);
    }
    return empty != EMPTY_UID_REFUSE;
}

static void search_by_id(
    const struct request *request, const struct page *page, struct reply *reply)
{
    struct search search;
    struct listing listing;

    begin_search(request, request_argument(request, "uid"), &search, &listing);
    if (take_prefix(request, &search, page, &listing, reply)) {
        listing_answer(&listing, page, &reply->body);
    }
}

/* The one user as a list; without one an empty list. */
static void search_by_guid(
    const struct request *request, const struct page *page, const char *guid, struct reply *reply)
{
    struct search search;
    struct listing listing;
    uint64_t user = 0;

    begin_search(request, NULL, &search, &listing);
    search.form.with_guid = true;
    const uint64_t spare = listing.end - search.owners;
    const bool there = user_find(search.form.seed, guid, &user) &&
                       (user < search.owners ||
                           (user >= USER_WITHOUT_DEVICE && user - USER_WITHOUT_DEVICE < spare));
    listing.start =
        user < USER_WITHOUT_DEVICE ? user : search.owners + (user - USER_WITHOUT_DEVICE);
    listing.total = there ? 1 : 0;
    listing_answer(&listing, page, &reply->body);
}

void cps_user_list(struct request *request, struct reply *reply)
{
    const char *const guid = request_argument(request, "guid");
    struct page page;

    if (listing_read_page(request, &page, reply) && reply_begin(request, false, reply)) {
        if (guid != NULL) {
            search_by_guid(request, &page, guid, reply);
        } else {
            search_by_id(request, &page, reply);
        }
        tenant_end(&request->server->tenant);
    }
}

void cps_user_count(struct request *request, struct reply *reply)
{
    const struct page page = {0};
    struct search search;
    struct listing listing;

    if (reply_begin(request, false, reply)) {
        begin_search(request, request_argument(request, "uid"), &search, &listing);
        if (take_prefix(request, &search, &page, &listing, reply)) {
            listing_answer_count(listing.total, &reply->body);
        }
        tenant_end(&request->server->tenant);
    }
}
