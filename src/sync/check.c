#include "sync/check.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/timestamp.h"
#include "http/p12.h"
#include "load/load.h"
#include "sync/server.h"

#define CHECK_MS_PER_DAY INT64_C(86400000)

enum { CHECK_TEXT_SIZE = 512, CHECK_SOON_DAYS = 30, CHECK_NOT_FOUND = 404 };

static const char check_destination_name[] = "destination";

/* Who is told, and of whom. */
struct check {
    const char *tenant;
    bool is_core;
    check_fn *each;
    void *context;
};

static void check_tell(
    const struct check *check, const char *test, enum check_outcome outcome, const char *text)
{
    const struct check_result result = {check->tenant, test, outcome, ERROR_NONE, text};

    check->each(check->context, &result);
}

static void check_tell_failure(const struct check *check, const char *test, const struct error *err)
{
    const struct check_result result = {check->tenant, test, CHECK_FAILED, err->kind, err->text};

    check->each(check->context, &result);
}

void check_destination(const struct load_settings *settings, const struct catalogue *catalogue,
    check_fn *each, void *context)
{
    const struct check check = {NULL, false, each, context};
    char text[CHECK_TEXT_SIZE];
    struct error err = {0};

    if (load_check(settings, &catalogue->schema, text, sizeof text, &err)) {
        check_tell(&check, check_destination_name, CHECK_PASSED, text);
    } else {
        check_tell_failure(&check, check_destination_name, &err);
    }
}

/* CPS API guide, "Certificate-based authentication security": valid, and exactly one RFC 822 name.
 */
static bool check_judge_certificate(
    const struct http_p12 *p12, int64_t now, char *text, size_t size, struct error *err)
{
    char until[TIMESTAMP_TEXT_SIZE];
    int64_t days = (p12->not_after - now) / CHECK_MS_PER_DAY;
    bool ok = true;

    (void)timestamp_format(p12->not_after, until);
    if (p12->not_after < now) {
        ok = error_set(err, ERROR_CREDENTIALS, "it expired on %.10s", until);
    } else if (p12->not_before > now) {
        ok = error_set(err, ERROR_CREDENTIALS, "it is not valid yet");
    } else if (p12->names != 1) {
        ok = error_set(err, ERROR_CREDENTIALS,
            "it holds %d RFC 822 names (e-mail addresses) and the server takes exactly one",
            p12->names);
    } else if (!p12->key_fits) {
        ok = error_set(err, ERROR_CREDENTIALS, "the private key is missing or another's");
    } else if (!p12->for_client_login) {
        ok = error_set(err, ERROR_CREDENTIALS, "it is not for the authentication of clients");
    } else {
        (void)snprintf(
            text, size, "%s, valid until %.10s (%" PRId64 " days)", p12->name, until, days);
    }
    return ok;
}

static bool check_certificate(const struct check *check, const struct sync_tenant *tenant)
{
    static const char test[] = "client certificate";
    char text[CHECK_TEXT_SIZE];
    struct http_p12 p12;
    struct error err = {0};
    int64_t now = timestamp_now();
    bool ok = true;

    if (secret_is_set(&tenant->certificate_bytes)) {
        ok = http_p12_read(&p12, &tenant->certificate_bytes, &tenant->certificate_password, &err) &&
             check_judge_certificate(&p12, now, text, sizeof text, &err);
        if (!ok) {
            check_tell_failure(check, test, &err);
        } else if ((p12.not_after - now) / CHECK_MS_PER_DAY < CHECK_SOON_DAYS) {
            check_tell(check, test, CHECK_WARNED, text);
        } else {
            check_tell(check, test, CHECK_PASSED, text);
        }
    }
    return ok;
}

bool check_certificate_end(const struct sync_tenant *tenant, int64_t *not_after)
{
    struct http_p12 p12;
    struct error ignored = {0};
    bool ok =
        secret_is_set(&tenant->certificate_bytes) &&
        http_p12_read(&p12, &tenant->certificate_bytes, &tenant->certificate_password, &ignored);

    *not_after = ok ? p12.not_after : 0;
    return ok;
}

