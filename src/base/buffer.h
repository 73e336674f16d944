/* A growing byte string with a ceiling. A failed append (no memory, ceiling reached) is sticky:
 * further appends do nothing, and the writer asks once, at the end, with buffer_ok(). */
#ifndef UEMSYNC_BASE_BUFFER_H
#define UEMSYNC_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buffer {
    char *data; /* size bytes and a NUL, once anything was appended; owned */
    size_t size;
    size_t capacity;
    size_t ceiling; /* most bytes it may hold */
    bool failed;
    bool no_memory; /* it failed below the ceiling */
};

/* An empty buffer; takes no memory yet. */
void buffer_init(struct buffer *buffer, size_t ceiling);
void buffer_release(struct buffer *buffer);

/* Empties it, keeps the memory and forgets a failure. */
void buffer_clear(struct buffer *buffer);

/* Makes room for `more` bytes after the present ones. False when that cannot be had. */
bool buffer_reserve(struct buffer *buffer, size_t more);

void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_append_str(struct buffer *buffer, struct str text);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_char(struct buffer *buffer, char c);
void buffer_append_int(struct buffer *buffer, int64_t number);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline bool buffer_ok(const struct buffer *buffer)
{
    return !buffer->failed;
}

/* The bytes as a view, valid until the next append. */
struct str buffer_view(const struct buffer *buffer);

/* The bytes as a C string, "" while empty; valid until the next append. */
const char *buffer_text(const struct buffer *buffer);

#endif
