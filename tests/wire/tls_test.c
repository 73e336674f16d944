/* Who the client trusts, who trusts the client, and that nothing is said before that is clear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/fixture.h"
#include "wire/test_pki.h"

enum { DAY_S = 24 * 3600 };

#define OK_REPLY "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
#define HERE "DNS:localhost,IP:127.0.0.1"

static const struct script_reply ok_replies[] = {
    {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};

enum certificate {
    CA,
    FOREIGN_CA,
    SERVER,
    SERVER_EXPIRED,
    SERVER_EARLY,
    SERVER_FOREIGN,
    SERVER_OTHER_NAME,
    SERVER_OWN,
    SERVER_FOR_CLIENTS,
    CLIENT,
    CLIENT_EXPIRED,
    CLIENT_FOREIGN,
    CERTIFICATE_COUNT
};

static const struct {
    struct test_subject subject;
    int issuer; /* -1: itself */
} certificates[] = {
    [CA] = {{.name = "test CA", .is_authority = true, .from = -DAY_S, .to = DAY_S}, -1},
    [FOREIGN_CA] = {{.name = "foreign CA", .is_authority = true, .from = -DAY_S, .to = DAY_S}, -1},
    [SERVER] = {{"s", HERE, "serverAuth", false, -DAY_S, DAY_S}, CA},
    [SERVER_EXPIRED] = {{"s", HERE, "serverAuth", false, -DAY_S, -60}, CA},
    [SERVER_EARLY] = {{"s", HERE, "serverAuth", false, DAY_S, 2 * DAY_S}, CA},
    [SERVER_FOREIGN] = {{"s", HERE, "serverAuth", false, -DAY_S, DAY_S}, FOREIGN_CA},
    [SERVER_OTHER_NAME] = {{"localhost", "DNS:other.example", "serverAuth", false, -DAY_S, DAY_S},
        CA},
    [SERVER_OWN] = {{"s", HERE, "serverAuth", false, -DAY_S, DAY_S}, -1},
    [SERVER_FOR_CLIENTS] = {{"s", HERE, "clientAuth", false, -DAY_S, DAY_S}, CA},
    [CLIENT] = {{"c", "email:api@acme.example", "clientAuth", false, -DAY_S, DAY_S}, CA},
    [CLIENT_EXPIRED] = {{"c", "email:api@acme.example", "clientAuth", false, -DAY_S, -60}, CA},
    [CLIENT_FOREIGN] = {{"c", "email:api@acme.example", "clientAuth", false, -DAY_S, DAY_S},
        FOREIGN_CA},
};

/* Made once for all tests. */
struct pki {
    struct test_identity identities[CERTIFICATE_COUNT];
    char directory[64];
    char ca_file[128];
};

static int pki_setup(void **state)
{
    struct pki *pki = calloc(1, sizeof *pki);

    assert_non_null(pki);
    for (int i = 0; i < CERTIFICATE_COUNT; i++) {
        int issuer = certificates[i].issuer;

        pki->identities[i] =
            test_pki_make(&certificates[i].subject, issuer >= 0 ? &pki->identities[issuer] : NULL);
    }
    (void)snprintf(pki->directory, sizeof pki->directory, "/tmp/uemsync-tls-XXXXXX");
    assert_non_null(mkdtemp(pki->directory));
    (void)snprintf(pki->ca_file, sizeof pki->ca_file, "%s/ca.pem", pki->directory);
    test_pki_write(pki->ca_file, pki->identities[CA].certificate);
    *state = pki;
    return 0;
}

static int pki_teardown(void **state)
{
    struct pki *pki = *state;

    (void)unlink(pki->ca_file);
    (void)rmdir(pki->directory);
    for (int i = 0; i < CERTIFICATE_COUNT; i++) {
        test_pki_free(&pki->identities[i]);
    }
    free(pki);
    return 0;
}

/* How the server is to behave; 0 for a plain one with a good certificate. */
struct side {
    enum certificate server; /* CA (0) stands for SERVER */
    int version;             /* the only one offered; 0 for all */
    bool wants_client;       /* a certificate of CA */
};

