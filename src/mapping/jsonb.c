#include "mapping/jsonb.h"

#include <stdlib.h>

#include "base/json.h"
#include "mapping/mask.h"

enum { JSONB_MOST_EXPONENT = 1000 };

/* A member and its place, as qsort keeps no order among equals and the last one counts. */
struct jsonb_member {
    struct str name;
    const cJSON *value;
    size_t place;
};

struct jsonb_number {
    bool negative;
    struct str whole;
    struct str fraction;
    bool has_exponent;
    long exponent;
};

static size_t jsonb_digits(struct str text, size_t from)
{
    size_t to = from;

    while (to < text.size && str_is_digit(text.data[to])) {
        to++;
    }
    return to;
}

static long jsonb_exponent(struct str text, size_t at)
{
    bool negative = at < text.size && text.data[at] == '-';
    long exponent = 0;

    if (at < text.size && (text.data[at] == '-' || text.data[at] == '+')) {
        at++;
    }
    for (; at < text.size && exponent <= JSONB_MOST_EXPONENT; at++) {
        exponent = exponent * 10 + (text.data[at] - '0');
    }
    return negative ? -exponent : exponent;
}

/* The literal is valid JSON: the splitter saw to it. */
static struct jsonb_number jsonb_number_parts(struct str literal)
{
    struct jsonb_number number = {.negative = str_starts(literal, "-")};
    size_t start = number.negative ? 1 : 0;
    size_t at = jsonb_digits(literal, start);

    number.whole = (struct str){literal.data + start, at - start};
    if (at < literal.size && literal.data[at] == '.') {
        start = at + 1;
        at = jsonb_digits(literal, start);
        number.fraction = (struct str){literal.data + start, at - start};
    }
    if (at < literal.size) {
        number.has_exponent = true;
        number.exponent = jsonb_exponent(literal, at + 1);
    }
    return number;
}

/* The digit at `place`, counted from the first digit of the whole part; 0 beyond both ends. */
static char jsonb_number_digit(const struct jsonb_number *number, long place)
{
    long whole = (long)number->whole.size;
    char digit = '0';

    if (place >= 0 && place < whole) {
        digit = number->whole.data[place];
    } else if (place >= whole && place < whole + (long)number->fraction.size) {
        digit = number->fraction.data[place - whole];
    }
    return digit;
}

static void jsonb_write_digits(struct buffer *out, const struct jsonb_number *number)
{
    long point = (long)number->whole.size + number->exponent;
    long end = (long)(number->whole.size + number->fraction.size);
    bool zero = true;
    long first = 0;

    for (long place = 0; place < end; place++) {
        zero = zero && jsonb_number_digit(number, place) == '0';
    }
    if (number->negative && !zero) {
        buffer_append_char(out, '-');
    }
    while (first < point - 1 && jsonb_number_digit(number, first) == '0') {
        first++;
    }
    if (point <= 0) {
        buffer_append_char(out, '0');
    }
    for (long place = first; place < point; place++) {
        buffer_append_char(out, jsonb_number_digit(number, place));
    }
    if (point < end) {
        buffer_append_char(out, '.');
    }
    for (long place = point; place < end; place++) {
        buffer_append_char(out, jsonb_number_digit(number, place));
    }
}

void jsonb_write_number(struct buffer *out, struct str literal)
{
    struct jsonb_number number = jsonb_number_parts(literal);

    if (number.exponent > JSONB_MOST_EXPONENT || number.exponent < -JSONB_MOST_EXPONENT ||
        literal.size > JSONB_MOST_EXPONENT) {
        json_quote(out, literal);
    } else if (number.fraction.size == 0 && !number.has_exponent && !str_is(literal, "-0")) {
        buffer_append_str(out, literal);
    } else {
        jsonb_write_digits(out, &number);
    }
}

static int jsonb_compare_names(const struct jsonb_member *a, const struct jsonb_member *b)
{
    int order = (a->name.size > b->name.size) - (a->name.size < b->name.size);

    return order != 0 ? order : str_compare(a->name, b->name);
}

