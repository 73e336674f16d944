/* Splits a JSON answer into records as its bytes arrive, so that no answer is ever held whole.
 *
 * The records are the elements of one array: the document itself, or the one under a name of the
 * outermost object (`searchResults`, `result`, `settings`). Each is handed on as one complete
 * JSON text; everything around them is gathered as the envelope.
 *
 * In the nested form the elements of that array are owners, and the records are the elements of a
 * list within each: `[{"id":1,"apps":[{...},{...}]},...]`. Records are handed on as they arrive,
 * and then their owner, without its list (which is null in it), so that it does not matter where in
 * the owner the list stands, and how long it is. For every element of the array exactly one of
 * `owner`, `oversized_owner` and `too_deep_owner` is called, when it ends: the records since the
 * one before it are its own, also those of an owner that is lost.
 *
 * The text handed on is cleaned on the way, in the same pass that finds its end:
 * - it is valid JSON (RFC 8259) without white space, and no deeper than CEILING_DEPTH (an object
 *   or a list is one level, the record itself the first);
 * - it is valid UTF-8: invalid bytes, unpaired surrogate escapes and \u0000 become U+FFFD, counted;
 * - every number is a string that begins with the byte 0xFF, followed by the literal as it came:
 *   the parser behind keeps numbers as doubles, which would bend large ones. No string of a
 *   server can begin so, as 0xFF is not UTF-8. */
#ifndef UEMSYNC_DECODE_JSON_SPLIT_H
#define UEMSYNC_DECODE_JSON_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum { JSON_NUMBER_MARK = 0xFF };

struct json_split;

struct json_split_handler {
    /* One record, valid during the call. An error ends the split and is handed up. */
    bool (*record)(void *context, struct str json, struct error *err);
    /* A record beyond CEILING_RECORD, skipped; `size` is its length in bytes as it came. */
    bool (*oversized)(void *context, uint64_t size, struct error *err);
    /* A record nested deeper than CEILING_DEPTH, skipped, as one bad record is to cost no more
     * than itself. NULL: such a record is an ERROR_SERVER. */
    bool (*too_deep)(void *context, uint64_t size, struct error *err);

    /* The nested form alone; NULL else. An owner, valid during the call: an object without its
     * list, or any other element of the array as it is. */
    bool (*owner)(void *context, struct str json, struct error *err);
    /* As for records, where `size` is without the list's bytes. Records before it are whole. */
    bool (*oversized_owner)(void *context, uint64_t size, struct error *err);
    bool (*too_deep_owner)(void *context, uint64_t size, struct error *err);
    void *context;
};

/* `array` is the name of the records' array in the outermost object, or NULL when the document is
 * the array. With a name, a document that is an array is an error, and the other way round.
 * `array` and `handler` are borrowed. */
bool json_split_new(struct json_split **split, const char *array,
    const struct json_split_handler *handler, struct error *err);

/* As json_split_new, in the nested form: `inner`, of less than 100 characters, names the list of
 * records in each owner. Whatever else stands under that name (null, an object) stays in the owner,
 * and where the name repeats, the elements of each list are records. */
bool json_split_new_nested(struct json_split **split, const char *array, const char *inner,
    const struct json_split_handler *handler, struct error *err);

void json_split_free(struct json_split *split);

/* Makes it ready for a new document, forgetting the one before; counts stay. */
void json_split_reset(struct json_split *split);

/* Takes further bytes. Errors are ERROR_SERVER and name the offset; an answer that begins with
 * '<' is said to be HTML or XML, as a login page is. */
bool json_split_feed(struct json_split *split, const char *bytes, size_t size, struct error *err);

/* The document ended here. ERROR_SERVER when it is not whole, or holds no array of that name; an
 * empty document is one without records only when `empty_allowed`. */
bool json_split_end(struct json_split *split, bool empty_allowed, struct error *err);

/* The outermost object without the records' array (which is null in it), cleaned in the same way;
 * "" for a document that is an array. Valid until the next feed. */
struct str json_split_envelope(const struct json_split *split);

/* Bytes and escapes that became U+FFFD so far. */
uint64_t json_split_replaced(const struct json_split *split);

#endif
