#include "sync/devices.h"

#include <inttypes.h>
#include <string.h>

#include "base/ceilings.h"
#include "mapping/mapper.h"
#include "sync/id_set.h"
#include "sync/listing.h"
#include "sync/removal.h"

enum { DEVICES_MOST_WALKS = 2 }; /* one more walk when the first does not prove the listing */

/* The stage under way. */
struct devices {
    const struct devices_input *input;
    struct sync_entity_report *report;
    struct mapper *mapper;
    struct listing listing;
    struct id_set *identifiers; /* "mdm:" and the identifier of every device listed */
    size_t identifier_column;
};

static size_t devices_find_column(const struct relation *relation, const char *name)
{
    size_t place = 0;

    while (place < relation->column_count && strcmp(relation->columns[place].name, name) != 0) {
        place++;
    }
    return place;
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
 * record of that device and no second sight of the same: the first counts. */
static bool devices_take(
    void *context, const struct row *row, bool is_new, bool *is_another, struct error *err)
{
    struct devices *devices = context;
    char text[4 + CEILING_KEY];
    struct str alias = devices_alias(devices, row, text);
    bool is_new_alias = false;
    bool ok = alias.size == 0 || id_set_add(devices->identifiers, alias, &is_new_alias, err);

    if (ok && is_new) {
        ok = load_stage(devices->input->load, row, err);
    } else if (ok && is_new_alias) {
        *is_another = true;
        log_event(devices->input->log, LOG_WARNING,
            "device: two records of the listing are of device %.*s; the first counts",
            (int)row->cells[1].text.size, row->cells[1].text.data);
    }
    return ok;
}

/* A second walk lists everything anew: what it brings counts before what the first one brought. */
static bool devices_begin_again(struct devices *devices, struct error *err)
{
    id_set_clear(devices->identifiers);
    return load_mark(devices->input->load, &devices->input->mapping->relation, err);
}

static const char *devices_moved(const struct devices *devices)
{
    return devices->listing.walk.torn ? ", and the listing moved" : "";
}

/* Walks, and says whether that proves the listing. The server's count is asked for again only when
 * it does not fit, as devices come and go meanwhile. */
static bool devices_prove(struct devices *devices, bool *proven, struct error *err)
{
    bool ok = listing_walk(&devices->listing, err);

    *proven = ok && uem_walk_is_proven(&devices->listing.walk, devices->listing.total);
    if (ok && !*proven) {
        ok = server_count_devices(
            devices->input->server, devices->input->status, &devices->listing.total, err);
        *proven = ok && uem_walk_is_proven(&devices->listing.walk, devices->listing.total);
    }
    return ok;
}

static void devices_report(struct devices *devices, bool proven)
{
    struct sync_entity_report *report = devices->report;
    int64_t missing = devices->listing.total - devices->listing.walk.distinct;

    report->completeness = proven ? SYNC_PROVEN : SYNC_UNPROVEN;
    report->fetched = devices->listing.walk.distinct;
    report->missing = missing > 0 ? missing : 0;
    if (!proven) {
        log_event(devices->input->log, LOG_WARNING,
            "device: the listing is unproven: %" PRId64 " listed, %" PRId64
            " counted%s; no device is removed in this run",
            devices->listing.walk.distinct, devices->listing.total, devices_moved(devices));
    }
}

/* Walks until the listing is proven, once more at most. */
static bool devices_list(struct devices *devices, struct error *err)
{
    int most = devices->input->once ? 1 : DEVICES_MOST_WALKS;
    bool proven = false;
    bool ok = true;

    while (ok && !proven && devices->listing.walks < most) {
        if (devices->listing.walks > 0) {
            log_event(devices->input->log, LOG_WARNING,
                "device: %" PRId64 " listed, %" PRId64 " counted%s: listing them once more",
                devices->listing.walk.distinct, devices->listing.total, devices_moved(devices));
            ok = devices_begin_again(devices, err);
        }
        ok = ok && devices_prove(devices, &proven, err);
    }
    /* A device that left between two walks is not to be loaded for having been in the first. An
     * unproven walk may itself have missed some, so what the first one brought stays then. */
    if (ok && proven && devices->listing.walks > 1) {
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

/* The count goes first and alone: a wrong password counts once. */
static bool devices_run(struct devices *devices, struct error *err)
{
    const struct devices_input *input = devices->input;
    bool ok = server_count_devices(input->server, input->status, &devices->listing.total, err) &&
              devices_read_metadata(devices, err) && devices_list(devices, err);

    if (ok && devices->report->completeness == SYNC_PROVEN && !input->once) {
        const struct removal_input removal = {
            .server = input->server,
            .load = input->load,
            .mapping = input->mapping,
            .mapper = devices->mapper,
            .seen = devices->listing.seen,
            .identifiers = devices->identifiers,
            .tenant = input->tenant,
            .log = input->log,
            .allow_removal = input->allow_removal,
        };

        ok = removal_find(&removal, devices->report, err);
    }
    return ok;
}

bool devices_fetch(
    const struct devices_input *input, struct sync_entity_report *report, struct error *err)
{
    struct devices devices = {.input = input,
        .report = report,
        .identifier_column = devices_find_column(&input->mapping->relation, "identifier")};
    struct listing_input listing = {
        .server = input->server,
        .call = UEM_CPS_DEVICE_LIST,
        .status = input->status,
        .tenant = input->tenant,
        .log = input->log,
        .progress = input->progress,
        .take = devices_take,
        .context = &devices,
    };
    const struct mapper_options options = {
        .tenant = input->tenant->name,
        .kind = input->tenant->kind == SYNC_CORE ? MAPPING_CORE : MAPPING_CLOUD,
    };
    bool ok = mapper_new(&devices.mapper, input->mapping, &options, err) &&
              id_set_new(&devices.identifiers, err);

    report->entity = "device";
    listing.mapper = devices.mapper;
    ok = ok && listing_init(&devices.listing, &listing, report, err) && devices_run(&devices, err);
    listing_release(&devices.listing);
    id_set_free(devices.identifiers);
    mapper_free(devices.mapper);
    return ok;
}
