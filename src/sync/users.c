#include "sync/users.h"

#include <inttypes.h>
#include <stdlib.h>

#include "mapping/mapper.h"
#include "mapping/rules.h"
#include "sync/attributes.h"
#include "sync/id_set.h"
#include "sync/listing.h"
#include "sync/owners.h"
#include "sync/prefixes.h"

enum { USERS_MOST_WALKS = 2 /* of one prefix */, USERS_BAD_REQUEST = 400 };

enum users_state {
    USERS_BEGIN,
    USERS_ATTRIBUTES,
    USERS_COUNT,        /* of all */
    USERS_WALK,         /* over all */
    USERS_PREFIX_COUNT, /* of one prefix after the other */
    USERS_PREFIX_WALK,
    USERS_OWNERS, /* those of devices that are missing; once all devices are listed */
    USERS_END,
};

/* What the records of the first page show of the form that `fields` has to have. */
struct users_ldap {
    int64_t users;    /* LDAP users */
    int64_t complete; /* those of them with standard attributes */
};

struct users {
    struct fetch *fetch;
    struct sync_entity_report *report;
    const struct mapping *mapping;
    struct mapper *mapper;
    enum users_state state;
    struct attributes attributes;
    struct server_number count;
    int64_t total; /* of all users, by the server's count; -1: not known */
    int64_t found; /* distinct users listed */
    bool is_partly_unproven;
    bool is_settled; /* the form of `fields` is */
    struct users_ldap ldap;
    struct prefixes prefixes;
    char prefix;
    struct listing_input input;
    struct listing listing;
    struct id_set *ids;   /* user ids of all that were found, however often */
    struct id_set *uuids; /* their GUIDs */
    struct owners *owners;
    size_t uuid_column;
    size_t source_column;
    size_t standard_column;
};

static const struct cell *users_cell(const struct row *row, size_t column)
{
    return column < row->relation->column_count && row->cells[column].is_set ? &row->cells[column]
                                                                             : NULL;
}

static bool users_take(void *context, const struct row *row, const cJSON *record, bool is_new,
    bool *is_another, struct error *err)
{
    struct users *users = context;
    const struct cell *uuid = users_cell(row, users->uuid_column);
    const struct cell *source = users_cell(row, users->source_column);
    char text[ROSTER_ID_SIZE];
    uint8_t guid[ROW_UUID_SIZE];
    bool added = false;
    bool is_first = false; /* of all walks */
    bool ok = id_set_add(users->ids, row->cells[1].text, &is_first, err);

    (void)record;
    if (source != NULL && str_is(source->text, "LDAP")) {
        users->ldap.users++;
        users->ldap.complete += users_cell(row, users->standard_column) != NULL ? 1 : 0;
    }
    users->found += ok && is_first ? 1 : 0;
    /* What is exported cannot be taken back, so it goes out once. */
    if (ok && (users->fetch->once ? is_first : is_new)) {
        ok = load_stage(users->fetch->load, row, err);
    }
    if (ok && uuid != NULL && rule_parse_uuid(uuid->text, guid)) {
        ok = id_set_add(users->uuids, roster_write_uuid(guid, text), &added, err);
    }
    /* Another user of that id: the server counts both. */
    if (ok && !is_new && added) {
        *is_another = true;
        users->found++;
        log_event(users->fetch->log, LOG_WARNING,
            "%s: two users have the id %.*s; the first counts", users->report->entity,
            (int)row->cells[1].text.size, row->cells[1].text.data);
    }
    return ok;
}

bool users_new(
    struct users **users, struct fetch *fetch, struct sync_entity_report *report, struct error *err)
{
    const struct mapping *mapping = NULL;
    struct users *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    ok = ok && fetch_find_mapping(fetch, report->entity, &mapping, err);
    if (ok) {
        made->fetch = fetch;
        made->report = report;
        made->mapping = mapping;
        made->total = -1;
        made->uuid_column = relation_find_typed(&mapping->relation, "user_uuid", COLUMN_TEXT);
        made->source_column =
            relation_find_typed(&mapping->relation, "account_source", COLUMN_TEXT);
        made->standard_column =
            relation_find_column(&mapping->relation, "ldap_standard_attributes");
        ok = id_set_new(&made->ids, err) && id_set_new(&made->uuids, err) &&
             fetch_new_mapper(fetch, mapping, MAPPING_CPS, &made->mapper, err);
    }
    if (ok) {
        made->input = (struct listing_input){.fetch = fetch,
            .call = UEM_CPS_USER_LIST,
            .mapper = made->mapper,
            .key = 1,
            .take = users_take,
            .context = made};
        ok = listing_init(&made->listing, &made->input, report, err);
        made->listing.arguments.fields = UEM_FIELDS_QUOTED;
    }
    if (!ok) {
        users_free(made);
        made = NULL;
    }
    *users = made;
    return ok;
}

