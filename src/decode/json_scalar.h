/* Strings and numbers of JSON as their bytes arrive: checked against RFC 8259, cleaned, and
 * copied, in one pass that can stop and go on at any byte. Part of json_split.
 *
 * Nothing here makes room: `out` has room for JSON_SCALAR_GROWTH bytes for every byte that is
 * offered and JSON_SCALAR_SLACK besides, which the caller sees to. */
#ifndef UEMSYNC_DECODE_JSON_SCALAR_H
#define UEMSYNC_DECODE_JSON_SCALAR_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"

enum {
    /* An invalid byte becomes the three of U+FFFD. */
    JSON_SCALAR_GROWTH = 3,
    /* What an earlier offer may have left to write (one escape, one character), and the copy by
     * whole words writing ahead. */
    JSON_SCALAR_SLACK = 64,
};

enum json_scalar_progress {
    JSON_SCALAR_MORE,  /* every byte offered is used, and it goes on */
    JSON_SCALAR_DONE,  /* it ended; *at is behind its last byte */
    JSON_SCALAR_WRONG, /* the byte at *at may not stand there */
};

struct json_string {
    enum {
        JSON_STRING_PLAIN,
        JSON_STRING_UTF8,        /* within a character of several bytes */
        JSON_STRING_ESCAPE,      /* behind a backslash */
        JSON_STRING_HEX,         /* within the digits of \uXXXX */
        JSON_STRING_HIGH,        /* behind the escape of a high surrogate */
        JSON_STRING_HIGH_ESCAPE, /* behind a backslash after one */
    } state;
    unsigned count;    /* bytes in utf8, or digits in hex */
    unsigned length;   /* of the whole character */
    unsigned char low; /* the bounds of its next byte */
    unsigned char high;
    char utf8[4];
    char hex[4];
    unsigned code;     /* the digits' value so far */
    char surrogate[4]; /* the digits of the high surrogate that waits for its other half */
    bool has_surrogate;
    uint64_t replaced; /* what became U+FFFD, of all strings */
};

/* Behind the opening quote. The count of what was replaced stays. */
void json_string_begin(struct json_string *string);

/* Up to the closing quote, which is used but not copied. */
enum json_scalar_progress json_string_feed(
    struct json_string *string, const char **at, const char *end, struct buffer *out);

/* The bytes under way: from `at`, short of `end`, to `to`. */
struct json_copy {
    const char *at;
    const char *end;
    char *to;
};

/* The high bit of each byte that ends a plain run: a quote, a backslash, a control character, a
 * byte of 0x80 or more. Borrows make bits above the lowest one unreliable; only that one counts.
 * In a byte without its high bit, subtracting what it is less than sets the high bit. */
static inline uint64_t json_word_stops(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t quote = (word ^ (ones * '"')) - ones;
    uint64_t backslash = (word ^ (ones * '\\')) - ones;
    uint64_t control = word - ones * 0x20;

    return (quote | backslash | control | word) & (ones * 0x80);
}

static inline bool json_is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* Copies up to what ends a plain run, eight bytes at a time while there are as many: this loop
 * sees nearly every byte of an answer. A word is written whole before its end is known; the slack
 * of `out` takes what is too much. */
static inline void json_copy_plain(struct json_copy *copy)
{
    const char *at = copy->at;
    char *to = copy->to;
    uint64_t stops = 0;

    while (stops == 0 && copy->end - at >= 8) {
        uint64_t word;
        size_t plain = sizeof word;

        memcpy(&word, at, sizeof word);
        memcpy(to, &word, sizeof word);
        stops = json_word_stops(le64toh(word));
        if (stops != 0) {
            plain = (size_t)__builtin_ctzll(stops) / 8;
        }
        at += plain;
        to += plain;
    }
    while (stops == 0 && at < copy->end && json_is_plain((unsigned char)*at)) {
        *to++ = *at++;
    }
    copy->at = at;
    copy->to = to;
}

/* As json_string_feed, for a string without escapes that lies here whole or in its plain part, as
 * nearly all do: true when it ended; else json_string_feed goes on from where this stopped. It
 * stands here to be part of its caller, where a call would cost as much as a short string. */
static inline bool json_string_feed_plain(
    const struct json_string *string, const char **at, const char *end, struct buffer *out)
{
    struct json_copy copy = {*at, end, out->data + out->size};
    bool done = false;

    if (string->state == JSON_STRING_PLAIN) {
        json_copy_plain(&copy);
        done = copy.at < end && *copy.at == '"';
        *at = copy.at + (done ? 1 : 0);
        out->size = (size_t)(copy.to - out->data);
    }
    return done;
}

/* What was expected at the byte that was wrong, or where the bytes ended. */
const char *json_string_expected(const struct json_string *string);

/* Whether a string that was fed, without its quotes, is that text of ASCII, escapes undone. */
bool json_string_is(struct str text, const char *wanted);

struct json_number {
    uint8_t state;
};

void json_number_begin(struct json_number *number);

/* Up to the first byte behind the number, which is not used. */
enum json_scalar_progress json_number_feed(
    struct json_number *number, const char **at, const char *end, struct buffer *out);

#endif
