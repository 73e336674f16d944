#include "sync/listing.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { LISTING_ID_SIZE = 1 + 2 * HASH_SIZE + 1 };

bool listing_init(struct listing *listing, const struct listing_input *input,
    struct sync_entity_report *report, struct error *err)
{
    *listing = (struct listing){.input = input, .report = report, .total = -1, .shown_total = -1};
    buffer_init(&listing->first, 2 * CEILING_KEY);
    buffer_init(&listing->first_before, 2 * CEILING_KEY);
    buffer_init(&listing->last, 2 * CEILING_KEY);
    buffer_init(&listing->last_before, 2 * CEILING_KEY);
    rejects_pending_init(&listing->rejects);
    listing->hash = hash_new(err);
    return listing->hash != NULL && id_set_new(&listing->seen, err);
}

void listing_release(struct listing *listing)
{
    rejects_pending_release(&listing->rejects);
    buffer_release(&listing->last_before);
    buffer_release(&listing->last);
    buffer_release(&listing->first_before);
    buffer_release(&listing->first);
    hash_free(listing->hash);
    id_set_free(listing->seen);
    listing->hash = NULL;
    listing->seen = NULL;
}

/* A try begins: the page is counted from its start. What an earlier, broken try has shown stays
 * seen and staged; `fresh` keeps counting it. */
static void listing_begin_page(void *context)
{
    struct listing *listing = context;
    int fresh = listing->page.fresh;

    listing->page = (struct uem_page){.fresh = fresh};
    rejects_pending_clear(&listing->rejects);
    buffer_clear(&listing->first);
    buffer_clear(&listing->last);
}

/* Every record, usable or not, has its place in the page, by an id of its own. */
static bool listing_note(struct listing *listing, struct str id, bool *is_new, struct error *err)
{
    bool ok = id_set_add(listing->seen, id, is_new, err);

    if (ok) {
        if (listing->page.received == 0) {
            buffer_append_str(&listing->first, id);
        }
        buffer_clear(&listing->last);
        buffer_append_str(&listing->last, id);
        listing->page.holds_last =
            listing->page.holds_last || str_equal(id, buffer_view(&listing->last_before));
        listing->page.received++;
        listing->page.fresh += *is_new ? 1 : 0;
        ok = (buffer_ok(&listing->first) && buffer_ok(&listing->last)) || error_memory(err);
    }
    return ok;
}

/* An id of a record that has none: a mark, and a digest. */
static void listing_write_id(
    char mark, const uint8_t *digest, size_t size, char id[LISTING_ID_SIZE])
{
    id[0] = mark;
    id[1] = '\0';
    for (size_t i = 0; i < size; i++) {
        (void)snprintf(id + 1 + 2 * i, 3, "%02x", digest[i]);
    }
}

/* A record that cannot be used is known by the digest of its text. */
static bool listing_reject(
    struct listing *listing, const struct rejected *rejected, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    char id[LISTING_ID_SIZE];
    bool is_new = false;
    bool ok = hash_of(rejected->text, digest, err);

    listing_write_id('!', digest, ok ? HASH_SIZE : 0, id);
    return ok && listing_note(listing, str_of(id), &is_new, err) &&
           rejects_pend(
               listing->input->fetch->rejects, &listing->rejects, listing->report, rejected, err);
}

/* What tells the row from others: its key's column, or its digest. */
static bool listing_row_id(struct listing *listing, const struct row *row,
    char text[LISTING_ID_SIZE], struct str *id, struct error *err)
{
    uint8_t digest[ROW_DIGEST_SIZE];
    bool ok = true;

    if (listing->input->key > 0) {
        *id = row->cells[listing->input->key].text;
    } else {
        ok = row_digest(listing->hash, row, digest, err);
        listing_write_id('=', digest, ok ? ROW_DIGEST_SIZE : 0, text);
        *id = str_of(text);
    }
    return ok;
}

static bool listing_take_row(
    struct listing *listing, const struct row *row, const cJSON *record, struct error *err)
{
    char text[LISTING_ID_SIZE];
    struct str id = {"", 0};
    bool is_new = false;
    bool is_another = false;
    bool ok = listing_row_id(listing, row, text, &id, err) &&
              listing_note(listing, id, &is_new, err) &&
              listing->input->take(listing->input->context, row, record, is_new, &is_another, err);

    listing->page.fresh += is_another ? 1 : 0;
    return ok;
}

