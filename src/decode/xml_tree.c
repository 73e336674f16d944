#include "decode/xml_tree.h"

#include <string.h>

#include "base/error.h"

/* What an element came to when it ended. */
struct outcome {
    char *name;
    cJSON *node;   /* of members; else NULL */
    bool is_plain; /* text alone, or nothing */
    char *text;    /* then; NULL for nothing; and the value of a pair */
    char *key;     /* of a pair; else NULL */
};

static void tree_fail(struct xml_tree *tree, bool no_memory)
{
    tree->state = no_memory ? XML_TREE_NO_MEMORY : XML_TREE_TOO_LARGE;
}

static cJSON *new_node(struct xml_tree *tree, int type)
{
    cJSON *node = arena_alloc(&tree->arena, sizeof *node);

    if (node != NULL) {
        *node = (cJSON){.type = type};
    } else {
        tree_fail(tree, tree->arena.no_memory);
    }
    return node;
}

static char *new_text(struct xml_tree *tree, struct str text)
{
    char *copy = arena_copy(&tree->arena, text);

    if (copy == NULL) {
        tree_fail(tree, tree->arena.no_memory);
    }
    return copy;
}

static cJSON *new_string(struct xml_tree *tree, char *text)
{
    cJSON *node = text != NULL ? new_node(tree, cJSON_String) : NULL;

    if (node != NULL) {
        node->valuestring = text;
    }
    return node;
}

/* cJSON's way: the first child's `prev` is the last one. */
static void append(cJSON *parent, cJSON *child)
{
    child->next = NULL;
    if (parent->child == NULL) {
        parent->child = child;
        child->prev = child;
    } else {
        child->prev = parent->child->prev;
        child->prev->next = child;
        parent->child->prev = child;
    }
}

/* A member of that very name, the latest first, as names repeat one after the other. */
static cJSON *find(const cJSON *object, const char *name)
{
    cJSON *member = object->child != NULL ? object->child->prev : NULL;

    while (member != NULL && member->string != name) {
        member = member != object->child ? member->prev : NULL;
    }
    return member;
}

/* The value itself moves into the list, and its place becomes the list. No element is one else. */
static bool make_list(struct xml_tree *tree, cJSON *member)
{
    cJSON *first = new_node(tree, member->type);

    if (first != NULL) {
        first->child = member->child;
        first->valuestring = member->valuestring;
        member->type = cJSON_Array;
        member->valuestring = NULL;
        member->child = NULL;
        append(member, first);
    }
    return first != NULL;
}

static bool need_node(struct xml_tree *tree, struct xml_frame *frame)
{
    if (frame->node == NULL) {
        frame->node = new_node(tree, cJSON_Object);
    }
    return frame->node != NULL;
}

/* A member beside others, of whatever name. */
static void add(struct xml_tree *tree, struct xml_frame *frame, char *name, cJSON *value)
{
    if (value != NULL && need_node(tree, frame)) {
        value->string = name;
        append(frame->node, value);
    }
}

/* As add, and it joins those of its name in a list. */
static void add_element(struct xml_tree *tree, struct xml_frame *frame, char *name, cJSON *value)
{
    cJSON *member = frame->node != NULL ? find(frame->node, name) : NULL;

    if (member == NULL) {
        add(tree, frame, name, value);
    } else if (value != NULL && (cJSON_IsArray(member) || make_list(tree, member))) {
        append(member, value);
    }
}

/* `entry` as an element like others; NULL where nothing is in it. */
static cJSON *make_entry(struct xml_tree *tree, char *key, char *value)
{
    struct xml_frame frame = {.name = tree->words.entry};

    if (key != NULL && key[0] != '\0') {
        add(tree, &frame, tree->words.key, new_string(tree, key));
    }
    if (value != NULL && value[0] != '\0') {
        add(tree, &frame, tree->words.value, new_string(tree, value));
    }
    return frame.node;
}

