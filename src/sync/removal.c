#include "sync/removal.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/ceilings.h"

enum { REMOVAL_ALWAYS_ALLOWED = 10 };

/* Published devices that the listing lacks. */
struct removal_list {
    struct str *ids;
    size_t count;
    size_t capacity;
};

struct removal {
    const struct removal_input *input;
    struct sync_entity_report *report;
    struct arena arena; /* holds the ids */
    struct removal_list missing;
    struct removal_list rekeyed; /* known by a GUID now, so the old key goes without a look-up */
    int64_t published;
};

/* One look-up under way: a part of the missing devices. */
struct removal_batch {
    struct removal *removal;
    const struct str *ids;
    size_t count;
    bool found[UEM_LOOKUP_MOST];
    bool rekeyed[UEM_LOOKUP_MOST]; /* found, with a GUID that it did not have: under another key */
    bool uncertain;                /* the answer holds a record that cannot be told from these */
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

static bool removal_take_published(void *context, const struct str *key, struct error *err)
{
    struct removal *removal = context;
    bool listed = false;
    bool rekeyed = false;
    bool ok = id_set_has(removal->input->seen, key[0], &listed, err);

    removal->published++;
    if (ok && !listed && !removal_is_by_guid(key[0])) {
        ok = id_set_has(removal->input->identifiers, key[0], &rekeyed, err);
    }
    if (ok && !listed) {
        ok = removal_add(removal, rekeyed ? &removal->rekeyed : &removal->missing, key[0], err);
    }
    return ok;
}

static void removal_begin(void *context)
{
    struct removal_batch *batch = context;

    for (size_t i = 0; i < batch->count; i++) {
        batch->found[i] = false;
        batch->rekeyed[i] = false;
    }
    batch->uncertain = false;
}

/* Which of the asked devices the answer is: by its key, or, where it was asked for by identifier
 * and has a GUID now, by that identifier. */
static bool removal_match(struct removal_batch *batch, const cJSON *record, const struct row *row)
{
    struct str identifier = str_trim(record_text(record_member(record, "identifier")));
    bool matched = false;

    for (size_t i = 0; i < batch->count; i++) {
        struct str id = batch->ids[i];

        if (str_equal(id, row->cells[1].text)) {
            batch->found[i] = true;
            matched = true;
        } else if (!removal_is_by_guid(id) &&
                   str_equal((struct str){id.data + 4, id.size - 4}, identifier)) {
            batch->rekeyed[i] = true;
            matched = true;
        }
    }
    return matched;
}

static bool removal_take_found(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct removal_batch *batch = context;
    const struct removal_input *input = batch->removal->input;
    struct error unusable = {0};
    struct row row;
    bool ok = true;

    (void)json;
    if (!mapper_apply(input->mapper, record, &row, &unusable)) {
        batch->uncertain = true;
    } else if (removal_match(batch, record, &row)) {
        ok = load_stage(input->load, &row, err);
    } else {
        /* What was not asked for may be one of those that were, in another guise. */
        batch->uncertain = true;
    }
    return ok;
}

static bool removal_take_unreadable(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    struct removal_batch *batch = context;

    (void)reason;
    (void)size;
    (void)err;
    batch->uncertain = true;
    return true;
}

static bool removal_stage(struct removal *removal, struct str id, struct error *err)
{
    return load_remove(removal->input->load, &removal->input->mapping->relation, &id, err);
}

/* Asks for the devices of one batch, all by GUID or all by identifier. Whatever the look-up does
 * not answer beyond doubt is kept. */
static bool removal_look_up(struct removal_batch *batch, struct error *err)
{
    struct removal *removal = batch->removal;
    bool by_guid = removal_is_by_guid(batch->ids[0]);
    struct str asked[UEM_LOOKUP_MOST];
    const struct uem_arguments arguments = {
        .by_guid = by_guid, .identifiers = asked, .identifier_count = batch->count};
    const struct server_reader reader = {
        removal_begin, removal_take_found, removal_take_unreadable, batch};
    bool ok;
    bool answered;

    for (size_t i = 0; i < batch->count; i++) {
        asked[i] =
            by_guid ? batch->ids[i] : (struct str){batch->ids[i].data + 4, batch->ids[i].size - 4};
    }
    answered =
        server_records(removal->input->server, UEM_CPS_DEVICE_LOOKUP, &arguments, &reader, err);
    ok = answered || err->kind == ERROR_SERVER || err->kind == ERROR_ROLE;
    if (ok && !answered) {
        log_event(removal->input->log, LOG_WARNING,
            "%zu devices that the listing lacks are kept, as they cannot be looked up: %s",
            batch->count, err->text);
        error_clear(err);
    }
    for (size_t i = 0; ok && i < batch->count; i++) {
        if (answered && batch->found[i]) {
            removal->report->fetched++;
        } else if (answered && (batch->rekeyed[i] || !batch->uncertain)) {
            ok = removal_stage(removal, batch->ids[i], err);
        } else {
            removal->report->kept++;
        }
    }
    return ok;
}

static bool removal_look_up_all(struct removal *removal, struct error *err)
{
    const struct removal_list *missing = &removal->missing;
    size_t most = (size_t)removal->input->tenant->batch_size;
    size_t at = 0;
    bool ok = true;

    while (ok && at < missing->count) {
        struct removal_batch batch = {.removal = removal, .ids = missing->ids + at};
        bool by_guid = removal_is_by_guid(missing->ids[at]);

        while (at < missing->count && batch.count < most &&
               removal_is_by_guid(missing->ids[at]) == by_guid) {
            at++;
            batch.count++;
        }
        ok = removal_look_up(&batch, err);
    }
    return ok;
}

static bool removal_check_guard(const struct removal *removal, struct error *err)
{
    int64_t missing = (int64_t)removal->missing.count;
    double most = removal->input->tenant->max_removal;
    bool ok =
        removal->input->allow_removal || removal_is_allowed(missing, removal->published, most);

    return ok || error_set(err, ERROR_GUARD,
                     "%" PRId64 " of %" PRId64
                     " devices would be removed, more than max_removal (%g %%) allows: nothing was "
                     "changed; if they are really gone, run `uemsync sync --allow-removal`",
                     missing, removal->published, most * 100);
}

bool removal_find(
    const struct removal_input *input, struct sync_entity_report *report, struct error *err)
{
    struct removal removal = {.input = input, .report = report};
    bool ok;

    arena_init(&removal.arena, (size_t)CEILING_DEVICES * (CEILING_KEY + 16));
    ok = load_published_keys(
             input->load, &input->mapping->relation, removal_take_published, &removal, err) &&
         removal_check_guard(&removal, err);
    for (size_t i = 0; ok && i < removal.rekeyed.count; i++) {
        ok = removal_stage(&removal, removal.rekeyed.ids[i], err);
    }
    ok = ok && removal_look_up_all(&removal, err);
    free(removal.rekeyed.ids);
    free(removal.missing.ids);
    arena_release(&removal.arena);
    return ok;
}
