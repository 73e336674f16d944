#include "sync/devices.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "mapping/mapper.h"
#include "sync/id_set.h"
#include "sync/removal.h"
#include "uem/walk.h"

enum {
    DEVICES_MOST_WALKS = 2,      /* one more walk when the first does not prove the listing */
    DEVICES_LOGGED_REJECTS = 20, /* each with a line of its own; the rest are counted */
};

/* The stage under way. */
struct devices {
    const struct devices_input *input;
    struct sync_entity_report *report;
    struct mapper *mapper;
    struct id_set *seen;        /* device_id of every record listed */
    struct id_set *identifiers; /* "mdm:" and the identifier, of those that have a GUID */
    size_t identifier_column;
    struct uem_walk walk;
    int walks;
    int64_t total; /* what the server counts */
    struct uem_page page;
    struct buffer first; /* id of the page's first record */
    struct buffer first_before;
    struct buffer last;
    struct buffer last_before;
};

static bool devices_init(
    struct devices *devices, const struct devices_input *input, struct error *err)
{
    const struct relation *relation = &input->mapping->relation;

    buffer_init(&devices->first, 2 * CEILING_KEY);
    buffer_init(&devices->first_before, 2 * CEILING_KEY);
    buffer_init(&devices->last, 2 * CEILING_KEY);
    buffer_init(&devices->last_before, 2 * CEILING_KEY);
    devices->identifier_column = relation->column_count;
    for (size_t i = 0; i < relation->column_count; i++) {
        if (strcmp(relation->columns[i].name, "identifier") == 0) {
            devices->identifier_column = i;
        }
    }
    return mapper_new(&devices->mapper, input->mapping, input->tenant->name, err) &&
           id_set_new(&devices->seen, err) && id_set_new(&devices->identifiers, err);
}

static void devices_release(struct devices *devices)
{
    buffer_release(&devices->last_before);
    buffer_release(&devices->last);
    buffer_release(&devices->first_before);
    buffer_release(&devices->first);
    id_set_free(devices->identifiers);
    id_set_free(devices->seen);
    mapper_free(devices->mapper);
}

/* A try begins: the page is counted from its start. What an earlier, broken try has shown stays
 * seen and staged; `fresh` keeps counting it. */
static void devices_begin_page(void *context)
{
    struct devices *devices = context;
    int fresh = devices->page.fresh;

    devices->page = (struct uem_page){.fresh = fresh};
    buffer_clear(&devices->first);
    buffer_clear(&devices->last);
}

/* Every record, usable or not, has its place in the page, by an id of its own. */
static bool devices_note(struct devices *devices, struct str id, bool *is_new, struct error *err)
{
    bool ok = id_set_add(devices->seen, id, is_new, err);

    if (ok) {
        if (devices->page.received == 0) {
            buffer_append_str(&devices->first, id);
        }
        buffer_clear(&devices->last);
        buffer_append_str(&devices->last, id);
        devices->page.holds_last =
            devices->page.holds_last || str_equal(id, buffer_view(&devices->last_before));
        devices->page.received++;
        devices->page.fresh += *is_new ? 1 : 0;
        ok = (buffer_ok(&devices->first) && buffer_ok(&devices->last)) || error_memory(err);
    }
    return ok;
}

/* A record that cannot be used is known by the digest of its text, so that it is told once. */
static bool devices_reject(
    struct devices *devices, struct str text, const char *reason, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    char id[1 + 2 * HASH_SIZE + 1] = "!";
    bool is_new = false;
    bool ok = hash_of(text, digest, err);

    for (size_t i = 0; ok && i < HASH_SIZE; i++) {
        (void)snprintf(id + 1 + 2 * i, 3, "%02x", digest[i]);
    }
    ok = ok && devices_note(devices, str_of(id), &is_new, err);
    if (ok && is_new) {
        devices->report->rejected++;
        if (devices->report->rejected <= DEVICES_LOGGED_REJECTS) {
            log_event(devices->input->log, LOG_WARNING,
                "device: record %" PRId64 " of the listing is left out: %s",
                devices->walk.offset + devices->page.received, reason);
        }
    }
    return ok;
}

/* The identifier of a row as an id of its own; empty where it has none. Trimmed, as it stands in
 * device_id. */
