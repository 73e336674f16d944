#include "decode/xml_clean.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

enum { CODE_BEYOND = 0x110000 };

/* The bytes under way: from `at`, short of `end`. */
struct clean_input {
    const char *at;
    const char *end;
};

static void put(struct buffer *out, const char *bytes, size_t size)
{
    memcpy(out->data + out->size, bytes, size);
    out->size += size;
}

static void put_replacement(struct xml_clean *clean, struct buffer *out)
{
    put(out, "\xEF\xBF\xBD", 3);
    clean->replaced++;
    clean->marks = 0;
}

static bool ends_with(const struct buffer *out, const char *text, size_t size)
{
    return out->size >= size && memcmp(out->data + out->size - size, text, size) == 0;
}

static bool is_xml_character(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code < CODE_BEYOND);
}

/* The high bit of each byte that ends a plain run: a control character, a byte of 0x80 or more, and
 * the bytes that `stops` repeat. Borrows make bits above the lowest one unreliable; only that one
 * counts. In a byte without its high bit, subtracting what it is less than sets the high bit. */
static inline uint64_t word_stops(uint64_t word, const uint64_t stops[3])
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    return (((word ^ stops[0]) - ones) | ((word ^ stops[1]) - ones) | ((word ^ stops[2]) - ones) |
               (word - ones * 0x20) | word) &
           (ones * 0x80);
}

/* What ends where no reference is one: so many of `mark`, and a `>`. What begins `<` and then `!`
 * or `?` is told by these. */
static const struct {
    char stops[3];
    char mark;
    unsigned count;
} places[] = {
    [XML_CLEAN_IN_MARKUP] = {{'&', '!', '?'}, '\0', 0},
    [XML_CLEAN_IN_OPENING] = {{'\0', '\0', '\0'}, '\0', 0}, /* not copied by words */
    [XML_CLEAN_IN_CDATA] = {{']', '>', '>'}, ']', 2},
    [XML_CLEAN_IN_COMMENT] = {{'-', '>', '>'}, '-', 2},
    [XML_CLEAN_IN_INSTRUCTION] = {{'?', '>', '>'}, '?', 1},
};

/* Copies up to what may have to be changed or noticed, eight bytes at a time: this loop sees nearly
 * every byte of an answer. A word is written whole before its end is known; the slack of `out`
 * takes what is too much. */
static void copy_plain(struct xml_clean *clean, struct clean_input *in, struct buffer *out)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const char *bytes = places[clean->place].stops;
    const uint64_t stop[3] = {ones * (unsigned char)bytes[0], ones * (unsigned char)bytes[1],
        ones * (unsigned char)bytes[2]};
    const char *at = in->at;
    char *to = out->data + out->size;
    uint64_t stops = 0;

    while (stops == 0 && in->end - at >= 8) {
        uint64_t word;
        size_t plain = sizeof word;

        memcpy(&word, at, sizeof word);
        memcpy(to, &word, sizeof word);
        stops = word_stops(le64toh(word), stop);
        if (stops != 0) {
            plain = (size_t)__builtin_ctzll(stops) / 8;
        }
        at += plain;
        to += plain;
    }
    clean->marks = at == in->at ? clean->marks : 0;
    in->at = at;
    out->size = (size_t)(to - out->data);
}

/* The first byte of a character of several: what may follow it. False for none. */
static bool begin_character(struct xml_clean *clean, unsigned char first)
{
    clean->utf8[0] = (char)first;
    clean->count = 1;
    clean->length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    clean->low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    clean->high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return first >= 0xC2 && first <= 0xF4;
}

static void end_character(struct xml_clean *clean, struct buffer *out)
{
    clean->state = XML_CLEAN_PLAIN;
    if (clean->length == 3 && memcmp(clean->utf8, "\xEF\xBF", 2) == 0 &&
        (unsigned char)clean->utf8[2] >= 0xBE) {
        put_replacement(clean, out);
    } else {
        put(out, clean->utf8, clean->length);
        clean->marks = 0;
    }
}

static void step_character(struct xml_clean *clean, struct clean_input *in, struct buffer *out)
{
    while (in->at < in->end && clean->state == XML_CLEAN_UTF8) {
        unsigned char c = (unsigned char)*in->at;

        if (c < clean->low || c > clean->high) {
            clean->state = XML_CLEAN_PLAIN;
            put_replacement(clean, out);
        } else {
            in->at++;
            clean->utf8[clean->count++] = (char)c;
            clean->low = 0x80;
            clean->high = 0xBF;
            if (clean->count == clean->length) {
                end_character(clean, out);
            }
        }
    }
}

/* Which of the two `<!` begins is told by what follows; anything else is a declaration. The tag has
 * no end yet, so that `out` still has all of it. */
static void open_place(struct xml_clean *clean, const struct buffer *out)
{
    static const char cdata[] = "<![CDATA[";
    static const char comment[] = "<!--";
    bool may_be_comment;

    clean->opened++;
    may_be_comment = clean->opened < sizeof comment && ends_with(out, comment, clean->opened);
    if (may_be_comment && clean->opened == sizeof comment - 1) {
        clean->place = XML_CLEAN_IN_COMMENT;
    } else if (ends_with(out, cdata, sizeof cdata - 1)) {
        clean->place = XML_CLEAN_IN_CDATA;
    } else if (!may_be_comment && !ends_with(out, cdata, clean->opened)) {
        clean->place = XML_CLEAN_IN_MARKUP;
    }
    clean->marks = 0;
}

