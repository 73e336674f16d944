/* Cleans the bytes of an XML answer as they arrive, in front of the parser, which would refuse the
 * whole answer for one of them. What is well-formed passes byte by byte, with one exception below.
 *
 * These become U+FFFD, counted: bytes that are no UTF-8 (RFC 3629: also surrogates, what is written
 * longer than it has to be, and what lies beyond U+10FFFF), control characters other than tab, line
 * feed and carriage return, U+FFFE, U+FFFF, and references to any such code point (`&#0;`,
 * `&#xD800;`), except within CDATA, comments and processing instructions, where a reference is
 * none. A character that is cut is one, whatever cuts it. Replaced within a tag, such a byte is
 * still an error of the parser.
 *
 * The exception: a reference of more than XML_CLEAN_HELD characters is written anew. */
#ifndef UEMSYNC_DECODE_XML_CLEAN_H
#define UEMSYNC_DECODE_XML_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
    /* An invalid byte becomes the three of U+FFFD. */
    XML_CLEAN_GROWTH = 3,
    /* What of a reference is held back until its end is known. */
    XML_CLEAN_HELD = 32,
    /* What an earlier feed may have left to write, and the copy by whole words writing ahead. */
    XML_CLEAN_SLACK = XML_CLEAN_HELD + 32,
};

struct xml_clean {
    enum {
        XML_CLEAN_PLAIN,
        XML_CLEAN_UTF8,      /* within a character of several bytes */
        XML_CLEAN_AMPERSAND, /* behind one */
        XML_CLEAN_HASH,      /* behind `&#` */
        XML_CLEAN_X,         /* behind `&#x` */
        XML_CLEAN_DIGITS,    /* within a reference's digits */
    } state;
    enum {
        XML_CLEAN_IN_MARKUP,
        XML_CLEAN_IN_OPENING, /* behind `<!`: of a comment, of CDATA or of neither */
        XML_CLEAN_IN_CDATA,
        XML_CLEAN_IN_COMMENT,
        XML_CLEAN_IN_INSTRUCTION, /* a processing instruction, and the XML declaration */
    } place;
    unsigned opened; /* bytes of the opening so far */
    unsigned marks;  /* of the place's end so far: `]]`, `--`, `?` */

    unsigned count;    /* bytes in utf8 */
    unsigned length;   /* of the whole character */
    unsigned char low; /* the bounds of its next byte */
    unsigned char high;
    char utf8[4];

    char held[XML_CLEAN_HELD]; /* a reference so far */
    unsigned held_size;
    bool held_whole; /* it holds all of it */
    bool is_hex;
    uint32_t code; /* its digits' value so far, or a value beyond every code point */

    uint64_t replaced; /* what became U+FFFD, of all documents */
};

/* Ready for a new document. The count of what was replaced stays. */
void xml_clean_begin(struct xml_clean *clean);

/* Appends these bytes, cleaned, but for what has to wait for the next ones. `out` has room for
 * XML_CLEAN_GROWTH bytes for each and XML_CLEAN_SLACK besides; of what was written to it before, it
 * still ends with a tag that has no end yet. */
void xml_clean_feed(struct xml_clean *clean, const char *bytes, size_t size, struct buffer *out);

/* The document ended: appends what waited. `out` has room for XML_CLEAN_SLACK bytes. */
void xml_clean_end(struct xml_clean *clean, struct buffer *out);

#endif
