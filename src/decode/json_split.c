#include "decode/json_split.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/json_scalar.h"

enum {
    /* Bytes are taken in slices, and room for what a slice can become is made before it: within
     * one, nothing that is written needs a check. */
    SLICE_SIZE = 4096,
    SLICE_ROOM = JSON_SCALAR_GROWTH * SLICE_SIZE + JSON_SCALAR_SLACK,
    /* Whatever CEILING_RECORD bytes can become. A record that needs more is beyond it. */
    RECORD_ROOM = JSON_SCALAR_GROWTH * CEILING_RECORD + JSON_SCALAR_SLACK + SLICE_ROOM,
    /* No record below CEILING_RECORD opens more, so a deep one can be skipped like a long one. */
    LEVEL_COUNT = CEILING_RECORD,
    BYTE_NAME_SIZE = 16,
};

enum state {
    STATE_START,
    STATE_MARK, /* within a byte order mark */
    STATE_VALUE,
    STATE_FIRST_VALUE,
    STATE_NAME,
    STATE_FIRST_NAME,
    STATE_COLON,
    STATE_NEXT_MEMBER,
    STATE_NEXT_VALUE,
    STATE_STRING,
    STATE_NUMBER,
    STATE_LITERAL,
    STATE_DONE,
    STATE_BROKEN,
    STATE_COUNT
};

struct json_split {
    const char *array;
    const struct json_split_handler *handler;
    struct buffer envelope;
    struct buffer record;
    struct buffer *out; /* the one of the two that is written */

    const char *slice;      /* the slice under way */
    uint64_t offset;        /* of its first byte in the document */
    uint64_t record_offset; /* where the record under way began */

    enum state state;
    struct json_string string;
    struct json_number number;
    const char *literal; /* what is still to come of true, false or null */
    size_t mark;         /* bytes of the byte order mark */

    size_t level;       /* open objects and lists */
    size_t list_level;  /* the level of the records' list while within it, else 0 */
    size_t name_offset; /* where in the envelope the outermost object's latest name stands */
    bool is_name;       /* the string under way is a member's name */
    bool is_list_next;  /* the next value is that of the records' list */
    bool found;         /* the records' list, or a null in its place, was seen */
    bool too_deep;      /* the record under way is */

    uint8_t objects[LEVEL_COUNT / 8 + 1]; /* a bit a level: set for an object */
};

/* A step takes bytes from `at`, at least one or a change of state, and returns where it stopped;
 * NULL after an error. */
typedef const char *step_fn(
    struct json_split *split, const char *at, const char *end, struct error *err);

static inline void put(struct json_split *split, char c)
{
    split->out->data[split->out->size++] = c;
}

static uint64_t offset_of(const struct json_split *split, const char *at)
{
    return split->offset + (uint64_t)(at - split->slice);
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at;
}

static bool in_object(const struct json_split *split)
{
    return (split->objects[split->level / 8] >> (split->level % 8) & 1) != 0;
}

static const char *name_byte(char c, char name[BYTE_NAME_SIZE])
{
    bool is_printable = c > 0x20 && c < 0x7f;

    (void)snprintf(name, BYTE_NAME_SIZE, is_printable ? "'%c'" : "0x%02x", (unsigned char)c);
    return name;
}

static const char *expected_here(const struct json_split *split)
{
    static const char *const expected[STATE_COUNT] = {
        [STATE_START] = "an object or a list",
        [STATE_MARK] = "the rest of a byte order mark",
        [STATE_VALUE] = "a value",
        [STATE_FIRST_VALUE] = "a value or \"]\"",
        [STATE_NAME] = "a name in quotes",
        [STATE_FIRST_NAME] = "a name in quotes or \"}\"",
        [STATE_COLON] = "a colon",
        [STATE_NEXT_MEMBER] = "a comma or \"}\"",
        [STATE_NEXT_VALUE] = "a comma or \"]\"",
        [STATE_NUMBER] = "a digit",
        [STATE_LITERAL] = "true, false or null",
        [STATE_DONE] = "the end of the answer",
    };

    return split->state == STATE_STRING ? json_string_expected(&split->string)
                                        : expected[split->state];
}

