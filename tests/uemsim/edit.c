#include "edit.h"

#include <stdio.h>
#include <string.h>

/* Where the text of `"member":"text"` begins; the buffer's end when there is no such member. */
static size_t find_text(const struct buf *buf, size_t from, const char *member)
{
    char key[64];
    const int len = snprintf(key, sizeof key, "\"%s\":\"", member);
    const char *const at =
        buf->failed ? NULL : memmem(buf->data + from, buf->len - from, key, (size_t)len);

    return at == NULL ? buf->len : (size_t)(at - buf->data) + (size_t)len;
}

/* Makes room for `bytes` at `at`, and fills it. */
static void insert_letters(struct buf *buf, size_t at, size_t bytes)
{
    if (buf_reserve(buf, bytes) != NULL) {
        memmove(buf->data + at + bytes, buf->data + at, buf->len - at);
        memset(buf->data + at, 'x', bytes);
        buf->len += bytes;
    }
}

void edit_widen(struct buf *buf, size_t from, const char *member, size_t bytes)
{
    const size_t at = find_text(buf, from, member);

    if (!buf->failed && at < buf->len) {
        insert_letters(buf, at, bytes);
    } else if (!buf->failed) {
        buf->len--;
        buf_text(buf, ",\"");
        buf_text(buf, member);
        buf_text(buf, "\":\"");
        insert_letters(buf, buf->len, bytes);
        buf_text(buf, "\"}");
    }
}

void edit_empty(struct buf *buf, size_t from, const char *member)
{
    const size_t at = find_text(buf, from, member);
    const char *const end = at < buf->len ? memchr(buf->data + at, '"', buf->len - at) : NULL;

    if (end != NULL) {
        const size_t rest = buf->len - (size_t)(end - buf->data);
        memmove(buf->data + at, end, rest);
        buf->len = at + rest;
    }
}

/* Whether this byte of a JSON text stands in a string, as the ones before it say. */
struct strings {
    bool inside, escaped;
};

static bool in_string(struct strings *strings, char c)
{
    const bool was_inside = strings->inside;

    if (strings->escaped) {
        strings->escaped = false;
    } else if (strings->inside && c == '\\') {
        strings->escaped = true;
    } else if (c == '"') {
        strings->inside = !strings->inside;
    }
    return was_inside || strings->inside;
}

bool edit_find_list(const struct buf *buf, size_t *from, size_t *to)
{
    struct strings strings = {false, false};
    size_t depth = 0;
    bool found = false;

    for (size_t at = 0; at < buf->len && !found && !buf->failed; at++) {
        const char c = in_string(&strings, buf->data[at]) ? ' ' : buf->data[at];
        if (c == '[') {
            *from = depth == 0 ? at + 1 : *from;
            depth++;
        } else if (c == ']') {
            depth--;
            found = depth == 0;
            *to = at;
        }
    }
    return found && *to > *from;
}

size_t edit_find_outside(const struct buf *buf, size_t from)
{
    struct strings strings = {false, false};
    size_t at = 0;

    while (at < buf->len && (at < from || strings.inside)) {
        (void)in_string(&strings, buf->data[at]);
        at++;
    }
    return at;
}
