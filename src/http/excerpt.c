#include "http/excerpt.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A password of fewer bytes would blank out every text, and hides little. */
enum { MASK_SHORTEST = 4 };

static void mask_one(char *body, size_t size, bool is_cut, const char *hidden, size_t length)
{
    size_t partial = length < size ? length : size;

    for (size_t i = 0; length >= MASK_SHORTEST && i + length <= size; i++) {
        if (memcmp(body + i, hidden, length) == 0) {
            memset(body + i, '*', length);
        }
    }
    for (size_t i = size - partial; is_cut && length >= MASK_SHORTEST && i < size; i++) {
        if (memcmp(body + i, hidden, size - i) == 0) {
            memset(body + i, '*', size - i);
        }
    }
}

/* Base 64 of "user:password". */
static void mask_basic(
    char *body, size_t size, bool is_cut, const char *username, const struct secret *password)
{
    size_t name_size = strlen(username);
    size_t plain_size = name_size + 1 + password->size;
    size_t packed_size = (plain_size + 2) / 3 * 4;
    char *plain = malloc(plain_size + 1);
    char *packed = malloc(packed_size + 1);

    if (plain != NULL && packed != NULL) {
        (void)snprintf(plain, plain_size + 1, "%s:%s", username, password->bytes);
        (void)EVP_EncodeBlock(
            (unsigned char *)packed, (const unsigned char *)plain, (int)plain_size);
        mask_one(body, size, is_cut, packed, packed_size);
    } else if (size > 0) {
        memset(body, '*', size); /* better no message than a secret in it */
    }
    if (packed != NULL) {
        OPENSSL_cleanse(packed, packed_size + 1);
    }
    if (plain != NULL) {
        OPENSSL_cleanse(plain, plain_size + 1);
    }
    free(packed);
    free(plain);
}

void http_excerpt_mask(
    char *body, size_t size, bool is_cut, const char *username, const struct secret *password)
{
    if (password != NULL && secret_is_set(password)) {
        mask_one(body, size, is_cut, password->bytes, password->size);
        if (username != NULL) {
            mask_basic(body, size, is_cut, username, password);
        }
    }
}

/* Where the text goes on behind the tag that begins at `tag`; the content of scripts and styles,
 * and a tag that never ends, are skipped whole. */
static const char *excerpt_skip_tag(const char *tag)
{
    static const struct {
        const char *begin;
        const char *end;
    } hidden[] = {{"<script", "</script"}, {"<style", "</style"}, {"<!--", "-->"}};
    const char *end = NULL;
    bool is_hidden = false;

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        if (strncasecmp(tag, hidden[i].begin, strlen(hidden[i].begin)) == 0) {
            const char *close = strcasestr(tag, hidden[i].end);

            is_hidden = true;
            end = close != NULL ? strchr(close, '>') : NULL;
        }
    }
    if (!is_hidden) {
        end = strchr(tag, '>');
    }
    return end != NULL ? end + 1 : tag + strlen(tag);
}

/* A '<' that begins a tag, not one of a text such as "1 < 2". */
static bool excerpt_is_tag(const char *text)
{
    return text[0] == '<' &&
           (text[1] == '/' || text[1] == '!' || text[1] == '?' ||
               (text[1] >= 'a' && text[1] <= 'z') || (text[1] >= 'A' && text[1] <= 'Z'));
}

void http_excerpt_read(const char *body, char text[HTTP_EXCERPT_SIZE])
{
    size_t used = 0;
    char last = ' '; /* so that no blank leads */

    while (*body != '\0' && used + 1 < HTTP_EXCERPT_SIZE) {
        char next = *body;

        if (excerpt_is_tag(body)) {
            body = excerpt_skip_tag(body);
            next = ' ';
        } else {
            body++;
            if ((unsigned char)next >= 0x7f) {
                next = '?';
            } else if ((unsigned char)next <= 0x20) {
                next = ' ';
            }
        }
        if ((next != ' ' && next != '?') || next != last) {
            text[used++] = next;
        }
        last = next;
    }
    while (used > 0 && text[used - 1] == ' ') {
        used--;
    }
    text[used] = '\0';
}
