#include "http/p12.h"

#include <limits.h>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"

/* What PKCS12_parse gives; all of it is owned. */
struct p12_content {
    EVP_PKEY *key;
    X509 *certificate;
    STACK_OF(X509) * others;
};

static void p12_content_release(struct p12_content *content)
{
    sk_X509_pop_free(content->others, X509_free);
    X509_free(content->certificate);
    EVP_PKEY_free(content->key);
    *content = (struct p12_content){NULL, NULL, NULL};
}

/* Names come from a file and go into messages: one printable line. */
static void p12_text(char *text, size_t size, const unsigned char *bytes, int length)
{
    size_t used = 0;

    for (int i = 0; i < length && used + 1 < size; i++) {
        text[used++] = (char)(bytes[i] < 0x20 || bytes[i] == 0x7f ? '?' : bytes[i]);
    }
    text[used] = '\0';
}

static void p12_subject(struct http_p12 *p12, const X509 *certificate)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *utf8 = NULL;

    if (index >= 0) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(subject, index);
        int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));

        p12_text(p12->subject, sizeof p12->subject, utf8, length);
        OPENSSL_free(utf8);
    }
}

static void p12_names(struct http_p12 *p12, const X509 *certificate)
{
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);

    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);

        if (name->type == GEN_EMAIL) {
            if (p12->names == 0) {
                p12_text(p12->name, sizeof p12->name, ASN1_STRING_get0_data(name->d.rfc822Name),
                    ASN1_STRING_length(name->d.rfc822Name));
            }
            p12->names++;
        }
    }
    GENERAL_NAMES_free(names);
}

static bool p12_time(const ASN1_TIME *time, int64_t *ms)
{
    struct tm parts;
    bool ok = ASN1_TIME_to_tm(time, &parts) == 1;

    if (ok) {
        int64_t days = timestamp_days(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);

        *ms = (((days * 24 + parts.tm_hour) * 60 + parts.tm_min) * 60 + parts.tm_sec) * 1000;
    }
    return ok;
}

static bool p12_describe(struct http_p12 *p12, struct p12_content *content, struct error *err)
{
    bool ok = p12_time(X509_get0_notBefore(content->certificate), &p12->not_before) &&
              p12_time(X509_get0_notAfter(content->certificate), &p12->not_after);

    if (!ok) {
        (void)error_set(err, ERROR_CONFIG, "the client certificate's dates cannot be read");
    } else {
        p12_subject(p12, content->certificate);
        p12_names(p12, content->certificate);
        p12->key_fits =
            content->key != NULL && X509_check_private_key(content->certificate, content->key) == 1;
        p12->for_client_login =
            X509_check_purpose(content->certificate, X509_PURPOSE_SSL_CLIENT, 0) == 1;
    }
    return ok;
}

/* Whether OpenSSL's errors say that an algorithm is not to be had: RC2 and 3DES of old exporters,
 * which OpenSSL 3 keeps in its legacy provider. */
static bool p12_is_unsupported(void)
{
    bool found = false;

    for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
        int reason = ERR_GET_REASON(code);

        found =
            found || reason == ERR_R_UNSUPPORTED ||
            (ERR_GET_LIB(code) == ERR_LIB_EVP &&
                (reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNKNOWN_PBE_ALGORITHM)) ||
            (ERR_GET_LIB(code) == ERR_LIB_PKCS12 && reason == PKCS12_R_UNKNOWN_DIGEST_ALGORITHM);
    }
    return found;
}

static bool p12_old(struct error *err)
{
    return error_set(err, ERROR_CONFIG,
        "the client certificate's file is packed with an old algorithm (such as RC2) that OpenSSL "
        "3 "
        "does not open; pack it anew: openssl pkcs12 -legacy -in OLD.p12 -nodes -out X.pem, then "
        "openssl pkcs12 -export -in X.pem -out NEW.p12, and delete X.pem");
}

/* An empty password is written in two ways, and PKCS12_parse takes both. */
static bool p12_mac_fits(PKCS12 *file, const struct secret *password)
{
    bool is_empty = password->size == 0;

    return PKCS12_mac_present(file) == 0 ||
           PKCS12_verify_mac(file, password->bytes, (int)password->size) == 1 ||
           (is_empty &&
               (PKCS12_verify_mac(file, NULL, 0) == 1 || PKCS12_verify_mac(file, "", 0) == 1));
}

static bool p12_unpack(
    PKCS12 *file, const struct secret *password, struct p12_content *content, struct error *err)
{
    bool ok = true;

    if (!p12_mac_fits(file, password)) {
        ok = p12_is_unsupported()
                 ? p12_old(err)
                 : error_set(err, ERROR_CONFIG, "the password of the client certificate is wrong%s",
                       password->size == 0 ? " (none is set)" : "");
    } else if (PKCS12_parse(file, password->bytes, &content->key, &content->certificate,
                   &content->others) != 1) {
        ok = p12_is_unsupported() ? p12_old(err)
                                  : error_set(err, ERROR_CONFIG,
                                        "the client certificate's file cannot be unpacked (is its "
                                        "password right, and the file whole?)");
    } else if (content->certificate == NULL && sk_X509_num(content->others) > 0) {
        /* No certificate goes with the key: then the first speaks for the file. */
        content->certificate = sk_X509_shift(content->others);
    }
    if (ok && content->certificate == NULL) {
        ok = error_set(err, ERROR_CONFIG, "the client certificate's file holds no certificate");
    }
    return ok;
}

bool http_p12_read(struct http_p12 *p12, const struct secret *bytes, const struct secret *password,
    struct error *err)
{
    static const struct secret no_password = {NULL, 0};
    struct p12_content content = {NULL, NULL, NULL};
    const unsigned char *position = (const unsigned char *)bytes->bytes;
    bool ok = true;
    PKCS12 *file;

    *p12 = (struct http_p12){.names = 0};
    ERR_clear_error();
    file = bytes->size <= LONG_MAX ? d2i_PKCS12(NULL, &position, (long)bytes->size) : NULL;
    if (file == NULL) {
        ok = error_set(err, ERROR_CONFIG,
            "the client certificate's file is no PKCS #12 file (.p12 or .pfx; to make one: openssl "
            "pkcs12 -export -in CERTIFICATE.pem -inkey KEY.pem -out NEW.p12)");
    } else {
        ok = p12_unpack(file, password != NULL ? password : &no_password, &content, err) &&
             p12_describe(p12, &content, err);
    }
    p12_content_release(&content);
    PKCS12_free(file);
    ERR_clear_error();
    return ok;
}
