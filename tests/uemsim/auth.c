#include "auth.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* An address in a certificate that is longer is refused. */
#define EMAIL_MAX 320

static bool read_roles(const char *text, unsigned *roles)
{
    bool ok = true;

    *roles = text == NULL ? ROLE_CPS : ROLE_NONE;
    while (ok && text != NULL && *text != '\0') {
        const size_t len = strcspn(text, ",");
        if (len == 3 && strncmp(text, "cps", 3) == 0) {
            *roles |= ROLE_CPS;
        } else if (len == 3 && strncmp(text, "api", 3) == 0) {
            *roles |= ROLE_API;
        } else {
            ok = len == 4 && strncmp(text, "none", 4) == 0;
        }
        text += len + (text[len] == ',' ? 1 : 0);
    }
    return ok;
}

static bool add(struct auth_users *users, char *name, char *password, const char *roles)
{
    struct auth_user user = {.name = name, .password = password};
    const bool ok = users->count < AUTH_USERS_MAX && name != NULL && *name != '\0' &&
                    read_roles(roles, &user.roles);

    if (ok) {
        users->users[users->count++] = user;
    } else {
        free(name);
        free(password);
    }
    return ok;
}

bool auth_add_user(struct auth_users *users, const char *spec)
{
    const char *const colon = strchr(spec, ':');
    bool ok = colon != NULL;

    if (ok) {
        const char *const roles = strchr(colon + 1, ':');
        char *const password =
            roles == NULL ? strdup(colon + 1) : strndup(colon + 1, (size_t)(roles - colon - 1));
        ok = password != NULL && add(users, strndup(spec, (size_t)(colon - spec)), password,
                                     roles == NULL ? NULL : roles + 1);
    }
    return ok;
}

bool auth_add_email(struct auth_users *users, const char *spec)
{
    const char *const colon = strchr(spec, ':');
    const size_t len = colon == NULL ? strlen(spec) : (size_t)(colon - spec);

    return add(users, strndup(spec, len), NULL, colon == NULL ? NULL : colon + 1);
}

void auth_release(struct auth_users *users)
{
    for (size_t at = 0; at < users->count; at++) {
        free(users->users[at].name);
        free(users->users[at].password);
    }
    users->count = 0;
}

static enum auth_verdict check_password(
    const struct auth_users *users, struct MHD_Connection *connection, unsigned *roles)
{
    enum auth_verdict verdict = AUTH_REFUSED;
    char *password = NULL;
    char *const name = MHD_basic_auth_get_username_password(connection, &password);

    for (size_t at = 0; at < users->count && name != NULL && password != NULL; at++) {
        const struct auth_user *const user = &users->users[at];
        if (user->password != NULL && strcmp(user->name, name) == 0 &&
            strcmp(user->password, password) == 0) {
            *roles = user->roles;
            verdict = AUTH_OK;
        }
    }
    MHD_free(name);
    MHD_free(password);
    return verdict;
}

/* The one RFC 822 name of a certificate. Guide: it must have exactly one. */
static bool read_email(const gnutls_datum_t *der, char email[EMAIL_MAX])
{
    gnutls_x509_crt_t certificate = NULL;
    unsigned found = 0;
    int type = 0;
    bool ok = gnutls_x509_crt_init(&certificate) == GNUTLS_E_SUCCESS &&
              gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS;

    for (unsigned at = 0; ok && type != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE; at++) {
        char name[EMAIL_MAX];
        size_t size = sizeof name;
        type = gnutls_x509_crt_get_subject_alt_name(certificate, at, name, &size, NULL);
        if (type == GNUTLS_SAN_RFC822NAME && size < sizeof name) {
            memcpy(email, name, size);
            email[size] = '\0';
            found++;
        } else if (type < 0 && type != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
            ok = false;
        }
    }
    if (certificate != NULL) {
        gnutls_x509_crt_deinit(certificate);
    }
    return ok && found == 1;
}

static bool chain_is_good(gnutls_session_t session)
{
    /* gnutls takes the purpose as bytes that it does not change. */
    static unsigned char purpose[] = GNUTLS_KP_TLS_WWW_CLIENT;
    gnutls_typed_vdata_st wanted = {.type = GNUTLS_DT_KEY_PURPOSE_OID, .data = purpose, .size = 0};
    unsigned status = 0;

    return gnutls_certificate_verify_peers(session, &wanted, 1, &status) == GNUTLS_E_SUCCESS &&
           status == 0;
}

static void check_certificate(
    const struct auth_users *users, gnutls_session_t session, struct auth_certificate *certificate)
{
    char email[EMAIL_MAX];
    unsigned count = 0;
    const gnutls_datum_t *const chain = gnutls_certificate_get_peers(session, &count);

    certificate->known = true;
    certificate->verdict = AUTH_REFUSED;
    if (chain == NULL || count == 0) {
        certificate->verdict = AUTH_MISSING;
    } else if (chain_is_good(session) && read_email(&chain[0], email)) {
        for (size_t at = 0; at < users->count; at++) {
            if (strcasecmp(users->users[at].name, email) == 0) {
                certificate->user = &users->users[at];
                certificate->verdict = AUTH_OK;
            }
        }
    }
}

static enum auth_verdict check_session(const struct auth_users *users,
    struct MHD_Connection *connection, struct auth_certificate *certificate, unsigned *roles)
{
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    enum auth_verdict verdict = AUTH_MISSING;

    if (info != NULL && info->tls_session != NULL) {
        if (!certificate->known) {
            check_certificate(users, info->tls_session, certificate);
        }
        verdict = certificate->verdict;
        *roles = verdict == AUTH_OK ? certificate->user->roles : ROLE_NONE;
    }
    return verdict;
}

enum auth_verdict auth_check(const struct auth_users *users, struct MHD_Connection *connection,
    struct auth_certificate *certificate, unsigned *roles)
{
    const bool header = MHD_lookup_connection_value(
                            connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION) != NULL;

    *roles = ROLE_NONE;
    return header                ? check_password(users, connection, roles)
           : certificate == NULL ? AUTH_MISSING
                                 : check_session(users, connection, certificate, roles);
}
