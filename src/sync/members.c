#include "sync/members.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "mapping/mapper.h"
#include "sync/device_list.h"
#include "sync/item_list.h"
#include "sync/listing.h"
#include "sync/v1_voice.h"
#include "sync/whole.h"

enum { MEMBERS_MOST_WALKS = 2, MEMBERS_FIRST_CAPACITY = 1024 };

/* A group, and the row's item that a member of it has in its list. */
struct members_group {
    struct str id; /* of CPS; of v1, the label's name, by which its devices are asked for */
    struct load_item item;
};

/* A device of the roster is in a group. */
struct members_pair {
    uint32_t device;
    uint32_t group;
};

struct members {
    struct fetch *fetch;
    size_t entity;
    struct sync_entity_report *report;
    const struct mapping *mapping;
    struct mapper *group_mapper; /* a group's record as a row of device_group_member */
    struct mapper *device_mapper;
    struct hash *hash;
    struct roster_names *names; /* once a device is looked for by its identifier; else NULL */
    struct arena arena;         /* ids and forms of the groups */
    struct members_group *groups;
    size_t group_count;
    size_t group_capacity;
    struct members_pair *pairs;
    size_t pair_count;
    size_t pair_capacity;
    struct listing_input input; /* first of groups, then of the devices of one group */
    struct listing listing;
    /* CPS is off: labels, and the devices of each, come as documents of v1, which are whole devices
     * and so the last resort. */
    bool is_by_v1;
    struct whole whole;
    bool has_groups; /* all groups are known */
    size_t group;    /* whose devices are listed */
    size_t before;   /* pairs of the groups before it */
    bool is_done;
};

static bool members_reserve_group(struct members *members, struct error *err)
{
    bool ok = true;

    if (members->group_count == members->group_capacity) {
        size_t capacity =
            members->group_capacity > 0 ? 2 * members->group_capacity : MEMBERS_FIRST_CAPACITY;
        struct members_group *groups = realloc(members->groups, capacity * sizeof *groups);

        ok = (capacity <= CEILING_LIST && groups != NULL) || error_memory(err);
        if (groups != NULL) {
            members->groups = groups;
            members->group_capacity = capacity;
        }
    }
    return ok;
}

/* A group: its id, and the item of its members' rows. Without an id nobody can be listed by it: an
 * empty one would list all devices. */
static bool members_add_group(
    struct members *members, const struct row *row, struct str name, struct error *err)
{
    struct load_item item;
    bool is_group = name.size > 0;
    bool ok = true;

    if (is_group) {
        ok = members_reserve_group(members, err) &&
             row_digest(members->hash, row, item.digest, err) &&
             load_item(members->fetch->load, row, &item, err);
    }
    if (ok && is_group) {
        struct members_group *group = &members->groups[members->group_count];
        const char *id = arena_copy(&members->arena, name);
        const char *form = arena_copy(&members->arena, item.form);

        ok = (id != NULL && form != NULL) || error_memory(err);
        group->id = (struct str){id, name.size};
        group->item = item;
        group->item.form.data = form;
        members->group_count += ok ? 1 : 0;
    }
    return ok;
}

static bool members_take_group(void *context, const struct row *row, const cJSON *record,
    bool is_new, bool *is_another, struct error *err)
{
    (void)record;
    (void)is_another;
    return !is_new || members_add_group(context, row, row->cells[1].text, err);
}

static bool members_take_label(
    void *context, const struct row *row, const cJSON *record, struct error *err)
{
    struct str name = record_text(record_member(record, "name"));

    return name.size > 0 ? members_add_group(context, row, name, err)
                         : error_set(err, ERROR_RECORD, "it has no name");
}