/* Tests of the server, in their order; each needs those before it, but for the last. */
enum check_test {
    CHECK_SERVER,
    CHECK_CREDENTIALS,
    CHECK_CPS_ROLE,
    CHECK_API_VERSION,
    CHECK_API_ROLE, /* of a Core alone */
};
static const char *const check_names[] = {
    "server and TLS", "credentials", "CPS role", "API version", "API role"};

static void check_skip(const struct check *check, enum check_test from, enum check_test to)
{
    for (enum check_test test = from; test <= to; test++) {
        if (test != CHECK_API_ROLE || check->is_core) {
            check_tell(check, check_names[test], CHECK_SKIPPED,
                "not tried, as something before it failed");
        }
    }
}

static bool check_take_version(
    void *context, const cJSON *record, struct str json, struct error *err)
{
    char *text = context;
    const cJSON *version = record_member(record, "minorVersion");

    (void)json;
    (void)err;
    (void)snprintf(text, CHECK_TEXT_SIZE, "%.64s",
        record_type(version) == RECORD_STRING ? record_text(version).data : "not said");
    return true;
}

static bool check_refuse_version(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    (void)context;
    (void)what;
    (void)size;
    return error_set(err, ERROR_SERVER, "the answer cannot be read: %s", reason);
}

static void check_version(const struct check *check, struct server *server)
{
    char text[CHECK_TEXT_SIZE] = "not said";
    const struct uem_arguments none = {0};
    const struct server_reader reader = {
        .record = check_take_version, .unreadable = check_refuse_version, .context = text};
    struct server_result result;
    struct error err = {0};

    bool made = server_records(server, UEM_CPS_VERSION, &none, &reader, &result, &err);

    if (made && result.ok) {
        str_make_line(text);
        check_tell(check, check_names[CHECK_API_VERSION], CHECK_PASSED, text);
    } else {
        check_tell_failure(check, check_names[CHECK_API_VERSION], made ? &result.error : &err);
    }
}

static bool check_take_nothing(
    void *context, const cJSON *record, struct str text, struct error *err)
{
    (void)context;
    (void)record;
    (void)text;
    (void)err;
    return true;
}

static bool check_pass_over(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    (void)context;
    (void)what;
    (void)reason;
    (void)size;
    (void)err;
    return true;
}

/* A Core's v1 has a role of its own, API (v1 guide, "Authentication"), and knows passwords alone.
 * False: it cannot be read, and `err` says why. */
static bool check_ask_v1(const struct sync_tenant *tenant, struct server *server, struct error *err)
{
    const struct uem_arguments none = {0};
    const struct server_reader reader = {
        .record = check_take_nothing, .unreadable = check_pass_over};
    struct server_result result = {.ok = false};
    bool ok = secret_is_set(&tenant->password) ||
              error_set(err, ERROR_ROLE, "without a password they are not offered");

    ok = ok && server_records(server, UEM_V1_COUNTRIES, &none, &reader, &result, err);
    if (ok && !result.ok) {
        *err = result.error;
    }
    return ok && result.ok;
}

/* A voice that is missing is no failure where a Core's other one can speak alone. */
static void check_tell_role(
    const struct check *check, const char *test, const struct error *err, bool can_be_missing)
{
    char text[CHECK_TEXT_SIZE];

    if (can_be_missing) {
        (void)snprintf(text, sizeof text, "what it alone tells is missing: %.440s", err->text);
        check_tell(check, test, CHECK_WARNED, text);
    } else {
        check_tell_failure(check, test, err);
    }
}

/* What keeps CPS from being read. */
struct check_trouble {
    struct error error;
    bool is_missing; /* 404: CPS can be switched off on a Core */
};

