#include "mapping/merge.h"

#include <string.h>

#include "mapping/rules.h"

/* One member of an object's text. */
struct merge_member {
    struct str text; /* all of it: `"name": value`; data is NULL behind the last one */
    struct str name; /* as it is written, without its quotes */
    size_t length;   /* of the name that is meant */
};

/* An object's text, and where its next member begins. */
struct merge_object {
    struct str text;
    size_t at;
};

/* The text that is made. */
struct merge_output {
    char *data;
    size_t size;
};

/* Behind the string that begins at `at`. `length`: of what is meant, each escape being one byte, as
 * only bytes below 0x20, quotes and backslashes are escaped (see json_quote). */
static size_t merge_string_end(struct str text, size_t at, size_t *length)
{
    *length = 0;
    for (at++; at < text.size && text.data[at] != '"'; at++) {
        if (text.data[at] == '\\' && at + 1 < text.size) {
            at += text.data[at + 1] == 'u' ? 5 : 1;
        }
        (*length)++;
    }
    return at + 1;
}

/* Behind the value that begins at `at`, which is the member of an object. */
static size_t merge_value_end(struct str text, size_t at)
{
    size_t depth = 0;
    size_t unused;
    bool inside = true;

    while (inside && at < text.size) {
        char c = text.data[at];

        if (c == '"') {
            at = merge_string_end(text, at, &unused);
        } else if (depth == 0 && (c == ',' || c == '}')) {
            inside = false;
        } else {
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            at++;
        }
    }
    return at;
}

/* At its first member. */
static struct merge_object merge_object_of(struct str text)
{
    return (struct merge_object){text, 1};
}

static struct merge_member merge_next(struct merge_object *object)
{
    struct merge_member member = {0};
    size_t start = object->at;

    if (start < object->text.size && object->text.data[start] == '"') {
        size_t end = merge_string_end(object->text, start, &member.length);

        member.name = (struct str){object->text.data + start + 1, end - start - 2};
        end = merge_value_end(object->text, end + strlen(": "));
        member.text = (struct str){object->text.data + start, end - start};
        object->at = end + strlen(", ");
    }
    return member;
}

