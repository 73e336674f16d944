#include "sync/removal.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/ceilings.h"

enum { REMOVAL_ALWAYS_ALLOWED = 10 };

/* What is read of a published device. */
enum {
    REMOVAL_ID,
    REMOVAL_IDENTIFIER, /* which CPS alone tells */
    REMOVAL_CODE,       /* which v1 alone tells, and always does */
    REMOVAL_COLUMNS
};

/* Published devices that the listing lacks. */
struct removal_list {
    struct str *ids;
    size_t count;
    size_t capacity;
};

struct removal {
    struct removal_input input;
    struct sync_entity_report *report;
    struct arena arena; /* holds the ids */
    struct removal_list missing;
    struct removal_list rekeyed; /* known by a GUID now, so the old key goes without a look-up */
    struct roster_names *names;  /* who has their identifiers now; NULL until it is asked */
    struct removal_list left;    /* never published, and listed by an earlier walk alone */
    int64_t published;
    bool has_voices; /* published rows tell which voice they are of */
    int64_t silent;  /* devices that are kept as their voice does not speak */
    int64_t halved;  /* devices that would lose what it has told of them */
    int64_t coded;   /* listed devices that v1 has told of before */
};

/* One look-up under way: a part of the missing devices. */
struct removal_batch {
    struct removal *removal;
    const struct str *ids;
    size_t count;
    bool is_left; /* of removal.left: of these nothing is published that could be kept */
    bool found[UEM_BATCH_MOST];
    /* Found with a GUID that it did not have: its new key; else data is NULL. */
    struct str rekeyed[UEM_BATCH_MOST];
    bool uncertain; /* the answer holds a record that cannot be told from these */
};

bool removal_is_allowed(int64_t missing, int64_t published, double most)
{
    return missing <= REMOVAL_ALWAYS_ALLOWED || (double)missing <= (double)published * most;
}

static bool removal_add(
    struct removal *removal, struct removal_list *list, struct str id, struct error *err)
{
    const char *copy = arena_copy(&removal->arena, id);
    bool ok = copy != NULL;

    if (ok && list->count == list->capacity) {
        size_t capacity = list->capacity > 0 ? 2 * list->capacity : 64;
        struct str *ids = realloc(list->ids, capacity * sizeof *ids);

        ok = ids != NULL;
        if (ok) {
            list->ids = ids;
            list->capacity = capacity;
        }
    }
    if (ok) {
        list->ids[list->count++] = (struct str){copy, id.size};
    }
    return ok || error_memory(err);
}

static bool removal_is_by_guid(struct str id)
{
    return !str_starts(id, "mdm:");
}

/* An id that is a hash, or holds one: the server cannot be asked for it. Without `privacy` it is an
 * identifier as any other. */
static bool removal_is_hidden(const struct removal *removal, struct str id)
{
    return removal->input.fetch->tenant->privacy_count > 0 && !removal_is_by_guid(id) &&
           privacy_holds_hash((struct str){id.data + 4, id.size - 4});
}

/* Told by the one voice that is silent now, and by the other one never. */
static bool removal_is_of_silent(const struct removal *removal, const struct str *texts)
{
    bool has_identifier = texts[REMOVAL_IDENTIFIER].data != NULL;
    bool has_code = texts[REMOVAL_CODE].data != NULL;

    return removal->has_voices && ((removal->input.is_v1_silent && has_code && !has_identifier) ||
                                      (removal->input.is_cps_silent && !has_code));
}

static bool removal_loses_half(const struct removal *removal, const struct str *texts)
{
    return removal->has_voices &&
           ((removal->input.is_v1_silent && texts[REMOVAL_CODE].data != NULL) ||
               (removal->input.is_cps_silent && texts[REMOVAL_IDENTIFIER].data != NULL));
}