void users_free(struct users *users)
{
    if (users != NULL) {
        owners_free(users->owners);
        listing_release(&users->listing);
        mapper_free(users->mapper);
        id_set_free(users->uuids);
        id_set_free(users->ids);
    }
    free(users);
}

static bool users_give_up(
    struct users *users, const struct server_result *result, struct error *err)
{
    users->state = USERS_END;
    return fetch_give_up(users->fetch, users->report, result, err);
}

static bool users_start_count(
    struct users *users, enum users_state state, struct str uid, struct error *err)
{
    const struct uem_arguments arguments = {.uid = uid};

    users->state = state;
    return server_start_number(
        users->fetch->server, UEM_CPS_USER_COUNT, &arguments, &users->count, err);
}

/* `total` is what the server counts under the prefix; -1: not known. */
static void users_begin_walk(
    struct users *users, enum users_state state, struct str uid, int64_t total)
{
    users->state = state;
    users->listing.arguments.uid = uid;
    users->listing.total = total;
    users->listing.shown_before = users->found;
    users->listing.shown_total = users->total > 0 ? users->total : -1;
    users->listing.walks = 0;
    users->ldap = (struct users_ldap){0};
    listing_begin(&users->listing);
}

static bool users_begin_prefix(struct users *users, struct error *err)
{
    users->prefix = prefixes_current(&users->prefixes);
    return users_start_count(users, USERS_PREFIX_COUNT, (struct str){&users->prefix, 1}, err);
}

/* Where the empty prefix finds nobody, so may its count: it is no count of all then. */
static bool users_begin_prefixes(struct users *users, struct error *err)
{
    users->total = users->total == 0 ? -1 : users->total;
    users->is_partly_unproven = false;
    log_event(users->fetch->log, LOG_INFO,
        "%s: the server does not list all users at once: searching letter by letter",
        users->report->entity);
    prefixes_begin(&users->prefixes);
    return users_begin_prefix(users, err);
}

/* A list of nobody proves nothing: whoever asks for it is a user. */
static bool users_take_published(void *context, const struct str *texts, struct error *err)
{
    bool *covered = context;

    (void)err;
    /* A hash does not tell how the id begins. */
    *covered = *covered && prefixes_cover(texts[0]) && !privacy_holds_hash(texts[0]);
    return true;
}

/* A search by letters that no count of all stands behind proves nothing of users whose ids begin
 * with another letter: where such ones are published, they may be there still. */
static bool users_are_covered(struct users *users, bool *covered, struct error *err)
{
    static const size_t columns[] = {1};

    return users->total >= 0 || load_published(users->fetch->load, &users->mapping->relation,
                                    columns, 1, users_take_published, covered, err);
}

static bool users_end(struct users *users, bool is_listed, struct error *err)
{
    bool is_proven = is_listed && users->found > 0;
    bool ok = !is_proven || users_are_covered(users, &is_proven, err);

    users->state = USERS_END;
    users->report->fetched = users->found;
    users->report->completeness = is_proven ? SYNC_PROVEN : SYNC_UNPROVEN;
    if (ok && is_proven) {
        ok = load_replace(users->fetch->load, &users->mapping->relation, NULL, err);
    } else if (ok) {
        log_event(users->fetch->log, LOG_WARNING,
            "%s: the list is unproven: %" PRId64 " found; no user is removed in this run",
            users->report->entity, users->found);
    }
    return ok;
}

