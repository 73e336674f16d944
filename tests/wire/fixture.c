#include "wire/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/timestamp.h"

static bool wire_fails(struct wire *wire, enum error_kind kind, struct error *err)
{
    bool fails = kind != ERROR_NONE && wire->failures > 0;

    if (fails) {
        wire->failures--;
        (void)error_set(err, kind, "the callback refuses");
    }
    return fails;
}

static bool wire_on_begin(void *context, struct error *err)
{
    struct wire *wire = context;

    (void)err;
    wire->begun++;
    wire->got_size = 0;
    wire->got[0] = '\0';
    wire->got_total = 0;
    return true;
}

static bool wire_on_bytes(void *context, const char *bytes, size_t size, struct error *err)
{
    struct wire *wire = context;
    size_t room = sizeof wire->got - 1 - wire->got_size;
    size_t kept = size < room ? size : room;

    memcpy(wire->got + wire->got_size, bytes, kept);
    wire->got_size += kept;
    wire->got[wire->got_size] = '\0';
    wire->got_total += (int64_t)size;
    return !wire_fails(wire, wire->bytes_error, err);
}

static bool wire_on_end(void *context, struct error *err)
{
    struct wire *wire = context;

    wire->ended++;
    return !wire_fails(wire, wire->end_error, err);
}

/* The log as a stream that grows in memory, and that the test can act upon. */
static ssize_t wire_on_log(void *context, const char *bytes, size_t size)
{
    struct wire *wire = context;
    char *longer = realloc(wire->log_text, wire->log_size + size + 1);

    assert_non_null(longer);
    memcpy(longer + wire->log_size, bytes, size);
    wire->log_text = longer;
    wire->log_size += size;
    longer[wire->log_size] = '\0';
    if (wire->stop_when_waiting && strstr(longer, "follows in") != NULL) {
        stop_signal = SIGTERM;
    }
    return (ssize_t)size;
}

void wire_start(struct wire *wire, const struct script_reply *replies, SSL_CTX *tls)
{
    struct error err;
    FILE *log = fopencookie(wire, "w", (cookie_io_functions_t){.write = wire_on_log});

    *wire = (struct wire){.log = {.out = log, .from = LOG_DEBUG, .tenant = "acme"}};
    assert_non_null(log);
    stop_signal = 0;
    script_start(&wire->server, replies, tls);
    (void)snprintf(wire->base_url, sizeof wire->base_url, "%s://localhost:%d/ACME/rest/api",
        tls != NULL ? "https" : "http", wire->server.port);
    assert_true(secret_init(&wire->password, str_of(WIRE_PASSWORD), &err));
    wire->settings = (struct http_settings){.base_url = wire->base_url,
        .username = WIRE_USER,
        .password = &wire->password,
        .user_agent = "uemsync/test",
        .retries = 3,
        .connections = 2,
        .random = 7,
        .stall_timeout_s = 20,
        .retry_base_ms = 2};
}

bool wire_open(struct wire *wire)
{
    return wire->client != NULL ||
           http_client_new(&wire->client, &wire->settings, &wire->log, &wire->err);
}

static bool wire_call(struct wire *wire, const char *method, struct str body)
{
    const struct http_request request = {.method = method,
        .path = "/v1/device?limit=2",
        .body = body,
        .accept = "application/json",
        .tries_of_failed = wire->tries_of_failed,
        .begin = wire_on_begin,
        .bytes = wire_on_bytes,
        .end = wire_on_end,
        .context = wire};
    int64_t from = timestamp_monotonic();
    bool ok;

    error_clear(&wire->err);
    ok = wire_open(wire);
    if (ok) {
        ok = http_call(wire->client, &request, &wire->response, &wire->err);
        wire->counts = http_client_counts(wire->client);
    }
    wire->ms = timestamp_monotonic() - from;
    return ok;
}

bool wire_get(struct wire *wire)
{
    return wire_call(wire, "GET", (struct str){NULL, 0});
}

bool wire_post(struct wire *wire, struct str body)
{
    return wire_call(wire, "POST", body);
}

void wire_stop(struct wire *wire)
{
    static const char *const secrets[] = {WIRE_PASSWORD, WIRE_BASIC, "Authorization"};

    http_client_free(wire->client);
    wire->client = NULL;
    script_stop(&wire->server);
    stop_signal = 0;
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        if (wire->log_text != NULL) {
            assert_lacks(wire->log_text, secrets[i]);
        }
        assert_lacks(wire->err.text, secrets[i]);
    }
    assert_lacks(wire->response.body, WIRE_PASSWORD);
    assert_lacks(wire->response.body, WIRE_BASIC);
}

void wire_release(struct wire *wire)
{
    (void)fclose(wire->log.out);
    free(wire->log_text);
    secret_release(&wire->password);
}

void wire_failed(const struct wire *wire, enum error_kind kind, const char *text)
{
    if (wire->err.kind != kind) {
        fail_msg("%s instead of %s: %s", error_kind_name(wire->err.kind), error_kind_name(kind),
            wire->err.text);
    }
    assert_contains(wire->err.text, text);
}

void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("\"%s\" lacks \"%s\"", text, part);
    }
}

void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part) != NULL) {
        fail_msg("\"%s\" holds \"%s\"", text, part);
    }
}
