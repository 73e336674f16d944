#include "sync/devices.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "mapping/mapper.h"
#include "sync/attributes.h"
#include "sync/id_set.h"
#include "sync/listing.h"
#include "sync/removal.h"
#include "sync/v1_voice.h"

enum {
    DEVICES_MOST_WALKS = 2, /* one more walk when the first does not prove the listing */
    DEVICES_NOT_FOUND = 404,
};

/* What is under way. The count goes first and alone: a wrong password counts once. It is asked for
 * again only when the listing does not fit it, as devices come and go meanwhile. A Core's v1 speaks
 * before the listing, whose rows are joined with its own. */
enum devices_state {
    DEVICES_BEGIN,
    DEVICES_COUNT,
    DEVICES_ATTRIBUTES,
    DEVICES_V1,
    DEVICES_WALK,
    DEVICES_RECOUNT,
    DEVICES_END,
};

struct devices {
    struct fetch *fetch;
    struct sync_entity_report *report;
    const struct mapping *mapping;
    struct mapper *mapper;
    enum devices_state state;
    struct server_number count;
    struct attributes attributes;
    struct v1_voice v1;
    bool has_v1;          /* there is one to ask */
    struct error refusal; /* of CPS, where fetch->cps_off */
    struct id_set *told;  /* published devices that CPS has told, where the listing is in doubt */
    int64_t staged;
    int64_t left; /* devices that v1 alone tells */
    struct listing_input input;
    struct listing listing;
    struct id_set *identifiers; /* "mdm:" and the identifier of every device listed, or its hash */
    struct id_set *renamed;     /* device_ids told by CPS that v1 has a GUID for; NULL: none */
    struct removal *removal;    /* once the listing is proven */
};

/* Notes what the device's device_id would be without a GUID: by its alias, and, where that hides
 * it, by its identifier, under which it may be published from before. */
static bool devices_note_names(
    struct devices *devices, const struct roster_name *name, bool *is_new_alias, struct error *err)
{
    char text[4 + CEILING_KEY];
    bool is_new = false;
    bool is_short = name->alias.size > 0 && name->alias.size <= sizeof text;
    bool ok = !is_short || id_set_add(devices->identifiers, name->alias, is_new_alias, err);

    if (ok && name->identifier.size > 0 && name->identifier.size <= CEILING_KEY) {
        memcpy(text, "mdm:", 4);
        memcpy(text + 4, name->identifier.data, name->identifier.size);
        ok = id_set_add(
            devices->identifiers, (struct str){text, 4 + name->identifier.size}, &is_new, err);
    }
    return ok;
}

/* The status that CPS is asked for. What two voices say together may be another one than CPS', so
 * that all are asked for, and looked at once they are joined: a device that CPS has under another
 * status would seem to be one that v1 alone tells. */
static const char *devices_asked_status(const struct devices *devices)
{
    return devices->has_v1 ? NULL : devices->fetch->status;
}

/* An export can be of one status alone. */
static bool devices_is_wanted(const struct devices *devices, const struct row *row)
{
    size_t place = relation_find_typed(row->relation, "status", COLUMN_TEXT);

    return devices->fetch->status == NULL || !devices->has_v1 ||
           place == row->relation->column_count || !row->cells[place].is_set ||
           str_is(row->cells[place].text, devices->fetch->status);
}

static bool devices_stage(struct devices *devices, const struct row *row,
    const struct roster_name *name, struct error *err)
{
    bool is_wanted = devices_is_wanted(devices, row);

    devices->staged += is_wanted ? 1 : 0;
    return !is_wanted || (load_stage(devices->fetch->load, row, err) &&
                             roster_add(devices->fetch->roster, row, name, err));
}

/* CPS told the device without a GUID, and v1 has one: it is listed under that. Where the row is
 * good, what is published under the other name is no device any more. */
static bool devices_note_learnt(
    struct devices *devices, struct str id, bool is_good, struct error *err)
{
    bool is_new = false;
    bool ok = id_set_add(devices->listing.seen, devices->v1.learnt, &is_new, err);

