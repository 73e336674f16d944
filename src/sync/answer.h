/* An answer on its way: its bytes become records as they come, by the form of its call (JSON, XML
 * or ZIP), and go to the call's reader. Part of server. */
#ifndef UEMSYNC_SYNC_ANSWER_H
#define UEMSYNC_SYNC_ANSWER_H

#include "decode/appconnect.h"
#include "decode/json_split.h"
#include "decode/xml_split.h"
#include "sync/server.h"

struct answer {
    const struct uem_call *row;
    struct server_reader reader;
    struct json_split_handler json_handler;
    struct xml_split_shape xml_shape;
    struct xml_split_handler xml_handler;
    struct appconnect_handler zip_handler;
    struct json_split *json; /* of these three, the one of the call's form */
    struct xml_split *xml;
    struct appconnect *zip;
    struct arena arena; /* of the JSON record under way */
    bool wrap_open;     /* a document is wrapped into a list, so that it is one record of it */
    size_t received;    /* bytes of a short answer */
    int64_t results;    /* see server_result */
};

/* `row` and what `reader` points to are borrowed; the answer does not move from here on. To be
 * released in any case. */
bool answer_init(struct answer *answer, const struct uem_call *row,
    const struct server_reader *reader, struct error *err);
void answer_release(struct answer *answer);

/* As the callbacks of an http_request. */
bool answer_begin(struct answer *answer, struct error *err);
bool answer_bytes(struct answer *answer, const char *bytes, size_t size, struct error *err);
bool answer_end(struct answer *answer, struct error *err);

/* What the call accepts, as the header of that name says it. */
const char *answer_accept(const struct uem_call *row);

/* Bytes, escapes and references that became U+FFFD. */
uint64_t answer_replaced(const struct answer *answer);

#endif
