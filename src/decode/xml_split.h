/* Splits an XML answer of the v1 web services into records as its bytes arrive, so that no answer
 * is ever held whole: 200,000 devices in one document take the memory of one. The only user of
 * expat.
 *
 * The records are elements on given ways below the outermost one. Each is handed on as a tree by
 * the conventions of xml_tree.h, with its text. Whatever else stands around them is passed over,
 * but for what the answer says of their number.
 *
 * The bytes are cleaned first (xml_clean.h), so that a broken character costs itself. A declared
 * encoding counts for nothing: bytes are read as UTF-8. White space and a byte order mark before
 * the document are passed over. A DOCTYPE is refused, and with it every entity but XML's own five.
 */
#ifndef UEMSYNC_DECODE_XML_SPLIT_H
#define UEMSYNC_DECODE_XML_SPLIT_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum { XML_SPLIT_WAYS = 8 };

/* What an answer looks like. Lists end with NULL; all of it is borrowed. */
struct xml_split_shape {
    /* The names that the outermost element may have (the guide misspells one). */
    const char *const *roots;
    /* The ways to the records from below the outermost element, XML_SPLIT_WAYS at most:
     * "devices/device", or "device" for those directly below it. With more than one, each record
     * has the name of its element as its member `@element`. */
    const char *const *records;
};

struct xml_split;

struct xml_split_handler {
    /* One record, valid during the call, and its bytes, cleaned. An error ends the split and is
     * handed up. */
    bool (*record)(void *context, const cJSON *record, struct str text, struct error *err);
    /* A record beyond CEILING_RECORD, CEILING_DEPTH or CEILING_TREE, skipped: "it is ...", and its
     * length in bytes, cleaned. */
    bool (*unreadable)(void *context, const char *reason, uint64_t size, struct error *err);
    void *context;
};

/* `shape` and `handler` are borrowed. */
bool xml_split_new(struct xml_split **split, const struct xml_split_shape *shape,
    const struct xml_split_handler *handler, struct error *err);

void xml_split_free(struct xml_split *split);

/* Makes it ready for a new document, forgetting the one before; xml_split_replaced stays. */
void xml_split_reset(struct xml_split *split);

/* Takes further bytes. ERROR_SERVER for what is no XML or another document, which names the offset
 * in the cleaned answer: JSON and web pages, such as a login page, are said to be that. Also for a
 * tag beyond CEILING_TAG, and for names and nesting beyond CEILING_NAME, CEILING_NAMES and
 * CEILING_OPEN. ERROR_MEMORY without memory. */
bool xml_split_feed(struct xml_split *split, const char *bytes, size_t size, struct error *err);

/* The document ended here. ERROR_SERVER when it is not whole, or says another number of records
 * than came, unreadable ones included. */
bool xml_split_end(struct xml_split *split, struct error *err);

/* How many records the answer says it has: the whole number that is the text of `totalCount`
 * directly below the outermost element; else that which the first `messages/message` begins with,
 * followed by white space ("212 Device(s) returned", " 1 policy returned."); -1 for none. Complete
 * when the document is. */
int64_t xml_split_told(const struct xml_split *split);

/* Bytes and references that became U+FFFD so far. */
uint64_t xml_split_replaced(const struct xml_split *split);

#endif