static bool members_add(struct members *members, size_t device, struct error *err)
{
    bool ok = true;

    if (members->pair_count == members->pair_capacity) {
        size_t capacity =
            members->pair_capacity > 0 ? 2 * members->pair_capacity : MEMBERS_FIRST_CAPACITY;
        struct members_pair *pairs =
            capacity <= CEILING_MEMBERS ? realloc(members->pairs, capacity * sizeof *pairs) : NULL;

        ok = pairs != NULL || error_memory(err);
        if (ok) {
            members->pairs = pairs;
            members->pair_capacity = capacity;
        }
    }
    if (ok) {
        members->pairs[members->pair_count++] =
            (struct members_pair){(uint32_t)device, (uint32_t)members->group};
    }
    return ok;
}

/* Sets *place to that of a device that CPS tells without a GUID, and v1 with one. */
static bool members_find_named(
    struct members *members, struct str id, size_t *place, struct error *err)
{
    const struct roster *roster = members->fetch->roster;
    const struct roster_device *device = NULL;
    char text[ROSTER_ID_SIZE] = "";
    bool ok = members->names != NULL || roster_names_new(&members->names, roster, err);

    if (ok && id.size < sizeof text) {
        memcpy(text, id.data, id.size);
        device = roster_names_find(members->names, text + strlen("mdm:"));
    }
    if (device != NULL && device->is_guid_v1s) {
        *place = (size_t)(device - roster_at(roster, 0));
    }
    return ok;
}

/* A device of the group whose devices are listed. */
static bool members_add_device(struct members *members, const struct row *row, struct error *err)
{
    const struct roster *roster = members->fetch->roster;
    struct str id = row->cells[1].text;
    size_t place = 0;
    bool ok = roster_find(roster, id, &place, err);

    if (ok && place == roster_count(roster) && str_starts(id, "mdm:")) {
        ok = members_find_named(members, id, &place, err);
    }
    return ok && (place == roster_count(roster) || members_add(members, place, err));
}

static bool members_take_device(void *context, const struct row *row, const cJSON *record,
    bool is_new, bool *is_another, struct error *err)
{
    (void)record;
    (void)is_another;
    return !is_new || members_add_device(context, row, err);
}

static bool members_take_v1_device(
    void *context, const struct row *row, const cJSON *record, struct error *err)
{
    (void)record;
    return members_add_device(context, row, err);
}

static bool members_open(struct members *members, struct error *err)
{
    const struct fetch *fetch = members->fetch;
    enum mapping_voice voice = members->is_by_v1 ? MAPPING_V1 : MAPPING_CPS;
    const struct mapping *device = NULL;

    members->hash = hash_new(err);
    return members->hash != NULL &&
           fetch_find_mapping(fetch, members->report->entity, &members->mapping, err) &&
           fetch_find_mapping(fetch, "device", &device, err) &&
           fetch_new_mapper(fetch, members->mapping, voice, &members->group_mapper, err) &&
           fetch_new_mapper(fetch, device, voice, &members->device_mapper, err);
}

/* A document of v1 begins anew: what it has brought is void. */
static void members_void(void *context)
{
    struct members *members = context;

    if (members->has_groups) {
        members->pair_count = members->before;
    } else {
        members->group_count = 0;
        arena_reset(&members->arena);
    }
}

/* Of labels, or of the devices of one. */
static void members_begin_whole(struct members *members, enum uem_call_id call)
{
    const struct whole_input input = {.fetch = members->fetch,
        .call = call,
        .mapper = call == UEM_V1_LABELS ? members->group_mapper : members->device_mapper,
        .is_part = true,
        .begin = members_void,
        .take = call == UEM_V1_LABELS ? members_take_label : members_take_v1_device,
        .context = members};

    whole_release(&members->whole);
    whole_init(&members->whole, &input, members->report);
}

static bool members_begin_groups(struct members *members, struct error *err)
{
    mapper_set_owner(members->group_mapper, (struct str){"-", 1});
    members_begin_whole(members, UEM_V1_LABELS);
    members->input = (struct listing_input){.fetch = members->fetch,
        .call = UEM_CPS_GROUP_LIST,
        .mapper = members->group_mapper,
        .key = 1,
        .is_part = true,
        .take = members_take_group,
        .context = members};
    return listing_init(&members->listing, &members->input, members->report, err);
}

