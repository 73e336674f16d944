#include "decode/json_scalar.h"

#include <string.h>

static const char json_replacement[3] = {'\xEF', '\xBF', '\xBD'};

static inline void json_put(struct json_copy *copy, const char *bytes, size_t size)
{
    memcpy(copy->to, bytes, size);
    copy->to += size;
}

static void json_put_replacement(struct json_string *string, struct json_copy *copy)
{
    json_put(copy, json_replacement, sizeof json_replacement);
    string->replaced++;
}

static void json_put_hex(struct json_copy *copy, const char digits[4])
{
    json_put(copy, "\\u", 2);
    json_put(copy, digits, 4);
}

void json_string_begin(struct json_string *string)
{
    string->state = JSON_STRING_PLAIN;
    string->has_surrogate = false;
}

/* Unicode, table 3-7: the length that a first byte announces, and the bounds of the second byte,
 * which keep out overlong forms, surrogates and what is beyond U+10FFFF. */
static const struct {
    unsigned char first;
    unsigned char last;
    unsigned char length;
    unsigned char low;
    unsigned char high;
} json_utf8_leads[] = {
    {0xC2, 0xDF, 2, 0x80, 0xBF},
    {0xE0, 0xE0, 3, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F},
    {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x80, 0xBF},
    {0xF4, 0xF4, 4, 0x80, 0x8F},
};

static void json_utf8_begin(struct json_string *string, struct json_copy *copy)
{
    unsigned char c = (unsigned char)*copy->at;
    size_t i = 0;

    while (i < sizeof json_utf8_leads / sizeof *json_utf8_leads && json_utf8_leads[i].last < c) {
        i++;
    }
    if (i == sizeof json_utf8_leads / sizeof *json_utf8_leads || c < json_utf8_leads[i].first) {
        json_put_replacement(string, copy);
    } else {
        string->state = JSON_STRING_UTF8;
        string->length = json_utf8_leads[i].length;
        string->low = json_utf8_leads[i].low;
        string->high = json_utf8_leads[i].high;
        string->utf8[0] = (char)c;
        string->count = 1;
    }
    copy->at++;
}

/* A byte that does not go on with the character ends it there, and is looked at anew: what was
 * begun is one maximal invalid part, and so one U+FFFD. */
static void json_utf8_next(struct json_string *string, struct json_copy *copy)
{
    unsigned char c = (unsigned char)*copy->at;

    if (c < string->low || c > string->high) {
        json_put_replacement(string, copy);
        string->state = JSON_STRING_PLAIN;
    } else {
        string->utf8[string->count++] = (char)c;
        string->low = 0x80;
        string->high = 0xBF;
        copy->at++;
        if (string->count == string->length) {
            json_put(copy, string->utf8, string->count);
            string->state = JSON_STRING_PLAIN;
        }
    }
}

static enum json_scalar_progress json_plain(struct json_string *string, struct json_copy *copy)
{
    enum json_scalar_progress progress = JSON_SCALAR_MORE;

    json_copy_plain(copy);
    if (copy->at < copy->end) {
        unsigned char c = (unsigned char)*copy->at;

        if (c == '"') {
            progress = JSON_SCALAR_DONE;
            copy->at++;
        } else if (c == '\\') {
            string->state = JSON_STRING_ESCAPE;
            copy->at++;
        } else if (c >= 0x80) {
            json_utf8_begin(string, copy);
        } else {
            progress = JSON_SCALAR_WRONG;
        }
    }
    return progress;
}

static void json_hex_begin(struct json_string *string)
{
    string->state = JSON_STRING_HEX;
    string->count = 0;
    string->code = 0;
}

static enum json_scalar_progress json_escape(struct json_string *string, struct json_copy *copy)
{
    enum json_scalar_progress progress = JSON_SCALAR_MORE;
    char c = *copy->at;

    if (c == 'u') {
        json_hex_begin(string);
        copy->at++;
    } else if (c != '\0' && strchr("\"\\/bfnrt", c) != NULL) {
        json_put(copy, (const char[]){'\\', c}, 2);
        string->state = JSON_STRING_PLAIN;
        copy->at++;
    } else {
        progress = JSON_SCALAR_WRONG;
    }
    return progress;
}

static bool json_is_high_surrogate(unsigned code)
{
    return code >= 0xD800 && code <= 0xDBFF;
}

static bool json_is_low_surrogate(unsigned code)
{
    return code >= 0xDC00 && code <= 0xDFFF;
}

/* Four digits are there. A pair of surrogates is copied as it came; a half is no character, and
 * NUL is none that C strings or PostgreSQL could keep. */
