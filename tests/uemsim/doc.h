/* Writes documents of the v1 web services. The same calls make XML, as the guide shows it, or JSON,
 * as clients know it: no root, one element as an object and several as an array. Writing is
 * unchecked between doc_reserve() and doc_done(), so that a record costs one check. */
#ifndef UEMSIM_DOC_H
#define UEMSIM_DOC_H

#include "buf.h"
#include "put.h"
#include "words.h"

struct doc {
    struct buf *out; /* borrowed */
    char *at;        /* where the next byte goes; NULL: there is no memory */
    bool json;
    bool follows;   /* in JSON a comma is due before what comes next */
    uint64_t widen; /* bytes that the record's long member gets in addition (`huge-record`) */
};

/* Makes room for `bytes` and for doc->widen. false: no memory. */
bool doc_reserve(struct doc *doc, size_t bytes);
void doc_done(struct doc *doc);

/* The whole: `root` is an element in XML and nothing in JSON. */
void doc_begin(struct doc *doc, const char *root);
void doc_end(struct doc *doc, const char *root);
/* `messages` with one message; an empty text is none. */
void doc_message(struct doc *doc, const char *text);

/* An object that is a member. */
void doc_open(struct doc *doc, const char *name);
void doc_close(struct doc *doc, const char *name);
/* Elements of one name; `many` says whether there are several. */
void doc_list(struct doc *doc, const char *item, bool many);
void doc_list_end(struct doc *doc, bool many);
/* One of them: an object, or what should be one and is a text (`bad-record`). */
void doc_item(struct doc *doc, const char *item);
void doc_item_id(struct doc *doc, const char *item, int64_t id);
void doc_item_end(struct doc *doc, const char *item);
void doc_bad_item(struct doc *doc, const char *item);
/* One that is a text. */
void doc_element(struct doc *doc, const char *item, const char *text, size_t len);
/* Pairs of keys and values: in JSON a list that holds one object. */
void doc_pairs(struct doc *doc, const char *name, bool any);
void doc_pairs_end(struct doc *doc, const char *name, bool any);

/* Text as it is, escaped; UTF-8. */
void doc_escaped(struct doc *doc, const char *text, size_t len);
/* Members. */
void doc_text(struct doc *doc, const char *key, size_t key_len, const char *text, size_t len);
/* A word that is escaped for JSON already. */
void doc_word(struct doc *doc, const char *key, size_t key_len, const struct word *word);
/* Which `huge-record` makes long. */
void doc_long_text(struct doc *doc, const char *key, size_t key_len, const char *text, size_t len);
void doc_number(struct doc *doc, const char *key, size_t key_len, int64_t number);
void doc_bool(struct doc *doc, const char *key, size_t key_len, bool value);
/* `2012-01-10T20:36:57+00:00` of epoch milliseconds. */
void doc_time(struct doc *doc, const char *key, size_t key_len, uint64_t time_ms);
char *put_iso(uint64_t time_ms, char *to);

/* A member whose value the caller writes at doc->at, plain characters alone. */
static inline void doc_value(struct doc *doc, const char *key, size_t key_len)
{
    char *to = doc->at;

    if (doc->json) {
        to = doc->follows ? put_bytes(to, PUT_LIT(",\"")) : put_bytes(to, PUT_LIT("\""));
        to = put_bytes(to, key, key_len);
        to = put_bytes(to, PUT_LIT("\":\""));
    } else {
        *to++ = '<';
        to = put_bytes(to, key, key_len);
        *to++ = '>';
    }
    doc->at = to;
}

static inline void doc_value_end(struct doc *doc, const char *key, size_t key_len)
{
    char *to = doc->at;

    if (doc->json) {
        *to++ = '"';
    } else {
        to = put_bytes(to, PUT_LIT("</"));
        to = put_bytes(to, key, key_len);
        *to++ = '>';
    }
    doc->at = to;
    doc->follows = true;
}

/* A pair whose value the caller writes. */
static inline void doc_pair(struct doc *doc, const struct word *key)
{
    char *to = doc->at;

    if (doc->json) {
        to = doc->follows ? put_bytes(to, PUT_LIT(",{\"key\":\""))
                          : put_bytes(to, PUT_LIT("{\"key\":\""));
        to = put_word(to, key);
        to = put_bytes(to, PUT_LIT("\",\"value\":\""));
    } else {
        to = put_bytes(to, PUT_LIT("<entry><key>"));
        to = put_word(to, key);
        to = put_bytes(to, PUT_LIT("</key><value>"));
    }
    doc->at = to;
}

static inline void doc_pair_end(struct doc *doc)
{
    doc->at = doc->json ? put_bytes(doc->at, PUT_LIT("\"}"))
                        : put_bytes(doc->at, PUT_LIT("</value></entry>"));
    doc->follows = true;
}

#endif