static const char *unexpected(const struct json_split *split, const char *at, struct error *err)
{
    char name[BYTE_NAME_SIZE];

    (void)error_set(err, ERROR_SERVER,
        "the answer is no valid JSON: %s at byte offset %" PRIu64 ", where %s was expected",
        name_byte(*at, name), offset_of(split, at), expected_here(split));
    return NULL;
}

/* The envelope is checked where it cannot yet have cost a record: before the first one, when the
 * document is whole, and before every slice. */
static bool check_envelope(const struct json_split *split, struct error *err)
{
    bool ok = split->envelope.size <= CEILING_ENVELOPE;

    if (!ok) {
        (void)error_set(err, ERROR_SERVER,
            "the answer holds more than %d bytes around its records (byte offset %" PRIu64 ")",
            CEILING_ENVELOPE, split->offset);
    }
    return ok;
}

static void begin_record(struct json_split *split, const char *at)
{
    split->out = &split->record;
    split->record.size = 0;
    split->record_offset = offset_of(split, at);
    split->too_deep = false;
}

static bool end_record(struct json_split *split, const char *at, struct error *err)
{
    const struct json_split_handler *handler = split->handler;
    uint64_t size = offset_of(split, at) - split->record_offset;
    bool ok;

    split->record.data[split->record.size] = '\0';
    split->out = &split->envelope;
    if (size > CEILING_RECORD) {
        ok = handler->oversized(handler->context, size, err);
    } else if (split->too_deep) {
        ok = handler->too_deep(handler->context, size, err);
    } else {
        ok = handler->record(handler->context, buffer_view(&split->record), err);
    }
    return ok;
}

/* A value ended short of `at`: it may have been a record, or the document. */
static const char *end_value(struct json_split *split, const char *at, struct error *err)
{
    bool ok = true;

    if (split->level == 0) {
        split->state = STATE_DONE;
        ok = check_envelope(split, err);
    } else {
        split->state = in_object(split) ? STATE_NEXT_MEMBER : STATE_NEXT_VALUE;
        if (split->level == split->list_level) {
            ok = end_record(split, at, err);
        }
    }
    return ok ? at : NULL;
}

static bool check_depth(struct json_split *split, const char *at, struct error *err)
{
    bool is_record = split->list_level > 0;
    bool ok = split->level < LEVEL_COUNT;

    if (split->level - split->list_level > CEILING_DEPTH) {
        split->too_deep = is_record;
        ok = ok && is_record && split->handler->too_deep != NULL;
    }
    if (!ok) {
        (void)error_set(err, ERROR_SERVER,
            "the answer is nested deeper than %d levels at byte offset %" PRIu64, CEILING_DEPTH,
            offset_of(split, at));
    }
    return ok;
}

/* An object or a list begins. */
static const char *open_level(struct json_split *split, const char *at, struct error *err)
{
    bool is_object = *at == '{';
    uint8_t bit;

    split->level++;
    bit = (uint8_t)(1u << split->level % 8);
    if (is_object) {
        split->objects[split->level / 8] |= bit;
    } else {
        split->objects[split->level / 8] &= (uint8_t)~bit;
    }
    split->state = is_object ? STATE_FIRST_NAME : STATE_FIRST_VALUE;
    put(split, *at);
    return check_depth(split, at, err) ? at + 1 : NULL;
}

/* The records' list begins. The list itself is written nowhere. */
static const char *open_list(struct json_split *split, const char *at, struct error *err)
{
    size_t written = split->envelope.size;
    const char *next = open_level(split, at, err);

    split->envelope.size = written;
    split->list_level = split->level;
    split->found = true;
    return next != NULL && check_envelope(split, err) ? next : NULL;
}

static const char *close_level(struct json_split *split, const char *at, struct error *err)
{
    const char *next = at + 1;

    if (split->level == split->list_level) {
        split->list_level = 0;
        split->level--;
        next = end_value(split, next, err);
    } else {
        put(split, *at);
        split->level--;
        next = end_value(split, next, err);
    }
    return next;
}

static const char *begin_string(struct json_split *split, const char *at, bool is_name)
{
    put(split, '"');
    split->is_name = is_name;
    split->state = STATE_STRING;
    json_string_begin(&split->string);
    return at + 1;
}

static const char *begin_number(struct json_split *split, const char *at)
{
    put(split, '"');
    put(split, (char)JSON_NUMBER_MARK);
    split->state = STATE_NUMBER;
    json_number_begin(&split->number);
    return at;
}

