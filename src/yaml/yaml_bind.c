#include "yaml/yaml_bind.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "yaml/yaml_parts.h"

/* One text being bound. */
struct yaml_binder {
    struct arena *arena;
    yaml_document_t *document;
    struct yaml_places *places;
    struct yaml_place *last;
    char key[YAML_KEY_PATH_SIZE]; /* the path to the value at hand */
    struct error *err;
};

static const char *const yaml_no_strings[] = {NULL};

static bool yaml_bind_mapping(struct yaml_binder *binder, const struct yaml_table *table,
    const yaml_node_t *node, void *target);

static int yaml_node_line(const yaml_node_t *node)
{
    return (int)node->start_mark.line + 1;
}

static struct str yaml_node_text(const yaml_node_t *node)
{
    return (struct str){(const char *)node->data.scalar.value, node->data.scalar.length};
}

static const yaml_node_t *yaml_node(const struct yaml_binder *binder, int index)
{
    return yaml_document_get_node(binder->document, index);
}

static bool yaml_is_quoted(const yaml_node_t *node)
{
    return node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
}

static bool __attribute__((format(printf, 3, 4)))
yaml_refuse(const struct yaml_binder *binder, int line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)yaml_fail_at(binder->places->path, line, binder->key, binder->err, format, arguments);
    va_end(arguments);
    return false;
}

/* Steps into a key or an item; returns what yaml_leave wants back. A path that is too long is
 * cut: it serves messages alone. */
static size_t yaml_enter_key(struct yaml_binder *binder, struct str key)
{
    size_t size = strlen(binder->key);
    int shown = key.size < sizeof binder->key ? (int)key.size : (int)sizeof binder->key;

    (void)snprintf(binder->key + size, sizeof binder->key - size, "%s%.*s", size > 0 ? "." : "",
        shown, key.data);
    return size;
}

static size_t yaml_enter_item(struct yaml_binder *binder, size_t index)
{
    size_t size = strlen(binder->key);

    (void)snprintf(binder->key + size, sizeof binder->key - size, "[%zu]", index);
    return size;
}

static void yaml_leave(struct yaml_binder *binder, size_t size)
{
    binder->key[size] = '\0';
}

static bool yaml_remember(struct yaml_binder *binder, int line)
{
    return yaml_place_add(binder->arena, &binder->last, binder->places, binder->key, line) ||
           error_memory(binder->err);
}

static const char *yaml_expected(enum yaml_type type)
{
    const char *expected = "a single value";

    switch (type) {
    case YAML_STRINGS:
        expected = "a string or a list of strings";
        break;
    case YAML_PAIRS:
    case YAML_MAPPING:
        expected = "a mapping (key: value)";
        break;
    case YAML_LIST:
        expected = "a list";
        break;
    default:
        break;
    }
    return expected;
}

static bool yaml_wrong_shape(
    const struct yaml_binder *binder, enum yaml_type type, const yaml_node_t *node)
{
    const char *found = node->type == YAML_MAPPING_NODE    ? "a mapping"
                        : node->type == YAML_SEQUENCE_NODE ? "a list"
                        : node->data.scalar.length == 0    ? "nothing"
                                                           : "a single value";

    return yaml_refuse(
        binder, yaml_node_line(node), "expected %s, not %s", yaml_expected(type), found);
}

static bool yaml_bind_text(struct yaml_binder *binder, const struct yaml_field *field,
    struct str text, bool is_quoted, int line, void *value)
{
    char why[YAML_WHY_SIZE];
    bool ok = yaml_scalar(binder->arena, field, text, is_quoted, value, why);

    if (!ok && why[0] == '\0') {
        (void)error_memory(binder->err);
    } else if (!ok) {
        (void)yaml_refuse(binder, line, "%s", why);
    }
    return ok;
}

static bool yaml_bind_scalar(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, void *value)
{
    bool ok;

    if (node->type != YAML_SCALAR_NODE) {
        ok = yaml_wrong_shape(binder, field->type, node);
    } else {
        ok = yaml_bind_text(
            binder, field, yaml_node_text(node), yaml_is_quoted(node), yaml_node_line(node), value);
    }
    return ok;
}

/* The field that the items of a YAML_STRINGS or the values of a YAML_PAIRS are. */
static struct yaml_field yaml_item_field(const struct yaml_field *field)
{
    return (struct yaml_field){.type = YAML_STRING, .min = field->min, .max = field->max};
}

