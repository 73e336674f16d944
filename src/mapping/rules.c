#include "mapping/rules.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/timestamp.h"
#include "mapping/rules_parts.h"

enum { RULE_MAC_DIGITS = 12, RULE_MAC_SIZE = 17, RULE_NUMBER_SIZE = 64 };

static bool rule_has_word(const struct mapping_column *column, struct str text)
{
    bool found = false;

    for (size_t i = 0; !found && column->words != NULL && column->words[i] != NULL; i++) {
        found = str_is(text, column->words[i]);
    }
    return found;
}

bool rule_is_scalar_text(const cJSON *value)
{
    return record_type(value) == RECORD_STRING || record_type(value) == RECORD_NUMBER;
}

enum rule_result rule_set_text(struct cell *cell, struct str text)
{
    enum rule_result result = text.size <= CEILING_TEXT ? RULE_TOOK : RULE_MISFIT;

    if (result == RULE_TOOK) {
        cell->text = text;
        cell->is_set = true;
    }
    return result;
}

/* A number where text is expected is its literal. */
static enum rule_result rule_text(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    (void)column;
    (void)arena;
    return rule_is_scalar_text(value) ? rule_set_text(cell, record_text(value)) : RULE_MISFIT;
}

/* Placeholders such as `na` and `PDA` say that there is no value (field notes, "Everywhere"). */
static enum rule_result rule_not_a_word(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    return rule_has_word(column, record_text(value)) ? RULE_TOOK
                                                     : rule_text(column, value, arena, cell);
}

/* The servers' enumerations (CPS API guide, "Enums"). A word outside it becomes `otherwise`, and
 * the word itself is kept in `extra`. */
static enum rule_result rule_one_of(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = record_text(value);
    enum rule_result result = RULE_MISFIT;

    (void)arena;
    for (size_t i = 0; result == RULE_MISFIT && column->words[i] != NULL; i++) {
        if (str_is_caseless(text, column->words[i])) {
            result = rule_set_text(cell, str_of(column->words[i]));
        }
    }
    if (result == RULE_MISFIT && column->otherwise != NULL) {
        (void)rule_set_text(cell, str_of(column->otherwise));
    }
    return result;
}

/* "35 377808 345646 1" and "IMEI:35 ..." (CPS API guide, "Example list of devices"): digits only
 * where it is digits and blanks, else as it came. */
static enum rule_result rule_digits(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char *digits;
    size_t count = 0;
    bool only_digits = true;
    enum rule_result result = rule_is_scalar_text(value) ? RULE_TOOK : RULE_MISFIT;

    if (str_starts(text, "IMEI:") || str_starts(text, "IMSI:")) {
        text = str_trim((struct str){text.data + 5, text.size - 5});
    }
    digits = arena_alloc(arena, text.size + 1);
    for (size_t i = 0; digits != NULL && i < text.size; i++) {
        only_digits = only_digits && (text.data[i] == ' ' || str_is_digit(text.data[i]));
        if (str_is_digit(text.data[i])) {
            digits[count++] = text.data[i];
        }
    }
    if (digits == NULL) {
        result = RULE_NO_MEMORY;
    } else if (result == RULE_TOOK && text.size > 0 && !rule_has_word(column, text)) {
        result = rule_set_text(cell, only_digits ? (struct str){digits, count} : text);
    }
    return result;
}

static bool rule_is_mac_separator(char c)
{
    return c == ':' || c == '-' || c == '.' || c == ' ';
}

/* "b0:65:bd:33:fe:2b" from any spelling: other separators, none, upper case. */
static enum rule_result rule_mac_address(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char *mac = arena_alloc(arena, RULE_MAC_SIZE + 1);
    size_t digits = 0;
    enum rule_result result = record_type(value) == RECORD_STRING ? RULE_TOOK : RULE_MISFIT;

    if (mac == NULL) {
        result = RULE_NO_MEMORY;
    } else if (result == RULE_TOOK && text.size > 0 && !rule_has_word(column, text)) {
        for (size_t i = 0; result == RULE_TOOK && i < text.size; i++) {
            if (str_hex_digit(text.data[i]) >= 0 && digits < RULE_MAC_DIGITS) {
                mac[digits / 2 * 3 + digits % 2] = str_lower(text.data[i]);
                digits++;
            } else if (!rule_is_mac_separator(text.data[i]) || digits % 2 != 0) {
                result = RULE_MISFIT;
            }
        }
        for (size_t i = 2; i < RULE_MAC_SIZE; i += 3) {
            mac[i] = ':';
        }
        if (result == RULE_TOOK && digits == RULE_MAC_DIGITS) {
            result = rule_set_text(cell, (struct str){mac, RULE_MAC_SIZE});
        } else {
            result = RULE_MISFIT;
        }
    }
    return result;
}