bool members_new(struct members **members, struct fetch *fetch, size_t entity,
    struct sync_entity_report *report, struct error *err)
{
    struct members *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->fetch = fetch;
        made->entity = entity;
        made->report = report;
        made->is_by_v1 = fetch->cps_off;
        arena_init(&made->arena, CEILING_LIST_BYTES);
        ok = members_open(made, err) && members_begin_groups(made, err);
    }
    if (ok) {
        listing_begin(&made->listing);
    } else {
        members_free(made);
        made = NULL;
    }
    *members = made;
    return ok;
}

void members_free(struct members *members)
{
    if (members != NULL) {
        whole_release(&members->whole);
        listing_release(&members->listing);
        free(members->pairs);
        free(members->groups);
        roster_names_free(members->names);
        arena_release(&members->arena);
        mapper_free(members->device_mapper);
        mapper_free(members->group_mapper);
        hash_free(members->hash);
    }
    free(members);
}

static int members_compare(const void *a, const void *b)
{
    const struct members_pair *left = a;
    const struct members_pair *right = b;

    int by_device = (left->device > right->device) - (left->device < right->device);

    return by_device != 0 ? by_device : (left->group > right->group) - (left->group < right->group);
}

/* Stages the list of one device; `from` to `to` are its pairs. */
static bool members_stage_device(struct members *members, const struct roster_device *device,
    struct item_list *list, size_t from, size_t to, struct error *err)
{
    uint8_t digest[LEDGER_DIGEST_SIZE];
    struct device_list_outcome outcome = {.outcome = LEDGER_COMPLETE,
        .check_in_at = device->check_in_at,
        .digest = digest,
        .every_run = true};
    bool ok = true;

    item_list_clear(list);
    for (size_t i = from; ok && i < to; i++) {
        bool is_again = i > from && members->pairs[i].group == members->pairs[i - 1].group;

        ok = is_again || item_list_add(list, &members->groups[members->pairs[i].group].item, err);
    }
    ok = ok && device_list_stage(members->fetch, members->entity, &members->mapping->relation,
                   device, false, list, members->hash, digest, err);
    outcome.rows = (int64_t)list->count;
    return ok && device_list_stage_fetch(members->fetch, members->entity, device, &outcome, err) &&
           device_list_count(
               members->fetch, members->entity, members->report, device, &outcome, err);
}

static bool members_stage_all(struct members *members, struct error *err)
{
    const struct roster *roster = members->fetch->roster;
    struct item_list list;
    size_t from = 0;
    bool ok = true;

    if (members->pair_count > 0) {
        qsort(members->pairs, members->pair_count, sizeof *members->pairs, members_compare);
    }
    item_list_init(&list);
    for (size_t i = 0; ok && i < roster_count(roster); i++) {
        const struct roster_device *device = roster_at(roster, i);
        size_t to = from;

        while (to < members->pair_count && members->pairs[to].device == i) {
            to++;
        }
        if (device->is_listed && !device->is_gone) {
            ok = members_stage_device(members, device, &list, from, to, err);
        }
        from = to;
    }
    item_list_release(&list);
    return ok;
}

static bool members_end(struct members *members, struct error *err)
{
    members->is_done = true;
    members->report->completeness = SYNC_PROVEN;
    return members_stage_all(members, err);
}

/* In groups. */
static void members_show(const struct members *members)
{
    int64_t left = (int64_t)members->group_count - (int64_t)members->group;
    const struct progress_step step = {
        .done = (int64_t)members->group, .total = (int64_t)members->group_count, .calls = left};

    fetch_show(members->fetch, members->report,
        members->is_by_v1 ? UEM_V1_LABEL_DEVICES : UEM_CPS_DEVICE_LIST, step);
}

