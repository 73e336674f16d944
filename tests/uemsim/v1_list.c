#include "v1_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* A piece is sent once it is this long, bytes. */
#define PIECE 65536
/* Room for what stands around records. */
#define FRAME_MAX 512
#define UUID_LEN 36

enum state { STATE_GOES_ON, STATE_DONE, STATE_BROKEN };

struct source {
    struct request *request;
    struct v1_list list;
    uint64_t total;
    uint64_t drop_from, drop_end; /* ordinals that are left out */
    struct buf piece;             /* what is sent next, plain */
    struct buf packed;            /* the same compressed */
    size_t sent;                  /* bytes of the piece */
    struct doc doc;
    size_t section;
    bool begun, opened; /* the root, the section */
    uint64_t place;     /* of the next record in its section */
    uint64_t number;    /* where to look for it */
    uint64_t ordinal;   /* of all records */
    enum state state;
    enum fault_kind breaks; /* how it ends when it is broken */
    bool parked;
    bool gzip;
    z_stream zip;
};

bool v1_wants_json(const struct request *request)
{
    const char *const accept =
        MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT);

    return accept != NULL && strstr(accept, "application/json") != NULL &&
           strstr(accept, "xml") == NULL;
}

uint64_t v1_space_count(const struct v1_space *space)
{
    return space->end - space->first + space->only;
}

uint64_t v1_space_index(const struct v1_space *space, uint64_t number)
{
    const uint64_t shared = space->end - space->first;

    return number < shared ? space->first + number : DEVICE_INDEX_END + (number - shared);
}

bool v1_space_find(const struct v1_space *space, const char *uuid, uint64_t *index)
{
    uint64_t found[2];
    const bool shaped =
        strlen(uuid) == UUID_LEN && strspn(uuid, "0123456789abcdefABCDEF-") == UUID_LEN;
    const bool known = shaped && (device_find(&space->world, NAME_GUID, uuid, space->first,
                                      space->end, found) > 0 ||
                                     device_find(&space->world, NAME_GUID, uuid, DEVICE_INDEX_END,
                                         DEVICE_INDEX_END + space->only, found) > 0);

    if (known) {
        *index = found[0];
    }
    return known;
}

struct v1_list v1_list_begin(struct request *request, const char *root)
{
    struct tenant *const tenant = &request->server->tenant;
    const struct options *const options = request->server->options;
    struct v1_list list = {
        .root = root, .nothing = "No data found", .counted = true, .options = options};

    (void)tenant_begin(tenant, false);
    list.space = (struct v1_space){.world = tenant->world,
        .first = tenant->first < options->cps_only ? options->cps_only : tenant->first,
        .end = tenant->end,
        .only = options->v1_only,
        .refused = options->v1_refused};
    tenant_end(tenant);
    list.space.first = list.space.first < list.space.end ? list.space.first : list.space.end;
    list.space.world.without_guid_cut = 0;
    return list;
}

uint64_t v1_list_count(const struct v1_list *list, size_t section, uint64_t end, uint64_t most)
{
    uint64_t count = 0;

    for (uint64_t at = list->find(list, section, 0); at < end && count < most;
         at = list->find(list, section, at + 1)) {
        count++;
    }
    return count;
}

void v1_refuse(struct request *request, const char *root, unsigned status, const char *message,
    struct reply *reply)
{
    struct doc doc = {.out = &reply->body, .json = v1_wants_json(request)};

    reply->status = status;
    reply->content_type = doc.json ? "application/json" : "application/xml";
    reply->body.len = 0;
    if (doc_reserve(&doc, FRAME_MAX)) {
        doc_begin(&doc, root);
        if (doc.json) {
            doc_number(&doc, PUT_LIT("totalCount"), 0);
        }
        doc_message(&doc, message);
        doc_end(&doc, root);
    }
    doc_done(&doc);
}

static void source_free(void *cls)
{
    struct source *const source = cls;

    if (source != NULL) {
        if (source->gzip) {
            deflateEnd(&source->zip);
        }
        buf_release(&source->packed);
        buf_release(&source->piece);
        free(source);
    }
}

static const struct v1_section *section_of(const struct source *source)
{
    return &source->list.sections[source->section];
}

static bool is_endless(const struct source *source)
{
    return source->request->hit.has[FAULT_ENDLESS];
}

