/* Answers that are endless, stalled, badly packed or no HTTP at all: each must end, soon, in an
 * error that says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "wire/fixture.h"

enum { MIB = 1024 * 1024, PACKED_SIZE = 512 * 1024 };

#define OK_REPLY "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}"

/* Runs one GET with a ceiling of 1 MiB; the wire is stopped, and is to be released. */
static bool get(struct wire *wire, const struct script_reply *replies)
{
    bool ok;

    wire_start(wire, replies, NULL);
    wire->settings.answer_ceiling = MIB;
    ok = wire_get(wire);
    wire_stop(wire);
    return ok;
}

static void fails(const struct script_reply *replies, const char *text, int requests)
{
    struct wire wire;

    assert_false(get(&wire, replies));
    wire_failed(&wire, ERROR_SERVER, text);
    assert_int_equal(wire.server.requests, requests);
    assert_true(wire.got_total <= MIB + 256 * 1024);
    assert_true(wire.ms < 10000);
    assert_int_equal(wire.ended, 0);
    wire_release(&wire);
}

/* A whole answer with this body, packed as the header says or not. */
struct packed {
    char bytes[PACKED_SIZE];
    size_t size;
};

static void pack_head(struct packed *packed, const char *encoding, size_t body_size)
{
    packed->size = (size_t)snprintf(packed->bytes, sizeof packed->bytes,
        "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %zu\r\n\r\n", encoding,
        body_size);
}

/* gzip of `times` times the text. `cut`: so many bytes fewer at the end. Returns the body's size.
 */
static size_t pack_gzip(struct packed *packed, const char *text, size_t times, size_t cut)
{
    static unsigned char body[PACKED_SIZE - 1024];
    z_stream stream = {.next_out = body, .avail_out = sizeof body};
    unsigned char *input = (unsigned char *)strdup(text);

    assert_non_null(input);
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    for (size_t i = 0; i < times; i++) {
        stream.next_in = input;
        stream.avail_in = (unsigned)strlen(text);
        assert_int_equal(deflate(&stream, Z_NO_FLUSH), Z_OK);
    }
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(deflateEnd(&stream), Z_OK);
    pack_head(packed, "gzip", stream.total_out - cut);
    memcpy(packed->bytes + packed->size, body, stream.total_out - cut);
    packed->size += stream.total_out - cut;
    free(input);
    return stream.total_out - cut;
}