static struct str devices_alias(
    const struct devices *devices, const struct row *row, char alias[4 + CEILING_KEY])
{
    struct str identifier = {"", 0};

    if (devices->identifier_column < row->relation->column_count) {
        const struct cell *cell = &row->cells[devices->identifier_column];

        identifier = cell->is_set ? str_trim(cell->text) : identifier;
    }
    if (identifier.size > 0 && identifier.size <= CEILING_KEY) {
        memcpy(alias, "mdm:", 4);
        memcpy(alias + 4, identifier.data, identifier.size);
        identifier = (struct str){alias, 4 + identifier.size};
    } else {
        identifier.size = 0;
    }
    return identifier;
}

/* Notes the identifier too. A device_id that was seen, with an identifier that was not, is another
 * record of that device and no second sight of the same: the server counts it, and the first counts
 * here. */
static bool devices_note_identifier(
    struct devices *devices, const struct row *row, bool is_new_device, struct error *err)
{
    char text[4 + CEILING_KEY];
    struct str alias = devices_alias(devices, row, text);
    bool is_new = false;
    bool ok = alias.size == 0 || id_set_add(devices->identifiers, alias, &is_new, err);

    if (ok && is_new && !is_new_device) {
        devices->page.fresh++;
        log_event(devices->input->log, LOG_WARNING,
            "device: two records of the listing are of device %.*s; the first counts",
            (int)row->cells[1].text.size, row->cells[1].text.data);
    }
    return ok;
}