static SSL_CTX *server_context(const struct pki *pki, const struct side *side)
{
    const struct test_identity *identity =
        &pki->identities[side->server != CA ? side->server : SERVER];
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

    assert_non_null(tls);
    /* Level 0, so that a version this machine would not use itself can be offered at all. */
    assert_int_equal(SSL_CTX_set_cipher_list(tls, "DEFAULT:@SECLEVEL=0"), 1);
    assert_int_equal(SSL_CTX_use_certificate(tls, identity->certificate), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey(tls, identity->key), 1);
    if (side->version != 0) {
        assert_int_equal(SSL_CTX_set_min_proto_version(tls, side->version), 1);
        assert_int_equal(SSL_CTX_set_max_proto_version(tls, side->version), 1);
    }
    if (side->wants_client) {
        SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
        assert_int_equal(
            X509_STORE_add_cert(SSL_CTX_get_cert_store(tls), pki->identities[CA].certificate), 1);
    }
    return tls;
}

/* One GET by a client that trusts CA, with that certificate (or CA for none). The wire is stopped,
 * and is to be released. */
static bool get(const struct pki *pki, struct wire *wire, const struct side *side,
    const struct script_reply *replies, enum certificate client)
{
    const struct test_identity *identity = &pki->identities[client];
    SSL_CTX *tls = server_context(pki, side);
    struct secret p12 = {NULL, 0};
    struct secret p12_password;
    struct error err;
    bool ok;

    assert_true(secret_init(&p12_password, str_of("secret"), &err));
    wire_start(wire, replies, tls);
    wire->settings.ca_file = pki->ca_file;
    if (client != CA) {
        p12 = test_pki_p12(identity->key, identity->certificate, "secret");
        wire->settings.p12 = &p12;
        wire->settings.p12_password = &p12_password;
    }
    ok = wire_get(wire);
    wire_stop(wire);
    secret_release(&p12_password);
    secret_release(&p12);
    SSL_CTX_free(tls);
    return ok;
}

/* A server that must not be trusted gets one connection, and no byte of a request. */
static void distrusts(const struct pki *pki, enum certificate server, const char *text)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        const struct side side = {.server = server, .version = versions[i]};
        struct wire wire;

        assert_false(get(pki, &wire, &side, ok_replies, CA));
        wire_failed(&wire, ERROR_SERVER, text);
        assert_contains(wire.err.text, "localhost:");
        assert_int_equal(wire.server.connections, 1);
        assert_int_equal(wire.server.requests, 0);
        assert_int_equal(wire.response.tries, 1);
        assert_int_equal(wire.response.status, 0);
        wire_release(&wire);
    }
}

static void a_trusted_server_is_called(void **state)
{
    const struct side side = {.version = 0};
    struct wire wire;

    if (!get(*state, &wire, &side, ok_replies, CA)) {
        fail_msg("%s", wire.err.text);
    }
    assert_string_equal(wire.got, "{\"a\":1}");
    assert_contains(wire.server.request[0], "Authorization: Basic " WIRE_BASIC);
    wire_release(&wire);
}

static void an_expired_certificate_is_not_trusted(void **state)
{
    distrusts(*state, SERVER_EXPIRED, "is not trusted: its certificate has expired");
}

static void a_certificate_of_tomorrow_is_not_trusted(void **state)
{
    distrusts(*state, SERVER_EARLY, "is not trusted: its certificate is not valid yet");
}

static void a_foreign_authority_is_not_trusted(void **state)
{
    distrusts(*state, SERVER_FOREIGN, "from an authority that is not trusted here");
}

static void a_certificate_that_signs_itself_is_not_trusted(void **state)
{
    distrusts(*state, SERVER_OWN, "from an authority that is not trusted here");
}

static void a_certificate_for_another_name_is_not_trusted(void **state)
{
    distrusts(*state, SERVER_OTHER_NAME, "is not trusted: its certificate is for another name");
}

static void a_certificate_for_another_purpose_is_not_trusted(void **state)
{
    distrusts(*state, SERVER_FOR_CLIENTS, "is not trusted: its certificate fails with \"");
}