static void json_hex_end(struct json_string *string, struct json_copy *copy)
{
    bool is_pair = string->has_surrogate && json_is_low_surrogate(string->code);

    string->state = JSON_STRING_PLAIN;
    if (string->has_surrogate && !is_pair) {
        json_put_replacement(string, copy);
    }
    string->has_surrogate = false;
    if (is_pair) {
        json_put_hex(copy, string->surrogate);
        json_put_hex(copy, string->hex);
    } else if (json_is_high_surrogate(string->code)) {
        memcpy(string->surrogate, string->hex, sizeof string->surrogate);
        string->has_surrogate = true;
        string->state = JSON_STRING_HIGH;
    } else if (string->code == 0 || json_is_low_surrogate(string->code)) {
        json_put_replacement(string, copy);
    } else {
        json_put_hex(copy, string->hex);
    }
}

static enum json_scalar_progress json_hex(struct json_string *string, struct json_copy *copy)
{
    int digit = str_hex_digit(*copy->at);

    if (digit >= 0) {
        string->hex[string->count++] = *copy->at++;
        string->code = string->code * 16 + (unsigned)digit;
        if (string->count == sizeof string->hex) {
            json_hex_end(string, copy);
        }
    }
    return digit >= 0 ? JSON_SCALAR_MORE : JSON_SCALAR_WRONG;
}

/* Behind a high surrogate: only another \u escape can complete it, and says so itself. */
static void json_high(struct json_string *string, struct json_copy *copy)
{
    bool is_escape = string->state == JSON_STRING_HIGH_ESCAPE;

    if (!is_escape && *copy->at == '\\') {
        string->state = JSON_STRING_HIGH_ESCAPE;
        copy->at++;
    } else if (is_escape && *copy->at == 'u') {
        json_hex_begin(string);
        copy->at++;
    } else {
        json_put_replacement(string, copy);
        string->has_surrogate = false;
        string->state = is_escape ? JSON_STRING_ESCAPE : JSON_STRING_PLAIN;
    }
}

static enum json_scalar_progress json_string_step(
    struct json_string *string, struct json_copy *copy)
{
    enum json_scalar_progress progress = JSON_SCALAR_MORE;

    switch (string->state) {
    case JSON_STRING_PLAIN:
        progress = json_plain(string, copy);
        break;
    case JSON_STRING_UTF8:
        json_utf8_next(string, copy);
        break;
    case JSON_STRING_ESCAPE:
        progress = json_escape(string, copy);
        break;
    case JSON_STRING_HEX:
        progress = json_hex(string, copy);
        break;
    case JSON_STRING_HIGH:
    case JSON_STRING_HIGH_ESCAPE:
        json_high(string, copy);
        break;
    }
    return progress;
}

enum json_scalar_progress json_string_feed(
    struct json_string *string, const char **at, const char *end, struct buffer *out)
{
    struct json_copy copy = {*at, end, out->data + out->size};
    enum json_scalar_progress progress = JSON_SCALAR_MORE;

    while (progress == JSON_SCALAR_MORE && copy.at < end) {
        progress = json_string_step(string, &copy);
    }
    *at = copy.at;
    out->size = (size_t)(copy.to - out->data);
    return progress;
}

const char *json_string_expected(const struct json_string *string)
{
    static const char *const expected[] = {
        [JSON_STRING_PLAIN] = "the rest of a string (without raw control characters)",
        [JSON_STRING_UTF8] = "the rest of a string",
        [JSON_STRING_ESCAPE] = "one of \" \\ / b f n r t u behind a backslash",
        [JSON_STRING_HEX] = "four hexadecimal digits behind \\u",
        [JSON_STRING_HIGH] = "the rest of a string",
        [JSON_STRING_HIGH_ESCAPE] = "one of \" \\ / b f n r t u behind a backslash",
    };

    return expected[string->state];
}

/* One character of a cleaned string, escapes undone; -1 for one that is not ASCII. */
static int string_char(struct str text, size_t *position)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    int c = (unsigned char)text.data[(*position)++];

    if (c == '\\') {
        c = (unsigned char)text.data[(*position)++];
        if (c == 'u') {
            c = 0;
            for (int i = 0; i < 4; i++) {
                c = c * 16 + str_hex_digit(text.data[(*position)++]);
            }
        } else {
            c = values[strchr(letters, c) - letters];
        }
    }
    return c < 0x80 ? c : -1;
}

bool json_string_is(struct str text, const char *wanted)
{
    size_t position = 0;
    bool same = true;

    while (same && position < text.size) {
        same = *wanted != '\0' && string_char(text, &position) == *wanted;
        wanted++;
    }
    return same && *wanted == '\0';
}

