#include "decode/xml_split.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "decode/xml_parts.h"

enum {
    SLICE_SIZE = 16 * 1024,
    SLICE_ROOM = XML_CLEAN_GROWTH * SLICE_SIZE + XML_CLEAN_SLACK,
    /* A record that is not yet known to be too long, a tag without its end, and as much again that
     * waits for it, and the slice. */
    WINDOW_ROOM = CEILING_RECORD + 2 * CEILING_TAG + 3 * SLICE_ROOM,
};

uint64_t xml_offset(const struct xml_split *split)
{
    XML_Index index = XML_GetCurrentByteIndex(split->parser);

    return split->begin + (index > 0 ? (uint64_t)index : 0);
}

bool xml_tag_is_too_long(uint64_t offset, struct error *err)
{
    return error_set(err, ERROR_SERVER,
        "the answer has a tag of more than %d bytes at byte offset %" PRIu64, CEILING_TAG, offset);
}

static uint64_t window_end(const struct xml_split *split)
{
    return split->window_offset + split->window.size;
}

static void drop(struct xml_split *split, size_t size)
{
    if (size > 0) {
        split->window.size -= size;
        memmove(split->window.data, split->window.data + size, split->window.size);
        split->window_offset += size;
    }
}

static bool given_up(const struct xml_split *split, struct error *err)
{
    return error_set(err, ERROR_SERVER,
        "the answer was given up before byte offset %" PRIu64 " and cannot go on",
        window_end(split));
}

/* Only HTML writes it so; what is right in XML as well is the parser's to tell. For an error of
 * syntax: then a whole token is wrong, which has come, however the bytes were cut. */
static bool is_html_doctype(const struct xml_split *split, uint64_t offset)
{
    const char doctype[] = "<!doctype";
    struct str text = buffer_view(&split->window);
    size_t at = (size_t)(offset - split->window_offset);

    return !split->has_root && at < text.size && text.size - at >= strlen(doctype) &&
           str_is_caseless((struct str){text.data + at, strlen(doctype)}, doctype);
}

static bool explain(const struct xml_split *split, struct error *err)
{
    enum XML_Error code = XML_GetErrorCode(split->parser);
    uint64_t offset = xml_offset(split);

    if (code == XML_ERROR_NO_MEMORY) {
        (void)error_memory(err);
    } else if (code == XML_ERROR_SYNTAX && is_html_doctype(split, offset)) {
        (void)error_set(err, ERROR_SERVER,
            "the answer is a web page (HTML), not XML of the API (a login page, a proxy, or a "
            "wrong address?)");
    } else {
        (void)error_set(err, ERROR_SERVER, "the answer is no valid XML: %s at byte offset %" PRIu64,
            XML_ErrorString(code), offset);
    }
    return false;
}

/* Lets go of what is no longer needed: all but the record under way and what has no end yet. */
static void forget(struct xml_split *split)
{
    uint64_t offset = xml_offset(split);
    uint64_t kept;

    /* Nothing is dropped that is not there, wherever the parser says that it is. */
    offset = offset > split->window_offset ? offset : split->window_offset;
    offset = offset < window_end(split) ? offset : window_end(split);
    kept = offset;
    if (split->record_level > 0) {
        if (offset - split->record_offset > CEILING_RECORD) {
            split->is_oversized = true;
            xml_tree_give_up(&split->tree);
        }
        kept = split->is_oversized ? offset : split->record_offset;
    }
    drop(split, (size_t)(kept - split->window_offset));
    split->parsed = split->window.size;
    split->unending = (size_t)(window_end(split) - offset);
}

static bool parse(struct xml_split *split, bool is_last, struct error *err)
{
    const char *from = split->window.data + split->parsed;
    size_t size = split->window.size - split->parsed;
    bool ok;

    split->err = err;
    ok = XML_Parse(split->parser, from, (int)size, is_last) == XML_STATUS_OK;
    if (ok) {
        forget(split);
        ok = split->unending <= CEILING_TAG || xml_tag_is_too_long(xml_offset(split), err);
    } else if (!split->failed) {
        ok = explain(split, err);
    }
    return ok;
}

/* What the parser could make nothing of, it looks at from its beginning again. So it gets as much
 * again before it does: a long tag in small pieces costs no more than some few looks at it. */
