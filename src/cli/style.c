#include "cli/style.h"

#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"

enum { STYLE_COLUMNS = 80, STYLE_ROWS = 24, STYLE_LEAST_WRAPPED = 10 };

static const char *const style_codes[] = {
    [STYLE_PLAIN] = "",
    [STYLE_GOOD] = "\033[32m",
    [STYLE_WARNING] = "\033[33m",
    [STYLE_BAD] = "\033[31m",
    [STYLE_FAINT] = "\033[2m",
    [STYLE_STRONG] = "\033[1m",
    [STYLE_ACTIVE] = "\033[36m",
};

static bool style_is_dumb(const char *term)
{
    return term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

bool style_wants_colour(bool is_terminal, const char *no_color, const char *term)
{
    return is_terminal && !style_is_dumb(term) && (no_color == NULL || *no_color == '\0');
}

/* By a locale of its own: the program's stays as it is, as its formats are for machines. */
static bool style_is_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool is_utf8 = locale != (locale_t)0 && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;

    if (locale != (locale_t)0) {
        freelocale(locale);
    }
    return is_utf8;
}

void style_measure(struct style *style, FILE *file)
{
    struct winsize size = {0};
    bool is_known = ioctl(fileno(file), TIOCGWINSZ, &size) == 0;

    style->columns = is_known && size.ws_col > 0 ? size.ws_col : STYLE_COLUMNS;
    style->rows = is_known && size.ws_row > 0 ? size.ws_row : STYLE_ROWS;
}

struct style style_of(FILE *file)
{
    const char *term = getenv("TERM");
    bool is_terminal = isatty(fileno(file)) == 1;
    struct style style = {.is_terminal = is_terminal && !style_is_dumb(term),
        .colour = style_wants_colour(is_terminal, getenv("NO_COLOR"), term)};

    if (is_terminal) {
        style.utf8 = style_is_utf8();
        style_measure(&style, file);
    }
    return style;
}

static void style_add_part(struct buffer *out, const struct style *style, enum style_tone tone,
    const char *text, size_t size)
{
    bool is_coloured = style->colour && *style_codes[tone] != '\0' && size > 0;

    buffer_append_text(out, is_coloured ? style_codes[tone] : "");
    buffer_append(out, text, size);
    buffer_append_text(out, is_coloured ? "\033[0m" : "");
}

void style_add(
    struct buffer *out, const struct style *style, enum style_tone tone, const char *text)
{
    style_add_part(out, style, tone, text, strlen(text));
}

static void style_add_blanks(struct buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_append_char(out, ' ');
    }
}

void style_add_cell(struct buffer *out, const struct style *style, enum style_tone tone,
    const char *text, size_t columns, bool is_right)
{
    const char *cut = style->utf8 ? "\xE2\x80\xA6" : ".";
    size_t taken = 0;
    size_t size = str_fit(text, columns, &taken);
    bool is_cut = text[size] != '\0';

    if (is_cut && columns > 0) {
        size = str_fit(text, columns - 1, &taken);
        taken++;
    }
    style_add_blanks(out, is_right ? columns - taken : 0);
    style_add_part(out, style, tone, text, size);
    buffer_append_text(out, is_cut && columns > 0 ? cut : "");
    style_add_blanks(out, is_right ? 0 : columns - taken);
}

/* How much of the text stands in a line of so many columns: up to the last blank that fits. */
static size_t style_line(const char *text, size_t columns)
{
    size_t taken = 0;
    size_t size = str_fit(text, columns, &taken);
    size_t blank = size;

    if (text[size] != '\0' && text[size] != ' ') {
        while (blank > 0 && text[blank - 1] != ' ') {
            blank--;
        }
        size = blank > 0 ? blank : size;
    }
    return size > 0 ? size : strlen(text);
}

void style_add_wrapped(struct buffer *out, const char *text, size_t indent, int columns)
{
    size_t room = (size_t)columns > indent + STYLE_LEAST_WRAPPED ? (size_t)columns - indent : 0;
    bool is_first = true;

    while (*text != '\0') {
        size_t size = room > 0 ? style_line(text, room) : strlen(text);
        size_t shown = size;

        while (shown > 0 && text[shown - 1] == ' ') {
            shown--;
        }
        style_add_blanks(out, is_first ? 0 : indent);
        buffer_append(out, text, shown);
        text += size;
        while (*text == ' ') {
            text++;
        }
        buffer_append_text(out, *text != '\0' ? "\n" : "");
        is_first = false;
    }
    buffer_append_char(out, '\n');
}

const char *style_number(int64_t number, char text[STYLE_TEXT_SIZE])
{
    char digits[STYLE_TEXT_SIZE];
    int size = snprintf(digits, sizeof digits, "%" PRId64, number);
    int first = number < 0 ? 1 : 0;
    int at = 0;

    for (int i = 0; i < size; i++) {
        if (i > first && (size - i) % 3 == 0) {
            text[at++] = ',';
        }
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return text;
}

const char *style_bytes(int64_t bytes, char text[STYLE_TEXT_SIZE])
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double number = (double)bytes;
    size_t unit = 0;

    while (number >= 999.95 && unit + 1 < sizeof units / sizeof *units) {
        number /= 1000;
        unit++;
    }
    (void)snprintf(text, STYLE_TEXT_SIZE, unit == 0 ? "%.0f %s" : "%.1f %s", number, units[unit]);
    return text;
}

const char *style_clock(int64_t ms, char text[STYLE_TEXT_SIZE])
{
    int64_t seconds = ms > 0 ? (ms + 999) / 1000 : 0;

    if (seconds < 3600) {
        (void)snprintf(text, STYLE_TEXT_SIZE, "%" PRId64 ":%02" PRId64, seconds / 60, seconds % 60);
    } else {
        (void)snprintf(text, STYLE_TEXT_SIZE, "%" PRId64 ":%02" PRId64 ":%02" PRId64,
            seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    return text;
}

const char *style_took(int64_t ms, char text[STYLE_TEXT_SIZE])
{
    int64_t tenths = ms > 0 ? (ms + 99) / 100 : 0;

    if (tenths < 100) {
        (void)snprintf(text, STYLE_TEXT_SIZE, "0:%02" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
    } else {
        (void)style_clock(ms, text);
    }
    return text;
}

const char *style_rate(double a_second, char text[STYLE_TEXT_SIZE])
{
    char number[STYLE_TEXT_SIZE];

    text[0] = '\0';
    if (a_second >= 9.95) {
        (void)snprintf(
            text, STYLE_TEXT_SIZE, "%.20s/s", style_number((int64_t)(a_second + 0.5), number));
    } else if (a_second >= 0.95) {
        (void)snprintf(text, STYLE_TEXT_SIZE, "%.1f/s", a_second);
    } else if (a_second >= 0) {
        (void)snprintf(text, STYLE_TEXT_SIZE, "%.0f/min", a_second * 60);
    }
    return text;
}
