#include "http/p12.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <openssl/provider.h>
#include <string.h>

#include "base/timestamp.h"
#include "wire/test_pki.h"

enum { DAY_S = 24 * 3600, DAY_MS = DAY_S * 1000 };

static const struct test_subject good = {.name = "api@acme.example",
    .alternatives = "email:api@acme.example",
    .usage = "clientAuth",
    .from = -DAY_S,
    .to = 10 * DAY_S};

static struct secret text_secret(const char *text)
{
    struct secret secret;
    struct error err;

    assert_true(secret_init(&secret, str_of(text), &err));
    return secret;
}

/* Packs a certificate made for the subject with its key, and reads it back. */
static bool read_subject(const struct test_subject *subject, struct http_p12 *p12)
{
    struct test_identity identity = test_pki_make(subject, NULL);
    struct secret bytes = test_pki_p12(identity.key, identity.certificate, "secret");
    struct secret password = text_secret("secret");
    struct error err = {.kind = ERROR_NONE};
    bool ok = http_p12_read(p12, &bytes, &password, &err);

    secret_release(&password);
    secret_release(&bytes);
    test_pki_free(&identity);
    return ok;
}

static void read_fails(const struct secret *bytes, const char *password, const char *expected)
{
    struct secret given = text_secret(password);
    struct http_p12 p12;
    struct error err = {.kind = ERROR_NONE};

    assert_false(http_p12_read(&p12, bytes, &given, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    if (strstr(err.text, expected) == NULL) {
        fail_msg("\"%s\" lacks \"%s\"", err.text, expected);
    }
    if (strlen(password) > 0) {
        assert_null(strstr(err.text, password));
    }
    assert_int_equal(ERR_peek_error(), 0); /* nothing is left to confuse libcurl with */
    secret_release(&given);
}

static void a_good_certificate_is_described(void **state)
{
    struct http_p12 p12;
    int64_t now = timestamp_now();

    (void)state;
    assert_true(read_subject(&good, &p12));
    assert_string_equal(p12.subject, "api@acme.example");
    assert_string_equal(p12.name, "api@acme.example");
    assert_int_equal(p12.names, 1);
    assert_true(p12.key_fits);
    assert_true(p12.for_client_login);
    assert_in_range(now - p12.not_before, DAY_MS - 5000, DAY_MS + 5000);
    assert_in_range(p12.not_after - now, INT64_C(10) * DAY_MS - 5000, INT64_C(10) * DAY_MS + 5000);
}

static void an_expired_certificate_is_no_error_and_its_dates_tell(void **state)
{
    struct test_subject subject = good;
    struct http_p12 p12;

    (void)state;
    subject.to = -3600;
    assert_true(read_subject(&subject, &p12));
    assert_true(p12.not_after < timestamp_now());
}

static void names_that_are_no_rfc_822_names_do_not_count(void **state)
{
    struct test_subject subject = good;
    struct http_p12 p12;

    (void)state;
    subject.alternatives = "DNS:api.acme.example,URI:https://acme.example/,email:x@y.example";
    assert_true(read_subject(&subject, &p12));
    assert_int_equal(p12.names, 1);
    assert_string_equal(p12.name, "x@y.example");
    subject.alternatives = "DNS:api.acme.example";
    assert_true(read_subject(&subject, &p12));
    assert_int_equal(p12.names, 0);
    assert_string_equal(p12.name, "");
}

static void several_names_are_counted_and_the_first_is_given(void **state)
{
    struct test_subject subject = good;
    struct http_p12 p12;

    (void)state;
    subject.alternatives = "email:a@acme.example,email:b@acme.example,email:c@acme.example";
    assert_true(read_subject(&subject, &p12));
    assert_int_equal(p12.names, 3);
    assert_string_equal(p12.name, "a@acme.example");
}

static void a_certificate_without_names_is_described_as_such(void **state)
{
    struct test_subject subject = {.from = -1, .to = DAY_S, .usage = "serverAuth"};
    struct http_p12 p12;

    (void)state;
    assert_true(read_subject(&subject, &p12));
    assert_string_equal(p12.subject, "");
    assert_int_equal(p12.names, 0);
    assert_false(p12.for_client_login);
}

static void a_name_from_the_file_is_one_printable_line(void **state)
{
    struct test_subject subject = good;
    struct http_p12 p12;

    (void)state;
    subject.name = "evil\n\x1b[31mname";
    assert_true(read_subject(&subject, &p12));
    assert_string_equal(p12.subject, "evil??[31mname");
}

/* PKCS12_create refuses a pair that does not fit; two bags without a common id are no pair. */
static struct secret pack_apart(EVP_PKEY *key, X509 *certificate)
{
    STACK_OF(PKCS7) *safes = NULL;
    STACK_OF(PKCS12_SAFEBAG) *bags = NULL;
    PKCS12 *file;

    if (certificate != NULL) {
        assert_non_null(PKCS12_add_cert(&bags, certificate));
    }
    if (key != NULL) {
        assert_non_null(
            PKCS12_add_key(&bags, key, 0, 1, NID_pbe_WithSHA1And3_Key_TripleDES_CBC, "secret"));
    }
    assert_int_equal(PKCS12_add_safe(&safes, bags, -1, 0, NULL), 1);
    file = PKCS12_add_safes(safes, 0);
    assert_non_null(file);
    assert_int_equal(PKCS12_set_mac(file, "secret", -1, NULL, 0, 1, EVP_sha256()), 1);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    sk_PKCS7_pop_free(safes, PKCS7_free);
    return test_pki_pack(file);
}

static void a_key_of_another_certificate_does_not_fit(void **state)
{
    struct test_identity one = test_pki_make(&good, NULL);
    struct test_identity two = test_pki_make(&good, NULL);
    struct secret bytes = pack_apart(two.key, one.certificate);
    struct secret password = text_secret("secret");
    struct http_p12 p12;
    struct error err;

    (void)state;
    assert_true(http_p12_read(&p12, &bytes, &password, &err));
    assert_string_equal(p12.subject, "api@acme.example");
    assert_false(p12.key_fits);
    secret_release(&password);
    secret_release(&bytes);
    test_pki_free(&two);
    test_pki_free(&one);
}

static void a_certificate_without_a_key_is_described(void **state)
{
    struct test_identity identity = test_pki_make(&good, NULL);
    struct secret bytes = test_pki_p12(NULL, identity.certificate, "secret");
    struct secret password = text_secret("secret");
    struct http_p12 p12;
    struct error err;

    (void)state;
    assert_true(http_p12_read(&p12, &bytes, &password, &err));
    assert_int_equal(p12.names, 1);
    assert_false(p12.key_fits);
    secret_release(&password);
    secret_release(&bytes);
    test_pki_free(&identity);
}

static void a_file_without_a_certificate_is_an_error(void **state)
{
    struct test_identity identity = test_pki_make(&good, NULL);
    struct secret bytes = pack_apart(identity.key, NULL);

    (void)state;
    read_fails(&bytes, "secret", "holds no certificate");
    secret_release(&bytes);
    test_pki_free(&identity);
}

static void a_wrong_password_is_named_as_that(void **state)
{
    struct test_identity identity = test_pki_make(&good, NULL);
    struct secret bytes = test_pki_p12(identity.key, identity.certificate, "secret");
    struct http_p12 p12;
    struct error err;

    (void)state;
    read_fails(&bytes, "Secret!", "password of the client certificate is wrong");
    read_fails(&bytes, "", "(none is set)");
    assert_false(http_p12_read(&p12, &bytes, NULL, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    secret_release(&bytes);
    test_pki_free(&identity);
}

static void a_file_without_a_password_needs_none(void **state)
{
    struct test_identity identity = test_pki_make(&good, NULL);
    struct secret bytes = test_pki_p12(identity.key, identity.certificate, "");
    struct secret unset = {NULL, 0};
    struct secret empty = text_secret("");
    struct http_p12 p12;
    struct error err;

    (void)state;
    assert_true(http_p12_read(&p12, &bytes, NULL, &err));
    assert_true(http_p12_read(&p12, &bytes, &unset, &err));
    assert_true(http_p12_read(&p12, &bytes, &empty, &err));
    assert_true(p12.key_fits);
    secret_release(&empty);
    secret_release(&bytes);
    test_pki_free(&identity);
}

static void what_is_no_pkcs_12_file_is_named_as_that(void **state)
{
    static const char *const contents[] = {"",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "\x30\x03\x02\x01\x03"};

    (void)state;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        struct secret bytes = text_secret(contents[i]);

        read_fails(&bytes, "secret", "no PKCS #12 file");
        secret_release(&bytes);
    }
}

/* Every cut must be refused, and none may be read past its end (the sanitizers watch). */
static void a_file_cut_anywhere_is_an_error(void **state)
{
    struct test_identity identity = test_pki_make(&good, NULL);
    struct secret bytes = test_pki_p12(identity.key, identity.certificate, "secret");
    struct secret password = text_secret("secret");

    (void)state;
    for (size_t size = 0; size < bytes.size; size++) {
        struct secret cut;
        struct http_p12 p12;
        struct error err;

        assert_true(secret_init(&cut, (struct str){bytes.bytes, size}, &err));
        assert_false(http_p12_read(&p12, &cut, &password, &err));
        assert_int_equal(err.kind, ERROR_CONFIG);
        secret_release(&cut);
    }
    secret_release(&password);
    secret_release(&bytes);
    test_pki_free(&identity);
}

/* RC2 comes from the legacy provider, loaded into a library context of its own, so that the code
 * under test has as little of it as a user's program. */
static void an_old_algorithm_is_named_with_the_way_out(void **state)
{
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
    OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(library, "legacy");
    OSSL_PROVIDER *standard = OSSL_PROVIDER_load(library, "default");

    (void)state;
    if (legacy != NULL && standard != NULL) {
        struct test_identity identity = test_pki_make(&good, NULL);
        struct secret bytes = test_pki_pack(PKCS12_create_ex("secret", "test", identity.key,
            identity.certificate, NULL, NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
            NID_pbe_WithSHA1And40BitRC2_CBC, 1, 1, 0, library, NULL));

        read_fails(&bytes, "secret", "openssl pkcs12 -legacy");
        read_fails(&bytes, "Secret!", "password of the client certificate is wrong");
        secret_release(&bytes);
        test_pki_free(&identity);
    }
    (void)OSSL_PROVIDER_unload(standard);
    (void)OSSL_PROVIDER_unload(legacy);
    OSSL_LIB_CTX_free(library);
    ERR_clear_error();
    if (legacy == NULL) {
        skip();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_certificate_is_described),
        cmocka_unit_test(an_expired_certificate_is_no_error_and_its_dates_tell),
        cmocka_unit_test(names_that_are_no_rfc_822_names_do_not_count),
        cmocka_unit_test(several_names_are_counted_and_the_first_is_given),
        cmocka_unit_test(a_certificate_without_names_is_described_as_such),
        cmocka_unit_test(a_name_from_the_file_is_one_printable_line),
        cmocka_unit_test(a_key_of_another_certificate_does_not_fit),
        cmocka_unit_test(a_certificate_without_a_key_is_described),
        cmocka_unit_test(a_file_without_a_certificate_is_an_error),
        cmocka_unit_test(a_wrong_password_is_named_as_that),
        cmocka_unit_test(a_file_without_a_password_needs_none),
        cmocka_unit_test(what_is_no_pkcs_12_file_is_named_as_that),
        cmocka_unit_test(a_file_cut_anywhere_is_an_error),
        cmocka_unit_test(an_old_algorithm_is_named_with_the_way_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
