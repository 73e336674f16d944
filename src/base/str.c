#include "base/str.h"

#include <stdint.h>

enum { STR_NEAREST_LENGTH = 63, STR_NEAREST_EDITS = 2 };

bool str_equal(struct str a, struct str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_equal(a, str_of(text));
}

bool str_is_caseless(struct str a, const char *text)
{
    size_t i = 0;

    while (i < a.size && text[i] != '\0' && str_lower(a.data[i]) == str_lower(text[i])) {
        i++;
    }
    return i == a.size && text[i] == '\0';
}

bool str_starts(struct str a, const char *prefix)
{
    size_t size = strlen(prefix);

    return a.size >= size && (size == 0 || memcmp(a.data, prefix, size) == 0);
}

int str_compare(struct str a, struct str b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size > 0 ? memcmp(a.data, b.data, size) : 0;

    if (order == 0) {
        order = (a.size > b.size) - (a.size < b.size);
    }
    return order;
}

static bool str_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str a)
{
    while (a.size > 0 && str_is_blank(a.data[0])) {
        a.data++;
        a.size--;
    }
    while (a.size > 0 && str_is_blank(a.data[a.size - 1])) {
        a.size--;
    }
    return a;
}

char str_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char str_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool str_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int str_hex_digit(char c)
{
    int value = -1;

    if (str_is_digit(c)) {
        value = c - '0';
    } else if (str_lower(c) >= 'a' && str_lower(c) <= 'f') {
        value = str_lower(c) - 'a' + 10;
    }
    return value;
}

/* The length of the character of UTF-8 that `text` begins with, 0 when there is none. The NUL at
 * the end goes on with no character, so nothing is read beyond it. */
size_t str_character(const char *text)
{
    unsigned char first = (unsigned char)text[0];
    size_t length = 0;

    if (first < 0x80) {
        length = 1;
    } else if (first >= 0xC2 && first <= 0xF4) {
        length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)text[i];
        unsigned char low = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        unsigned char high = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;

        if (next < low || next > high) {
            length = 0;
        }
    }
    return length;
}

bool str_is_utf8(const char *text)
{
    size_t length = 1;

    while (length > 0 && *text != '\0') {
        length = str_character(text);
        text += length;
    }
    return length > 0;
}

struct str_range {
    uint32_t from;
    uint32_t to;
};

/* C0 and C1, the marks, embeddings, overrides and isolates of the bidirectional algorithm, line and
 * paragraph separators, a byte order mark, annotations, and tags, which nobody sees. */
static const struct str_range str_unshown[] = {{0x00, 0x1F}, {0x7F, 0x9F}, {0x61C, 0x61C},
    {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
    {0xE0000, 0xE007F}};

/* What stands above the character before it, or has no width at all. */
static const struct str_range str_narrow[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD},
    {0x610, 0x61A}, {0x64B, 0x65F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};

/* What East Asian terminals, and emoji in all of them, take two columns for. */
static const struct str_range str_wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF},
    {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD}};

#define STR_COUNT(ranges) (sizeof(ranges) / sizeof *(ranges))

static bool str_is_in(uint32_t code, const struct str_range *ranges, size_t count)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = code >= ranges[i].from && code <= ranges[i].to;
    }
    return found;
}

uint32_t str_code(const char *text, size_t length)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = (unsigned char)text[0] & masks[length];

    for (size_t i = 1; i < length; i++) {
        code = code << 6 | ((unsigned char)text[i] & 0x3F);
    }
    return code;
}

bool str_is_shown(const char *text, size_t length)
{
    return length > 0 && !str_is_in(str_code(text, length), str_unshown, STR_COUNT(str_unshown));
}

static size_t str_columns(const char *text, size_t length)
{
    uint32_t code = str_code(text, length);
    size_t columns = 1;

    if (code >= 0x300 && str_is_in(code, str_narrow, STR_COUNT(str_narrow))) {
        columns = 0;
    } else if (code >= 0x1100 && str_is_in(code, str_wide, STR_COUNT(str_wide))) {
        columns = 2;
    }
    return columns;
}

size_t str_fit(const char *text, size_t columns, size_t *taken)
{
    size_t size = 0;
    size_t width = 0;
    bool fits = true;

    while (fits && text[size] != '\0') {
        size_t length = str_character(text + size);
        size_t more = length > 0 ? str_columns(text + size, length) : 1;

        fits = width + more <= columns;
        if (fits) {
            width += more;
            size += length > 0 ? length : 1;
        }
    }
    *taken = width;
    return size;
}

size_t str_width(const char *text)
{
    size_t width = 0;

    (void)str_fit(text, SIZE_MAX / 2, &width);
    return width;
}

void str_make_line(char *text)
{
    char *to = text;

    while (*text != '\0') {
        size_t length = str_character(text);

        if (!str_is_shown(text, length)) {
            *to++ = '?';
            text += length > 0 ? length : 1;
        } else {
            memmove(to, text, length);
            to += length;
            text += length;
        }
    }
    *to = '\0';
}

static size_t str_least(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* How many edits lead from one word to the other, two neighbours that changed places being one
 * (Damerau's distance, each letter edited once). Of the table, three rows are kept at a time. Both
 * words are at most STR_NEAREST_LENGTH long. */
static size_t str_distance(const char *a, const char *b)
{
    size_t rows[3][STR_NEAREST_LENGTH + 1];
    size_t size = strlen(b);
    size_t length = strlen(a);

    for (size_t j = 0; j <= size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= size; j++) {
            bool is_same = a[i - 1] == b[j - 1];
            bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];

            row[j] = str_least(row[j - 1] + 1, above[j] + 1, above[j - 1] + (is_same ? 0 : 1));
            if (is_swap && rows[(i - 2) % 3][j - 2] + 1 < row[j]) {
                row[j] = rows[(i - 2) % 3][j - 2] + 1;
            }
        }
    }
    return rows[length % 3][size];
}

const char *str_nearest(const char *word, const char *const *words, size_t count)
{
    const char *nearest = NULL;
    size_t best = STR_NEAREST_EDITS + 1;
    size_t length = strlen(word);

    for (size_t i = 0; i < count && length <= STR_NEAREST_LENGTH; i++) {
        if (strlen(words[i]) <= STR_NEAREST_LENGTH) {
            size_t distance = str_distance(word, words[i]);

            if (distance < best && distance * 3 <= length) {
                best = distance;
                nearest = words[i];
            }
        }
    }
    return nearest;
}
