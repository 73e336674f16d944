#include "sync/document.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "mapping/mapper.h"
#include "sync/id_set.h"
#include "sync/rejects.h"

enum { DOCUMENT_MOST_PARTS = 2, DOCUMENT_KEY_CEILING = 4 * CEILING_KEY };

/* What tells one from another. */
struct document_entity {
    const char *name;
    enum uem_call_id call;
    /* The rows are of what lies within a record, on this way: a member of a member, one or a list.
     * NULL: of the record itself. */
    const char *outer;
    const char *inner;
};

static const struct document_entity document_entities[] = {
    {"policy", UEM_V1_POLICIES, NULL, NULL},
    {"policy_rule", UEM_V1_POLICIES, "rules", "rule"},
    {"app_setting", UEM_V1_APP_SETTINGS, NULL, NULL},
    {"activesync_device", UEM_V1_EAS_DEVICES, NULL, NULL},
    {"alert", UEM_V1_ALERTS, NULL, NULL},
    {"appconnect_session", UEM_V1_ANALYTICS, NULL, NULL},
    {"carrier", UEM_V1_OPERATORS, NULL, NULL},
    {"country", UEM_V1_COUNTRIES, NULL, NULL},
};

static const struct document_entity *document_find(const char *name)
{
    const struct document_entity *found = NULL;

    for (size_t i = 0; i < sizeof document_entities / sizeof *document_entities; i++) {
        if (strcmp(document_entities[i].name, name) == 0) {
            found = &document_entities[i];
        }
    }
    return found;
}

enum uem_call_id document_call(const char *name)
{
    const struct document_entity *found = document_find(name);

    return found != NULL ? found->call : UEM_CALL_COUNT;
}

/* One entity that the document tells. */
struct document_part {
    const struct document_entity *entity;
    struct sync_entity_report *report;
    const struct relation *relation;
    struct mapper *mapper;
    /* Keys of the answer's rows. NULL: they are not told apart, see document_tells_apart. */
    struct id_set *seen;
    int64_t distinct;
    int64_t before; /* of these, those of the apps before */
    int64_t repeated;
    struct rejects_pending rejects; /* of the answer under way */
    bool has_unusable;              /* the answer under way has what is no row, and might be one */
    bool is_doubtful;               /* one that came whole had */
    bool is_given_up;               /* its report says why */
};

struct document {
    struct fetch *fetch;
    enum uem_call_id call;
    struct document_part parts[DOCUMENT_MOST_PARTS];
    size_t count;
    const char *const *app; /* appconnect_session: the one that is asked for; NULL: no such call */
    struct buffer key;
    int64_t received; /* records of the answer under way, the unusable ones too */
    int tries;        /* of the call under way */
    bool is_under_way;
    bool is_ended; /* the call is, and `result` says how */
    bool is_done;
    struct server_result result;
};

/* Sessions may be any number, more than a set of keys may hold in memory: a destination keeps the
 * last of a key by itself. What is exported cannot be taken back. */
static bool document_tells_apart(const struct document *document)
{
    return document->call != UEM_V1_ANALYTICS || document->fetch->once;
}

bool document_add(struct document *document, struct sync_entity_report *report, struct error *err)
{
    struct document_part *part = &document->parts[document->count];
    const struct mapping *mapping = NULL;
    bool ok = fetch_find_mapping(document->fetch, report->entity, &mapping, err);

    if (ok) {
        document->count++;
        *part = (struct document_part){.entity = document_find(report->entity),
            .report = report,
            .relation = &mapping->relation};
        rejects_pending_init(&part->rejects);
        ok = (!document_tells_apart(document) || id_set_new(&part->seen, err)) &&
             fetch_new_mapper(document->fetch, mapping, MAPPING_V1, &part->mapper, err);
    }
    return ok;
}

/* The apps of which each has a document of its own; NULL where there is but one document. */
static const char *const *document_apps(const struct document *document)
{
    static const char *const none[] = {NULL};
    const char *const *apps = document->fetch->tenant->appconnect_apps;

    apps = apps != NULL ? apps : none;
    return document->call == UEM_V1_ANALYTICS ? apps : NULL;
}

