#include "sync/rejects.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/hash.h"
#include "base/timestamp.h"
#include "mapping/jsonb.h"
#include "sync/id_set.h"
#include "sync/ledger.h"

enum { REJECTS_LOGGED = 20 }; /* each of an entity has a line of its own; the rest are counted */

struct rejects {
    struct load *load;
    const struct load_run *run;
    const struct log *log;
    bool hides; /* see rejects_hide */
    int64_t count;
    struct id_set *seen; /* by entity and text */
    struct hash *hash;
    struct buffer payload;
    struct arena arena; /* while a payload is written */
};

bool rejects_new(struct rejects **rejects, struct load *load, const struct load_run *run,
    const struct log *log, struct error *err)
{
    struct rejects *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->load = load;
        made->run = run;
        made->log = log;
        buffer_init(&made->payload, CEILING_PAYLOAD);
        arena_init(&made->arena, CEILING_TREE);
        made->hash = hash_new(err);
        ok = made->hash != NULL && id_set_new(&made->seen, err);
    }
    if (!ok) {
        rejects_free(made);
        made = NULL;
    }
    *rejects = made;
    return ok;
}

void rejects_free(struct rejects *rejects)
{
    if (rejects != NULL) {
        arena_release(&rejects->arena);
        buffer_release(&rejects->payload);
        hash_free(rejects->hash);
        id_set_free(rejects->seen);
    }
    free(rejects);
}

void rejects_hide(struct rejects *rejects)
{
    rejects->hides = true;
}

/* The record as JSON, secrets masked; payload->data is NULL when it is too long, or could not be
 * read. */
static bool rejects_payload(
    struct rejects *rejects, const cJSON *record, struct str *payload, struct error *err)
{
    bool has_memory = true;

    *payload = (struct str){NULL, 0};
    buffer_clear(&rejects->payload);
    arena_reset(&rejects->arena);
    if (record != NULL && jsonb_write(&rejects->payload, &rejects->arena, JSONB_MASKED, record)) {
        *payload = buffer_view(&rejects->payload);
    } else {
        has_memory = !rejects->payload.no_memory && !rejects->arena.no_memory;
    }
    return has_memory || error_memory(err);
}

/* What of the record goes to the ledger: views into it, into `sha256` and into our own memory. */
static bool rejects_describe(struct rejects *rejects, const struct sync_entity_report *report,
    const struct rejected *rejected, char sha256[HASH_HEX_SIZE], struct ledger_reject *reject,
    struct error *err)
{
    *reject = (struct ledger_reject){
        .run_id = rejects->run->run_id,
        .entity = report->entity,
        .key = rejected->key,
        .reason = rejected->reason,
        .payload_bytes = (int64_t)rejected->bytes,
        .payload_sha256 = {rejected->record != NULL && !rejects->hides ? sha256 : NULL,
            HASH_HEX_SIZE - 1},
        .rejected_at = timestamp_now(),
    };
    return hash_add(rejects->hash, rejected->text.data, rejected->text.size, err) &&
           hash_end_hex(rejects->hash, sha256, err) &&
           rejects_payload(rejects, rejected->record, &reject->payload, err);
}

/* `sha256` is that of the text, by which it is told from others. */
static bool rejects_stage(struct rejects *rejects, struct sync_entity_report *report,
    const struct ledger_reject *described, const char *sha256, struct error *err)
{
    struct ledger_reject reject = *described;
    char id[HASH_HEX_SIZE + 64];
    bool is_new = false;
    bool ok;

    (void)snprintf(id, sizeof id, "%s %s", report->entity, sha256);
    ok = id_set_add(rejects->seen, str_of(id), &is_new, err);
    if (ok && is_new) {
        report->rejected++;
        if (report->rejected <= REJECTS_LOGGED) {
            log_event(rejects->log, LOG_WARNING, "%s: a record%s%.*s is left out: %s",
                report->entity, reject.key.data != NULL ? " of " : "", (int)reject.key.size,
                reject.key.data != NULL ? reject.key.data : "", reject.reason);
        }
        reject.ordinal = ++rejects->count;
        ok = ledger_stage_reject(rejects->load, rejects->run->tenant, &reject, err);
    }
    return ok;
}

bool rejects_add(struct rejects *rejects, struct sync_entity_report *report,
    const struct rejected *rejected, struct error *err)
{
    char sha256[HASH_HEX_SIZE];
    struct ledger_reject reject;

    return rejects_describe(rejects, report, rejected, sha256, &reject, err) &&
           rejects_stage(rejects, report, &reject, sha256, err);
}

void rejects_pending_init(struct rejects_pending *pending)
{
    pending->count = 0;
    arena_init(&pending->arena, REJECTS_MOST_PENDING * CEILING_PAYLOAD);
}

void rejects_pending_release(struct rejects_pending *pending)
{
    arena_release(&pending->arena);
}

void rejects_pending_clear(struct rejects_pending *pending)
{
    pending->count = 0;
    arena_reset(&pending->arena);
}

/* A copy in the arena; what is NULL stays so. */
static bool rejects_copy(struct arena *arena, struct str *text)
{
    const char *copy = text->data != NULL ? arena_copy(arena, *text) : NULL;
    bool ok = text->data == NULL || copy != NULL;

    text->data = copy;
    return ok;
}

/* Keeps the described record; false without room for it. */
static bool rejects_keep(
    struct rejects_pending *pending, const struct ledger_reject *described, const char *sha256)
{
    struct ledger_reject *reject = &pending->rejects[pending->count];
    char *text = pending->sha256[pending->count];
    struct str reason = str_of(described->reason);
    bool ok;

    *reject = *described;
    memcpy(text, sha256, HASH_HEX_SIZE);
    reject->payload_sha256.data = described->payload_sha256.data != NULL ? text : NULL;
    ok = rejects_copy(&pending->arena, &reject->key) && rejects_copy(&pending->arena, &reason) &&
         rejects_copy(&pending->arena, &reject->payload);
    reject->reason = reason.data;
    pending->count += ok ? 1 : 0;
    return ok;
}

bool rejects_pend(struct rejects *rejects, struct rejects_pending *pending,
    struct sync_entity_report *report, const struct rejected *rejected, struct error *err)
{
    char sha256[HASH_HEX_SIZE];
    struct ledger_reject reject;
    bool ok = rejects_describe(rejects, report, rejected, sha256, &reject, err);

    if (ok && (pending->count == REJECTS_MOST_PENDING || !rejects_keep(pending, &reject, sha256))) {
        ok = rejects_stage(rejects, report, &reject, sha256, err);
    }
    return ok;
}

bool rejects_settle(struct rejects *rejects, struct rejects_pending *pending,
    struct sync_entity_report *report, struct str key, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < pending->count; i++) {
        if (pending->rejects[i].key.data == NULL) {
            pending->rejects[i].key = key;
        }
        ok = rejects_stage(rejects, report, &pending->rejects[i], pending->sha256[i], err);
    }
    rejects_pending_clear(pending);
    return ok;
}
