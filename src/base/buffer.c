#include "base/buffer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_FIRST_SIZE = 256 };

void buffer_init(struct buffer *buffer, size_t ceiling)
{
    *buffer = (struct buffer){.ceiling = ceiling};
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){.ceiling = buffer->ceiling};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    buffer->no_memory = false;
}

/* Doubling keeps appends linear; the ceiling cuts the last step. */
static bool buffer_grow(struct buffer *buffer, size_t needed)
{
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : BUFFER_FIRST_SIZE;
    char *data;

    while (capacity < needed) {
        capacity *= 2;
    }
    if (capacity > buffer->ceiling + 1) {
        capacity = buffer->ceiling + 1;
    }
    data = realloc(buffer->data, capacity);
    buffer->no_memory = data == NULL;
    if (data != NULL) {
        buffer->data = data;
        buffer->capacity = capacity;
    }
    return data != NULL;
}

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    if (!buffer->failed && buffer->capacity - buffer->size <= more) {
        if (more > buffer->ceiling - buffer->size ||
            !buffer_grow(buffer, buffer->size + more + 1)) {
            buffer->failed = true;
        }
    }
    return !buffer->failed;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (buffer_reserve(buffer, size)) {
        if (size > 0) {
            memcpy(buffer->data + buffer->size, bytes, size);
        }
        buffer->size += size;
        buffer->data[buffer->size] = '\0';
    }
}

void buffer_append_str(struct buffer *buffer, struct str text)
{
    buffer_append(buffer, text.data, text.size);
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_char(struct buffer *buffer, char c)
{
    if (buffer_reserve(buffer, 1)) {
        buffer->data[buffer->size++] = c;
        buffer->data[buffer->size] = '\0';
    }
}

void buffer_append_int(struct buffer *buffer, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, number);

    buffer_append(buffer, digits, (size_t)length);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;
    int length;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) {
        buffer->failed = true;
    } else if (buffer_reserve(buffer, (size_t)length)) {
        (void)vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

struct str buffer_view(const struct buffer *buffer)
{
    return (struct str){buffer->data != NULL ? buffer->data : "", buffer->size};
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data != NULL && buffer->size > 0 ? buffer->data : "";
}
