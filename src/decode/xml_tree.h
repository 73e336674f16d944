/* One record of an XML answer as the tree that decode/record.h reads, made from the parser's events
 * without a text in between. The conventions:
 *
 * - An attribute `id` is the member `@id`.
 * - An element with text alone is a string, its text exactly as it came.
 * - An element with nothing in it is absent, as XML writes null so.
 * - White space between child elements, or alone beside attributes, is nothing. Other text beside
 *   child elements or attributes is the member `#text`, all of it.
 * - A name repeated among siblings is one list, in their order, where the first of them stands.
 *   Absent ones are not in it.
 * - An element all of whose children are pairs is an object of these pairs, in their order. A pair
 *   is an element `entry` without attributes with one `key` and at most one `value`, both with text
 *   alone or with nothing in them, which is "" here. A repeated key stays, and the last counts, as
 *   record_member has it. One child that is no pair, and all of them are elements like others.
 *   (`details` and `properties` of the guide.)
 * - The record is an object in any case, its own text alone being `#text`.
 *
 * Every string is RECORD_STRING: XML has no numbers.
 *
 * A tree is no deeper than CEILING_DEPTH, an object or a list being one level and the record itself
 * the first, and its elements no deeper than twice that. */
#ifndef UEMSYNC_DECODE_XML_TREE_H
#define UEMSYNC_DECODE_XML_TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/xml_names.h"

enum { XML_TREE_FRAMES = 2 * CEILING_DEPTH };

/* Names that the conventions give a meaning. */
struct xml_words {
    char *entry;
    char *key;
    char *value;
    char *text;    /* #text */
    char *element; /* @element */
};

/* An open element. */
struct xml_frame {
    char *name;
    cJSON *node; /* the object of its members; NULL before the first */
    char *key;   /* of an element that can still be a pair */
    char *value;
    size_t text; /* where its text begins; its children's is gone when they end */
    bool has_children;
    bool may_be_pair;
    bool may_be_map; /* its children so far are pairs */
};

struct xml_tree {
    struct arena arena;
    struct buffer text;
    struct xml_words words; /* borrowed from the names of the document */
    struct xml_frame frames[XML_TREE_FRAMES];
    size_t level;   /* open elements; frames[level - 1] is the innermost */
    size_t deepest; /* most of them */
    cJSON *root;    /* once the record's element has ended */
    /* Once it is not whole, what follows changes nothing. */
    enum {
        XML_TREE_WHOLE,
        XML_TREE_TOO_DEEP,
        XML_TREE_TOO_LARGE, /* beyond CEILING_TREE */
        XML_TREE_NO_MEMORY,
    } state;
};

void xml_tree_init(struct xml_tree *tree);
void xml_tree_release(struct xml_tree *tree);

/* Keeps the words. False when xml_names_keep gives none. */
bool xml_tree_learn(struct xml_tree *tree, struct xml_names *names);

/* A record begins, and the tree before it is gone. */
void xml_tree_begin(struct xml_tree *tree);

/* Names are those of the document's xml_names; an attribute's begins with '@', and belongs to the
 * element that was opened last. */
void xml_tree_open(struct xml_tree *tree, char *name);
void xml_tree_attribute(struct xml_tree *tree, char *name, struct str value);
void xml_tree_text(struct xml_tree *tree, struct str text);
void xml_tree_close(struct xml_tree *tree);

/* The record is too large for another reason. */
void xml_tree_give_up(struct xml_tree *tree);

#endif