static const char *begin_literal(struct json_split *split, const char *at)
{
    split->literal = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
    split->state = STATE_LITERAL;
    return at;
}

/* The value of the member that is to be the records' list. A null in its place is a list without
 * records, as some serialisers write empty ones. */
static const char *begin_list(struct json_split *split, const char *at, struct error *err)
{
    const char *next = NULL;

    split->is_list_next = false;
    if (split->found) {
        (void)error_set(err, ERROR_SERVER,
            "the answer holds \"%s\" a second time at byte offset %" PRIu64, split->array,
            offset_of(split, at));
    } else if (*at == '[') {
        memcpy(split->envelope.data + split->envelope.size, "null", 4);
        split->envelope.size += 4;
        next = open_list(split, at, err);
    } else if (*at == 'n') {
        split->found = true;
        next = begin_literal(split, at);
    } else {
        (void)error_set(err, ERROR_SERVER,
            "\"%s\" of the answer is no list at byte offset %" PRIu64, split->array,
            offset_of(split, at));
    }
    return next;
}

static const char *begin_document(struct json_split *split, const char *at, struct error *err)
{
    const char *next = NULL;

    if (*at == '<') {
        (void)error_set(err, ERROR_SERVER,
            "the answer is HTML or XML, not JSON (a login page, a proxy, or a wrong address?): "
            "'<' at byte offset %" PRIu64,
            offset_of(split, at));
    } else if (*at != '{' && *at != '[') {
        (void)unexpected(split, at, err);
    } else if (split->array == NULL && *at == '{') {
        (void)error_set(err, ERROR_SERVER,
            "the answer is an object at byte offset %" PRIu64 ", where a list was expected",
            offset_of(split, at));
    } else if (split->array != NULL && *at == '[') {
        (void)error_set(err, ERROR_SERVER,
            "the answer is a list at byte offset %" PRIu64
            ", where an object with the list \"%s\" was expected",
            offset_of(split, at), split->array);
    } else if (split->array == NULL) {
        next = open_list(split, at, err);
    } else {
        next = open_level(split, at, err);
    }
    return next;
}

static const char *step_start(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    if ((unsigned char)*at == 0xEF && offset_of(split, at) == 0) {
        split->state = STATE_MARK;
        split->mark = 0;
    } else {
        at = skip_blanks(at, end);
        if (at < end) {
            at = begin_document(split, at, err);
        }
    }
    return at;
}

static const char *step_mark(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'};

    (void)end;
    if (*at == mark[split->mark]) {
        at++;
        split->mark++;
        if (split->mark == sizeof mark) {
            split->state = STATE_START;
        }
    } else {
        at = unexpected(split, at, err);
    }
    return at;
}

static const char *step_colon(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    at = skip_blanks(at, end);
    if (at < end) {
        if (*at == ':') {
            put(split, ':');
            split->state = STATE_VALUE;
            at++;
        } else {
            at = unexpected(split, at, err);
        }
    }
    return at;
}

static const char *step_next(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    bool is_member = split->state == STATE_NEXT_MEMBER;

    at = skip_blanks(at, end);
    if (at < end) {
        if (*at == ',') {
            if (split->level != split->list_level) {
                put(split, ',');
            }
            split->state = is_member ? STATE_NAME : STATE_VALUE;
            at++;
        } else if (*at == (is_member ? '}' : ']')) {
            at = close_level(split, at, err);
        } else {
            at = unexpected(split, at, err);
        }
    }
    return at;
}

static const char *end_value_and_next(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    at = end_value(split, at, err);
    if (at != NULL && at < end && split->state != STATE_DONE) {
        at = step_next(split, at, end, err);
    }
    return at;
}

/* One character of a cleaned name, escapes undone; -1 for one that is not ASCII. */
static int name_char(struct str name, size_t *position)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    int c = (unsigned char)name.data[(*position)++];

    if (c == '\\') {
        c = (unsigned char)name.data[(*position)++];
        if (c == 'u') {
            c = 0;
            for (int i = 0; i < 4; i++) {
                c = c * 16 + str_hex_digit(name.data[(*position)++]);
            }
        } else {
            c = values[strchr(letters, c) - letters];
        }
    }
    return c < 0x80 ? c : -1;
}

