/* A growing byte buffer. A failed allocation sets `failed`, which stays set; every later append is
 * then a no-op, so that a page is written without a check after each piece and checked once. */
#ifndef UEMSIM_BUF_H
#define UEMSIM_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ceiling of one buffer, bytes. A page of 500 devices is 0.4 MB; only `huge-record` comes near. */
#define BUF_MAX ((size_t)1 << 30)

struct buf {
    char *data; /* owned; malloc'd, as libmicrohttpd frees answers with free() */
    size_t len; /* bytes in use */
    size_t cap; /* bytes allocated */
    bool failed;
};

/* Makes room for `extra` more bytes and returns where they go, or NULL (failed is set). */
char *buf_reserve(struct buf *buf, size_t extra);
/* Says that the caller wrote up to `end`, which lies within what was reserved. */
void buf_written_to(struct buf *buf, const char *end);
void buf_put(struct buf *buf, const void *data, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_number(struct buf *buf, uint64_t number);
/* Appends `text` as a JSON string, with its quotation marks. */
void buf_json_string(struct buf *buf, const char *text);
/* Frees the bytes; the buffer is empty and usable afterwards. */
void buf_release(struct buf *buf);

#endif
