/* What the files of json_split share, and nobody else includes: the splitter's state. json_split.c
 * steps through the bytes, json_element.c gathers and hands on what they make. */
#ifndef UEMSYNC_DECODE_JSON_PARTS_H
#define UEMSYNC_DECODE_JSON_PARTS_H

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/json_scalar.h"
#include "decode/json_split.h"

enum {
    /* Bytes are taken in slices, and room for what a slice can become is made before it: within
     * one, nothing that is written needs a check. */
    SLICE_SIZE = 4096,
    SLICE_ROOM = JSON_SCALAR_GROWTH * SLICE_SIZE + JSON_SCALAR_SLACK,
    /* Whatever CEILING_RECORD bytes can become. A record that needs more is beyond it. */
    RECORD_ROOM = JSON_SCALAR_GROWTH * CEILING_RECORD + JSON_SCALAR_SLACK + SLICE_ROOM,
    /* No record below CEILING_RECORD opens more, so a deep one can be skipped like a long one. */
    LEVEL_COUNT = CEILING_RECORD,
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
    const char *inner; /* NULL: the elements of the array are the records */
    const struct json_split_handler *handler;
    struct buffer envelope;
    struct buffer owner;
    struct buffer record;
    struct buffer *out; /* the one of the three that is written */

    const char *slice; /* the slice under way */
    uint64_t offset;   /* of its first byte in the document */

    enum state state;
    struct json_string string;
    struct json_number number;
    const char *literal; /* what is still to come of true, false or null */
    size_t mark;         /* bytes of the byte order mark */

    size_t level;       /* open objects and lists */
    size_t list_level;  /* the level of the innermost list whose elements are handed on, or 0 */
    size_t outer_level; /* the level of the owners' list while within it, else 0 */
    size_t name_level;  /* the level of the object whose names are looked at */
    size_t name_offset; /* where in `out` the latest name stands */
    bool is_name;       /* the string under way is a member's name */
    bool is_list_next;  /* the next value is that of the list that is looked for */
    bool found;         /* the list `array`, or a null in its place, was seen */

    /* The record under way, and its owner. */
    uint64_t record_offset; /* where it began */
    bool record_too_deep;
    uint64_t owner_offset;
    uint64_t inner_offset; /* where the list of records under way began */
    uint64_t inner_size;   /* bytes of the owner's lists of records so far */
    bool owner_too_deep;

    uint8_t objects[LEVEL_COUNT / 8 + 1]; /* a bit a level: set for an object */
};

static inline void json_put_char(struct json_split *split, char c)
{
    split->out->data[split->out->size++] = c;
}

static inline uint64_t json_offset(const struct json_split *split, const char *at)
{
    return split->offset + (uint64_t)(at - split->slice);
}

/* The elements of the innermost list are owners. */
static inline bool json_in_owners(const struct json_split *split)
{
    return split->list_level > 0 && split->list_level == split->outer_level;
}

/* The envelope is checked where it cannot yet have cost a record: before the first one, when the
 * document is whole, and before every slice. */
bool json_check_envelope(const struct json_split *split, struct error *err);

/* Room for what a slice of `size` bytes can become, wherever it goes. */
bool json_make_room(struct json_split *split, size_t size, struct error *err);

/* An element of the innermost list begins at `at`; it ended short of `at`, and is handed on. */
void json_begin_element(struct json_split *split, const char *at);
bool json_end_element(struct json_split *split, const char *at, struct error *err);

/* The element is nested too deep. False where nobody takes such ones. */
bool json_element_is_too_deep(struct json_split *split);

/* A list whose elements are handed on was opened at `at`; it ended short of `at`. */
void json_enter_list(struct json_split *split, const char *at);
void json_leave_list(struct json_split *split, const char *at);

#endif