static bool yaml_bind_string_items(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, struct yaml_strings *strings)
{
    const struct yaml_field item = yaml_item_field(field);
    const yaml_node_item_t *indexes = node->data.sequence.items.start;
    size_t count = (size_t)(node->data.sequence.items.top - indexes);
    const char **items = arena_alloc(binder->arena, (count + 1) * sizeof *items);
    bool ok = items != NULL || error_memory(binder->err);

    for (size_t i = 0; ok && i < count; i++) {
        const yaml_node_t *child = yaml_node(binder, indexes[i]);
        size_t size = yaml_enter_item(binder, i);

        ok = yaml_remember(binder, yaml_node_line(child)) &&
             yaml_bind_scalar(binder, &item, child, &items[i]);
        yaml_leave(binder, size);
    }
    if (ok) {
        items[count] = NULL;
        *strings = (struct yaml_strings){items, count};
    }
    return ok;
}

static bool yaml_bind_one_string(struct yaml_binder *binder, const struct yaml_field *field,
    struct str text, bool is_quoted, int line, struct yaml_strings *strings)
{
    const struct yaml_field item = yaml_item_field(field);
    const char **items = arena_alloc(binder->arena, 2 * sizeof *items);
    bool ok = items != NULL || error_memory(binder->err);

    ok = ok && yaml_bind_text(binder, &item, text, is_quoted, line, &items[0]);
    if (ok) {
        items[1] = NULL;
        *strings = (struct yaml_strings){items, 1};
    }
    return ok;
}

static bool yaml_bind_strings(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, void *value)
{
    struct yaml_strings strings = {yaml_no_strings, 0};
    bool ok = false;

    if (node->type == YAML_SEQUENCE_NODE) {
        ok = yaml_bind_string_items(binder, field, node, &strings);
    } else if (node->type == YAML_SCALAR_NODE) {
        ok = yaml_bind_one_string(binder, field, yaml_node_text(node), yaml_is_quoted(node),
            yaml_node_line(node), &strings);
    } else {
        ok = yaml_wrong_shape(binder, field->type, node);
    }
    memcpy(value, &strings, sizeof strings);
    return ok;
}

/* A mapping's key as text that may be compared and shown. */
static bool yaml_key_text(
    const struct yaml_binder *binder, const yaml_node_t *node, struct str *text)
{
    bool ok = node->type == YAML_SCALAR_NODE;

    *text = ok ? yaml_node_text(node) : str_of("");
    ok = ok && text->size > 0 && memchr(text->data, '\0', text->size) == NULL;
    if (!ok) {
        (void)yaml_refuse(binder, yaml_node_line(node), "holds a key that is not a word");
    }
    return ok;
}

static bool yaml_bind_pair(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_pair_t *nodes, struct yaml_pair *pairs, size_t count)
{
    const struct yaml_field item = yaml_item_field(field);
    const yaml_node_t *value = yaml_node(binder, nodes->value);
    struct yaml_pair *pair = &pairs[count];
    struct str key;
    char why[YAML_WHY_SIZE];
    bool ok = yaml_key_text(binder, yaml_node(binder, nodes->key), &key);
    int line = yaml_node_line(yaml_node(binder, nodes->key));
    size_t size = yaml_enter_key(binder, key);

    for (size_t i = 0; ok && i < count; i++) {
        if (str_is(key, pairs[i].key)) {
            ok = yaml_refuse(binder, line, "is given twice");
        }
    }
    *pair = (struct yaml_pair){.word = -1};
    ok = ok && yaml_remember(binder, line) && yaml_bind_scalar(binder, &item, value, &pair->value);
    if (ok) {
        pair->key = arena_copy(binder->arena, key);
        ok = pair->key != NULL || error_memory(binder->err);
    }
    if (ok && field->words != NULL) {
        pair->word = yaml_word(field, pair->value, why);
        ok = pair->word >= 0 || yaml_refuse(binder, yaml_node_line(value), "%s", why);
    }
    yaml_leave(binder, size);
    return ok;
}

static bool yaml_bind_pairs(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, void *value)
{
    struct yaml_pairs pairs = {NULL, 0};
    bool ok = true;

    if (node->type != YAML_MAPPING_NODE) {
        ok = yaml_wrong_shape(binder, field->type, node);
    } else {
        const yaml_node_pair_t *nodes = node->data.mapping.pairs.start;
        size_t count = (size_t)(node->data.mapping.pairs.top - nodes);
        struct yaml_pair *items = NULL;

        if (count > YAML_PAIR_COUNT) {
            ok = yaml_refuse(
                binder, yaml_node_line(node), "holds more than %d keys", YAML_PAIR_COUNT);
        } else if (count > 0) {
            items = arena_alloc(binder->arena, count * sizeof *items);
            ok = items != NULL || error_memory(binder->err);
        }
        for (size_t i = 0; ok && i < count; i++) {
            ok = yaml_bind_pair(binder, field, &nodes[i], items, i);
        }
        pairs = ok ? (struct yaml_pairs){items, count} : pairs;
    }
    memcpy(value, &pairs, sizeof pairs);
    return ok;
}

