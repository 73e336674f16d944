#include "sync/batch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "mapping/rules.h"
#include "sync/device_list.h"

enum { BATCH_NONE = UEM_BATCH_MOST };

struct batch *batch_new(const struct batch_input *input, bool by_guid)
{
    struct batch *batch = calloc(1, sizeof *batch);

    if (batch != NULL) {
        batch->input = input;
        batch->by_guid = by_guid;
        item_list_init(&batch->list);
        row_list_init(&batch->rows);
        rejects_pending_init(&batch->rejects);
    }
    return batch;
}

void batch_free(struct batch *batch)
{
    if (batch != NULL) {
        rejects_pending_release(&batch->rejects);
        row_list_release(&batch->rows);
        item_list_release(&batch->list);
    }
    free(batch);
}

bool batch_is_of_one(enum uem_call_id call)
{
    return uem_call(call)->segment == UEM_SEGMENT_GUID;
}

static const struct roster_device *batch_roster_device(const struct batch *batch, size_t index)
{
    return roster_at(batch->input->fetch->roster, batch->devices[index].place);
}

/* A try begins. What an earlier, broken try brought whole stays: it was an answer. */
static void batch_begin(void *context)
{
    struct batch *batch = context;

    item_list_clear(&batch->list);
    row_list_clear(&batch->rows);
    rejects_pending_clear(&batch->rejects);
    batch->ordinal = 0;
}

static size_t batch_find_guid(const struct batch *batch, const uint8_t guid[ROW_UUID_SIZE])
{
    size_t found = BATCH_NONE;

    for (size_t i = 0; found == BATCH_NONE && i < batch->count; i++) {
        const struct roster_device *device = batch_roster_device(batch, i);

        if (device->has_guid && memcmp(device->guid, guid, ROW_UUID_SIZE) == 0) {
            found = i;
        }
    }
    return found;
}

/* Two devices of a batch can have one identifier; it means the one that registered last. A device
 * that is known by a GUID is not meant where the answer says another one. */
static size_t batch_find_identifier(
    const struct batch *batch, struct str identifier, bool says_guid)
{
    size_t found = BATCH_NONE;

    for (size_t i = 0; identifier.size > 0 && i < batch->count; i++) {
        const struct roster_device *device = batch_roster_device(batch, i);

        if (str_is(identifier, device->identifier) && !(says_guid && device->has_guid) &&
            (found == BATCH_NONE ||
                device->registered_at > batch_roster_device(batch, found)->registered_at)) {
            found = i;
        }
    }
    return found;
}

static struct str batch_text(const cJSON *record, const char *name)
{
    return str_trim(record_text(record_member(record, name)));
}

/* Which device of the batch a part of the answer is of; BATCH_NONE for one that was not asked for.
 * *is_named says whether it names a device at all. */
static size_t batch_match(const struct batch *batch, const cJSON *record, bool *is_named)
{
    struct str guid_text = batch_text(record, "deviceGuid");
    struct str identifier = batch_text(record, "deviceMdmId");
    uint8_t guid[ROW_UUID_SIZE];
    bool has_guid = rule_parse_uuid(guid_text, guid);
    size_t found = has_guid ? batch_find_guid(batch, guid) : BATCH_NONE;

    if (identifier.size == 0) {
        identifier = batch_text(record, "identifier");
    }
    if (found == BATCH_NONE) {
        found = batch_find_identifier(batch, identifier, has_guid);
    }
    *is_named = has_guid || identifier.size > 0;
    return found;
}

static bool batch_reject(struct batch *batch, const struct rejected *rejected, struct error *err)
{
    struct rejected told = *rejected;
    struct error unusable = {0};

    /* A device of an answer with lists is no record that was mapped. */
    if (told.record != NULL && told.is_unmapped &&
        !mapper_protect(batch->input->mapper, told.record, &unusable)) {
        told.record = NULL;
    }
    /* What a tenant does not want to be kept of profiles is not kept of a rejected one either. */
    if (batch->input->call == UEM_CPS_PROFILE && !batch->input->fetch->tenant->profile_content) {
        told.record = NULL;
    }
    return rejects_pend(
        batch->input->fetch->rejects, &batch->rejects, batch->input->report, &told, err);
}

