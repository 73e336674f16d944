#include "sync/answer.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/ceilings.h"

/* Parses into the call's arena. One that grows beyond the arena is told to the reader, and
 * *parsed is NULL. */
static bool answer_parse(struct answer *answer, enum server_unreadable what, struct str json,
    const cJSON **parsed, struct error *err)
{
    bool ok;

    arena_reset(&answer->arena);
    *parsed = NULL;
    ok = record_parse(&answer->arena, json, parsed, err);
    if (!ok && err->kind == ERROR_MEMORY && !answer->arena.no_memory) {
        error_clear(err);
        *parsed = NULL;
        ok = answer->reader.unreadable(answer->reader.context, what,
            "it has more values than a record may have", json.size, err);
    }
    return ok;
}

static bool answer_on_record(void *context, struct str json, struct error *err)
{
    struct answer *answer = context;
    const struct server_reader *reader = &answer->reader;
    const cJSON *record = NULL;
    bool is_known = false;
    bool ok = reader->known == NULL || reader->known(reader->context, json, &is_known, err);

    if (ok && !is_known) {
        ok = answer_parse(answer, SERVER_UNREADABLE_RECORD, json, &record, err) &&
             (record == NULL || reader->record(reader->context, record, json, err));
    }
    return ok;
}

static bool answer_on_owner(void *context, struct str json, struct error *err)
{
    struct answer *answer = context;
    const cJSON *owner = NULL;

    return answer_parse(answer, SERVER_UNREADABLE_OWNER, json, &owner, err) &&
           (owner == NULL || answer->reader.owner(answer->reader.context, owner, json, err));
}

static bool answer_tell_oversized(
    struct answer *answer, enum server_unreadable what, uint64_t size, struct error *err)
{
    char reason[128];

    (void)snprintf(
        reason, sizeof reason, "it is %" PRIu64 " bytes long, more than %d", size, CEILING_RECORD);
    return answer->reader.unreadable(answer->reader.context, what, reason, size, err);
}

static bool answer_tell_too_deep(
    struct answer *answer, enum server_unreadable what, uint64_t size, struct error *err)
{
    char reason[128];

    (void)snprintf(reason, sizeof reason, "it is nested deeper than %d levels", CEILING_DEPTH);
    return answer->reader.unreadable(answer->reader.context, what, reason, size, err);
}

static bool answer_on_oversized(void *context, uint64_t size, struct error *err)
{
    return answer_tell_oversized(context, SERVER_UNREADABLE_RECORD, size, err);
}

static bool answer_on_too_deep(void *context, uint64_t size, struct error *err)
{
    return answer_tell_too_deep(context, SERVER_UNREADABLE_RECORD, size, err);
}

static bool answer_on_oversized_owner(void *context, uint64_t size, struct error *err)
{
    return answer_tell_oversized(context, SERVER_UNREADABLE_OWNER, size, err);
}

static bool answer_on_too_deep_owner(void *context, uint64_t size, struct error *err)
{
    return answer_tell_too_deep(context, SERVER_UNREADABLE_OWNER, size, err);
}

/* A document is fed as the only element of a list. The bracket goes before its first byte that is
 * no blank, and not before '<', so that HTML is still seen as what it is. */
static bool answer_open_wrap(
    struct answer *answer, const char *bytes, size_t size, struct error *err)
{
    struct str rest = str_trim((struct str){bytes, size});
    bool ok = true;

    if (answer->row->is_document && !answer->wrap_open && rest.size > 0 && rest.data[0] != '<') {
        answer->wrap_open = true;
        ok = json_split_feed(answer->json, "[", 1, err);
    }
    return ok;
}

/* What stands around the records of a page. */
static bool answer_read_envelope(struct answer *answer, struct error *err)
{
    struct str json = json_split_envelope(answer->json);
    const cJSON *envelope = NULL;
    bool ok = true;

    answer->results = -1;
    if (answer->row->is_paged && json.size > 0) {
        arena_reset(&answer->arena);
        ok = record_parse(&answer->arena, json, &envelope, err);
        if (ok && !record_int(record_member(envelope, "results"), &answer->results)) {
            answer->results = -1;
        }
    }
    return ok;
}

static bool answer_on_unreadable(
    void *context, const char *reason, uint64_t size, struct error *err)
{
    struct answer *answer = context;

    return answer->reader.unreadable(
        answer->reader.context, SERVER_UNREADABLE_RECORD, reason, size, err);
}

static bool answer_on_tree(void *context, const cJSON *record, struct str text, struct error *err)
{
    struct answer *answer = context;

    return answer->reader.record(answer->reader.context, record, text, err);
}

