#include "doc.h"

#include <stdlib.h>

#define DAY_MS UINT64_C(86400000)
/* Longest word that doc_word() takes, bytes. */
#define WORD_MAX 256

bool doc_reserve(struct doc *doc, size_t bytes)
{
    doc->at = buf_reserve(doc->out, bytes + (size_t)doc->widen);
    return doc->at != NULL;
}

void doc_done(struct doc *doc)
{
    if (doc->at != NULL) {
        buf_written_to(doc->out, doc->at);
    }
}

static void put_name(struct doc *doc, const char *before, const char *name, const char *after)
{
    doc->at = put_bytes(doc->at, before, strlen(before));
    doc->at = put_bytes(doc->at, name, strlen(name));
    doc->at = put_bytes(doc->at, after, strlen(after));
}

void doc_begin(struct doc *doc, const char *root)
{
    if (doc->json) {
        *doc->at++ = '{';
    } else {
        put_name(doc, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><", root, ">");
    }
    doc->follows = false;
}

void doc_end(struct doc *doc, const char *root)
{
    if (doc->json) {
        *doc->at++ = '}';
    } else {
        put_name(doc, "</", root, ">");
    }
}

void doc_message(struct doc *doc, const char *text)
{
    if (*text == '\0') {
        put_name(doc,
            doc->json ? doc->follows ? ",\"messages\":null" : "\"messages\":null" : "<messages/>",
            "", "");
        doc->follows = true;
    } else {
        doc_open(doc, "messages");
        doc_text(doc, PUT_LIT("message"), text, strlen(text));
        doc_close(doc, "messages");
    }
}

void doc_open(struct doc *doc, const char *name)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",\"" : "\"", name, "\":{");
    } else {
        put_name(doc, "<", name, ">");
    }
    doc->follows = false;
}

void doc_close(struct doc *doc, const char *name)
{
    if (doc->json) {
        *doc->at++ = '}';
    } else {
        put_name(doc, "</", name, ">");
    }
    doc->follows = true;
}

void doc_list(struct doc *doc, const char *item, bool many)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",\"" : "\"", item, many ? "\":[" : "\":");
    }
    doc->follows = false;
}

void doc_list_end(struct doc *doc, bool many)
{
    if (doc->json && many) {
        *doc->at++ = ']';
    }
    doc->follows = true;
}

void doc_item(struct doc *doc, const char *item)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",{" : "{", "", "");
    } else {
        put_name(doc, "<", item, ">");
    }
    doc->follows = false;
}

static void put_signed(struct doc *doc, int64_t number)
{
    if (number < 0) {
        *doc->at++ = '-';
    }
    doc->at = put_number(doc->at, number < 0 ? -(uint64_t)number : (uint64_t)number);
}

void doc_item_id(struct doc *doc, const char *item, int64_t id)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",{\"@id\":\"" : "{\"@id\":\"", "", "");
        put_signed(doc, id);
        *doc->at++ = '"';
        doc->follows = true;
    } else {
        put_name(doc, "<", item, " id=\"");
        put_signed(doc, id);
        doc->at = put_bytes(doc->at, PUT_LIT("\">"));
    }
}

void doc_item_end(struct doc *doc, const char *item)
{
    doc_close(doc, item);
}

void doc_bad_item(struct doc *doc, const char *item)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",\"" : "\"", "not a record", "\"");
    } else {
        put_name(doc, "<", item, ">not a record</");
        put_name(doc, "", item, ">");
    }
    doc->follows = true;
}

void doc_element(struct doc *doc, const char *item, const char *text, size_t len)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",\"" : "\"", "", "");
        doc_escaped(doc, text, len);
        *doc->at++ = '"';
        doc->follows = true;
    } else {
        doc_text(doc, item, strlen(item), text, len);
    }
}

void doc_pairs(struct doc *doc, const char *name, bool any)
{
    if (doc->json) {
        put_name(doc, doc->follows ? ",\"" : "\"", name, any ? "\":[{\"entry\":[" : "\":[");
    } else {
        put_name(doc, "<", name, ">");
    }
    doc->follows = false;
}

void doc_pairs_end(struct doc *doc, const char *name, bool any)
{
    if (doc->json) {
        put_name(doc, any ? "]}]" : "]", "", "");
    } else {
        put_name(doc, "</", name, ">");
    }
    doc->follows = true;
}

static char *put_json_escaped(char *to, char c)
{
    if (c == '"' || c == '\\') {
        *to++ = '\\';
        *to++ = c;
    } else if ((unsigned char)c < ' ') {
        to = put_bytes(to, PUT_LIT("\\u"));
        to = put_hex(to, PUT_LOWER, (unsigned char)c, 4);
    } else {
        *to++ = c;
    }
    return to;
}

/* A carriage return would come out as a line feed if it were written as itself. */
static char *put_xml_escaped(char *to, char c)
{
    switch (c) {
    case '&':
        to = put_bytes(to, PUT_LIT("&amp;"));
        break;
    case '<':
        to = put_bytes(to, PUT_LIT("&lt;"));
        break;
    case '>':
        to = put_bytes(to, PUT_LIT("&gt;"));
        break;
    case '"':
        to = put_bytes(to, PUT_LIT("&quot;"));
        break;
    case '\r':
        to = put_bytes(to, PUT_LIT("&#13;"));
        break;
    default:
        *to++ = c;
    }
    return to;
}