/* How many records of the section are written, as JSON must know beforehand. */
static uint64_t written_count(const struct source *source)
{
    const uint64_t begin = source->ordinal - source->place;
    const uint64_t end = begin + section_of(source)->count;
    const uint64_t from = source->drop_from > begin ? source->drop_from : begin;
    const uint64_t to = source->drop_end < end ? source->drop_end : end;
    const uint64_t dropped = from < to ? to - from : 0;

    return is_endless(source) ? UINT64_MAX : section_of(source)->count - dropped;
}

static void begin(struct source *source)
{
    if (doc_reserve(&source->doc, FRAME_MAX)) {
        doc_begin(&source->doc, source->list.root);
        if (source->doc.json && source->list.counted) {
            doc_number(&source->doc, PUT_LIT("totalCount"), (int64_t)source->total);
        }
        doc_message(&source->doc, source->list.message);
    }
    source->begun = true;
}

static void open_section(struct source *source)
{
    if (doc_reserve(&source->doc, FRAME_MAX)) {
        if (section_of(source)->wrapper != NULL) {
            doc_open(&source->doc, section_of(source)->wrapper);
        }
        if (section_of(source)->count > 0 && written_count(source) > 0) {
            doc_list(&source->doc, section_of(source)->item, written_count(source) > 1);
        }
    }
    source->opened = true;
}

static void close_section(struct source *source)
{
    if (doc_reserve(&source->doc, FRAME_MAX)) {
        if (section_of(source)->count > 0 && written_count(source) > 0) {
            doc_list_end(&source->doc, written_count(source) > 1);
        }
        if (section_of(source)->wrapper != NULL) {
            doc_close(&source->doc, section_of(source)->wrapper);
        }
    }
    source->section++;
    source->opened = false;
    source->place = 0;
    source->number = 0;
}

static void finish(struct source *source)
{
    if (doc_reserve(&source->doc, FRAME_MAX)) {
        doc_end(&source->doc, source->list.root);
    }
    source->state = STATE_DONE;
}

static void write_record(struct source *source)
{
    const struct fault_hit *const hit = &source->request->hit;
    const bool bad = hit->has[FAULT_BAD_RECORD] && source->ordinal == source->total / 2;
    const bool huge = hit->has[FAULT_HUGE_RECORD] && source->ordinal == 0;

    source->doc.widen = huge ? hit->number[FAULT_HUGE_RECORD] : 0;
    if (doc_reserve(&source->doc, source->list.record_max)) {
        if (bad && hit->number[FAULT_BAD_RECORD] == 0) {
            doc_bad_item(&source->doc, section_of(source)->item);
        } else {
            source->list.write(&source->list, source->section, source->number, bad, &source->doc);
        }
    }
    source->doc.widen = 0;
}

/* `malformed`, and the faults that end an answer: they hit the record in the middle. */
static void spoil_record(struct source *source, size_t from)
{
    static const enum fault_kind endings[] = {FAULT_TRUNCATE, FAULT_RESET, FAULT_STALL};
    const struct fault_hit *const hit = &source->request->hit;

    if (hit->has[FAULT_MALFORMED]) {
        reply_malform(&source->piece, from, source->doc.json);
    }
    for (size_t at = 0; at < sizeof endings / sizeof endings[0]; at++) {
        if (hit->has[endings[at]] && source->state == STATE_GOES_ON) {
            source->piece.len = from + (source->piece.len - from) / 2;
            source->breaks = endings[at];
            source->state = STATE_BROKEN;
        }
    }
}

static void next_record(struct source *source)
{
    const bool dropped = source->ordinal >= source->drop_from && source->ordinal < source->drop_end;
    const size_t from = source->piece.len;

    if (source->list.find != NULL) {
        source->number = source->list.find(&source->list, source->section, source->number);
    }
    if (!dropped) {
        write_record(source);
        doc_done(&source->doc);
        if (source->request->hit.any && source->ordinal == source->total / 2 &&
            !source->piece.failed) {
            spoil_record(source, from);
        }
    }
    source->number++;
    source->place++;
    source->ordinal++;
}