static bool removal_take_published(void *context, const struct str *key, struct error *err)
{
    struct removal *removal = context;
    bool listed = false;
    bool rekeyed = false;
    bool ok = id_set_has(removal->input.seen, key[0], &listed, err);

    removal->published++;
    removal->halved += removal_loses_half(removal, key) ? 1 : 0;
    removal->coded += ok && listed && removal->has_voices && key[REMOVAL_CODE].data != NULL ? 1 : 0;
    if (ok && listed && removal->input.renamed != NULL) {
        bool renamed = false;

        ok = id_set_has(removal->input.renamed, key[0], &renamed, err);
        listed = !renamed;
    }
    if (ok && !listed && !removal_is_by_guid(key[0])) {
        ok = id_set_has(removal->input.identifiers, key[0], &rekeyed, err);
    }
    if (ok && !listed && !rekeyed && removal_is_hidden(removal, key[0])) {
        removal->report->kept++;
    } else if (ok && !listed && !rekeyed && removal_is_of_silent(removal, key)) {
        removal->report->kept++;
        removal->silent++;
    } else if (ok && !listed && (rekeyed || removal->input.is_proven || removal->input.is_empty)) {
        ok = removal_add(removal, rekeyed ? &removal->rekeyed : &removal->missing, key[0], err);
    }
    return ok;
}

static void removal_begin(void *context)
{
    struct removal_batch *batch = context;

    for (size_t i = 0; i < batch->count; i++) {
        batch->found[i] = false;
        batch->rekeyed[i].data = NULL;
    }
    batch->uncertain = false;
}

/* Which of the asked devices the answer is: by its key, or, where it was asked for by identifier
 * and has a GUID now, by that identifier. */
static bool removal_match(
    struct removal_batch *batch, const struct row *row, bool *matched, struct error *err)
{
    struct str identifier = mapper_identifier(batch->removal->input.mapper);
    struct str now = row->cells[1].text;
    bool ok = true;

    *matched = false;
    for (size_t i = 0; ok && i < batch->count; i++) {
        struct str id = batch->ids[i];

        if (str_equal(id, now)) {
            batch->found[i] = true;
            *matched = true;
        } else if (!removal_is_by_guid(id) &&
                   str_equal((struct str){id.data + 4, id.size - 4}, identifier)) {
            batch->rekeyed[i] = (struct str){arena_copy(&batch->removal->arena, now), now.size};
            *matched = true;
            ok = batch->rekeyed[i].data != NULL || error_memory(err);
        }
    }
    return ok;
}

static bool removal_take_found(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct removal_batch *batch = context;
    const struct removal_input *input = &batch->removal->input;
    struct error unusable = {0};
    struct row row;
    bool matched = false;
    bool ok = true;

    (void)json;
    if (mapper_apply(input->mapper, record, &row, &unusable)) {
        ok = removal_match(batch, &row, &matched, err) &&
             (!matched || load_stage(input->fetch->load, &row, err));
    }
    /* What was not asked for may be one of those that were, in another guise. */
    batch->uncertain = batch->uncertain || !matched;
    return ok;
}

static bool removal_take_unreadable(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    struct removal_batch *batch = context;

    (void)what;
    (void)reason;
    (void)size;
    (void)err;
    batch->uncertain = true;
    return true;
}

/* Whether a relation is a device's: it has a device_id in its key. */
static bool removal_is_of_device(const struct relation *relation, const struct relation *device)
{
    size_t place = relation_find_column(relation, "device_id");
    bool is_current = relation->kind == RELATION_KEYED || relation->kind == RELATION_SET;

    return is_current && relation != device && place < relation->key_count &&
           (relation->kind == RELATION_SET ? relation->owner == place : place == 1);
}

bool removal_stage_inventory(
    const struct fetch *fetch, const struct relation *device, struct str id, struct error *err)
{
    const struct load_schema *schema = &fetch->catalogue->schema;
    bool ok = true;

    for (size_t i = 0; ok && i < schema->count; i++) {
        if (removal_is_of_device(schema->relations[i], device)) {
            ok = load_replace(fetch->load, schema->relations[i], &id, err);
        }
    }
    return ok;
}

/* The device goes, and everything that hangs on it. */
static bool removal_stage(struct removal *removal, struct str id, struct error *err)
{
    const struct fetch *fetch = removal->input.fetch;
    const struct relation *device = &removal->input.mapping->relation;

    return load_remove(fetch->load, device, &id, err) &&
           removal_stage_inventory(fetch, device, id, err);
}