/* The grammar of RFC 8259, section 6: which state follows on which kind of byte. */
enum { KIND_NONE, KIND_ZERO, KIND_DIGIT, KIND_MINUS, KIND_PLUS, KIND_POINT, KIND_E, KIND_COUNT };

enum {
    NUMBER_NONE, /* no way on */
    NUMBER_BEGIN,
    NUMBER_MINUS,
    NUMBER_ZERO,
    NUMBER_WHOLE,
    NUMBER_POINT,
    NUMBER_FRACTION,
    NUMBER_E,
    NUMBER_SIGN,
    NUMBER_EXPONENT,
    NUMBER_COUNT
};

static const uint8_t json_number_next[NUMBER_COUNT][KIND_COUNT] = {
    [NUMBER_BEGIN] =
        {[KIND_ZERO] = NUMBER_ZERO, [KIND_DIGIT] = NUMBER_WHOLE, [KIND_MINUS] = NUMBER_MINUS},
    [NUMBER_MINUS] = {[KIND_ZERO] = NUMBER_ZERO, [KIND_DIGIT] = NUMBER_WHOLE},
    [NUMBER_ZERO] = {[KIND_POINT] = NUMBER_POINT, [KIND_E] = NUMBER_E},
    [NUMBER_WHOLE] = {[KIND_ZERO] = NUMBER_WHOLE,
        [KIND_DIGIT] = NUMBER_WHOLE,
        [KIND_POINT] = NUMBER_POINT,
        [KIND_E] = NUMBER_E},
    [NUMBER_POINT] = {[KIND_ZERO] = NUMBER_FRACTION, [KIND_DIGIT] = NUMBER_FRACTION},
    [NUMBER_FRACTION] =
        {[KIND_ZERO] = NUMBER_FRACTION, [KIND_DIGIT] = NUMBER_FRACTION, [KIND_E] = NUMBER_E},
    [NUMBER_E] = {[KIND_ZERO] = NUMBER_EXPONENT,
        [KIND_DIGIT] = NUMBER_EXPONENT,
        [KIND_MINUS] = NUMBER_SIGN,
        [KIND_PLUS] = NUMBER_SIGN},
    [NUMBER_SIGN] = {[KIND_ZERO] = NUMBER_EXPONENT, [KIND_DIGIT] = NUMBER_EXPONENT},
    [NUMBER_EXPONENT] = {[KIND_ZERO] = NUMBER_EXPONENT, [KIND_DIGIT] = NUMBER_EXPONENT},
};

static const bool json_number_may_end[NUMBER_COUNT] = {
    [NUMBER_ZERO] = true,
    [NUMBER_WHOLE] = true,
    [NUMBER_FRACTION] = true,
    [NUMBER_EXPONENT] = true,
};

static const uint8_t json_number_kinds[256] = {
    ['0'] = KIND_ZERO,
    ['1'] = KIND_DIGIT,
    ['2'] = KIND_DIGIT,
    ['3'] = KIND_DIGIT,
    ['4'] = KIND_DIGIT,
    ['5'] = KIND_DIGIT,
    ['6'] = KIND_DIGIT,
    ['7'] = KIND_DIGIT,
    ['8'] = KIND_DIGIT,
    ['9'] = KIND_DIGIT,
    ['-'] = KIND_MINUS,
    ['+'] = KIND_PLUS,
    ['.'] = KIND_POINT,
    ['e'] = KIND_E,
    ['E'] = KIND_E,
};

/* Where any number of digits may follow, they are taken without looking at the grammar. */
static const bool json_number_repeats[NUMBER_COUNT] = {
    [NUMBER_WHOLE] = true,
    [NUMBER_FRACTION] = true,
    [NUMBER_EXPONENT] = true,
};

static inline const char *json_skip_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return at;
}

void json_number_begin(struct json_number *number)
{
    number->state = NUMBER_BEGIN;
}

enum json_scalar_progress json_number_feed(
    struct json_number *number, const char **at, const char *end, struct buffer *out)
{
    const char *from = *at;
    const char *to = from;
    uint8_t state = number->state;
    uint8_t next = state;
    enum json_scalar_progress progress = JSON_SCALAR_MORE;

    while (to < end && next != NUMBER_NONE) {
        next = json_number_next[state][json_number_kinds[(unsigned char)*to]];
        if (next != NUMBER_NONE) {
            state = next;
            to++;
            to = json_skip_digits(to, json_number_repeats[state] ? end : to);
        }
    }
    if (next == NUMBER_NONE) {
        progress = json_number_may_end[state] ? JSON_SCALAR_DONE : JSON_SCALAR_WRONG;
    }
    number->state = state;
    memcpy(out->data + out->size, from, (size_t)(to - from));
    out->size += (size_t)(to - from);
    *at = to;
    return progress;
}
