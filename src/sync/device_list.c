#include "sync/device_list.h"

#include <string.h>

#include "base/timestamp.h"

bool device_list_find_known(const struct fetch *fetch, size_t entity,
    const struct roster_device *device, const struct known_fetch **known, struct error *err)
{
    char text[ROSTER_ID_SIZE];
    uint64_t id = 0;
    bool ok = known_id(roster_id(device, text), &id, err);

    *known = ok ? known_find(fetch->known, entity, id) : NULL;
    return ok;
}

bool device_list_stage(const struct fetch *fetch, size_t entity, const struct relation *relation,
    const struct roster_device *device, bool is_again, struct item_list *list, struct hash *hash,
    uint8_t digest[LEDGER_DIGEST_SIZE], struct error *err)
{
    char text[ROSTER_ID_SIZE];
    const struct known_fetch *known = NULL;
    bool ok;

    item_list_order(list);
    ok = item_list_digest(list, hash, digest, err) &&
         device_list_find_known(fetch, entity, device, &known, err);
    if (ok && (fetch->full || is_again || known == NULL ||
                  memcmp(known->digest, digest, LEDGER_DIGEST_SIZE) != 0)) {
        ok = load_list(
            fetch->load, relation, roster_id(device, text), list->items, list->count, err);
    }
    return ok;
}

/* By how many rows the list is shorter than the one that is published. Where an earlier run staged
 * another one, what known_lost counts of that is void. */
static int64_t device_list_lost(
    const struct known *known, const struct known_fetch *fetch, int64_t rows)
{
    int64_t published = known_published(known, fetch);

    return (published > rows ? published - rows : 0) - known_lost_of(known, fetch);
}

bool device_list_count(const struct fetch *fetch, size_t entity, struct sync_entity_report *report,
    const struct roster_device *device, const struct device_list_outcome *outcome,
    struct error *err)
{
    const struct known_fetch *known = NULL;
    bool ok = device_list_find_known(fetch, entity, device, &known, err);

    report->asked++;
    if (outcome->outcome == LEDGER_COMPLETE) {
        report->fetched += outcome->rows;
        if (outcome->is_list && known != NULL) {
            report->lost += device_list_lost(fetch->known, known, outcome->rows);
        }
    } else if (outcome->outcome == LEDGER_UNANSWERED) {
        report->unanswered++;
    } else {
        report->failed++;
    }
    return ok;
}

/* Whether nothing but times would change. */
static bool device_list_is_known(const struct ledger_fetch *row, const struct known_fetch *known)
{
    return known != NULL && known->outcome == (uint8_t)row->outcome && known->rows == row->rows &&
           memcmp(known->digest, row->digest, sizeof row->digest) == 0;
}

/* Whether the row need not be staged: it is asked for in every run, or was asked by --full alone
 * and not as it is due. Then an unchanged tenant costs no write. */
static bool device_list_is_idle(const struct fetch *fetch,
    const struct device_list_outcome *outcome, const struct ledger_fetch *row,
    const struct known_fetch *known)
{
    bool is_due = outcome->every_run || !fetch->full ||
                  known_is_due(known, known != NULL ? known->id : 0, outcome->check_in_at,
                      fetch->run->started_at, fetch->tenant->refetch_after_ms);

    return device_list_is_known(row, known) && !outcome->is_again &&
           (outcome->every_run || !is_due);
}

bool device_list_stage_fetch(const struct fetch *fetch, size_t entity,
    const struct roster_device *device, const struct device_list_outcome *outcome,
    struct error *err)
{
    char text[ROSTER_ID_SIZE];
    const struct known_fetch *known = NULL;
    struct ledger_fetch row = {
        .device_id = roster_id(device, text),
        .entity = str_of(known_entity(fetch->known, entity)),
        .fetched_at = timestamp_now(),
        .check_in_at = outcome->check_in_at,
        .outcome = outcome->outcome,
    };
    bool ok = device_list_find_known(fetch, entity, device, &known, err);

    if (outcome->digest != NULL) {
        row.rows = outcome->rows;
        memcpy(row.digest, outcome->digest, sizeof row.digest);
    } else if (known != NULL) {
        row.rows = known->rows;
        memcpy(row.digest, known->digest, sizeof row.digest);
    }
    if (ok && !device_list_is_idle(fetch, outcome, &row, known)) {
        bool is_kept = known != NULL && known->is_staged != 0; /* by the run before, and counted */

        ok = ledger_stage_fetch(fetch->load, fetch->tenant->name, &row, err);
        fetch->saving->unsaved += outcome->outcome != LEDGER_FAILED && !is_kept ? 1 : 0;
    }
    return ok;
}
