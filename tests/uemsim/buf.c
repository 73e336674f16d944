#include "buf.h"

#include <stdlib.h>
#include <string.h>

#include "put.h"

char *buf_reserve(struct buf *buf, size_t extra)
{
    char *result = NULL;

    if (!buf->failed && extra <= BUF_MAX && buf->len <= BUF_MAX - extra) {
        const size_t need = buf->len + extra;
        if (need > buf->cap) {
            const size_t cap = need < 256 ? 256 : need + need / 2;
            char *const data = realloc(buf->data, cap);
            if (data != NULL) {
                buf->data = data;
                buf->cap = cap;
            }
        }
        if (need <= buf->cap) {
            result = buf->data + buf->len;
        }
    }
    buf->failed = result == NULL;
    return result;
}

void buf_written_to(struct buf *buf, const char *end)
{
    buf->len = (size_t)(end - buf->data);
}

void buf_put(struct buf *buf, const void *data, size_t len)
{
    char *const to = buf_reserve(buf, len);

    if (to != NULL && len > 0) {
        memcpy(to, data, len);
        buf->len += len;
    }
}

void buf_text(struct buf *buf, const char *text)
{
    buf_put(buf, text, strlen(text));
}

void buf_number(struct buf *buf, uint64_t number)
{
    char *const to = buf_reserve(buf, PUT_NUMBER_MAX);

    if (to != NULL) {
        buf_written_to(buf, put_number(to, number));
    }
}

void buf_json_string(struct buf *buf, const char *text)
{
    static const char hex[] = "0123456789abcdef";

    buf_put(buf, "\"", 1);
    for (const char *at = text; *at != '\0'; at++) {
        const unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\') {
            const char escaped[2] = {'\\', (char)c};
            buf_put(buf, escaped, sizeof escaped);
        } else if (c < 0x20) {
            const char escaped[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            buf_put(buf, escaped, sizeof escaped);
        } else {
            buf_put(buf, at, 1);
        }
    }
    buf_put(buf, "\"", 1);
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}