static void step(struct source *source)
{
    source->doc.at = NULL;
    if (!source->begun) {
        begin(source);
    } else if (source->section == source->list.section_count) {
        finish(source);
    } else if (!source->opened) {
        open_section(source);
    } else if (source->place < section_of(source)->count) {
        next_record(source);
        source->doc.at = NULL;
    } else if (is_endless(source) && section_of(source)->count > 0) {
        source->place = 0;
        source->number = 0;
    } else {
        close_section(source);
    }
    doc_done(&source->doc);
}

/* Compresses the piece in place of the plain one. */
static void pack(struct source *source)
{
    const int flush = source->state == STATE_DONE     ? Z_FINISH
                      : source->state == STATE_BROKEN ? Z_SYNC_FLUSH
                                                      : Z_NO_FLUSH;
    const uLong bound = deflateBound(&source->zip, source->piece.len) + 64;

    source->packed.len = 0;
    char *const to = buf_reserve(&source->packed, bound);
    if (to != NULL) {
        source->zip.next_in = (Bytef *)source->piece.data;
        source->zip.avail_in = (uInt)source->piece.len;
        source->zip.next_out = (Bytef *)to;
        source->zip.avail_out = (uInt)bound;
        const int result = deflate(&source->zip, flush);
        source->packed.failed = result == Z_STREAM_ERROR || source->zip.avail_in > 0;
        source->packed.len = bound - source->zip.avail_out;
    }
}

static const struct buf *out_of(const struct source *source)
{
    return source->gzip ? &source->packed : &source->piece;
}

static void fill(struct source *source)
{
    do {
        source->piece.len = 0;
        while (
            source->state == STATE_GOES_ON && source->piece.len < PIECE && !source->piece.failed) {
            step(source);
        }
        if (source->gzip) {
            pack(source);
        }
    } while (source->state == STATE_GOES_ON && out_of(source)->len == 0 && !out_of(source)->failed);
    source->sent = 0;
}

static ssize_t source_read(void *cls, uint64_t position, char *to, size_t max)
{
    struct source *const source = cls;
    ssize_t result = MHD_CONTENT_READER_END_WITH_ERROR;

    (void)position;
    if (source->sent == out_of(source)->len && source->state == STATE_GOES_ON) {
        fill(source);
    }
    const struct buf *const out = out_of(source);
    const size_t left = out->len - source->sent;
    if (source->piece.failed || out->failed) {
        result = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (left > 0) {
        const size_t len = left < max ? left : max;
        memcpy(to, out->data + source->sent, len);
        source->sent += len;
        stats_bytes(&source->request->server->stats, len);
        result = (ssize_t)len;
    } else if (source->state == STATE_DONE) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        result = reply_break_off(source->request, source->breaks, &source->parked);
    }
    return result;
}

static struct source *source_new(struct request *request, const struct v1_list *list)
{
    struct source *const source = calloc(1, sizeof *source);

    if (source != NULL) {
        const struct fault_hit *const hit = &request->hit;
        source->request = request;
        source->list = *list;
        for (size_t at = 0; at < list->section_count; at++) {
            source->total += list->sections[at].count;
        }
        const uint64_t drop =
            hit->number[FAULT_DROP] < source->total ? hit->number[FAULT_DROP] : source->total;
        source->drop_from = (source->total - drop) / 2;
        source->drop_end = source->drop_from + drop;
        source->doc = (struct doc){.out = &source->piece, .json = v1_wants_json(request)};
        source->gzip = reply_wants_gzip(request) && deflateInit2(&source->zip, 1, Z_DEFLATED,
                                                        15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    }
    return source;
}

static void stream(struct request *request, const struct v1_list *list, struct reply *reply)
{
    struct source *const source = source_new(request, list);

    if (source == NULL) {
        reply_error(reply, 500, "INTERNAL", "no memory");
    } else {
        reply->content_type = source->doc.json ? "application/json" : "application/xml";
        reply->packed = source->gzip;
        reply->read = source_read;
        reply->release = source_free;
        reply->source = source;
    }
}

void v1_list_answer(struct request *request, const struct v1_list *list, struct reply *reply)
{
    bool any = false;

    for (size_t at = 0; at < list->section_count; at++) {
        any = any || list->sections[at].count > 0;
    }
    if (any) {
        stream(request, list, reply);
    } else {
        v1_refuse(request, list->root, 404, list->nothing, reply);
    }
}