    if (ok && is_good) {
        ok = (devices->renamed != NULL || id_set_new(&devices->renamed, err)) &&
             id_set_add(devices->renamed, id, &is_new, err);
    }
    return ok;
}

/* What CPS says of a device, and v1 with it. */
static bool devices_stage_joined(struct devices *devices, const struct row *row,
    struct roster_name *name, const cJSON *record, struct error *err)
{
    struct error unusable = {0};
    const struct row *joined = row;
    bool is_joined = !devices->has_v1 || v1_voice_join(&devices->v1, row, &joined, &unusable);
    bool ok = true;

    if (devices->has_v1 && devices->v1.learnt.data != NULL) {
        name->is_guid_v1s = true;
        ok = devices_note_learnt(devices, row->cells[1].text, is_joined, err);
    }
    if (!ok) {
        /* The run ends. */
    } else if (is_joined) {
        ok = devices_stage(devices, joined, name, err);
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {.key = row->cells[1].text,
            .reason = unusable.text,
            .record = record,
            .text = row->cells[1].text};

        ok = rejects_add(devices->fetch->rejects, devices->report, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

/* Notes the identifier too. A device_id that was seen, with an identifier that was not, is another
 * record of that device and no second sight of the same: the first counts. */
static bool devices_take(void *context, const struct row *row, const cJSON *record, bool is_new,
    bool *is_another, struct error *err)
{
    struct devices *devices = context;
    struct roster_name name = {.identifier = mapper_identifier(devices->mapper)};
    bool is_new_alias = false;
    bool ok = mapper_alias(devices->mapper, &name.alias, err) &&
              devices_note_names(devices, &name, &is_new_alias, err);

    if (ok && is_new) {
        ok = devices_stage_joined(devices, row, &name, record, err);
    } else if (ok && is_new_alias) {
        *is_another = true;
        log_event(devices->fetch->log, LOG_WARNING,
            "device: two records of the listing are of device %.*s; the first counts",
            (int)row->cells[1].text.size, row->cells[1].text.data);
    }
    return ok;
}

bool devices_new(struct devices **devices, struct fetch *fetch, struct sync_entity_report *report,
    struct error *err)
{
    struct devices *made = calloc(1, sizeof *made);
    const struct mapping *mapping = NULL;
    bool ok = made != NULL || error_memory(err);

    ok = ok && fetch_find_mapping(fetch, report->entity, &mapping, err);
    if (ok) {
        made->fetch = fetch;
        made->report = report;
        made->mapping = mapping;
        ok = fetch_new_mapper(fetch, mapping, MAPPING_CPS, &made->mapper, err) &&
             id_set_new(&made->identifiers, err);
    }
    if (ok) {
        made->input = (struct listing_input){.fetch = fetch,
            .call = UEM_CPS_DEVICE_LIST,
            .mapper = made->mapper,
            .key = 1,
            .take = devices_take,
            .context = made};
        ok = listing_init(&made->listing, &made->input, report, err);
    }
    if (ok && v1_voice_is_there(fetch, mapping, report)) {
        const struct v1_voice_input input = {fetch, mapping, UEM_V1_DEVICES, 1};

        made->has_v1 = true;
        ok = v1_voice_init(&made->v1, &input, report, err);
    }
    if (ok) {
        made->listing.arguments.status = devices_asked_status(made);
    } else {
        devices_free(made);
        made = NULL;
    }
    *devices = made;
    return ok;
}

void devices_free(struct devices *devices)
{
    if (devices != NULL) {
        removal_free(devices->removal);
        if (devices->has_v1) {
            v1_voice_release(&devices->v1);
        }
        listing_release(&devices->listing);
        id_set_free(devices->told);
        id_set_free(devices->renamed);
        id_set_free(devices->identifiers);
        mapper_free(devices->mapper);
    }
    free(devices);
}

static bool devices_start_count(
    struct devices *devices, enum devices_state state, struct error *err)
{
    const struct uem_arguments arguments = {.status = devices_asked_status(devices)};

    devices->state = state;
    return server_start_number(
        devices->fetch->server, UEM_CPS_DEVICE_COUNT, &arguments, &devices->count, err);
}

/* Takes the count that came. */
static bool devices_take_count(struct devices *devices, struct error *err)
{
    const struct server_result *result = &devices->count.result;

    fetch_count_calls(devices->report, result);
    devices->listing.total = devices->count.number;
    devices->fetch->device_count = devices->count.number;
    if (!result->ok) {
        *err = result->error;
    }
    return result->ok;
}

/* A Core can have CPS switched off, or this user's role may not be for it: v1 speaks alone then. */
static bool devices_is_cps_off(const struct devices *devices)
{
    const struct server_result *result = &devices->count.result;

    return devices->has_v1 && !result->ok &&
           (result->error.kind == ERROR_ROLE || result->status == DEVICES_NOT_FOUND);
}

static void devices_go_without_cps(struct devices *devices)
{
    devices->refusal = devices->count.result.error;
    devices->fetch->cps_off = true;
    devices->report->note = "CPS is not offered to this user: what it alone tells is missing";
    log_event(devices->fetch->log, LOG_WARNING,
        "device: CPS is not offered to this user, and the v1 web services speak alone: %s",
        devices->refusal.text);
}

/* The first count came: on to what comes before the listing. */
static bool devices_begin_listing(struct devices *devices, struct error *err)
{
    bool ok;

    if (devices_is_cps_off(devices)) {
        fetch_count_calls(devices->report, &devices->count.result);
        devices_go_without_cps(devices);
        devices->state = DEVICES_V1;
        ok = true;
    } else {
        devices->state = DEVICES_ATTRIBUTES;
        ok = devices_take_count(devices, err) &&
             attributes_start(&devices->attributes, devices->fetch, UEM_CPS_DEVICE_METADATA,
                 devices->mapper, err);
    }
    return ok;
}

static const char *devices_moved(const struct devices *devices)
{
    return devices->listing.walk.torn ? ", and the listing moved" : "";
}

/* The first walk, or one more: what that brings counts before what the first one brought. */
static bool devices_begin_walk(struct devices *devices, struct error *err)
{
    bool ok = true;

    devices->state = DEVICES_WALK;
    if (devices->listing.walks > 0) {
        log_event(devices->fetch->log, LOG_WARNING,
            "device: %" PRId64 " listed, %" PRId64 " counted%s: listing them once more",
            devices->listing.walk.distinct, devices->listing.total, devices_moved(devices));
        id_set_clear(devices->identifiers);
        id_set_free(devices->renamed);
        devices->renamed = NULL;
        if (devices->has_v1) {
            v1_voice_begin_again(&devices->v1);
        }
        roster_begin_again(devices->fetch->roster);
        ok = load_mark(devices->fetch->load, &devices->mapping->relation, err);
    }
    listing_begin(&devices->listing);
    return ok;
}

static bool devices_take_left(void *context, const struct row *row, struct error *err)
{
    static const struct roster_name nameless = {.identifier = {"", 0}, .alias = {"", 0}};
    struct devices *devices = context;
    struct str id = row->cells[1].text;
    bool is_new = false;
    bool is_told = false;
    bool ok = id_set_add(devices->listing.seen, id, &is_new, err) &&
              (devices->told == NULL || id_set_has(devices->told, id, &is_told, err));

    devices->left++;
    if (ok && is_told) {
        ok = roster_add(devices->fetch->roster, row, &nameless, err); /* its row stays as it is */
    } else if (ok) {
        ok = devices_stage(devices, row, &nameless, err);
    }
    return ok;
}

static bool devices_note_told(void *context, const struct str *texts, struct error *err)
{
    struct devices *devices = context;
    bool is_new = false;

    return texts[1].data == NULL || id_set_add(devices->told, texts[0], &is_new, err);
}

/* CPS may have missed a device, or told it in a record that cannot be used: what is published of
 * both voices is not to become v1's alone. */
static bool devices_read_told(struct devices *devices, struct error *err)
{
    const struct relation *relation = &devices->mapping->relation;
    const size_t columns[] = {1, relation_find_typed(relation, "identifier", COLUMN_TEXT)};

    return id_set_new(&devices->told, err) && (columns[1] == relation->column_count ||
                                                  load_published(devices->fetch->load, relation,
                                                      columns, 2, devices_note_told, devices, err));
}

/* Devices that v1 alone tells: all, where CPS is off; else those of other device spaces, as CPS
 * serves the default one alone (field notes, "CPS"). */
static bool devices_take_all_left(struct devices *devices, bool proven, struct error *err)
{
    bool is_in_doubt = devices->has_v1 && !devices->fetch->cps_off && !devices->fetch->once &&
                       (!proven || devices->report->rejected > 0);
    bool ok =
        (!is_in_doubt || devices_read_told(devices, err)) &&
        (!devices->has_v1 || v1_voice_each_left(&devices->v1, devices_take_left, devices, err));

    if (ok && devices->left > 0 && !devices->fetch->cps_off && devices->fetch->status == NULL) {
        log_event(devices->fetch->log, LOG_WARNING,
            "device: %" PRId64 " devices are told by the v1 web services alone: CPS serves the "
            "default device space only",
            devices->left);
    }
    return ok;
}

static void devices_report(struct devices *devices, bool proven)
{
    struct sync_entity_report *report = devices->report;
    int64_t missing = devices->listing.total - devices->listing.walk.distinct;

    report->completeness = proven ? SYNC_PROVEN : SYNC_UNPROVEN;
    report->fetched = devices->fetch->status != NULL && devices->has_v1
                          ? devices->staged
                          : devices->listing.walk.distinct + devices->left;
    report->missing = missing > 0 ? missing : 0;
    if (!proven) {
        log_event(devices->fetch->log, LOG_WARNING,
            "device: the listing is unproven: %" PRId64 " listed, %" PRId64
            " counted%s; no device is removed in this run",
            devices->listing.walk.distinct, devices->listing.total, devices_moved(devices));
    }
}

/* A proven listing tells what is missing, and whether that is too much. Any one tells which devices
 * have another key. */
static bool devices_find_missing(struct devices *devices, bool proven, struct error *err)
{
    const struct removal_input input = {
        .fetch = devices->fetch,
        .mapping = devices->mapping,
        .mapper = devices->mapper,
        .v1_mapper = devices->has_v1 && devices->v1.speaks ? devices->v1.mapper : NULL,
        .v1_count = devices->has_v1 ? v1_voice_count(&devices->v1) : 0,
        .is_v1_silent = devices->fetch->tenant->kind == SYNC_CORE &&
                        !(devices->has_v1 && v1_voice_count(&devices->v1) > 0),
        .is_cps_silent =
            devices->fetch->cps_off || (devices->left > 0 && devices->listing.walk.distinct == 0),
        .seen = devices->listing.seen,
        .identifiers = devices->identifiers,
        .renamed = devices->renamed,
        .is_proven = proven,
        .is_empty = devices->listing.walk.distinct + devices->left == 0,
    };

    return removal_new(&devices->removal, &input, devices->report, err);
}

static bool devices_end(struct devices *devices, bool proven, struct error *err)
{
    bool ok = true;

    /* A device that left between two walks is not to be loaded for having been in the first. An
     * unproven walk may itself have missed some, so what the first one brought stays then. */
    if (proven && devices->listing.walks > 1) {
        ok = load_forget(devices->fetch->load, &devices->mapping->relation, err);
    }
    ok = ok && devices_take_all_left(devices, proven, err);
    devices_report(devices, proven);
    if (ok && !devices->fetch->once) {
        ok = devices_find_missing(devices, proven, err);
    }
    ok = ok && roster_find_latest(devices->fetch->roster, err);
    /* The other flows go on, and may need the memory. */
    if (devices->has_v1) {
        v1_voice_forget(&devices->v1);
    }
    listing_release(&devices->listing);
    id_set_free(devices->told);
    devices->told = NULL;
    id_set_free(devices->identifiers);
    devices->identifiers = NULL;
    id_set_free(devices->renamed);
    devices->renamed = NULL;
    devices->fetch->devices_listed = true;
    devices->state = DEVICES_END;
    return ok;
}

/* A walk ended: is it proven, by the count as it is now? */
static bool devices_judge(struct devices *devices, bool is_recounted, struct error *err)
{
    bool proven = uem_walk_is_proven(&devices->listing.walk, devices->listing.total);
    bool again = devices->listing.walks < DEVICES_MOST_WALKS && !devices->fetch->once;
    bool ok;

    if (proven || (is_recounted && !again)) {
        ok = devices_end(devices, proven, err);
    } else if (is_recounted) {
        ok = devices_begin_walk(devices, err);
    } else {
        ok = devices_start_count(devices, DEVICES_RECOUNT, err);
    }
    return ok;
}

static bool devices_step_walk(struct devices *devices, struct error *err)
{
    bool ok = listing_step(&devices->listing, err);

    if (ok && devices->listing.is_ended && !devices->listing.result.ok) {
        *err = devices->listing.result.error;
        ok = false;
    } else if (ok && devices->listing.is_ended) {
        ok = devices_judge(devices, false, err);
    }
    return ok;
}

/* Which loose properties are custom attributes is asked for before anything is listed: without it a
 * run would move them to `extra`, and the next one back. So a server that does not answer fails the
 * run. */
static bool devices_step_attributes(struct devices *devices, struct error *err)
{
    bool ok = true;

    if (devices->attributes.is_done) {
        const struct server_result *result = &devices->attributes.result;

        fetch_count_calls(devices->report, result);
        if (result->ok && devices->has_v1) {
            devices->state = DEVICES_V1;
        } else if (result->ok) {
            ok = devices_begin_walk(devices, err);
        } else {
            *err = result->error;
            ok = false;
        }
    }
    return ok;
}

/* v1 has said what it says: CPS is listed, or v1's devices are all. */
static bool devices_judge_v1(struct devices *devices, struct error *err)
{
    bool ok = false;

    if (devices->v1.is_failed) {
        *err = devices->v1.whole.result.error;
        (void)error_context_of_server(
            err, "devices of status %s", devices->v1.whole.arguments.status);
    } else if (!devices->fetch->cps_off) {
        ok = devices_begin_walk(devices, err);
    } else if (devices->v1.speaks) {
        devices->listing.total = -1;
        ok = devices_end(devices, true, err);
    } else {
        *err = devices->refusal;
    }
    return ok;
}

static bool devices_step(void *context, bool *is_done, struct error *err)
{
    struct devices *devices = context;
    bool ok = true;

    switch (devices->state) {
    case DEVICES_BEGIN:
        ok = devices_start_count(devices, DEVICES_COUNT, err);
        break;
    case DEVICES_COUNT:
        if (devices->count.is_done) {
            ok = devices_begin_listing(devices, err);
        }
        break;
    case DEVICES_V1:
        ok = v1_voice_step(&devices->v1, err) &&
             (!devices->v1.is_done || devices_judge_v1(devices, err));
        break;
    case DEVICES_ATTRIBUTES:
        ok = devices_step_attributes(devices, err);
        break;
    case DEVICES_WALK:
        ok = devices_step_walk(devices, err);
        break;
    case DEVICES_RECOUNT:
        if (devices->count.is_done) {
            ok = devices_take_count(devices, err) && devices_judge(devices, true, err);
        }
        break;
    case DEVICES_END:
        break;
    }
    *is_done = devices->state == DEVICES_END;
    return ok;
}

struct flow devices_flow(struct devices *devices)
{
    return (struct flow){.step = devices_step, .context = devices, .report = devices->report};
}

bool devices_remove(struct devices *devices, struct error *err)
{
    return devices->removal == NULL || removal_look_up(devices->removal, err);
}