bool document_new(struct document **document, struct fetch *fetch,
    struct sync_entity_report *report, struct error *err)
{
    struct document *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->fetch = fetch;
        made->call = document_call(report->entity);
        made->app = document_apps(made);
        buffer_init(&made->key, DOCUMENT_KEY_CEILING);
        ok = document_add(made, report, err);
    }
    if (!ok) {
        document_free(made);
        made = NULL;
    }
    *document = made;
    return ok;
}

void document_free(struct document *document)
{
    if (document != NULL) {
        for (size_t i = 0; i < document->count; i++) {
            rejects_pending_release(&document->parts[i].rejects);
            mapper_free(document->parts[i].mapper);
            id_set_free(document->parts[i].seen);
        }
        buffer_release(&document->key);
    }
    free(document);
}

/* A try begins. What an earlier, broken one has staged is dropped with the first record; only what
 * an export has written stays, and is passed over when it comes again. */
static void document_begin(void *context)
{
    struct document *document = context;

    document->tries++;
    document->received = 0;
    for (size_t i = 0; i < document->count; i++) {
        rejects_pending_clear(&document->parts[i].rejects);
        document->parts[i].has_unusable = false;
        if (document->parts[i].seen == NULL) {
            document->parts[i].distinct = document->parts[i].before;
        }
    }
}

/* Drops what was staged of the document. Sessions of an app come all at once, when the archive was
 * read: what an earlier app has brought stays. */
static bool document_forget(struct document *document, struct error *err)
{
    const struct fetch *fetch = document->fetch;
    bool is_to_be_dropped = !fetch->once && document->app == NULL;
    bool ok = true;

    for (size_t i = 0; ok && is_to_be_dropped && i < document->count; i++) {
        struct document_part *part = &document->parts[i];

        id_set_clear(part->seen);
        part->distinct = 0;
        part->repeated = 0;
        ok = load_mark(fetch->load, part->relation, err) &&
             load_forget(fetch->load, part->relation, err);
    }
    return ok;
}

/* What tells the row from the others: its key's columns. */
static bool document_write_key(struct buffer *key, const struct row *row, struct error *err)
{
    const struct relation *relation = row->relation;

    buffer_clear(key);
    for (size_t i = 1; i < relation->key_count; i++) {
        if (relation->columns[i].type == COLUMN_TEXT) {
            buffer_append_str(key, row->cells[i].text);
        } else {
            buffer_append_int(key, row->cells[i].number); /* as a time is one */
        }
        buffer_append_char(key, '\0');
    }
    return buffer_ok(key) || error_memory(err);
}

static bool document_take_row(
    struct document *document, struct document_part *part, const struct row *row, struct error *err)
{
    bool is_new = part->seen == NULL;
    bool ok = is_new || (document_write_key(&document->key, row, err) &&
                            id_set_add(part->seen, buffer_view(&document->key), &is_new, err));

    part->distinct += ok && is_new ? 1 : 0;
    part->repeated += ok && !is_new ? 1 : 0;
    return ok &&
           ((!is_new && document->fetch->once) || load_stage(document->fetch->load, row, err));
}

static bool document_reject(struct document *document, struct document_part *part,
    const struct rejected *rejected, struct error *err)
{
    part->has_unusable = true;
    return rejects_pend(document->fetch->rejects, &part->rejects, part->report, rejected, err);
}

/* What becomes a row, or is rejected. `text` tells it from others; `bytes` are those of the record
 * that it is, or is a part of. */
static bool document_take_value(struct document *document, struct document_part *part,
    const cJSON *value, struct str text, uint64_t bytes, struct error *err)
{
    struct error unusable = {0};
    struct row row;
    bool ok = true;

    if (mapper_apply(part->mapper, value, &row, &unusable)) {
        ok = document_take_row(document, part, &row, err);
    } else if (unusable.kind == ERROR_RECORD) {
        const struct rejected rejected = {
            .reason = unusable.text, .record = value, .text = text, .bytes = bytes};

        ok = document_reject(document, part, &rejected, err);
    } else {
        *err = unusable;
        ok = false;
    }
    return ok;
}

