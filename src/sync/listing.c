#include "sync/listing.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/ceilings.h"
#include "base/hash.h"

enum { LISTING_LOGGED_REJECTS = 20 }; /* each has a line of its own; the rest are counted */

bool listing_init(struct listing *listing, const struct listing_input *input,
    struct sync_entity_report *report, struct error *err)
{
    *listing = (struct listing){.input = input, .report = report, .total = -1};
    buffer_init(&listing->first, 2 * CEILING_KEY);
    buffer_init(&listing->first_before, 2 * CEILING_KEY);
    buffer_init(&listing->last, 2 * CEILING_KEY);
    buffer_init(&listing->last_before, 2 * CEILING_KEY);
    return id_set_new(&listing->seen, err);
}

void listing_release(struct listing *listing)
{
    buffer_release(&listing->last_before);
    buffer_release(&listing->last);
    buffer_release(&listing->first_before);
    buffer_release(&listing->first);
    id_set_free(listing->seen);
}

/* A try begins: the page is counted from its start. What an earlier, broken try has shown stays
 * seen and staged; `fresh` keeps counting it. */
static void listing_begin_page(void *context)
{
    struct listing *listing = context;
    int fresh = listing->page.fresh;

    listing->page = (struct uem_page){.fresh = fresh};
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

/* A record that cannot be used is known by the digest of its text, so that it is told once. */
static bool listing_reject(
    struct listing *listing, struct str text, const char *reason, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    char id[1 + 2 * HASH_SIZE + 1] = "!";
    bool is_new = false;
    bool ok = hash_of(text, digest, err);

    for (size_t i = 0; ok && i < HASH_SIZE; i++) {
        (void)snprintf(id + 1 + 2 * i, 3, "%02x", digest[i]);
    }
    ok = ok && listing_note(listing, str_of(id), &is_new, err);
    if (ok && is_new) {
        listing->report->rejected++;
        if (listing->report->rejected <= LISTING_LOGGED_REJECTS) {
            log_event(listing->input->log, LOG_WARNING,
                "%s: record %" PRId64 " of the listing is left out: %s", listing->report->entity,
                listing->walk.offset + listing->page.received, reason);
        }
    }
    return ok;
}

/* One usable record: its key is the second column, as the first is the tenant. */
static bool listing_take_row(struct listing *listing, const struct row *row, struct error *err)
{
    bool is_new = false;
    bool is_another = false;
    bool ok = listing_note(listing, row->cells[1].text, &is_new, err) &&
              listing->input->take(listing->input->context, row, is_new, &is_another, err);

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
        ok = listing_take_row(listing, &row, err);
    } else if (unusable.kind == ERROR_RECORD) {
        ok = listing_reject(listing, json, unusable.text, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

/* What cannot be read is known by its size and its place in the listing, which is the same in two
 * pages that overlap. */
static bool listing_take_unreadable(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    struct listing *listing = context;
    char text[64];

    (void)snprintf(text, sizeof text, "unreadable %" PRIu64 " at %" PRId64, size,
        listing->walk.offset + listing->page.received);
    return listing_reject(listing, str_of(text), reason, err);
}

static void listing_swap(struct buffer *a, struct buffer *b)
{
    struct buffer kept = *a;

    *a = *b;
    *b = kept;
}

static void listing_show(const struct listing *listing)
{
    const struct progress *progress = listing->input->progress;

    if (progress != NULL && progress->show != NULL) {
        progress->show(progress->context, listing->input->tenant->name, listing->report->entity,
            listing->walk.distinct, listing->total);
    }
}

static bool listing_page(struct listing *listing, enum uem_walk_step *step, struct error *err)
{
    const struct server_reader reader = {
        listing_begin_page, listing_take_record, listing_take_unreadable, listing};
    const struct uem_arguments arguments = {.status = listing->input->status,
        .offset = (int)listing->walk.offset,
        .limit = listing->walk.limit};
    bool ok;

    listing_swap(&listing->first, &listing->first_before);
    listing_swap(&listing->last, &listing->last_before);
    listing->page = (struct uem_page){0};
    ok = server_records(listing->input->server, listing->input->call, &arguments, &reader, err) ||
         error_context_of_server(
             err, "page %d of %s", listing->walk.pages + 1, listing->report->entity);
    if (ok) {
        listing->page.is_repeated =
            listing->walk.pages > 0 && listing->page.received > 1 &&
            str_equal(buffer_view(&listing->first), buffer_view(&listing->first_before));
        *step = uem_walk_page(&listing->walk, &listing->page, listing->total);
        listing_show(listing);
    }
    return ok;
}

bool listing_walk(struct listing *listing, struct error *err)
{
    enum uem_walk_step step = UEM_WALK_ON;
    bool ok = true;

    listing->walks++;
    listing->report->rejected = 0;
    id_set_clear(listing->seen);
    uem_walk_begin(&listing->walk, listing->input->tenant->page_size);
    buffer_clear(&listing->first);
    buffer_clear(&listing->last);
    while (ok && step == UEM_WALK_ON) {
        ok = listing_page(listing, &step, err);
    }
    if (ok && step == UEM_WALK_STUCK) {
        ok = error_set(err, ERROR_SERVER,
            "page %d of %s brings what was there before: the server ignores the offset",
            listing->walk.pages, listing->report->entity);
    }
    if (ok && listing->report->rejected > LISTING_LOGGED_REJECTS) {
        log_event(listing->input->log, LOG_WARNING, "%s: %" PRId64 " records are left out in all",
            listing->report->entity, listing->report->rejected);
    }
    return ok;
}