static void the_systems_authorities_do_not_know_ours(void **state)
{
    const struct pki *pki = *state;
    const struct side side = {.version = 0};
    SSL_CTX *tls = server_context(pki, &side);
    struct wire wire;

    wire_start(&wire, ok_replies, tls);
    assert_false(wire_get(&wire));
    wire_stop(&wire);
    wire_failed(&wire, ERROR_SERVER, "(a private one is named by `ca_file`)");
    assert_int_equal(wire.server.requests, 0);
    wire_release(&wire);
    SSL_CTX_free(tls);
}

static void tls_1_1_is_refused(void **state)
{
    const struct side side = {.version = TLS1_1_VERSION};
    struct wire wire;

    assert_false(get(*state, &wire, &side, ok_replies, CA));
    wire_failed(&wire, ERROR_SERVER, "it does not offer TLS 1.2 or newer");
    assert_int_equal(wire.server.connections, 1);
    assert_int_equal(wire.server.requests, 0);
    wire_release(&wire);
}

static void a_server_without_tls_is_named_as_that(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", .after = SCRIPT_CLOSE}, {0}};
    struct wire wire;
    char url[64];

    (void)state;
    wire_start(&wire, replies, NULL);
    (void)snprintf(url, sizeof url, "https://localhost:%d", wire.server.port);
    wire.settings.base_url = url;
    wire.settings.connect_timeout_ms = 200;
    wire.settings.retries = 0;
    assert_false(wire_get(&wire));
    wire_stop(&wire);
    /* The script waits for the end of a request that TLS never is. */
    wire_failed(&wire, ERROR_SERVER, "no connection within 0.2 s");
    wire_release(&wire);
}

/* Both versions: in TLS 1.3 the server turns a client down only after the handshake. */
static void client_meets(
    const struct pki *pki, enum certificate client, const char *text_12, const char *text_13)
{
    for (int version = TLS1_2_VERSION; version <= TLS1_3_VERSION; version++) {
        const struct side side = {.version = version, .wants_client = true};
        const char *text = version == TLS1_2_VERSION ? text_12 : text_13;
        struct wire wire;
        bool ok = get(pki, &wire, &side, ok_replies, client);

        if (text == NULL) {
            if (!ok) {
                fail_msg("%s", wire.err.text);
            }
            assert_int_equal(wire.server.requests, 1);
        } else {
            assert_false(ok);
            assert_contains(wire.err.text, text);
            assert_int_equal(wire.server.connections, 1);
            assert_int_equal(wire.server.requests, 0);
        }
        wire_release(&wire);
    }
}

static void a_client_certificate_is_presented(void **state)
{
    client_meets(*state, CLIENT, NULL, NULL);
}

static void a_missing_client_certificate_is_named(void **state)
{
    client_meets(*state, CA, "(perhaps for want of a client certificate)",
        "it wants a client certificate (`certificate` names none)");
}

static void a_client_certificate_of_a_foreign_authority_is_named(void **state)
{
    client_meets(*state, CLIENT_FOREIGN,
        "it does not trust the authority of the client certificate",
        "it does not trust the authority of the client certificate");
}

static void an_expired_client_certificate_is_named(void **state)
{
    client_meets(*state, CLIENT_EXPIRED, "it refuses the client certificate as expired",
        "it refuses the client certificate as expired");
}

static void a_client_certificate_alone_is_what_401_refuses(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", .after = SCRIPT_KEEP}, {0}};
    const struct pki *pki = *state;
    const struct side side = {.wants_client = true};
    SSL_CTX *tls = server_context(pki, &side);
    struct secret p12 =
        test_pki_p12(pki->identities[CLIENT].key, pki->identities[CLIENT].certificate, "");
    struct wire wire;

    wire_start(&wire, replies, tls);
    wire.settings.ca_file = pki->ca_file;
    wire.settings.p12 = &p12;
    wire.settings.username = NULL;
    wire.settings.password = NULL;
    assert_false(wire_get(&wire));
    wire_stop(&wire);
    wire_failed(&wire, ERROR_CREDENTIALS, "refuses the client certificate (401)");
    assert_int_equal(wire.server.requests, 1);
    assert_lacks(wire.server.request[0], "Authorization");
    wire_release(&wire);
    secret_release(&p12);
    SSL_CTX_free(tls);
}

