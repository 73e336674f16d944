/* Any bytes, as an archive of AppConnect analytics: read whole and in odd pieces it is the same,
 * and every record and reason is one line of UTF-8. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "decode/appconnect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RESULT_CEILING = 64 * 1024 * 1024 };

struct result {
    bool ok;
    struct error err;
    struct buffer seen; /* everything that was handed on, in its order */
};

static void require(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "appconnect_fuzz: not so: %s\n", what);
        abort();
    }
}

static void require_member(const cJSON *record, const char *name, enum record_type type)
{
    const cJSON *member = record_member(record, name);

    require(member == NULL || record_type(member) == type, "a member is of its type");
    require(str_is_utf8(record_text(member).data), "a member is UTF-8");
}

static bool take_record(void *context, const cJSON *record, struct str text, struct error *err)
{
    struct result *result = context;

    (void)err;
    require(record_member(record, "startedAt") != NULL, "a session has a start");
    require_member(record, "appId", RECORD_STRING);
    require_member(record, "deviceId", RECORD_STRING);
    require_member(record, "startedAt", RECORD_NUMBER);
    require_member(record, "seconds", RECORD_NUMBER);
    require_member(record, "zoneMinutes", RECORD_NUMBER);
    require_member(record, "bytes", RECORD_NUMBER);
    require_member(record, "appVersion", RECORD_STRING);
    require(memchr(text.data, '\n', text.size) == NULL, "a record is one line");
    buffer_append_str(&result->seen, text);
    buffer_append_char(&result->seen, '\n');
    return true;
}

static bool take_unreadable(void *context, const char *reason, uint64_t size, struct error *err)
{
    struct result *result = context;

    (void)err;
    require(str_is_utf8(reason) && strchr(reason, '\n') == NULL, "a reason is one line");
    buffer_printf(&result->seen, "! %s %ju\n", reason, (uintmax_t)size);
    return true;
}

/* Pieces of `most` bytes, each in memory of its own size, so that a sanitizer sees a byte read too
 * much. */
static void run(struct result *result, const uint8_t *data, size_t size, size_t most)
{
    const struct appconnect_handler handler = {take_record, take_unreadable, result};
    struct appconnect *appconnect = NULL;

    *result = (struct result){.ok = appconnect_new(&appconnect, &handler, &result->err)};
    buffer_init(&result->seen, RESULT_CEILING);
    while (result->ok && size > 0) {
        size_t piece = size < most ? size : most;
        char *copy = malloc(piece);

        require(copy != NULL, "there is memory");
        memcpy(copy, data, piece);
        result->ok = appconnect_feed(appconnect, copy, piece, &result->err);
        free(copy);
        data += piece;
        size -= piece;
    }
    result->ok = result->ok && appconnect_end(appconnect, &result->err);
    require(result->ok || result->err.kind == ERROR_SERVER, "what is wrong is the server's");
    appconnect_free(appconnect);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct result whole;
    struct result pieces;

    run(&whole, data, size, SIZE_MAX);
    run(&pieces, data, size, 1 + size % 61);
    require(whole.ok == pieces.ok, "pieces end as the whole does");
    require(strcmp(whole.err.text, pieces.err.text) == 0, "with the same error");
    require(str_equal(buffer_view(&whole.seen), buffer_view(&pieces.seen)), "and the same records");
    buffer_release(&pieces.seen);
    buffer_release(&whole.seen);
    return 0;
}
