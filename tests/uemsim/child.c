#include "child.h"

#include "edit.h"

static void append_name(struct buf *out, const char *before, const char *text, size_t len)
{
    buf_text(out, before);
    buf_put(out, text, len);
    buf_put(out, "\"", 1);
}

/* `deviceMdmId`, and for a device asked for by its GUID that as well or instead. Who has no
 * identifier is named by GUID, whatever --child-name says. */
static void append_names(const struct child_entry *entry, enum child_names names, struct buf *out)
{
    const struct device_world *const world = &entry->request->server->tenant.world;
    const int child_name = entry->request->server->options->child_name;
    const bool by_guid = names == NAMES_GUID || entry->asked->kind == NAME_GUID;
    const bool guid = by_guid && (names == NAMES_GUID || child_name != CHILD_NAME_MDM ||
                                     !entry->device.has_identifier);
    const bool mdm = names != NAMES_GUID && entry->device.has_identifier &&
                     !(by_guid && child_name == CHILD_NAME_GUID);
    char text[DEVICE_NAME_MAX];

    if (mdm) {
        const char *const end = device_write_identifier(world, &entry->device, text);
        append_name(out, names == NAMES_IDENTIFIER ? "\"identifier\":\"" : "\"deviceMdmId\":\"",
            text, (size_t)(end - text));
    }
    if (guid) {
        const char *const end = device_write_guid(world, entry->device.index, text);
        append_name(
            out, mdm ? ",\"deviceGuid\":\"" : "\"deviceGuid\":\"", text, (size_t)(end - text));
    }
}

static bool is_middle(const struct child_entry *entry)
{
    return entry->place == entry->asked->count / 2;
}

static void append_record(const struct child_list *list, uint64_t place, struct buf *out)
{
    char *const to = buf_reserve(out, list->record_max);

    if (to != NULL) {
        buf_written_to(out, list->write(list, place, to));
    }
}

static void append_spoilt_record(
    const struct child_entry *entry, const struct child_list *list, uint64_t place, struct buf *out)
{
    const struct fault_hit *const hit = &entry->request->hit;
    const size_t from = out->len;

    if (hit->has[FAULT_BAD_RECORD] && hit->number[FAULT_BAD_RECORD] == 0 && is_middle(entry) &&
        place == list->count / 2) {
        buf_text(out, "\"not a record\"");
    } else {
        append_record(list, place, out);
        if (hit->has[FAULT_EMPTY_IDENTIFIER] && place == 0) {
            edit_empty(out, from, "identifier");
        }
        if (hit->has[FAULT_HUGE_RECORD] && place == 0 && entry->place == 0) {
            edit_widen(out, from, list->long_member, (size_t)hit->number[FAULT_HUGE_RECORD]);
        }
    }
}

static void append_records(
    const struct child_entry *entry, const struct child_list *list, struct buf *out)
{
    const bool spoilt = entry->request->hit.any;

    buf_put(out, "[", 1);
    for (uint64_t place = 0; place < list->count && !out->failed; place++) {
        buf_put(out, ",", place == 0 ? 0 : 1);
        if (spoilt) {
            append_spoilt_record(entry, list, place, out);
        } else {
            append_record(list, place, out);
        }
    }
    if (entry->request->hit.has[FAULT_SAME_APP] && list->count > 0) {
        buf_put(out, ",", 1);
        append_spoilt_record(entry, list, 0, out);
    }
    buf_put(out, "]", 1);
}

void child_append_list(
    const struct child_entry *entry, const struct child_list *list, struct buf *out)
{
    const char *const spoilt = reply_spoilt_list(entry->request, "[]");

    buf_put(out, "\"", 1);
    buf_text(out, list->name);
    buf_put(out, "\":", 2);
    if (spoilt != NULL) {
        buf_text(out, spoilt);
    } else {
        append_records(entry, list, out);
    }
}

static void append_entry(
    const struct child_call *call, const struct child_entry *entry, struct buf *out)
{
    const struct fault_hit *const hit = &entry->request->hit;
    const bool bad = hit->has[FAULT_BAD_RECORD] && is_middle(entry);
    const bool nameless = bad && hit->number[FAULT_BAD_RECORD] != 0;
    const bool name_last = hit->has[FAULT_NAME_LAST];

    if (bad && !nameless && call->entry_is_record) {
        buf_text(out, "\"not a record\"");
    } else {
        buf_put(out, "{", 1);
        if (!nameless && !name_last) {
            append_names(entry, call->names, out);
            buf_put(out, ",", 1);
        }
        call->append(call, entry, out);
        if (!nameless && name_last) {
            buf_put(out, ",", 1);
            append_names(entry, call->names, out);
        }
        buf_put(out, "}", 1);
    }
}

static void append_entries(const struct request *request, const struct child_call *call,
    const struct asked *asked, struct buf *out)
{
    struct child_entry entry = {.request = request, .asked = asked};

    (void)buf_reserve(out, asked->count * call->entry_average + 4096);
    if (asked->count > 0 || !call->empty_body) {
        buf_text(out, call->before);
        for (size_t at = 0; at < asked->count && !out->failed; at++) {
            entry.place = at;
            device_make(&request->server->tenant.world, asked->devices[at], &entry.device);
            buf_put(out, ",", at == 0 ? 0 : 1);
            append_entry(call, &entry, out);
        }
        buf_text(out, call->after);
    }
}

void child_answer(struct request *request, const struct child_call *call, struct reply *reply)
{
    struct asked asked;

    if (asked_read(request, call->type, &asked, reply) && reply_begin(request, false, reply)) {
        asked_find(request, call->filter, false, &asked);
        append_entries(request, call, &asked, &reply->body);
        tenant_end(&request->server->tenant);
    }
    asked_release(&asked);
}
