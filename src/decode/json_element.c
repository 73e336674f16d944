/* What a document is made of: records, their owners, and the envelope around all. */
#include <inttypes.h>
#include <string.h>

#include "decode/json_parts.h"

/* As much of a name as is kept of one that is written over: more than any that is looked for can
 * take with each of its characters escaped, so that a longer one is never taken for it. */
enum { NAME_KEPT = 1024 };

bool json_check_envelope(const struct json_split *split, struct error *err)
{
    bool ok = split->envelope.size <= CEILING_ENVELOPE;

    if (!ok) {
        (void)error_set(err, ERROR_SERVER,
            "the answer holds more than %d bytes around its records (byte offset %" PRIu64 ")",
            CEILING_ENVELOPE, split->offset);
    }
    return ok;
}

/* An owner that is out of room is written over like a record. A name under way stays, as it may be
 * that of a list of records. */
static void element_write_over_owner(struct json_split *split)
{
    size_t kept = 0;

    if (split->state == STATE_STRING && split->is_name && split->level == split->name_level) {
        kept = split->owner.size - split->name_offset;
        kept = kept < NAME_KEPT ? kept : NAME_KEPT;
        memmove(split->owner.data, split->owner.data + split->name_offset, kept);
        split->name_offset = 0;
    }
    split->owner.size = kept;
}

/* A record that is out of room is beyond its ceiling for certain: it is skipped by writing over
 * what there is of it. */
bool json_make_room(struct json_split *split, size_t size, struct error *err)
{
    size_t more = JSON_SCALAR_GROWTH * size + JSON_SCALAR_SLACK;
    bool ok = json_check_envelope(split, err);

    if (split->record.size > RECORD_ROOM - more) {
        split->record.size = 0;
    }
    if (split->owner.size > RECORD_ROOM - more) {
        element_write_over_owner(split);
    }
    if (ok && (!buffer_reserve(&split->envelope, more) || !buffer_reserve(&split->record, more) ||
                  (split->inner != NULL && !buffer_reserve(&split->owner, more)))) {
        ok = error_memory(err);
    }
    return ok;
}

void json_begin_element(struct json_split *split, const char *at)
{
    if (json_in_owners(split)) {
        split->out = &split->owner;
        split->owner.size = 0;
        split->owner_offset = json_offset(split, at);
        split->inner_size = 0;
        split->owner_too_deep = false;
    } else {
        split->out = &split->record;
        split->record.size = 0;
        split->record_offset = json_offset(split, at);
        split->record_too_deep = false;
    }
}

/* Who takes an element, by what it is. */
struct element_takers {
    bool (*whole)(void *context, struct str json, struct error *err);
    bool (*oversized)(void *context, uint64_t size, struct error *err);
    bool (*too_deep)(void *context, uint64_t size, struct error *err);
};

static bool element_hand_on(const struct json_split *split, const struct element_takers *takers,
    struct buffer *text, uint64_t size, bool too_deep, struct error *err)
{
    void *context = split->handler->context;
    bool ok;

    text->data[text->size] = '\0';
    if (size > CEILING_RECORD) {
        ok = takers->oversized(context, size, err);
    } else if (too_deep) {
        ok = takers->too_deep(context, size, err);
    } else {
        ok = takers->whole(context, buffer_view(text), err);
    }
    return ok;
}

bool json_end_element(struct json_split *split, const char *at, struct error *err)
{
    const struct json_split_handler *handler = split->handler;
    const struct element_takers owners = {
        handler->owner, handler->oversized_owner, handler->too_deep_owner};
    const struct element_takers records = {handler->record, handler->oversized, handler->too_deep};
    uint64_t offset = json_offset(split, at);
    bool ok;

    if (json_in_owners(split)) {
        split->out = &split->envelope;
        ok = element_hand_on(split, &owners, &split->owner,
            offset - split->owner_offset - split->inner_size, split->owner_too_deep, err);
        split->owner.size = 0;
    } else {
        split->out = split->outer_level > 0 ? &split->owner : &split->envelope;
        ok = element_hand_on(split, &records, &split->record, offset - split->record_offset,
            split->record_too_deep, err);
    }
    return ok;
}

bool json_element_is_too_deep(struct json_split *split)
{
    bool is_taken;

    if (json_in_owners(split)) {
        split->owner_too_deep = true;
        is_taken = split->handler->too_deep_owner != NULL;
    } else {
        split->record_too_deep = true;
        is_taken = split->handler->too_deep != NULL;
    }
    return is_taken;
}

void json_enter_list(struct json_split *split, const char *at)
{
    split->list_level = split->level;
    if (split->inner != NULL && split->outer_level == 0) {
        split->outer_level = split->level;
        split->name_level = split->level + 1;
    } else {
        split->inner_offset = json_offset(split, at);
    }
}

void json_leave_list(struct json_split *split, const char *at)
{
    if (split->list_level == split->outer_level || split->outer_level == 0) {
        split->list_level = 0;
        split->outer_level = 0;
        split->name_level = 1;
    } else {
        split->list_level = split->outer_level;
        split->inner_size += json_offset(split, at) - split->inner_offset;
    }
}
