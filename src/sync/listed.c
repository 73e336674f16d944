#include "sync/listed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "mapping/mapper.h"
#include "sync/item_list.h"
#include "sync/listing.h"
#include "sync/v1_voice.h"

enum {
    LISTED_MOST_WALKS = 2, /* one more when the listing moved */
    LISTED_NAME = 2,       /* the column by which a label is known as a device group */
    LISTED_NOT_FOUND = 404,
};

static const struct {
    const char *name;
    enum uem_call_id call;
    enum uem_call_id v1_call; /* a Core's v1 lists them too; UEM_CALL_COUNT: it does not */
} listed_entities[] = {
    {"device_group", UEM_CPS_GROUP_LIST, UEM_V1_LABELS},
    {"app_catalog", UEM_CPS_APP_CATALOG, UEM_CALL_COUNT},
};

enum uem_call_id listed_call(const char *name)
{
    enum uem_call_id call = UEM_CALL_COUNT;

    for (size_t i = 0; i < sizeof listed_entities / sizeof *listed_entities; i++) {
        if (strcmp(listed_entities[i].name, name) == 0) {
            call = listed_entities[i].call;
        }
    }
    return call;
}

enum uem_call_id listed_v1_call(const char *name)
{
    enum uem_call_id call = UEM_CALL_COUNT;

    for (size_t i = 0; i < sizeof listed_entities / sizeof *listed_entities; i++) {
        if (strcmp(listed_entities[i].name, name) == 0) {
            call = listed_entities[i].v1_call;
        }
    }
    return call;
}

struct listed {
    struct fetch *fetch;
    struct sync_entity_report *report;
    const struct relation *relation;
    struct mapper *mapper;
    struct listing_input input;
    struct listing listing;
    struct v1_voice v1;
    bool has_v1;            /* there is one to ask */
    bool is_v1_alone;       /* CPS is off */
    int64_t left;           /* that v1 alone tells */
    struct item_list items; /* of a set */
    struct hash *hash;
    bool is_done;
};

static bool listed_take_item(struct listed *listed, const struct row *row, struct error *err)
{
    struct load_item item;

    return row_digest(listed->hash, row, item.digest, err) &&
           load_item(listed->fetch->load, row, &item, err) &&
           item_list_add(&listed->items, &item, err);
}

static bool listed_stage(struct listed *listed, const struct row *row, struct error *err)
{
    return listed->relation->kind == RELATION_SET ? listed_take_item(listed, row, err)
                                                  : load_stage(listed->fetch->load, row, err);
}

/* What CPS says of it, and v1 with it. A row of both that is too large is left as CPS has it. */
static bool listed_take(void *context, const struct row *row, const cJSON *record, bool is_new,
    bool *is_another, struct error *err)
{
    struct listed *listed = context;
    const struct row *joined = row;
    struct error too_large = {0};
    bool ok = true;

    (void)record;
    (void)is_another;
    if (is_new && listed->has_v1 && !v1_voice_join(&listed->v1, row, &joined, &too_large)) {
        ok = too_large.kind == ERROR_RECORD;
        joined = row;
    }
    if (!ok) {
        *err = too_large;
    }
    return ok && (!is_new || listed_stage(listed, joined, err));
}

static bool listed_take_left(void *context, const struct row *row, struct error *err)
{
    struct listed *listed = context;

    listed->left++;
    return listed_stage(listed, row, err);
}

bool listed_new(struct listed **listed, struct fetch *fetch, struct sync_entity_report *report,
    struct error *err)
{
    const struct mapping *mapping = NULL;
    struct listed *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    ok = ok && fetch_find_mapping(fetch, report->entity, &mapping, err);
    if (ok) {
        made->fetch = fetch;
        made->report = report;
        made->relation = &mapping->relation;
        item_list_init(&made->items);
        made->hash = hash_new(err);
        ok =
            made->hash != NULL && fetch_new_mapper(fetch, mapping, MAPPING_CPS, &made->mapper, err);
    }
    if (ok) {
        made->input = (struct listing_input){.fetch = fetch,
            .call = listed_call(report->entity),
            .mapper = made->mapper,
            .key = mapping->relation.kind == RELATION_SET ? 0 : 1,
            .take = listed_take,
            .context = made};
        ok = listing_init(&made->listing, &made->input, report, err);
        listing_begin(&made->listing);
    }
    if (ok && listed_v1_call(report->entity) != UEM_CALL_COUNT &&
        v1_voice_is_there(fetch, mapping, report)) {
        const struct v1_voice_input input = {
            fetch, mapping, listed_v1_call(report->entity), LISTED_NAME};

        made->has_v1 = true;
        ok = v1_voice_init(&made->v1, &input, report, err);
    }
    if (!ok) {
        listed_free(made);
        made = NULL;
    }
    *listed = made;
    return ok;
}

void listed_free(struct listed *listed)
{
    if (listed != NULL) {
        if (listed->has_v1) {
            v1_voice_release(&listed->v1);
        }
        listing_release(&listed->listing);
        item_list_release(&listed->items);
        mapper_free(listed->mapper);
        hash_free(listed->hash);
    }
    free(listed);
}

/* What a proven listing brought is all that there is. */
static bool listed_publish(struct listed *listed, struct error *err)
{
    static const struct str no_owner = {"", 0};
    bool ok = true;

    if (listed->relation->kind == RELATION_SET) {
        item_list_order(&listed->items);
        ok = load_list(listed->fetch->load, listed->relation, no_owner, listed->items.items,
            listed->items.count, err);
    } else {
        ok = load_replace(listed->fetch->load, listed->relation, NULL, err);
    }
    return ok;
}