/* The next byte of a name that is meant. */
static unsigned char merge_name_byte(struct str name, size_t *at)
{
    static const char letters[] = {
        ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
    unsigned char byte = (unsigned char)name.data[(*at)++];

    if (byte == '\\') {
        byte = (unsigned char)name.data[(*at)++];
        if (byte == 'u') {
            byte = (unsigned char)(16 * str_hex_digit(name.data[*at + 2]) +
                                   str_hex_digit(name.data[*at + 3]));
            *at += 4;
        } else if (byte < sizeof letters && letters[byte] != '\0') {
            byte = (unsigned char)letters[byte];
        }
    }
    return byte;
}

/* The order of jsonb's members: by length, and then bytewise, of the names that are meant: in what
 * is written an escape is longer than its byte, and sorts elsewhere. */
static int merge_compare(const struct merge_member *a, const struct merge_member *b)
{
    int order = (a->length > b->length) - (a->length < b->length);
    size_t at_a = 0;
    size_t at_b = 0;

    for (size_t i = 0; order == 0 && i < a->length; i++) {
        order = (int)merge_name_byte(a->name, &at_a) - (int)merge_name_byte(b->name, &at_b);
    }
    return order;
}

static void merge_put(struct merge_output *out, struct str text)
{
    memcpy(out->data + out->size, text.data, text.size);
    out->size += text.size;
}

static void merge_put_member(struct merge_output *out, const struct merge_member *member)
{
    if (out->size > 1) {
        merge_put(out, str_of(", "));
    }
    merge_put(out, member->text);
}

/* Both texts have room for all that comes: the braces of one of them make up for the comma between
 * the members of both. */
static void merge_put_members(
    struct merge_output *out, struct merge_object *first, struct merge_object *second)
{
    struct merge_member a = merge_next(first);
    struct merge_member b = merge_next(second);

    merge_put(out, str_of("{"));
    while (a.text.data != NULL || b.text.data != NULL) {
        int order = 0;

        if (a.text.data == NULL || b.text.data == NULL) {
            order = a.text.data == NULL ? 1 : -1;
        } else {
            order = merge_compare(&a, &b);
        }
        merge_put_member(out, order <= 0 ? &a : &b);
        if (order <= 0) {
            a = merge_next(first);
        }
        if (order >= 0) {
            b = merge_next(second);
        }
    }
    merge_put(out, str_of("}"));
}

bool merge_objects(struct str first, struct str second, struct arena *arena, struct str *both)
{
    struct merge_object a = merge_object_of(first);
    struct merge_object b = merge_object_of(second);
    struct merge_output out = {arena_alloc(arena, first.size + second.size), 0};
    bool ok = out.data != NULL;

    if (ok) {
        merge_put_members(&out, &a, &b);
        *both = (struct str){out.data, out.size};
    }
    return ok;
}

struct str merge_member_text(struct str object, const char *name)
{
    struct merge_object rest = merge_object_of(object);
    struct merge_member member = merge_next(&rest);
    struct str text = {"", 0};

    while (member.text.data != NULL && !str_is(member.name, name)) {
        member = merge_next(&rest);
    }
    if (member.text.data != NULL) {
        size_t skipped = member.name.size + strlen("\"\": ");

        text = (struct str){member.text.data + skipped, member.text.size - skipped};
        text =
            text.data[0] == '"' ? (struct str){text.data + 1, text.size - 2} : (struct str){"", 0};
    }
    return text;
}

/* The product's rule for `status`: these words of v1 tell more than those of CPS. */
static bool merge_is_v1_status(const struct cell *cps, const struct cell *v1)
{
    bool is_plain = str_is(cps->text, "ACTIVE") || str_is(cps->text, "UNKNOWN");

    return is_plain && (str_is(v1->text, "INFECTED") || str_is(v1->text, "LOST") ||
                           str_is(v1->text, "EXPIRED"));
}

/* The cell of a column in which both voices speak. */
static struct cell merge_spoken(
    enum mapping_merge merge, enum column_type type, const struct cell *cps, const struct cell *v1)
{
    struct cell cell = *cps;

    switch (merge) {
    case MERGE_CPS:
        break;
    case MERGE_V1:
        cell = *v1;
        break;
    case MERGE_EITHER:
        if (type == COLUMN_BOOLEAN) {
            cell.boolean = cps->boolean || v1->boolean;
        }
        break;
    case MERGE_BOTH:
        if (type == COLUMN_BOOLEAN) {
            cell.boolean = cps->boolean && v1->boolean;
        }
        break;
    case MERGE_STATUS:
        if (type == COLUMN_TEXT && merge_is_v1_status(cps, v1)) {
            cell = *v1;
        }
        break;
    }
    return cell;
}

static bool merge_column(const struct mapping *mapping, size_t place, const struct cell *cps,
    const struct cell *v1, struct arena *arena, struct cell *cell)
{
    const struct mapping_column *column = &mapping->columns[place];
    bool is_key = place < mapping->relation.key_count;
    bool ok = true;

    if (is_key || !v1->is_set) {
        *cell = *cps;
    } else if (!cps->is_set) {
        *cell = *v1;
    } else if (column->rule->scope == RULE_OF_EXTRA) {
        cell->is_set = true;
        ok = merge_objects(cps->json, v1->json, arena, &cell->json);
    } else {
        *cell = merge_spoken(column->merge, mapping->relation.columns[place].type, cps, v1);
    }
    return ok;
}

bool merge_rows(const struct mapping *mapping, const struct row *cps, const struct row *v1,
    struct arena *arena, struct row *merged, struct error *err)
{
    size_t count = mapping->relation.column_count;
    struct cell *cells = arena_alloc(arena, count * sizeof *cells);
    bool ok = cells != NULL;

    for (size_t i = 0; ok && i < count; i++) {
        ok = merge_column(mapping, i, &cps->cells[i], &v1->cells[i], arena, &cells[i]);
    }
    if (ok) {
        *merged = (struct row){&mapping->relation, cells};
        ok = row_check_size(merged, err);
    } else if (arena->no_memory) {
        (void)error_memory(err);
    } else {
        (void)error_set(err, ERROR_RECORD, "its row grows beyond the ceiling of one record");
    }
    return ok;
}