/* A look-up of one device in v1. */
struct removal_v1 {
    struct removal *removal;
    struct str id;
    bool is_found;
    bool is_uncertain; /* something else came */
};

static void removal_begin_v1(void *context)
{
    struct removal_v1 *look_up = context;

    look_up->is_found = false;
    look_up->is_uncertain = false;
}

static bool removal_take_v1(void *context, const cJSON *record, struct str text, struct error *err)
{
    struct removal_v1 *look_up = context;
    const struct removal_input *input = &look_up->removal->input;
    struct error unusable = {0};
    struct row row;
    bool is_it = mapper_apply(input->v1_mapper, record, &row, &unusable) &&
                 str_equal(row.cells[1].text, look_up->id);

    (void)text;
    look_up->is_found = look_up->is_found || is_it;
    look_up->is_uncertain = look_up->is_uncertain || !is_it;
    return !is_it || load_stage(input->fetch->load, &row, err);
}

static bool removal_take_unreadable_v1(void *context, enum server_unreadable what,
    const char *reason, uint64_t size, struct error *err)
{
    struct removal_v1 *look_up = context;

    (void)what;
    (void)reason;
    (void)size;
    (void)err;
    look_up->is_uncertain = true;
    return true;
}

/* The server failed at a look-up, and the devices that were asked for are kept; anything else ends
 * the run. */
static bool removal_is_kept(const struct server_result *result)
{
    return result->error.kind == ERROR_SERVER || result->error.kind == ERROR_ROLE;
}

/* Asks v1 for a device of that GUID. Whatever it does not say beyond doubt keeps the device. */
static bool removal_look_up_v1(
    struct removal *removal, struct str id, bool *is_found, bool *is_gone, struct error *err)
{
    struct removal_v1 look_up = {.removal = removal, .id = id};
    const struct uem_arguments arguments = {.guid = id};
    const struct server_reader reader = {.begin = removal_begin_v1,
        .record = removal_take_v1,
        .unreadable = removal_take_unreadable_v1,
        .context = &look_up};
    struct server_result result;
    bool ok = server_records(
        removal->input.fetch->server, UEM_V1_DEVICE, &arguments, &reader, &result, err);

    fetch_count_calls(removal->report, &result);
    *is_found = ok && result.ok && look_up.is_found;
    *is_gone = ok && result.ok && !look_up.is_found && !look_up.is_uncertain;
    if (ok && !result.ok && !removal_is_kept(&result)) {
        *err = result.error;
        ok = false;
    } else if (ok && !result.ok) {
        log_event(removal->input.fetch->log, LOG_WARNING,
            "device %s is kept, as it cannot be looked up: %s", id.data, result.error.text);
    }
    return ok;
}

/* What becomes of one device after its look-up in CPS, which was answered or not. */
static bool removal_settle(
    struct removal_batch *batch, size_t index, bool is_answered, struct error *err)
{
    struct removal *removal = batch->removal;
    struct sync_entity_report *report = removal->report;
    struct str id = batch->ids[index];
    bool is_rekeyed = is_answered && batch->rekeyed[index].data != NULL;
    bool is_found = is_answered && batch->found[index];
    bool is_gone = batch->is_left || is_rekeyed || (is_answered && !batch->uncertain);
    bool is_for_v1 = removal->input.v1_mapper != NULL && removal_is_by_guid(id) && !is_found &&
                     !batch->is_left && (is_gone || removal->input.fetch->cps_off);
    bool ok = !is_for_v1 || removal_look_up_v1(removal, id, &is_found, &is_gone, err);

    if (!ok) {
        /* The run ends. */
    } else if (is_found) {
        report->fetched++;
    } else if (is_gone) {
        ok = (!is_rekeyed ||
                 load_rename(removal->input.fetch->load, id, batch->rekeyed[index], err)) &&
             removal_stage(removal, id, err);
    } else {
        report->kept++;
    }
    return ok;
}