/* Where the byte that was written leads. */
static void note_place(struct xml_clean *clean, char c, const struct buffer *out)
{
    if (clean->place == XML_CLEAN_IN_OPENING) {
        open_place(clean, out);
    } else if (clean->place == XML_CLEAN_IN_MARKUP) {
        if (c == '!' && ends_with(out, "<!", 2)) {
            clean->place = XML_CLEAN_IN_OPENING;
            clean->opened = 2;
        } else if (c == '?' && ends_with(out, "<?", 2)) {
            clean->place = XML_CLEAN_IN_INSTRUCTION;
            clean->marks = 0;
        }
    } else if (c == places[clean->place].mark) {
        clean->marks += clean->marks < places[clean->place].count ? 1 : 0;
    } else if (c == '>' && clean->marks == places[clean->place].count) {
        clean->place = XML_CLEAN_IN_MARKUP;
    } else {
        clean->marks = 0;
    }
}

/* One byte that is not plain, or one of the last few, which are not copied by words. */
static void step_plain(struct xml_clean *clean, struct clean_input *in, struct buffer *out)
{
    unsigned char c = (unsigned char)*in->at++;

    if (c >= 0x80) {
        if (begin_character(clean, c)) {
            clean->state = XML_CLEAN_UTF8;
            step_character(clean, in, out);
        } else {
            put_replacement(clean, out);
        }
    } else if (!is_xml_character(c)) {
        put_replacement(clean, out);
    } else if (c == '&' && clean->place == XML_CLEAN_IN_MARKUP) {
        clean->state = XML_CLEAN_AMPERSAND;
        clean->held[0] = '&';
        clean->held_size = 1;
        clean->held_whole = true;
        clean->is_hex = false;
        clean->code = 0;
    } else {
        put(out, (const char *)&c, 1);
        note_place(clean, (char)c, out);
    }
}

static void hold(struct xml_clean *clean, char c)
{
    if (clean->held_size < XML_CLEAN_HELD) {
        clean->held[clean->held_size++] = c;
    } else {
        clean->held_whole = false;
    }
}

static void add_digit(struct xml_clean *clean, char c)
{
    uint32_t code = clean->code * (clean->is_hex ? 16 : 10) + (uint32_t)str_hex_digit(c);

    clean->code = code < CODE_BEYOND ? code : CODE_BEYOND;
    clean->state = XML_CLEAN_DIGITS;
    hold(clean, c);
}

/* Of one that is too long to be held, only what it means is known. */
static void end_reference(struct xml_clean *clean, struct buffer *out)
{
    char text[16];

    clean->state = XML_CLEAN_PLAIN;
    hold(clean, ';');
    if (!is_xml_character(clean->code)) {
        put_replacement(clean, out);
    } else if (clean->held_whole) {
        put(out, clean->held, clean->held_size);
    } else {
        put(out, text, (size_t)snprintf(text, sizeof text, "&#x%X;", (unsigned)clean->code));
    }
}

/* What is no reference to a code point is the parser's to judge. */
static void give_up_reference(struct xml_clean *clean, struct buffer *out)
{
    clean->state = XML_CLEAN_PLAIN;
    put(out, clean->held, clean->held_size);
}

static bool is_digit_of(const struct xml_clean *clean, char c)
{
    return clean->is_hex ? str_hex_digit(c) >= 0 : str_is_digit(c);
}

static void step_reference(struct xml_clean *clean, struct clean_input *in, struct buffer *out)
{
    char c = *in->at;
    bool is_used = true;

    if (clean->state == XML_CLEAN_AMPERSAND && c == '#') {
        clean->state = XML_CLEAN_HASH;
        hold(clean, c);
    } else if (clean->state == XML_CLEAN_HASH && c == 'x') {
        clean->state = XML_CLEAN_X;
        clean->is_hex = true;
        hold(clean, c);
    } else if (clean->state != XML_CLEAN_AMPERSAND && is_digit_of(clean, c)) {
        add_digit(clean, c);
    } else if (clean->state == XML_CLEAN_DIGITS && c == ';') {
        end_reference(clean, out);
    } else {
        give_up_reference(clean, out);
        is_used = false;
    }
    in->at += is_used ? 1 : 0;
}

void xml_clean_begin(struct xml_clean *clean)
{
    clean->state = XML_CLEAN_PLAIN;
    clean->place = XML_CLEAN_IN_MARKUP;
    clean->marks = 0;
}

void xml_clean_feed(struct xml_clean *clean, const char *bytes, size_t size, struct buffer *out)
{
    struct clean_input in = {bytes, bytes + size};

    while (in.at < in.end) {
        if (clean->state == XML_CLEAN_PLAIN) {
            if (clean->place != XML_CLEAN_IN_OPENING) {
                copy_plain(clean, &in, out);
            }
            if (in.at < in.end) {
                step_plain(clean, &in, out);
            }
        } else if (clean->state == XML_CLEAN_UTF8) {
            step_character(clean, &in, out);
        } else {
            step_reference(clean, &in, out);
        }
    }
}

void xml_clean_end(struct xml_clean *clean, struct buffer *out)
{
    if (clean->state == XML_CLEAN_UTF8) {
        clean->state = XML_CLEAN_PLAIN;
        put_replacement(clean, out);
    } else if (clean->state != XML_CLEAN_PLAIN) {
        give_up_reference(clean, out);
    }
}