static bool listing_take_record(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    struct listing *listing = context;
    struct error unusable = {0};
    struct row row;
    bool ok = true;

    if (mapper_apply(listing->input->mapper, record, &row, &unusable)) {
        ok = listing_take_row(listing, &row, record, err);
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {
            .reason = unusable.text, .record = record, .text = json, .bytes = json.size};

        ok = listing_reject(listing, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

/* What cannot be read is known by its size and its place in the listing, which is the same in two
 * pages that overlap. */
static bool listing_take_unreadable(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    struct listing *listing = context;
    char text[64];
    const struct rejected rejected = {.reason = reason, .text = {text, 0}, .bytes = size};
    struct rejected placed = rejected;

    (void)what;
    (void)snprintf(text, sizeof text, "unreadable %" PRIu64 " at %" PRId64, size,
        listing->walk.offset + listing->page.received);
    placed.text = str_of(text);
    return listing_reject(listing, &placed, err);
}

/* Where a listing is one of several of its entity, those before count too. */
static void listing_show(const struct listing *listing)
{
    int64_t distinct = listing->walk.distinct;
    struct progress_step step = {
        .done = listing->shown_before + distinct, .total = -1, .calls = listing->is_ended ? 0 : -1};

    if (listing->total >= 0 && !listing->is_ended) {
        step.calls = uem_walk_pages(listing->total - distinct, listing->walk.limit);
    }
    if (listing->shown_total >= 0) {
        step.total = listing->shown_total;
    } else if (listing->shown_before == 0) {
        step.total = listing->total;
    }
    if (!listing->input->is_part) {
        fetch_show(listing->input->fetch, listing->report, listing->input->call, step);
    }
}

static bool listing_is_repeated(const struct listing *listing)
{
    return listing->walk.pages > 0 && listing->page.received > 1 &&
           str_equal(buffer_view(&listing->first), buffer_view(&listing->first_before));
}

/* A page is there whole: what to do next. */
static void listing_turn_page(struct listing *listing)
{
    enum uem_walk_step step;

    listing->page.is_repeated = listing_is_repeated(listing);
    listing->page.results = listing->result.results;
    step = uem_walk_page(&listing->walk, &listing->page, listing->total);
    listing->is_ended = step != UEM_WALK_ON;
    if (step == UEM_WALK_STUCK) {
        listing->result.ok = error_set(&listing->result.error, ERROR_SERVER,
            "page %d of %s brings what was there before: the server ignores the offset",
            listing->walk.pages, listing->report->entity);
    }
    listing_show(listing);
}

static bool listing_page_done(void *context, const struct server_result *result, struct error *err)
{
    struct listing *listing = context;
    bool ok = true;

    listing->is_under_way = false;
    listing->result = *result;
    fetch_count_calls(listing->report, result);
    if (result->ok) {
        ok = rejects_settle(listing->input->fetch->rejects, &listing->rejects, listing->report,
            (struct str){NULL, 0}, err);
        listing_turn_page(listing);
    } else {
        (void)error_context_of_server(&listing->result.error, "page %d of %s",
            listing->walk.pages + 1, listing->report->entity);
        listing->is_ended = true;
    }
    return ok;
}

static void listing_swap(struct buffer *a, struct buffer *b)
{
    struct buffer kept = *a;

    *a = *b;
    *b = kept;
}

bool listing_step(struct listing *listing, struct error *err)
{
    const struct server_reader reader = {.begin = listing_begin_page,
        .record = listing_take_record,
        .unreadable = listing_take_unreadable,
        .done = listing_page_done,
        .context = listing};
    bool ok = true;

    if (!listing->is_under_way && !listing->is_ended) {
        listing_swap(&listing->first, &listing->first_before);
        listing_swap(&listing->last, &listing->last_before);
        listing->page = (struct uem_page){.results = -1};
        listing->arguments.offset = (int)listing->walk.offset;
        listing->arguments.limit = listing->walk.limit;
        ok = server_start(
            listing->input->fetch->server, listing->input->call, &listing->arguments, &reader, err);
        listing->is_under_way = ok;
    }
    return ok;
}

void listing_begin(struct listing *listing)
{
    listing->walks++;
    listing->is_ended = false;
    listing->is_under_way = false;
    id_set_clear(listing->seen);
    uem_walk_begin(&listing->walk, listing->input->fetch->tenant->page_size);
    listing->walk.may_not_turn = uem_call(listing->input->call)->may_not_turn;
    buffer_clear(&listing->first);
    buffer_clear(&listing->last);
}