/* Asks for the devices of one batch, all by GUID or all by identifier. Whatever the look-up does
 * not answer beyond doubt is kept. */
static bool removal_look_up_batch(struct removal_batch *batch, struct error *err)
{
    struct removal *removal = batch->removal;
    bool by_guid = removal_is_by_guid(batch->ids[0]);
    struct str asked[UEM_BATCH_MOST];
    const struct uem_arguments arguments = {
        .by_guid = by_guid, .identifiers = asked, .identifier_count = batch->count};
    const struct server_reader reader = {.begin = removal_begin,
        .record = removal_take_found,
        .unreadable = removal_take_unreadable,
        .context = batch};
    struct server_result result = {.ok = false, .error.kind = ERROR_ROLE};
    bool is_asked = !removal->input.fetch->cps_off;
    bool ok = true;

    for (size_t i = 0; i < batch->count; i++) {
        asked[i] =
            by_guid ? batch->ids[i] : (struct str){batch->ids[i].data + 4, batch->ids[i].size - 4};
    }
    if (is_asked) {
        ok = server_records(
            removal->input.fetch->server, UEM_CPS_DEVICE_LOOKUP, &arguments, &reader, &result, err);
        fetch_count_calls(removal->report, &result);
    }
    if (ok && !result.ok && !removal_is_kept(&result)) {
        *err = result.error;
        ok = false;
    } else if (ok && is_asked && !result.ok && !batch->is_left) {
        log_event(removal->input.fetch->log, LOG_WARNING,
            "%zu devices that the listing lacks are kept, as they cannot be looked up: %s",
            batch->count, result.error.text);
    }
    for (size_t i = 0; ok && i < batch->count; i++) {
        ok = removal_settle(batch, i, result.ok, err);
    }
    return ok;
}

static bool removal_look_up_all(
    struct removal *removal, const struct removal_list *missing, bool is_left, struct error *err)
{
    size_t most = (size_t)removal->input.fetch->tenant->batch_size;
    size_t at = 0;
    bool ok = true;

    while (ok && at < missing->count) {
        struct removal_batch batch = {
            .removal = removal, .ids = missing->ids + at, .is_left = is_left};
        bool by_guid = removal_is_by_guid(missing->ids[at]);

        while (at < missing->count && batch.count < most &&
               removal_is_by_guid(missing->ids[at]) == by_guid) {
            at++;
            batch.count++;
        }
        ok = removal_look_up_batch(&batch, err);
    }
    return ok;
}

static bool removal_check_guard(const struct removal *removal, struct error *err)
{
    int64_t missing = (int64_t)removal->missing.count;
    double most = removal->input.fetch->tenant->max_removal;
    bool ok = removal->input.fetch->allow_removal ||
              removal_is_allowed(missing, removal->published, most);

    return ok || error_set(err, ERROR_GUARD,
                     "%" PRId64 " of %" PRId64
                     " devices would be removed, more than max_removal (%g %%) allows: nothing was "
                     "changed; if they are really gone, run `uemsync sync --allow-removal`",
                     missing, removal->published, most * 100);
}

/* Devices that only an earlier walk of this run listed, and that were never published: their
 * inventory may be staged. Those that are published are missing like any other. */
static bool removal_add_left(struct removal *removal, struct error *err)
{
    const struct roster *roster = removal->input.fetch->roster;
    struct id_set *missing = NULL;
    char text[ROSTER_ID_SIZE];
    bool is_missing = false;
    bool ok = id_set_new(&missing, err);

    for (size_t i = 0; ok && i < removal->missing.count; i++) {
        ok = id_set_add(missing, removal->missing.ids[i], &is_missing, err);
    }
    for (size_t i = 0; ok && i < roster_count(roster); i++) {
        if (!roster_at(roster, i)->is_listed) {
            struct str id = roster_id(roster_at(roster, i), text);

            ok = id_set_has(missing, id, &is_missing, err) &&
                 (is_missing || removal_add(removal, &removal->left, id, err));
        }
    }
    id_set_free(missing);
    return ok;
}

