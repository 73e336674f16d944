#include "page/html.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/timestamp.h"
#include "page/scale.h"

#define HTML_MS_PER_DAY (INT64_C(24) * 60 * 60 * 1000)

#define HTML_NARROW_BLANK "\xe2\x80\xaf"
#define HTML_REPLACEMENT "\xef\xbf\xbd"

enum { HTML_NAME = 80 };

/* A range of characters that are shown as U+FFFD. */
struct html_range {
    uint32_t from;
    uint32_t to;
};

static const struct html_range html_harmful[] = {
    {0x0000, 0x001f},                   /* but for blanks, which come first */
    {0x007f, 0x009f}, {0x061c, 0x061c}, /* Arabic letter mark */
    {0x200b, 0x200b},                   /* a blank without width */
    {0x200e, 0x200f},                   /* marks of direction */
    {0x2028, 0x202e},                   /* separators; embeddings and overrides of direction */
    {0x2060, 0x206f},   /* joiners without width, isolates, and what is deprecated */
    {0xfdd0, 0xfdef},   /* no characters */
    {0xfeff, 0xfeff},   /* a blank without width, or a mark of byte order */
    {0xfff9, 0xfffb},   /* annotations between lines */
    {0xe0000, 0xe0fff}, /* tags, and selectors of variants that nobody sees */
};

static bool html_is_harmful(uint32_t c)
{
    bool is_harmful = (c & 0xfffe) == 0xfffe;

    for (size_t i = 0; !is_harmful && i < sizeof html_harmful / sizeof *html_harmful; i++) {
        is_harmful = c >= html_harmful[i].from && c <= html_harmful[i].to;
    }
    return is_harmful;
}

/* The bytes of the character that begins here, and which it is; 1 and U+0000 for a byte that begins
 * none. Overlong forms and surrogates are none. */
static size_t html_decode(const unsigned char *bytes, uint32_t *c)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = bytes[0] < 0x80 ? 1 : bytes[0] >> 5 == 6 ? 2 : bytes[0] >> 4 == 14 ? 3 : 0;

    size = bytes[0] >> 3 == 30 ? 4 : size;
    *c = size > 1 ? bytes[0] & (0x7fU >> size) : bytes[0];
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            size = 0;
        } else {
            *c = *c << 6 | (bytes[i] & 0x3fU);
        }
    }
    if (size == 0 || *c < least[size] || *c > 0x10ffff || (*c >= 0xd800 && *c <= 0xdfff)) {
        *c = 0;
        size = 1;
    }
    return size;
}

/* Appends one character, of so many bytes. */
static void html_character(struct buffer *out, uint32_t c, const unsigned char *bytes, size_t size)
{
    if (c == '&') {
        buffer_append_text(out, "&amp;");
    } else if (c == '<') {
        buffer_append_text(out, "&lt;");
    } else if (c == '>') {
        buffer_append_text(out, "&gt;");
    } else if (c == '"') {
        buffer_append_text(out, "&quot;");
    } else if (c == '\'') {
        buffer_append_text(out, "&#39;");
    } else if (c == '\t' || c == '\n' || c == '\r') {
        buffer_append_char(out, ' ');
    } else if (html_is_harmful(c)) {
        buffer_append_text(out, HTML_REPLACEMENT);
    } else {
        buffer_append(out, bytes, size);
    }
}

/* As html_text; a text of more than so many characters is cut, and may be broken at underlines:
 * a browser takes ENROLLMENT_PENDING for one word, and would break it anywhere. */
static void html_cut(struct buffer *out, const char *text, size_t most, bool is_broken)
{
    const unsigned char *bytes = (const unsigned char *)text;

    for (size_t i = 0; bytes != NULL && *bytes != '\0'; i++) {
        uint32_t c;
        size_t size = html_decode(bytes, &c);

        if (i == most) {
            buffer_append_text(out, "\xe2\x80\xa6");
            bytes = NULL;
        } else {
            html_character(out, c, bytes, size);
            buffer_append_text(out, is_broken && c == '_' ? "<wbr/>" : "");
            bytes += size;
        }
    }
}

void html_text(struct buffer *out, const char *text)
{
    html_cut(out, text, SIZE_MAX, false);
}

void html_name(struct buffer *out, const char *text, const char *instead)
{
    bool is_there = text != NULL && *text != '\0';

    buffer_append_text(out, is_there ? "<bdi>" : "<span class=\"none\">");
    html_cut(out, is_there ? text : instead, HTML_NAME, true);
    buffer_append_text(out, is_there ? "</bdi>" : "</span>");
}

void html_number(struct buffer *out, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, number);

    for (int i = 0; i < length; i++) {
        bool begins_group = i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-';

        buffer_append_text(out, begins_group ? HTML_NARROW_BLANK : "");
        buffer_append_char(out, digits[i]);
    }
}

void html_data(struct buffer *out, int64_t number)
{
    buffer_printf(out, "<data value=\"%" PRId64 "\">", number);
    html_number(out, number);
    buffer_append_text(out, "</data>");
}

void html_share(struct buffer *out, int64_t part, int64_t whole)
{
    int permille = scale_permille(part, whole);

    if (whole > 0) {
        buffer_printf(out, "%d.%d" HTML_NARROW_BLANK "%%", permille / 10, permille % 10);
    } else {
        buffer_append_text(out, "\xe2\x80\x93");
    }
}

void html_count(struct buffer *out, int64_t number, const char *one, const char *many)
{
    html_number(out, number);
    buffer_printf(out, " %s", number == 1 ? one : many);
}

void html_day(struct buffer *out, int64_t day, bool has_year)
{
    static const char *const months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[TIMESTAMP_TEXT_SIZE];
    int month;

    (void)timestamp_format(day * HTML_MS_PER_DAY, text);
    month = (text[5] - '0') * 10 + (text[6] - '0');
    buffer_printf(out, "%d %s", (text[8] - '0') * 10 + (text[9] - '0'), months[month - 1]);
    if (has_year) {
        buffer_printf(out, " %.4s", text);
    }
}

void html_time(struct buffer *out, int64_t ms)
{
    char text[TIMESTAMP_TEXT_SIZE];

    (void)timestamp_format(ms, text);
    buffer_printf(out, "<time datetime=\"%.16sZ\">%.10s %.5s UTC</time>", text, text, text + 11);
}