static void a_packed_answer_is_unpacked_and_counted_as_packed(void **state)
{
    static struct packed packed;
    size_t body = pack_gzip(&packed, "{\"deviceGuid\":\"0123456789\"} ", 10000, 0);
    const struct script_reply replies[] = {
        {.bytes = packed.bytes, .size = packed.size, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_true(get(&wire, replies));
    assert_int_equal(wire.got_total, 280000);
    assert_int_equal(wire.response.received, body);
    assert_int_equal(wire.counts.bytes, body);
    assert_true(body < 28000);
    wire_release(&wire);
}

static void a_gzip_bomb_ends_at_the_ceiling_and_is_not_fetched_twice(void **state)
{
    static struct packed packed;
    static char zeros[MIB + 1];
    struct script_reply replies[] = {{.after = SCRIPT_KEEP}, {0}};

    (void)state;
    memset(zeros, '0', MIB);
    (void)pack_gzip(&packed, zeros, 64, 0);
    replies[0].bytes = packed.bytes;
    replies[0].size = packed.size;
    fails(replies, "the answer is larger than 1 MiB", 1);
}

static void what_is_not_packed_as_it_says_is_malformed(void **state)
{
    static const char *const encodings[] = {
        "gzip", "unheard-of", "gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip"};

    (void)state;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        static struct packed packed;
        struct script_reply reply = {.after = SCRIPT_CLOSE};

        pack_head(&packed, encodings[i], 7);
        memcpy(packed.bytes + packed.size, "{\"a\":1}", 8);
        reply.bytes = packed.bytes;
        {
            const struct script_reply replies[] = {reply, reply, reply, {0}};

            fails(replies, "the answer cannot be unpacked (tried 2 times)", 2);
        }
    }
}

static void a_packed_answer_with_a_wrong_checksum_is_malformed(void **state)
{
    static struct packed packed;
    struct script_reply reply = {.after = SCRIPT_CLOSE};

    (void)state;
    (void)pack_gzip(&packed, "{\"a\":1}", 1, 0);
    packed.bytes[packed.size - 6] ^= 1;
    reply.bytes = packed.bytes;
    reply.size = packed.size;
    {
        const struct script_reply replies[] = {reply, reply, reply, {0}};

        fails(replies, "the answer cannot be unpacked (tried 2 times)", 2);
    }
}

/* libcurl does not notice (7.88): the frame is whole, the content is not. The caller's parser
 * does, in `end`, as it would for any document that ends in the middle. */
static void a_packed_answer_cut_before_its_end_is_left_to_the_caller(void **state)
{
    static struct packed packed;
    struct script_reply reply = {.after = SCRIPT_KEEP};
    struct wire wire;

    (void)state;
    (void)pack_gzip(&packed, "{\"deviceGuid\":\"0123456789\"} ", 1000, 40);
    reply.bytes = packed.bytes;
    reply.size = packed.size;
    {
        const struct script_reply replies[] = {reply, reply, reply, {0}};

        wire_start(&wire, replies, NULL);
        wire.end_error = ERROR_SERVER;
        wire.failures = 9;
        assert_false(wire_get(&wire));
        wire_stop(&wire);
        wire_failed(&wire, ERROR_SERVER, "the callback refuses (tried 2 times)");
        assert_true(wire.got_total < 28000);
        wire_release(&wire);
    }
}

static void an_endless_answer_ends_at_the_ceiling(void **state)
{
    static const struct script_reply by_close[] = {
        {.bytes = "HTTP/1.1 200 OK\r\n\r\n",
            .after = SCRIPT_REPEAT,
            .again = "{\"results\":[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4},{\"a\":5},{\"a\":6}"},
        {0}};
    static const struct script_reply chunked[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            .after = SCRIPT_REPEAT,
            .again = "20\r\n0123456789abcdef0123456789abcdef\r\n"},
        {0}};

    (void)state;
    fails(by_close, "the answer is larger than 1 MiB", 1);
    fails(chunked, "the answer is larger than 1 MiB", 1);
}

static void an_endless_error_is_known_by_its_status(void **state)
{
    static const struct script_reply endless = {.bytes = "HTTP/1.1 500 Oh\r\n\r\n<h1>Oh no</h1>",
        .after = SCRIPT_REPEAT,
        .again = "        "};
    static const struct script_reply refused[] = {
        {.bytes = "HTTP/1.1 401 No\r\n\r\n", .after = SCRIPT_REPEAT, .again = "no no no "}, {0}};
    const struct script_reply replies[] = {endless, endless, endless, endless, {0}};
    struct wire wire;

    (void)state;
    fails(replies, "failed (500): Oh no (tried 4 times)", 4);
    assert_false(get(&wire, refused));
    wire_failed(&wire, ERROR_CREDENTIALS, "the server says: no no");
    assert_int_equal(wire.server.requests, 1);
    wire_release(&wire);
}

static void endless_headers_end_at_a_ceiling(void **state)
{
    static const struct script_reply many[] = {
        {.bytes = "HTTP/1.1 200 OK\r\n", .after = SCRIPT_REPEAT, .again = "X-Header: and on\r\n"},
        {0}};
    static const struct script_reply interim[] = {
        {.bytes = "", .after = SCRIPT_REPEAT, .again = "HTTP/1.1 103 Early\r\nX: y\r\n\r\n"}, {0}};
    static const struct script_reply trailers[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            .after = SCRIPT_REPEAT,
            .again = "X-Trailer: and on\r\n"},
        {0}};

    (void)state;
    fails(many, "the answer's headers are larger than 64 KiB", 1);
    fails(interim, "the answer's headers are larger than 64 KiB", 1);
    fails(trailers, "the answer's headers are larger than 64 KiB", 1);
}

