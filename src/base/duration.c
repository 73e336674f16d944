#include "base/duration.h"

#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>

static const struct {
    char unit;
    int64_t ms;
} duration_units[] = {{'d', 86400000}, {'h', 3600000}, {'m', 60000}, {'s', 1000}};

enum { DURATION_UNITS = sizeof duration_units / sizeof *duration_units };

/* What is told, from two of a unit on. */
static const struct {
    const char *word;
    int64_t from;
    int64_t ms;
} duration_steps[] = {{"d", 172800000, 86400000}, {"h", 7200000, 3600000}, {"min", 120000, 60000},
    {"s", INT64_MIN, 1000}};

static int64_t duration_unit_ms(char unit)
{
    int64_t ms = 0;

    for (size_t i = 0; i < DURATION_UNITS && ms == 0; i++) {
        ms = duration_units[i].unit == unit ? duration_units[i].ms : 0;
    }
    return ms;
}

bool duration_parse(struct str text, int64_t *ms)
{
    int64_t unit = text.size > 1 ? duration_unit_ms(text.data[text.size - 1]) : 0;
    int64_t count = 0;
    bool ok = unit > 0;

    for (size_t i = 0; ok && i + 1 < text.size; i++) {
        ok = str_is_digit(text.data[i]);
        count = count * 10 + (text.data[i] - '0');
        ok = ok && count <= INT_MAX;
    }
    *ms = ok ? count * unit : 0;
    return ok;
}

void duration_format(int64_t ms, char text[DURATION_TEXT_SIZE])
{
    size_t i = 0;

    while (i + 1 < DURATION_UNITS && (ms == 0 || ms % duration_units[i].ms != 0)) {
        i++;
    }
    (void)snprintf(text, DURATION_TEXT_SIZE, "%" PRId64 "%c", ms / duration_units[i].ms,
        duration_units[i].unit);
}

const char *duration_words(int64_t ms, char text[DURATION_TEXT_SIZE])
{
    int64_t length = ms > 0 ? ms : 0;
    size_t i = 0;

    while (length < duration_steps[i].from) {
        i++;
    }
    (void)snprintf(text, DURATION_TEXT_SIZE, "%" PRId64 " %s", length / duration_steps[i].ms,
        duration_steps[i].word);
    return text;
}
