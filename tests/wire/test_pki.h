/* Certificates for tests, made when they run: ECDSA P-256, because making keys must not cost
 * time. Everything fails by abort(): a test without its certificates has nothing to say. */
#ifndef UEMSYNC_TESTS_WIRE_TEST_PKI_H
#define UEMSYNC_TESTS_WIRE_TEST_PKI_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include "base/secret.h"

struct test_identity {
    EVP_PKEY *key;
    X509 *certificate;
};

/* What a certificate is to say; NULL leaves an extension out. */
struct test_subject {
    const char *name;         /* common name */
    const char *alternatives; /* such as "DNS:localhost,IP:127.0.0.1" or "email:a@b.example" */
    const char *usage;        /* such as "serverAuth" */
    bool is_authority;
    long from; /* seconds from now */
    long to;
};

static inline void test_pki_need(bool ok)
{
    if (!ok) {
        ERR_print_errors_fp(stderr);
        abort();
    }
}

static inline void test_pki_extend(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;

    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    test_pki_need(extension != NULL && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

/* `issuer` NULL: signed by itself. */
static inline struct test_identity test_pki_make(
    const struct test_subject *subject, const struct test_identity *issuer)
{
    struct test_identity made = {EVP_EC_gen("P-256"), X509_new()};
    X509 *by = issuer != NULL ? issuer->certificate : made.certificate;
    EVP_PKEY *by_key = issuer != NULL ? issuer->key : made.key;
    X509_NAME *name;

    test_pki_need(made.key != NULL && made.certificate != NULL);
    name = X509_get_subject_name(made.certificate);
    test_pki_need(
        X509_set_version(made.certificate, X509_VERSION_3) == 1 &&
        ASN1_INTEGER_set(X509_get_serialNumber(made.certificate), random()) == 1 &&
        X509_gmtime_adj(X509_getm_notBefore(made.certificate), subject->from) != NULL &&
        X509_gmtime_adj(X509_getm_notAfter(made.certificate), subject->to) != NULL &&
        (subject->name == NULL || X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      (const unsigned char *)subject->name, -1, -1, 0) == 1) &&
        X509_set_issuer_name(made.certificate, X509_get_subject_name(by)) == 1 &&
        X509_set_pubkey(made.certificate, made.key) == 1);
    test_pki_extend(made.certificate, by, NID_basic_constraints,
        subject->is_authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (subject->usage != NULL) {
        test_pki_extend(made.certificate, by, NID_ext_key_usage, subject->usage);
    }
    if (subject->alternatives != NULL) {
        test_pki_extend(made.certificate, by, NID_subject_alt_name, subject->alternatives);
    }
    test_pki_need(X509_sign(made.certificate, by_key, EVP_sha256()) > 0);
    return made;
}

static inline void test_pki_free(struct test_identity *identity)
{
    X509_free(identity->certificate);
    EVP_PKEY_free(identity->key);
    *identity = (struct test_identity){NULL, NULL};
}

/* The PKCS #12 file as a secret; key and certificate may each be NULL, and are borrowed. */
static inline struct secret test_pki_pack(PKCS12 *file)
{
    unsigned char *bytes = NULL;
    int size = file != NULL ? i2d_PKCS12(file, &bytes) : -1;
    struct secret packed = {0};
    struct error err;

    test_pki_need(
        size > 0 && secret_init(&packed, (struct str){(const char *)bytes, (size_t)size}, &err));
    OPENSSL_free(bytes);
    PKCS12_free(file);
    return packed;
}

/* One iteration, as the password is no secret. */
static inline struct secret test_pki_p12(EVP_PKEY *key, X509 *certificate, const char *password)
{
    return test_pki_pack(PKCS12_create(password, "test", key, certificate, NULL, 0, 0, 1, 1, 0));
}

static inline void test_pki_write(const char *path, X509 *certificate)
{
    FILE *file = fopen(path, "wex");

    test_pki_need(file != NULL && PEM_write_X509(file, certificate) == 1);
    test_pki_need(fclose(file) == 0);
}

#endif
