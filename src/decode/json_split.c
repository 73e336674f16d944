#include "decode/json_split.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/json_parts.h"

enum { BYTE_NAME_SIZE = 16 };

/* A step takes bytes from `at`, at least one or a change of state, and returns where it stopped;
 * NULL after an error. */
typedef const char *step_fn(
    struct json_split *split, const char *at, const char *end, struct error *err);

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
        name_byte(*at, name), json_offset(split, at), expected_here(split));
    return NULL;
}

/* A value ended short of `at`: it may have been a record, or the document. */
static const char *end_value(struct json_split *split, const char *at, struct error *err)
{
    bool ok = true;

    if (split->level == 0) {
        split->state = STATE_DONE;
        ok = json_check_envelope(split, err);
    } else {
        split->state = in_object(split) ? STATE_NEXT_MEMBER : STATE_NEXT_VALUE;
        if (split->level == split->list_level) {
            ok = json_end_element(split, at, err);
        }
    }
    return ok ? at : NULL;
}

static bool check_depth(struct json_split *split, const char *at, struct error *err)
{
    bool ok = split->level < LEVEL_COUNT;

    if (split->level - split->list_level > CEILING_DEPTH) {
        ok = ok && split->list_level > 0 && json_element_is_too_deep(split);
    }
    if (!ok) {
        (void)error_set(err, ERROR_SERVER,
            "the answer is nested deeper than %d levels at byte offset %" PRIu64, CEILING_DEPTH,
            json_offset(split, at));
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
    json_put_char(split, *at);
    return check_depth(split, at, err) ? at + 1 : NULL;
}

/* A list whose elements are handed on begins. The list itself is written nowhere. */
static const char *open_list(struct json_split *split, const char *at, struct error *err)
{
    size_t written = split->out->size;
    const char *next = open_level(split, at, err);

    split->out->size = written;
    json_enter_list(split, at);
    split->found = true;
    return next != NULL && json_check_envelope(split, err) ? next : NULL;
}

static const char *close_level(struct json_split *split, const char *at, struct error *err)
{
    const char *next = at + 1;

    if (split->level == split->list_level) {
        json_leave_list(split, next);
        split->level--;
        next = end_value(split, next, err);
    } else {
        json_put_char(split, *at);
        split->level--;
        next = end_value(split, next, err);
    }
    return next;
}

static const char *begin_string(struct json_split *split, const char *at, bool is_name)
{
    json_put_char(split, '"');
    split->is_name = is_name;
    split->state = STATE_STRING;
    json_string_begin(&split->string);
    return at + 1;
}

static const char *begin_number(struct json_split *split, const char *at)
{
    json_put_char(split, '"');
    json_put_char(split, (char)JSON_NUMBER_MARK);
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

static const char *begin_document(struct json_split *split, const char *at, struct error *err)
{
    const char *next = NULL;

    if (*at == '<') {
        (void)error_set(err, ERROR_SERVER,
            "the answer is HTML or XML, not JSON (a login page, a proxy, or a wrong address?): "
            "'<' at byte offset %" PRIu64,
            json_offset(split, at));
    } else if (*at != '{' && *at != '[') {
        (void)unexpected(split, at, err);
    } else if (split->array == NULL && *at == '{') {
        (void)error_set(err, ERROR_SERVER,
            "the answer is an object at byte offset %" PRIu64 ", where a list was expected",
            json_offset(split, at));
    } else if (split->array != NULL && *at == '[') {
        (void)error_set(err, ERROR_SERVER,
            "the answer is a list at byte offset %" PRIu64
            ", where an object with the list \"%s\" was expected",
            json_offset(split, at), split->array);
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
    if ((unsigned char)*at == 0xEF && json_offset(split, at) == 0) {
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
            json_put_char(split, ':');
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
                json_put_char(split, ',');
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

static const char *end_string(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    if (split->is_name) {
        if (split->level == split->name_level) {
            struct str name = {
                split->out->data + split->name_offset, split->out->size - split->name_offset};

            split->is_list_next =
                json_string_is(name, split->list_level > 0 ? split->inner : split->array);
        }
        json_put_char(split, '"');
        split->state = STATE_COLON;
        at = step_colon(split, at, end, err);
    } else {
        json_put_char(split, '"');
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
        json_put_char(split, '"');
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
        json_put_char(split, *at);
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
        json_begin_element(split, at);
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

/* A list in the place of null. */
static const char *begin_list_for_null(struct json_split *split, const char *at, struct error *err)
{
    memcpy(split->out->data + split->out->size, "null", 4);
    split->out->size += 4;
    return open_list(split, at, err);
}

/* The value of the outermost object's member that is to be the list. A null in its place is a list
 * without elements, as some serialisers write empty ones. */
static const char *begin_array(struct json_split *split, const char *at, struct error *err)
{
    const char *next = NULL;

    if (split->found) {
        (void)error_set(err, ERROR_SERVER,
            "the answer holds \"%s\" a second time at byte offset %" PRIu64, split->array,
            json_offset(split, at));
    } else if (*at == '[') {
        next = begin_list_for_null(split, at, err);
    } else if (*at == 'n') {
        split->found = true;
        next = begin_literal(split, at);
    } else {
        (void)error_set(err, ERROR_SERVER,
            "\"%s\" of the answer is no list at byte offset %" PRIu64, split->array,
            json_offset(split, at));
    }
    return next;
}

static const char *begin_list(
    struct json_split *split, const char *at, const char *end, struct error *err)
{
    const char *next = NULL;

    split->is_list_next = false;
    if (split->list_level == 0) {
        next = begin_array(split, at, err);
    } else if (*at == '[') {
        next = begin_list_for_null(split, at, err);
    } else {
        next = begin_plain_value(split, at, end, err);
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
            at = begin_list(split, at, end, err);
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

static bool feed_slice(struct json_split *split, const char *bytes, size_t size, struct error *err)
{
    const char *at = bytes;
    const char *end = bytes + size;
    bool ok = json_make_room(split, size, err);

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
    return json_split_new_nested(split, array, NULL, handler, err);
}

bool json_split_new_nested(struct json_split **split, const char *array, const char *inner,
    const struct json_split_handler *handler, struct error *err)
{
    struct json_split *made = malloc(sizeof *made);

    if (made == NULL) {
        (void)error_memory(err);
    } else {
        made->array = array;
        made->inner = inner;
        made->handler = handler;
        buffer_init(&made->envelope, CEILING_ENVELOPE + 2 * SLICE_ROOM);
        buffer_init(&made->owner, RECORD_ROOM);
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
        buffer_release(&split->owner);
        buffer_release(&split->envelope);
        free(split);
    }
}

void json_split_reset(struct json_split *split)
{
    buffer_clear(&split->envelope);
    buffer_clear(&split->owner);
    buffer_clear(&split->record);
    split->out = &split->envelope;
    split->slice = NULL;
    split->offset = 0;
    split->state = STATE_START;
    split->number = (struct json_number){0};
    split->literal = "";
    split->mark = 0;
    split->level = 0;
    split->list_level = 0;
    split->outer_level = 0;
    split->name_level = 1;
    split->name_offset = 0;
    split->is_name = false;
    split->is_list_next = false;
    split->found = false;
    split->record_offset = 0;
    split->record_too_deep = false;
    split->owner_offset = 0;
    split->inner_offset = 0;
    split->inner_size = 0;
    split->owner_too_deep = false;
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