/* Empty text where a number, a time or a GUID belongs says that there is no value. */
static enum rule_result rule_set_or_empty(const struct cell *cell, const cJSON *value)
{
    bool is_empty = record_type(value) == RECORD_STRING && str_trim(record_text(value)).size == 0;

    return cell->is_set || is_empty ? RULE_TOOK : RULE_MISFIT;
}

/* Words and digits are read alike whether they come as strings or as they are; see "booleans" among
 * the product's rules of values. */
static enum rule_result rule_boolean(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    static const char *const words[][2] = {{"false", "true"}, {"off", "on"}, {"0", "1"}};
    struct str text = str_trim(record_text(value));

    (void)column;
    (void)arena;
    cell->boolean = cJSON_IsTrue(value);
    cell->is_set = record_type(value) == RECORD_BOOLEAN;
    for (size_t i = 0; !cell->is_set && i < sizeof words / sizeof *words; i++) {
        cell->boolean = str_is_caseless(text, words[i][1]);
        cell->is_set = cell->boolean || str_is_caseless(text, words[i][0]);
    }
    return rule_set_or_empty(cell, value);
}

/* What is there says no, and what is absent says nothing: a group of Cloud that has a definition is
 * not static. The value itself is told by another column, or by `extra`. */
static enum rule_result rule_false_if_present(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    (void)column;
    (void)arena;
    cell->boolean = false;
    cell->is_set = record_type(value) != RECORD_STRING || str_trim(record_text(value)).size > 0;
    return RULE_MISFIT;
}

static bool rule_parse_int(struct str text, int64_t *number)
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
static enum rule_result rule_bigint(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));

    (void)column;
    (void)arena;
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

static enum rule_result rule_double(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char digits[RULE_NUMBER_SIZE];
    char *end = digits;

    (void)column;
    (void)arena;
    if (rule_is_scalar_text(value) && rule_is_decimal(text)) {
        memcpy(digits, text.data, text.size);
        digits[text.size] = '\0';
        cell->real = strtod(digits, &end);
        cell->is_set = *end == '\0' && isfinite(cell->real);
    }
    return rule_set_or_empty(cell, value);
}

/* Epoch milliseconds (CPS API guide, "Pulling data"), as a number or its digits, or ISO 8601. */
static enum rule_result rule_timestamp(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));

    (void)column;
    (void)arena;
    if (rule_is_scalar_text(value)) {
        cell->is_set = (rule_parse_int(text, &cell->ms) && cell->ms >= TIMESTAMP_MIN &&
                           cell->ms <= TIMESTAMP_MAX) ||
                       timestamp_parse_iso(text, &cell->ms);
    }
    return rule_set_or_empty(cell, value);
}

bool rule_parse_uuid(struct str text, uint8_t uuid[ROW_UUID_SIZE])
{
    bool ok = text.size == 36;
    size_t at = 0;

    for (size_t i = 0; ok && i < ROW_UUID_SIZE; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            ok = text.data[at++] == '-';
        }
        ok = ok && str_hex_digit(text.data[at]) >= 0 && str_hex_digit(text.data[at + 1]) >= 0;
        if (ok) {
            uuid[i] =
                (uint8_t)(str_hex_digit(text.data[at]) * 16 + str_hex_digit(text.data[at + 1]));
            at += 2;
        }
    }
    return ok;
}

static enum rule_result rule_uuid(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));

    (void)column;
    (void)arena;
    cell->is_set = record_type(value) == RECORD_STRING && rule_parse_uuid(text, cell->uuid);
    return rule_set_or_empty(cell, value);
}

/* A list of plain values; anything nested is a misfit. */
static enum rule_result rule_text_array(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    size_t count = 0;
    struct str *items;
    enum rule_result result = record_type(value) == RECORD_LIST ? RULE_TOOK : RULE_MISFIT;

    (void)column;
    for (const cJSON *item = value->child; item != NULL; item = item->next) {
        count++;
    }
    items = arena_alloc(arena, count * sizeof *items);
    if (items == NULL) {
        result = RULE_NO_MEMORY;
    }
    count = 0;
    for (const cJSON *item = value->child; result == RULE_TOOK && item != NULL; item = item->next) {
        items[count++] = record_text(item);
        result = rule_is_scalar_text(item) ? RULE_TOOK : RULE_MISFIT;
    }
    if (result == RULE_TOOK) {
        cell->list.items = items;
        cell->list.count = count;
        cell->is_set = true;
    }
    return result;
}

