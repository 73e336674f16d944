#include "http/tls.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <string.h>

#define TLS_UNKNOWN_AUTHORITY                                                                      \
    "its certificate is from an authority that is not trusted here (a private one is named by "    \
    "`ca_file`)"

static const struct {
    long result;
    const char *text;
} tls_verify_results[] = {
    {X509_V_ERR_CERT_HAS_EXPIRED, "its certificate has expired"},
    {X509_V_ERR_CERT_NOT_YET_VALID,
        "its certificate is not valid yet (is the clock of this machine right?)"},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, TLS_UNKNOWN_AUTHORITY},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, TLS_UNKNOWN_AUTHORITY},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, TLS_UNKNOWN_AUTHORITY},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, TLS_UNKNOWN_AUTHORITY},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, TLS_UNKNOWN_AUTHORITY},
    {X509_V_ERR_CERT_REVOKED, "its certificate is revoked"},
};

/* Parts of OpenSSL's and libcurl's texts. Of two that fit, the first counts. */
static const struct {
    const char *part;
    enum http_outcome outcome;
    enum error_kind kind;
    const char *text;                     /* when a client certificate was offered */
    const char *text_without_certificate; /* when none was; NULL: the same */
} tls_texts[] = {
    {"alert certificate expired", HTTP_FINAL, ERROR_CREDENTIALS,
        "it refuses the client certificate as expired", "it wants a client certificate"},
    {"alert certificate revoked", HTTP_FINAL, ERROR_CREDENTIALS,
        "it refuses the client certificate as revoked", "it wants a client certificate"},
    {"alert unknown ca", HTTP_FINAL, ERROR_CREDENTIALS,
        "it does not trust the authority of the client certificate",
        "it wants a client certificate"},
    {"alert certificate required", HTTP_FINAL, ERROR_CREDENTIALS,
        "it wants another client certificate than the one of `certificate`",
        "it wants a client certificate (`certificate` names none)"},
    {"alert bad certificate", HTTP_FINAL, ERROR_CREDENTIALS, "it refuses the client certificate",
        "it wants a client certificate (`certificate` names none)"},
    {"alert certificate unknown", HTTP_FINAL, ERROR_CREDENTIALS,
        "it refuses the client certificate",
        "it wants a client certificate (`certificate` names none)"},
    {"alert unsupported certificate", HTTP_FINAL, ERROR_CREDENTIALS,
        "it refuses this type of client certificate",
        "it wants a client certificate (`certificate` names none)"},
    {"alert access denied", HTTP_FINAL, ERROR_CREDENTIALS, "it refuses the client certificate",
        "it wants a client certificate (`certificate` names none)"},
    {"alert handshake failure", HTTP_FINAL, ERROR_SERVER,
        "it refuses the TLS handshake (perhaps for the client certificate)",
        "it refuses the TLS handshake (perhaps for want of a client certificate)"},
    {"protocol version", HTTP_FINAL, ERROR_SERVER, "it does not offer TLS 1.2 or newer", NULL},
    {"unsupported protocol", HTTP_FINAL, ERROR_SERVER, "it does not offer TLS 1.2 or newer", NULL},
    {"wrong version number", HTTP_FINAL, ERROR_SERVER, "it does not speak TLS (is the port right?)",
        NULL},
    {"packet length too long", HTTP_FINAL, ERROR_SERVER,
        "it does not speak TLS (is the port right?)", NULL},
    /* libcurl's own words for "alert certificate expired" within the handshake: it takes every
     * failed verification for one of its own. */
    {"SSL certificate verification failed", HTTP_FINAL, ERROR_CREDENTIALS,
        "it refuses the client certificate as expired", "it wants a client certificate"},
    {"unexpected eof", HTTP_BROKEN, ERROR_SERVER, "the connection ended within TLS", NULL},
};

/* What OpenSSL says last: "error:0A000410:SSL routines::sslv3 alert handshake failure" to
 * "sslv3 alert handshake failure". */
static const char *tls_reason(const char *curl_text)
{
    const char *colon = strstr(curl_text, "::");

    return colon != NULL ? colon + 2 : curl_text;
}