static const char *listed_doubt(const struct listed *listed)
{
    const char *doubt = ", and the server may have cut it short";

    if (listed->is_v1_alone && listed->v1.whole.unusable > 0) {
        doubt = ", and it has records that cannot be used";
    } else if (listed->listing.walk.distinct == 0) {
        doubt = ", and a list of nothing proves nothing";
    } else if (listed->listing.walk.torn) {
        doubt = ", and it moved";
    } else if (listed->items.is_too_long) {
        doubt = ", and it is too long";
    }
    return doubt;
}

/* The listing of CPS is there, or CPS is off and v1 speaks alone. */
static bool listed_end(struct listed *listed, struct error *err)
{
    const struct uem_walk *walk = &listed->listing.walk;
    /* A list of nothing proves nothing: it is how a server in trouble answers, too. */
    bool is_whole = listed->is_v1_alone || (walk->distinct > 0 && uem_walk_is_proven(walk, -1));
    /* What CPS may have missed, or told in a record that cannot be used, is not v1's alone. */
    bool takes_left =
        listed->has_v1 && is_whole && (listed->is_v1_alone || listed->report->rejected == 0);
    bool ok = !takes_left || v1_voice_each_left(&listed->v1, listed_take_left, listed, err);
    bool is_proven = is_whole && walk->distinct + listed->left > 0 && !listed->items.is_too_long;

    /* Of v1, one that cannot be used may be any of those that are published. */
    is_proven = is_proven && !(listed->is_v1_alone && listed->v1.whole.unusable > 0);
    listed->report->completeness = is_proven ? SYNC_PROVEN : SYNC_UNPROVEN;
    listed->report->fetched = walk->distinct + listed->left;
    listed->is_done = true;
    if (!is_proven) {
        log_event(listed->fetch->log, LOG_WARNING,
            "%s: the listing is unproven: %" PRId64 " listed%s; nothing of it is removed",
            listed->report->entity, listed->report->fetched, listed_doubt(listed));
    }
    /* An export has nothing that could be lost. */
    return ok && (!(is_proven || listed->fetch->once) || listed_publish(listed, err));
}

/* CPS does not list them for this user, and v1 has. */
static bool listed_is_cps_off(const struct listed *listed)
{
    const struct server_result *result = &listed->listing.result;

    return listed->has_v1 && listed->v1.speaks && !result->ok &&
           (result->error.kind == ERROR_ROLE || result->status == LISTED_NOT_FOUND);
}

static void listed_tell_cps_off(struct listed *listed)
{
    listed->report->note = "CPS is not offered to this user: what it alone tells is missing";
    log_event(listed->fetch->log, LOG_WARNING,
        "%s: CPS is not offered to this user, and the v1 web services speak alone: %s",
        listed->report->entity, listed->listing.result.error.text);
}

static bool listed_note_group(void *context, const struct str *texts, struct error *err)
{
    bool *keeps = context;

    (void)err;
    *keeps = *keeps || !str_starts(texts[0], "label:");
    return true;
}

bool listed_keeps_groups(const struct fetch *fetch, bool *keeps, struct error *err)
{
    static const size_t columns[] = {1};
    const struct mapping *mapping = NULL;

    *keeps = false;
    return fetch_find_mapping(fetch, "device_group", &mapping, err) &&
           load_published(
               fetch->load, &mapping->relation, columns, 1, listed_note_group, keeps, err);
}

/* CPS is off: v1 speaks alone, or what CPS has told stays. */
static bool listed_end_without_cps(struct listed *listed, struct error *err)
{
    bool keeps = false;
    bool ok = listed_keeps_groups(listed->fetch, &keeps, err);

    listed->is_v1_alone = true;
    listed_tell_cps_off(listed);
    if (ok && keeps) {
        listed->is_done = true;
        listed->report->completeness = SYNC_NOT_OFFERED;
        listed->report->note = "CPS is not offered to this user: what is published stays";
    } else if (ok) {
        ok = listed_end(listed, err);
    }
    return ok;
}

/* The walk ended. */
static bool listed_judge(struct listed *listed, struct error *err)
{
    bool again = listed->listing.walk.torn && listed->listing.walks < LISTED_MOST_WALKS &&
                 !listed->fetch->once;
    bool ok = true;

    if (listed_is_cps_off(listed)) {
        ok = listed_end_without_cps(listed, err);
    } else if (!listed->listing.result.ok) {
        listed->is_done = true;
        ok = fetch_give_up(listed->fetch, listed->report, &listed->listing.result, err);
    } else if (again) {
        log_event(listed->fetch->log, LOG_WARNING, "%s: the listing moved: listing it once more",
            listed->report->entity);
        item_list_clear(&listed->items);
        if (listed->has_v1) {
            v1_voice_begin_again(&listed->v1);
        }
        listing_begin(&listed->listing);
    } else {
        ok = listed_end(listed, err);
    }
    return ok;
}

/* v1 goes first, as its rows are joined with those of CPS as they come. */
static bool listed_step_v1(struct listed *listed, struct error *err)
{
    bool ok = v1_voice_step(&listed->v1, err);

    if (ok && listed->v1.is_failed) {
        listed->is_done = true;
        ok = fetch_give_up(listed->fetch, listed->report, &listed->v1.whole.result, err);
    }
    return ok;
}

static bool listed_step(void *context, bool *is_done, struct error *err)
{
    struct listed *listed = context;
    bool is_before = listed->has_v1 && !listed->v1.is_done;
    bool ok = is_before ? listed_step_v1(listed, err) : listing_step(&listed->listing, err);

    if (ok && !is_before && listed->listing.is_ended && !listed->is_done) {
        ok = listed_judge(listed, err);
    }
    *is_done = listed->is_done;
    return ok;
}

struct flow listed_flow(struct listed *listed)
{
    return (struct flow){.step = listed_step, .context = listed, .report = listed->report};
}