static bool yaml_bind_items(struct yaml_binder *binder, const struct yaml_table *table,
    const yaml_node_t *node, char *items)
{
    const yaml_node_item_t *indexes = node->data.sequence.items.start;
    size_t count = (size_t)(node->data.sequence.items.top - indexes);
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        const yaml_node_t *child = yaml_node(binder, indexes[i]);
        size_t size = yaml_enter_item(binder, i);

        ok = yaml_remember(binder, yaml_node_line(child));
        if (ok && child->type != YAML_MAPPING_NODE) {
            ok = yaml_wrong_shape(binder, YAML_MAPPING, child);
        }
        ok = ok && yaml_bind_mapping(binder, table, child, items + i * table->size);
        yaml_leave(binder, size);
    }
    return ok;
}

static bool yaml_bind_list(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, void *value)
{
    struct yaml_list list = {NULL, 0};
    bool ok = true;

    if (node->type != YAML_SEQUENCE_NODE) {
        ok = yaml_wrong_shape(binder, field->type, node);
    } else {
        list.count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
        if ((double)list.count < field->min) {
            ok = yaml_refuse(binder, yaml_node_line(node),
                "holds %zu items; at least %.0f %s wanted", list.count, field->min,
                field->min > 1 ? "are" : "is");
        } else if (field->max > 0 && (double)list.count > field->max) {
            ok = yaml_refuse(binder, yaml_node_line(node),
                "holds %zu items; at most %.0f are allowed", list.count, field->max);
        } else if (list.count > 0) {
            list.items = arena_alloc(binder->arena, list.count * field->table->size);
            ok = list.items != NULL || error_memory(binder->err);
        }
        ok = ok && yaml_bind_items(binder, field->table, node, list.items);
    }
    memcpy(value, &list, sizeof list);
    return ok;
}

typedef bool yaml_bind_fn(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, void *value);

static bool yaml_bind_nested(struct yaml_binder *binder, const struct yaml_field *field,
    const yaml_node_t *node, void *value)
{
    bool ok;

    if (node->type != YAML_MAPPING_NODE) {
        ok = yaml_wrong_shape(binder, field->type, node);
    } else {
        ok = yaml_bind_mapping(binder, field->table, node, value);
    }
    return ok;
}

static yaml_bind_fn *const yaml_binds[] = {
    [YAML_STRING] = yaml_bind_scalar,
    [YAML_BOOLEAN] = yaml_bind_scalar,
    [YAML_INTEGER] = yaml_bind_scalar,
    [YAML_NUMBER] = yaml_bind_scalar,
    [YAML_DURATION] = yaml_bind_scalar,
    [YAML_PERCENT] = yaml_bind_scalar,
    [YAML_WORD] = yaml_bind_scalar,
    [YAML_STRINGS] = yaml_bind_strings,
    [YAML_PAIRS] = yaml_bind_pairs,
    [YAML_MAPPING] = yaml_bind_nested,
    [YAML_LIST] = yaml_bind_list,
};

/* The value of a field that the file leaves out. `line` is that of the mapping around it. */
static bool yaml_bind_preset(
    struct yaml_binder *binder, const struct yaml_field *field, int line, void *value)
{
    const struct yaml_strings none = {yaml_no_strings, 0};
    bool ok = true;

    if (field->type == YAML_MAPPING) {
        ok = yaml_bind_mapping(binder, field->table, NULL, value);
    } else if (field->type == YAML_STRINGS) {
        memcpy(value, &none, sizeof none);
        ok = field->preset == NULL ||
             yaml_bind_one_string(binder, field, str_of(field->preset), true, line, value);
    } else if (field->preset != NULL) {
        ok = yaml_bind_text(
            binder, field, str_of(field->preset), field->type == YAML_STRING, line, value);
    }
    return ok;
}

static size_t yaml_find_field(const struct yaml_table *table, struct str key)
{
    size_t i = 0;

    while (i < table->count && !str_is(key, table->fields[i].key)) {
        i++;
    }
    return i;
}