/* One of the members of a record that become rows of their own; known by its place. */
static bool document_take_member(struct document *document, struct document_part *part,
    const cJSON *value, size_t place, struct str text, struct error *err)
{
    char known_by[64];

    (void)snprintf(known_by, sizeof known_by, "%zu of record %" PRId64, place, document->received);
    return document_take_value(document, part, value, str_of(known_by), text.size, err);
}

static bool document_take_inner(struct document *document, struct document_part *part,
    const cJSON *record, struct str text, struct error *err)
{
    const cJSON *found =
        record_member(record_member(record, part->entity->outer), part->entity->inner);
    struct str owner = record_text(record_member(record, "@id"));
    size_t place = 0;
    bool ok = true;

    mapper_set_owner(part->mapper, owner.size > 0 ? owner : (struct str){NULL, 0});
    /* Of whom it says that there is nothing, nobody knows. */
    part->has_unusable = part->has_unusable || owner.size == 0;
    if (record_type(found) == RECORD_LIST) {
        for (const cJSON *each = found->child; ok && each != NULL; each = each->next) {
            ok = document_take_member(document, part, each, place++, text, err);
        }
    } else if (record_type(found) != RECORD_NULL) {
        ok = document_take_member(document, part, found, place, text, err);
    }
    return ok;
}

static bool document_take_record(
    void *context, const cJSON *record, struct str text, struct error *err)
{
    struct document *document = context;
    bool ok = document->received > 0 || document->tries < 2 || document_forget(document, err);

    document->received++;
    for (size_t i = 0; ok && i < document->count; i++) {
        struct document_part *part = &document->parts[i];

        ok = part->entity->inner != NULL
                 ? document_take_inner(document, part, record, text, err)
                 : document_take_value(document, part, record, text, text.size, err);
    }
    return ok;
}

/* What cannot be read is told from others by its size and its place. */
static bool document_take_unreadable(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    struct document *document = context;
    char text[64];
    struct rejected rejected = {.reason = reason, .bytes = size};
    bool ok = true;

    (void)what;
    (void)snprintf(
        text, sizeof text, "unreadable %" PRIu64 " at %" PRId64, size, document->received++);
    rejected.text = str_of(text);
    for (size_t i = 0; ok && i < document->count; i++) {
        ok = document_reject(document, &document->parts[i], &rejected, err);
    }
    return ok;
}

/* The call is counted once, with the first of the entities that it tells. */
static bool document_ended(void *context, const struct server_result *result, struct error *err)
{
    struct document *document = context;

    (void)err;
    document->result = *result;
    document->is_under_way = false;
    document->is_ended = true;
    fetch_count_calls(document->parts[0].report, result);
    return true;
}

static void document_show(
    const struct document *document, const struct document_part *part, int64_t calls)
{
    const struct progress_step step = {.done = part->distinct, .total = -1, .calls = calls};

    fetch_show(document->fetch, part->report, document->call, step);
}

static bool document_start(struct document *document, struct error *err)
{
    const struct uem_arguments arguments = {
        .name = str_of(document->app != NULL ? *document->app : "")};
    const struct server_reader reader = {.begin = document_begin,
        .record = document_take_record,
        .unreadable = document_take_unreadable,
        .done = document_ended,
        .context = document};
    bool ok;

    document->tries = 0;
    document->is_ended = false;
    ok = server_start(document->fetch->server, document->call, &arguments, &reader, err);
    document->is_under_way = ok;
    for (size_t i = 0; i < document->count; i++) {
        document_show(document, &document->parts[i], 1);
    }
    return ok;
}

/* Without a password, or an app to ask for, there is no call to make. */
static void document_begin_all(struct document *document)
{
    bool has_apps = document->app == NULL || *document->app != NULL;

    for (size_t i = 0; i < document->count; i++) {
        document->is_done = fetch_lacks_v1(document->fetch, document->parts[i].report);
        if (!document->is_done && !has_apps) {
            document->parts[i].report->completeness = SYNC_PROVEN;
        }
    }
    document->is_done = document->is_done || !has_apps;
}

/* Why the answers may not be all that there is; NULL: they are. A document of nothing may be how a
 * server in trouble answers, unless it says so itself; of apps, one can well have no session. A
 * record that cannot be used may be of any row that is published. */