/* What was rejected so far counts, whatever becomes of the rest of the answer. `index` is that of
 * the device whose records these are; BATCH_NONE: not known. */
static bool batch_settle(struct batch *batch, size_t index, struct error *err)
{
    char text[ROSTER_ID_SIZE];
    struct str key = {NULL, 0};

    if (index != BATCH_NONE) {
        key = roster_id(batch_roster_device(batch, index), text);
    }
    return rejects_settle(
        batch->input->fetch->rejects, &batch->rejects, batch->input->report, key, err);
}

static bool batch_is_known(void *context, struct str json, bool *is_known, struct error *err)
{
    struct batch *batch = context;
    uint8_t key[MEMO_KEY_SIZE];
    struct load_item item;
    bool ok = true;

    memo_key(batch->input->fetch->memo, (uint8_t)batch->input->entity, json, key);
    *is_known = memo_find(batch->input->fetch->memo, key, &item);
    if (*is_known) {
        batch->ordinal++;
        ok = item_list_add(&batch->list, &item, err);
    }
    return ok;
}

/* A row of a set: it becomes an item, and is remembered by its text. */
static bool batch_take_item(
    struct batch *batch, const struct row *row, struct str json, struct error *err)
{
    const struct batch_input *input = batch->input;
    uint8_t key[MEMO_KEY_SIZE];
    struct load_item item;
    bool ok = row_digest(input->hash, row, item.digest, err) &&
              load_item(input->fetch->load, row, &item, err);

    if (ok) {
        memo_key(input->fetch->memo, (uint8_t)input->entity, json, key);
        memo_add(input->fetch->memo, key, &item);
        ok = item_list_add(&batch->list, &item, err);
    }
    return ok;
}