void doc_escaped(struct doc *doc, const char *text, size_t len)
{
    char *to = doc->at;

    for (size_t at = 0; at < len; at++) {
        to = doc->json ? put_json_escaped(to, text[at]) : put_xml_escaped(to, text[at]);
    }
    doc->at = to;
}

void doc_text(struct doc *doc, const char *key, size_t key_len, const char *text, size_t len)
{
    doc_value(doc, key, key_len);
    doc_escaped(doc, text, len);
    doc_value_end(doc, key, key_len);
}

void doc_long_text(struct doc *doc, const char *key, size_t key_len, const char *text, size_t len)
{
    doc_value(doc, key, key_len);
    memset(doc->at, 'x', (size_t)doc->widen);
    doc->at += doc->widen;
    doc->widen = 0;
    doc_escaped(doc, text, len);
    doc_value_end(doc, key, key_len);
}

static unsigned long read_unit(const char *text)
{
    char digits[5] = "";

    memcpy(digits, text, 4);
    return strtoul(digits, NULL, 16);
}

static char *put_utf8(char *to, unsigned long code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    } else {
        *to++ = (char)(0xf0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    }
    return to;
}

/* What stands behind a backslash, at `*from`, which is moved behind it. */
static char *put_unescaped(const char **from, char *to)
{
    const char *at = *from;
    unsigned long code = *at == 'n' ? '\n' : (unsigned char)*at;

    if (*at == 'u') {
        code = read_unit(at + 1);
        at += 4;
        if (code >= 0xd800 && code < 0xdc00) {
            code = 0x10000 + ((code - 0xd800) << 10) + (read_unit(at + 3) - 0xdc00);
            at += 6;
        }
    }
    *from = at + 1;
    return put_utf8(to, code);
}

void doc_word(struct doc *doc, const char *key, size_t key_len, const struct word *word)
{
    char plain[WORD_MAX];
    char *to = plain;
    const char *from = word->text;

    while (from < word->text + word->len && to < plain + WORD_MAX - 4) {
        if (*from == '\\') {
            from++;
            to = put_unescaped(&from, to);
        } else {
            *to++ = *from++;
        }
    }
    doc_text(doc, key, key_len, plain, (size_t)(to - plain));
}

static void put_bare(struct doc *doc, const char *key, size_t key_len)
{
    if (doc->json) {
        doc->at = doc->follows ? put_bytes(doc->at, PUT_LIT(",\"")) : put_bytes(doc->at, "\"", 1);
        doc->at = put_bytes(doc->at, key, key_len);
        doc->at = put_bytes(doc->at, PUT_LIT("\":"));
    } else {
        doc_value(doc, key, key_len);
    }
}

static void put_bare_end(struct doc *doc, const char *key, size_t key_len)
{
    if (!doc->json) {
        doc_value_end(doc, key, key_len);
    }
    doc->follows = true;
}

void doc_number(struct doc *doc, const char *key, size_t key_len, int64_t number)
{
    put_bare(doc, key, key_len);
    put_signed(doc, number);
    put_bare_end(doc, key, key_len);
}

void doc_bool(struct doc *doc, const char *key, size_t key_len, bool value)
{
    put_bare(doc, key, key_len);
    doc->at = put_bool(doc->at, "", 0, value);
    put_bare_end(doc, key, key_len);
}

/* Days to a date by eras of 400 years that begin in March, in which leap days come last. */
char *put_iso(uint64_t time_ms, char *to)
{
    const uint64_t days = time_ms / DAY_MS + 719468;
    const uint64_t seconds = time_ms % DAY_MS / 1000;
    const uint64_t era_day = days % 146097;
    const uint64_t era_year = (era_day - era_day / 1460 + era_day / 36524 - era_day / 146096) / 365;
    const uint64_t year_day = era_day - (365 * era_year + era_year / 4 - era_year / 100);
    const uint64_t month = (5 * year_day + 2) / 153; /* 0: March */
    const uint64_t day = year_day - (153 * month + 2) / 5 + 1;

    to = put_digits(to, days / 146097 * 400 + era_year + (month >= 10 ? 1 : 0), 4);
    *to++ = '-';
    to = put_digits(to, month < 10 ? month + 3 : month - 9, 2);
    *to++ = '-';
    to = put_digits(to, day, 2);
    *to++ = 'T';
    to = put_digits(to, seconds / 3600, 2);
    *to++ = ':';
    to = put_digits(to, seconds / 60 % 60, 2);
    *to++ = ':';
    to = put_digits(to, seconds % 60, 2);
    return put_bytes(to, PUT_LIT("+00:00"));
}

void doc_time(struct doc *doc, const char *key, size_t key_len, uint64_t time_ms)
{
    doc_value(doc, key, key_len);
    doc->at = put_iso(time_ms, doc->at);
    doc_value_end(doc, key, key_len);
}