static void give_up_pair(struct xml_tree *tree, struct xml_frame *frame)
{
    if (frame->key != NULL || frame->value != NULL) {
        cJSON *entry = make_entry(tree, frame->key, frame->value);

        for (cJSON *member = entry != NULL ? entry->child : NULL; member != NULL;) {
            cJSON *next = member->next;

            add(tree, frame, member->string, member);
            member = next;
        }
        frame->key = NULL;
        frame->value = NULL;
    }
    frame->may_be_pair = false;
}

/* The pairs so far stand behind the attributes, under names of their own that no element has. */
static void give_up_map(struct xml_tree *tree, struct xml_frame *frame)
{
    cJSON *member = frame->node != NULL ? frame->node->child : NULL;

    if (member != NULL && frame->has_children) {
        frame->node->child = NULL;
        while (member != NULL) {
            cJSON *next = member->next;

            if (member->string[0] == '@' && (member->type & cJSON_StringIsConst) != 0) {
                append(frame->node, member);
            } else {
                add_element(tree, frame, tree->words.entry,
                    make_entry(tree, member->string, member->valuestring));
            }
            member = next;
        }
    }
    frame->may_be_map = false;
}

static bool is_part_of_pair(
    const struct xml_tree *tree, const struct xml_frame *parent, const struct outcome *outcome)
{
    return parent->may_be_pair && outcome->is_plain &&
           ((outcome->name == tree->words.key && parent->key == NULL) ||
               (outcome->name == tree->words.value && parent->value == NULL));
}

static void take_part_of_pair(
    struct xml_tree *tree, struct xml_frame *parent, const struct outcome *outcome)
{
    char *text = outcome->text != NULL ? outcome->text : new_text(tree, (struct str){"", 0});

    if (outcome->name == tree->words.key) {
        parent->key = text;
    } else {
        parent->value = text;
    }
    parent->may_be_map = false;
}

static cJSON *make_value(struct xml_tree *tree, const struct outcome *outcome)
{
    cJSON *value = outcome->node;

    if (outcome->key != NULL) {
        value = make_entry(tree, outcome->key, outcome->text);
    } else if (outcome->is_plain) {
        value = new_string(tree, outcome->text);
    }
    return value;
}

static void take_element(
    struct xml_tree *tree, struct xml_frame *parent, const struct outcome *outcome)
{
    if (parent->may_be_pair) {
        give_up_pair(tree, parent);
    }
    if (parent->may_be_map && outcome->key != NULL) {
        add(tree, parent, outcome->key, new_string(tree, outcome->text));
    } else {
        if (parent->may_be_map) {
            give_up_map(tree, parent);
        }
        add_element(tree, parent, outcome->name, make_value(tree, outcome));
    }
}

static bool is_blank(struct str text)
{
    return str_trim(text).size == 0;
}

static void end_frame(
    struct xml_tree *tree, struct xml_frame *frame, bool is_root, struct outcome *outcome)
{
    struct str text = {tree->text.data + frame->text, tree->text.size - frame->text};

    if (!frame->has_children && frame->node == NULL && !is_root) {
        outcome->is_plain = true;
        if (text.size > 0) {
            outcome->text = new_text(tree, text);
        }
    } else if (frame->may_be_pair && frame->key != NULL && !is_root && is_blank(text)) {
        outcome->key = frame->key;
        outcome->text = frame->value != NULL ? frame->value : new_text(tree, (struct str){"", 0});
    } else {
        give_up_pair(tree, frame);
        if (!is_blank(text)) {
            add(tree, frame, tree->words.text, new_string(tree, new_text(tree, text)));
        }
        outcome->node = frame->node;
    }
}

/* Depth is looked at only where it can matter: a list for each element doubles it at most. */
static size_t depth_of(const cJSON *value)
{
    size_t deepest = 0;

    for (const cJSON *child = value->child; child != NULL; child = child->next) {
        size_t depth = depth_of(child);

        deepest = depth > deepest ? depth : deepest;
    }
    return cJSON_IsString(value) ? 0 : deepest + 1;
}

