#include "mapping/rules_parts.h"

#include <string.h>

#include "base/ceilings.h"

bool rule_has_word(const struct mapping_column *column, struct str text)
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

enum rule_result rule_set_or_empty(const struct cell *cell, const cJSON *value)
{
    bool is_empty = record_type(value) == RECORD_STRING && str_trim(record_text(value)).size == 0;

    return cell->is_set || is_empty ? RULE_TOOK : RULE_MISFIT;
}

/* A number where text is expected is its literal. */
enum rule_result rule_text(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    (void)column;
    (void)call;
    return rule_is_scalar_text(value) ? rule_set_text(cell, record_text(value)) : RULE_MISFIT;
}

/* Placeholders such as `na` and `PDA` say that there is no value (field notes, "Everywhere"). */
enum rule_result rule_not_a_word(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    return rule_has_word(column, str_trim(record_text(value)))
               ? RULE_TOOK
               : rule_text(column, value, call, cell);
}

/* `FROM=TO` apart; a word without `=` stands for itself. */
static void rule_split_word(const char *word, struct str *from, struct str *to)
{
    const char *equals = strchr(word, '=');

    *from = equals != NULL ? (struct str){word, (size_t)(equals - word)} : str_of(word);
    *to = equals != NULL ? str_of(equals + 1) : *from;
}

/* Whether the text is the word in any case or, where the word ends with `*`, begins with it. */
static bool rule_is_word(struct str text, struct str word)
{
    bool is_start = word.size > 1 && word.data[word.size - 1] == '*';
    size_t size = is_start ? word.size - 1 : word.size;
    bool same = is_start ? text.size >= size : text.size == size;

    for (size_t i = 0; same && i < size; i++) {
        same = str_lower(text.data[i]) == str_lower(word.data[i]);
    }
    return same;
}

/* A word outside the list becomes `otherwise`, and the word itself is kept in `extra`. */
enum rule_result rule_one_of(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    enum rule_result result = RULE_MISFIT;

    (void)call;
    for (size_t i = 0; result == RULE_MISFIT && column->words[i] != NULL; i++) {
        struct str from;
        struct str to;

        rule_split_word(column->words[i], &from, &to);
        if (rule_is_word(text, from)) {
            result = rule_set_text(cell, to);
        }
    }
    if (result == RULE_MISFIT && column->otherwise != NULL) {
        (void)rule_set_text(cell, str_of(column->otherwise));
    }
    return result;
}

/* A list of plain values; anything nested is a misfit. */
enum rule_result rule_text_array(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    size_t count = 0;
    struct str *items;
    enum rule_result result = record_type(value) == RECORD_LIST ? RULE_TOOK : RULE_MISFIT;

    (void)column;
    for (const cJSON *item = value->child; item != NULL; item = item->next) {
        count++;
    }
    items = arena_alloc(call->arena, count * sizeof *items);
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

/* v1 writes the elements of a list one by one, so that a list of one is that one. */
enum rule_result rule_one_or_more(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str *item = NULL;
    enum rule_result result = RULE_MISFIT;

    if (!rule_is_scalar_text(value)) {
        result = rule_text_array(column, value, call, cell);
    } else {
        item = arena_alloc(call->arena, sizeof *item);
        result = item != NULL ? RULE_TOOK : RULE_NO_MEMORY;
    }
    if (item != NULL) {
        *item = record_text(value);
        cell->list.items = item;
        cell->list.count = 1;
        cell->is_set = true;
    }
    return result;
}

/* Words and digits are read alike whether they come as strings or as they are; see "booleans" among
 * the product's rules of values. */
bool rule_read_boolean(const cJSON *value, bool *answer)
{
    static const char *const words[][2] = {{"false", "true"}, {"off", "on"}, {"0", "1"}};
    struct str text = str_trim(record_text(value));
    bool is_told = record_type(value) == RECORD_BOOLEAN;

    *answer = cJSON_IsTrue(value);
    for (size_t i = 0; !is_told && i < sizeof words / sizeof *words; i++) {
        *answer = str_is_caseless(text, words[i][1]);
        is_told = *answer || str_is_caseless(text, words[i][0]);
    }
    return is_told;
}

enum rule_result rule_boolean(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    (void)column;
    (void)call;
    cell->is_set = rule_read_boolean(value, &cell->boolean);
    return rule_set_or_empty(cell, value);
}

/* 116 is t in ASCII, and 102 is f. */
enum rule_result rule_ascii_boolean(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    enum rule_result result = rule_boolean(column, value, call, cell);

    if (result == RULE_MISFIT && (str_is(text, "116") || str_is(text, "102"))) {
        cell->boolean = str_is(text, "116");
        cell->is_set = true;
        result = RULE_TOOK;
    }
    return result;
}

/* `isActive` of an alert says that it is unread. */
enum rule_result rule_not(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    enum rule_result result = rule_boolean(column, value, call, cell);

    cell->boolean = !cell->boolean;
    return result;
}

/* What is there says no, and what is absent says nothing: a group of Cloud that has a definition is
 * not static. The value itself is told by another column, or by `extra`. */
enum rule_result rule_false_if_present(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    (void)column;
    (void)call;
    cell->boolean = false;
    cell->is_set = record_type(value) != RECORD_STRING || str_trim(record_text(value)).size > 0;
    return RULE_MISFIT;
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

enum rule_result rule_uuid(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));

    (void)column;
    (void)call;
    cell->is_set = record_type(value) == RECORD_STRING && rule_parse_uuid(text, cell->uuid);
    return rule_set_or_empty(cell, value);
}
