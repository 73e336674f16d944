#include "decode/record.h"

#include <stdlib.h>
#include <string.h>

#include "decode/json_split.h"

/* One call of record_parse. */
struct record_parse {
    struct arena *arena;
    bool exhausted; /* the arena gave none when asked */
};

/* cJSON's hooks take no context, so the parse under way has to stand where they find it: the one
 * exception to 'no global mutable state'. It is set for the duration of record_parse alone, which
 * calls nothing that could parse again, and the program has one thread; outside it the hooks are
 * cJSON's own again. */
static struct record_parse *record_current;

static void *record_allocate(size_t size)
{
    void *memory = arena_alloc(record_current->arena, size);

    if (memory == NULL) {
        record_current->exhausted = true;
    }
    return memory;
}

/* cJSON frees what it made of malformed text; the arena takes it back at its reset. */
static void record_keep(void *memory)
{
    (void)memory;
}

static cJSON *record_parse_text(struct record_parse *parse, struct str text, const char **end)
{
    cJSON_Hooks hooks = {.malloc_fn = record_allocate, .free_fn = record_keep};
    cJSON *root;

    record_current = parse;
    cJSON_InitHooks(&hooks);
    root = cJSON_ParseWithLengthOpts(text.data, text.size, end, false);
    cJSON_InitHooks(NULL);
    record_current = NULL;
    return root;
}

bool record_parse(struct arena *arena, struct str json, const cJSON **record, struct error *err)
{
    struct record_parse parse = {.arena = arena};
    struct str text = str_trim(json);
    const char *end = NULL;
    cJSON *root = NULL;
    bool ok = true;

    if (text.size > 0) {
        root = record_parse_text(&parse, text, &end);
    }
    if (parse.exhausted) {
        ok = error_set(err, ERROR_MEMORY,
            "the tree of a record of %zu bytes takes more memory than is allowed (%zu bytes)",
            json.size, arena->ceiling);
    } else if (root == NULL || end != text.data + text.size) {
        ok = error_set(err, ERROR_RECORD, "the record is no valid JSON");
    }
    *record = ok ? root : NULL;
    return ok;
}

static bool record_is_marked(const cJSON *value)
{
    return (unsigned char)value->valuestring[0] == JSON_NUMBER_MARK;
}

enum record_type record_type(const cJSON *value)
{
    enum record_type type = RECORD_NULL;

    if (cJSON_IsString(value)) {
        type = record_is_marked(value) ? RECORD_NUMBER : RECORD_STRING;
    } else if (cJSON_IsBool(value)) {
        type = RECORD_BOOLEAN;
    } else if (cJSON_IsArray(value)) {
        type = RECORD_LIST;
    } else if (cJSON_IsObject(value)) {
        type = RECORD_OBJECT;
    }
    return type;
}

struct str record_text(const cJSON *value)
{
    struct str text = {"", 0};

    if (cJSON_IsString(value)) {
        text = str_of(value->valuestring + (record_is_marked(value) ? 1 : 0));
    }
    return text;
}

/* Digits alone, downwards from zero, as INT64_MIN has no positive counterpart. */
static bool record_digits(struct str digits, bool is_negative, int64_t *number)
{
    int64_t value = 0;
    bool ok = digits.size > 0;

    for (size_t i = 0; ok && i < digits.size; i++) {
        ok = str_is_digit(digits.data[i]) && !__builtin_mul_overflow(value, 10, &value) &&
             !__builtin_sub_overflow(value, digits.data[i] - '0', &value);
    }
    if (ok && !is_negative) {
        ok = !__builtin_sub_overflow(0, value, &value);
    }
    if (ok) {
        *number = value;
    }
    return ok;
}

bool record_int(const cJSON *value, int64_t *number)
{
    bool ok = record_type(value) == RECORD_NUMBER;

    if (ok) {
        struct str text = record_text(value);
        bool is_negative = str_starts(text, "-");

        if (is_negative) {
            text.data++;
            text.size--;
        }
        ok = record_digits(text, is_negative, number);
    }
    return ok;
}

const cJSON *record_member(const cJSON *object, const char *name)
{
    const cJSON *found = NULL;

    if (cJSON_IsObject(object)) {
        for (const cJSON *member = object->child; member != NULL; member = member->next) {
            if (strcmp(member->string, name) == 0) {
                found = member;
            }
        }
    }
    return found;
}
