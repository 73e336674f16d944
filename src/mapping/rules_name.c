#include "mapping/rules_parts.h"

#include <string.h>

/* A distinguished name under way. */
struct rule_name {
    struct str text;
    size_t at;
    char *value; /* of the part that was read last, with its NUL */
    size_t size;
    size_t end;   /* the value up to here stays, whatever blanks follow */
    bool has_nul; /* an escape gave one */
};

static bool rule_name_is_end(char c)
{
    return c == ',' || c == ';' || c == '+';
}

static void rule_name_put(struct rule_name *name, char c, bool stays)
{
    name->value[name->size++] = c;
    name->has_nul = name->has_nul || c == '\0';
    if (stays || c != ' ') {
        name->end = name->size;
    }
}

/* Behind a backslash: two hexadecimal digits are a byte, anything else is itself. */
static void rule_name_escape(struct rule_name *name)
{
    const char *at = name->text.data + name->at;
    size_t left = name->text.size - name->at;

    if (left >= 2 && str_hex_digit(at[0]) >= 0 && str_hex_digit(at[1]) >= 0) {
        rule_name_put(name, (char)(str_hex_digit(at[0]) * 16 + str_hex_digit(at[1])), true);
        name->at += 2;
    } else if (left > 0) {
        rule_name_put(name, at[0], true);
        name->at++;
    }
}

/* From behind the '=' to what ends the part. */
static void rule_name_value(struct rule_name *name)
{
    bool quoted = false;

    name->size = 0;
    name->end = 0;
    name->has_nul = false;
    while (name->at < name->text.size && (quoted || !rule_name_is_end(name->text.data[name->at]))) {
        char c = name->text.data[name->at++];

        if (c == '\\') {
            rule_name_escape(name);
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted || name->size > 0 || c != ' ') {
            rule_name_put(name, c, quoted);
        }
    }
    name->size = name->end;
    name->value[name->size] = '\0';
}

/* The next part, "KEY=value"; whether its key is CN. */
static bool rule_name_next(struct rule_name *name)
{
    size_t start = name->at;
    bool is_common;

    while (name->at < name->text.size && name->text.data[name->at] != '=' &&
           !rule_name_is_end(name->text.data[name->at])) {
        name->at++;
    }
    is_common =
        name->at < name->text.size && name->text.data[name->at] == '=' &&
        str_is_caseless(str_trim((struct str){name->text.data + start, name->at - start}), "CN");
    if (name->at < name->text.size && name->text.data[name->at] == '=') {
        name->at++;
        rule_name_value(name);
    }
    name->at++; /* what ended it */
    return is_common;
}

enum rule_result rule_common_name(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = record_text(value);
    struct rule_name name = {.text = text, .value = arena_alloc(call->arena, text.size + 1)};
    bool found = false;

    (void)column;
    while (name.value != NULL && !found && name.at < text.size) {
        found = rule_name_next(&name);
    }
    if (found && name.size > 0 && !name.has_nul && str_is_utf8(name.value)) {
        (void)rule_set_text(cell, (struct str){name.value, name.size});
    }
    return name.value != NULL ? RULE_MISFIT : RULE_NO_MEMORY;
}