static void end_record(struct xml_tree *tree, struct xml_frame *frame)
{
    if (need_node(tree, frame)) {
        tree->root = frame->node;
        if (2 * tree->deepest > CEILING_DEPTH && depth_of(tree->root) > CEILING_DEPTH) {
            tree->state = XML_TREE_TOO_DEEP;
        }
    }
}

void xml_tree_init(struct xml_tree *tree)
{
    memset(tree, 0, sizeof *tree);
    arena_init(&tree->arena, CEILING_TREE);
    /* A record is given up soon after it is beyond its ceiling. */
    buffer_init(&tree->text, 2 * CEILING_RECORD);
}

void xml_tree_release(struct xml_tree *tree)
{
    buffer_release(&tree->text);
    arena_release(&tree->arena);
}

bool xml_tree_learn(struct xml_tree *tree, struct xml_names *names)
{
    struct xml_words *words = &tree->words;

    words->entry = xml_names_keep(names, str_of("entry"));
    words->key = xml_names_keep(names, str_of("key"));
    words->value = xml_names_keep(names, str_of("value"));
    words->text = xml_names_keep(names, str_of("#text"));
    words->element = xml_names_keep(names, str_of("@element"));
    return words->entry != NULL && words->key != NULL && words->value != NULL &&
           words->text != NULL && words->element != NULL;
}

void xml_tree_begin(struct xml_tree *tree)
{
    arena_reset(&tree->arena);
    buffer_clear(&tree->text);
    tree->level = 0;
    tree->deepest = 0;
    tree->root = NULL;
    tree->state = buffer_reserve(&tree->text, 1) ? XML_TREE_WHOLE : XML_TREE_NO_MEMORY;
}

void xml_tree_open(struct xml_tree *tree, char *name)
{
    if (tree->state == XML_TREE_WHOLE && tree->level == XML_TREE_FRAMES) {
        tree->state = XML_TREE_TOO_DEEP;
    }
    if (tree->state == XML_TREE_WHOLE) {
        tree->frames[tree->level] = (struct xml_frame){
            .name = name,
            .text = tree->text.size,
            .may_be_pair = name == tree->words.entry,
            .may_be_map = true,
        };
        tree->level++;
        tree->deepest = tree->level > tree->deepest ? tree->level : tree->deepest;
    }
}

void xml_tree_attribute(struct xml_tree *tree, char *name, struct str value)
{
    if (tree->state == XML_TREE_WHOLE) {
        struct xml_frame *frame = &tree->frames[tree->level - 1];
        cJSON *node = new_string(tree, new_text(tree, value));

        frame->may_be_pair = false;
        add(tree, frame, name, node);
        if (node != NULL) {
            node->type |= cJSON_StringIsConst;
        }
    }
}

void xml_tree_text(struct xml_tree *tree, struct str text)
{
    if (tree->state == XML_TREE_WHOLE) {
        buffer_append_str(&tree->text, text);
        if (!buffer_ok(&tree->text)) {
            tree_fail(tree, tree->text.no_memory);
        }
    }
}

void xml_tree_close(struct xml_tree *tree)
{
    if (tree->state == XML_TREE_WHOLE) {
        struct xml_frame *frame = &tree->frames[tree->level - 1];
        struct outcome outcome = {.name = frame->name};

        end_frame(tree, frame, tree->level == 1, &outcome);
        tree->text.size = frame->text;
        tree->level--;
        if (tree->level == 0) {
            end_record(tree, frame);
        } else {
            frame--;
            if (is_part_of_pair(tree, frame, &outcome)) {
                take_part_of_pair(tree, frame, &outcome);
            } else {
                take_element(tree, frame, &outcome);
            }
            frame->has_children = true;
        }
    }
}

void xml_tree_give_up(struct xml_tree *tree)
{
    if (tree->state == XML_TREE_WHOLE) {
        tree->state = XML_TREE_TOO_LARGE;
    }
}