static bool yaml_unknown_key(
    const struct yaml_binder *binder, const struct yaml_table *table, struct str key, int line)
{
    char word[YAML_KEY_PATH_SIZE];
    char known[ERROR_TEXT_SIZE / 2];
    const char *meant;
    size_t used = 0;

    (void)snprintf(word, sizeof word, "%.*s", key.size < sizeof word ? (int)key.size : 0, key.data);
    meant = yaml_meant(table, word);
    for (size_t i = 0; i < table->count && used < sizeof known; i++) {
        used += (size_t)snprintf(
            known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "", table->fields[i].key);
    }
    return meant != NULL ? yaml_refuse(binder, line, "unknown key; did you mean `%s`?", meant)
                         : yaml_refuse(binder, line, "unknown key; known here are %s", known);
}

/* One key of a mapping. `lines[i]` is the line of field i, 0 before it came. */
static bool yaml_bind_pair_field(struct yaml_binder *binder, const struct yaml_table *table,
    const yaml_node_pair_t *pair, int lines[YAML_FIELDS], char *target)
{
    const yaml_node_t *key_node = yaml_node(binder, pair->key);
    const yaml_node_t *value = yaml_node(binder, pair->value);
    int line = yaml_node_line(key_node);
    struct str key;
    bool ok = yaml_key_text(binder, key_node, &key);
    size_t size = yaml_enter_key(binder, key);
    size_t i = yaml_find_field(table, key);

    if (ok && i == table->count) {
        ok = yaml_unknown_key(binder, table, key, line);
    } else if (ok && lines[i] != 0) {
        ok = yaml_refuse(binder, line, "is given twice; first on line %d", lines[i]);
    } else if (ok) {
        const struct yaml_field *field = &table->fields[i];

        lines[i] = line;
        ok = yaml_remember(binder, line) &&
             yaml_binds[field->type](binder, field, value, target + field->offset);
    }
    yaml_leave(binder, size);
    return ok;
}

/* A mapping's fields into `target`; without a node, the defaults alone. */
static bool yaml_bind_mapping(struct yaml_binder *binder, const struct yaml_table *table,
    const yaml_node_t *node, void *target)
{
    int lines[YAML_FIELDS] = {0};
    bool ok = true;

    assert(table->count <= YAML_FIELDS);
    memset(target, 0, table->size);
    if (node != NULL) {
        for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
             ok && pair < node->data.mapping.pairs.top; pair++) {
            ok = yaml_bind_pair_field(binder, table, pair, lines, target);
        }
    }
    for (size_t i = 0; ok && i < table->count; i++) {
        const struct yaml_field *field = &table->fields[i];
        size_t size = yaml_enter_key(binder, str_of(field->key));
        int line = node != NULL ? yaml_node_line(node) : 1;

        if (lines[i] == 0 && field->required && node != NULL) {
            ok = yaml_refuse(binder, line, "is missing");
        } else if (lines[i] == 0) {
            ok = yaml_bind_preset(binder, field, line, (char *)target + field->offset);
        }
        yaml_leave(binder, size);
    }
    return ok;
}

static bool yaml_bind_root(struct yaml_binder *binder, const struct yaml_table *table, void *target)
{
    const yaml_node_t *root = yaml_document_get_root_node(binder->document);
    bool ok;

    if (root->type != YAML_MAPPING_NODE) {
        ok = yaml_wrong_shape(binder, YAML_MAPPING, root);
    } else {
        ok = yaml_bind_mapping(binder, table, root, target);
    }
    return ok;
}

static bool yaml_bind_document(
    struct yaml_binder *binder, struct str text, const struct yaml_table *table, void *target)
{
    yaml_parser_t parser;
    yaml_document_t document;
    bool ok = yaml_open(&parser, text, binder->err);

    if (ok && yaml_parser_load(&parser, &document) != 1) {
        ok = yaml_syntax(&parser, binder->places->path, text, binder->err);
    } else if (ok) {
        binder->document = &document;
        ok = yaml_bind_root(binder, table, target);
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return ok;
}

bool yaml_bind(struct arena *arena, const char *path, struct str text,
    const struct yaml_table *table, void *target, struct yaml_places *places, struct error *err)
{
    struct yaml_binder binder = {.arena = arena, .places = places, .err = err};
    bool is_empty = false;
    bool ok;

    memset(target, 0, table->size);
    *places = (struct yaml_places){arena_copy(arena, str_of(path)), NULL};
    ok = places->path != NULL || error_memory(err);
    ok = ok && yaml_scan(path, text, &is_empty, err);
    if (ok && is_empty) {
        ok = error_set(err, ERROR_CONFIG, "%s:1: the file is empty", path);
    }
    return ok && yaml_bind_document(&binder, text, table, target);
}
