#include "mapping/rules_parts.h"

#include <inttypes.h>
#include <stdio.h>

enum { RULE_MAC_DIGITS = 12, RULE_MAC_SIZE = 17, RULE_LABEL_SIZE = 32 };

/* "35 377808 345646 1" and "IMEI:35 ..." (CPS API guide, "Example list of devices"): digits only
 * where it is digits and blanks, else as it came. */
enum rule_result rule_digits(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char *digits;
    size_t count = 0;
    bool only_digits = true;
    enum rule_result result = rule_is_scalar_text(value) ? RULE_TOOK : RULE_MISFIT;

    if (str_starts(text, "IMEI:") || str_starts(text, "IMSI:")) {
        text = str_trim((struct str){text.data + 5, text.size - 5});
    }
    digits = arena_alloc(call->arena, text.size + 1);
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
enum rule_result rule_mac_address(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char *mac = arena_alloc(call->arena, RULE_MAC_SIZE + 1);
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

/* An archive names devices by folders, which the guide calls "device ID". */
enum rule_result rule_guid_or_text(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    uint8_t uuid[ROW_UUID_SIZE];
    bool is_guid = rule_parse_uuid(text, uuid);
    char *copy = is_guid ? arena_copy(call->arena, text) : NULL;
    enum rule_result result = rule_is_scalar_text(value) ? RULE_TOOK : RULE_MISFIT;

    (void)column;
    for (size_t i = 0; copy != NULL && i < text.size; i++) {
        copy[i] = str_lower(copy[i]);
    }
    if (is_guid && copy == NULL) {
        result = RULE_NO_MEMORY;
    } else if (result == RULE_TOOK && text.size > 0) {
        result = rule_set_text(cell, is_guid ? (struct str){copy, text.size} : text);
    }
    return result;
}

/* Labels are the groups of a Core, and these are their names where CPS gives the groups no ids. Two
 * spellings of one number are one label. */
enum rule_result rule_label(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    char *label = arena_alloc(call->arena, RULE_LABEL_SIZE);
    int64_t number;
    enum rule_result result = RULE_MISFIT;

    (void)column;
    if (label == NULL) {
        result = RULE_NO_MEMORY;
    } else if (rule_parse_int(str_trim(record_text(value)), &number)) {
        (void)snprintf(label, RULE_LABEL_SIZE, "label:%" PRId64, number);
        result = rule_set_text(cell, str_of(label));
    }
    return result;
}

/* As device_id is written, so that the column can be joined with it. */
enum rule_result rule_guid(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    uint8_t uuid[ROW_UUID_SIZE];
    char *guid = NULL;
    enum rule_result result = RULE_MISFIT;

    (void)column;
    if (!rule_parse_uuid(text, uuid)) {
        result = rule_set_or_empty(cell, value);
    } else {
        guid = arena_alloc(call->arena, text.size);
        result = guid != NULL ? RULE_TOOK : RULE_NO_MEMORY;
    }
    for (size_t i = 0; guid != NULL && i < text.size; i++) {
        guid[i] = str_lower(text.data[i]);
    }
    return guid != NULL ? rule_set_text(cell, (struct str){guid, text.size}) : result;
}