static const struct rule rules[] = {
    {"text", "a string, or a number as it is written", COLUMN_TEXT, RULE_OF_VALUE, rule_text,
        false},
    {"boolean", "true or false, on or off, 1 or 0, also as strings", COLUMN_BOOLEAN, RULE_OF_VALUE,
        rule_boolean, false},
    {"bigint", "a whole number, also as a string", COLUMN_BIGINT, RULE_OF_VALUE, rule_bigint,
        false},
    {"double", "a number, also as a string", COLUMN_DOUBLE, RULE_OF_VALUE, rule_double, false},
    {"timestamptz", "epoch milliseconds or ISO 8601", COLUMN_TIMESTAMPTZ, RULE_OF_VALUE,
        rule_timestamp, false},
    {"uuid", "a GUID with hyphens", COLUMN_UUID, RULE_OF_VALUE, rule_uuid, false},
    {"text[]", "a list of strings or numbers", COLUMN_TEXT_ARRAY, RULE_OF_VALUE, rule_text_array,
        false},
    {"jsonb", "any JSON value", COLUMN_JSONB, RULE_OF_JSON, NULL, false},
    {"one_of", "one of `words`, in upper case as there; another word becomes `otherwise`",
        COLUMN_TEXT, RULE_OF_VALUE, rule_one_of, true},
    {"not_a_word", "text, or NULL where it is one of `words`", COLUMN_TEXT, RULE_OF_VALUE,
        rule_not_a_word, true},
    {"digits",
        "digits alone where it is digits and blanks; IMEI: and IMSI: dropped; NULL where it "
        "is one of `words`",
        COLUMN_TEXT, RULE_OF_VALUE, rule_digits, false},
    {"mac_address",
        "a MAC address in any spelling, as b0:65:bd:33:fe:2b; NULL where it is one of "
        "`words`",
        COLUMN_TEXT, RULE_OF_VALUE, rule_mac_address, false},
    {"hexadecimal", "hexadecimal digits in lower case, without blanks and colons", COLUMN_TEXT,
        RULE_OF_VALUE, rule_hexadecimal, false},
    {"common_name",
        "the first common name (CN) of a distinguished name, its escapes undone; NULL without one",
        COLUMN_TEXT, RULE_OF_VALUE, rule_common_name, false},
    {"platform",
        "ANDROID, IOS, OSX, WINDOWS or WEBAPPS from any spelling, such as `Mac OS X`; else "
        "UNKNOWN. What it does not tell, such as the version in `Android 4.4`, stays in `extra`",
        COLUMN_TEXT, RULE_OF_VALUE, rule_platform, false},
    {"false_if_present", "false where the property has a value, else NULL", COLUMN_BOOLEAN,
        RULE_OF_VALUE, rule_false_if_present, false},
    {"masked", "any JSON value, with secrets masked (see below)", COLUMN_JSONB, RULE_OF_MASKED,
        NULL, false},
    {"ldap_attributes",
        "an object with its names in lower case, the later one where two become the same; "
        "`objectguid` as 32 hexadecimal digits",
        COLUMN_JSONB, RULE_OF_LDAP, NULL, false},
    {"tenant", "the tenant's name", COLUMN_TEXT, RULE_OF_TENANT, NULL, false},
    {"owner", "the device_id of the device that was asked about", COLUMN_TEXT, RULE_OF_OWNER, NULL,
        false},
    {"device_id", "the first source as a GUID in lower case, else `mdm:` and the second",
        COLUMN_TEXT, RULE_OF_DEVICE_ID, NULL, false},
    {"custom_attributes", "an object, and the loose custom attributes", COLUMN_JSONB,
        RULE_OF_CUSTOM, NULL, false},
    {"extra", "every property that no other column took, with secrets masked (see below)",
        COLUMN_JSONB, RULE_OF_EXTRA, NULL, false},
};

const struct rule *rule_all(size_t *count)
{
    *count = sizeof rules / sizeof *rules;
    return rules;
}

const struct rule *rule_find(const char *name, enum column_type type)
{
    const struct rule *found = NULL;

    for (size_t i = 0; found == NULL && i < sizeof rules / sizeof *rules; i++) {
        if (name == NULL ? rules[i].type == type : strcmp(rules[i].name, name) == 0) {
            found = &rules[i];
        }
    }
    return found;
}