static const char *document_doubt(const struct document *document, const struct document_part *part)
{
    bool has_answered =
        document->app != NULL || document->received > 0 || document->result.is_no_data;
    const char *doubt = NULL;

    if (!has_answered) {
        doubt = "a list of nothing proves nothing";
    } else if (part->is_doubtful) {
        doubt = "it has records that cannot be used";
    }
    return doubt;
}

static bool document_judge_part(
    struct document *document, struct document_part *part, struct error *err)
{
    const struct fetch *fetch = document->fetch;
    struct sync_entity_report *report = part->report;
    const char *doubt = document_doubt(document, part);

    report->completeness = doubt == NULL ? SYNC_PROVEN : SYNC_UNPROVEN;
    if (doubt != NULL) {
        log_event(fetch->log, LOG_WARNING,
            "%s: the document is unproven: %s; nothing of it is removed", report->entity, doubt);
    }
    return doubt != NULL || load_replace(fetch->load, part->relation, NULL, err);
}

static bool document_end_part(
    struct document *document, struct document_part *part, struct error *err)
{
    struct sync_entity_report *report = part->report;

    report->fetched = part->distinct;
    document_show(document, part, 0);
    if (part->repeated > 0) {
        log_event(document->fetch->log, LOG_WARNING,
            "%s: %" PRId64 " records have the key of another one, and the last of each counts",
            report->entity, part->repeated);
    }
    return part->is_given_up || document_judge_part(document, part, err);
}

/* On to the next app, or what is staged is all. */
static bool document_go_on(struct document *document, struct error *err)
{
    bool is_last = document->app == NULL || *++document->app == NULL;
    bool ok = true;

    document->is_done = is_last;
    for (size_t i = 0; ok && i < document->count; i++) {
        document->parts[i].before = document->parts[i].distinct;
        ok = !is_last || document_end_part(document, &document->parts[i], err);
    }
    return ok && (is_last || document_start(document, err));
}

/* Of several apps that fail, the report has the error of the first. */
static bool document_give_up_part(
    struct document *document, struct document_part *part, struct error *err)
{
    struct sync_entity_report *report = part->report;
    struct error first = report->error;
    bool ok = fetch_give_up_v1(document->fetch, report, &document->result, err);

    if (first.kind != ERROR_NONE) {
        report->error = first;
    }
    part->is_given_up = true;
    return ok;
}

/* The call failed for good. An app that fails does so alone. */
static bool document_give_up(struct document *document, struct error *err)
{
    bool ok = document_forget(document, err);

    if (document->app != NULL) {
        (void)error_context_of_server(&document->result.error, "%s", *document->app);
    }
    for (size_t i = 0; ok && i < document->count; i++) {
        ok = document_give_up_part(document, &document->parts[i], err);
    }
    return ok && document_go_on(document, err);
}

/* The answer is there whole. */
static bool document_judge(struct document *document, struct error *err)
{
    const struct fetch *fetch = document->fetch;
    bool ok = document->received > 0 || document->tries < 2 || document_forget(document, err);

    for (size_t i = 0; ok && i < document->count; i++) {
        struct document_part *part = &document->parts[i];

        ok = rejects_settle(
            fetch->rejects, &part->rejects, part->report, (struct str){NULL, 0}, err);
        part->is_doubtful = part->is_doubtful || part->has_unusable;
    }
    return ok && document_go_on(document, err);
}

static bool document_step(void *context, bool *is_done, struct error *err)
{
    struct document *document = context;
    bool ok = true;

    if (!document->is_done && !document->is_under_way && !document->is_ended) {
        document_begin_all(document);
        ok = document->is_done || !server_may_start(document->fetch->server, document->call) ||
             document_start(document, err);
    } else if (!document->is_done && document->is_ended) {
        ok = document->result.ok ? document_judge(document, err) : document_give_up(document, err);
    }
    *is_done = document->is_done;
    return ok;
}

struct flow document_flow(struct document *document, struct sync_entity_report *report)
{
    return (struct flow){.step = document_step, .context = document, .report = report};
}
