#include "mapping/rules_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"

enum { RULE_NUMBER_SIZE = 64 };

/* Where seconds are documented, numbers from here on are milliseconds. */
#define RULE_LEAST_MS INT64_C(100000000000)

bool rule_parse_int(struct str text, int64_t *number)
{
    char digits[RULE_NUMBER_SIZE];
    size_t sign = str_starts(text, "-") ? 1 : 0;
    bool ok = text.size > sign && text.size < sizeof digits;

    for (size_t i = sign; ok && i < text.size; i++) {
        ok = str_is_digit(text.data[i]);
    }
    if (ok) {
        char *end;

        memcpy(digits, text.data, text.size);
        digits[text.size] = '\0';
        errno = 0;
        *number = strtoll(digits, &end, 10);
        ok = errno == 0;
    }
    return ok;
}

/* Servers write numbers as strings too, so both are read alike. An empty string is no value. */
enum rule_result rule_bigint(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));

    (void)column;
    (void)call;
    cell->is_set = rule_is_scalar_text(value) && rule_parse_int(text, &cell->number);
    return rule_set_or_empty(cell, value);
}

/* strtod reads more than numbers: hexadecimal, "nan", "infinity". */
static bool rule_is_decimal(struct str text)
{
    bool ok = text.size > 0 && text.size < RULE_NUMBER_SIZE;

    for (size_t i = 0; ok && i < text.size; i++) {
        ok = str_is_digit(text.data[i]) || strchr("+-.eE", text.data[i]) != NULL;
    }
    return ok;
}

enum rule_result rule_double(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char digits[RULE_NUMBER_SIZE];
    char *end = digits;

    (void)column;
    (void)call;
    if (rule_is_scalar_text(value) && rule_is_decimal(text)) {
        memcpy(digits, text.data, text.size);
        digits[text.size] = '\0';
        cell->real = strtod(digits, &end);
        cell->is_set = *end == '\0' && isfinite(cell->real);
    }
    return rule_set_or_empty(cell, value);
}

static bool rule_set_ms(struct cell *cell, int64_t ms)
{
    cell->ms = ms;
    cell->is_set = ms >= TIMESTAMP_MIN && ms <= TIMESTAMP_MAX;
    return cell->is_set;
}

/* Whether it is a time in one of the guides' formats. */
static bool rule_set_time(struct cell *cell, struct str text, const struct rule_call *call)
{
    int64_t ms;

    return timestamp_parse(text, call->zone, &ms) && rule_set_ms(cell, ms);
}

enum rule_result rule_timestamp(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    int64_t number;

    (void)column;
    if (rule_is_scalar_text(value) &&
        !(rule_parse_int(text, &number) && rule_set_ms(cell, number))) {
        (void)rule_set_time(cell, text, call);
    }
    return rule_set_or_empty(cell, value);
}

/* The guide says seconds and shows milliseconds. As seconds, what is that large would be after the
 * year 5000; as milliseconds, what is smaller would be before April 1973. */
enum rule_result rule_epoch_seconds(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    int64_t number;

    (void)column;
    if (!rule_is_scalar_text(value)) {
        cell->is_set = false;
    } else if (!rule_parse_int(text, &number)) {
        (void)rule_set_time(cell, text, call);
    } else if (number > -RULE_LEAST_MS && number < RULE_LEAST_MS) {
        (void)rule_set_ms(cell, number * 1000);
    } else {
        (void)rule_set_ms(cell, number);
    }
    return rule_set_or_empty(cell, value);
}