static int jsonb_compare(const void *left, const void *right)
{
    const struct jsonb_member *a = left;
    const struct jsonb_member *b = right;
    int order = jsonb_compare_names(a, b);

    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static bool jsonb_is_masked(enum jsonb_secrets secrets, const struct jsonb_member *member)
{
    return secrets != JSONB_PLAIN &&
           (mask_is_key(member->name) ||
               (secrets == JSONB_MARKED && mask_is_payload(member->name))) &&
           mask_tells(member->value);
}

static bool jsonb_write_member(struct buffer *out, struct arena *scratch,
    enum jsonb_secrets secrets, const struct jsonb_member *member)
{
    bool ok = true;

    json_quote(out, member->name);
    buffer_append_text(out, ": ");
    if (jsonb_is_masked(secrets, member)) {
        buffer_append_text(out, "\"***\"");
    } else {
        ok = jsonb_write(
            out, scratch, secrets == JSONB_PLAIN ? JSONB_PLAIN : JSONB_MASKED, member->value);
    }
    return ok;
}

static bool jsonb_write_sorted(struct buffer *out, struct arena *scratch,
    enum jsonb_secrets secrets, struct jsonb_member *members, size_t count)
{
    bool ok = true;
    bool comma = false;

    qsort(members, count, sizeof *members, jsonb_compare);
    buffer_append_char(out, '{');
    for (size_t i = 0; ok && i < count; i++) {
        if (i + 1 == count || jsonb_compare_names(&members[i], &members[i + 1]) != 0) {
            buffer_append_text(out, comma ? ", " : "");
            ok = jsonb_write_member(out, scratch, secrets, &members[i]);
            comma = true;
        }
    }
    buffer_append_char(out, '}');
    return ok;
}

/* Any of the members that says so counts, also one that a later one of its name stands for. */
bool jsonb_write_members(struct buffer *out, struct arena *scratch, enum jsonb_secrets secrets,
    const cJSON *const *members, size_t count)
{
    struct jsonb_member *sorted = arena_alloc(scratch, count * sizeof *sorted);
    bool ok = sorted != NULL;

    for (size_t i = 0; ok && i < count; i++) {
        sorted[i] = (struct jsonb_member){str_of(members[i]->string), members[i], i};
        if (secrets == JSONB_MASKED && mask_is_mark(members[i])) {
            secrets = JSONB_MARKED;
        }
    }
    return ok && jsonb_write_sorted(out, scratch, secrets, sorted, count);
}

static bool jsonb_write_object(
    struct buffer *out, struct arena *scratch, enum jsonb_secrets secrets, const cJSON *object)
{
    size_t count = 0;
    const cJSON **members;
    bool ok;

    for (const cJSON *child = object->child; child != NULL; child = child->next) {
        count++;
    }
    members = arena_alloc(scratch, count * sizeof *members);
    ok = members != NULL;
    count = 0;
    for (const cJSON *child = object->child; ok && child != NULL; child = child->next) {
        members[count++] = child;
    }
    return ok && jsonb_write_members(out, scratch, secrets, members, count);
}

static bool jsonb_write_list(
    struct buffer *out, struct arena *scratch, enum jsonb_secrets secrets, const cJSON *list)
{
    bool ok = true;

    buffer_append_char(out, '[');
    for (const cJSON *child = list->child; ok && child != NULL; child = child->next) {
        buffer_append_text(out, child != list->child ? ", " : "");
        ok = jsonb_write(out, scratch, secrets, child);
    }
    buffer_append_char(out, ']');
    return ok;
}

bool jsonb_write(
    struct buffer *out, struct arena *scratch, enum jsonb_secrets secrets, const cJSON *value)
{
    bool ok = true;

    switch (record_type(value)) {
    case RECORD_NULL:
        buffer_append_text(out, "null");
        break;
    case RECORD_BOOLEAN:
        buffer_append_text(out, cJSON_IsTrue(value) ? "true" : "false");
        break;
    case RECORD_NUMBER:
        jsonb_write_number(out, record_text(value));
        break;
    case RECORD_STRING:
        json_quote(out, record_text(value));
        break;
    case RECORD_LIST:
        ok = jsonb_write_list(out, scratch, secrets, value);
        break;
    case RECORD_OBJECT:
        ok = jsonb_write_object(out, scratch, secrets, value);
        break;
    }
    return ok && buffer_ok(out);
}