static bool devices_take_record(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct devices *devices = context;
    struct error unusable = {0};
    struct row row;
    bool is_new = false;
    bool ok;

    if (mapper_apply(devices->mapper, record, &row, &unusable)) {
        ok = devices_note(devices, row.cells[1].text, &is_new, err);
        ok = ok && devices_note_identifier(devices, &row, is_new, err);
        if (ok && is_new) {
            ok = load_stage(devices->input->load, &row, err);
        }
    } else if (unusable.kind == ERROR_RECORD) {
        ok = devices_reject(devices, json, unusable.text, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

static bool devices_take_unreadable(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    char text[64];

    (void)snprintf(text, sizeof text, "unreadable %" PRIu64, size);
    return devices_reject(context, str_of(text), reason, err);
}

static void devices_swap(struct buffer *a, struct buffer *b)
{
    struct buffer kept = *a;

    *a = *b;
    *b = kept;
}

static void devices_show(const struct devices *devices)
{
    const struct progress *progress = devices->input->progress;

    if (progress != NULL && progress->show != NULL) {
        progress->show(progress->context, devices->input->tenant->name, "device",
            devices->walk.distinct, devices->total);
    }
}

static bool devices_page(struct devices *devices, enum uem_walk_step *step, struct error *err)
{
    const struct server_reader reader = {
        devices_begin_page, devices_take_record, devices_take_unreadable, devices};
    const struct uem_arguments arguments = {.status = devices->input->status,
        .offset = (int)devices->walk.offset,
        .limit = devices->walk.limit};
    bool ok;

    devices_swap(&devices->first, &devices->first_before);
    devices_swap(&devices->last, &devices->last_before);
    devices->page = (struct uem_page){0};
    ok = server_records(devices->input->server, UEM_CPS_DEVICE_LIST, &arguments, &reader, err) ||
         error_context_of_server(err, "page %d of device", devices->walk.pages + 1);
    if (ok) {
        devices->page.is_repeated =
            devices->walk.pages > 0 && devices->page.received > 1 &&
            str_equal(buffer_view(&devices->first), buffer_view(&devices->first_before));
        *step = uem_walk_page(&devices->walk, &devices->page, devices->total);
        devices_show(devices);
    }
    return ok;
}

/* A second walk lists everything anew: what it brings counts before what the first one brought. */
static bool devices_begin_again(struct devices *devices, struct error *err)
{
    id_set_clear(devices->seen);
    id_set_clear(devices->identifiers);
    devices->report->rejected = 0;
    return load_mark(devices->input->load, &devices->input->mapping->relation, err);
}

/* One walk over all pages. */
static bool devices_walk(struct devices *devices, struct error *err)
{
    enum uem_walk_step step = UEM_WALK_ON;
    bool ok = true;

    devices->walks++;
    uem_walk_begin(&devices->walk, devices->input->tenant->page_size);
    buffer_clear(&devices->first);
    buffer_clear(&devices->last);
    while (ok && step == UEM_WALK_ON) {
        ok = devices_page(devices, &step, err);
    }
    if (ok && step == UEM_WALK_STUCK) {
        ok = error_set(err, ERROR_SERVER,
            "page %d of device brings what was there before: the server ignores the offset",
            devices->walk.pages);
    }
    return ok;
}

static const char *devices_moved(const struct devices *devices)
{
    return devices->walk.torn ? ", and the listing moved" : "";
}

/* Walks, and says whether that proves the listing. The server's count is asked for again only when
 * it does not fit, as devices come and go meanwhile. */
static bool devices_prove(struct devices *devices, bool *proven, struct error *err)
{
    bool ok = devices_walk(devices, err);

    *proven = ok && uem_walk_is_proven(&devices->walk, devices->total);
    if (ok && !*proven) {
        ok = server_count_devices(
            devices->input->server, devices->input->status, &devices->total, err);
        *proven = ok && uem_walk_is_proven(&devices->walk, devices->total);
    }
    return ok;
}

static void devices_report(struct devices *devices, bool proven)
{
    struct sync_entity_report *report = devices->report;
    int64_t missing = devices->total - devices->walk.distinct;

    report->completeness = proven ? SYNC_PROVEN : SYNC_UNPROVEN;
    report->fetched = devices->walk.distinct;
    report->missing = missing > 0 ? missing : 0;
    if (!proven) {
        log_event(devices->input->log, LOG_WARNING,
            "device: the listing is unproven: %" PRId64 " listed, %" PRId64
            " counted%s; no device is removed in this run",
            devices->walk.distinct, devices->total, devices_moved(devices));
    }
}

/* Walks until the listing is proven, once more at most. */
static bool devices_list(struct devices *devices, struct error *err)
{
    int most = devices->input->once ? 1 : DEVICES_MOST_WALKS;
    bool proven = false;
    bool ok = true;

    while (ok && !proven && devices->walks < most) {
        if (devices->walks > 0) {
            log_event(devices->input->log, LOG_WARNING,
                "device: %" PRId64 " listed, %" PRId64 " counted%s: listing them once more",
                devices->walk.distinct, devices->total, devices_moved(devices));
            ok = devices_begin_again(devices, err);
        }
        ok = ok && devices_prove(devices, &proven, err);
    }
    /* A device that left between two walks is not to be loaded for having been in the first. An
     * unproven walk may itself have missed some, so what the first one brought stays then. */
    if (ok && proven && devices->walks > 1) {
        ok = load_forget(devices->input->load, &devices->input->mapping->relation, err);
    }
    if (ok) {
        devices_report(devices, proven);
    }
    return ok;
}

static bool devices_take_attribute(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct devices *devices = context;
    struct str name = record_text(record_member(record, "name"));
    const cJSON *read_only = record_member(record, "readOnly");
    bool is_custom = cJSON_IsFalse(read_only) || str_is(record_text(read_only), "false");

    (void)json;
    return name.size == 0 || !is_custom ||
           mapper_add_custom_attribute(devices->mapper, name.data, err);
}

static bool devices_skip_attribute(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    const struct devices *devices = context;

    (void)size;
    (void)err;
    log_event(devices->input->log, LOG_WARNING, "device/$metadata: an attribute: %s", reason);
    return true;
}

/* Which loose properties are custom attributes. Without that a run would move them to `extra`, and
 * the next one back: so a server that does not answer this call fails the run. */
static bool devices_read_metadata(struct devices *devices, struct error *err)
{
    const struct uem_arguments none = {0};
    const struct server_reader reader = {
        NULL, devices_take_attribute, devices_skip_attribute, devices};

    return server_records(devices->input->server, UEM_CPS_DEVICE_METADATA, &none, &reader, err);
}

bool devices_fetch(
    const struct devices_input *input, struct sync_entity_report *report, struct error *err)
{
    struct devices devices = {.input = input, .report = report};
    /* The count goes first and alone: a wrong password counts once. */
    bool ok = devices_init(&devices, input, err) &&
              server_count_devices(input->server, input->status, &devices.total, err) &&
              devices_read_metadata(&devices, err) && devices_list(&devices, err);

    report->entity = "device";
    if (ok && report->rejected > DEVICES_LOGGED_REJECTS) {
        log_event(input->log, LOG_WARNING, "device: %" PRId64 " records are left out in all",
            report->rejected);
    }
    if (ok && report->completeness == SYNC_PROVEN && !input->once) {
        const struct removal_input removal = {input->server, input->load, input->mapping,
            devices.mapper, devices.seen, devices.identifiers, input->tenant, input->log,
            input->allow_removal};

        ok = removal_find(&removal, report, err);
    }
    devices_release(&devices);
    return ok;
}