static void a_certificate_file_that_cannot_be_used_makes_no_client(void **state)
{
    const struct pki *pki = *state;
    const struct side side = {.version = 0};
    SSL_CTX *tls = server_context(pki, &side);
    const struct test_identity *client = &pki->identities[CLIENT];
    struct secret good = test_pki_p12(client->key, client->certificate, "secret");
    struct secret without_key = test_pki_p12(NULL, client->certificate, "");
    struct wire wire;

    wire_start(&wire, ok_replies, tls);
    wire.settings.p12 = &good;
    assert_false(wire_get(&wire));
    wire_failed(&wire, ERROR_CONFIG, "the password of the client certificate is wrong");
    wire.settings.p12 = &without_key;
    assert_false(wire_get(&wire));
    wire_failed(&wire, ERROR_CONFIG, "holds no private key that fits");
    wire_stop(&wire);
    assert_int_equal(wire.server.connections, 0);
    wire_release(&wire);
    secret_release(&without_key);
    secret_release(&good);
    SSL_CTX_free(tls);
}

static void a_connection_cut_within_tls_is_tried_again(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"b", .after = SCRIPT_RESET},
        {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"c", .after = SCRIPT_CLOSE},
        {.bytes = OK_REPLY, .after = SCRIPT_KEEP}, {0}};
    const struct side side = {.version = 0};
    struct wire wire;

    if (!get(*state, &wire, &side, replies, CA)) {
        fail_msg("%s", wire.err.text);
    }
    assert_string_equal(wire.got, "{\"a\":1}");
    assert_int_equal(wire.server.requests, 3);
    assert_true(wire.begun >= 2); /* a reset can overtake the bytes before it */
    assert_int_equal(wire.ended, 1);
    wire_release(&wire);
}

static void a_proxy_is_asked_for_a_tunnel_and_gets_no_password(void **state)
{
    static const struct script_reply replies[] = {
        {.bytes = "HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n", .after = SCRIPT_CLOSE}, {0}};
    struct wire wire;
    char proxy[64];

    (void)state;
    wire_start(&wire, replies, NULL);
    (void)snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", wire.server.port);
    assert_int_equal(setenv("https_proxy", proxy, 1), 0);
    wire.settings.base_url = "https://core.acme.example/x";
    assert_false(wire_get(&wire));
    assert_int_equal(unsetenv("https_proxy"), 0);
    wire_stop(&wire);
    wire_failed(&wire, ERROR_SERVER, "the proxy does not let the connection through (407;");
    assert_int_equal(wire.server.requests, 1);
    assert_contains(wire.server.request[0], "CONNECT core.acme.example:443 HTTP/1.1\r\n");
    assert_lacks(wire.server.request[0], "Authorization");
    assert_lacks(wire.server.request[0], "device");
    wire_release(&wire);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trusted_server_is_called),
        cmocka_unit_test(an_expired_certificate_is_not_trusted),
        cmocka_unit_test(a_certificate_of_tomorrow_is_not_trusted),
        cmocka_unit_test(a_foreign_authority_is_not_trusted),
        cmocka_unit_test(a_certificate_that_signs_itself_is_not_trusted),
        cmocka_unit_test(a_certificate_for_another_name_is_not_trusted),
        cmocka_unit_test(a_certificate_for_another_purpose_is_not_trusted),
        cmocka_unit_test(the_systems_authorities_do_not_know_ours),
        cmocka_unit_test(tls_1_1_is_refused),
        cmocka_unit_test(a_server_without_tls_is_named_as_that),
        cmocka_unit_test(a_client_certificate_is_presented),
        cmocka_unit_test(a_missing_client_certificate_is_named),
        cmocka_unit_test(a_client_certificate_of_a_foreign_authority_is_named),
        cmocka_unit_test(an_expired_client_certificate_is_named),
        cmocka_unit_test(a_client_certificate_alone_is_what_401_refuses),
        cmocka_unit_test(a_certificate_file_that_cannot_be_used_makes_no_client),
        cmocka_unit_test(a_connection_cut_within_tls_is_tried_again),
        cmocka_unit_test(a_proxy_is_asked_for_a_tunnel_and_gets_no_password),
    };

    return cmocka_run_group_tests(tests, pki_setup, pki_teardown);
}
