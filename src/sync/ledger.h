/* The relations that no mapping file describes, as no record of the server fills them: what is
 * known of each device's inventory, and the records that could not be used. */
#ifndef UEMSYNC_SYNC_LEDGER_H
#define UEMSYNC_SYNC_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "load/load.h"

/* How asking a device for one entity ended. */
enum ledger_outcome { LEDGER_COMPLETE, LEDGER_UNANSWERED, LEDGER_FAILED, LEDGER_OUTCOME_COUNT };

/* "complete", "unanswered", "failed". */
const char *ledger_outcome_name(enum ledger_outcome outcome);

/* The outcome of that name; LEDGER_OUTCOME_COUNT when there is none. */
enum ledger_outcome ledger_outcome_of(struct str name);

extern const struct relation ledger_device_fetch;
extern const struct relation ledger_rejected_record;

/* The digest of a device's inventory tells a change, and is no defence: a server that could make it
 * collide need only answer nothing new. So it is short, as there are some of each device. */
enum { LEDGER_DIGEST_SIZE = 8 };

/* A row of device_fetch. Texts are borrowed. */
struct ledger_fetch {
    struct str device_id;
    struct str entity;
    int64_t fetched_at;  /* ms */
    int64_t check_in_at; /* of the device then; INT64_MIN when it is not known */
    enum ledger_outcome outcome;
    int64_t rows;
    uint8_t digest[LEDGER_DIGEST_SIZE]; /* of the inventory; all 0: not known */
};

bool ledger_stage_fetch(
    struct load *load, const char *tenant, const struct ledger_fetch *fetch, struct error *err);

/* Reads all rows of device_fetch that are published. */
typedef bool ledger_fetch_fn(void *context, const struct ledger_fetch *fetch, struct error *err);
bool ledger_read_fetches(
    struct load *load, ledger_fetch_fn *each, void *context, struct error *err);

/* As ledger_read_fetches, of those that an earlier run left staged. */
bool ledger_read_staged(struct load *load, ledger_fetch_fn *each, void *context, struct error *err);

/* A row of rejected_record. Texts are borrowed; data is NULL for what is not known. */
struct ledger_reject {
    const char *run_id;
    int64_t ordinal; /* from 1 within its run */
    const char *entity;
    struct str key; /* of the record */
    const char *reason;
    struct str payload;
    int64_t payload_bytes;
    struct str payload_sha256; /* hexadecimal */
    int64_t rejected_at;       /* ms */
};

bool ledger_stage_reject(
    struct load *load, const char *tenant, const struct ledger_reject *reject, struct error *err);

#endif
