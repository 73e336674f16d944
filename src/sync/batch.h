/* One batch of devices that are asked for one entity of their inventory, from the call to what is
 * staged. Devices of the answer are told by GUID or by identifier, in whatever order they come. */
#ifndef UEMSYNC_SYNC_BATCH_H
#define UEMSYNC_SYNC_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/item_list.h"
#include "sync/rejects.h"
#include "sync/report.h"
#include "sync/row_list.h"
#include "uem/calls.h"

/* What the batches of one entity share; all borrowed. */
struct batch_input {
    const struct fetch *fetch;
    size_t entity; /* its place among those of fetch->known */
    enum uem_call_id call;
    const char *const *settings; /* a call for each; NULL: one call */
    bool every_run;              /* it is asked for in every run, whatever is known */
    const struct mapping *mapping;
    struct mapper *mapper;
    struct hash *hash;
    struct sync_entity_report *report;
};

struct batch_device {
    uint32_t place;      /* in the roster */
    int64_t check_in_at; /* of the device when it was asked */
    /* A bit for each setting, or the first one; what was answered at all did not fail. */
    unsigned answered;
    unsigned failed;
    bool is_noted; /* device_fetch has its row: its list is whole */
    bool has_row;  /* a row for it was staged, be it not the last one */
    int64_t rows;
    uint8_t digest[LEDGER_DIGEST_SIZE];
};

struct batch {
    struct batch *next; /* the owner's list */
    const struct batch_input *input;
    bool by_guid;
    size_t count;
    struct batch_device devices[UEM_BATCH_MOST];

    size_t setting; /* the one that is asked for */
    bool is_done;   /* its call is, and `result` says how */
    struct server_result result;

    struct rejects_pending rejects; /* of the answer under way */
    struct item_list list;          /* what came since the last device of the answer */
    struct row_list rows;           /* the same, where the call is made for one device */
    uint64_t ordinal;               /* of the record in the answer */
};

/* Whether the call is made for one device, whose GUID stands in its path: its answer is that
 * device's list, and names no device. */
bool batch_is_of_one(enum uem_call_id call);

/* An empty batch; NULL without memory. */
struct batch *batch_new(const struct batch_input *input, bool by_guid);
void batch_free(struct batch *batch);

/* Begins its call, for the setting that is due. */
bool batch_start(struct batch *batch, struct error *err);

/* Whether its calls are all made; else it is at the next one. */
bool batch_is_over(struct batch *batch);

/* Stages what is known now of its devices into device_fetch, where that was not done with their
 * lists, and counts them. */
bool batch_end(struct batch *batch, struct error *err);

#endif