bool http_tls_check_ca(const char *path, struct error *err)
{
    bool ok = true;
    X509_STORE *store = X509_STORE_new();
    FILE *file = fopen(path, "re");

    ERR_clear_error();
    if (store == NULL) {
        ok = error_memory(err);
    } else if (file == NULL) {
        ok = error_set(err, ERROR_CONFIG, "cannot read `ca_file` %s: %s", path, strerror(errno));
    } else if (X509_STORE_load_file(store, path) != 1) {
        ok = error_set(err, ERROR_CONFIG, "`ca_file` %s holds no certificate in PEM form", path);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    X509_STORE_free(store);
    ERR_clear_error();
    return ok;
}

/* Whether OpenSSL itself turned the server's certificate down. libcurl begins with X509_V_ERR_
 * UNSPECIFIED, and leaves it where the handshake did not get so far, or the name was wrong. */
static bool tls_is_verdict(long verify_result)
{
    return verify_result != X509_V_OK && verify_result != X509_V_ERR_UNSPECIFIED;
}

/* The server's certificate, as this side sees it. */
static void tls_unverified(const struct http_failure *failure, struct error *err)
{
    const char *text = NULL;

    for (size_t i = 0; i < sizeof tls_verify_results / sizeof *tls_verify_results; i++) {
        if (tls_verify_results[i].result == failure->verify_result) {
            text = tls_verify_results[i].text;
        }
    }
    if (text != NULL) {
        (void)error_set(err, ERROR_SERVER, "%s is not trusted: %s", failure->host, text);
    } else if (tls_is_verdict(failure->verify_result)) {
        (void)error_set(err, ERROR_SERVER, "%s is not trusted: its certificate fails with \"%s\"",
            failure->host, X509_verify_cert_error_string(failure->verify_result));
    } else if (strstr(failure->curl_text, "subject name") != NULL) {
        (void)error_set(err, ERROR_SERVER,
            "%s is not trusted: its certificate is for another name (is `url` right?)",
            failure->host);
    } else {
        (void)error_set(
            err, ERROR_SERVER, "%s is not trusted: %s", failure->host, failure->curl_text);
    }
}

/* What the other side says, or what of it OpenSSL could not take. */
static bool tls_from_text(
    const struct http_failure *failure, enum http_outcome *outcome, struct error *err)
{
    bool found = false;

    for (size_t i = 0; !found && i < sizeof tls_texts / sizeof *tls_texts; i++) {
        if (strstr(failure->curl_text, tls_texts[i].part) != NULL) {
            const char *text = tls_texts[i].text;

            if (!failure->has_certificate && tls_texts[i].text_without_certificate != NULL) {
                text = tls_texts[i].text_without_certificate;
            }
            found = true;
            *outcome = tls_texts[i].outcome;
            (void)error_set(err, tls_texts[i].kind, "%s: %s", failure->host, text);
        }
    }
    return found;
}

bool http_tls_failure(
    const struct http_failure *failure, enum http_outcome *outcome, struct error *err)
{
    bool is_unverified = failure->code == CURLE_PEER_FAILED_VERIFICATION;
    bool is_openssl = is_unverified || strstr(failure->curl_text, "SSL routines") != NULL;
    bool is_tls = true;

    *outcome = HTTP_FINAL;
    if (is_openssl && !tls_is_verdict(failure->verify_result) &&
        tls_from_text(failure, outcome, err)) {
        /* An alert of the server can come at any time: in TLS 1.3 after the handshake. */
    } else if (is_unverified) {
        tls_unverified(failure, err);
    } else if (failure->code == CURLE_SSL_CONNECT_ERROR && is_openssl) {
        (void)error_set(err, ERROR_SERVER, "%s: the TLS handshake failed (%s)", failure->host,
            tls_reason(failure->curl_text));
    } else if (failure->code == CURLE_SSL_CONNECT_ERROR) {
        /* Nothing of OpenSSL's own: the connection went away under it. */
        *outcome = HTTP_UNREACHABLE;
        (void)error_set(
            err, ERROR_SERVER, "%s: the connection ended within the TLS handshake", failure->host);
    } else {
        is_tls = false;
    }
    return is_tls;
}
