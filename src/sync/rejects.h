/* Records that cannot be used: each costs itself alone (promise 7), is told once, and goes to
 * rejected_record with its reason. */
#ifndef UEMSYNC_SYNC_REJECTS_H
#define UEMSYNC_SYNC_REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/log.h"
#include "decode/record.h"
#include "load/load.h"
#include "sync/ledger.h"
#include "sync/report.h"

struct rejects;

/* `load`, `run` and `log` are borrowed. */
bool rejects_new(struct rejects **rejects, struct load *load, const struct load_run *run,
    const struct log *log, struct error *err);
void rejects_free(struct rejects *rejects);

/* From now on no digest of a record is written: it is one of all that the server sent, and who has
 * the rest of the record could try out by it what was personal. */
void rejects_hide(struct rejects *rejects);

struct rejected {
    struct str key; /* of the record, or of its device; data is NULL where it is not known */
    const char *reason;
    const cJSON *record; /* NULL: it could not be read. Without its personal values */
    bool is_unmapped;    /* for callers: no mapper has seen it, so that it may still have them */
    struct str text;     /* the record's text; or, where it could not be read, what tells it from
                            others, such as its place */
    uint64_t bytes;      /* of the record */
};

/* Rejected records of an answer that is still coming: the answer may break, and be asked for again,
 * and then they are void. */
enum { REJECTS_MOST_PENDING = 32 };
struct rejects_pending {
    struct ledger_reject rejects[REJECTS_MOST_PENDING]; /* without run and ordinal */
    char sha256[REJECTS_MOST_PENDING][HASH_HEX_SIZE];
    size_t count;
    struct arena arena; /* holds their texts */
};

void rejects_pending_init(struct rejects_pending *pending);
void rejects_pending_release(struct rejects_pending *pending);

/* The answer begins anew. */
void rejects_pending_clear(struct rejects_pending *pending);

/* As rejects_add, once the answer is whole. Beyond what a pending list holds, it is added at once.
 */
bool rejects_pend(struct rejects *rejects, struct rejects_pending *pending,
    struct sync_entity_report *report, const struct rejected *rejected, struct error *err);

/* The answer is whole: adds what is pending. `key` is that of the records that have none, such as
 * their device's; data may be NULL. */
bool rejects_settle(struct rejects *rejects, struct rejects_pending *pending,
    struct sync_entity_report *report, struct str key, struct error *err);

/* Rejects it, unless the same text was rejected for this entity before in this run. Counts
 * report->rejected; the first of each entity have a line each in the log. */
bool rejects_add(struct rejects *rejects, struct sync_entity_report *report,
    const struct rejected *rejected, struct error *err);

#endif