static bool name_is(struct str name, const char *wanted)
{
    size_t position = 0;
    bool same = true;

    while (same && position < name.size) {
        same = *wanted != '\0' && name_char(name, &position) == *wanted;
        wanted++;
    }
    return same && *wanted == '\0';
}

static const char *end_string(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    if (split->is_name) {
        if (split->level == 1) {
            struct str name = {split->envelope.data + split->name_offset,
                split->envelope.size - split->name_offset};

            split->is_list_next = name_is(name, split->array);
        }
        put(split, '"');
        split->state = STATE_COLON;
        at = step_colon(split, at, end, err);
    } else {
        put(split, '"');
        at = end_value_and_next(split, at, end, err);
    }
    return at;
}

static const char *step_string(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    enum json_scalar_progress progress = JSON_SCALAR_DONE;

    if (!json_string_feed_plain(&split->string, &at, end, split->out)) {
        progress = json_string_feed(&split->string, &at, end, split->out);
    }
    if (progress == JSON_SCALAR_DONE) {
        at = end_string(split, at, end, err);
    } else if (progress == JSON_SCALAR_WRONG) {
        at = unexpected(split, at, err);
    }
    return at;
}

static const char *step_number(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    enum json_scalar_progress progress = json_number_feed(&split->number, &at, end, split->out);

    if (progress == JSON_SCALAR_DONE) {
        put(split, '"');
        at = end_value_and_next(split, at, end, err);
    } else if (progress == JSON_SCALAR_WRONG) {
        at = unexpected(split, at, err);
    }
    return at;
}

static const char *step_literal(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    while (at < end && *split->literal != '\0' && *at == *split->literal) {
        put(split, *at);
        at++;
        split->literal++;
    }
    if (*split->literal == '\0') {
        at = end_value_and_next(split, at, end, err);
    } else if (at < end) {
        at = unexpected(split, at, err);
    }
    return at;
}

/* A step by itself costs as much as a short string does. So what nearly always follows is called
 * at once, here and below; each step still works from wherever the bytes happen to be cut. */
static const char *begin_plain_value(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    const char *next = NULL;

    if (split->level == split->list_level) {
        begin_record(split, at);
    }
    switch (*at) {
    case '"':
        next = begin_string(split, at, false);
        next = step_string(split, next, end, err);
        break;
    case '{':
    case '[':
        next = open_level(split, at, err);
        break;
    case 't':
    case 'f':
    case 'n':
        next = begin_literal(split, at);
        next = step_literal(split, next, end, err);
        break;
    default:
        next =
            *at == '-' || str_is_digit(*at) ? begin_number(split, at) : unexpected(split, at, err);
        break;
    }
    return next;
}

static const char *step_value(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    at = skip_blanks(at, end);
    if (at < end) {
        if (*at == ']' && split->state == STATE_FIRST_VALUE) {
            at = close_level(split, at, err);
        } else if (split->is_list_next) {
            at = begin_list(split, at, err);
        } else {
            at = begin_plain_value(split, at, end, err);
        }
    }
    return at;
}

static const char *step_name(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    at = skip_blanks(at, end);
    if (at < end) {
        if (*at == '"') {
            split->name_offset = split->out->size + 1;
            at = begin_string(split, at, true);
            at = step_string(split, at, end, err);
        } else if (*at == '}' && split->state == STATE_FIRST_NAME) {
            at = close_level(split, at, err);
        } else {
            at = unexpected(split, at, err);
        }
    }
    return at;
}

static const char *step_done(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    at = skip_blanks(at, end);
    return at < end ? unexpected(split, at, err) : at;
}

static bool given_up(const struct json_split *split, struct error *err)
{
    return error_set(err, ERROR_SERVER,
        "the answer was given up before byte offset %" PRIu64 " and cannot go on", split->offset);
}

static const char *step_broken(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    (void)at;
    (void)end;
    (void)given_up(split, err);
    return NULL;
}

static step_fn *const json_steps[STATE_COUNT] = {
    [STATE_START] = step_start,
    [STATE_MARK] = step_mark,
    [STATE_VALUE] = step_value,
    [STATE_FIRST_VALUE] = step_value,
    [STATE_NAME] = step_name,
    [STATE_FIRST_NAME] = step_name,
    [STATE_COLON] = step_colon,
    [STATE_NEXT_MEMBER] = step_next,
    [STATE_NEXT_VALUE] = step_next,
    [STATE_STRING] = step_string,
    [STATE_NUMBER] = step_number,
    [STATE_LITERAL] = step_literal,
    [STATE_DONE] = step_done,
    [STATE_BROKEN] = step_broken,
};

