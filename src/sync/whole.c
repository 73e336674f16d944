#include "sync/whole.h"

#include <inttypes.h>
#include <stdio.h>

enum { WHOLE_SHOWN = 256 }; /* the progress is shown each time that so many records more came */

void whole_init(
    struct whole *whole, const struct whole_input *input, struct sync_entity_report *report)
{
    *whole = (struct whole){.input = *input, .report = report};
    rejects_pending_init(&whole->rejects);
}

void whole_release(struct whole *whole)
{
    rejects_pending_release(&whole->rejects);
}

void whole_begin(struct whole *whole)
{
    whole->is_ended = false;
    whole->is_under_way = false;
}

static void whole_begin_try(void *context)
{
    struct whole *whole = context;

    whole->received = 0;
    whole->unusable = 0;
    rejects_pending_clear(&whole->rejects);
    if (whole->input.begin != NULL) {
        whole->input.begin(whole->input.context);
    }
}

static bool whole_reject(struct whole *whole, const struct rejected *rejected, struct error *err)
{
    whole->unusable++;
    return rejects_pend(whole->input.fetch->rejects, &whole->rejects, whole->report, rejected, err);
}

/* How many there are, such a document does not say before its end. */
static void whole_show(const struct whole *whole)
{
    const struct progress_step step = {
        .done = whole->before + whole->received, .total = -1, .calls = -1};

    if (!whole->input.is_part) {
        fetch_show(whole->input.fetch, whole->report, whole->input.call, step);
    }
}

static bool whole_take_record(
    void *context, const cJSON *record, struct str text, struct error *err)
{
    struct whole *whole = context;
    struct error unusable = {0};
    struct row row;
    bool ok = true;

    whole->received++;
    if (whole->received % WHOLE_SHOWN == 0) {
        whole_show(whole);
    }
    if (mapper_apply(whole->input.mapper, record, &row, &unusable) &&
        whole->input.take(whole->input.context, &row, record, &unusable)) {
        /* It is taken. */
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {
            .reason = unusable.text, .record = record, .text = text, .bytes = text.size};

        ok = whole_reject(whole, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

/* What cannot be read is told from others by its size and its place. */
static bool whole_take_unreadable(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    struct whole *whole = context;
    char text[64];
    struct rejected rejected = {.reason = reason, .bytes = size};

    (void)what;
    (void)snprintf(text, sizeof text, "unreadable %" PRIu64 " at %" PRId64, size, whole->received);
    rejected.text = str_of(text);
    whole->received++;
    return whole_reject(whole, &rejected, err);
}

static bool whole_done(void *context, const struct server_result *result, struct error *err)
{
    struct whole *whole = context;
    bool ok = true;

    whole->is_under_way = false;
    whole->is_ended = true;
    whole->result = *result;
    fetch_count_calls(whole->report, result);
    if (result->ok) {
        whole_show(whole);
        whole->before += whole->received;
        ok = rejects_settle(whole->input.fetch->rejects, &whole->rejects, whole->report,
            (struct str){NULL, 0}, err);
    }
    return ok;
}

bool whole_step(struct whole *whole, struct error *err)
{
    const struct server_reader reader = {.begin = whole_begin_try,
        .record = whole_take_record,
        .unreadable = whole_take_unreadable,
        .done = whole_done,
        .context = whole};
    bool ok = true;

    if (!whole->is_under_way && !whole->is_ended &&
        server_may_start(whole->input.fetch->server, whole->input.call)) {
        whole_begin_try(whole);
        ok = server_start(
            whole->input.fetch->server, whole->input.call, &whole->arguments, &reader, err);
        whole->is_under_way = ok;
    }
    return ok;
}