/* An app and its like, of a device that is not known before the end of its list. */
static bool batch_take_inner(void *context, const cJSON *record, struct str json, struct error *err)
{
    struct batch *batch = context;
    struct error unusable = {0};
    struct row row;
    bool ok = true;

    batch->ordinal++;
    mapper_set_owner(batch->input->mapper, (struct str){"-", 1}); /* load_list says whose it is */
    if (mapper_apply(batch->input->mapper, record, &row, &unusable)) {
        ok = batch_take_item(batch, &row, json, err);
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {
            .reason = unusable.text, .record = record, .text = json, .bytes = json.size};

        ok = batch_reject(batch, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

static unsigned batch_bit(const struct batch *batch)
{
    return 1U << batch->setting;
}

/* A device that comes again, in one answer or in a further try. The last word counts, but where
 * what is out cannot be taken back it is the first. */
static bool batch_is_again(const struct batch *batch, size_t index)
{
    return batch->input->fetch->once && (batch->devices[index].answered & batch_bit(batch)) != 0;
}

/* Of two settings one may have been answered: of the other what is published stays, and so does
 * what is known of it. */
static bool batch_keep_known(
    const struct batch *batch, size_t index, struct batch_device *device, struct error *err)
{
    static const uint8_t none[LEDGER_DIGEST_SIZE / 2];
    const struct batch_input *input = batch->input;
    const struct known_fetch *known = NULL;
    bool ok = device_list_find_known(
        input->fetch, input->entity, batch_roster_device(batch, index), &known, err);

    for (size_t i = 0; ok && known != NULL && input->settings[i] != NULL; i++) {
        const uint8_t *half = known->digest + i * sizeof none;

        if ((device->answered & 1U << i) == 0 && memcmp(half, none, sizeof none) != 0) {
            memcpy(device->digest + i * sizeof none, half, sizeof none);
            device->rows++;
        }
    }
    return ok;
}

/* What is known now of the device; the outcome's digest is the device's own. */
static bool batch_outcome(const struct batch *batch, size_t index, struct batch_device *device,
    struct device_list_outcome *outcome, struct error *err)
{
    const struct batch_input *input = batch->input;
    bool ok = input->settings == NULL || device->answered == 0 ||
              batch_keep_known(batch, index, device, err);

    *outcome = (struct device_list_outcome){.outcome = LEDGER_COMPLETE,
        .check_in_at = device->check_in_at,
        .rows = device->rows,
        .digest = device->answered != 0 ? device->digest : NULL,
        .every_run = input->every_run,
        .is_list = !input->every_run &&
                   (uem_call(input->call)->inner != NULL || batch_is_of_one(input->call)),
        .is_again = device->has_row};
    if ((device->failed & ~device->answered) != 0) {
        outcome->outcome = LEDGER_FAILED;
    } else if (device->answered == 0) {
        outcome->outcome = LEDGER_UNANSWERED;
    }
    return ok;
}

/* What was staged of the device is told of at once, so that a run that dies leaves it whole. With a
 * further setting to come it is not all, and to be asked for again. */
static bool batch_note(struct batch *batch, size_t index, struct error *err)
{
    const struct batch_input *input = batch->input;
    struct batch_device device = batch->devices[index];
    struct device_list_outcome outcome;
    bool ok = batch_outcome(batch, index, &device, &outcome, err);

    outcome.outcome = input->settings == NULL ? LEDGER_COMPLETE : LEDGER_FAILED;
    batch->devices[index].is_noted = input->settings == NULL;
    batch->devices[index].has_row = true;
    return ok && device_list_stage_fetch(
                     input->fetch, input->entity, batch_roster_device(batch, index), &outcome, err);
}

/* The device's list is whole. One that comes after another, in this answer or in that of an earlier
 * try, takes its place whatever earlier runs know. */
static bool batch_take_list(struct batch *batch, size_t index, struct error *err)
{
    const struct batch_input *input = batch->input;
    struct batch_device *device = &batch->devices[index];
    bool ok;

    ok = device_list_stage(input->fetch, input->entity, &input->mapping->relation,
        batch_roster_device(batch, index), device->answered != 0, &batch->list, input->hash,
        device->digest, err);
    device->answered |= batch_bit(batch);
    device->rows = (int64_t)batch->list.count; /* without repeats */
    return ok && batch_note(batch, index, err);
}

static bool batch_fail_device(struct batch *batch, size_t index, const cJSON *record,
    struct str json, const char *reason, struct error *err)
{
    char text[ROSTER_ID_SIZE];
    const struct rejected rejected = {
        .key = roster_id(batch_roster_device(batch, index), text),
        .reason = reason,
        .record = record,
        .is_unmapped = uem_call(batch->input->call)->inner != NULL,
        .text = json,
        .bytes = json.size,
    };

    batch->devices[index].failed |= batch_bit(batch);
    return batch_reject(batch, &rejected, err);
}

/* What names no device is a record that cannot be used; what names one that was not asked for is
 * passed over. */
static bool batch_take_stranger(
    struct batch *batch, const cJSON *record, struct str json, bool is_named, struct error *err)
{
    const struct rejected rejected = {.reason = "it names no device",
        .record = record,
        .is_unmapped = true,
        .text = json,
        .bytes = json.size};
    bool ok = true;

    if (!is_named) {
        ok = batch_reject(batch, &rejected, err);
    } else {
        log_event(batch->input->fetch->log, LOG_DEBUG,
            "%s: a device in the answer was not asked for", batch->input->report->entity);
    }
    return ok;
}

/* A device of the answer ends: the records since the last one are its own. */
static bool batch_take_owner(void *context, const cJSON *owner, struct str json, struct error *err)
{
    struct batch *batch = context;
    const char *inner = uem_call(batch->input->call)->inner;
    bool is_named = false;
    size_t index = batch_match(batch, owner, &is_named);
    bool ok = true;

    if (index == BATCH_NONE) {
        ok = batch_take_stranger(batch, owner, json, is_named, err);
    } else if (record_type(record_member(owner, inner)) != RECORD_NULL) {
        ok = batch_fail_device(batch, index, owner, json, "its list is no list", err);
    } else if (batch->list.is_too_long) {
        ok = batch_fail_device(
            batch, index, owner, json, "its list is longer than this program takes", err);
    } else if (!batch_is_again(batch, index)) {
        ok = batch_take_list(batch, index, err);
    }
    ok = ok && batch_settle(batch, index, err);
    item_list_clear(&batch->list);
    return ok;
}

/* A row of its own: of a setting, whose digest is a half of the device's, or of a location. */
static bool batch_take_row(
    struct batch *batch, size_t index, const struct row *row, struct error *err)
{
    const struct batch_input *input = batch->input;
    struct batch_device *device = &batch->devices[index];
    const struct known_fetch *known = NULL;
    uint8_t digest[ROW_DIGEST_SIZE];
    size_t size = input->settings != NULL ? LEDGER_DIGEST_SIZE / 2 : LEDGER_DIGEST_SIZE;
    size_t from = batch->setting * size;
    bool is_new = false;
    bool ok = row_digest(input->hash, row, digest, err) &&
              device_list_find_known(
                  input->fetch, input->entity, batch_roster_device(batch, index), &known, err);

    if (ok) {
        memcpy(device->digest + from, digest, size);
        is_new = known == NULL || (device->answered & batch_bit(batch)) != 0 ||
                 memcmp(known->digest + from, digest, size) != 0;
        ok = !(is_new || input->fetch->full) || load_stage(input->fetch->load, row, err);
        device->rows += (device->answered & batch_bit(batch)) == 0 ? 1 : 0;
        device->answered |= batch_bit(batch);
    }
    return ok && (!is_new || batch_note(batch, index, err));
}

static bool batch_take_record(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct batch *batch = context;
    char text[ROSTER_ID_SIZE];
    struct error unusable = {0};
    struct row row;
    bool is_named = false;
    size_t index = batch_match(batch, record, &is_named);
    bool ok = true;

    batch->ordinal++;
    if (index == BATCH_NONE) {
        ok = batch_take_stranger(batch, record, json, is_named, err);
    } else if (!batch_is_again(batch, index)) {
        struct str id = roster_id(batch_roster_device(batch, index), text);

        mapper_set_owner(batch->input->mapper, id);
        if (mapper_apply(batch->input->mapper, record, &row, &unusable)) {
            ok = batch_take_row(batch, index, &row, err);
        } else if (unusable.kind == ERROR_RECORD) {
            ok = batch_fail_device(batch, index, record, json, unusable.text, err);
        } else {
            *err = unusable;
            ok = false;
        }
    }
    return ok;
}

/* What cannot be read is known by its size and its place in the batch's answer. A device that is
 * lost so takes its list with it. */
static bool batch_take_unreadable(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    struct batch *batch = context;
    char id[ROSTER_ID_SIZE];
    char text[ROSTER_ID_SIZE + 64];
    struct rejected rejected = {.reason = reason, .bytes = size};

    (void)roster_id(batch_roster_device(batch, 0), id);
    (void)snprintf(text, sizeof text, "unreadable %" PRIu64 " at %" PRIu64 " of %s", size,
        batch->ordinal++, id);
    rejected.text = str_of(text);
    if (what == SERVER_UNREADABLE_OWNER) {
        item_list_clear(&batch->list);
    }
    return batch_reject(batch, &rejected, err);
}

/* A record of the one device that is asked: kept until all are there. */
static bool batch_take_own(void *context, const cJSON *record, struct str json, struct error *err)
{
    struct batch *batch = context;
    char text[ROSTER_ID_SIZE];
    struct error unusable = {0};
    struct load_item item = {.form = {"", 0}};
    struct row row;
    bool ok = true;

    batch->ordinal++;
    mapper_set_owner(batch->input->mapper, roster_id(batch_roster_device(batch, 0), text));
    if (mapper_apply(batch->input->mapper, record, &row, &unusable)) {
        ok = row_digest(batch->input->hash, &row, item.digest, err) &&
             item_list_add(&batch->list, &item, err) && row_list_add(&batch->rows, &row, err);
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {
            .reason = unusable.text, .record = record, .text = json, .bytes = json.size};

        ok = batch_reject(batch, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

/* The rows take the place of what is published of the device, unless they are that. */
static bool batch_stage_own(struct batch *batch, struct error *err)
{
    const struct batch_input *input = batch->input;
    struct batch_device *device = &batch->devices[0];
    const struct roster_device *of_roster = batch_roster_device(batch, 0);
    char text[ROSTER_ID_SIZE];
    const struct str id = roster_id(of_roster, text);
    const struct known_fetch *known = NULL;
    bool is_new = false;
    bool ok = item_list_digest(&batch->list, input->hash, device->digest, err) &&
              device_list_find_known(input->fetch, input->entity, of_roster, &known, err);

    if (ok) {
        is_new = input->fetch->full || known == NULL ||
                 memcmp(known->digest, device->digest, LEDGER_DIGEST_SIZE) != 0;
        ok = !is_new || load_replace(input->fetch->load, &input->mapping->relation, &id, err);
    }
    for (size_t i = 0; ok && is_new && i < batch->rows.count; i++) {
        ok = load_stage(input->fetch->load, &batch->rows.rows[i], err);
    }
    return ok;
}

/* The answer is whole, and the device's list with it. */
static bool batch_take_all_own(struct batch *batch, struct error *err)
{
    struct batch_device *device = &batch->devices[0];
    bool ok;

    if (batch->list.is_too_long || batch->rows.is_too_long) {
        char text[ROSTER_ID_SIZE];
        struct str id = roster_id(batch_roster_device(batch, 0), text);

        ok = batch_fail_device(
            batch, 0, NULL, id, "its list is longer than this program takes", err);
    } else {
        item_list_order(&batch->list);
        ok = batch_stage_own(batch, err);
        device->answered |= batch_bit(batch);
        device->rows = (int64_t)batch->list.count;
        ok = ok && batch_note(batch, 0, err);
    }
    return ok && batch_settle(batch, 0, err);
}

static bool batch_done(void *context, const struct server_result *result, struct error *err)
{
    struct batch *batch = context;

    batch->result = *result;
    batch->is_done = true;
    fetch_count_calls(batch->input->report, result);
    return !result->ok ||
           (batch_is_of_one(batch->input->call) ? batch_take_all_own(batch, err)
                                                : batch_settle(batch, BATCH_NONE, err));
}

/* Who takes the records of the call's answer. */
static bool (*batch_reader(enum uem_call_id call))(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    bool (*reader)(void *context, const cJSON *record, struct str json, struct error *err) =
        uem_call(call)->inner != NULL ? batch_take_inner : batch_take_record;

    return batch_is_of_one(call) ? batch_take_own : reader;
}

bool batch_start(struct batch *batch, struct error *err)
{
    const struct batch_input *input = batch->input;
    bool has_lists = uem_call(input->call)->inner != NULL;
    char(*ids)[ROSTER_ID_SIZE] = malloc(sizeof *ids * UEM_BATCH_MOST);
    struct str identifiers[UEM_BATCH_MOST];
    struct uem_arguments arguments = {
        .by_guid = batch->by_guid,
        .setting = input->settings != NULL ? input->settings[batch->setting] : NULL,
        .identifiers = identifiers,
        .identifier_count = batch->count,
    };
    const struct server_reader reader = {.begin = batch_begin,
        .known = has_lists ? batch_is_known : NULL,
        .record = batch_reader(input->call),
        .owner = batch_take_owner,
        .unreadable = batch_take_unreadable,
        .done = batch_done,
        .context = batch};
    bool ok = ids != NULL || error_memory(err);

    for (size_t i = 0; ok && i < batch->count; i++) {
        const struct roster_device *device = batch_roster_device(batch, i);

        identifiers[i] = batch->by_guid ? roster_id(device, ids[i]) : str_of(device->identifier);
    }
    batch->is_done = false;
    if (ok && batch_is_of_one(input->call)) {
        arguments.guid = identifiers[0];
    }
    ok = ok && server_start(input->fetch->server, input->call, &arguments, &reader, err);
    free(ids);
    return ok;
}

bool batch_is_over(struct batch *batch)
{
    const char *const *settings = batch->input->settings;
    bool is_over = settings == NULL || settings[batch->setting + 1] == NULL;

    batch->setting += is_over ? 0 : 1;
    return is_over;
}

bool batch_end(struct batch *batch, struct error *err)
{
    const struct batch_input *input = batch->input;
    bool ok = true;

    for (size_t i = 0; ok && i < batch->count; i++) {
        struct batch_device *device = &batch->devices[i];
        const struct roster_device *of_roster = batch_roster_device(batch, i);
        struct device_list_outcome outcome;

        ok =
            batch_outcome(batch, i, device, &outcome, err) &&
            (device->is_noted ||
                device_list_stage_fetch(input->fetch, input->entity, of_roster, &outcome, err)) &&
            device_list_count(input->fetch, input->entity, input->report, of_roster, &outcome, err);
    }
    return ok;
}