/* All that can be listed is listed. */
static bool users_judge(struct users *users, struct error *err)
{
    bool is_counted = users->total >= 0 && users->found == users->total;
    bool ok = true;

    if (is_counted && !users->is_partly_unproven) {
        ok = users_end(users, true, err);
    } else if (!users->fetch->devices_wanted) {
        ok = users_end(users, users->total < 0 && !users->is_partly_unproven, err);
    } else {
        listing_release(&users->listing);
        users->state = USERS_OWNERS;
    }
    return ok;
}

/* One prefix is done with: the next, or the end. */
static bool users_next_prefix(struct users *users, int64_t count, struct error *err)
{
    prefixes_next(&users->prefixes, count);
    return users->prefixes.is_over ? users_judge(users, err) : users_begin_prefix(users, err);
}

/* A server that takes the prefix for a pattern finds everybody under these. */
static bool users_is_wildcard(const struct users *users)
{
    return (users->prefix == '%' || users->prefix == '_') && users->found > 0 &&
           users->count.number >= users->found;
}

static bool users_step_prefix_count(struct users *users, struct error *err)
{
    bool ok = true;

    if (users->count.is_done) {
        fetch_count_calls(users->report, &users->count.result);
        if (!users->count.result.ok && users->count.result.status != USERS_BAD_REQUEST) {
            ok = users_give_up(users, &users->count.result, err);
        } else if (users->count.number <= 0 || prefixes_is_probe(&users->prefixes) ||
                   users_is_wildcard(users)) {
            ok = users_next_prefix(users, users->count.number, err);
        } else {
            users_begin_walk(
                users, USERS_PREFIX_WALK, (struct str){&users->prefix, 1}, users->count.number);
        }
    }
    return ok;
}

/* The server answers 400 to the words of a call: it may be `fields`. *again: try the next form. */
static bool users_is_refused(struct users *users, bool *again)
{
    enum uem_fields *fields = &users->listing.arguments.fields;
    bool is_refused = !users->listing.result.ok &&
                      users->listing.result.status == USERS_BAD_REQUEST &&
                      users->listing.walk.pages == 0;

    *again = is_refused && !users->is_settled && *fields != UEM_FIELDS_NONE;
    if (*again) {
        *fields = *fields == UEM_FIELDS_QUOTED ? UEM_FIELDS_BARE : UEM_FIELDS_NONE;
        users->listing.walks = 0;
        listing_begin(&users->listing);
    } else if (is_refused && !users->is_settled) {
        *fields = UEM_FIELDS_QUOTED;
    }
    return is_refused;
}

/* The first page tells whether the server understood `fields`: LDAP users have standard attributes
 * then. If not, the other form is tried, and kept. */
static void users_settle(struct users *users)
{
    struct listing *listing = &users->listing;

    if (!users->is_settled && !listing->is_under_way && listing->walk.pages > 0 &&
        listing->result.ok && listing->walk.distinct > 0) {
        users->is_settled = users->ldap.users > 0;
        if (users->ldap.users > 0 && users->ldap.complete == 0 &&
            listing->arguments.fields == UEM_FIELDS_QUOTED) {
            log_event(users->fetch->log, LOG_WARNING,
                "%s: the server passes over fields=\"ldapStandardAttributes\": asking without "
                "the quotation marks",
                users->report->entity);
            listing->arguments.fields = UEM_FIELDS_BARE;
            listing->walks = 0;
            listing_begin(listing);
        }
    }
}

/* A walk, of all or of one prefix, ended well: what it found counts, or it is made once more. */
static void users_end_walk(struct users *users, bool *again)
{
    struct listing *listing = &users->listing;
    bool is_proven = uem_walk_is_proven(&listing->walk, listing->total);

    *again = !is_proven && listing->walks < USERS_MOST_WALKS && !users->fetch->once;
    if (*again) {
        listing_begin(listing);
    } else {
        users->is_partly_unproven = users->is_partly_unproven || !is_proven;
    }
}