static bool parse_enough(struct xml_split *split, struct error *err)
{
    size_t pending = split->window.size - split->parsed;
    bool ok = true;

    if (pending > 0 && (pending >= split->unending || split->unending + pending > CEILING_TAG)) {
        ok = parse(split, false, err);
    }
    return ok;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_before_document(struct xml_split *split)
{
    struct str text = buffer_view(&split->window);
    size_t at = 0;

    if (split->window_offset == 0 && str_starts(text, "\xEF\xBB\xBF")) {
        at = 3;
    }
    while (at < text.size && is_blank(text.data[at])) {
        at++;
    }
    drop(split, at);
}

static const XML_Memory_Handling_Suite memory = {malloc, realloc, free};

/* From 2.6 on, and in Debian's 2.5 since a security update, expat itself waits before it looks at a
 * tag without its end again, and cannot say where it is meanwhile. parse_enough waits already.
 * Where expat does not wait, it has no such function. */
XML_Bool XMLCALL XML_SetReparseDeferralEnabled(XML_Parser parser, XML_Bool enabled)
    __attribute__((weak));

static void do_not_wait(XML_Parser parser)
{
    if (XML_SetReparseDeferralEnabled != NULL) {
        (void)XML_SetReparseDeferralEnabled(parser, XML_FALSE);
    }
}

/* Its encoding is given, so that none is taken from the document. */
static bool begin_document(struct xml_split *split, struct error *err)
{
    char first = split->window.data[0];
    bool ok = false;

    split->begin = split->window_offset;
    if (first == '{' || first == '[') {
        (void)error_set(err, ERROR_SERVER, "the answer is JSON, though XML was asked for");
    } else {
        split->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
        if (split->parser == NULL || !xml_tree_learn(&split->tree, &split->names)) {
            (void)error_memory(err);
        } else {
            do_not_wait(split->parser);
            xml_record_listen(split);
            split->state = XML_SPLIT_WITHIN;
            ok = true;
        }
    }
    return ok;
}

static bool feed_slice(struct xml_split *split, const char *bytes, size_t size, struct error *err)
{
    bool ok = buffer_reserve(&split->window, SLICE_ROOM) || error_memory(err);

    if (ok) {
        xml_clean_feed(&split->clean, bytes, size, &split->window);
        if (split->state == XML_SPLIT_START) {
            skip_before_document(split);
            ok = split->window.size == 0 || begin_document(split, err);
        }
    }
    if (ok && split->state == XML_SPLIT_WITHIN) {
        ok = parse_enough(split, err);
    }
    return ok;
}

bool xml_split_new(struct xml_split **split, const struct xml_split_shape *shape,
    const struct xml_split_handler *handler, struct error *err)
{
    struct xml_split *made = malloc(sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->shape = shape;
        made->handler = handler;
        made->parser = NULL;
        made->clean = (struct xml_clean){.replaced = 0};
        buffer_init(&made->window, WINDOW_ROOM);
        xml_tree_init(&made->tree);
        ok = xml_names_init(&made->names, err);
        xml_split_reset(made);
    }
    if (!ok) {
        xml_split_free(made);
        made = NULL;
    }
    *split = made;
    return ok;
}

static void free_parser(struct xml_split *split)
{
    if (split->parser != NULL) {
        XML_ParserFree(split->parser);
        split->parser = NULL;
    }
}

void xml_split_free(struct xml_split *split)
{
    if (split != NULL) {
        free_parser(split);
        xml_names_release(&split->names);
        xml_tree_release(&split->tree);
        buffer_release(&split->window);
        free(split);
    }
}

/* The parser goes, as one that is reset may lose its encoding for want of memory, and not say so.
 */
void xml_split_reset(struct xml_split *split)
{
    free_parser(split);
    xml_names_clear(&split->names);
    xml_clean_begin(&split->clean);
    buffer_clear(&split->window);
    split->window_offset = 0;
    split->begin = 0;
    split->parsed = 0;
    split->unending = 0;
    split->state = XML_SPLIT_START;
    split->err = NULL;
    split->failed = false;
    split->level = 0;
    split->has_root = false;
    memset(split->matched, 0, sizeof split->matched);
    split->record_level = 0;
    split->record_offset = 0;
    split->is_oversized = false;
    split->came = 0;
    split->told_level = 0;
    split->is_total = false;
    split->in_messages = false;
    split->has_message = false;
    split->told_size = 0;
    split->told_total = -1;
    split->told_message = -1;
}

bool xml_split_feed(struct xml_split *split, const char *bytes, size_t size, struct error *err)
{
    bool ok = true;

    if (split->state == XML_SPLIT_BROKEN || split->state == XML_SPLIT_DONE) {
        ok = given_up(split, err);
    }
    while (ok && size > 0) {
        size_t slice = size < SLICE_SIZE ? size : SLICE_SIZE;

        ok = feed_slice(split, bytes, slice, err);
        bytes += slice;
        size -= slice;
    }
    if (!ok) {
        split->state = XML_SPLIT_BROKEN;
    }
    return ok;
}

static bool cut_short(const struct xml_split *split, struct error *err)
{
    return error_set(err, ERROR_SERVER,
        "the answer is cut short: it ends at byte offset %" PRIu64 ", where more XML was expected",
        window_end(split));
}

/* Whatever is wrong once every byte has passed is that there are no more of them. */
static bool end_document(struct xml_split *split, struct error *err)
{
    bool ok = parse(split, false, err);

    if (ok) {
        ok = parse(split, true, err);
        if (!ok && !split->failed && XML_GetErrorCode(split->parser) != XML_ERROR_NO_MEMORY) {
            ok = cut_short(split, err);
        }
    }
    return ok;
}

static bool end_bytes(struct xml_split *split, struct error *err)
{
    bool ok = buffer_reserve(&split->window, XML_CLEAN_SLACK) || error_memory(err);

    if (ok) {
        xml_clean_end(&split->clean, &split->window);
        if (split->state == XML_SPLIT_START && split->window.size > 0) {
            ok = begin_document(split, err);
        }
    }
    if (ok && split->state == XML_SPLIT_START) {
        ok = error_set(err, ERROR_SERVER,
            "the answer is empty (%" PRIu64 " bytes), where XML was expected", window_end(split));
    } else if (ok) {
        ok = end_document(split, err);
    }
    split->state = ok ? XML_SPLIT_DONE : XML_SPLIT_BROKEN;
    return ok;
}

bool xml_split_end(struct xml_split *split, struct error *err)
{
    bool ok = split->state != XML_SPLIT_BROKEN || given_up(split, err);
    int64_t told;

    if (ok && split->state != XML_SPLIT_DONE) {
        ok = end_bytes(split, err);
    }
    told = xml_split_told(split);
    if (ok && told >= 0 && (uint64_t)told != split->came) {
        ok = error_set(err, ERROR_SERVER,
            "the answer says that it has %" PRId64 " records, and %" PRIu64 " came", told,
            split->came);
    }
    return ok;
}

int64_t xml_split_told(const struct xml_split *split)
{
    return split->told_total >= 0 ? split->told_total : split->told_message;
}

uint64_t xml_split_replaced(const struct xml_split *split)
{
    return split->clean.replaced;
}
