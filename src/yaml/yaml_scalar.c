#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "yaml/yaml_parts.h"

enum {
    YAML_DIGITS = 15,    /* so that a number's digits are exact in a double */
    YAML_SHOWN_SIZE = 48 /* of a wrong value, in a message */
};

/* The beginning of a value, cut between characters. */
static const char *yaml_shown(struct str text, char shown[YAML_SHOWN_SIZE])
{
    size_t size = text.size;

    if (size >= YAML_SHOWN_SIZE) {
        size = YAML_SHOWN_SIZE - 1;
        while (size > 0 && ((unsigned char)text.data[size] & 0xc0) == 0x80) {
            size--;
        }
    }
    if (size > 0) {
        memcpy(shown, text.data, size);
    }
    shown[size] = '\0';
    return shown;
}

static bool yaml_has_range(const struct yaml_field *field)
{
    return field->min != 0 || field->max != 0;
}

static bool yaml_in_range(const struct yaml_field *field, double value)
{
    return !yaml_has_range(field) || (value >= field->min && value <= field->max);
}

/* [-]digits[.digits], all of `text`; no exponent, and no locale as strtod has one. `shift` is a
 * power of ten that the result is divided by. */
static bool yaml_decimal(struct str text, int shift, double *value)
{
    double digits = 0;
    double divisor = 1;
    size_t i = 0;
    size_t before = 0;
    size_t after = 0;
    bool is_negative = text.size > 0 && text.data[0] == '-';

    i += is_negative;
    for (; i < text.size && str_is_digit(text.data[i]); i++, before++) {
        digits = digits * 10 + (text.data[i] - '0');
    }
    if (before > 0 && i + 1 < text.size && text.data[i] == '.') {
        for (i++; i < text.size && str_is_digit(text.data[i]); i++, after++) {
            digits = digits * 10 + (text.data[i] - '0');
            divisor *= 10;
        }
    }
    for (; shift > 0; shift--) {
        divisor *= 10;
    }
    *value = (is_negative ? -digits : digits) / divisor;
    return i == text.size && before > 0 && before + after <= YAML_DIGITS;
}

static bool yaml_boolean(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE])
{
    char shown[YAML_SHOWN_SIZE];
    bool is_true = str_is_caseless(text, "true");
    bool ok = is_true || str_is_caseless(text, "false");

    (void)field;
    if (ok) {
        memcpy(value, &is_true, sizeof is_true);
    } else {
        (void)snprintf(
            why, YAML_WHY_SIZE, "expected true or false, not `%s`", yaml_shown(text, shown));
    }
    return ok;
}

static bool yaml_integer(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE])
{
    char shown[YAML_SHOWN_SIZE];
    double number = 0;
    bool ok = yaml_decimal(text, 0, &number) && memchr(text.data, '.', text.size) == NULL &&
              number >= INT_MIN && number <= INT_MAX && yaml_in_range(field, number);

    if (ok) {
        int whole = (int)number;

        memcpy(value, &whole, sizeof whole);
    } else if (yaml_has_range(field)) {
        (void)snprintf(why, YAML_WHY_SIZE, "expected a whole number from %.0f to %.0f, not `%s`",
            field->min, field->max, yaml_shown(text, shown));
    } else {
        (void)snprintf(
            why, YAML_WHY_SIZE, "expected a whole number, not `%s`", yaml_shown(text, shown));
    }
    return ok;
}

static bool yaml_number(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE])
{
    char shown[YAML_SHOWN_SIZE];
    double number = 0;
    bool ok = yaml_decimal(text, 0, &number) && yaml_in_range(field, number);

    if (ok) {
        memcpy(value, &number, sizeof number);
    } else if (yaml_has_range(field)) {
        (void)snprintf(why, YAML_WHY_SIZE, "expected a number from %g to %g, not `%s`", field->min,
            field->max, yaml_shown(text, shown));
    } else {
        (void)snprintf(why, YAML_WHY_SIZE, "expected a number, not `%s`", yaml_shown(text, shown));
    }
    return ok;
}

static bool yaml_percent(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE])
{
    char shown[YAML_SHOWN_SIZE];
    double share = 0;
    bool ok = text.size > 0 && text.data[text.size - 1] == '%' &&
              yaml_decimal((struct str){text.data, text.size - 1}, 2, &share) &&
              yaml_in_range(field, share);

    if (ok) {
        memcpy(value, &share, sizeof share);
    } else if (yaml_has_range(field)) {
        (void)snprintf(why, YAML_WHY_SIZE, "expected a percentage from %g%% to %g%%, not `%s`",
            field->min * 100, field->max * 100, yaml_shown(text, shown));
    } else {
        (void)snprintf(why, YAML_WHY_SIZE, "expected a percentage such as 20%%, not `%s`",
            yaml_shown(text, shown));
    }
    return ok;
}