static bool removal_read_published(struct removal *removal, struct error *err)
{
    const struct removal_input *input = &removal->input;
    const struct relation *relation = &input->mapping->relation;
    size_t columns[REMOVAL_COLUMNS] = {[REMOVAL_ID] = 1,
        [REMOVAL_IDENTIFIER] = relation_find_typed(relation, "identifier", COLUMN_TEXT),
        [REMOVAL_CODE] = relation_find_typed(relation, "compliance_code", COLUMN_BIGINT)};
    bool ok;

    removal->has_voices = columns[REMOVAL_IDENTIFIER] < relation->column_count &&
                          columns[REMOVAL_CODE] < relation->column_count;
    ok = load_published(input->fetch->load, relation, columns,
        removal->has_voices ? REMOVAL_COLUMNS : 1, removal_take_published, removal, err);
    if (ok && removal->silent > 0) {
        log_event(input->fetch->log, LOG_WARNING,
            "device: %" PRId64 " devices that %s alone has told are kept, as it does not speak",
            removal->silent, input->is_cps_silent ? "CPS" : "v1");
    }
    return ok;
}

/* A voice that has spoken before and is silent now would empty the columns that it alone fills; so
 * would v1, where one of its documents is whole and yet tells of far fewer devices than before. */
static bool removal_check_voices(const struct removal *removal, struct error *err)
{
    double most = removal->input.fetch->tenant->max_removal;
    int64_t fewer = removal->input.v1_mapper != NULL ? removal->coded - removal->input.v1_count : 0;
    int64_t lost = fewer > removal->halved ? fewer : removal->halved;
    bool ok =
        removal->input.fetch->allow_removal || removal_is_allowed(lost, removal->published, most);

    return ok ||
           error_set(err, ERROR_GUARD,
               "%" PRId64 " of %" PRId64
               " devices would lose what %s has told of them, more than max_removal (%g %%) "
               "allows: nothing was changed; if it is to be silent from now on, run `uemsync "
               "sync --allow-removal`",
               lost, removal->published, removal->input.is_cps_silent ? "CPS" : "v1", most * 100);
}

bool removal_new(struct removal **removal, const struct removal_input *input,
    struct sync_entity_report *report, struct error *err)
{
    struct removal *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->input = *input;
        made->report = report;
        arena_init(&made->arena, (size_t)CEILING_DEVICES * (CEILING_KEY + 16));
        ok = removal_read_published(made, err) && removal_check_voices(made, err) &&
             removal_check_guard(made, err) && (!input->is_proven || removal_add_left(made, err));
    }
    if (ok && !input->is_proven) {
        made->missing.count = 0; /* nothing is looked up, and nothing goes */
    }
    if (ok) {
        made->input.seen = NULL;
        made->input.identifiers = NULL;
        made->input.renamed = NULL;
    } else {
        removal_free(made);
        made = NULL;
    }
    *removal = made;
    return ok;
}

void removal_free(struct removal *removal)
{
    if (removal != NULL) {
        roster_names_free(removal->names);
        free(removal->left.ids);
        free(removal->rekeyed.ids);
        free(removal->missing.ids);
        arena_release(&removal->arena);
    }
    free(removal);
}

/* A device that was listed under its identifier before, and has a GUID now: what it was is known
 * under the new key from now on. */
static bool removal_rekey(struct removal *removal, struct str id, struct error *err)
{
    char text[ROSTER_ID_SIZE];
    const struct roster_device *device = roster_names_find(removal->names, id.data + 4);

    return (device == NULL ||
               load_rename(removal->input.fetch->load, id, roster_id(device, text), err)) &&
           removal_stage(removal, id, err);
}

bool removal_look_up(struct removal *removal, struct error *err)
{
    bool ok = removal->rekeyed.count == 0 ||
              roster_names_new(&removal->names, removal->input.fetch->roster, err);

    for (size_t i = 0; ok && i < removal->rekeyed.count; i++) {
        ok = removal_rekey(removal, removal->rekeyed.ids[i], err);
    }
    return ok && removal_look_up_all(removal, &removal->missing, false, err) &&
           removal_look_up_all(removal, &removal->left, true, err);
}