static bool check_count(struct server *server, int64_t *devices, struct check_trouble *trouble)
{
    const struct uem_arguments all = {0};
    struct server_number number;
    bool ok = server_start_number(server, UEM_CPS_DEVICE_COUNT, &all, &number, &trouble->error);

    while (ok && !number.is_done) {
        ok = server_turn(server, &trouble->error);
    }
    if (ok && !number.result.ok) {
        trouble->error = number.result.error;
        trouble->is_missing = number.result.status == CHECK_NOT_FOUND;
        ok = false;
    }
    *devices = number.number;
    return ok;
}

/* An answer of any status shows that the server was reached and verified. */
static void check_calls(
    const struct check *check, const struct sync_tenant *tenant, struct server *server)
{
    char text[CHECK_TEXT_SIZE];
    struct check_trouble trouble = {0};
    const struct error *err = &trouble.error;
    struct error v1_err = {0};
    int64_t devices = 0;
    bool counted = check_count(server, &devices, &trouble);
    bool reached = counted || server->has_answered;
    bool is_core = check->is_core;
    bool is_in = reached && err->kind != ERROR_CREDENTIALS;
    bool has_v1 = is_core && is_in && check_ask_v1(tenant, server, &v1_err);

    if (!reached) {
        check_tell_failure(check, check_names[CHECK_SERVER], err);
        check_skip(check, CHECK_CREDENTIALS, CHECK_API_ROLE);
    } else {
        check_tell(check, check_names[CHECK_SERVER], CHECK_PASSED, buffer_text(&server->url));
    }
    if (reached && err->kind == ERROR_CREDENTIALS) {
        check_tell_failure(check, check_names[CHECK_CREDENTIALS], err);
        check_skip(check, CHECK_CPS_ROLE, CHECK_API_ROLE);
    } else if (reached) {
        (void)snprintf(text, sizeof text, "%s is accepted%s",
            tenant->username != NULL ? tenant->username : "the certificate",
            secret_is_set(&tenant->certificate_bytes) ? " by certificate" : "");
        check_tell(check, check_names[CHECK_CREDENTIALS], CHECK_PASSED, text);
    }
    if (is_in && !counted) {
        check_tell_role(check, check_names[CHECK_CPS_ROLE], err,
            has_v1 && (trouble.is_missing || err->kind == ERROR_ROLE));
        check_skip(check, CHECK_API_VERSION, CHECK_API_VERSION);
    } else if (counted) {
        (void)snprintf(text, sizeof text, "%" PRId64 " devices can be read", devices);
        check_tell(check, check_names[CHECK_CPS_ROLE], CHECK_PASSED, text);
        check_version(check, server);
    }
    if (has_v1) {
        check_tell(
            check, check_names[CHECK_API_ROLE], CHECK_PASSED, "the v1 web services can be read");
    } else if (is_core && is_in) {
        check_tell_role(
            check, check_names[CHECK_API_ROLE], &v1_err, counted && v1_err.kind == ERROR_ROLE);
    }
}

static void check_place(const struct check *check, const struct load_settings *destination)
{
    struct error err = {0};

    if (!load_check_tenant(destination, check->tenant, &err)) {
        check_tell_failure(check, check_destination_name, &err);
    }
}

void check_tenant(const struct sync_tenant *tenant, const struct load_settings *destination,
    const struct limits *limits, const char *version, const struct log *log, check_fn *each,
    void *context)
{
    const struct check check = {tenant->name, tenant->kind == SYNC_CORE, each, context};
    struct server server = {0};
    struct error err = {0};

    if (destination != NULL) {
        check_place(&check, destination);
    }
    if (!check_certificate(&check, tenant)) {
        check_skip(&check, CHECK_SERVER, CHECK_API_ROLE);
    } else if (server_open(&server, tenant, limits_find(limits, tenant), version, log, &err)) {
        check_calls(&check, tenant, &server);
    } else {
        check_tell_failure(&check, check_names[CHECK_SERVER], &err);
        check_skip(&check, CHECK_CREDENTIALS, CHECK_API_ROLE);
    }
    server_close(&server);
}