/* Room for what a slice of `size` bytes can become. A record that is out of room is beyond its
 * ceiling for certain: it is skipped by writing over what there is of it. */
static bool make_room(struct json_split *split, size_t size, struct error *err)
{
    size_t more = JSON_SCALAR_GROWTH * size + JSON_SCALAR_SLACK;
    bool ok = check_envelope(split, err);

    if (split->record.size > RECORD_ROOM - more) {
        split->record.size = 0;
    }
    if (ok && (!buffer_reserve(&split->envelope, more) || !buffer_reserve(&split->record, more))) {
        ok = error_memory(err);
    }
    return ok;
}

static bool feed_slice(struct json_split *split, const char *bytes, size_t size, struct error *err)
{
    const char *at = bytes;
    const char *end = bytes + size;
    bool ok = make_room(split, size, err);

    if (ok) {
        split->slice = bytes;
        while (at != NULL && at < end) {
            at = json_steps[split->state](split, at, end, err);
        }
        split->envelope.data[split->envelope.size] = '\0';
        split->offset += size;
        ok = at != NULL;
    }
    if (!ok) {
        split->state = STATE_BROKEN;
    }
    return ok;
}

bool json_split_new(struct json_split **split, const char *array,
    const struct json_split_handler *handler, struct error *err)
{
    struct json_split *made = malloc(sizeof *made);

    if (made == NULL) {
        (void)error_memory(err);
    } else {
        made->array = array;
        made->handler = handler;
        buffer_init(&made->envelope, CEILING_ENVELOPE + 2 * SLICE_ROOM);
        buffer_init(&made->record, RECORD_ROOM);
        made->string = (struct json_string){.replaced = 0};
        json_split_reset(made);
    }
    *split = made;
    return made != NULL;
}

void json_split_free(struct json_split *split)
{
    if (split != NULL) {
        buffer_release(&split->record);
        buffer_release(&split->envelope);
        free(split);
    }
}

void json_split_reset(struct json_split *split)
{
    buffer_clear(&split->envelope);
    buffer_clear(&split->record);
    split->out = &split->envelope;
    split->slice = NULL;
    split->offset = 0;
    split->record_offset = 0;
    split->state = STATE_START;
    split->number = (struct json_number){0};
    split->literal = "";
    split->mark = 0;
    split->level = 0;
    split->list_level = 0;
    split->name_offset = 0;
    split->is_name = false;
    split->is_list_next = false;
    split->found = false;
    split->too_deep = false;
    json_string_begin(&split->string);
}

bool json_split_feed(struct json_split *split, const char *bytes, size_t size, struct error *err)
{
    bool ok = true;

    while (ok && size > 0) {
        size_t slice = size < SLICE_SIZE ? size : SLICE_SIZE;

        ok = feed_slice(split, bytes, slice, err);
        bytes += slice;
        size -= slice;
    }
    return ok;
}

bool json_split_end(struct json_split *split, bool empty_allowed, struct error *err)
{
    bool ok = true;

    if (split->state == STATE_BROKEN) {
        ok = given_up(split, err);
    } else if (split->state == STATE_START) {
        ok = empty_allowed ||
             error_set(err, ERROR_SERVER,
                 "the answer is empty (%" PRIu64 " bytes), where JSON was expected", split->offset);
    } else if (split->state != STATE_DONE) {
        ok = error_set(err, ERROR_SERVER,
            "the answer is cut short: it ends at byte offset %" PRIu64 ", where %s was expected",
            split->offset, expected_here(split));
    } else if (!split->found) {
        ok = error_set(err, ERROR_SERVER,
            "the answer holds no list \"%s\" (%" PRIu64 " bytes of JSON without it)", split->array,
            split->offset);
    }
    return ok;
}

struct str json_split_envelope(const struct json_split *split)
{
    return buffer_view(&split->envelope);
}

uint64_t json_split_replaced(const struct json_split *split)
{
    return split->string.replaced;
}
