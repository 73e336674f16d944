#include "sync/owners.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "mapping/rules.h"
#include "sync/rejects.h"

enum { OWNERS_MOST_LOOKUPS = 500 };

struct owners {
    struct owners_input input;
    struct id_set *seen; /* owners looked at: many have several devices */
    size_t cursor;       /* of the roster */
    int64_t missing;
    int64_t looked_up;
    int64_t found;
    uint8_t asked[ROW_UUID_SIZE]; /* the GUID of the look-up under way */
    bool is_under_way;
    bool is_ended; /* the server looks nobody up */
};

bool owners_new(struct owners **owners, const struct owners_input *input, struct error *err)
{
    struct owners *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->input = *input;
        ok = id_set_new(&made->seen, err);
    }
    if (!ok) {
        owners_free(made);
        made = NULL;
    }
    *owners = made;
    return ok;
}

void owners_free(struct owners *owners)
{
    if (owners != NULL) {
        id_set_free(owners->seen);
    }
    free(owners);
}

/* Whether the answer is who was asked for: a server that passes over `guid` answers with anybody.
 */
static bool owners_is_asked(const struct owners *owners, const struct row *row)
{
    size_t column = owners->input.uuid_column;
    uint8_t guid[ROW_UUID_SIZE];

    return column < row->relation->column_count && row->cells[column].is_set &&
           rule_parse_uuid(row->cells[column].text, guid) &&
           memcmp(guid, owners->asked, sizeof guid) == 0;
}

static bool owners_stage(struct owners *owners, const struct row *row, struct error *err)
{
    bool is_new = false;
    bool ok = id_set_add(owners->input.ids, row->cells[1].text, &is_new, err);

    owners->found += ok && is_new ? 1 : 0;
    return ok && (!is_new || load_stage(owners->input.fetch->load, row, err));
}

static bool owners_take(void *context, const cJSON *record, struct str json, struct error *err)
{
    struct owners *owners = context;
    struct error unusable = {0};
    struct row row;
    bool ok = true;

    if (mapper_apply(owners->input.mapper, record, &row, &unusable)) {
        ok = !owners_is_asked(owners, &row) || owners_stage(owners, &row, err);
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {
            .reason = unusable.text, .record = record, .text = json, .bytes = json.size};

        ok = rejects_add(owners->input.fetch->rejects, owners->input.report, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

static bool owners_take_unreadable(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    struct owners *owners = context;
    char text[ROSTER_ID_SIZE];
    struct str uuid = roster_write_uuid(owners->asked, text);
    const struct rejected rejected = {.key = uuid, .reason = reason, .text = uuid, .bytes = size};

    (void)what;
    return rejects_add(owners->input.fetch->rejects, owners->input.report, &rejected, err);
}

static bool owners_done(void *context, const struct server_result *result, struct error *err)
{
    struct owners *owners = context;
    bool ok = result->ok || (result->status != 0 && (result->error.kind == ERROR_SERVER ||
                                                        result->error.kind == ERROR_ROLE));

    owners->is_under_way = false;
    fetch_count_calls(owners->input.report, result);
    if (!ok) {
        *err = result->error;
    } else if (!result->ok) {
        owners->is_ended = true;
        log_event(owners->input.fetch->log, LOG_WARNING,
            "%s: owners of devices that are missing cannot be looked up: %s",
            owners->input.report->entity, result->error.text);
    }
    return ok;
}

static bool owners_start(
    struct owners *owners, const struct roster_device *device, struct error *err)
{
    char text[ROSTER_ID_SIZE];
    const struct uem_arguments arguments = {
        .guid = roster_write_uuid(device->user, text), .fields = owners->input.fields};
    const struct server_reader reader = {.record = owners_take,
        .unreadable = owners_take_unreadable,
        .done = owners_done,
        .context = owners};
    bool ok =
        server_start(owners->input.fetch->server, UEM_CPS_USER_LOOKUP, &arguments, &reader, err);

    memcpy(owners->asked, device->user, sizeof owners->asked);
    owners->is_under_way = ok;
    owners->looked_up++;
    return ok;
}

/* Looks at the next device: is its owner missing? */
static bool owners_look(struct owners *owners, struct error *err)
{
    const struct roster_device *device = roster_at(owners->input.fetch->roster, owners->cursor++);
    char text[ROSTER_ID_SIZE];
    bool is_new = false;
    bool is_listed = false;
    bool ok = true;

    if (device->has_user) {
        struct str uuid = roster_write_uuid(device->user, text);

        ok = id_set_has(owners->input.uuids, uuid, &is_listed, err) &&
             (is_listed || id_set_add(owners->seen, uuid, &is_new, err));
    }
    if (ok && is_new) {
        owners->missing++;
        ok = owners_start(owners, device, err);
    }
    return ok;
}

bool owners_step(struct owners *owners, bool *is_done, struct error *err)
{
    size_t count = roster_count(owners->input.fetch->roster);
    bool ok = true;

    while (ok && !owners->is_under_way && !owners->is_ended && owners->cursor < count) {
        if (owners->looked_up == OWNERS_MOST_LOOKUPS) {
            owners->is_ended = true;
            log_event(owners->input.fetch->log, LOG_WARNING,
                "%s: more than %d owners of devices are missing from the list: the others are not "
                "looked up",
                owners->input.report->entity, OWNERS_MOST_LOOKUPS);
        } else {
            ok = owners_look(owners, err);
        }
    }
    *is_done = !owners->is_under_way && (owners->is_ended || owners->cursor == count);
    return ok;
}

int64_t owners_found(const struct owners *owners)
{
    return owners->found;
}

bool owners_were_listed(const struct owners *owners)
{
    return owners->missing == 0;
}
