/* One device's list of rows, once it is whole: staged where it is new, and noted in device_fetch.
 */
#ifndef UEMSYNC_SYNC_DEVICE_LIST_H
#define UEMSYNC_SYNC_DEVICE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "sync/fetch.h"
#include "sync/item_list.h"
#include "sync/ledger.h"

/* Orders the list, fills its digest, and stages it unless the digest is what earlier runs know
 * (promise 4). `entity` is the relation's place among the entities of fetch->known. `is_again`: a
 * list of the device was staged in this run, so that what is published does not matter. */
bool device_list_stage(const struct fetch *fetch, size_t entity, const struct relation *relation,
    const struct roster_device *device, bool is_again, struct item_list *list, struct hash *hash,
    uint8_t digest[LEDGER_DIGEST_SIZE], struct error *err);

/* What earlier runs know of the device; NULL: nothing. */
bool device_list_find_known(const struct fetch *fetch, size_t entity,
    const struct roster_device *device, const struct known_fetch **known, struct error *err);

/* How asking a device ended. Where nothing was answered, the rows that are published stay, and so
 * does what is known of them. */
struct device_list_outcome {
    enum ledger_outcome outcome;
    int64_t check_in_at; /* of the device when it was asked */
    int64_t rows;
    const uint8_t *digest; /* of what was answered; NULL: nothing was, and `rows` do not matter */
    bool every_run;        /* it is asked for in every run, whatever is known */
    bool is_list;          /* a list, which replaces the one published */
    bool is_again;         /* a row of it was staged in this run: this one follows, known or not */
};

/* Stages it into device_fetch: right behind what was staged of the device, as this row says that
 * that is whole. Of what is asked for in every run, or by --full alone, a row that would differ by
 * its times alone is not staged: an unchanged tenant costs no write. */
bool device_list_stage_fetch(const struct fetch *fetch, size_t entity,
    const struct roster_device *device, const struct device_list_outcome *outcome,
    struct error *err);

/* Counts it in the report, once for each device that was asked. */
bool device_list_count(const struct fetch *fetch, size_t entity, struct sync_entity_report *report,
    const struct roster_device *device, const struct device_list_outcome *outcome,
    struct error *err);

#endif