static bool answer_new_json(struct answer *answer, struct error *err)
{
    const struct uem_call *row = answer->row;

    answer->json_handler = (struct json_split_handler){.record = answer_on_record,
        .oversized = answer_on_oversized,
        .too_deep = answer_on_too_deep,
        .owner = answer_on_owner,
        .oversized_owner = answer_on_oversized_owner,
        .too_deep_owner = answer_on_too_deep_owner,
        .context = answer};
    return row->inner != NULL
               ? json_split_new_nested(
                     &answer->json, row->records, row->inner, &answer->json_handler, err)
               : json_split_new(&answer->json, row->records, &answer->json_handler, err);
}

static bool answer_new_xml(struct answer *answer, struct error *err)
{
    answer->xml_shape = (struct xml_split_shape){answer->row->roots, answer->row->ways};
    answer->xml_handler = (struct xml_split_handler){answer_on_tree, answer_on_unreadable, answer};
    return xml_split_new(&answer->xml, &answer->xml_shape, &answer->xml_handler, err);
}

static bool answer_new_zip(struct answer *answer, struct error *err)
{
    answer->zip_handler = (struct appconnect_handler){answer_on_tree, answer_on_unreadable, answer};
    return appconnect_new(&answer->zip, &answer->zip_handler, err);
}

bool answer_init(struct answer *answer, const struct uem_call *row,
    const struct server_reader *reader, struct error *err)
{
    bool ok = true;

    *answer = (struct answer){.row = row, .reader = *reader, .results = -1};
    arena_init(&answer->arena, CEILING_TREE);
    switch (row->form) {
    case UEM_JSON:
        ok = answer_new_json(answer, err);
        break;
    case UEM_XML:
        ok = answer_new_xml(answer, err);
        break;
    case UEM_ZIP:
        ok = answer_new_zip(answer, err);
        break;
    }
    return ok;
}

void answer_release(struct answer *answer)
{
    appconnect_free(answer->zip);
    xml_split_free(answer->xml);
    json_split_free(answer->json);
    arena_release(&answer->arena);
}

bool answer_begin(struct answer *answer, struct error *err)
{
    bool ok = true;

    if (answer->json != NULL) {
        json_split_reset(answer->json);
    } else if (answer->xml != NULL) {
        xml_split_reset(answer->xml);
    } else {
        ok = appconnect_reset(answer->zip, err);
    }
    answer->wrap_open = false;
    answer->received = 0;
    if (ok && answer->reader.begin != NULL) {
        answer->reader.begin(answer->reader.context);
    }
    return ok;
}

static bool answer_feed_json(
    struct answer *answer, const char *bytes, size_t size, struct error *err)
{
    bool ok = true;

    if (answer->row->is_document || answer->row->is_short) {
        answer->received += size;
        ok =
            answer->received <= CEILING_DOCUMENT ||
            error_set(err, ERROR_SERVER, "the answer is larger than %d KiB, and it should be short",
                CEILING_DOCUMENT / 1024);
    }
    return ok && answer_open_wrap(answer, bytes, size, err) &&
           json_split_feed(answer->json, bytes, size, err);
}

bool answer_bytes(struct answer *answer, const char *bytes, size_t size, struct error *err)
{
    bool ok;

    if (answer->json != NULL) {
        ok = answer_feed_json(answer, bytes, size, err);
    } else if (answer->xml != NULL) {
        ok = xml_split_feed(answer->xml, bytes, size, err);
    } else {
        ok = appconnect_feed(answer->zip, bytes, size, err);
    }
    return ok;
}

static bool answer_end_json(struct answer *answer, struct error *err)
{
    bool ok = true;

    if (answer->wrap_open) {
        ok = json_split_feed(answer->json, "]", 1, err);
    }
    return ok && json_split_end(answer->json, answer->row->may_be_empty, err) &&
           answer_read_envelope(answer, err);
}

bool answer_end(struct answer *answer, struct error *err)
{
    bool ok;

    if (answer->json != NULL) {
        ok = answer_end_json(answer, err);
    } else if (answer->xml != NULL) {
        ok = xml_split_end(answer->xml, err);
    } else {
        ok = appconnect_end(answer->zip, err);
    }
    return ok;
}

const char *answer_accept(const struct uem_call *row)
{
    static const char *const types[] = {[UEM_JSON] = "application/json",
        [UEM_XML] = "application/xml",
        [UEM_ZIP] = "application/zip, */*;q=0.5"};

    return types[row->form];
}

uint64_t answer_replaced(const struct answer *answer)
{
    uint64_t replaced = 0;

    if (answer->json != NULL) {
        replaced = json_split_replaced(answer->json);
    } else if (answer->xml != NULL) {
        replaced = xml_split_replaced(answer->xml);
    }
    return replaced;
}