static bool yaml_duration(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE])
{
    char shown[YAML_SHOWN_SIZE];
    char least[DURATION_TEXT_SIZE];
    char most[DURATION_TEXT_SIZE];
    int64_t ms = 0;
    bool ok = duration_parse(text, &ms) && yaml_in_range(field, (double)ms);

    if (ok) {
        memcpy(value, &ms, sizeof ms);
    } else if (yaml_has_range(field)) {
        duration_format((int64_t)field->min, least);
        duration_format((int64_t)field->max, most);
        (void)snprintf(why, YAML_WHY_SIZE,
            "expected a duration from %s to %s (a whole number and d, h, m or s), not `%s`", least,
            most, yaml_shown(text, shown));
    } else {
        (void)snprintf(why, YAML_WHY_SIZE,
            "expected a duration such as 26h (a whole number and d, h, m or s), not `%s`",
            yaml_shown(text, shown));
    }
    return ok;
}

static size_t yaml_word_count(const char *const *words)
{
    size_t count = 0;

    while (words[count] != NULL) {
        count++;
    }
    return count;
}

int yaml_word(const struct yaml_field *field, const char *word, char why[YAML_WHY_SIZE])
{
    char shown[YAML_SHOWN_SIZE];
    size_t count = yaml_word_count(field->words);
    int found = -1;

    for (size_t i = 0; i < count && found < 0; i++) {
        found = strcmp(field->words[i], word) == 0 ? (int)i : -1;
    }
    if (found < 0) {
        const char *nearest = str_nearest(word, field->words, count);
        size_t used = 0;

        for (size_t i = 0; i < count && used < YAML_WHY_SIZE / 2; i++) {
            const char *before = i == 0 ? "expected " : i + 1 == count ? " or " : ", ";

            used += (size_t)snprintf(
                why + used, YAML_WHY_SIZE - used, "%s%.63s", before, field->words[i]);
        }
        (void)snprintf(why + used, YAML_WHY_SIZE - used, ", not `%s`%s%s%s",
            yaml_shown(str_of(word), shown), nearest != NULL ? "; did you mean `" : "",
            nearest != NULL ? nearest : "", nearest != NULL ? "`?" : "");
    }
    return found;
}

static bool yaml_enum(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE])
{
    char word[YAML_WHY_SIZE] = "";
    int index;

    memcpy(word, text.data, text.size < sizeof word ? text.size : sizeof word - 1);
    index = yaml_word(field, word, why);
    if (index >= 0) {
        memcpy(value, &index, sizeof index);
    }
    return index >= 0;
}

static bool yaml_string(struct arena *arena, const struct yaml_field *field, struct str text,
    void *value, char why[YAML_WHY_SIZE])
{
    bool ok = false;

    if (memchr(text.data, '\0', text.size) != NULL) {
        (void)snprintf(why, YAML_WHY_SIZE, "holds a NUL byte");
    } else if (text.size == 0 && field->min > 0) {
        (void)snprintf(why, YAML_WHY_SIZE, "is empty");
    } else if ((double)text.size < field->min) {
        (void)snprintf(why, YAML_WHY_SIZE, "is %zu bytes long; at least %.0f are wanted", text.size,
            field->min);
    } else if (field->max > 0 && (double)text.size > field->max) {
        (void)snprintf(why, YAML_WHY_SIZE, "is %zu bytes long; at most %.0f are allowed", text.size,
            field->max);
    } else {
        const char *copy = arena_copy(arena, text);

        ok = copy != NULL;
        memcpy(value, &copy, sizeof copy);
    }
    return ok;
}

typedef bool yaml_scalar_fn(
    const struct yaml_field *field, struct str text, void *value, char why[YAML_WHY_SIZE]);

/* `wants_plain`: quotes make it a string, which is the wrong type. */
static const struct {
    yaml_scalar_fn *parse;
    bool wants_plain;
} yaml_scalars[] = {
    [YAML_BOOLEAN] = {yaml_boolean, true},
    [YAML_INTEGER] = {yaml_integer, true},
    [YAML_NUMBER] = {yaml_number, true},
    [YAML_DURATION] = {yaml_duration, false},
    [YAML_PERCENT] = {yaml_percent, false},
    [YAML_WORD] = {yaml_enum, false},
};

static bool yaml_is_null(struct str text)
{
    return text.size == 0 || str_is(text, "~") || str_is_caseless(text, "null");
}

bool yaml_scalar(struct arena *arena, const struct yaml_field *field, struct str text,
    bool is_quoted, void *value, char why[YAML_WHY_SIZE])
{
    bool ok = false;

    why[0] = '\0';
    if (!is_quoted && yaml_is_null(text)) {
        (void)snprintf(why, YAML_WHY_SIZE, "has no value");
    } else if (field->type == YAML_STRING) {
        ok = yaml_string(arena, field, text, value, why);
    } else if (is_quoted && yaml_scalars[field->type].wants_plain) {
        (void)snprintf(why, YAML_WHY_SIZE, "expected %s, not a string in quotes",
            field->type == YAML_BOOLEAN ? "true or false" : "a number");
    } else {
        ok = yaml_scalars[field->type].parse(field, text, value, why);
    }
    return ok;
}