static void one_endless_header_is_an_error(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nX: ", .after = SCRIPT_REPEAT, .again = "yyyyyyyyyyyyyyyy"},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    assert_false(get(&wire, replies));
    wire_failed(&wire, ERROR_SERVER, "a header of the answer is too large");
    assert_int_equal(wire.server.requests, 1);
    assert_int_equal(wire.begun, 0);
    assert_true(wire.ms < 10000);
    wire_release(&wire);
}

static void what_is_no_http_is_an_error(void **state)
{
    static const char *const answers[] = {"SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 xyz\r\n\r\n",
        "\x15\x03\x03\x00\x02\x02\x28"};

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        const struct script_reply reply = {.bytes = answers[i], .after = SCRIPT_CLOSE};
        const struct script_reply replies[] = {reply, reply, reply, {0}};

        fails(replies, "the answer is not HTTP (tried 2 times)", 2);
    }
}

static void contradictory_lengths_are_an_error(void **state)
{
    static const char *const answers[] = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc"};

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        const struct script_reply reply = {.bytes = answers[i], .after = SCRIPT_CLOSE};
        const struct script_reply replies[] = {reply, reply, reply, reply, {0}};
        struct wire wire;

        assert_false(get(&wire, replies));
        assert_int_equal(wire.err.kind, ERROR_SERVER);
        assert_int_equal(wire.ended, 0);
        wire_release(&wire);
    }
}

/* libcurl takes the mean of some seconds, so these two last longer than the second they ask for. */
static void an_answer_that_never_begins_is_given_up(void **state)
{
    static const struct script_reply replies[] = {{.bytes = "", .after = SCRIPT_STALL}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    wire.settings.stall_timeout_s = 1;
    wire.settings.retries = 0;
    assert_false(wire_get(&wire));
    wire_stop(&wire);
    wire_failed(&wire, ERROR_SERVER, "the answer stalled: nothing came for 1 s");
    assert_lacks(wire.err.text, "tried");
    wire_release(&wire);
}

static void a_stalled_answer_is_asked_for_again(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .after = SCRIPT_STALL},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    struct wire wire;

    (void)state;
    wire_start(&wire, replies, NULL);
    wire.settings.stall_timeout_s = 1;
    assert_true(wire_get(&wire));
    wire_stop(&wire);
    assert_contains(wire.log_text, "the answer stalled: nothing came for 1 s; try 2 of 4");
    assert_string_equal(wire.got, "{\"a\":1}");
    assert_int_equal(wire.server.requests, 2);
    wire_release(&wire);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_packed_answer_is_unpacked_and_counted_as_packed),
        cmocka_unit_test(a_gzip_bomb_ends_at_the_ceiling_and_is_not_fetched_twice),
        cmocka_unit_test(what_is_not_packed_as_it_says_is_malformed),
        cmocka_unit_test(a_packed_answer_with_a_wrong_checksum_is_malformed),
        cmocka_unit_test(a_packed_answer_cut_before_its_end_is_left_to_the_caller),
        cmocka_unit_test(an_endless_answer_ends_at_the_ceiling),
        cmocka_unit_test(an_endless_error_is_known_by_its_status),
        cmocka_unit_test(endless_headers_end_at_a_ceiling),
        cmocka_unit_test(one_endless_header_is_an_error),
        cmocka_unit_test(what_is_no_http_is_an_error),
        cmocka_unit_test(contradictory_lengths_are_an_error),
        cmocka_unit_test(an_answer_that_never_begins_is_given_up),
        cmocka_unit_test(a_stalled_answer_is_asked_for_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