/* The devices of the next group, or the end. */
static bool members_next_group(struct members *members, struct error *err)
{
    bool ok = true;

    if (!members->has_groups) {
        members->has_groups = true;
        members->group = 0;
        listing_release(&members->listing);
        members->input.call = UEM_CPS_DEVICE_LIST;
        members->input.mapper = members->device_mapper;
        members->input.take = members_take_device;
        ok = listing_init(&members->listing, &members->input, members->report, err);
    } else {
        members->group++;
    }
    members->before = members->pair_count;
    members_show(members);
    if (ok && members->group < members->group_count) {
        members->listing.arguments.group = members->groups[members->group].id;
        members->listing.walks = 0;
        listing_begin(&members->listing);
    } else if (ok) {
        ok = members_end(members, err);
    }
    return ok;
}

/* What the walk before has found is void. */
static void members_begin_again(struct members *members)
{
    members_void(members);
    listing_begin(&members->listing);
}

static void members_leave(struct members *members, const char *reason)
{
    members->is_done = true;
    members->report->completeness = SYNC_UNPROVEN;
    log_event(members->fetch->log, LOG_WARNING, "%s: %s: what is published stays",
        members->report->entity, reason);
}

/* Of v1: the devices of the next label, or the end. */
static bool members_next_label(struct members *members, struct error *err)
{
    struct uem_arguments arguments = {0};
    struct error unusable = {0};
    bool ok = true;

    members->group += members->has_groups ? 1 : 0;
    members->has_groups = true;
    members->before = members->pair_count;
    members_show(members);
    if (members->group == members->group_count) {
        ok = members_end(members, err);
    } else {
        arguments.name = members->groups[members->group].id;
        members_begin_whole(members, UEM_V1_LABEL_DEVICES);
        members->whole.arguments = arguments;
        if (!uem_may_call(UEM_V1_LABEL_DEVICES, &arguments, &unusable)) {
            members_leave(members, unusable.text);
        }
    }
    return ok;
}

static bool members_judge(struct members *members, struct error *err)
{
    struct listing *listing = &members->listing;
    bool ok = true;

    if (!listing->result.ok) {
        members->is_done = true;
        ok = fetch_give_up(members->fetch, members->report, &listing->result, err);
    } else if (!members->has_groups && listing->walk.distinct == 0) {
        members_leave(members, "the server lists no group");
    } else if (uem_walk_is_proven(&listing->walk, -1)) {
        ok = members_next_group(members, err);
    } else if (listing->walks < MEMBERS_MOST_WALKS) {
        members_begin_again(members);
    } else {
        members_leave(members, "the listing of a group moved twice");
    }
    return ok;
}

/* A document of v1 ended. */
static bool members_judge_whole(struct members *members, struct error *err)
{
    bool ok = true;

    if (!members->whole.result.ok) {
        members->is_done = true;
        ok = fetch_give_up(members->fetch, members->report, &members->whole.result, err);
    } else if (members->whole.unusable > 0) {
        /* It may be any of those who are published. */
        members_leave(members, "a record of a label, or in one, cannot be used");
    } else if (!members->has_groups && members->group_count == 0) {
        members_leave(members, "the server lists no group");
    } else {
        ok = members_next_label(members, err);
    }
    return ok;
}

static bool members_step_v1(struct members *members, struct error *err)
{
    bool ok = whole_step(&members->whole, err);

    if (ok && members->whole.is_ended && !members->is_done) {
        ok = members_judge_whole(members, err);
    }
    return ok;
}

static bool members_step(void *context, bool *is_done, struct error *err)
{
    struct members *members = context;
    bool ok = true;

    /* Members are told by the roster, in which all devices have to be. */
    if (members->is_by_v1) {
        ok = members_step_v1(members, err);
    } else if (!members->has_groups || members->fetch->devices_listed) {
        ok = listing_step(&members->listing, err);
        if (ok && members->listing.is_ended && !members->is_done) {
            ok = members_judge(members, err);
        }
    }
    *is_done = members->is_done;
    return ok;
}

struct flow members_flow(struct members *members)
{
    return (struct flow){.step = members_step, .context = members, .report = members->report};
}
