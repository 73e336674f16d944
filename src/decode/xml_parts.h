/* What the files of xml_split share, and nobody else includes: the splitter's state. xml_split.c
 * feeds the parser, xml_record.c makes records of its events. */
#ifndef UEMSYNC_DECODE_XML_PARTS_H
#define UEMSYNC_DECODE_XML_PARTS_H

#include <expat.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "decode/xml_clean.h"
#include "decode/xml_names.h"
#include "decode/xml_split.h"
#include "decode/xml_tree.h"

/* As much of the text that may say a number as is looked at. */
enum { XML_TOLD_SIZE = 64 };

struct xml_split {
    const struct xml_split_shape *shape;
    const struct xml_split_handler *handler;
    XML_Parser parser; /* NULL until the document begins */
    struct xml_names names;
    struct xml_tree tree;
    struct xml_clean clean;

    /* The cleaned bytes that are still needed: the record under way, a tag without its end, and
     * what the parser has not had yet. Offsets count the cleaned bytes of the answer. */
    struct buffer window;
    uint64_t window_offset;
    uint64_t begin;  /* where the document begins */
    size_t parsed;   /* bytes of the window that the parser has had */
    size_t unending; /* of these, the last ones, which it cannot make anything of yet */

    enum {
        XML_SPLIT_START, /* before the document */
        XML_SPLIT_WITHIN,
        XML_SPLIT_DONE,
        XML_SPLIT_BROKEN,
    } state;
    struct error *err; /* of the call under way */
    bool failed;       /* it is set, and no event counts any more */

    size_t level; /* open elements */
    bool has_root;
    size_t matched[XML_SPLIT_WAYS]; /* bytes of each way to the records that were gone */

    size_t record_level; /* the level of the record under way, or 0 */
    uint64_t record_offset;
    bool is_oversized; /* it is for certain */
    uint64_t came;     /* records so far */

    /* What the answer says of their number. */
    size_t told_level; /* the level of the element that is read, or 0 */
    bool is_total;     /* it is `totalCount` */
    bool in_messages;
    bool has_message;
    char told[XML_TOLD_SIZE];
    size_t told_size;
    int64_t told_total; /* -1: not said */
    int64_t told_message;
};

/* Where the event under way, or what the parser waits for the end of, begins. */
uint64_t xml_offset(const struct xml_split *split);

/* A tag or the like that begins at `offset` is too long. Returns false. */
bool xml_tag_is_too_long(uint64_t offset, struct error *err);

/* Has the parser tell its events to the functions of xml_record.c. */
void xml_record_listen(struct xml_split *split);

#endif