/* The walk over all: where it finds nobody, or not all that the server counts, by letters. */
static bool users_step_walk(struct users *users, struct error *err)
{
    struct listing *listing = &users->listing;
    bool again = false;
    bool ok = true;

    users_settle(users);
    ok = listing_step(listing, err);
    if (ok && listing->is_ended) {
        if (users_is_refused(users, &again)) {
            ok = again || users_begin_prefixes(users, err);
        } else if (!listing->result.ok) {
            ok = users_give_up(users, &listing->result, err);
        } else if (listing->walk.distinct == 0) {
            ok = users_begin_prefixes(users, err);
        } else {
            /* A count of nobody, where somebody was listed, is none. */
            users->total = users->total == 0 ? -1 : users->total;
            listing->total = users->total;
            users_end_walk(users, &again);
            if (!again && users->found != users->total) {
                ok = users_begin_prefixes(users, err);
            } else if (!again) {
                ok = users_judge(users, err);
            }
        }
    }
    return ok;
}

static bool users_step_prefix_walk(struct users *users, struct error *err)
{
    struct listing *listing = &users->listing;
    bool again = false;
    bool ok = true;

    users_settle(users);
    ok = listing_step(listing, err);
    if (ok && listing->is_ended) {
        if (users_is_refused(users, &again) && again) {
            ok = true;
        } else if (!listing->result.ok) {
            ok = users_give_up(users, &listing->result, err);
        } else {
            users_end_walk(users, &again);
            ok = again || users_next_prefix(users, users->count.number, err);
        }
    }
    return ok;
}

static bool users_step_owners(struct users *users, struct error *err)
{
    bool is_done = false;
    bool ok = true;

    if (users->owners == NULL && users->fetch->devices_listed) {
        const struct owners_input input = {.fetch = users->fetch,
            .mapper = users->mapper,
            .uuids = users->uuids,
            .ids = users->ids,
            .uuid_column = users->uuid_column,
            .fields = users->listing.arguments.fields,
            .report = users->report};

        ok = owners_new(&users->owners, &input, err);
    }
    if (ok && users->owners != NULL) {
        ok = owners_step(users->owners, &is_done, err);
    }
    if (ok && is_done) {
        users->found += owners_found(users->owners);
        ok = users_end(users,
            users->total >= 0 ? users->found == users->total
                              : !users->is_partly_unproven && owners_were_listed(users->owners),
            err);
    }
    return ok;
}

static bool users_step_attributes(struct users *users, struct error *err)
{
    bool ok = true;

    if (users->attributes.is_done) {
        fetch_count_calls(users->report, &users->attributes.result);
        ok = users->attributes.result.ok
                 ? users_start_count(users, USERS_COUNT, (struct str){"", 0}, err)
                 : users_give_up(users, &users->attributes.result, err);
    }
    return ok;
}

/* A count of all that is refused is no count; the listing may be allowed all the same. */
static bool users_step_count(struct users *users, struct error *err)
{
    bool ok = true;

    if (users->count.is_done) {
        fetch_count_calls(users->report, &users->count.result);
        if (users->count.result.ok || users->count.result.status == USERS_BAD_REQUEST) {
            users->total = users->count.number;
            users_begin_walk(
                users, USERS_WALK, (struct str){"", 0}, users->total > 0 ? users->total : -1);
        } else {
            ok = users_give_up(users, &users->count.result, err);
        }
    }
    return ok;
}

static bool users_step(void *context, bool *is_done, struct error *err)
{
    struct users *users = context;
    bool ok = true;

    switch (users->state) {
    case USERS_BEGIN:
        users->state = USERS_ATTRIBUTES;
        ok = attributes_start(
            &users->attributes, users->fetch, UEM_CPS_USER_METADATA, users->mapper, err);
        break;
    case USERS_ATTRIBUTES:
        ok = users_step_attributes(users, err);
        break;
    case USERS_COUNT:
        ok = users_step_count(users, err);
        break;
    case USERS_WALK:
        ok = users_step_walk(users, err);
        break;
    case USERS_PREFIX_COUNT:
        ok = users_step_prefix_count(users, err);
        break;
    case USERS_PREFIX_WALK:
        ok = users_step_prefix_walk(users, err);
        break;
    case USERS_OWNERS:
        ok = users_step_owners(users, err);
        break;
    case USERS_END:
        break;
    }
    *is_done = users->state == USERS_END;
    return ok;
}

struct flow users_flow(struct users *users)
{
    return (struct flow){.step = users_step, .context = users, .report = users->report};
}
